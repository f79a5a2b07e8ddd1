package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
)

var nice = sample.Package{City: "佛山市", Unit: "佛山市某某家居有限公司", Case: "家居产业带数字化", Layout: sample.Folders, Scan: sample.TextPDF}

// lay writes files below a new folder called name and returns it.
func lay(t *testing.T, name string, files []sample.File) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// checked runs `anli check --json` and reads what it says.
func checked(t *testing.T, wantCode int, args ...string) (checkOut, string) {
	t.Helper()
	code, stdout, stderr := run(t, append([]string{"check", "--json"}, args...)...)
	if code != wantCode {
		t.Fatalf("exit %d, want %d\n%s\n%s", code, wantCode, stdout, stderr)
	}
	if strings.Contains(stdout, "null") {
		t.Errorf("null in\n%s", stdout)
	}
	var out checkOut
	d := json.NewDecoder(strings.NewReader(stdout))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		t.Fatalf("%v\n%s", err, stdout)
	}
	return out, stdout
}

// codes are the findings of a severity, in order.
func codes(c caseOut, severity string) []string {
	out := []string{}
	for _, f := range c.Findings {
		if f.Severity == severity {
			out = append(out, f.Code)
		}
	}
	return out
}

// TestCheckSavedForms: forms saved by LibreOffice, one with its field in red, one with
// pictures in place of words.
func TestCheckSavedForms(t *testing.T) {
	for _, kind := range []string{"docx", "doc", "rtf", "odt"} {
		for name, want := range map[string]struct{ fields, missing string }{"nested": {"电商平台", ""}, "paragraphs": {"电商营销", ""}, "pictured": {"数商兴农", "intro-missing innovation-missing"}} {
			b, err := os.ReadFile("../../parser/form/testdata/variety/" + name + "." + kind)
			if err != nil {
				t.Fatal(err)
			}
			out, raw := checked(t, exitProblems, lay(t, "材料", []sample.File{{Path: "申报表." + kind, Data: b}}))
			if len(out.Cases) != 1 || strings.Join(out.Cases[0].Categories, " ") != want.fields {
				t.Fatalf("%s.%s\n%s", name, kind, raw)
			}
			all := codes(out.Cases[0], "error")
			missing := slices.DeleteFunc(all, func(c string) bool {
				return !strings.HasSuffix(c, "-missing") || !strings.HasPrefix(c, "in") && c != "category-missing"
			})
			if strings.Join(missing, " ") != want.missing || strings.Count(raw, "只有图片，没有文字") != len(missing) {
				t.Errorf("%s.%s: %q\n%s", name, kind, missing, raw)
			}
		}
	}
}

