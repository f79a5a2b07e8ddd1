package command

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

// What a bureau orders in a sentence counts only where the sentence says nothing
// else: a word under way (研究撤回…), a condition (同意，待补章后) or half a
// remark in the place of a value is told, not done.

var (
	// deliberates: 研究 and 同意 before the verb speak of what is to be decided, or of
	// what somebody else asked for; 经研究 and 研究决定 do not.
	deliberates = regexp.MustCompile(`同意|(?:^|[^经])研究(?:[^决]|$)`)
	// underWay is a tail that puts the order off.
	underWay = regexp.MustCompile(`^(?:的|之|事|一事|后|为)|(?:^|[\s,;(])(?:须|需|待|等|请先|请稍|请暂|暂|先|尚|还需|还须|拟|正在)|待批|待定|待研究|放一放|稍候|前提|请示|再告|再定|再议|再办|局务会|以后再|后再`)
	// caseNamed is the case in words behind its number.
	caseNamed = regexp.MustCompile(`^([\p{Han}A-Za-z0-9()《》+\s]{0,40}?(?:案例|公司|项目|》))(?:$|[\s,;(]|因|由于)`)
	// itself is the case behind its number.
	itself = regexp.MustCompile(`^的(?:案例|申报资格|申报)(?:$|[\s,;(]|因|由于)`)
	// unsettled in a case's words: it is a sentence, no name.
	unsettled = regexp.MustCompile(`[须待请拟暂不]|研究|保留|继续|决定|要求`)
	because   = regexp.MustCompile(`^(?:[,;(\[【]|因|由于|原因|理由)`)
	// marked is a number with a mark behind it.
	marked = regexp.MustCompile(`[,;:)\]】]$`)
	// stopped is a number at the end of its sentence.
	stopped = regexp.MustCompile(number + `\s*[。；;!！]`)
)

// reasoned: what stands behind the numbers of 撤回 or 恢复 says why, or names the case
// again. rest is folded, written is the line as it came.
func reasoned(codes, rest, written string) bool {
	if itself.MatchString(rest) {
		return !underWay.MatchString(strings.TrimPrefix(rest, "的"))
	}
	if rest == "" || underWay.MatchString(rest) {
		return rest == ""
	}
	if m := caseNamed.FindStringSubmatch(rest); m != nil {
		return !unsettled.MatchString(m[1])
	}
	return marked.MatchString(strings.TrimSpace(codes)) || because.MatchString(rest) || stopped.MatchString(width.Fold.String(written))
}

// notDone tells that a sentence spoke of taking a case back and nothing was done.
func notDone(verb string, codes []string) Line {
	code := "编号"
	if len(codes) > 0 {
		code = strings.Join(codes, "、")
	}
	return Line{Why: "句中提到的" + verb + "未执行，如需" + verb + "，请单独一行回复“" + verb + " " + code + "”"}
}

var (
	consent = regexp.MustCompile(`^(?:我局|经研究,?\s*我局|经研究,?)?\s*(同意|不同意|不并入)(?:并入)?\s*(` + number + `)?(?:\s*([,;]|\s)(.*))?$`)
	// agreed is all that may stand behind 同意 and leave it whole.
	agreed = regexp.MustCompile(`^(?:请?(?:予以|予|尽快)?(?:将?其|一并|全部|都)?并入|(?:非常)?(?:谢谢|多谢|感谢|辛苦)(?:[您你了]|贵处|贵厅|支持|指导)*|请?以此(?:次|件|文件|材料)?为准|请?以本次(?:的?(?:文件|材料))?为准|请?以\p{Han}{0,8}新\p{Han}{0,8}为准|(?:我局)?(?:无异议|没有意见|无意见)|(?:已|经)?核实(?:无误)?|(?:情况|材料)属实|请(?:予)?办理|特此回复|此复)$`)
	// bounded: such words are the contrary, or a part.
	bounded = regexp.MustCompile(`[旧原不未勿非除但只仅]|以外|之外`)
	// recommends is the same word in a bureau's opinion, not in an answer to us.
	recommends = regexp.MustCompile(`推荐|申报|报送|上报|查收`)
	// limited is a refusal of a part, or under a condition.
	limited = regexp.MustCompile(`但|除|部分|只|仅|其中|不过|前提|如果|另外|可以|并入|待|等.*[后再]|(?:^|[^经局])同意`)
)

const consentUsage = "不能确定是否全部并入，请单独一行只回复“同意”或“不并入”"

// consented reads 同意 and 不并入. Consent takes another's files in, so nothing may
// stand behind it that could bound it; a refusal may have its reason.
func consented(s string) Line {
	m := consent.FindStringSubmatch(s)
	if m == nil {
		return Line{}
	}
	l, tail := Line{Verb: m[1], Codes: numbers(m[2])}, strings.TrimSpace(m[4])
	whole := tail == ""
	if l.Verb == "同意" {
		whole = whole || onlyAgreed(tail)
	} else {
		l.Verb = "不并入"
		whole = whole || strings.TrimSpace(m[3]) != "" && !limited.MatchString(tail) && !doubtful.MatchString(tail) && !recommends.MatchString(tail)
	}
	switch {
	case whole:
		return l
	case strings.TrimSpace(m[3]) == "", recommends.MatchString(tail) && !strings.Contains(tail, "并入"):
		return Line{}
	}
	return Line{Why: consentUsage}
}

func onlyAgreed(tail string) bool {
	for _, part := range strings.FieldsFunc(tail, func(r rune) bool { return strings.ContainsRune(",; ", r) }) {
		if !agreed.MatchString(part) || bounded.MatchString(part) {
			return false
		}
	}
	return true
}

var (
	// free are the fields that are lists or prose themselves.
	free = regexp.MustCompile(`领域|奖励|荣誉`)
	// remarked is a value with a remark in it.
	remarked = regexp.MustCompile(`[，,；;。]|说明|证明|稍后|附件|有误|笔误`)
)

// saidValue refuses a value out of a sentence that holds more than the value: it would
// stand on a plaque so. What is in quotation marks was meant as it stands.
func saidValue(l Line, written string) Line {
	if l.Verb == "" || free.MatchString(l.Args[0]) || !remarked.MatchString(l.Rest) || quotedValue(written, l.Rest) {
		return l
	}
	return Line{Why: "不能确定“" + l.Args[0] + "”的新内容，请单独一行回复“更正 " + strings.Join(l.Codes, "") + " " + l.Args[0] + " 新的内容”"}
}

// quotedValue: the value stands in quotation marks in the line.
func quotedValue(written, value string) bool {
	for _, marks := range [][2]string{{"“", "”"}, {"「", "」"}, {`"`, `"`}} {
		if strings.Contains(written, marks[0]+value+marks[1]) {
			return true
		}
	}
	return false
}
