package mail

import (
	"reflect"
	"strings"
	"testing"
)

// Who wrote it: doubt counts for the person.
func TestAutomatic(t *testing.T) {
	person := "From: li@foshan.test\nSubject: 材料\n"
	tests := []struct{ name, raw, want string }{
		{"a person", person + "\n您好", ""},
		{"vacation, RFC 3834", person + "Auto-Submitted: auto-replied (vacation)\n\n休假中", AutoReply},
		{"Auto-Submitted no", person + "Auto-Submitted: no\n\nx", ""},
		{"auto-generated", person + "Auto-Submitted: auto-generated\n\nx", AutoReply},
		{"Precedence bulk", person + "Precedence: bulk\n\nx", AutoList},
		{"Precedence list", person + "Precedence: list\n\nx", AutoList},
		{"Precedence junk", person + "Precedence: junk\n\nx", AutoList},
		{"Precedence auto_reply", person + "Precedence: auto_reply\n\nx", AutoReply},
		{"List-Id", person + "List-Id: <l.foshan.test>\n\nx", AutoList},
		{"X-Autoreply", person + "X-Autoreply: yes\n\nx", AutoReply},
		{"X-Autorespond", person + "X-Autorespond: x\n\nx", AutoReply},
		{"X-Auto-Response-Suppress alone", person + "X-Auto-Response-Suppress: All\n\nx", ""},
		{"null return path", "Return-Path: <>\n" + person + "\nx", AutoReply},
		{"postmaster without a bounce", "From: postmaster@foshan.test\nSubject: 邮箱容量提醒\n\n您的邮箱将满", AutoReply},
		{"multipart/report", person + "Content-Type: multipart/report; boundary=B\n\n--B\n\nx\n--B--\n", AutoReply},
		{"read receipt by type", person + "Content-Type: multipart/report; report-type=disposition-notification; boundary=B\n\n--B\n\nx\n--B--\n", AutoReadMe},
		{"read receipt by subject", "From: li@foshan.test\nSubject: 已读：材料\n\nx", AutoReadMe},
		{"已读回执", "From: li@foshan.test\nSubject: 已读回执: 材料\n\nx", AutoReadMe},
		{"自动回复", "From: li@foshan.test\nSubject: 自动回复: 材料\n\n出差", AutoReply},
		{"自动答复", "From: li@foshan.test\nSubject: 自动答复：材料\n\n出差", AutoReply},
		{"自动回复 alone", "From: li@foshan.test\nSubject: 自动回复\n\n出差", AutoReply},
		{"【自动回复】", "From: li@foshan.test\nSubject: 【自动回复】材料\n\n出差", AutoReply},
		{"Automatic reply", "From: li@foshan.test\nSubject: Automatic reply: x\n\nout", AutoReply},
		{"list that replies", person + "Precedence: bulk\nX-Autoreply: yes\n\nx", AutoReply},

		{"a person on automatic replies", "From: li@foshan.test\nSubject: Re: 自动回复设置\n\nx", ""},
		{"a person answers one", "From: li@foshan.test\nSubject: Re: 自动回复: 材料\n\nx", ""},
		{"a person asks about one", "From: li@foshan.test\nSubject: 自动回复怎么关\n\nx", ""},
		{"a person on a bounce", "From: li@foshan.test\nSubject: 退信了，请查\n\nx", ""},
		{"a person names a bounce", "From: li@foshan.test\nSubject: 未送达材料的补充说明\n\nx", ""},
		{"a person has read it", "From: li@foshan.test\nSubject: 已读，同意\n\nx", ""},
		{"a person forwards 系统退信", "From: li@foshan.test\nSubject: 转发：系统退信\n\nx", ""},
		{"a file under 已读：", person + "Subject: 已读：材料\nContent-Type: a/b; name=x.pdf\n\nx", ""},
		{"a person attaches a report", person + "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.test\nAction: failed\n--B--\n", ""},

		{"bounce by daemon", "From: MAILER-DAEMON@x.test\nSubject: Undeliverable: t\n\n<a@b.test>: 550", AutoBounce},
		{"bounce by null path", "Return-Path: <>\nFrom: mail@x.test\nSubject: 邮件投递失败\n\na@b.test", AutoBounce},
		{"系统退信", "From: mail@x.test\nSubject: 系统退信\n\na@b.test", AutoBounce},
		{"系统退信 with the old subject", "From: Postmaster@x.test\nSubject: 系统退信/材料\n\na@b.test", AutoBounce},
		{"daemon, told by its text", "From: postmaster@x.test\nSubject: 通知\n\n邮件无法送达 a@b.test", AutoBounce},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, raw := range [][]byte{[]byte(tt.raw), crlf([]byte(tt.raw))} {
				m := mustRead(t, raw)
				if m.Automatic != tt.want || (m.Bounce != nil) != (tt.want == AutoBounce) {
					t.Errorf("got %q, bounce %+v, want %q", m.Automatic, m.Bounce, tt.want)
				}
			}
		})
	}
}

