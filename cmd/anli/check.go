package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/cage"
	"anli/parser/form"
	"anli/parser/mail"
	"anli/parser/unpack"
)

// checkOut is `anli check --json` (INTERFACE.md).
type checkOut struct {
	Cases     []caseOut        `json:"cases"`
	Documents []documentOut    `json:"documents"`
	Problems  []intake.Finding `json:"problems"`
}

type caseOut struct {
	Folder     string           `json:"folder"`
	Unit       string           `json:"unit"`
	Case       string           `json:"case"`
	Categories []string         `json:"categories"`
	Form       form.Form        `json:"form"`
	Files      []fileOut        `json:"files"`
	Findings   []intake.Finding `json:"findings"`
}

type documentOut struct {
	Path string      `json:"path"`
	Role intake.Role `json:"role"`
}

// runCheck is `anli check`.
func runCheck(ctx context.Context, c call) error {
	asJSON := c.flags.Bool("json", false, "machine output")
	path := c.flags.String("config", "", "configuration `file`: sender, deadline and quota are judged too")
	at := c.flags.String("at", "", "`time` that counts as today")
	paths, err := c.parse()
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return usagef("anli check: name a folder, an archive or an .eml")
	}
	x, err := newExamination(*path, *at)
	if err != nil {
		return err
	}
	x.progress = c.stderr
	if x.said && !x.judge {
		fmt.Fprintln(c.stderr, "未指定 --config：不核对发件人、截止时间和名额，--at 只用于核对表内日期。")
	}
	out, err := x.examine(ctx, paths)
	if err != nil {
		return err
	}
	if *asJSON {
		err = writeJSON(c.stdout, out)
	} else {
		printCheck(c.stdout, out)
	}
	if err == nil && out.open() {
		err = errProblems
	}
	return err
}

// examination is one check: the way of a mail through the desk, on a ledger that
// is thrown away and without a mailbox.
type examination struct {
	settings intake.Settings
	judge    bool // a configuration was named
	at       time.Time
	said     bool // --at was given
	progress io.Writer
}

func newExamination(path, at string) (examination, error) {
	x := examination{settings: defaultConfig().Settings, at: time.Now().In(intake.Zone()).Truncate(time.Second), progress: io.Discard}
	if path != "" {
		config, err := readConfig(path)
		if err != nil {
			return x, err
		}
		x.settings, x.judge = config.Settings, true
	}
	if at != "" {
		var c checker
		x.at = c.moment("--at", at, false)
		if c.err != nil {
			return x, usagef("--at %q is no time; write 2024-10-30 or 2024-10-30T18:00:00+08:00", at)
		}
		x.said = true
	}
	return x, nil
}

// examine takes all paths as one delivery.
func (x examination) examine(ctx context.Context, paths []string) (checkOut, error) {
	dir, err := os.MkdirTemp("", "anli-check-")
	if err != nil {
		return checkOut{}, err
	}
	defer os.RemoveAll(dir)
	l, err := ledger.Open(dir, bot.Fold)
	if err != nil {
		return checkOut{}, err
	}
	defer l.Close()
	d := delivery{blobs: l.Blobs(), taken: map[string]int{}}
	for _, p := range paths {
		if err := d.add(p); err != nil {
			return checkOut{}, err
		}
	}
	if !d.came.IsZero() && !x.said {
		x.at = d.came.In(intake.Zone())
	}
	if err := (&bot.Bot{Ledger: l}).Configure(x.at, x.settings); err != nil {
		return checkOut{}, err
	}
	fmt.Fprintf(x.progress, "正在读取%d个文件……\n", len(d.attachments))
	reader := &bot.Reader{Cage: x.cage(ctx, dir, d.attachments), Blobs: l.Blobs()}
	readings, err := reader.Read(ctx, mail.Message{Attachments: d.attachments}, x.settings.Call.Form(), func(string) (intake.Reading, bool) { return intake.Reading{}, false }, nil)
	if err != nil {
		return checkOut{}, err
	}
	return x.decide(l, d, readings)
}

// userCache is where commands without a data folder keep compiled code: in the
// user's own cache folder, else below temp.
func userCache(temp string) string {
	if own, err := os.UserCacheDir(); err == nil && os.MkdirAll(filepath.Join(own, "anli"), 0o700) == nil {
		return filepath.Join(own, "anli")
	}
	return temp
}

