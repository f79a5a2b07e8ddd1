package form

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"anli/parser/document"
)

// told is a reading's papers by page: `license 4 certificate 5-6`.
func told(parts []Part) string {
	var out []string
	for _, p := range parts {
		at := fmt.Sprint(p.Pages[0])
		if n := len(p.Pages); n > 1 && p.Pages[n-1]-p.Pages[0] == n-1 {
			at += fmt.Sprint("-", p.Pages[n-1])
		} else if n > 1 {
			at = strings.Trim(fmt.Sprint(p.Pages), "[]")
		}
		out = append(out, p.Paper+" "+at)
	}
	return strings.Join(out, ", ")
}

// Merged files by real programs. What is a picture is left open.
func TestReadPagesMerged(t *testing.T) {
	dir := t.TempDir()
	alone := readFile(t, "testdata/long.pdf", dir)
	for _, c := range []struct{ file, paper, parts string }{
		{"all.pdf", PaperForm, "form 1-3, license 4, certificate 5-6"},
		{"form-last.pdf", PaperForm, "license 1, certificate 2, form 3-5"},
		{"form-scan-licence.pdf", PaperForm, "form 1-3, license 5"},
		{"form-scans.pdf", PaperForm, ""},
		{"scans-licence.pdf", "", "license 4"},
		{"papers.pdf", PaperLicense, "license 1, certificate 2"},
		{"../long.pdf", PaperForm, ""},
	} {
		b, err := os.ReadFile("testdata/merged/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := readNamed(c.file, b, document.Options{CacheDir: dir, Fill: true})
		if err != nil {
			t.Fatal(err)
		}
		r := ReadPages(d, call2024())
		if r.Paper != c.paper || told(r.Parts) != c.parts {
			t.Errorf("%s: %q, %s", c.file, r.Paper, told(r.Parts))
		}
		for _, p := range r.Parts {
			if p.Paper == PaperLicense && (p.CreditCode != "91440605MA4X12347X" || p.Licensee != "佛山市某某家居有限公司") {
				t.Errorf("%s: the licence reads %+v", c.file, p)
			}
		}
		if r.Paper == PaperForm {
			if r.CreditCode != "" && c.parts != "" {
				t.Errorf("%s: the licence's code is taken for the form's", c.file)
			}
			if got, want := flat(t, r.Form), flat(t, alone.Form); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: the form reads\n%v\nalone\n%v", c.file, got, want)
			}
		}
	}
}

// onPages lays papers on pages: the form's table is cut after some rows, text is
// a page each.
func onPages(cut int, papers ...string) document.Document {
	d := document.Document{Kind: document.PDF}
	page := 0
	for _, p := range papers {
		page++
		switch p {
		case "picture":
			d.Scans = append(d.Scans, page)
		case "form":
			for _, b := range sheet(filled("|参评单位|{3}|", "|参评单位|{3}甲公司|", "|参评案例（项目名称）|{3}|", "|参评案例（项目名称）|{3}平台|")).Blocks {
				if b.Rows == nil {
					d.Blocks = append(d.Blocks, document.Block{Text: b.Text, Page: page})
					continue
				}
				k := min(cut, len(b.Rows))
				d.Blocks = append(d.Blocks, document.Block{Rows: b.Rows[:k], Page: page})
				if rest := b.Rows[k:]; len(rest) > 0 {
					page++
					d.Blocks = append(d.Blocks, document.Block{Rows: rest, Page: page})
				}
			}
		default:
			for _, l := range strings.Split(p, "\n") {
				d.Blocks = append(d.Blocks, document.Block{Text: l, Page: page})
			}
		}
	}
	d.Pages = page
	d.Scanned = len(d.Scans) == page
	return d
}

const (
	licencePage     = "营业执照\n统一社会信用代码 91440605MA4X12347X\n名称 甲公司\n类型 有限责任公司\n法定代表人 李试样\n经营范围 家具"
	institutionPage = "事业单位法人证书\n统一社会信用代码 12440605MB2X12345M\n名称 某某中心\n举办单位 某某局\n经费来源 财政补助"
	certPage        = "高新技术企业证书\n企业名称 甲公司\n证书编号 GR202344000000"
	coverPage       = "关于推荐广东省电子商务优秀案例的函\n省商务厅：\n现推荐甲公司等案例，请审阅。"
	prosePage       = "三、公司基本情况\n公司持有营业执照，统一社会信用代码91440605MA4X12347X。\n公司先后取得多项证书。"
)

