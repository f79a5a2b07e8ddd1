package review

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var callFields = []string{"电子商务园区", "电子商务企业", "电商平台", "电商服务", "电商营销", "丝路电商", "数商兴农", "电商+产业带", "其他电子商务"}

// read reads a table written as lines of cells parted by |; \n is a break in a cell.
func read(table string) (experts []Expert, problems []string) {
	var rows [][]string
	for _, line := range strings.Split(strings.Trim(table, "\n"), "\n") {
		var row []string
		for _, cell := range strings.Split(line, "|") {
			row = append(row, strings.ReplaceAll(cell, `\n`, "\n"))
		}
		rows = append(rows, row)
	}
	experts, found := ReadRoster(rows, callFields)
	for _, p := range found {
		mark := "! "
		if p.Hint {
			mark = "? "
		}
		problems = append(problems, mark+p.String())
	}
	return experts, problems
}

func TestReadRoster(t *testing.T) {
	experts, problems := read(`
广东省电子商务优秀案例评审专家名单||||||
（2024年11月）
序号|* 姓 名|职称|工作单位|邮箱（必填）|专业领域|需回避单位（如有）|备用邮箱
1|王　明|教授|中山某某大学|Wang@Uni.example|电商平台、数商兴农|佛山某某家居有限公司；甲集团|WANG2@uni.example

2|李丽教授||某某研究院|li@firm.example，li2＠firm。example|电子商务服务/园区|无|
3|Anna de Vries||Data Co., Ltd.|<a.vries@data.example>; mailto:anna@data.example|全部|Example Trading Co., Ltd.,Other Inc\n91440101MA5CXXXX1X|
序号|姓名||工作单位|邮箱|专业领域|需回避单位|
4|欧阳老师||某某协会|ouyang @ assoc.example 或 o@assoc.example|电商＋产业带|本单位|
|合计：4人|||||
注：以上专家已确认||||||`)
	want := []Expert{
		{"王明", []string{"wang@uni.example", "wang2@uni.example"}, "中山某某大学", []string{"电商平台", "数商兴农"}, []string{"佛山某某家居有限公司", "甲集团"}},
		{"李丽", []string{"li@firm.example", "li2@firm.example"}, "某某研究院", []string{"电商服务", "电子商务园区"}, nil},
		{"Anna de Vries", []string{"a.vries@data.example", "anna@data.example"}, "Data Co., Ltd.", nil, []string{"Example Trading Co., Ltd.", "Other Inc", "91440101MA5CXXXX1X"}},
		{"欧阳", []string{"ouyang@assoc.example", "o@assoc.example"}, "某某协会", []string{"电商+产业带"}, nil},
	}
	if !reflect.DeepEqual(experts, want) {
		t.Errorf("got\n%+v\nwant\n%+v", experts, want)
	}
	if !slices.Equal(problems, []string{"? 第4行：回避单位“甲集团”较短，将回避名称中含有这几个字的所有单位"}) {
		t.Errorf("problems %q", problems)
	}
}

