package templates

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

var (
	styles     = regexp.MustCompile(`style="([^"]*)"`)
	inkColor   = regexp.MustCompile(`(?:^|;)color:#([0-9a-f]{6})`)
	paperColor = regexp.MustCompile(`background-color:#([0-9a-f]{6})`)
)

// luminance is relative luminance (WCAG 2.1).
func luminance(t *testing.T, hex string) float64 {
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

// TestContrast: text on a ground of its own can be read (WCAG 2.1, 1.4.3: 4.5 to 1),
// and so can all other text, on white.
func TestContrast(t *testing.T) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no letters", err)
	}
	seen := map[string]bool{}
	for _, f := range files {
		html, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range styles.FindAllSubmatch(html, -1) {
			ink, paper := inkColor.FindSubmatch(m[1]), paperColor.FindSubmatch(m[1])
			if ink == nil {
				continue
			}
			ground := "ffffff"
			if paper != nil {
				ground = string(paper[1])
			}
			pair := string(ink[1]) + " on " + ground
			a, b := luminance(t, string(ink[1])), luminance(t, ground)
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 && !seen[pair] {
				t.Errorf("%s: %s has contrast %.2f", f, pair, ratio)
			}
			seen[pair] = true
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d pairs were seen", len(seen))
	}
}
