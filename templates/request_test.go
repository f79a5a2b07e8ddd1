package templates

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var callCriteria = []Criterion{{"技术性与创新性", 30}, {"效益性", 25}, {"示范性", 20}, {"整体实力", 15}, {"数据完整性", 10}}

func scoreRequest() ScoreRequest {
	return ScoreRequest{Expert: "陈国平", Title: "广东省电子商务优秀案例", Document: "粤商务电函〔2024〕143号", Criteria: callCriteria,
		Rule: "去掉1个最高分和1个最低分后取平均；平均分相同的，依次比较各指标平均分。",
		Hash: "3f9a1c07d2b64e85", Deadline: "11月20日24时", Stamp: "7C4T-2Q9M", Batch: 1,
		Cases: []RequestCase{
			{Number: "AL2024-0003", Unit: "广州云帆跨境电子商务有限公司", City: "广州市", Case: "外贸工厂“小单快反”出海服务平台", Fields: []string{"电商平台", "丝路电商"},
				Intro:         "公司成立于2016年，主营女装、箱包的电子商务服务，服务商家1860家。\n2023年营业收入6.8亿元，同比增长33.3%，省内市场占有率约11.5%。",
				Background:    "项目背景：2021年以前，约70%的中小商家没有自己的电商团队，平均退货率达18%。\r\n\r\n　　重点与难点：需对接23种ERP。",
				Innovation:    "平台日均处理订单28万单，销量预测准确率由55%提高到84%。",
				Benefit:       "2023年带动交易额6.8亿元，户均增收26万元，户均成本下降9.3%。",
				Demonstration: "做法被11个地市的同行借鉴。", Files: []string{"申报表（盖章）.pdf", "申报表.docx", "营业执照.jpg"}},
			{Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", City: "佛山市", Case: "泛家居产业带数字化出海服务平台", Fields: []string{"电商+产业带"},
				Intro: "公司成立于2014年。", Background: "总投资2,380万元。", Benefit: "复购率由22%提高到37.5%。", Demonstration: "已在6个县（区）推广。"},
			{Number: "AL2024-0012", Unit: "=HYPERLINK(\"mailto:a@b.example\",\"深圳市优易数字营销股份有限公司\")", City: "深圳市", Case: "<跨境>内容营销 & 投放平台", Fields: []string{"电商营销"},
				Intro: "联系人身份证11010519491231002X号。", Background: "b", Innovation: "c", Benefit: "d", Demonstration: "e"},
		}}
}

// manyCases is a request of n cases of the length that the form allows.
func manyCases(n int) ScoreRequest {
	d := scoreRequest()
	d.Cases = nil
	part := func(runes int) string {
		return strings.Repeat("项目于2023年实现销售额2.3亿元，同比增长30%，服务商家一千余家。", runes/33+1)
	}
	for i := range n {
		c := RequestCase{Number: fmt.Sprintf("AL2024-%04d", i+1), Unit: fmt.Sprintf("佛山市第%d电子商务有限公司", i+1), City: "佛山市", Case: fmt.Sprintf("产业带数字化服务平台%d", i+1),
			Fields: []string{"电商服务"}, Intro: part(250), Background: part(200), Innovation: part(200), Benefit: part(200), Demonstration: part(100)}
		for k := range 12 {
			c.Files = append(c.Files, fmt.Sprintf("材料/佐证材料%02d.jpg", k+1))
		}
		d.Cases = append(d.Cases, c)
	}
	return d
}

func request(t *testing.T, d ScoreRequest) Letter {
	t.Helper()
	return render(t, example{"score-request", frame, d})
}

func attachment(t *testing.T, l Letter, ending string) Attachment {
	t.Helper()
	for _, f := range l.Files {
		if strings.HasSuffix(f.Name, ending) {
			return f
		}
	}
	t.Fatalf("no %s among %d files", ending, len(l.Files))
	return Attachment{}
}

func openSheet(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func partsOf(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if f.Method != zip.Store || f.Modified.Year() >= 1980 { // a zip counts from 1980: no time is before
			t.Errorf("%s: method %d, time %v", f.Name, f.Method, f.Modified)
		}
	}
	return out
}

