package bot_test

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
)

// showScores lists what is recorded, recused and asked back.
func showScores(l *ledger.Ledger) (text string, err error) {
	var out strings.Builder
	err = l.View(func(tx *ledger.Tx) error {
		r, err := review.ReadRecord(tx)
		for _, s := range r.Scores {
			var names []string
			for name := range s.Scores {
				names = append(names, name)
			}
			sort.Strings(names)
			fmt.Fprintf(&out, "%s %s", s.Expert, s.Number)
			for _, name := range names {
				fmt.Fprintf(&out, " %s=%s", name, s.Scores[name])
			}
			if s.Unproved {
				out.WriteString(" unproved")
			}
			if s.Comment != "" {
				fmt.Fprintf(&out, " “%s”", s.Comment)
			}
			out.WriteString("\n")
		}
		for _, x := range r.Recusals {
			fmt.Fprintf(&out, "%s %s recused: %s\n", x.Expert, x.Number, x.Reason)
		}
		for _, q := range r.Queries {
			fmt.Fprintf(&out, "%s %s asked back (%s): %s\n", q.Expert, q.Number, q.Reason, q.Text)
		}
		return err
	})
	return out.String(), err
}

// showExperts lists how far the experts are.
func showExperts(l *ledger.Ledger) (text string, err error) {
	var out strings.Builder
	err = l.View(func(tx *ledger.Tx) error {
		all, err := review.ReadProgress(tx)
		for _, p := range all {
			fmt.Fprintf(&out, "%s %s %s: %d assigned, %d scored, %d recused, %d open\n", p.Name, p.Email, p.State, p.Assigned, p.Scored, p.Recused, p.Open)
		}
		return err
	})
	return out.String(), err
}

// skip passes over a letter that is compared elsewhere: skip WHO "words of the subject".
func (d *dialogue) skip(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("whose letter, with which words?")
	}
	all := d.letters()
	if d.seen >= len(all) {
		return fmt.Errorf("no letter was sent")
	}
	l, err := sample.ReadLetter(all[d.seen].Raw)
	if err != nil {
		return err
	}
	if l.To != d.writer(args[0], nil).From || !strings.Contains(l.Subject, args[1]) {
		return fmt.Errorf("the next letter is another:\n%s", d.readable(all[d.seen]))
	}
	d.seen++
	return nil
}

// shown is a total as an echo shows it to the expert himself.
var shown = regexp.MustCompile(`合计\s?\d`)

// checkSecrets: no letter to an expert or a bureau names another expert, or what
// another scored; none to staff shows a score before the review is closed.
func (d *desk) checkSecrets() {
	d.t.Helper()
	closed := false
	var roster intake.Settings // an expert may have got another address
	if err := d.ledger.View(func(tx *ledger.Tx) (err error) { roster, err = intake.InForce(tx); return err }); err != nil {
		d.t.Fatal(err)
	}
	for _, a := range d.letters() {
		l, err := sample.ReadLetter(a.Raw)
		if err != nil {
			d.t.Fatal(err)
		}
		text := l.Subject + "\n" + l.Text
		if d.settings.StaffName(l.To) != "" {
			closed = closed || strings.Contains(text, "评审已结束") || strings.Contains(text, "评审已按设定时间结束")
			if shown.MatchString(text) && !closed {
				d.t.Errorf("a letter to staff shows a score before the close: %s", l.Subject)
			}
			continue
		}
		own := false
		for _, e := range sample.Experts() {
			if now := roster.ExpertOf(l.To); e.Address == l.To || now != nil && now.Name == e.Name {
				own = true
			} else if strings.Contains(text, e.Name) || strings.Contains(text, e.Address) {
				d.t.Errorf("a letter to %s names %s: %s", l.To, e.Name, l.Subject)
			}
		}
		if !own && shown.MatchString(text) {
			d.t.Errorf("a letter to %s shows a score: %s", l.To, l.Subject)
		}
	}
}
