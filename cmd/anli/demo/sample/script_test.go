package sample

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// letters is an inbox that has something to answer for every scene.
func letters(to string) Inbox {
	all := "■ AL2024-0003　"
	for _, p := range everyCase() {
		all += "AL2024-0009　" + p.Unit + "　《" + p.Case + "》\n"
	}
	return Inbox{
		botLetter(to, "【每日情况】2024年11月1日：待处理2项【DDDD-4444】", "1. 甲：回复“1 通过”或“1 不通过 理由”\n2. 乙：回复“2 通过”或“2 不通过 理由”\n\nDDDD-4444"),
		botLetter(to, "【请即处理】待处理1项【HHHH-8888】", "1. 来信似对公示名单有异议\n→ 可回复：1 登记异议 AL2024-0008　|　1 无关\n\nHHHH-8888"),
		botLetter(to, "【处理结果】无错误，1项待确认【EEEE-5555】", "EEEE-5555"),
		requestLetter(to),
		botLetter(to, "【评分回执】已记录2个案例的评分【GGGG-7777】", "请核对：\nAL2024-0001\nGGGG-7777"),
		botLetter(to, "【已收到 AL2024-0009】还需补充3项【AAAA-1111】", all+"\n回复“同意”或“不并入”。\n\nAAAA-1111"),
		botLetter(to, "【接管报告】现有来信3封【BBBB-2222】", "回复“启用”开始。\n确认\n放行 CCCC-3333\n1. 茂名市商务局：回复“1 登记”或“1 无关”\n\nBBBB-2222"),
	}
}

// part is a leaf of a mail, decoded.
type leaf struct {
	kind, name string
	data       []byte
}

// leaves reads a mail strictly, by the standard library alone.
func leaves(t *testing.T, raw []byte) (mail.Header, []leaf) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header, walk(t, m.Header.Get("Content-Type"), "", m.Header.Get("Content-Transfer-Encoding"), m.Body)
}

func walk(t *testing.T, kind, disposition, encoding string, body io.Reader) []leaf {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatalf("%q: %v", kind, err)
	}
	if strings.HasPrefix(media, "multipart/") {
		var out []leaf
		r := multipart.NewReader(body, params["boundary"])
		for {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return out
			}
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, walk(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Disposition"), p.Header.Get("Content-Transfer-Encoding"), p)...)
		}
	}
	data, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if encoding == "base64" {
		if data, err = base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(string(data))); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
	}
	name := params["name"]
	if _, p, err := mime.ParseMediaType(disposition); err == nil && p["filename"] != "" {
		name = p["filename"]
	}
	if media == "message/rfc822" {
		_, inner := leaves(t, data)
		return append(inner, leaf{media, decodeName(t, name), data})
	}
	return []leaf{{media, decodeName(t, name), data}}
}