// withoutGrid takes a table to be filled in out of text and HTML, where it is
// written in two ways, after it has compared them: the text repeats the headings
// of the columns for every row.
func withoutGrid(t *testing.T, l Letter) (text, markup string) {
	t.Helper()
	before, rest, found := strings.Cut(l.HTML, `<table class="grid"`)
	if !found {
		return l.Text, l.HTML
	}
	table, after, _ := strings.Cut(rest, "</table>")
	rows := strings.Split(table, "<tr>")
	var columns []string
	for _, c := range strings.Split(rows[1], "<th")[2:] {
		columns = append(columns, visible(t, "<th"+c)+"：")
	}
	text = l.Text
	for _, r := range rows[2:] {
		whose := visible(t, strings.Split(r, "</td>")[0])
		start := -1
		for i, line := range strings.Split(text, "\n") {
			if dense(line) == whose {
				start = i
			}
		}
		lines := strings.Split(text, "\n")
		if start < 0 || !reflect.DeepEqual(lines[start+1:start+1+len(columns)], columns) {
			t.Fatalf("the text has no such row: %s", whose)
		}
		text = strings.Join(append(lines[:start:start], lines[start+1+len(columns):]...), "\n")
	}
	return text, before + after
}

// The files are compared as words; how they look is for people to see.
func TestGoldenFiles(t *testing.T) {
	l := request(t, scoreRequest())
	rows, err := openSheet(t, attachment(t, l, ".xlsx").Data).GetRows(scoreTab)
	if err != nil {
		t.Fatal(err)
	}
	var sheet strings.Builder
	for _, r := range rows {
		sheet.WriteString(strings.ReplaceAll(strings.Join(r, " | "), "\n", "⏎") + "\n")
	}
	golden(t, "score-request.xlsx.txt", sheet.String())
	golden(t, "score-request.docx.txt", documentWords(t, attachment(t, l, ".docx").Data))
	if l.Files[0].Name != "评分表-陈国平.xlsx" || l.Files[1].Name != "评审材料-陈国平.docx" {
		t.Errorf("named %s and %s", l.Files[0].Name, l.Files[1].Name)
	}
}

// documentWords is one line a paragraph, with its style.
func documentWords(t *testing.T, data []byte) string {
	t.Helper()
	var b strings.Builder
	for name, body := range partsOf(t, data) {
		d := xml.NewDecoder(bytes.NewReader(body))
		in := false
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s is not well formed: %v", name, err)
			}
			if name != "word/document.xml" {
				continue
			}
			switch e := tok.(type) {
			case xml.StartElement:
				in = e.Name.Local == "t"
				if e.Name.Local == "pStyle" {
					b.WriteString("[" + e.Attr[0].Value + "] ")
				}
			case xml.EndElement:
				in = false
				if e.Name.Local == "p" {
					b.WriteString("\n")
				}
			case xml.CharData:
				if in {
					b.Write(e)
				}
			}
		}
	}
	return b.String()
}

