package intake

import (
	"fmt"
	"slices"
	"strings"

	"anli/parser/mail"
)

const codeCloud = "cloud-attachment"

// Link is a file that came as a link (超大附件, a share of a net disk) and not with
// the mail.
type Link struct {
	Name string `json:"name,omitempty"` // "" if the mail does not tell
	Text string `json:"text"`           // as a letter shows it: name, size, expiry
}

func linkOf(f mail.CloudFile) Link {
	text := f.Name
	if text == "" {
		text = "未注明名称的" + f.Service + "链接"
	}
	if f.Size != "" {
		text += " " + f.Size
	}
	switch {
	case f.Expires == "":
	case strings.HasSuffix(f.Expires, "天"):
		text += " 有效期" + f.Expires
	case f.Expires[0] >= '0' && f.Expires[0] <= '9':
		text += " " + f.Expires + "到期"
	default:
		text += " " + f.Expires // 无限期
	}
	return Link{Name: f.Name, Text: text}
}

// takeLinks keeps what a mail only links to; one share in two mails is one.
func (b *Burst) takeLinks(files []mail.CloudFile) {
	for _, f := range files {
		if l := linkOf(f); f.Name == "" || !slices.ContainsFunc(b.Links, func(x Link) bool { return x.Name == l.Name }) {
			b.Links = append(b.Links, l)
		}
	}
}

// lacking are the linked files that did not come with any mail of the burst.
func (s *Sitting) lacking(b *Burst) []Link {
	came := s.cameWith(b)
	return slices.DeleteFunc(slices.Clone(b.Links), func(l Link) bool { return l.Name != "" && came[plainName(l.Name)] })
}

// tellLinks says of a burst which files came only as links, as it stands now (C8b).
// Where nothing lacks without them, or they are videos beside other material, it is
// only told.
func (s *Sitting) tellLinks(b *Burst) {
	b.Problems = slices.DeleteFunc(b.Problems, func(f Finding) bool { return f.Code == codeCloud })
	links := s.lacking(b)
	if len(links) == 0 {
		return
	}
	names := strings.Join(linkTexts(links), "、")
	f := finding(codeCloud, "error", "mail", "file", fmt.Sprintf("邮件中的%d个文件（%s）以超大附件或网盘链接方式发送，链接会过期，我处也无法下载，目前尚未取得", len(links), names),
		fmt.Sprintf("请改用普通附件分封发送（单封不超过%dMB，主题注明“第1封/共3封”）。", s.Settings.Mailbox.MaxMail))
	if s.allInOrder(b) || len(b.Cases) > 0 && !slices.ContainsFunc(links, func(l Link) bool { return !isVideo(l.Name) }) {
		f = finding(codeCloud, "warning", "mail", "", fmt.Sprintf("邮件中另有%d个文件（%s）以超大附件或网盘链接方式发送，我处无法下载", len(links), names),
			"如其中有须报送的材料，请改用普通附件发送；视频可不报送。")
	}
	b.Problems = append(b.Problems, f)
}

func linkTexts(links []Link) []string {
	var out []string
	for _, l := range links {
		out = append(out, l.Text)
	}
	return out
}

func isVideo(name string) bool {
	switch ext(name) {
	case ".mp4", ".mov", ".avi", ".wmv", ".flv", ".mkv", ".mpg", ".mpeg", ".m4v":
		return true
	}
	return false
}
