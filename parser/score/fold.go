package score

import (
	"strings"
	"unicode"
)

// line is one line of an answer: as he wrote it and folded, rune by rune the
// same length, without quote marks.
type line struct {
	raw, text []rune
	said      []rune // text with blanks for words of ours; only of lines that are his
	quoted    bool   // it stands among what is quoted
	own       bool   // quoted from an older mail of his own, or another's
	head      bool   // it names the sender of what is quoted below
	from, to  int    // its tokens
	state     state
}

// state says who wrote a line.
type state int

const (
	blank state = iota // nothing to read
	ours               // every word of it is ours
	his                // some or all of it is his
)

// words are his own words from a to b.
func (l *line) words(a, b int) string {
	return strings.TrimSpace(string(l.raw[max(0, a):min(b, len(l.raw))]))
}

func (l *line) all() string { return l.words(0, len(l.raw)) }

// fold maps the forms of one character to one: full width to half, every dash to
// -, every wave to ~, fillers and emphasis to space. -1 drops it.
func fold(r rune) rune {
	if i := int(r) - firstHan; i >= 0 && i < len(simplified) {
		if s := simplified[i]; s != 0 {
			return rune(s)
		}
		return r
	}
	switch {
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case r < 0x80:
		if r == '*' || r == '_' || r == '|' {
			return ' '
		}
		return r
	case r == '，': // unlike a comma it never stands within a number
		return r
	case r >= '！' && r <= '～':
		return fold(r - 0xFEE0)
	}
	switch r {
	case '\u3000', '\u00a0', '\u2002', '\u2003', '\u2009', '\u202f', '│', '┃', '·', '•':
		return ' '
	case '—', '–', '−', '‐', '‑', '‒', '―', '─', '━':
		return '-'
	case '〜', '∼', '˜':
		return '~'
	case '∶', '︰', '﹕', '꞉':
		return ':'
	case '．', '﹒':
		return '.'
	case '〔', '［', '【', '﹝':
		return '['
	case '〕', '］', '】', '﹞':
		return ']'
	case '﹙':
		return '('
	case '﹚':
		return ')'
	case '﹐':
		return ','
	case '⁄', '∕':
		return '/'
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u200e', '\u200f', '\u00ad', '\ufe0f':
		return -1
	}
	return r
}

const firstHan = 0x4E00

// simplified has the simplified form of characters that scores are written with in
// the traditional one, by their distance from the first, and 性 for 型, which
// dictation takes for it; 0 for all others.
var simplified = func() (m [0x9FFF - firstHan]uint16) {
	pairs := []rune("型性術术範范統统題题師师並并創创與与實实體体數数據据評评語语總总計计無无備备註注項项號号點点兩两迴回滿满為为改改參参員员專专給给應应該该權权棄弃廣广東东電电務务業业產产園园網网絡络開开發发經经濟济質质資资訊讯營营銷销車车龍龙華华綫线線线歷历觀观門门間间類类圖图書书團团際际運运輸输貿贸購购紅红鮮鲜農农漁渔韓韩")
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]-firstHan] = uint16(pairs[i+1])
	}
	return m
}()

// foldLine folds a line after its quote marks.
func foldLine(s string) (raw, text []rune) {
	for {
		t := strings.TrimLeft(s, " \u3000\u00a0")
		if rest, ok := strings.CutPrefix(t, ">"); ok {
			s = rest
		} else if rest, ok := strings.CutPrefix(t, "＞"); ok {
			s = rest
		} else {
			s = t
			break
		}
	}
	raw, text = make([]rune, 0, len(s)/2), make([]rune, 0, len(s)/2)
	for _, r := range s {
		if f := fold(r); f >= 0 {
			raw, text = append(raw, r), append(text, f)
		}
	}
	return raw, text
}

// isWord tells characters that carry meaning from marks between them.
func isWord(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF: // nearly all there is
		return true
	case r < 0x80:
		return isDigit(r) || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return r >= 'A' && r <= 'Z' }

// compact leaves only what carries meaning, folded.
func compact(s string) []rune {
	var out []rune
	for _, r := range s {
		if f := fold(r); f >= 0 && isWord(f) {
			out = append(out, f)
		}
	}
	return out
}

func hasPrefix(t []rune, p string) bool {
	i := 0
	for _, r := range p {
		if i >= len(t) || t[i] != r {
			return false
		}
		i++
	}
	return true
}

func hasAny(t []rune, ps []string) bool {
	for _, p := range ps {
		if hasPrefix(t, p) {
			return true
		}
	}
	return false
}

func hasAnyPrefix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func hasAnySuffix(s string, ends []string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

func hasAnyIn(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
