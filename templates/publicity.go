package templates

import (
	"cmp"
	"fmt"
	"strings"
)

// Publicity brings staff the notice and its list, to be read, signed and put up.
func (f Frame) Publicity(d Publicity) Letter {
	f.Staff = true
	n := d.notice()
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	s.put(lead, "您好！", fmt.Sprintf("%s稿和%s已生成，共%d个案例", n.kind(), n.listName(), len(d.List)), "，见附件。")
	s.put(ask, "请核对后按程序送审、在"+Briefly(cmp.Or(n.Office, office))+"网站发布。公示期内的来信将单独列出，来电来信的异议请回复“登记异议 案例编号 来源 内容”，来源写“来信”“电话”等。")
	s.put(para, n.term())
	if n.Before != "" {
		s.put(para, "本次只公示增补的案例，公示期重新计算；此前已公示（"+n.Before+"）的案例不再重复公示。各次公示期满、异议办结后方可认定。")
	}
	if open := n.blanks(); len(open) > 0 {
		s.begin(wait)
		s.put(label, n.kind()+"稿中留空、需要填写的内容")
		bulletItems(s, open)
	}
	s.begin(plain)
	s.put(label, fmt.Sprintf("%s（%d个，按领域和单位名称排列，不分先后）", n.listName(), len(d.List)))
	for i, r := range d.List {
		strong, tail := title("", r.Unit, r.Case)
		s.put(item, fmt.Sprintf("%d. %s", i+1, strings.TrimLeft(strong, "　")), "", tail+"　"+r.Field+"　"+r.City)
	}
	return f.close(f.subject(fmt.Sprintf("【%s稿】拟入选案例%d个，请核对后发布", n.kind(), len(d.List)), ""), s)
}

// notice is the notice with the letter's list as its annex.
func (d Publicity) notice() NoticeData {
	n := d.Notice
	if len(n.List) == 0 {
		n.List = d.List
	}
	if n.Count == 0 {
		n.Count = len(d.List)
	}
	if n.First == "" && len(d.List) > 0 {
		n.First = d.List[0].Case
	}
	return n
}

func publicityFiles(_ Frame, d Publicity) ([]Attachment, error) {
	n := d.notice()
	list, err := NoticeList(n.listName(), d.List)
	if err != nil {
		return nil, err
	}
	return []Attachment{{n.kind() + "稿.docx", documentType, Notice(n)}, {n.listName() + ".xlsx", sheetType, list}}, nil
}
