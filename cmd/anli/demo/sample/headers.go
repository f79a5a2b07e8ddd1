package sample

import (
	"fmt"
	"strings"
	"time"
)

// RFC 5322 date with the zone of China.
const mailDate = "Mon, 2 Jan 2006 15:04:05 -0700"

// headers writes the header fields that come before Content-Type, in the
// client's order.
func (w *writer) headers() {
	m := w.mail
	from, to := w.address(m.FromName, m.From), w.address("", m.To)
	date, subject := m.At.Format(mailDate), w.word(m.Subject)
	switch m.Client {
	case QQ:
		w.linef("X-QQ-mid: webmail%dt%dt%d", m.serial("mid")%1000, m.At.Unix(), m.serial("t")%1e7)
		w.thread(true)
		w.linef("From: %s\nTo: %s\nSubject: %s", from, to, subject)
		w.linef("Mime-Version: 1.0\nDate: %s\nX-Priority: 3\nMessage-ID: %s", date, m.MessageID())
		w.linef("X-QQ-MIME: TCMime 1.0 by Tencent\nX-Mailer: QQMail 2.x\nX-QQ-Mailer: QQMail 2.x")
	case NetEase:
		local, host, _ := strings.Cut(m.From, "@")
		w.linef("Received: from %s$%s ( [192.0.2.%d] ) by\n ajax-webmail-wmsvr%d (Coremail) ; %s (CST)", local, host,
			m.serial("ip")%200+1, m.serial("host")%50, date)
		w.linef("Date: %s (CST)\nFrom: %s\nTo: %s\nSubject: %s\nX-Priority: 3", date, from, to, subject)
		w.linef("X-Mailer: Coremail Webmail Server Version XT5.0.14 build\n 20240801(9da12a7b) Copyright (c) 2002-2024 www.mailtech.cn 163com")
		w.thread(true)
		w.linef("MIME-Version: 1.0\nMessage-ID: %s\nX-Coremail-Locale: zh_CN", m.MessageID())
	case Outlook:
		w.linef("From: %s\nTo: %s", from, to)
		w.thread(true)
		w.linef("Subject: %s\nDate: %s\nMessage-ID: %s\nMIME-Version: 1.0", subject, date, m.MessageID())
		w.linef("X-Mailer: Microsoft Outlook 16.0\nThread-Index: AQH%08xAdHg5kQ==\nContent-Language: zh-cn", m.serial("thread"))
	default:
		w.linef("Date: %s\nFrom: %s\nTo: %s\nSubject: %s", date, from, to, subject)
		w.thread(false) // Foxmail 7.2 writes References and no In-Reply-To
		w.linef("X-Priority: 3\nX-GUID: %08X-%04X-4%03X-A%03X-%08X%04X\nX-Has-Attach: %s", m.serial("g1"), m.serial("g2")&0xffff,
			m.serial("g3")&0xfff, m.serial("g4")&0xfff, m.serial("g5"), m.serial("g6")&0xffff, yesNo(len(m.Files)+len(m.Forward) > 0))
		w.linef("X-Mailer: Foxmail 7.2.25.245[cn]\nMime-Version: 1.0\nMessage-ID: %s", m.MessageID())
	}
	for _, h := range m.Extra {
		w.linef("%s", h)
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// thread writes In-Reply-To, where the client has it, and References.
func (w *writer) thread(inReplyTo bool) {
	a := w.mail.Answers
	if a == nil || a.MessageID == "" {
		return
	}
	if inReplyTo {
		w.linef("In-Reply-To: %s", a.MessageID)
	}
	refs := append(append([]string{}, a.References...), a.MessageID)
	w.linef("References: %s", strings.Join(refs, "\n "))
}

// body writes Content-Type and what follows.
func (w *writer) body() {
	m := w.mail
	// A reply by a machine has no signature picture.
	if len(m.Files)+len(m.Forward) == 0 && (m.Client != Outlook || m.Bare) {
		w.texts()
		return
	}
	b := w.boundary()
	w.linef("Content-Type: multipart/mixed;\n\tboundary=\"%s\"", b)
	if m.Client == QQ {
		w.linef("Content-Transfer-Encoding: 8Bit")
	}
	w.linef("\nThis is a multi-part message in MIME format.\n\n--%s", b)
	if m.Client == Outlook {
		w.related()
	} else {
		w.texts()
	}
	for _, f := range m.Files {
		w.linef("--%s", b)
		w.attachment(f)
	}
	for i, raw := range m.Forward {
		w.linef("--%s\nContent-Type: message/rfc822;\n\tname=\"%s\"", b, w.word(fmt.Sprintf("转发邮件%d.eml", i+1)))
		w.linef("Content-Transfer-Encoding: 8bit\nContent-Disposition: attachment;\n\tfilename=\"%s\"\n", w.word(fmt.Sprintf("转发邮件%d.eml", i+1)))
		w.linef("%s", strings.ReplaceAll(string(raw), "\r\n", "\n"))
	}
	w.linef("--%s--", b)
}

// related wraps the texts with the small picture of an Outlook signature.
func (w *writer) related() {
	b := w.boundary()
	w.linef("Content-Type: multipart/related;\n\tboundary=\"%s\";\n\ttype=\"multipart/alternative\"\n\n--%s", b, b)
	w.texts()
	w.linef("--%s\nContent-Type: image/png;\n\tname=\"image001.png\"\nContent-Transfer-Encoding: base64", b)
	w.linef("Content-ID: <image001.png@01DB1E0A.%08X>\nContent-Disposition: inline;\n\tfilename=\"image001.png\"\n", w.mail.serial("cid"))
	w.base64Lines(signature())
	w.linef("\n--%s--\n", b)
}

// signature is a coloured line, 200 by 4 pixels.
func signature() []byte {
	c := newCanvas(200, 4)
	c.rect(0, 0, 200, 4, 1)
	return png(200, 4, unitColours("signature"), c.packed(), "signature")
}

// stamp is a time in a quote.
func stamp(t time.Time, layout string) string { return t.In(china()).Format(layout) }

// china is the zone of the demo, UTC+8 without summer time.
func china() *time.Location { return time.FixedZone("CST", 8*3600) }
