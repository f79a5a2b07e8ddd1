package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
)

// statusOut is `anli status --json` (INTERFACE.md).
type statusOut struct {
	Cases     []statusCase   `json:"cases"`
	Experts   []statusExpert `json:"experts"`
	Unhandled []unhandledOut `json:"unhandled"`
}

type statusCase struct {
	Number     string           `json:"number"`
	City       string           `json:"city"`
	Unit       string           `json:"unit"`
	Case       string           `json:"case"`
	Categories []string         `json:"categories"`
	Stage      intake.Stage     `json:"stage"`
	Holds      []intake.Hold    `json:"holds"`
	Findings   []intake.Finding `json:"findings"`
	Files      []fileOut        `json:"files"`
	Received   string           `json:"received"`
	Revision   int              `json:"revision"`
}

type statusExpert struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Assigned int    `json:"assigned"`
	Scored   int    `json:"scored"`
	Recused  int    `json:"recused"`
}

type unhandledOut struct {
	From      string `json:"from"`
	Subject   string `json:"subject"`
	Reason    string `json:"reason"`
	MessageID string `json:"message_id"`
}

// runStatus is `anli status`.
func runStatus(_ context.Context, c call) error {
	asJSON := c.flags.Bool("json", false, "machine output")
	config, _, err := c.configured(0)
	if err != nil {
		return err
	}
	return withCopy(config, func(l *ledger.Ledger) error {
		return l.View(func(tx *ledger.Tx) error {
			s, err := readStatus(tx)
			if err != nil {
				return err
			}
			if *asJSON {
				return writeJSON(c.stdout, s)
			}
			return printStatus(c.stdout, tx, s)
		})
	})
}

// withCopy opens a consistent copy of the ledger, beside a daemon or without one.
func withCopy(c Config, do func(*ledger.Ledger) error) (err error) {
	l, done, err := ledger.OpenCopy(c.Data, bot.Fold)
	if err != nil {
		return err
	}
	defer func() {
		if end := done(); err == nil {
			err = end
		}
	}()
	return do(l)
}

func readStatus(tx *ledger.Tx) (statusOut, error) {
	out := statusOut{Cases: []statusCase{}, Experts: []statusExpert{}, Unhandled: []unhandledOut{}}
	cases, err := intake.NewTables().Cases.List(tx, "")
	if err != nil {
		return out, err
	}
	for _, c := range cases {
		files := c.Active()
		slices.SortStableFunc(files, func(a, b intake.File) int { return strings.Compare(a.Path, b.Path) })
		out.Cases = append(out.Cases, statusCase{Number: c.Number, City: c.City, Unit: c.Unit, Case: c.Case, Categories: listOf(c.Categories),
			Stage: c.Stage, Holds: listOf(c.Holds), Findings: listOf(c.Findings), Files: filesOut(files), Received: rfc3339(c.Received), Revision: c.Revision})
	}
	experts, err := review.ReadProgress(tx)
	if err != nil {
		return out, err
	}
	for _, e := range experts {
		out.Experts = append(out.Experts, statusExpert{Name: e.Name, Email: e.Email, Assigned: e.Assigned, Scored: e.Scored, Recused: e.Recused})
	}
	out.Unhandled, err = unhandled(tx)
	return out, err
}

// unhandled is what waits for a person, oldest first: the rows that the morning's
// letter to staff lists, but for what that only tells.
func unhandled(tx *ledger.Tx) ([]unhandledOut, error) {
	out := []unhandledOut{}
	t := intake.NewTables()
	err := t.OpenRows.Each(tx, "", func(_, id string) error {
		r, _, err := t.Rows.Get(tx, id)
		if err != nil || r.Kind == "absence" {
			return err
		}
		m, _, err := t.Mails.Get(tx, r.Mail)
		u := unhandledOut{From: m.From, Subject: m.Subject, Reason: r.Text, MessageID: m.MessageID}
		if m.Unhandled && m.Reason != "" {
			u.Reason = m.Reason
		}
		out = append(out, u)
		return err
	})
	return out, err
}

func printStatus(w io.Writer, tx *ledger.Tx, s statusOut) error {
	desk, _, err := intake.NewTables().Desk.Get(tx, "desk")
	if err != nil {
		return err
	}
	head, _ := tx.Head()
	fmt.Fprintf(w, "状态：%s；日志%d条\n\n", deskWord(desk), head)
	rows := [][]string{{"编号", "地市", "单位", "案例", "状态", "待定", "须补正", "版次", "收到"}}
	for _, c := range s.Cases {
		received, err := time.Parse(time.RFC3339, c.Received)
		if err != nil {
			return err
		}
		rows = append(rows, []string{c.Number, c.City, c.Unit, c.Case, stageWords(c.Stage), holdWords(c.Holds), fmt.Sprint(openErrors(c.Findings)),
			fmt.Sprint(c.Revision), received.Format("01-02 15:04")})
	}
	if len(s.Cases) == 0 {
		fmt.Fprintln(w, "尚无登记的案例。")
	} else {
		writeTable(w, rows)
	}
	if err := printExperts(w, tx); err != nil {
		return err
	}
	if len(s.Unhandled) > 0 {
		fmt.Fprintf(w, "\n待人工处理（%d）\n", len(s.Unhandled))
		var left [][]string
		for _, u := range s.Unhandled {
			left = append(left, []string{u.From, u.Subject, reasonWord(u.Reason)})
		}
		writeTable(w, left)
	}
	return nil
}

// printExperts is the panel's progress: counts, no score.
func printExperts(w io.Writer, tx *ledger.Tx) error {
	experts, err := review.ReadProgress(tx)
	if err != nil || len(experts) == 0 {
		return err
	}
	fmt.Fprintf(w, "\n专家评审（%d位）\n", len(experts))
	table := [][]string{{"专家", "邮箱", "状态", "应评", "已评", "回避", "待评"}}
	for _, e := range experts {
		table = append(table, []string{e.Name, e.Email, e.State.Title(), fmt.Sprint(e.Assigned), fmt.Sprint(e.Scored), fmt.Sprint(e.Recused), fmt.Sprint(e.Open)})
	}
	writeTable(w, table)
	return nil
}

func deskWord(d intake.DeskState) string {
	switch {
	case d.Paused:
		return "已暂停向外发信"
	case d.Live:
		return "已启用"
	}
	return "未启用（只观察）"
}

func openErrors(findings []intake.Finding) int {
	n := 0
	for _, f := range findings {
		if f.Severity == "error" && f.State == "open" {
			n++
		}
	}
	return n
}
