package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"time"

	"anli/intake"
	"anli/parser/cage"
	"anli/parser/document"
	seals "anli/parser/seal"
)

// Pages and pictures are looked at by children of their own, after the words were
// read: a page that cannot be drawn costs no word of its document.

// lookCPU is for a bundle: a page takes up to 0.1 s, a large picture 0.5 s.
const lookCPU = time.Minute

// lookTask is what a child is told.
type lookTask struct {
	Labels   []document.SealLabel
	Sections []section
	Pages    []bool // of each section: it may be the form, so seals are looked for
	Pictures []bool // of each section: it is a picture, not a PDF
}

// looked is what the child says of a file.
type looked struct {
	Seals   *seals.Reading    `json:"seals"`
	Picture *document.Picture `json:"picture"`
	Broken  bool              `json:"broken"` // a picture that does not decode
}

// lookWork looks at files in the child.
func lookWork(in *os.File, args []byte, out io.Writer) error {
	var task lookTask
	if err := json.Unmarshal(args, &task); err != nil {
		return err
	}
	if len(task.Pages) != len(task.Sections) || len(task.Pictures) != len(task.Sections) {
		return errors.New("a look without its kinds")
	}
	cache, _ := os.UserCacheDir() // "" where there is none: slower, not wrong
	reader := document.NewReader(document.Options{CacheDir: cache})
	defer reader.Close()
	var all []looked
	for i, s := range task.Sections {
		part := io.NewSectionReader(in, s.Offset, s.Size)
		if task.Pictures[i] {
			all = append(all, lookAtPicture(part, s.Size, task.Pages[i]))
			continue
		}
		found, err := reader.Seals(part, s.Size, task.Labels)
		if err != nil {
			found = unreadPages()
		}
		all = append(all, looked{Seals: &found})
	}
	return json.NewEncoder(out).Encode(all)
}

func lookAtPicture(in io.ReaderAt, size int64, page bool) looked {
	p, im, err := document.ReadPicture(in, size)
	if err != nil {
		return looked{Broken: errors.Is(err, document.ErrBroken)}
	}
	out := looked{Picture: &p}
	if page {
		out.Seals = sealsOf(im)
	}
	return out
}

// sealsOf looks at a form's page that came as a picture.
func sealsOf(im image.Image) *seals.Reading {
	page := seals.Page{Doubt: seals.DoubtUnread}
	if im != nil {
		page = seals.Find(im, 0)
	}
	page.Number, page.Scan = 1, true
	return &seals.Reading{Pages: []seals.Page{page}}
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

// looks has pages and pictures of the files looked at, of those that need it.
func (r *Reader) looks(ctx context.Context, files []unreadFile, pictures []int, found []intake.Reading) error {
	picture := map[int]bool{}
	for _, i := range pictures {
		picture[i] = true
	}
	var wanted []int
	for i := range files {
		if picture[i] || found[i].Kind == document.PDF && intake.MayBeForm(files[i].name, found[i]) {
			wanted = append(wanted, i)
		}
	}
	var tasks []func() error
	for _, b := range bundles(files, wanted) {
		tasks = append(tasks, func() error { return r.lookAtAll(ctx, files, b, picture, found) })
	}
	return sideBySide(tasks)
}

// lookAtAll looks at a bundle, and at each file alone where the bundle's child fails.
func (r *Reader) lookAtAll(ctx context.Context, files []unreadFile, bundle []int, picture map[int]bool, found []intake.Reading) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	all, err := r.runLooks(ctx, files, bundle, picture)
	switch {
	case err == nil:
		for n, i := range bundle {
			found[i] = seen(found[i], all[n])
		}
	case !caged(err):
		return fmt.Errorf("looking at %s: %w", files[bundle[0]].sha[:8], err)
	case len(bundle) > 1:
		for _, i := range bundle {
			if err := r.lookAtAll(ctx, files, []int{i}, picture, found); err != nil {
				return err
			}
		}
	case !picture[bundle[0]]:
		unread := unreadPages()
		found[bundle[0]].Seals = &unread
	}
	return nil
}

// runLooks lets one child look at a bundle. Its answer is checked: one for each.
func (r *Reader) runLooks(ctx context.Context, files []unreadFile, bundle []int, picture map[int]bool) ([]looked, error) {
	in, sections, err := r.join(files, bundle)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	task := lookTask{Labels: sealLabels(), Sections: sections}
	for _, i := range bundle {
		task.Pictures = append(task.Pictures, picture[i])
		task.Pages = append(task.Pages, !picture[i] || intake.MayBeForm(files[i].name, intake.Reading{Kind: kindImage}))
	}
	var all []looked
	err = r.Cage.RunWithin(ctx, cage.Limits{CPU: lookCPU}, workLook, in, task, func(answer io.Reader) error {
		all = nil
		return json.NewDecoder(answer).Decode(&all)
	})
	if err == nil && len(all) != len(bundle) {
		err = fmt.Errorf("%w: it answered for %d of %d files", cage.ErrDied, len(all), len(bundle))
	}
	return all, err
}

const kindImage = "image"

// seen is a reading with what the child saw.
func seen(reading intake.Reading, l looked) intake.Reading {
	reading.Seals = l.Seals
	if reading.Kind == document.PDF {
		return reading
	}
	switch {
	case l.Picture != nil:
		reading.Kind, reading.Picture = kindImage, l.Picture
	case l.Broken:
		reading.Kind, reading.Failure, reading.Reason = kindImage, "image-broken", "文件损坏"
	}
	return reading
}
