package intake

import (
	"path"
	"regexp"
	"strings"

	"anli/parser/form"
)

// A rule takes a name for a role. Names come by plainName: no marks, no blanks,
// small letters. Order matters: the more telling word first.
type roleRule struct {
	role Role
	re   *regexp.Regexp
}

var nameRules = []roleRule{
	{RoleSummary, regexp.MustCompile(`推荐(?:案例|项目|单位)?(?:汇总|名单|清单|一览)|(?:案例|申报|报送|推荐|征集|市|局).*汇总|^(?:附件?\d*|\d+)?(?:汇总表|汇总清单)\d*$`)},
	{RoleCover, regexp.MustCompile(`推荐函|报送函|推荐文件?$|报送文件?$|推荐报告|来函|公函|关于.*(?:报送|推荐|上报).*(?:函|报告|请示)`)},
	{RoleLicense, regexp.MustCompile(`执照|法人证书|法人登记|三证合一|信用代码证|主体证照`)},
	{RoleCertificate, regexp.MustCompile(`著作权|软著|作品登记|专利|商标注册|知识产权|地理标志|许可证`)},
	{RoleLicense, regexp.MustCompile(`登记证书|证照`)},
	{RoleLogo, regexp.MustCompile(`logo|标志(?:[^性]|$)|标识|商标|徽标`)},
	{RoleCertificate, regexp.MustCompile(`证书|奖状|奖牌|牌匾|奖杯|资格证`)},
	{RolePromo, regexp.MustCompile(`宣传(?:照片|图片|照|图)?|海报|推广|主图|banner|展示图|长图|poster`)},
	{RolePhoto, regexp.MustCompile(`照片|相片|实景|门头|现场|场景|产品图|厂房|车间|仓库|办公|外景|内景|全景|航拍|团队|展厅|直播间|合影|大楼|photo|照\d*$`)},
	{RoleCertificate, regexp.MustCompile(`荣誉|获奖|资质|认定|称号|表彰`)},
}

// notHere are words that look like a rule's but are not.
var notHere = regexp.MustCompile(`身份证|护照|参照|对照|按照|依照|目录|清单$`)

// ownPapers tells lists of something else from the bureau's list of cases.
var ownPapers = regexp.MustCompile(`证书|专利|荣誉|资质|获奖|数据|收入|销售|订单|用户|商户`)

var (
	formName   = regexp.MustCompile(`申报表|申请表|推荐表|申报书`)
	wholeName  = regexp.MustCompile(`(?:申报|参评|案例|推荐)(?:材料|文件|资料)|全套材料|全部材料`) // of a file that may hold all
	bundleName = regexp.MustCompile(`(?:佐证|证明|附件|支撑)材料|合并`)
	blankName  = regexp.MustCompile(`模板|空白|空表|样表|范本|填写说明|填报说明`)
	stampName  = regexp.MustCompile(`盖章|签章|签字`)
	scanName   = regexp.MustCompile(`扫描`)
	pageName   = regexp.MustCompile(`^(?:第?\d+页?|[一二三四五六七八九十]+)$`)
	pictureExt = map[string]bool{".jpg": true, ".jpeg": true, ".jpe": true, ".jfif": true, ".png": true, ".bmp": true, ".gif": true, ".tif": true,
		".tiff": true, ".webp": true, ".heic": true, ".heif": true, ".avif": true}
	vectorExt = map[string]bool{".ai": true, ".cdr": true, ".psd": true, ".eps": true, ".svg": true}
	wordExt   = map[string]bool{".docx": true, ".doc": true, ".wps": true, ".rtf": true, ".odt": true, ".docm": true, ".dotx": true, ".dot": true, ".dotm": true,
		".wpt": true, ".fodt": true, ".mht": true, ".mhtml": true, ".xml": true}
	slideExt = map[string]bool{".pptx": true, ".ppt": true, ".dps": true}
)

