package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anli/parser/form"

	"golang.org/x/text/unicode/norm"
)

// fields are the boxes that must be filled, with the label people know.
var fields = []struct {
	key, code, label string
	get              func(*form.Form) *string
}{
	{"unit", "unit-missing", "参评单位", func(f *form.Form) *string { return &f.Unit }},
	{"case", "case-missing", "参评案例", func(f *form.Form) *string { return &f.Case }},
	{"leader", "leader-missing", "项目主要负责人", func(f *form.Form) *string { return &f.Leader }},
	{"contact", "contact-missing", "日常联系人", func(f *form.Form) *string { return &f.Contact }},
	{"phone", "phone-missing", "联系电话", func(f *form.Form) *string { return &f.Phone }},
	{"email", "email-missing", "邮箱", func(f *form.Form) *string { return &f.Email }},
	{"prior_award", "prior-award-missing", "是否曾经获评其他奖励", func(f *form.Form) *string { return &f.PriorAward }},
	{"intro", "intro-missing", "一、参评单位简介", func(f *form.Form) *string { return &f.Intro }},
	{"background", "background-missing", "（一）项目简介", func(f *form.Form) *string { return &f.Background }},
	{"innovation", "innovation-missing", "（二）技术性与创新性", func(f *form.Form) *string { return &f.Innovation }},
	{"benefit", "benefit-missing", "（三）效益性", func(f *form.Form) *string { return &f.Benefit }},
	{"demonstration", "demonstration-missing", "（四）示范性", func(f *form.Form) *string { return &f.Demonstration }},
}

// corrected puts a value that the bureau gave over the form's own.
func corrected(f form.Form, key, value string) form.Form {
	switch key {
	case "categories":
		f.Categories = strings.Split(value, "、")
		return f
	case "other":
		f.Other = value
		return f
	}
	for _, x := range fields {
		if x.key == key {
			*x.get(&f) = value
		}
	}
	return f
}

// answers: the form itself says something in a box.
func answers(f form.Form, key string) bool {
	switch key {
	case "categories":
		return len(f.Categories) > 0
	case "other":
		return !blank(f.Other)
	case "prior_award":
		return awardSaid(f.PriorAward)
	}
	for _, x := range fields {
		if x.key == key {
			return !blank(*x.get(&f))
		}
	}
	return false
}

// FieldByLabel finds the field a bureau names in 更正; ok is false if none.
func FieldByLabel(label string) (key string, ok bool) {
	aliases := map[string]string{"单位": "unit", "单位名称": "unit", "单位全称": "unit", "参评单位名称": "unit", "申报单位": "unit", "公司名称": "unit", "企业名称": "unit",
		"案例": "case", "案例名称": "case", "项目名称": "case", "参评案例名称": "case", "参评案例项目名称": "case", "负责人": "leader", "项目负责人": "leader", "主要负责人": "leader",
		"联系人": "contact", "电话": "phone", "手机": "phone", "手机号": "phone", "手机号码": "phone", "电话号码": "phone", "联系人电话": "phone",
		"电子邮箱": "email", "电子邮件": "email", "邮件": "email", "邮箱地址": "email", "email": "email", "领域": "categories", "参评领域": "categories",
		"其他领域": "other", "具体领域": "other", "获奖": "prior_award", "其他奖励": "prior_award", "获奖情况": "prior_award", "信用代码": "credit_code", "统一社会信用代码": "credit_code", "社会信用代码": "credit_code", "该案例是否曾经获评其他奖励": "prior_award"}
	for _, x := range fields[:7] {
		aliases[x.label] = x.key
	}
	key, ok = aliases[plainName(label)]
	return key, ok
}

// FieldLabel is the name of a form's field in the words of the form.
func FieldLabel(key string) string {
	for _, x := range fields[:7] {
		if x.key == key {
			return x.label
		}
	}
	return map[string]string{"categories": "参评领域", "other": "其他领域", "credit_code": "统一社会信用代码", "prior_award": "其他奖励"}[key]
}

// placeholder is a mark for something to come; empty are dashes and dots where
// words should be.
var (
	placeholder = regexp.MustCompile(`^[（(【\[“"]*(?:[xX×Ｘｘ○〇]{2,}(?:有限公司|公司)?|待补充?|待填写?|请填写.{0,8}|待定|此处填写.{0,8})[）)】\]”"。.]*$`)
	empty       = regexp.MustCompile(`^[\s\-－—–_＿/／.…·*＊]+$|^[（(]?(?:暂缺|暂无|略)[)）]?。?$`)
)

// blank: nothing stands in a box that must be filled.
func blank(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || placeholder.MatchString(s) || empty.MatchString(s)
}

