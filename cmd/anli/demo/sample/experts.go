package sample

// Expert is one of the panel of the demo. All are invented.
type Expert struct {
	Name         string
	Address      string
	Organisation string
	Field        string
	Avoid        string
	Program      Client
}

// Experts are the panel, in the order of the department's list.
func Experts() []Expert {
	return []Expert{
		{"陈知行", "chen.zhixing@univ.example", "岭南某大学", "电商平台", "", Foxmail},
		{"林望舒", "lin.wangshu@inst.example", "某商业经济研究院", "电商服务", "", NetEase},
		{"黄远帆", "huang.yuanfan@assoc.example", "某电子商务协会", "电商营销", "", QQ},
		{"何砚秋", "he.yanqiu@poly.example", "某职业技术学院", "电子商务企业", "珠海市某湾渔业有限公司", Outlook},
		{"罗景明", "luo.jingming@univ2.example", "珠江某大学", "数商兴农", "", Foxmail},
		{"梁思齐", "liang.siqi@consult.example", "某咨询公司", "丝路电商", "", QQ},
		{"邓若谷", "deng.ruogu@inst2.example", "某产业研究所", "电商+产业带", "", NetEase},
	}
}

// Roster is the department's list of experts as a table.
func Roster() Sheet {
	s := Sheet{Name: "专家名单", Rows: [][]string{{"序号", "姓名", "工作单位", "电子邮箱", "专业领域", "回避单位"}}}
	for i, e := range Experts() {
		s.Rows = append(s.Rows, []string{string(rune('1' + i)), e.Name, e.Organisation, e.Address, e.Field, e.Avoid})
	}
	return s
}

// mail is a mail of this expert.
func (e Expert) mail() Mail { return Mail{Client: e.Program, From: e.Address, FromName: e.Name} }
