package command

import (
	"regexp"
	"strings"
)

// verb is a command of staff.
type verb struct {
	takes string // what follows it: the name of a reader in take
	usage string // how it is written, for people
}

// staffVerbs are the commands of staff. They match whole: 暂不放行 is no command.
var staffVerbs = map[string]verb{
	"启用": {"none", "启用"}, "暂停发信": {"none", "暂停发信"}, "恢复发信": {"none", "恢复发信"}, "帮助": {"none", "帮助"}, "进度": {"none", "进度"},
	"确认": {"code", "确认 K7Q2-9MXD"}, "放行": {"letters", "放行 K7Q2-9MXD"}, "不发": {"letters", "不发 K7Q2-9MXD 理由"}, "附言": {"note", "附言 K7Q2-9MXD 要加的话"},
	"登记邮箱": {"enrol", "登记邮箱 邮箱地址 地市"}, "停用邮箱": {"address", "停用邮箱 邮箱地址"}, "登记": {"city", "登记 地市"}, "无关": {"dismiss", "3 无关"},
	"非密": {"seal", "3 非密 理由"}, "涉密": {"seal", "3 涉密"},

	"通过": {"cases", "通过 AL2024-0007"}, "不通过": {"ruling", "不通过 AL2024-0007 理由"}, "补正": {"ruling", "补正 AL2024-0007 需要补正的内容"},
	"免": {"item", "免 AL2024-0007 照片 理由"}, "线下": {"item", "线下 AL2024-0007 照片"},
	"受理": {"ruling", "受理 AL2024-0007 理由"}, "不受理": {"ruling", "不受理 AL2024-0007 理由"}, "归属": {"place", "归属 AL2024-0007 佛山市"},
	"合并": {"merge", "合并 AL2024-0008 到 AL2024-0007"}, "撤回": {"cases", "撤回 AL2024-0007 理由"}, "撤销": {"bare", "撤销 AL2024-0007"},
	"改为": {"instead", "改为 AL2024-0007 不通过 理由"}, "采纳": {"ruling", "采纳 AL2024-0007 理由"}, "重查": {"bare", "重查 AL2024-0007"},
	"查询结果": {"result", "查询结果 1-38 无 / 39 有：查到的内容"}, "失信名单": {"none", "失信名单（附名单）"},
	"延期": {"until", "延期 11月8日 依据 文号"}, "名额": {"quota", "名额 佛山市 6 依据 文号"}, "补正截止": {"until", "补正截止 11月20日"},

	"专家名单": {"none", "专家名单（附名单）"}, "启动评审": {"none", "启动评审"}, "结束评审": {"none", "结束评审"}, "排名": {"none", "排名"},
	"催评": {"names", "催评 姓名"}, "换专家": {"swap", "换专家 甲 为 乙"}, "作废": {"void", "作废 专家姓名 案例编号 理由"}, "认可": {"expert", "认可 专家姓名"},
	"代录": {"entry", "代录 专家姓名 案例编号 各项分数（附签字评分表）"},
	"入选": {"chosen", "入选 30 依据 会议纪要文号"}, "公示": {"none", "公示"}, "认定": {"none", "认定"},
	"登记异议": {"objection", "登记异议 AL2024-0007 来源 电话 内容"}, "异议成立": {"outcome", "异议成立 YY2024-001 理由"}, "异议不成立": {"outcome", "异议不成立 YY2024-001 理由"},
	"案卷": {"bare", "案卷 AL2024-0007"}, "导出": {"none", "导出"}, "市局邮箱表": {"none", "市局邮箱表（附表）"}, "节假日": {"none", "节假日（附表）"},
}

// cased: the cases may stand before the verb.
func (v verb) cased() bool {
	switch v.takes {
	case "cases", "ruling", "bare", "item", "place", "merge", "instead", "objection", "outcome":
		return true
	}
	return false
}

