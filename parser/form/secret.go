package form

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"anli/parser/document"
)

// Marking is where a mark of secrecy stands, never what stands beside it.
type Marking struct {
	Where string `json:"where"`          // one of the Marked constants
	Page  int    `json:"page,omitempty"` // from 1; 0 where unknown or there are none
}

// Places of a mark of secrecy.
const (
	MarkedTop    = "top"    // at the head of a page or of the text
	MarkedHeader = "header" // in what a document repeats on its pages
	MarkedText   = "text"   // alone on a line further down
	MarkedName   = "name"   // in the name of a file or folder
	MarkedMail   = "mail"   // in a mail's subject or first lines, or in the name of a file it links to
	MarkedSame   = "same"   // the file is one that was erased for reasons of secrecy
)

// Words says in Chinese where it stands.
func (m Marking) Words() string {
	switch {
	case m.Where == MarkedName:
		return "文件名或文件夹名"
	case m.Where == MarkedMail:
		return "邮件主题或正文开头"
	case m.Where == MarkedSame:
		return "与已清除的涉密文件相同"
	case m.Where == MarkedHeader:
		return "页眉"
	case m.Page > 0 && m.Where == MarkedTop:
		return fmt.Sprintf("第%d页顶部", m.Page)
	case m.Page > 0:
		return fmt.Sprintf("第%d页", m.Page)
	case m.Where == MarkedTop:
		return "文首"
	}
	return "正文中单独一行"
}

// A mark of a state secret is its level, ★ and the term (保守国家秘密法实施条例: 密级★
// 保密期限); where the star lacks, the level with a term, or the level alone where marks
// stand. 内部 and 工作秘密 are no state secrets: only the star makes them a mark.
const (
	levelWords = `(?:绝密|机密|秘密)级?`
	starWords  = `(?:绝密|机密|秘密|内部|工作秘密)级?`
	termWords  = `(?:长期|启用前|(?:至)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:前|止)?|(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?:年|个月|月|天|日))`
	aheadWords = `(?:(?:份号|编号|NO\.?|№):?)?\d{0,8}(?:(?:密级|秘密等级|密级标识):)?`
	afterWords = `(?:特急|加急|急件|平急|特提|特级)?\d{0,8}`
)

var (
	starLine  = regexp.MustCompile(`^` + aheadWords + starWords + `★\(?` + termWords + `?\)?` + afterWords + `$`)
	termLine  = regexp.MustCompile(`^` + aheadWords + levelWords + `\(?` + termWords + `\)?` + afterWords + `$`)
	levelLine = regexp.MustCompile(`^` + aheadWords + `[(\[【〔]?` + levelWords + `[)\]】〕]?` + afterWords + `$`)
	labelled  = regexp.MustCompile(`^(?:密级|秘密等级|密级标识):?$`)
)

// besideMark is what may stand above a level (GB/T 9704: 份号, 密级, 紧急程度).
var besideMark = regexp.MustCompile(`^` + aheadWords + afterWords + `$`)

// How far down marks with a star or a term stand: lines of a page, and of a mail.
const (
	headLines = 12
	mailLines = 3
)

// Secret tells where a document bears a mark of secrecy; nil: nowhere. What a sentence
// says of secrets, a title, a 保密协议 and an answer such as 密级：公开 are none.
func Secret(doc document.Document) *Marking {
	sheets := doc.Kind == document.XLSX || doc.Kind == document.XLS
	for _, line := range doc.Headers { // a spreadsheet has 机密 alone where somebody took a ready header of Excel's
		if s := marks(line); starLine.MatchString(s) || termLine.MatchString(s) || !sheets && levelLine.MatchString(s) {
			return &Marking{Where: MarkedHeader}
		}
	}
	page, n, first := 0, 0, true
	for i, b := range doc.Blocks {
		switch {
		case b.Page != page:
			page, n, first = b.Page, 0, true
		case sheets && i > 0 && b.Rows == nil: // the next sheet's name; a list of levels may be its first
			n, first = 0, false
		}
		for _, pieces := range piecesOf(b) {
			if len(pieces) == 0 {
				continue
			}
			n++
			if m := markedLine(pieces, n, first, b.Rows != nil); m != "" {
				return &Marking{Where: m, Page: page}
			}
			first = first && besideMark.MatchString(strings.Join(pieces, ""))
		}
	}
	return nil
}

