package review

import (
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/templates"
)

// Outcome is the ranking with the sheets that people sign.
type Outcome struct {
	Ranking       templates.RankingData
	Summary       templates.SummaryData
	Confirmations []templates.ConfirmationData // one an expert
}

// RankingLetter is the letter that brings staff the ranking (排名).
func (b *Bench) RankingLetter(name string) templates.RankingLetter {
	r := b.Outcome()
	return templates.RankingLetter{Name: name, Ranking: r.Ranking, Summary: r.Summary, Confirmations: r.Confirmations}
}

// ReadOutcome computes the ranking of a ledger at rest; ok is false before the
// panel has begun.
func ReadOutcome(tx *ledger.Tx, now time.Time) (r Outcome, ok bool, err error) {
	b, err := AtRest(tx, time.Time{})
	if err != nil || b.Panel.Phase == PhaseNone {
		return r, false, err
	}
	b.Now = now.In(intake.Zone())
	return b.Outcome(), true, nil
}

// Outcome computes the ranking from everything recorded.
func (b *Bench) Outcome() Outcome {
	cases := b.judged()
	ranking := Rank(b.Panel.Rule, b.facts(cases), b.sheets())
	_, head := b.Head()
	d := templates.RankingData{Title: b.Settings.Call.Title, AsOf: b.Now.Format("2006年1月2日15:04"), Head: head, Rule: b.Panel.Rule.Words(), Criteria: criteriaOf(b.Panel.Rule)}
	for _, s := range ranking.Cases {
		row := b.rankedCase(s)
		if s.Rank > 0 {
			d.Rows = append(d.Rows, row)
		} else {
			d.Unranked = append(d.Unranked, row)
		}
	}
	out := Outcome{Ranking: d, Summary: templates.SummaryData{Title: d.Title, AsOf: d.AsOf, Head: head, Rows: d.Rows, Unranked: d.Unranked}}
	for _, m := range b.Members() {
		out.Summary.Experts = append(out.Summary.Experts, b.title(m))
		out.Confirmations = append(out.Confirmations, b.confirmation(m, d))
	}
	return out
}

// sheets are the scorings as the ranking takes them.
func (b *Bench) sheets() []Sheet {
	var out []Sheet
	for _, m := range b.Members() {
		for _, number := range m.assigned() {
			sc := b.Scoring(m.Expert, number)
			if sc == nil {
				continue
			}
			s := Sheet{Expert: m.Expert, Number: number, Recused: sc.Recused, Abstained: sc.Abstained, Void: sc.Void, Comment: sc.Comment, Cells: map[string]int{}}
			for name, c := range sc.Cells {
				s.Cells[name] = c.Value
				s.Unproved = s.Unproved || c.Unproved
			}
			out = append(out, s)
		}
	}
	return out
}

// title names an expert so that no two are named alike.
func (b *Bench) title(m *Member) string {
	for _, o := range b.Members() {
		if o != m && o.Name == m.Name {
			return m.Name + "（" + m.Expert + "）"
		}
	}
	return m.Name
}

func (b *Bench) rankedCase(s Standing) templates.RankedCase {
	r := templates.RankedCase{Rank: s.Rank, Tied: s.Tied, Number: s.Case.Number, City: s.Case.City, Unit: s.Case.Unit, Field: strings.Join(s.Case.Categories, "、"),
		Valid: s.Valid, Count: s.Counted, Average: s.Average.rounded(), Median: s.Median.rounded(), Spread: s.Spread, Why: s.Why}
	if c := b.Case(s.Case.Number); c != nil {
		r.Case = c.Case
	}
	for _, m := range s.Marks {
		e := templates.ExpertScore{Expert: m.Expert, Total: m.Total, Counts: m.Counted, Why: m.Why}
		if member := b.members[m.Expert]; member != nil {
			e.Expert = b.title(member)
		}
		for _, c := range b.Panel.Rule.Criteria {
			v, ok := m.Cells[c.Name]
			if !ok {
				v = -1
			}
			e.Cells = append(e.Cells, v)
		}
		if m.Counted {
			r.Sum += m.Total
		}
		if m.Outlier != "" {
			r.Outliers = append(r.Outliers, e.Expert+"："+m.Outlier)
		}
		r.Scores = append(r.Scores, e)
	}
	return r
}

// rounded is the fraction in hundredths of a point, half up.
func (f Fraction) rounded() int {
	if f.Den == 0 {
		return 0
	}
	return (2*f.Num + f.Den) / (2 * f.Den)
}

// confirmation is what an expert signs: his own scores.
func (b *Bench) confirmation(m *Member, d templates.RankingData) templates.ConfirmationData {
	out := templates.ConfirmationData{Title: d.Title, AsOf: d.AsOf, Head: d.Head, Expert: m.Name, Criteria: d.Criteria}
	if e, ok := b.expertOf(m); ok {
		out.Organisation = e.Organisation
	}
	for _, number := range m.assigned() {
		if !b.judges(number) {
			continue
		}
		c := b.Case(number)
		row := templates.ConfirmedCase{Number: number, Unit: c.Unit, Case: c.Case}
		sc := b.Scoring(m.Expert, number)
		for _, c := range b.Panel.Rule.Criteria {
			v := -1
			if sc != nil {
				if cell, ok := sc.Cells[c.Name]; ok {
					v = cell.Value
					row.Total += v
				}
			}
			row.Cells = append(row.Cells, v)
		}
		if sc != nil {
			row.Comment, row.Why = sc.Comment, sc.aside()
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// aside says why a scoring stands aside, as its expert may read it.
func (s *Scoring) aside() string {
	switch {
	case s.Recused:
		return templates.WhyRecused
	case s.Abstained:
		return templates.WhyAbstained
	case s.Void:
		return templates.WhyVoid
	case s.unproved():
		return templates.WhyUnproved
	}
	return ""
}
