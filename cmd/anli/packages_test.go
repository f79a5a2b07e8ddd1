package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"anli/intake"
)

// A judged package lies in testdata/packages/NAME: what a bureau sent below
// package/, and expected.json, written from the notice and the list of checks
// before the program saw it. A folder put there is a new test.
type expectation struct {
	Sentence  string                 `json:"sentence"` // why the package exists
	Paths     []string               `json:"paths"`    // what is handed over, below package/; every entry if none are named
	Config    string                 `json:"config"`   // beside expected.json: sender, deadline and quota are judged
	At        string                 `json:"at"`       // what counts as today
	Cases     []expectedCase         `json:"cases"`
	Documents map[string]intake.Role `json:"documents"` // path to role; not compared if it is left out
	Problems  []string               `json:"problems"`
}

// expectedCase names errors and warnings exactly; what is for the record only
// where it is listed. A finding is "code", "code!file" or either with its
// severity before it: "warning intro-too-long".
type expectedCase struct {
	Folder   string                 `json:"folder"`
	Form     map[string]any         `json:"form"`
	Roles    map[string]intake.Role `json:"roles"`
	Findings []string               `json:"findings"`
}

// tally is what all packages came to.
type tally struct {
	sync.Mutex
	packages, fields, exact, missed, added int
}

// leastExact is the share of form fields that must be read as they stand, in percent.
const leastExact = 99

func TestPackages(t *testing.T) {
	folders, err := filepath.Glob("testdata/packages/*/expected.json")
	if err != nil || len(folders) == 0 {
		t.Fatal("no packages", err)
	}
	var total tally
	t.Run("of", func(t *testing.T) {
		for _, file := range folders {
			dir := filepath.Dir(file)
			t.Run(filepath.Base(dir), func(t *testing.T) {
				t.Parallel()
				judgePackage(t, dir, &total)
			})
		}
	})
	t.Logf("%d packages: %d of %d form fields exact, %d findings missed, %d false", total.packages, total.exact, total.fields, total.missed, total.added)
	if 100*total.exact < leastExact*total.fields {
		t.Errorf("%d of %d form fields are exact, fewer than %d%%", total.exact, total.fields, leastExact)
	}
}

func readExpectation(t *testing.T, dir string) (want expectation) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&want); err != nil {
		t.Fatalf("expected.json: %v", err)
	}
	return want
}

