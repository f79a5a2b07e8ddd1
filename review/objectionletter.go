package review

import (
	"anli/intake"
	"anli/templates"
)

// answerObjector writes the end of an objection to who objected by mail; it gives the end
// of the transcript's line. A letter about an end that no longer stands is taken back, and
// where it may have left the new one says that it corrects it. The letter is of no case:
// a case's file never holds who objected.
func (b *Bench) answerObjector(o *Objection) string {
	corrects, replaced := false, false
	for _, key := range o.Letters {
		left := b.Retract(key, "异议结论已更正")
		corrects, replaced = corrects || left, true
	}
	if !corrects { // what nobody got needs no correction later
		o.Letters = nil
	}
	m, mailed := b.Mail(o.Original)
	if !mailed || o.From == "" {
		return "请按规定书面答复异议人。"
	}
	key := "objection-settled/" + o.Number + "/" + o.Settled.Mail + "/" + o.From
	code := b.Put(intake.Post{Key: key, To: o.From, Class: intake.ClassObjection, Template: "objection-settled", Answers: &m,
		Data: templates.ObjectionSettled{Name: m.Name, Number: o.Number, At: longDay(o.Came), Upheld: o.Ending == Upheld, Reason: Scrub(o.Reason),
			Date: longDay(o.Settled.At), Corrects: corrects, Phone: b.Settings.Office.Phone}})
	if code == "" {
		return "请按规定书面答复异议人。"
	}
	o.Letters = append(o.Letters, key)
	b.setObjection(o)
	text := "已向异议人发出答复。"
	if b.Settings.Letters[intake.ClassObjection] == "approve" {
		text = "给异议人的答复待贵处放行。"
	}
	switch {
	case corrects:
		text += "此前的答复可能已经发出，新的答复注明更正。"
	case replaced:
		text += "此前的答复尚未发出，已由新的答复取代。"
	}
	return text
}
