package templates

import "strings"

// The fixed parts of the materials' document.

const relationSpace = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

const (
	wordContent  = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	wordRelation = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// materialTypes adds three parts to those of the blank form.
var materialTypes = strings.Replace(contentTypes, `</Types>`,
	`<Override PartName="/word/fontTable.xml" ContentType="`+wordContent+`fontTable+xml"/>`+
		`<Override PartName="/word/settings.xml" ContentType="`+wordContent+`settings+xml"/>`+
		`<Override PartName="/word/footer1.xml" ContentType="`+wordContent+`footer+xml"/></Types>`, 1)

var materialRels = strings.Replace(documentRels, `</Relationships>`,
	`<Relationship Id="rId2" Type="`+wordRelation+`fontTable" Target="fontTable.xml"/>`+
		`<Relationship Id="rId3" Type="`+wordRelation+`settings" Target="settings.xml"/>`+
		`<Relationship Id="rId4" Type="`+wordRelation+`footer" Target="footer1.xml"/></Relationships>`, 1)

// materialFonts names what stands in where an office has no font of GB 2312.
const materialFonts = xmlHead + `<w:fonts ` + wordSpace + `>` +
	`<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="default"/></w:font>` +
	`<w:font w:name="黑体"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="default"/></w:font></w:fonts>`

// materialSettings keeps Word from opening the document in compatibility mode.
const materialSettings = xmlHead + `<w:settings ` + wordSpace + `><w:compat><w:compatSetting w:name="compatibilityMode" ` +
	`w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

const thinLines = `<w:top w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:left w:val="single" w:sz="4" w:space="0" w:color="808080"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:right w:val="single" w:sz="4" w:space="0" w:color="808080"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="808080"/>`

// materialFooter is whose document it is, and the page.
func materialFooter(words string) string {
	return xmlHead + `<w:ftr ` + wordSpace + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + run(words+"　第", footFace) +
		`<w:r><w:rPr>` + footFace + `</w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr>` + footFace + `</w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:rPr>` + footFace + `</w:rPr><w:fldChar w:fldCharType="separate"/></w:r>` + run("1", footFace) +
		`<w:r><w:rPr>` + footFace + `</w:rPr><w:fldChar w:fldCharType="end"/></w:r>` + run("页", footFace) + `</w:p></w:ftr>`
}

const footFace = `<w:sz w:val="20"/><w:szCs w:val="20"/>`

const heiti = `<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/>`

// materialStyles: text of 14 points, which is read on paper without glasses held
// far; headings with outline levels for the navigation pane.
var materialStyles = strings.Replace(formStyles, `</w:styles>`,
	style("Title", "Title", `<w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>`, heiti+`<w:sz w:val="44"/><w:szCs w:val="44"/>`)+
		style("Cover", "Cover", `<w:spacing w:before="60" w:after="60" w:line="420" w:lineRule="atLeast"/><w:ind w:left="400" w:right="400"/>`, text14)+
		style("Contents", "Contents", `<w:keepNext/><w:spacing w:before="360" w:after="160"/><w:jc w:val="center"/>`, heiti+`<w:sz w:val="32"/><w:szCs w:val="32"/>`)+
		style("Heading1", "heading 1", `<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="0" w:after="200" w:line="460" w:lineRule="atLeast"/><w:outlineLvl w:val="0"/>`, heiti+`<w:sz w:val="32"/><w:szCs w:val="32"/>`)+
		style("Heading2", "heading 2", `<w:keepNext/><w:spacing w:before="280" w:after="80" w:line="440" w:lineRule="atLeast"/><w:outlineLvl w:val="1"/>`, heiti+`<w:sz w:val="30"/><w:szCs w:val="30"/>`)+
		style("Heading3", "heading 3", `<w:keepNext/><w:spacing w:before="160" w:after="40" w:line="440" w:lineRule="atLeast"/><w:outlineLvl w:val="2"/>`, `<w:b/>`+text14)+
		style("Body", "Body", `<w:spacing w:before="0" w:after="40" w:line="460" w:lineRule="atLeast"/><w:ind w:firstLineChars="200" w:firstLine="560"/><w:jc w:val="both"/>`, text14)+
		style("Item", "Item", `<w:spacing w:before="0" w:after="0" w:line="380" w:lineRule="atLeast"/><w:ind w:left="400"/>`, `<w:sz w:val="24"/><w:szCs w:val="24"/>`)+
		style("Label", "Label", `<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>`, `<w:sz w:val="24"/><w:szCs w:val="24"/>`)+
		style("Cell", "Cell", `<w:spacing w:before="60" w:after="60"/>`, `<w:sz w:val="24"/><w:szCs w:val="24"/>`)+
		`</w:styles>`, 1)

const text14 = `<w:sz w:val="28"/><w:szCs w:val="28"/>`

func style(id, name, para, face string) string {
	return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="a"/><w:qFormat/>` +
		`<w:pPr>` + para + `</w:pPr><w:rPr>` + face + `</w:rPr></w:style>`
}
