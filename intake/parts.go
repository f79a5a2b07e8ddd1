package intake

import (
	"fmt"
	"slices"
	"strings"

	"anli/parser/form"
)

// partsOf are the roles that a file serves by its pages: those told by their
// words, and those that a form's name tells. A file that serves one role has none.
func partsOf(p string, r Reading, role Role, units []string) []Part {
	var out []Part
	if r.Paper != nil {
		for _, x := range r.Paper.Parts {
			out = append(out, Part{Role: roleOfPaper(x.Paper, r.Kind), Pages: x.Pages})
		}
	}
	if len(out) == 1 && out[0].Role == role {
		out = nil
	}
	for _, x := range alsoHolds(p, role, units) {
		if !slices.ContainsFunc(out, func(y Part) bool { return y.Role == x.Role }) {
			out = append(out, x)
		}
	}
	return out
}

// serves: the file or some of its pages have the role.
func (f File) serves(role Role) bool {
	return f.Role == role || slices.ContainsFunc(f.Parts, func(p Part) bool { return p.Role == role })
}

// papers are what the file is, and what its pages are.
func (r Reading) papers() []form.Part {
	if r.Paper == nil {
		return nil
	}
	p := r.Paper
	if len(p.Parts) > 0 && !slices.ContainsFunc(p.Parts, func(x form.Part) bool { return x.Paper == form.PaperForm }) {
		return p.Parts // they say what the whole says, page by page
	}
	out := []form.Part{{Paper: p.Paper, CreditCode: p.CreditCode, CodeWritten: p.CodeWritten, Licensee: p.Licensee}}
	for _, x := range p.Parts {
		if x.Paper != form.PaperForm {
			out = append(out, x)
		}
	}
	return out
}

// licences are those among them.
func (r Reading) licences() []form.Part {
	return slices.DeleteFunc(slices.Clone(r.papers()), func(x form.Part) bool { return x.Paper != form.PaperLicense })
}

// notOfForm: the page is told to be another paper than the form.
func (r Reading) notOfForm(page int) bool {
	return r.Paper != nil && slices.ContainsFunc(r.Paper.Parts, func(x form.Part) bool {
		return x.Paper != form.PaperForm && slices.Contains(x.Pages, page)
	})
}

// formPart are the pages of the form in a file of several papers; nil if it is not
// such a file.
func (r Reading) formPart() []int {
	if r.Paper == nil {
		return nil
	}
	i := slices.IndexFunc(r.Paper.Parts, func(x form.Part) bool { return x.Paper == form.PaperForm })
	if i < 0 {
		return nil
	}
	return r.Paper.Parts[i].Pages
}

// unreadPages are pages that are pictures, in a file whose other pages have words,
// but for those that the form itself needs: one that lies within it, or the first
// behind it where the stamped last page is not among the words.
func (r Reading) unreadPages() []int {
	var out []int
	within := r.formPart()
	for _, n := range r.Scans {
		if !slices.Contains(within, n) {
			out = append(out, n)
		}
	}
	if len(out) > 0 && r.Paper != nil && r.Paper.Form != nil && slices.Contains(r.Paper.Missing, opinionBox) {
		out = out[1:]
	}
	return out
}

// opinionBox is the form's last box, as a reading names what lacks.
const opinionBox = "市商务局意见"

// Taken is what a file was taken for in the words of a receipt, by page where it
// serves several roles.
func (f File) Taken() string {
	var known, also []string
	main := false
	for _, p := range f.Parts {
		switch {
		case isPictureRole(p.Role) && p.Pictures > 0: // in insideWords
		case len(p.Pages) == 0:
			also = append(also, p.Role.Title())
		default:
			main = main || p.Role == f.Role
			known = append(known, pagesText(slices.Clone(p.Pages))+p.Role.Title())
		}
	}
	inside := f.insideWords()
	out := f.Role.Title()
	switch {
	case main:
		out = strings.Join(known, "，")
	case len(known) > 0:
		out = fmt.Sprintf("%s（%s）", out, strings.Join(known, "，"))
	case inside != "" && (f.Role == RoleOther || isPictureRole(f.Role)):
		out, inside = inside, ""
	case f.Why == whyShort && isPicture(f.Path):
		out += "（名称未注明，按所缺计入）"
	}
	if len(also) > 0 {
		out += "，含" + strings.Join(also, "、")
	}
	if inside != "" {
		out += "，" + inside
	}
	return out
}
