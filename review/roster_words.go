package review

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"anli/parser/form"

	"golang.org/x/text/unicode/norm"
)

// anyField are words for an expert of all fields.
var anyField = []string{"全部", "所有", "不限", "综合", "各领域", "全部领域", "所有领域"}

var betweenFields = regexp.MustCompile(`[、，,；;|\n]+`)

// fieldsOf reads the fields of one expert. A word that is none of the call's is
// kept as written; it only matches no case.
func (r *rosterReader) fieldsOf(row int, cell string) []string {
	var out []string
	for _, word := range r.fieldWords(cell) {
		if slices.Contains(anyField, word) || isNone(word) {
			continue
		}
		field, known := fieldNamed(word, r.fields)
		if !known {
			near := ""
			if field != "" {
				near = "，最接近的是“" + field + "”"
			}
			r.hint(row, "领域“%s”不在本次征集的领域之内%s；分配案例时不按此项匹配", word, near)
			field = word
		}
		if !slices.Contains(out, field) {
			out = append(out, field)
		}
	}
	return out
}

// fieldWords parts a cell; blanks and slashes part only what is no word as a whole.
func (r *rosterReader) fieldWords(cell string) []string {
	var out []string
	for _, piece := range betweenFields.Split(cell, -1) {
		words := strings.FieldsFunc(piece, func(c rune) bool { return unicode.IsSpace(c) || c == '/' || c == '／' })
		if _, known := fieldNamed(piece, r.fields); known || len(words) < 2 || !slices.ContainsFunc(words, func(w string) bool {
			_, known := fieldNamed(w, r.fields)
			return known
		}) {
			words = []string{oneLine(piece)}
		}
		out = append(out, words...)
	}
	return out
}

// fieldNamed finds the field a word means: the same letters, 电子商务 for 电商, or
// a part that only one field has (园区). If none is meant, it gives the nearest.
func fieldNamed(word string, fields []string) (field string, known bool) {
	w := plainField(word)
	var within []string
	best, near := 0.0, ""
	for _, f := range fields {
		p := plainField(f)
		if p == w {
			return f, true
		}
		if len([]rune(w)) > 1 && strings.Contains(p, w) {
			within = append(within, f)
		}
		if like := likeness([]rune(w), []rune(p)); like > best {
			best, near = like, f
		}
	}
	if len(within) == 1 {
		return within[0], true
	}
	return near, false
}

func plainField(s string) string { return strings.ReplaceAll(bareName(s), "电子商务", "电商") }

// likeness is the share of characters that two words have in common, in order.
func likeness(a, b []rune) float64 {
	return 2 * float64(form.Common(a, b)) / float64(max(1, len(a)+len(b)))
}

// ownOrganisation are words for the expert's own, which is avoided in any case.
var ownOrganisation = []string{"本单位", "所在单位", "工作单位", "本人所在单位", "本人单位"}

// avoided reads the organisations of one expert to avoid.
func (r *rosterReader) avoided(row int, cell string) []string {
	var out []string
	for _, name := range splitUnits(cell) {
		switch n := len([]rune(name)); {
		case isNone(name), slices.Contains(ownOrganisation, name), slices.Contains(out, name):
			continue
		case n < 2:
			r.bad(row, "回避单位“%s”过短，无法核对", name)
			continue
		case n < 4:
			r.hint(row, "回避单位“%s”较短，将回避名称中含有这几个字的所有单位", name)
		}
		out = append(out, name)
	}
	return out
}

var (
	unitEnd  = regexp.MustCompile(`(?:公司|集团|合作社|协会|商会|学会|中心|学校|大学|学院|医院|研究院|研究所|园区|产业园|委员会|联合会|厂|店)[)）]?$`)
	legalEnd = regexp.MustCompile(`(?i)^\s*(?:ltd|inc|llc|co\b|limited)`)
)

// splitUnits parts a cell of several organisations: at marks outside of brackets
// and not before Ltd.; at blanks where every part ends as an organisation does.
func splitUnits(cell string) []string {
	var out []string
	depth, from := 0, 0
	for i, c := range cell {
		switch c {
		case '(', '（', '【', '[':
			depth++
		case ')', '）', '】', ']':
			depth = max(0, depth-1)
		case '\n', '、', '，', ',', '；', ';', '|', '/', '／':
			if c == '\n' || depth == 0 && !(c == ',' && legalEnd.MatchString(cell[i+1:])) {
				out = append(out, splitBlanks(cell[from:i])...)
				from, depth = i+len(string(c)), 0
			}
		}
	}
	return append(out, splitBlanks(cell[from:])...)
}

func splitBlanks(s string) []string {
	parts := strings.Fields(s)
	if slices.ContainsFunc(parts, func(p string) bool { return !unitEnd.MatchString(p) }) {
		return []string{oneLine(s)}
	}
	return parts
}

// bareName is the letters and digits of a name, width and case folded.
func bareName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}
