package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anli/parser/form"
)

// The bureau's own list of its cases (推荐汇总表) against what came. It only asks: a
// correct list, in whatever form, raises nothing.

// listedCase is a row of such a list; what has no column is empty.
type listedCase struct{ unit, title, field, contact, phone string }

func (l listedCase) String() string { return nameOf(l.unit, l.title) }

func nameOf(unit, title string) string {
	if title == "" {
		return unit
	}
	return unit + "《" + strings.Trim(title, "《》") + "》"
}

var (
	unitHead = regexp.MustCompile(`^(?:(?:申报|参评|参选|推荐|案例|所属)?(?:单位|企业|公司|主体|机构)(?:名称)?(?:全称)?|申报主体(?:名称)?)$`)
	caseHead = regexp.MustCompile(`^(?:申报|参评|参选|推荐)?(?:优秀)?(?:案例|项目|案例项目)(?:名称|题目|标题)?$`)
	sumRow   = regexp.MustCompile(`^(?:合计|共计|总计|小计|共\d+[个项家]?)`)
	noteRow  = regexp.MustCompile(`^(?:备?注|说明|填表|填报|制表|审核|联系人|单位负责人|负责人)`)
	// endLabel begins a row that is none of the list's, whatever stands beside it.
	endLabel   = regexp.MustCompile(`^(?:附?注|备注|说明|填[表报](?:说明|须知|要求|人|单位|日期|时间)?|制表(?:人|单位|日期)?|审[核批](?:人|意见)?|(?:推荐|报送|申报|主管|审核)(?:单位|部门)(?:意见)?|推荐意见|.{0,8}商务局(?:审核|推荐)?意见|(?:主管|分管|主要)领导|(?:单位|部门|主要)?负责人|联系人|经办人|领导签[字名]|签[字名章]|盖章|公章|日期)(?:[（(][^（）()]*[)）])?(?:[:：].*)?$`)
	numberHead = regexp.MustCompile(`^(?:序号?|编号|no)$`)
	asideTab   = regexp.MustCompile(`备选|候补|未推荐|不推荐|落选|说明|示例|样例|下拉`)
)

// listedIn reads the rows of all tables of a list, each case once. whole is false where
// the reading does not hold all of it.
func listedIn(r Reading) (rows []listedCase, whole bool) {
	names := strings.Split(r.Text, "\n")
	for i, table := range r.Tables {
		if len(names) == len(r.Tables) && asideTab.MatchString(names[i]) {
			continue
		}
		for _, x := range tableCases(table) {
			if !slices.ContainsFunc(rows, func(y listedCase) bool { return SameName(x.unit, y.unit) && plainName(x.title) == plainName(y.title) }) {
				rows = append(rows, x)
			}
		}
	}
	return rows, !r.Cut
}

// tableCases finds the head, which may stand below titles, and reads what is below it.
func tableCases(table [][]string) []listedCase {
	unit, title := -1, -1
	var boxes boxColumns
	var end listEnd
	var out []listedCase
	for _, row := range table {
		if u, t := headOf(row); u >= 0 && t >= 0 {
			unit, title, boxes = u, t, boxesOf(row) // a head may be repeated on every page
			end.begin(row)
			continue
		}
		if unit < 0 || end.reached(row, unit) || len(row) <= max(unit, title) {
			continue
		}
		x := listedCase{unit: strings.Join(strings.Fields(row[unit]), ""), title: strings.Join(strings.Fields(row[title]), " ")}
		x.field, x.contact, x.phone = boxes.read(row)
		first := plainName(cmp.Or(row...))
		switch {
		case sumRow.MatchString(first), noteRow.MatchString(first) && x.title == "":
		case blank(x.unit), x.title == "" && !unitEnd.MatchString(x.unit):
		default:
			if blank(x.title) {
				x.title = ""
			}
			out = append(out, x)
		}
	}
	return ownPhones(out)
}

// listEnd tells where a list is over and other things stand in its table: how to fill
// it in, who signs it.
type listEnd struct {
	numbers int // column, -1: the list has none
	last    int // number that was read
	over    bool
}