// Notices in prose, as providers write them.
func TestBounceProse(t *testing.T) {
	head := "From: postmaster@x.test\nTo: desk@commerce.test\nSubject: 退信\nIn-Reply-To: <irt@commerce.test>\n\n"
	tests := []struct {
		name, text string
		want       Bounce
	}{
		{"code and status", "<li@foshan.test>: host mx.foshan.test[203.0.113.5] said: 550 5.1.1 <li@foshan.test>: User unknown",
			Bounce{[]string{"li@foshan.test"}, "<irt@commerce.test>", "5.1.1", true, "<li@foshan.test>: host mx.foshan.test[203.0.113.5] said: 550 5.1.1 <li@foshan.test>: User unknown"}},
		{"an IP address is no status", "无法投递到 li@foshan.test\n远端 203.5.1.1 拒绝，版本 5.1.1.2",
			Bounce{[]string{"li@foshan.test"}, "<irt@commerce.test>", "", true, "无法投递到 li@foshan.test"}},
		{"two recipients", "以下收件人未能送达：\nli@foshan.test\nwang@foshan.test\nli@foshan.test",
			Bounce{[]string{"li@foshan.test", "wang@foshan.test"}, "<irt@commerce.test>", "", true, "以下收件人未能送达："}},
		{"delay", "您的邮件暂时未能投递到 li@foshan.test，系统将继续尝试投递",
			Bounce{[]string{"li@foshan.test"}, "<irt@commerce.test>", "", false, "您的邮件暂时未能投递到 li@foshan.test，系统将继续尝试投递"}},
		{"own address and daemon are no recipients", "来自 desk@commerce.test 的邮件无法送达 li@foshan.test，请联系 postmaster@x.test",
			Bounce{[]string{"li@foshan.test"}, "<irt@commerce.test>", "", true, "来自 desk@commerce.test 的邮件无法送达 li@foshan.test，请联系 postmaster@x.test"}},
		{"header of the letter in the text", "邮件无法送达 li@foshan.test\n\n诊断信息到此为止，以下是原信的头部，供管理员参考。\n\nReceived: from x\nMessage-ID: <orig.1@commerce.test>\nTo: other@foshan.test",
			Bounce{[]string{"li@foshan.test"}, "<orig.1@commerce.test>", "", true, "邮件无法送达 li@foshan.test"}},
	}
	for _, tt := range tests {
		m := mustRead(t, []byte(head+tt.text))
		if m.Bounce == nil || !reflect.DeepEqual(*m.Bounce, tt.want) {
			t.Errorf("%s: got %+v\nwant %+v", tt.name, m.Bounce, tt.want)
		}
	}
}

// A report on two recipients of whom one got the letter names the other only.
func TestBounceNamesTheFailed(t *testing.T) {
	m := mustRead(t, []byte("From: MAILER-DAEMON@x.test\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\n\nx\n--B\n"+
		"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ok@b.test\nAction: relayed\nStatus: 2.0.0\n\n"+
		"Final-Recipient: rfc822; slow@b.test\nAction: delayed\nStatus: 4.2.0\n\nFinal-Recipient: rfc822; bad@b.test\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 full\n--B--\n"))
	want := Bounce{Recipients: []string{"slow@b.test", "bad@b.test"}, Status: "5.2.2", Permanent: true, Diagnostic: "552 full"}
	if m.Bounce == nil || !reflect.DeepEqual(*m.Bounce, want) {
		t.Errorf("got %+v, want %+v", m.Bounce, want)
	}
	if strings.Contains(m.Text, "Final-Recipient") {
		t.Errorf("the report stands in the text: %q", m.Text)
	}
}
