package intake

import (
	"fmt"
	"slices"
)

// fillShort gives pictures whose names tell nothing a role by what is short:
// photographs first, then promotional pictures, then the LOGO; and a scanned PDF
// whose name tells nothing that of the stamped form, if it is the only one. What
// was given so before is given anew, so that a picture with a name comes first. Where
// they are enough for all, the LOGO is what is drawn as a sign. A
// picture that is the same as one that counts is given none: it would take the
// place of another; nil: nothing is known of how they look.
func (c *Case) fillShort(photos, promos, logos int, same func(a, b File) bool, sign func(File) bool) {
	count := tally{RolePhoto: {}, RolePromo: {}, RoleLogo: {}, RoleFormPDF: {}, RoleFormText: {}}
	for i := range c.Files {
		f := &c.Files[i]
		f.unfill()
		if f.Standing == StandingActive {
			count.add(*f)
		}
	}
	var scans, pictures []*File
	seen := map[string]bool{} // bytes that stand under a telling name already
	var shown []File
	for _, f := range c.Active() {
		seen[f.SHA256] = seen[f.SHA256] || !f.unnamed()
		if f.Role == RolePhoto || f.Role == RolePromo {
			shown = append(shown, f)
		}
	}
	for i := range c.Files {
		f := &c.Files[i]
		if f.Standing != StandingActive || !f.unnamed() || seen[f.SHA256] || f.Damaged != "" {
			continue
		}
		seen[f.SHA256] = true
		switch {
		case f.ofPictures():
			f.giveInside(count, need{RolePhoto, photos}, need{RolePromo, promos}, need{RoleLogo, logos})
		case f.Why == whyScan:
			scans = append(scans, f)
		case isPicture(f.Path) && f.Why != whyPage && !(same != nil && slices.ContainsFunc(shown, func(x File) bool { return same(x, *f) })):
			shown = append(shown, *f)
			pictures = append(pictures, f)
		}
	}
	if all := count.short(need{RolePhoto, photos}, need{RolePromo, promos}, need{RoleLogo, logos}); sign != nil && len(pictures) >= all {
		for _, f := range pictures { // one of them will be the LOGO: rather this
			if sign(*f) {
				f.give(count, need{RoleLogo, logos})
			}
		}
	}
	for _, f := range pictures {
		if f.Why != whyShort {
			f.give(count, need{RolePhoto, photos}, need{RolePromo, promos}, need{RoleLogo, logos})
		}
	}
	if len(scans) == 1 && len(count[RoleFormText]) > 0 {
		scans[0].give(count, need{RoleFormPDF, 1})
	}
}

// unfill takes back what fillShort gave.
func (f *File) unfill() {
	if f.Why == whyShort {
		f.Role, f.Why = RoleOther, ""
		if !isPicture(f.Path) {
			f.Why = whyScan
		}
	}
	f.Parts = slices.DeleteFunc(slices.Clone(f.Parts), func(p Part) bool { return p.Short }) // older revisions share them
}

// need is how many files of a role a case must have.
type need struct {
	role Role
	n    int
}

// give takes the first role of which there is too little.
func (f *File) give(count tally, needs ...need) {
	for _, x := range needs {
		if len(count[x.role]) < x.n {
			f.Role, f.Why = x.role, whyShort
			count[x.role][f.SHA256] = true
			return
		}
	}
}

// tally is what serves each role: the hash of a file, or of one inside it.
type tally map[Role]map[string]bool

// short is how many files lack.
func (t tally) short(needs ...need) (n int) {
	for _, x := range needs {
		n += max(x.n-len(t[x.role]), 0)
	}
	return n
}

func (t tally) add(f File) {
	if t[f.Role] != nil {
		t[f.Role][f.SHA256] = true
	}
	for role := range t {
		for k := range f.picturesFor(role) {
			if k > 0 || f.Role != role {
				t[role][fmt.Sprint(f.SHA256, " ", k)] = true
			}
		}
	}
}

// giveInside lets pictures inside a document, of which nothing tells what they are,
// count towards what is short.
func (f *File) giveInside(count tally, needs ...need) {
	spare := f.Spare
	for _, x := range needs {
		k := min(spare, x.n-len(count[x.role]))
		if k <= 0 {
			continue
		}
		f.Parts = append(slices.Clip(f.Parts), Part{Role: x.role, Pages: []int{}, Pictures: k, Short: true})
		spare -= k
		count.add(File{Role: RoleOther, SHA256: f.SHA256 + " spare", Parts: f.Parts[len(f.Parts)-1:]})
	}
}
