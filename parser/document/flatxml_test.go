package document

import (
	"bytes"
	"errors"
	"mime/quotedprintable"
	"strings"
	"testing"
)

// TestOneFile: documents that are one file of markup, as office programs write
// them; what is markup of another kind is not read.
func TestOneFile(t *testing.T) {
	const word = `<w:p><w:r><w:t>参评单位</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>` +
		`<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`
	const drawn = "P 参评单位\nT |甲 |乙\nT |^ |丙"
	const declared = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	for _, c := range []struct{ name, text, kind, want string }{
		{"Word 2003", declared + `<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:styles><w:style><w:p><w:r><w:t>样式</w:t></w:r></w:p></w:style></w:styles><w:body><wx:sect>` + word + `<w:sectPr><w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body></w:wordDocument>`, DOCX, drawn},
		{"Word 2007 in one file", declared + `<pkg:package><pkg:part pkg:name="/word/header1.xml"><pkg:xmlData><w:document><w:body><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:body></w:document></pkg:xmlData></pkg:part><pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document><w:body>` + word + `</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>`, DOCX, drawn},
		{"Word 2003, changes tracked", declared + `<w:wordDocument><w:body><w:p><w:r><w:t>留</w:t></w:r><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>删</w:delText></w:r></aml:content></aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>增</w:t></w:r></aml:content></aml:annotation></w:p></w:body></w:wordDocument>`, DOCX, "P 留增"},
		{"with a mark of order", "\ufeff" + declared + `<w:wordDocument><w:body>` + word + `</w:body></w:wordDocument>`, DOCX, drawn},
		{"in GB2312", gb(`<?xml version="1.0" encoding="gb2312"?><w:wordDocument><w:body>` + word + `</w:body></w:wordDocument>`), DOCX, drawn},
		{"ODF", declared + `<office:document><office:master-styles><text:p>页眉</text:p></office:master-styles><office:body><office:text><text:p>参评单位</text:p></office:text></office:body></office:document>`, ODT, "P 参评单位"},
		{"Excel 2003", declared + `<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="汇总"><Table><Row><Cell><Data ss:Type="String">单位</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">12</Data></Cell></Row><Row ss:Index="3"><Cell><Data ss:Type="DateTime">2024-10-09T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>`, XLS,
			"P 汇总\nT |单位 | |12\nT\nT |2024-10-09"},
		{"a list of settings", declared + `<settings><p>x</p></settings>`, "", ""},
		{"UOF", declared + `<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>`, "", ""},
		{"cut off", declared + `<w:wordDocument><w:body><w:p>`, "broken", ""},
	} {
		d, err := NewReader(Options{}).ReadNamed("申报表.doc", strings.NewReader(c.text), int64(len(c.text)))
		switch {
		case c.kind == "":
			if !errors.Is(err, ErrUnsupported) {
				t.Errorf("%s: %v", c.name, err)
			}
		case c.kind == "broken":
			if !errors.Is(err, ErrBroken) {
				t.Errorf("%s: %v", c.name, err)
			}
		case err != nil || d.Kind != c.kind || drawing(d) != c.want:
			t.Errorf("%s: %v %s\n got %s\nwant %s", c.name, err, d.Kind, drawing(d), c.want)
		}
	}
}

