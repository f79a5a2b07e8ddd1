package intake

import (
	"fmt"
	"path"
	"regexp"
	"slices"
)

// checkLicense: 五、（一）2, in any file or page. What a picture shows is not read:
// where a file's pages may hold the licence, a person looks, and the bureau is told
// nothing that may be false.
func checkLicense(c Checked) []Finding {
	if c.count(RoleLicense)+c.emptied(RoleLicense) > 0 {
		return nil
	}
	for _, f := range c.Case.Active() {
		if where := c.mayHoldLicense(f); where != "" {
			x := finding("license-missing", "warning", "image", "", "未单独找到营业执照；"+where+"，可能已含", "请人工核对。")
			x.Audience, x.File = "staff", f.Path
			return []Finding{x}
		}
	}
	fix := "请补充清晰的扫描件或照片。"
	if name := c.likelyLicense(); name != "" {
		fix += fmt.Sprintf("如“%s”即为营业执照，回复“%s = 营业执照”即可。", name, name)
	}
	return []Finding{finding("license-missing", "error", "bytes", "file", "未找到营业执照（或事业单位法人证书、社会组织登记证书）复印件", fix)}
}

// manyPages of a scan are more than a form of 3,000 words fills.
const manyPages = 12

// mayHoldLicense says which pages of a file may be the licence though nobody read
// them; "" where none may.
func (c Checked) mayHoldLicense(f File) string {
	r := c.Reading(f.SHA256)
	if f.Role == RolePhoto || f.Role == RolePromo || f.Role == RoleLogo {
		return ""
	}
	if unread := r.unreadPages(); len(unread) > 0 {
		return fmt.Sprintf("“%s”%s为扫描页", f.Path, pagesText(slices.Clone(unread)))
	}
	if f.Spare > 0 && !isPages(r.Kind) && (isForm(f.Role) || holdsAll(f.Path) || allPapers(f.Path)) {
		return fmt.Sprintf("“%s”内有图片%d张", f.Path, f.Spare)
	}
	text := c.textPages()
	switch {
	case !r.Scanned:
		return ""
	case f.Pages > 2 && holdsAll(f.Path), f.Pages > 1 && allPapers(f.Path):
	case f.Role == RoleFormPDF && (f.Pages >= manyPages || text >= 3 && f.Pages > text):
	default:
		return ""
	}
	return fmt.Sprintf("扫描件“%s”共%d页", f.Path, f.Pages)
}

// textPages is how long the form's text copy is; 0 where that is not known.
func (c Checked) textPages() int {
	most := 0
	for _, f := range c.Case.Active() {
		if f.Role == RoleFormText {
			most = max(most, c.Reading(f.SHA256).Pages)
		}
	}
	return most
}

func holdsAll(p string) bool {
	name := plainName(path.Base(p))
	return wholeName.MatchString(name) || bundleName.MatchString(name)
}

// papersName: all of a unit's papers in one scan, not one certificate by its name.
var papersName = regexp.MustCompile(`^(?:附件|有关|相关|各类|各种|公司|企业|单位|所有|全部|主要|佐证|\d|的)*(?:资质|证件|证书|荣誉|资格)(?:和|及|与|的|资质|证件|证书|荣誉|资格|文件|材料|证明|复印件|扫描件|扫描|汇编|合集|合并|等|\d)*$`)

func allPapers(p string) bool { return papersName.MatchString(stem(p)) }

// likelyLicense is a file whose name tells nothing and that looks like a paper: a
// hint only; "" if there is none.
func (c Checked) likelyLicense() string {
	other := ""
	for _, f := range c.Case.Active() {
		p := c.Reading(f.SHA256).Picture
		switch {
		case f.Role != RoleOther || !f.unnamed():
		case f.Why == whyPage, f.Why == whyScan && f.Pages <= 2:
			return path.Base(f.Path)
		case other == "" && isPicture(f.Path) && (p == nil || !p.Flat || c.count(RoleLogo) > 0):
			other = path.Base(f.Path)
		}
	}
	return other
}
