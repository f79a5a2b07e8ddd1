package review

import (
	"fmt"
	"strings"

	"anli/intake"
	"anli/templates"
)

func (b *Bench) finish(row, how string) {
	if r, ok := b.Row(row); ok && r.Done == "" {
		r.Done = how
		b.SetRow(r)
	}
}

// finishAll ends the open rows whose ids begin so.
func (b *Bench) finishAll(prefix, how string) {
	for _, r := range b.OpenRows() {
		if strings.HasPrefix(r.ID, prefix) {
			b.finish(r.ID, how)
		}
	}
}

// OfferEligibility opens a row for every complete case that waits for staff's
// word, once the deadline is over: before it, packages may still change. One that
// became incomplete meanwhile is offered again. It reports whether there are new ones.
func (b *Bench) OfferEligibility() (offered bool) {
	for _, c := range b.Cases("") {
		id := "eligible/" + c.Number
		r, known := b.Row(id)
		waits := c.Stage == intake.StageComplete && len(c.Holds) == 0 && !b.Now.Before(b.Settings.Call.Deadline)
		switch {
		case waits && known && r.Done == overtaken:
			r.Done, r.At, r.Told, offered = "", b.Now, false, true
			b.SetRow(r)
		case waits && !known:
			offered = true
			b.AddRow(intake.Row{ID: id, Kind: "eligibility", Case: c.Number, Replies: []string{"通过", "不通过 理由"},
				Text: c.City + c.Number + "（" + c.Unit + "）材料齐全，待资格审核。"})
		case known && r.Done == "" && c.Stage != intake.StageComplete:
			b.finish(id, overtaken)
		}
	}
	return offered
}

// heedMost is how many things a row of eligibility names; the ledger has all.
const heedMost = 3

// Heed is what a person who is to judge a complete case looks at: what only staff hear
// of, and what the machine could not tell. "" if there is nothing.
func Heed(c *intake.Case) string {
	var out []string
	more := 0
	for _, f := range c.Findings {
		if f.State == "waived" || f.Severity == "info" || f.Audience != "staff" && f.State != "pending" && f.Source != "image" && f.Source != "ocr" {
			continue
		}
		if len(out) == heedMost {
			more++
			continue
		}
		out = append(out, strings.TrimRight(f.Message, "。"))
	}
	if len(out) == 0 {
		return ""
	}
	text := "请留意：" + strings.Join(out, "；")
	if more > 0 {
		text += fmt.Sprintf("；另有%d项，见台账", more)
	}
	return text + "。"
}

// AskLookUp mails staff the units to be looked up in public registers, names and
// codes ready to paste: what the program cannot ask, it lays out.
func (b *Bench) AskLookUp() {
	entries := b.LookUp()
	for _, to := range b.Settings.StaffAddresses() {
		b.Put(intake.Post{Key: "look-up/" + b.Now.Format("2006-01-02") + "/" + to, To: to, Class: intake.ClassStaff, Template: "look-up",
			Data: templates.LookUp{Name: b.Settings.StaffName(to), AsOf: b.Now.Format("1月2日15:04"), Entries: entries}})
	}
}

// overtaken: the case no longer waited for staff's word on it.
const overtaken = "已办理"
