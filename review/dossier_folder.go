package review

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/templates"
)

// DossierFolder is a case's file as a folder: the book says all that lies in it. The same
// ledger gives the same folder.
type DossierFolder struct {
	Name string                `json:"name"` // AL2024-0007-佛山市某某家居有限公司
	Book templates.DossierBook `json:"book"`
}

// ReadDossier gives the folder of a case of a ledger at rest; false if there is no
// such case. House reads the files' sizes.
func ReadDossier(tx *ledger.Tx, number string, at time.Time, house intake.House) (DossierFolder, bool, error) {
	s, err := intake.Sit(tx, at, house)
	if err != nil {
		return DossierFolder{}, false, err
	}
	b, err := Sit(tx, s)
	if err != nil {
		return DossierFolder{}, false, err
	}
	d, ok := b.Dossier(number)
	if !ok {
		return DossierFolder{}, false, nil
	}
	f := b.folder(d)
	_, err = b.Result() // where a record could not be read
	return f, true, err
}

// folder puts a case's file into words and names.
func (b *Bench) folder(d Dossier) DossierFolder {
	c := &d.Case
	mails := b.enclosures(d)
	place := map[string]string{} // of a mail or letter, by what events call it
	seq, head := b.Head()
	k := templates.DossierBook{Title: b.Settings.Call.Title, Number: c.Number, Unit: c.Unit, Case: c.Case, AsOf: longClock(b.Now), Entry: seq, Head: head,
		Scores: d.Scores, Sealed: b.Panel.Phase == PhaseOpen}
	for _, m := range mails {
		k.Mails = append(k.Mails, m.DossierMail)
		place[m.key] = cmp.Or(m.File, m.Note)
	}
	k.Facts = b.bookFacts(d)
	for _, e := range d.Events {
		k.Events = append(k.Events, b.bookEvent(e, place))
	}
	for _, x := range c.Decisions {
		k.Rulings = append(k.Rulings, templates.DossierRuling{At: bookClock(x.At), By: b.person(x.By, ""), What: ruled(x), Reason: x.Reason, Ended: x.Ended})
	}
	k.Rules = b.bookRules(d)
	for _, f := range c.Findings {
		k.Findings = append(k.Findings, map[string]string{"open": "", "waived": "（已免）", "pending": "（待后补）"}[f.State]+f.Message)
	}
	k.Material = b.material(c, place)
	return DossierFolder{Name: intake.SafeName(strings.TrimSuffix(c.Number+"-"+runes(c.Unit, 30), "-")), Book: k}
}

// bookFacts say what the case is and how it stands.
func (b *Bench) bookFacts(d Dossier) []templates.DossierFact {
	c := &d.Case
	received := longClock(c.Received)
	if c.Basis != "" {
		received += "（依据：" + c.Basis + "）"
	}
	var merged []string
	for _, x := range c.Decisions {
		if x.Ended == "" && x.Verb == "合并" {
			merged = append(merged, "已并入"+x.Item+"，此后的经过见该编号的案卷")
		}
		if x.Ended == "" && x.Verb == "并入" {
			merged = append(merged, x.Item+"并入本案例，此前的经过见该编号的案卷")
		}
	}
	place := d.Place
	if b.Panel.Phase == PhaseOpen {
		place = "评审尚未结束，评分封存"
	}
	all := []templates.DossierFact{{Name: "编号", Value: c.Number}, {Name: "参评单位", Value: c.Unit}, {Name: "参评案例", Value: c.Case}, {Name: "报送", Value: c.City + "商务局"},
		{Name: "参评领域", Value: strings.Join(c.Categories, "、")}, {Name: "状态", Value: d.State}, {Name: "首次到达", Value: received}, {Name: "报送邮箱", Value: b.person(c.Sender, "")},
		{Name: "合并", Value: strings.Join(merged, "；")}, {Name: "评审材料校验码", Value: c.Package}, {Name: "评审结果", Value: place}}
	return slices.DeleteFunc(all, func(f templates.DossierFact) bool { return f.Value == "" })
}

func (b *Bench) bookEvent(e Event, place map[string]string) templates.DossierEvent {
	name := ""
	if m, ok := b.Mail(e.Ref); ok && e.Kind == "来信" {
		name = m.Name
	}
	out := templates.DossierEvent{At: bookClock(e.At), Who: cmp.Or(b.person(e.By, name), e.Who, "系统"), Kind: e.Kind, Text: e.Text, Basis: e.Why, Ended: e.Ended,
		Mail: cmp.Or(place[e.Letter], place[e.Ref])}
	switch {
	case e.Letter != "":
		out.Mail = place[e.Letter]
		if out.Basis = e.Ref; e.Ref != "" {
			out.Basis = "信件码" + e.Ref
		}
	case strings.HasPrefix(e.Ref, "日志"):
		out.Basis = cmp.Or(out.Basis, e.Ref)
	}
	return out
}

// bookRules are the rules as they were set, and the rule of the ranking as the
// first request froze it.
func (b *Bench) bookRules(d Dossier) []templates.DossierRule {
	var out []templates.DossierRule
	for _, e := range d.Rules {
		out = append(out, templates.DossierRule{At: bookClock(e.At), Name: e.Kind, Value: e.Text, By: cmp.Or(b.person(e.By, ""), e.Who), Basis: e.Why})
	}
	if p := b.Panel; p.Phase != PhaseNone {
		out = append(out, templates.DossierRule{At: bookClock(p.Started), Name: "排名规则（评审启动时固定）", Value: p.Rule.Words(), By: "系统", Basis: "校验码" + p.Hash})
	}
	return out
}

