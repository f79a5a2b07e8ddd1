package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"anli/intake"
	"anli/intake/ledger"
)

// history is what the journal alone tells of a case: its changes, its way through
// the review, the lists, and the rules that were set.
type history struct {
	b *Bench
	c *intake.Case

	changes, review, lists, rules []Event

	was    *intake.Case    // the case in the last entry that has it
	panel  Panel           // and the panel, the lists, who scores it
	list   List            //
	seated map[string]bool // by expert
}

// history reads the whole journal once.
func (b *Bench) history(c *intake.Case) *history {
	h := &history{b: b, c: c, seated: map[string]bool{}}
	for e, err := range b.tx.Entries(1) {
		if err == nil {
			err = h.read(e)
		}
		if err != nil {
			b.Fail(err)
			return h
		}
	}
	return h
}

func (h *history) read(e ledger.Entry) error {
	own := bytes.Contains(e.Data, []byte(`"`+h.c.Number+`"`))
	set := bytes.Contains(e.Data, []byte(`"settings":`))
	if !own && !set && !bytes.Contains(e.Data, []byte(`"review":`)) {
		return nil
	}
	var data struct {
		Cases    []intake.Case              `json:"cases"`
		Settings map[string]json.RawMessage `json:"settings"`
		Review   *Change                    `json:"review"`
	}
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return fmt.Errorf("entry %d (%s): %w", e.Seq, e.Kind, err)
	}
	for i := range data.Cases {
		h.change(e, &data.Cases[i])
	}
	h.rule(e, data.Settings)
	if data.Review != nil {
		h.judged(e, data.Review)
	}
	return nil
}

// event is of an entry: whoever wrote the mail that caused it did it.
func (h *history) event(e ledger.Entry, kind, text string) Event {
	x := Event{At: e.At, Kind: kind, Text: text, Ref: entryWords(e)}
	if m, ok := h.b.Mail(e.Cause); ok {
		x.By, x.Who, x.Ref = m.From, h.b.who(m.From), m.SHA256
	}
	return x
}

func entryWords(e ledger.Entry) string { return fmt.Sprintf("日志第%d条", e.Seq) }

// change adds a revision or change of state of the case.
func (h *history) change(e ledger.Entry, now *intake.Case) {
	if now.Number != h.c.Number {
		return
	}
	if text := difference(h.was, now); text != "" {
		h.changes = append(h.changes, Event{At: e.At, Kind: "变更", Text: text, Ref: entryWords(e)})
	}
	h.was = now
}

// judged adds what an entry says of the review and the lists.
func (h *history) judged(e ledger.Entry, c *Change) {
	number := h.c.Number
	add := func(text string) { h.review = append(h.review, h.event(e, "评审", text)) }
	if p := c.Panel; p != nil {
		if slices.Contains(p.Cases, number) && !slices.Contains(h.panel.Cases, number) {
			add("进入专家评审")
		}
		if p.Phase == PhaseClosed && h.panel.Phase != PhaseClosed && slices.Contains(p.Cases, number) {
			add("结束评审")
		}
		h.panel = *p
	}
	var given, taken []string
	for i := range c.Members {
		m := &c.Members[i]
		switch has := m.has(number); {
		case has && !h.seated[m.Expert]:
			given = append(given, m.Name)
		case !has && h.seated[m.Expert]:
			taken = append(taken, m.Name)
		}
		h.seated[m.Expert] = m.has(number)
	}
	if len(given) > 0 {
		add("分配专家评审：" + strings.Join(given, "、"))
	}
	if len(taken) > 0 {
		add("不再由其评审：" + strings.Join(taken, "、"))
	}
	if h.b.Panel.Phase == PhaseClosed {
		for i := range c.Scorings {
			h.scored(e, &c.Scorings[i])
		}
	}
	if c.List != nil {
		h.listed(c.List)
	}
}

// scored adds what an expert's scoring of the case became; after the close only.
func (h *history) scored(e ledger.Entry, s *Scoring) {
	if s.Number != h.c.Number {
		return
	}
	expert := s.Expert
	if m := h.b.members[s.Expert]; m != nil {
		expert = h.b.title(m)
	}
	x := h.event(e, "评审", strings.TrimSuffix("专家"+expert+"评分记录："+h.b.Panel.Rule.scoreWords(s), "，"))
	if x.By != "" {
		x.Who = h.b.correspondent(x.By, "")
	}
	h.review = append(h.review, x)
}

