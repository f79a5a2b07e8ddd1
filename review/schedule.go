package review

import (
	"strings"
	"time"

	"anli/intake"
)

// Starting by date (start_at). Staff see who would score what before anything is
// sent: a working day ahead, and again where it has changed since.

// toLookAt is how long staff have at least to look at what was shown late.
const toLookAt = time.Hour

// startsAt is when the next step towards a start by date is due.
func (p Panel) startsAt(s intake.Settings) time.Time {
	start := s.Review.StartAt
	ahead := start
	for range 400 { // a calendar without working days ends here
		if ahead = ahead.AddDate(0, 0, -1); s.Calendar.Working(ahead) {
			break
		}
	}
	switch next := p.ShownAt.Add(toLookAt); {
	case p.ShownAt.Before(ahead):
		return ahead
	case next.After(start):
		return next
	}
	return start
}

// startByDate shows staff what would be sent, or, where they have seen just that,
// starts.
func (b *Bench) startByDate() {
	p := b.Propose()
	start := b.Settings.Review.StartAt
	row := func(text string) {
		b.AddRow(intake.Row{ID: "review-start/" + b.Now.Format("20060102T1504"), Kind: "review", Urgent: true, Replies: []string{"无关"}, Text: text})
	}
	switch early := b.Now.Before(start); {
	case len(p.Problems) > 0 && early:
		b.Panel.Shown, b.Panel.ShownAt = "", b.notBefore()
		row("评审设定于" + intake.DeadlineText(start) + "启动，目前尚不能启动：" + strings.Join(p.Problems, "；") + "。")
	case len(p.Problems) > 0:
		b.Panel.Tried = start
		row("设定的评审启动时间已到，但未能启动：" + strings.Join(p.Problems, "；") + "。处理后请回复“启动评审”。")
	case early || b.Panel.Shown != p.Basis():
		b.Panel.Shown, b.Panel.ShownAt = p.Basis(), b.notBefore()
		row("评审将于" + intake.DeadlineText(b.Panel.startsAt(b.Settings)) + "自动启动，如有不妥请在此前处理：" + inOne(p.Lines()) + "。")
	default:
		b.Start(p)
		b.Panel.Tried = start
		row("评审已按设定时间启动：" + inOne(p.Lines()) + "。")
	}
}

// inOne makes one sentence of lines.
func inOne(lines []string) string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.TrimRight(strings.TrimSpace(l), "。；"))
	}
	return strings.Join(out, "；")
}

// notBefore is when staff can have seen at the earliest what is shown now: a date
// that was set when it was past is due at a time that has gone.
func (b *Bench) notBefore() time.Time {
	seq, _ := b.tx.Head()
	last, err := b.tx.Entry(seq)
	b.Fail(err)
	if last.At.After(b.Now) {
		return last.At.In(intake.Zone())
	}
	return b.Now
}
