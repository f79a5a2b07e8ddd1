package unpack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	caseFolder = "[案例]-佛山市某某家居有限公司+全屋定制数字化"
	formLine   = caseFolder + "/申报表.txt 50\n"
	licence    = caseFolder + "/附件/营业执照.txt 25\n"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// under puts a folder before every path of a listing.
func under(folder, list string) string {
	return folder + "/" + strings.ReplaceAll(strings.TrimSuffix(list, "\n"), "\n", "\n"+folder+"/") + "\n"
}

// Archives of testdata/make.sh and testdata/make, each with what it is to give.
func TestOpen_Formats(t *testing.T) {
	photo := caseFolder + "/照片1.bin 2743\n"
	three := formLine + licence + photo
	rarPhoto := caseFolder + "/照片1.bin 2200\n"
	for _, tc := range []struct{ file, why, want string }{
		{"t-lzma2.7z", "what 7-Zip makes by default: solid LZMA2", three},
		{"t-ppmd.7z", "the method that is offered for text", three},
		{"t-locked.7z", "every file asks for the password: one line", "! file-encrypted  ()\n"},
		{"t-locked-names.7z", "the directory itself is encrypted", "! file-encrypted  ()\n"},
		{"t-cut.7z", "the directory of a 7z is at its end: nothing can be read without it", "! archive-broken  (文件不完整)\n"},
		{"t.tar.gz", "Linux and macOS users", three},
		{"t.tar.bz2", "", three},
		{"t.tar.xz", "", three},
		{"t.tar.zst", "", three},
		{"t.txz", "the short ending", caseFolder + "/附件/营业执照.txt 25\n"},
		{"t-v7.tar", "no mark, only the sum of the header", "申报表.txt 50\n"},
		{"t-plain.txt.gz", "a single compressed file bears its name without .gz", "t-plain.txt 50\n"},
		{"t-link.tar.gz", "a link out of the archive is no file", formLine + "! archive-unsafe  (符号链接：link)\n"},
		{"t-cut.tar.gz", "what came before the damage is kept", formLine + licence + "! archive-broken  (文件不完整或已损坏，仅取出2个文件)\n"},
		{"t-cut.zip", "the directory is gone; the entries are read by their own headers", formLine + licence + "! archive-broken  (文件不完整或已损坏，仅取出2个文件)\n"},
		{"t-cut-stream.zip", "the same, with sizes behind the data", formLine + licence + "! archive-broken  (文件不完整或已损坏，仅取出2个文件)\n"},
		{"t-nested.zip", "zip of 7z and tar.xz: one list", under("材料.7z", three) + under("材料.tar.xz", three)},
		{"t-nested-set.zip", "the volumes of a 7z in a zip are put together", under("t-vol.7z", three)},
		{"t-mail.zip", "a 7z in a forwarded mail in a zip", under("转发.eml/材料.7z", three)},
		{"now.rar", "RAR 5", formLine + licence + rarPhoto},
		{"old.rar", "RAR 4", formLine + licence + rarPhoto},
		{"old-gbk.rar", "a name without the flag for Unicode", formLine},
		{"old-locked.rar", "one of two asks for a password", formLine + "! file-encrypted " + caseFolder + "/附件/营业执照.txt ()\n"},
		{"old-locked-names.rar", "the names, too", "! file-encrypted  ()\n"},
		{"now-link.rar", "a link", formLine + "! archive-unsafe  (符号链接：link)\n"},
		{"now-cut.rar", "what came before the damage is kept", formLine + licence + "! archive-broken  (文件不完整或已损坏，仅取出2个文件)\n"},
		{"winmail.dat", "Outlook's container: long names in UTF-16", "申报表.txt 50\n营业执照.txt 25\n"},
		{"outlook.msg", "a mail that Outlook saved", "申报表.txt 50\n照片.bin 2200\n"},
		{"winmail-endless.dat", "damaged: four thousand million values of no length are announced", "营业执照.txt 25\n"},
		{"winmail-8bit.dat", "names in the code page", "申报表.txt 50\n"},
	} {
		t.Run(tc.file, func(t *testing.T) {
			raw := fixture(t, tc.file)
			if !IsArchive(tc.file, raw[:min(len(raw), SniffLen)], bytes.NewReader(raw), int64(len(raw))) {
				t.Error("not taken for an archive")
			}
			l, _ := open(t, tc.file, raw, Limits{})
			if got := show(l); sorted(got) != sorted(tc.want) {
				t.Errorf("%s: got\n%swant\n%s", tc.why, got, tc.want)
			}
		})
	}
}