// TestSheetXML: what Excel 2003 writes beside plain cells.
func TestSheetXML(t *testing.T) {
	const head, sheet = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, `<Worksheet ss:Name="汇总"><Table>`
	const tail = `</Worksheet></Workbook>`
	options := func(visible string) string {
		return `</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">` + visible + `</WorksheetOptions>`
	}
	cell := func(attrs, text string) string {
		return `<Cell` + attrs + `><Data ss:Type="String">` + text + `</Data></Cell>`
	}
	const rest = `<Worksheet ss:Name="余"><Table><Row><Cell><Data>丁</Data></Cell></Row></Table></Worksheet></Workbook>`
	for _, c := range []struct{ name, text, want string }{
		{"a comment", sheet + `<Row><Cell><Data>甲</Data><Comment ss:Author="某某"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>批注</B></ss:Data></Comment></Cell><Cell><Comment><ss:Data>空格批注</ss:Data></Comment></Cell>` + cell("", "乙") + `</Row></Table>` + tail, "P 汇总\nT |甲 | |乙"},
		{"bold words", sheet + `<Row><Cell><ss:Data xmlns="http://www.w3.org/TR/REC-html40">甲<B>方</B></ss:Data></Cell></Row></Table>` + tail, "P 汇总\nT |甲方"},
		{"merged across", sheet + `<Row>` + cell(` ss:MergeAcross="1"`, "宽") + cell("", "乙") + `</Row><Row>` + cell("", "一") + cell("", "二") + cell("", "三") + `</Row></Table>` + tail, "P 汇总\nT |{2}宽 |乙\nT |一 |二 |三"},
		{"merged down", sheet + `<Row>` + cell(` ss:MergeDown="1"`, "高") + cell("", "乙") + `</Row><Row>` + cell(` ss:Index="2"`, "丙") + `</Row></Table>` + tail, "P 汇总\nT |高 |乙\nT |^ |丙"},
		{"hidden", sheet + `<Row>` + cell("", "甲") + `</Row>` + options("<Visible>SheetHidden</Visible>") + `</Worksheet>` + rest, "P 余\nT |丁"},
		{"very hidden", sheet + `<Row>` + cell("", "甲") + `</Row>` + options("<Visible>SheetVeryHidden</Visible>") + `</Worksheet>` + rest, "P 余\nT |丁"},
		{"shown", sheet + `<Row>` + cell("", "甲") + `</Row>` + options("<Visible>SheetVisible</Visible><Selected/>") + `</Worksheet>` + rest, "P 汇总\nT |甲\nP 余\nT |丁"},
	} {
		d, err := read([]byte(head + c.text))
		if err != nil || drawing(d) != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", c.name, err, drawing(d), c.want)
		}
	}
	for name, text := range map[string]string{
		"ends that do not match": sheet + `<Row></Table></Row>` + tail,
		"too deep":               sheet + strings.Repeat("<Row>", 300),
		"beyond the last column": sheet + `<Row>` + cell(` ss:MergeAcross="99999999"`, "甲") + cell("", "乙") + `</Row></Table>` + tail,
	} {
		if _, err := read([]byte(head + text)); !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFlatPicture: a .fodt keeps a picture and an object in the text where they stand.
func TestFlatPicture(t *testing.T) {
	b := contents(t, "testdata/features/picture.fodt")
	const want = "T |参评单位 |甲公司"
	if d, err := read(b); err != nil || drawing(d) != want {
		t.Errorf("%v\n got %s\nwant %s", err, drawing(d), want)
	}
	const object = `<draw:object><office:document><office:body><office:text><text:p>内</text:p><table:table><table:table-row><table:table-cell><text:p>嵌</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document></draw:object>`
	b = bytes.Replace(b, []byte("<draw:image "), []byte(object+"<draw:image "), 1)
	if d, err := read(b); err != nil || drawing(d) != want || !bytes.Contains(b, []byte("嵌")) {
		t.Errorf("with an object: %v\n got %s\nwant %s", err, drawing(d), want)
	}
}

// TestWebArchive: a page with its pictures in one file, as Word saves it, mostly
// under the name of a .doc.
func TestWebArchive(t *testing.T) {
	page := gb(`<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"></head><body><p class=MsoNormal>参评单位</p><table><tr><td>甲<td>乙</table></body></html>`)
	var quoted strings.Builder
	w := quotedprintable.NewWriter(&quoted)
	if _, err := w.Write([]byte(page)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	archive := func(head, page string) string {
		return head + "Content-Type: multipart/related; boundary=\"----=_NextPart_01D\"\r\n\r\nThis document is a Single File Web Page.\r\n\r\n" +
			"------=_NextPart_01D\r\nContent-Location: file:///C:/A1/a.htm\r\n" + page +
			"\r\n------=_NextPart_01D\r\nContent-Location: file:///C:/A1/a.files/image001.png\r\nContent-Transfer-Encoding: base64\r\nContent-Type: image/png\r\n\r\niVBORw0KGgo=\r\n" +
			"------=_NextPart_01D\r\nContent-Location: file:///C:/A1/a.files/header.htm\r\nContent-Type: text/html\r\n\r\n<html>header</html>\r\n------=_NextPart_01D--\r\n"
	}
	const want = "P 参评单位\nT |甲 |乙"
	for name, text := range map[string]string{
		"Word":         archive("MIME-Version: 1.0\r\n", "Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\r\n"+quoted.String()),
		"a browser":    archive("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "Content-Type: text/html\r\nContent-Transfer-Encoding: binary\r\n\r\n"+page),
		"without tail": strings.TrimSuffix(archive("MIME-Version: 1.0\r\n", "Content-Type: text/html\r\n\r\n"+page), "\r\n------=_NextPart_01D--\r\n"),
	} {
		d, err := NewReader(Options{}).ReadNamed("申报表.doc", strings.NewReader(text), int64(len(text)))
		if err != nil || d.Kind != HTML || drawing(d) != want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, drawing(d), want)
		}
	}
	for name, text := range map[string]string{
		"a mail":           "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n申报表见附件",
		"nothing in it":    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--",
		"words that begin": "MIME-Version: 是什么意思",
	} {
		if _, err := NewReader(Options{}).ReadNamed("申报表.doc", strings.NewReader(text), int64(len(text))); !errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOtherWriters: what WPS and the strict form of the standard do otherwise.
func TestOtherWriters(t *testing.T) {
	const body = `<w:body><w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:eastAsia="仿宋"/></w:rPr><w:t>参评单位</w:t></w:r></w:p></w:body></w:document>`
	const strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
	for name, parts := range map[string][]part{
		"strict": {{"[Content_Types].xml", "<Types/>"}, {"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + strict + `" Target="word/document.xml"/></Relationships>`},
			{"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" w:conformance="strict">` + body}},
		"WPS": {{"[Content_Types].xml", "<Types/>"}, {"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document.xml"/></Relationships>`},
			{"docProps/custom.xml", `<Properties><property name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.16929</vt:lpwstr></property></Properties>`}, {"customXml/item1.xml", `<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"><extobjs/></s:customData>`},
			{"word/document.xml", `<?xml version="1.0"?><w:document xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" xmlns:mc="x" mc:Ignorable="w14 w15 wp14">` + body}},
	} {
		if d, err := read(packed(t, parts)); err != nil || drawing(d) != "P 参评单位" {
			t.Errorf("%s: %v %s", name, err, drawing(d))
		}
	}
}
