package intake

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"anli/parser/document"
	"anli/parser/form"
)

// desk builds deliveries, readings and cases for the tests of this package.
type desk struct{ read map[string]Reading }

func newDesk() *desk { return &desk{map[string]Reading{}} }

func (d *desk) reading(sha string) Reading { return d.read[sha] }

// words gives a file's content: a form's is written `form 单位/案例`, a PDF's
// `pdfform …`, a scan's `scan 12`, a licence's `license code/name`; others by one word.
func (d *desk) words(sha, content string) {
	r := Reading{SHA256: sha, Reader: 1}
	kind, rest, _ := strings.Cut(content, " ")
	paper := func(what string) { r.Paper = &form.Reading{Paper: what} }
	switch kind {
	case "form", "pdfform":
		paper(form.PaperForm)
		f := goodForm()
		f.Unit, f.Case, _ = strings.Cut(rest, "/")
		r.Kind, r.Paper.Form, r.Paper.Commitment = "docx", &f, true
		if kind == "pdfform" {
			r.Kind, r.Pages = "pdf", 6
		}
	case "blank":
		paper(form.PaperForm)
		r.Kind, r.Paper.Form = "docx", &form.Form{Categories: []string{}}
	case "docx", "doc", "pdf", "ofd", "xlsx", "rtf", "html", "txt":
		r.Kind = kind
	case "image":
		r.Kind, r.Picture = "image", &document.Picture{Format: rest, Width: 1600, Height: 1200}
	case "macros":
		r.Kind, r.Failure, r.Reason = "dangerous", "file-dangerous", "含宏"
	case "scan":
		r.Kind, r.Scanned, r.Pages = "pdf", true, 1
		fmt.Sscan(rest, &r.Pages)
	case "old":
		r.Kind, r.Failure, r.Reason = "other", "form-unreadable", "旧版Word格式（.doc）暂不能识别"
	case "broken":
		r.Kind, r.Failure, r.Reason = "other", "form-unreadable", "文件损坏"
	case "locked":
		r.Kind, r.Failure = "docx", "file-encrypted"
	case "cipher":
		r.Kind, r.Failure = "other", "file-encrypted"
	case "empty":
		r.Kind, r.Failure = "empty", "file-empty"
	case "license":
		paper(form.PaperLicense)
		r.Kind = "pdf"
		r.Paper.CreditCode, r.Paper.Licensee, _ = strings.Cut(rest, "/")
		if len(r.Paper.CreditCode) != 18 {
			r.Paper.CreditCode, r.Paper.CodeWritten = "", r.Paper.CreditCode
		}
	case "inside": // inside docx 门头/ /图2 @3照片/ !/ : above/below, @ the slide, ! behind the text
		d.inside(&r, strings.Fields(rest))
	case "merged": // merged 甲公司/平台 form=1-4 license=5 certificate=6-7 scans=8-9
		d.merged(&r, strings.Fields(rest))
	case "cover":
		paper(form.PaperCover)
		r.Kind = "docx"
	case "list": // of cases: cells|cells;cells|cells
		r.Kind, r.Tables = "xlsx", [][][]string{sheetOf(strings.Split(rest, ";")...)}
	case "taken": // by a mail gateway: what it was called
		r.Kind, r.Failure, r.Reason = "other", codeQuarantined, rest
	default:
		return // a picture: nothing is read in it
	}
	d.read[sha] = r
}

// inside is a document with pictures in it; a form where the kind is form.
func (d *desk) inside(r *Reading, words []string) {
	r.Kind = words[0]
	if r.Kind == "form" {
		f := goodForm()
		r.Kind, r.Paper = "docx", &form.Reading{Paper: form.PaperForm, Form: &f, Commitment: true}
	}
	for n, w := range words[1:] {
		var p document.Inner
		p.Width, p.Height, p.Look = 800, 600, fmt.Sprintf("%016x", n)+strings.Repeat(fmt.Sprintf("%02x", 40*n%256), 48)
		w, p.Tail = strings.CutPrefix(w, "!")
		if rest, ok := strings.CutPrefix(w, "@"); ok {
			p.Page, w = int(rest[0]-'0'), rest[1:]
		}
		p.Above, p.Below, _ = strings.Cut(w, "/")
		r.Inside = append(r.Inside, p)
	}
}