func TestReadRosterNamesMistakes(t *testing.T) {
	head := "专家|单位|电子邮件|研究方向|回避单位\n"
	for _, x := range []struct {
		rows string
		want []string
		n    int // experts
	}{
		{"王某|甲校||电商平台|", []string{"! 第2行：王某缺少邮箱"}, 0},
		{"|甲校|w@a.example||", []string{"! 第2行：缺少姓名（邮箱：w@a.example）"}, 0},
		{"|甲校|||", []string{"! 第2行：缺少姓名和邮箱（该行内容：甲校）"}, 0},
		{"王某|甲校|w@a.example||某某公司\n||||其他公司", []string{"! 第3行：缺少姓名和邮箱（该行内容：其他公司）"}, 1}, // would be lost
		{"王某|甲校|w@a.example||\n||||无\n说明|说明|说明|说明|说明", nil, 1},
		{"王某|甲校|w@a||", []string{"! 第2行：邮箱“w@a”格式有误"}, 0},
		{"王某|甲校|w.a.example||", []string{"! 第2行：邮箱“w.a.example”格式有误"}, 0},
		{"王某|甲校|13800138000||", []string{"! 第2行：邮箱“13800138000”格式有误"}, 0},
		{"王某|甲校|w..x@a.example||", []string{"! 第2行：邮箱“w..x@a.example”格式有误"}, 0},
		{"王某|甲校|w@@a.example||", []string{"! 第2行：邮箱“w@@a.example”格式有误"}, 0},
		{"王某|甲校|w@a.example;x@b||", []string{"! 第2行：邮箱“x@b”格式有误"}, 1},
		{"王某|甲校|w@a.example||\n|\n李某|乙校|L@b.example W@A.example||", []string{"! 第4行：邮箱“w@a.example”与第2行（王某）重复"}, 2},
		{"王某|甲校|w@a.example||\n李某|乙校|w@a.example||", []string{"! 第3行：邮箱“w@a.example”与第2行（王某）重复"}, 1},
		{"王某|甲校|w@a.example||\n王某|乙校|w@b.example||", []string{"? 第3行：与第2行的专家同名（王某），按邮箱区分；如为同一人，请合并为一行"}, 2},
		{"王某|甲校|w@a.example|电商平合|", []string{"? 第2行：领域“电商平合”不在本次征集的领域之内，最接近的是“电商平台”；分配案例时不按此项匹配"}, 1},
		{"王某|甲校|w@a.example|供应链|", []string{"? 第2行：领域“供应链”不在本次征集的领域之内；分配案例时不按此项匹配"}, 1},
		{"王某|无|w@a.example||", []string{"? 第2行：王某未填单位，无法按所在单位核对回避"}, 1},
		{"王某|甲校|w@a.example||甲", []string{"! 第2行：回避单位“甲”过短，无法核对"}, 1},
		{"王某|甲校|w@a.example||美的", []string{"? 第2行：回避单位“美的”较短，将回避名称中含有这几个字的所有单位"}, 1},
		{"||||", []string{"! 名单中没有专家"}, 0},
	} {
		experts, problems := read(head + x.rows)
		if !slices.Equal(problems, x.want) || len(experts) != x.n {
			t.Errorf("%q: %d experts, %q, want %d, %q", x.rows, len(experts), problems, x.n, x.want)
		}
	}
}

func TestReadRosterWithoutHead(t *testing.T) {
	for table, want := range map[string]string{
		"":                          "! 没有找到表头：名单须有“姓名”和“邮箱”两列",
		"王某|w@a.example":            "! 没有找到表头：名单须有“姓名”和“邮箱”两列",
		"名单\n姓名|单位\n王某|甲校":          "! 第2行：表头没有“邮箱”列",
		"单位|E-mail\n甲校|w@a.example": "! 第1行：表头没有“姓名”列",
	} {
		if experts, problems := read(table); len(experts) > 0 || !slices.Equal(problems, []string{want}) {
			t.Errorf("%q: %v %q", table, experts, problems)
		}
	}
}

// A word of an expert's field is a field of the call only if it can be no other.
func TestFieldNamed(t *testing.T) {
	for _, x := range []struct {
		word, want string
		known      bool
	}{
		{"电商平台", "电商平台", true},
		{"电子商务平台", "电商平台", true},
		{"电商园区", "电子商务园区", true},
		{"园区", "电子商务园区", true},
		{"电商产业带", "电商+产业带", true},
		{"电商＋产业带", "电商+产业带", true},
		{"其他", "其他电子商务", true},
		{"电商", "电子商务园区", false},
		{"数商兴衣", "数商兴农", false},
		{"物流", "", false},
	} {
		if got, known := fieldNamed(x.word, callFields); got != x.want || known != x.known {
			t.Errorf("%s: %q %v, want %q %v", x.word, got, known, x.want, x.known)
		}
	}
}

