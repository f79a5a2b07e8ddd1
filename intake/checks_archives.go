package intake

import (
	"path"
	"slices"

	"anli/parser/unpack"
)

const codeEmpty = "file-empty"

// archiveProblems are what is wrong with an archive and the files in it, by their whole
// paths, but for what was sent anew since.
func (c Checked) archiveProblems(f File) []unpack.Problem {
	r, name := containerReading(f, c.Reading)
	if r.Listing == nil || superseded(f, c.Case.Active(), c.Reading) || c.sentAnew(f, name) {
		return nil
	}
	var out []unpack.Problem
	for _, p := range r.Listing.Problems {
		switch {
		case p.File != "" && c.sentAnew(f, p.File), p.Code == codeEmpty && c.servedSince(f, c.roleNamed(p.File)):
			continue
		case (p.Code == "archive-broken" || p.Code == "archive-volume-missing") && c.madeWhole(f):
			continue
		}
		p.File = join(name, p.File)
		out = append(out, p)
	}
	return out
}

// since are the files of later mails than the one that brought f.
func (c Checked) since(f File) []File {
	return slices.DeleteFunc(c.Case.Active(), func(x File) bool { return x.Mail == f.Mail || !x.At.After(f.At) })
}

// sentAnew: a later mail brought a file of that name, a .rar that failed also as a
// .zip. If that has a fault of its own, it is told of that one.
func (c Checked) sentAnew(f File, name string) bool {
	return slices.ContainsFunc(c.since(f), func(x File) bool { return sameArchive(x.Path, name) })
}

// sameArchive compares names without their folders, endings and volumes' numbers.
func sameArchive(a, b string) bool {
	called := stem(unpack.SetName(path.Base(a)))
	return called != "" && called == stem(unpack.SetName(path.Base(b)))
}

// servedSince: a later mail brought what the case has once, or a picture so that there
// are enough.
func (c Checked) servedSince(f File, role Role) bool {
	switch {
	case role == RolePhoto && c.countPictures(role) >= c.Settings.Call.Photos, role == RolePromo && c.countPictures(role) >= c.Settings.Call.Promos, role.single():
		return slices.ContainsFunc(c.since(f), func(x File) bool { return x.serves(role) && !c.isEmpty(x) })
	}
	return false
}

// madeWhole: later mails brought what lacked, so that nothing is left for which the
// archive would be needed.
func (c Checked) madeWhole(f File) bool {
	if len(c.since(f)) == 0 {
		return false
	}
	for _, look := range []check{checkFormThere, checkLicense, checkLogo, checkPhotos, checkPromos} {
		if slices.ContainsFunc(look(c), func(x Finding) bool { return x.Severity == "error" }) {
			return false
		}
	}
	return true
}

// emptied is how many empty files in archives are called as the role's are: each is
// told by its name, and is not missing as well.
func (c Checked) emptied(role Role) int {
	named := map[string]bool{} // all volumes of one archive list the same
	for _, f := range c.Case.Active() {
		r, name := containerReading(f, c.Reading)
		if f.Role != RoleContainer || r.Listing == nil || superseded(f, c.Case.Active(), c.Reading) || c.sentAnew(f, name) {
			continue
		}
		for _, p := range r.Listing.Problems {
			if p.Code == codeEmpty && p.File != "" && !c.sentAnew(f, p.File) && c.roleNamed(p.File) == role {
				named[join(name, p.File)] = true
			}
		}
	}
	return len(named)
}

// roleNamed is the role that a file's name alone tells.
func (c Checked) roleNamed(p string) Role {
	return roleByName(p, Reading{Kind: "empty", Failure: codeEmpty}, []string{c.Case.Unit, c.Form.Unit})
}

// isEmpty: a file without a byte, which is told by its name.
func (c Checked) isEmpty(f File) bool { return c.Reading(f.SHA256).Failure == codeEmpty }

// emptyFiles is how many files of the role are empty.
func (c Checked) emptyFiles(role Role) int {
	n := 0
	for _, f := range c.Case.Active() {
		if f.Role == role && c.isEmpty(f) {
			n++
		}
	}
	return n
}
