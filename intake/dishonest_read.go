package intake

import (
	"fmt"
	"regexp"
	"strings"
)

// What the columns are called.
var (
	listName = regexp.MustCompile(`^(?:严重|违法|失信|被执行人|企业|单位|公司|主体|当事人|法人|自然人|个人|组织|机构|人|或|及|和|的|全|姓名|名称|名字)+$`)
	listCode = regexp.MustCompile(`代码|证件号|身份证|信用码|注册号`)
	listNote = regexp.MustCompile(`案号|文号|法院|日期|时间|事由|情形|原因|备注`)
)

// ReadDishonest reads the list from a spreadsheet's reading: a head that names the
// columns, in any order; without one, the first cell that is words is the name. A
// code that is a person's is left out. problems are in Chinese, by row; a list that
// was not wholly read is none. What holds no table gives neither.
func ReadDishonest(r Reading) (list []Dishonest, problems []string) {
	switch {
	case r.Cut:
		return nil, []string{"名单过长，未能完整读取，请分列或只保留名称、代码两列后重发"}
	case len(r.Tables) == 0:
		return nil, nil
	}
	for _, table := range r.Tables {
		name, codes, notes, head := listColumns(table)
		for i := head + 1; i < len(table); i++ {
			d, why := dishonestRow(table[i], name, codes, notes)
			switch {
			case why != "":
				problems = append(problems, fmt.Sprintf("第%d行：%s", i+1, why))
			case d.Name != "" || d.Code != "":
				d.Row = i + 1
				list = append(list, d)
			}
		}
	}
	switch {
	case len(list) > maxDishonest:
		return nil, []string{fmt.Sprintf("名单有%d行，超过%d行", len(list), maxDishonest)}
	case len(list) == 0 && len(problems) == 0:
		problems = append(problems, "名单中没有可用的行，须有“名称”或“统一社会信用代码”列")
	}
	return list, problems
}

// listColumns finds the head; it is -1 where there is none.
func listColumns(table [][]string) (name int, codes, notes []int, head int) {
	for i, cells := range table[:min(len(table), 10)] {
		name, codes, notes = -1, nil, nil
		for j, cell := range cells {
			cell = plainName(cell)
			switch {
			case cell == "" || len([]rune(cell)) > 20:
			case listCode.MatchString(cell):
				codes = append(codes, j)
			case listNote.MatchString(cell):
				notes = append(notes, j)
			case name < 0 && listName.MatchString(cell):
				name = j
			}
		}
		if name >= 0 || len(codes) > 0 {
			return name, codes, notes, i
		}
	}
	return -1, nil, nil, -1
}

func dishonestRow(cells []string, name int, codes, notes []int) (d Dishonest, why string) {
	if name < 0 && len(codes) == 0 {
		for j, cell := range cells {
			code, _ := creditOf(cell)
			switch {
			case code != "":
				codes = append(codes, j)
			case name < 0 && hanName.MatchString(strings.TrimSpace(cell)):
				name = j
			}
		}
	}
	if name >= 0 && name < len(cells) {
		d.Name = strings.Join(strings.Fields(cells[name]), " ")
	}
	for _, j := range codes {
		if j < len(cells) && d.Code == "" {
			if d.Code, why = creditOf(cells[j]); why != "" && d.Name != "" {
				why = "" // a person's, or one that is half hidden: the name is compared
			}
		}
	}
	for _, j := range notes {
		if j < len(cells) && strings.TrimSpace(cells[j]) != "" {
			d.Note = clip(strings.TrimSpace(d.Note+" "+cells[j]), 80)
		}
	}
	switch {
	case len([]rune(d.Name)) > 100:
		return Dishonest{}, "名称过长"
	case why != "" && d.Name == "":
		return Dishonest{}, why
	}
	return d, ""
}

var (
	hanName = regexp.MustCompile(`^\p{Han}[\p{Han}\p{L}\d()（）·.&+\- ]+$`)
	orgForm = regexp.MustCompile(`^[0-9A-Z]{8}[0-9X]$`)
)

// creditOf reads a unified credit code or an organisation code in a cell; "" for
// what is empty or a person's. why says what is wrong with anything else.
func creditOf(cell string) (code, why string) {
	code = creditWritten(cell)
	switch {
	case code == "":
		return "", ""
	case CreditCodeValid(code), orgForm.MatchString(code) && orgCheck(code):
		return code, ""
	}
	return "", "代码“" + clip(hidden(code), 24) + "”不是有效的统一社会信用代码或组织机构代码"
}

// hidden blanks the middle of what may be a person's number.
func hidden(code string) string {
	if r := []rune(code); len(r) > 8 {
		return string(r[:4]) + strings.Repeat("*", len(r)-8) + string(r[len(r)-4:])
	}
	return code
}