// openSet opens files of a folder as one set, as a mail's attachments would be.
func openSet(t testing.TB, dir string, names ...string) Listing {
	t.Helper()
	sets := Sets(names)
	if len(sets) != 1 || len(sets[0]) != len(names) {
		t.Fatalf("%q are no set: %v", names, sets)
	}
	var volumes []Volume
	var all []byte
	for _, i := range sets[0] {
		raw, err := os.ReadFile(filepath.Join(dir, names[i]))
		if err != nil {
			t.Fatal(err)
		}
		volumes, all = append(volumes, Volume{names[i], int64(len(raw))}), append(all, raw...)
	}
	l, err := OpenSet(volumes, bytes.NewReader(all), Limits{}, kept{}.store)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestOpenSet(t *testing.T) {
	photo := caseFolder + "/照片1.bin 2743\n"
	rarPhoto := caseFolder + "/照片1.bin 2200\n"
	for _, tc := range []struct{ why, files, want string }{
		{"7-Zip's volumes", "t-vol.7z.001 t-vol.7z.002 t-vol.7z.003 t-vol.7z.004 t-vol.7z.005", formLine + licence + photo},
		{"in any order", "t-vol.7z.005 t-vol.7z.001 t-vol.7z.003 t-vol.7z.002 t-vol.7z.004", formLine + licence + photo},
		{"one in the middle is missing", "t-vol.7z.001 t-vol.7z.002 t-vol.7z.004 t-vol.7z.005", "! archive-volume-missing  (t-vol.7z.003)\n"},
		{"the first is missing", "t-vol.7z.002 t-vol.7z.003 t-vol.7z.004 t-vol.7z.005", "! archive-volume-missing  (t-vol.7z.001)\n"},
		{"the last is missing: the first tells how long it is", "t-vol.7z.001 t-vol.7z.002 t-vol.7z.003 t-vol.7z.004", "! archive-volume-missing  (t-vol.7z.005及之后的分卷（如有）)\n"},
		{"two are missing", "t-vol.7z.002 t-vol.7z.004 t-vol.7z.005", "! archive-volume-missing  (t-vol.7z.001、t-vol.7z.003)\n"},
		{"a zip cut anywhere", "t-vol.zip.001 t-vol.zip.002 t-vol.zip.003 t-vol.zip.004", formLine + licence + photo},
		{"its last is missing: what is whole is kept", "t-vol.zip.001 t-vol.zip.002 t-vol.zip.003", formLine + photo + "! archive-volume-missing  (t-vol.zip.004及之后的分卷（如有）)\n"},
		{"RAR 5", "vol5.part1.rar vol5.part2.rar vol5.part3.rar vol5.part4.rar", formLine + licence + rarPhoto},
		{"RAR 5 without its third", "vol5.part1.rar vol5.part2.rar vol5.part4.rar", formLine + licence + "! archive-volume-missing  (vol5.part3.rar)\n"},
		{"RAR 5 without its last", "vol5.part1.rar vol5.part2.rar vol5.part3.rar", formLine + licence + "! archive-volume-missing  (vol5.part4.rar及之后的分卷（如有）)\n"},
		{"RAR 5 without its first", "vol5.part2.rar vol5.part3.rar vol5.part4.rar", "! archive-volume-missing  (vol5.part1.rar)\n"},
		{"RAR 4", "vol4.rar vol4.r00 vol4.r01", formLine + licence + rarPhoto},
		{"RAR 4 without its last", "vol4.rar vol4.r00", formLine + licence + "! archive-volume-missing  (vol4.r01及之后的分卷（如有）)\n"},
		{"RAR 4 without its first", "vol4.r00 vol4.r01", "! archive-volume-missing  (vol4.rar)\n"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			l := openSet(t, "testdata", strings.Fields(tc.files)...)
			if got := show(l); sorted(got) != sorted(tc.want) {
				t.Errorf("got\n%swant\n%s", got, tc.want)
			}
		})
	}
}

// One volume alone says what is missing.
func TestOpen_OneVolume(t *testing.T) {
	for file, want := range map[string]string{
		"vol4.rar":       formLine + licence + "! archive-volume-missing  (vol4.r00及之后的分卷（如有）)\n",
		"vol5.part3.rar": "! archive-volume-missing  (vol5.part1.rar、vol5.part2.rar)\n",
		"t-vol.7z.003":   "! archive-volume-missing  (t-vol.7z.001、t-vol.7z.002)\n",
	} {
		l, _ := open(t, file, fixture(t, file), Limits{})
		if got := show(l); sorted(got) != sorted(want) {
			t.Errorf("%s: got\n%swant\n%s", file, got, want)
		}
	}
}

