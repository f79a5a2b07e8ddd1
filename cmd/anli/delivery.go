package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/form"
	"anli/parser/mail"
)

// delivery is what `anli check` was given, as if it had come in one mail: every
// file stored, its path the name of an attachment.
type delivery struct {
	blobs       *ledger.Blobs
	attachments []mail.Attachment
	from        string           // of the first .eml
	subject     string           // of all .eml, a line each
	fresh       string           // what their writers wrote
	came        time.Time        // when the earliest .eml arrived, as far as it tells
	mailed      bool             // there is one
	secret      bool             // one bears a mark in its subject, its first lines or the name of a file it links to
	links       []mail.CloudFile // files that it only links to
	folders     []string         // the folders that were named; they are no part of a path in the answer
	taken       map[string]int
}

// add takes a folder, an archive, an .eml or any other file.
func (d *delivery) add(name string) error {
	whole, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(whole)
	if err != nil {
		return err
	}
	base := decoded(filepath.Base(whole))
	if !info.IsDir() {
		return d.file(whole, base)
	}
	prefix := base + "/"
	if holdsPackages(whole) {
		prefix = "" // a stick: its own name says nothing
	} else {
		d.folders = append(d.folders, base)
	}
	return filepath.WalkDir(whole, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(whole, p)
		if err != nil || e.IsDir() && !litterFolder(e.Name()) {
			return err
		}
		if e.IsDir() {
			return filepath.SkipDir
		}
		if !e.Type().IsRegular() || litter(e.Name()) {
			return nil // links lead out of the delivery
		}
		return d.file(p, prefix+decoded(filepath.ToSlash(rel)))
	})
}

// holdsPackages: folders or archives named [案例]… lie in the folder.
func holdsPackages(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return intake.ParseFolder(decoded(e.Name()), "").Marked })
}

// decoded is a name from the disk as text: sticks written by old systems carry
// GBK.
func decoded(name string) string {
	if !utf8.ValidString(name) {
		name = mail.GuessText([]byte(name))
	}
	return norm.NFC.String(name)
}

// litter is what systems leave beside people's files.
func litter(name string) bool {
	switch strings.ToLower(name) {
	case ".ds_store", "thumbs.db", "desktop.ini":
		return true
	}
	for _, begins := range []string{"~$", "._", ".~", "~WRL", "~WRD"} { // marks of open files and saves of Word, WPS and a Mac
		if strings.HasPrefix(name, begins) {
			return true
		}
	}
	return false
}

// litterFolder is what systems lay into archives and onto sticks.
func litterFolder(name string) bool {
	switch strings.ToLower(name) {
	case "__macosx", "system volume information", "$recycle.bin", ".trashes", ".spotlight-v100", ".fseventsd":
		return true
	}
	return false
}

func (d *delivery) file(from, name string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	if strings.EqualFold(path.Ext(name), ".eml") {
		m, err := mail.Read(f, mail.Limits{}, d.blobs.Put)
		if err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
		return d.mail(m)
	}
	sha, n, err := d.blobs.Put(f)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	d.keep(mail.Attachment{Name: name, SHA256: sha, Size: n})
	return nil
}

// ornament is the size below which a picture in a mail's text is a signature's.
const ornament = 20 << 10

// mail takes a saved mail's attachments as the desk would.
func (d *delivery) mail(m mail.Message) error {
	d.mailed = true
	d.secret = d.secret || form.SecretMail(m.Subject, m.Fresh)
	if at := arrivalOf(m); !at.IsZero() && (d.came.IsZero() || at.Before(d.came)) {
		d.came = at
	}
	d.subject, d.fresh = d.subject+m.Subject+"\n", d.fresh+m.Fresh+"\n"
	if d.from == "" && len(m.From) > 0 {
		d.from = m.From[0].Addr
	}
	for _, f := range m.Cloud {
		if form.SecretName(f.Name) {
			d.secret = true // the name stands in no answer
		} else if !f.Quoted {
			d.links = append(d.links, f)
		}
	}
	for _, a := range m.Attachments {
		if a.Name == "" {
			a.Name = "未命名附件"
		}
		if !a.Inline || a.Size >= ornament {
			d.keep(a)
		}
	}
	return nil
}

// keep gives the second file of one name another.
func (d *delivery) keep(a mail.Attachment) {
	if d.taken[a.Name]++; d.taken[a.Name] > 1 {
		ext := path.Ext(a.Name)
		a.Name = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(a.Name, ext), d.taken[a.Name], ext)
	}
	d.attachments = append(d.attachments, a)
}

// inside is a path without the folder that was named on the command line, where
// grouping left that in front.
func (d *delivery) inside(p string) string {
	for _, base := range d.folders {
		if rest, ok := strings.CutPrefix(p, base+"/"); ok && !intake.ParseFolder(base, "").Marked {
			return rest
		}
	}
	return p
}

// piecesOf opens the archives of the delivery.
func piecesOf(attachments []mail.Attachment, reading func(string) intake.Reading) []intake.Piece {
	var files []intake.Piece
	for _, a := range attachments {
		p := intake.Piece{Path: a.Name, Bytes: a.Size, SHA256: a.SHA256}
		if a.Damaged != "" {
			p.Damaged = "附件在传输中不完整"
		}
		files = append(files, p)
	}
	return intake.Opened(files, nil, reading)
}

// looseOf are the files of no case: every file of a delivery stands somewhere.
func looseOf(change intake.Change, pieces []intake.Piece, reading func(string) intake.Reading, d delivery) []documentOut {
	role := map[string]intake.Role{}
	group := intake.Group(pieces, reading, nil)
	for _, f := range group.Loose {
		role[f.Path] = f.Role
	}
	for _, pk := range group.Packages {
		for _, f := range pk.Files {
			role[f.Path] = f.Role
		}
	}
	var out []documentOut
	for _, b := range change.Bursts {
		for _, p := range b.Loose {
			out = append(out, documentOut{d.inside(p.Path), role[p.Path]})
		}
	}
	return out
}
