package score

import (
	"slices"
	"strings"
)

// replaces tells that an old number is named beside the new one: 请按23分算（我填的22
// 作废）.
func (p piece) replaces(i int) bool {
	for k := i; k < len(p.items); k++ {
		if it := p.items[k]; it.kind == kNumber && p.items[k-1].kind == kText && hasAnySuffix(p.text(p.items[k-1]), denied) {
			return strings.Contains(p.words(k), "作废") || hasAnySuffix(p.text(p.items[k-1]), []string{"不是", "而不是", "并非", "不要", "不再是"})
		}
	}
	return false
}

// second reads the number that 改为 leads to.
func (x *lexicon) second(p piece, i int) verdict {
	if i >= len(p.items) || p.items[i].kind != kNumber {
		if i > 0 && i <= len(p.items) && p.l.text[p.items[i-1].a] == '应' {
			return verdict{} // 应为 also begins an opinion
		}
		return verdict{reason: Unclear}
	}
	n, most := p.items[i].number, x.criteria[p.items[0].criterion].Max
	v := x.follow(p, i+1, n.value, most)
	switch {
	case v.reason != "":
		return v
	case !n.certain() || n.of > 0 && n.of != most:
		return verdict{reason: UnclearNumber}
	case n.value > most:
		return verdict{reason: OutOfRange}
	}
	return verdict{has: true, value: n.value, changed: true, rest: v.rest}
}

// denied end the words before a number that does not hold, beside one that does.
var denied = []string{"不是", "并非", "原", "原为", "原来", "之前", "上次", "写成", "写成了", "写为", "误为", "误写为", "误写成", "填成", "打成", "记成", "登记为", "录成", "我填的", "填的", "写的", "打的", "报的", "填了", "给的"}

// worded judges words that stand where the number should be.
func (x *lexicon) worded(p piece, i int, name item) verdict {
	t := p.text(p.items[i])
	if k := p.change(i); k > 0 {
		k, _ = p.lead(k + 1)
		return x.second(p, k)
	}
	if isDigit(rune(t[0])) {
		if p.ends(i+1) || name.ours {
			return verdict{reason: UnclearNumber}
		}
		return verdict{}
	}
	if hasAnyIn(t, []string{"待定", "暂定", "不确定", "再议"}) && len(t) < 30 {
		return verdict{reason: Unclear}
	}
	if hasAnyPrefix(t, grades) && (len([]rune(t)) <= 2 || i > 1) && p.ends(i+1) {
		return verdict{reason: Unclear}
	}
	n := i + 1
	if n >= len(p.items) || p.items[n].kind != kNumber || p.items[n].ours || !p.items[n].number.loose() {
		if hasAnyPrefix(t, conditions) && p.numbers(n) > 0 {
			return verdict{reason: Unclear}
		}
		return verdict{}
	}
	if t == "扣" {
		return x.deducted(p, n)
	}
	if p.items[i].a == name.b && slices.Contains(widenings, t) {
		v := x.valued(p, n, false)
		v.soft = true
		return v
	}
	if len([]rune(t)) <= 8 || hasAnyPrefix(t, conditions) || hasAnySuffix(t, []string{"给", "打", "评", "得", "为", "是", "改"}) || hasAnyIn(t, []string{"错", "误", "更正"}) {
		return verdict{reason: UnclearNumber}
	}
	return verdict{}
}

var (
	grades     = []string{"优", "良", "中等", "中", "差", "合格", "及格", "满意"}
	conditions = []string{"如果", "如", "若", "假如", "除非", "倘若", "要是", "视", "看"}
)

// widenings are words that only make a name longer: 示范带动.
var widenings = []string{"带动", "作用", "效应", "意义", "价值", "引领", "水平", "能力", "程度", "情况", "质量", "规模", "状况", "效果", "推广", "性", "分析", "应用", "驱动", "提升"}

// change finds 改为 behind words such as 由21 and 我写错了.
func (p piece) change(i int) int {
	for k := i; k < len(p.items); k++ {
		switch it := p.items[k]; it.kind {
		case kChange:
			return k
		case kNumber:
			if t := p.items[k-1]; t.kind != kText || !hasAnySuffix(p.text(t), denied) && !hasAnySuffix(p.text(t), []string{"由", "从", "原", "的"}) {
				return 0
			}
		case kText:
			if k+1 < len(p.items) && p.items[k+1].kind == kChange && hasAnySuffix(p.text(it), []string{"建议", "可", "可以", "如", "若", "能否", "是否", "可否", "或", "想", "不"}) {
				return 0
			}
		case kMark:
			if strings.ContainsRune("。;!?", it.mark) {
				return 0
			}
		default:
			return 0
		}
	}
	return 0
}

// deducted reads 扣2分，得8分, where both agree.
func (x *lexicon) deducted(p piece, n int) verdict {
	most := x.criteria[p.items[0].criterion].Max
	k, _ := p.lead(n + 1)
	if k >= len(p.items) || k == n+1 || p.items[k].kind != kNumber || most-p.items[n].number.value != p.items[k].number.value {
		return verdict{reason: UnclearNumber}
	}
	return x.valued(p, k, false)
}
