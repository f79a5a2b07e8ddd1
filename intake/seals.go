package intake

import (
	"fmt"
	"slices"

	"anli/parser/document"
	"anli/parser/form"
	"anli/parser/seal"
)

// Names of the places of the two seals on the form, as a reading has them.
const (
	SealApplicant = "applicant" // 参评单位（盖章）
	SealBureau    = "bureau"    // 市商务局意见 … 单位（盖章）
)

// IsPicture tells a picture by its name's ending.
func IsPicture(name string) bool { return isPicture(name) }

// MayBeForm tells whether a file may hold the form's stamped pages, by its words
// or its name; only such are looked at for seals.
func MayBeForm(path string, r Reading) bool {
	if r.Paper != nil && r.Paper.Paper != "" {
		return r.Paper.Paper == form.PaperForm || r.formPart() != nil
	}
	role := roleByName(path, r, nil)
	return role == RoleFormPDF || role == "" && r.Kind == document.PDF && (r.Scanned || len(r.Scans) > 0)
}

// formPage is one page that was looked at.
type formPage struct {
	seal.Page
	file string
}

func (p formPage) label(name string) (seal.Label, bool) {
	i := slices.IndexFunc(p.Labels, func(l seal.Label) bool { return l.Name == name })
	if i < 0 {
		return seal.Label{}, false
	}
	return p.Labels[i], true
}

// evidence is what all pages of a case's form show.
type evidence struct {
	pages  []formPage
	signed int  // electronic seals and signatures
	whole  bool // every page of every form was looked at
}

// evidence is empty where a form of the case was not looked at: then nothing is
// concluded.
func (c Checked) evidence() evidence {
	e := evidence{whole: true}
	seen := map[string]bool{}
	for _, f := range c.Case.Active() {
		if f.Role != RoleFormPDF || seen[f.SHA256] {
			continue
		}
		seen[f.SHA256] = true
		r := c.Reading(f.SHA256)
		if r.Seals == nil || r.Failure != "" || f.Damaged != "" {
			return evidence{}
		}
		e.signed += r.Seals.Signed
		e.whole = e.whole && (r.Seals.Left == 0 || r.allFormSeen())
		for _, p := range seal.WithoutEdgeSeals(r.Seals.Pages) {
			if !r.notOfForm(p.Number) {
				e.pages = append(e.pages, formPage{p, f.Path})
			}
		}
	}
	return e
}

// allFormSeen: what was not looked at for its place in a long file is not the form.
func (r Reading) allFormSeen() bool {
	pages, seen := r.formPart(), r.Pages-r.Seals.Left
	return len(pages) > 0 && pages[len(pages)-1] <= seen && !slices.ContainsFunc(r.Scans, func(n int) bool { return n > seen })
}

// free are the pages on which the printed labels' places are not known.
func (e evidence) free() []formPage {
	var out []formPage
	for _, p := range e.pages {
		if len(p.Labels) == 0 && (p.Scan || p.Number == 0) {
			out = append(out, p)
		}
	}
	return out
}

// stretch is a part of a page, from one height to another, millimetres.
type stretch struct {
	page     formPage
	from, to int
}

// Room around a label, millimetres.
const (
	aboveLabel = 45  // a seal over 参评单位（盖章） reaches up so far
	nearRule   = 5   // a seal's centre may be beyond the line between the boxes
	onNextPage = 120 // a box that goes on there
	leastSeal  = 28  // across, where a part of it has faded
	mostSeal   = 60
)

// places gives where the seal of a label belongs, and where the label stands; nil
// if no page has it.
func (e evidence) places(name string) (out []stretch, at formPage) {
	for i, p := range e.pages {
		l, ok := p.label(name)
		if !ok {
			continue
		}
		s := stretch{p, l.Y - aboveLabel, p.Height}
		if name == SealBureau {
			s.from = l.Y - nearRule
		} else if b, ok := p.label(SealBureau); ok && b.Y > l.Y {
			s.to = b.Y + nearRule
		}
		out, at = append(out, s), p
		if 3*l.Y <= 2*p.Height || s.to < p.Height || i+1 == len(e.pages) || e.pages[i+1].file != p.file {
			continue
		}
		next := stretch{e.pages[i+1], 0, onNextPage}
		if b, ok := next.page.label(SealBureau); ok && name == SealApplicant {
			next.to = b.Y + nearRule
		}
		out = append(out, next)
	}
	return out, at
}

// red: a seal, or anything red, is there.
func (s stretch) red() bool {
	for _, x := range s.page.Seals {
		if x.Y >= s.from && x.Y <= s.to {
			return true
		}
	}
	for _, b := range s.page.Red {
		if b.Y < s.to && b.Y+b.H > s.from {
			return true
		}
	}
	return false
}

// likeFaded: red in one piece that is as large as a seal lies there, though its ring
// was not made out: faded, or under another.
func (s stretch) likeFaded() bool {
	return slices.ContainsFunc(s.page.Red, func(b seal.Box) bool {
		tall := min(b.Y+b.H, s.to) - max(b.Y, s.from)
		inside := b.X > 1 && b.X+b.W < s.page.Width-1
		return inside && b.W >= leastSeal && b.W <= mostSeal && tall >= leastSeal
	})
}

// likeSeal: other red that may be a seal that was not recognised, or a part of one.
func likeSeal(b seal.Box) bool {
	long, short := max(b.W, b.H), max(min(b.W, b.H), 1)
	return long >= 8 && long < 4*short
}

// pagesText names pages: 第3页, 第1—5页, 第1、3页.
func pagesText(pages []int) string {
	slices.Sort(pages)
	pages = slices.Compact(pages)
	n := len(pages)
	switch {
	case n == 0:
		return ""
	case n > 2 && pages[n-1]-pages[0] == n-1:
		return fmt.Sprintf("第%d—%d页", pages[0], pages[n-1])
	}
	text := ""
	for i, p := range pages {
		if i > 0 {
			text += "、"
		}
		text += fmt.Sprint(p)
	}
	return "第" + text + "页"
}