func TestReadPages(t *testing.T) {
	wordOnly := onPages(99, "form", licencePage)
	for i := range wordOnly.Blocks {
		wordOnly.Blocks[i].Page = 0
	}
	for _, c := range []struct {
		name         string
		in           document.Document
		paper, parts string
	}{
		{"form, licence, certificates", onPages(9, "form", licencePage, certPage, certPage), PaperForm, "form 1-2, license 3, certificate 4-5"},
		{"an institution's licence", onPages(99, "form", institutionPage), PaperForm, "form 1, license 2"},
		{"the letter first", onPages(9, coverPage, "form", licencePage), PaperForm, "cover 1, form 2-3, license 4"},
		{"a title page of its own", onPages(9, "广东省电子商务优秀案例\n申报表", "form", licencePage), PaperForm, "form 1-3, license 4"},
		{"the date overleaf", onPages(99, "form", "年  月  日", licencePage), PaperForm, "form 1-2, license 3"},
		{"licence in front and behind", onPages(99, licencePage, "form", licencePage), PaperForm, "license 1 3, form 2"},
		{"a picture among the form's pages", onPages(99, licencePage, "picture", "form"), PaperForm, "license 1, form 3"},
		{"pictures and a licence", onPages(99, "picture", "picture", licencePage), "", "license 3"},
		{"pictures behind a certificate", onPages(99, certPage, "picture"), "", "certificate 1"},
		{"a licence in a long report", onPages(99, strings.Repeat(prosePage+"\n", 40), prosePage, licencePage), "", "license 3"},

		{"the form alone", onPages(9, "form"), PaperForm, ""},
		{"prose about a licence behind the form", onPages(9, "form", prosePage), PaperForm, ""},
		{"a heading of a licence's name", onPages(9, "form", "营业执照\n统一社会信用代码及注册地址以执照为准"), PaperForm, ""},
		{"pictures behind the form", onPages(9, "form", "picture", "picture"), PaperForm, ""},
		{"a licence alone", onPages(9, licencePage), PaperLicense, ""},
		{"a licence over two pages", onPages(9, licencePage, "经营期限 长期"), PaperLicense, ""},
		{"nothing but pictures", onPages(9, "picture", "picture"), "", ""},
		{"pages are not known", wordOnly, PaperForm, ""},
		{"nothing", document.Document{}, "", ""},
	} {
		r := ReadPages(c.in, call2024())
		if r.Paper != c.paper || told(r.Parts) != c.parts {
			t.Errorf("%s: %q, %s", c.name, r.Paper, told(r.Parts))
		}
		if r.Paper == PaperForm && (r.Form.Unit != "甲公司" || strings.Contains(r.Form.Opinion, "营业执照") && len(r.Parts) > 0) {
			t.Errorf("%s: the form reads %+v", c.name, r.Form)
		}
	}
}

// TestLastBoxOverleaf: the page of the opinion was scanned, and the last long part
// stands behind its heading's page.
func TestLastBoxOverleaf(t *testing.T) {
	const more = "全省同类企业可以照此建设平台。\n做法已向多家企业介绍。"
	rows := onPages(7, "form").Blocks
	for _, c := range []struct {
		name, parts string
		papers      []string
		overleaf    bool
	}{
		{"its words overleaf", "form 1-3, license 5", []string{more, "picture", licencePage}, true},
		{"over two pages", "form 1-4, license 6", []string{more, more, "picture", licencePage}, true},
		{"no picture", "form 1-3, license 4", []string{more, licencePage}, true},
		{"the licence at once", "form 1-2, license 3", []string{licencePage, more}, false},
		{"a picture at once", "form 1-2, license 4", []string{"picture", licencePage}, false},
		{"prose behind the picture", "form 1-2, license 5", []string{"picture", more, licencePage}, false},
	} {
		d := onPages(9, append([]string{"", ""}, c.papers...)...)
		d.Blocks = append(cutBefore(rows, "我单位承诺"), d.Blocks[2:]...)
		r := ReadPages(d, call2024())
		if r.Paper != PaperForm || told(r.Parts) != c.parts || strings.Contains(r.Form.Demonstration, "照此建设") != c.overleaf {
			t.Errorf("%s: %q, %s\n%+v", c.name, r.Paper, told(r.Parts), r.Form)
		}
	}
}

// cutBefore leaves out the rows from the one with the words on.
func cutBefore(blocks []document.Block, words string) []document.Block {
	var out []document.Block
	for _, b := range blocks {
		i := slices.IndexFunc(b.Rows, func(r []document.Cell) bool {
			return slices.ContainsFunc(r, func(c document.Cell) bool { return strings.Contains(c.Text, words) })
		})
		if i >= 0 {
			b.Rows = b.Rows[:i]
			return append(out, b)
		}
		out = append(out, b)
	}
	return out
}

// checkPages: a drawing with a block a page has each page in one part at most.
func checkPages(t *testing.T, drawing string) {
	d := sheet(drawing)
	d.Pages = len(d.Blocks)
	for i := range d.Blocks {
		d.Blocks[i].Page = i + 1
	}
	r, seen := ReadPages(d, call2024()), map[int]bool{}
	for _, p := range r.Parts {
		if len(p.Pages) == 0 || p.Paper == "" {
			t.Errorf("part %+v", p)
		}
		for _, n := range p.Pages {
			if seen[n] || n < 1 || n > d.Pages {
				t.Errorf("page %d of %+v", n, r.Parts)
			}
			seen[n] = true
		}
	}
	if (r.Form != nil) != (r.Paper == PaperForm) {
		t.Errorf("paper %q with form %v", r.Paper, r.Form)
	}
}
