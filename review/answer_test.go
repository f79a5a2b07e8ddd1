package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"anli/intake"
	"anli/parser/score"
	"anli/templates"
)

// drawEcho is an echo in short.
func drawEcho(e templates.ScoreEcho) string {
	var out strings.Builder
	short := func(number string) string { return strings.TrimPrefix(number, "AL2024-") }
	for _, c := range e.Recorded {
		out.WriteString("recorded " + short(c.Number))
		for _, x := range c.Cells {
			value := x.Value
			if value == "" {
				value = "-"
			}
			if x.Was != "" {
				value += "(" + x.Was + ")"
			}
			out.WriteString(" " + value)
		}
		for _, mark := range []struct {
			on   bool
			word string
		}{{c.Recused, " recused"}, {c.Abstained, " abstained"}, {c.Total != "", " = " + c.Total}, {c.Comment != "", " “" + c.Comment + "”"}} {
			if mark.on {
				out.WriteString(mark.word)
			}
		}
		out.WriteString("\n")
	}
	if len(e.Open) > 0 {
		out.WriteString("open")
		for _, c := range e.Open {
			out.WriteString(" " + short(c.Number))
		}
		out.WriteString("\n")
	}
	for _, q := range e.Queries {
		fmt.Fprintf(&out, "asked %s “%s” %s\n", short(q.Number), q.Words, q.Why)
	}
	for _, n := range e.Notes {
		out.WriteString("note " + n + "\n")
	}
	if e.Complete {
		out.WriteString("complete\n")
	}
	if e.Unproved {
		out.WriteString("unproved\n")
	}
	return out.String()
}

// A table of mails: what stands in the ledger after all of them, and the echo of the
// last.
func TestAnswers(t *testing.T) {
	const asked = "open 0001 0002 0003\n"
	for _, x := range []struct {
		name, mails  string // mails are parted by a bar
		record, echo string
	}{
		{"whole", "0001 27 22.5 18", "jia 0001 27 22.5 18\n", "recorded 0001 27 22.5 18 = 67.5\nopen 0002 0003\n"},
		{"in part: the gap is open", "0001 27 - 18", "jia 0001 27 - 18\n", "recorded 0001 27 - 18\n" + asked},
		{"the gap is filled later", "0001 27 - 18|0001 - 22", "jia 0001 27 22 18\n", "recorded 0001 27 22 18 = 67\nopen 0002 0003\n"},
		{"corrected", "0001 27 22 18|0001 - 20", "jia 0001 27 20 18\n", "recorded 0001 27 20(22) 18 = 65\nopen 0002 0003\n"},
		{"said again", "0001 27 22 18|0001 27 22 18", "jia 0001 27 22 18\n", "recorded 0001 27 22 18 = 67\nopen 0002 0003\n"},
		{"all", "0001 27 22 18；0002 1 1 1；0003 0 0 0", "jia 0001 27 22 18\njia 0002 1 1 1\njia 0003 0 0 0\n",
			"recorded 0001 27 22 18 = 67\nrecorded 0002 1 1 1 = 3\nrecorded 0003 0 0 0 = 0\ncomplete\n"},
		{"a case that is not his", "0009 27 22 18", "", asked + "asked 0009 “27、22、18” 该案例不在请您评审的案例之内，未记录。请核对案例编号。\n"},
		{"recused", "0001 回避", "jia 0001 - - - recused\n", "recorded 0001 - - - recused\nopen 0002 0003\n"},
		{"scored, then recused: kept", "0001 27 22 18|0001 回避", "jia 0001 27 22 18 recused\n", "recorded 0001 27 22 18 recused = 67\nopen 0002 0003\n"},
		{"recused, then scored: asked", "0001 回避|0001 27 22 18", "jia 0001 - - - recused\n",
			"open 0002 0003\nasked 0001 “27、22、18” 您已对该案例声明回避，未记录。如系误报，请来电说明。\n"},
		{"both in one mail", "0001 27 22 18；0001 回避", "jia 0001 - - - recused\n",
			"recorded 0001 - - - recused\nopen 0002 0003\nasked 0001 “27、22、18” 您已对该案例声明回避，未记录。如系误报，请来电说明。\n"},
		{"a recusal of a case that is not his", "0009 回避", "", asked + "asked 0009 “有合作” 该案例不在请您评审的案例之内，未记录。请核对案例编号。\n"},
		{"abstained", "0001 弃权", "jia 0001 - - - abstained\n", "recorded 0001 - - - abstained\nopen 0002 0003\n"},
		{"abstained, then scored", "0001 弃权|0001 27 22 18", "jia 0001 27 22 18\n", "recorded 0001 27 22 18 = 67\nopen 0002 0003\n"},
		{"recused, then abstained", "0001 回避|0001 弃权；0002 弃权", "jia 0001 - - - recused\njia 0002 - - - abstained\n", "recorded 0002 - - - abstained\nopen 0003\n"},
		{"a comment beside", "0001 27 22 18 评语好", "jia 0001 27 22 18\n", "recorded 0001 27 22 18 = 67 “评语好”\nopen 0002 0003\n"},
		{"what is not clear", "0001 27 22 18；不清 0002 二十多", "jia 0001 27 22 18\n",
			"recorded 0001 27 22 18 = 67\nopen 0002 0003\nasked  “不清 0002 二十多” 未能确定含义，未记录。请写明案例编号和各项分数。\n"},
		{"a question beside", "0001 27 22 18；提问 可以用小数吗？", "jia 0001 27 22 18\n", "recorded 0001 27 22 18 = 67\nopen 0002 0003\nnote 您提出的问题已转经办同志，将由人工答复。\n"},
		{"declined, what was scored stays", "0001 27 22 18|不能参加", "jia 0001 27 22 18\n", "note 已登记您不能参加本次评审，不再向您发送评审材料。感谢您的回复。\n"},
	} {
		h := newHouse(t, nil)
		h.start()
		n := 0
		for _, text := range strings.Split(x.mails, "|") {
			n = h.mail(jia, true, text)
		}
		h.want(x.name, h.scores(), x.record)
		var e templates.ScoreEcho
		h.body("echo/"+h.sha(n)+"/"+jia, &e)
		h.want(x.name+": echo", drawEcho(e), x.echo)
	}
}

