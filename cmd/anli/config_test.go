package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
)

const example = "../../config.example.toml"

// badComment holds a bad file's sentence: `# want: 3: …` on its first line, the
// line number included where the fault has one.
var badComment = regexp.MustCompile(`\A# want: (.*)\n`)

func TestBadConfigs(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.toml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m := badComment.FindSubmatch(raw)
		if m == nil {
			t.Fatalf("%s does not begin with # want:", path)
		}
		want := path + ":" + string(m[1])
		for _, form := range []string{"LF", "CRLF"} {
			file := path
			if form == "CRLF" {
				file = filepath.Join(t.TempDir(), filepath.Base(path))
				crlf := strings.ReplaceAll(string(raw), "\n", "\r\n")
				if err := os.WriteFile(file, []byte(crlf), 0o600); err != nil {
					t.Fatal(err)
				}
				want = file + ":" + string(m[1])
			}
			if _, err := readConfig(file); err == nil {
				t.Errorf("%s (%s) was taken", path, form)
			} else if got := oneLine(err); got != want {
				t.Errorf("%s (%s)\n got %s\nwant %s", path, form, got, want)
			} else if exitCode(err, &strings.Builder{}) != exitUsage {
				t.Errorf("%s: exit %d", path, exitCode(err, &strings.Builder{}))
			}
		}
	}
}

func TestExampleConfig(t *testing.T) {
	c, err := readConfig(example)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Settings.Call, builtinCall(); !reflect.DeepEqual(got, want) {
		t.Errorf("the example's call is not the built-in one:\n%+v\n%+v", got, want)
	}
	if want := time.Date(2024, 10, 30, 23, 59, 59, 0, time.FixedZone("", 8*3600)); !c.Settings.Call.Deadline.Equal(want) {
		t.Errorf("deadline %v", c.Settings.Call.Deadline)
	}
	if filepath.Dir(c.Data) != "../.." || filepath.Base(c.KeyFile) != "anli.key" {
		t.Errorf("data %s, key %s", c.Data, c.KeyFile)
	}
}

// TestExampleShowsDefaults: every key of the code stands in the example, with its
// default, but for those that have none.
func TestExampleShowsDefaults(t *testing.T) {
	raw, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	lines := keyLines(raw)
	var walk func(prefix string, k reflect.Type)
	walk = func(prefix string, k reflect.Type) {
		for i := range k.NumField() {
			name := prefix + k.Field(i).Tag.Get("toml")
			switch f := k.Field(i).Type; {
			case f.Kind() == reflect.Struct:
				walk(name+".", f)
			case f.Kind() == reflect.Slice && f.Elem().Kind() == reflect.Struct:
				walk(name+"[0].", f.Elem())
			case lines[name] == 0:
				t.Errorf("%s does not stand in the example", name)
			}
		}
	}
	walk("", reflect.TypeFor[fileConfig]())
	var shown fileConfig
	if err := toml.Unmarshal(raw, &shown); err != nil {
		t.Fatal(err)
	}
	want := fileDefaults()
	want.Mailbox.Address, want.Mailbox.IMAP, want.Mailbox.PasswordFile = shown.Mailbox.Address, shown.Mailbox.IMAP, shown.Mailbox.PasswordFile
	want.SMTP.Address, want.Staff, want.Bureau = shown.SMTP.Address, shown.Staff, shown.Bureau
	want.Calendar = calendarSection{Holidays: []string{}, Workdays: []string{}}
	if !reflect.DeepEqual(shown, want) {
		t.Errorf("the example does not show the defaults:\n%+v\n%+v", shown, want)
	}
}

func TestMinimalConfig(t *testing.T) {
	path := writeConfig(t, "")
	c, err := readConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	password, err := c.Sender.Password()
	if err != nil || password != "geheim" {
		t.Errorf("the SMTP password is not the mailbox's: %q, %v", password, err)
	}
	if c.Sender.User != "anli@gd.example" || c.Settings.Letters["decision"] != "approve" || !c.Settings.Mailbox.Live || c.Name != "广东省商务厅电子商务处" {
		t.Errorf("%+v", c)
	}
}

func TestRehearsal(t *testing.T) {
	c, err := readConfig(writeConfig(t, "redirect_all_to = \"Tester@gd.example\"\ndata = \"rehearsal\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if m := c.Settings.Mailbox; m.RedirectTo != "tester@gd.example" || m.Prefix != "TEST" || c.Settings.Call.Prefix != "TEST" {
		t.Errorf("%+v", m)
	}
}

// writeConfig writes a small configuration with top before its sections, and the
// password file it names.
func writeConfig(t *testing.T, top string) string {
	t.Helper()
	dir := t.TempDir()
	raw, err := os.ReadFile("testdata/minimal.toml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(path, append([]byte(top), raw...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "imap.password"), []byte("geheim\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func FuzzConfig(f *testing.F) {
	files, err := filepath.Glob("testdata/bad/*.toml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range append(files, example, "testdata/minimal.toml") {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	path := filepath.Join(f.TempDir(), "fuzz.toml")
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Skip(err)
		}
		if _, err := readConfig(path); err != nil && strings.Contains(oneLine(err), "\n") {
			t.Errorf("more than one line: %q", err)
		}
	})
}
