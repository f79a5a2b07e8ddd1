package mail

import (
	"io"
	"regexp"
	"strings"
)

// report is what the machine-readable parts of a notice say.
type report struct {
	status      []string // delivery-status parts (RFC 3464)
	headers     string   // the header of the letter that came back
	disposition bool     // a disposition notification (RFC 8098)
}

// reportMax is the most bytes read of a machine-readable part.
const reportMax = 256 << 10

// reportPart reads a machine-readable part of a notice. Within a forwarded mail
// it is only text.
func (w *walker) reportPart(s *source, p part) piece {
	d := transfer(p.encoding, &body{s: s})
	raw, err := io.ReadAll(io.LimitReader(d, reportMax))
	if err != nil {
		return piece{}
	}
	t, _ := decodeText(p.params["charset"], raw)
	t = tidy(t)
	w.hash(t, 0)
	switch {
	case w.forward != 0:
		return piece{plain: t}
	case strings.HasSuffix(p.kind, "delivery-status"):
		w.report.status = append(w.report.status, t)
	case strings.HasSuffix(p.kind, "disposition-notification"):
		w.report.disposition = true
	default:
		w.report.headers += t + "\n"
	}
	return piece{}
}

// delivery is the fate of one recipient in a delivery-status part.
type delivery struct {
	addr, action, status, diagnostic string
}

// deliveries reads the per-recipient groups.
func (r report) deliveries() []delivery {
	var out []delivery
	for _, text := range r.status {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\n\t", " "), "\n ", " ")
		for _, group := range strings.Split(text, "\n\n") {
			if d := readDelivery(group); (d.addr != "" || d.action != "") && len(out) < 1000 {
				out = append(out, d)
			}
		}
	}
	return out
}

func readDelivery(group string) delivery {
	var d delivery
	original := ""
	for _, l := range strings.Split(group, "\n") {
		key, val, _ := strings.Cut(l, ":")
		_, after, typed := strings.Cut(val, ";")
		if !typed {
			after = val
		}
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "final-recipient":
			d.addr = firstAddr(after)
		case "original-recipient":
			original = firstAddr(after)
		case "action":
			d.action = strings.ToLower(strings.TrimSpace(val))
		case "status":
			d.status = findStatus(val)
		case "diagnostic-code":
			d.diagnostic = oneLine(Words(after))
		}
	}
	if original != "" {
		d.addr = original // the address that the letter was sent to
	}
	return d
}

func firstAddr(s string) string {
	if a := addresses(s); len(a) > 0 {
		return a[0].Addr
	}
	return ""
}

// allDelivered tells a report of success.
func (r report) allDelivered() bool {
	ds := r.deliveries()
	for _, d := range ds {
		if !strings.HasPrefix(d.action, "delivered") && !strings.HasPrefix(d.action, "relayed") && !strings.HasPrefix(d.action, "expanded") {
			return false
		}
	}
	return len(ds) > 0
}

var (
	statusPattern = regexp.MustCompile(`[245]\.\d{1,3}\.\d{1,3}`)
	smtpCode      = regexp.MustCompile(`(?:^|[^\d.])([45]\d\d)[ -]`)
	delayWords    = regexp.MustCompile(`(?i)延迟|延时|暂时未能|将继续(?:尝试|投递)|delayed|will be retried|still being attempted|not been delivered yet|no action is required|warning: could not send`)
	bounceText    = regexp.MustCompile(`(?i)退信|无法(?:送达|投递|发送|传递)|未能(?:送达|投递|传递)|没有送达|投递失败|收件人.{0,40}不存在|undeliver|could not be delivered|couldn't be delivered|permanent(?:ly)? (?:error|fail)|user unknown|delivery.{0,20}fail|returned to sender`)
	idLine        = regexp.MustCompile(`(?im)^[>\s]*Message-ID\s*:\s*(<[^<>\s]+>)`)
	originalMark  = regexp.MustCompile(`(?im)^.{0,20}(?:原始邮件标头|original message (?:headers|follows)|message headers follow|this is a copy of the message|copy of (?:your|the original) message|received:|return-path:).*$`)
)

