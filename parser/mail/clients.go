package mail

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const titles = `(?:领导|老师|主任|处长|科长|局长|厅长|同志|同事|先生|女士|专家|经理|部长|书记|工作人员)`

// What mail clients write above the old mail, below the new one and around it.
var (
	// QQ, Foxmail, Coremail, 139, 189, Sina, Outlook: a titled rule.
	separator = regexp.MustCompile(`(?i)^[\s|*]*[-_=—－─]{2,}\s*(?:原始邮件|原始邮件信息|原始信息|原始消息|邮件原文|邮件原件|原邮件|原文|回复的原邮件|原始郵件|original(?: message| e?-?mail)?|replied message|reply message)\s*[-_=—－─]{2,}[\s|*]*$`)
	// a rule above, or the opening of, a forwarded mail
	forwardMark = regexp.MustCompile(`(?i)^(?:[-_=—－─]{2,}\s*(?:转发的?邮件|转发邮件信息|转发的消息|轉寄郵件|forwarded (?:message|mail)|forwarding messages?)\s*[-_=—－─]{2,}|begin forwarded message:|(?:以下是|开始)转发的邮件[:：]|以下是转发的邮件[:：]?)\s*$`)
	// Outlook and DingTalk put a plain rule above the block of fields, newer QQ a title
	ruler  = regexp.MustCompile(`^[-_=—－─*]{5,}$`)
	titled = regexp.MustCompile(`^(?:原始邮件|原始郵件|邮件原文)[:：]?$`)

	fromField  = regexp.MustCompile(`(?i)^[\s|*]*(?:[-_=—－─]{5,}\s*)?\**(?:发\s*件\s*人|寄件者|寄件人|发自|from|sender)\**[\s\x{3000}]*[:：]`)
	otherField = regexp.MustCompile(`(?i)^[\s|*]*(发送时间|发送日期|发件时间|发件日期|寄件日期|日[\s\x{3000}]*期|时[\s\x{3000}]*间|已发送|收[\s\x{3000}]*件[\s\x{3000}]*人|收件者|主[\s\x{3000}]*题|主[\s\x{3000}]*旨|抄[\s\x{3000}]*送(?:人)?|副本|密[\s\x{3000}]*送|附[\s\x{3000}]*件|sent|date|to|cc|subject|importance|attachments?)\**[\s\x{3000}]*[:：]`)

	// the same fields, all on one line
	inlineField = regexp.MustCompile(`(?i)[\s;；>](发送时间|发送日期|日期|收件人|主题|抄送|sent|date|to|subject|cc)\s*[:：]`)

	wrote            = regexp.MustCompile(`(?:写道|寫道|wrote|writes|来信)\s*[:：]\s*$`)
	attributionStart = regexp.MustCompile(`(?i)^(?:在\s*\S|于\s*\d|at\s|on\s|\d{4}\s*[-年/.]|\d{1,2}/\d{1,2}|.{0,80}[<(（＜].{0,80}@|.{0,40}于\s*\d{4}|.{0,60}@)`)
	datedStart       = regexp.MustCompile(`(?i)^(?:在\s*\d|at\s|on\s|\d{4}\s*[-年/.]|\d{1,2}/\d{1,2})`)
	wholeStart       = regexp.MustCompile(`(?i)^(?:在\s*\d|at\s.*\d|on\s.*\d|\d{4}\s*[-年/.]|[^<]*<[^<>]*@[^<>]*>)`)
	clockTime        = regexp.MustCompile(`\d{1,2}\s*[:：时]\s*\d{2}`)

	signatureMark = regexp.MustCompile(`^(?:-- ?|－－)$`)
	deviceLine    = regexp.MustCompile(`(?i)^[\s|]*(?:(?:发自|发送自|发送自我的)\s*\S.{0,30}|来自\s*我的\s*\S.{0,16}|从\s*\S.{0,24}(?:发送|发出)|sent from (?:my |mail for |outlook|yahoo|foxmail).{0,40}|sent via .{0,30}|get outlook for .{0,20}|获取\s*(?:适用于\s*)?.{0,12}outlook.{0,20}|.{0,4}签名由.{0,20}定制|(?:本邮件)?由?\s*网易邮箱大师\s*(?:发送)?)[。.]?\s*$`)
	deviceWord    = regexp.MustCompile(`(?i)iphone|ipad|android|手机|邮箱|邮件|客户端|mail|outlook|小米|华为|荣耀|oppo|vivo|三星|魅族|outlook|平板|windows|mac|harmony|鸿蒙|定制|sent from|sent via|get outlook`)
	contactLine   = regexp.MustCompile(`(?i)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[-\s]?\d{7,8}|\S@\S|(?:电话|手机|地址|邮箱|传真|邮编|部门|联系方式|tel|mobile|fax|address)\s*[:：]`)

	greeting    = regexp.MustCompile(`(?i)^(?:(?:尊敬的|敬爱的|各位)?\p{Han}{0,10}?` + titles + `?们?[,，、\s]*(?:您好|你好|大家好|你们好)|(?:尊敬的|敬爱的|各位)?\p{Han}{0,10}?` + titles + `们?(?:早上|上午|中午|下午|晚上)?好|(?:早上|上午|中午|下午|晚上)好|早安|(?:尊敬的|敬爱的)\p{Han}{1,20}[:：,，]|各位\p{Han}{0,6}` + titles + `们?[:：,，]|(?:hi|hello|dear)\b[^,，:：!！]{0,30})[\s!！,，.。:：~～、]*$`)
	linkAfter   = regexp.MustCompile(`\s*<https?://[^>]*>`)
	loneAddress = regexp.MustCompile(`^[^\s@<>]{1,64}@[^\s@<>]{1,250}$`)
	emptyFrame  = regexp.MustCompile(`^[\s|]+$`)
)

