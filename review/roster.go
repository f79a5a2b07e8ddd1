// Package review is the judging: who judges (roster), which cases (assignment),
// by which rule, and what comes of it (ranking).
//
// What these files hold is pure: values in, values out, the same for the same
// input in whatever order it comes; no clock, no store, no letters. Points are
// integers in hundredths (8.5 is 850); averages are exact fractions and are
// rounded once, when they are printed.
package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Expert is one who judges.
type Expert struct {
	Name         string   `json:"name"`
	Addresses    []string `json:"addresses"` // lower case; letters go to the first
	Organisation string   `json:"organisation,omitempty"`
	Fields       []string `json:"fields,omitempty"` // as the call spells them; words that are no field as written
	Avoid        []string `json:"avoid,omitempty"`  // organisations, as written; a credit code may stand beside or alone
}

// Address is where letters go; "" if there is none.
func (e Expert) Address() string {
	if len(e.Addresses) == 0 {
		return ""
	}
	return e.Addresses[0]
}

// Problem is a mistake in a list that staff sent.
type Problem struct {
	Row  int    `json:"row,omitempty"` // of the table, from 1; 0 if of none
	Text string `json:"text"`
	Hint bool   `json:"hint,omitempty"` // worth a look; the list can be used as it is
}

// String is the problem as a line of a transcript.
func (p Problem) String() string {
	if p.Row == 0 {
		return p.Text
	}
	return fmt.Sprintf("第%d行：%s", p.Row, p.Text)
}

// rosterReader is a list while it is read.
type rosterReader struct {
	columns  columns
	fields   []string // of the call
	experts  []Expert
	rows     []int // of each expert
	problems []Problem
}

// ReadRoster reads the list of experts from a table as people make them: a title
// above the head, columns in any order and with any others beside, several
// addresses in a cell. Rows count from 1 as they come in; blank rows must be
// among them. A row without a name or a usable address gives no expert.
func ReadRoster(rows [][]string, fields []string) ([]Expert, []Problem) {
	head, columns, lack := findHead(rows)
	if lack != "" {
		return nil, []Problem{{Row: head + 1, Text: lack}}
	}
	r := rosterReader{columns: columns, fields: fields}
	for i := head + 1; i < len(rows); i++ {
		r.read(i+1, rows[i])
	}
	if len(r.experts) == 0 && len(r.problems) == 0 {
		r.problems = append(r.problems, Problem{Text: "名单中没有专家"})
	}
	return r.experts, r.problems
}

func (r *rosterReader) bad(row int, format string, args ...any) {
	r.problems = append(r.problems, Problem{Row: row, Text: fmt.Sprintf(format, args...)})
}

func (r *rosterReader) hint(row int, format string, args ...any) {
	r.problems = append(r.problems, Problem{Row: row, Text: fmt.Sprintf(format, args...), Hint: true})
}

// footer is what stands below a list and is no expert.
var footer = regexp.MustCompile(`^(?:备?注|说明|合计|总计|共计|填表|制表|审核|联系人|日期)(?:人|日期|单位)?(?:[:：\d]|$)`)

// isHead tells a head that is repeated further down, on a new page.
func isHead(name string) bool {
	kind, _ := headKind(name)
	return kind == columnName
}

