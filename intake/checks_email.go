package intake

import (
	"fmt"
	"regexp"
	"strings"
)

// checkEmail: an address that mail can be sent to; of several one is enough. What is
// wrong is named, and the likely right one proposed.
func checkEmail(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	if blank(c.Form.Email) {
		return []Finding{c.missing("email-missing", "邮箱")}
	}
	why, right := emailWrong(c.Form.Email)
	if why == "" {
		return nil
	}
	fix := fmt.Sprintf("直接回复“更正 %s 邮箱 正确地址”即可，无需重新盖章。", c.number())
	if right != "" {
		fix = fmt.Sprintf("核对后可直接回复“更正 %s 邮箱 %s”，无需重新盖章。", c.number(), right)
	}
	return []Finding{finding("email-invalid", "error", "text", "reply", fmt.Sprintf("邮箱“%s”%s", c.Form.Email, why), fix)}
}

var (
	mailAddress = regexp.MustCompile(`(?:^|[^A-Za-z0-9._%+-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.([A-Za-z]{2,})(?:[^A-Za-z0-9]|$)`)
	mailSplit   = regexp.MustCompile(`[、；;\s/|]+|或`)
	atBlanks    = regexp.MustCompile(`\s*@\s*`)
	dotBlanks   = regexp.MustCompile(`\s+\.\s*|\.\s+`)
	comma       = regexp.MustCompile(`[,，]`)
	bareDomain  = regexp.MustCompile(`@(qq|163|126|139|189|foxmail|sina|sohu|outlook|hotmail|gmail)(com)?$`)
	mailWords   = regexp.MustCompile(`(?i)^(?:电子邮箱|电子邮件|邮箱|邮件|e-?mail)[:：]?`)
)

// noEndings are endings that no domain has, as people mistype com.
var noEndings = map[string]bool{"con": true, "cmo": true, "ocm": true, "vom": true, "xom": true, "comm": true, "coom": true, "cim": true, "conm": true, "c0m": true}

// emailWrong says what is wrong where none of the addresses given is one, and the
// right one if only one slip parts it from that; "" and "" where one is.
func emailWrong(s string) (why, right string) {
	s = dotBlanks.ReplaceAllString(plainAddress(s), ".")
	for _, part := range mailSplit.Split(comma.ReplaceAllString(s, "、"), -1) {
		if m := mailAddress.FindStringSubmatch(part); m != nil && !noEndings[strings.ToLower(m[1])] && strings.Count(part, "@") == 1 {
			return "", ""
		}
	}
	for _, part := range mailSplit.Split(s, -1) {
		if part = mailWords.ReplaceAllString(part, ""); part == "" {
			continue
		}
		if why, right = addressWrong(part); right != "" {
			return why, right
		}
	}
	if why == "" {
		why = "格式有误"
	}
	return why, ""
}

// addressWrong judges one address that is known to be none.
func addressWrong(s string) (why, right string) {
	name, domain, found := strings.Cut(s, "@")
	ending := strings.ToLower(domain[strings.LastIndexByte(domain, '.')+1:])
	switch {
	case !found:
		return "缺少“@”", ""
	case strings.Contains(domain, "@"):
		why, right = "有多个“@”", strings.ReplaceAll(s, "@@", "@")
	case name == "":
		return "缺少“@”之前的部分", ""
	case domain == "":
		return "缺少“@”之后的部分", ""
	case comma.MatchString(s):
		why, right = "把“.”写成了逗号", comma.ReplaceAllString(s, ".")
	case strings.Contains(s, ".."):
		why, right = "有连续两个“.”", strings.ReplaceAll(s, "..", ".")
	case bareDomain.MatchString(strings.ToLower(s)):
		why, right = "缺少“.com”之类的后缀", bareDomain.ReplaceAllString(strings.ToLower(s), "@$1.com")
	case noEndings[ending]:
		why, right = "后缀“."+ending+"”疑为“.com”", s[:len(s)-len(ending)]+"com"
	case !strings.Contains(domain, "."):
		return "“@”之后不完整", ""
	default:
		return "格式有误", ""
	}
	if m := mailAddress.FindStringSubmatch(right); m == nil || noEndings[strings.ToLower(m[1])] || m[0] != right {
		right = ""
	}
	return why, right
}