// merged is a PDF of several papers; whose form is the first word, "-" for none.
func (d *desk) merged(r *Reading, words []string) {
	r.Kind, r.Paper = "pdf", &form.Reading{}
	for _, w := range words[1:] {
		paper, span, _ := strings.Cut(w, "=")
		from, to, ok := strings.Cut(span, "-")
		if !ok {
			to = from
		}
		a, _ := strconv.Atoi(from)
		b, _ := strconv.Atoi(to)
		part := form.Part{Paper: paper}
		for n := a; n <= b; n++ {
			part.Pages = append(part.Pages, n)
		}
		r.Pages = max(r.Pages, b)
		switch paper {
		case "scans":
			r.Scans = part.Pages
			continue
		case form.PaperLicense:
			part.CreditCode = "91440605MA4X12347X"
		}
		r.Paper.Parts = append(r.Paper.Parts, part)
	}
	if words[0] != "-" {
		f := goodForm()
		f.Unit, f.Case, _ = strings.Cut(words[0], "/")
		r.Paper.Paper, r.Paper.Form, r.Paper.Commitment = form.PaperForm, &f, true
		if len(r.Paper.Parts) < 2 {
			r.Paper.Parts = nil
		}
	} else if len(r.Paper.Parts) == 0 {
		r.Paper = nil
	}
}

// pieces writes a delivery: a line a file, `path: content`. Archives around the
// paths are added by themselves.
func (d *desk) pieces(text string) []Piece {
	var out []Piece
	archives := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		p, content, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if content == "archive" {
			archives[p] = true
			out = append(out, Piece{Path: p, Bytes: 9, SHA256: "sha-" + p, Archive: true})
			continue
		}
		if top, _, nested := strings.Cut(p, "/"); nested && IsArchiveName(top) && !archives[top] {
			archives[top] = true
			out = append(out, Piece{Path: top, Bytes: 9, SHA256: "sha-" + top, Archive: true})
		}
		sha := "sha-" + p
		if same, ok := strings.CutPrefix(content, "same "); ok {
			sha = "sha-" + same
		}
		d.words(sha, content)
		out = append(out, Piece{Path: p, Bytes: 9, SHA256: sha})
	}
	return out
}

func (d *desk) group(text string) Delivery { return Group(d.pieces(text), d.reading, nil) }

// drawn is a delivery as text: a package a block, `role path` a line.
func drawn(d Delivery) string {
	var b strings.Builder
	for _, pk := range d.Packages {
		fmt.Fprintf(&b, "<%s>\n", pk.Folder)
		b.WriteString(drawnFiles(pk.Files))
	}
	if len(d.Documents) > 0 {
		b.WriteString("documents\n" + drawnFiles(d.Documents))
	}
	if len(d.Loose) > 0 {
		b.WriteString("loose\n" + drawnFiles(d.Loose))
	}
	return b.String()
}

func drawnFiles(files []File) string {
	var lines []string
	for _, f := range files {
		lines = append(lines, string(f.Role)+" "+f.Path+"\n")
	}
	sort.Strings(lines)
	return strings.Join(lines, "")
}

// block trims a drawing in a test's source.
func block(s string) string {
	var out []string
	for _, l := range strings.Split(strings.TrimSpace(s), "\n") {
		out = append(out, strings.TrimSpace(l))
	}
	blocks, cur := [][]string{}, []string(nil)
	for _, l := range out {
		if strings.HasPrefix(l, "<") || l == "documents" || l == "loose" {
			blocks = append(blocks, cur)
			cur = []string{l}
			continue
		}
		cur = append(cur, l)
	}
	text := ""
	for _, b := range append(blocks, cur) {
		if len(b) == 0 {
			continue
		}
		sort.Strings(b[1:])
		text += strings.Join(b, "\n") + "\n"
	}
	return text
}

