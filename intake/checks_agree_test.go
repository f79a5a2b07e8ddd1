package intake

import (
	"strings"
	"testing"

	"anli/parser/form"
)

func TestLicensee(t *testing.T) {
	for name, want := range map[string]string{
		"":             "",
		unitA:          "",
		"佛山某甲家居有限责任公司": "", "佛山市某甲家居有限公司（曾用名）": "",
		unitB: "unit-mismatch warning", "杭州某某科技有限公司": "unit-mismatch warning",
	} {
		d := newDesk()
		found := d.check(d.caseOf(t, licensed(codeFoshan+"/"+name)), nil)
		if got := keys(found); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	d := newDesk() // a partner's licence beside the unit's own
	if got := keys(d.check(d.caseOf(t, licensed(codeFoshan+"/"+unitB, codeFoshan+"/"+unitA)), nil)); got != "" {
		t.Error(got)
	}
}

func TestPDFText(t *testing.T) {
	const pack = goodPackage
	for _, c := range []struct {
		name   string
		pdf    func(*form.Form)
		change func(*Checked)
		says   string
	}{
		{"the same", func(f *form.Form) {}, nil, ""},
		{"brackets, spaces, width", func(f *form.Form) { f.Unit = "佛山市 某甲家居\n有限公司" }, nil, ""},
		{"a short name", func(f *form.Form) { f.Unit = "某甲家居" }, nil, ""},
		{"a name that was cut off", func(f *form.Form) { f.Case = "家居柔性供应链" }, nil, ""},
		{"a box that was not read", func(f *form.Form) { f.Unit, f.Case, f.Phone = "", "", "" }, nil, ""},
		{"no field read", func(f *form.Form) { f.Categories = nil }, nil, ""},
		{"more fields read", func(f *form.Form) { f.Categories = []string{"电商平台", "数商兴农"} }, nil, ""},
		{"the phone in other marks", func(f *form.Form) { f.Phone = "（0757）8300 1234" }, nil, ""},
		{"one phone more", func(f *form.Form) { f.Phone = "13800001234、83001234" }, nil, ""},
		{"the amount in another unit", func(f *form.Form) { f.Intro = "2023年营业收入1.2亿元。" + sentence(300) }, nil, ""},
		{"the sentence reworded", func(f *form.Form) { f.Intro = "公司2023年实现营业收入1.3亿元。" }, nil, ""},
		{"spaces in the sentence", func(f *form.Form) { f.Intro = "2023 年营业收入 12,000 万元。" }, nil, ""},
		{"the bureau's word on it", func(f *form.Form) { f.Unit = unitB }, func(x *Checked) {
			x.Case.Corrections = []Correction{{Field: "unit", Value: unitA}}
		}, ""},
		{"an empty PDF form", func(f *form.Form) { *f = form.Form{} }, nil, ""},

		{"another unit", func(f *form.Form) { f.Unit = unitB }, nil, "参评单位（PDF“" + unitB + "”，Word“" + unitA + "”）"},
		{"another case", func(f *form.Form) { f.Case = caseB }, nil, "参评案例（PDF“" + caseB + "”"},
		{"another field", func(f *form.Form) { f.Categories = []string{"电商平台"} }, nil, "参评领域（PDF“电商平台”，Word“电子商务企业”）"},
		{"another phone", func(f *form.Form) { f.Phone = "0757-83001235" }, nil, "联系电话"},
		{"another amount", func(f *form.Form) { f.Intro = "2023年营业收入1.3亿元。" + sentence(300) }, nil, "一、参评单位简介（PDF“1.3亿”，Word“12,000万”）"},
	} {
		d := newDesk()
		k := d.caseOf(t, strings.Replace(pack, "申报表（盖章）.pdf: scan 6", "申报表（盖章）.pdf: pdfform "+unitA+"/"+caseA, 1))
		for sha, r := range d.read {
			if r.Kind == "pdf" && r.Paper != nil && r.Paper.Form != nil {
				c.pdf(r.Paper.Form)
				d.read[sha] = r
			}
		}
		found := d.check(k, c.change)
		switch {
		case c.says == "" && len(found) > 0:
			t.Errorf("%s: %s %s", c.name, keys(found), found[0].Message)
		case c.says != "" && (keys(found) != "pdf-text-mismatch warning" || !strings.Contains(found[0].Message, c.says)):
			t.Errorf("%s: %s, want %s", c.name, keys(found), c.says)
		}
	}
}

func TestAmounts(t *testing.T) {
	for _, same := range []string{"12,000万=1.2亿", "1.20亿=1.2亿", "3千万=3000万", "5百万=500万", "0.5=0.50", "1.23456万=12345.6", "2023=2,023", "1万亿=10000亿"} {
		a, b, _ := strings.Cut(same, "=")
		if amountValue(a) != amountValue(b) {
			t.Errorf("%s: %s, %s", same, amountValue(a), amountValue(b))
		}
	}
	for _, other := range []string{"1.2亿=1.2万", "12万=1.2万", "2023=2024", "0.5=5", "100=1000"} {
		a, b, _ := strings.Cut(other, "=")
		if amountValue(a) == amountValue(b) {
			t.Errorf("%s: both %s", other, amountValue(a))
		}
	}
}

func TestDuplicates(t *testing.T) {
	for _, c := range []struct {
		name     string
		other    Case
		want     string
		audience string
	}{
		{"another unit", Case{Number: "AL2024-0001", City: "佛山市", Unit: unitB, Case: caseA}, "", ""},
		{"a later one", Case{Number: "AL2024-0009", City: "佛山市", Unit: unitA, Case: caseA}, "", ""},
		{"withdrawn", Case{Number: "AL2024-0001", City: "佛山市", Unit: unitA, Case: caseA, Stage: StageWithdrawn}, "", ""},
		{"found ineligible", Case{Number: "AL2024-0001", City: "佛山市", Unit: unitA, Case: caseA, Stage: StageIneligible}, "", ""},
		{"the same name, another code", Case{Number: "AL2024-0001", City: "佛山市", Unit: unitA, Case: caseA, Credit: codeGuangzhou}, "", ""},
		{"neither has a name", Case{Number: "AL2024-0001", City: "佛山市"}, "", ""},
		{"the same case in other words", Case{Number: "AL2024-0001", City: "佛山市", Unit: "佛山某甲家居有限责任公司", Case: "家居供应链平台"}, "duplicate-submission warning", "bureau"},
		{"the same code", Case{Number: "AL2024-0001", City: "佛山市", Unit: "旧名有限公司", Case: caseA, Credit: codeFoshan}, "duplicate-submission warning", "bureau"},
		{"two cases of one unit", Case{Number: "AL2024-0001", City: "佛山市", Unit: unitA, Case: caseB}, "duplicate-submission info", "staff"},
		{"another case from another city", Case{Number: "AL2024-0001", City: "广州市", Unit: unitA, Case: caseB}, "duplicate-submission info", "staff"},
		{"from another city", Case{Number: "AL2024-0001", City: "广州市", Unit: unitA, Case: caseA}, "duplicate-submission warning", "staff"},
	} {
		k := Case{Number: "AL2024-0007", City: "佛山市", Unit: unitA, Case: caseA, Credit: codeFoshan}
		found := checkDuplicate(Checked{Case: &k, Others: []*Case{&c.other, &k}})
		if got := keys(found); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if len(found) > 0 && (found[0].Audience != c.audience || c.audience == "bureau" && c.other.City != "佛山市") {
			t.Errorf("%s: for %s", c.name, found[0].Audience)
		}
	}
}

// The later of two is named, and no longer once the earlier is withdrawn.
func TestDuplicateGoesWithTheOther(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", strings.Replace(pack(unitA, caseA), "营业执照.jpg", "营业执照.pdf: license "+codeFoshan, 1), false)
	k.mail("sw@foshan.example", strings.Replace(pack("佛山市某甲智能家居有限公司", caseA), "营业执照.jpg", "营业执照.pdf: license "+codeFoshan, 1), false)
	has := func(number string) bool {
		for _, f := range k.get(number).Findings {
			if f.Code == "duplicate-submission" {
				return true
			}
		}
		return false
	}
	if has("AL2024-0001") || !has("AL2024-0002") {
		t.Errorf("named: %v %v", has("AL2024-0001"), has("AL2024-0002"))
	}
	k.must("AL2024-0001", Ruling{Verb: "撤回", Reason: "重复"})
	if has("AL2024-0002") {
		t.Error("it is still a duplicate")
	}
}
