package mail

import (
	"regexp"
	"strings"
)

var (
	addrPattern = regexp.MustCompile(`[^\s<>()\[\],;:"'“”《》（），；：]+@[^\s<>()\[\],;:"'“”《》（），；：]+`)
	idPattern   = regexp.MustCompile(`<[^<>\s]+@[^<>\s]+>`)
	idBare      = regexp.MustCompile(`[^\s<>"(),;]+@[^\s<>"(),;]+`)
	idOdd       = regexp.MustCompile(`<[^<>\s]+>`)
)

// addressMost is the most addresses read of one header.
const addressMost = 2000

// addresses reads the addresses of a header value, as loosely as clients write
// it: raw GBK names, commas in unquoted names, missing quotes, groups, words
// encoded together with the address. What holds no address is left out.
func addresses(value string) []Address {
	value = oneLine(GuessText([]byte(value)))
	var out []Address
	lead := ""
	for _, part := range splitList(value) {
		if len(out) == addressMost {
			return out
		}
		a, ok := address(lead + part)
		if ok {
			out, lead = append(out, a), ""
		} else if lead += strings.TrimSpace(part) + ", "; len(lead) > 1000 || strings.HasSuffix(lead, ":, ") {
			lead = "" // too long for a name, or the name of a group
		}
	}
	if len(out) == 0 && strings.ContainsAny(value, "@＠=") {
		for _, m := range addrPattern.FindAllString(fixAt(Words(value)), addressMost) {
			out = append(out, Address{Addr: cleanAddr(m)})
		}
	}
	return out
}

// splitList cuts at commas and semicolons outside quotes, angles, comments and
// encoded words.
func splitList(s string) []string {
	var out []string
	start, depth := 0, 0
	quote, angle := false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote && c == '\\':
			i++
		case c == '"' && depth == 0:
			quote = !quote
		case quote:
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == '=' && strings.HasPrefix(s[i:], "=?"):
			if w, ok := wordAt(s[i:]); ok {
				i += w.end - 1
			}
		case (c == ',' || c == ';') && !angle && depth == 0:
			out, start = append(out, s[start:i]), i+1
		}
	}
	return append(out, s[min(start, len(s)):])
}

// address reads one mailbox.
func address(s string) (Address, bool) {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, '<'); i >= 0 {
		in, _, _ := strings.Cut(s[i+1:], ">")
		if a := cleanAddr(in); a != "" {
			return Address{Name: personName(s[:i]), Addr: a}, true
		}
		return Address{}, false
	}
	if m := addrPattern.FindStringIndex(s); m != nil && !strings.Contains(s, "=?") {
		return Address{Name: personName(s[:m[0]] + s[m[1]:]), Addr: cleanAddr(s[m[0]:m[1]])}, true
	}
	if d := fixAt(Words(s)); d != s && strings.Contains(d, "@") && !strings.Contains(d, "=?") {
		return address(d)
	}
	return Address{}, false
}

func fixAt(s string) string { return strings.ReplaceAll(s, "＠", "@") }

// cleanAddr lower-cases an address and takes off what does not belong to it.
func cleanAddr(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(oneLine(fixAt(GuessText([]byte(s))))), ""))
	s = strings.TrimPrefix(s, "mailto:")
	if strings.HasPrefix(s, "@") { // source route, RFC 5321 appendix C
		if _, after, ok := strings.Cut(s, ":"); ok {
			s = after
		}
	}
	return strings.Trim(s, `"'.,;`)
}

// personName decodes a display name.
func personName(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, ':'); i >= 0 && !strings.Contains(s, `"`) && !strings.Contains(s, "=?") {
		s = s[i+1:] // the name of a group
	}
	s = strings.TrimSpace(Words(strings.ReplaceAll(s, `\"`, "")))
	s = strings.Trim(s, `"'() ,;`)
	return oneLine(Words(strings.ReplaceAll(s, `\`, "")))
}

// messageIDs finds message identifiers with their angles (RFC 5322, 3.6.4), in
// order.
func messageIDs(value string) []string {
	if ids := idPattern.FindAllString(value, -1); ids != nil {
		return cleanIDs(ids)
	}
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, "<") && strings.HasSuffix(value, ">") {
		value = strings.Join(strings.Fields(value), "") // folded within the identifier
	}
	if ids := idOdd.FindAllString(value, -1); ids != nil {
		return cleanIDs(ids)
	}
	ids := idBare.FindAllString(value, -1)
	for i, id := range ids {
		ids[i] = "<" + id + ">"
	}
	return cleanIDs(ids)
}

func cleanIDs(ids []string) []string {
	for i, id := range ids {
		ids[i] = oneLine(strings.ToValidUTF8(id, "_"))
	}
	return ids
}
