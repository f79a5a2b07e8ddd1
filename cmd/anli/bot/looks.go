package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"anli/intake"
	"anli/parser/cage"
	"anli/parser/document"
	seals "anli/parser/seal"
)

// Pictures are looked at by children of their own, beside those that read words; so
// are pages, where the child that read their words could not.

// lookTask is what a child is told.
type lookTask struct {
	Labels   []document.SealLabel
	Sections []section
	Pages    []bool // of each section: it may be the form, so seals are looked for
	Pictures []bool // of each section: it is a picture, not a PDF
	Sizes    bool   // pictures are not decoded, only their sizes are told
}

// looked is what the child says of a file.
type looked struct {
	Seals   *seals.Reading    `json:"seals"`
	Picture *document.Picture `json:"picture"`
	Broken  bool              `json:"broken"` // a picture that does not decode
}

// look has the files of a bundle looked at, and each alone where the bundle's child
// fails.
func (r *Reader) look(ctx context.Context, files []unreadFile, bundle []int, picture map[int]bool, found []intake.Reading) error {
	all, err := r.runLook(ctx, files, bundle, picture, false)
	if caged(err) && len(bundle) > 1 {
		return oneByOne(bundle, func(alone []int) error { return r.look(ctx, files, alone, picture, found) })
	}
	if caged(err) && picture[bundle[0]] {
		// A sound picture may be too large to be decoded within the limits: then its
		// size is known and its look is not.
		r.unread(files[bundle[0]], workLook, err)
		all, err = r.runLook(ctx, files, bundle, picture, true)
	}
	switch at := &found[bundle[0]]; {
	case err == nil:
		for n, i := range bundle {
			found[i] = seen(found[i], all[n])
		}
		return nil
	case !caged(err):
		return fmt.Errorf("looking at %s: %w", files[bundle[0]].sha[:8], err)
	case picture[bundle[0]]:
		at.Kind, at.Failure, at.Reason = kindImage, "image-broken", beyondLimits
	default:
		unread := unreadPages()
		at.Seals = &unread
	}
	r.unread(files[bundle[0]], workLook, err)
	return nil
}

// lookLimits are for a bundle: a page takes up to 0.1 s, a large picture 0.5 s.
func lookLimits() cage.Limits { return cage.Limits{CPU: time.Minute} }

// runLook lets one child look at a bundle.
func (r *Reader) runLook(ctx context.Context, files []unreadFile, bundle []int, picture map[int]bool, sizes bool) ([]looked, error) {
	in, sections, err := r.join(files, bundle)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	task := lookTask{Labels: sealLabels(), Sections: sections, Sizes: sizes}
	for _, i := range bundle {
		task.Pictures = append(task.Pictures, picture[i])
		task.Pages = append(task.Pages, !picture[i] || intake.MayBeForm(files[i].name, intake.Reading{Kind: kindImage}))
	}
	var all []looked
	err = r.Cage.RunWithin(ctx, lookLimits(), workLook, in, task, func(answer io.Reader) error {
		all = nil
		told := json.NewDecoder(answer)
		for range bundle {
			var l looked
			if err := told.Decode(&l); err != nil {
				return nonsense(err)
			}
			all = append(all, l)
		}
		return nil
	})
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
		reading.Kind, reading.Picture, reading.Pages = kindImage, l.Picture, l.Picture.Pages
	case l.Broken:
		reading.Kind, reading.Failure, reading.Reason = kindImage, "image-broken", "文件损坏"
	}
	return reading
}
