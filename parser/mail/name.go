package mail

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameMax is the most bytes of a file name; with a prefix it still fits the
// 255 bytes of common file systems.
const nameMax = 180

var drivePath = regexp.MustCompile(`^(?:[A-Za-z]:)?[\\/]|(?:^|[\\/])\.\.?[\\/]|^[A-Za-z]:`)

// CleanName makes a name safe to show and to store: no path, no control or
// invisible characters, none that Windows forbids, at most 180 bytes with the
// extension kept. "" stays ""; a name of which nothing is left is "unnamed".
func CleanName(name string) string {
	if name == "" {
		return ""
	}
	name = strings.ToValidUTF8(name, "_")
	if drivePath.MatchString(name) {
		name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1 // invisible, or turning the direction to hide the extension
		case unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*/\`, r) || r == utf8.RuneError:
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimSpace(name), ". ")
	name = shorten(name, nameMax)
	if strings.Trim(name, "._ ") == "" {
		return "unnamed"
	}
	return name
}

// shorten cuts the stem of a name so that all of it fits n bytes.
func shorten(name string, n int) string {
	if len(name) <= n {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	stem := name[:n-len(ext)]
	for len(stem) > 0 && !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return stem + ext
}
