package review

import (
	"fmt"
	"slices"
	"strings"

	"anli/intake"
	"anli/parser/score"
)

// Urge reminds experts at once (催评): all who owe something, or those named.
func (b *Bench) Urge(names []string, mark string) (bool, string) {
	if b.Panel.Phase != PhaseOpen {
		return false, "评审没有在进行。"
	}
	members, unknown := b.named(names)
	if len(unknown) > 0 {
		return false, "专家名单中没有（或有同名）：" + strings.Join(unknown, "、") + "，未执行。"
	}
	var done, invited []string
	for _, s := range members {
		switch {
		case b.Remind(s, mark):
			s.Told = false // he is asked again; reminders go on
			done = append(done, s.Name)
		case s.State == MemberInvited:
			invited = append(invited, s.Name)
		}
	}
	also := ""
	if len(invited) > 0 {
		also = "尚未答复评审邀请的请电话联系：" + strings.Join(invited, "、") + "。"
	}
	if len(done) == 0 {
		return false, "没有需要提醒的专家。" + also
	}
	return true, "已提醒" + strings.Join(done, "、") + b.waits() + "。" + also
}

// waits says that letters to experts wait for release, where they do.
func (b *Bench) waits() string {
	if b.Settings.Letters[intake.ClassExpert] == "approve" {
		return "（信件待放行）"
	}
	return ""
}

func (b *Bench) named(names []string) (members []*Member, unknown []string) {
	if len(names) == 0 {
		return b.Members(), nil
	}
	for _, n := range names {
		if s := b.MemberNamed(n); s != nil {
			members = append(members, s)
		} else {
			unknown = append(unknown, n)
		}
	}
	return members, unknown
}

// Replace gives what an expert has not scored to another of the roster (换专家 甲 为
// 乙). What the first has wholly scored stays and counts; the rest is not his any
// more, so that no case is scored by both.
func (b *Bench) Replace(old, fresh string) (bool, string) {
	s := b.MemberNamed(old)
	e, why := b.rosterExpert(fresh)
	switch {
	case b.Panel.Phase != PhaseOpen:
		return false, "评审没有在进行。"
	case s == nil:
		return false, "评审专家中没有（或有同名）" + old + "。"
	case why != "":
		return false, why
	case s.State == MemberReplaced:
		return false, old + "已被替换。"
	}
	open := b.handedOver(s)
	other := b.MemberOf(e.Address())
	switch {
	case other == s:
		return false, old + "和" + fresh + "是同一位专家，未执行。"
	case other != nil && !other.active():
		return false, fresh + "已不参加本次评审。"
	case other != nil:
		open = without(open, other.assigned())
	}
	given := Assign(b.facts(b.cases(open)), []Expert{e}, 0).Seats[0].Numbers
	if len(given) == 0 {
		return false, fresh + "没有可以接手的案例（已在其名下、须回避，或" + old + "均已评完），未执行。"
	}
	b.handOver(s, e, given)
	text := fmt.Sprintf("%s已由%s接替，交其评审%d个：%s%s。", old, fresh, len(given), strings.Join(given, "、"), b.waits())
	if left := b.handedOver(s); len(left) > 0 {
		text += "未能交接（回避或已在其名下）：" + strings.Join(left, "、") + "。"
	}
	return true, text
}

// handOver makes cases of one expert another's.
func (b *Bench) handOver(s *Member, e Expert, given []string) {
	for i := range s.Batches {
		s.Batches[i].Cases = without(s.Batches[i].Cases, given)
	}
	s.State, s.Since, s.ReplacedBy = MemberReplaced, b.Now, e.Name
	b.touch(s)
	b.dropLetters(s, "已换专家")
	for _, r := range b.OpenRows() {
		letter, _ := strings.CutPrefix(r.ID, "bounce/")
		if about(letter, s.Expert, []string{"declined/", "silence/", "refused/", "invite/", "request/", "remind/"}) {
			b.finish(r.ID, "换专家")
		}
	}
	b.Panel.Batch++
	b.give(e, given)
}