// cage prepares PDF reading where there is a PDF. The compiled code is kept for
// the next check in the user's own cache folder.
func (x examination) cage(ctx context.Context, temp string, files []mail.Attachment) *cage.Cage {
	c := &cage.Cage{CacheDir: userCache(temp)}
	needed := slices.ContainsFunc(files, func(a mail.Attachment) bool {
		return strings.EqualFold(filepath.Ext(a.Name), ".pdf") || unpack.ArchiveName(a.Name)
	})
	if !needed {
		return c
	}
	if err := c.Warm(ctx, warmWork); err != nil {
		fmt.Fprintln(x.progress, "PDF识别组件未能预热，读取会慢一些。")
	}
	return c
}

// decide lets the desk receive the delivery and reads what it would record.
func (x examination) decide(l *ledger.Ledger, d delivery, readings []intake.Reading) (checkOut, error) {
	out := checkOut{Cases: []caseOut{}, Documents: []documentOut{}, Problems: []intake.Finding{}}
	known := map[string]intake.Reading{}
	for _, r := range readings {
		known[r.SHA256] = r
	}
	reading := func(sha string) intake.Reading { return known[sha] }
	pieces := piecesOf(d.attachments, reading)
	change, err := x.receive(l, d, pieces, readings)
	if err != nil {
		return out, err
	}
	for _, b := range change.Bursts {
		out.Problems = append(out.Problems, b.Problems...)
	}
	out.Problems = append(out.Problems, x.senders(d)...)
	for _, p := range change.Papers {
		out.Documents = append(out.Documents, documentOut{d.inside(p.File.Path), p.File.Role})
	}
	out.Documents = append(out.Documents, looseOf(change, pieces, reading, d)...)
	for i := range change.Cases {
		if !x.judge {
			change.Cases[i].Holds = nil // of a deadline that is not judged
		}
	}
	for _, c := range change.Cases {
		out.Cases = append(out.Cases, x.caseOut(c, reading, change.Cases, d))
	}
	out.seal(change, markedPieces(pieces, reading))
	if d.secret {
		out.Problems = append([]intake.Finding{intake.SecretFinding(form.Marking{Where: form.MarkedMail})}, out.Problems...)
	}
	slices.SortStableFunc(out.Documents, func(a, b documentOut) int { return strings.Compare(a.Path, b.Path) })
	if len(out.Cases)+len(out.Problems) == 0 {
		empty, err := x.receive(l, delivery{}, nil, nil)
		if err != nil {
			return out, err
		}
		out.Problems = append(out.Problems, empty.Bursts[0].Problems...)
	}
	for i := range out.Problems {
		if p := &out.Problems[i]; p.Code == "empty-mail" && !d.mailed {
			p.Message, p.Fix = "没有找到可核对的文件", "请将申报材料放入后再核对。"
		}
	}
	return out, nil
}

// receive is the desk's own decision on the delivery, as if a bureau had mailed it.
func (x examination) receive(l *ledger.Ledger, d delivery, pieces []intake.Piece, readings []intake.Reading) (change intake.Change, err error) {
	err = l.View(func(tx *ledger.Tx) error {
		s, err := intake.Sit(tx, x.at, intake.House{Key: make([]byte, keyLength), Domain: "localhost"})
		if err != nil {
			return err
		}
		s.Learn(readings)
		record := s.Record(intake.Mail{SHA256: strings.Repeat("0", 64), Arrival: x.at, From: d.from})
		city, mixed := s.CityFor(&intake.Mail{From: d.from, Subject: d.subject, Fresh: d.fresh}, pieces, nil, nil)
		s.Receive(intake.Incoming{Mail: record, Address: d.from, Pieces: pieces, Cloud: d.links, Announce: true, City: city})
		found := s.CheckSummary(record.City, true, nil)
		if cities := x.settings.CitiesOf(d.from); city == "" && len(cities) > 1 {
			found = append(found, intake.CityFinding(cities, mixed, len(pieces) > 0))
		}
		for _, c := range s.Cases(record.City) {
			for i := range found {
				found[i].Fix = strings.ReplaceAll(found[i].Fix, c.Number, "编号") // it has none yet
			}
		}
		r, err := s.Result()
		change = r.Change
		if len(change.Bursts) > 0 {
			change.Bursts[0].Problems = append(change.Bursts[0].Problems, found...)
		}
		return err
	})
	return change, err
}