const (
	unitA = "佛山市某甲家居有限公司"
	unitB = "佛山市某乙陶瓷有限公司"
	caseA = "家居柔性供应链平台"
	caseB = "陶瓷直播基地"
)

func sentence(n int) string { return strings.Repeat("字", n) }

// goodForm has nothing that any check could find.
func goodForm() form.Form {
	return form.Form{Unit: unitA, Case: caseA, Categories: []string{"电子商务企业"}, PriorAward: "无", Leader: "张三", Contact: "李四",
		Phone: "0757-83001234", Email: "ds@qiye.example", Intro: "2023年营业收入12,000万元。" + sentence(300),
		Background: sentence(500), Innovation: sentence(500), Benefit: sentence(500), Demonstration: sentence(500)}
}

func zoned(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func goodSettings() Settings {
	return Settings{Call: Call{ID: "2024", Title: "广东省电子商务优秀案例", Prefix: "AL", Deadline: zoned("2024-10-30 23:59:59"), Quota: 5,
		Cities: []string{"广州市", "佛山市", "中山市"}, Region: "44", OtherField: "其他电子商务", Photos: 3, Promos: 3, Logos: 1, DataYear: 2023,
		Clauses:    map[string]string{"form": "五、（一）1", "license": "五、（一）2", "pictures": "五、（一）3", "copies": "六", "limits": "五、（一）", "data": "四、（五）", "applicant": "二、（一）"},
		Fields:     []string{"电子商务园区", "电子商务企业", "电商平台", "电商服务", "电商营销", "丝路电商", "数商兴农", "电商+产业带", "其他电子商务"},
		IntroLimit: 500, IntroError: 550, SummaryShort: 1000, SummaryLong: 3000}}
}

const goodPackage = `
	[案例]-` + unitA + `+` + caseA + `/申报表.docx: form ` + unitA + `/` + caseA + `
	[案例]-` + unitA + `+` + caseA + `/申报表（盖章）.pdf: scan 6
	[案例]-` + unitA + `+` + caseA + `/营业执照.jpg
	[案例]-` + unitA + `+` + caseA + `/LOGO.png
	[案例]-` + unitA + `+` + caseA + `/照片1.jpg
	[案例]-` + unitA + `+` + caseA + `/照片2.jpg
	[案例]-` + unitA + `+` + caseA + `/照片3.jpg
	[案例]-` + unitA + `+` + caseA + `/宣传图片1.jpg
	[案例]-` + unitA + `+` + caseA + `/宣传图片2.jpg
	[案例]-` + unitA + `+` + caseA + `/宣传图片3.jpg`

// caseOf makes the only case of a delivery.
func (d *desk) caseOf(t *testing.T, text string) *Case {
	t.Helper()
	got := d.group(text)
	if len(got.Packages) != 1 || len(got.Loose) > 0 {
		t.Fatalf("not one package:\n%s", drawn(got))
	}
	c := &Case{Number: "AL2024-0007", City: "佛山市", Folder: got.Packages[0].Folder, Stage: StageIncomplete, Received: zoned("2024-10-12 09:00:00")}
	c.merge(got.Packages[0].Files, true)
	c.fillShort(3, 3, 1, Checked{Reading: d.reading}.samePicture, Checked{Reading: d.reading}.drawn)
	return c
}

func (d *desk) check(c *Case, change func(*Checked)) []Finding {
	f, has := FormOf(c, d.reading)
	x := Checked{Case: c, Settings: goodSettings(), Reading: d.reading, Form: f, HasForm: has, Judge: true, Live: 1, Now: zoned("2024-10-12 09:00:00")}
	if change != nil {
		change(&x)
	}
	return Check(x)
}

// short is a list of findings as `code severity`.
func keys(list []Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Code+" "+f.Severity)
	}
	return strings.Join(out, ", ")
}

func errorsOf(list []Finding) string {
	var out []string
	for _, f := range list {
		if f.Severity == "error" {
			out = append(out, f.Code)
		}
	}
	return strings.Join(out, " ")
}
