package templates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// subjectRunes is how long a subject may be before the letter code; a phone
// shows about twenty characters, a mail list about forty.
const subjectRunes = 60

// subject joins the conclusion and whom it is about, on one line, shortened
// before the letter code, which always stands whole at the end. Brackets of the
// code's kind in what people wrote are changed: there is one code in a subject.
func (f Frame) subject(conclusion, about string) string {
	s := oneLine(conclusion)
	if about = strings.TrimSpace(oneLine(about)); about != "" {
		about = strings.NewReplacer("【", "〔", "】", "〕").Replace(about)
		left := max(subjectRunes-len([]rune(s))-1, 8)
		s += "：" + shorten(about, left)
	}
	s = shorten(strings.Join(strings.Fields(s), " "), subjectRunes+20)
	if f.Prefix != "" {
		s = oneLine(f.Prefix) + " " + s
	}
	if f.Code != "" {
		s += "【" + oneLine(f.Code) + "】"
	}
	return s
}

// close adds the closing lines, then the letter code alone on the last line, and
// sets the sheet.
func (f Frame) close(subject string, s *sheet) Letter {
	s.note(f.Notes)
	s.begin(foot)
	if !f.Staff {
		sign := f.Division
		if f.Contact != "" {
			sign += "　联系人：" + f.Contact
		}
		if f.Phone != "" {
			sign += "　" + f.Phone
		}
		s.put(small, strings.TrimLeft(sign, "　"))
		s.put(small, cmp.Or(f.closing, "本邮件由系统自动生成，仅反映材料接收和形式核对情况，不代表资格审核或评审结论。"))
	}
	s.put(mark, f.Code)
	s.Title = subject
	return Letter{Subject: subject, Text: s.text(), HTML: s.html()}
}

// note adds what staff wrote to a letter. It stands before cases that are to be
// read, which may fill many pages, else at the end.
func (s *sheet) note(notes []string) {
	if len(notes) == 0 {
		return
	}
	var added sheet
	added.begin(plain)
	for _, n := range notes {
		added.put(para, "附言：", n)
	}
	at := slices.IndexFunc(s.Sections, func(x section) bool { return x.Tone == read })
	if at < 1 {
		at = len(s.Sections)
	}
	s.Sections = slices.Insert(s.Sections, at, added.Sections...)
}

// limit is the size limit in brackets, for every place that asks for files.
func (f Frame) limit(words string) string {
	if f.MaxMail <= 0 {
		return ""
	}
	return fmt.Sprintf("（%s不超过%dMB）", words, f.MaxMail)
}

// greet opens a letter to a bureau; without a city only the greeting stands,
// which begins the first line.
func greet(s *sheet, city string) {
	s.begin(plain)
	if city != "" {
		s.put(salute, bureau(city)+"：")
	}
}

func bureau(city string) string { return strings.TrimSpace(city) + "商务局" }

// signer is the division, without what its mailbox is for.
func (f Frame) signer() string {
	division, _, _ := strings.Cut(f.Division, "（")
	return cmp.Or(strings.TrimSpace(division), f.authority())
}

// authority is who decides and publishes.
func (f Frame) authority() string { return cmp.Or(f.Authority, office) }

// Briefly is a department without its province's name: 省商务厅.
func Briefly(authority string) string {
	if _, rest, ok := strings.Cut(authority, "省"); ok {
		return "省" + rest
	}
	return authority
}

// our is how a department speaks of itself: 我厅.
func our(authority string) string {
	for kind, own := range map[string]string{"厅": "我厅", "局": "我局", "委员会": "我委"} {
		if strings.HasSuffix(authority, kind) {
			return own
		}
	}
	return "我单位"
}

// supply says until when and how missing things are sent in. After the deadline
// (left is "") no date stands there.
func (f Frame) supply(deadline, left string, points []Point) string {
	if left == "" {
		return f.howToSupply("请尽快", points)
	}
	return f.howToSupply("请在"+deadline+"前", points) + strings.TrimRight(left, "。") + "。"
}

// howToSupply is supply without the time that is left.
func (f Frame) howToSupply(when string, points []Point) string {
	if onlyReplies(points) {
		return when + "直接回复本邮件更正即可，无需重新发送材料。"
	}
	return when + "直接回复本邮件并附上所缺文件即可，已收到的无需重发" + f.limit("单封邮件请") + "。"
}

func onlyReplies(points []Point) bool {
	for _, p := range points {
		if !p.Reply {
			return false
		}
	}
	return len(points) > 0
}
