package document

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"
)

// mutantsOf is how many damaged files of each format are read; MUTANTS=300 reads so
// many, a smaller number is for every day.
func mutantsOf() uint64 {
	n, err := strconv.ParseUint(os.Getenv("MUTANTS"), 10, 32)
	if err != nil {
		return 30
	}
	return n
}

// What one damaged file may cost, at most. A file that takes so long is taken to
// hang; bytes are those taken in all, of which the collector gives back most.
const (
	mutantTime  = time.Minute
	mutantBytes = 1 << 30
)

// mutantFormats are whole files, small ones, and the name each is read by.
func mutantFormats(t *testing.T) map[string][]byte {
	out := map[string][]byte{}
	for name, file := range map[string]string{
		"a.docx": "../form/testdata/saved/plain.docx", "a.doc": "testdata/features/features.doc", "a.wps": "../form/testdata/saved/plain.doc",
		"a.rtf": "testdata/features/features.rtf", "a.odt": "testdata/features/features.odt", "a.fodt": "testdata/features/features.fodt",
		"a.xml": "../form/testdata/saved/plain.xml", "a.pdf": "../form/testdata/saved/plain.pdf", "a.ofd": "../form/testdata/saved/plain.ofd",
		"a.xlsx": "testdata/sheets/formats.xlsx", "a.xls": "testdata/sheets/formats.xls", "a.et": "testdata/sheets/cases.xls",
		"a.html": "../form/testdata/saved/plain.htm", "b.xls": "testdata/sheets/web.xls", "b.docx": "../form/testdata/looks/styles.docx", "b.odt": "../form/testdata/looks/styles.odt", "b.doc": "../form/testdata/looks/styles.doc",
		"a.csv": "testdata/sheets/gb18030.csv", "a.txt": "testdata/sheets/utf16.txt",
	} {
		out[name] = contents(t, file)
	}
	page := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n" + string(out["a.html"]) + "\r\n--b--\r\n"
	out["a.mht"] = []byte(page)
	out["macros.doc"] = storage(map[string]string{"WordDocument": "\xec\xa5", "Macros/VBA/Module1": module(emptyModule + "Sub A()\r\nEnd Sub\r\n"), "Macros/VBA/dir": "x"})
	return out
}

// TestMutants: a damaged document gives an error of a kind or a document, without a
// panic within, in bounded time and memory.
func TestMutants(t *testing.T) {
	cache := t.TempDir()
	for name, whole := range mutantFormats(t) {
		t.Run(name, func(t *testing.T) {
			options := Options{}
			if strings.HasSuffix(name, ".pdf") {
				options = Options{CacheDir: cache}
				if err := Warm(cache); err != nil { // not within the time of the first file
					t.Fatal(err)
				}
			}
			r := NewReader(options)
			defer r.Close()
			played(t, whole, func(b []byte) error {
				d, err := r.ReadNamed(name, bytes.NewReader(b), int64(len(b)))
				if strings.HasSuffix(name, ".pdf") {
					if _, err := r.Seals(bytes.NewReader(b), int64(len(b)), testLabels); err != nil && kindless(err) {
						return err
					}
				}
				if err == nil {
					d.Plain(Bounds{Rows: 400, Columns: 40, TableBytes: 64 << 10, TextBytes: 16 << 10})
				}
				return err
			})
		})
	}
}

// TestMutantPictures is TestMutants for pictures, each page of them.
func TestMutantPictures(t *testing.T) {
	for _, file := range []string{"progressive.jpg", "cmyk.jpg", "turned.jpg", "deep.png", "woven.png", "moving.gif", "plain.bmp", "os2.bmp",
		"one.tiff", "three.tiff", "big-endian.tiff", "jpeg-strips.tiff", "jpeg-tiles.tiff", "lossy.webp", "lossless.webp", "moving.webp", "one.heic", "one.avif"} {
		t.Run(file, func(t *testing.T) {
			played(t, contents(t, "testdata/pictures/"+file), func(b []byte) error {
				p, im, err := ReadPicture(bytes.NewReader(b), int64(len(b)))
				if im != nil {
					smallOf(im)
				}
				for page := 2; page <= min(p.Pages, 5); page++ {
					if _, err := ReadPicturePage(bytes.NewReader(b), int64(len(b)), page); err != nil && kindless(err) {
						return err
					}
				}
				return err
			})
		})
	}
}

// played reads mutants of a file. One that fails is kept in the folder that KEEP names.
func played(t *testing.T, whole []byte, read func([]byte) error) {
	t.Helper()
	var slowest time.Duration
	var most uint64
	packedFile := bytes.HasPrefix(whole, []byte("PK\x03\x04"))
	for seed := range mutantsOf() {
		r := rand.New(rand.NewPCG(seed, 3))
		b := mutated(whole, r)
		if packedFile && seed%2 == 1 { // from outside its checksums would notice
			b = withinParts(t, whole, r)
		}
		began, before := time.Now(), allocated()
		failed := make(chan error, 1)
		go func() {
			defer func() {
				if p := recover(); p != nil {
					failed <- errors.New("a panic crossed the border")
				}
			}()
			failed <- read(b)
		}()
		var err error
		select {
		case err = <-failed:
		case <-time.After(mutantTime):
			keepMutant(t, b, seed)
			t.Fatalf("seed %d hangs", seed)
		}
		slowest, most = max(slowest, time.Since(began)), max(most, allocated()-before)
		switch {
		case err != nil && (kindless(err) || strings.Contains(err.Error(), "runtime error")):
			keepMutant(t, b, seed)
			t.Errorf("seed %d: %v", seed, err)
		case allocated()-before > mutantBytes:
			keepMutant(t, b, seed)
			t.Errorf("seed %d takes %d MB", seed, (allocated()-before)>>20)
		}
	}
	t.Logf("slowest %v, most memory taken %d MB", slowest.Round(time.Millisecond), most>>20)
}

// withinParts damages the parts of a package and packs it anew.
func withinParts(t *testing.T, whole []byte, r *rand.Rand) []byte {
	parts := unpacked(t, whole)
	for i, p := range parts {
		if len(p.text) > 0 && (r.IntN(2) == 0 || len(parts) == 1) {
			parts[i].text = string(mutated([]byte(p.text), r))
		}
	}
	return packed(t, parts)
}

// allocated is how many bytes the process has taken so far.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func keepMutant(t *testing.T, b []byte, seed uint64) {
	if dir := os.Getenv("KEEP"); dir != "" {
		name := strings.ReplaceAll(t.Name(), "/", "-") + "-" + strconv.FormatUint(seed, 10)
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Error(err)
		}
	}
}
