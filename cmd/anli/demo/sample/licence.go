package sample

import (
	"fmt"
	"strings"
)

// LicenceKind is how a business licence was copied.
type LicenceKind int

const (
	Printed      LicenceKind = iota // a PDF with text, as the registration platform gives out
	Photographed                    // a picture: drawn lines, no readable text
)

// Licence is a business licence (营业执照).
type Licence struct {
	Unit, City, Code, Person, Goods string
	Year                            int // of foundation
}

// PDF is the licence as a text PDF of one page.
func (l Licence) PDF() []byte {
	doc := &pdfText{}
	doc.page()
	doc.frame(40, 60, 555, 800)
	doc.center(740, 30, "营 业 执 照")
	doc.center(712, 11, "（副　本）")
	doc.put(320, 680, 12, "统一社会信用代码 "+l.Code)
	y := 630.0
	row := func(label, value string) {
		doc.put(80, y, 13, label)
		for _, s := range wrap(value, 330, 13) {
			doc.put(180, y, 13, s)
			y -= 22
		}
		y -= 12
	}
	row("名　　称", l.Unit)
	row("类　　型", "有限责任公司（自然人投资或控股）")
	row("法定代表人", l.Person)
	row("注册资本", "人民币壹仟万元")
	row("成立日期", fmt.Sprintf("%d年03月18日", l.Year))
	row("住　　所", "广东省"+l.City+"某某区样例路"+fmt.Sprint(pick(l.Unit, "house", 1, 199))+"号")
	row("经营范围", l.Goods+"研发、生产、销售；互联网销售（除销售需要许可的商品）；货物进出口；信息技术咨询服务。（依法须经批准的项目，经相关部门批准后方可开展经营活动）")
	doc.put(300, 150, 13, "登记机关　"+l.City+"市场监督管理局")
	doc.put(400, 120, 13, fmt.Sprintf("%d年03月18日", l.Year))
	return doc.bytes("营业执照")
}

// certificate is an award's certificate as a text PDF.
func certificate(p Package) []byte {
	doc := &pdfText{}
	doc.page()
	doc.frame(40, 320, 555, 760)
	doc.center(690, 30, "荣 誉 证 书")
	doc.put(90, 620, 16, p.Unit+"：")
	y := 580.0
	for _, s := range wrap("　　贵单位在2023年度全市电子商务工作中表现突出，被评为“电子商务示范企业”。特发此证，以资鼓励。", 400, 16) {
		doc.put(90, y, 16, s)
		y -= 30
	}
	doc.put(330, 420, 16, p.City+"电子商务协会")
	doc.put(360, 390, 16, "2024年1月")
	return doc.bytes("荣誉证书")
}

// The characters of a credit code, in the order of their values
// (GB 32100-2015, table 1), and of an organisation code (GB 11714).
const (
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	orgAlphabet    = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// CreditCode is the unified social credit code (统一社会信用代码) of an invented
// company of a city, with right check digits.
func CreditCode(city, unit string) string {
	division := BureauOf(city).division
	if division == "" {
		division = "440000"
	}
	org := fmt.Sprintf("MADEM%03d", pick(unit, "code", 0, 999))
	code := "91" + division + org + string(orgCheck(org))
	return code + string(creditCheck(code))
}

// orgCheck is the check character of the first eight of an organisation code.
func orgCheck(org string) byte {
	sum := 0
	for i, w := range [...]int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * strings.IndexByte(orgAlphabet, org[i])
	}
	return "0123456789X"[(11-sum%11)%11]
}

// creditCheck is the check character of the first 17 of a credit code.
func creditCheck(code string) byte {
	sum := 0
	for i, w := 0, 1; i < len(code); i, w = i+1, w*3%31 {
		sum += w * strings.IndexByte(creditAlphabet, code[i])
	}
	return creditAlphabet[(31-sum%31)%31]
}
