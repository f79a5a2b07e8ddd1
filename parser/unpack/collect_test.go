package unpack

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// answer is what Work says.
func answer(t testing.TB, name string, raw []byte, limits Limits) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := send(bytes.NewReader(raw), int64(len(raw)), Task{Name: name, Limits: limits}, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWork(t *testing.T) {
	raw := build(t, made{name: "a", body: "一二三"})
	path := filepath.Join(t.TempDir(), "archive")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	args, err := json.Marshal(Task{Name: "a.zip", Limits: Limits{File: 9}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Work(f, args, &out); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), answer(t, "a.zip", raw, Limits{})) {
		t.Errorf("%q", out.Bytes())
	}
}

func TestWork_Failures(t *testing.T) {
	if err := Work(nil, []byte("{}"), io.Discard); !errors.Is(err, ErrRead) {
		t.Error(err)
	}
	if err := Work(nil, []byte("{"), io.Discard); !errors.Is(err, ErrRead) {
		t.Error(err)
	}
}

// Cut off anywhere, an answer is an error and not a shorter listing.
func TestCollect_CutOff(t *testing.T) {
	raw := build(t, made{name: "a", body: "一二三"}, made{name: "b", body: "x", crc: 9}, made{name: "c", body: "y"})
	whole := answer(t, "a.zip", raw, Limits{})
	for n := range whole {
		if _, err := Collect(bytes.NewReader(whole[:n]), Limits{}, kept{}.store); !errors.Is(err, ErrAnswer) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
	l, err := Collect(iotest.OneByteReader(bytes.NewReader(whole)), Limits{}, kept{}.store)
	if err != nil || show(l) != "a 9\nc 1\n! archive-broken b (数据损坏)\n" {
		t.Fatalf("%v\n%s", err, show(l))
	}
}

// A child that was taken over says what it likes.
func TestCollect_Lies(t *testing.T) {
	say := func(parts ...any) string {
		var b bytes.Buffer
		w := newFrames(&b)
		for _, p := range parts {
			var err error
			switch p := p.(type) {
			case byte:
				err = w.frame(p, nil)
			case string:
				err = w.frame(frameData, []byte(p))
			case Listing:
				var raw []byte
				if raw, err = json.Marshal(p); err == nil {
					err = w.frame(frameList, raw)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.w.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const begin, end = byte(frameBegin), byte(frameEnd)
	file := func(path string, size int64) Listing { return Listing{Files: []File{{Path: path, Size: size}}} }
	problem := func(p Problem) Listing { return Listing{Problems: []Problem{p}} }
	limits := Limits{Bytes: 10, File: 6, Entries: 3}
	for _, tc := range []struct {
		why, answer string
		good        bool
	}{
		{"well", say(begin, "abc", end, file("a/b", 3)), true},
		{"in pieces", say(begin, "abc", "", "de", end, file("a/b", 5)), true},
		{"nothing", say(Listing{}), true},
		{"a file too large", say(begin, "abc", "defg", end, file("a", 7)), false},
		{"too much in all", say(begin, "abcdef", end, begin, "abcdef", end, Listing{Files: []File{{Path: "a", Size: 6}, {Path: "b", Size: 6}}}), false},
		{"too many", strings.Repeat(say(begin, end), 4) + say(Listing{}), false},
		{"another size", say(begin, "abc", end, file("a", 4)), false},
		{"a file that was not sent", say(file("a", 3)), false},
		{"a file that is not listed", say(begin, "abc", end, Listing{}), false},
		{"outside", say(begin, "abc", end, file("../a", 3)), false},
		{"absolute", say(begin, "abc", end, file("/a", 3)), false},
		{"backslash", say(begin, "abc", end, file(`a\b`, 3)), false},
		{"control character", say(begin, "abc", end, file("a\nb", 3)), false},
		{"no path", say(begin, "abc", end, file("", 3)), false},
		{"twice", say(begin, "a", end, begin, "a", end, Listing{Files: []File{{Path: "a", Size: 1}, {Path: "a", Size: 1}}}), false},
		{"more after the listing", say(Listing{}, Listing{}), false},
		{"data outside of a file", say("abc", Listing{}), false},
		{"listing inside of a file", say(begin, Listing{}), false},
		{"unknown code", say(problem(Problem{Code: "case-complete"})), false},
		{"a line in a reason", say(problem(Problem{Code: codeBroken, Reason: "a\nb"})), false},
		{"a long reason", say(problem(Problem{Code: codeBroken, Reason: strings.Repeat("长", 300)})), false},
		{"a problem outside", say(problem(Problem{Code: codeBroken, File: "../a"})), false},
		{"junk below zero", say(Listing{Junk: -1}), false},
		{"no JSON", "l\x00\x00\x00\x01{", false},
		{"a listing of 4 GiB", "l\xff\xff\xff\xff{", false},
		{"no frames", "hello, world", false},
	} {
		_, err := Collect(strings.NewReader(tc.answer), limits, kept{}.store)
		if tc.good && err != nil || !tc.good && !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", tc.why, err)
		}
	}
}

// A store that fails, or reads only half, is our failure.
func TestCollect_Store(t *testing.T) {
	whole := answer(t, "a.zip", build(t, made{name: "a", body: "一二三"}, made{name: "b", body: "x"}), Limits{})
	full := errors.New("disk full")
	if _, err := Collect(bytes.NewReader(whole), Limits{}, func(io.Reader) (string, int64, error) { return "", 0, full }); !errors.Is(err, full) || !errors.Is(err, ErrStore) {
		t.Error(err)
	}
	half := func(r io.Reader) (string, int64, error) {
		n, err := io.ReadFull(r, make([]byte, 4))
		return "", int64(n), err
	}
	if _, err := Collect(bytes.NewReader(whole), Limits{}, half); !errors.Is(err, ErrStore) {
		t.Error(err)
	}
	broken := errors.New("pipe")
	r := io.MultiReader(bytes.NewReader(whole[:8]), iotest.ErrReader(broken))
	if _, err := Collect(r, Limits{}, kept{}.store); !errors.Is(err, broken) || errors.Is(err, ErrAnswer) {
		t.Error(err)
	}
}

// Whatever a child says, what comes through keeps the promises of Listing.
func FuzzCollect(f *testing.F) {
	f.Add(answer(f, "a.zip", build(f, made{name: "a/b.jpg", body: "一二三"}, made{name: "b", body: "x", crc: 9}), Limits{}))
	f.Add(answer(f, "a.zip", build(f, made{name: "空"}, made{name: ".DS_Store", body: "x"}), Limits{}))
	f.Add([]byte("l\x00\x00\x00\x02{}"))
	limits := Limits{Bytes: 1000, File: 500, Entries: 10}
	f.Fuzz(func(t *testing.T, raw []byte) {
		k := kept{}
		l, err := Collect(bytes.NewReader(raw), limits, k.store)
		if err != nil {
			if len(l.Files)+len(l.Problems) > 0 {
				t.Fatal("a listing beside an error")
			}
			return
		}
		for _, file := range l.Files {
			if int64(len(k[file.SHA256])) != file.Size || !filepath.IsLocal(file.Path) || strings.ContainsAny(file.Path, "\\\n\x00") {
				t.Fatalf("%+v", file)
			}
		}
	})
}

func TestStopped(t *testing.T) {
	for _, over := range []bool{false, true} {
		for _, p := range Stopped(over).Problems {
			if err := checkProblem(p); err != nil {
				t.Error(err)
			}
		}
	}
	if (Limits{}).Answer() < 2<<30 {
		t.Error("an answer has to hold the default limits")
	}
}

func BenchmarkOpen(b *testing.B) {
	photo := strings.Repeat("0123456789abcdefghijklmnopqrstuv", 5<<20/32)
	raw := build(b, made{name: gbk(b, "照片.jpg"), body: photo, method: zip.Deflate})
	b.SetBytes(int64(len(photo)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open("a.zip", bytes.NewReader(raw), int64(len(raw)), Limits{}, func(r io.Reader) (string, int64, error) {
			n, err := io.Copy(io.Discard, r)
			return "", n, err
		}); err != nil {
			b.Fatal(err)
		}
	}
}
