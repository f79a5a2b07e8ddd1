package score

import (
	"regexp"
	"strings"
)

// What he says in words: a case he may not or will not score, whether he takes
// part, questions, absences. Each wants its own words; what only sounds like one
// of them stays prose.

var (
	recusal   = regexp.MustCompile(`回避(?:$|[^要制规原情形义事纪条承声])|避嫌`)
	noRecusal = regexp.MustCompile(`(?:无需|无须|不需要?|不用|没有|不存在|未发现|暂无|无|不必|不属于|不涉及|不)[^,，。;；]{0,8}(?:回避|避嫌)|(?:是否|要不要|需不需要|用不用|应否)[^,，。;；]{0,6}(?:回避|避嫌)|(?:回避|避嫌)[^,，。;；]{0,4}(?:吗|么|\?)`)
	abstain   = regexp.MustCompile(`弃权|放弃(?:评分|评审|打分|评议)|不(?:予|作|做|参与|便|再|宜)?(?:评分|打分|评审|评议|评价|赋分)|不评|不给分|(?:无法|难以|不能)(?:评分|打分|评判|评价|评审|判断)`)
	noAbstain = regexp.MustCompile(`不弃权|没有弃权|无弃权|(?:是否|能否|可否|可以)[^,，。;；]{0,4}(?:弃权|不评)|(?:弃权|不评)[^,，。;；]{0,4}(?:吗|么|\?)`)
	interest  = regexp.MustCompile(`博士生|研究生|学生|同门|亲戚|家属|配偶|爱人|夫妻|子女|兄弟|校友|董事|监事|课题合作|横向课题|委托|咨询费|利益关系|利害关系|利益冲突|关联关系|亲属|任职|兼职|顾问|持股|股东|股份|有合作|合作关系|参与过|我单位|本人所在|我的学生|师生`)

	// not the word itself, but a reason and that he had better not
	unfit = regexp.MustCompile(`(?:不适合|不合适|不宜|不便|不方便|不该|不应|不能)[^,，。;；]{0,10}(?:打分|评分|评审|评|打|参与|介入)|换(?:给)?(?:一?个)?(?:别的|其他|其它)?专家|请(?:安排|换)(?:别的|其他|其它)`)

	accepts  = regexp.MustCompile(`^(?:收到[,，]?)?(?:本人|我)?(?:已收到[,，]?)?(?:非常)?(?:同意|愿意|乐意|可以|接受|能够?|确认参加|确认担任)(?:参加|担任|参与|接受|邀请|评审|评分|本次|此次|这次|贵处|该|专家|工作|案例|任务|的|作为|做|为|任|和|以及|按时|完成)*$`)
	meeting  = regexp.MustCompile(`会议|评审会|现场|座谈|论坛|培训|答辩|碰头|开会|这个会|的会`)
	declines = regexp.MustCompile(`实难|恐难|另请|另择|另选|另外安排专家|换(?:其他|别的)专家评审|(?:不能|无法|不便|不克|难以|没法|不再|不)(?:按时|继续|如期|再)?(?:参加|参与|担任|承担|接受(?:邀请)?|出任)|(?:不能|无法|难以)(?:继续|按时)?(?:完成)?(?:本次|此次|这次)?(?:的)?(?:评审|评分)工作|谢绝|婉拒|婉谢|退出(?:本次|此次|这次)?评审|辞去`)
	confirms = regexp.MustCompile(`^(?:本人|我)?(?:已|再次|特此)?(?:核对|核实|核查)?(?:其余|其他)?(?:过)?(?:[,，])?(?:以上|上述|所列|记录的?|登记的?)?(?:内容|评分|分数|分值|记录|打分|成绩|各项)?(?:均|都|全部)?(?:已)?(?:予以)?(?:确认|无误|没有问题|没问题|正确|准确|属实|一致|核对无误|确认无误|可以确认)(?:[,，]?(?:确认|无误|没有问题|没问题|正确|提交|以上评分|以上分数|评分|是本人提交|系本人提交|是我提交的|系我本人提交|本人提交))*$`)

	away   = regexp.MustCompile(`出差|休假|外出|请假|出国|年假|不在(?:办公室|岗|广州|单位|国内)|住院|出访|境外|国外|访学|隔离|暂时?(?:不能|无法|难以|不便)`)
	until  = regexp.MustCompile(`至|到|返|回|期间|后|才能|再|归|结束|之前|前`)
	asking = regexp.MustCompile(`请核实|是否有误|是否|\?|请问|请教|想问|问一下|咨询|请告知|请明示|请示|打不开[^,，。;；]{0,12}[,，。;；].*(?:发|换|重)|能否|可否|是否可以|是否需要|是不是|怎么|如何(?:填|评|打|处理|登记|理解|计)|吗(?:$|[,，。])|麻烦(?:补|发|提供|告知|再发)|请(?:补发|重发|再发|告知|提供|解释|说明)`)

	polite = regexp.MustCompile(`^(?:尊敬的.{0,12}|各位.{0,6}|.{0,10}(?:老师|领导|处长|同志|科长)[,:!]?(?:您好|你好|好)?|您好|你好|大家好|收到|已收到|好的?|谢谢|多谢|非常感谢|感谢|辛苦了?|祝好|顺祝.{0,8}|此致|敬礼|顺颂.{0,8}|祝.{0,8}|致礼|附件|见附件|请查收|请见附件|评分如下|打分如下|现将评分.{0,12}|请审阅|请收悉|以上|如下|回复如下|谢谢您?|致以.{0,8})$`)
)

