package score

import (
	"strings"

	"anli/parser/mail"
)

// lines folds a body. me is the writer: what is quoted from an older
// mail of his own is not what he says now.
func lines(body string, me mail.Address) []line {
	var out []line
	own := false
	for _, l := range mail.Lines(body) {
		raw, text := foldLine(l.Text)
		head := false
		if l.Quoted {
			if s := headOf(text); s != "" {
				own, head = isFrom(s, me), true
			}
		} else {
			own = false
		}
		out = append(out, line{raw: raw, text: text, quoted: l.Quoted, own: own && l.Quoted, head: head})
	}
	return out
}

// foreign marks what is quoted from a mail in which there is nothing of ours: it is
// another's, or an older one of his own, and not what he says now.
func foreign(ls []line, marks []int32) {
	for i := 0; i < len(ls); {
		if !ls[i].head && (!ls[i].quoted || i > 0 && ls[i-1].quoted) {
			i++
			continue
		}
		end, known := i+1, 0
		for ; end < len(ls) && ls[end].quoted && !ls[end].head; end++ {
			n := 0
			for t := ls[end].from; t < ls[end].to; t++ {
				if marks[t] > 0 {
					n++
				}
			}
			if n >= 8 && end > i+6 || n >= 8 && !isField(ls[end].text) {
				known++
			}
		}
		for k := i; k < end && known == 0; k++ {
			ls[k].own = true
		}
		i = end
	}
}

// isField tells a line of the head of a quoted mail.
func isField(text []rune) bool {
	s := strings.ReplaceAll(string(text), " ", "")
	return hasAnyPrefix(s, []string{"主题", "主旨", "SUBJECT", "收件", "发件", "发送", "日期", "时间", "抄送", "TO:", "CC:", "DATE:", "SENT:", "FROM:"})
}

// isFrom tells whether a head names him as the sender: by his address, or by his
// name where it gives none.
func isFrom(head string, me mail.Address) bool {
	if strings.Contains(head, "@") {
		return me.Addr != "" && strings.Contains(head, strings.ToUpper(me.Addr))
	}
	head, _, _ = strings.Cut(head, "收件人")
	name := string(compact(me.Name))
	return len([]rune(name)) >= 2 && strings.Contains(string(compact(head)), name)
}

// headOf gives a line that names the sender of what is quoted below it, or "".
func headOf(text []rune) string {
	if len(text) > 400 {
		return ""
	}
	s := strings.TrimSpace(string(text))
	for _, key := range []string{"发件人", "寄件者", "寄件人", "发自", "FROM", "SENDER"} {
		if rest, ok := strings.CutPrefix(s, key); ok && strings.HasPrefix(strings.TrimSpace(rest), ":") {
			return s
		}
	}
	for _, end := range []string{"写道:", "寫道:", "WROTE:"} {
		if strings.HasSuffix(s, end) {
			return s
		}
	}
	return ""
}
