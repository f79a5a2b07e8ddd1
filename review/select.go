package review

import (
	"fmt"
	"slices"
	"strings"

	"anli/intake"
)

// Choice is whom an order would select; it changes nothing. The same ledger and
// the same order give the same.
type Choice struct {
	Numbers  []string // best first; none if there are problems
	Places   int
	Notes    []string // what staff should see before they stand by it
	Problems []string // why it cannot be recorded, in Chinese
}

// Choose works out an order by places (入选 10) or, where places is 0, by case
// numbers. A tie at the line is shown with all its cases and selects nobody: the
// machine never cuts through it.
func (b *Bench) Choose(places int, numbers []string) Choice {
	c := Choice{Places: places}
	if why := b.notSelectable(); why != "" {
		c.Problems = []string{why}
		return c
	}
	ranking := b.standings()
	if places > 0 {
		c.byPlaces(b, ranking)
	} else {
		c.byNumbers(b, ranking, numbers)
	}
	for _, n := range c.Numbers {
		if why := barred(b.Case(n)); why != "" {
			c.Problems = append(c.Problems, titled(b.Case(n))+why+"，不能列入")
		}
	}
	if why := b.leftOut(c.Numbers); why != "" && len(c.Numbers) > 0 {
		c.Problems = append(c.Problems, why)
	}
	switch {
	case len(c.Problems) > 0:
		c.Numbers, c.Notes = nil, nil
	case len(c.Numbers) == 0:
		c.Problems = append(c.Problems, "没有写明入选的案例")
	}
	return c
}

// notSelectable says why nobody can be selected now; "" if staff may.
func (b *Bench) notSelectable() string {
	switch {
	case b.Panel.Phase != PhaseClosed:
		return "评审尚未结束，请先“结束评审”"
	case b.List.Award != nil:
		return "名单已于" + day(b.List.Award.At) + "认定，不能再改"
	}
	return ""
}

// standings is the ranking as 排名 shows it.
func (b *Bench) standings() Ranking {
	return Rank(b.Panel.Rule, b.facts(b.judged()), b.sheets())
}

// barred says why a case cannot stand on the list; "" if it can. One that is public
// stays, whatever is being looked into.
func barred(c *intake.Case) string {
	switch {
	case c.Stage == intake.StagePublicised:
		return ""
	case c.Has(intake.HoldObjection):
		return "有未办结的异议"
	case c.Stage != intake.StageReviewed:
		return "现为“" + c.StateWords() + "”"
	}
	return ""
}

func (c *Choice) byPlaces(b *Bench, r Ranking) {
	ranked := 0
	for _, s := range r.Cases {
		if s.Rank > 0 {
			ranked++
		}
	}
	cut := r.Line(c.Places)
	switch {
	case c.Places > ranked:
		c.Problems = append(c.Problems, fmt.Sprintf("列入排名的案例只有%d个，不足%d个", ranked, c.Places))
	case len(cut.Tied) > 0:
		above, all := len(cut.Numbers)-len(cut.Tied), len(cut.Numbers)
		other := fmt.Sprintf("%d个", all)
		if above > 0 {
			other = fmt.Sprintf("%d个或%d个", above, all)
		}
		c.Problems = append(c.Problems, fmt.Sprintf("第%d名并列%d个：%s，取前%d名须在其中取舍，程序不作取舍，请按案例编号写明入选案例，或改为%s",
			above+1, len(cut.Tied), b.titles(cut.Tied), c.Places, other))
	default:
		c.Numbers = cut.Numbers
	}
}

// byNumbers puts the named cases in the order of the ranking, and notes where the
// list departs from it: who reads the file later will ask.
func (c *Choice) byNumbers(b *Bench, r Ranking, numbers []string) {
	for _, n := range numbers {
		if b.Case(n) == nil {
			c.Problems = append(c.Problems, "没有编号为"+n+"的案例")
		} else if !slices.Contains(b.Panel.Cases, n) {
			c.Problems = append(c.Problems, titled(b.Case(n))+"未经专家评审，不能列入")
		} else if !b.judges(n) {
			c.Problems = append(c.Problems, titled(b.Case(n))+"已撤回，不能列入")
		}
	}
	var passed, unranked, skipped []string
	for _, s := range r.Cases {
		switch n := s.Case.Number; {
		case !slices.Contains(numbers, n):
			passed = append(passed, n)
		case s.Rank == 0:
			unranked, c.Numbers = append(unranked, n), append(c.Numbers, n)
		default:
			skipped, passed = append(skipped, passed...), nil
			c.Numbers = append(c.Numbers, n)
		}
	}
	if len(skipped) > 0 {
		c.Notes = append(c.Notes, "排名在前而未列入："+b.titles(skipped))
	}
	if len(unranked) > 0 {
		c.Notes = append(c.Notes, "有效评分不足、未列入排名："+b.titles(unranked))
	}
}

// choiceLines show a choice to staff.
func (b *Bench) choiceLines(c Choice) []string {
	if len(c.Problems) > 0 {
		return c.Problems
	}
	return append([]string{fmt.Sprintf("入选%d个：%s", len(c.Numbers), b.titles(c.Numbers))}, c.Notes...)
}

// Select records whom staff select (入选), on what basis. places is a number of
// places in the ranking; 0: the cases are named. A later order replaces it; what is
// public stays in it, and what it adds has to be made public before 认定. Stages stay
// as they are.
func (b *Bench) Select(places int, numbers []string, basis, by, mail string) (bool, string) {
	if strings.TrimSpace(basis) == "" {
		return false, "请写明依据，例如“入选 10 依据 厅党组会议纪要〔2024〕12号”。"
	}
	c := b.Choose(places, numbers)
	lines := strings.Join(b.choiceLines(c), "；")
	if len(c.Problems) > 0 {
		return false, lines + "。未执行。"
	}
	again := ""
	if b.List.Selected != nil {
		again = "，取代" + day(b.List.Selected.At) + b.who(b.List.Selected.By) + "确定的名单"
	}
	if p := b.List.last(); p != nil && !b.List.Selected.At.After(p.At) {
		b.List.Earlier = append(b.List.Earlier, *b.List.Selected)
	}
	b.List.Selected = &Selection{b.order(by, mail), c.Numbers, places, strings.TrimSpace(basis)}
	return true, lines + "。依据：" + b.List.Selected.Basis + "。已记录" + again + "；" + b.afterSelection()
}

// afterSelection says what the selection calls for.
func (b *Bench) afterSelection() string {
	fresh := b.List.fresh()
	switch {
	case b.List.Public == nil:
		return "公示前可重新“入选”更改。"
	case len(fresh) == 0:
		return "没有新增的案例，无需补充公示。"
	}
	return fmt.Sprintf("其中新增%d个：%s，须“公示”（补充公示）期满后方可认定。", len(fresh), b.titles(fresh))
}