// fieldKind folds the names of one field.
func fieldKind(key string) string {
	key = strings.ToLower(strings.Join(strings.FieldsFunc(key, func(r rune) bool { return r == ' ' || r == '\u3000' || r == '\t' }), ""))
	switch {
	case key == "主题" || key == "主旨" || key == "subject":
		return "subject"
	case key == "收件人" || key == "收件者" || key == "to":
		return "to"
	case key == "抄送" || key == "抄送人" || key == "副本" || key == "cc":
		return "cc"
	case strings.HasPrefix(key, "附件") || strings.HasPrefix(key, "attachment") || key == "密送" || key == "importance":
		return "other"
	}
	return "date"
}

const (
	signatureMost = 15 // lines that may follow "--"
	contactMost   = 8  // lines that may follow a rule of dashes
	contactWidth  = 60 // characters of such a line
)

// dropSignature takes out signatures: what follows "--", a contact block under a
// rule, and the lines of devices.
func dropSignature(lines []string) []string {
	var out []string
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		switch {
		case signatureMark.MatchString(l):
			if end := blockEnd(lines, i+1); filled(lines[i+1:end]) <= signatureMost {
				i = end - 1
			}
			continue
		case emptyFrame.MatchString(l), isDevice(l):
			continue
		case ruler.MatchString(strings.TrimSpace(l)):
			if end := blockEnd(lines, i+1); isContact(lines[i+1 : end]) {
				i = end - 1
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// blockEnd is where the part ends that begins at line i: at something quoted.
func blockEnd(lines []string, i int) int {
	limit := min(len(lines), i+200)
	for k := i; k < limit; k++ {
		if lines[k] == breakMark {
			return k
		}
	}
	return limit
}

// filled counts the lines that are not blank, as far as it matters.
func filled(lines []string) int {
	n := 0
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if n++; n > signatureMost {
			break
		}
	}
	return n
}

// isContact tells a block of name, telephone and address. It never takes text
// without a telephone or the like: it could be an answer.
func isContact(lines []string) bool {
	if filled(lines) > contactMost {
		return false
	}
	contact := false
	for _, l := range lines {
		if utf8.RuneCountInString(l) > contactWidth {
			return false
		}
		contact = contact || contactLine.MatchString(l)
	}
	return contact
}

func isDevice(l string) bool {
	if strings.Contains(l, "<http") && len(l) < 500 {
		l = linkAfter.ReplaceAllString(l, "")
	}
	return len(l) < 160 && deviceLine.MatchString(l) && deviceWord.MatchString(l)
}

// dropGreeting takes out greetings that stand alone among the first lines.
func dropGreeting(lines []string) []string {
	var out []string
	seen := 0
	for i, l := range lines {
		t := strings.TrimSpace(l)
		if t != "" && t != breakMark {
			seen++
		}
		if seen > 3 {
			return append(out, lines[i:]...)
		}
		if len(t) < 120 && greeting.MatchString(t) {
			continue
		}
		out = append(out, l)
	}
	return out
}