// handedOver are the cases of a member of which no scoring of his counts or could
// count without more from him.
func (b *Bench) handedOver(s *Member) []string {
	var out []string
	for _, number := range s.assigned() {
		if sc := b.Scoring(s.Expert, number); sc.open(b.Panel.Rule) || !sc.Recused && !sc.Abstained && !sc.Void && sc.unproved() {
			out = append(out, number)
		}
	}
	return out
}

// rosterExpert finds an expert of the roster by name or address; why says in Chinese
// that there is none, or more than one.
func (b *Bench) rosterExpert(name string) (found Expert, why string) {
	for _, e := range Experts(b.Settings) {
		if slices.ContainsFunc(e.Addresses, func(a string) bool { return strings.EqualFold(a, name) }) {
			return e, ""
		}
		if e.Name == name {
			found = e
		}
	}
	switch b.rosterNamed(name) {
	case 0:
		return found, "专家名单中没有" + name + "，请先以“专家名单”更新名单。"
	case 1:
		return found, ""
	}
	return found, "专家名单中有几位" + name + "，请写邮箱。"
}

// rosterNamed is how many of the roster have a name.
func (b *Bench) rosterNamed(name string) int { return bearers(Experts(b.Settings), name) }

func without(list, drop []string) []string {
	var out []string
	for _, x := range list {
		if !slices.Contains(drop, x) {
			out = append(out, x)
		}
	}
	return out
}

// Void takes an expert's scoring of cases out of the count (作废), with a reason.
func (b *Bench) Void(name string, codes []string, reason, mail string) (bool, string) {
	s := b.MemberNamed(name)
	if s == nil {
		return false, "评审专家中没有（或有同名）" + name + "。"
	}
	if b.Panel.Phase == PhaseNone {
		return false, "评审尚未启动。"
	}
	for _, c := range codes {
		if !s.has(c) {
			return false, c + "不在" + name + "的评审案例之内，未执行。"
		}
		if sc := b.Scoring(s.Expert, c); sc != nil && sc.Recused {
			return false, name + "已对" + c + "声明回避，本不计入，未执行。"
		}
	}
	for _, c := range codes {
		sc := b.change(s.Expert, c)
		sc.Void, sc.Reason, sc.Mail = true, reason, mail
	}
	return true, name + "对" + strings.Join(codes, "、") + "的评分已作废，理由：" + reason + "。"
}

// Accept lets what an expert sent in fresh mails from an address of his count
// (认可): all of it, or what it says of some cases.
func (b *Bench) Accept(name string, numbers []string) (bool, string) {
	s := b.MemberNamed(name)
	switch {
	case b.Panel.Phase == PhaseClosed: // whoever accepts now knows the scores
		return false, "评审已结束，不能再认可评分。"
	case s == nil:
		return false, "评审专家中没有（或有同名）" + name + "。"
	case s.State == MemberReplaced:
		return false, name + "已被替换，未执行。"
	}
	cases := map[string]bool{}
	for _, c := range b.claimsOf(s) {
		if !b.hisAddress(c) {
			continue // he himself must confirm
		}
		m, _ := b.Mail(c.Mail)
		o := newReply(Incoming{Mail: &m, Member: s})
		o.mute = true
		if len(numbers) == 0 {
			b.settle(c)
			b.take(o, c.Answer, &m)
		} else {
			b.take(o, ofCases(c.Answer, numbers), &m)
		}
		for number := range o.cases {
			cases[number] = true
		}
	}
	if len(cases) == 0 {
		return false, name + "没有待认可的评分。"
	}
	return true, fmt.Sprintf("已认可%s的来信，计入：%s。", name, strings.Join(sorted(cases), "、"))
}

