package templates

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const headHash = "9c1e6f0b7a2d4c58e3f1a0b9d8c7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9"

func given(expert string, values ...int) ExpertScore {
	e := ExpertScore{Expert: expert, Cells: values, Counts: true}
	for _, v := range values {
		e.Total += v
	}
	return e
}

func aside(e ExpertScore, why string) ExpertScore {
	e.Counts, e.Why = false, why
	return e
}

var nobody = []int{-1, -1, -1, -1, -1}

// ranking is a panel of seven on five cases, with everything that may happen.
func ranking() RankingData {
	first := []ExpertScore{
		aside(given("张明远", 2900, 2450, 1900, 1400, 950), WhyHighest), given("李静", 2700, 2250, 1800, 1300, 900),
		given("王建国", 2650, 2200, 1750, 1250, 900), aside(given("赵敏", 2000, 1500, 1200, 900, 500), WhyLowest),
		given("陈思", 2600, 2225, 1810, 1275, 875), {Expert: "刘洋", Cells: nobody, Why: WhyRecused},
		aside(given("周文", 2500, 2000, 1500, 1000, 800), WhyUnproved)}
	// 8512.5 exactly: half up is 85.13.
	second := []ExpertScore{given("张明远", 2700, 2210, 1800, 1300, 500), given("李静", 2700, 2215, 1800, 1300, 500),
		{Expert: "王建国", Cells: []int{2500, -1, 1700, 1200, 800}, Why: WhyPartial}, aside(given("赵敏", 100, 100, 100, 100, 100), WhyVoid),
		{Expert: "陈思", Cells: nobody, Why: WhyAbstained}}
	third := []ExpertScore{given("李静", 2000, 2000, 1500, 1000, 700), given("陈思", 2100, 2000, 1500, 1000, 600)}
	few := []ExpertScore{given("刘洋", 2000, 2000, 1500, 1000, 700)}
	row := func(n, rank int, tied bool, scores []ExpertScore, valid, sum, count, average, median, spread int) RankedCase {
		u := panelUnits[n]
		return RankedCase{Rank: rank, Tied: tied, Number: fmt.Sprintf("AL2024-%04d", n+7), City: strings.SplitAfter(u.unit, "市")[0], Unit: u.unit, Case: u.name,
			Field: "电商+产业带", Scores: scores, Valid: valid, Sum: sum, Count: count, Average: average, Median: median, Spread: spread}
	}
	d := RankingData{Title: "广东省电子商务优秀案例", AsOf: "11月21日10:00", Head: headHash, Criteria: criteria(),
		Rule: "每个案例取有效评分合计的平均分；有效评分不少于5份的，去掉一个最高分和一个最低分。按平均分由高到低排名；平均分相同的，依次比较技术性与创新性、效益性、示范性、整体实力、数据完整性的平均分，仍相同的并列。有效评分少于2份的不排名。",
		Rows: []RankedCase{row(0, 1, false, first, 5, 26485, 3, 8828, 8785, 3500), row(1, 2, false, second, 2, 17025, 2, 8513, 8513, 5),
			row(4, 3, true, third, 2, 14400, 2, 7200, 7200, 0), row(5, 3, true, third, 2, 14400, 2, 7200, 7200, 0)},
		Unranked: []RankedCase{row(2, 0, false, few, 1, 7200, 1, 0, 0, 0)}}
	d.Rows[0].Outliers = []string{"赵敏61", "张明远96"}
	d.Unranked[0].City, d.Unranked[0].Why = "广州市", "有效评分1份，少于2份"
	return d
}

func confirmation() ConfirmationData {
	d := ConfirmationData{Title: "广东省电子商务优秀案例", AsOf: "11月21日10:00", Head: headHash, Expert: "张明远", Organisation: "岭南某大学", Criteria: criteria()}
	for i, u := range panelUnits {
		c := ConfirmedCase{Number: fmt.Sprintf("AL2024-%04d", i+7), Unit: u.unit, Case: u.name, Cells: []int{2700 - 50*i, 2225, 1800, 1310, 900}, Total: 8935 - 50*i}
		switch i {
		case 1:
			c.Comment = "数据翔实，供应链整合有特色；建议补充：\r\n1. 退货率口径；\r\n2. 三年期对比数据，便于判断示范效果能否持续。"
		case 4:
			c.Cells, c.Total, c.Why = nobody, 0, WhyRecused
		case 7:
			c.Cells, c.Total = []int{2700, -1, 1800, 1300, 900}, 0
		}
		d.Rows = append(d.Rows, c)
	}
	return d
}

