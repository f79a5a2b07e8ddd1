package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"anli/intake"
	"anli/parser/cage"
	"anli/parser/document"
	"anli/parser/form"
)

// Documents of one mail are read by one caged child, one after the other: most
// of a child's cost is starting PDFium. A child that fails costs nothing but
// time: each of its documents is then read by a child of its own.
const (
	bundleFiles = 8
	bundleBytes = 32 << 20
)

// kept is how much of a document's tables and paragraphs stands in the journal.
var kept = document.Bounds{Rows: 400, Columns: 40, TableBytes: 64 << 10, TextBytes: 16 << 10}

// section is where one document lies in a child's input.
type section struct {
	Name         string
	Offset, Size int64
}

// readTask is what a child is told.
type readTask struct {
	Call     form.Call
	Sections []section
}

// paper is what the child says of a document.
type paper struct {
	Kind     string       `json:"kind"`
	Pages    int          `json:"pages"`
	Scanned  bool         `json:"scanned"`
	Reading  form.Reading `json:"reading"`
	Tables   [][][]string `json:"tables"`
	Text     string       `json:"text"`
	Cut      bool         `json:"cut"`
	Pictured bool         `json:"pictured"`
	Private  []string     `json:"private"` // kinds of personal data
	Code     string       `json:"code"`    // finding code of a failure
	Reason   string       `json:"reason"`  // Chinese
}

// readWork reads documents in the child.
func readWork(in *os.File, args []byte, out io.Writer) error {
	var task readTask
	if err := json.Unmarshal(args, &task); err != nil {
		return err
	}
	cache, _ := os.UserCacheDir() // "" where there is none: slower, not wrong
	reader := document.NewReader(document.Options{CacheDir: cache})
	defer reader.Close()
	var all []paper
	for _, s := range task.Sections {
		doc, err := reader.ReadNamed(s.Name, io.NewSectionReader(in, s.Offset, s.Size), s.Size)
		if err == nil && isSheet(doc.Kind) && calledDocument(s.Name) {
			err = fmt.Errorf("%w: a spreadsheet", document.ErrUnsupported) // a form is to be what it is called
		}
		if err != nil {
			code, reason := unreadable(s.Name, err)
			kind := "other"
			if code == "file-dangerous" {
				kind = "dangerous"
			}
			all = append(all, paper{Kind: kind, Code: code, Reason: reason})
			continue
		}
		all = append(all, paperOf(doc, task.Call))
	}
	return json.NewEncoder(out).Encode(all)
}

func isSheet(kind string) bool {
	return kind == document.XLSX || kind == document.XLS || kind == document.CSV
}

// paperOf is what is kept of a document. A spreadsheet is never taken for one of
// the papers: what it is to a case, its name says.
func paperOf(doc document.Document, call form.Call) paper {
	p := paper{Kind: doc.Kind, Pages: doc.Pages, Scanned: doc.Scanned, Private: form.Personal(doc)}
	p.Pictured = doc.Kind == document.PDF && !doc.Scanned && doc.Pictures > 0 && doc.Pictures >= doc.Pages
	if !isSheet(doc.Kind) {
		p.Reading = form.Read(doc, call)
	}
	if p.Reading.Paper == "" || p.Reading.Paper == form.PaperSummary {
		var whole bool
		p.Tables, p.Text, whole = doc.Plain(kept)
		p.Cut = !whole
	}
	return p
}

func warmWork(*os.File, []byte, io.Writer) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	return document.Warm(cache)
}

func unreadable(name string, err error) (code, reason string) {
	switch {
	case errors.Is(err, document.ErrEncrypted):
		return "file-encrypted", "设有密码"
	case errors.Is(err, document.ErrTooLarge):
		return "form-unreadable", "文件内容超出处理上限"
	case errors.Is(err, document.ErrMacros):
		return "file-dangerous", "含宏"
	case errors.Is(err, document.ErrUnsupported) && strings.HasSuffix(err.Error(), "doc before Word 97"):
		return "form-unreadable", "Word 95及更早版本的格式，不能识别"
	case errors.Is(err, document.ErrUnsupported) && strings.HasSuffix(err.Error(), ": ole") && strings.HasSuffix(strings.ToLower(name), ".wps"):
		return "form-unreadable", "不是WPS文字的文件格式"
	case errors.Is(err, document.ErrUnsupported) && strings.HasSuffix(err.Error(), ": text"):
		return "form-unreadable", "内容只是纯文本"
	case errors.Is(err, document.ErrUnsupported) && document.HasText(name):
		return "form-unreadable", "不是能识别的表格或文本"
	case errors.Is(err, document.ErrUnsupported):
		return "form-unreadable", "不是Word或PDF格式"
	}
	return "form-unreadable", "文件损坏"
}

