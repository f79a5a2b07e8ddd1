package form

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"anli/parser/document"
)

// A maker draws forms as people fill them in, with what a careful person would read
// in them. It shares no code with the reader.
type maker struct {
	*rand.Rand
	want map[string]string
	how  []string // what was chosen, for a failure's message
}

// pick chooses one and remembers it.
func (m *maker) pick(what string, from ...string) string {
	s := from[m.IntN(len(from))]
	m.how = append(m.how, what+"="+strings.ReplaceAll(s, "\n", "⏎"))
	return s
}

func (m *maker) chance(what string, of int) bool {
	yes := m.IntN(of) == 0
	if yes {
		m.how = append(m.how, what)
	}
	return yes
}

// spread writes a label as narrow columns and typists do.
func (m *maker) spread(label string) string {
	r := []rune(label)
	switch m.IntN(6) {
	case 0:
		return strings.Join(strings.Split(label, ""), " ")
	case 1:
		at := 1 + m.IntN(len(r)-1)
		return string(r[:at]) + "\n" + string(r[at:])
	case 2:
		return " " + strings.Join(strings.Split(label, ""), "　") + " "
	}
	return label
}

const (
	madeUnits = "佛山市某甲家居有限公司|广州某乙（集团）股份有限公司|深圳市ABC科技有限公司|顺德区某某电子商务协会|中山市某丙灯饰照明有限责任公司佛山分公司"
	madeCases = "家居产业带数字化供应链平台|“云上定制”直播基地项目|电商+产业带：陶瓷出海|某某园区一站式服务平台（一期）|数商兴农·荔枝上行"
	madeNames = "李试样|王 样本|欧阳某某|张三（董事长）|陈小一 副总经理"
	madeTexts = "公司成立于2015年，主营定制家居。\n2023年营业收入3.2亿元。|2023年实现网络零售额2.36亿元，同比增长31.5%。\n（一）主要做法：\n1.搭建平台；\n2.培训人员。|" +
		"依托产业带优势，联合120家企业共建。\n效益性方面表现突出，示范性强。\n联系电话：020-38009999（客服）|一是降本。二是增效；三是带动就业1500人。|采用SaaS 系统与 AI 技术，自研算法。\n参评单位：指联合体各方。"
)

func (m *maker) of(what, list string) string {
	return m.pick(what, strings.Split(list, "|")...)
}

// row is a box with a short value in one of the ways people lay it out.
func (m *maker) row(key, label, value string) string {
	m.want[key] = strings.Join(strings.Fields(strings.ReplaceAll(value, "\n", " ")), " ")
	label = m.spread(label)
	switch m.pick("layout "+key, "beside", "beside", "beside", "colon", "together", "under", "split", "two lines") {
	case "colon":
		return "|" + label + "：|{3}" + value + "|"
	case "together":
		return "|{4}" + label + m.pick("mark", "：", ":", "： ") + value + "|"
	case "under":
		return "|{4}" + label + "|\n|{4}" + value + "|"
	case "split":
		return "|" + label + "|{2}" + value + "||"
	case "two lines": // in one cell
		return "|{4}" + label + "\n" + value + "|"
	}
	return "|" + label + "|{3}" + value + "|"
}

// contacts is the row with two labels, or the boxes of a form that parts them.
func (m *maker) contacts() string {
	name := m.of("contact", madeNames+"|王样本、李试样")
	phone := m.pick("phone", "13800001234", "0757-83001234", "（020）38001234", "138 0000 1234", "020-38001234转801", "13800001234、0757-83001234")
	mail := m.pick("mail", "yangben@jiaju.example", "ds_2024@qiye.example.cn", "13800001234@qq.example")
	m.want["contact"], m.want["phone"], m.want["email"] = name, phone, mail
	both := m.pick("both", phone+"\n"+mail, mail+"\n"+phone, phone+"，"+mail, phone+"；"+mail, "电话："+phone+"\n邮箱："+mail, "手机："+phone+" 邮箱："+mail, mail+"/"+phone, phone+" / "+mail, "邮箱："+mail+"；电话："+phone, "Tel："+phone+"\nE-mail："+mail)
	a, b := m.spread("日常联系人"), m.spread("联系电话及邮箱")
	switch m.pick("contact row", "two labels", "two labels", "own rows", "own boxes", "merged") {
	case "own rows":
		return "|" + a + "|{3}" + name + "|\n|" + b + "|{3}" + both + "|"
	case "own boxes":
		return "|" + a + "|" + name + "|联系电话|" + phone + "|\n|^|^|" + m.pick("mail label", "邮箱", "电子邮箱", "E-mail", "电子邮件") + "|" + mail + "|"
	case "merged":
		return "|" + a + "|" + name + "|" + b + "|" + phone + "|\n|^|^|^|" + mail + "|"
	}
	return "|" + a + "|" + name + "|" + b + "|" + both + "|"
}