func TestSplitUnits(t *testing.T) {
	for cell, want := range map[string][]string{
		"甲公司、乙公司，丙公司;丁公司\n戊公司／己公司":   {"甲公司", "乙公司", "丙公司", "丁公司", "戊公司", "己公司"},
		"甲公司 乙（广州）有限公司　丙集团":          {"甲公司", "乙（广州）有限公司", "丙集团"},
		"广州 某某有限公司":                  {"广州 某某有限公司"},
		"甲公司（含子公司、分公司）、乙公司":          {"甲公司（含子公司、分公司）", "乙公司"},
		"Alpha Co., Ltd., Beta Inc.": {"Alpha Co., Ltd.", "Beta Inc."},
		"甲公司（含子公司\n乙公司":              {"甲公司（含子公司", "乙公司"},
	} {
		if got := splitUnits(cell); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestDiff(t *testing.T) {
	old := []Expert{
		{Name: "王某", Addresses: []string{"w@a.example"}, Organisation: "甲校", Fields: []string{"电商平台"}},
		{Name: "李某", Addresses: []string{"l@a.example"}, Avoid: []string{"某某公司"}},
		{Name: "赵某", Addresses: []string{"z@a.example"}},
		{Name: "孙某", Addresses: []string{"s@a.example"}},
	}
	if got := Diff(old, slices.Clone(old)); len(got) != 0 {
		t.Errorf("the same list: %q", got)
	}
	new := []Expert{
		{Name: "赵某", Addresses: []string{"zhao@b.example"}},                                 // by name
		{Name: "王明", Addresses: []string{"m@b.example", "w@a.example"}, Organisation: "甲校"}, // by address
		{Name: "孙某", Addresses: []string{"s@a.example"}},
		{Name: "孙某", Addresses: []string{"s2@a.example"}, Organisation: "乙校", Fields: []string{"电商服务"}, Avoid: []string{"丙公司"}},
	}
	want := []string{
		"新增：孙某（s2@a.example；乙校；领域：电商服务；回避：丙公司）",
		"删除：李某（l@a.example；回避：某某公司）",
		"变更：赵某　邮箱由“z@a.example”改为“zhao@b.example”",
		"变更：王明　姓名由“王某”改为“王明”；邮箱由“w@a.example”改为“m@b.example、w@a.example”；领域由“电商平台”改为“无”",
	}
	if got := Diff(old, new); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Of two who bear one name a third may be either, or neither.
func TestDiffOfNamesakes(t *testing.T) {
	old := []Expert{{Name: "孙某", Addresses: []string{"s1@a.example"}}, {Name: "孙某", Addresses: []string{"s2@a.example"}}}
	want := []string{"新增：孙某（s3@a.example）", "删除：孙某（s1@a.example）", "删除：孙某（s2@a.example）"}
	if got := Diff(old, []Expert{{Name: "孙某", Addresses: []string{"s3@a.example"}}}); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// FuzzReadRoster: whatever the table, each expert has a name and addresses that
// no other has.
func FuzzReadRoster(f *testing.F) {
	f.Add("姓名|邮箱|单位|领域|回避单位\n王某|w@a.example、x@a.example|甲校|电商平台|某某公司")
	f.Add("名单\n专家|E-mail\n|a@b\n李某 教授|<l@b.example>;l。b@c.example")
	f.Fuzz(func(t *testing.T, table string) {
		experts, _ := read(table)
		seen := map[string]bool{}
		for _, e := range experts {
			if e.Name == "" || strings.ContainsAny(e.Name+e.Organisation+strings.Join(e.Avoid, ""), "\r\n\t") {
				t.Errorf("%+v", e)
			}
			for _, a := range e.Addresses {
				if seen[a] || a != strings.ToLower(a) || strings.Count(a, "@") != 1 || strings.ContainsFunc(a, func(r rune) bool { return r <= ' ' || r > '~' }) {
					t.Errorf("address %q of %+v", a, e)
				}
				seen[a] = true
			}
			if e.Address() == "" {
				t.Errorf("no address: %+v", e)
			}
		}
		if d := Diff(experts, experts); len(d) != 0 && !namesakes(experts) {
			t.Error(fmt.Sprint(d))
		}
	})
}

func namesakes(experts []Expert) bool {
	return slices.ContainsFunc(experts, func(e Expert) bool { return bearers(experts, e.Name) > 1 })
}
