package score

import (
	"regexp"
	"strings"
)

// Scores that are no numbers: the same as another's, exchanged, raised by one, in
// tenths, in grades, as a ranking. They are asked back.

var (
	ditto    = regexp.MustCompile(`同上|同前|同样|一样|相同|一致|参照|照此|差不多|类似|相当|同\d{1,4}号?|同(?:第|案例|AL)|均为|都是|都给|各给|一律|统一给|全部(?:给|打|为)?满分|均(?:给|打)?满分|都(?:给|打)?满分`)
	theRest  = regexp.MustCompile(`其余(?:各项|几项|项目|案例|几个|几家|[两三四五六七]个|[两三四五六七]家|[两三四五六七]项|同|都|均|也|的?分)|其他(?:同|都|均|也|[两三四五六七]|几|案例)|其它|剩下|余下|另外(?:几|两|三|四)|(?:全部|所有|各|每个)案例|(?:全部|都|均)(?:给|打|为|是)`)
	swapped  = regexp.MustCompile(`对调|互换|调换|写反|弄反|搞反|颠倒|反了`)
	ratio    = regexp.MustCompile(`[一二三四五六七八九两\d.]+(?:折|成(?:$|[^立长交本熟功员果为品色都就]))`)
	relative = regexp.MustCompile(`(?:加|减|上调|下调|提高|降低|增加|减少|调高|调低|多给|少给|扣|升|降|高|低)(?:了|个)?[\d一二三四五六七八九十两半.]+(?:个)?分`)
	ranking  = regexp.MustCompile(`排序|排名|名次|(?:\d{4}|号)[>＞》〉]`)
	graded   = regexp.MustCompile(`(?:^|[\s:，,、/\t])(?:优秀?|良好?|中等?|差|一般|较好|及格|合格|[A-D][+-]?)(?:$|[\s，,、/。;\t])`)
	asBefore = regexp.MustCompile(`^(?:同上|同前|一样)|(?:分数|评分|打分|得分|分值)[^。;；]{0,14}(?:一样|相同|一致|同上)`)
	ownForms = regexp.MustCompile(`(?:表|附件|正文|邮件)[^。;；]{0,10}(?:一样|相同|一致)`)
	compared = regexp.MustCompile(`比|较|跟|与|和|同`)
	quietly  = regexp.MustCompile(`不变|维持|不动|照旧|没有变`)
)

// odd asks such a line back.
func (r *reader) odd(p piece) bool {
	s := p.folded()
	n := len([]rune(s))
	if n > 80 || r.c.noting {
		return false
	}
	named := p.cases()
	short, isShort := none, false
	if named == 0 {
		if short, isShort = r.namedIn(p); isShort {
			named = 1
		}
	}
	reason := Unclear
	switch {
	case n <= 40 && ditto.MatchString(s) && !ownForms.MatchString(s) && (named > 0 || theRest.MatchString(s) || asBefore.MatchString(s)):
		reason = Ditto
	case swapped.MatchString(s) && (named > 0 || p.criteria() > 0):
	case ratio.MatchString(s) && (named > 0 || p.criteria() > 0 || theRest.MatchString(s)):
	case relative.MatchString(s) && (named > 0 || p.criteria() > 0) && p.numbers(0) > 0 && n <= 60:
	case ranking.MatchString(s) && named > 1:
	case r.grades(p) && (named > 0 || r.c.at != none):
	default:
		return false
	}
	if f := r.values(p); len(f.claims) > 0 || f.pointed() {
		return false // what is certain is read, the rest comes back with it
	}
	r.flush()
	done := false
	for _, it := range p.items {
		if it.kind != kCase {
			continue
		}
		at, why := r.resolve(part{mention: it.mention, named: true})
		if why == "" {
			r.out.doubt(at, none, p.l.all(), reason)
			done = true
			if reason == Ditto || compared.MatchString(s) && !swapped.MatchString(s) {
				break // the second case is the pattern
			}
		}
	}
	if !done {
		at := none
		if isShort {
			at = short
		} else if p.cases() == 0 && !theRest.MatchString(s) {
			at, _ = r.current()
		}
		r.out.doubt(at, none, p.l.all(), reason)
	}
	r.follow(p)
	return true
}

// alikes asks back the cases of a line that has scores, too, which are only compared
// with another: 0009各项比0007低1分.
func (r *reader) alikes(p piece) {
	for _, part := range split(p, len(r.x.criteria)) {
		s := part.folded()
		if !part.named || len([]rune(s)) > 40 || !ditto.MatchString(s) && !relative.MatchString(s) && !ratio.MatchString(s) {
			continue
		}
		if f := r.part(part); f.says() {
			continue
		}
		if at, why := r.resolve(part); why == "" {
			r.out.doubt(at, none, part.words(0), Ditto)
		}
	}
}

// grades tells at least two grades in words, or one behind a criterion.
func (r *reader) grades(p piece) bool {
	s := strings.TrimSpace(string(p.l.text))
	n := 0
	for len(s) > 0 {
		at := graded.FindStringIndex(s)
		if at == nil {
			break
		}
		n++
		s = s[at[0]+1:]
		if i := strings.IndexAny(s, " ,、/\t"); i > 0 {
			s = s[i:]
		} else {
			break
		}
	}
	return n >= 2
}

// cases counts the cases that are named, criteria the criteria.
func (p piece) cases() int {
	n := 0
	for _, it := range p.items {
		if it.kind == kCase {
			n++
		}
	}
	return n
}

func (p piece) criteria() int {
	n := 0
	for _, it := range p.items {
		if it.kind == kCriterion {
			n++
		}
	}
	return n
}

// provisional are words by which all that is written does not count yet, or is not
// his.
var provisional = regexp.MustCompile(`初步(?:打|评|给|拟)|(?:我|按)?自己的理解|(?:回来|看过|过目|确认|审定|核定|商量)(?:后|之后)?再(?:定|报|算|确认)|(?:分数|打分|评分|以上|上述|这些分?)(?:都|均|全|仅|只)?(?:还|尚)?(?:是|为|属|系)?(?:暂定|草稿|初稿|未定稿|待定)|草稿|未定稿|试打|试评|试填|模拟打分|(?:不是|并非|非)最终|未经[^,，。;；]{0,8}(?:确认|同意|过目|审阅|审核)|(?:还|尚)?(?:没|未)(?:有)?(?:给|经|让)?[^,，。;；]{0,6}(?:看过|过目|确认过)|以[^,，。;；]{0,8}为准[^,，。;；]{0,4}(?:另|后)|正式(?:评分|分数|打分)[^,，。;；]{0,6}(?:另|稍后|以后|随后)`)
