package score

import (
	"slices"
	"strings"
)

// cellsOf reads the cells below criteria and the total.
func (r *reader) cellsOf(f *findings, w row, h *columns, at int) (filled bool) {
	where := inTable
	if r.sheet {
		where = inSheet
	}
	if r.together(f, w, h, at, where) {
		return true
	}
	for i, c := range w.cells {
		if criterion, ok := h.criterion[i]; ok {
			v := r.x.criterion(piece{w.l, append([]item{{kind: kCriterion, criterion: criterion}}, c.items...)})
			switch words := w.text(i); {
			case v.has && v.trail == 0:
				f.claims = append(f.claims, claim{at: at, criterion: criterion, value: v.value, words: words, where: where, changed: v.changed})
				filled = true
				if v.rest != "" {
					f.comments = append(f.comments, remark{at, v.rest})
				}
			case v.reason != "" || v.trail != 0 || c.odd():
				reason := v.reason
				if reason == "" {
					reason = UnclearNumber
				}
				f.doubt(at, criterion, words, reason)
				filled = true
			}
		} else if h.total[i] && len(c.items) > 0 {
			if it := c.items[0]; it.kind == kNumber && !it.ours && it.number.certain() && it.number.value > 0 {
				f.totals = append(f.totals, total{at, it.number.value, w.text(i)})
			}
		}
	}
	return filled
}

// odd tells a cell in which something stands that is no score and no sign of
// having left it open.
func (c piece) odd() bool {
	for _, it := range c.items {
		switch it.kind {
		case kMark, kTab:
		case kText:
			if t := c.text(it); t != "无" && t != "未评" && t != "待评" && t != "暂缺" && t != "空" {
				return true
			}
		default:
			if !it.ours {
				return true
			}
		}
	}
	return false
}

// together reads all values in one cell, the others being empty or gone.
func (r *reader) together(f *findings, w row, h *columns, at int, where string) bool {
	var cell piece
	for i, c := range w.cells {
		if _, ok := h.criterion[i]; ok && len(c.items) > 0 {
			if len(cell.items) > 0 {
				return false
			}
			cell = c
		}
	}
	if len(cell.items) == 0 {
		return false
	}
	l := cell.run(0)
	if len(l.numbers) < len(r.x.criteria) || l.to != len(cell.items) || slices.Contains(l.ours, true) {
		return false
	}
	o := h.order()
	if len(o) != len(r.x.criteria) {
		o = r.x.canonical()
	}
	parts, _ := o.parts()
	values, sum, reason := r.x.positional(l, o)
	if reason != "" {
		f.doubt(at, none, cell.words(0), reason)
		return true
	}
	for k, v := range values {
		f.claims = append(f.claims, claim{at: at, criterion: parts[k], value: v, words: w.l.words(l.words[k][0], l.words[k][1]), where: where})
	}
	if sum != none {
		f.totals = append(f.totals, total{at, sum, cell.words(0)})
	}
	return true
}

// order is the criteria from left to right.
func (h *columns) order() order {
	var o order
	for i := range h.label {
		if c, ok := h.criterion[i]; ok {
			o = append(o, c)
		}
	}
	return o
}

// rowComment keeps what stands in the column 评语.
func (r *reader) rowComment(w row, h *columns, at int, why Reason) {
	for i := range w.cells {
		if h.note[i] && why == "" && len(compact(w.text(i))) > 0 && w.text(i) != "无" {
			r.out.comments = append(r.out.comments, remark{at, w.text(i)})
		}
	}
}

// shifted tells a row whose cells do not stand below their names: a number in a
// column of words, or beyond the last name.
func (h *columns) shifted(w row) bool {
	for i, c := range w.cells {
		if len(c.items) != 1 || c.items[0].kind != kNumber || !c.items[0].number.certain() || c.items[0].ours {
			continue
		}
		if _, ok := h.criterion[i]; ok || i < len(h.label) && (h.total[i] || h.note[i]) {
			continue
		}
		if i >= len(h.label) || h.label[i] == "" || hasAnyIn(h.label[i], []string{"地市", "城市", "单位", "案例", "名称", "项目", "领域"}) && !isCodeLabel(h.label[i]) {
			return true
		}
	}
	return false
}

// maxima tells claims that are just the maxima: the second line of a header.
func (r *reader) maxima(cs []claim) bool {
	return !slices.ContainsFunc(cs, func(c claim) bool { return c.value != r.x.criteria[c.criterion].Max })
}

// stampOf finds the version of a sheet of ours.
func stampOf(rows []row) string {
	for _, w := range rows {
		for i := range w.cells {
			rest, ok := strings.CutPrefix(w.text(i), "表格版本")
			if !ok {
				continue
			}
			for k := i + 1; strings.Trim(rest, " :：") == "" && k < len(w.cells); k++ {
				rest = w.text(k)
			}
			return strings.Trim(rest, " :：")
		}
	}
	return ""
}

// oneOf tells whether a sheet's version is one of those that he got.
func oneOf(stamps []string, stamp string) bool {
	return slices.ContainsFunc(stamps, func(s string) bool { return string(compact(s)) == string(compact(stamp)) })
}
