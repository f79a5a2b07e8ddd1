package sample

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// Client is a mail program. Each writes headers, structure, character sets,
// attachment names and quotes in its own way.
type Client int

const (
	Foxmail Client = iota // Foxmail 7.2 on Windows: GB2312, References only
	QQ                    // QQ Mail in the browser: gb18030 names, 原始邮件 quote
	NetEase               // 163 and other Coremail webmail: GBK, 写道 quote
	Outlook               // Outlook on Windows, Chinese: multipart/related with a signature picture, thread headers
)

// NameStyle is how attachment names are written.
type NameStyle int

const (
	Usual   NameStyle = iota // as the client does it
	RFC2231                  // filename*0*=utf-8''… (RFC 2231, clauses 3 and 4)
	RawGBK                   // GBK bytes, not encoded at all
)

// Mail is one mail as a client writes it. The zero value of every optional field is
// what people usually send.
type Mail struct {
	Client   Client
	From     string // address
	FromName string
	To       string // default: [Mailbox]
	Subject  string // for a reply "" means: the client's prefix and the subject answered
	At       time.Time
	Text     string // paragraphs, \n between

	Answers *Letter // what this mail replies to: quoted below, with threading headers
	Bare    bool    // the reply does not quote (automatic replies, telephones)
	Files   []File  // attachments; only the last element of Path is the name
	Names   NameStyle
	Forward [][]byte // mails attached whole, as message/rfc822
	Extra   []string // further header lines, as "X-QQ-AUTO-REPLY: true"
}

// Bytes is the mail with CRLF line ends.
func (m Mail) Bytes() []byte {
	m = m.addressed()
	w := &writer{mail: m, charset: m.Client.charset()}
	if !w.fits(m) {
		w.charset = "utf-8"
	}
	w.headers()
	w.body()
	return bytes.ReplaceAll(w.out.Bytes(), []byte("\n"), []byte("\r\n"))
}

// addressed is the mail with recipient and subject filled in.
func (m Mail) addressed() Mail {
	if m.To == "" {
		m.To = Mailbox
	}
	if m.Subject == "" && m.Answers != nil {
		m.Subject = m.Client.replyPrefix() + m.Answers.Subject
	}
	return m
}

// serial is a number derived from who writes when, for identifiers.
func (m Mail) serial(what string) uint32 {
	return uint32(pick(m.From+m.At.Format(time.RFC3339)+m.Subject, what, 0x10000000, 0x7fffffff))
}

func (m Mail) domain() string {
	if i := strings.LastIndexByte(m.From, '@'); i >= 0 {
		return m.From[i+1:]
	}
	return "unknown.example"
}

// MessageID is the identifier the client gives the mail, with <>.
func (m Mail) MessageID() string {
	m = m.addressed()
	switch m.Client {
	case QQ:
		return fmt.Sprintf("<tencent_%08X%08X%08X@qq.com>", m.serial("a"), m.serial("b"), m.serial("c"))
	case NetEase:
		return fmt.Sprintf("<%x.%x.%x.Coremail.%s>", m.serial("a"), m.serial("b")&0xffff, m.At.UnixMilli(), m.From)
	case Outlook:
		return fmt.Sprintf("<00%04x%08x$%08x$%08x$@%s>", m.serial("a")&0xffff, m.At.Unix(), m.serial("b"), m.serial("c"), m.domain())
	default:
		return fmt.Sprintf("<%s%d@%s>", m.At.Format("20060102150405"), m.serial("a")%1e8, m.domain())
	}
}

func (c Client) replyPrefix() string {
	switch c {
	case QQ:
		return "回复："
	case NetEase:
		return "Re:"
	case Outlook:
		return "答复: "
	default:
		return "回复: "
	}
}

func (c Client) charset() string {
	switch c {
	case QQ:
		return "gb18030"
	case NetEase:
		return "GBK"
	default:
		return "gb2312"
	}
}

// weekday is the day of the week in Chinese, as QQ's quote has it.
func weekday(t time.Time) string {
	return "星期" + string([]rune("日一二三四五六")[int(t.Weekday())])
}
