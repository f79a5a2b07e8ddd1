package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
)

// otherCall is an invented call of another province: other fields, other materials,
// another year.
const otherCall = `
mode = "observe"
[mailbox]
address = "anli@zj.example"
imap = "imap.zj.example:993"
password_env = "ANLI_TEST_PASSWORD"
[smtp]
address = "smtp.zj.example:465"
[office]
division = "浙江省某某厅某某处"
[[staff]]
name = "张三"
addresses = ["zhangsan@zj.example"]
[call]
id = "zj2025"
title = "浙江省数字商贸示范项目"
document = "浙某电函〔2025〕1号"
prefix = "ZJ"
deadline = "2025-06-30"
quota = 3
cities = ["杭州市", "宁波市"]
region = "33"
fields = ["数字园区", "数字门店", "跨境贸易"]
other_field = ""
photos = 1
promos = 0
logos = 0
data_year = 2024
intro_limit = 800
intro_error = 900
summary_short = 300
summary_long = 5000
keywords = ["数字商贸"]
phrases = ["800字以内"]
`

// inOtherCall turns the words of a sample form into those of the other call.
func inOtherCall(t *testing.T, docx []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			b = []byte(strings.NewReplacer("广东省电子商务优秀案例", "浙江省数字商贸示范项目", "电子商务园区", "数字园区", "电子商务企业", "数字门店", "电商平台", "跨境贸易", "2023", "2024").Replace(string(b)))
		}
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Another call is another [call]: its form, its fields, its number of pictures, its
// province, and no code.
func TestAnotherCall(t *testing.T) {
	t.Setenv("ANLI_TEST_PASSWORD", "x")
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, []byte(otherCall), 0o600); err != nil {
		t.Fatal(err)
	}
	p := sample.Package{City: "杭州市", Unit: "杭州某某网络科技有限公司", Case: "智慧门店数字化改造", Code: "91330106MA2KL1D33Q", Scan: sample.ScanJPEG,
		Without: []string{"certificate", "logo", "photo2", "photo3", "promo1", "promo2", "promo3"}}
	files := p.Files()
	for i, f := range files {
		if strings.HasSuffix(f.Path, ".docx") {
			files[i].Data = inOtherCall(t, f.Data)
		}
	}
	out, raw := checked(t, exitDone, "--config", config, "--at", "2025-06-01", lay(t, p.Folder(), files))
	if len(out.Cases) != 1 || len(out.Cases[0].Findings) > 0 {
		t.Fatalf("a package as the other call asks:\n%s", raw)
	}
	if got := out.Cases[0].Categories; !slices.Equal(got, []string{"数字门店"}) {
		t.Errorf("fields %q", got)
	}
	p.Without, p.Code = append(p.Without, "photo1"), "91440606MA4UQ8B560"
	out, raw = checked(t, exitProblems, "--config", config, "--at", "2025-07-01", lay(t, p.Folder(), p.Files())) // with the form of the call of 2024
	if got := codes(out.Cases[0], "error"); !slices.Equal(got, []string{"late", "form-wrong", "photos-short", "category-missing", "outside-guangdong"}) {
		t.Errorf("%q\n%s", got, raw)
	}
	if strings.Contains(raw, "空表") {
		t.Errorf("the blank form of 2024 is spoken of\n%s", raw)
	}
	if !strings.Contains(raw, "广东省佛山市顺德区") || !strings.Contains(raw, "住所在浙江省") || !strings.Contains(raw, "领域 数字园区") {
		t.Errorf("%s", raw)
	}
}

// What the built-in call says of itself is no default of another one; what the file says
// is taken.
func TestWordsOfAnotherCall(t *testing.T) {
	t.Setenv("ANLI_TEST_PASSWORD", "x")
	read := func(more string) intake.Settings {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, []byte(otherCall+more), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := readConfig(path)
		if err != nil {
			t.Fatal(err)
		}
		return c.Settings
	}
	s := read("")
	if len(s.Call.Clauses) > 0 || s.Call.NextSteps != "" || !s.Call.OwnForm || s.Office.Department() != "浙江省某某厅" || s.Office.Section() != "某某处" {
		t.Errorf("%+v of %s, %s", s.Call, s.Office.Department(), s.Office.Section())
	}
	for _, more := range []string{"attach_form = true\nnext_steps = \"另行通知。\"\nclauses = { license = \"三、2\" }\n", "attach_form = true\nnext_steps = \"另行通知。\"\n[call.clauses]\nlicense = \"三、2\"\n"} {
		if c := read(more).Call; len(c.Clauses) != 1 || c.Clauses["license"] != "三、2" || c.NextSteps != "另行通知。" || c.OwnForm {
			t.Errorf("%s: %+v", more, c)
		}
	}
	b := defaultConfig().Settings
	if len(b.Call.Clauses) != 7 || b.Call.NextSteps == "" || b.Call.OwnForm || b.Office.Department() != "广东省商务厅" || b.Office.Section() != "电子商务处" {
		t.Errorf("%+v of %s", b.Call, b.Office.Department())
	}
}
