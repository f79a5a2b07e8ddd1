package command

import (
	"reflect"
	"testing"
)

func TestJudgingLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		verb  string
		rows  []int
		codes []string
		args  []string
		rest  string
	}{
		{"3 通过", "通过", []int{3}, nil, nil, ""},
		{"3、5-7 通过", "通过", []int{3, 5, 6, 7}, nil, nil, ""},
		{"通过 AL2024-0003、AL2024-0005", "通过", nil, []string{"AL2024-0003", "AL2024-0005"}, nil, ""},
		{"通过 0003，0005", "通过", nil, []string{"0003", "0005"}, nil, ""},
		{"AL2024-0003 通过", "通过", nil, []string{"AL2024-0003"}, nil, ""},
		{"al2024-0003 不通过 主营业务不在广东", "不通过", nil, []string{"AL2024-0003"}, nil, "主营业务不在广东"},
		{"不通过 AL2024-0003 理由：列入失信名单", "不通过", nil, []string{"AL2024-0003"}, nil, "列入失信名单"},
		{"2 不通过 2023年发生较大事故", "不通过", []int{2}, nil, nil, "2023年发生较大事故"},
		{"暂不通过 AL2024-0003", "", nil, nil, nil, ""},
		{"拟通过 AL2024-0003", "", nil, nil, nil, ""},
		{"0003 通过", "通过", nil, []string{"0003"}, nil, ""},
		{"通过吗", "", nil, nil, nil, ""},
		{"AL2024-0003 通过吗", "", nil, nil, nil, ""},
		{"通过", "", nil, nil, nil, ""},              // which?
		{"不通过 AL2024-0003", "", nil, nil, nil, ""}, // why?
		{"通过 第三个", "", nil, nil, nil, ""},          // no code
		{"启动评审", "启动评审", nil, nil, nil, ""},        //
		{"启动评审吧", "", nil, nil, nil, ""},           //
		{"试运行 启动评审", "启动评审", nil, nil, nil, ""},    // Trial is another test's
		{"催评", "催评", nil, nil, nil, ""},            //
		{"催评 陈教授、吴研究员", "催评", nil, nil, []string{"陈教授", "吴研究员"}, ""},
		{"换专家 陈教授 为 吴研究员", "换专家", nil, nil, []string{"陈教授", "吴研究员"}, ""},
		{"换专家 陈教授", "", nil, nil, nil, ""},
		{"作废 陈教授 0007 与参评单位有合作", "作废", nil, []string{"0007"}, []string{"陈教授"}, "与参评单位有合作"},
		{"作废 陈教授 0007", "", nil, nil, nil, ""},
		{"认可 陈教授", "认可", nil, nil, []string{"陈教授"}, ""},
		{"代录 陈教授 AL2024-0007 27 22 18 8.5 9", "代录", nil, []string{"AL2024-0007"}, []string{"陈教授", "27", "22", "18", "8.5", "9"}, ""},
		{"代录 陈教授 0007 27分、22分、18、８.５、9", "代录", nil, []string{"0007"}, []string{"陈教授", "27", "22", "18", "8.5", "9"}, ""},
		{"代录 陈教授 0007", "", nil, nil, nil, ""},
	} {
		got := Staff(c.text)
		if len(got) != 1 {
			t.Errorf("%q: %d lines", c.text, len(got))
			continue
		}
		l := got[0]
		if c.verb == "" {
			if l.Verb != "" || l.Why == "" {
				t.Errorf("%q was understood as %+v", c.text, l)
			}
			continue
		}
		if l.Verb != c.verb || !reflect.DeepEqual(l.Rows, c.rows) || !reflect.DeepEqual(l.Codes, c.codes) || l.Rest != c.rest ||
			len(l.Args)+len(c.args) > 0 && !reflect.DeepEqual(l.Args, c.args) {
			t.Errorf("%q was understood as %+v", c.text, l)
		}
	}
}