// checkNames: the short boxes that must be filled.
func checkNames(c Checked) []Finding {
	if !c.HasForm {
		return nil // one cause, one line: the form itself is what lacks
	}
	var out []Finding
	for _, x := range fields[:6] {
		if x.key == "phone" || x.key == "email" || !blank(*x.get(&c.Form)) {
			continue
		}
		out = append(out, c.missing(x.code, x.label))
	}
	return out
}

func (c Checked) missing(code, label string) Finding {
	return finding(code, "error", "text", "reply", fmt.Sprintf("“%s”未填写", label), fmt.Sprintf("可直接回复“更正 %s %s …”。", c.number(), label))
}

// checkCategories: 参评领域 (notice 三).
func checkCategories(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	var out []Finding
	switch n := len(c.Form.Categories); {
	case n == 0:
		out = append(out, finding("category-missing", "error", "text", "reply", "未识别到参评领域的勾选", fmt.Sprintf("请回复领域名称，如“更正 %s 领域 %s”。", c.number(), c.someField())))
	case n > 1 && !slices.Contains(c.Form.Categories, c.Case.Main):
		out = append(out, finding("category-several", "warning", "text", "reply", fmt.Sprintf("参评领域已勾选%d项（%s）", n, strings.Join(c.Form.Categories, "、")),
			fmt.Sprintf("为便于分组评审，请回复主要领域，如“主要领域 %s %s”；其余保留。", c.number(), c.Form.Categories[0])))
	}
	for _, x := range c.Form.Categories {
		if x == c.Settings.Call.OtherField && blank(c.Form.Other) {
			out = append(out, finding("category-other-unexplained", "error", "text", "reply", "勾选了“"+x+"”，未说明具体领域", fmt.Sprintf("请回复具体领域，如“更正 %s 其他领域 …”。", c.number())))
		}
	}
	return out
}

// someField is a field of the call, for an example.
func (c Checked) someField() string {
	const known = "数商兴农"
	if fields := c.Settings.Call.Fields; len(fields) > 0 && !slices.Contains(fields, known) {
		return fields[0]
	}
	return known
}

// awardSaid: 无, / and － are answers; an empty box is not.
func awardSaid(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && !placeholder.MatchString(s)
}

// checkPrior: the box on other awards is empty.
func checkPrior(c Checked) []Finding {
	if !c.HasForm || awardSaid(c.Form.PriorAward) {
		return nil
	}
	return []Finding{finding("prior-award-missing", "warning", "text", "reply", "“是否曾经获评其他奖励”未填写",
		fmt.Sprintf("请回复“更正 %s 其他奖励 无”，或奖项名称、授予单位和年份。", c.number()))}
}

// checkParts: part one and the four parts of part two.
func checkParts(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	var out []Finding
	for _, x := range fields[7:] {
		if blank(*x.get(&c.Form)) && c.pictured(x.key) {
			out = append(out, finding(x.code, "error", "text", "file", fmt.Sprintf("“%s”只有图片，没有文字", x.label), "请将其内容改为文字，图片可附在文字之后。"))
		} else if blank(*x.get(&c.Form)) {
			out = append(out, finding(x.code, "error", "text", "file", fmt.Sprintf("“%s”未填写（空白或仅有表格自带的说明文字）", x.label), "请补充。"))
		}
	}
	return out
}

// pictured: the Word copy has a picture where the part's words should be.
func (c Checked) pictured(key string) bool {
	return slices.ContainsFunc(c.Case.Active(), func(f File) bool {
		r := c.Reading(f.SHA256)
		return f.Role == RoleFormText && r.Paper != nil && slices.Contains(r.Paper.Pictured, key)
	})
}

// checkLengths counts as Word's 字数 does, the form's instructions left out.
func checkLengths(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	var out []Finding
	call := c.Settings.Call
	if n := form.Count(c.Form.Intro); call.IntroLimit > 0 && n > call.IntroLimit {
		severity := "warning"
		if n > max(call.IntroError, call.IntroLimit) {
			severity = "error"
		}
		out = append(out, finding("intro-too-long", severity, "text", "file", fmt.Sprintf("单位简介约%d字（通知要求%d字以内）", n, call.IntroLimit),
			"如需修改请同时更换盖章件；也可只补发一份精简的电子文本，供宣传使用。"))
	}
	n := 0
	for _, part := range []string{c.Form.Background, c.Form.Innovation, c.Form.Benefit, c.Form.Demonstration} {
		if blank(part) {
			return out // one cause, one line: the part itself is told as missing
		}
		n += form.Count(part)
	}
	if n < call.SummaryShort || call.SummaryLong > 0 && n > call.SummaryLong {
		out = append(out, finding("summary-length", "warning", "text", "file", fmt.Sprintf("案例概述约%d字，通知建议%d字左右", n, (call.SummaryShort+call.SummaryLong)/2), ""))
	}
	return out
}