func (r *rosterReader) read(row int, cells []string) {
	name, address := personName(oneCell(cells, r.columns.name)), joinCells(cells, r.columns.addresses)
	organisation := oneLine(oneCell(cells, r.columns.organisation))
	fields, avoid := joinCells(cells, r.columns.fields), joinCells(cells, r.columns.avoid)
	if isNone(organisation) {
		organisation = ""
	}
	switch {
	case spans(cells), address == "" && footer.MatchString(name), isHead(name):
		return
	case name == "" && address == "":
		if beside := oneLine(organisation + " " + fields + " " + avoid); !isNone(beside) {
			r.bad(row, "缺少姓名和邮箱（该行内容：%s）", beside)
		}
		return
	case name == "":
		r.bad(row, "缺少姓名（邮箱：%s）", oneLine(address))
	}
	addresses := r.addresses(row, name, address)
	if name == "" || len(addresses) == 0 {
		return
	}
	if organisation == "" {
		r.hint(row, "%s未填单位，无法按所在单位核对回避", name)
	}
	if i := slices.IndexFunc(r.experts, func(e Expert) bool { return e.Name == name }); i >= 0 {
		r.hint(row, "与第%d行的专家同名（%s），按邮箱区分；如为同一人，请合并为一行", r.rows[i], name)
	}
	r.experts = append(r.experts, Expert{name, addresses, organisation, r.fieldsOf(row, fields), r.avoided(row, avoid)})
	r.rows = append(r.rows, row)
}

// spans tells a row that is one cell over several columns, each of which repeats
// its text: a note, not an expert.
func spans(cells []string) bool {
	filled := slices.DeleteFunc(slices.Clone(cells), func(s string) bool { return strings.TrimSpace(s) == "" })
	return len(filled) > 1 && len(slices.Compact(filled)) == 1
}

var (
	aroundAt     = regexp.MustCompile(`\s*@\s*`)
	chineseDot   = regexp.MustCompile(`([A-Za-z0-9])。([A-Za-z])`)
	betweenMails = regexp.MustCompile(`[\s、,;/|<>()\[\]"'“”‘’:\p{Han}]+`)
	mailAddress  = regexp.MustCompile(`^[a-z0-9_][a-z0-9._%+-]*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)
)

// addresses reads the addresses of one expert; an address that another has
// already would leave open who writes.
func (r *rosterReader) addresses(row int, name, cell string) []string {
	if cell == "" {
		r.bad(row, "%s缺少邮箱", name)
		return nil
	}
	var out []string
	found := false
	text := strings.ToLower(chineseDot.ReplaceAllString(norm.NFKC.String(cell), "$1.$2"))
	text = strings.ReplaceAll(aroundAt.ReplaceAllString(text, "@"), "mailto:", " ")
	for _, a := range betweenMails.Split(text, -1) {
		a = strings.Trim(a, ".")
		if !strings.ContainsAny(a, "@.") {
			continue
		}
		found = true
		owner := slices.IndexFunc(r.experts, func(e Expert) bool { return slices.Contains(e.Addresses, a) })
		switch {
		case !mailAddress.MatchString(a) || strings.Contains(a, "..") || strings.Contains(a, ".@"):
			r.bad(row, "邮箱“%s”格式有误", a)
		case owner >= 0:
			r.bad(row, "邮箱“%s”与第%d行（%s）重复", a, r.rows[owner], r.experts[owner].Name)
		case !slices.Contains(out, a):
			out = append(out, a)
		}
	}
	if !found {
		r.bad(row, "邮箱“%s”格式有误", oneLine(cell))
	}
	return out
}

// nameTitles are put behind names; letters open with {姓名}老师.
var nameTitles = []string{"老师", "教授", "博士", "研究员", "先生", "女士"}

// personName is a name without the blanks that pad it (李　明) and without title.
func personName(s string) string {
	s = oneLine(s)
	if !strings.ContainsFunc(s, func(r rune) bool { return r != ' ' && !unicode.Is(unicode.Han, r) }) {
		s = strings.ReplaceAll(s, " ", "")
	}
	for _, t := range nameTitles {
		if short := strings.TrimSpace(strings.TrimSuffix(s, t)); len([]rune(short)) > 1 {
			s = short
		}
	}
	return s
}

// oneLine makes one line of a cell.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isNone tells the ways to write that there is nothing to write.
func isNone(s string) bool {
	return slices.Contains([]string{"", "无", "没有", "暂无", "否", "不涉及", "无需回避", "-", "—", "——", "/", "／", "－", "\\", "none", "n/a"}, strings.ToLower(s))
}
