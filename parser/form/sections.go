package form

import (
	"regexp"
	"strings"
)

// textLine is a line of the document as the long parts are read: cells one after
// the other.
type textLine struct {
	text        string
	block, page int
	table       bool
	pictured    bool // a picture stands in it or behind it
}

// follows reports whether the line can belong to the box that begins at head: in
// the same table, or in the next one if only a page's end lies between.
func (l textLine) follows(head textLine) bool {
	return !head.table || l.block == head.block || l.table && l.block == head.block+1 && l.page == head.page+1
}

// linesOf puts rows into lines. A cell that is nothing but a heading, broken
// over several lines in a narrow column, becomes one line.
func linesOf(rows []row) []textLine {
	var out []textLine
	for _, r := range rows {
		for _, c := range r.cells {
			if c.down {
				continue
			}
			if c.text == "" {
				if c.marks.Pictures() > 0 {
					out = append(out, textLine{block: r.block, page: r.page, table: r.table, pictured: true})
				}
				continue
			}
			if _, rest, ok := heading(c.text); ok && strings.Contains(c.text, "\n") && lengthHint.ReplaceAllString(rest, "") == "" {
				out = append(out, textLine{compact(c.text), r.block, r.page, r.table, c.marks.Pictures() > 0})
				continue
			}
			at := 0
			for _, l := range strings.Split(c.text, "\n") {
				pictured := len(c.marks) > 0 && c.marks.Cut(at, at+len(l)).Pictures() > 0
				at += len(l) + 1
				if pictured || strings.TrimFunc(l, invisible) != "" {
					out = append(out, textLine{strings.TrimFunc(strings.ReplaceAll(l, "\t", " "), invisible), r.block, r.page, r.table, pictured})
				}
			}
		}
	}
	return out
}

// dateLine is the date under a stamp, filled in or not.
var dateLine = regexp.MustCompile(`[\d〇○一二三四五六七八九零ＸX×\s　_＿]*年[\d一二三四五六七八九十ＸX×\s　_＿]*月[\d一二三四五六七八九十ＸX×\s　_＿]*日`)

// numberDate is a date in figures on a line of its own.
var numberDate = regexp.MustCompile(`(?m)^[\s　]*20\d\d\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}[\s　]*$`)

// stampLabel is where the seal goes.
var stampLabel = regexp.MustCompile(`(参评)?(单\s*位|公\s*章)?\s*[（(]\s*(盖\s*章|公\s*章|签\s*章)\s*[）)]\s*[：:]?`)

// partEnds are lines that close the form: what follows is another paper.
var partEnds = regexp.MustCompile(`^(附件\d*|附件材料|佐证材料|证明材料|营业执照(\(副本\))?|填表说明|填报说明)[:：]?$`)

// looseIntro is a heading that many papers have, with or without a number.
var looseIntro = regexp.MustCompile(`^[^\p{Han}]*[一二三四五六七八九十]*[^\p{Han}]*(企业|公司)简介`)

// longFields reads the parts that begin with a heading: all lines up to the next
// heading belong to it, through cells, tables and pages. A heading that comes
// again goes on with its part. pictured are those with a picture, dates those under
// the promise and the opinion.
func longFields(lines []textLine, s stripper) (values map[field]string, found, pictured map[field]bool, dates map[field]string) {
	text := map[field]*strings.Builder{}
	found, pictured, dates = map[field]bool{}, map[field]bool{}, map[field]string{}
	now, dated := none, false
	begin := 0
	for i, l := range lines {
		f, rest, ok := heading(l.text)
		switch {
		case ok && f == intro && now > summary && now < commitment && looseIntro.MatchString(compact(l.text)):
			text[now].WriteString(l.text + "\n") // of the project's own, under 项目简介
		case ok && f == summary && now > summary:
			// 二、案例概述（续）over a page's end: its part goes on
		case ok:
			now, dated, begin = f, false, i
			found[f] = true
			if text[f] == nil {
				text[f] = &strings.Builder{}
			}
			text[f].WriteString("\n" + rest + "\n")
			dated = dated || dateLine.MatchString(rest)
		case partEnds.MatchString(compact(l.text)):
			now = none
		case now == opinion && (dated || !l.follows(lines[begin])):
			now = none
		case now != none:
			text[now].WriteString(l.text + "\n")
			dated = dated || dateLine.MatchString(l.text)
		}
		pictured[now] = pictured[now] || l.pictured
	}
	values = map[field]string{}
	for f, b := range text {
		values[f] = s.strip(b.String())
	}
	values[opinion] = cleanOpinion(values[opinion])
	for _, f := range []field{commitment, sealUnit, opinion} {
		if text[f] != nil {
			dates[f] = dateOf(text[f].String())
		}
	}
	return values, found, pictured, dates
}

// cleanOpinion takes the printed words out of the bureau's box.
func cleanOpinion(s string) string {
	s = stampLabel.ReplaceAllString(s, "")
	s = dateLine.ReplaceAllString(s, "")
	s = numberDate.ReplaceAllString(s, "")
	return tidy(s)
}
