package unpack

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What one damaged archive may cost, at most: one that takes so long is taken to
// hang; bytes are those taken in all, of which the collector gives back most.
const (
	mutantTime  = time.Minute
	mutantBytes = 1 << 30
)

// TestMutants: whatever is done to an archive or a mail, Open comes back with a
// listing, without a panic, in bounded time and memory. MUTANTS=300 reads so many of
// each, KEEP names a folder for those that fail.
func TestMutants(t *testing.T) {
	n, err := strconv.ParseUint(os.Getenv("MUTANTS"), 10, 32)
	if err != nil {
		n = 20
	}
	files := map[string][]byte{"a.eml": savedMail(t)}
	for _, name := range []string{"infozip.zip", "zip64-stream.zip", "deflate64.zip", "lzma.zip", "bzip2.zip", "aes.zip", "t-nested.zip", "t-mail.zip",
		"now.rar", "old.rar", "old-gbk.rar", "now-link.rar", "t-lzma2.7z", "t-ppmd.7z", "t-locked.7z", "a.tar", "t-v7.tar",
		"t.tar.gz", "t.tar.bz2", "t.tar.xz", "t.tar.zst", "t-plain.txt.gz", "outlook.msg", "winmail.dat", "winmail-8bit.dat"} {
		files[name] = fixture(t, name)
	}
	for name, whole := range files {
		t.Run(name, func(t *testing.T) {
			var slowest time.Duration
			var most uint64
			for seed := range n {
				b := mutant(whole, rand.New(rand.NewPCG(seed, 5)))
				began, before := time.Now(), allocated()
				err := opened(name, b)
				took, bytes := time.Since(began), allocated()-before
				slowest, most = max(slowest, took), max(most, bytes)
				if err != nil || bytes > mutantBytes {
					t.Errorf("seed %d: %v, %d MB taken", seed, err, bytes>>20)
					if dir := os.Getenv("KEEP"); dir != "" {
						if err := os.WriteFile(filepath.Join(dir, strconv.FormatUint(seed, 10)+"-"+name), b, 0o600); err != nil {
							t.Error(err)
						}
					}
				}
			}
			t.Logf("slowest %v, most memory taken %d MB", slowest.Round(time.Millisecond), most>>20)
		})
	}
}

// savedMail is a mail that a client saved, with an archive in it.
func savedMail(t *testing.T) []byte {
	raw := fixture(t, "t-mail.zip")
	out := []byte("From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n材料见附件\r\n--b\r\n" +
		"Content-Type: application/zip; name=a.zip\r\nContent-Disposition: attachment; filename=\"a.zip\"\r\n\r\n")
	out = append(out, raw...)
	return append(out, "\r\n--b--\r\n"...)
}

// opened gives what is not to happen: a fault of ours, a panic, no end.
func opened(name string, b []byte) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- errors.New("a panic crossed the border")
			}
		}()
		_, err := Open(name, bytes.NewReader(b), int64(len(b)), Limits{}, func(r io.Reader) (string, int64, error) {
			n, err := io.Copy(io.Discard, r)
			return strings.Repeat("0", 64), n, err
		})
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(mutantTime):
		return errors.New("it hangs")
	}
}

// mutant is a file with bytes changed, most of them where the sizes stand, with
// pieces moved, or cut off.
func mutant(b []byte, r *rand.Rand) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(12) {
		at := r.IntN(len(b))
		switch r.IntN(5) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = 0xFF
		case 2:
			b[r.IntN(min(len(b), 256))] = byte(r.IntN(256))
		case 3:
			b[len(b)-1-r.IntN(min(len(b), 256))] = byte(r.IntN(256)) // directories stand at the end
		case 4:
			copy(b[at:min(at+8, len(b))], b[r.IntN(len(b)):])
		}
	}
	if r.IntN(6) == 0 {
		b = b[:1+r.IntN(len(b)-1)]
	}
	return b
}

// allocated is how many bytes the process has taken so far.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