// Info-ZIP's volumes are 64 KB at least: they are made when the test runs.
func TestOpenSet_InfoZIP(t *testing.T) {
	if _, err := exec.LookPath("zip"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("Info-ZIP zip is needed in CI")
		}
		t.Skip("Info-ZIP zip is not installed")
	}
	dir := t.TempDir()
	noise := make([]byte, 150<<10)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(noise)
	for name, body := range map[string][]byte{"a.txt": []byte("first"), "b.bin": noise, "c.txt": []byte("last")} {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("zip", "-q", "-s", "64k", "材料.zip", "a.txt", "b.bin", "c.txt")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %v", out, err)
	}
	const whole = "a.txt 5\nb.bin 153600\nc.txt 4\n"
	for files, want := range map[string]string{
		"材料.z01 材料.z02 材料.zip": whole,
		"材料.z02 材料.zip":        "! archive-volume-missing  (材料.z01)\n",
		"材料.z01 材料.zip":        "a.txt 5\n! archive-volume-missing  (材料.z02)\n",
		"材料.z01 材料.z02":        "a.txt 5\n! archive-volume-missing  (材料.zip)\n",
		"材料.z01":               "a.txt 5\n! archive-volume-missing  (材料.zip)\n",
	} {
		if got := show(openSet(t, dir, strings.Fields(files)...)); got != want {
			t.Errorf("%s: got\n%swant\n%s", files, got, want)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "材料.zip"))
	if err != nil {
		t.Fatal(err)
	}
	l, _ := open(t, "材料.zip", raw, Limits{})
	if got := show(l); got != "! archive-volume-missing  (材料.z01、材料.z02)\n" {
		t.Error(got)
	}
}

func TestSets(t *testing.T) {
	for _, tc := range []struct{ why, names, want string }{
		{"two sets and a file", "b.part2.rar a.7z.002 x.docx b.part1.rar a.7z.001", "b.part1.rar b.part2.rar | a.7z.001 a.7z.002"},
		{"archives by themselves", "a.zip b.rar c.7z", ""},
		{"a lone volume is a set", "a.part2.rar", "a.part2.rar"},
		{"letters do not matter", "A.PART1.RAR a.part2.rar", "A.PART1.RAR a.part2.rar"},
		{"old names", "a.r01 a.rar a.r00", "a.rar a.r00 a.r01"},
		{"the .zip is last", "a.zip a.z02 a.z01", "a.z01 a.z02 a.zip"},
		{"the same volume twice", "a.7z.001 a.7z.001 a.7z.002", "a.7z.001 a.7z.002"},
		{"dates and numbers are no volumes", "报表.2024 a.001 会议.part1.docx", ""},
		{"one of a and one of b", "a.part1.rar b.part2.rar", "a.part1.rar | b.part2.rar"},
	} {
		names := strings.Fields(tc.names)
		var got []string
		for _, s := range Sets(names) {
			var one []string
			for _, i := range s {
				one = append(one, names[i])
			}
			got = append(got, strings.Join(one, " "))
		}
		if strings.Join(got, " | ") != tc.want {
			t.Errorf("%s: %q", tc.why, got)
		}
	}
}

// The time is one budget, too; what came out before is kept.
func TestOpen_Time(t *testing.T) {
	for _, file := range []string{"t-lzma2.7z", "t.tar.gz", "now.rar", "infozip.zip", "t-nested.zip"} {
		l, _ := open(t, file, fixture(t, file), Limits{Time: time.Nanosecond})
		if got := show(l); got != "! archive-unsafe  (解压用时过长，仅取出部分文件)\n" {
			t.Errorf("%s: %s", file, got)
		}
	}
}