func (e *listEnd) begin(head []string) {
	e.over = false
	e.numbers = slices.IndexFunc(head, func(cell string) bool { return numberHead.MatchString(plainName(cell)) })
}

// reached: the row is none of the list. Behind its end one is that goes on with its
// numbers or, where it has none, is of a company.
func (e *listEnd) reached(row []string, unit int) bool {
	first := strings.Join(strings.Fields(cmp.Or(row...)), "")
	if endLabel.MatchString(first) && !unitEnd.MatchString(first) {
		e.over = true
		return true
	}
	number := 0
	if e.numbers >= 0 && e.numbers < len(row) {
		number, _ = strconv.Atoi(plainName(row[e.numbers]))
	}
	goesOn := number > e.last || e.numbers < 0 && unit < len(row) && unitEnd.MatchString(strings.TrimSpace(row[unit]))
	if !e.over || goesOn {
		e.last = max(e.last, number)
		return false
	}
	return true
}

func headOf(row []string) (unit, title int) {
	unit, title = -1, -1
	for i, cell := range row {
		switch name := plainName(cell); {
		case unit < 0 && unitHead.MatchString(name):
			unit = i
		case title < 0 && caseHead.MatchString(name):
			title = i
		}
	}
	return unit, title
}

// summaryRows are the rows of a city's newest list; nil where none was read whole.
func (s *Sitting) summaryRows(city string) []listedCase {
	papers := map[string]Paper{}
	s.must(s.t.Papers.Each(s.tx, city+"/", func(_ string, p Paper) error {
		papers[p.File.SHA256] = p
		return nil
	}))
	for _, p := range s.papers {
		papers[p.File.SHA256] = p
	}
	newest := File{}
	var rows []listedCase
	for _, sha := range sortedKeys(papers) {
		f := papers[sha].File
		if papers[sha].City != city || f.Role != RoleSummary || f.At.Before(newest.At) {
			continue
		}
		found, whole := listedIn(s.Reading(f.SHA256))
		if len(found) == 0 || !whole {
			continue
		}
		if f.At.After(newest.At) {
			newest, rows = f, nil
		}
		for _, x := range found { // one mail may bring the list as Word and as Excel
			if !slices.ContainsFunc(rows, func(y listedCase) bool { return SameName(x.unit, y.unit) && plainName(x.title) == plainName(y.title) }) {
				rows = append(rows, x)
			}
		}
	}
	return rows
}

// CheckSummary compares a city's list with its cases: a finding a cause. about are the
// numbers of the cases it is asked about besides the list itself; with list, what is
// listed and did not come is told, too.
func (s *Sitting) CheckSummary(city string, list bool, about []string) []Finding {
	rows := s.summaryRows(city)
	if len(rows) == 0 {
		return nil
	}
	var cases []*Case
	nameless := 0
	for _, c := range s.Cases(city) {
		switch {
		case c.Stage == StageWithdrawn:
		case c.Unit == "":
			nameless++
		default:
			cases = append(cases, c)
		}
	}
	k := listCheck{fields: s.Settings.Call.Fields, form: s.Form, nameless: nameless, list: list, about: about}
	return k.compare(rows, cases)
}

// listCheck is what a list is compared by. Cases of unknown unit (nameless) may be any of
// those listed.
type listCheck struct {
	fields   []string // 参评领域 of the call
	form     func(*Case) (form.Form, bool)
	nameless int
	list     bool
	about    []string
}