func summaryData() SummaryData {
	r := ranking()
	return SummaryData{Title: r.Title, AsOf: r.AsOf, Head: r.Head, Experts: []string{"张明远", "李静", "王建国", "赵敏", "陈思", "刘洋", "周文"}, Rows: r.Rows, Unranked: r.Unranked}
}

// books are the sheets under their names in testdata/sheets.
func books(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, make := range map[string]func() ([]byte, error){
		"ranking":       func() ([]byte, error) { return RankingBook(ranking()) },
		"ranking-empty": func() ([]byte, error) { return RankingBook(RankingData{Title: "案例", Criteria: criteria()}) },
		"confirmation":  func() ([]byte, error) { return ScoreConfirmation(confirmation()) },
		"summary":       func() ([]byte, error) { return ScoreSummary(summaryData()) },
		"ledger":        func() ([]byte, error) { return LedgerBook(shortLedger()) },
		"ledger-empty":  func() ([]byte, error) { return LedgerBook(LedgerData{Title: "案例"}) },
		"notice-list":   func() ([]byte, error) { return NoticeList("拟入选名单", listRows()) },
		"award-list":    func() ([]byte, error) { return AwardList("广东省电子商务优秀案例", listRows()[:2]) },
		"look-up":       func() ([]byte, error) { return LookUpBook(lookUp()) },
	} {
		b, err := make()
		if err != nil {
			t.Fatal(name, err)
		}
		out[name] = b
	}
	return out
}

func openBook(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// cells lists every cell that holds something: sheet, cell, n (number) or s
// (words), its value, its formula.
func cells(t *testing.T, x *excelize.File) string {
	t.Helper()
	var out strings.Builder
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, value := range row {
				name := at(c+1, r+1)
				formula, err := x.GetCellFormula(sheet, name)
				if err != nil {
					t.Fatal(err)
				}
				kind, err := x.GetCellType(sheet, name)
				if err != nil {
					t.Fatal(err)
				}
				if value == "" && formula == "" {
					continue
				}
				mark := "s"
				if kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
					mark = "n"
				}
				if formula != "" {
					mark, formula = "f", "\t="+formula
				}
				fmt.Fprintf(&out, "%s!%s\t%s\t%s%s\n", sheet, name, mark, strings.ReplaceAll(value, "\n", "⏎"), formula)
			}
		}
	}
	return out.String()
}

// The sheets are compared cell by cell; -update rewrites them.
func TestSheets(t *testing.T) {
	for name, b := range books(t) {
		golden(t, filepath.Join("sheets", name+".tsv"), cells(t, openBook(t, b)))
	}
}

// The same data give the same bytes, sheets and documents, in another process, too.
func TestSheetBytes(t *testing.T) {
	var here strings.Builder
	all := books(t)
	maps.Copy(all, documents())
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&here, "%s %x\n", name, sha256.Sum256(all[name]))
	}
	if os.Getenv("ANLI_SHEET_HASHES") != "" {
		fmt.Print(here.String())
		return
	}
	for range 2 {
		c := exec.Command(os.Args[0], "-test.run=^TestSheetBytes$")
		c.Env = append(os.Environ(), "ANLI_SHEET_HASHES=1")
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(out), here.String()) {
			t.Errorf("another process made\n%sthis one\n%s", out, here.String())
		}
	}
}

// recomputed gives the value that a spreadsheet works out for a cell's formula.
func recomputed(t *testing.T, x *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := x.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(sheet, cell, err)
	}
	return v
}

// Every formula of the ranking gives the value that stands beside it, and all agree.
func TestFormulasAgree(t *testing.T) {
	x := openBook(t, books(t)["ranking"])
	seen := 0
	for line := range strings.Lines(cells(t, x)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if f[1] != "f" {
			continue
		}
		seen++
		sheet, cell, _ := strings.Cut(f[0], "!")
		got := recomputed(t, x, sheet, cell)
		if f[2] == "" && got != "一致" && got != "全部一致" || f[2] != "" && got != f[2] {
			t.Errorf("%s: the formula gives %s, beside it stands %s", f[0], got, f[2])
		}
	}
	if seen != 4*2+14+1 {
		t.Errorf("%d formulas", seen)
	}
}

