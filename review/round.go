package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anli/intake"
)

// Rounds of publicity: the first, then one for the cases that staff select after it,
// each with a notice and a period of its own.

// rounds are all publicities, oldest first.
func (l *List) rounds() []*Publicity {
	if l.Public == nil {
		return nil
	}
	out := []*Publicity{l.Public}
	for i := range l.Further {
		out = append(out, &l.Further[i])
	}
	return out
}

// last is the newest publicity; nil before the first.
func (l *List) last() *Publicity {
	if rounds := l.rounds(); len(rounds) > 0 {
		return rounds[len(rounds)-1]
	}
	return nil
}

// noticed are the cases of all notices, in the order of the notices.
func (l *List) noticed() []string {
	var out []string
	for _, p := range l.rounds() {
		out = append(out, p.Numbers...)
	}
	return out
}

// selections are those that a publicity stood on, and the one in force.
func (l *List) selections() []Selection {
	out := slices.Clone(l.Earlier)
	if l.Selected != nil {
		out = append(out, *l.Selected)
	}
	return out
}

// fresh are the selected that no notice has named yet.
func (l *List) fresh() []string {
	if l.Selected == nil {
		return nil
	}
	return without(l.Selected.Numbers, l.noticed())
}

// standing are the cases that are public and not struck from the list, in the order of a
// published list.
func (b *Bench) standing() []string {
	numbers := b.List.noticed()
	if len(b.List.Further) > 0 {
		numbers = b.listed(numbers)
	}
	return slices.DeleteFunc(numbers, func(n string) bool { return b.Case(n).Stage != intake.StagePublicised })
}

// leftOut says which public cases a selection leaves out, though nothing struck them.
func (b *Bench) leftOut(numbers []string) string {
	out := without(b.standing(), numbers)
	if len(out) == 0 {
		return ""
	}
	return b.titles(out) + "已公示，未因异议成立撤下，须继续列入"
}

// roundWord names a publicity by its place.
func roundWord(i int) string {
	if i == 0 {
		return "公示"
	}
	return "补充公示"
}

// roundID ends what exists once a round: the first had no number when it was the only one.
func roundID(i int, mark string) string {
	if i == 0 {
		return ""
	}
	return mark + strconv.Itoa(i+1)
}

// running says which period has not ended; "" if all have.
func (b *Bench) running() string {
	for i, p := range slices.Backward(b.List.rounds()) {
		if !b.Now.After(p.Until) {
			return roundWord(i) + "期至" + longDay(p.Until) + "，尚未期满"
		}
	}
	return ""
}

// noticedBefore are the periods of the rounds so far, as a further notice names them.
func (b *Bench) noticedBefore() string {
	var out []string
	for _, p := range b.List.rounds() {
		out = append(out, longDay(p.From)+"至"+longDay(p.Until))
	}
	return strings.Join(out, "、")
}

// roundLines are the publicities for staff.
func (b *Bench) roundLines() []string {
	var out []string
	for i, p := range b.List.rounds() {
		out = append(out, fmt.Sprintf("%s%d个，%s至%s（%d个工作日）", roundWord(i), len(p.Numbers), day(p.From), day(p.Until), p.Days))
	}
	if fresh := b.List.fresh(); len(fresh) > 0 {
		out = append(out, fmt.Sprintf("重新确定入选%d个，其中%d个尚未公示", len(b.List.Selected.Numbers), len(fresh)))
	}
	return out
}
