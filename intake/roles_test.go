package intake

import (
	"strings"
	"testing"

	"anli/parser/document"
)

func TestRoleByName(t *testing.T) {
	for _, c := range []struct {
		path, content string
		want          Role
	}{
		{"申报表.docx", "old", RoleFormText},
		{"1.申报表.doc", "old", RoleFormText},
		{"申报表.wps", "old", RoleFormText},
		{"申报表（盖章）.pdf", "scan", RoleFormPDF},
		{"申报表1.jpg", "", RoleFormPDF},
		{"盖章页.pdf", "scan", RoleFormPDF},
		{"盖章页.jpg", "", RoleFormPDF},
		{"扫描件.pdf", "scan", RoleFormPDF},
		{"申报表/某甲家居.pdf", "scan", RoleFormPDF},
		{"申报材料.pdf", "scan 34", RoleFormPDF},
		{"1、申报表.ofd", "", RoleFormPDF},
		{"申报表扫描件/001.jpg", "", RoleFormPDF},

		{"营业执照副本.jpg", "", RoleLicense},
		{"营业执照（盖章）.pdf", "scan", RoleLicense},
		{"营业执照扫描件.pdf", "scan", RoleLicense},
		{"事业单位法人证书.jpg", "", RoleLicense},
		{"民办非企业单位登记证书.jpg", "", RoleLicense},
		{"证照/1.jpg", "", RoleLicense},
		{"营业执照及许可证.pdf", "scan", RoleLicense},

		{"LOGO.png", "", RoleLogo},
		{"某甲logo.ai", "", RoleLogo},
		{"企业标志.jpg", "", RoleLogo},
		{"某甲.cdr", "", RoleLogo},
		{"LOGO/1.png", "", RoleLogo},

		{"照片/1.jpg", "", RolePhoto},
		{"照片/图片1.jpg", "", RolePhoto},
		{"门头照.jpg", "", RolePhoto},
		{"产品照2.jpg", "", RolePhoto},
		{"车间实景.jpg", "", RolePhoto},
		{"示范园区授牌现场.jpg", "", RolePhoto},
		{"照片.zip/1.jpg", "", RolePhoto},
		{"照片.docx", "docx", RolePhoto},

		{"宣传图片/1.jpg", "", RolePromo},
		{"宣传照片1.jpg", "", RolePromo},
		{"海报.psd", "", RolePromo},
		{"宣传/banner.jpg", "", RolePromo},

		{"荣誉/1.jpg", "", RoleCertificate},
		{"获奖证书照片.jpg", "", RoleCertificate},
		{"高新技术企业证书.pdf", "scan", RoleCertificate},
		{"计算机软件著作权登记证书.pdf", "scan", RoleCertificate},
		{"商标注册证.jpg", "", RoleCertificate},
		{"食品经营许可证.jpg", "", RoleCertificate},
		{"证照/地理标志产品.jpg", "", RoleCertificate},
		{"证书/扫描件1.pdf", "scan", RoleCertificate},

		{"推荐函.pdf", "scan", RoleCover},
		{"佛山市商务局关于报送优秀案例的函.pdf", "scan", RoleCover},
		{"推荐汇总表.xlsx", "", RoleSummary},
		{"附件2：汇总表.xlsx", "", RoleSummary},

		// must not
		{"图片1.jpg", "", RoleOther},
		{"微信图片_20241012093000.jpg", "", RoleOther},
		{"IMG_2024.jpg", "", RoleOther},
		{"LOGO、照片、宣传图片/1.jpg", "", RoleOther},
		{"宣传片.mp4", "", RoleOther},
		{"照片清单.xlsx", "", RoleOther},
		{"标志性建筑.txt", "", RoleOther},
		{"法人身份证.jpg", "", RoleOther},
		{"数据对照.xlsx", "", RoleOther},
		{"办公电话.docx", "docx", RoleOther},
		{"专利汇总表.xlsx", "", RoleCertificate},
		{"销售数据汇总表.xlsx", "", RoleOther},
		{"推荐文章.docx", "docx", RoleOther},
		{"佛山市案例汇总/某甲/图.jpg", "", RoleOther},
		{"申报材料目录.docx", "docx", RoleOther},
		{"空白申报表模板.doc", "old", RoleOther},
		{"申报表/说明.txt", "", RoleOther},
		{"申报表/材料目录.docx", "docx", RoleOther},
		{"广州某宣传文化有限公司/图.jpg", "", RoleOther},
		{"广州某证书科技有限公司简介.docx", "docx", RoleOther},
		{"广州某照片打印有限公司营业执照.jpg", "", RoleLicense},
		{"获奖证书（某甲有限公司）.jpg", "", RoleCertificate},
		{"", "", RoleOther},
	} {
		d := newDesk()
		d.words("x", c.content)
		if got, why := roleOf(c.path, d.reading("x"), nil); got != c.want {
			t.Errorf("%q: %s (%s), want %s", c.path, got, why, c.want)
		}
	}
}

