package mail

import (
	"regexp"
	"strings"
)

// Subjects of notices. They are prefixes or whole subjects, so that a person who
// writes about such a notice stays a person.
var (
	subjectReply  = regexp.MustCompile(`(?i)^\s*[\[【(（]?\s*(?:(?:外出|休假|离岗)?自动(?:回复|答复|应答)|automatic reply|auto[- ]?reply|autoreply|out of office(?: autoreply)?)\s*(?:[:：\]】)）]|$)`)
	subjectRead   = regexp.MustCompile(`(?i)^\s*[\[【]?\s*(?:已读回执|阅读回执|已读|未读已删除|return receipt \(displayed\))\s*(?:[:：\]】]|$)`)
	subjectBounce = regexp.MustCompile(`(?i)^\s*[\[【]?\s*(?:系统退信|退信通知|退信|邮件退信|邮件投递失败|投递失败|邮件发送失败|未送达|未传递|无法送达|无法投递|邮件被退回|来自\S{1,60}的退信|undeliver(?:able|ed)|delivery status notification|delivery (?:has )?(?:failed|failure|delayed)|mail delivery (?:failed|failure|system)|mail system error|returned mail|failure notice|warning: could not send|delayed mail|邮件延迟|延迟投递|投递延迟|已延迟)`)
	subjectSure   = regexp.MustCompile(`(?i)^\s*(?:系统退信(?:[/:：].{0,200})?|来自\S{1,60}的退信|undelivered mail returned to sender)\s*$`)
)

// automatic decides whether a person wrote the mail; "" if so. Doubt counts for
// the person, since an automatic mail is never answered.
func automatic(h header, m *Message, r report) string {
	kind, params := Params(h.Get("Content-Type"))
	daemon := fromDaemon(m)
	machine := daemon || m.ReturnPath == "<>" || notNo(m.AutoSubmitted)
	isReport := kind == "multipart/report"
	switch {
	case r.allDelivered() && (isReport || machine):
		return AutoReadMe
	case isBounce(m, r, isReport && strings.EqualFold(params["report-type"], "delivery-status"), machine, daemon):
		return AutoBounce
	case r.disposition && (isReport || machine), isReport && strings.EqualFold(params["report-type"], "disposition-notification"):
		return AutoReadMe
	case subjectRead.MatchString(m.Subject) && len(m.Attachments) == 0:
		return AutoReadMe
	case subjectReply.MatchString(m.Subject), repliesItself(h), strings.HasPrefix(m.AutoSubmitted, "auto-replied"):
		return AutoReply
	case isList(h):
		return AutoList
	case machine, isReport:
		return AutoReply
	}
	return ""
}

func notNo(autoSubmitted string) bool {
	v, _, _ := strings.Cut(autoSubmitted, ";")
	v = strings.TrimSpace(v)
	return v != "" && v != "no"
}

// isBounce tells a notice that a letter did not arrive. A subject alone is not
// enough, unless it is one that only machines write.
func isBounce(m *Message, r report, dsn, machine, daemon bool) bool {
	switch {
	case dsn, len(r.status) > 0 && machine, subjectSure.MatchString(m.Subject):
		return true
	case machine && subjectBounce.MatchString(m.Subject):
		return true
	case daemon && !strings.HasPrefix(m.AutoSubmitted, "auto-replied") && !subjectReply.MatchString(m.Subject):
		t := m.Text[:min(len(m.Text), 4000)]
		return bounceText.MatchString(m.Subject+"\n"+t) && (addrPattern.MatchString(t) || findStatus(t) != "")
	}
	return false
}

// fromDaemon tells mail of a mail system by its sender.
func fromDaemon(m *Message) bool {
	for _, a := range m.From {
		if isDaemon(a.Addr) {
			return true
		}
	}
	return isDaemon(m.ReturnPath)
}

func isDaemon(addr string) bool {
	local, _, _ := strings.Cut(addr, "@")
	switch local {
	case "mailer-daemon", "mailerdaemon", "postmaster", "mail-daemon", "maildaemon", "mail-system":
		return true
	}
	return strings.HasPrefix(local, "microsoftexchange") && len(local) > 40
}

// repliesItself tells the marks of vacation programs. X-Auto-Response-Suppress
// is not one: Exchange writes it into people's mail.
func repliesItself(h header) bool {
	for _, k := range []string{"X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Autoresponder", "X-Mail-Autoreply"} {
		if h.Has(k) && !strings.EqualFold(h.text(k), "no") {
			return true
		}
	}
	p := strings.ToLower(h.text("Precedence"))
	return p == "auto_reply" || p == "auto-reply"
}

func isList(h header) bool {
	switch strings.ToLower(h.text("Precedence")) {
	case "bulk", "list", "junk":
		return true
	}
	return h.Has("List-Id")
}