// categories is the box 参评领域 ticked as people tick.
func (m *maker) categories() string {
	names := call2024().Categories
	n := m.pick("ticked", "1", "1", "1", "2")
	ticked := map[int]bool{m.IntN(len(names)): true}
	for n == "2" && len(ticked) < 2 {
		ticked[m.IntN(len(names))] = true
	}
	on := m.pick("tick", "☑", "■", "☒", "√", "✓", "●", "R", "□√", "√□", "[√]", "（√）", "【√】", "behind", "behind bracket", "deleted", "wing")
	off := "□"
	var parts, want []string
	other := ""
	for i, name := range names {
		own := name
		if name == "其他电子商务" {
			own += m.pick("other", "（请说明）", " （请说明）", "（请说明：）")
			if ticked[i] {
				other = m.pick("explained", "跨境直播", "社区团购")
				own = name + m.pick("where", "（请说明："+other+"）", "（"+other+"）", "（请说明）："+other, "："+other)
			}
		}
		if ticked[i] {
			want = append(want, name)
		}
		parts = append(parts, m.box(on, off, own, ticked[i]))
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	m.want["categories"], m.want["other"] = strings.Join(want, " "), other
	sep := m.pick("between", " ", "  ", "\n", "　")
	label := m.spread("参评领域")
	if len(parts) == 9 && m.chance("fields in rows", 4) {
		return "|" + label + "|" + strings.Join(parts[:3], "|") + "|\n|^|" + strings.Join(parts[3:6], "|") + "|\n|^|" + strings.Join(parts[6:], "|") + "|"
	}
	return "|" + label + "|{3}" + strings.Join(parts, sep) + "|"
}

// box writes one field, ticked or not.
func (m *maker) box(on, off, name string, ticked bool) string {
	switch on {
	case "deleted":
		if ticked {
			return name
		}
		return ""
	case "behind":
		if ticked {
			return off + name + "√"
		}
		return off + name
	case "behind bracket":
		if ticked {
			return name + "（√）"
		}
		return name + "（ ）"
	case "wing":
		if ticked {
			return "\uf052" + name
		}
		return "\uf0a3" + name
	case "[√]", "（√）", "【√】":
		if !ticked {
			return strings.Replace(on, "√", " ", 1) + name
		}
	}
	if ticked {
		return on + name
	}
	return off + name
}

// part is one of the long parts: heading, perhaps the instruction, the text.
func (m *maker) part(key, number, heading, hint string) string {
	value := m.of(key, madeTexts)
	m.want[key] = value
	head := number + heading
	switch m.pick("instruction "+key, "gone", "left", "left in brackets", "retyped", "a line", "half") {
	case "left":
		return head + "：" + hint + "\n" + value
	case "left in brackets":
		return head + "（" + strings.TrimSuffix(hint, "。") + "）\n" + value
	case "retyped":
		return head + ":" + strings.NewReplacer("，", ",", "；", ";", "、", "，").Replace(hint) + "\n" + value
	case "a line":
		return head + "：\n" + hint + "\n" + value
	case "half":
		if _, rest, ok := strings.Cut(hint, "；"); ok {
			return head + "：" + rest + "\n" + value
		}
	}
	return head + m.pick("after", "：\n", "\n", "：", "。\n") + value
}

var madeParts = []struct{ key, heading, hint string }{
	{"background", "项目简介", "项目背景，项目需求，重点与难点等。"},
	{"innovation", "技术性与创新性", "项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。"},
	{"benefit", "效益性", "全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益。"},
	{"demonstration", "示范性", "在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。"},
}

func (m *maker) parts() []string {
	style := m.pick("numbers", "（一）（二）（三）（四）", "(一)(二)(三)(四)", "一、 二、 三、 四、", "1. 2. 3. 4.", "1、 2、 3、 4、", "（1）（2）（3）（4）")
	var numbers []string
	if strings.Contains(style, " ") {
		numbers = strings.Fields(style)
	} else {
		for n := range strings.SplitAfterSeq(strings.ReplaceAll(style, ")", "）"), "）") {
			numbers = append(numbers, n)
		}
	}
	var out []string
	for i, p := range madeParts {
		out = append(out, m.part(p.key, numbers[i], p.heading, p.hint))
	}
	return out
}

// form draws a whole form.
func (m *maker) form() string {
	title := m.pick("title", "广东省电子商务优秀案例申报表", "附件\n广东省电子商务优秀案例申报表", "广东省电子商务优秀案例申报表（2024年）", "广东省电子商务\\n优秀案例申报表")
	title = strings.ReplaceAll(title, "\\n", "⏎")
	rows := []string{
		m.row("unit", m.pick("unit label", "参评单位", "参评单位", "参评单位名称", "申报单位"), m.of("unit", madeUnits)),
		m.row("case", m.pick("case label", "参评案例（项目名称）", "参评案例（项目名称）", "参评案例", "案例名称"), m.of("case", madeCases)),
		m.categories(),
		m.row("prior_award", "该案例是否曾经获评其他奖励", m.pick("prior", "无", "否", "没有", "/", "2023年广东省示范项目（某某协会）", "是，2022年获评市级优秀案例")),
		m.row("leader", "项目主要负责人", m.of("leader", madeNames)),
		m.contacts(),
	}
	intro := m.part("intro", m.pick("one", "一、", "1.", "（一）"), "参评单位简介"+m.pick("limit", "（500字以内）", "（500 字以内）", ""), "参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等。")
	parts := m.parts()
	summary := m.pick("two", "二、案例概述：（2000 字左右）", "二、案例概述", "2.案例概述（2000字左右）")
	promise := "我单位承诺，此次申报“广东省电子商务优秀案例”，所有申报材料及所附资料和资质均真实、合法。\n参评单位（盖章）：\n" + m.pick("date", "年 月 日", "2024年10月9日")
	m.want["opinion"] = m.pick("opinion", "", "同意推荐。", "经审核，情况属实，同意推荐。")
	opinion := m.pick("opinion label", "市商务局意见：", "佛山市商务局意见：", "市商务局意见\n") + "\n" + m.want["opinion"] + "\n单位（盖章）：\n" + m.pick("date", "年 月 日", "2024年10月11日")
	long := []string{intro, summary + "\n" + strings.Join(parts, "\n"), promise, opinion}
	if m.chance("a cell a part", 3) {
		long = slices.Concat([]string{intro, summary}, parts, []string{promise, opinion})
	}
	if m.chance("long parts outside the table", 5) {
		return title + "\n" + cells(rows) + strings.Join(long, "\n")
	}
	for i := range long {
		long[i] = "|{4}" + long[i] + "|"
	}
	return title + "\n" + cells(append(rows, long...))
}

// cells writes table rows: a line end inside a cell becomes ⏎.
func cells(rows []string) string {
	var b strings.Builder
	for _, r := range rows {
		for _, line := range strings.Split(strings.ReplaceAll(r, "|\n|", "\x00"), "\x00") {
			line = strings.Trim(line, "|")
			b.WriteString("|" + strings.ReplaceAll(line, "\n", "⏎") + "|\n")
		}
	}
	return b.String()
}

// readMade gives what the reader reads, flattened as the maker's want.
func readMade(d document.Document) (map[string]string, Reading) {
	r := Read(d, call2024())
	out := map[string]string{}
	if r.Form == nil {
		return out, r
	}
	f := r.Form
	for k, v := range map[string]string{"unit": f.Unit, "case": f.Case, "prior_award": f.PriorAward, "leader": f.Leader, "contact": f.Contact, "phone": f.Phone, "email": f.Email,
		"categories": strings.Join(f.Categories, " "), "other": f.Other, "intro": f.Intro, "background": f.Background, "innovation": f.Innovation, "benefit": f.Benefit,
		"demonstration": f.Demonstration, "opinion": f.Opinion} {
		out[k] = v
	}
	return out, r
}

// Of forms filled in as people do, nearly every box is read to the letter, and a
// form that has all its boxes is never said to lack one.
func TestVariety(t *testing.T) {
	const forms = 1500
	wrong, boxes, lacking := map[string]int{}, 0, 0
	shown := 0
	for i := range forms {
		m := &maker{Rand: rand.New(rand.NewPCG(uint64(i), 2024)), want: map[string]string{}}
		drawing := m.form()
		got, r := readMade(sheet(drawing))
		if len(r.Missing) > 0 || !r.Commitment {
			if lacking++; shown < 12 {
				shown++
				t.Logf("form %d: missing %q, promise %v\n%s\n%s", i, r.Missing, r.Commitment, drawing, strings.Join(m.how, "; "))
			}
		}
		for key, want := range m.want {
			boxes++
			if got[key] == want {
				continue
			}
			if wrong[key]++; shown < 12 {
				shown++
				t.Logf("form %d: %s is read as %q, want %q\n%s", i, key, got[key], want, strings.Join(m.how, "; "))
			}
		}
	}
	n := 0
	for _, k := range wrong {
		n += k
	}
	summary := fmt.Sprintf("%d of %d boxes of %d forms are read otherwise (%.2f %% exact): %v; %d forms are said to lack something", n, boxes, forms, 100-100*float64(n)/float64(boxes), wrong, lacking)
	t.Log(summary)
	if n*200 > boxes || lacking > 0 {
		t.Error(summary)
	}
}
