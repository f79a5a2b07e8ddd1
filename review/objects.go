package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
)

// Objects tells whether a text has words of objection. It is generous: a row too
// many costs staff one reply, an objection unread the award. What says that there
// is none, or stands in the notice itself, does not count.
func Objects(fresh string) bool {
	text := noObjection.ReplaceAllString(blanks.ReplaceAllString(fresh, ""), "")
	return objection.MatchString(text)
}

var (
	blanks      = regexp.MustCompile(`[\s\p{Z}\p{Cf}]+`)
	noObjection = regexp.MustCompile(`(?:无|没有|没|未有|未收到|未接到|未发现|未提出|未提|不存在|有无|是否有|是否存在|如有|若有|如果有|有任何)(?:任何|其他|其它|何|关于.{1,12}的)?` +
		`(?:(?:意见|问题|疑问|不实|虚假|弄虚作假|造假|异议|举报|投诉|质疑|失信|侵权)(?:和|或|及|与|、|行为|记录|情况|之处|信息|内容)*)+` +
		`|请以?书?面?(?:形式)?向我(?:厅|局|委|单位).{0,12}反映|以(?:单位|个人)名义反映`)
	objection = regexp.MustCompile(`[异異][议議]|[举舉][报報]|[检檢][举舉]|投[诉訴]|控告|申[诉訴]|[质質]疑|不实|不實|不属实|造假|虚假|虚构|伪造|虚报|虚高|抄袭|剽窃|侵权|盗用|冒用|顶替` +
		`|失信|被执行人|行政处罚|安全事故|刷单|不符合|不具备|不公[平正]?|暗箱|黑幕|反对|不同意|不应当?(?:该)?(?:入选|列入|获评|参评)|取消.{0,12}(?:资格|入选|名单)|请.{0,8}(?:核查|查处|调查)` +
		`|(?:[现特想要需兹]|向.{1,12}|实名|匿名|来信|致函|书面|群众|有人|员工|网友|客户|我们?|本人|单位)反映|反映.{0,10}(?:问题|情况|如下|以下)`)
)

// TakeObjection puts a mail with words of objection before staff at once, while
// the list is public; letters are those of ours that it refers to. It answers
// nobody. The result is false if the mail is none.
func (b *Bench) TakeObjection(m *intake.Mail, fresh string, letters []outbox.Letter) bool {
	if !b.Objectionable() {
		return false
	}
	further := b.follows(m, letters)
	if further == "" && !Objects(m.Subject+"\n"+fresh) {
		return false
	}
	m.Unhandled, m.Reason = true, "来信似对公示名单有异议"
	text := fmt.Sprintf("%s（%s）来信《%s》似对公示名单有异议，请核实：“%s”", cmp.Or(m.Name, m.City, "来信人"), m.From, clip(m.Subject, 60), clip(fresh, 120))
	if further != "" {
		m.Reason = "异议" + further + "的后续来信"
		text = fmt.Sprintf("%s（%s）就异议%s再次来信《%s》，请阅：“%s”", cmp.Or(m.Name, m.City, "来信人"), m.From, further, clip(m.Subject, 60), clip(fresh, 120))
	}
	b.AddRow(intake.Row{ID: "objects/" + m.SHA256, Kind: objectsKind, Mail: m.SHA256, Urgent: true, Text: text,
		Replies: []string{"登记异议 " + cmp.Or(b.aimed(m.Subject+"\n"+fresh), "案例编号"), "无关"}})
	return true
}

// follows gives the objection whose acknowledgement or end the mail answers.
func (b *Bench) follows(m *intake.Mail, letters []outbox.Letter) string {
	for _, l := range letters {
		kind, rest, _ := strings.Cut(l.Key, "/")
		number, _, _ := strings.Cut(rest, "/")
		if o := b.objections[number]; (kind == "objection" || kind == "objection-settled") && o != nil && strings.EqualFold(l.To, m.From) {
			return number
		}
	}
	return ""
}

// aimed is the one case that a text names, by number or by unit; "" if that is
// not certain.
func (b *Bench) aimed(text string) string {
	var found []string
	for _, n := range b.Numbers(text) {
		if b.Case(n) != nil {
			found = append(found, n)
		}
	}
	for _, c := range b.cases(b.Panel.Cases) {
		if len([]rune(c.Unit)) > 3 && strings.Contains(text, c.Unit) && !slices.Contains(found, c.Number) {
			found = append(found, c.Number)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}
