package mail

import (
	"regexp"
	"strings"
)

// A mail gateway that takes an attachment away leaves a text in its place. The
// words differ by maker; what they share is the attachment, in the passive, and
// the gateway, its policy or a virus.
var (
	takenAway = regexp.MustCompile(`(?i)(?:附件|文件|attachment|file)[^\n。]{0,80}?(?:已被|被|已经被|已|was|has been|have been|were)\s*(?:[^\n。]{0,30}?)(?:隔离|拦截|阻止|阻断|删除|移除|清除|剥离|替换|removed|quarantined|blocked|deleted|stripped|replaced)`)
	byGateway = regexp.MustCompile(`(?i)网关|反垃圾|防病毒|杀毒|病毒|恶意|安全策略|安全系统|邮件安全|管理员|沙箱|gateway|virus|malware|security polic|administrator|mail security|mailscanner`)
	itsName   = regexp.MustCompile(`[“"'「『《<]([^“”"'「」『』《》<>\n]{1,120}\.[A-Za-z0-9]{1,5})[”"'」』》>]|[\[【]([^\[\]【】\n]{1,120}\.[A-Za-z0-9]{1,5})[\]】]|` +
		`(?:文件名|附件名|名称|[Ff]ile ?name|[Aa]ttachment|附件|文件)(?:称)?\s*[:：]?\s*([^\s“”"'：:,，。;；()（）【][^\s“”"'：:,，。;；()（）]{0,119}\.[A-Za-z0-9]{1,5})`)
)

// noticeMax is the length of a gateway's text, in bytes; a report is longer.
const noticeMax = 4000

// Quarantined tells a text that a mail gateway put in the place of an attachment,
// and what that was called; "" where the text does not tell.
func Quarantined(text string) (name string, ok bool) {
	if len(text) > noticeMax || !takenAway.MatchString(text) || !byGateway.MatchString(text) {
		return "", false
	}
	if m := itsName.FindStringSubmatch(text); m != nil {
		name = CleanName(strings.TrimSpace(m[1] + m[2] + m[3]))
	}
	return name, true
}
