package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/review"
)

// rulings are what staff may write of a case at any time; {n} is its number, {m}
// another's.
var rulings = []string{"通过 {n}", "通过 {n}", "不通过 {n} 主体资格不符", "补正 {n} 补充2023年数据", "撤回 {n} 单位来电申请", "撤销 {n}", "撤销 {n}", "撤销 {n}",
	"改为 {n} 不通过 复核", "改为 {n} 通过 复核", "采纳 {n} 补充材料有效", "重查 {n}", "免 {n} 照片 已另交", "受理 {n} 经研究", "合并 {n} 到 {m}",
	"登记异议 {n} 来源 电话 反映数据不实", "异议成立 {n} 属实", "异议不成立 {n} 不属实", "入选 {n}、{m} 依据 会议纪要1号", "名额 佛山市 3 依据 文1号", "归属 {n} 东莞市",
	"公示", "认定", "结束评审", "启动评审", "排名", "补正截止 12月20日", "试运行 公示"}

// step is one thing that happens.
func (s *story) step() {
	switch s.r.IntN(10) {
	case 0, 1:
		s.staff(s.filled(rulings[s.r.IntN(len(rulings))]))
	case 2:
		s.bureauWrites()
	case 3, 4:
		s.expertWrites()
	case 5:
		s.told = append(s.told, "time passes")
		s.wait(time.Duration(1+s.r.IntN(30)) * time.Hour)
	default:
		if line := s.next(); line != "" {
			s.staff(line)
			return
		}
		s.told = append(s.told, "a day passes")
		s.wait(24 * time.Hour)
	}
}

func (s *story) number() string { return fmt.Sprintf("AL2024-%04d", 1+s.r.IntN(5)) }

func (s *story) filled(line string) string {
	return strings.NewReplacer("{n}", s.number(), "{m}", s.number()).Replace(line)
}

// staff writes an order as one of two, and confirms what is to be confirmed.
func (s *story) staff(text string) {
	from := []string{sample.Officer, sample.Officer, sample.Officer, sample.Officer2}[s.r.IntN(4)]
	s.write(from, "", text)
	verb, _, _ := strings.Cut(text, " ")
	if l := s.newest(from, "transcript"); needsConfirm(verb) && l.At.Equal(s.now) && s.r.IntN(5) > 0 {
		s.write(from, "transcript", "确认 "+l.Code)
	}
}

// next is what a reasonable officer would order now; "" if he would wait.
func (s *story) next() (line string) {
	s.look(func(b *review.Bench) {
		switch l := b.List; {
		case b.Panel.Phase == review.PhaseNone && s.r.IntN(4) > 0:
			line = s.filled("通过 {n}\n通过 {m}")
		case b.Panel.Phase == review.PhaseNone:
			line = "启动评审"
		case b.Panel.Phase == review.PhaseOpen && s.r.IntN(4) == 0:
			line = "结束评审"
		case b.Panel.Phase == review.PhaseOpen:
			line = s.judgingOrder()
		case l.Selected == nil:
			line = s.filled([]string{"入选 1 依据 纪要", "入选 2 依据 纪要", "入选 {n}、{m} 依据 纪要"}[s.r.IntN(3)])
		case l.Public == nil:
			line = "公示"
		case !s.now.After(l.Public.Until) && s.r.IntN(4) > 0:
		default:
			line = "认定"
			for _, o := range b.Objections() {
				if o.Ending == "" {
					line = []string{"异议不成立 ", "异议成立 "}[s.r.IntN(2)] + o.Number + " 经核查"
				}
			}
		}
	})
	return line
}

func (s *story) judgingOrder() string {
	who, other := sample.Experts()[s.r.IntN(3)].Name, sample.Experts()[s.r.IntN(3)].Name
	return s.filled([]string{"作废 " + who + " {n} 填错行", "认可 " + who, "催评 " + who, "换专家 " + who + " 为 " + other, "撤销 {n}"}[s.r.IntN(5)])
}