// checkPackage runs `anli check --json` on what the package hands over.
func checkPackage(t *testing.T, dir string, want expectation) (out checkOut) {
	t.Helper()
	args := []string{"check", "--json"}
	if want.Config != "" {
		args = append(args, "--config", filepath.Join(dir, want.Config))
	}
	if want.At != "" {
		args = append(args, "--at", want.At)
	}
	for _, p := range want.Paths {
		args = append(args, filepath.Join(dir, "package", filepath.FromSlash(p)))
	}
	if len(want.Paths) == 0 {
		entries, err := os.ReadDir(filepath.Join(dir, "package"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			args = append(args, filepath.Join(dir, "package", e.Name()))
		}
	}
	code, stdout, stderr := run(t, args...)
	if err := json.Unmarshal([]byte(stdout), &out); err != nil {
		t.Fatalf("exit %d: %v\n%s%s", code, err, stdout, stderr)
	}
	if wantCode := map[bool]int{false: exitDone, true: exitProblems}[out.open()]; code != wantCode {
		t.Errorf("exit %d, want %d", code, wantCode)
	}
	return out
}

func judgePackage(t *testing.T, dir string, total *tally) {
	want := readExpectation(t, dir)
	out := checkPackage(t, dir, want)
	v := verdict{t: t}
	for i, pair := range paired(want.Cases, out.Cases) {
		v.judgeCase(i+1, pair.want, pair.got)
	}
	if n, m := len(out.Cases), len(want.Cases); n != m {
		t.Errorf("%d cases, want %d", n, m)
	}
	v.findings("the delivery", want.Problems, out.Problems)
	if want.Documents != nil {
		got := map[string]intake.Role{}
		for _, d := range out.Documents {
			got[d.Path] = d.Role
		}
		v.roles("documents", want.Documents, got)
		for p, role := range got {
			if want.Documents[p] == "" {
				t.Errorf("document %s (%s) is not expected", p, role)
			}
		}
	}
	if t.Failed() {
		t.Log(want.Sentence)
	}
	total.Lock()
	defer total.Unlock()
	total.packages++
	total.fields += v.fields
	total.exact += v.exact
	total.missed += v.missed
	total.added += v.added
}

// pair is an expected case with the case that was found for it, or with none.
type pair struct {
	want expectedCase
	got  *caseOut
}

// paired goes by the folder's name, then by order: a folder that was read wrongly
// still has its form compared. A case that nobody expects is judged against nothing.
func paired(want []expectedCase, got []caseOut) (out []pair) {
	taken := make([]bool, len(got))
	take := func(fits func(caseOut) bool) *caseOut {
		for i := range got {
			if !taken[i] && fits(got[i]) {
				taken[i] = true
				return &got[i]
			}
		}
		return nil
	}
	for _, w := range want {
		out = append(out, pair{w, take(func(c caseOut) bool {
			return c.Folder == w.Folder && (w.Form["unit"] == nil || w.Form["unit"] == c.Form.Unit)
		})})
	}
	for i := range out {
		if out[i].got == nil {
			out[i].got = take(func(c caseOut) bool { return c.Folder == out[i].want.Folder })
		}
	}
	for i := range out {
		if out[i].got == nil {
			out[i].got = take(func(caseOut) bool { return true })
		}
	}
	for rest := take(func(caseOut) bool { return true }); rest != nil; rest = take(func(caseOut) bool { return true }) {
		out = append(out, pair{expectedCase{Folder: rest.Folder}, rest})
	}
	return out
}

// verdict counts while it reports.
type verdict struct {
	t                            *testing.T
	fields, exact, missed, added int
}

func (v *verdict) judgeCase(n int, want expectedCase, got *caseOut) {
	v.t.Helper()
	what := fmt.Sprintf("case %d", n)
	if got == nil {
		v.fields += len(want.Form)
		v.missed += len(want.Findings)
		v.t.Errorf("%s (%s) was not found", what, want.Folder)
		return
	}
	if got.Folder != want.Folder {
		v.t.Errorf("%s: folder “%s”, want “%s”", what, got.Folder, want.Folder)
	}
	v.form(what, want.Form, *got)
	files := map[string]intake.Role{}
	for _, f := range got.Files {
		files[f.Path] = f.Role
	}
	v.roles(what, want.Roles, files)
	v.findings(what, want.Findings, got.Findings)
}

func (v *verdict) form(what string, want map[string]any, got caseOut) {
	raw, err := json.Marshal(got.Form)
	if err != nil {
		v.t.Fatal(err)
	}
	read := map[string]any{}
	if err := json.Unmarshal(raw, &read); err != nil {
		v.t.Fatal(err)
	}
	for key, w := range want {
		v.fields++
		if reflect.DeepEqual(w, read[key]) {
			v.exact++
			continue
		}
		v.t.Errorf("%s: %s is\n\t%q\nwant\n\t%q", what, key, read[key], w)
	}
}

func (v *verdict) roles(what string, want, got map[string]intake.Role) {
	for p, role := range want {
		if got[p] != role {
			v.t.Errorf("%s: %s is taken for %q, want %q; there are %v", what, p, got[p], role, got)
		}
	}
}

// findings compares errors and warnings exactly, the rest where it is listed.
func (v *verdict) findings(what string, want []string, got []intake.Finding) {
	rest := slices.Clone(got)
	for _, w := range byDetail(want) {
		i := slices.IndexFunc(rest, func(f intake.Finding) bool { return fitsFinding(w, f) })
		if i < 0 {
			v.missed++
			v.t.Errorf("%s: missed %s", what, w)
			continue
		}
		rest = slices.Delete(rest, i, i+1)
	}
	for _, f := range rest {
		if f.Severity == "info" {
			continue
		}
		v.added++
		v.t.Errorf("%s: false %s %s!%s (for %s): %s。%s", what, f.Severity, f.Code, f.File, f.Audience, f.Message, f.Fix)
	}
}

// byDetail puts what names a file or a severity first, or a bare code would take
// its finding.
func byDetail(want []string) []string {
	out := slices.Clone(want)
	slices.SortStableFunc(out, func(a, b string) int {
		return strings.Count(b, "!") + strings.Count(b, " ") - strings.Count(a, "!") - strings.Count(a, " ")
	})
	return out
}

func fitsFinding(want string, f intake.Finding) bool {
	code, file, named := strings.Cut(want, "!")
	if severity, rest, has := strings.Cut(code, " "); has {
		if code = rest; f.Severity != severity {
			return false
		}
	}
	return f.Code == code && (!named || f.File == file)
}
