package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/templates"
)

// withExperts is a configuration whose experts stand in this file beside it.
func withExperts(t *testing.T, name string, data []byte) (Config, error) {
	t.Helper()
	path := writeConfig(t, "")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw = append(raw, "[[bureau]]\ncity = \"佛山市\"\naddresses = [\"swj@fs.example\"]\n[review]\nexperts = \""+name+"\"\n"...)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return readConfig(path)
}

func gbk(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// The list of experts is read at the start as people keep it.
func TestExpertsFile(t *testing.T) {
	want := []intake.Expert{
		{Name: "陈知行", Addresses: []string{"chen@univ.example", "chen2@univ.example"}, Organisation: "岭南某大学", Fields: []string{"电商平台"}, Avoid: []string{"佛山市某陶建材有限公司"}},
		{Name: "林望舒", Addresses: []string{"lin@inst.example"}, Organisation: "某商业经济研究院", Fields: []string{"电商服务", "丝路电商"}},
	}
	rows := [][]string{{"评审专家名单"}, {"序号", "姓名", "邮箱", "工作单位", "专业领域", "回避单位"},
		{"1", "陈知行", "Chen@univ.example；chen2@univ.example", "岭南某大学", "电商平台", "佛山市某陶建材有限公司"},
		{"2", "林望舒", "lin@inst.example", "某商业经济研究院", "电商服务、丝路电商", "无"}}
	var lines []string
	for _, r := range rows {
		lines = append(lines, strings.Join(r, ","))
	}
	text := strings.Join(lines, "\r\n") + "\r\n"
	for name, data := range map[string][]byte{"专家.csv": []byte(text), "gbk.csv": gbk(t, text), "bom.csv": []byte("\ufeff" + text),
		"专家.xlsx": sample.Sheet{Name: "名单", Rows: rows}.Xlsx()} {
		c, err := withExperts(t, name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := c.Settings.People.Experts; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A list with a mistake stops the start with one sentence that names the row.
func TestBadExpertsFile(t *testing.T) {
	const head = "姓名,邮箱\r\n"
	for _, x := range []struct {
		name, text string
		want       string // after review.experts
	}{
		{"a.csv", "名单\r\n张三\r\n", ` = "a.csv": `},
		{"a.csv", "", ` = "a.csv" is no table that can be read: save it as .xlsx or .csv`},
		{"a.csv", "\r\n\r\n", ` = "a.csv" holds no table with the columns 姓名 and 邮箱`},
		{"a.csv", head, ` = "a.csv": 名单中没有专家`},
		{"a.csv", head + "陈知行,chen@univ.example\r\n林望舒,lin#inst.example\r\n", ` = "a.csv": 第3行：邮箱“lin#inst.example”格式有误`},
		{"a.csv", head + "陈知行,\r\n", ` = "a.csv": 第2行：陈知行缺少邮箱`},
		{"a.csv", head + ",chen@univ.example\r\n", ` = "a.csv": 第2行：缺少姓名（邮箱：chen@univ.example）`},
		{"a.csv", head + "陈知行,chen@univ.example\r\n林望舒,CHEN@univ.example\r\n", ` = "a.csv": 第3行：邮箱“chen@univ.example”与第2行（陈知行）重复`},
		{"a.csv", head + "陈知行,swj@fs.example\r\n", `: swj@fs.example of 陈知行 belongs to 佛山市商务局; an address must tell who writes`},
		{"a.csv", head + "陈知行,zhangsan@gd.example\r\n", `: zhangsan@gd.example of 陈知行 belongs to 张三 of the staff; an address must tell who writes`},
		{"a.csv", head + "陈知行,anli@gd.example\r\n", `: anli@gd.example of 陈知行 belongs to the desk itself (mailbox.address); an address must tell who writes`},
		{"a.csv", head + strings.Repeat("\r\n", 2000) + strings.Repeat("某某,x@y.example\r\n", 2000), ` = "a.csv" holds more than 1000 rows or 100 columns`},
		{"a.png", "\x89PNG\r\n\x1a\n", ` = "a.png" is no table that can be read: save it as .xlsx or .csv`},
		{"a.docx", string(templates.BlankForm()), ` = "a.docx": `},
		{"a.xlsx", "PK\x03\x04 cut off", ` = "a.xlsx" is no table that can be read: save it as .xlsx or .csv`},
	} {
		_, err := withExperts(t, x.name, []byte(x.text))
		if err == nil {
			t.Errorf("%s %.60q was taken", x.name, x.text)
			continue
		}
		text := oneLine(err)
		if _, after, ok := strings.Cut(text, ": review.experts"); !ok || !strings.HasPrefix(after, x.want) || strings.Contains(text, "\n") || exitCode(err, &strings.Builder{}) != exitUsage {
			t.Errorf("%s %.60q: %s", x.name, x.text, text)
		}
	}
}

// The doctor tells whether the experts in force can give a ranking.
func TestDoctorLooksAtReview(t *testing.T) {
	const head = "姓名,邮箱\r\n陈知行,chen@univ.example\r\n"
	for _, x := range []struct {
		roster string
		well   bool
		says   string
	}{
		{"", true, "0 experts, 5 criteria, 100 points, at least 3 scores for a rank (no experts yet"},
		{head, false, "1 experts, 5 criteria"},
		{head + "林望舒,lin@inst.example\r\n黄远帆,huang@assoc.example\r\n", true, "3 experts, 5 criteria"},
	} {
		c, err := readConfig(writeConfig(t, ""))
		if x.roster != "" {
			c, err = withExperts(t, "a.csv", []byte(x.roster))
		}
		if err != nil {
			t.Fatal(err)
		}
		found := lookReview(t.Context(), c)
		if len(found) != 1 || found[0].well != x.well || !strings.HasPrefix(found[0].detail, x.says) || !x.well && found[0].mend == "" {
			t.Errorf("%+v", found)
		}
	}
	c, err := readConfig(judged(t, nil)) // three in the ledger, none in the file
	if err != nil {
		t.Fatal(err)
	}
	if found := lookReview(t.Context(), c); !strings.HasPrefix(found[0].detail, "3 experts") {
		t.Errorf("%+v", found)
	}
}