var (
	figure    = regexp.MustCompile(`[\d.,]*\d\s*[余多几]?\s*[千百十]?(?:亿|万|元|%|家|单|件|户|人|吨|个|次|台|套|款|场|平方|亩|倍|美元|kg|㎡)|[一二三四五六七八九十百千两]+[余多]?[万亿千百]+[余多]?[元单件户人家]`)
	yearRange = regexp.MustCompile(`(20\d\d)\s*年?\s*(?:-|至|到)\s*(20\d\d)`)
	lastYears = regexp.MustCompile(`去年|上年|上一年|近[两二三四五]年`)
)

// checkDataYear: business figures of the call's data year in part one or two
// (notice 四、（五）). The year may stand in a range or in words.
func checkDataYear(c Checked) []Finding {
	year := c.Settings.Call.DataYear
	text := strings.Join([]string{c.Form.Intro, c.Form.Background, c.Form.Innovation, c.Form.Benefit, c.Form.Demonstration}, "\n")
	if !c.HasForm || year == 0 || blank(text) {
		return nil
	}
	text = dashMarks.Replace(norm.NFKC.String(text))
	if figure.MatchString(text) && namesYear(text, year) {
		return nil
	}
	return []Finding{finding("data-2023-missing", "warning", "text", "file", fmt.Sprintf("未见%d年度业务数据", year), "建议补充营业收入、电子商务交易额等并注明单位。")}
}

func namesYear(text string, year int) bool {
	for _, s := range []string{fmt.Sprint(year), fmt.Sprintf("%02d年", year%100), chineseYear(year, "〇"), chineseYear(year, "零")} {
		if strings.Contains(text, s) {
			return true
		}
	}
	for _, m := range yearRange.FindAllStringSubmatch(text, -1) {
		if y := fmt.Sprint(year); m[1] <= y && y <= m[2] {
			return true
		}
	}
	return lastYears.MatchString(text)
}

// chineseYear writes 二〇二三 for 2023.
func chineseYear(year int, zero string) string {
	digits := []string{zero, "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	s := ""
	for ; year > 0; year /= 10 {
		s = digits[year%10] + s
	}
	return s
}

// checkPlaceholders: a line that is nothing but a mark for something to come.
func checkPlaceholders(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	for _, x := range fields {
		value := *x.get(&c.Form)
		for _, line := range strings.Split(value, "\n") {
			if l := strings.TrimSpace(line); l != "" && placeholder.MatchString(l) && !blank(value) {
				return []Finding{finding("placeholder-left", "warning", "text", "file", fmt.Sprintf("“%s”中有未填写的内容“%s”", x.label, l), "请补充或删除。")}
			}
		}
	}
	return nil
}

// checkUnits: licence and form, or else folder and form, name another unit. Where
// nothing parts unit and case in the folder's name, or they changed places,
// folder-name says so.
func checkUnits(c Checked) []Finding {
	licence := checkLicensee(c)
	folder := ParseFolder(c.Case.Folder, c.Form.Unit)
	if len(licence) > 0 && licence[0].Audience == "bureau" || !c.HasForm || !folder.Marked || folder.Case == "" || blank(folder.Unit) || blank(c.Form.Unit) ||
		fitsName(folder.Unit, c.Form.Unit) || swapped(folder, c.Form) {
		return licence
	}
	return []Finding{finding("unit-mismatch", "warning", "name", "reply", fmt.Sprintf("文件夹中的单位“%s”与申报表“%s”不一致", folder.Unit, c.Form.Unit),
		"请确认。公示、证书和牌匾将使用营业执照上的全称。")}
}

// checkCases: folder and form name another case.
func checkCases(c Checked) []Finding {
	folder := ParseFolder(c.Case.Folder, c.Form.Unit)
	if !c.HasForm || !folder.Marked || blank(folder.Case) || blank(c.Form.Case) || fitsName(folder.Case, c.Form.Case) || swapped(folder, c.Form) {
		return nil
	}
	return []Finding{finding("case-mismatch", "warning", "name", "reply", fmt.Sprintf("文件夹中的案例“%s”与申报表“%s”不一致", folder.Case, c.Form.Case), "请确认以哪个名称为准。")}
}

// swapped: [案例]-案例名称+单位名称.
func swapped(folder FolderName, f form.Form) bool {
	return folder.Case != "" && LikeName(folder.Case, f.Unit) && fitsName(folder.Unit, f.Case)
}
