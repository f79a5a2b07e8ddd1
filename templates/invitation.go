package templates

import "fmt"

// Invitation asks an expert to take part, and for 回避, before anything is sent.
func (f Frame) Invitation(d Invitation) Letter {
	f = f.toExpert()
	s := &sheet{}
	greetExpert(s, d.Expert)
	document := bracket(d.Document)
	s.put(lead, "您好！我处诚邀您担任"+d.Title+document+"评审专家，", fmt.Sprintf("评审案例%d个", len(d.Units)), d.dates()+"。")
	when := ""
	if d.Reply != "" {
		when = "在" + d.Reply + "前"
	}
	s.put(ask, "请先核对下列参评单位，再"+when+"直接回复本邮件，告知是否参加。以下写法任选其一：")
	s.put(item, "· 参加，与各单位均无需要回避的情形：请回复 ", "同意")
	s.put(item, "· 参加，个别案例需要回避：请回复 ", "回避 0000 理由", "（0000换成案例编号，有多个的用顿号隔开；这些案例不会寄给您）")
	s.put(item, "· 不便参加：请回复 ", "不能参加")
	d.units(s)
	d.grounds(s)
	s.begin(plain)
	s.put(label, "工作方式和要求")
	for _, line := range []string{
		"收到您的回复后，我处将把评分办法、评分表和案例材料发至本邮箱。评分也以回复邮件的方式进行，无需注册或登录。",
		"请独立评分。评审期间请勿就评审事宜与参评单位联系，如对方与您联系，请告知我处。",
		"参评名单、案例材料、评分和评审情况请予保密；材料仅供本次评审使用，请勿转发，评审结束后请自行删除。",
	} {
		s.put(item, "· "+line)
	}
	return f.close(f.subject(fmt.Sprintf("【评审邀请】案例%d个，请回复是否参加", len(d.Units)), d.Title), s)
}

// dates is ，评分时间为11月6日至11月20日24时.
func (d Invitation) dates() string {
	switch {
	case d.Start != "" && d.Deadline != "":
		return "，评分时间为" + d.Start + "至" + d.Deadline
	case d.Deadline != "":
		return "，评分截止时间为" + d.Deadline
	case d.Start != "":
		return "，评分自" + d.Start + "开始"
	}
	return ""
}

func (d Invitation) units(s *sheet) {
	s.begin(plain)
	s.put(label, fmt.Sprintf("参评单位和案例（%d个）", len(d.Units)))
	bullets(s, d.Units)
}

// grounds are those that such panels ask about; the last one is open.
func (d Invitation) grounds(s *sheet) {
	s.begin(plain)
	s.put(label, "有下列情形之一的，请申报回避")
	for i, g := range []string{
		"现在或近三年内在该单位任职，或担任董事、监事、顾问；",
		"持有该单位股份，或与其有其他投资关系；",
		"近三年内与该单位有项目合作、咨询、委托等经济往来，或参与过本案例的策划、申报；",
		"与该单位负责人或案例主要负责人有夫妻、直系血亲、三代以内旁系血亲或近姻亲关系；",
		"其他可能影响公正评审的情形。",
	} {
		s.put(item, fmt.Sprintf("%d. %s", i+1, g))
	}
}
