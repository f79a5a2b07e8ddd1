package score

// scoreColumn finds the column of the scores in a header such as 指标 满分 得分.
func scoreColumn(w row) int {
	most, score := false, none
	for i := range w.cells {
		switch s := string(compact(w.text(i))); {
		case hasAnyPrefix(s, []string{"满分", "分值", "权重", "标准分", "最高分"}):
			most = true
		case s == "得分" || s == "评分" || s == "打分" || s == "分数" || s == "实得分" || s == "专家评分" || s == "专家打分" || s == "评审得分":
			score = i
		}
	}
	if !most {
		return none
	}
	return score
}

// beside reads a row of a criterion whose score stands in one known column.
func (r *reader) beside(w row, score int) bool {
	if score >= len(w.cells) {
		return false
	}
	for i, c := range w.cells {
		k, criterion := c.label()
		if k != kCriterion || i == score {
			continue
		}
		items := append([]item{{kind: kCriterion, criterion: criterion}}, w.cells[score].items...)
		var f findings
		r.named(&f, part{piece: piece{w.l, items}}, []int{0})
		r.flush()
		r.out.add(f)
		return true
	}
	return false
}

// transposed finds a table with cases as columns and criteria as rows: the case
// of each column.
func transposed(rows []row) (map[int]mention, bool) {
	if len(rows) < 3 {
		return nil, false
	}
	t := map[int]mention{}
	for i, c := range rows[0].cells {
		if m, ok := one(c); ok && i > 0 {
			t[i] = m
		}
	}
	names := map[int]bool{}
	for _, w := range rows[1:] {
		if k, c := w.cells[0].label(); k == kCriterion {
			names[c] = true
		}
	}
	return t, len(t) > 0 && len(names) >= 2
}

func (r *reader) transposed(rows []row, t map[int]mention) {
	r.flush()
	for _, w := range rows[1:] {
		k, criterion := w.cells[0].label()
		if w.l.own || w.l.state != his || k != kCriterion && k != kTotal && k != kNote {
			continue
		}
		for i, c := range w.cells {
			m, ok := t[i]
			if !ok || len(c.items) == 0 {
				continue
			}
			p := part{piece: piece{l: w.l}, mention: m, named: true, called: rows[0].text(i)}
			at, why := r.resolve(p)
			h := &columns{criterion: map[int]int{}, total: map[int]bool{}, note: map[int]bool{}}
			switch k {
			case kCriterion:
				h.criterion[i] = criterion
			case kTotal:
				h.total[i] = true
			case kNote:
				h.note[i] = true
			}
			var f findings
			if r.cellsOf(&f, w, h, at); f.says() && why != "" {
				r.lost(&f, p, why)
				continue
			}
			r.out.add(f)
			r.rowComment(w, h, at, why)
		}
	}
}
