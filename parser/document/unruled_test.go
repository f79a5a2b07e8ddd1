package document

import (
	"strings"
	"testing"
)

// textAt is a text set in 12 points.
type textAt struct {
	x, y float64
	text string
}

func set(lines []textAt) (out []glyph) {
	for _, l := range lines {
		x := l.x
		for _, c := range l.text {
			w := 12.0
			if !wide(c) && c != '□' && c != '☑' {
				w = 6
			}
			out = append(out, glyph{r: c, left: x, right: x + w, base: l.y, em: 12})
			x += w
		}
	}
	return out
}

func TestUnruled(t *testing.T) {
	form := []textAt{
		{150, 780, "广东省电子商务优秀案例申报表"},
		{100, 740, "参评单位"}, {200, 740, "惠州市某鞋履有限公司"},
		{100, 705, "参评领域"}, {200, 715, "□电商平台"}, {200, 695, "☑电商营销"},
		{80, 670, "该案例是否曾经获"}, {80, 650, "评其他奖励"}, {200, 660, "无"},
		{100, 610, "日常联系人"}, {200, 610, "何小六"}, {320, 620, "联系电话"}, {320, 600, "及邮箱"}, {420, 620, "13800005236"}, {420, 600, "a@b.example"},
		{80, 560, "一、参评单位简介（五百字以内，请写明主营业务和近年的营业收入）"},
	}
	const noTable = "no table"
	for _, c := range []struct {
		name  string
		lines []textAt
		want  string
	}{
		{"labels before values", form, "P 广东省电子商务优秀案例申报表\n" +
			"T |参评单位 |惠州市某鞋履有限公司\nT |参评领域 |□电商平台\n☑电商营销\nT |该案例是否曾经获\n评其他奖励 |无\n" +
			"T |日常联系人 |何小六 |联系电话\n及邮箱 |13800005236\na@b.example\nP 一、参评单位简介（五百字以内，请写明主营业务和近年的营业收入）"},
		{"rows of one line", []textAt{{80, 700, "名称"}, {150, 700, "甲公司"}, {80, 660, "类型"}, {150, 660, "有限公司"}, {80, 620, "住所"}, {150, 620, "某路一号"}, {80, 580, "期限"}, {150, 580, "长期"}},
			"T |名称 |甲公司\nT |类型 |有限公司\nT |住所 |某路一号\nT |期限 |长期"},

		{"too few", []textAt{{80, 700, "名称"}, {150, 700, "甲公司"}, {80, 660, "类型"}, {150, 660, "有限公司"}}, "P 名称\\t甲公司\nP 类型\\t有限公司"},
		{"a list", []textAt{{80, 700, "1."}, {110, 700, "项目背景"}, {80, 660, "2."}, {110, 660, "实施路径"}, {80, 620, "3."}, {110, 620, "成效"}, {80, 580, "4."}, {110, 580, "示范"}},
			"P 1. 项目背景\nP 2. 实施路径\nP 3. 成效\nP 4. 示范"},
		{"two columns of text", []textAt{{80, 700, "项目以统一的云仓系统把仓库"}, {300, 700, "自研的仓网调度算法降低了成"}, {80, 680, "连成一体，覆盖十二个地市的"}, {300, 680, "本，订单处理时长由两天缩短"},
			{80, 640, "商户，并与多个平台的系统打"}, {300, 640, "至六小时，带动就业一千五百"}, {80, 600, "通。"}, {300, 600, "人。"}, {80, 560, "成效显著"}, {300, 560, "可以推广"}}, noTable},
		{"running text", []textAt{{104, 700, "项目以统一的云仓系统把五个仓库连成一体"}, {80, 680, "覆盖十二个地市的商户，并与多个平台的系统打通"}, {104, 640, "自研的仓网调度算法降低了成本"}, {80, 620, "订单处理时长由两天缩短至六小时"}}, noTable},
	} {
		l := layOut(pageParts{number: 1, width: 595, height: 842, glyphs: set(c.lines)})
		l.settle()
		got := drawing(Document{Blocks: l.appendTo(nil)})
		if c.want == noTable && !strings.Contains(got, "T |") {
			continue
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
