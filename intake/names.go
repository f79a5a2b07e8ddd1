package intake

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// folderMark is how a package folder begins: [案例]. People also write full-width
// or black brackets, and a number before it.
var folderMark = regexp.MustCompile(`^\s*(?:\d{1,2}\s*[.、．_)）-]?\s*)?[\[【［〔(（「『]\s*案\s*例\s*[\]】］〕)）」』]\s*`)

// bareMark is the mark with its brackets forgotten; it counts only before a name
// with a + in it.
var bareMark = regexp.MustCompile(`^\s*案例\s*[-－—–_]+\s*`)

// dashes are what people write for the dash behind the mark.
const dashes = "-－—–‐‑−─―_＿~～ \u00a0\u3000"

// blankNames are the words of the notice's own pattern, left standing.
var blankNames = map[string]bool{"单位名称": true, "案例名称": true, "单位名称案例名称": true}

// FolderName is a package folder's name taken apart.
type FolderName struct {
	Marked bool   // begins with [案例] or what people write for it
	Exact  bool   // written just as the notice asks
	Plus   bool   // a + parts unit and case, as the notice asks
	Unit   string // as written; "" if the notice's own words were left standing
	Case   string // as written; "" if nothing parts it from the unit
}

// ParseFolder reads `[案例]-单位名称+案例名称` (notice, last paragraph of 六). The
// split is at the + after the unit's name; unit, where known from the form, says
// where that is, for units with a + of their own. Where there is no +, a dash or
// a blank behind the unit's name parts it from the case.
func ParseFolder(name, unit string) FolderName {
	name = strings.TrimSpace(name)
	mark := folderMark.FindString(name)
	if mark == "" && strings.ContainsAny(name, "+＋") {
		mark = bareMark.FindString(name)
	}
	f := FolderName{Marked: mark != ""}
	rest := name[len(mark):]
	if f.Marked {
		rest = strings.TrimLeft(rest, dashes)
	}
	f.Unit, f.Case, f.Plus = splitUnit(strings.TrimSpace(rest), unit)
	f.Exact = f.Plus && f.Unit != "" && f.Case != "" && name == "[案例]-"+f.Unit+"+"+f.Case
	if blankNames[plainName(f.Unit)] || blankNames[plainName(f.Case)] {
		f.Exact, f.Unit, f.Case = false, "", ""
	}
	return f
}

// unitEnd ends the names of companies and institutions.
var unitEnd = regexp.MustCompile(`(?:公司|集团|合作社|合作联社|协会|商会|学会|中心|学校|学院|医院|研究院|园区|产业园|委员会|联合会|联盟|基金会|厂|店)[)）]?$`)

func splitUnit(s, unit string) (string, string, bool) {
	at := cuts(s, "+＋")
	for _, known := range []func(string) bool{
		func(x string) bool { return SameName(x, unit) },
		func(x string) bool { return strings.ContainsAny(unit, "+＋") && LikeName(x, unit) },
		func(x string) bool { return !strings.ContainsAny(unit, "+＋") && unit != "" },
		unitEnd.MatchString,
		func(string) bool { return true },
	} {
		for _, c := range at {
			if left := strings.TrimSpace(s[:c[0]]); known(left) {
				return left, strings.TrimSpace(s[c[1]:]), true
			}
		}
	}
	for _, c := range cuts(s, "-－—–_＿ 　:：、") {
		left := strings.TrimSpace(s[:c[0]])
		if SameName(left, unit) || unitEnd.MatchString(left) {
			return left, strings.Trim(s[c[1]:], dashes), false
		}
	}
	return s, "", false
}

// cuts are the places of any of these characters: where each begins and ends.
func cuts(s, marks string) [][2]int {
	var out [][2]int
	for i, r := range s {
		if strings.ContainsRune(marks, r) {
			out = append(out, [2]int{i, i + len(string(r))})
		}
	}
	return out
}

// SameName compares names of units and cases as people do: width, brackets,
// blanks, quotes and what Windows forbids in a file name do not count.
func SameName(a, b string) bool { return plainName(a) == plainName(b) && plainName(a) != "" }

// LikeName also takes 有限责任公司 for 有限公司, 广州 for 广州市, and a short name of
// at least four characters inside the full one for the same. It tells which case
// a file belongs to, so it is careful.
func LikeName(a, b string) bool {
	x, y := stemName(a), stemName(b)
	if x == "" || y == "" {
		return false
	}
	if x == y {
		return true
	}
	if len([]rune(x)) > len([]rune(y)) {
		x, y = y, x
	}
	return len([]rune(x)) >= 4 && strings.Contains(y, x)
}

// fitsName tells whether one name may be short for the other: its characters
// stand in the other in their order (唯品会 in 广州唯品会电子商务有限公司). It tells
// whether people should be asked about a difference, so it is generous.
func fitsName(a, b string) bool {
	x, y := []rune(coreName(a)), []rune(coreName(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 2 {
		return string(x) == string(y)
	}
	i := 0
	for _, r := range y {
		if i < len(x) && x[i] == r {
			i++
		}
	}
	return i == len(x)
}

// plainName leaves letters and digits, folded by NFKC: full width, and the
// radicals that PDF files have in place of characters.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

// stemName is a unit's name without what people leave out or mix up.
func stemName(s string) string {
	p := plainName(s)
	for _, x := range [][2]string{{"有限责任公司", "有限公司"}, {"股份有限公司", "有限公司"}, {"广东省", ""}, {"市", ""}} {
		p = strings.ReplaceAll(p, x[0], x[1])
	}
	if short := strings.TrimSuffix(p, "有限公司"); len([]rune(short)) >= 4 {
		return short
	}
	return p
}

// coreName is the stem without the words for a company.
func coreName(s string) string {
	p := stemName(s)
	for _, end := range []string{"有限公司", "公司", "集团"} {
		if short := strings.TrimSuffix(p, end); len([]rune(short)) >= 2 {
			p = short
		}
	}
	return p
}

// citiesIn finds the cities that a text names, with or without 市.
func citiesIn(text string, cities []string) (found []string) {
	for _, c := range cities {
		if strings.Contains(text, strings.TrimSuffix(c, "市")) {
			found = append(found, c)
		}
	}
	return found
}

// cityIn finds the one city that a text names; "" if none or several: not told.
func cityIn(text string, cities []string) string {
	if found := citiesIn(text, cities); len(found) == 1 {
		return found[0]
	}
	return ""
}
