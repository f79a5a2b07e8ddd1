package intake

import (
	"strings"
	"testing"
)

// Invented codes with right check digits, by another hand than the program's.
const (
	codeFoshan    = "91440606MA4UQ8B560" // 佛山市顺德区
	codeGuangzhou = "91440101MA5CB2G71C"
	codeZhejiang  = "91330106MA2KL1D33Q"
	codeNational  = "9110000071093000X4"
	codeHousehold = "92440606MA4W0P1240"
)

func TestWrongCredit(t *testing.T) {
	for code, want := range map[string]string{
		codeFoshan: "", codeGuangzhou: "", codeZhejiang: "", codeNational: "", codeHousehold: "",
		"12440600MB2C00013X": "", "52440600MJM000122J": "", "91350100M000100Y43": "", "91440003MA4Y7C1107": "",

		"91440606MA4UQ8B56":   "应为18位，少1位",
		"91440606MA4UQ8B5600": "应为18位，多1位",
		"91440606MA4UQ8B56O":  "第18位“O”疑为“0”",
		"9144O606MA4UQ8B560":  "第5位“O”疑为“0”",
		"9144O6O6MA4UQ8B56O":  "第5位“O”疑为“0”，第7位“O”疑为“0”，第18位“O”疑为“0”",
		"9I440606MA4UQ8B560":  "第2位“I”疑为“1”",
		"91440606MA4UQ8BS60":  "第16位“S”疑为“5”",
		"91330106MAZKL1D33Q":  "第11位“Z”疑为“2”",
		"91440606MA4UQB8560":  "第14位“B”疑为“8”，第15位“8”疑为“B”",
		"91440606MA4UQBB560":  "第14位“B”疑为“8”",
		"91440606MA4VQ8B560":  "第12位“V”疑为“U”",
		"91440606MA4UQ8B561":  "校验码不符",
		"91440606MA4UQ7B560":  "第9至17位有误",
	} {
		if got := wrongCredit(code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

// Every slip of one character is found. What is proposed is hardly ever another code
// than the one that was meant, and never where a forbidden character was read.
func TestOneWrongCharacterIsFound(t *testing.T) {
	const slips = "O0 I1 S5 Z2 B8 G6 D0 Q0 L1 VU" // what is read for what was printed
	named, wrong, slipped, all := 0, 0, 0, 0
	for _, right := range []string{codeFoshan, codeGuangzhou, codeZhejiang, codeNational} {
		for i := range right {
			for _, x := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
				code := right[:i] + string(x) + right[i+1:]
				if code == right {
					continue
				}
				if wrongCredit(code) == "" {
					t.Errorf("%s is taken for a code", code)
				}
				all++
				likely := likelyCredit(code)
				if strings.Contains(slips, string(x)+right[i:i+1]) {
					if slipped++; likely == right {
						named++
					}
				} else if likely != "" && likely != right {
					wrong++
				}
				if plain := withoutForbidden(code); plain != code && possibleCredit(plain) && plain != right {
					t.Errorf("%s: %s is to be pasted, %s was meant", code, plain, right)
				}
			}
		}
	}
	t.Logf("of %d likely slips %d are named; of %d others %d are named wrongly", slipped, named, all-slipped, wrong)
	if named*100 < slipped*95 || wrong*100 > (all-slipped)*5 {
		t.Errorf("of %d likely slips %d are named; of %d others %d are named wrongly", slipped, named, all-slipped, wrong)
	}
}

func TestDivisions(t *testing.T) {
	cities := map[string]bool{}
	for code, name := range divisions() {
		switch len(code) {
		case 2:
		case 4, 6:
			if !strings.HasPrefix(code, "44") {
				t.Errorf("%s %s is not of Guangdong", code, name)
			}
			if cities[name] = cities[name] || len(code) == 4; len(code) == 6 && divisions()[code[:4]] == "" {
				t.Errorf("%s %s is of no city", code, name)
			}
		default:
			t.Errorf("%q", code)
		}
	}
	n := 0
	for _, isCity := range cities {
		if isCity {
			n++
		}
	}
	if n != 21 {
		t.Errorf("%d cities", n)
	}
	for code, want := range map[string]string{"440606": "广东省佛山市顺德区", "440600": "广东省佛山市", "440000": "广东省", "440003": "广东省", "441900": "广东省东莞市", "330106": "浙江省", "110101": "北京市",
		"100000": "国家市场监督管理总局登记", "999999": "999999"} {
		if got := divisionName(code); got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
}

// licensed is the good package with its licence read as given: `code/name`.
func licensed(licences ...string) string {
	text := strings.Replace(goodPackage, "营业执照.jpg", "营业执照.pdf: license "+licences[0], 1)
	for i, l := range licences[1:] {
		text += "\n[案例]-" + unitA + "+" + caseA + "/营业执照" + string(rune('2'+i)) + ".pdf: license " + l
	}
	return text
}

// A licence that came after the bureau's word says it anew; a form's code counts
// where no licence was read, another paper's only if there is one.
func TestWhoseCredit(t *testing.T) {
	d := newDesk()
	c := d.caseOf(t, licensed(codeFoshan))
	c.Corrections = []Correction{{Field: "credit_code", Value: codeGuangzhou, At: zoned("2024-10-13 09:00:00")}}
	get := func() string { return creditOfCase(c, unitA, "44", d.reading).code }
	if got := get(); got != codeGuangzhou {
		t.Errorf("the bureau's word: %s", got)
	}
	for i := range c.Files {
		c.Files[i].At = zoned("2024-10-14 09:00:00")
	}
	if got := get(); got != codeFoshan {
		t.Errorf("a newer licence: %s", got)
	}
	d = newDesk()
	c = d.caseOf(t, goodPackage)
	for sha, r := range d.read {
		if r.Paper != nil && r.Paper.Form != nil {
			r.Paper.CreditCode = codeGuangzhou
			d.read[sha] = r
		}
	}
	if got := get(); got != codeGuangzhou {
		t.Errorf("the form's: %s", got)
	}
	profile := func(text string) {
		d = newDesk()
		c = d.caseOf(t, goodPackage+"\n[案例]-"+unitA+"+"+caseA+"/简介.docx: docx")
		for sha, r := range d.read {
			if r.Kind == "docx" && r.Paper == nil {
				r.Text = text
				d.read[sha] = r
			}
		}
	}
	if profile("公司简介\n统一社会信用代码：" + codeFoshan); get() != codeFoshan {
		t.Errorf("a profile's: %s", get())
	}
	if profile("统一社会信用代码：91440606MA4UQ8B56O"); get() != "" {
		t.Errorf("a profile's that is wrong: %s", get())
	}
}
