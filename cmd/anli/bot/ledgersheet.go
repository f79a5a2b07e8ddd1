package bot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/review"
	"anli/templates"
)

// Ledger is the ledger as an officer would have made it: ledger.xlsx. No score
// stands in it.
func Ledger(b *review.Bench) templates.LedgerData {
	s := b.Sitting
	_, head := b.Head()
	d := templates.LedgerData{Title: s.Settings.Call.Title, AsOf: s.Now.Format("2006年1月2日15:04"), Head: head}
	cities := map[string]*templates.LedgerCity{}
	for _, c := range s.Settings.Call.Cities {
		cities[c] = &templates.LedgerCity{City: c, Quota: s.Settings.Call.QuotaOf(c), Addresses: strings.Join(s.Settings.AddressesOf(c), "、")}
	}
	for _, c := range s.Cases("") {
		d.Cases = append(d.Cases, ledgerCase(b, c))
		if c.Stage == intake.StageWithdrawn && cities[c.City] != nil {
			cities[c.City].Withdrawn++
		}
		for _, x := range c.Decisions {
			d.Decisions = append(d.Decisions, templates.LedgerDecision{At: minute(x.At), Number: c.Number, Unit: c.Unit, Verb: x.Verb, Item: x.Item, Reason: x.Reason,
				By: cmp.Or(s.Settings.StaffName(x.By), x.By), Undone: x.Ended})
		}
	}
	tiles := tally(s).tiles
	for _, c := range s.Settings.Call.Cities {
		if tiles[c] != nil {
			countCity(cities[c], *tiles[c])
		}
		if s.Declined(c) {
			cities[c].Note = "不申报"
		}
		d.Cities = append(d.Cities, *cities[c])
	}
	for _, key := range slices.Sorted(maps.Keys(s.Settings.Orders)) {
		o := s.Settings.Orders[key]
		d.Decisions = append(d.Decisions, templates.LedgerDecision{At: minute(o.At), Verb: o.Verb, Item: o.Item, Reason: o.Basis, By: cmp.Or(s.Settings.StaffName(o.By), o.By)})
	}
	for _, x := range b.Decided() {
		row := templates.LedgerDecision{At: minute(x.At), Number: x.Case, Verb: x.Verb, Item: x.Item, Reason: x.Reason, By: cmp.Or(s.Settings.StaffName(x.By), x.By)}
		if c := b.Case(x.Case); c != nil {
			row.Unit = c.Unit
		}
		d.Decisions = append(d.Decisions, row)
	}
	slices.SortStableFunc(d.Decisions, func(a, b templates.LedgerDecision) int { return strings.Compare(a.At, b.At) })
	for _, r := range s.OpenRows() {
		if r.Case != "" || r.Kind == "absence" {
			continue
		}
		p := templates.LedgerProblem{Message: r.Text, Since: minute(r.At)}
		if m, ok := s.Mail(r.Mail); ok {
			p.City, p.From = m.City, m.From
		}
		d.Others = append(d.Others, p)
	}
	return d
}

func ledgerCase(b *review.Bench, c *intake.Case) templates.LedgerCase {
	s := b.Sitting
	f, _ := s.Form(c)
	l := templates.LedgerCase{Number: c.Number, City: c.City, Unit: c.Unit, Case: c.Case, Fields: c.Categories, Stage: string(c.Stage),
		Leader: f.Leader, Contact: f.Contact, Phone: f.Phone, Email: f.Email, CreditCode: b.CreditCode(c),
		Files: filesOf(c), Received: minute(c.Received), Touched: minute(c.Touched), Revision: c.Revision, Sender: c.Sender}
	for _, h := range c.Holds {
		l.Holds = append(l.Holds, string(h))
	}
	for _, x := range c.Findings {
		if x.Severity != "info" {
			l.Findings = append(l.Findings, templates.LedgerFinding{Code: x.Code, Severity: x.Severity, State: x.State, Staff: x.ForStaff(), Message: x.Message, Fix: x.Fix})
		}
	}
	if n := len(c.Decisions); n > 0 {
		x := c.Decisions[n-1]
		l.Verdict = fmt.Sprintf("%s（%s，%s）", strings.TrimSpace(x.Verb+" "+x.Reason), x.At.In(intake.Zone()).Format("1月2日"), cmp.Or(s.Settings.StaffName(x.By), x.By))
	}
	if n := len(c.Queries); n > 0 {
		q := c.Queries[n-1]
		l.Checked = fmt.Sprintf("%s（%s，%s）", strings.TrimSpace(q.Result+" "+q.Text), q.At.In(intake.Zone()).Format("1月2日"), cmp.Or(s.Settings.StaffName(q.By), q.By))
	}
	l.Corrections = corrections(c)
	return l
}

// corrections are what the bureau corrected, the newest of each field.
func corrections(c *intake.Case) []string {
	at := map[string]int{}
	var lines []string
	for _, x := range c.Corrections {
		line := intake.FieldLabel(x.Field) + "：" + x.Value + "（" + x.At.In(intake.Zone()).Format("1月2日") + "更正）"
		if i, again := at[x.Field]; again {
			lines[i] = line
			continue
		}
		at[x.Field] = len(lines)
		lines = append(lines, line)
	}
	return lines
}

// filesOf counts the files that count, without archives.
func filesOf(c *intake.Case) int {
	n := 0
	for _, f := range c.Active() {
		if f.Role != intake.RoleContainer {
			n++
		}
	}
	return n
}

// countCity gives a city's line the same counts as its tile in the morning letter.
func countCity(l *templates.LedgerCity, t templates.CityTile) {
	l.Complete, l.Open, l.Decide, l.Eligible = t.Complete, t.Open, t.Decide, t.Eligible
	l.Failed, l.Review, l.Selected, l.Passed = t.Failed, t.Review, t.Selected, t.Passed
	l.Received = t.Complete + t.Open + t.Decide + t.Eligible + t.Failed + t.Review + t.Selected + t.Passed
}

// minute is a time as the ledger writes it; "" for none.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(intake.Zone()).Format("2006-01-02 15:04")
}
