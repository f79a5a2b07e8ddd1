package templates

import (
	"path/filepath"
	"strings"
	"testing"
)

func casePage(text string) PageData {
	return PageData{Title: "广东省电子商务优秀案例", Number: "AL2024-0009", Unit: panelUnits[2].unit, City: "广州市", Case: panelUnits[2].name,
		Fields: []string{"电子商务园区", "丝路电商"}, Intro: text, Background: text, Innovation: text, Benefit: text, Demonstration: text}
}

const pageSentence = "平台以产业带为基础，打通采购、设计、生产与海外仓环节，形成数据驱动的柔性供应链。"

// documents are the Word documents under their names in testdata/documents.
func documents() map[string][]byte {
	whole := notice()
	whole.List = listRows()
	return map[string][]byte{
		"notice":          Notice(whole),
		"notice-open":     Notice(NoticeData{Title: "广东省电子商务优秀案例", First: "直播进工厂", Count: 1}),
		"case-page":       CasePage(casePage(strings.Repeat(pageSentence, 40))),
		"case-page-short": CasePage(PageData{Unit: "甲", Case: "乙", Intro: "第一段。\r\n第二段。"}),
	}
}

// The documents are compared paragraph by paragraph; -update rewrites them.
func TestDocuments(t *testing.T) {
	for name, b := range documents() {
		golden(t, filepath.Join("documents", name+".txt"), documentWords(t, b))
	}
}

// C11, to the letter.
func TestNoticeIsC11(t *testing.T) {
	d := notice()
	if got := strings.Join(d.heading(), ""); got != "广东省商务厅关于2024年广东省电子商务优秀案例拟入选名单的公示" {
		t.Error(got)
	}
	want := "根据《广东省商务厅关于征集广东省电子商务优秀案例的通知》（粤商务电函〔2024〕143号），经申报推荐、资格审核、专家评审，拟确定“园区共享海外仓与合规服务中心”等12个案例为广东省电子商务优秀案例，" +
		"现予以公示（排名不分先后）。公示期为2024年12月2日至2024年12月6日（5个工作日）。公示期内如有异议，请以书面形式向我厅电子商务处反映，并提供必要的证明材料。" +
		"以单位名义反映的须加盖单位公章，以个人名义反映的须署真实姓名并留联系方式。"
	if got := d.body()[0]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	words := documentWords(t, Notice(d))
	for _, w := range []string{"联系人：陈一鸣", "电话：020-8300xxxx", "电子邮箱：anli@gd.example", "通讯地址：广州市某区某路1号", "监督电话：020-8301xxxx", "附件：拟入选名单"} {
		if !strings.Contains(words, w) {
			t.Errorf("no %s", w)
		}
	}
}

// Format of GB/T 9704-2012: 37, 35, 28 and 26 mm (in twentieths of a point), lines
// of 28 points, the page number between dashes on the outer side.
func TestNoticeLooksAsTheStandardSays(t *testing.T) {
	parts := partsOf(t, Notice(notice()))
	for part, all := range map[string][]string{
		"word/document.xml": {`w:w="11906" w:h="16838"`, `w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"`, `w:type="even"`},
		"word/styles.xml":   {`方正小标宋简体`, `仿宋_GB2312`, `黑体`, `w:line="560" w:lineRule="exact"`, `<w:sz w:val="44"/>`, `<w:sz w:val="32"/>`},
		"word/settings.xml": {`<w:evenAndOddHeaders/>`},
		"word/footer1.xml":  {`— `, ` PAGE `, ` —`, `w:jc w:val="right"`},
		"word/footer2.xml":  {`— `, ` PAGE `, ` —`, `w:jc w:val="left"`},
	} {
		for _, w := range all {
			if !strings.Contains(string(parts[part]), w) {
				t.Errorf("%s has no %s", part, w)
			}
		}
	}
}

// What is not known stands open and is named to staff.
func TestNoticeBlanks(t *testing.T) {
	if got := strings.Join(NoticeData{}.blanks(), " "); got != "公示期 联系人 电话 电子邮箱 通讯地址 监督电话 落款日期" {
		t.Error(got)
	}
	if got := notice().blanks(); len(got) > 0 {
		t.Error(got)
	}
}

// A page takes no more than it has room for; a short text stands whole, and what
// short parts leave over goes to the long ones.
func TestCasePageIsOnePage(t *testing.T) {
	long := strings.Repeat(pageSentence, 60)
	for _, d := range []PageData{casePage(long), casePage(strings.Repeat("无标点", 900)), {Innovation: long}, {Intro: "短。", Benefit: long}} {
		n := 0
		for _, p := range d.parts() {
			n += len([]rune(p.text))
			if !p.cut && len([]rune(p.text)) != len([]rune(flowing(d.Intro))) {
				t.Errorf("%d characters were not marked as cut", len([]rune(p.text)))
			}
			if strings.Contains(long, p.text) && !strings.HasSuffix(p.text, "。") {
				t.Errorf("not cut at a sentence: %s", p.text)
			}
		}
		if n > pageRunes || n < pageRunes*3/4 {
			t.Errorf("%d characters", n)
		}
	}
	short := casePage(pageSentence)
	for _, p := range short.parts() {
		if p.cut || p.text != pageSentence {
			t.Errorf("%q was cut", p.text)
		}
	}
	if len(PageData{}.parts()) != 0 {
		t.Error("parts that say nothing")
	}
}

// Nothing that people wrote breaks a document.
func TestHostileWordsInDocuments(t *testing.T) {
	evil := "</w:t><w:p>\r\n\x00\x0b]]>&<\u202e甲"
	n := NoticeData{Title: evil, Year: evil, Call: evil, Document: evil, First: evil, Contact: evil, Email: evil, Date: evil, List: []ListRow{{evil, evil, evil, evil}}}
	for _, b := range [][]byte{Notice(n), CasePage(casePage(evil)), CasePage(PageData{Unit: evil, Case: evil, Fields: []string{evil}, Intro: evil})} {
		words := documentWords(t, b)
		if strings.ContainsAny(words, "\x00\x0b\u202e") || !strings.Contains(words, "</w:t><w:p>") {
			t.Errorf("%q", words)
		}
	}
}
