package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anli/parser/document"
)

// isPictureRole: the roles that pictures inside a document may serve, too.
func isPictureRole(r Role) bool { return r == RoleLogo || r == RolePhoto || r == RolePromo }

// withInside adds to a file what the pictures inside it serve: those of 照片.docx
// are photographs, of 宣传材料.pptx each what stands above or below it. A form's
// own pictures are illustrations; only those pasted behind it are looked at.
func (f File) withInside(r Reading, units []string) File {
	named := isPictureRole(f.Role)
	if isPages(r.Kind) {
		switch {
		case named:
			f.Pictures = max(r.Figures, 1) // one that is drawn holds no picture
		case f.Role == RoleOther:
			f.Spare = r.Figures
		}
		return f
	}
	below := captionsBelow(r.Inside, units)
	for _, p := range r.Inside {
		if isForm(f.Role) && !p.Tail {
			continue
		}
		switch role := captionRole(p, below, named, units); {
		case role == "" && !named:
			f.Spare++
		case role == "", role == f.Role:
			f.Pictures++
		default:
			f.Parts = withPicture(f.Parts, role, p.Page)
		}
	}
	if f.Pictures == 0 && f.Why == whyName && (f.Role == RolePhoto || f.Role == RolePromo) && slices.Contains([]string{document.DOCX, document.PPTX, document.ODT}, r.Kind) && r.Failure == "" {
		f.Role, f.Why = RoleOther, "" // words about pictures
	}
	return f
}

// ofPictures: a document whose name says that it holds pictures, not which.
func (f File) ofPictures() bool {
	name := stem(f.Path)
	return f.Role == RoleOther && f.Spare > 0 && (severalRoles(name) || pictured.MatchString(name))
}

// nowAll: all pictures inside serve the role that the bureau gave the file.
func (f *File) nowAll() {
	for _, p := range f.Parts {
		f.Spare += p.Pictures
	}
	f.Parts = slices.DeleteFunc(slices.Clone(f.Parts), func(p Part) bool { return p.Pictures > 0 })
	if isPictureRole(f.Role) {
		f.Pictures, f.Spare = f.Pictures+f.Spare, 0
	}
}

func withPicture(parts []Part, role Role, page int) []Part {
	i := slices.IndexFunc(parts, func(p Part) bool { return p.Role == role })
	if i < 0 {
		parts, i = append(parts, Part{Role: role, Pages: []int{}}), len(parts)
	}
	parts[i].Pictures++
	if page > 0 && !slices.Contains(parts[i].Pages, page) {
		parts[i].Pages = append(parts[i].Pages, page)
	}
	return parts
}

// roleHeading is a heading that names a role and nothing else: 二、照片（3张）.
var roleHeading = regexp.MustCompile(`^(?:附件?|[一二三四五六七八九十]|\d)*(?:申报|参评)?(?:单位|公司|企业|园区)?(?:的)?(logo|标志|标识|照片|相片|宣传图片?|宣传照片?|宣传海报)(?:[一二三四五六七八九十\d]+张?)?$`)

// elsewhere: a line that says where a paper is, and is not its caption.
var elsewhere = regexp.MustCompile(`见|另附|附后|另行|U盘|略`)

// captionRole is what the lines beside a picture say it is; "" if nothing. In a
// document that is called 照片 only a heading of another role does.
func captionRole(p document.Inner, below, named bool, units []string) Role {
	lines := []string{p.Above, p.Below}
	if below {
		lines = []string{p.Below, p.Above}
	}
	for _, l := range lines {
		name := tellingName(l, units)
		if elsewhere.MatchString(l) || named && !roleHeading.MatchString(name) {
			continue
		}
		switch role := ruled(name, true); role {
		case RoleLicense, RoleCertificate, RoleLogo, RolePhoto, RolePromo:
			return role
		}
	}
	return ""
}

// captionsBelow: nothing stands above the first picture that would tell its role,
// but below it something does.
func captionsBelow(list []document.Inner, units []string) bool {
	if len(list) == 0 {
		return false
	}
	first := list[0]
	return captionRole(document.Inner{Above: first.Above}, false, false, units) == "" && captionRole(document.Inner{Above: first.Below}, false, false, units) != ""
}

// picturesFor is how many pictures inside the file serve a role.
func (f File) picturesFor(role Role) int {
	n := 0
	if f.Role == role {
		n = f.Pictures
	}
	for _, p := range f.Parts {
		if p.Role == role {
			n += p.Pictures
		}
	}
	return n
}

// checkInside: pictures inside a document count; for print the originals are better.
func checkInside(c Checked) []Finding {
	var out []Finding
	for _, f := range c.Case.Active() {
		words := f.insideWords()
		if words == "" {
			continue
		}
		x := finding("image-low-resolution", "warning", "bytes", "file", fmt.Sprintf("“%s”%s", f.Path, words), "如方便，请另附原图（jpg或png）供宣传使用，不影响登记。")
		x.File = f.Path
		out = append(out, x)
	}
	return out
}

// insideWords is how a receipt says what the pictures inside count for; "" where
// there are none that count.
func (f File) insideWords() string {
	var said []string
	n := 0
	for _, role := range []Role{RoleLogo, RolePhoto, RolePromo} {
		if k := f.picturesFor(role); k > 0 {
			said, n = append(said, fmt.Sprintf("%s%d张", role.Title(), k)), n+k
		}
	}
	switch len(said) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("内有图片%d张，计作%s", n, strings.TrimSuffix(said[0], fmt.Sprintf("%d张", n)))
	}
	return fmt.Sprintf("内有图片%d张，计作%s", n, strings.Join(said, "、"))
}
