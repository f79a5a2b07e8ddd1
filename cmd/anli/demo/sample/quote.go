package sample

import (
	"fmt"
	"html"
	"strings"
)

// quoteText is the letter answered, below the answer, as the client quotes it
// in plain text.
func (c Client) quoteText(l Letter) string {
	switch c {
	case QQ:
		// The entities are QQ's own: it derives the text from its HTML and
		// forgets to decode them.
		return fmt.Sprintf("\n\n\n\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人: \"%s\"<%s&gt;;\n发送时间: %s(%s) %s\n收件人: \"%s\"<%s&gt;;\n主题: %s\n\n\n\n%s\n",
			l.FromName, l.From, stamp(l.Date, "2006年1月2日"), weekday(l.Date.In(china())), hour(l), local(l.To), l.To, l.Subject, l.Text)
	case NetEase:
		return fmt.Sprintf("\n\n\n\n\n在 %s，\"%s\" <%s> 写道：\n>%s\n", stamp(l.Date, "2006-01-02 15:04:05"), l.FromName, l.From,
			strings.ReplaceAll(strings.TrimRight(l.Text, "\n"), "\n", "\n>"))
	case Outlook:
		return fmt.Sprintf("\n\n-----邮件原件-----\n发件人: %s <%s> \n发送时间: %s\n收件人: %s\n主题: %s\n\n%s\n",
			l.FromName, l.From, stamp(l.Date, "2006年1月2日 15:04"), l.To, l.Subject, l.Text)
	default:
		return fmt.Sprintf("\n\n\n%s\n \n发件人： %s\n发送时间： %s\n收件人： %s\n主题： %s\n%s\n",
			l.To, l.FromName, stamp(l.Date, "2006-01-02 15:04"), local(l.To), l.Subject, l.Text)
	}
}

// quoteHTML is the same in HTML.
func (c Client) quoteHTML(l Letter) string {
	e := html.EscapeString
	head := func(name, value string) string { return "<div><b>" + name + "</b>&nbsp;" + e(value) + "</div>\n" }
	from := l.FromName + "<" + l.From + ">"
	switch c {
	case QQ:
		return `<div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div>` + "\n" +
			`<div style="font-size: 12px;background:#efefef;padding:8px;">` + head("发件人:", from+";") +
			head("发送时间:", stamp(l.Date, "2006年1月2日")+"("+weekday(l.Date.In(china()))+") "+hour(l)) +
			head("收件人:", local(l.To)+"<"+l.To+">;") + head("主题:", l.Subject) + "</div><div><br></div>\n" + divs(l.Text)
	case NetEase:
		return "<br><br><p>在 " + stamp(l.Date, "2006-01-02 15:04:05") + "，\"" + e(l.FromName) + "\" &lt;" + e(l.From) + "&gt; 写道：</p>\n" +
			`<blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid">` + divs(l.Text) + "</blockquote>"
	case Outlook:
		return `<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>` +
			`<p class=MsoNormal><b>发件人:</b> ` + e(l.FromName) + " &lt;" + e(l.From) + "&gt; <br><b>发送时间:</b> " + stamp(l.Date, "2006年1月2日 15:04") +
			"<br><b>收件人:</b> " + e(l.To) + "<br><b>主题:</b> " + e(l.Subject) + "</p></div>\n" + divs(l.Text)
	default:
		return `<blockquote style="margin-top: 0px; margin-bottom: 0px; margin-left: 0.5em; margin-right: inherit;"><div>&nbsp;</div>` +
			`<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="padding: 8px; font-size: 12px; background: #efefef;">` + "\n" +
			head("发件人：", l.FromName) + head("发送时间：", stamp(l.Date, "2006-01-02 15:04")) + head("收件人：", local(l.To)) + head("主题：", l.Subject) +
			"</div></div>\n" + divs(l.Text) + "</blockquote>"
	}
}

func local(addr string) string {
	s, _, _ := strings.Cut(addr, "@")
	return s
}

// hour is a time of day as QQ writes it: 上午10:25, 下午3:40.
func hour(l Letter) string {
	t := l.Date.In(china())
	switch h := t.Hour(); {
	case h < 6:
		return "凌晨" + t.Format("3:04")
	case h < 11:
		return "上午" + t.Format("3:04")
	case h < 13:
		return "中午" + t.Format("3:04")
	case h < 18:
		return "下午" + t.Format("3:04")
	default:
		return "晚上" + t.Format("3:04")
	}
}
