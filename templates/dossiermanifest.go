package templates

import (
	"fmt"
	"strings"
)

// DossierManifest is 目录及校验.txt: every file of the folder with bytes and
// SHA-256, a line each parted by tabs, what is not there, and how to check. made are
// the documents that stand beside mails and material. It opens in Windows' Notepad:
// UTF-8 with its mark, lines ended by CR LF.
func DossierManifest(d DossierBook, made []ManifestLine) []byte {
	var b strings.Builder
	line := func(words ...string) { b.WriteString(strings.TrimRight(strings.Join(words, "\t"), "\t") + "\r\n") }
	b.WriteString("\ufeff")
	line("案卷目录及校验　" + d.Number + "　" + oneLine(d.Unit))
	line("截至" + d.AsOf)
	line(fmt.Sprintf("登记日志：第%d条，校验码%s", d.Entry, d.Head))
	line("核对方法：Linux在本文件夹运行 sha256sum -c SHA256SUMS；Windows逐个运行 certutil -hashfile 文件名 SHA256")
	line()
	line("文件", "字节", "SHA-256", "说明")
	for _, m := range made {
		line(m.File, fmt.Sprint(m.Bytes), m.SHA256, oneLine(m.Note))
	}
	var missing [][]string
	for _, m := range d.Mails {
		if m.File == "" {
			missing = append(missing, []string{oneLine(m.At + "　" + m.Way + "　" + m.Who + "　" + m.Subject), m.SHA256, m.Note})
			continue
		}
		line("来往邮件/"+m.File, fmt.Sprint(m.Bytes), m.SHA256, oneLine(m.Note))
	}
	for _, m := range d.Material {
		if m.Gone {
			missing = append(missing, []string{"材料/" + m.File, m.SHA256, "原始字节已不在"})
			continue
		}
		line("材料/"+m.File, fmt.Sprint(m.Bytes), m.SHA256, oneLine(m.note()))
	}
	if len(missing) > 0 {
		line()
		line("未收入或缺失", "SHA-256", "说明")
		for _, m := range missing {
			line(m...)
		}
	}
	return []byte(b.String())
}

// ManifestLine is a file of the folder in its manifest.
type ManifestLine struct {
	File   string
	Bytes  int64
	SHA256 string
	Note   string
}
