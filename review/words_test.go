package review

import (
	"fmt"
	"slices"
	"strings"

	"anli/intake/ledger"
	"anli/parser/score"
)

// What goes into a test's house and what stands in it, in few words.

// written is what a mail says, in short: a case with its values in order,
// `0001 27 22 18`; - leaves one out; `0001 回避`, `0001 弃权`; words alone:
// 确认, 同意, 不能参加, 提问, 出差.
func written(text string) score.Answer {
	var a score.Answer
	criteria := settings().Review.Criteria
	for _, line := range strings.Split(text, "；") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		switch words[0] {
		case "确认":
			a.Confirm = true
			continue
		case "同意":
			a.Accept = true
			continue
		case "不能参加":
			a.Decline, a.Why = true, strings.Join(words[1:], " ")
			continue
		case "提问":
			a.Question = strings.Join(words[1:], " ")
			continue
		case "出差":
			a.Absence = line
			continue
		case "不清":
			a.Queries = append(a.Queries, score.Query{Words: line, Reason: score.Unclear})
			continue
		}
		number := "AL2024-" + words[0]
		for i, w := range words[1:] {
			switch v, ok := hundredths(w); {
			case w == "回避":
				a.Recusals = append(a.Recusals, score.Recusal{Number: number, Reason: "有合作"})
			case w == "弃权":
				a.Abstained = append(a.Abstained, score.Abstention{Number: number})
			case strings.HasPrefix(w, "评语"):
				a.Comments = append(a.Comments, score.Comment{Number: number, Text: w})
			case ok:
				a.Cells = append(a.Cells, score.Cell{Number: number, Criterion: criteria[i].Name, Value: v, Words: w, Where: "text"})
			}
		}
	}
	return a
}

// scores lists what is recorded: a line a scoring, `jia 0001 27 22 -`, marks behind.
func (h *house) scores() string {
	h.t.Helper()
	var out strings.Builder
	err := h.l.View(func(tx *ledger.Tx) error {
		return NewTables().Scorings.Each(tx, "", func(_ string, s Scoring) error {
			name, _, _ := strings.Cut(s.Expert, "@")
			fmt.Fprintf(&out, "%s %s", name, strings.TrimPrefix(s.Number, "AL2024-"))
			unproved := ""
			for _, c := range settings().Review.Criteria {
				cell, ok := s.Cells[c.Name]
				if !ok {
					out.WriteString(" -")
					continue
				}
				out.WriteString(" " + Points(cell.Value))
				if cell.Unproved {
					unproved = " unproved"
				}
			}
			for _, mark := range []struct {
				on   bool
				word string
			}{{s.Recused, " recused"}, {s.Abstained, " abstained"}, {s.Void, " void"}} {
				if mark.on {
					out.WriteString(mark.word)
				}
			}
			out.WriteString(unproved + "\n")
			return nil
		})
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out.String()
}

// counted is what counts for the ranking, by case: each expert's total.
func (h *house) counted() string {
	h.t.Helper()
	var out []string
	h.view(func(b *Bench) {
		for _, s := range Rank(b.Panel.Rule, b.facts(b.cases(b.Panel.Cases)), b.sheets()).Cases {
			line := strings.TrimPrefix(s.Case.Number, "AL2024-")
			for _, m := range s.Marks {
				if m.Counted {
					name, _, _ := strings.Cut(m.Expert, "@")
					line += " " + name + " " + Points(m.Total)
				}
			}
			out = append(out, line)
		}
	})
	slices.Sort(out)
	return lines(out...)
}

// lines joins lines as the drawings above have them.
func lines(s ...string) string { return strings.Join(s, "\n") + "\n" }

func (h *house) want(what, got, want string) {
	h.t.Helper()
	if got != want {
		h.t.Errorf("%s:\n%swant\n%s", what, got, want)
	}
}
