package review

import (
	"fmt"
	"slices"
	"strings"
)

// Diff tells in lines for staff what a new list changes. An expert is the same
// one if an address is, or else the name, where nobody else in either list bears it.
func Diff(old, new []Expert) []string {
	was := counterparts(old, new)
	var added, changed, gone []string
	for i, e := range new {
		if was[i] < 0 {
			added = append(added, "新增："+e.words())
		} else if what := old[was[i]].changes(e); len(what) > 0 {
			changed = append(changed, "变更："+e.Name+"　"+strings.Join(what, "；"))
		}
	}
	for i, e := range old {
		if !slices.Contains(was, i) {
			gone = append(gone, "删除："+e.words())
		}
	}
	return slices.Concat(added, gone, changed)
}

// counterparts tells for each of the new experts which of the old it is, or -1.
func counterparts(old, new []Expert) []int {
	was := make([]int, len(new))
	same := []func(o, n Expert) bool{
		func(o, n Expert) bool {
			return slices.ContainsFunc(o.Addresses, func(a string) bool { return slices.Contains(n.Addresses, a) })
		},
		func(o, n Expert) bool {
			return o.Name == n.Name && bearers(old, n.Name) == 1 && bearers(new, n.Name) == 1
		},
	}
	for i := range was {
		was[i] = -1
	}
	for _, same := range same {
		for i, n := range new {
			for j, o := range old {
				if was[i] < 0 && !slices.Contains(was, j) && same(o, n) {
					was[i] = j
				}
			}
		}
	}
	return was
}

func bearers(experts []Expert, name string) int {
	n := 0
	for _, e := range experts {
		if e.Name == name {
			n++
		}
	}
	return n
}

func (e Expert) words() string {
	parts := []string{strings.Join(e.Addresses, "、")}
	if e.Organisation != "" {
		parts = append(parts, e.Organisation)
	}
	if len(e.Fields) > 0 {
		parts = append(parts, "领域："+strings.Join(e.Fields, "、"))
	}
	if len(e.Avoid) > 0 {
		parts = append(parts, "回避："+strings.Join(e.Avoid, "、"))
	}
	return e.Name + "（" + strings.Join(parts, "；") + "）"
}

func (e Expert) changes(to Expert) []string {
	var out []string
	for _, x := range []struct{ what, from, to string }{
		{"姓名", e.Name, to.Name},
		{"邮箱", strings.Join(e.Addresses, "、"), strings.Join(to.Addresses, "、")},
		{"单位", e.Organisation, to.Organisation},
		{"领域", strings.Join(e.Fields, "、"), strings.Join(to.Fields, "、")},
		{"回避单位", strings.Join(e.Avoid, "、"), strings.Join(to.Avoid, "、")},
	} {
		if x.from != x.to {
			out = append(out, fmt.Sprintf("%s由“%s”改为“%s”", x.what, orNone(x.from), orNone(x.to)))
		}
	}
	return out
}

func orNone(s string) string {
	if s == "" {
		return "无"
	}
	return s
}
