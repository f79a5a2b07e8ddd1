package review

import (
	"cmp"
	"fmt"
	"slices"

	"anli/intake"
	"anli/intake/outbox"
)

// What happened to a case, as the tables have it.

func (b *Bench) mailsOf(c *intake.Case) (out []Event) {
	b.EachMail(func(m intake.Mail) {
		if !slices.Contains(m.Cases, c.Number) {
			return
		}
		e := Event{At: m.Arrival, Kind: "来信", Who: cmp.Or(m.City, m.Name, m.From), By: m.From, Text: "《" + m.Subject + "》", Ref: m.SHA256}
		if n := len(m.Files); n > 0 {
			e.Text += fmt.Sprintf("，附件%d个", n)
		}
		if m.Basis != "" {
			e.Text += "，到达时间按" + longClock(m.Reached) + "记录（依据：" + m.Basis + "）"
		}
		out = append(out, e)
		if x := m.Sealed; x != nil && x.Verb != "" {
			out = append(out, Event{At: x.At, Kind: "决定", Who: b.who(x.By), By: x.By, Text: "来信带有国家秘密标志，核为" + x.Verb, Why: x.Reason, Word: "理由", Ref: x.Order})
		}
	})
	return out
}

func (b *Bench) rulingsOf(c *intake.Case) (out []Event) {
	for _, x := range c.Corrections {
		m, _ := b.Mail(x.Mail)
		out = append(out, Event{At: x.At, Kind: "更正", By: m.From, Text: intake.FieldLabel(x.Field) + "：" + x.Value, Ref: x.Mail})
	}
	for _, d := range c.Decisions {
		out = append(out, Event{At: d.At, Kind: "决定", Who: b.who(d.By), By: d.By, Text: ruled(d), Why: d.Reason, Word: "理由", Ended: d.Ended, Ref: d.Mail})
	}
	for _, q := range c.Queries {
		text := "失信、经营异常等查询结果：" + q.Result
		if q.Text != "" {
			text += "，" + q.Text
		}
		out = append(out, Event{At: q.At, Kind: "查询", Who: b.who(q.By), By: q.By, Text: text, Ref: q.Mail})
	}
	return out
}

// ruled is a decision without its reason: 合并 AL2024-0002.
func ruled(d intake.Decision) string {
	if d.Item == "" {
		return d.Verb
	}
	return d.Verb + " " + d.Item
}

func (b *Bench) objectionsOf(c *intake.Case) (out []Event) {
	for _, o := range b.against(c.Number, false) {
		content := o.Content
		if o.Original != "" {
			content = "见原信" // its words are signed
		}
		out = append(out, Event{At: o.Filed.At, Kind: "异议", Who: b.who(o.Filed.By), By: o.Filed.By, Ref: o.Filed.Mail,
			Text: "登记" + o.Number + "，来源" + o.Source + "，应于" + longDay(o.Due) + "前办结，内容：" + content})
		if !o.open() {
			out = append(out, Event{At: o.Settled.At, Kind: "异议", Who: b.who(o.Settled.By), By: o.Settled.By, Ref: o.Settled.Mail,
				Text: o.Number + string(o.Ending), Why: o.Reason, Word: "理由"})
		}
	}
	return out
}

// lettersOf are the letters that spoke of the case. An expert's echo names his
// scores and is left out until the close.
func (b *Bench) lettersOf(c *intake.Case) (out []Event) {
	b.Fail(outbox.Letters.Each(b.tx, "", func(key string, l outbox.Letter) error {
		if !slices.Contains(l.Cases, c.Number) || b.Panel.Phase != PhaseClosed && (l.Template == "score-echo" || l.Template == "score-reminder") {
			return nil
		}
		f, _, err := outbox.Fates.Get(b.tx, key)
		e := Event{At: l.At, Kind: "发信", Who: l.To, By: l.To, Text: "《" + b.uncoded(l) + "》，" + fateWords(f), Ref: l.Code, Letter: key}
		if b.coded(l) {
			e.Ref = ""
		}
		out = append(out, e)
		return err
	}))
	return out
}

// coded: the letter's code proves that an answer is an expert's own, and is shown to
// nobody else while he scores.
func (b *Bench) coded(l outbox.Letter) bool {
	return b.Panel.Phase == PhaseOpen && l.Class == intake.ClassExpert
}

// uncoded is a letter's subject as it may be shown.
func (b *Bench) uncoded(l outbox.Letter) string {
	if b.coded(l) {
		return lastCode.ReplaceAllString(l.Subject, "")
	}
	return l.Subject
}

func fateWords(f outbox.Fate) string {
	words := map[outbox.State]string{outbox.Waiting: "待发", outbox.Sending: "发送中", outbox.Failed: "未能送达", outbox.Held: "暂存", outbox.Superseded: "未发出，已被取代或撤下"}
	if f.State == outbox.Sent {
		return longClock(f.At) + "发出"
	}
	return words[f.State]
}
