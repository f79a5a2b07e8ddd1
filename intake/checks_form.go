package intake

import (
	"fmt"
	"regexp"
	"strings"

	"anli/parser/form"

	"golang.org/x/text/width"
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

// FieldByLabel finds the field a bureau names in 更正; ok is false if none.
func FieldByLabel(label string) (key string, ok bool) {
	aliases := map[string]string{"单位": "unit", "单位名称": "unit", "案例": "case", "案例名称": "case", "项目名称": "case", "负责人": "leader",
		"联系人": "contact", "电话": "phone", "手机": "phone", "联系电话": "phone", "电子邮箱": "email", "邮件": "email", "领域": "categories",
		"参评领域": "categories", "其他领域": "other", "获奖": "prior_award", "其他奖励": "prior_award", "是否曾经获评其他奖励": "prior_award"}
	for _, x := range fields[:7] {
		aliases[x.label] = x.key
	}
	key, ok = aliases[label]
	return key, ok
}

// placeholder is a box that holds nothing but a mark for something to come.
var placeholder = regexp.MustCompile(`^(?:[xX×＊*_.…]{2,}|待补充|待填写|请填写|待定|暂缺|略)$`)

func blank(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || placeholder.MatchString(s)
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

// checkContacts: a telephone number and a mail address that can be used.
func checkContacts(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	var out []Finding
	if blank(c.Form.Phone) {
		out = append(out, c.missing("phone-missing", "联系电话"))
	} else if why := phoneWrong(c.Form.Phone); why != "" {
		out = append(out, finding("phone-invalid", "error", "text", "reply", fmt.Sprintf("联系电话“%s”%s", c.Form.Phone, why),
			fmt.Sprintf("直接回复“更正 %s 联系电话 正确号码”即可，无需重新盖章。", c.number())))
	}
	if blank(c.Form.Email) {
		out = append(out, c.missing("email-missing", "邮箱"))
	} else if !mailAddress.MatchString(width.Narrow.String(c.Form.Email)) {
		out = append(out, finding("email-invalid", "error", "text", "reply", fmt.Sprintf("邮箱“%s”格式有误", c.Form.Email),
			fmt.Sprintf("直接回复“更正 %s 邮箱 正确地址”即可，无需重新盖章。", c.number())))
	}
	return out
}

var (
	mailAddress = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
	phoneSplit  = regexp.MustCompile(`[、，,;；/\s]+|或`)
	mobile      = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landLine    = regexp.MustCompile(`^(?:0\d{2,3})?[2-9]\d{6,7}(?:(?:转|x|ext)?\d{1,6})?$`)
	extension   = regexp.MustCompile(`(?:转|分机|x|ext\.?|#)\d{1,6}$|-\d{1,5}$`)
	country     = regexp.MustCompile(`^(?:\+|00)?86`)
)

// phoneWrong says what is wrong when none of the numbers given is a Chinese
// mobile or land line; "" when one is.
func phoneWrong(s string) string {
	var digits string
	for _, part := range phoneSplit.Split(width.Narrow.String(s), -1) {
		d := phoneDigits(part)
		if mobile.MatchString(d) || landLine.MatchString(d) {
			return ""
		}
		if len(d) > len(digits) {
			digits = d
		}
	}
	switch {
	case strings.HasPrefix(digits, "1") && len(digits) > 7 && len(digits) < 11:
		return fmt.Sprintf("少%d位", 11-len(digits))
	case strings.HasPrefix(digits, "1") && len(digits) > 11:
		return fmt.Sprintf("多%d位", len(digits)-11)
	case digits == "":
		return "不是电话号码"
	}
	return "不是完整的手机或固定电话号码"
}

func phoneDigits(s string) string {
	s = country.ReplaceAllString(strings.TrimSpace(s), "")
	if e := extension.FindString(s); e != "" && len(s)-len(e) >= 7 {
		s = strings.TrimSuffix(s, e)
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// checkCategories: 参评领域 (notice 三).
func checkCategories(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	var out []Finding
	switch n := len(c.Form.Categories); {
	case n == 0:
		out = append(out, finding("category-missing", "error", "text", "reply", "未识别到参评领域的勾选", fmt.Sprintf("请回复领域名称，如“更正 %s 领域 数商兴农”。", c.number())))
	case n > 1:
		out = append(out, finding("category-several", "warning", "text", "reply", fmt.Sprintf("参评领域已勾选%d项（%s）", n, strings.Join(c.Form.Categories, "、")),
			fmt.Sprintf("如需调整，可回复“更正 %s 领域 数商兴农”。", c.number())))
	}
	for _, x := range c.Form.Categories {
		if x == c.Settings.Call.OtherField && blank(c.Form.Other) {
			out = append(out, finding("category-other-unexplained", "error", "text", "reply", "勾选了“"+x+"”，未说明具体领域", fmt.Sprintf("请回复具体领域，如“更正 %s 其他领域 …”。", c.number())))
		}
	}
	return out
}

// checkPrior: 无, / and － are answers; an empty box is not.
func checkPrior(c Checked) []Finding {
	if !c.HasForm || strings.TrimSpace(c.Form.PriorAward) != "" {
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
		if blank(*x.get(&c.Form)) {
			out = append(out, finding(x.code, "error", "text", "file", fmt.Sprintf("“%s”未填写（空白或仅有表格自带的说明文字）", x.label), "请补充。"))
		}
	}
	return out
}

// checkLengths counts as Word's 字数 does, the form's instructions left out.
func checkLengths(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	var out []Finding
	call := c.Settings.Call
	if n := form.Count(c.Form.Intro); n > call.IntroLimit {
		severity := "warning"
		if n > call.IntroError {
			severity = "error"
		}
		out = append(out, finding("intro-too-long", severity, "text", "file", fmt.Sprintf("单位简介约%d字（通知要求%d字以内）", n, call.IntroLimit),
			"如需修改请同时更换盖章件；也可只补发一份精简的电子文本，供宣传使用。"))
	}
	n := form.Count(c.Form.Background) + form.Count(c.Form.Innovation) + form.Count(c.Form.Benefit) + form.Count(c.Form.Demonstration)
	if n > 0 && (n < call.SummaryShort || n > call.SummaryLong) {
		out = append(out, finding("summary-length", "warning", "text", "file", fmt.Sprintf("案例概述约%d字，通知建议2000字左右", n), ""))
	}
	return out
}

var figure = regexp.MustCompile(`\d[\d,.]*\s*(?:亿|万|元|%|％|家|单|件|户|人|吨)`)

// checkDataYear: business figures of the call's data year in part one or two
// (notice 四、（五）).
func checkDataYear(c Checked) []Finding {
	year := c.Settings.Call.DataYear
	if !c.HasForm || year == 0 || blank(c.Form.Intro) && blank(c.Form.Benefit) {
		return nil
	}
	text := strings.Join([]string{c.Form.Intro, c.Form.Background, c.Form.Innovation, c.Form.Benefit, c.Form.Demonstration}, "\n")
	text = width.Narrow.String(text)
	if strings.Contains(text, fmt.Sprint(year)) && figure.MatchString(text) || strings.Contains(text, fmt.Sprintf("%d年", year%100)) && figure.MatchString(text) {
		return nil
	}
	return []Finding{finding(fmt.Sprintf("data-%d-missing", year), "warning", "text", "file", fmt.Sprintf("未见%d年度业务数据", year), "建议补充营业收入、电子商务交易额等并注明单位。")}
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

// checkUnits: folder and form name another unit.
func checkUnits(c Checked) []Finding {
	folder := ParseFolder(c.Case.Folder, c.Form.Unit)
	if !c.HasForm || !folder.Marked || folder.Unit == "" || blank(c.Form.Unit) || LikeName(folder.Unit, c.Form.Unit) {
		return nil
	}
	return []Finding{finding("unit-mismatch", "warning", "name", "reply", fmt.Sprintf("文件夹中的单位“%s”与申报表“%s”不一致", folder.Unit, c.Form.Unit),
		"请确认。公示、证书和牌匾将使用营业执照上的全称。")}
}

// checkCases: folder and form name another case.
func checkCases(c Checked) []Finding {
	folder := ParseFolder(c.Case.Folder, c.Form.Unit)
	if !c.HasForm || !folder.Marked || folder.Case == "" || blank(c.Form.Case) || LikeName(folder.Case, c.Form.Case) {
		return nil
	}
	return []Finding{finding("case-mismatch", "warning", "name", "reply", fmt.Sprintf("文件夹中的案例“%s”与申报表“%s”不一致", folder.Case, c.Form.Case), "请确认以哪个名称为准。")}
}
