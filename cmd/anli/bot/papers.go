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
	seals "anli/parser/seal"
)

// Documents of one mail are read by one caged child, one after the other, and those
// that may be the form are looked at for seals: most of a child's cost is starting
// PDFium. A child that fails costs nothing but time: each document whose words are
// missing is then read by a child of its own, and where all words are there, they
// stand, and what was not looked at is looked at by a child of its own, pages and
// pictures inside alike.
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
	Labels   []document.SealLabel
	Sections []section
}

// paper is what the child says of a document.
type paper struct {
	Kind     string           `json:"kind"`
	Pages    int              `json:"pages"`
	Scanned  bool             `json:"scanned"`
	Scans    []int            `json:"scans"` // where other pages have words
	Reading  form.Reading     `json:"reading"`
	Tables   [][][]string     `json:"tables"`
	Text     string           `json:"text"`
	Cut      bool             `json:"cut"`
	Pictured bool             `json:"pictured"`
	Figures  int              `json:"figures"` // pictures on the pages of a PDF
	Inside   []document.Inner `json:"inside"`  // of slides; those of a Word file follow
	Holder   bool             `json:"holder"`  // a word processor's file: a [pictured] follows
	Private  []string         `json:"private"` // kinds of personal data
	Secret   *form.Marking    `json:"secret"`  // where it bears a mark of secrecy
	Seals    *seals.Reading   `json:"seals"`   // of an .ofd, whose pages are not drawn
	Code     string           `json:"code"`    // finding code of a failure
	Reason   string           `json:"reason"`  // Chinese
}

// pictured is what the child says of the pictures inside a document.
type pictured struct {
	Inside []document.Inner `json:"pictures_inside"`
}

// mayBeForm tells by its words and name whether a document is looked at for seals.
func (p paper) mayBeForm(name string) bool {
	return p.Kind == document.PDF && intake.MayBeForm(name, filled(intake.Reading{}, p))
}

func isSheet(kind string) bool {
	return kind == document.XLSX || kind == document.XLS || kind == document.CSV
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
	said, err := r.run(ctx, files, bundle, call)
	if err != nil && !caged(err) {
		return fmt.Errorf("reading %s: %w", files[bundle[0]].sha[:8], err)
	}
	switch whole := len(said.papers) == len(bundle); {
	case !whole && len(bundle) == 1:
		r.unread(files[bundle[0]], workRead, err)
		found[bundle[0]].Kind, found[bundle[0]].Failure, found[bundle[0]].Reason = "other", "form-unreadable", beyondLimits
		return nil
	case !whole:
		return oneByOne(bundle, func(alone []int) error { return r.papers(ctx, files, alone, call, found) })
	}
	var left, again []int
	for n, i := range bundle {
		found[i] = filled(found[i], said.papers[n])
		if inside, told := said.inside[i]; told {
			found[i].Inside = inside
		} else if said.papers[n].Holder && len(bundle) > 1 {
			again = append(again, i)
		} else if said.papers[n].Holder { // its words stand
			r.unread(files[i], workRead, err)
		}
		if l, lookedAt := said.looks[i]; lookedAt {
			found[i] = seen(found[i], l)
		} else if said.papers[n].mayBeForm(files[i].name) {
			left = append(left, i)
		}
	}
	if err := oneByOne(again, func(alone []int) error { return r.papers(ctx, files, alone, call, found) }); err != nil {
		return err
	}
	return oneByOne(left, func(alone []int) error { return r.look(ctx, files, alone, nil, found) })
}

// beyondLimits is what people read of a file whose child came to no end.
const beyondLimits = "读取时超出处理上限"

// unread tells the operator why. The file's name is the sender's, and not told.
func (r *Reader) unread(file unreadFile, what string, err error) {
	if r.Log != nil {
		r.Log.Warn("the cage failed at a file", "work", what, "sha256", file.sha, "bytes", file.size, "err", err)
	}
}

// oneByOne does for each file of a bundle what could not be done for all.
func oneByOne(bundle []int, do func(alone []int) error) error {
	for _, i := range bundle {
		if err := do([]int{i}); err != nil {
			return err
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

// said is what a child told of a bundle, as far as it came.
type said struct {
	papers []paper                  // in the bundle's order
	looks  map[int]looked           // by the file's index
	inside map[int][]document.Inner // by the file's index
}

// run lets one child read a bundle. Besides an error there may be what it said
// before it failed.
func (r *Reader) run(ctx context.Context, files []unreadFile, bundle []int, call form.Call) (out said, err error) {
	in, sections, err := r.join(files, bundle)
	if err != nil {
		return out, err
	}
	defer in.Close()
	err = r.Cage.Run(ctx, workRead, in, readTask{call, sealLabels(), sections}, func(answer io.Reader) error {
		out = said{looks: map[int]looked{}, inside: map[int][]document.Inner{}}
		told := json.NewDecoder(answer)
		for range bundle {
			var p paper
			if err := told.Decode(&p); err != nil {
				return nonsense(err)
			}
			out.papers = append(out.papers, p)
		}
		for n, i := range bundle {
			if !out.papers[n].mayBeForm(files[i].name) {
				continue
			}
			var l looked
			if err := told.Decode(&l); err != nil {
				return nonsense(err)
			}
			out.looks[i] = l
		}
		for n, i := range bundle {
			if !out.papers[n].Holder {
				continue
			}
			var p pictured
			if err := told.Decode(&p); err != nil {
				return nonsense(err)
			}
			out.inside[i] = p.Inside
		}
		return nil
	})
	return out, err
}

// nonsense: a child that answers something else is as good as dead. Where it died,
// the cage says so in place of this.
func nonsense(err error) error { return fmt.Errorf("%w: its answer: %w", cage.ErrDied, err) }

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
	reading.Kind, reading.Pages, reading.Scanned, reading.Scans = cmp.Or(p.Kind, "other"), p.Pages, p.Scanned, p.Scans
	reading.Failure, reading.Reason, reading.Private, reading.Pictured = p.Code, p.Reason, p.Private, p.Pictured
	reading.Figures, reading.Inside = p.Figures, p.Inside
	reading.Tables, reading.Text, reading.Cut, reading.Secret = p.Tables, p.Text, p.Cut, p.Secret
	reading.Seals = p.Seals
	if p.Reading.Paper != "" || len(p.Reading.Parts) > 0 {
		reading.Paper = &p.Reading
	}
	return reading
}