// What a role rests on (File.Why).
const (
	whyBureau = "bureau" // the bureau's own word
	whyWords  = "words"  // the words in the file
	whyName   = "name"   // its folder or name
	whyShort  = "short"  // nothing told; it counts towards what is short
	whyScan   = "scan"   // nothing told; a scanned PDF
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
	if isPDF(p, r) && r.Scanned {
		return RoleOther, whyScan
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
	switch r.Paper.Paper {
	case form.PaperForm:
		if isPages(r.Kind) {
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
	if role := ruled(own, true); fits(role, own, p, r) {
		return role
	}
	for i := last - 1; i >= 0; i-- {
		folder := ParseFolder(folderOf(parts[i]), "")
		if folder.Marked && folder.Plus {
			break // a package folder: it names the unit
		}
		name := tellingName(folderMark.ReplaceAllString(folderOf(parts[i]), ""), units)
		if formName.MatchString(name) && !severalRoles(name) {
			return formByExt(p, r, scanName.MatchString(name) || stampName.MatchString(name) || pageName.MatchString(own))
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

// ruled gives the role a name tells; of a folder that names several, none.
func ruled(name string, own bool) Role {
	if name = notHere.ReplaceAllString(name, ""); name == "" || !own && severalRoles(name) {
		return ""
	}
	for _, rule := range nameRules {
		if rule.role == RoleSummary && ownPapers.MatchString(name) {
			continue
		}
		if rule.re.MatchString(name) {
			return rule.role
		}
	}
	return ""
}

// severalRoles: one folder for LOGO, photographs and promotional pictures tells
// nothing of any one of them.
func severalRoles(name string) bool {
	n := 0
	for _, rule := range nameRules {
		if rule.role != RoleLogo && rule.role != RolePromo && rule.role != RolePhoto {
			continue
		}
		if rule.re.MatchString(name) {
			n++
			name = rule.re.ReplaceAllString(name, "")
		}
	}
	return n > 1
}

// pictured are the words that make a document one of pictures.
var pictured = regexp.MustCompile(`图|照片|相片|海报|photo|poster|logo|标志|标识|徽标`)

// fits: a video or a table is no picture, whatever it is called, and a document
// only if the name says so.
func fits(role Role, name, p string, r Reading) bool {
	switch role {
	case "":
		return false
	case RoleLogo, RolePhoto, RolePromo:
		document := isPDF(p, r) || isWord(p, r) || slideExt[ext(p)]
		return isPicture(p) || vectorExt[ext(p)] || document && pictured.MatchString(name)
	case RoleLicense:
		return isPicture(p) || isPDF(p, r) || isWord(p, r) || ext(p) == ".ofd" || vectorExt[ext(p)]
	}
	return true
}

// unitRun is a company's name inside a file's or folder's.
var unitRun = regexp.MustCompile(`[^\s()（）\[\]【】《》“”_+＋\-—–、，,.]{2,}?(?:有限责任公司|股份有限公司|有限公司|集团公司)`)

// tellingName is a name without the unit's, which lends no role.
func tellingName(name string, units []string) string {
	plain := plainName(unitRun.ReplaceAllString(name, " "))
	for _, unit := range units {
		for _, u := range []string{plainName(unit), stemName(unit), coreName(unit)} {
			if len([]rune(u)) >= 3 {
				plain = strings.ReplaceAll(plain, u, "")
			}
		}
		plain = withoutShared(plain, plainName(unit))
	}
	return plain
}

// withoutShared takes out the longest piece of at least four characters that a
// name shares with the unit's: people cut names short.
func withoutShared(name, unit string) string {
	n, u := []rune(name), []rune(unit)
	at, most := 0, 3
	for i := range n {
		for size := most + 1; i+size <= len(n) && size <= len(u); size++ {
			if !strings.Contains(unit, string(n[i:i+size])) {
				break
			}
			at, most = i, size
		}
	}
	if most < 4 {
		return name
	}
	return string(n[:at]) + string(n[at+most:])
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
		{RoleFormPDF, "申报表pdf 申报表pdf版 申报表扫描件 申报表盖章扫描件 盖章扫描件 扫描件 盖章页 申报表pdf盖章扫描件"},
		{RoleFormText, "申报表电子文本 申报表word 申报表word版 电子文本 申报表 word版 word"},
		{RoleLicense, "营业执照 执照 法人证书 登记证书 主体证照 证照 营业执照等主体证照 事业单位法人证书"},
		{RoleLogo, "logo 标志 徽标 企业logo 单位logo"},
		{RolePromo, "宣传图片 宣传图 宣传照 海报"},
		{RolePhoto, "照片 相片 图片"},
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