// SecretSlide tells where slides bear a mark of secrecy. Their words stand in no order
// that tells what is above, and companies write 机密 on theirs: only a level with a star
// alone on a line is a mark, and not where slides show those of several levels.
func SecretSlide(slides []document.Block) *Marking {
	var found *Marking
	var levels []string
	for _, b := range slides {
		for line := range strings.SplitSeq(b.Text, "\n") {
			s := marks(line)
			if !strings.ContainsAny(s, "密部") || !starLine.MatchString(s) {
				continue
			}
			if found == nil {
				found = &Marking{Where: MarkedText, Page: b.Page}
			}
			levels = append(levels, levelOf.FindString(s))
		}
	}
	if len(slices.Compact(levels)) > 1 {
		return nil
	}
	return found
}

var levelOf = regexp.MustCompile(`绝密|机密|工作秘密|秘密|内部`)

// piecesOf are a block's lines, each in the pieces that stand apart on it: what a tab
// parts, or the cells of a row.
func piecesOf(b document.Block) [][]string {
	var out [][]string
	for line := range strings.SplitSeq(b.Text, "\n") {
		out = append(out, nonblank(strings.Split(line, "\t")))
	}
	for _, row := range b.Rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, strings.Split(c.Text, "\n")...)
		}
		out = append(out, nonblank(cells))
	}
	return out
}

// nonblank are the pieces that hold something, as marks are looked for in them.
func nonblank(pieces []string) []string {
	var out []string
	for _, p := range pieces {
		if s := marks(p); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// markedLine says what kind of mark the nth line of a page is; "" if it is none. first:
// nothing but a copy's number or an urgency stands above it.
func markedLine(pieces []string, n int, first, table bool) string {
	whole := strings.Join(pieces, "")
	switch {
	case !strings.ContainsAny(whole, "密部"): // most lines
		return ""
	case n > headLines && table:
		return ""
	case n > headLines && starLine.MatchString(whole):
		return MarkedText
	case n > headLines:
		return ""
	case starLine.MatchString(whole) || termLine.MatchString(whole) || first && levelLine.MatchString(whole):
		return MarkedTop
	}
	for i, p := range pieces {
		level := levelLine.MatchString(p)
		corner := first && len(pieces) <= 3 && (i == 0 || i == len(pieces)-1)
		answers := i > 0 && labelled.MatchString(pieces[i-1])
		if starLine.MatchString(p) || termLine.MatchString(p) || level && (corner || answers || strings.HasPrefix(p, "密级")) {
			return MarkedTop
		}
	}
	return ""
}

// marks is a text in half width without spaces, its stars all of one kind.
func marks(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			return -1
		case strings.ContainsRune("☆⭐✩✭✮✯✰⚝*＊﹡∗", r):
			return '★'
		case unicode.Is(unicode.Mn, r): // how a star is to be drawn
			return -1
		}
		return unicode.ToUpper(half(r))
	}, s)
}

var (
	nameStar  = regexp.MustCompile(`(?:^|[^\p{Han}\p{L}])` + starWords + `★`)
	nameBrace = regexp.MustCompile(`[【\[〔]` + levelWords + `★?` + termWords + `?[】\]〕]|^[\d.、]*\(` + levelWords + `\)|\(` + levelWords + termWords + `?\)$`)
	nameHead  = regexp.MustCompile(`^(?:附件)?\d{0,3}[.、_-]?` + levelWords + `(?:` + termWords + `)?(?:$|[-_—–])`)
	nameTerm  = regexp.MustCompile(`(?:^|[-_—–])` + levelWords + `\d{1,2}年(?:$|[^\p{Han}])`)
)

// SecretName tells whether a path has a mark of secrecy in the name of the file or of a
// folder: a level with a star, in brackets, or before everything else.
func SecretName(p string) bool {
	for part := range strings.SplitSeq(p, "/") {
		if ext := path.Ext(part); len(ext) <= len(".docx") {
			part = strings.TrimSuffix(part, ext)
		}
		if named(part) {
			return true
		}
	}
	return false
}

func named(text string) bool {
	if !strings.ContainsAny(text, "密部") {
		return false
	}
	s := marks(text)
	return nameStar.MatchString(s) || slices.ContainsFunc(strings.Fields(text), func(word string) bool { return nameStar.MatchString(marks(word)) }) ||
		nameBrace.MatchString(s) || nameHead.MatchString(s) || nameTerm.MatchString(s)
}

var replyHead = regexp.MustCompile(`(?i)^(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：])+\s*`)

// SecretMail tells whether a mail's subject, or one of its first lines alone, bears a
// mark of secrecy.
func SecretMail(subject, text string) bool {
	if named(replyHead.ReplaceAllString(subject, "")) {
		return true
	}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		s := marks(line)
		if s == "" {
			continue
		}
		if n++; n > mailLines {
			return false
		}
		if starLine.MatchString(s) || termLine.MatchString(s) {
			return true
		}
	}
	return false
}
