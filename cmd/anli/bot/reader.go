package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path"
	"runtime"
	"strings"
	"sync"

	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/cage"
	"anli/parser/document"
	"anli/parser/form"
	"anli/parser/mail"
	"anli/parser/unpack"
)

// ReaderVersion is raised when the readers read differently; readings that are
// kept are not made anew by that.
const ReaderVersion = 2

// Reader reads what people attach, in the cage: the only caller of it.
type Reader struct {
	Cage  *cage.Cage
	Blobs *ledger.Blobs
	Ready <-chan struct{} // closed when PDF reading is prepared; nil: do not wait
	Log   *slog.Logger    // told of files at which the cage failed; nil: nobody is
}

// Keep has children waiting for what mails bring, about 0.1 s of start each, until
// the cage is closed.
func (r *Reader) Keep() {
	r.Cage.Keep(cage.Limits{}, workPrepare)
	r.Cage.Keep(lookLimits(), "")
	r.Cage.Keep(unpackLimits(unpack.Limits{}), "")
}

// Read gives the readings of a mail's files that are not known yet. A file that
// cannot be read yields a reading that says so; an error is ours. earlier gives
// volumes that came before, for archives in several files; nil: there are none.
func (r *Reader) Read(ctx context.Context, msg mail.Message, call form.Call, known func(sha string) (intake.Reading, bool),
	earlier func(reading func(string) intake.Reading) ([]intake.Piece, error)) ([]intake.Reading, error) {
	done := map[string]bool{}
	unread := func(name, sha string, size int64) []unreadFile {
		if _, kept := known(sha); kept || done[sha] {
			return nil
		}
		done[sha] = true
		return []unreadFile{{name, sha, size}}
	}
	var files, inside []unreadFile
	for _, at := range msg.Attachments {
		files = append(files, unread(at.Name, at.SHA256, at.Size)...)
	}
	out, err := r.all(ctx, files, call)
	if err != nil {
		return nil, err
	}
	sets, err := r.sets(ctx, msg, out, known, earlier)
	if err != nil {
		return nil, err
	}
	out = append(out, sets...)
	room := maxFiles
	for i := range out {
		reading := &out[i]
		if reading.Listing != nil {
			if room -= len(reading.Listing.Files); room < 0 {
				*reading.Listing = unpack.Listing{Problems: []unpack.Problem{{Code: "archive-unsafe", Reason: "来信所含文件过多"}}}
			}
			for _, f := range reading.Listing.Files {
				inside = append(inside, unread(f.Path, f.SHA256, f.Size)...)
			}
		}
	}
	more, err := r.all(ctx, inside, call)
	out = append(out, more...)
	withinEntry(out)
	return out, err
}

// maxPlain is how many bytes of one mail's files are kept of what has no small bound:
// seals, parts, pictures inside, tables and paragraphs.
const maxPlain = 2 << 20

// maxSeals is how many bytes of one mail's files are kept of seals: of 80 forms whose every
// page is full of red, of thousands as they are.
// Of more files a person has to look at the pages.
const maxSeals = 3 << 20

// withinEntry leaves out what is too much for the mail's entry: tables and paragraphs
// first, then pictures inside, on which a package's state may hang, then seals. The
// files' own bytes stay.
func withinEntry(readings []intake.Reading) {
	sealsWithin(readings)
	room := maxPlain
	fits := func(v any) bool {
		written, err := json.Marshal(v)
		room -= len(written)
		return err == nil && room >= 0
	}
	for i := range readings {
		r := &readings[i]
		if r.Paper != nil {
			fits(r.Paper.Parts)
		}
		fits(r.Seals)
	}
	for i := range readings {
		if r := &readings[i]; r.Inside != nil && !fits(r.Inside) {
			r.Inside = nil
		}
	}
	for i := range readings {
		r := &readings[i]
		if (r.Tables != nil || r.Text != "") && !fits([]any{r.Tables, r.Text}) {
			r.Tables, r.Text, r.Cut = nil, "", true
		}
	}
}

// sealsWithin makes pages unread whose seals are too much for the entry.
func sealsWithin(readings []intake.Reading) {
	room := maxSeals
	for i := range readings {
		r := &readings[i]
		if r.Seals == nil {
			continue
		}
		written, err := json.Marshal(r.Seals)
		if room -= len(written); err != nil || room < 0 {
			unread := unreadPages()
			unread.Signed, r.Seals = r.Seals.Signed, &unread
		}
	}
}

// maxFiles of all archives of one mail are taken in: each stands in the mail's entry,
// which has a limit of 8 MiB.
const maxFiles = 2000

type unreadFile struct {
	name, sha string
	size      int64
}

