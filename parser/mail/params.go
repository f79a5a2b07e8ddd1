package mail

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Params splits a header value such as `text/plain; charset=gbk; name="a b"`
// into its lower-cased first token and its parameters (keys lower-cased, values
// decoded). It takes what clients write: RFC 2231 with continuations in any
// charset, encoded words in or out of quotes, raw GBK, unquoted spaces, quotes
// within quotes. Of parameters given twice the first counts; the RFC 2231 form
// beats the plain one.
func Params(v string) (string, map[string]string) {
	if !utf8.ValidString(v) {
		// Decoded first: a GBK character may hold a backslash as its second byte.
		v = GuessText([]byte(v))
	}
	v = strings.NewReplacer("\r", "", "\n", "").Replace(v)
	first, rest, _ := strings.Cut(v, ";")
	plain := map[string]string{}
	pieces := map[string][]piece2231{}
	for rest != "" {
		var key, val string
		if key, val, rest = nextParam(rest); key == "" {
			continue
		}
		if name, tail, split := strings.Cut(key, "*"); split {
			pieces[name] = append(pieces[name], newPiece(tail, val))
		} else if _, dup := plain[key]; !dup {
			plain[key] = plainValue(val)
		}
	}
	for name, p := range pieces {
		if s := joinPieces(p); s != "" {
			plain[name] = s
		}
	}
	return strings.ToLower(strings.TrimSpace(first)), plain
}

// nextParam takes one key=value from the front of s.
func nextParam(s string) (key, val, rest string) {
	field, after, _ := strings.Cut(s, ";")
	eq := strings.IndexByte(field, '=')
	if eq < 0 {
		return "", "", after
	}
	key = strings.ToLower(strings.TrimSpace(s[:eq]))
	s = strings.TrimLeft(s[eq+1:], " \t")
	if strings.HasPrefix(s, `"`) {
		val, s = quoted(s[1:])
		if i := strings.IndexByte(s, ';'); i >= 0 && strings.TrimSpace(s[:i]) == "" {
			s = s[i+1:]
		}
		return key, val, s
	}
	val, rest, _ = strings.Cut(s, ";")
	return key, strings.TrimSpace(val), rest
}

// quoted reads a quoted string whose opening quote is gone. Only a quote that
// something sensible follows closes it; only \" and \\ are escapes, because
// clients put Windows paths there.
func quoted(s string) (val, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == '"' && closes(s[i+1:]):
			return b.String(), s[i+1:]
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}

// closes tells whether what stands after a quote shows that it was the closing
// one: the end, a semicolon, or the next key.
func closes(after string) bool {
	t := strings.TrimLeft(after, " \t")
	if t == "" || t[0] == ';' {
		return true
	}
	if len(t) == len(after) {
		return false
	}
	i := 0
	for i < len(t) && i < 40 && (t[i] == '*' || t[i] == '-' || t[i] >= 'a' && t[i] <= 'z' || t[i] >= 'A' && t[i] <= 'Z' || t[i] >= '0' && t[i] <= '9') {
		i++
	}
	return i > 0 && i < len(t) && t[i] == '='
}

// plainValue decodes a value outside RFC 2231: encoded words, or the percent
// escapes some web mailers write there.
func plainValue(v string) string {
	if strings.Contains(v, "=?") {
		return Words(v)
	}
	if strings.Count(v, "%") >= 3 {
		if u := unescape(v); u != v && utf8.ValidString(u) && strings.ContainsFunc(u, isHan) {
			return u
		}
	}
	return v
}

// piece2231 is one segment of an RFC 2231 parameter.
type piece2231 struct {
	n       int
	escaped bool
	text    string
}

func newPiece(tail, val string) piece2231 {
	p := piece2231{text: val, escaped: tail == "" || strings.HasSuffix(tail, "*")}
	p.n, _ = strconv.Atoi(strings.Trim(tail, "*"))
	return p
}

// joinPieces puts the segments in order and decodes them as one text, because a
// character may be cut between two of them.
func joinPieces(ps []piece2231) string {
	sort.SliceStable(ps, func(a, b int) bool { return ps[a].n < ps[b].n })
	charset, labelled := "", false
	var raw strings.Builder
	for i, p := range ps {
		t := p.text
		if p.escaped {
			if a, b, ok := strings.Cut(t, "'"); ok && i == 0 {
				if _, text, ok := strings.Cut(b, "'"); ok {
					charset, labelled, t = a, true, text
				}
			}
			t = unescape(t)
		}
		raw.WriteString(t)
	}
	if !labelled && strings.Contains(raw.String(), "=?") {
		return Words(raw.String())
	}
	s, _ := decodeText(charset, []byte(raw.String()))
	return s
}

// unescape undoes %XX; broken escapes stay.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hexVal(s[i+1]) >= 0 && hexVal(s[i+2]) >= 0 {
			out = append(out, byte(hexVal(s[i+1])<<4|hexVal(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}
