package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anli/parser/form"
)

// Field and phone of a bureau's list against those of the forms. A list is a working
// paper: short words, other people's numbers and columns of other things raise nothing.

var (
	fieldHead   = regexp.MustCompile(`^(?:申报|参评|推荐|参选)?(?:案例|项目|所属)?(?:领域|类别|类型|方向|赛道)$`)
	phoneHead   = regexp.MustCompile(`^(?:日常|项目|企业|单位|案例)?(?:联系人?)?(?:及|和)?(?:联系)?(?:电话|手机|方式)(?:号码?)?(?:及邮箱)?$`)
	contactHead = regexp.MustCompile(`^(?:日常|项目|企业|单位|案例)?联系人(?:姓名)?$`)
	fieldParts  = regexp.MustCompile(`[、，,；;/／|\s]+`)
	fieldTails  = regexp.MustCompile(`^[\d.（()）]+|(?:类|领域|方向|类别)$`)
)

// boxColumns are the columns of a list that a form has boxes for.
type boxColumns struct{ field, contact, phone []int }

func boxesOf(head []string) (b boxColumns) {
	for i, cell := range head {
		switch name := plainName(cell); {
		case fieldHead.MatchString(name):
			b.field = append(b.field, i)
		case contactHead.MatchString(name):
			b.contact = append(b.contact, i)
		case phoneHead.MatchString(name):
			b.phone = append(b.phone, i)
		}
	}
	return b
}

func (b boxColumns) read(row []string) (field, contact, phone string) {
	of := func(columns []int) string {
		var out []string
		for _, i := range columns {
			if i < len(row) && !blank(row[i]) {
				out = append(out, strings.TrimSpace(row[i]))
			}
		}
		return strings.Join(out, "、")
	}
	return of(b.field), of(b.contact), of(b.phone)
}

// ownPhones leaves out numbers that may be nobody's of the case: one for all rows, or
// some rows without any, as a merged cell of the bureau's own number gives.
func ownPhones(rows []listedCase) []listedCase {
	if len(rows) < 2 {
		return rows
	}
	differ := slices.ContainsFunc(rows, func(r listedCase) bool { return r.phone != rows[0].phone })
	if differ && !slices.ContainsFunc(rows, func(r listedCase) bool { return r.phone == "" }) {
		return rows
	}
	for i := range rows {
		rows[i].phone = ""
	}
	return rows
}

// boxesDiffer compares field and phone with the case's form.
func (k listCheck) boxesDiffer(row listedCase, c *Case, f form.Form) (what []string, fix string) {
	fix = "请确认以哪一处为准；申报材料有误的，可直接回复“更正 " + c.Number
	if listed := k.fieldsIn(row.field); len(listed) > 0 && len(f.Categories) > 0 && !slices.ContainsFunc(listed, func(x string) bool { return x == c.Main || slices.Contains(f.Categories, x) }) {
		what = append(what, fmt.Sprintf("领域为“%s”，申报材料为“%s”", oneLine(row.field), strings.Join(f.Categories, "、")))
		fix += " 领域 " + listed[0] + "”。"
	}
	if !sharesPhone(row.phone, f.Phone) && samePerson(row.contact, f.Contact) {
		what = append(what, fmt.Sprintf("联系电话为“%s”，申报材料为“%s”", oneLine(row.phone), oneLine(f.Phone)))
		if len(what) == 1 {
			fix += " 联系电话 正确号码”。"
		}
	}
	return what, fix
}

// samePerson: nobody else is named. A list may name the leader, a form the clerk.
func samePerson(a, b string) bool {
	x, y := plainName(a), plainName(b)
	return x == "" || y == "" || strings.Contains(x, y) || strings.Contains(y, x)
}

// fieldsIn are the fields that a list names, in full or short; nil where it says
// anything that is no field of the call.
func (k listCheck) fieldsIn(text string) []string {
	var out []string
	for _, piece := range fieldParts.Split(strings.TrimSpace(text), -1) {
		found := k.fieldsOf(plainField(piece))
		if found == nil {
			return nil
		}
		out = append(out, found...)
	}
	return out
}

// fieldsOf reads one piece: a short word within a single field's name, or names one
// behind the other.
func (k listCheck) fieldsOf(piece string) (out []string) {
	if len([]rune(piece)) < 2 {
		return nil
	}
	for _, f := range k.fields {
		if strings.Contains(plainField(f), piece) {
			out = append(out, f)
		}
		if plainField(f) == piece {
			return []string{f}
		}
	}
	if len(out) == 1 {
		return out
	}
	out = nil
	for _, f := range k.fields {
		if rest, had := strings.CutPrefix(piece, plainField(f)); had && len(rest) < len(piece) {
			if rest == "" {
				return []string{f}
			}
			if more := k.fieldsOf(rest); more != nil {
				out = append([]string{f}, more...)
			}
		}
	}
	return out
}

// plainField is a field's name without marks, the short word for its first one.
func plainField(s string) string {
	return strings.ReplaceAll(plainName(fieldTails.ReplaceAllString(strings.TrimSpace(s), "")), "电子商务", "电商")
}
