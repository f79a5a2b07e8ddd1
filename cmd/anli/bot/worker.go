package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"anli/intake"
	"anli/parser/cage"
	"anli/parser/document"
	"anli/parser/form"
	seals "anli/parser/seal"
	"anli/parser/unpack"
)

// Names of the works of the cage.
const (
	workUnpack  = "unpack"
	workRead    = "read"
	workLook    = "look"
	workPrepare = "prepare"
	workWarm    = "warm"
)

// Works are the plain functions that a caged child may be asked to do.
func Works() map[string]cage.Work {
	var w worker
	return map[string]cage.Work{workUnpack: unpack.Work, workRead: w.read, workLook: w.look, workPrepare: w.prepare, workWarm: warmWork}
}

// worker is what a child keeps from its preparation to its work. Nothing is closed
// in it: the child ends.
type worker struct{ reader *document.Reader }

func (w *worker) documents() *document.Reader {
	if w.reader == nil {
		cache, _ := os.UserCacheDir() // "" where there is none: slower, not wrong
		w.reader = document.NewReader(document.Options{CacheDir: cache})
	}
	return w.reader
}

// prepare is done before the input is known.
func (w *worker) prepare(*os.File, []byte, io.Writer) error { return w.documents().Start() }

// read tells the words of all documents of a bundle, one [paper] each, then of
// those that may be the form the seals, one [looked] each, and then of Word files the
// pictures inside, one [pictured] each: so a page that cannot be drawn and a picture
// that is too large cost no word.
func (w *worker) read(in *os.File, args []byte, out io.Writer) error {
	var task readTask
	if err := json.Unmarshal(args, &task); err != nil {
		return err
	}
	tell := json.NewEncoder(out)
	var forms, holders []section
	for _, s := range task.Sections {
		p := w.paper(in, s, task.Call)
		if err := tell.Encode(p); err != nil {
			return err
		}
		if p.mayBeForm(s.Name) {
			forms = append(forms, s)
		}
		if p.Holder {
			holders = append(holders, s)
		}
	}
	for _, s := range forms {
		if err := tell.Encode(w.pages(in, s, task.Labels)); err != nil {
			return err
		}
	}
	for _, s := range holders {
		inside, _ := document.PicturesIn(io.NewSectionReader(in, s.Offset, s.Size), s.Size) // its words are read: nobody asked for more
		if err := tell.Encode(pictured{inside.Pictures}); err != nil {
			return err
		}
	}
	return nil
}

// paper reads one document.
func (w *worker) paper(in *os.File, s section, call form.Call) paper {
	content := io.NewSectionReader(in, s.Offset, s.Size)
	doc, err := w.documents().ReadNamed(s.Name, content, s.Size)
	if errors.Is(err, document.ErrUnsupported) && !calledDocument(s.Name) {
		// Slides are no document of words: they are read for their pictures and marks
		// of secrecy alone, unless they are called what a form may come in.
		if slides, failed := document.PicturesIn(content, s.Size); failed == nil {
			p := paperOf(document.Document{Kind: slides.Kind, Pages: slides.Slides}, call)
			p.Inside, p.Secret = slides.Pictures, form.SecretSlide(slides.Words)
			return p
		}
	}
	if err == nil && isSheet(doc.Kind) && calledDocument(s.Name) && !strings.EqualFold(path.Ext(s.Name), ".xml") {
		err = fmt.Errorf("%w: a spreadsheet", document.ErrUnsupported) // a form is to be what it is called
	}
	if err == nil {
		p := paperOf(doc, call)
		p.Holder = slices.Contains([]string{document.DOCX, document.DOC, document.ODT, document.RTF}, doc.Kind)
		return p
	}
	code, reason := unreadable(s.Name, err)
	if code == "file-dangerous" {
		return paper{Kind: "dangerous", Code: code, Reason: reason}
	}
	return paper{Kind: "other", Code: code, Reason: reason}
}

