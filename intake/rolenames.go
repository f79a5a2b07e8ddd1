package intake

import (
	"regexp"
	"strings"
)

// A rule takes a name for a role. Names come by plainName: no marks, no blanks,
// small letters. Order matters: the more telling word first.
type roleRule struct {
	role Role
	re   *regexp.Regexp
}

// A word that only hints at a photograph (活动, 产品, 门店) is none of them: such
// pictures count towards what is short, photographs first, and where nothing but
// such came the promotional pictures do not lack.
var nameRules = []roleRule{
	{RoleSummary, regexp.MustCompile(`推荐(?:案例|项目|单位)?(?:汇总|名单|清单|一览)|(?:案例|申报|报送|推荐|征集|市|局).*汇总|^(?:附件?\d*|\d+)?(?:汇总表|汇总清单)\d*$`)},
	{RoleCover, regexp.MustCompile(`推荐函|报送函|推荐文件?$|报送文件?$|推荐报告|来函|公函|关于.*(?:报送|推荐|上报).*(?:函|报告|请示)`)},
	{RoleLicense, regexp.MustCompile(`执照|法人证(?:书|\d*$)|法人登记|[三五]证合一|信用代码证|主体证照|yyzz|yingyezhizhao|businesslicen[cs]e`)},
	{RoleCertificate, regexp.MustCompile(`著作权|软著|作品登记|专利|商标(?:注册|证|受理)|知识产权|地理标志|许可证|税务登记|机构代码证|备案登记`)},
	{RoleLicense, regexp.MustCompile(`^\d*登记证书|(?:民非|民办|社团|社会团体|社会组织|社会服务机构|协会|学会|商会|基金会).*登记证|证照`)},
	{RoleLogo, regexp.MustCompile(`logo|标志(?:[^性]|$)|标识|商标|徽标|图标(?:[^题]|$)`)},
	{RoleCertificate, regexp.MustCompile(`证书|奖状|奖牌|牌匾|奖杯|资格证|(?:荣誉|资质|证件)(?:的?照片|图片|照|图)`)},
	{RolePromo, regexp.MustCompile(`宣传(?:照片|图片|照|图)?|海报|推广|主图|banner|展示图|长图|poster|主视觉|详情[页图]|广告|易拉宝|展板|画册`)},
	{RolePhoto, regexp.MustCompile(`照片|相片|实景|实拍|门头|现场|场景|产品图|厂房|车间|仓库|办公|外景|内景|全景|航拍|团队|展厅|直播间|合影|大楼|photo|照\d*$`)},
	{RoleCertificate, regexp.MustCompile(`荣誉|获奖|资质|认定|认证|称号|表彰|iso\d|高新技术|高企|专精特新|守合同|信用企业|信用等级|示范企业|龙头企业|感谢信|聘书|授牌\d*$`)},
}

// notHere are words that look like a rule's but are not.
var notHere = regexp.MustCompile(`身份证|护照|证件照\d*$|参照|对照|按照|依照|目录|清单$`)

// paperName: what it shows is a paper or a screen, whatever else its name says. A
// workshop's inspection report is no picture of the workshop.
var paperName = regexp.MustCompile(`证明|报告|报表|合同|协议书?\d*$|发票|流水|回单|授权书|委托|承诺书|批复|红头|通知书?\d*$|后台|查询|二维码|收款码|名片|方案\d*$|数据(?:截图|统计|明细|表|\d*$)`)

// ownPapers tells lists of something else from the bureau's list of cases.
var ownPapers = regexp.MustCompile(`证书|专利|荣誉|资质|获奖|数据|收入|销售|订单|用户|商户`)

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
			if own && (rule.role == RolePhoto || rule.role == RolePromo) && paperName.MatchString(name) {
				return ""
			}
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
var pictured = regexp.MustCompile(`图|照片|相片|海报|photo|poster|logo|标志|标识|徽标|宣传(?:单|册|彩页|折页)|画册|易拉宝|展板`)

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