// bookClock is a time in a column of a table.
func bookClock(t time.Time) string { return t.In(intake.Zone()).Format("2006-01-02 15:04") }

// standingFolders is where files lie by what they count for.
var standingFolders = map[intake.Standing]string{intake.StandingActive: "当前材料", intake.StandingReplaced: "已被替换", intake.StandingPending: "待确认", intake.StandingRefused: "不采用"}

// longestPath is how many characters a file's path has below its folder, so that
// Windows, which takes 260 in all, can unpack it.
const longestPath = 110

// material are all files of a case in every revision. An archive that was opened is
// there by its files.
func (b *Bench) material(c *intake.Case, place map[string]string) []templates.DossierMaterial {
	var out []templates.DossierMaterial
	for _, standing := range []intake.Standing{intake.StandingActive, intake.StandingReplaced, intake.StandingPending, intake.StandingRefused} {
		var files []intake.File
		var names []string
		for _, f := range c.Files {
			if f.Standing == standing && !b.unpacked(f) {
				names = append(names, f.Path)
				f.Path = fitted(f.Path)
				files = append(files, f)
			}
		}
		for i, p := range intake.Places(files) {
			m := templates.DossierMaterial{File: standingFolders[standing] + "/" + p.Name, Role: p.Role.Title(), At: bookClock(p.At), Mail: mailNumber(place[p.Mail]), SHA256: p.SHA256, Bytes: p.Bytes}
			if names[i] != p.Name {
				m.Name = names[i]
			}
			if _, err := b.BlobSize(p.SHA256); err != nil {
				m.Gone = true
			}
			out = append(out, m)
		}
	}
	return out
}

// mailNumber names a mail of the folder in short: 邮件03; why it is not there stands
// in the list of mails.
func mailNumber(place string) string {
	n, _, ok := strings.Cut(place, "_")
	switch {
	case ok:
		return "邮件" + n
	case place != "":
		return "未收入的邮件"
	}
	return ""
}

// unpacked: the file is an archive whose files are the case's own.
func (b *Bench) unpacked(f intake.File) bool {
	if f.Role != intake.RoleContainer {
		return false
	}
	m, _ := b.Mail(f.Mail)
	return slices.ContainsFunc(m.Files, func(p intake.Piece) bool { return p.SHA256 == f.SHA256 && p.Archive })
}

// fitted is a path that is short enough: of its folders the first is kept.
func fitted(p string) string {
	p = intake.SafePath(p)
	if len([]rune(p)) <= longestPath {
		return p
	}
	ext := path.Ext(p)
	if len(ext) > 20 {
		ext = ""
	}
	base := runes(strings.TrimSuffix(path.Base(p), ext), 60) + ext
	if dir, _, in := strings.Cut(p, "/"); in {
		return runes(dir, 25) + "/" + base
	}
	return base
}

// Names of the documents in a folder.
const (
	bookName     = "大事记.docx"
	manifestName = "目录及校验.txt"
	sumsName     = "SHA256SUMS"
)

// Files are all files of a folder, below one of its name: the documents, then the
// mails, then the material.
func (f DossierFolder) Files() []PackFile {
	book := made(bookName, templates.DossierDocument(f.Book))
	manifest := made(manifestName, templates.DossierManifest(f.Book, []templates.ManifestLine{{File: bookName, Bytes: book.Bytes, SHA256: sum(book.Data), Note: "案例的全部经过、决定、规则和文件"}}))
	var rest []PackFile
	for _, m := range f.Book.Mails {
		if m.File != "" {
			rest = append(rest, PackFile{Path: "来往邮件/" + m.File, SHA256: m.SHA256, Bytes: m.Bytes})
		}
	}
	for _, m := range f.Book.Material {
		if !m.Gone {
			rest = append(rest, PackFile{Path: "材料/" + m.File, SHA256: m.SHA256, Bytes: m.Bytes})
		}
	}
	var sums strings.Builder
	fmt.Fprintf(&sums, "%s  %s\n%s  %s\n", sum(book.Data), bookName, sum(manifest.Data), manifestName)
	for _, x := range rest {
		fmt.Fprintf(&sums, "%s  %s\n", x.SHA256, x.Path)
	}
	out := append([]PackFile{book, manifest, made(sumsName, []byte(sums.String()))}, rest...)
	for i := range out {
		out[i].Path = f.Name + "/" + out[i].Path
	}
	return out
}

// Missing says what of a case is not there any more, a line each, for the operator.
func (f DossierFolder) Missing() []string {
	var out []string
	for _, m := range f.Book.Mails {
		if m.Note == leftGone {
			out = append(out, fmt.Sprintf("%s mail of %s, SHA-256 %s: the mail's bytes are not there", f.Book.Number, m.At, m.SHA256))
		}
	}
	for _, m := range f.Book.Material {
		if m.Gone {
			out = append(out, fmt.Sprintf("%s %s, SHA-256 %s: the file's bytes are not there", f.Book.Number, m.File, m.SHA256))
		}
	}
	return out
}

func made(name string, data []byte) PackFile {
	return PackFile{Path: name, Data: data, Bytes: int64(len(data))}
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}
