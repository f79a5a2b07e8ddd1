package templates

import (
	"fmt"
	"strings"
)

// AwardPack brings staff the material for making the awards known. The archives
// go along as attachments of the caller's.
func (f Frame) AwardPack(d AwardPack) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	d.lead(s)
	if len(d.List) > 0 {
		s.put(para, "入选名单见附件（入选名单.xlsx）。")
	}
	if len(d.Zips) > 0 {
		s.put(ask, "文字简介摘自申报表，发布前请审改。全部材料也可请运维人员用 anli export 导出到文件夹。")
		s.put(label, "附件")
		bullets(s, d.Zips)
	}
	if len(d.Cases) > 0 {
		s.begin(plain)
		s.put(label, d.label())
		for _, c := range d.Cases {
			strong, tail := c.title()
			s.put(item, "· "+strong, "", tail+"　"+c.contents())
			if c.Note != "" {
				s.put(under, "→ "+c.Note)
			}
		}
	}
	subject := "【宣传材料】入选案例材料"
	if len(d.Zips) == 0 {
		subject = "【宣传材料】总量过大，请导出"
	}
	if d.Parts > 1 {
		subject = fmt.Sprintf("【宣传材料%d/%d】入选案例材料", d.Part, d.Parts)
	}
	return f.close(f.subject(subject, d.Title), s)
}

// lead says what comes along; without an archive that nothing does.
func (d AwardPack) lead(s *sheet) {
	const inside = "每个案例一个文件夹，内有LOGO、照片、宣传图片和一页文字简介。"
	if len(d.Zips) == 0 {
		s.put(lead, "您好！"+quoted(d.Title)+"宣传材料", "总量过大，未随邮件发送", "。")
		s.put(ask, "请运维人员用 anli export 导出到文件夹（其中的“award”）。"+inside+"文字简介摘自申报表，发布前请审改。")
		return
	}
	part := ""
	if d.Parts > 1 {
		part = fmt.Sprintf("（第%d封，共%d封）", d.Part, d.Parts)
	}
	s.put(lead, "您好！"+quoted(d.Title)+"宣传材料"+part+"见附件，", fmt.Sprintf("本封%d个案例", len(d.Cases)), "。"+inside)
}

func (d AwardPack) label() string {
	if len(d.Zips) == 0 {
		return "导出的材料中的案例"
	}
	return "本封材料中的案例"
}

// contents is LOGO1个、照片3张、宣传图片3张.
func (c PackCase) contents() string {
	var out []string
	for _, x := range []struct {
		what string
		n    int
		of   string
	}{{"LOGO", c.Logos, "个"}, {"照片", c.Photos, "张"}, {"宣传图片", c.Promos, "张"}} {
		out = append(out, fmt.Sprintf("%s%d%s", x.what, x.n, x.of))
	}
	return strings.Join(out, "、")
}

// awardPackFiles is the final list, with the first mail.
func awardPackFiles(_ Frame, d AwardPack) ([]Attachment, error) {
	if len(d.List) == 0 {
		return nil, nil
	}
	list, err := AwardList(d.Title, d.List)
	if err != nil {
		return nil, err
	}
	return []Attachment{{"入选名单.xlsx", sheetType, list}}, nil
}