// Only scores and comments can be written, and a score only in its range.
func TestScoreSheetIsGuarded(t *testing.T) {
	x := openSheet(t, attachment(t, request(t, scoreRequest()), ".xlsx").Data)
	p, err := x.GetSheetProtection(scoreTab)
	if err != nil || !p.SelectUnlockedCells || p.InsertRows || p.Password != "" {
		t.Errorf("protection %+v, %v", p, err)
	}
	for row := 1; row <= 6; row++ {
		for col := 1; col <= 11; col++ {
			name, _ := excelize.CoordinatesToCellName(col, row)
			id, err := x.GetCellStyle(scoreTab, name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := x.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if open := row >= 4 && (col >= 5 && col <= 9 || col == 11); s.Protection == nil || s.Protection.Locked == open {
				t.Errorf("%s: %+v, want open: %v", name, s.Protection, open)
			}
		}
	}
	rules, err := x.GetDataValidations(scoreTab)
	if err != nil || len(rules) != len(callCriteria) {
		t.Fatal(len(rules), err)
	}
	r := rules[1]
	if r.Sqref != "F4:F6" || r.Type != "decimal" || r.Formula1 != "0" || r.Formula2 != "25" || *r.Error != "“效益性”请填0到25之间的数字，可用小数；不评的请留空。" {
		t.Errorf("%+v %q", r, *r.Error)
	}
}

// The sum is computed by whoever opens the sheet, of whole rows only.
func TestScoreSheetAddsUp(t *testing.T) {
	x := openSheet(t, attachment(t, request(t, scoreRequest()), ".xlsx").Data)
	for i, v := range []any{27, 22.5, 18.25, 12, 9} {
		if got, err := x.CalcCellValue(scoreTab, "J4"); got != "" || err != nil {
			t.Errorf("after %d scores the sum is %q, %v", i, got, err)
		}
		name, _ := excelize.CoordinatesToCellName(5+i, 4)
		if err := x.SetCellValue(scoreTab, name, v); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := x.CalcCellValue(scoreTab, "J4"); got != "88.75" || err != nil {
		t.Errorf("the sum is %q, %v", got, err)
	}
	for cell, want := range map[string]string{"E4": "27", "F4": "22.5", "G4": "18.25"} {
		if got, err := x.GetCellValue(scoreTab, cell); got != want || err != nil {
			t.Errorf("%s shows %q, %v", cell, got, err)
		}
	}
}

// What people wrote is text in the sheet, never a formula.
func TestScoreSheetHasNoForeignFormula(t *testing.T) {
	d := scoreRequest()
	d.Expert, d.Stamp, d.Title, d.Criteria = "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", []Criterion{{"=2+2", 100}}
	parts := partsOf(t, attachment(t, request(t, d), ".xlsx").Data)
	formulas := regexp.MustCompile(`<f[ >].*?</f>`).FindAllString(string(parts["xl/worksheets/sheet1.xml"]), -1)
	if len(formulas) != 3 {
		t.Errorf("formulas %q", formulas)
	}
	for _, f := range formulas {
		if !strings.HasPrefix(f, "<f>IF(COUNT(E") {
			t.Errorf("formula %s", f)
		}
	}
}

// The contents lead to every case, and each heading has its level.
func TestMaterialsCanBeWalked(t *testing.T) {
	parts := partsOf(t, attachment(t, request(t, manyCases(12)), ".docx").Data)
	doc, styles := string(parts["word/document.xml"]), string(parts["word/styles.xml"])
	for i := range 12 {
		if name := anchor(i + 1); strings.Count(doc, `w:anchor="`+name+`"`) != 1 || strings.Count(doc, `w:name="`+name+`"`) != 1 {
			t.Errorf("no way to %s", name)
		}
	}
	for level, id := range []string{"Heading1", "Heading2", "Heading3"} {
		_, def, _ := strings.Cut(styles, `w:styleId="`+id+`"`)
		def, _, _ = strings.Cut(def, `</w:style>`)
		if !strings.Contains(def, fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, level)) || !strings.Contains(doc, `<w:pStyle w:val="`+id+`"/>`) {
			t.Errorf("%s: %s", id, def)
		}
	}
}

// Two processes make the same bytes: a rebuild on another day and machine does.
func TestFilesAreTheSameInTwoProcesses(t *testing.T) {
	sums := func(l Letter) string {
		var out strings.Builder
		for _, f := range l.Files {
			fmt.Fprintf(&out, "%s %x\n", f.Name, sha256.Sum256(f.Data))
		}
		return out.String()
	}
	const child = "ANLI_TEST_SUMS"
	if os.Getenv(child) != "" {
		fmt.Print("sums ", sums(request(t, scoreRequest())), "end")
		return
	}
	c := exec.Command(os.Args[0], "-test.run=^TestFilesAreTheSameInTwoProcesses$")
	c.Env = append(os.Environ(), child+"=1", "TZ=America/New_York", "GOMAXPROCS=1")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(string(out), "sums ")
	got, _, _ = strings.Cut(got, "end")
	if want := sums(request(t, scoreRequest())); got != want {
		t.Errorf("another process made\n%s\nhere\n%s", got, want)
	}
}

// Whatever looks like an order or a score in our own words is about case 0000,
// which nobody has.
func TestRequestSamplesAreOfNoCase(t *testing.T) {
	text := request(t, scoreRequest()).Text
	_, how, _ := strings.Cut(text, "怎样回复")
	how, rest, _ := strings.Cut(how, "评分指标")
	for _, number := range regexp.MustCompile(`\d{4}`).FindAllString(how, -1) {
		if number != "0000" {
			t.Errorf("the example names %s", number)
		}
	}
	if strings.Count(how, "0000") < 4 {
		t.Errorf("no examples in\n%s", how)
	}
	for _, line := range strings.Split(rest, "\n") { // applicants' words begin no line
		if strings.Contains(line, "亿元") && !strings.HasPrefix(line, "　　") {
			t.Errorf("line %q", line)
		}
	}
	for _, c := range scoreRequest().Criteria { // one empty line a case and criterion
		if n := strings.Count(rest, "\n"+c.heading()+"：\n"); n != 3 {
			t.Errorf("%s stands %d times", c.Name, n)
		}
	}
}

func TestRequestOfManyCases(t *testing.T) {
	for _, n := range []int{1, 5, 105} {
		d := manyCases(n)
		l := request(t, d)
		rows, err := openSheet(t, attachment(t, l, ".xlsx").Data).GetRows(scoreTab)
		if err != nil || len(rows) != n+3 {
			t.Errorf("%d cases: %d rows, %v", n, len(rows), err)
		}
		for _, c := range d.Cases {
			if strings.Count(l.Text, c.Number+"　"+c.Unit) != 3 || strings.Count(l.HTML, c.Unit) != 3 {
				t.Errorf("%s: not in list, table and text", c.Number)
			}
		}
		t.Logf("%d cases: text %d, HTML %d, sheet %d, materials %d bytes", n, len(l.Text), len(l.HTML), len(l.Files[0].Data), len(l.Files[1].Data))
	}
}

// Cases that come later are told so, and their sheet is not taken for the first.
func TestFurtherBatch(t *testing.T) {
	d := scoreRequest()
	d.Batch = 2
	l := request(t, d)
	if !strings.HasPrefix(l.Subject, "【请评分（增补）】3个案例") || !strings.Contains(l.Text, "增补的3个参评案例") || l.Files[0].Name != "评分表-陈国平-第2批.xlsx" {
		t.Error(l.Subject, l.Files[0].Name)
	}
}

// Of several mails with files the first asks, the others only bring.
func TestRequestInParts(t *testing.T) {
	d := scoreRequest()
	d.Part, d.Parts = 1, 1
	if l := request(t, d); strings.Contains(l.Subject, "材料1/1") || !strings.Contains(l.Text, "申报材料原件（") || !strings.Contains(l.Text, "随本邮件发送") {
		t.Error(l.Subject, l.Text)
	}
	d.Part, d.Parts = 1, 3
	if l := request(t, d); len(l.Files) != 2 || !strings.Contains(l.Subject, "（材料1/3）") || !strings.Contains(l.Text, "分3封邮件发送，本邮件为第1封") {
		t.Error(l.Subject)
	}
	d.Part, d.Cases = 2, d.Cases[1:]
	l := request(t, d)
	if len(l.Files) != 0 || !strings.HasPrefix(l.Subject, "【评审材料2/3】无需回复") || strings.Contains(l.Text, "评语") || strings.Contains(l.Text, "0003") {
		t.Errorf("%s\n%s", l.Subject, l.Text)
	}
}

func TestFileNames(t *testing.T) {
	for in, want := range map[string]string{"陈国平": "评分表-陈国平.xlsx", "../a\\b": "评分表-ab.xlsx", "": "评分表-专家.xlsx", "阿依古丽·买买提": "评分表-阿依古丽·买买提.xlsx"} {
		if got := (ScoreRequest{Expert: in}).fileName("评分表", ".xlsx"); got != want {
			t.Errorf("%q gives %s", in, got)
		}
	}
}

func TestHonoured(t *testing.T) {
	for in, want := range map[string]string{"陈国平": "陈国平老师", "陈教授": "陈教授", "李老师": "李老师"} {
		if got := honoured(in); got != want {
			t.Errorf("%s is addressed %s", in, got)
		}
	}
}

// A sheet that cannot be made is an error, not half a letter.
func TestTooManyCriteria(t *testing.T) {
	data, err := json.Marshal(ScoreRequest{Criteria: slices.Repeat([]Criterion{{"a", 1}}, maxCriteria+1)})
	if err != nil {
		t.Fatal(err)
	}
	if l, err := Render("score-request", 1, data, frame); !errors.Is(err, ErrData) || l.Subject != "" {
		t.Errorf("%v, %q", err, l.Subject)
	}
}

func BenchmarkScoreRequest(b *testing.B) {
	for _, n := range []int{5, 105} {
		data, err := json.Marshal(manyCases(n))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := Render("score-request", 1, data, frame); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What staff added stands where it is read: before pages of cases.
func TestNoteBeforeTheCases(t *testing.T) {
	l := render(t, example{"score-request", with(func(f *Frame) { f.Notes = []string{"评分表请于周五前寄回。"} }), scoreRequest()})
	at, first := strings.Index(l.Text, "附言：评分表请于周五前寄回。"), strings.Index(l.Text, "\n■ ")
	if at < 0 || first < 0 || at > first {
		t.Errorf("note at %d, cases from %d:\n%s", at, first, l.Text)
	}
}
