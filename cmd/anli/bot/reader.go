package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

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
const ReaderVersion = 1

// Names of the works of the cage.
const (
	workUnpack = "unpack"
	workRead   = "read"
	workWarm   = "warm"
)

// Works are the plain functions that a caged child may be asked to do.
func Works() map[string]cage.Work {
	return map[string]cage.Work{workUnpack: unpack.Work, workRead: readWork, workWarm: warmWork}
}

// paper is what the child says of a document.
type paper struct {
	Kind    string       `json:"kind"`
	Pages   int          `json:"pages"`
	Scanned bool         `json:"scanned"`
	Reading form.Reading `json:"reading"`
	Code    string       `json:"code"`   // finding code of a failure
	Reason  string       `json:"reason"` // Chinese
}

// readWork reads one document in the child.
func readWork(in *os.File, args []byte, out io.Writer) error {
	var call form.Call
	if err := json.Unmarshal(args, &call); err != nil {
		return err
	}
	info, err := in.Stat()
	if err != nil {
		return err
	}
	cache, _ := os.UserCacheDir()
	doc, err := document.Read(in, info.Size(), document.Options{CacheDir: cache})
	p := paper{Kind: doc.Kind, Pages: doc.Pages, Scanned: doc.Scanned}
	if err != nil {
		p.Code, p.Reason = unreadable(err)
	} else {
		p.Reading = form.Read(doc, call)
	}
	return json.NewEncoder(out).Encode(p)
}

func warmWork(*os.File, []byte, io.Writer) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	return document.Warm(cache)
}

func unreadable(err error) (code, reason string) {
	switch {
	case errors.Is(err, document.ErrEncrypted):
		return "file-encrypted", "设有密码"
	case errors.Is(err, document.ErrTooLarge):
		return "form-unreadable", "文件内容超出处理上限"
	case errors.Is(err, document.ErrUnsupported) && strings.Contains(err.Error(), "doc"):
		return "form-unreadable", "旧版Word格式（.doc）暂不能识别"
	case errors.Is(err, document.ErrUnsupported):
		return "form-unreadable", "不是Word或PDF格式"
	}
	return "form-unreadable", "文件损坏"
}

// Reader reads what people attach, in the cage: the only caller of it.
type Reader struct {
	Cage  *cage.Cage
	Blobs *ledger.Blobs
	Ready <-chan struct{} // closed when PDF reading is prepared; nil: do not wait
}

// Read gives the readings of a mail's files that are not known yet. A file that
// cannot be read yields a reading that says so; an error is ours.
func (r *Reader) Read(ctx context.Context, msg mail.Message, call form.Call, known func(sha string) bool) ([]intake.Reading, error) {
	done := map[string]bool{}
	unread := func(name, sha string, size int64) []unreadFile {
		if done[sha] || known(sha) {
			return nil
		}
		done[sha] = true
		return []unreadFile{{name, sha, size}}
	}
	var attached, inside []unreadFile
	for _, at := range msg.Attachments {
		attached = append(attached, unread(at.Name, at.SHA256, at.Size)...)
	}
	out, err := r.all(ctx, attached, call)
	if err != nil {
		return nil, err
	}
	for _, reading := range out {
		if reading.Listing != nil {
			for _, f := range reading.Listing.Files {
				inside = append(inside, unread(f.Path, f.SHA256, f.Size)...)
			}
		}
	}
	more, err := r.all(ctx, inside, call)
	return append(out, more...), err
}

type unreadFile struct {
	name, sha string
	size      int64
}

// all reads files side by side, as many as there are processors, and gives the
// readings in the files' order.
func (r *Reader) all(ctx context.Context, files []unreadFile, call form.Call) ([]intake.Reading, error) {
	found := make([]intake.Reading, len(files))
	failed := make([]error, len(files))
	slots := make(chan struct{}, runtime.NumCPU())
	var wait sync.WaitGroup
	for i, f := range files {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			found[i], failed[i] = r.file(ctx, f.name, f.sha, f.size, call)
		})
	}
	wait.Wait()
	var out []intake.Reading
	for _, reading := range found {
		if reading.Kind != "" {
			out = append(out, reading)
		}
	}
	return out, errors.Join(failed...)
}

// file reads one file by what it is, not by what its name says.
func (r *Reader) file(ctx context.Context, name, sha string, size int64, call form.Call) (intake.Reading, error) {
	reading := intake.Reading{SHA256: sha, Reader: ReaderVersion}
	if size == 0 {
		reading.Kind, reading.Failure = "empty", "file-empty"
		return reading, nil
	}
	f, err := r.Blobs.Open(sha)
	if err != nil {
		return reading, fmt.Errorf("reading %s: %w", sha[:8], err)
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return reading, fmt.Errorf("reading %s: %w", sha[:8], err)
	}
	format := unpack.Sniff(head[:n])
	switch {
	case unpack.IsArchive(name, head[:n], f, size):
		return r.archive(ctx, name, f, reading)
	case format == "exe":
		reading.Kind, reading.Failure = "dangerous", "file-dangerous"
	case format == "pdf":
		if r.Ready != nil {
			select {
			case <-r.Ready:
			case <-ctx.Done():
				return reading, ctx.Err()
			}
		}
		return r.document(ctx, f, call, reading)
	case format == "zip", format == "ole", wordName(name):
		return r.document(ctx, f, call, reading)
	}
	return reading, nil
}

func wordName(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, ".docx") || strings.HasSuffix(lower, ".doc") || strings.HasSuffix(lower, ".wps") || strings.HasSuffix(lower, ".pdf")
}

func (r *Reader) archive(ctx context.Context, name string, f *os.File, reading intake.Reading) (intake.Reading, error) {
	reading.Kind = "archive"
	limits := unpack.Limits{}
	var listing unpack.Listing
	err := r.Cage.RunWithin(ctx, cage.Limits{CPU: time.Minute, Answer: limits.Answer(), Temp: true}, workUnpack, f, unpack.Task{Name: name, Limits: limits}, func(answer io.Reader) error {
		var err error
		listing, err = unpack.Collect(answer, limits, r.Blobs.Put)
		return err
	})
	if err != nil {
		if !caged(err) {
			return reading, fmt.Errorf("unpacking %s: %w", reading.SHA256[:8], err)
		}
		listing = unpack.Stopped(errors.Is(err, cage.ErrLimit))
	}
	reading.Listing = &listing
	return reading, nil
}

func (r *Reader) document(ctx context.Context, f *os.File, call form.Call, reading intake.Reading) (intake.Reading, error) {
	var p paper
	err := r.Cage.Run(ctx, workRead, f, call, func(answer io.Reader) error {
		return json.NewDecoder(answer).Decode(&p)
	})
	if err != nil {
		if !caged(err) {
			return reading, fmt.Errorf("reading %s: %w", reading.SHA256[:8], err)
		}
		reading.Kind, reading.Failure, reading.Reason = "other", "form-unreadable", "读取时超出处理上限"
		return reading, nil
	}
	reading.Kind, reading.Pages, reading.Scanned = firstOf(p.Kind, "other"), p.Pages, p.Scanned
	reading.Failure, reading.Reason = p.Code, p.Reason
	if p.Reading.Paper != "" {
		reading.Paper = &p.Reading
	}
	return reading, nil
}

// caged: the fault is the file's, and costs its own package a line.
func caged(err error) bool {
	return errors.Is(err, cage.ErrLimit) || errors.Is(err, cage.ErrDied) || errors.Is(err, cage.ErrWork)
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
