package form

import "testing"

func TestCreditCode(t *testing.T) {
	for _, c := range []struct{ name, drawing, code, written, licensee string }{
		{"as printed", "营业执照\n统一社会信用代码\n91440606MA4UQ8B560\n名 称 佛山市某甲家居有限公司\n类型 有限责任公司", "91440606MA4UQ8B560", "", "佛山市某甲家居有限公司"},
		{"in a table", "营业执照\n|统一社会信用代码|91440606MA4UQ8B560|\n|名称|佛山市某甲家居有限公司|", "91440606MA4UQ8B560", "", "佛山市某甲家居有限公司"},
		{"a bracket behind the label", "营业执照\n统一社会信用代码（三证合一）：9144 0606 MA4U Q8B5 60\n名称：佛山市某甲家居有限公司", "91440606MA4UQ8B560", "", "佛山市某甲家居有限公司"},
		{"broken by the line's end", "营业执照\n统一社会信用代码 91440606MA\n4UQ8B560", "91440606MA4UQ8B560", "", ""},
		{"followed by a number on the next line", "营业执照\n统一社会信用代码：91440606MA4UQ8B560\n2016年3月1日", "91440606MA4UQ8B560", "", ""},
		{"a letter O", "营业执照\n统一社会信用代码 91440606ma4uq8b56O", "91440606MA4UQ8B56O", "", ""},
		{"one too few", "营业执照\n统一社会信用代码 91440606MA4UQ8B56\n名称 甲有限公司", "", "91440606MA4UQ8B56", "甲有限公司"},
		{"one too many", "营业执照\n统一社会信用代码 91440606MA4UQ8B5600\n名称 甲有限公司", "", "91440606MA4UQ8B5600", "甲有限公司"},

		{"an old registration number", "营业执照\n注册号：440682000012345\n名称 甲有限公司", "", "", "甲有限公司"},
		{"code and number share a label", "营业执照\n统一社会信用代码/注册号：440682000012345", "", "", ""},
		{"a note that has words", "营业执照\n统一社会信用代码 见副本", "", "", ""},
		{"a name that is a sentence", "营业执照\n统一社会信用代码 91440606MA4UQ8B560\n名称变更须经核准。", "91440606MA4UQ8B560", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, c.drawing, func(t *testing.T, r Reading) {
				if r.Paper != PaperLicense || r.CreditCode != c.code || r.CodeWritten != c.written || r.Licensee != c.licensee {
					t.Errorf("%q: code %q, written %q, made out to %q", r.Paper, r.CreditCode, r.CodeWritten, r.Licensee)
				}
			})
		})
	}
	r := Read(sheet(filled("|参评单位|{3}|", "|参评单位|{3}甲公司|\n|统一社会信用代码|{3}91440606MA4UQ8B560|")), call2024())
	if r.Paper != PaperForm || r.CreditCode != "91440606MA4UQ8B560" || r.Form.Unit != "甲公司" {
		t.Errorf("a row added to the form: %+v, unit %q", r, r.Form.Unit)
	}
}
