package form

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anli/parser/document"
)

// A form that an office program saves in another format is the same form, value
// by value. The files are made by testdata/make/make.sh.
func TestSameFormInEveryFormat(t *testing.T) {
	dir := t.TempDir()
	words, err := filepath.Glob("testdata/saved/*.docx")
	if err != nil || len(words) < 5 {
		t.Fatal(len(words), err)
	}
	for _, word := range words {
		stem := strings.TrimSuffix(word, ".docx")
		want := readFile(t, word, dir)
		if want.Paper != PaperForm || len(want.Missing) > 0 {
			t.Fatalf("%s: %+v", word, want)
		}
		for _, kind := range []string{".doc", ".rtf", ".odt", ".ofd", ".pdf", ".htm", ".xml", ".fodt"} {
			if _, err := os.Stat(stem + kind); err != nil && slices.Contains([]string{".htm", ".xml", ".fodt"}, kind) {
				continue
			}
			t.Run(filepath.Base(stem)+kind, func(t *testing.T) {
				got := readFile(t, stem+kind, dir)
				exact := slices.Contains([]string{".doc", ".rtf", ".odt", ".xml", ".fodt"}, kind)
				sameForm(t, got, want, exact)
			})
		}
	}
}

// A form that is printed on pages is the same form, however it is laid out: rows
// that break across pages, a running head and foot, labels that wrap or
// stand beside, double lines or none. The files are made by testdata/make/paged.py.
func TestSameFormOnPages(t *testing.T) {
	dir := t.TempDir()
	words, err := filepath.Glob("testdata/paged/*.docx")
	if err != nil || len(words) < 5 {
		t.Fatal(len(words), err)
	}
	for _, word := range words {
		t.Run(filepath.Base(word), func(t *testing.T) {
			want := readFile(t, word, dir)
			if want.Paper != PaperForm || len(want.Missing) > 0 {
				t.Fatalf("%+v", want)
			}
			sameForm(t, readFile(t, strings.TrimSuffix(word, ".docx")+".pdf", dir), want, false)
		})
	}
}

// sameForm compares value by value; where not exact, spaces are left out, which
// a page set in lines does not always tell.
func sameForm(t *testing.T, got, want Reading, exact bool) {
	t.Helper()
	if got.Paper != want.Paper || got.Commitment != want.Commitment || !slices.Equal(got.Missing, want.Missing) {
		t.Errorf("paper %q, missing %q, commitment %v", got.Paper, got.Missing, got.Commitment)
	}
	a, b := unspaced(t, got.Form), unspaced(t, want.Form)
	if exact {
		a, b = flat(t, got.Form), flat(t, want.Form)
	}
	for k := range b {
		if a[k] != b[k] {
			t.Errorf("%s\n got %q\nwant %q", k, a[k], b[k])
		}
	}
	for k := range a {
		if b[k] == "" {
			t.Errorf("%s: got %q, want nothing", k, a[k])
		}
	}
}

// A text copy made of nothing but lines is read too.
func TestFormInLines(t *testing.T) {
	doc := document.Document{Kind: document.TXT}
	for l := range strings.SplitSeq("广东省电子商务优秀案例申报表\n参评单位：惠州市某鞋履有限公司\n参评案例（项目名称）：女鞋数字化工厂直播\n参评领域：☑电商营销\n该案例是否曾经获评其他奖励：无\n项目主要负责人：甲乙丙\n日常联系人：丁某\n联系电话及邮箱：13800001234 a@b.example\n一、参评单位简介\n做鞋。\n二、案例概述\n（一）项目简介\n直播。", "\n") {
		doc.Blocks = append(doc.Blocks, document.Block{Text: l})
	}
	r := Read(doc, call2024())
	if r.Form == nil || r.Form.Unit != "惠州市某鞋履有限公司" || r.Form.Phone != "13800001234" || len(r.Form.Categories) != 1 {
		t.Errorf("%+v", r)
	}
}

// A PDF form with fields is read by what was filled into them; an empty one is
// empty. The files are made by ../document/testdata/make/pages.sh.
func TestFieldsOfPDF(t *testing.T) {
	dir := t.TempDir()
	const made = "../document/testdata/pdf/"
	f := readFile(t, made+"fields.pdf", dir).Form
	if f == nil {
		t.Fatal("no form")
	}
	want := Form{Unit: "惠州市某鞋履有限公司", Case: "女鞋数字化工厂直播", Categories: []string{"电子商务企业", "电商营销"}, PriorAward: "否", Leader: "甲乙丙", Contact: "丁天天",
		Phone: "13800001234", Email: "d@xielv.example", Intro: "惠州市某鞋履有限公司成立于2012年，主营女鞋的研发、生产与线上销售。\n2023年营业收入1.2亿元，电商交易额8,600万元。"}
	got, expected := flat(t, f), flat(t, &want)
	for k := range expected {
		if got[k] != expected[k] && k != "prior_award" {
			t.Errorf("%s: got %q, want %q", k, got[k], expected[k])
		}
	}
	if !strings.Contains(f.PriorAward, "否") {
		t.Errorf("prior award %q", f.PriorAward)
	}
	blank := readFile(t, made+"fields-blank.pdf", dir).Form
	if blank == nil || blank.Unit != "" || blank.Phone != "" || blank.Intro != "" || len(blank.Categories) != 0 {
		t.Errorf("blank: %+v", blank)
	}
	flattened := readFile(t, made+"fields-flat.pdf", dir).Form
	if flattened == nil || !slices.Equal(flattened.Categories, want.Categories) {
		t.Errorf("drawn into the page: %+v", flattened)
	}
}