// ofCases is what an answer says of some cases.
func ofCases(a score.Answer, numbers []string) (out score.Answer) {
	for _, c := range a.Cells {
		if slices.Contains(numbers, c.Number) {
			out.Cells = append(out.Cells, c)
		}
	}
	for _, r := range a.Recusals {
		if slices.Contains(numbers, r.Number) {
			out.Recusals = append(out.Recusals, r)
		}
	}
	for _, x := range a.Abstained {
		if slices.Contains(numbers, x.Number) {
			out.Abstained = append(out.Abstained, x)
		}
	}
	for _, c := range a.Comments {
		if slices.Contains(numbers, c.Number) {
			out.Comments = append(out.Comments, c)
		}
	}
	return out
}

// Entry is a signed paper sheet that staff enter for an expert (代录).
type Entry struct {
	Member *Member
	Number string
	Cells  []score.Cell
}

// ReadEntry checks what staff wrote: the values of all criteria in order.
func (b *Bench) ReadEntry(name, code string, values []string) (Entry, string) {
	s := b.MemberNamed(name)
	switch {
	case b.Panel.Phase != PhaseOpen:
		return Entry{}, "评审没有在进行。"
	case s == nil:
		return Entry{}, "评审专家中没有（或有同名）" + name + "。"
	case s.State == MemberReplaced:
		return Entry{}, name + "已被替换，不能代录。"
	case !s.has(code):
		return Entry{}, code + "不在" + name + "的评审案例之内。"
	}
	switch sc := b.Scoring(s.Expert, code); {
	case sc != nil && sc.Recused:
		return Entry{}, name + "已对" + code + "声明回避，不能代录。"
	case sc != nil && sc.Void:
		return Entry{}, name + "对" + code + "的评分已作废，不能代录。"
	case len(values) != len(b.Panel.Rule.Criteria):
		return Entry{}, fmt.Sprintf("应写%d项分数，现有%d项。", len(b.Panel.Rule.Criteria), len(values))
	}
	e := Entry{Member: s, Number: code}
	for i, c := range b.Panel.Rule.Criteria {
		v, ok := hundredths(values[i])
		if !ok || v < 0 || v > c.Max {
			return Entry{}, fmt.Sprintf("%s的分数“%s”不是0至%s之间的数。", c.Name, values[i], Points(c.Max))
		}
		e.Cells = append(e.Cells, score.Cell{Number: code, Criterion: c.Name, Value: v, Words: values[i]})
	}
	return e, ""
}

// hundredths reads a plain decimal number with at most two places.
func hundredths(s string) (int, bool) {
	whole, part, dot := strings.Cut(s, ".")
	if whole == "" || len(whole) > 4 || len(part) > 2 || dot && part == "" {
		return 0, false
	}
	n := 0
	for _, r := range whole + (part + "00")[:2] {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

// Enter records a paper sheet after the second member of staff confirmed; m brought
// the sheet. What the expert himself wrote since is newer than the paper: why says so
// in Chinese.
func (b *Bench) Enter(e Entry, by string, m intake.Mail) (why string) {
	s := e.Member
	sc := b.Scoring(s.Expert, e.Number)
	if sc != nil && b.since(sc, &m) {
		return s.Name + "在代录之后又对" + e.Number + "有来信，未记录，请核实后重新代录。"
	}
	sc = b.change(s.Expert, e.Number)
	sc.Abstained = false
	was := map[string]int{}
	for _, c := range e.Cells {
		if old, had := sc.Cells[c.Criterion]; had && old.Value != c.Value {
			was[c.Criterion] = old.Value
		}
		sc.Cells[c.Criterion] = Cell{Value: c.Value, Words: c.Words, Mail: m.SHA256, At: b.Now, By: by}
	}
	s.Answered, s.Told = b.Now, false
	b.touch(s)
	b.recall(s, "已代录")
	b.echoEntry(s, e.Number, m.SHA256, was)
	return ""
}
