package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// field names a box of the form inside this package.
type field int

const (
	none field = iota
	unit
	caseName
	category
	prior
	leader
	contact
	phoneMail // one box for both: 联系电话及邮箱
	phone     // a box of its own, in a form that was changed
	email
	intro
	summary // heading only: 二、案例概述
	background
	innovation
	benefit
	demonstration
	commitment
	sealUnit
	opinion
)

// label is a way to name a box. Texts are compared without spaces and widths.
type label struct {
	text  string
	field field
}

// labelSet is labels ready for comparison, the longer first, so that
// 参评单位简介 is not read as 参评单位.
type labelSet struct {
	runes  [][]rune
	fields []field
}

func labelsOf(list []label) labelSet {
	slices.SortStableFunc(list, func(a, b label) int { return len(b.text) - len(a.text) })
	var s labelSet
	for _, l := range list {
		s.runes = append(s.runes, []rune(l.text))
		s.fields = append(s.fields, l.field)
	}
	return s
}

// shortLabels name boxes with a value of a few words.
var shortLabels = labelsOf([]label{
	{"参评单位", unit}, {"参评单位名称", unit}, {"单位名称", unit},
	{"参评企业", unit}, {"申报企业", unit}, {"企业名称", unit}, {"申报单位", unit}, {"申报单位名称", unit},
	{"参评案例(项目名称)", caseName}, {"参评案例", caseName}, {"参评案例名称", caseName}, {"案例名称", caseName}, {"项目名称", caseName},
	{"案例名称(项目名称)", caseName}, {"参评案例项目名称", caseName},
	{"参评案例/项目名称", caseName}, {"案例(项目)名称", caseName}, {"项目(案例)名称", caseName}, {"申报案例(项目名称)", caseName}, {"申报案例", caseName},
	{"参评领域", category}, {"申报领域", category}, {"所属领域", category}, {"案例领域", category}, {"参评类别", category}, {"申报类别", category},
	{"该案例是否曾经获评其他奖励", prior}, {"该案例是否曾获评其他奖励", prior}, {"该案例是否曾获其他奖励", prior},
	{"是否曾经获评其他奖励", prior}, {"是否曾获其他奖励", prior}, {"曾经获评其他奖励", prior},
	{"曾获奖励", prior}, {"曾获奖项", prior}, {"获奖情况", prior}, {"曾获其他奖励情况", prior},
	{"该案例是否曾获得其他奖励", prior}, {"是否曾获评其他奖励", prior}, {"是否曾获得其他奖励", prior}, {"该案例曾获奖励", prior},
	{"项目主要负责人", leader}, {"主要负责人", leader}, {"项目负责人", leader}, {"负责人", leader},
	{"日常联系人", contact}, {"联系人", contact},
	{"联系电话及邮箱", phoneMail}, {"联系电话和邮箱", phoneMail}, {"联系电话及电子邮箱", phoneMail}, {"联系电话、邮箱", phoneMail},
	{"联系电话/邮箱", phoneMail}, {"电话及邮箱", phoneMail}, {"联系方式", phoneMail},
	{"联系电话", phone}, {"手机号码", phone}, {"手机号", phone}, {"手机", phone}, {"电话", phone}, {"联系人电话", phone}, {"联系人手机", phone},
	{"电子邮箱", email}, {"电子邮件", email}, {"邮箱", email}, {"联系邮箱", email}, {"联系人邮箱", email}, {"qq邮箱", email}, {"邮箱地址", email}, {"电子邮箱地址", email}, {"e-mail", email}, {"email", email},
})

// headings begin the long parts.
var headings = labelsOf([]label{
	{"参评单位简介", intro}, {"申报单位简介", intro}, {"单位简介", intro}, {"参评企业简介", intro}, {"企业简介", intro}, {"公司简介", intro},
	{"参评单位情况简介", intro}, {"参评单位概况", intro}, {"参评单位基本情况", intro},
	{"案例概述", summary},
	{"项目简介", background},
	{"技术性与创新性", innovation}, {"技术性和创新性", innovation}, {"技术性、创新性", innovation},
	{"技术性及创新性", innovation}, {"技术性&创新性", innovation}, {"技术性/创新性", innovation}, {"技术性创新性", innovation}, {"技术与创新性", innovation},
	{"效益性", benefit},
	{"示范性", demonstration},
	{"我单位承诺", commitment}, {"参评单位承诺", commitment}, {"单位承诺", commitment},
	{"参评单位(盖章)", sealUnit}, {"参评单位盖章", sealUnit},
	{"推荐单位意见", opinion},
})

