package sample

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// everyCase is the whole cast.
func everyCase() []Package {
	out := append([]Package{caseGuangzhou(), caseFoshan(), caseShenzhen(), caseDongguan(), caseZhongshan(), caseYunfu(),
		caseHuizhou(), caseShantou(), caseJiangmen(), caseZhaoqing(), caseMaoming()}, casesGuangzhouMore()...)
	return append(out, casesZhuhai()...)
}

func openZip(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc) // checks the CRC
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out[f.Name] = b
	}
	return out
}

// wellFormed reads every XML part to its end and gives the text of all parts.
func wellFormed(t *testing.T, name string, data []byte) string {
	t.Helper()
	var text strings.Builder
	for part, b := range openZip(t, data) {
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %s: %v", name, part, err)
			}
			if c, ok := tok.(xml.CharData); ok {
				text.Write(c)
			}
		}
	}
	return text.String()
}

var xrefEntry = regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`)

// soundPDF checks that every offset of the cross-reference table is an object.
func soundPDF(t *testing.T, name string, data []byte) {
	t.Helper()
	entries := xrefEntry.FindAllSubmatch(data, -1)
	if len(entries) < 5 {
		t.Fatalf("%s: %d objects", name, len(entries))
	}
	for i, m := range entries {
		at, err := strconv.Atoi(string(m[1]))
		if err != nil || !bytes.HasPrefix(data[at:], fmt.Appendf(nil, "%d 0 obj\n", i+1)) {
			t.Errorf("%s: object %d is not at %d", name, i+1, at)
		}
	}
}

func TestEveryFileOfEveryPackageIsSound(t *testing.T) {
	for _, p := range everyCase() {
		for _, f := range p.Files() {
			name := p.Unit + "/" + f.Path
			switch {
			case strings.HasSuffix(f.Path, ".docx"), strings.HasSuffix(f.Path, ".xlsx"):
				wellFormed(t, name, f.Data)
			case strings.HasSuffix(f.Path, ".pdf"):
				soundPDF(t, name, f.Data)
			default:
				c, _, err := image.Decode(bytes.NewReader(f.Data))
				if err != nil {
					t.Errorf("%s: %v", name, err)
					continue
				}
				if w := c.Bounds().Dx(); w < 1200 && !strings.Contains(f.Path, "LOGO") {
					t.Errorf("%s is %d pixels wide", name, w)
				}
			}
		}
	}
}

func TestPicturesOfOneUnitDiffer(t *testing.T) {
	for _, p := range everyCase() {
		seen := map[string]string{}
		for n := 1; n <= 3; n++ {
			for _, data := range [][]byte{Photo(p.Unit, n), Promo(p.Unit, n)} {
				c, _, err := image.Decode(bytes.NewReader(data))
				if err != nil {
					t.Fatal(err)
				}
				look := ""
				for k := range 64 { // a coarse look at 64 points
					b := c.Bounds()
					r, g, bl, _ := c.At(b.Dx()*(k%8*2+1)/16, b.Dy()*(k/8*2+1)/16).RGBA()
					look += fmt.Sprint(r>>12, g>>12, bl>>12, " ")
				}
				if other, dup := seen[look]; dup {
					t.Errorf("%s: picture %d looks like %s", p.Unit, n, other)
				}
				seen[look] = fmt.Sprint("picture ", n)
			}
		}
	}
}

func TestFormHoldsWhatTheUnitWrote(t *testing.T) {
	p := caseFoshan()
	text := wellFormed(t, "form", p.Form().Docx())
	for _, want := range []string{"参 评 单 位", p.Unit, p.Case, "√电商+产业带", "□电商平台", phoneShort, p.Address(), "市商务局意见：", "（四）示范性：", "2023年"} {
		if !strings.Contains(text, want) {
			t.Errorf("form lacks %q", want)
		}
	}
	p.Without = []string{"contact", "demonstration", "category"}
	f := p.Form()
	if f.Contact != "" || f.Demonstration != "" || f.Categories != nil || f.Leader == "" {
		t.Errorf("boxes left out: %+v", f)
	}
	blank := wellFormed(t, "blank", BlankForm())
	if strings.ContainsAny(blank, "☑■√") || !strings.Contains(blank, introAsk) {
		t.Error("the blank form is not blank")
	}
}

// The notice asks for at most 500 characters about the unit and about 2,000 on
// the case; a complete sample must not provoke hints.
func TestTextsHaveTheLengthAskedFor(t *testing.T) {
	for _, p := range everyCase() {
		f := p.Form()
		if n := utf8.RuneCountInString(f.Intro); n < 150 || n > 480 {
			t.Errorf("%s: intro has %d", p.Unit, n)
		}
		if n := utf8.RuneCountInString(f.Background + f.Innovation + f.Benefit + f.Demonstration); n < 1300 || n > 2500 {
			t.Errorf("%s: summary has %d", p.Unit, n)
		}
		if strings.ContainsAny(f.Intro+f.Background+f.Innovation+f.Benefit+f.Demonstration, "{}") {
			t.Errorf("%s: a name of the template is left", p.Unit)
		}
	}
}

func TestWithoutLeavesFilesOut(t *testing.T) {
	all := caseFoshan()
	all.Without = nil
	if n := len(all.Files()); n != 11 {
		t.Errorf("a whole package has %d files", n)
	}
	for _, f := range caseFoshan().Files() {
		if strings.Contains(f.Path, "营业执照") || strings.Contains(f.Path, "照片3") {
			t.Errorf("%s was to be missing", f.Path)
		}
	}
	if n := len(caseFoshan().Files()); n != 9 {
		t.Errorf("佛山 has %d files", n)
	}
}

func TestZipNames(t *testing.T) {
	p := caseGuangzhou()
	for _, names := range []Naming{GBK, UTF8} {
		z := p.Zip(names)
		r, err := zip.NewReader(bytes.NewReader(z.Data), int64(len(z.Data)))
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range r.File {
			name := f.Name
			if names == GBK {
				if f.Flags != 0 || utf8.ValidString(name) {
					t.Errorf("%q: flags %x", name, f.Flags)
				}
				if name, err = simplifiedchinese.GBK.NewDecoder().String(name); err != nil {
					t.Fatal(err)
				}
			} else if f.Flags != 0x800 {
				t.Errorf("%q: flags %x", name, f.Flags)
			}
			if want := p.Folder() + "/" + p.Files()[i].Path; name != want {
				t.Errorf("entry %q, want %q", name, want)
			}
		}
		openZip(t, z.Data)
	}
}

// 91350100M000100Y43 is the example of GB 32100-2015.
func TestCreditCodeChecks(t *testing.T) {
	const example = "91350100M000100Y43"
	if c := orgCheck(example[8:16]); c != example[16] {
		t.Errorf("organisation check %c", c)
	}
	if c := creditCheck(example[:17]); c != example[17] {
		t.Errorf("credit check %c", c)
	}
	for _, p := range everyCase() {
		if c := CreditCode(p.City, p.Unit); len(c) != 18 || !strings.HasPrefix(c, "9144") || c[:8] == "91440000" {
			t.Errorf("%s: %s", p.Unit, c)
		}
	}
}

func TestPeopleAreDistinct(t *testing.T) {
	seen := map[string]string{}
	add := func(addr, who string) {
		if other, dup := seen[addr]; dup {
			t.Errorf("%s belongs to %s and %s", addr, who, other)
		}
		if !strings.HasSuffix(addr, ".example") {
			t.Errorf("%s is a real domain", addr)
		}
		seen[addr] = who
	}
	for _, b := range Bureaus() {
		add(b.Address, b.City)
	}
	for _, e := range Experts() {
		add(e.Address, e.Name)
	}
	for _, p := range everyCase() {
		add(p.Address(), p.Unit)
		if BureauOf(p.City).City == "" {
			t.Errorf("%s: no bureau of %s", p.Unit, p.City)
		}
	}
	for _, a := range []string{Mailbox, Officer, Officer2, Colleague} {
		add(a, "the department")
	}
	if len(Bureaus()) != 21 {
		t.Errorf("%d bureaus", len(Bureaus()))
	}
}

func TestBureauPapers(t *testing.T) {
	c := []Package{caseHuizhou()}
	cover, list := Cover{"惠州市", c}, Summary{"惠州市", c}
	soundPDF(t, "cover", cover.PDF())
	for name, data := range map[string][]byte{"cover": cover.Docx(), "list": list.Docx(), "sheet": list.Xlsx()} {
		if text := wellFormed(t, name, data); !strings.Contains(text, c[0].Unit) || !strings.Contains(text, c[0].Case) {
			t.Errorf("%s does not name the case", name)
		}
	}
	if text := wellFormed(t, "statistics", Statistics("湛江市")); strings.Contains(text, "案例") {
		t.Error("the statistics speak of cases")
	}
}

func TestPDFTextIsUTF16(t *testing.T) {
	if got := utf16Hex("广A"); got != "5e7f0041" {
		t.Error(got)
	}
	lines := wrap("一二三四五，六", 50, 10)
	if !slices.Equal(lines, []string{"一二三四五，", "六"}) {
		t.Errorf("%q: a comma may not begin a line", lines)
	}
}

// botLetter is a letter as the bot may write it, for the scenes to answer.
func botLetter(to, subject, text string) []byte {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	return []byte(strings.ReplaceAll("From: =?utf-8?B?"+b64("案例征集")+"?= <"+Mailbox+">\nTo: <"+to+">\nSubject: =?utf-8?B?"+b64(subject)+
		"?=\nMessage-ID: <receipt.7@gd.example>\nReferences: <a@x.example>\n <b@x.example>\nDate: Mon, 14 Oct 2024 10:25:00 +0800\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/alternative; boundary=b1\n\n--b1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"+b64(text)+
		"\n--b1\nContent-Type: text/html; charset=utf-8\n\n<p>x</p>\n--b1--\n", "\n", "\r\n"))
}

func TestReadLetter(t *testing.T) {
	raw := botLetter("swj.foshan@fs.example", "【已收到 AL2024-0007】还需补充3项：佛山市某陶建材有限公司【K7Q2-9MXD】",
		"佛山市商务局：\n■ AL2024-0007　甲公司　《…》\n■ AL2024-0008　乙公司　《…》\n\nK7Q2-9MXD\n")
	for _, r := range [][]byte{raw, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))} {
		l, err := ReadLetter(r)
		if err != nil {
			t.Fatal(err)
		}
		if l.Code != "K7Q2-9MXD" || l.MessageID != "<receipt.7@gd.example>" || len(l.References) != 2 || l.FromName != "案例征集" ||
			l.To != "swj.foshan@fs.example" || !strings.HasSuffix(l.Text, "K7Q2-9MXD") {
			t.Errorf("%+v", l)
		}
		if l.Number("乙公司") != "AL2024-0008" || l.Number("甲公司") != "AL2024-0007" || l.Number("丙公司") != "AL2024-0008" {
			t.Errorf("numbers: %s %s %s", l.Number("甲公司"), l.Number("乙公司"), l.Number("丙公司"))
		}
	}
	if _, err := ReadLetter([]byte("no header at all")); err == nil {
		t.Error("no header was read")
	}
}

func FuzzReadLetter(f *testing.F) {
	f.Add(botLetter("a@b.example", "【已收到】x【K7Q2-9MXD】", "text"))
	f.Add(caseMailForFuzz())
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := ReadLetter(raw)
		if err == nil {
			l.Number("佛山市某陶建材有限公司")
		}
	})
}

func caseMailForFuzz() []byte {
	return Mail{Client: Outlook, From: "a@b.example", Subject: "材料", At: at(14, 9, 0), Text: "见附件", Files: []File{{"照片.jpg", []byte("x")}}}.Bytes()
}

func TestRowAnswers(t *testing.T) {
	text := "1. 云浮某企业 来信，回复“1 登记邮箱 …”\n2. 湛江市商务局《报送9月网络零售月报》：回复“2 登记”或“2 无关”\n" +
		"3. 茂名市商务局《补充材料》：回复“3 登记”或“3 无关”\n4. 清远市商务局：回复“4 登记”或“4 无关”\n"
	if got := rowAnswers(text); !slices.Equal(got, []string{"2 无关", "3 登记"}) {
		t.Errorf("%q", got)
	}
	if got := rowAnswers("今日无待办"); got != nil {
		t.Errorf("%q", got)
	}
}
