package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/width"

	"anli/intake"
)

// stageWords are the stages as people read them.
func stageWords(s intake.Stage) string {
	words := map[intake.Stage]string{intake.StageIncomplete: "待补充", intake.StageComplete: "齐全", intake.StageEligible: "资格审核通过",
		intake.StageIneligible: "资格审核未通过", intake.StageInReview: "评审中", intake.StageReviewed: "已评审", intake.StagePublicised: "公示中", intake.StageAwarded: "已入选",
		intake.StageNotSelected: "未入选", intake.StageWithdrawn: "已撤回"}
	return firstText(words[s], string(s))
}

// holdWords are the reasons for which a case waits.
func holdWords(holds []intake.Hold) string {
	words := map[intake.Hold]string{intake.HoldLate: "逾期待定", intake.HoldOverQuota: "超名额", intake.HoldUnconfirmed: "待市局确认", intake.HoldObjection: "异议处理中"}
	var out []string
	for _, h := range holds {
		out = append(out, firstText(words[h], string(h)))
	}
	return strings.Join(out, "、")
}

func severityWord(s string) string {
	return firstText(map[string]string{"error": "须补正", "warning": "请核对", "info": "备注"}[s], s)
}

// reasonWord is why something is left for people.
func reasonWord(s string) string {
	if s == "sender-unknown" {
		return "未备案邮箱"
	}
	return s
}

// columns is how many columns of a terminal the text takes: a Chinese character two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch k := width.LookupRune(r).Kind(); k {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// writeTable aligns rows under a header; the last column is not padded.
func writeTable(w io.Writer, rows [][]string) {
	wide := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			wide[i] = max(wide[i], columns(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			cell = strings.Join(strings.Fields(cell), " ")
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", max(0, wide[i]-columns(cell))+2))
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// writeJSON is the machine's output: indented, Chinese as it is.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// oneLine is an error as an operator reads it.
func oneLine(err error) string {
	text := strings.TrimPrefix(err.Error(), errUsage.Error()+": ")
	text = strings.TrimPrefix(text, errConfig.Error()+": ")
	return strings.Join(strings.Fields(text), " ")
}

func rfc3339(t time.Time) string { return t.In(intake.Zone()).Format(time.RFC3339) }

// fileOut is one file of `check --json` and `status --json`: every key there,
// no null.
type fileOut struct {
	Path   string      `json:"path"`
	Role   intake.Role `json:"role"`
	Bytes  int64       `json:"bytes"`
	SHA256 string      `json:"sha256"`
	Pages  int         `json:"pages"`
	Parts  []partOut   `json:"parts"`

	taken string // in words, for people
}

type partOut struct {
	Role  intake.Role `json:"role"`
	Pages []int       `json:"pages"`
}

func filesOut(files []intake.File) []fileOut {
	out := make([]fileOut, 0, len(files))
	for _, f := range files {
		o := fileOut{Path: f.Path, Role: f.Role, Bytes: f.Bytes, SHA256: f.SHA256, Pages: f.Pages, Parts: []partOut{}, taken: f.Taken()}
		for _, p := range f.Parts {
			o.Parts = append(o.Parts, partOut{p.Role, listOf(p.Pages)})
		}
		out = append(out, o)
	}
	return out
}

// listOf makes [] of nothing, which JSON would write as null.
func listOf[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// writeIndented is writeTable for rows whose first cell begins with blanks.
func writeIndented(w io.Writer, rows [][]string) {
	for _, row := range rows {
		row[0] = strings.TrimSpace(row[0])
	}
	var table strings.Builder
	writeTable(&table, rows)
	for line := range strings.Lines(table.String()) {
		fmt.Fprint(w, "    ", line)
	}
}