func (s *story) bureauWrites() {
	lines := []string{"撤回 {n}", "恢复 {n}", "进度", "更正 {n} 联系电话 13800138000", "请问何时公示？"}
	city := []string{"佛山市", "东莞市"}[s.r.IntN(2)]
	s.write(sample.BureauOf(city).Address, "", s.filled(lines[s.r.IntN(len(lines))]))
}

func (s *story) expertWrites() {
	e := sample.Experts()[s.r.IntN(3)]
	text := s.filled(fmt.Sprintf("{n} %d %d", s.r.IntN(34), s.r.IntN(28)))
	if s.r.IntN(8) == 0 {
		text = s.filled("{n} 回避 曾任顾问")
	}
	s.write(e.Address, "score-request", text)
}

// rank is the order in which stages follow each other; what goes back needs
// somebody's word.
var stageRank = map[intake.Stage]int{intake.StageIncomplete: 0, intake.StageComplete: 0, intake.StageIneligible: 1, intake.StageEligible: 1, intake.StageInReview: 2,
	intake.StageReviewed: 3, intake.StagePublicised: 4, intake.StageNotSelected: 5, intake.StageAwarded: 6}

// follows: the stages a case may have had just before, going on.
var follows = map[intake.Stage][]intake.Stage{
	intake.StageEligible:    {intake.StageComplete, intake.StageIncomplete, intake.StageIneligible, intake.StageWithdrawn},
	intake.StageInReview:    {intake.StageEligible, intake.StageWithdrawn},
	intake.StageReviewed:    {intake.StageInReview, intake.StageNotSelected, intake.StagePublicised, intake.StageWithdrawn},
	intake.StagePublicised:  {intake.StageReviewed, intake.StageNotSelected, intake.StageWithdrawn},
	intake.StageAwarded:     {intake.StagePublicised},
	intake.StageNotSelected: {intake.StageReviewed, intake.StagePublicised, intake.StageInReview},
}

// holds checks what must hold after each step.
func (s *story) holds() {
	s.t.Helper()
	s.look(func(b *review.Bench) {
		now := s.copied(b)
		live := map[string]int{}
		for _, c := range b.Cases("") {
			s.moved(b, s.cases[c.Number], *c)
			s.decided(b, c)
			if c.Live() && !c.Has(intake.HoldOverQuota) {
				live[c.City]++
			}
		}
		for city, n := range live {
			if n > b.Settings.Call.QuotaOf(city) {
				s.t.Errorf("%s has %d live cases that nothing holds", city, n)
			}
		}
		s.judged(b)
		s.cases = now
	})
}

// moved: stages go on in their order, and back only by a decision or an objection's end.
func (s *story) moved(b *review.Bench, was, is intake.Case) {
	s.t.Helper()
	if is.Stage == intake.StagePublicised {
		s.public[is.Number] = true
	}
	if was.Stage == is.Stage {
		return
	}
	if from, ok := follows[is.Stage]; ok && !slices.Contains(from, was.Stage) && !s.taken(was, is) {
		s.t.Errorf("%s went from %s to %s", is.Number, was.Stage, is.Stage)
	}
	back := stageRank[is.Stage] < stageRank[was.Stage] && is.Stage != intake.StageWithdrawn
	concluded := slices.ContainsFunc(b.Objections(), func(o *review.Objection) bool { return o.Case == is.Number && o.Settled.At.Equal(s.now) })
	if back && !concluded && !s.taken(was, is) {
		s.t.Errorf("%s went back from %s to %s without a word", is.Number, was.Stage, is.Stage)
	}
	if was.Stage == intake.StageAwarded {
		s.t.Errorf("%s was awarded and is %s", is.Number, is.Stage)
	}
	if is.Stage == intake.StageAwarded && !s.public[is.Number] {
		s.t.Errorf("%s is awarded and was never publicised", is.Number)
	}
}

// taken: staff decided on the case since.
func (s *story) taken(was, is intake.Case) bool { return len(is.Decisions) > len(was.Decisions) }