// Thanks, and what is for staff alone, are no reason to write to an expert.
func TestSilence(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	for _, text := range []string{"", "同意", "确认", "出差 11月20日前"} {
		n := h.mail(jia, true, text)
		if got := h.letters("echo/" + h.sha(n)); len(got) > 0 {
			t.Errorf("%q is answered: %s", text, got)
		}
	}
	h.now = h.now.Add(1e9)
	n := h.answer(jia, true, "", score.Answer{Prose: "附件请查收，27分。"})
	if got := h.letters("echo/" + h.sha(n)); len(got) > 0 {
		t.Errorf("prose is answered: %s", got)
	}
	if rows := strings.Join(h.rows(), "\n"); !strings.Contains(rows, "暂不能评审：出差 11月20日前") || !strings.Contains(rows, "未能识别出评分，请阅原信：附件请查收，×分。") {
		t.Errorf("rows: %s", rows)
	}
}

// An echo goes to the address that wrote, and nobody's but the writer's words are in it.
func TestEchoIsHisOwn(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(yi, true, "0001 11 12 13；0002 回避")
	n := h.mail("jia.2@a.example", true, "0001 27 22 18")
	var e templates.ScoreEcho
	h.body("echo/"+h.sha(n)+"/jia.2@a.example", &e)
	h.want("echo", drawEcho(e), "recorded 0001 27 22 18 = 67\nopen 0002 0003\n")
}

// What is quoted to an expert, a file's name or his own comment, names no other.
func TestEchoNamesNobody(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.People.Experts[1].Name = "林望舒" })
	h.start()
	a := written("0001 1 1 1 评语与林望舒老师看法一致")
	a.Queries = []score.Query{{Words: "评分表-林望舒.xlsx yi@b.example", Reason: score.ForeignSheet}}
	n := h.answer(jia, true, "", a)
	var e templates.ScoreEcho
	h.body("echo/"+h.sha(n)+"/"+jia, &e)
	if got := drawEcho(e); strings.Contains(got, "林望舒") || strings.Contains(got, yi) || !strings.Contains(got, "评分表-×××.xlsx") {
		t.Errorf("%s", got)
	}
}

