package intake

import (
	"path"
	"regexp"
	"strings"

	"anli/parser/form"
)

var (
	formName   = regexp.MustCompile(`申报表|申请表|推荐表|申报书`)
	wholeName  = regexp.MustCompile(`(?:申报|参评|案例|推荐)(?:材料|文件|资料)|全套材料|全部材料`) // of a file that may hold all
	bundleName = regexp.MustCompile(`(?:佐证|证明|附件|支撑)材料|合并`)
	blankName  = regexp.MustCompile(`模板|空白|空表|样表|范本|填写说明|填报说明`)
	stampName  = regexp.MustCompile(`盖章|签章|签字`)
	scanName   = regexp.MustCompile(`扫描`)
	shotName   = regexp.MustCompile(`申报表(?:的?照片|拍照|图片|截图)`)                      // a folder of pages that were photographed
	onlyForm   = regexp.MustCompile(`申报表(?:扫描件|扫描|盖章件?|签章|pdf版?|图片|照片|原件)*\d*$`) // a folder of nothing but the form
	cameraName = regexp.MustCompile(`^(?:img|dsc|dji|p|mmexport|微信图片|qq图片|图片|扫描|scan|image|camscanner|扫描全能王)?\d*(?:\D?\d+)*$`)
	pageName   = regexp.MustCompile(`^(?:第?\d+页?|[一二三四五六七八九十]+)$`)
	pictureExt = map[string]bool{".jpg": true, ".jpeg": true, ".jpe": true, ".jfif": true, ".png": true, ".bmp": true, ".gif": true, ".tif": true,
		".tiff": true, ".webp": true, ".heic": true, ".heif": true, ".avif": true}
	vectorExt = map[string]bool{".ai": true, ".cdr": true, ".psd": true, ".eps": true, ".svg": true}
	wordExt   = map[string]bool{".docx": true, ".doc": true, ".wps": true, ".rtf": true, ".odt": true, ".docm": true, ".dotx": true, ".dot": true, ".dotm": true,
		".wpt": true, ".fodt": true, ".mht": true, ".mhtml": true}
	slideExt = map[string]bool{".pptx": true, ".ppt": true, ".dps": true}
)

// What a role rests on (File.Why).
const (
	whyBureau = "bureau" // the bureau's own word
	whyWords  = "words"  // the words in the file
	whyName   = "name"   // its folder or name
	whyShort  = "short"  // nothing told; it counts towards what is short
	whyScan   = "scan"   // nothing told; a scanned PDF
	whyPage   = "page"   // nothing told; a picture of a sheet of paper: it is no photograph
	whyRest   = "rest"   // what a newer file left of it: it replaced the pages that came first
)

func ext(p string) string { return strings.ToLower(path.Ext(strings.TrimSpace(p))) }

func isPicture(p string) bool { return pictureExt[ext(p)] }

// isText: what was read is a text document, as Word and WPS write it.
func isText(kind string) bool {
	switch kind {
	case "docx", "doc", "rtf", "odt", "html", "txt":
		return true
	}
	return false
}

// isPages: what was read is pages as printed.
func isPages(kind string) bool { return kind == "pdf" || kind == "ofd" }

func isWord(p string, r Reading) bool { return isText(r.Kind) || wordExt[ext(p)] }

func isPDF(p string, r Reading) bool { return isPages(r.Kind) || !isText(r.Kind) && ext(p) == ".pdf" }

// roleOf tells what a file is taken for and what that rests on: the bureau's own
// word, then the words in it, then its name and folders. units are the names that
// lend no role: 某某宣传有限公司 makes no promotional picture.
func roleOf(p string, r Reading, said map[string]Role, units ...string) (Role, string) {
	if role, ok := saidRole(p, said); ok {
		return role, whyBureau
	}
	if role := roleByWords(r); role != "" {
		return role, whyWords
	}
	if role := roleByName(p, r, units); role != "" {
		return role, whyName
	}
	switch {
	case isPDF(p, r) && (r.Scanned || 2*len(r.Scans) > r.Pages):
		return RoleOther, whyScan
	case isPicture(p) && r.Picture != nil && r.Picture.PageLike():
		return RoleOther, whyPage
	}
	return RoleOther, ""
}

func saidRole(p string, said map[string]Role) (Role, bool) {
	for _, name := range []string{p, path.Base(p), strings.TrimSuffix(path.Base(p), path.Ext(p))} {
		if role, ok := said[name]; ok {
			return role, true
		}
	}
	for _, name := range sortedKeys(said) {
		if sameFile(name, p) {
			return said[name], true
		}
	}
	return "", false
}

// sameFile compares a file's name as a person types it with its path.
func sameFile(typed, p string) bool {
	base := path.Base(p)
	name := plainName(typed)
	return name != "" && (name == plainName(p) || name == plainName(base) || name == plainName(strings.TrimSuffix(base, path.Ext(base))))
}

func roleByWords(r Reading) Role {
	if r.Paper == nil {
		return ""
	}
	return roleOfPaper(r.Paper.Paper, r.Kind)
}