// decided: every decision has an author and a mail that there is.
func (s *story) decided(b *review.Bench, c *intake.Case) {
	s.t.Helper()
	for _, d := range c.Decisions {
		if _, ok := b.Mail(d.Mail); !ok || b.Settings.StaffName(d.By) == "" {
			s.t.Errorf("%s: nobody ordered %s (by %q, mail %q)", c.Number, d.Verb, d.By, d.Mail)
		}
	}
	for _, o := range b.Objections() {
		if _, ok := b.Mail(o.Filed.Mail); !ok || !o.Settled.At.IsZero() && b.Settings.StaffName(o.Settled.By) == "" {
			s.t.Errorf("%s: nobody's objection", o.Number)
		}
	}
}

// judged: scores are in their range and asked for; who is withdrawn, ineligible or
// held is not in the ranking; the list's orders have authors.
func (s *story) judged(b *review.Bench) {
	s.t.Helper()
	for _, m := range b.Members() {
		for n := range s.cases {
			sc := b.Scoring(m.Expert, n)
			if sc == nil {
				continue
			}
			asked := slices.ContainsFunc(m.Batches, func(x review.Batch) bool { return slices.Contains(x.Cases, n) })
			for _, k := range b.Panel.Rule.Criteria {
				cell, ok := sc.Cells[k.Name]
				if ok && (cell.Value < 0 || cell.Value > k.Max || !asked) {
					s.t.Errorf("%s of %s for %s: %d of %d, asked %v", k.Name, m.Name, n, cell.Value, k.Max, asked)
				}
			}
		}
	}
	if b.Panel.Phase == review.PhaseNone {
		return
	}
	out := fmt.Sprint(b.Outcome().Ranking.Rows)
	for _, c := range b.Cases("") {
		gone := c.Stage == intake.StageWithdrawn || c.Stage == intake.StageIneligible || c.Has(intake.HoldLate) || c.Has(intake.HoldOverQuota)
		if gone && strings.Contains(out, c.Number) {
			s.t.Errorf("%s (%s %v) is ranked", c.Number, c.Stage, c.Holds)
		}
	}
	if l := b.List; l.Award != nil {
		for _, n := range l.Award.Numbers {
			if !s.public[n] {
				s.t.Errorf("%s is on the list of the awarded and was never publicised", n)
			}
		}
	}
}

// ends: all is decided the same way again, and the journal folds to the same ledger.
func (s *story) ends() {
	s.t.Helper()
	found, err := Replay(s.desk.Ledger, s.desk.House, nil)
	if err != nil || len(found) > 0 {
		s.t.Error("replay:", found, err)
	}
	if problems, err := s.desk.Ledger.Check(nil); err != nil || len(problems) > 0 {
		s.t.Error("the ledger:", problems, err)
	}
	again, err := ledger.Open(s.t.TempDir(), Fold)
	if err != nil {
		s.t.Fatal(err)
	}
	defer again.Close()
	err = s.desk.Ledger.View(func(tx *ledger.Tx) error {
		return again.Update(func(to *ledger.Tx) error {
			for e, err := range tx.Entries(1) {
				if err != nil {
					return err
				}
				if err := to.Replay(e); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if a, b := tableText(s, s.desk.Ledger), tableText(s, again); a != b {
		s.t.Errorf("folded again it is\n%s\nand was\n%s", b, a)
	}
}

// tableText is what a ledger holds of cases, rows, letters and the judging.
func tableText(s *story, l *ledger.Ledger) string {
	s.t.Helper()
	var out strings.Builder
	err := l.View(func(tx *ledger.Tx) error {
		add := func(v any) error {
			raw, err := ledger.Canonical(v)
			out.Write(append(raw, '\n'))
			return err
		}
		for c, err := range listOf(intake.NewTables().Cases.List(tx, "")) {
			if err != nil || add(c) != nil {
				return err
			}
		}
		for c, err := range listOf(intake.NewTables().Rows.List(tx, "")) {
			if err != nil || add(c) != nil {
				return err
			}
		}
		for c, err := range listOf(outbox.Letters.List(tx, "")) {
			if err != nil || add(c) != nil {
				return err
			}
		}
		for c, err := range listOf(review.NewTables().Scorings.List(tx, "")) {
			if err != nil || add(c) != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out.String()
}

func listOf[T any](list []T, err error) func(func(T, error) bool) {
	return func(yield func(T, error) bool) {
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}
