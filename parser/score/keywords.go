package score

// keywords are the words that matter between numbers.
var keywords = []struct {
	word string
	kind kind
}{

	{"合计得分", kTotal}, {"合计", kTotal}, {"总得分", kTotal}, {"总评分", kTotal}, {"总成绩", kTotal}, {"总计", kTotal}, {"总分值", kTotal}, {"总分", kTotal}, {"共计", kTotal}, {"综合得分", kTotal}, {"综合评分", kTotal}, {"小计", kTotal}, {"总和", kTotal}, {"总评", kTotal},
	{"改为", kChange}, {"改成", kChange}, {"更正为", kChange}, {"调整为", kChange}, {"修改为", kChange}, {"变更为", kChange}, {"更改为", kChange}, {"调为", kChange}, {"调到", kChange}, {"改到", kChange}, {"更正成", kChange}, {"应该改为", kChange}, {"应改为", kChange}, {"应为", kChange}, {"应该是", kChange}, {"应该为", kChange}, {"应是", kChange}, {"应当是", kChange}, {"应当为", kChange}, {"→", kChange}, {"->", kChange}, {"⇒", kChange},
	{"满分", kFull},
}

// notes begin a comment where : or a border follows, or the line begins with them.
var notes = []string{"评审意见", "专家意见", "评审评语", "专家评语", "简要评语", "综合评价", "综合意见", "总体评价", "评语", "点评", "简评", "意见", "评价", "备注", "理由", "说明", "建议"}

func (s *scanner) keywordAt(i int) (kind, int) {
	rest := s.text[i:]
	if !s.x.starts[rest[0]] && rest[0] != '共' {
		return 0, 0
	}
	for _, k := range keywords {
		if !hasPrefix(rest, k.word) {
			continue
		}
		end := i + len([]rune(k.word))
		if k.kind == kFull {
			return kFull, s.fullEnd(end)
		}
		return k.kind, end
	}
	if rest[0] == '共' && !s.glued(i) && isDigit(s.at(s.skipSpace(i+1))) {
		return kTotal, i + 1
	}
	for _, w := range notes {
		if !hasPrefix(rest, w) {
			continue
		}
		end := i + len([]rune(w))
		next := s.at(s.skipSpace(end))
		if next == ':' || next == '\t' || s.atStart(i) && (next == 0 || next != s.at(end)) || s.at(i-1) == '\t' && next == 0 {
			return kNote, end
		}
	}
	return 0, 0
}

// fullEnd takes in the number of 满分30分.
func (s *scanner) fullEnd(end int) int {
	k := s.skipSpace(end)
	if s.at(k) == '为' {
		k++
	}
	e := k
	for isDigit(s.at(e)) {
		e++
	}
	if e == k {
		return end
	}
	if s.at(e) == '分' {
		e++
	}
	return e
}

// known tells whether something that we know by name begins at i.
func (s *scanner) known(i int) bool {
	if i >= len(s.text) {
		return false
	}
	if _, _, ok := s.criterionAt(i); ok {
		return true
	}
	if _, end := s.keywordAt(i); end > 0 {
		return true
	}
	if _, _, ok := s.caseAt(i); ok {
		return true
	}
	return hasAny(s.text[i:], []string{"其余", "其他", "评"})
}

// joins tells words that lead from a criterion or a case to its number.
func joins(t []rune) bool {
	for len(t) > 0 {
		n := 0
		for _, w := range joiners {
			if hasPrefix(t, w) {
				n = len([]rune(w))
				break
			}
		}
		if n == 0 {
			return false
		}
		t = t[n:]
	}
	return true
}

var joiners = []string{"得分", "评分", "打分", "分数", "分值", "给分", "赋分", "给出", "给予", "评定", "各项", "五项", "依次", "分别", "如下", "其中", "打", "给", "评", "得", "为", "是", "计", "我", "本人", "项", "方面", "部分", "的", "案例", "这", "一", "该", "和", "与", "及", "更正", "补充", "补", "现", "将", "把", "也", "就", "则", "那", "算", "拿", "分", "最终", "最后", "合", "共", "请按", "请", "后", "现在"}