// Forty files of 30 MB in all, as a bureau sends them: mostly photographs, which
// do not shrink, and some text; hashed as the desk does, and by way of a child's
// answer.
func BenchmarkOpen_Forty(b *testing.B) {
	r := rand.NewChaCha8([32]byte{7})
	var entries []made
	sum := 0
	for i := range 40 {
		body := make([]byte, 750<<10)
		_, _ = r.Read(body)
		if i%8 == 7 {
			body = bytes.Repeat([]byte("电子商务案例材料"), 750<<10/24)
		}
		copy(body, "\xff\xd8\xff\xe0")
		sum += len(body)
		entries = append(entries, made{name: fmt.Sprintf("照片%d.jpg", i), body: string(body), method: zip.Deflate})
	}
	raw := build(b, entries...)
	hashed := func(r io.Reader) (string, int64, error) {
		h := sha256.New()
		n, err := io.Copy(h, r)
		return hex.EncodeToString(h.Sum(nil)), n, err
	}
	b.Run("open", func(b *testing.B) {
		b.SetBytes(int64(sum))
		for b.Loop() {
			if _, err := Open("a.zip", bytes.NewReader(raw), int64(len(raw)), Limits{}, hashed); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("answer", func(b *testing.B) {
		b.SetBytes(int64(sum))
		for b.Loop() {
			if _, err := Collect(bytes.NewReader(answer(b, "a.zip", raw, Limits{})), Limits{}, hashed); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// seeds are the fixtures of one format.
func seeds(t testing.TB, patterns ...string) []string {
	t.Helper()
	var all []string
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join("testdata", p))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", p, err)
		}
		all = append(all, found...)
	}
	return all
}

var formats = map[string][]string{
	"zip": {"*.zip"}, "rar": {"*.rar"}, "7z": {"*.7z"}, "tar": {"*.tar"}, "gz": {"*.gz"}, "bz2": {"*.bz2"}, "xz": {"*.xz", "*.txz"},
	"zst": {"*.zst"}, "tnef": {"*.dat"}, "msg": {"*.msg"},
}

// damaged gives the n-th damage of an archive: bytes changed, cut out or cut off.
func damaged(raw []byte, n uint64) []byte {
	r := rand.New(rand.NewPCG(n, uint64(len(raw))))
	out := bytes.Clone(raw)
	for range 1 + r.IntN(4) {
		at := r.IntN(len(out))
		if r.IntN(2) == 0 {
			at = r.IntN(min(len(out), 64)) // the headers
		}
		switch r.IntN(6) {
		case 0:
			out = out[:max(at, 1)]
		case 1:
			out = append(out[:at:at], out[min(len(out), at+1+r.IntN(8)):]...)
		default:
			out[at] ^= byte(1 << r.IntN(8))
		}
		if len(out) == 0 {
			out = []byte{0}
		}
	}
	return out
}

// Damaged archives of every format: no panic, no hang, within the limits, and
// something is said of each.
func TestOpen_Damaged(t *testing.T) {
	limits := Limits{Bytes: 1 << 20, File: 1 << 19, Entries: 100, Depth: 3, Time: 5 * time.Second}
	for format, patterns := range formats {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			files := seeds(t, patterns...)
			for n := range 400 {
				file := files[n%len(files)]
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				within(t, fmt.Sprintf("%s, damage %d", file, n), filepath.Base(file), damaged(raw, uint64(n)), limits)
			}
		})
	}
}

// within opens bytes and holds what Listing promises.
func within(t *testing.T, why, name string, raw []byte, limits Limits) {
	t.Helper()
	begun := time.Now()
	k := kept{}
	l, err := Open(name, bytes.NewReader(raw), int64(len(raw)), limits, k.store)
	if err != nil {
		t.Fatalf("%s: %v", why, err)
	}
	sum, seen := int64(0), map[string]bool{}
	for _, f := range l.Files {
		sum += f.Size
		if seen[f.Path] || checkPath(f.Path) != nil {
			t.Fatalf("%s: path %q", why, f.Path)
		}
		seen[f.Path] = true
	}
	for _, p := range l.Problems {
		if err := checkProblem(p); err != nil {
			t.Fatalf("%s: %v", why, err)
		}
	}
	if sum > limits.Bytes || len(l.Files)+len(l.Problems) == 0 {
		t.Fatalf("%s: %d bytes, %d files, %d problems", why, sum, len(l.Files), len(l.Problems))
	}
	if took := time.Since(begun); took > time.Minute {
		t.Fatalf("%s: %s", why, took)
	}
}

func fuzzFormat(f *testing.F, name string, patterns ...string) {
	for _, file := range seeds(f, patterns...) {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	limits := Limits{Bytes: 1 << 20, File: 1 << 19, Entries: 100, Depth: 2, Time: 10 * time.Second}
	f.Fuzz(func(t *testing.T, raw []byte) { within(t, name, name, raw, limits) })
}

func FuzzRAR(f *testing.F)       { fuzzFormat(f, "a.rar", "*.rar") }
func FuzzSevenZip(f *testing.F)  { fuzzFormat(f, "a.7z", "*.7z") }
func FuzzTar(f *testing.F)       { fuzzFormat(f, "a.tar", "*.tar") }
func FuzzGzip(f *testing.F)      { fuzzFormat(f, "a.tar.gz", "*.gz") }
func FuzzXZ(f *testing.F)        { fuzzFormat(f, "a.tar.xz", "*.xz", "*.txz") }
func FuzzZstandard(f *testing.F) { fuzzFormat(f, "a.tar.zst", "*.zst") }
func FuzzBzip2(f *testing.F)     { fuzzFormat(f, "a.tar.bz2", "*.bz2") }
func FuzzOutlook(f *testing.F)   { fuzzFormat(f, "a.msg", "*.msg") }
func FuzzTNEF(f *testing.F)      { fuzzFormat(f, "winmail.dat", "*.dat") }
