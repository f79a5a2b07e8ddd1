package intake

import (
	"path"
	"regexp"
	"strings"

	"anli/parser/form"
)

// A rule takes a name for a role. Order matters: the more telling word first.
type roleRule struct {
	role Role
	re   *regexp.Regexp
}

var nameRules = []roleRule{
	{RoleSummary, regexp.MustCompile(`汇总表|汇总清单|推荐名单|推荐表汇总`)},
	{RoleCover, regexp.MustCompile(`推荐函|报送函|推荐文|报送文|来函|公函|关于.*(报送|推荐).*(函|报告|请示)`)},
	{RoleLicense, regexp.MustCompile(`营业执照|执照|法人证书|社会团体|登记证书|主体证照|证照`)},
	{RoleLogo, regexp.MustCompile(`(?i)logo|标志|标识|商标图|徽标`)},
	{RolePromo, regexp.MustCompile(`(?i)宣传|海报|推广图|主图|banner|展示图`)},
	{RolePhoto, regexp.MustCompile(`(?i)照片|相片|实景|门头|现场|产品图|photo`)},
	{RoleCertificate, regexp.MustCompile(`证书|荣誉|获奖|奖状|奖牌|资质|专利|认定|著作权|称号|牌匾`)},
}

var (
	formName   = regexp.MustCompile(`申报表|申请表|推荐表|申报书`)
	stampName  = regexp.MustCompile(`盖章|扫描|签章`)
	pictureExt = map[string]bool{".jpg": true, ".jpeg": true, ".png": true, ".bmp": true, ".gif": true, ".tif": true,
		".tiff": true, ".webp": true, ".heic": true}
	vectorExt = map[string]bool{".ai": true, ".cdr": true, ".psd": true, ".eps": true, ".svg": true}
	wordExt   = map[string]bool{".docx": true, ".doc": true, ".wps": true, ".rtf": true, ".odt": true}
)

func ext(p string) string { return strings.ToLower(path.Ext(p)) }

func isPicture(p string) bool { return pictureExt[ext(p)] }

// roleOf tells what a file is taken for and what that rests on: the bureau's own
// word, then the words in it, then its folder and name.
func roleOf(p string, r Reading, said map[string]Role) (Role, string) {
	if role, ok := said[p]; ok {
		return role, "bureau"
	}
	if role := roleByWords(p, r); role != "" {
		return role, "words"
	}
	if role := roleByName(p, r); role != "" {
		return role, "name"
	}
	return RoleOther, ""
}

func roleByWords(p string, r Reading) Role {
	if r.Paper == nil {
		return ""
	}
	switch r.Paper.Paper {
	case form.PaperForm:
		if r.Kind == "pdf" {
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

// roleByName looks at the file's own name first, then at its folders, inner first.
func roleByName(p string, r Reading) Role {
	parts := strings.Split(p, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		name := parts[i]
		if i < len(parts)-1 && folderMark.MatchString(name) {
			break // the package folder's name holds the unit's, not a role
		}
		if formName.MatchString(name) && i == len(parts)-1 {
			return formByExt(p, r)
		}
		for _, rule := range nameRules {
			if rule.re.MatchString(name) {
				return rule.role
			}
		}
		if i == len(parts)-1 && stampName.MatchString(name) && (r.Kind == "pdf" || isPicture(p)) {
			return RoleFormPDF
		}
	}
	if vectorExt[ext(p)] {
		return RoleLogo
	}
	return ""
}

func formByExt(p string, r Reading) Role {
	switch {
	case r.Kind == "pdf" || ext(p) == ".pdf" || isPicture(p):
		return RoleFormPDF
	case r.Kind == "docx" || wordExt[ext(p)]:
		return RoleFormText
	}
	return RoleOther
}

// RoleByWord reads a role as a bureau writes it in `文件 = 角色`.
func RoleByWord(s string) (Role, bool) {
	s = strings.TrimSpace(s)
	for _, x := range []struct {
		role  Role
		words string
	}{
		{RoleFormPDF, "申报表PDF 申报表pdf 申报表扫描件 盖章扫描件 扫描件 盖章页"},
		{RoleFormText, "申报表电子文本 申报表Word 申报表word 电子文本 申报表 Word版 word版"},
		{RoleLicense, "营业执照 执照 法人证书 登记证书 主体证照 证照"},
		{RoleLogo, "LOGO logo Logo 标志 徽标"},
		{RolePromo, "宣传图片 宣传图 宣传照 海报"},
		{RolePhoto, "照片 相片 图片"},
		{RoleCertificate, "证书 获奖证书 其他证照 荣誉证书 资质证书 资质"},
		{RoleCover, "推荐函 报送函"},
		{RoleSummary, "汇总表 推荐汇总表"},
		{RoleOther, "其他 其他材料 其它"},
	} {
		for _, w := range strings.Fields(x.words) {
			if w == s {
				return x.role, true
			}
		}
	}
	return "", false
}
