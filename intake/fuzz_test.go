package intake

import (
	"strings"
	"testing"
)

// FuzzNames: names of any kind are taken apart and compared without a fault, and
// what is taken apart was there.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"[案例]-甲+乙科技有限公司+平台", "【案例】甲＋乙", "案例-甲 乙+", "020-38001234转801", "ds＠qiye。example", "申报表（盖章）.pdf", "a/照片.zip/1.jpg", "\xff+\xfe"} {
		f.Add(s, "甲+乙科技有限公司")
	}
	f.Fuzz(func(t *testing.T, s, other string) {
		n := ParseFolder(s, other)
		if !strings.Contains(s, n.Unit) || !strings.Contains(s, n.Case) || n.Exact && !(n.Marked && n.Plus && n.Unit != "" && n.Case != "") {
			t.Errorf("%q %q: %+v", s, other, n)
		}
		if SameName(s, other) != SameName(other, s) || LikeName(s, other) != LikeName(other, s) || fitsName(s, other) != fitsName(other, s) {
			t.Errorf("%q and %q compare one way only", s, other)
		}
		if SameName(s, other) && !(LikeName(s, other) && fitsName(s, other)) && len([]rune(stemName(s))) > 0 {
			t.Errorf("%q and %q are the same and not alike", s, other)
		}
		phoneWrong(s)
		if role, _ := roleOf(s, Reading{}, nil, other); role.Title() == "" {
			t.Errorf("%q: role %q", s, role)
		}
		if p := strings.Trim(s, "/"); p != "" && p != "." {
			d := Group([]Piece{{Path: p, SHA256: "1"}, {Path: "申报表.docx", SHA256: "2"}}, func(string) Reading { return Reading{} }, nil)
			if len(d.Packages) == 0 && len(d.Documents) == 0 {
				t.Errorf("%q: nothing is left", p)
			}
		}
	})
}

// FuzzDishonest: whatever a list holds, no person's number is kept, and every row
// that is kept can be found again.
func FuzzDishonest(f *testing.F) {
	for _, s := range []string{"序号|被执行人姓名/名称|身份证号码/组织机构代码\n1|某甲公司|91350100M000100Y43\n2|张三|440601198001011234", "名称\n某甲公司", "某甲公司|M000100Y-4", "|||\n名称|代码"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var table [][]string
		for _, line := range strings.Split(text, "\n") {
			table = append(table, strings.Split(line, "|"))
		}
		list, problems := ReadDishonest(Reading{Tables: [][][]string{table}})
		if len(list) == 0 && len(problems) == 0 {
			t.Error("nothing, and nobody is told")
		}
		found := byKey(list)
		for _, d := range list {
			if d.Code != "" && !CreditCodeValid(d.Code) && !(len(d.Code) == 9 && orgCheck(d.Code)) {
				t.Errorf("%+v", d)
			}
			for _, key := range d.keys() {
				if len(found[key]) == 0 {
					t.Errorf("%+v is not found by %s", d, key)
				}
			}
		}
	})
}
