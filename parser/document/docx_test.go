package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
)

const sdtBox = `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="VAL"/><w14:checkedState w14:val="2612"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>`

const textBox = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>` +
	`<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`

func legacyCheckBox(state string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:checkBox><w:sizeAuto/>` + state + `</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func sym(font, char string) string {
	return `<w:r><w:sym w:font="` + font + `" w:char="` + char + `"/></w:r>`
}

var bodies = []struct{ name, body, want string }{
	{"paragraphs", wp("一", "二") + wp() + wp("三"), "P 一二\nP 三"},
	{"tab, line break, hyphen", wp("甲", `<w:r><w:tab/></w:r>`, "乙", `<w:r><w:br/></w:r>`, "丙", `<w:r><w:noBreakHyphen/></w:r>`, "丁"), "P 甲\\t乙\n丙-丁"},
	{"entities", wp("R&amp;D&#x20;&lt;1&gt;"), "P R&D <1>"},
	{"table with merged cells", wt(wr(wc(`<w:gridSpan w:val="2"/>`, wp("甲")), wc(`<w:vMerge w:val="restart"/>`, wp("乙"))), wr(wc("", wp("丙"), wp("丁")), wc("", wp()), wc(`<w:vMerge/>`, wp("不见")))),
		"T |{2}甲 |乙\nT |丙\n丁 | |^"},
	{"nested table", wt(wr(wc("", wp("外")), wc("", wp("前"), wt(wr(wc("", wp("甲")), wc("", wp("乙")))), wp("后")))), "T |外 |前\n甲\\t乙\n后"},
	{"layout table is opened up", wt(wr(wc("", wp("前"), wt(wr(wc("", wp("甲")), wc("", wp("乙")))), wp("后"))), wr(wc("", wp("末")))), "P 前\nT |甲 |乙\nP 后\nT |末"},
	{"content control, box ticked", wp(strings.Replace(sdtBox, "VAL", "1", 1), "甲", strings.Replace(sdtBox, "VAL", "true", 1), "乙", strings.Replace(sdtBox, "VAL", "0", 1), "丙"), "P ☑甲☑乙□丙"},
	{"content control around a cell and a paragraph", wt(wr(`<w:sdt><w:sdtPr/><w:sdtContent>` + wc("", `<w:sdt><w:sdtContent>`+wp("甲")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`)), "T |甲"},
	{"symbols", wp(sym("Wingdings 2", "F052"), "甲", sym("Wingdings", "f0fe"), "乙", sym("Wingdings", "F0A8"), "丙", sym("Wingdings 2", "00A3"), "丁", sym("Wingdings", "F0FC")), "P ☑甲☑乙□丙□丁√"},
	{"letters in a symbol font", wp(`<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>`, "甲R"), "P ☑甲R"},
	{"form fields", wp(legacyCheckBox(`<w:default w:val="0"/><w:checked/>`), "甲", legacyCheckBox(`<w:default w:val="1"/>`), "乙", legacyCheckBox(`<w:default w:val="1"/><w:checked w:val="0"/>`), "丙", legacyCheckBox(""), "丁"), "P ☑甲☑乙□丙□丁"},
	{"text box once, behind its paragraph", wp("前", textBox, "后") + wp("末"), "P 前后\nP 框内\nP 末"},
	{"text box in a cell", wt(wr(wc("", wp("甲", textBox)))), "T |甲\n框内"},
	{"text box in VML only", wp(`<w:r><w:pict><v:textbox><w:txbxContent>` + wp("框") + `</w:txbxContent></v:textbox></w:pict></w:r>`), "P 框"},
	{"link", wp("见", `<w:hyperlink><w:r><w:t>网站</w:t></w:r></w:hyperlink>`), "P 见网站"},
	{"field with a result", wp(`<w:r><w:instrText>DATE</w:instrText></w:r>`, "2024年"), "P 2024年"},
	{"tracked changes read as accepted", wp("甲", `<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>`, `<w:ins><w:r><w:t>新</w:t></w:r></w:ins>`, `<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>`), "P 甲新"},
	{"deleted paragraph mark", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>` + wp("乙") + wp("丙"), "P 甲乙\nP 丙"},
	{"deleted row", wt(wr(wc("", wp("甲"))), `<w:tr><w:trPr><w:del/></w:trPr>`+wc("", wp("删"))+`</w:tr>`), "T |甲"},
	{"hidden text", wp("甲", `<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>`, `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>乙</w:t></w:r>`), "P 甲乙"},
	{"ruby", wp(`<w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>`), "P 字"},
	{"properties of old", `<w:p><w:pPr><w:pPrChange><w:pPr/></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`, "P 甲"},
	{"empty body", "", ""},
}

// Everything that can hold an answer is read, in both line ends of the markup.
func TestDOCX(t *testing.T) {
	for _, c := range bodies {
		t.Run(c.name, func(t *testing.T) {
			for _, body := range []string{c.body, strings.ReplaceAll(c.body, "><w:", ">\n<w:"), strings.ReplaceAll(c.body, "><w:", ">\r\n<w:")} {
				d, err := read(docx(t, body))
				if err != nil {
					t.Fatal(err)
				}
				if got := drawing(d); got != c.want {
					t.Errorf("\n got %s\nwant %s", got, c.want)
				}
			}
		})
	}
}

func read(b []byte) (Document, error) { return readBy(Options{}, b) }

// readBy reads one file by a reader of its own.
func readBy(o Options, b []byte) (Document, error) {
	r := NewReader(o)
	defer r.Close()
	return r.ReadNamed("", bytes.NewReader(b), int64(len(b)))
}

// What a package says besides its text.
func TestDOCXFacts(t *testing.T) {
	d, err := read(docx(t, wp("甲", `<w:ins><w:r><w:t>新</w:t></w:r></w:ins>`, `<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>`, `<w:r><w:commentReference w:id="0"/></w:r>`),
		part{"word/media/image1.png", "x"}, part{"word/media/image2.jpeg", "x"}, part{"word/theme/theme1.xml", "x"},
		part{"docProps/app.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>7</Pages></Properties>`}))
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != DOCX || d.Pages != 7 || d.Pictures != 2 || d.Revisions != 2 || d.Comments != 1 || d.Scanned {
		t.Errorf("%+v", d)
	}
}