// all reads files side by side, as many as there are processors, and gives the
// readings in the files' order. Documents share a child, so do pictures; archives
// have their own.
func (r *Reader) all(ctx context.Context, files []unreadFile, call form.Call) ([]intake.Reading, error) {
	found := make([]intake.Reading, len(files))
	var tasks []func() error
	var papers, pictures []int
	picture := map[int]bool{}
	for i, f := range files {
		kind, reading, err := r.sniff(f)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", f.sha[:8], err)
		}
		found[i] = reading
		switch kind {
		case isArchive:
			tasks = append(tasks, func() (err error) { found[i], err = r.archive(ctx, f, reading); return err })
		case isPaper:
			papers = append(papers, i)
		case isPicture:
			pictures, picture[i] = append(pictures, i), true
		}
	}
	for _, b := range bundles(files, papers) {
		tasks = append(tasks, func() error { return r.papers(ctx, files, b, call, found) })
	}
	for _, b := range bundles(files, pictures) {
		tasks = append(tasks, func() error { return r.look(ctx, files, b, picture, found) })
	}
	if err := sideBySide(tasks); err != nil {
		return nil, err
	}
	var out []intake.Reading
	for _, reading := range found {
		if reading.Kind != "" {
			out = append(out, reading)
		}
	}
	return out, nil
}

// sideBySide runs tasks, as many at once as there are processors.
func sideBySide(tasks []func() error) error {
	failed := make([]error, len(tasks))
	slots := make(chan struct{}, runtime.NumCPU())
	var wait sync.WaitGroup
	for i, task := range tasks {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			failed[i] = task()
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// What a file is, by its content, as far as it decides who reads it.
const (
	isOther = iota
	isArchive
	isPaper
	isPicture
)

// sniff says what a file is, not what its name says, with the reading as far as
// that needs no opening.
func (r *Reader) sniff(file unreadFile) (kind int, reading intake.Reading, err error) {
	reading = intake.Reading{SHA256: file.sha, Reader: ReaderVersion}
	if file.size == 0 {
		reading.Kind, reading.Failure = "empty", "file-empty"
		return isOther, reading, nil
	}
	f, err := r.Blobs.Open(file.sha)
	if err != nil {
		return isOther, reading, err
	}
	defer f.Close()
	head := make([]byte, unpack.SniffLen)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return isOther, reading, err
	}
	format := unpack.Sniff(head[:n])
	if lost, notice := takenAway(file, format, f); notice {
		reading.Kind, reading.Failure, reading.Reason = "other", "attachment-quarantined", lost
		return isOther, reading, nil
	}
	switch {
	case scriptName(file.name) && (format == "" || format == "html" || format == "zip" || format == "ole") && !strings.HasPrefix(path.Base(file.name), "www."):
		reading.Kind, reading.Failure = "dangerous", "file-dangerous"
	case unpack.IsArchive(file.name, head[:n], f, file.size):
		return isArchive, reading, nil
	case strings.EqualFold(path.Ext(file.name), ".p7m"): // a mail that was only signed was opened as it was read
		reading.Kind, reading.Failure = "other", "file-encrypted"
	case format == "locked":
		reading.Kind, reading.Failure, reading.Reason = "other", "file-encrypted", "经加密软件加密"
	case format == "exe":
		reading.Kind, reading.Failure = "dangerous", "file-dangerous"
	case format == "pdf", format == "zip", format == "ole", format == "rtf", wordName(file.name):
		return isPaper, reading, nil
	case format == "jpeg", format == "png", format == "gif", format == "tiff", intake.IsPicture(file.name):
		return isPicture, reading, nil
	case (format == "" || format == "html") && document.HasText(file.name):
		return isPaper, reading, nil
	}
	return isOther, reading, nil
}

// takenAway tells a text that a mail gateway put in a file's place.
func takenAway(file unreadFile, format string, in io.ReaderAt) (name string, notice bool) {
	const most = 8 << 10
	if file.size > most || format != "" && format != "html" || calledDocument(file.name) {
		return "", false
	}
	raw := make([]byte, file.size)
	if n, err := in.ReadAt(raw, 0); int64(n) < file.size && err != nil {
		return "", false
	}
	text := mail.GuessText(raw)
	if format == "html" {
		text, _ = mail.HTMLText(text, most)
	}
	return mail.Quarantined(text)
}

// scriptName: what Windows runs when it is clicked on; scripts have no mark of
// their own within.
func scriptName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".bat", ".cmd", ".com", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".ps1", ".scr", ".pif", ".lnk", ".url", ".reg", ".jar", ".msi", ".apk":
		return true
	}
	return false
}

func wordName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".doc", ".wps", ".rtf", ".pdf", ".wpt", ".dot", ".mht", ".mhtml", ".fodt", ".xml":
		return true
	}
	return false
}

// calledDocument: by its name a file is one of those a form may come in.
func calledDocument(name string) bool {
	lower := strings.ToLower(name)
	return wordName(name) || strings.HasSuffix(lower, ".odt") || strings.HasSuffix(lower, ".ofd")
}

// caged: the fault is the file's, and costs its own package a line. So is an answer
// that no reader of ours gives.
func caged(err error) bool {
	return errors.Is(err, cage.ErrLimit) || errors.Is(err, cage.ErrDied) || errors.Is(err, cage.ErrWork) || errors.Is(err, unpack.ErrAnswer)
}