// decodeName reads encoded words or raw GBK.
func decodeName(t *testing.T, s string) string {
	t.Helper()
	d := mime.WordDecoder{CharsetReader: func(_ string, r io.Reader) (io.Reader, error) {
		return simplifiedchinese.GB18030.NewDecoder().Reader(r), nil
	}}
	out, err := d.DecodeHeader(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	if strings.ContainsRune(out, '\ufffd') || !strings.Contains(out, "=?") && out == s {
		if g, err := simplifiedchinese.GBK.NewDecoder().String(s); err == nil && !isASCII(s) && !validChinese(s) {
			return g
		}
	}
	return out
}

func validChinese(s string) bool { return strings.ToValidUTF8(s, "") == s }

func TestScriptTimes(t *testing.T) {
	last := Start()
	for _, s := range Script() {
		if !s.At.After(last) {
			t.Errorf("%s: %v is not after %v", s.Title, s.At, last)
		}
		last = s.At
		if _, offset := s.At.Zone(); offset != 8*3600 {
			t.Errorf("%s: zone %d", s.Title, offset)
		}
		if s.From == "" || s.Title == "" || s.TitleZh == "" || s.Expect == "" {
			t.Errorf("%+v is not told in full", s)
		}
	}
	if !End().After(last) {
		t.Error("the end comes before the last scene")
	}
	deadline := time.Date(2024, 10, 30, 23, 59, 59, 0, china())
	if !last.After(deadline) {
		t.Error("no scene is late")
	}
	for _, e := range Before() {
		if !e.Arrived.Before(Start()) {
			t.Errorf("%s arrives after the start", e.Title)
		}
	}
}

// Every mail can be read by the standard library, is the same each time, and all
// together stay small.
func TestEveryMailReads(t *testing.T) {
	total := 0
	check := func(title string, raw, again []byte) {
		total += len(raw)
		if !bytes.Equal(raw, again) {
			t.Errorf("%s: not the same bytes twice", title)
		}
		h, parts := leaves(t, raw)
		if _, err := h.Date(); err != nil {
			t.Errorf("%s: %v", title, err)
		}
		if !strings.HasPrefix(h.Get("Message-Id"), "<") {
			t.Errorf("%s: no Message-ID", title)
		}
		if bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\n")) {
			t.Errorf("%s: a bare line feed", title)
		}
		for _, l := range bytes.Split(raw, []byte("\r\n")) {
			if len(l) > 998 {
				t.Errorf("%s: a line of %d bytes", title, len(l))
			}
		}
		for _, p := range parts {
			if strings.HasSuffix(p.name, ".zip") {
				openZip(t, p.data)
			}
		}
	}
	for i, e := range Before() {
		check(e.Title, e.Raw, Before()[i].Raw)
	}
	ids := map[string]bool{}
	for _, s := range Script() {
		raw, err := s.Write(letters(s.From))
		again, err2 := s.Write(letters(s.From))
		if err != nil || err2 != nil || raw == nil {
			t.Fatalf("%s: %d bytes, %v", s.Title, len(raw), err)
		}
		check(s.Title, raw, again)
		h, _ := leaves(t, raw)
		if id := h.Get("Message-Id"); ids[id] {
			t.Errorf("%s: Message-ID %s is taken", s.Title, id)
		} else {
			ids[id] = true
		}
	}
	if total > 6<<20 {
		t.Errorf("all mails together: %d bytes", total)
	}
	t.Logf("%d mails, %d bytes", len(Script())+len(Before()), total)
}

// sceneText is the decoded plain text of a scene.
func sceneText(t *testing.T, script []Scene, title string) string {
	t.Helper()
	for _, s := range script {
		if s.Title != title {
			continue
		}
		raw, err := s.Write(letters(s.From))
		if err != nil {
			t.Fatal(err)
		}
		_, parts := leaves(t, raw)
		for _, p := range parts {
			if p.kind == "text/plain" {
				text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(p.data)
				if err != nil {
					t.Fatal(err)
				}
				return strings.ReplaceAll(string(text), "\r\n", "\n")
			}
		}
	}
	t.Fatalf("no scene %q", title)
	return ""
}

func TestRepliesSayWhatTheyShould(t *testing.T) {
	script := Script()
	for title, want := range map[string]string{
		"staff: go live":                          "启用\n",
		"staff: confirmed":                        "确认 BBBB-2222\n",
		"supplement in a reply":                   "更正 AL2024-0009 联系电话 13800005718\n",
		"thank-you":                               "收到，谢谢！\n",
		"the bureau agrees":                       "同意\n",
		"one case withdrawn":                      "撤回 AL2024-0009\n",
		"staff: letters released":                 "放行 CCCC-3333\n",
		"staff: rows of the morning letter":       "1 登记\n",
		"a company answers the forwarded receipt": "AAAA-1111",
		"how do we stand?":                        "进度\n",
	} {
		if text := sceneText(t, script, title); !strings.Contains(text, want) {
			t.Errorf("%s: no %q in %q", title, want, text)
		}
	}
}

