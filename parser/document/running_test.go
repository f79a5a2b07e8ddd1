package document

import (
	"strings"
	"testing"
)

// A page of these tests is 800 points high; a line is told by its base, its size
// and its words.
type setLineAt struct {
	base, em float64
	text     string
}

func TestRunningHeads(t *testing.T) {
	const head, foot, body = 770, 40, 400
	for _, c := range []struct {
		name  string
		pages [][]setLineAt
		want  string // the words left, pages parted by |
	}{
		{"head and foot", [][]setLineAt{{{head, 9, "申报材料"}, {body, 12, "甲"}, {foot, 9, "第1页 共3页 某公司"}}, {{head, 9, "申报材料"}, {body, 12, "乙"}, {foot, 9, "第2页 共3页 某公司"}}}, "申报材料 甲|乙"},
		{"a little higher", [][]setLineAt{{{body, 12, "甲"}, {foot, 9, "某公司"}}, {{body, 12, "乙"}, {foot + 3, 9, "某公司"}}}, "甲|乙"},
		{"left and right pages", [][]setLineAt{{{foot, 9, "左"}}, {{foot, 9, "右"}}, {{foot, 9, "左"}}, {{foot, 9, "右"}}, {{foot, 9, "左"}}, {{foot, 9, "右"}}}, "|||||"},

		{"titles of two forms in one file", [][]setLineAt{{{head, 18, "申报表"}, {body, 12, "甲"}}, {{head, 18, "申报表"}, {body, 12, "乙"}}}, "申报表 甲|申报表 乙"},
		{"not at the edge", [][]setLineAt{{{body, 12, "同上"}}, {{body, 12, "同上"}}}, "同上|同上"},
		{"not in the same place", [][]setLineAt{{{foot, 9, "某公司"}}, {{foot + 20, 9, "某公司"}}}, "某公司|某公司"},
		{"other words", [][]setLineAt{{{foot, 9, "单位（盖章）"}}, {{foot, 9, "年 月 日"}}}, "单位（盖章）|年 月 日"},
		{"only numbers", [][]setLineAt{{{foot, 9, "1200"}}, {{foot, 9, "3400"}}}, "1200|3400"},
		{"far apart", [][]setLineAt{{{foot, 9, "某公司"}}, {}, {}, {{foot, 9, "某公司"}}}, "某公司|||某公司"},
		{"two pages on", [][]setLineAt{{{foot, 9, "某公司"}}, {}, {{foot, 9, "某公司"}}}, "某公司||某公司"},
		{"one page", [][]setLineAt{{{head, 9, "申报材料"}, {foot, 9, "某公司"}}}, "申报材料 某公司"},
	} {
		var pages []*laidOut
		for _, p := range c.pages {
			page := &laidOut{width: 600, height: 800}
			for _, l := range p {
				page.lines = append(page.lines, line{text: l.text, base: l.base, em: l.em})
			}
			pages = append(pages, page)
		}
		dropRunning(pages)
		var left []string
		for _, p := range pages {
			var words []string
			for _, l := range p.lines {
				words = append(words, l.text)
			}
			left = append(left, strings.Join(words, " "))
		}
		if got := strings.Join(left, "|"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Which lines are one paragraph: the first piece of the next one did not fit.
func TestGoesOn(t *testing.T) {
	col := column{left: 70, right: 524}
	first := line{text: "退货率由18%降至8,600", left: 70, right: 511.3, base: 500, em: 12}
	next := line{text: "万元，同比增长", left: 70, right: 300, base: 480, em: 12, lead: 12}
	for _, c := range []struct {
		name   string
		change func(a, b *line)
		want   bool
	}{
		{"a quarter between Latin and Chinese", func(a, b *line) {}, true},
		{"no room", func(a, b *line) { a.right = 520 }, true},
		{"a mark hangs in the margin", func(a, b *line) { a.right = 534 }, true},
		{"there was room", func(a, b *line) { a.right = 490 }, false},
		{"an indent", func(a, b *line) { b.left = 94 }, false},
		{"a line between them is empty", func(a, b *line) { a.right, b.base = 520, 440 }, false},
		{"the field says so", func(a, b *line) { a.right, a.ends = 520, true }, false},
	} {
		a, b := first, next
		c.change(&a, &b)
		if got := col.goesOn(a, b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
