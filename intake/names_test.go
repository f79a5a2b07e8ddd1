package intake

import "testing"

func TestParseFolder(t *testing.T) {
	for _, c := range []struct {
		name, formUnit string
		want           FolderName
	}{
		{"[案例]-甲家居有限公司+平台", "", FolderName{true, true, true, "甲家居有限公司", "平台"}},
		{"【案例】-甲家居有限公司+平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"［案例］－甲家居有限公司＋平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"（案例）甲家居有限公司+平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"[案例]甲家居有限公司+平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"[案例] - 甲家居有限公司 + 平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"[案例]——甲家居有限公司+平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"[ 案例 ]-甲家居有限公司+平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"1.[案例]-甲家居有限公司+平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"案例-甲家居有限公司+平台", "", FolderName{true, false, true, "甲家居有限公司", "平台"}},
		{"[案例]-甲+乙科技有限公司+平台", "甲+乙科技有限公司", FolderName{true, true, true, "甲+乙科技有限公司", "平台"}},
		{"[案例]-甲＋乙科技（佛山）有限公司+平台", "甲+乙科技(佛山)有限公司", FolderName{true, true, true, "甲＋乙科技（佛山）有限公司", "平台"}},
		{"[案例]-甲+乙科技有限公司+平台", "", FolderName{true, true, true, "甲+乙科技有限公司", "平台"}},
		{"[案例]-甲家居有限公司+电商+产业带平台", "", FolderName{true, true, true, "甲家居有限公司", "电商+产业带平台"}},
		{"[案例]-甲家居+电商+产业带", "某甲家居有限公司", FolderName{true, true, true, "甲家居", "电商+产业带"}},
		{"[案例]-甲家居有限公司-平台", "", FolderName{true, false, false, "甲家居有限公司", "平台"}},
		{"[案例]-甲家居有限公司 平台", "", FolderName{true, false, false, "甲家居有限公司", "平台"}},
		{"[案例]-甲家居有限公司", "", FolderName{true, false, false, "甲家居有限公司", ""}},
		{"[案例]-单位名称+案例名称", "", FolderName{true, false, true, "", ""}},
		{"甲家居有限公司+平台", "", FolderName{false, false, true, "甲家居有限公司", "平台"}},
		{"案例材料", "", FolderName{false, false, false, "案例材料", ""}},
		{"附件", "", FolderName{false, false, false, "附件", ""}},
		{"优秀案例-广州", "", FolderName{false, false, false, "优秀案例-广州", ""}},
		{"", "", FolderName{}},
	} {
		if got := ParseFolder(c.name, c.formUnit); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestNamesAsPeopleCompareThem(t *testing.T) {
	for _, c := range []struct {
		a, b             string
		same, like, fits bool
	}{
		{"某甲（佛山）家居有限公司", "某甲(佛山)家居有限公司", true, true, true},
		{"某甲 家居　有限公司", "某甲家居有限公司", true, true, true},
		{"ＡＢＣ科技有限公司", "abc科技有限公司", true, true, true},
		{"“家居”平台：一期", "家居平台一期", true, true, true},
		{"⼴州某甲家居有限公司", "广州某甲家居有限公司", true, true, true}, // a radical out of a PDF
		{"某甲家居有限责任公司", "某甲家居有限公司", false, true, true},
		{"广州市某甲家居有限公司", "广州某甲家居有限公司", false, true, true},
		{"广东省某甲家居有限公司", "某甲家居有限公司", false, true, true},
		{"某甲家居", "佛山市某甲家居有限公司", false, true, true},
		{"某甲", "佛山市某甲家居有限公司", false, false, true}, // too short to tell cases apart
		{"佛山某甲公司", "佛山市某甲家居有限公司", false, false, true},
		{"佛山市某甲家居有限公司", "佛山市某乙家居有限公司", false, false, false},
		{"佛山市某甲家居有限公司", "佛山市某甲陶瓷有限公司", false, false, false},
		{"", "", false, false, true},
		{"", "某甲", false, false, false},
		{"++", "某甲", false, false, false},
	} {
		for _, x := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if same, like, fits := SameName(x[0], x[1]), LikeName(x[0], x[1]), fitsName(x[0], x[1]); same != c.same || like != c.like || fits != c.fits {
				t.Errorf("%q %q: same %v like %v fits %v", x[0], x[1], same, like, fits)
			}
		}
	}
}

func TestCityIn(t *testing.T) {
	cities := []string{"广州市", "佛山市", "中山市"}
	for text, want := range map[string]string{"佛山市推荐材料": "佛山市", "佛山推荐，佛山市": "佛山市", "广东省推荐": "", "广州、佛山": "", "": ""} {
		if got := cityIn(text, cities); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestForFolderLeavesOutWhatWindowsForbids(t *testing.T) {
	for s, want := range map[string]string{`甲/乙:"丙"*?<>|\丁`: "甲乙丙丁", " 甲. ": "甲", "甲\n乙": "甲乙", "甲（乙）": "甲（乙）"} {
		if got := forFolder(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}
