package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/intake"
)

// Dossier is a case's whole file (案卷), for staff: how it stands and what
// happened to it. Scores are in it once the panel is closed; who objected is not.
type Dossier struct {
	Case   intake.Case
	State  string // in words
	Events []Event
	Rules  []Event  // what the rules of the call were, and who set them when
	Scores []string // a line an expert; none before 结束评审
	Place  string   // in the ranking, in words; "" before 结束评审
}

// Event is one thing that happened to a case.
type Event struct {
	At     time.Time
	Kind   string // 来信, 变更, 更正, 决定, 查询, 评审, 名单, 异议, 发信
	Who    string // city, member of staff, address; "" the desk itself
	By     string // address of who did it; "" the desk itself
	Text   string
	Why    string // reason or basis
	Word   string // which of them: 理由, 依据
	Ended  string // 撤销, 改为, 取代: it no longer stands
	Ref    string // SHA-256 of the mail, code of the letter, number of the entry
	Letter string // key of the letter
}

// Dossier gathers a case's file; false if there is no such case. It reads the
// whole journal.
func (b *Bench) Dossier(number string) (Dossier, bool) {
	c := b.Case(number)
	if c == nil {
		return Dossier{}, false
	}
	d := Dossier{Case: *c, State: c.StateWords()}
	h := b.history(c)
	d.Rules = h.rules
	d.Events = slices.Concat(b.mailsOf(c), h.changes, b.rulingsOf(c), h.review, h.lists, b.objectionsOf(c), b.lettersOf(c))
	slices.SortStableFunc(d.Events, func(x, y Event) int { return x.At.Compare(y.At) })
	if b.Panel.Phase == PhaseClosed {
		d.Scores, d.Place = b.scoresOf(number), b.placeOf(number)
	}
	return d, true
}

// placeOf says how a case came out of the review.
func (b *Bench) placeOf(number string) string {
	ranked := 0
	var mine *Standing
	r := b.standings()
	for i, s := range r.Cases {
		if s.Rank > 0 {
			ranked++
		}
		if s.Case.Number == number {
			mine = &r.Cases[i]
		}
	}
	switch {
	case mine == nil:
		return ""
	case mine.Rank == 0:
		return "未列入排名（" + mine.Why + "）"
	}
	tied := ""
	if mine.Tied {
		tied = "（并列）"
	}
	return fmt.Sprintf("第%d名%s，共%d个列入排名；平均分%s，有效评分%d份，计入%d份", mine.Rank, tied, ranked, Points(mine.Average.rounded()), mine.Valid, mine.Counted)
}

// scoresOf are the experts' scores for a case, a line each.
func (b *Bench) scoresOf(number string) []string {
	var out []string
	for _, m := range b.Members() {
		if !m.has(number) {
			continue
		}
		sc := b.Scoring(m.Expert, number)
		if sc == nil {
			out = append(out, b.title(m)+"：未评分")
			continue
		}
		line := b.title(m) + "：" + b.Panel.Rule.scoreWords(sc)
		if sc.Comment != "" {
			line += "；评语：" + sc.Comment
		}
		out = append(out, strings.TrimSuffix(line, "，"))
	}
	return out
}

func longClock(t time.Time) string { return t.In(intake.Zone()).Format("2006年1月2日15:04") }

// Text writes the file as plain text.
func (d Dossier) Text() string {
	var out strings.Builder
	c := d.Case
	fmt.Fprintf(&out, "案卷　%s\n参评单位：%s\n参评案例：%s\n报送：%s\n参评领域：%s\n状态：%s\n", c.Number, c.Unit, c.Case, c.City, strings.Join(c.Categories, "、"), d.State)
	section := func(title string, lines []string) {
		if len(lines) == 0 {
			return
		}
		fmt.Fprintf(&out, "\n%s\n", title)
		for i, l := range lines {
			fmt.Fprintf(&out, "%d. %s\n", i+1, strings.Join(strings.Fields(l), " "))
		}
	}
	var events, files, findings []string
	for _, e := range d.Events {
		events = append(events, e.line())
	}
	for _, f := range c.Files {
		files = append(files, fmt.Sprintf("%s（%s，%d字节%s）%s", f.Path, f.Role.Title(), f.Bytes, standingWords(f.Standing), f.SHA256))
	}
	for _, f := range c.Findings {
		findings = append(findings, map[string]string{"open": "", "waived": "（已免）", "pending": "（待后补）"}[f.State]+f.Message)
	}
	section("一、经过", events)
	section("二、材料", files)
	section("三、核对情况", findings)
	scores := d.Scores
	if d.Place != "" {
		scores = append([]string{d.Place}, scores...)
	}
	section("四、专家评分", scores)
	return out.String()
}

func (e Event) line() string {
	who, ref := "", ""
	if e.Who != "" {
		who = e.Who + "　"
	}
	if e.Ref != "" {
		ref = "〔" + clip(e.Ref, 20) + "〕"
	}
	text := e.Text
	if e.Why != "" {
		text += "，" + e.Word + "：" + e.Why
	}
	if e.Ended != "" {
		text += "（已失效：" + e.Ended + "）"
	}
	return longClock(e.At) + "　" + e.Kind + "　" + who + text + ref
}

func standingWords(s intake.Standing) string {
	words := map[intake.Standing]string{intake.StandingReplaced: "已被替换", intake.StandingPending: "待确认", intake.StandingRefused: "不采用"}
	if w := words[s]; w != "" {
		return "，" + w
	}
	return ""
}