// The unit's name lends no role wherever it stands below the package folder.
func TestUnitLendsNoRole(t *testing.T) {
	for _, c := range []struct {
		unit, path string
		want       Role
	}{
		{"佛山宣传中心", "佛山宣传中心-图1.jpg", RoleOther},
		{"佛山宣传中心", "佛山宣传中心-营业执照.jpg", RoleLicense},
		{"证书天下科技有限公司", "证书天下/1.jpg", RoleOther},
		{"证书天下科技有限公司", "证书天下/荣誉/1.jpg", RoleCertificate},
		{"佛山市照片工坊有限公司", "佛山照片工坊门头.jpg", RolePhoto},
	} {
		if got, _ := roleOf(c.path, Reading{}, nil, c.unit); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.unit, c.path, got, c.want)
		}
	}
}

// The bureau's word comes before the words in the file, those before its name.
func TestRoleOrder(t *testing.T) {
	d := newDesk()
	d.words("x", "license")
	for _, c := range []struct {
		said map[string]Role
		want Role
		why  string
	}{
		{nil, RoleLicense, whyWords},
		{map[string]Role{"照片.pdf": RoleCertificate}, RoleCertificate, whyBureau},
		{map[string]Role{"照片": RoleCertificate}, RoleCertificate, whyBureau},
		{map[string]Role{"证件/照片.PDF": RoleOther}, RoleOther, whyBureau},
		{map[string]Role{"别的.pdf": RoleCertificate}, RoleLicense, whyWords},
	} {
		if got, why := roleOf("证件/照片.pdf", d.reading("x"), c.said); got != c.want || why != c.why {
			t.Errorf("%v: %s %s", c.said, got, why)
		}
	}
}

// Every role's title can be written back as the role, and more.
func TestRoleByWord(t *testing.T) {
	for _, r := range []Role{RoleFormPDF, RoleFormText, RoleLicense, RoleCertificate, RoleLogo, RolePhoto, RolePromo, RoleOther, RoleCover, RoleSummary} {
		if got, ok := RoleByWord(r.Title()); !ok || got != r {
			t.Errorf("%s: %q gives %s", r, r.Title(), got)
		}
	}
	for word, want := range map[string]Role{"ＬＯＧＯ": RoleLogo, "申报表 PDF": RoleFormPDF, "图片": RolePhoto, "执照": RoleLicense} {
		if got, ok := RoleByWord(word); !ok || got != want {
			t.Errorf("%q: %s", word, got)
		}
	}
	for _, word := range []string{"", "12亿元", "照片很好", "AL2024-0007", "容器"} {
		if got, ok := RoleByWord(word); ok {
			t.Errorf("%q is taken for %s", word, got)
		}
	}
}

// A sheet of paper whose name tells nothing is no photograph. One whose name or
// folder tells what it is is that.
func TestPageIsNoPhoto(t *testing.T) {
	sheet := Reading{Kind: "image", Picture: &document.Picture{Width: 1240, Height: 1754, Look: "0123456789abcdef" + strings.Repeat("f0f0ee", 16)}}
	photo := Reading{Kind: "image", Picture: &document.Picture{Width: 1600, Height: 1200, Look: sheet.Picture.Look}}
	for _, c := range []struct {
		path string
		r    Reading
		want Role
	}{
		{"IMG_0001.jpg", sheet, RoleOther},
		{"其他/微信图片_20241012093000.jpg", sheet, RoleOther},
		{"IMG_0001.jpg", photo, RolePhoto},
		{"IMG_0001.jpg", Reading{}, RolePhoto}, // its look is not known
		{"照片1.jpg", sheet, RolePhoto},
		{"海报.jpg", sheet, RolePromo},
		{"资质/1.jpg", sheet, RoleCertificate},
		{"营业执照.jpg", sheet, RoleLicense},
	} {
		role, why := roleOf(c.path, c.r, nil)
		k := &Case{Files: []File{{Path: c.path, Role: role, Why: why, SHA256: "x"}}}
		k.fillShort(3, 3, 1, nil, nil)
		if got := k.Files[0].Role; got != c.want {
			t.Errorf("%s: %s, want %s", c.path, got, c.want)
		}
	}
}