// caseOut runs the checks once more on the case as it was put together, beside the
// others: as if it had no number yet, and judging the sender's duties only where a
// configuration was named.
func (x examination) caseOut(c intake.Case, reading func(string) intake.Reading, all []intake.Case, d delivery) caseOut {
	files := c.Active()
	f, has := intake.FormOf(&c, reading)
	checked := intake.Checked{Case: &c, Settings: x.settings, Reading: reading, Form: f, HasForm: has, Judge: x.judge, Now: x.at}
	called := []string{c.Number, "编号"}
	for i := range all {
		o := &all[i]
		if o.Live() {
			checked.Live++
		}
		checked.Others = append(checked.Others, o)
		called = append(called, o.Number, "“"+firstText(o.Folder, o.Unit)+"”")
	}
	findings := intake.Check(checked)
	unnumbered := strings.NewReplacer(called...)
	slices.SortStableFunc(files, func(a, b intake.File) int { return strings.Compare(a.Path, b.Path) })
	for i := range files {
		files[i].Path = d.inside(files[i].Path)
	}
	for i := range findings {
		x := &findings[i]
		x.File, x.Message, x.Fix = d.inside(x.File), unnumbered.Replace(x.Message), unnumbered.Replace(x.Fix)
	}
	return caseOut{Folder: c.Folder, Unit: c.Unit, Case: c.Case, Categories: listOf(c.Categories), Form: f, Files: filesOut(files), Findings: findings}
}

// senders: with a configuration, an .eml of an address that is not enrolled.
func (x examination) senders(d delivery) []intake.Finding {
	if !x.judge || d.from == "" || x.settings.IsBureau(d.from) || x.settings.StaffName(d.from) != "" {
		return nil
	}
	return []intake.Finding{{Code: "sender-unknown", Severity: "error", State: "open", Audience: "bureau", Source: "mail",
		Message: "发件邮箱" + d.from + "未备案", Fix: "如为市商务局经办同志，请来电备案，无需重新发送；如为申报单位，请报送所在地市商务局。"}}
}

// open tells whether an error is open.
func (o checkOut) open() bool {
	n := openErrors(o.Problems)
	for _, c := range o.Cases {
		n += openErrors(c.Findings)
	}
	return n > 0
}

func printCheck(w io.Writer, o checkOut) {
	for i, c := range o.Cases {
		fmt.Fprintf(w, "案例%d  %s\n", i+1, firstText(c.Unit, "（单位未识别）")+"　"+c.Case)
		if c.Folder != "" {
			fmt.Fprintf(w, "  文件夹：%s\n", c.Folder)
		}
		fmt.Fprintf(w, "  参评领域：%s\n  文件（%d）：\n", firstText(strings.Join(c.Categories, "、"), "未识别"), len(c.Files))
		rows := [][]string{}
		for _, f := range c.Files {
			rows = append(rows, []string{"    " + f.Path, size(f.Bytes), f.taken})
		}
		writeIndented(w, rows)
		printFindings(w, c.Findings)
		fmt.Fprintln(w)
	}
	for _, d := range o.Documents {
		what := "未归入案例"
		if d.Role == intake.RoleCover || d.Role == intake.RoleSummary || d.Role == intake.RoleContainer {
			what = "市局材料"
		}
		fmt.Fprintf(w, "%s：%s（%s）\n", what, d.Path, d.Role.Title())
	}
	if len(o.Problems) > 0 {
		fmt.Fprintln(w, "材料问题：")
		printFindings(w, o.Problems)
	}
}

func printFindings(w io.Writer, findings []intake.Finding) {
	errors := openErrors(findings)
	if errors == 0 {
		fmt.Fprintln(w, "  结论：齐全")
	} else {
		fmt.Fprintf(w, "  结论：有%d项须补正\n", errors)
	}
	for _, f := range findings {
		fmt.Fprintf(w, "  [%s] %s。%s\n", severityWord(f.Severity), f.Message, f.Fix)
	}
}

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}