// asWritten is how the notice's form names the box; for Reading.Missing.
func (f field) asWritten() string {
	return map[field]string{
		unit: "参评单位", caseName: "参评案例（项目名称）", category: "参评领域", prior: "该案例是否曾经获评其他奖励",
		leader: "项目主要负责人", contact: "日常联系人", phoneMail: "联系电话及邮箱",
		intro: "一、参评单位简介", background: "（一）项目简介", innovation: "（二）技术性与创新性",
		benefit: "（三）效益性", demonstration: "（四）示范性", opinion: "市商务局意见",
	}[f]
}

// required are the boxes that every form of the call has, in its order.
var required = []field{unit, caseName, category, prior, leader, contact, phoneMail,
	intro, background, innovation, benefit, demonstration, opinion}

// match compares the start of s with the labels, over spaces and line breaks
// inside a label, and returns what follows it.
func match(s string, labels labelSet) (f field, rest string, ok bool) {
	s = strings.TrimLeftFunc(s, invisible)
	if !labels.begin(s) { // most lines of a document end here
		return none, "", false
	}
	text := fold(strings.ToLower(firstRunes(s, 60)), false)
	for i, want := range labels.runes {
		if text.prefixed(want, 0) {
			return labels.fields[i], s[text.end[len(want)-1]:], true
		}
	}
	return none, "", false
}

// begin reports whether a label has the first character of s.
func (l labelSet) begin(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	first = unicode.ToLower(half(first))
	for _, want := range l.runes {
		if want[0] == first {
			return true
		}
	}
	return false
}

// firstRunes keeps matching cheap on long cells. Lower-casing must not change
// byte offsets, so letters whose case differs in length end the text.
func firstRunes(s string, n int) string {
	for i, r := range s {
		if n--; n < 0 || len(string(unicode.ToLower(r))) != len(string(r)) || r == unicode.ReplacementChar {
			return s[:i]
		}
	}
	return s
}

// shortLabel reads a label of a short box at the start of s. What follows must
// be a colon, a space, the form's own hint in brackets, or nothing: 参评单位必须
// is a sentence. With strict a colon has to follow.
func shortLabel(s string, strict bool) (f field, rest string, ok bool) {
	if h, _, isHeading := heading(s); isHeading && h != sealUnit { // 参评单位（盖章） may be the first box
		return none, "", false
	}
	body, _ := dropNumber(s)
	f, rest, ok = match(body, shortLabels)
	if !ok {
		return none, "", false
	}
	f, rest = bothWays(f, labelTail.ReplaceAllString(rest, ""))
	rest = dropHint(footMark.ReplaceAllString(rest, ""))
	trimmed := strings.TrimLeftFunc(rest, invisible)
	colon := strings.HasPrefix(trimmed, "：") || strings.HasPrefix(trimmed, ":")
	switch {
	case colon:
		return f, strings.TrimLeftFunc(strings.TrimLeft(trimmed, "：:"), invisible), true
	case strict:
		return none, "", false
	case trimmed == "" || len(trimmed) < len(rest) || translated(rest):
		return f, trimmed, true
	}
	return none, "", false
}

// labelTail is what people add to a label.
var labelTail = regexp.MustCompile(`^(?:[1-3１-３]|[ 　]*(?:名[ 　]*称|全[ 　]*称|[？?]|姓[ 　]*名(?:[ 　]*[及和与、/／][ 　]*职[ 　]*[务位称])?|[及和与、/／][ 　]*职[ 　]*[务位称]))`)

// partsJoiner stands between the two names of one box: 手机/邮箱.
var partsJoiner = regexp.MustCompile(`^\s*[及和与、,，/／&+]\s*`)

// bothWays reads the label of one box for number and address, by whatever names.
func bothWays(f field, rest string) (field, string) {
	joiner := partsJoiner.FindString(rest)
	if f != phone && f != email || joiner == "" {
		return f, rest
	}
	if g, more, ok := match(rest[len(joiner):], shortLabels); ok && (g == phone || g == email) {
		return phoneMail, labelTail.ReplaceAllString(more, "")
	}
	return f, rest
}

// footMark sends from a label to a note, or says that the box must be filled.
var footMark = regexp.MustCompile(`^\s*(?:[*＊※①-⑳¹²³]+|[（(\[【]\s*注?\s*[0-9０-９一二三四五六①-⑳]{1,2}\s*[）)\]】])`)