// Every cell names the mail that brought it, also where one mail brings one cell.
func TestCellNamesItsMail(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	first := h.mail(jia, true, "0001 27 22 -")
	second := h.mail(jia, true, "0001 - 20 18")
	h.view(func(b *Bench) {
		sc := b.Scoring(jia, case1)
		for name, n := range map[string]int{"技术性与创新性": first, "效益性": second, "示范性": second} {
			if c := sc.Cells[name]; c.Mail != h.sha(n) || c.MessageID != fmt.Sprintf("%d@mail.example", n) {
				t.Errorf("%s is of %s", name, c.MessageID)
			}
		}
	})
}

// A mail that came earlier and is read later (people moved it out of Junk) takes no
// place of what came after it; he is asked where they differ.
func TestReadLate(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	came := h.now
	h.mail(jia, true, "0001 27 22 18；0002 弃权")
	h.n++
	h.take(h.n, came, jia, true, "", written("0001 20 22；0002 10 10 10；0003 1 1 1"))
	h.want("scores", h.scores(), lines("jia 0001 27 22 18", "jia 0002 10 10 10 abstained", "jia 0003 1 1 1"))
	var e templates.ScoreEcho
	h.body("echo/"+h.sha(h.n)+"/"+jia, &e)
	if len(e.Queries) != 1 || e.Queries[0].Number != case1 || e.Queries[0].Words != "20" {
		t.Errorf("%+v", e.Queries)
	}
}

// Before the close no figure of an expert's words is shown to staff; case numbers and
// dates are.
func TestMasked(t *testing.T) {
	for text, want := range map[string]string{
		"AL2024-0007的效益性22分可以吗？":    "AL2024-0007的效益性×分可以吗？",
		"0007我打８.５，可以吗":             "×我打×，可以吗",
		"效益性二十二可以吗":                 "效益性×可以吗",
		"技术二十七点五，示范性八分":             "技术×，示范性×",
		"示范性九，整体实力十。":               "示范性×，整体实力×。",
		"数据完整性 七":                   "数据完整性 ×",
		"打柒分":                       "打×",
		"11月20日前出差，12月2日返回，15号可联系":  "11月20日前出差，12月2日返回，15号可联系",
		"2024年第一批，十分感谢，第三方检测报告在哪里？": "2024年第一批，十分感谢，第三方检测报告在哪里？",
		"回复：【请评分】3个案例【K7Q2-9MXD】":   "回复：【请评分】3个案例【K7Q2-9MXD】",
		"27-28": "×-×",
	} {
		if got := Masked(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// No row shows staff a score, in whatever words it came.
func TestRowsAreSealed(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "提问 0001效益性打23还是二十四？")
	h.mail(yi, true, "出差 回来后0002打25")
	h.mail(bing, true, "不能参加 0003已打26")
	h.mail(jia, false, "0001 27 22 18；0002 回避")
	h.stranger("甲", "0003 29 24 19")
	rows := strings.Join(h.rows(), "\n")
	for _, figure := range []string{"23", "二十四", "25", "26", "27", "22", "29", "19"} {
		if strings.Contains(rows, figure) {
			t.Errorf("%s is shown:\n%s", figure, rows)
		}
	}
	if n := strings.Count(rows, "\n"); n != 4 {
		t.Errorf("%d rows:\n%s", n+1, rows)
	}
}

// All that was written to an expert is known when his answer is read, and nothing that
// was written to another.
func TestLettersTo(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.Invite = true })
	h.start()
	h.mail(yi, true, "同意")
	h.mail(jia, true, "同意")
	h.due()
	h.send()
	h.mail(yi, true, "0001 1 1 1")
	first := h.mail(jia, true, "0001 27 22 18")
	asked := h.mail("jia.2@a.example", true, "不清 0002 二十多")
	claim := h.stranger("甲", "0003 1 1 1")
	h.order(func(b *Bench) (bool, string) { return b.Urge(nil, "m") })
	var got []string
	h.view(func(b *Bench) {
		for _, l := range b.LettersTo(b.MemberOf(jia)) {
			got = append(got, l.Key)
		}
	})
	want := []string{"invite/" + jia, "request/" + jia + "/1", "remind/" + jia + "/m", "echo/" + h.sha(first) + "/" + jia, "echo/" + h.sha(asked) + "/jia.2@a.example", "other-address/" + h.sha(claim) + "/" + jia}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