func roleOfPaper(paper, kind string) Role {
	switch paper {
	case form.PaperForm:
		if isPages(kind) {
			return RoleFormPDF
		}
		return RoleFormText
	case form.PaperLicense:
		return RoleLicense
	case form.PaperCertificate:
		return RoleCertificate
	case form.PaperCover:
		return RoleCover
	case form.PaperSummary:
		return RoleSummary
	}
	return ""
}

// roleByName looks at the file's own name first, then at its folders, inner
// first. p lies below the package folder, whose own name holds the unit's.
func roleByName(p string, r Reading, units []string) Role {
	parts := strings.Split(p, "/")
	last := len(parts) - 1
	own := tellingName(strings.TrimSuffix(parts[last], path.Ext(parts[last])), units)
	if formName.MatchString(own) && !blankName.MatchString(own) {
		return formByExt(p, r, true)
	}
	document := isPDF(p, r) || isWord(p, r) || slideExt[ext(p)]
	if role := ruled(own, true); fits(role, own, p, r) && !(document && severalRoles(own)) {
		return role
	}
	for i := last - 1; i >= 0; i-- {
		folder := ParseFolder(folderOf(parts[i]), "")
		if folder.Marked && folder.Plus {
			break // a package folder: it names the unit
		}
		name := tellingName(folderMark.ReplaceAllString(folderOf(parts[i]), ""), units)
		if formName.MatchString(name) && !severalRoles(name) {
			return formByExt(p, r, scanName.MatchString(name) || stampName.MatchString(name) || shotName.MatchString(name) || stampName.MatchString(own) || pageName.MatchString(own) || onlyForm.MatchString(name) && cameraName.MatchString(own))
		}
		role := ruled(name, false)
		if (role == RoleCover || role == RoleSummary) && len([]rune(name)) > 6 {
			continue // 佛山市案例汇总 is where all cases lie
		}
		if fits(role, name, p, r) {
			return role
		}
	}
	switch {
	case stampName.MatchString(own) && (isPDF(p, r) || isPicture(p)), scanName.MatchString(own) && isPDF(p, r):
		return RoleFormPDF
	case wholeName.MatchString(own) && !strings.Contains(own, "目录"):
		return formByExt(p, r, false)
	case vectorExt[ext(p)]:
		return RoleLogo
	}
	return ""
}

// formByExt is the role of a file that is called a form. A Word file whose words
// were read and are no form's is a form nonetheless, if its own name says so: it
// is told as another form than the notice's.
func formByExt(p string, r Reading, pictures bool) Role {
	switch {
	case isPDF(p, r), isPicture(p) && pictures, ext(p) == ".ofd":
		return RoleFormPDF
	case isWord(p, r):
		if !pictures && isText(r.Kind) && r.Failure == "" {
			return "" // read, and no form; only its folder or 申报材料 hints at one
		}
		return RoleFormText
	}
	return ""
}

// alsoHolds are the further roles that a form's name tells: 申报表及营业执照.pdf.
func alsoHolds(p string, role Role, units []string) []Part {
	if role != RoleFormPDF && role != RoleFormText {
		return nil
	}
	own := tellingName(strings.TrimSuffix(path.Base(p), path.Ext(p)), units)
	if strings.Contains(own, "执照") || strings.Contains(own, "证照") {
		return []Part{{Role: RoleLicense, Pages: []int{}}}
	}
	return nil
}

// RoleByWord reads a role as a bureau writes it in `文件 = 角色`.
func RoleByWord(s string) (Role, bool) {
	s = plainName(s)
	for _, x := range []struct {
		role  Role
		words string
	}{
		{RoleFormPDF, "申报表pdf 盖章申报表 申报表盖章页 申报表pdf版 申报表扫描件 申报表盖章扫描件 盖章扫描件 扫描件 盖章页 申报表pdf盖章扫描件"},
		{RoleFormText, "申报表电子文本 申报表word 申报表word版 电子文本 申报表 word版 word"},
		{RoleLicense, "营业执照 执照 营业执照副本 营业执照正本 营业执照复印件 三证合一 法人证书 登记证书 主体证照 证照 营业执照等主体证照 事业单位法人证书"},
		{RoleLogo, "logo 标志 徽标 标识 企业logo 单位logo 公司logo"},
		{RolePromo, "宣传图片 宣传图 宣传照 宣传照片 海报 宣传海报"},
		{RolePhoto, "照片 相片 图片 单位照片 企业照片 公司照片 实景照片"},
		{RoleCertificate, "证书 获奖证书 其他证照 荣誉证书 资质证书 资质 其他证照获奖证书"},
		{RoleCover, "推荐函 报送函"},
		{RoleSummary, "汇总表 推荐汇总表"},
		{RoleOther, "其他 其他材料 其它 其它材料"},
	} {
		for _, w := range strings.Fields(x.words) {
			if w == s {
				return x.role, true
			}
		}
	}
	return "", false
}