// hintWords tell a bracket of the form from a bracket of the answer.
var hintWords = []string{"请", "全称", "必填", "可多选", "单选", "多选", "填写", "名称", "勾选", "注明", "字以内", "字左右", "打√", "划√", "如有", "签字", "签名", "盖章", "公章", "手机"}

// dropHint removes a bracket with the form's own words from the start.
func dropHint(s string) string {
	t := strings.TrimLeftFunc(s, invisible)
	if !strings.HasPrefix(t, "（") && !strings.HasPrefix(t, "(") {
		return s
	}
	end := strings.IndexAny(t, "）)")
	if end < 0 || end > 60 {
		return s
	}
	behind := end + len(string([]rune(t[end:])[0]))
	for _, w := range hintWords {
		if strings.Contains(compact(t[:end]), w) {
			return t[behind:]
		}
	}
	if tickHint.MatchString(t[:behind]) {
		return t[behind:]
	}
	return s
}

// heading reads the heading of a long part at the start of a line: a number or
// none, the words, then a colon, a bracket, a full stop, an instruction or
// nothing. A sentence that begins with 效益性 is no heading.
func heading(s string) (f field, rest string, ok bool) {
	body, numbered := dropNumber(s)
	f, rest, ok = match(body, headings)
	if !ok {
		f, rest, ok = ofProject(body)
	}
	if !ok {
		if f, rest, ok = bureauOpinion(body); !ok {
			return none, "", false
		}
	}
	rest = headingTail.ReplaceAllString(rest, "")
	rest = dropTranslation(rest)
	switch f {
	case commitment, sealUnit:
		return f, rest, true
	case opinion:
		end := opinionEnd.FindStringSubmatch(rest)
		if end == nil {
			return none, "", false
		}
		return f, rest[len(end[1]):], true
	}
	if f == summary {
		if first, more, both := secondHeading(rest); both {
			return first, more, true
		}
	}
	trimmed := strings.TrimLeftFunc(rest, invisible)
	switch {
	case trimmed == "", strings.HasPrefix(rest, "\n"):
		return f, trimmed, true
	case strings.ContainsAny(string([]rune(trimmed)[:1]), "：:（(【】。"):
		return f, trimmed, true
	case numbered && (len(trimmed) < len(rest) || startsInstruction(trimmed)):
		return f, trimmed, true
	}
	return none, "", false
}

// headingTail is what people add to a heading.
var headingTail = regexp.MustCompile(`^\s*(?:分析|说明|描述)`)

// ofProject reads 项目的效益性: the project may stand before the part's name.
func ofProject(s string) (f field, rest string, ok bool) {
	start := projectWords.FindString(s)
	if start == "" {
		return none, "", false
	}
	f, rest, ok = match(s[len(start):], headings)
	return f, rest, ok && (f == innovation || f == benefit || f == demonstration)
}

var (
	projectWords = regexp.MustCompile(`^本?(?:项目|案例)的?`)
	opinionWords = regexp.MustCompile(`^(\p{Han}{0,8}[市区县州]|\p{Han}{2,3})?(?:市?级)?商务(?:局|主管部门)(?:审核|审查|初审|推荐)?意见`)
	// opinionEnd is what may follow the heading of that box: a sentence goes on in other ways.
	opinionEnd = regexp.MustCompile(`^(栏|[及和、]?(?:盖章|签章|公章))?(?:[\s　]|[:：(（\[【]|$)`)
	// leadIn begins a sentence, and the name of no place.
	leadIn = regexp.MustCompile(`^(?:根据|依据|按照|按|依照|参照|遵照|结合|经|据|由|对|向|在|以)`)
)

// bureauOpinion reads 佛山市商务局意见: the city's name may stand before, and what
// kind of opinion it is within.
func bureauOpinion(s string) (field, string, bool) {
	start := firstRunes(s, 30)
	if !strings.ContainsRune(start, '见') {
		return none, "", false
	}
	text := fold(start, false)
	found := opinionWords.FindStringSubmatch(string(text.runes))
	if found == nil || leadIn.MatchString(found[1]) {
		return none, "", false
	}
	return opinion, s[text.end[len([]rune(found[0]))-1]:], true
}

// dropNumber removes an item number: 一、 （二） 3. and marks before it.
func dropNumber(s string) (rest string, numbered bool) {
	for i, r := range s {
		if i > 30 {
			break
		}
		if strings.ContainsRune("一二三四五六七八九十0123456789", half(r)) {
			numbered = true
			continue
		}
		if !invisible(r) && !strings.ContainsRune("（()）、.．,，*★◆●■【〔ⅠⅡⅢⅣ", r) {
			return s[i:], numbered
		}
	}
	return s, false
}