// rowed: the verb acts on rows of a letter.
func (v verb) rowed() bool {
	return v.cased() || v.takes == "result" || v.takes == "letters" || v.takes == "dismiss" || v.takes == "city" || v.takes == "seal"
}

// staffPlain is a line as commands are looked for in it.
func staffPlain(s string) string {
	return strings.TrimSpace(wholeCodes(strings.ReplaceAll(plain(s), "—", "-")))
}

// maxLine bounds one command, in bytes.
const maxLine = 8 << 10

func staffLine(text string) []Line {
	var l Line
	if len(text) > maxLine {
		return l.fail("一行过长")
	}
	s := staffPlain(text)
	if rest, ok := strings.CutPrefix(s, "试运行"); ok {
		l.Trial, s = true, strings.TrimLeft(rest, " :,")
	}
	if m := rowList.FindStringSubmatch(s); m != nil && len(m[0]) < len(s) && !digit(s[len(m[0])]) && !letterCode.MatchString(strings.Fields(s)[0]) {
		l.Rows = rows(m[1])
		s = strings.TrimSpace(s[len(m[0]):])
		if l.Rows == nil {
			return l.fail("行号范围有误")
		}
	}
	name, rest, why := staffHead(s)
	if why != "" {
		return l.fail(why)
	}
	l.Verb = name
	v := staffVerbs[name]
	if len(l.Rows) > 0 && !v.rowed() {
		return l.fail("“" + name + "”前面不应有行号")
	}
	if v.takes == "result" {
		return l.results(text)
	}
	l = l.take(v, rest)
	l.Rest = asWritten(text, l.Rest)
	if v.takes == "note" && l.Verb != "" { // a sentence of a letter ends as its writer ended it
		l.Rest += fullStop(text)
	}
	return []Line{l}
}

func (l Line) fail(why string) []Line { return []Line{l.unknown(why)} }

// unknown says what is wrong with a line, which then does nothing.
func (l Line) unknown(why string) Line {
	l.Verb, l.Why = "", why
	return l
}

// staffHead parts a line into its verb and what follows; cases that stand before
// the verb come to stand behind it.
func staffHead(s string) (name, rest, why string) {
	codes, after := cases(s)
	word, rest := afterVerb(after)
	if word == "" {
		return "", "", "没有写明要做什么"
	}
	name, glued := wholeVerb(word)
	if name == "" || len(codes) > 0 && !staffVerbs[name].cased() {
		return "", "", unknownVerb(word)
	}
	return name, strings.TrimSpace(s[:len(s)-len(after)] + " " + strings.TrimSpace(glued+" "+rest)), ""
}

// afterVerb cuts a line behind its first word; a colon may stand there.
func afterVerb(s string) (word, rest string) {
	s = strings.TrimLeft(s, " \t:")
	if i := strings.IndexAny(s, ": \t"); i > 0 {
		return s[:i], strings.TrimLeft(s[i:], ": \t")
	}
	return s, ""
}

// wholeVerb is the verb that a word is. The words 到, 至 and 入 may be written
// together with it: 延期至11月8日, 合并到 AL2024-0007; and what 改为 changes to.
func wholeVerb(word string) (name, glued string) {
	if _, known := staffVerbs[word]; known {
		return word, ""
	}
	for _, name := range []string{"延期", "补正截止", "归属", "合并"} {
		if rest, ok := strings.CutPrefix(word, name); ok && toWord.MatchString(rest) {
			return name, rest
		}
	}
	if rest, ok := strings.CutPrefix(word, "改为"); ok && changeable[rest] {
		return "改为", rest
	}
	return "", ""
}

var toWord = regexp.MustCompile(`^(?:到|至|并?入)`)

func digit(b byte) bool { return b >= '0' && b <= '9' }

const notACommand = "不是可识别的指令"