// sentence is a part of a line between full stops.
func sentences(p piece) []piece {
	var out []piece
	from := 0
	for i, it := range p.items {
		if it.kind == kMark && strings.ContainsRune("。;!?", it.mark) || i+1 == len(p.items) {
			out = append(out, piece{p.l, p.items[from : i+1]})
			from = i + 1
		}
	}
	return out
}

// folded is a sentence without spaces and without the mark at its end.
func (p piece) folded() string {
	if len(p.items) == 0 {
		return ""
	}
	text := p.l.text
	if p.l.said != nil {
		text = p.l.said
	}
	s := string(text[p.items[0].a:p.items[len(p.items)-1].b])
	return strings.Trim(strings.ReplaceAll(s, " ", ""), "。;!,.\t~")
}

// wordsOf reads recusals and abstentions, also several in a line, and what he says
// of himself. True says that the line is done with.
func (r *reader) wordsOf(p piece) bool {
	s := p.folded()
	if r.c.noting && p.items[0].kind != kCase && !hasAnyPrefix(s, []string{"回避", "弃权", "申请回避"}) {
		return false
	}
	if r.withdrawn(p) {
		if doubtful.MatchString(s) {
			if !p.l.quoted {
				r.out.questions = append(r.out.questions, p.l.all())
			}
			return true
		}
		if !p.l.quoted && clause(s, accepts) && !negated.MatchString(s) {
			r.out.accept = true // 同意，回避 0012
		}
		return r.withdraws(p)
	}
	if p.l.quoted || r.sheet {
		return false
	}
	if f := r.values(p); len(f.claims) > 0 || f.says() && (f.pointed() || !asking.MatchString(strings.ReplaceAll(s, "?", ""))) {
		if len(f.claims) > 0 && clause(s, confirms) && !negated.MatchString(s) {
			r.out.confirm = true // 其余均无误，只有0021的示范性应为16.5
		}
		r.asks(p)
		return false
	}
	done := false
	for _, q := range sentences(p) {
		done = r.sentence(q) || done
	}
	return done
}

// sentence reads what he says of himself.
func (r *reader) sentence(p piece) bool {
	s := p.folded()
	n := len([]rune(s))
	words := p.words(0)
	switch {
	case n == 0 || n > 200:
		return false
	case declines.MatchString(s) && (meeting.MatchString(s) || strings.Contains(s, "但")):
		r.out.questions = append(r.out.questions, words)
	case declines.MatchString(s) && !strings.HasSuffix(s, "?"):
		r.out.decline, r.out.why = true, words
	case n <= 60 && clause(s, accepts) && !negated.MatchString(s):
		r.out.accept = true
	case n <= 60 && clause(s, confirms) && !negated.MatchString(s):
		r.out.confirm = true
	case away.MatchString(s) && until.MatchString(s) && !strings.HasSuffix(s, "?"):
		r.out.absence = append(r.out.absence, words)
	case asking.MatchString(s):
		r.out.questions = append(r.out.questions, words)
	default:
		return false
	}
	return true
}

// asks finds a question to us in a line with scores.
func (r *reader) asks(p piece) {
	for _, q := range sentences(p) {
		if s := q.folded(); asking.MatchString(s) && toUs.MatchString(s) {
			if f := r.values(q); !f.says() {
				r.out.questions = append(r.out.questions, q.words(0))
			}
		}
	}
}

// toUs are words of a question to the division, not of one that a comment asks.
var toUs = regexp.MustCompile(`请|我们|贵处|贵厅|你们|您|能否|可否|麻烦|怎么|如何`)

var negated = regexp.MustCompile(`不同意|不能|无法|未确认|没确认|待确认|\?|吗`)

// clause tells whether a part between commas is said as re has it.
func clause(s string, re *regexp.Regexp) bool {
	for c := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == '，' || r == ':' || r == ' ' }) {
		if re.MatchString(c) {
			return true
		}
	}
	return false
}

// plain keeps a line that is none of all this: a comment, if it stands right below
// scores, else prose.
func (r *reader) plain(p piece) {
	s := p.l.all()
	if p.l.quoted && r.c.heading != ourHeading || r.sheet || s == "" {
		return
	}
	if at, why := r.current(); why == "" && (r.c.heading == hisHeading || r.c.heading == ourHeading && !r.c.strayed) && len([]rune(s)) >= 6 && !polite.MatchString(p.folded()) {
		r.out.comments = append(r.out.comments, remark{at, s})
		return
	}
	if !p.l.quoted && !polite.MatchString(p.folded()) {
		r.out.prose = append(r.out.prose, s)
	}
}
