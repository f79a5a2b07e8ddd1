package review

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// columns tell where what stands. An expert may have several columns of
// addresses, fields and organisations to avoid; -1 is no column.
type columns struct {
	name, organisation       int
	addresses, fields, avoid []int
}

type columnKind int

const (
	columnNone columnKind = iota
	columnName
	columnAddress
	columnOrganisation
	columnFields
	columnAvoid
)

// headWords are what people call the columns, the plainest first: where two
// columns could be the name, the plainer word has it.
var headWords = map[columnKind][]string{
	columnName:         {"姓名", "专家姓名", "专家名字", "评审专家姓名", "名字", "专家", "评审专家", "name"},
	columnAddress:      {"邮箱", "电子邮箱", "电子邮件", "邮箱地址", "电子邮箱地址", "电子邮件地址", "邮件地址", "邮件", "联系邮箱", "常用邮箱", "email", "mail", "备用邮箱", "其他邮箱", "备用电子邮箱"},
	columnOrganisation: {"工作单位", "所在单位", "单位", "单位名称", "任职单位", "工作单位及职务", "单位及职务", "工作单位职务", "单位职务", "机构"},
	columnFields:       {"领域", "专业领域", "评审领域", "熟悉领域", "擅长领域", "参评领域", "所属领域", "研究领域", "研究方向", "专业方向", "专业", "专长"},
	columnAvoid:        {"回避单位", "需回避", "需回避单位", "需要回避的单位", "需要回避单位", "应回避单位", "回避的单位", "回避企业", "需回避企业", "回避"},
}

// aside is what a head adds in brackets: 邮箱（必填）.
var aside = regexp.MustCompile(`\([^)]*\)?|\[[^\]]*\]?`)

// headWord is a head's word alone: without blanks, marks, numbers, remarks, and
// without English beside Chinese.
func headWord(cell string) string {
	cell = aside.ReplaceAllString(norm.NFKC.String(cell), "")
	chinese := strings.ContainsFunc(cell, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && (!chinese || unicode.Is(unicode.Han, r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, cell)
}

// headKind tells what a head's cell names, and how plainly, from 0 on.
func headKind(cell string) (kind columnKind, rank int) {
	word := headWord(cell)
	for kind, words := range headWords {
		if rank := slices.Index(words, word); rank >= 0 {
			return kind, rank
		}
	}
	return columnNone, 0
}

// headDepth is how many rows may stand above the list, its head with them.
const headDepth = 50

// findHead finds the row that names the columns: the first with a name and an
// address. If there is none, lack says what is wrong, with the row that comes
// nearest, or -1.
func findHead(rows [][]string) (at int, c columns, lack string) {
	nearest, lack := -1, "没有找到表头：名单须有“姓名”和“邮箱”两列"
	for i, cells := range rows[:min(len(rows), headDepth)] {
		c := columnsOf(cells)
		switch {
		case c.name >= 0 && len(c.addresses) > 0:
			return i, c, ""
		case nearest >= 0:
		case c.name >= 0 && (c.organisation >= 0 || c.fields != nil || c.avoid != nil):
			nearest, lack = i, "表头没有“邮箱”列"
		case len(c.addresses) > 0:
			nearest, lack = i, "表头没有“姓名”列"
		}
	}
	return nearest, columns{}, lack
}

func columnsOf(cells []string) columns {
	type found struct{ rank, at int }
	all := map[columnKind][]found{}
	for i, cell := range cells {
		kind, rank := headKind(cell)
		all[kind] = append(all[kind], found{rank, i})
	}
	at := func(kind columnKind) []int {
		var out []int
		for _, f := range slices.SortedStableFunc(slices.Values(all[kind]), func(a, b found) int { return a.rank - b.rank }) {
			out = append(out, f.at)
		}
		return out
	}
	first := func(at []int) int {
		if len(at) == 0 {
			return -1
		}
		return at[0]
	}
	return columns{first(at(columnName)), first(at(columnOrganisation)), at(columnAddress), at(columnFields), at(columnAvoid)}
}

func oneCell(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// joinCells puts the cells of one meaning together, a line each.
func joinCells(cells []string, at []int) string {
	var out []string
	for _, i := range at {
		if cell := oneCell(cells, i); cell != "" && !slices.Contains(out, cell) {
			out = append(out, cell)
		}
	}
	return strings.Join(out, "\n")
}