func TestDOCXPackages(t *testing.T) {
	xml := `<w:document ` + strict + `><w:body>` + wp("甲") + `</w:body></w:document>`
	for _, c := range []struct {
		name  string
		parts []part
	}{
		{"strict namespace", []part{{"_rels/.rels", rootRels}, {"word/document.xml", xml}}},
		{"no relationships", []part{{"word/document.xml", xml}}},
		{"byte order mark", []part{{"word/document.xml", "\ufeff" + xml}}},
		{"main part under another name", []part{{"_rels/.rels", strings.Replace(rootRels, "word/document.xml", "/word/document2.xml", 1)}, {"word/document2.xml", xml}}},
		{"backslashes and capitals", []part{{"Word\\Document.xml", xml}}},
		{"broken page count", []part{{"word/document.xml", xml}, {"docProps/app.xml", "<Pages>-1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(packed(t, c.parts))
			if err != nil || drawing(d) != "P 甲" || d.Pages != 0 {
				t.Errorf("%v %+v", err, d)
			}
		})
	}
}

// encryptedEntry flags every entry as encrypted (APPNOTE 4.4.4, bit 0).
func encryptedEntry(t *testing.T) []byte {
	b := docx(t, wp("甲"))
	for _, magic := range []struct {
		sig string
		at  int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		for i := 0; i+10 < len(b); i++ {
			if string(b[i:i+4]) == magic.sig {
				b[i+magic.at] |= 1
			}
		}
	}
	return b
}

func stored(t *testing.T, name, text string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(text))
	z.Close()
	return b.Bytes()
}

