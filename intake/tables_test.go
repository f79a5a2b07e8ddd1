package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anli/parser/command"
	"anli/parser/form"
)

// A table is what the code of a finding is held by: packages of which it must be said,
// and packages, most of them correct, of which it must not.
type table struct {
	code    string
	shown   string // severity, audience, source and cure (-: none) of its findings; | parts several kinds of them
	clause  string // of the notice, as a letter names it; "": none
	must    []must
	mustNot []not
}

type must struct {
	name  string
	look  look
	found string // `code severity` of all that is found; "": this code alone
	says  string // in the message or the cure of one of its findings
}

type not struct {
	name  string
	look  look
	found string // what is found in its place
}

// A look is a check of a package, or of the mails that brought it.
type look func(t *testing.T) []Finding

const fewestNot = 3

// heldElsewhere are the codes that are held by tests of other packages.
func heldElsewhere() map[string]string {
	return map[string]string{
		"sender-unknown": "cmd/anli, TestCheckSenders: the desk takes no such mail in",
	}
}

func tables() []table {
	return slices.Concat(mailTables(), fileTables(), pictureTables(), boxTables(), wordTables(), signedTables(), agreeTables(), creditTables())
}

// Every code has its table, and says what it saw and how it is cured.
func TestTables(t *testing.T) {
	held := heldElsewhere()
	for _, tab := range tables() {
		if held[tab.code] != "" || len(tab.must) == 0 || len(tab.mustNot) < fewestNot {
			t.Errorf("%s: %d must, %d must not, %s", tab.code, len(tab.must), len(tab.mustNot), held[tab.code])
		}
		held[tab.code] = "here"
		t.Run(tab.code, tab.run)
	}
	for _, code := range strings.Fields(codes) {
		if held[code] == "" {
			t.Errorf("%s has no table", code)
		}
	}
}

func (tab table) run(t *testing.T) {
	if got := goodSettings().Call.clause(tab.code); got != tab.clause {
		t.Errorf("a letter names clause %q, want %q", got, tab.clause)
	}
	seen := map[string]bool{}
	for _, row := range tab.must {
		found := row.look(t)
		own := slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return f.Code != tab.code })
		if row.found == "" {
			row.found = keys(own)
		}
		if got := keys(found); len(own) == 0 || got != row.found {
			t.Errorf("%s: %s, want %s", row.name, got, row.found)
		}
		if !strings.Contains(words(own), row.says) {
			t.Errorf("%s: %q is not said in\n%s", row.name, row.says, words(own))
		}
		for _, f := range own {
			kind := fmt.Sprintf("%s %s %s %s", f.Severity, f.Audience, f.Source, orDash(f.Cure))
			if seen[kind] = true; !slices.Contains(strings.Split(tab.shown, "|"), kind) {
				t.Errorf("%s: it is %s, want %s", row.name, kind, tab.shown)
			}
			f.whole(t, row.name)
		}
	}
	for _, kind := range strings.Split(tab.shown, "|") {
		if !seen[kind] {
			t.Errorf("no row shows one that is %s", kind)
		}
	}
	for _, row := range tab.mustNot {
		if found := row.look(t); keys(found) != row.found || strings.Contains(keys(found), tab.code+" ") {
			t.Errorf("must not, %s: %s, want %s\n%s", row.name, keys(found), row.found, words(found))
		}
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

var (
	quotedCure = regexp.MustCompile(`“((?:更正|主要领域|U盘|请核|撤回) [^”]+|[^“”]+ = [^”]+)”`)
	examples   = strings.NewReplacer("文件名 = 案例编号", "照片1.jpg = AL2024-0007", "…", "某某", "正确号码", "13800001234", "正确地址", "a@b.example")
)

// whole: a finding says something, an office that must mend it is told how, and what is
// to be pasted is understood as it stands.
func (f Finding) whole(t *testing.T, name string) {
	t.Helper()
	if f.Message == "" || f.State != "open" || strings.Contains(f.Message+f.Fix, "%!") || f.Severity == "error" && f.Audience == "bureau" && f.Fix == "" {
		t.Errorf("%s: %+v", name, f)
	}
	for _, m := range quotedCure.FindAllStringSubmatch(f.Fix, -1) {
		line := examples.Replace(m[1])
		if got := command.Bureau(line); len(got) != 1 || got[0].Verb == "" || !strings.Contains(line, " = ") && !slices.Contains(got[0].Codes, "AL2024-0007") && !strings.HasPrefix(line, "撤回") {
			t.Errorf("%s: %q is read as %+v", name, line, got)
		}
	}
}

// sent checks the good package without the files that are called so (| parts several),
// and with others (a line each).
func sent(lacks, add string) look { return sentAs("", lacks, add) }

// sentAs has the package in another folder or archive; "": in its own.
func sentAs(folder, lacks, add string) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		return d.check(d.caseOf(t, changed(folder, lacks, add)), nil)
	}
}

func changed(folder, lacks, add string) string {
	const own = "[案例]-" + unitA + "+" + caseA + "/"
	var lines []string
	for _, l := range strings.Split(strings.TrimSpace(goodPackage), "\n") {
		name := strings.TrimPrefix(strings.TrimSpace(l), own)
		if !slices.ContainsFunc(strings.Split(lacks, "|"), func(x string) bool { return x != "" && strings.HasPrefix(name, x) }) {
			lines = append(lines, own+name)
		}
	}
	for _, l := range strings.Split(add, "\n") {
		if l != "" {
			lines = append(lines, own+l)
		}
	}
	text := strings.Join(lines, "\n")
	if folder != "" {
		text = strings.ReplaceAll(text, own, folder)
	}
	return text
}

// filled checks the good package with its form filled otherwise.
func filled(change func(f *form.Form)) look {
	return read(goodPackage, "申报表.docx", func(r *Reading) { change(r.Paper.Form) })
}

// read checks a package of which one file was read otherwise.
func read(files, name string, change func(r *Reading)) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		k := d.caseOf(t, files)
		n := 0
		for _, f := range k.Files {
			if strings.HasSuffix(f.Path, name) {
				r := d.read[f.SHA256]
				change(&r)
				d.read[f.SHA256] = r
				n++
			}
		}
		if n != 1 {
			t.Fatalf("%d files are called %s", n, name)
		}
		return d.check(k, nil)
	}
}

// asked checks a package under other circumstances: settings, corrections.
func asked(files string, change func(c *Checked)) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		return d.check(d.caseOf(t, files), change)
	}
}

// arrived lets mails come and gives all that stands then of cases and mails.
func arrived(do func(k *court)) look { return arrivedWith(courtSettings(), do) }

func arrivedWith(settings Settings, do func(k *court)) look {
	return func(t *testing.T) (out []Finding) {
		k := courtWith(t, settings)
		do(k)
		k.look(func(s *Sitting) {
			s.must(s.t.Bursts.Each(s.tx, "", func(_ string, b Burst) error {
				out = append(out, b.Problems...)
				return nil
			}))
			for _, c := range s.Cases("") {
				out = append(out, c.Findings...)
			}
		})
		return out
	}
}
