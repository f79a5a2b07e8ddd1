package document

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// numberFormat is how a cell shows a number: a built-in format (ECMA-376 part 1,
// 18.8.30) by its id, or where code is not "" that code.
type numberFormat struct {
	id   int
	code string
}

// numbers writes numbers as a spreadsheet shows them. Formats are carried out by
// excelize, in a workbook of one cell: it has the whole language of format codes,
// also the Chinese built-in ones, and lends it in no other way.
type numbers struct {
	from1904 bool // days count from 1904, not 1900
	book     *excelize.File
	styles   map[numberFormat]int
	shown    map[formatted]string
}

type formatted struct {
	value  float64
	format numberFormat
}

// maxShown bounds the memory of what was shown before.
const maxShown = 50_000

// text is a number as a person sees it, with two differences. Floating noise is
// taken out: 8.499999999 is the 8.5 that somebody typed. And where the format
// shows fewer digits than were typed (8.5 under the format 0 looks like 9), the
// number that was typed is meant.
func (n *numbers) text(v float64, f numberFormat) string {
	if f.general() {
		return plainNumber(v)
	}
	if r, ok := fewDecimals(v); ok {
		v = r
	}
	key := formatted{v, f}
	if s, ok := n.shown[key]; ok {
		return s
	}
	s := n.show(v, f)
	if !f.isDate() {
		s = unrounded(s, v)
	}
	if s == "" {
		s = plainNumber(v) // also where the format hides it, as ;;; does
	}
	if n.shown == nil || len(n.shown) >= maxShown {
		n.shown = map[formatted]string{}
	}
	n.shown[key] = s
	return s
}

func (f numberFormat) general() bool {
	return f.code == "" && (f.id == 0 || f.id == 49) || strings.EqualFold(f.code, "General") || f.code == "@"
}

// beside are the parts of a format code that are no digits of a date: text in
// quotes, escaped characters, colours and conditions in brackets.
var beside = regexp.MustCompile(`"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]`)

// isDate tells formats of dates and times.
func (f numberFormat) isDate() bool {
	if f.code == "" {
		return f.id >= 14 && f.id <= 22 || f.id >= 27 && f.id <= 36 || f.id >= 45 && f.id <= 47 || f.id >= 50 && f.id <= 58
	}
	code := strings.ToLower(f.code)
	if strings.Contains(code, "[h") || strings.Contains(code, "[m") || strings.Contains(code, "[s") || strings.Contains(code, "[$-f800]") {
		return true
	}
	code = strings.ReplaceAll(beside.ReplaceAllString(code, ""), "general", "")
	return strings.ContainsAny(code, "ymdhs")
}

// show lets excelize format a number; "" if it cannot.
func (n *numbers) show(v float64, f numberFormat) string {
	if n.from1904 && f.isDate() {
		v += 1462
	}
	const sheet, cell = "Sheet1", "A1"
	if n.book == nil {
		n.book = excelize.NewFile(excelize.Options{ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", CultureInfo: excelize.CultureNameZhCN})
		n.styles = map[numberFormat]int{}
	}
	style, ok := n.styles[f]
	if !ok {
		look := excelize.Style{NumFmt: f.id}
		if f.code != "" {
			look = excelize.Style{CustomNumFmt: &f.code}
		}
		var err error
		if style, err = n.book.NewStyle(&look); err != nil {
			return ""
		}
		n.styles[f] = style
	}
	if n.book.SetCellValue(sheet, cell, v) != nil || n.book.SetCellStyle(sheet, cell, cell, style) != nil {
		return ""
	}
	s, err := n.book.GetCellValue(sheet, cell)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(s)
}

var digits = regexp.MustCompile(`\d[\d,]*(?:\.\d*)?`)

// typedDecimals is how many decimals a person may have typed; more come from
// computing, and then the rounded number is the one meant.
const typedDecimals = 4

// unrounded is shown, or the number itself where its format hides digits of it.
func unrounded(shown string, v float64) string {
	found := digits.FindAllString(shown, -1)
	if len(found) != 1 {
		if strings.ContainsAny(shown, "E") && len(found) == 2 {
			return plainNumber(v) // 1.38E+10
		}
		return strings.TrimSuffix(shown, ".") // a fraction, a number in characters, or none
	}
	percent := ""
	if strings.Contains(shown, "%") {
		percent, v = "%", v*100
	}
	seen, err := strconv.ParseFloat(strings.TrimSuffix(strings.ReplaceAll(found[0], ",", ""), "."), 64)
	if err != nil || sameNumber(seen, math.Abs(v)) {
		return strings.TrimSuffix(shown, ".")
	}
	if _, typed := fewDecimals(v); !typed {
		return strings.TrimSuffix(shown, ".")
	}
	return plainNumber(v) + percent
}

// sameNumber: equal but for floating noise.
func sameNumber(a, b float64) bool {
	return math.Abs(a-b) <= 1e-8*max(math.Abs(a), math.Abs(b))
}

// fewDecimals rounds to typedDecimals and tells whether that changed nothing but noise.
func fewDecimals(v float64) (float64, bool) {
	const scale = 10_000
	if math.Abs(v) > 1e11 {
		return v, v == math.Trunc(v)
	}
	r := math.Round(v*scale) / scale
	return r, sameNumber(r, v)
}

// plainNumber writes a number as the format General does, at a width that shows
// it whole: without noise, without exponent where it has up to 18 digits.
func plainNumber(v float64) string {
	if r, ok := fewDecimals(v); ok {
		v = r
	} else if math.Abs(v) < 1e10 {
		v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 10, 64), 64)
	} else {
		v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	}
	if v == 0 {
		return "0" // not -0
	}
	if a := math.Abs(v); a >= 1e18 || a < 1e-6 {
		return strconv.FormatFloat(v, 'G', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// noisy is a number in text with more decimals than anybody types.
var noisy = regexp.MustCompile(`^-?\d{1,10}\.\d{7,}$`)

// tidied takes the noise out of a text that is a number: .csv files and web pages
// hold what was computed.
func tidied(text string) string {
	if s := strings.TrimSpace(text); noisy.MatchString(s) {
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			return plainNumber(v)
		}
	}
	return text
}
