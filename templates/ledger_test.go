package templates

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A row a case, frozen below the heads and behind the names, with arrows to filter by.
func TestLedgerIsATable(t *testing.T) {
	x := openBook(t, books(t)["ledger"])
	if got := x.GetSheetList(); strings.Join(got, " ") != "案例 各市情况 未解决问题 决定 缺号说明" {
		t.Error(got)
	}
	for _, sheet := range x.GetSheetList() {
		panes, err := x.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != tableRow-1 || panes.XSplit == 0 {
			t.Errorf("%s: %+v, %v", sheet, panes, err)
		}
		filter := false
		for _, n := range x.GetDefinedName() {
			filter = filter || n.Name == "_xlnm._FilterDatabase" && n.Scope == sheet
		}
		if !filter {
			t.Errorf("%s cannot be filtered", sheet)
		}
	}
	rows, err := x.GetRows("案例")
	if err != nil || len(rows) != tableRow-1+len(shortLedger().Cases) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// Every stage has words, and a ground that no other stage but the settled ones has.
func TestLedgerStagesAreToldApart(t *testing.T) {
	x := openBook(t, books(t)["ledger"])
	fills := map[string]string{}
	for i, c := range shortLedger().Cases {
		cell := at(stateColumn, tableRow+i)
		words, err := x.GetCellValue("案例", cell)
		if err != nil || words == "" {
			t.Errorf("%s has no state, %v", c.Number, err)
		}
		id, err := x.GetCellStyle("案例", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := x.GetStyle(id)
		if err != nil || len(style.Fill.Color) == 0 {
			t.Fatalf("%s (%s) has no colour, %v", c.Number, c.Stage, err)
		}
		fill := style.Fill.Color[0]
		if other := fills[fill]; other != "" && other != c.Stage && other != "not-selected" {
			t.Errorf("%s and %s look alike", other, c.Stage)
		}
		fills[fill] = c.Stage
	}
	if len(fills) != 9 {
		t.Errorf("%d colours", len(fills))
	}
}

// The sums are those of the rows, for programs that calculate and for those that do not.
func TestLedgerSums(t *testing.T) {
	x := openBook(t, books(t)["ledger"])
	end := tableRow + len(shortLedger().Cities)
	for col := 3; col < 3+len(cityColumns()); col++ {
		beside, err := x.GetCellValue("各市情况", at(col, end))
		if err != nil {
			t.Fatal(err)
		}
		if got := recomputed(t, x, "各市情况", at(col, end)); got != beside {
			t.Errorf("%s: the formula gives %s, beside it stands %s", at(col, end), got, beside)
		}
	}
}

// What bureaus write stays words: no cell is a formula, and where a cell begins
// like one, editing it does not make it one.
func TestLedgerHasNoForeignFormula(t *testing.T) {
	for _, evil := range []string{`=HYPERLINK("http://a.example","点")`, "+1-2", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "\u200b=1+1"} {
		d := shortLedger()
		c := &d.Cases[0]
		c.Number, c.City, c.Unit, c.Case, c.State, c.Phone, c.Email, c.Verdict, c.Remarks = evil, evil, evil, evil, evil, evil, evil, evil, []string{evil}
		c.Findings[0].Message, c.Holds = evil, []string{evil}
		d.Cities[0].City, d.Cities[0].Addresses = evil, evil
		d.Decisions[0].Reason, d.Gaps[0].Why, d.Others[0].Message = evil, evil, evil
		b, err := LedgerBook(d)
		if err != nil {
			t.Fatal(err)
		}
		x := openBook(t, b)
		for line := range strings.Lines(cells(t, x)) {
			if f := strings.Split(line, "\t"); f[1] == "f" && !strings.Contains(f[len(f)-1], "=SUM(") {
				t.Error(line)
			}
		}
		for _, cell := range []string{"A4", "C4", "P4", "X4"} {
			id, err := x.GetCellStyle("案例", cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := x.GetStyle(id)
			if err != nil || style.CustomNumFmt == nil && style.NumFmt != 49 || style.CustomNumFmt != nil && *style.CustomNumFmt != "@" {
				t.Errorf("%q in %s is not kept as text: %+v, %v", evil, cell, style, err)
			}
		}
	}
}

// No expert and no score has a place in the ledger.
func TestLedgerHoldsNoScore(t *testing.T) {
	words := cells(t, openBook(t, books(t)["ledger"]))
	for _, w := range []string{"专家", "平均分", "名次", "得分"} {
		if strings.Contains(words, w) {
			t.Errorf("the ledger says %s", w)
		}
	}
}

// A call's ledger, and one of ten thousand cases, which nobody will have.
func BenchmarkLedgerBook(b *testing.B) {
	for _, n := range []int{105, 10000} {
		d := *fullLedger()
		for i := 0; len(d.Cases) < n; i++ {
			d.Cases = append(d.Cases, d.Cases[i])
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := LedgerBook(d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What staff decide on is nothing that must be supplied.
func TestLedgerAsksForWhatIsMissing(t *testing.T) {
	c := LedgerCase{Findings: []LedgerFinding{{Severity: "error", State: "open", Message: "a"}, {Code: "late", Severity: "error", State: "open", Staff: true, Message: "b"}}}
	if missing, aside := c.findings("error", "open"), c.aside(); missing != "a" || aside != "待我处决定：b" {
		t.Errorf("missing %q, aside %q", missing, aside)
	}
}

// Times are numbers to be sorted and filtered by, shown as people write them; what
// is no time stays words.
func TestLedgerTimes(t *testing.T) {
	b := newWorkbook("t")
	g := b.sheet("t", 18)
	for i, words := range []string{"2024-10-12 09:30", "", "10月12日", "2024-13-01 09:30"} {
		g.words(1, i+1, words, minuteLook)
	}
	raw, err := b.bytes()
	if err != nil {
		t.Fatal(err)
	}
	x := openBook(t, raw)
	for i, want := range [][2]string{{"2024-10-12 09:30", "45577.3958333333"}, {"", ""}, {"10月12日", "10月12日"}, {"2024-13-01 09:30", "2024-13-01 09:30"}} {
		shown, err := x.GetCellValue("t", at(1, i+1))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := x.GetCellValue("t", at(1, i+1), excelize.Options{RawCellValue: true})
		if err != nil || shown != want[0] || kept != want[1] {
			t.Errorf("shown %q, kept %q, want %q; %v", shown, kept, want, err)
		}
	}
}

// A row is as high as its words need where numbers are not torn.
func TestWrapped(t *testing.T) {
	for _, x := range []struct {
		words   string
		columns int
		want    int
	}{
		{"", 10, 1}, {"十个字符", 8, 1}, {"十个字符多", 8, 2}, {"AL2024-0001、AL2024-0002", 19, 2},
		{"AL2024-0001、AL2024-0002", 26, 1}, {strings.Repeat("AL2024-0001、", 10), 19, 10}, {strings.Repeat("a", 30), 10, 3}, {"ab cd", 5, 1},
	} {
		if got := wrapped(x.words, x.columns); got != x.want {
			t.Errorf("%q in %d: %d lines, want %d", x.words, x.columns, got, x.want)
		}
	}
}

// A finding is told by whom it waits for.
func TestLedgerProblems(t *testing.T) {
	d := LedgerData{Cases: []LedgerCase{
		{Number: "1", Stage: "incomplete", Holds: []string{"late"}, Findings: []LedgerFinding{
			{Severity: "error", State: "open", Message: "a"}, {Severity: "error", State: "waived", Message: "b"}, {Severity: "error", State: "pending", Message: "c"},
			{Severity: "warning", State: "open", Message: "d"}, {Severity: "warning", State: "open", Staff: true, Message: "e"}}},
		{Number: "3", Stage: "complete", Holds: []string{"late", "objection"}, Findings: []LedgerFinding{
			{Code: "late", Severity: "error", State: "open", Staff: true, Message: "h"}, {Code: "over-quota", Severity: "error", State: "open", Staff: true, Message: "i"}}},
		{Number: "2", Stage: "withdrawn", Findings: []LedgerFinding{{Severity: "error", State: "open", Message: "f"}}}},
		Others: []LedgerProblem{{Message: "g"}}}
	var got strings.Builder
	for _, p := range d.problems() {
		fmt.Fprintf(&got, "%s %s %s %s\n", p.number, p.message, p.kind, p.who)
	}
	want := "1 逾期待定 待决定 我处\n1 a 须补充 市局\n1 c 待核或线下 我处\n1 d 请核对 市局\n1 e 请核对 我处\n3 有异议 待决定 我处\n3 h 待决定 我处\n3 i 待决定 市局\n g 来信 我处\n"
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}
