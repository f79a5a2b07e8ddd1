package intake

import (
	"strings"
	"testing"

	"anli/parser/form"
)

func noForm(*Case) (form.Form, bool) { return form.Form{}, false }

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
		"plain":                      {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台")},
		"titles, total":              {sheetOf("附件2||||", "佛山市电子商务优秀案例推荐汇总表||||", "填报单位：佛山市商务局（盖章）||||", "序号|地市|申报单位（全称）|参评案例名称|参评领域", "1|佛山市|佛山市某陶建材有限公司|《陶瓷产业带数字化直供》|电商+产业带", "2|佛山市|佛山市某某家居有限公司|泛家居出海服务平台|电商企业", "合计||2个||", "注：以上均经我局审核||||", "填表人：张三||联系电话：0757-83001234||")},
		"short names":                {sheetOf("序号|企业名称|项目名称|联系人", "1|某陶建材|陶瓷数字化直供|张三", "2|佛山某某家居|泛家居出海平台|李四")},
		"head twice":                 {sheetOf("单位|案例|电话", "佛山市某陶建材有限公司|陶瓷产业带数字化直供|1", "单位|案例|电话", "佛山市某某家居有限公司|泛家居出海服务平台|2")},
		"two sheets":                 {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供"), sheetOf("单位名称|案例名称", "佛山市某某家居有限公司|泛家居出海服务平台")},
		"the same twice":             {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台"), sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供")},
		"another table":              {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台"), sheetOf("领域|数量", "电商企业|2")},
		"broken in cells":            {sheetOf("序号|单位\n名称|案例 名称", "1|佛山市某陶建材\n有限公司|陶瓷产业带\n数字化直供", "2|佛山市某某家居有限公司|泛家居出海服务平台")},
		"empty lines":                {sheetOf("序号|单位名称|案例名称", "||", "1|佛山市某陶建材有限公司|陶瓷产业带数字化直供", "2|佛山市某某家居有限公司|泛家居出海服务平台", "3||", "4|/|/")},
		"how to fill in":             {sheetOf("序号|单位名称|案例名称|联系人", "1|佛山市某陶建材有限公司|陶瓷产业带数字化直供|张三", "2|佛山市某某家居有限公司|泛家居出海服务平台|李四", "填表说明|本表由各市商务局填写|每个案例填一行|", "1|单位名称与营业执照一致|不得简写|", "2|案例名称应简明|20字以内|")},
		"signatures":                 {sheetOf("序号|单位名称|案例名称|联系人", "1|佛山市某陶建材有限公司|陶瓷产业带数字化直供|张三", "2|佛山市某某家居有限公司|泛家居出海服务平台|李四", "填表人|王五|审核人|赵六", "推荐单位（盖章）|佛山市商务局|日期|2024年10月12日")},
		"signatures, no numbers":     {sheetOf("单位名称|案例名称|联系人", "佛山市某陶建材有限公司|陶瓷产业带数字化直供|张三", "佛山市某某家居有限公司|泛家居出海服务平台|李四", "制表人|王五|2024年10月", "佛山市商务局|2024年10月12日|")},
		"an opinion":                 {sheetOf("单位名称|案例名称|联系人", "佛山市某陶建材有限公司|陶瓷产业带数字化直供|张三", "佛山市某某家居有限公司|泛家居出海服务平台|李四", "市商务局意见|经审核，同意推荐以上案例。|")},
		"a note between":             {sheetOf("序号|单位名称|案例名称", "1|佛山市某陶建材有限公司|陶瓷产业带数字化直供", "说明：以下为第二批|以下为第二批|以下为第二批", "2|佛山市某某家居有限公司|泛家居出海服务平台")},
		"a note between, no numbers": {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "备注：以下为第二批|以下为第二批", "佛山市某某家居有限公司|泛家居出海服务平台")},
		"names like labels":          {sheetOf("单位名称|案例名称", "佛山市某陶建材有限公司|陶瓷产业带数字化直供", "佛山市某某家居有限公司|泛家居出海服务平台", "注|以上案例")},
		"no such columns":            {sheetOf("姓名|职务", "张三|科长")},
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
		if got := (listCheck{list: true, form: noForm}).compare(rows, casesOf(tao, jia)); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A company whose name begins as a label does is a row of the list.
func TestUnitsLikeLabels(t *testing.T) {
	rows, _ := listedIn(Reading{Tables: [][][]string{sheetOf("单位名称|案例名称", "注塑之家电商有限公司|模具直播", "说明书科技有限公司|电商", "负责人学院|课程电商", "制表匠工作室|钟表直播", "签字笔之家|文具直播", "日期|2024年")}})
	if len(rows) != 5 {
		t.Errorf("%v", rows)
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
		for _, f := range (listCheck{nameless: x.nameless, list: true, form: noForm}).compare(rows, x.cases) {
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
	if got := (listCheck{about: []string{"AL2024-0001"}, form: noForm}).compare(rows, casesOf(tao, shi)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := (listCheck{about: []string{"AL2024-0002"}, form: noForm}).compare(rows, casesOf(tao, shi)); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

// nine are the fields of the call of 2024.
var nine = strings.Fields("电子商务园区 电子商务企业 电商平台 电商服务 电商营销 丝路电商 数商兴农 电商+产业带 其他电子商务")

// Field and phone of the list against those of the forms of two cases: the first is
// 电商+产业带 with 13800001234 of 陈小一, the second 数商兴农 with two numbers.
func TestListBoxes(t *testing.T) {
	forms := map[string]form.Form{
		"AL2024-0001": {Categories: []string{"电商+产业带"}, Contact: "陈小一", Phone: "138 0000 1234"},
		"AL2024-0002": {Categories: []string{"数商兴农", "电商平台"}, Contact: "罗小二、王样本", Phone: "0757-83001234、13900005678"},
	}
	a, b := "1|佛山市某陶建材有限公司|陶瓷产业带数字化直供|", "2|佛山市某某家居有限公司|泛家居出海服务平台|"
	head := "序号|单位名称|案例名称|"
	const fieldA, phoneA = "汇总表中的领域为“%s”，申报材料为“电商+产业带”", "汇总表中的联系电话为“%s”，申报材料为“138 0000 1234”"
	for _, x := range []struct {
		name string
		rows []string
		want string
	}{
		{"another field", []string{head + "参评领域", a + "电商平台", b + "数商兴农"}, strings.Replace(fieldA, "%s", "电商平台", 1)},
		{"two other fields", []string{head + "申报类别", a + "电商平台、丝路电商", b + "数商兴农"}, strings.Replace(fieldA, "%s", "电商平台、丝路电商", 1)},
		{"another field, short", []string{head + "领域", a + "园区", b + "数商兴农"}, strings.Replace(fieldA, "%s", "园区", 1)},
		{"another phone", []string{head + "联系电话", a + "13800009999", b + "13900005678"}, strings.Replace(phoneA, "%s", "13800009999", 1)},
		{"another phone of the same person", []string{head + "联系人|手机号码", a + "陈小一|13800009999", b + "罗小二|13900005678"}, strings.Replace(phoneA, "%s", "13800009999", 1)},
		{"field and phone: one line", []string{head + "领域|电话", a + "丝路电商|020-38009999", b + "数商兴农|83001234"}, strings.Replace(fieldA, "%s", "丝路电商", 1) + "；联系电话为“020-38009999”，申报材料为“138 0000 1234”"},
		{"another field, the row's phone merged", []string{head + "领域|联系电话", a + "电商服务|13800009999", b + "数商兴农|"}, strings.Replace(fieldA, "%s", "电商服务", 1)},

		{"the same", []string{head + "参评领域|联系人|联系电话", a + "电商+产业带|陈小一|13800001234", b + "数商兴农|罗小二|0757-83001234"}, ""},
		{"phone with spaces, with 86", []string{head + "联系电话", a + "+86 138-0000-1234", b + "（0757）8300 1234"}, ""},
		{"86 without a plus, full width", []string{head + "手机", a + "８６１３８００００１２３４", b + "86-139 0000 5678"}, ""},
		{"one of several numbers", []string{head + "联系方式", a + "陈小一：13800001234", b + "王样本 13900005678，罗小二"}, ""},
		{"short words", []string{head + "领域", a + "产业带", b + "兴农"}, ""},
		{"with other signs", []string{head + "参评领域", a + "电商＋产业带类", b + "7.数商兴农"}, ""},
		{"without the sign", []string{head + "参评领域", a + "电商产业带", b + "数商兴农领域"}, ""},
		{"one of two that are ticked", []string{head + "领域", a + "电商+产业带/电商服务", b + "电商平台"}, ""},
		{"names one behind the other", []string{head + "领域", a + "电商平台电商+产业带", b + "数商兴农"}, ""},
		{"a column of trades", []string{head + "类型", a + "陶瓷制造", b + "民营企业"}, ""},
		{"a word of several fields", []string{head + "领域", a + "电商", b + "电子商务"}, ""},
		{"empty and dashes", []string{head + "领域|联系电话", a + "／|—", b + "|无"}, ""},
		{"another person's number", []string{head + "联系人|联系电话", a + "张三|13800009999", b + "罗小二|13900005678"}, ""},
		{"the bureau's number in every row", []string{head + "联系电话", a + "0757-83000000", b + "0757-83000000"}, ""},
		{"the bureau's number in a merged cell", []string{head + "联系电话", a + "0757-83000000", b}, ""},
		{"the bureau's own columns", []string{head + "市局联系人|经办人电话|填报人手机", a + "赵六|0757-83000000|13700000000", b + "钱七|0757-83000001|13700000001"}, ""},
		{"masked", []string{head + "联系电话", a + "138****9999", b + "139****5678"}, ""},
		{"a number that a sheet shortened", []string{head + "联系电话", a + "1.38E+10", b + "1.39E+10"}, ""},
		{"total and serial rows", []string{head + "领域|联系电话", a + "产业带|13800001234", b + "数商兴农|13900005678", "3|||", "合计|2个||电商平台|", "注：13800009999||||"}, ""},
		{"a sheet of other things behind", []string{head + "领域|联系电话", a + "产业带|13800001234", b + "数商兴农|13900005678", "=", "领域|数量|联系电话", "电商平台|2|13800009999"}, ""},
	} {
		tables := [][][]string{nil}
		for _, r := range sheetOf(x.rows...) {
			if n := len(tables) - 1; r[0] == "=" {
				tables = append(tables, nil)
			} else {
				tables[n] = append(tables[n], r)
			}
		}
		rows, _ := listedIn(Reading{Tables: tables})
		if len(rows) != 2 {
			t.Errorf("%s: %d rows", x.name, len(rows))
		}
		k := listCheck{fields: nine, list: true, form: func(c *Case) (form.Form, bool) { return forms[c.Number], true }}
		var got []string
		for _, f := range k.compare(rows, casesOf(tao, jia)) {
			got = append(got, strings.TrimPrefix(f.Message, "佛山市某陶建材有限公司《陶瓷产业带数字化直供》："))
			if !strings.Contains(f.Fix, "更正 AL2024-0001 ") {
				t.Errorf("%s: no cure in %q", x.name, f.Fix)
			}
		}
		if strings.Join(got, "\n") != x.want {
			t.Errorf("%s:\n got %s\nwant %s", x.name, strings.Join(got, "\n"), x.want)
		}
	}
}

// A main field that the bureau named by mail is one of the case's fields.
func TestListAgainstMain(t *testing.T) {
	c := casesOf(tao)[0]
	c.Main = "丝路电商"
	k := listCheck{fields: nine, list: true, form: func(*Case) (form.Form, bool) { return form.Form{Categories: []string{"电商+产业带"}}, true }}
	if got := k.compare([]listedCase{{unit: c.Unit, title: c.Case, field: "丝路电商"}}, []*Case{c}); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}
