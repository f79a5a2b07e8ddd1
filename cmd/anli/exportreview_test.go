package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
)

// tree lists the files below a folder.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			path, err = filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestExportJudging: the scores as INTERFACE.md has them, the ranking, and the
// sheets for signatures.
func TestExportJudging(t *testing.T) {
	config := judged(t, nil)
	dir := filepath.Join(t.TempDir(), "out")
	for range 2 { // its own folder is written anew
		if code, _, stderr := run(t, "export", "--config", config, dir); code != exitDone {
			t.Fatalf("exit %d: %s", code, stderr)
		}
	}
	want := []string{".anli-export", "cases/东莞市/[案例]-东莞市某玩文化科技有限公司+某案例/照片/1.jpg", "cases/东莞市/[案例]-东莞市某玩文化科技有限公司+某案例/申报表.pdf",
		"cases/佛山市/[案例]-佛山市某陶建材有限公司+某案例/照片/1.jpg", "cases/佛山市/[案例]-佛山市某陶建材有限公司+某案例/申报表.pdf",
		"journal.jsonl", "ledger.xlsx", "ranking.xlsx", "scores.json", "评分汇总表.xlsx",
		"评分确认表/01-何砚秋.xlsx", "评分确认表/02-林望舒.xlsx", "评分确认表/03-陈知行.xlsx"}
	got := tree(t, dir)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("files\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	golden(t, "scores.json", read(t, filepath.Join(dir, "scores.json")))
	for name, words := range map[string][]string{
		"ranking.xlsx":      {"AL2024-0001", "AL2024-0002", "技术性与创新性"},
		"评分汇总表.xlsx":        {"AL2024-0001", "陈知行", "林望舒"},
		"评分确认表/03-陈知行.xlsx": {"陈知行", "岭南某大学", "AL2024-0001", "84.5"},
	} {
		text := cellsOf(t, filepath.Join(dir, filepath.FromSlash(name)))
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %s:\n%s", name, w, text)
			}
		}
	}
	if text := cellsOf(t, filepath.Join(dir, "评分确认表", "03-陈知行.xlsx")); strings.Contains(text, "林望舒") {
		t.Errorf("an expert's own sheet names another:\n%s", text)
	}
}

// After the awards the export holds what is published of them, named as the notice asks.
func TestExportPack(t *testing.T) {
	config := judged(t, func(l *ledger.Ledger) {
		raw, err := json.Marshal(review.Change{List: &review.List{Award: &review.Awarding{Order: review.Order{At: monday, By: "zhang.wei@gd.example"}, Numbers: []string{"AL2024-0002"}}}})
		if err != nil {
			t.Fatal(err)
		}
		enter(t, l, "mail", func(*ledger.Tx) (any, error) { return intake.Change{Review: raw}, nil })
	})
	dir := filepath.Join(t.TempDir(), "out")
	if code, _, stderr := run(t, "export", "--config", config, dir); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	got := tree(t, filepath.Join(dir, "award"))
	slices.Sort(got)
	folder := "[案例]-东莞市某玩文化科技有限公司+某案例/"
	if want := []string{folder + "案例简介.docx", folder + "照片1.jpg"}; !slices.Equal(got, want) {
		t.Fatalf("files %q, want %q", got, want)
	}
	if photo := read(t, filepath.Join(dir, "award", filepath.FromSlash(got[1]))); string(photo) != "a photo" {
		t.Errorf("%s holds %q", got[1], photo)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, path); string(got) != string(want) {
		t.Errorf("%s is otherwise:\n%s", name, got)
	}
}

// cellsOf are all cells of a workbook as a person sees them.
func cellsOf(t *testing.T, path string) string {
	t.Helper()
	x, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var out strings.Builder
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			out.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return out.String()
}

// TestExportBeforeJudging: nothing of the judging is written before it began.
func TestExportBeforeJudging(t *testing.T) {
	config := writeConfig(t, "")
	c, err := readConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(c.Data, bot.Fold)
	if err != nil {
		t.Fatal(err)
	}
	enter(t, l, "settings", func(tx *ledger.Tx) (any, error) { return intake.Configured(tx, c.Settings) })
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if code, _, stderr := run(t, "export", "--config", config, dir); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	if got := tree(t, dir); !slices.Equal(got, []string{".anli-export", "journal.jsonl", "ledger.xlsx"}) {
		t.Errorf("%q", got)
	}
}

// TestExportExpert: what one expert judges by, without the form and without a
// score; an unknown name makes no folder; and nothing is laid beside the whole export.
func TestExportExpert(t *testing.T) {
	config := judged(t, nil)
	dir := filepath.Join(t.TempDir(), "out")
	for _, name := range []string{"林望舒", strings.ToUpper(lin)} {
		if code, _, stderr := run(t, "export", "--config", config, "--expert", name, dir); code != exitDone {
			t.Fatalf("%s: exit %d: %s", name, code, stderr)
		}
		want := []string{".anli-export", "cases/AL2024-0001-佛山市某陶建材有限公司+某案例/照片/1.jpg", "评分表-林望舒.xlsx", "评审材料-林望舒.docx"}
		if got := tree(t, dir); !slices.Equal(got, want) { // he recused the other case
			t.Errorf("%s: %q", name, got)
		}
	}
	if text := cellsOf(t, filepath.Join(dir, "评分表-林望舒.xlsx")); strings.Contains(text, "26") || !strings.Contains(text, "AL2024-0001") {
		t.Errorf("the sheet holds a score, or not the case:\n%s", text)
	}
	whole := filepath.Join(t.TempDir(), "whole")
	if code, _, stderr := run(t, "export", "--config", config, whole); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for _, x := range []struct{ name, dir, want string }{
		{"赵某", filepath.Join(t.TempDir(), "new"), `no request has gone to an expert called "赵某"; ` + "`anli status` lists them"},
		{"何砚秋", filepath.Join(t.TempDir(), "new"), `no request has gone to an expert called "何砚秋"`}, // invited
		{"林望舒", whole, "holds an export of another kind"},
		{"陈知行", dir, "holds an export of another kind"},
		{"", dir, "holds an export of another kind"},
	} {
		args := []string{"export", "--config", config, x.dir}
		if x.name != "" {
			args = append(args, "--expert", x.name)
		}
		code, stdout, stderr := run(t, args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, x.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: exit %d, %q, %q", x.name, code, stdout, stderr)
		}
		if _, err := os.Stat(x.dir); filepath.Base(x.dir) == "new" && err == nil {
			t.Errorf("%s: a folder was made", x.name)
		}
	}
}

// TestExportExpertWithoutBytes: a file that is gone is named, the rest is written.
func TestExportExpertWithoutBytes(t *testing.T) {
	var data string
	config := judged(t, func(l *ledger.Ledger) { data = l.Dir() })
	photo := ""
	blobs := ledger.OpenBlobs(filepath.Join(data, "blobs"))
	err := blobs.Walk(func(sha string, size int64) error {
		if size == int64(len("a photo")) {
			photo = sha
		}
		return nil
	})
	if err == nil {
		err = os.Remove(filepath.Join(data, "blobs", photo[:2], photo))
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	code, _, stderr := run(t, "export", "--config", config, "--expert", chen, dir)
	if code != exitProblems || !strings.Contains(stderr, "AL2024-0001 照片/1.jpg: the file's bytes are not there") || !strings.Contains(stderr, "AL2024-0002") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if got := tree(t, dir); !slices.Equal(got, []string{".anli-export", "评分表-陈知行.xlsx", "评审材料-陈知行.docx"}) {
		t.Errorf("%q", got)
	}
}