// bundles groups documents, given by index, into the inputs of children.
func bundles(files []unreadFile, papers []int) [][]int {
	var out [][]int
	var open []int
	bytes := int64(0)
	for _, i := range papers {
		if len(open) > 0 && (len(open) == bundleFiles || bytes+files[i].size > bundleBytes) {
			out, open, bytes = append(out, open), nil, 0
		}
		open = append(open, i)
		bytes += files[i].size
	}
	if len(open) > 0 {
		out = append(out, open)
	}
	return out
}

// papers reads the documents of a bundle into found.
func (r *Reader) papers(ctx context.Context, files []unreadFile, bundle []int, call form.Call, found []intake.Reading) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	all, err := r.run(ctx, files, bundle, call)
	switch {
	case err == nil:
		for n, i := range bundle {
			found[i] = filled(found[i], all[n])
		}
	case !caged(err):
		return fmt.Errorf("reading %s: %w", files[bundle[0]].sha[:8], err)
	case len(bundle) == 1:
		found[bundle[0]].Kind, found[bundle[0]].Failure, found[bundle[0]].Reason = "other", "form-unreadable", "读取时超出处理上限"
	default:
		for _, i := range bundle {
			if err := r.papers(ctx, files, []int{i}, call, found); err != nil {
				return err
			}
		}
	}
	return nil
}

// ready waits until PDF reading is prepared.
func (r *Reader) ready(ctx context.Context) error {
	if r.Ready == nil {
		return nil
	}
	select {
	case <-r.Ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run lets one child read a bundle. Its answer is checked: one paper a document.
func (r *Reader) run(ctx context.Context, files []unreadFile, bundle []int, call form.Call) ([]paper, error) {
	in, sections, err := r.join(files, bundle)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var all []paper
	err = r.Cage.Run(ctx, workRead, in, readTask{call, sections}, func(answer io.Reader) error {
		all = nil
		return json.NewDecoder(answer).Decode(&all)
	})
	if err == nil && len(all) != len(bundle) {
		err = fmt.Errorf("%w: it answered for %d of %d documents", cage.ErrDied, len(all), len(bundle))
	}
	return all, err
}

// join lays documents behind one another in a file without a name; a single one
// is given as it is.
func (r *Reader) join(files []unreadFile, bundle []int) (*os.File, []section, error) {
	if len(bundle) == 1 {
		f, err := r.Blobs.Open(files[bundle[0]].sha)
		return f, []section{{files[bundle[0]].name, 0, files[bundle[0]].size}}, err
	}
	in, err := os.CreateTemp("", "anli-papers-")
	if err != nil {
		return nil, nil, err
	}
	if err := os.Remove(in.Name()); err != nil {
		return nil, nil, errors.Join(err, in.Close())
	}
	var sections []section
	at := int64(0)
	for _, i := range bundle {
		n, err := r.copyTo(in, files[i].sha)
		if err != nil {
			return nil, nil, errors.Join(err, in.Close())
		}
		sections = append(sections, section{files[i].name, at, n})
		at += n
	}
	return in, sections, nil
}

func (r *Reader) copyTo(in *os.File, sha string) (int64, error) {
	f, err := r.Blobs.Open(sha)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return io.Copy(in, f)
}

// filled is a reading with what the child says.
func filled(reading intake.Reading, p paper) intake.Reading {
	reading.Kind, reading.Pages, reading.Scanned = cmp.Or(p.Kind, "other"), p.Pages, p.Scanned
	reading.Failure, reading.Reason, reading.Private, reading.Pictured = p.Code, p.Reason, p.Private, p.Pictured
	reading.Tables, reading.Text, reading.Cut = p.Tables, p.Text, p.Cut
	if p.Reading.Paper != "" {
		reading.Paper = &p.Reading
	}
	return reading
}