// unknownVerb says more where a known verb stands inside another word, or at the
// beginning of one if it is a single character.
func unknownVerb(word string) string {
	found := ""
	for name := range staffVerbs {
		at := strings.Index(word, name)
		if at < 0 || len(name) < 6 && at > 0 {
			continue
		}
		if len(name) > len(found) || len(name) == len(found) && name < found {
			found = name
		}
	}
	if found != "" {
		return "指令须完整书写，不能确定是否为“" + found + "”"
	}
	return notACommand
}

func (l Line) take(v verb, text string) Line {
	words := strings.Fields(text)
	switch v.takes {
	case "none", "dismiss":
		if len(words) > 0 && v.takes == "none" {
			return l.unknown("“" + l.Verb + "”后面不应有其他内容")
		}
		l.Rest = text
	case "seal":
		l.Rest = reason(text)
		if len(l.Rows) == 0 || l.Rest == "" && l.Verb == "非密" {
			return l.misused(v)
		}
	case "code":
		if len(words) != 1 || !letterCode.MatchString(words[0]) {
			return l.unknown("“确认”后面请写回执中的8位信件代码")
		}
		l.Codes = []string{strings.ToUpper(words[0])}
	case "letters":
		return l.letters(text)
	case "note":
		return l.note(text)
	case "enrol":
		if len(words) < 2 || !address.MatchString(words[0]) {
			return l.misused(v)
		}
		l.Args = []string{strings.ToLower(words[0]), strings.Join(words[1:], "、")} // an officer may serve several cities
	case "address":
		if len(words) != 1 || !address.MatchString(words[0]) {
			return l.misused(v)
		}
		l.Args = []string{strings.ToLower(words[0])}
	case "city":
		return l.city(strings.Join(words, " "))
	case "until", "quota", "chosen", "objection", "outcome":
		return l.award(v, text)
	case "names", "swap", "void", "expert", "entry":
		return l.judging(v.takes, text)
	default:
		return l.onCases(v, text)
	}
	return l
}

// misused asks for the command as it is written.
func (l Line) misused(v verb) Line { return l.unknown("写法为“" + v.usage + "”") }

// letters reads 放行 K7Q2-9MXD、… | 全部 and 不发 K7Q2-9MXD 理由. Codes come first;
// with 放行 nothing may follow: 放行 K7Q2-9MXD 以外全部 is asked back.
func (l Line) letters(rest string) Line {
	for rest != "" {
		m := letterItem.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		if m[1] == "全部" {
			l.Args = append(l.Args, m[1])
		} else {
			l.Codes = append(l.Codes, strings.ToUpper(m[1]))
		}
		rest = strings.TrimLeft(rest[len(m[0]):], " ,、;")
	}
	l.Rest = rest
	switch {
	case len(l.Codes)+len(l.Args)+len(l.Rows) == 0:
		return l.unknown("请写明信件代码，例如“" + l.Verb + " K7Q2-9MXD”")
	case sample[l.Rest]:
		return l.misused(staffVerbs[l.Verb])
	case l.Verb == "放行" && l.Rest != "", len(l.Args) > 0 && len(l.Codes) > 0:
		return l.unknown("“" + l.Verb + "”后面只写信件代码或“全部”")
	}
	return l
}

var letterItem = regexp.MustCompile(`^(全部|[0-9A-Za-z]{4}-?[0-9A-Za-z]{4})(?:[ ,、;:]|和|$)`)

// note reads 附言 K7Q2-9MXD 要加的话: one letter, and what is added to it.
func (l Line) note(text string) Line {
	m := letterItem.FindStringSubmatch(text)
	if m == nil || m[1] == "全部" {
		return l.misused(staffVerbs["附言"])
	}
	l.Codes, l.Rest = []string{strings.ToUpper(m[1])}, strings.TrimLeft(text[len(m[0]):], " ,、;:")
	if l.Rest == "" || sample[l.Rest] || letterItem.MatchString(l.Rest) {
		return l.misused(staffVerbs["附言"])
	}
	return l
}
