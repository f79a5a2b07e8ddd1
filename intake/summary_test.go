package intake

import (
	"strings"
	"testing"
)

// sheetOf makes a table of lines; | parts cells.
func sheetOf(lines ...string) [][]string {
	var out [][]string
	for _, l := range lines {
		out = append(out, strings.Split(l, "|"))
	}
	return out
}

func casesOf(names ...string) []*Case {
	var out []*Case
	for i, n := range names {
		unit, title, _ := strings.Cut(n, "+")
		out = append(out, &Case{Number: "AL2024-000" + string(rune('1'+i)), City: "佛山市", Unit: unit, Case: title, Stage: StageComplete})
	}
	return out
}

const (
	tao   = "佛山市某陶建材有限公司+陶瓷产业带数字化直供"
	jia   = "佛山市某某家居有限公司+泛家居出海服务平台"
	shi   = "佛山市甲乙食品有限公司+直播进工厂"
	other = "佛山市某某家居有限公司+家居直播基地"
)

// A correct list raises nothing, however it is laid out.
func TestCorrectListIsSilent(t *testing.T) {
	for name, tables := range map[string][][][]string{
		"plain":           {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台")},
		"titles, total":   {sheetOf("附件2||||", "佛山市电子商务优秀案例推荐汇总表||||", "填报单位：佛山市商务局（盖章）||||", "序号|地市|申报单位（全称）|参评案例名称|参评领域", "1|佛山市|佛山市某陶建材有限公司|《陶瓷产业带数字化直供》|电商+产业带", "2|佛山市|佛山市某某家居有限公司|泛家居出海服务平台|电商企业", "合计||2个||", "注：以上均经我局审核||||", "填表人：张三||联系电话：0757-83001234||")},
		"short names":     {sheetOf("序号|企业名称|项目名称|联系人", "1|某陶建材|陶瓷数字化直供|张三", "2|佛山某某家居|泛家居出海平台|李四")},
		"head twice":      {sheetOf("单位|案例|电话", "佛山市某陶建材有限公司|陶瓷产业带数字化直供|1", "单位|案例|电话", "佛山市某某家居有限公司|泛家居出海服务平台|2")},
		"two sheets":      {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供"), sheetOf("单位名称|案例名称", "佛山市某某家居有限公司|泛家居出海服务平台")},
		"the same twice":  {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台"), sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供")},
		"another table":   {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台"), sheetOf("领域|数量", "电商企业|2")},
		"broken in cells": {sheetOf("序号|单位\n名称|案例 名称", "1|佛山市某陶建材\n有限公司|陶瓷产业带\n数字化直供", "2|佛山市某某家居有限公司|泛家居出海服务平台")},
		"empty lines":     {sheetOf("序号|单位名称|案例名称", "||", "1|佛山市某陶建材有限公司|陶瓷产业带数字化直供", "2|佛山市某某家居有限公司|泛家居出海服务平台", "3||", "4|/|/")},
		"no such columns": {sheetOf("姓名|职务", "张三|科长")},
	} {
		rows, whole := listedIn(Reading{Tables: tables})
		if !whole {
			t.Errorf("%s: not whole", name)
		}
		if name != "no such columns" && len(rows) != 2 {
			t.Errorf("%s: %d rows: %v", name, len(rows), rows)
		}
		if len(rows) == 0 {
			continue
		}
		if got := compareList(rows, casesOf(tao, jia), 0, true, nil); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A list of what is not recommended, or of how to fill in, is none.
func TestOtherSheetsAreNoList(t *testing.T) {
	rows, _ := listedIn(Reading{Text: "推荐\n备选", Tables: [][][]string{sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供"), sheetOf("单位名称|案例名称", "佛山市甲乙食品有限公司|直播进工厂")}})
	if len(rows) != 1 || rows[0].unit != "佛山市某陶建材有限公司" {
		t.Errorf("%v", rows)
	}
}

func TestListAgainstCases(t *testing.T) {
	list := sheetOf("序号|单位名称|案例名称", "1|佛山市某陶建材有限公司|陶瓷产业带数字化直供", "2|佛山市某某家居有限公司|泛家居出海服务平台")
	for _, x := range []struct {
		name     string
		table    [][]string
		cases    []*Case
		nameless int
		want     string
	}{
		{"one did not come", list, casesOf(tao), 0, "贵局汇总表列有2个案例，目前收到1个；未收到：佛山市某某家居有限公司《泛家居出海服务平台》"},
		{"it may be the one that cannot be read", list, casesOf(tao), 1, ""},
		{"none came", list, nil, 0, "贵局汇总表列有2个案例，目前收到0个；未收到：佛山市某陶建材有限公司《陶瓷产业带数字化直供》、佛山市某某家居有限公司《泛家居出海服务平台》"},
		{"one too many", list, casesOf(tao, jia, shi), 0, "收到的案例中有1个不在贵局汇总表中：佛山市甲乙食品有限公司《直播进工厂》"},
		{"one for another", list, casesOf(tao, shi), 0, "贵局汇总表列有2个案例，目前收到2个；未收到：佛山市某某家居有限公司《泛家居出海服务平台》\n收到的案例中有1个不在贵局汇总表中：佛山市甲乙食品有限公司《直播进工厂》"},
		{"another case of the unit", list, casesOf(tao, other), 0, "佛山市某某家居有限公司《家居直播基地》：汇总表中的案例为“泛家居出海服务平台”，申报材料为“家居直播基地”"},
		{"another unit", list, casesOf(tao, "佛山市乙丙贸易有限公司+泛家居出海服务平台"), 0, "佛山市乙丙贸易有限公司《泛家居出海服务平台》：汇总表中的单位为“佛山市某某家居有限公司”，申报材料为“佛山市乙丙贸易有限公司”"},
		{"two cases of one unit", sheetOf("单位名称|案例名称", "佛山市某某家居有限公司|泛家居出海服务平台", "佛山市某某家居有限公司|家居直播基地"), casesOf(other, jia), 0, ""},
	} {
		rows, _ := listedIn(Reading{Tables: [][][]string{x.table}})
		var got []string
		for _, f := range compareList(rows, x.cases, x.nameless, true, nil) {
			got = append(got, f.Message)
			if f.Code != "summary-mismatch" || f.Severity != "warning" || f.Audience != "bureau" {
				t.Errorf("%s: %+v", x.name, f)
			}
		}
		if strings.Join(got, "\n") != x.want {
			t.Errorf("%s:\n got %s\nwant %s", x.name, strings.Join(got, "\n"), x.want)
		}
	}
}

// Without a new list only the cases that just came are asked about, and nothing is
// told as missing.
func TestListIsNotToldAgain(t *testing.T) {
	rows, _ := listedIn(Reading{Tables: [][][]string{sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台")}})
	if got := compareList(rows, casesOf(tao, shi), 0, false, []string{"AL2024-0001"}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := compareList(rows, casesOf(tao, shi), 0, false, []string{"AL2024-0002"}); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}