// paperOf is what is kept of a document. A spreadsheet is the form if it has every
// box of it, and none of the other papers: what else it is to a case, its name says.
func paperOf(doc document.Document, call form.Call) paper {
	p := paper{Kind: doc.Kind, Pages: doc.Pages, Scanned: doc.Scanned, Private: form.Personal(doc), Secret: form.Secret(doc), Seals: doc.SealsOf()}
	p.Pictured = doc.Recognised
	if doc.Kind == document.PDF {
		if p.Figures = len(doc.Scans); p.Figures == 0 {
			p.Figures = doc.Pictures
		}
	}
	if r := form.ReadPages(doc, call); !isSheet(doc.Kind) || r.Paper == form.PaperForm && len(r.Missing) == 0 {
		p.Reading = r
	}
	if !doc.Scanned {
		p.Scans = doc.Scans
	}
	if p.Reading.Paper == "" || p.Reading.Paper == form.PaperSummary {
		var whole bool
		p.Tables, p.Text, whole = doc.Plain(kept)
		p.Cut = !whole
	}
	return p
}

// look looks at the files of a bundle, one [looked] each.
func (w *worker) look(in *os.File, args []byte, out io.Writer) error {
	var task lookTask
	if err := json.Unmarshal(args, &task); err != nil {
		return err
	}
	if len(task.Pages) != len(task.Sections) || len(task.Pictures) != len(task.Sections) {
		return errors.New("a look without its kinds")
	}
	tell := json.NewEncoder(out)
	for i, s := range task.Sections {
		var l looked
		switch {
		case !task.Pictures[i]:
			l = w.pages(in, s, task.Labels)
		case task.Sizes:
			l = sizeOfPicture(io.NewSectionReader(in, s.Offset, s.Size), s.Size, task.Pages[i])
		default:
			l = lookAtPicture(io.NewSectionReader(in, s.Offset, s.Size), s.Size, task.Pages[i])
		}
		if err := tell.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// pages looks at the pages of a PDF for seals.
func (w *worker) pages(in *os.File, s section, labels []document.SealLabel) looked {
	found, err := w.documents().Seals(io.NewSectionReader(in, s.Offset, s.Size), s.Size, labels)
	if err != nil {
		found = unreadPages()
	}
	return looked{Seals: &found}
}

// noPicture: what is called a picture and is none is broken, too.
func noPicture(err error) bool {
	return errors.Is(err, document.ErrBroken) || errors.Is(err, document.ErrUnsupported)
}

// maxScanPages of one picture are looked at, as of a PDF.
const maxScanPages = 24

func lookAtPicture(in io.ReaderAt, size int64, page bool) looked {
	p, im, err := document.ReadPicture(in, size)
	if err != nil {
		return looked{Broken: noPicture(err)}
	}
	out := looked{Picture: &p}
	if !page {
		return out
	}
	out.Seals = &seals.Reading{Pages: []seals.Page{sealsOf(im, 1)}, Left: max(0, p.Pages-maxScanPages)}
	for n := 2; n <= min(p.Pages, maxScanPages); n++ {
		im, err := document.ReadPicturePage(in, size, n)
		if err != nil {
			im = nil
		}
		out.Seals.Pages = append(out.Seals.Pages, sealsOf(im, n))
	}
	return out
}

// sizeOfPicture reads a picture's head, where the whole was too much.
func sizeOfPicture(in io.ReaderAt, size int64, page bool) looked {
	p, err := document.SizeOfPicture(in, size)
	if err != nil {
		return looked{Broken: noPicture(err)}
	}
	out := looked{Picture: &p}
	if page {
		unread := unreadPages()
		out.Seals = &unread
	}
	return out
}

// sealsOf looks at a form's page that came as a picture.
func sealsOf(im image.Image, number int) seals.Page {
	page := seals.Page{Doubt: seals.DoubtUnread}
	if im != nil {
		page = seals.Find(im, 0)
	}
	page.Number, page.Scan = number, true
	return page
}

// unreadPages is what is kept of a file whose pages cannot be drawn.
func unreadPages() seals.Reading {
	return seals.Reading{Pages: []seals.Page{{Doubt: seals.DoubtUnread}}}
}

// sealLabels are the form's words for the places of the two seals.
func sealLabels() []document.SealLabel {
	return []document.SealLabel{
		{Name: intake.SealApplicant, Words: []string{"参评单位盖章", "申报单位盖章", "参评单位签章", "参评单位公章"}},
		{Name: intake.SealBureau, Words: []string{"市商务局意见", "市商务主管部门意见", "商务局意见", "商务主管部门意见"}},
	}
}

func warmWork(*os.File, []byte, io.Writer) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	return document.Warm(cache)
}