// scoreWords are a scoring's cells and total, and why it stands aside.
func (r Rule) scoreWords(s *Scoring) string {
	line, total := "", 0
	for _, c := range r.Criteria {
		if cell, ok := s.Cells[c.Name]; ok {
			line += c.Name + Points(cell.Value) + "，"
			total += cell.Value
		}
	}
	if s.complete(r) {
		line += "合计" + Points(total)
	}
	if why := s.aside(); why != "" {
		line += "（" + why + "）"
	}
	return line
}

// listed adds the steps from selection to award, those of other cases' lists where
// this one was judged and is not among them.
func (h *history) listed(l *List) {
	number, was := h.c.Number, h.list
	h.list = *l
	add := func(o Order, numbers []string, text, basis string) {
		if !slices.Contains(numbers, number) {
			if !slices.Contains(h.panel.Cases, number) {
				return
			}
			text = fmt.Sprintf("%s%d个，本案例未列入", text, len(numbers))
		}
		h.lists = append(h.lists, Event{At: o.At, Kind: "名单", Who: h.b.who(o.By), By: o.By, Text: text, Why: basis, Word: "依据", Ref: o.Mail})
	}
	if s := l.Selected; s != nil && !sameJSON(s, was.Selected) {
		if was.Selected != nil {
			h.replaced()
		}
		add(s.Order, s.Numbers, "入选", s.Basis)
	}
	if p := l.Public; p != nil && was.Public == nil {
		add(p.Order, p.Numbers, "公示，"+longDay(p.From)+"至"+longDay(p.Until), "")
	}
	for i, p := range l.Further {
		before := List{Public: l.Public, Further: l.Further[:i]}
		if i >= len(was.Further) && !slices.Contains(before.noticed(), number) {
			add(p.Order, p.Numbers, "补充公示，"+longDay(p.From)+"至"+longDay(p.Until), "")
		}
	}
	if a := l.Award; a != nil && was.Award == nil {
		add(a.Order, a.Numbers, "认定", "")
	}
}

// replaced marks the last selection as one that another took the place of.
func (h *history) replaced() {
	for i := len(h.lists) - 1; i >= 0; i-- {
		if e := &h.lists[i]; strings.HasPrefix(e.Text, "入选") && e.Ended == "" {
			e.Ended = "由新的名单取代"
			return
		}
	}
}

func sameJSON(a, b any) bool { return asJSON(a) == asJSON(b) }

// difference says what changed of a case; was is nil at its registration.
func difference(was, now *intake.Case) string {
	if was == nil {
		return "登记：" + now.City + "，" + now.StateWords()
	}
	var out []string
	if was.Revision != now.Revision {
		out = append(out, fmt.Sprintf("第%d版材料", now.Revision))
	}
	if was.City != now.City {
		out = append(out, "归属由"+was.City+"改为"+now.City)
	}
	if was.Unit != now.Unit || was.Case != now.Case {
		out = append(out, "名称："+now.Unit+"《"+now.Case+"》")
	}
	if was.StateWords() != now.StateWords() {
		out = append(out, "“"+was.StateWords()+"”改为“"+now.StateWords()+"”")
	}
	solved, fresh := messages(was, now), messages(now, was)
	if len(solved) > 0 {
		out = append(out, "不再有："+strings.Join(solved, "；"))
	}
	if len(fresh) > 0 {
		out = append(out, "新发现："+strings.Join(fresh, "；"))
	}
	if now.Package != was.Package && now.Package != "" {
		out = append(out, "材料冻结，校验码"+now.Package)
	}
	return strings.Join(out, "；")
}

// messages are the open findings of one state of a case that another has not.
func messages(of, than *intake.Case) []string {
	var out []string
	for _, f := range of.Findings {
		open := func(g intake.Finding) bool { return g.Key() == f.Key() && g.State == "open" }
		if f.State == "open" && f.Severity != "info" && !slices.ContainsFunc(than.Findings, open) {
			out = append(out, f.Message)
		}
	}
	return out
}
