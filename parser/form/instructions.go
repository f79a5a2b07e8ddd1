package form

import (
	"regexp"
	"strings"
	"unicode"
)

// instructions are the form's own words, from the annex of the notice of 2024.
// A call's Phrases are added to them.
var instructions = []string{
	"参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等",
	"项目背景，项目需求，重点与难点等",
	"项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等",
	"全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益",
	"在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义",
}

// shortest is the length in characters from which words are taken for an
// instruction inside a line; shorter ones must be a line of their own.
const shortest = 8

// startsInstruction reports whether the text begins as one of the notice's
// instructions does.
func startsInstruction(s string) bool {
	text := fold(firstRunes(s, 60), true)
	for _, p := range instructions {
		if want := []rune(bare(p)); text.prefixed(want[:min(len(want), shortest)], 0) {
			return true
		}
	}
	return false
}

// stripper removes the form's words from boxes; spaces and marks may differ.
type stripper struct {
	whole   [][]rune // complete instructions
	clauses [][]rune // their parts between ； and 。: somebody deleted the rest
}

func newStripper(call Call) stripper {
	var s stripper
	for _, p := range append(append([]string{}, instructions...), call.Phrases...) {
		if w := []rune(bare(p)); len(w) > 0 {
			s.whole = append(s.whole, w)
		}
		for _, c := range strings.FieldsFunc(p, func(r rune) bool { return strings.ContainsRune("；;。\n", r) }) {
			if w := []rune(bare(c)); len(w) >= shortest {
				s.clauses = append(s.clauses, w)
			}
		}
	}
	return s
}

// lengthHint is what the form says on length beside a heading.
var lengthHint = regexp.MustCompile(`^[\s:：]*[（(【]?[^（()）\n]{0,8}\d+\s*字\s*(以内|左右|以下|之内)?[^（()）\n]{0,6}[)）】][\s:：。]*|^[\s:：。]+`)

// prompts stand in the empty content controls of Word and WPS, alone on a line.
var prompts = regexp.MustCompile(`(?m)^[\s　]*(?:(?:单击|点击)(?:或点击|或点按|或轻触)?(?:此处)?(?:以|可)?(?:输入|选择)(?:文字|文本|日期)。?|选择一项。|Click (?:or tap )?(?:here )?to enter (?:text|a date)\.|Choose an item\.)[\s　]*$`)

// strip returns what the sender wrote in a box.
func (s stripper) strip(text string) string {
	text = prompts.ReplaceAllString(lengthHint.ReplaceAllString(text, ""), "")
	for {
		cut, ok := s.cutStart(text)
		if !ok {
			break
		}
		text = cut
	}
	var lines []string
	for _, l := range strings.Split(text, "\n") {
		if !s.isInstruction(l) {
			lines = append(lines, l)
		}
	}
	return tidy(strings.Join(lines, "\n"))
}

// cutStart removes one instruction from the start, with the marks behind it.
func (s stripper) cutStart(text string) (string, bool) {
	f := fold(firstRunes(text, 600), true) // no instruction is longer
	for _, w := range s.whole {
		if len(w) >= shortest && f.prefixed(w, 0) {
			return dropMarks(text[f.end[len(w)-1]:]), true
		}
	}
	for _, w := range s.clauses {
		if !f.prefixed(w, 0) {
			continue
		}
		rest := text[f.end[len(w)-1]:]
		if rest == "" || strings.ContainsAny(string([]rune(rest)[:1]), "；;。.\n") {
			return dropMarks(rest), true
		}
	}
	if i := strings.IndexAny(text, "。：:\n）)"); i > 0 && s.retyped(bare(text[:i])) {
		return dropMarks(text[i:]), true
	}
	return text, false
}

// dropMarks removes the marks behind an instruction, and the second half of 等等.
func dropMarks(s string) string {
	mark := func(r rune) bool {
		return invisible(r) || unicode.IsPunct(r) && !strings.ContainsRune("（(《“【\"", r)
	}
	if rest, ok := strings.CutPrefix(s, "等"); ok && len(strings.TrimLeftFunc(rest, mark)) < len(rest) {
		s = rest
	}
	return strings.TrimLeftFunc(s, mark)
}

func (s stripper) isInstruction(line string) bool {
	b := bare(line)
	for _, w := range s.whole {
		if b != "" && b == string(w) {
			return true
		}
	}
	return s.retyped(b)
}

// retyped: the words, without marks, are one of the instructions with a word changed, added or
// left out: nine of ten letters are its own, in its order, and most of it is there.
func (s stripper) retyped(words string) bool {
	r := []rune(words)
	for _, w := range s.whole {
		if len(w) < shortest || len(r) < shortest || r[0] != w[0] || r[1] != w[1] || len(r)*10 > len(w)*12 || len(r)*10 < len(w)*6 {
			continue
		}
		if n := Common(r, w); n*10 >= len(r)*9 && n*10 >= len(w)*6 {
			return true
		}
	}
	return false
}