// findStatus finds an enhanced status code (RFC 3463) that is no part of an IP
// address or a version.
func findStatus(s string) string {
	for _, m := range statusPattern.FindAllStringIndex(s, 50) {
		before, after := s[:m[0]], s[m[1]:]
		if strings.HasSuffix(before, ".") || endsDigit(before) || strings.HasPrefix(after, ".") && len(after) > 1 && isDigit(after[1]) {
			continue
		}
		return s[m[0]:m[1]]
	}
	return ""
}

func isDigit(c byte) bool     { return c >= '0' && c <= '9' }
func endsDigit(s string) bool { return s != "" && isDigit(s[len(s)-1]) }

// readBounce says which letter did not arrive.
func readBounce(m *Message, r report) *Bounce {
	b := &Bounce{MessageID: bouncedID(m, r), Permanent: true}
	for _, d := range r.deliveries() {
		if d.action != "failed" && d.action != "delayed" && d.action != "" {
			continue
		}
		b.Recipients = addOnce(b.Recipients, d.addr)
		if d.action == "failed" || b.Status == "" {
			b.Status, b.Diagnostic = d.status, d.diagnostic
		}
	}
	head := noticeText(m)
	if len(b.Recipients) == 0 {
		b.Recipients = namedRecipients(m, head)
	}
	if len(b.Recipients) == 0 {
		b.Recipients = namedRecipients(m, m.Text[:min(len(m.Text), 64<<10)])
	}
	if b.Status == "" {
		b.Status = findStatus(head)
	}
	if b.Diagnostic == "" {
		b.Diagnostic = diagnosticLine(head)
	}
	b.Permanent = !r.delayed() && (r.failed() || !delayWords.MatchString(m.Subject+"\n"+head))
	return b
}

func (r report) failed() bool {
	for _, d := range r.deliveries() {
		if d.action == "failed" {
			return true
		}
	}
	return false
}

func (r report) delayed() bool {
	seen := false
	for _, d := range r.deliveries() {
		seen = seen || d.action == "delayed"
	}
	return seen && !r.failed()
}

func addOnce(list []string, s string) []string {
	if s == "" {
		return list
	}
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// noticeText is the notice without the copy of the letter below it.
func noticeText(m *Message) string {
	t := m.Text[:min(len(m.Text), 64<<10)]
	if at := originalMark.FindStringIndex(t); at != nil && at[0] > 40 {
		t = t[:at[0]]
	}
	return t
}

// namedRecipients takes the addresses that a notice in prose names, but not
// those of the machines and of us.
func namedRecipients(m *Message, text string) []string {
	own := map[string]bool{strings.ToLower(strings.Trim(bouncedIDIn(text), "<>")): true}
	for _, list := range [][]Address{m.From, m.To, m.Cc, m.ReplyTo} {
		for _, a := range list {
			own[a.Addr] = true
		}
	}
	var out []string
	for _, found := range addrPattern.FindAllString(fixAt(text), 200) {
		a := cleanAddr(found)
		if own[a] || isDaemon(a) || strings.Contains(a, "=") {
			continue
		}
		if out = addOnce(out, a); len(out) == 20 {
			break
		}
	}
	return out
}

// diagnosticLine is the line of the notice that gives the reason.
func diagnosticLine(text string) string {
	for _, l := range strings.Split(text, "\n") {
		if findStatus(l) != "" || smtpCode.MatchString(l) {
			return cutLine(l)
		}
	}
	for _, l := range strings.Split(text, "\n") {
		if bounceText.MatchString(l) {
			return cutLine(l)
		}
	}
	return ""
}

func cutLine(l string) string {
	r := []rune(oneLine(l))
	return string(r[:min(len(r), 300)])
}

func bouncedIDIn(text string) string {
	if m := idLine.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// bouncedID finds the identifier of the letter that came back.
func bouncedID(m *Message, r report) string {
	if id := bouncedIDIn(r.headers); id != "" {
		return id
	}
	for _, f := range m.Forwards {
		if f.MessageID != "" {
			return f.MessageID
		}
	}
	if id := bouncedIDIn(m.Text[:min(len(m.Text), 256<<10)]); id != "" {
		return id
	}
	if len(m.InReplyTo) > 0 {
		return m.InReplyTo[0]
	}
	if n := len(m.References); n > 0 {
		return m.References[n-1]
	}
	return ""
}