// TestCheckFolder: a correct package, byte for byte what INTERFACE.md asks for.
func TestCheckFolder(t *testing.T) {
	out, raw := checked(t, exitDone, lay(t, nice.Folder(), nice.Files()))
	if len(out.Cases) != 1 || len(codes(out.Cases[0], "error")) > 0 {
		t.Fatalf("%s", raw)
	}
	golden := "testdata/check.json"
	if *update {
		if err := os.WriteFile(golden, []byte(raw), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if raw != string(want) {
		t.Errorf("differs from %s (write anew by -update):\n%s", golden, raw)
	}
}

// TestCheckMissing: what lacks is told by exactly its code.
func TestCheckMissing(t *testing.T) {
	for without, want := range map[string][]string{
		"license":       {"license-missing"},
		"logo":          {"logo-missing"},
		"photo3":        {"photos-short"},
		"promo1":        {"promos-short"},
		"form-pdf":      {"form-pdf-missing"},
		"form-text":     {"form-text-missing"},
		"leader":        {"leader-missing"},
		"category":      {"category-missing"},
		"demonstration": {"demonstration-missing"},
	} {
		p := nice
		p.Without = []string{without}
		if without != "form-text" {
			p.Scan = sample.ScanJPEG // a scan has no words: the Word copy alone is read
		}
		out, raw := checked(t, exitProblems, lay(t, p.Folder(), p.Files()))
		if len(out.Cases) != 1 || !slices.Equal(codes(out.Cases[0], "error"), want) {
			t.Errorf("without %s: %s", without, raw)
		}
	}
}

func TestCheckShapes(t *testing.T) {
	other := sample.Package{City: "佛山市", Unit: "佛山某窗门窗有限公司", Case: "门窗定制直播", Goods: "门窗", Scan: sample.ScanJPEG}
	stick := append(sample.Under(nice.Folder(), nice.Files()), sample.Under(other.Folder(), other.Files())...)
	stick = append(stick, sample.File{Path: "推荐函.pdf", Data: []byte("%PDF-1.4 broken")}, sample.File{Path: ".DS_Store", Data: []byte("x")})
	archive := nice.Zip(sample.GBK)
	for _, x := range []struct {
		what      string
		files     []sample.File
		paths     []string // below the folder; "" is the folder itself
		cases     []string // folders
		documents []string
		first     string // path of the first case's first file
	}{
		{"a stick with two packages", stick, []string{""}, []string{other.Folder(), nice.Folder()}, []string{"推荐函.pdf"}, "图片资料/LOGO.png"},
		{"a zip with GBK names", []sample.File{archive}, []string{archive.Path}, []string{nice.Folder()}, []string{}, archive.Path},
		{"a zip within a folder", []sample.File{archive}, []string{""}, []string{nice.Folder()}, []string{}, archive.Path},
		{"a folder and an archive at once", append(sample.Under(other.Folder(), other.Files()), archive),
			[]string{other.Folder(), archive.Path}, []string{other.Folder(), nice.Folder()}, []string{}, "LOGO.png"},
		{"a folder of another name", nice.Files(), []string{""}, []string{"收到"}, []string{}, "图片资料/LOGO.png"},
	} {
		dir := lay(t, "收到", x.files)
		args := []string{}
		for _, p := range x.paths {
			args = append(args, filepath.Join(dir, p))
		}
		out, raw := checked(t, exitDone, args...)
		var folders, documents []string
		for _, c := range out.Cases {
			folders = append(folders, c.Folder)
		}
		for _, d := range out.Documents {
			documents = append(documents, d.Path)
		}
		slices.Sort(folders)
		slices.Sort(x.cases)
		if !slices.Equal(folders, x.cases) || !slices.Equal(documents, x.documents) {
			t.Errorf("%s: %s", x.what, raw)
			continue
		}
		if got := out.Cases[0].Files[0].Path; got != x.first {
			t.Errorf("%s: the first file is %s, want %s", x.what, got, x.first)
		}
	}
}

// TestCheckBroken: what cannot be opened is told, and makes no case.
func TestCheckBroken(t *testing.T) {
	dir := lay(t, "收到", []sample.File{{Path: "材料.zip", Data: []byte("PK\x03\x04 and no more")}})
	out, raw := checked(t, exitProblems, filepath.Join(dir, "材料.zip"))
	if len(out.Cases) != 0 || len(out.Problems) == 0 || out.Problems[0].Code != "archive-broken" {
		t.Error(raw)
	}
}

// TestCheckMail: an .eml is a delivery; with a configuration sender, deadline and
// quota are judged.
func TestCheckMail(t *testing.T) {
	m := sample.Mail{At: time.Date(2024, 10, 14, 9, 0, 0, 0, time.UTC), From: "swj.foshan@fs.example", To: sample.Mailbox, Subject: "报送案例", Text: "见附件。", Files: []sample.File{nice.Zip(sample.GBK)}}
	dir := lay(t, "mail", []sample.File{{Path: "来信.eml", Data: m.Bytes()}})
	eml := filepath.Join(dir, "来信.eml")
	out, raw := checked(t, exitDone, "--at", "2024-11-02", eml)
	if len(out.Cases) != 1 || out.Cases[0].Unit != nice.Unit {
		t.Error(raw)
	}
	config := writeConfig(t, "")
	out, raw = checked(t, exitProblems, "--at", "2024-11-02", "--config", config, eml)
	if len(out.Problems) != 1 || out.Problems[0].Code != "sender-unknown" || !slices.Equal(codes(out.Cases[0], "error"), []string{"late"}) {
		t.Error(raw)
	}
	out, raw = checked(t, exitProblems, "--at", "2024-10-20", "--config", config, eml)
	if len(codes(out.Cases[0], "error")) > 0 {
		t.Error(raw)
	}
}

// TestCheckMailTime: a saved mail arrived when it says, wherever the clock stands.
func TestCheckMailTime(t *testing.T) {
	config := writeConfig(t, "")
	for day, want := range map[int][]string{14: nil, 33: {"late"}} {
		m := sample.Mail{At: time.Date(2024, 10, day, 1, 0, 0, 0, time.UTC), From: "swj.foshan@fs.example", To: sample.Mailbox, Subject: "报送案例", Text: "见附件。", Files: []sample.File{nice.Zip(sample.GBK)}}
		dir := lay(t, "mail", []sample.File{{Path: "来信.eml", Data: m.Bytes()}})
		out, raw := checked(t, exitProblems, "--config", config, filepath.Join(dir, "来信.eml"))
		if len(out.Cases) != 1 || !slices.Equal(codes(out.Cases[0], "error"), want) {
			t.Errorf("of October %d:\n%s", day, raw)
		}
	}
	code, _, stderr := run(t, "check", "--at", "2024-11-02", lay(t, nice.Folder(), nice.Files()))
	if code != exitDone || !strings.Contains(stderr, "--at 只用于核对表内日期") {
		t.Errorf("--at without a configuration: exit %d, %s", code, stderr)
	}
}

// TestCheckSenders: whose mail is no bureau's is told so, where a configuration says who
// is one.
func TestCheckSenders(t *testing.T) {
	more := "\n[[bureau]]\ncity = \"佛山市\"\naddresses = [\"swj@foshan.example\"]\n[[bureau]]\ncity = \"中山市\"\ndomains = [\"zs.gov.example\"]\n"
	config := writeConfig(t, "")
	raw, err := os.ReadFile(config)
	if err == nil {
		err = os.WriteFile(config, append(raw, more...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from   string
		judged bool
		told   bool
	}{
		{"xiaoming@qiye.example", true, true},
		{"swj@foshan.example.attacker.example", true, true},
		{"a@notzs.gov.example", true, true},
		// must not
		{"swj@foshan.example", true, false},
		{"SWJ@Foshan.example", true, false},
		{"anybody@zs.gov.example", true, false},
		{"zhangsan@gd.example", true, false}, // staff pass on what came to them
		{"xiaoming@qiye.example", false, false},
	} {
		m := sample.Mail{At: time.Date(2024, 10, 14, 1, 0, 0, 0, time.UTC), From: c.from, To: sample.Mailbox, Subject: "报送案例", Text: "见附件。", Files: []sample.File{nice.Zip(sample.GBK)}}
		eml := filepath.Join(lay(t, "mail", []sample.File{{Path: "来信.eml", Data: m.Bytes()}}), "来信.eml")
		args := []string{eml}
		if c.judged {
			args = append([]string{"--config", config}, args...)
		}
		out, raw := checked(t, map[bool]int{true: exitProblems, false: exitDone}[c.told], args...)
		if told := len(out.Problems) == 1; told != c.told || len(out.Cases) != 1 {
			t.Errorf("%+v: %s", c, raw)
			continue
		}
		if !c.told {
			continue
		}
		if f := out.Problems[0]; f.Code != "sender-unknown" || f.Severity+f.Audience+f.Source != "errorbureaumail" || !strings.Contains(f.Message, c.from) || !strings.Contains(f.Fix, "无需重新发送") {
			t.Errorf("%+v", f)
		}
	}
}

// TestCheckEmpty: where there is no mail, none is spoken of; a saved mail without
// a file is told as the bureau would be.
func TestCheckEmpty(t *testing.T) {
	empty := t.TempDir()
	m := sample.Mail{At: time.Date(2024, 10, 14, 1, 0, 0, 0, time.UTC), From: "swj.foshan@fs.example", To: sample.Mailbox, Subject: "报送案例", Text: "见附件。"}
	mail := filepath.Join(lay(t, "mail", []sample.File{{Path: "来信.eml", Data: m.Bytes()}}), "来信.eml")
	for path, speaks := range map[string]bool{empty: false, mail: true} {
		out, raw := checked(t, exitProblems, path)
		if len(out.Problems) != 1 || out.Problems[0].Code != "empty-mail" || strings.Contains(out.Problems[0].Message+out.Problems[0].Fix, "来信") != speaks {
			t.Error(raw)
		}
		if _, stdout, _ := run(t, "check", path); strings.Contains(stdout, "来") != speaks {
			t.Error(stdout)
		}
	}
}

// TestCheckWords: what people see says the same.
func TestCheckWords(t *testing.T) {
	p := nice
	p.Without = []string{"license"}
	code, stdout, stderr := run(t, "check", lay(t, p.Folder(), p.Files()))
	if code != exitProblems || !strings.Contains(stdout, "有1项须补正") || !strings.Contains(stdout, "未找到营业执照") || !strings.Contains(stdout, p.Unit) {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	if strings.Contains(stdout, "正在读取") || !strings.Contains(stderr, "正在读取") {
		t.Error("progress does not go to standard error alone")
	}
}

// merged lays a package whose form's PDF is a file of several papers.
func mergedPackage(t *testing.T, name, file string) string {
	t.Helper()
	p := nice
	p.Without = []string{"form-pdf", "license", "certificate"}
	files := p.Files()
	for _, f := range [][2]string{{name, "../../parser/form/testdata/merged/" + file}, {"申报表/广东省电子商务优秀案例申报表.docx", "../../parser/form/testdata/long.docx"}} {
		b, err := os.ReadFile(f[1])
		if err != nil {
			t.Fatal(err)
		}
		files = append(slices.DeleteFunc(files, func(x sample.File) bool { return x.Path == f[0] }), sample.File{Path: f[0], Data: b})
	}
	return lay(t, "材料", files)
}

// TestCheckMerged: one PDF of form, licence and certificates, whose parts are told
// by page; where pages are pictures nothing false is said of the licence.
func TestCheckMerged(t *testing.T) {
	for _, c := range []struct{ name, file, role, parts, license string }{
		{"申报材料.pdf", "all.pdf", "form-pdf", `[{form-pdf [1 2 3]} {license [4]} {certificate [5 6]}]`, ""},
		{"合并.pdf", "form-last.pdf", "form-pdf", `[{license [1]} {certificate [2]} {form-pdf [3 4 5]}]`, ""},
		{"申报材料.pdf", "scans-licence.pdf", "form-pdf", `[{license [4]}]`, ""},
		{"申报材料.pdf", "form-scans.pdf", "form-pdf", `[]`, "warning staff"},
	} {
		dir := mergedPackage(t, c.name, c.file)
		out, raw := checked(t, exitProblems, dir) // the form has no seals
		if len(out.Cases) != 1 {
			t.Fatal(raw)
		}
		i := slices.IndexFunc(out.Cases[0].Files, func(f fileOut) bool { return f.Path == c.name })
		if i < 0 || string(out.Cases[0].Files[i].Role) != c.role || fmt.Sprint(out.Cases[0].Files[i].Parts) != c.parts {
			t.Errorf("%s: %s", c.file, raw)
		}
		license := ""
		for _, f := range out.Cases[0].Findings {
			if f.Code == "license-missing" {
				license = f.Severity + " " + f.Audience
			}
		}
		if license != c.license {
			t.Errorf("%s: licence %q, want %q\n%s", c.file, license, c.license, raw)
		}
		if got := fmt.Sprint(codes(out.Cases[0], "error")); got != "[seal-applicant-missing seal-bureau-missing]" {
			t.Errorf("%s: %s", c.file, got)
		}
	}
}

// TestCheckInside: pictures inside documents count, read in the cage.
func TestCheckInside(t *testing.T) {
	for _, c := range []struct{ name, file, without, errors, said string }{
		{"照片.docx", "photos.docx", "photo", "[]", "“照片.docx”内有图片3张，计作照片"},
		{"照片.doc", "photos.doc", "photo", "[]", "“照片.doc”内有图片3张，计作照片"},
		{"照片.odt", "photos.odt", "photo", "[]", "“照片.odt”内有图片3张，计作照片"},
		{"照片.rtf", "photos.rtf", "photo", "[]", "“照片.rtf”内有图片3张，计作照片"},
		{"宣传材料.pptx", "slides.pptx", "logo photo", "[]", "“宣传材料.pptx”内有图片5张，计作LOGO1张、照片3张、宣传图片1张"},
		{"宣传材料.docx", "mixed.docx", "logo photo promo", "[photos-short promos-short]", "“宣传材料.docx”内有图片4张，计作LOGO1张、照片2张、宣传图片1张"},
		{"企业简介.docx", "photos.docx", "logo", "[logo-missing]", "“企业简介.docx”内有图片3张，计作照片"},
	} {
		p := nice
		for _, w := range strings.Fields(c.without) {
			p.Without = append(p.Without, w, w+"1", w+"2", w+"3")
		}
		b, err := os.ReadFile("../../parser/document/testdata/inside/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		want := exitDone
		if c.errors != "[]" {
			want = exitProblems
		}
		out, raw := checked(t, want, lay(t, p.Folder(), append(p.Files(), sample.File{Path: c.name, Data: b})))
		said := ""
		for _, f := range out.Cases[0].Findings {
			if f.Code == "image-low-resolution" {
				said = f.Message
			}
		}
		if got := fmt.Sprint(codes(out.Cases[0], "error")); got != c.errors || said != c.said {
			t.Errorf("%s %s: %s, %q\n%s", c.name, c.file, got, said, raw)
		}
	}
}

// TestCheckSharedAddress: a bureau's officer who serves two cities is asked for which he
// writes where neither the mail nor the material tells.
func TestCheckSharedAddress(t *testing.T) {
	config := writeConfig(t, "")
	raw, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	both := "\n[[bureau]]\ncity = \"肇庆市\"\naddresses = [\"ll@xijiang.example\"]\n[[bureau]]\ncity = \"云浮市\"\naddresses = [\"ll@xijiang.example\"]\n"
	if err := os.WriteFile(config, append(raw, both...), 0o600); err != nil {
		t.Fatal(err)
	}
	for subject, want := range map[string][]string{"报送案例": {"city-unknown"}, "云浮市报送案例": nil, "肇庆报送优秀案例": nil, "回复：云浮": nil} {
		m := sample.Mail{At: time.Date(2024, 10, 14, 9, 0, 0, 0, time.UTC), From: "ll@xijiang.example", To: sample.Mailbox, Subject: subject, Text: "见附件。", Files: nice.Files()}
		dir := lay(t, "mail", []sample.File{{Path: "来信.eml", Data: m.Bytes()}})
		out, raw := checked(t, exitDone, "--config", config, filepath.Join(dir, "来信.eml"))
		var got []string
		for _, p := range out.Problems {
			got = append(got, p.Code)
		}
		if !slices.Equal(got, want) || len(out.Cases) != 1 {
			t.Errorf("%s: %v\n%s", subject, got, raw)
		}
	}
}
