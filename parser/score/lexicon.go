package score

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon is what a request makes known: its cases and its criteria by every
// name that people give them.
type lexicon struct {
	cases    []caseWords
	criteria []Criterion
	aliases  []alias       // longest first
	starts   map[rune]bool // with what names, keywords and headings can begin
	places   bool          // 7号 is the seventh of the list
	codes    bool          // 7号 is the number 0007, not the seventh of the list
}

// alias is one name of a criterion, folded. Short ones are words of everyday
// use: they name a criterion only where they stand by themselves.
type alias struct {
	name      []rune
	criterion int
	short     bool
}

// caseWords are the folded names of a case.
type caseWords struct {
	number     string // AL20240007, without its dash
	tail       string // 0007
	unit, name string // compact
	core       string // of the unit: what tells it from other units
}

func newLexicon(r Request) *lexicon {
	x := &lexicon{criteria: r.Criteria}
	for _, c := range r.Cases {
		w := caseWords{number: string(compact(c.Number)), unit: string(compact(c.Unit)), name: string(compact(c.Name))}
		if n := len(w.number); n > 4 {
			w.tail = w.number[n-4:]
		}
		w.core = unitCore(w.unit)
		x.cases = append(x.cases, w)
	}
	x.aliases = aliasesOf(r.Criteria)
	x.starts = map[rune]bool{'A': true}
	for _, a := range x.aliases {
		x.starts[a.name[0]] = true
	}
	for _, w := range notes {
		r, _ := utf8.DecodeRuneInString(w)
		x.starts[r] = true
	}
	for _, k := range keywords {
		r, _ := utf8.DecodeRuneInString(k.word)
		x.starts[r] = true
	}
	return x
}

// opens tells whether a line of ours can be a heading, a label or a header.
func (x *lexicon) opens(text []rune) bool {
	for _, r := range text {
		if isWord(r) && !isDigit(r) {
			return x.starts[r]
		}
	}
	return false
}

// aliasesOf lists the names of all criteria; a name of two is a name of none.
func aliasesOf(criteria []Criterion) []alias {
	count := map[string]int{}
	var out []alias
	for i, c := range criteria {
		for _, n := range namesOf(c.Name) {
			count[n]++
			out = append(out, alias{name: []rune(n), criterion: i, short: n != string(compact(c.Name))})
		}
		for stem, words := range english {
			if strings.Contains(c.Name, stem) {
				for _, n := range words {
					count[n]++
					out = append(out, alias{name: []rune(n), criterion: i, short: true})
				}
			}
		}
	}
	out = slices.DeleteFunc(out, func(a alias) bool { return count[string(a.name)] > 1 && a.short })
	slices.SortStableFunc(out, func(a, b alias) int {
		return cmp.Or(len(b.name)-len(a.name), a.criterion-b.criterion, strings.Compare(string(a.name), string(b.name)))
	})
	return out
}

// english are words that stand for a criterion by what its name contains.
var english = map[string][]string{
	"技术": {"TECHNOLOGY", "TECHNICAL", "TECH", "INNOVATION"},
	"效益": {"BENEFITS", "BENEFIT", "EFFECTIVENESS"},
	"示范": {"DEMONSTRATION", "DEMO"},
	"实力": {"STRENGTH"},
	"数据": {"DATA", "COMPLETENESS"},
}

// namesOf gives a criterion's name and how people shorten it: 技术性与创新性 is
// also 技术创新性, 技术性, 创新; 整体实力 is also 实力; 数据完整性 also 数据.
func namesOf(full string) []string {
	name := string(compact(full))
	seen := map[string]bool{}
	var out []string
	add := func(n string) {
		if utf8.RuneCountInString(n) >= 2 && !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	add(name)
	bare := func(s string) string { return strings.TrimSuffix(s, "性") }
	add(bare(name))
	for _, joint := range []string{"与", "和", "及"} {
		first, second, ok := strings.Cut(name, joint)
		if !ok || bare(first) == "" || bare(second) == "" {
			continue
		}
		for _, a := range []string{first, bare(first)} {
			for _, b := range []string{second, bare(second)} {
				for _, j := range []string{"", "与", "和", "及", "、", "/", "&"} {
					add(a + j + b)
				}
			}
			add(a)
		}
		add(second)
		add(bare(second))
		return out
	}
	if base := []rune(bare(name)); len(base) == 4 {
		add(string(base[:2]))
		add(string(base[2:]))
		add(string(base[2:]) + "性")
	}
	return out
}

var (
	placeEnd = []rune("省市区县镇")
	cities   = []string{"广东", "广州", "深圳", "珠海", "汕头", "佛山", "韶关", "河源", "梅州", "惠州", "汕尾", "东莞", "中山", "江门", "阳江", "湛江", "茂名", "肇庆", "清远", "潮州", "揭阳", "云浮"}
	legal    = []string{"有限责任公司", "股份有限公司", "有限公司", "公司", "协会", "商会", "中心", "合作社", "集团", "股份", "企业", "分公司"}
	trades   = []string{"电子商务", "电商", "科技", "信息技术", "信息", "技术", "网络", "供应链", "管理", "服务", "发展", "实业", "贸易", "进出口", "文化传播", "文化", "传媒", "数字", "营销", "产业园", "物流", "食品", "农业", "家居", "跨境", "运营", "投资", "控股", "产业", "园区", "咨询", "商贸", "智能", "数据", "品牌", "国际"}
)

// unitCore is the part of a unit's name that is its own: 佛山市顺品家居科技有限公司
// is 顺品. Where nothing is left, the whole name is.
func unitCore(unit string) string {
	s := unit
	for again := true; again; {
		again = false
		for _, c := range cities {
			if rest, ok := strings.CutPrefix(s, c); ok {
				s, again = rest, true
			}
		}
		for i, r := range []rune(s) {
			if i <= 3 && slices.Contains(placeEnd, r) {
				s, again = string([]rune(s)[i+1:]), true
				break
			}
		}
	}
	for again := true; again; {
		again = false
		for _, end := range slices.Concat(legal, trades) {
			if rest, ok := strings.CutSuffix(s, end); ok && utf8.RuneCountInString(rest) >= 2 {
				s, again = rest, true
			}
		}
	}
	if utf8.RuneCountInString(s) < 2 {
		return unit
	}
	return s
}
