package templates

import "strings"

// The fixed parts of notice and case page.

// noticeSection is A4 with the margins of GB/T 9704: 156 by 225 mm for the text,
// the page number 7 mm below.
const noticeSection = `<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>` +
	`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304" w:gutter="0"/>` +
	`</w:sectPr>`

// noticeFile packs a document with the notice's styles and page numbers.
func noticeFile(title, document string) []byte { return wordFile(title, document, noticeStyles) }

// wordFile is the same with other styles.
func wordFile(title, document, styles string) []byte {
	return officeFile([]officePart{
		{"[Content_Types].xml", []byte(noticeTypes)},
		{"_rels/.rels", []byte(packageRels)},
		{"word/_rels/document.xml.rels", []byte(noticeRels)},
		{"word/document.xml", []byte(document)},
		{"word/styles.xml", []byte(styles)},
		{"word/fontTable.xml", []byte(noticeFonts)},
		{"word/settings.xml", []byte(noticeSettings)},
		{"word/footer1.xml", []byte(pageNumber("right"))},
		{"word/footer2.xml", []byte(pageNumber("left"))},
		{"docProps/core.xml", []byte(strings.Replace(formCore, formName, escape(oneLine(title)), 1))},
	})
}

var noticeTypes = strings.Replace(materialTypes, `</Types>`,
	`<Override PartName="/word/footer2.xml" ContentType="`+wordContent+`footer+xml"/></Types>`, 1)

var noticeRels = strings.Replace(materialRels, `</Relationships>`,
	`<Relationship Id="rId5" Type="`+wordRelation+`footer" Target="footer2.xml"/></Relationships>`, 1)

// noticeSettings: page numbers stand outside, right on odd pages, left on even ones.
var noticeSettings = strings.Replace(materialSettings, `<w:compat>`, `<w:evenAndOddHeaders/><w:compat>`, 1)

// noticeFonts adds the title's face to those of the materials.
var noticeFonts = strings.Replace(materialFonts, `</w:fonts>`,
	`<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="default"/></w:font></w:fonts>`, 1)

// pageNumber is — 1 — at one side, a character from the edge.
func pageNumber(side string) string {
	const face = `<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/>`
	return xmlHead + `<w:ftr ` + wordSpace + `><w:p><w:pPr><w:ind w:` + side + `="280"/><w:jc w:val="` + side + `"/></w:pPr>` + run("— ", face) +
		`<w:r><w:rPr>` + face + `</w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr>` + face + `</w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:rPr>` + face + `</w:rPr><w:fldChar w:fldCharType="separate"/></w:r>` + run("1", face) +
		`<w:r><w:rPr>` + face + `</w:rPr><w:fldChar w:fldCharType="end"/></w:r>` + run(" —", face) + `</w:p></w:ftr>`
}

const (
	biaosong = `<w:rFonts w:ascii="方正小标宋简体" w:hAnsi="方正小标宋简体" w:eastAsia="方正小标宋简体"/>`
	text16   = `<w:spacing w:val="-5"/><w:sz w:val="32"/><w:szCs w:val="32"/>` // a quarter point closer: 28 characters a line
	text12   = `<w:sz w:val="24"/><w:szCs w:val="24"/>`
	line28   = `<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>`
	line19   = `<w:spacing w:before="0" w:after="0" w:line="380" w:lineRule="exact"/>`
)

// noticeStyles are those of notice and case page.
var noticeStyles = strings.Replace(strings.Replace(formStyles, text12, `<w:sz w:val="32"/><w:szCs w:val="32"/>`, 1), `</w:styles>`,
	style("NoticeTitle", "Notice Title", `<w:spacing w:before="0" w:after="0" w:line="680" w:lineRule="exact"/><w:jc w:val="center"/>`, biaosong+`<w:sz w:val="44"/><w:szCs w:val="44"/>`)+
		style("Text", "Notice Text", line28+`<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>`, text16)+
		style("Gap", "Notice Gap", `<w:keepNext/>`+line28, text16)+
		style("Signer", "Notice Signer", `<w:keepNext/>`+line28+`<w:ind w:right="1640"/><w:jc w:val="right"/>`, text16)+
		style("Date", "Notice Date", line28+`<w:ind w:right="1280"/><w:jc w:val="right"/>`, text16)+
		style("Annex", "Notice Annex", `<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="0" w:after="280" w:line="560" w:lineRule="exact"/>`, heiti+text16)+
		style("Under", "Notice Under", `<w:keepNext/><w:spacing w:before="0" w:after="160" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>`, `<w:sz w:val="28"/><w:szCs w:val="28"/>`)+
		style("CellHead", "Cell Head", `<w:keepNext/><w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>`, heiti+text12)+
		style("CellText", "Cell Text", `<w:spacing w:before="60" w:after="60"/>`, text12)+
		style("CellMiddle", "Cell Middle", `<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>`, text12)+
		style("Last", "Last", `<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`, `<w:sz w:val="2"/><w:szCs w:val="2"/>`)+
		style("PageTitle", "Page Title", `<w:spacing w:before="0" w:after="60" w:line="520" w:lineRule="exact"/><w:jc w:val="center"/>`, biaosong+`<w:sz w:val="36"/><w:szCs w:val="36"/>`)+
		style("PageFacts", "Page Facts", line19+`<w:jc w:val="center"/>`, text12)+
		style("PageHead", "Page Head", `<w:keepNext/><w:spacing w:before="120" w:after="20" w:line="400" w:lineRule="exact"/>`, heiti+text12)+
		style("PageText", "Page Text", line19+`<w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="both"/>`, text12)+
		style("PageNote", "Page Note", `<w:spacing w:before="160" w:after="0" w:line="300" w:lineRule="exact"/>`, `<w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/>`)+
		`</w:styles>`, 1)
