package intake

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// folderMark is how a package folder begins: [案例]. People also write full-width
// or black brackets.
var folderMark = regexp.MustCompile(`^\s*[\[【［〔(（]\s*案\s*例\s*[\]】］〕)）]\s*`)

// FolderName is a package folder's name taken apart.
type FolderName struct {
	Marked bool   // begins with [案例] or what people write for it
	Exact  bool   // written just as the notice asks
	Unit   string //
	Case   string //
}

// ParseFolder reads `[案例]-单位名称+案例名称` (notice, last paragraph of 六). The
// split is at the first + after the unit's name; unit, where known from the
// form, says where that is, for units with a + of their own.
func ParseFolder(name, unit string) FolderName {
	name = strings.TrimSpace(name)
	mark := folderMark.FindString(name)
	rest := strings.TrimSpace(name[len(mark):])
	f := FolderName{Marked: mark != ""}
	trimmed := strings.TrimLeft(rest, "-－—–_ ")
	dash := strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "--")
	f.Unit, f.Case = splitUnit(trimmed, unit)
	f.Exact = mark == "[案例]" && dash && f.Case != "" && name == "[案例]-"+f.Unit+"+"+f.Case
	return f
}

func splitUnit(s, unit string) (string, string) {
	if unit != "" {
		for _, plus := range []string{"+", "＋"} {
			if rest, ok := strings.CutPrefix(s, unit+plus); ok {
				return unit, strings.TrimSpace(rest)
			}
		}
	}
	i := strings.IndexAny(s, "+＋")
	if i < 0 {
		return strings.TrimSpace(s), ""
	}
	after := strings.TrimPrefix(strings.TrimPrefix(s[i:], "+"), "＋")
	return strings.TrimSpace(s[:i]), strings.TrimSpace(after)
}

// SameName compares names of units and cases as people do: width, brackets,
// blanks, quotes and what Windows forbids in a file name do not count.
func SameName(a, b string) bool { return plainName(a) == plainName(b) && plainName(a) != "" }

// LikeName also takes a short name inside the full one for the same, and
// 有限责任公司 for 有限公司.
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

func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(s))
}

func stemName(s string) string {
	p := plainName(s)
	p = strings.ReplaceAll(p, "有限责任公司", "有限公司")
	p = strings.ReplaceAll(p, "股份有限公司", "有限公司")
	p = strings.ReplaceAll(p, "广东省", "")
	for _, city := range []string{"市"} {
		p = strings.ReplaceAll(p, city, "")
	}
	if short := strings.TrimSuffix(p, "有限公司"); len([]rune(short)) >= 4 {
		return short
	}
	return p
}

// Cities of Guangdong are recognised in folder names and subjects with or
// without 市.
func cityIn(text string, cities []string) string {
	found := ""
	for _, c := range cities {
		if strings.Contains(text, strings.TrimSuffix(c, "市")) {
			if found != "" {
				return "" // several: not told
			}
			found = c
		}
	}
	return found
}
