package main

import (
	"path/filepath"
	"strings"
	"testing"

	"anli/cmd/anli/demo/sample"
)

// TestCheckSecret: a case in which something bears a mark of secrecy is shown with that
// finding alone; what is marked is named nowhere, and other cases are whole.
func TestCheckSecret(t *testing.T) {
	other := sample.Package{City: "佛山市", Unit: "佛山某窗门窗有限公司", Case: "门窗定制直播", Goods: "门窗", Scan: sample.ScanJPEG}
	paper := sample.Marked{Mark: "机密★5年", Title: "关于某某工作的通报"}.Docx()
	marked := func(path string) []sample.File { return append(nice.Files(), sample.File{Path: path, Data: paper}) }
	for what, files := range map[string][]sample.File{
		"by its text":         sample.Under(nice.Folder(), marked("通报材料.docx")),
		"by its name":         sample.Under(nice.Folder(), append(nice.Files(), sample.File{Path: "机密★通报材料.txt", Data: []byte("正文")})),
		"beside another case": append(sample.Under(nice.Folder(), marked("通报材料.docx")), sample.Under(other.Folder(), other.Files())...),
		"in an archive":       {{Path: "报送.zip", Data: sample.Zip(sample.Under(nice.Folder(), marked("通报材料.docx")), sample.GBK)}},
	} {
		out, raw := checked(t, exitProblems, lay(t, "收到", files))
		if strings.Contains(raw, "通报") {
			t.Errorf("%s: it is named:\n%s", what, raw)
		}
		for _, c := range out.Cases {
			whole := c.Folder == other.Folder()
			if got := strings.Join(codes(c, "error"), " "); got != map[bool]string{true: "", false: "secret-marking"}[whole] || whole != (c.Unit != "") {
				t.Errorf("%s: %s: %s", what, c.Folder, raw)
			}
			if !whole && (c.Findings[0].Audience != "staff" || len(c.Findings) != 1) {
				t.Errorf("%s: %s", what, raw)
			}
		}
		if want := 1 + strings.Count(what, "another"); len(out.Cases) != want {
			t.Errorf("%s: %d cases\n%s", what, len(out.Cases), raw)
		}
	}
	m := sample.Mail{From: "swj.foshan@fs.example", To: sample.Mailbox, Subject: "【秘密】报送案例", Text: "见附件。", Files: []sample.File{nice.Zip(sample.GBK)}}
	eml := filepath.Join(lay(t, "mail", []sample.File{{Path: "来信.eml", Data: m.Bytes()}}), "来信.eml")
	out, raw := checked(t, exitProblems, eml)
	if len(out.Problems) != 1 || out.Problems[0].Code != "secret-marking" || out.Problems[0].Audience != "staff" {
		t.Error(raw)
	}
	for name, secret := range map[string]bool{"机密★某项通报.docx": true, "商业秘密保护制度.docx": false} {
		m := sample.Mail{From: "swj.foshan@fs.example", To: sample.Mailbox, Subject: "报送案例", Files: []sample.File{nice.Zip(sample.GBK)},
			Text: "从QQ邮箱发来的超大附件\n" + name + " (60.1M, 2024年11月30日 10:00 到期)\n进入下载页面：https://wx.mail.qq.com/ftn/download?func=3&key=abc"}
		eml := filepath.Join(lay(t, "mail", []sample.File{{Path: "来信.eml", Data: m.Bytes()}}), "来信.eml")
		_, raw := checked(t, map[bool]int{true: exitProblems, false: exitDone}[secret], eml)
		if strings.Contains(raw, "secret-marking") != secret || strings.Contains(raw, name) == secret {
			t.Errorf("%s: %s", name, raw)
		}
	}
	// Words about secrets are none.
	files := append(nice.Files(), sample.File{Path: "商业秘密保护制度.docx", Data: sample.Marked{Mark: "商业秘密保护制度", Title: "直播间的秘密"}.Docx()})
	if out, raw := checked(t, exitDone, lay(t, nice.Folder(), files)); len(out.Cases) != 1 || out.Cases[0].Unit != nice.Unit {
		t.Error(raw)
	}
}
