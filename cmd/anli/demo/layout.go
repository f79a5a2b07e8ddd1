package demo

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/width"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/review"
)

// Row is one mail of the play in the closing table.
type Row struct {
	At, From, Title, Understood, Answer string
}

// Table says of each mail what was understood and what was answered.
func Table(l *ledger.Ledger, acts []Act) ([]Row, error) {
	var out []Row
	err := l.View(func(tx *ledger.Tx) error {
		letters, err := outbox.Letters.List(tx, "")
		if err != nil {
			return err
		}
		t := intake.NewTables()
		for _, a := range acts {
			r := Row{At: a.Scene.At.Format("01-02 15:04"), From: a.Scene.From, Title: a.Scene.TitleZh}
			hashes, _, err := t.ByID.Get(tx, a.MessageID)
			if err != nil {
				return err
			}
			for _, sha := range hashes {
				m, _, err := t.Mails.Get(tx, sha)
				if err != nil {
					return err
				}
				r.Understood = understood(m)
			}
			r.Answer = answer(letters, a)
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

func understood(m intake.Mail) string {
	words := map[intake.Route]string{intake.RouteSubmission: "报送材料", intake.RouteCommand: "指令", intake.RouteStaff: "工作人员指令", intake.RouteScore: "专家评分",
		intake.RouteCompany: "企业来件，待市局确认", intake.RouteUnknown: "未备案邮箱的材料", intake.RouteQuestion: "提问", intake.RouteThanks: "致谢",
		intake.RouteAutomatic: "自动邮件", intake.RouteBounce: "退信", intake.RoutePeople: "留给人工", intake.RouteHistory: "历史来信", intake.RouteCopy: "副本", intake.RouteOwn: "本邮箱来信"}
	text := words[m.Route]
	if len(m.Cases) > 0 {
		text += " " + strings.Join(m.Cases, "、")
	}
	if m.Route == intake.RoutePeople && m.Reason != "" {
		text += "：" + m.Reason
	}
	return text
}

// answer is the first letter that answers this mail, by its References.
func answer(letters []outbox.Letter, a Act) string {
	id := strings.Trim(a.MessageID, "<>")
	var first *outbox.Letter
	for i, l := range letters {
		for _, ref := range append([]string{l.InReplyTo}, l.References...) {
			if strings.Trim(ref, "<>") == id && (first == nil || l.At.Before(first.At)) {
				first = &letters[i]
			}
		}
	}
	if first == nil {
		return "（不回复）"
	}
	subject, _, _ := strings.Cut(first.Subject, "【"+first.Code)
	return subject
}

// Print writes the table for a person: Chinese takes two columns.
func Print(w io.Writer, rows []Row) {
	widths := []int{11, 40, 34, 60}
	line := func(cells ...string) {
		for i, c := range cells {
			fmt.Fprint(w, fit(c, widths[i]), "  ")
		}
		fmt.Fprintln(w)
	}
	line("时间", "来信", "识别为", "答复")
	line(strings.Repeat("─", 11), strings.Repeat("─", 40), strings.Repeat("─", 34), strings.Repeat("─", 60))
	for _, r := range rows {
		line(r.At, r.Title, r.Understood, r.Answer)
	}
}

// PrintRanking writes the ranking for a person.
func PrintRanking(w io.Writer, o review.Outcome) {
	head := fmt.Sprintf("%d个案例", len(o.Ranking.Rows))
	if n := len(o.Ranking.Unranked); n > 0 {
		head += fmt.Sprintf("；%d个有效评分不足，未列入", n)
	}
	fmt.Fprintf(w, "\n排名（%s；平均分相同的依次比较各指标）\n", head)
	line := func(rank, number, city, unit, name, valid, average string) {
		fmt.Fprintln(w, fit(rank, 6), fit(number, 12), fit(city, 8), fit(unit, 34), fit(name, 30), fit(valid, 8), average)
	}
	line("名次", "编号", "地市", "参评单位", "参评案例", "有效评分", "平均分")
	for _, r := range o.Ranking.Rows {
		rank := fmt.Sprint(r.Rank)
		if r.Tied {
			rank += "并列"
		}
		line(rank, r.Number, r.City, r.Unit, r.Case, fmt.Sprint(r.Valid), fmt.Sprintf("%d.%02d", r.Average/100, r.Average%100))
	}
	for _, r := range o.Ranking.Unranked {
		line("—", r.Number, r.City, r.Unit, r.Case, fmt.Sprint(r.Valid), r.Why)
	}
}

// columns is how many columns of a terminal a character takes.
func columns(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fit cuts or fills a text to n columns.
func fit(s string, n int) string {
	all := 0
	for _, r := range s {
		all += columns(r)
	}
	if all <= n {
		return s + strings.Repeat(" ", n-all)
	}
	var b strings.Builder
	used := 0
	for _, r := range s {
		if used+columns(r) > n-1 {
			break
		}
		b.WriteRune(r)
		used += columns(r)
	}
	return b.String() + "…" + strings.Repeat(" ", n-1-used)
}

// LayOut writes every mail as .eml, every HTML letter as .html, and what letters
// brought along, each document once, under documents/.
func LayOut(dir string, s Stage, acts []Act) error {
	put := func(folder, name string, data []byte) error {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, folder, name), data, 0o644)
	}
	for i, a := range acts {
		name := fmt.Sprintf("%02d-in-%s-%s.eml", i+1, a.Scene.At.Format("0102-1504"), a.Scene.From)
		if err := put("mails", name, a.Raw); err != nil {
			return err
		}
	}
	n, seen := 0, map[string]bool{}
	for _, sent := range s.Office.Sent() {
		if sent.Auth == "" {
			continue
		}
		n++
		when := sent.At.Format("0102-1504")
		name := fmt.Sprintf("%02d-out-%s-%s", n, when, sent.To[0])
		if err := put("mails", name+".eml", sent.Raw); err != nil {
			return err
		}
		page, files := opened(sent.Raw)
		if page != nil {
			if err := put("letters", name+".html", page); err != nil {
				return err
			}
		}
		for _, f := range files {
			if seen[string(f.data)] {
				continue // the same to two members of staff
			}
			seen[string(f.data)] = true
			if err := put("documents", fmt.Sprintf("%s-%02d-%s", when, n, intake.SafeName(f.name)), f.data); err != nil {
				return err
			}
		}
	}
	return nil
}