// Every file that is not read says why, in a kind that the caller can choose by.
func TestRefused(t *testing.T) {
	whole := docx(t, strings.Repeat(wp("甲"), 50))
	deep := strings.Repeat("<w:x>", 600_000)
	for _, c := range []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"empty", nil, ErrUnsupported, "empty"},
		{"text", []byte("参评单位：甲"), ErrUnsupported, "unknown"},
		{"truncated rtf", []byte(`{\rtf1 x`), ErrBroken, "rtf"},
		{"picture", []byte("\xff\xd8\xff\xe0 %PDF-1.4"), ErrUnsupported, "jpeg"},
		{"web page", []byte("<html><body>%x"), ErrUnsupported, "html"},
		{"zip of other things", packed(t, []part{{"a.txt", "x"}}), ErrUnsupported, "zip"},
		{"binary workbook", packed(t, []part{{"_rels/.rels", strings.Replace(rootRels, "word/document.xml", "xl/workbook.bin", 1)}, {"xl/workbook.bin", "x"}}), ErrUnsupported, "xlsb"},
		{"ofd without pages", packed(t, []part{{"OFD.xml", "<x/>"}}), ErrBroken, "page"},
		{"another root", packed(t, []part{{"word/document.xml", "<workbook/>"}}), ErrUnsupported, "workbook"},
		{"truncated zip", whole[:len(whole)/2], ErrBroken, ""},
		{"truncated markup", packed(t, []part{{"word/document.xml", "<w:document><w:body><w:p>"}}), ErrBroken, ""},
		{"ends crossed", packed(t, []part{{"word/document.xml", "<w:document><a></w:document></a>"}}), ErrBroken, ""},
		{"not markup", packed(t, []part{{"word/document.xml", "<w:document <<"}}), ErrBroken, ""},
		{"other charset", packed(t, []part{{"word/document.xml", `<?xml version="1.0" encoding="gb2312"?><w:document/>`}}), ErrBroken, ""},
		{"bad checksum", bytes.Replace(stored(t, "word/document.xml", "<w:document><w:body/></w:document>"), []byte("<w:body/>"), []byte("<w:bxdy/>"), 1), ErrBroken, ""},
		{"nested too deep", docx(t, deep), ErrTooLarge, ""},
		{"too many cells", docx(t, "<w:tbl><w:tr>"+strings.Repeat("<w:tc></w:tc>", maxItems+1)+"</w:tr></w:tbl>"), ErrTooLarge, ""},
		{"bomb", docx(t, strings.Repeat(" ", maxPart)), ErrTooLarge, ""},
		{"zip with a password", encryptedEntry(t), ErrEncrypted, ""},
		{"protected docx", compoundFile("EncryptionInfo", "EncryptedPackage"), ErrEncrypted, ""},
		{"empty doc", compoundFile("WordDocument", "1Table"), ErrBroken, "text"},
		{"docx with macros", packed(t, []part{{"word/document.xml", "<w:document/>"}, {"word/vbaProject.bin", "x"}}), ErrMacros, ""},
		{"empty xls", compoundFile("Workbook"), ErrBroken, "workbook"},
		{"old xls", compoundFile("Book"), ErrUnsupported, "Excel 97"},
		{"ole of other things", compoundFile("Contents"), ErrUnsupported, "ole"},
		{"truncated ole", compoundFile("WordDocument")[:600], ErrBroken, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(c.data)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v: %s", err, c.want, c.says)
			}
			if d.Kind != "" || d.Blocks != nil {
				t.Errorf("refused, yet %+v", d)
			}
		})
	}
}

func FuzzDOCX(f *testing.F) {
	for _, c := range bodies {
		f.Add(c.body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var d Document
		err := walkDOCX(partTokens(strings.NewReader("<w:document>"+body+"</w:document>")), wordStyles{}, &d)
		if err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrUnsupported) {
			t.Errorf("error of no kind: %v", err)
		}
		marksFit(t, d)
		for _, b := range d.Blocks {
			if b.Rows == nil && b.Text == "" {
				t.Error("empty block")
			}
			for _, row := range b.Rows {
				for _, c := range row {
					if c.Span < 1 || c.Down && c.Text != "" {
						t.Errorf("cell %+v", c)
					}
				}
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(docx(f, wp("甲")))
	f.Add(compoundFile("WordDocument"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 0 && sniff(b[:min(len(b), 1024)]) == PDF {
			t.Skip("PDFium is started in other tests")
		}
		if _, err := read(b); err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrEncrypted) {
			t.Errorf("error of no kind: %v", err)
		}
	})
}
