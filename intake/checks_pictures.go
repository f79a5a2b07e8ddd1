package intake

import (
	"fmt"
	"path"
	"regexp"
	"slices"
)

// Long sides in pixels below which a picture may be unclear in print.
const (
	leastPicture = 1000
	leastLogo    = 300
)

// samePicture: the same bytes, or the same to the eye.
func (c Checked) samePicture(a, b File) bool {
	if a.SHA256 == b.SHA256 {
		return true
	}
	p, o := c.Reading(a.SHA256).Picture, c.Reading(b.SHA256).Picture
	return p != nil && o != nil && p.Alike(*o)
}

// waivedTwin: staff have looked at what was taken for a second copy (免).
func (c Checked) waivedTwin(f File) bool {
	for _, x := range c.Case.Findings {
		if x.Code == "image-duplicate" && x.File == f.Path && x.State == "waived" {
			return true
		}
	}
	return false
}

// countPictures is how many different pictures serve a role, those inside documents
// included.
func (c Checked) countPictures(role Role) int {
	n, seen := c.picturesInside(role), []File{}
	hashes := map[string]bool{}
	for _, f := range c.Case.Active() {
		if f.Role != role || hashes[f.SHA256] || f.picturesFor(role) > 0 || c.isEmpty(f) {
			continue
		}
		hashes[f.SHA256] = true
		n++
		for _, x := range seen {
			if c.samePicture(x, f) && !c.waivedTwin(f) {
				n--
				break
			}
		}
		seen = append(seen, f)
	}
	return n
}

// picturesInside counts those inside documents, but for what came as a file of its
// own, too.
func (c Checked) picturesInside(role Role) int {
	n, hashes := 0, map[string]bool{}
	for _, f := range c.Case.Active() {
		k := f.picturesFor(role)
		if k == 0 || hashes[f.SHA256] {
			continue
		}
		hashes[f.SHA256] = true
		if f.Role == role && len(f.Parts) == 0 {
			k -= c.alsoAlone(f, role)
		}
		n += max(k, 0)
	}
	return n
}

// alsoAlone is how many pictures inside a document came as files of the role, too.
func (c Checked) alsoAlone(doc File, role Role) int {
	n := 0
	for _, p := range c.Reading(doc.SHA256).Inside {
		if slices.ContainsFunc(c.Case.Active(), func(f File) bool {
			own := c.Reading(f.SHA256).Picture
			return f.Role == role && own != nil && own.Alike(p.Picture)
		}) {
			n++
		}
	}
	return n
}

// checkDuplicates: the same picture twice, by its bytes or to the eye, counts once for
// what it is sent as.
func checkDuplicates(c Checked) []Finding {
	var out []Finding
	var first []File
	for _, f := range c.Case.Active() {
		if f.Role != RolePhoto && f.Role != RolePromo {
			continue
		}
		i := slices.IndexFunc(first, func(x File) bool { return x.Role == f.Role && c.samePicture(x, f) })
		if i < 0 {
			i = slices.IndexFunc(first, func(x File) bool { return c.samePicture(x, f) })
			first = append(first, f)
		}
		if i >= 0 {
			out = append(out, c.duplicate(first[i], f))
		}
	}
	return out
}

func (c Checked) duplicate(first, f File) Finding {
	a, b := first.Path, f.Path
	if base(a) != base(b) {
		a, b = base(a), base(b)
	}
	message, fix, source := fmt.Sprintf("图片%s与%s相同，按1张计", a, b), "请另补1张。", "bytes"
	if need := map[Role]int{RolePhoto: c.Settings.Call.Photos, RolePromo: c.Settings.Call.Promos}[f.Role]; c.countPictures(f.Role) >= need {
		fix = fmt.Sprintf("%s已满%d张，无需另补。", f.Role.Title(), need)
	}
	if first.Role != f.Role {
		message, fix = fmt.Sprintf("图片%s与%s相同，分别计作%s和%s", a, b, first.Role.Title(), f.Role.Title()), "如方便，请另换1张。"
	}
	if first.SHA256 != f.SHA256 { // not by its bytes: recognised
		fix, source = fix+c.askToLook("重复图片"), "image"
	}
	x := finding("image-duplicate", "warning", source, "file", message, fix)
	x.File = f.Path
	return x
}

// checkResolution: a picture that is small for print.
func checkResolution(c Checked) []Finding {
	var out []Finding
	seen := map[string]bool{}
	for _, f := range c.Case.Active() {
		least := map[Role]int{RolePhoto: leastPicture, RolePromo: leastPicture, RoleLogo: leastLogo}[f.Role]
		p := c.Reading(f.SHA256).Picture
		if p == nil || p.Width == 0 || max(p.Width, p.Height) >= least || seen[f.SHA256] {
			continue
		}
		seen[f.SHA256] = true
		x := finding("image-low-resolution", "warning", "bytes", "file", fmt.Sprintf("图片“%s”为%d×%d像素，用于宣传可能不清晰", f.Path, p.Width, p.Height),
			"建议提供原图（勿经微信转发）。")
		x.File = f.Path
		out = append(out, x)
	}
	return out
}

// screenName: what a screen shows may be a picture for print, or the proof of
// something; the machine does not choose.
var screenName = regexp.MustCompile(`(?i)截图|截屏|screenshot`)

// likelyPicture is a picture that was not counted and yet may be meant: a screen, or
// what looks like a sheet of paper. A hint only; "" if there is none.
func (c Checked) likelyPicture() string {
	for _, f := range c.Case.Active() {
		if f.Role == RoleOther && isPicture(f.Path) && (f.Why == whyPage || f.Why == "" && screenName.MatchString(path.Base(f.Path))) {
			return path.Base(f.Path)
		}
	}
	return ""
}

// likelyLogo is a picture whose name tells nothing and which is drawn as a sign
// is: few colours on an even ground. A hint only; "" if there is none.
func (c Checked) likelyLogo() string {
	for _, f := range c.Case.Active() {
		if c.drawn(f) && f.unnamed() && !isForm(f.Role) {
			return path.Base(f.Path)
		}
	}
	return ""
}

// drawn: as a sign is, and not long as a banner.
func (c Checked) drawn(f File) bool {
	p := c.Reading(f.SHA256).Picture
	return p != nil && p.Flat && p.Width < 3*p.Height && p.Height < 3*p.Width
}

func isForm(r Role) bool { return r == RoleFormPDF || r == RoleFormText }
