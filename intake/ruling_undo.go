package intake

import "slices"

// takeBack undoes the last decision on a case that stands.
func (s *Sitting) takeBack(c *Case, r Ruling) (said, why string) {
	i := c.standing("")
	if i < 0 {
		return "", "没有可撤销的决定"
	}
	if why := c.fixed(c.Decisions[i]); why != "" {
		return "", why
	}
	city := c.City
	if why := s.restore(c, i, "撤销"); why != "" {
		return "", why
	}
	undone := c.Decisions[i]
	c.Decisions = append(c.Decisions, Decision{At: s.Now, By: r.By, Verb: "撤销", Item: undone.words(), Reason: r.Reason, Mail: r.Mail})
	s.settled(c, city)
	if c.Stage == StageComplete {
		s.reopenRow("eligible/" + c.Number)
	}
	return "已撤销“" + undone.words() + "”，现为“" + c.StateWords() + "”" + s.untell(c, i), ""
}

// fixed says why a decision cannot be taken back; "" if it can.
func (c *Case) fixed(d Decision) string {
	switch {
	case c.Stage == StageWithdrawn && d.Verb != "撤回" && d.Verb != "合并":
		return "已撤回，未执行"
	case d.Verb == "并入":
		return "最后一项决定是" + d.Item + "并入本案例，请“撤销 " + d.Item + "”"
	case d.Was == nil && d.Verb != "通过" && d.Verb != "不通过":
		return "最后一项决定是“" + d.words() + "”，不能撤销"
	case d.Verb == "撤回" && d.Was != nil:
		return ""
	case c.Frozen() && (d.Was == nil || d.Was.Holdings == nil || d.Was.Holdings.Package == ""):
		return "已进入评审，不能撤销此前的“" + d.words() + "”"
	}
	return ""
}

// restore brings back what a decision changed and ends it. The checks are run by
// the caller.
func (s *Sitting) restore(c *Case, i int, how string) (why string) {
	d := &c.Decisions[i]
	w := d.Was
	if w == nil { // recorded before decisions kept what they changed
		c.Stage, d.Ended = StageIncomplete, how
		return ""
	}
	if w.Holdings != nil && c.filesMark() != w.Holdings.After {
		return "未执行：此后又有新的材料，不能自动恢复原状"
	}
	if d.Verb == "合并" {
		if why := s.part(c, d, how); why != "" {
			return why
		}
	}
	frozen := c.Frozen()
	if w.Holdings != nil {
		c.putBack(w)
	}
	if frozen {
		if d.Verb == "撤回" {
			c.Stage = w.Stage
		}
		s.judgeFrozen(c)
	} else {
		c.Stage, c.City, c.Demand = w.Stage, w.City, w.Demand
		c.setHold(HoldLate, slices.Contains(w.Holds, HoldLate))
		if d.Verb == "合并" {
			c.setHold(HoldUnconfirmed, slices.Contains(w.Holds, HoldUnconfirmed))
		}
	}
	for j := range c.Findings {
		if state, ok := w.States[c.Findings[j].Key()]; ok {
			c.Findings[j].State = state
		}
	}
	if w.Ended > 0 {
		c.Decisions[w.Ended-1].Ended = ""
	}
	d.Ended = how
	return ""
}

// putBack puts the files and what goes with them where they were. What a receipt
// has told since stays told.
func (c *Case) putBack(w *Was) {
	told := map[string]bool{}
	for _, f := range c.Files {
		told[f.SHA256+f.Path+f.Mail] = f.Told
	}
	h := w.Holdings
	c.Files, c.Corrections, c.Received, c.Sent, c.Basis, c.Package = slices.Clone(h.Files), slices.Clone(h.Corrections), h.Received, h.Sent, h.Basis, h.Package
	for i := range c.Files {
		c.Files[i].Told = c.Files[i].Told || told[c.Files[i].SHA256+c.Files[i].Path+c.Files[i].Mail]
	}
	c.setHold(HoldUnconfirmed, slices.Contains(w.Holds, HoldUnconfirmed))
	c.setHold(HoldLate, slices.Contains(w.Holds, HoldLate))
}

// part takes a merged case's files out of the other case again.
func (s *Sitting) part(c *Case, d *Decision, how string) (why string) {
	to := s.Case(d.Item)
	if to == nil {
		return "未执行：没有编号为" + d.Item + "的案例"
	}
	j := to.standing("")
	switch {
	case to.Frozen():
		return "未执行：" + to.Number + "已进入评审"
	case j < 0:
		return "未执行：" + to.Number + "没有并入记录"
	case to.Decisions[j].Verb != "并入" || to.Decisions[j].Item != c.Number:
		return "未执行：" + to.Number + "此后另有决定“" + to.Decisions[j].words() + "”，请先“撤销 " + to.Number + "”"
	}
	was := to.Decisions[j].Was
	if to.filesMark() != was.Holdings.After {
		return "未执行：" + to.Number + "此后又有新的材料，不能自动分开"
	}
	to.putBack(was)
	to.Stage, to.Demand = was.Stage, was.Demand
	to.Decisions[j].Ended = how
	s.settled(to, to.City)
	return ""
}

// instead puts another ruling in the place of the last one on its question. The
// case is first as it was before any of those that took each other's place.
func (s *Sitting) instead(c *Case, r Ruling) (said, why string) {
	if why := c.closedTo(r.Item); why != "" {
		return "", why
	}
	i := c.standing(question(r.Item))
	if i < 0 {
		return "", "没有可更改的决定，请直接“" + r.Item + " " + c.Number + " 理由”"
	}
	d := c.Decisions[i]
	switch last := c.standing(""); {
	case d.Verb == r.Item && r.Item != "补正":
		return "", "已是“" + c.StateWords() + "”，无需更改"
	case last != i:
		return "", "此后另有决定“" + c.Decisions[last].words() + "”，请先“撤销 " + c.Number + "”"
	}
	kept := *c
	kept.Holds, kept.Findings, kept.Decisions = slices.Clone(c.Holds), slices.Clone(c.Findings), slices.Clone(c.Decisions)
	was := c.before()
	was.Ended = i + 1
	for j := i; j >= 0; {
		before, city := -1, c.City // where staff moved it meanwhile
		if w := c.Decisions[j].Was; w != nil {
			before = w.Ended - 1
		}
		s.restore(c, j, "改为") // on eligibility or lateness: no files, nothing to refuse
		c.City, j = city, before
	}
	r.Verb, r.Item = r.Item, ""
	if said, why = s.decideFrom(c, r, was); why != "" {
		*c = kept
		return "", why
	}
	return "“" + d.words() + "”已更改：" + said + s.untell(c, i), ""
}

func (s *Sitting) reopenRow(id string) {
	if r, ok := s.Row(id); ok && r.Done != "" && r.Done != rowIrrelevant {
		r.Done, r.At, r.Told = "", s.Now, false
		s.SetRow(r)
	}
}

// rowIrrelevant: staff dismissed the row.
const rowIrrelevant = "无关"
