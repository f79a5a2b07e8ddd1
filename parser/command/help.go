package command

// Chapter is a part of what 帮助 answers: commands of one matter, as they are
// written.
type Chapter struct {
	Title  string
	Usages []string
}

// Help is how each command of staff is written, in the order in which a call goes.
func Help() []Chapter {
	var out []Chapter
	for _, part := range []struct {
		title string
		verbs []string
	}{
		{"信件", []string{"启用", "确认", "放行", "不发", "附言", "暂停发信", "恢复发信"}},
		{"来信", []string{"登记", "无关", "非密", "涉密", "登记邮箱", "停用邮箱", "市局邮箱表"}},
		{"案例", []string{"通过", "不通过", "补正", "免", "线下", "受理", "不受理", "归属", "合并", "撤回", "撤销", "改为", "采纳", "重查"}},
		{"资格查询", []string{"查询结果", "失信名单"}},
		{"期限和名额", []string{"延期", "名额", "补正截止", "节假日"}},
		{"评审", []string{"专家名单", "启动评审", "催评", "换专家", "作废", "认可", "代录", "结束评审", "排名"}},
		{"公示和认定", []string{"入选", "公示", "登记异议", "异议成立", "异议不成立", "认定"}},
		{"查看", []string{"进度", "案卷", "导出", "帮助"}},
	} {
		c := Chapter{Title: part.title}
		for _, v := range part.verbs {
			c.Usages = append(c.Usages, staffVerbs[v].usage)
		}
		out = append(out, c)
	}
	return out
}