// compare is CheckSummary on what was read.
func (k listCheck) compare(rows []listedCase, cases []*Case) []Finding {
	of := pairUp(rows, cases)
	var missing, extra []string
	var out []Finding
	asked := func(c *Case) bool { return k.list || slices.Contains(k.about, c.Number) }
	for i, row := range rows {
		if of[i] == nil {
			missing = append(missing, row.String())
		} else if f, differs := k.differ(row, of[i]); differs && asked(of[i]) {
			out = append(out, f)
		}
	}
	for _, c := range cases {
		if !slices.Contains(of, c) && asked(c) {
			extra = append(extra, nameOf(c.Unit, c.Case))
		}
	}
	if len(extra) > 0 && k.nameless == 0 {
		out = slices.Insert(out, 0, summaryFinding(fmt.Sprintf("收到的案例中有%d个不在贵局汇总表中：%s", len(extra), strings.Join(extra, "、")), "请核对；如确定推荐，请更新汇总表。"))
	}
	if len(missing) > k.nameless && k.list {
		out = slices.Insert(out, 0, summaryFinding(fmt.Sprintf("贵局汇总表列有%d个案例，目前收到%d个；未收到：%s", len(rows), len(cases)+k.nameless, strings.Join(missing, "、")),
			"请核对；如为分批报送，可不理会本提示。"))
	}
	return out
}

func summaryFinding(message, fix string) Finding {
	return finding("summary-mismatch", "warning", "text", "reply", message, fix)
}

// pairUp finds the case of each row, nil where there is none: what is like in both
// names first, then what is short for the other, then by one name alone.
func pairUp(rows []listedCase, cases []*Case) []*Case {
	of := make([]*Case, len(rows))
	unitFits := func(r listedCase, c *Case) bool { return LikeName(r.unit, c.Unit) || fitsName(r.unit, c.Unit) }
	titleFits := func(r listedCase, c *Case) bool {
		return r.title == "" || c.Case == "" || LikeName(r.title, c.Case) || fitsName(r.title, c.Case)
	}
	for _, fit := range []func(listedCase, *Case) bool{
		func(r listedCase, c *Case) bool { return LikeName(r.unit, c.Unit) && SameName(r.title, c.Case) },
		func(r listedCase, c *Case) bool { return LikeName(r.unit, c.Unit) && titleFits(r, c) },
		func(r listedCase, c *Case) bool { return unitFits(r, c) && titleFits(r, c) },
		func(r listedCase, c *Case) bool { return SameName(r.title, c.Case) },
		unitFits,
		func(r listedCase, c *Case) bool { return LikeName(r.title, c.Case) },
	} {
		for i, row := range rows {
			for _, c := range cases {
				if of[i] == nil && !slices.Contains(of, c) && fit(row, c) {
					of[i] = c
				}
			}
		}
	}
	return of
}

// differ: list and package say something else of one case.
func (k listCheck) differ(row listedCase, c *Case) (Finding, bool) {
	what := namesDiffer(row, c)
	fix := "请确认以哪个名称为准。"
	if f, has := k.form(c); has {
		boxes, cure := k.boxesDiffer(row, c, f)
		if what = append(what, boxes...); len(boxes) > 0 {
			fix = cure
		}
	}
	if len(what) == 0 {
		return Finding{}, false
	}
	return summaryFinding(nameOf(c.Unit, c.Case)+"：汇总表中的"+strings.Join(what, "；"), fix), true
}

// namesDiffer: they name unit or case otherwise.
func namesDiffer(row listedCase, c *Case) (what []string) {
	if !LikeName(row.unit, c.Unit) && !fitsName(row.unit, c.Unit) {
		what = append(what, fmt.Sprintf("单位为“%s”，申报材料为“%s”", row.unit, c.Unit))
	}
	if row.title != "" && c.Case != "" && !LikeName(row.title, c.Case) && !fitsName(row.title, c.Case) {
		what = append(what, fmt.Sprintf("案例为“%s”，申报材料为“%s”", row.title, c.Case))
	}
	return what
}

// compareSummary adds to a burst that ends what its list and its cases do not agree on.
func (s *Sitting) compareSummary(b *Burst) {
	list := slices.ContainsFunc(b.Papers, func(f File) bool { return f.Role == RoleSummary })
	if !list && len(b.Revised) == 0 {
		return
	}
	for _, f := range s.CheckSummary(b.City, list, b.Revised) {
		b.Problems = append(b.Problems, f)
	}
}