// Halves are rounded up, by the formula, too: 85.125 is 85.13, and 85.115 85.12.
func TestHalvesAreRoundedUp(t *testing.T) {
	for _, x := range []struct {
		totals []int
		want   string
	}{{[]int{8510, 8515}, "85.13"}, {[]int{8510, 8513}, "85.12"}, {[]int{8507, 8510, 8511, 8515}, "85.11"}, {[]int{10, 13}, "0.12"}, {[]int{3333, 3333, 3334}, "33.33"},
		{[]int{101, 102, 103, 104, 105, 108}, "1.04"}} {
		var scores []ExpertScore
		for i, v := range x.totals {
			scores = append(scores, given(fmt.Sprint(i), v))
		}
		mean := meanOf(scores)
		d := RankingData{Criteria: []Criterion{{"总体", 100}}, Rows: []RankedCase{{Rank: 1, Number: "AL2024-0001", Scores: scores, Average: mean}}}
		b, err := RankingBook(d)
		if err != nil {
			t.Fatal(err)
		}
		file := openBook(t, b)
		if got := recomputed(t, file, rankSheet, at(rankCheck, tableRow)); got != x.want || fmt.Sprintf("%d.%02d", mean/100, mean%100) != x.want {
			t.Errorf("%v: the formula gives %s, the program %d, want %s", x.totals, got, mean, x.want)
		}
	}
}

// A value that somebody changes afterwards is seen: the formulas stand on the
// five values and not on what the program made of them.
func TestChangedScoreIsSeen(t *testing.T) {
	x := openBook(t, books(t)["ranking"])
	if err := x.SetCellFloat(detailSheet, "D5", 20, -1, 64); err != nil {
		t.Fatal(err)
	}
	if got := recomputed(t, x, rankSheet, at(rankAgrees, tableRow)); got != "不一致" {
		t.Error("核对 says", got)
	}
	if got := recomputed(t, x, ruleSheet, "B10"); got != "有不一致，请核对" {
		t.Error("复核结果 says", got)
	}
}

// An average that does not follow from the scores is not covered up.
func TestWrongAverageIsSeen(t *testing.T) {
	d := ranking()
	d.Rows[0].Average++
	b, err := RankingBook(d)
	if err != nil {
		t.Fatal(err)
	}
	if got := recomputed(t, openBook(t, b), rankSheet, "O4"); got != "不一致" {
		t.Error("核对 says", got)
	}
}

// Nothing that people wrote becomes a formula or breaks the file.
func TestHostileWordsInSheets(t *testing.T) {
	evil := "=HYPERLINK(\"http://a.example\")\r\n\x00\x0b_x0041_]]>&<\u202e"
	d, c, s := ranking(), confirmation(), summaryData()
	d.Title, d.AsOf, d.Rule, d.Rows[0].Unit, d.Rows[0].Number, d.Rows[0].Scores[0].Expert, d.Unranked[0].Why = evil, evil, evil, evil, evil, evil, evil
	c.Title, c.Expert, c.Rows[0].Comment, c.Rows[4].Why, c.Criteria[0].Name = evil, evil, strings.Repeat(evil, 5000), evil, evil
	s.Title, s.Experts[0], s.Rows[0].City = evil, evil, evil
	for name, make := range map[string]func() ([]byte, error){
		"ranking":      func() ([]byte, error) { return RankingBook(d) },
		"confirmation": func() ([]byte, error) { return ScoreConfirmation(c) },
		"summary":      func() ([]byte, error) { return ScoreSummary(s) },
	} {
		b, err := make()
		if err != nil {
			t.Fatal(name, err)
		}
		for line := range strings.Lines(cells(t, openBook(t, b))) {
			if f := strings.Split(line, "\t"); f[1] == "f" && strings.Contains(f[len(f)-1], "HYPERLINK") {
				t.Errorf("%s: %s", name, line)
			}
		}
	}
}

// Each sheet prints on A4, as wide as the page, heads repeated and frozen.
func TestSheetsPrint(t *testing.T) {
	for name, landscape := range map[string]bool{"ranking": true, "confirmation": false, "summary": true, "ledger": true, "look-up": true, "notice-list": false} {
		x := openBook(t, books(t)[name])
		for _, sheet := range x.GetSheetList() {
			if props, err := x.GetSheetProps(sheet); err != nil || !*props.FitToPage {
				t.Errorf("%s: %s is not as wide as the page", name, sheet)
			}
		}
		sheet := x.GetSheetList()[0]
		layout, err := x.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *layout.Size != 9 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 || (*layout.Orientation == "landscape") != landscape {
			t.Errorf("%s: size %d, %s", name, *layout.Size, *layout.Orientation)
		}
		panes, err := x.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != tableRow-1 {
			t.Errorf("%s: %+v, %v", name, panes, err)
		}
		titles := false
		for _, n := range x.GetDefinedName() {
			titles = titles || n.Name == "_xlnm.Print_Titles" && n.Scope == sheet
		}
		if !titles {
			t.Errorf("%s: heads are not repeated", name)
		}
	}
}