func TestQuotesOfTheClients(t *testing.T) {
	l := *letters("swj.x@x.example").Newest("【已收到")
	for _, c := range []struct {
		client             Client
		subject, mark, ref string
	}{
		{Foxmail, "回复: ", "发件人： 案例征集\n发送时间： 2024-10-14 10:25\n", ""},
		{QQ, "回复：", "------------------&nbsp;原始邮件&nbsp;------------------\n发件人: \"案例征集\"<anli@gd.example&gt;;\n发送时间: 2024年10月14日(星期一) 上午10:25\n", l.MessageID},
		{NetEase, "Re:", "在 2024-10-14 10:25:00，\"案例征集\" <anli@gd.example> 写道：\n>■", l.MessageID},
		{Outlook, "答复: ", "-----邮件原件-----\n发件人: 案例征集 <anli@gd.example>", l.MessageID},
	} {
		raw := Mail{Client: c.client, From: "a@b.example", At: at(15, 9, 0), Text: "好", Answers: &l}.Bytes()
		h, parts := leaves(t, raw)
		if got := decodeName(t, h.Get("Subject")); got != c.subject+l.Subject {
			t.Errorf("%d: subject %q", c.client, got)
		}
		if h.Get("In-Reply-To") != c.ref || !strings.HasSuffix(h.Get("References"), l.MessageID) {
			t.Errorf("%d: threading %q %q", c.client, h.Get("In-Reply-To"), h.Get("References"))
		}
		text, err := simplifiedchinese.GBK.NewDecoder().Bytes(parts[0].data)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.ReplaceAll(string(text), "\r\n", "\n"), c.mark) {
			t.Errorf("%d: no %q in %s", c.client, c.mark, text)
		}
	}
}

func TestAttachmentNames(t *testing.T) {
	const name = "[案例]-佛山市某陶建材有限公司+陶瓷产业带数字化直供（盖章扫描件）.pdf"
	for _, c := range []Client{Foxmail, QQ, NetEase, Outlook} {
		for _, n := range []NameStyle{Usual, RFC2231, RawGBK} {
			raw := Mail{Client: c, From: "a@b.example", Subject: "x", At: at(15, 9, 0), Text: "见附件", Names: n,
				Files: []File{{"folder/" + name, []byte("data")}}}.Bytes()
			_, parts := leaves(t, raw)
			if last := parts[len(parts)-1]; last.name != name || string(last.data) != "data" {
				t.Errorf("client %d, style %d: %q", c, n, last.name)
			}
		}
	}
}

// A text beyond GBK, an emoji, makes the client write UTF-8.
func TestCharsetFallsBackToUTF8(t *testing.T) {
	raw := Mail{Client: Foxmail, From: "a@b.example", Subject: "👍", At: at(15, 9, 0), Text: "收到👍"}.Bytes()
	_, parts := leaves(t, raw)
	if !strings.Contains(string(parts[0].data), "收到👍") || !bytes.Contains(raw, []byte(`charset="utf-8"`)) {
		t.Errorf("%s", raw)
	}
}

func TestNothingToAnswer(t *testing.T) {
	for _, s := range Script() {
		raw, err := s.Write(nil)
		switch {
		case strings.HasPrefix(s.Title, "staff: letters"), strings.HasPrefix(s.Title, "staff: rows"), strings.HasPrefix(s.Title, "staff: eligibility"), strings.HasPrefix(s.Title, "staff: the objection is registered"):
			if raw != nil || err != nil {
				t.Errorf("%s is not skipped: %v", s.Title, err)
			}
		case err != nil && !errors.Is(err, ErrNoLetter):
			t.Errorf("%s: %v", s.Title, err)
		}
	}
}

func TestForwardedMailIsInside(t *testing.T) {
	for _, s := range Script() {
		if s.Title != "the company's mail forwarded by the bureau" {
			continue
		}
		raw, err := s.Write(nil)
		if err != nil {
			t.Fatal(err)
		}
		_, parts := leaves(t, raw)
		var kinds []string
		for _, p := range parts {
			kinds = append(kinds, p.kind+" "+p.name)
		}
		all := strings.Join(kinds, "\n")
		if !strings.Contains(all, "message/rfc822 转发邮件1.eml") || !strings.Contains(all, caseZhongshan().Folder()+".zip") {
			t.Errorf("%s", all)
		}
	}
}
