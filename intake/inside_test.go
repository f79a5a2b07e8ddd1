package intake

import (
	"fmt"
	"strings"
	"testing"

	"anli/parser/document"
)

// Pictures inside a document count for what the document's name, or what stands
// beside them, says. The receipt says how many for what.
func TestInside(t *testing.T) {
	for _, c := range []struct{ path, content, role, counts, taken string }{
		{"照片.docx", "inside docx 门头/ 车间/ 展厅/ /", "photo", "0 4 0", "内有图片4张，计作照片"},
		{"照片.doc", "inside doc / / /", "photo", "0 3 0", "内有图片3张，计作照片"},
		{"照片.odt", "inside odt 门头/ 车间/", "photo", "0 2 0", "内有图片2张，计作照片"},
		{"照片.rtf", "inside rtf / /", "photo", "0 2 0", "内有图片2张，计作照片"},
		{"宣传图片.pptx", "inside pptx @1/ @2/ @2/", "promo", "0 0 3", "内有图片3张，计作宣传图片"},
		{"宣传图片.docx", "inside docx 门头/ 车间/ 现场/", "promo", "0 0 3", "内有图片3张，计作宣传图片"},
		{"宣传材料.docx", "inside docx 一、LOGO/ 二、照片/ 二、照片/ 三、宣传图片/", "other", "1 2 1", "内有图片4张，计作LOGO1张、照片2张、宣传图片1张"},
		{"公司资料.pptx", "inside pptx @1LOGO/ @2公司照片/ @3公司照片/ @4宣传图/", "other", "1 2 1", "内有图片4张，计作LOGO1张、照片2张、宣传图片1张"},
		{"照片.docx", "inside docx 照片/ 照片/ LOGO/ 宣传图片（1张）/", "photo", "1 2 1", "内有图片4张，计作LOGO1张、照片2张、宣传图片1张"},
		{"公司资料.docx", "inside docx 附件/门头照 门头照/车间 车间/展厅实景", "other", "0 3 0", "内有图片3张，计作照片"},
		{"申报表.docx", "inside form / / !LOGO/ !/门头照", "form-text", "1 1 0", "申报表电子文本，内有图片2张，计作LOGO1张、照片1张"},
		{"附件.docx", "inside docx 营业执照/ 门头照/", "other", "0 1 0", "内有图片1张，计作照片，含营业执照等主体证照"},
		{"照片.pdf", "merged - scans=1-3", "photo", "0 3 0", "内有图片3张，计作照片"},
		{"海报.pdf", "pdf", "promo", "0 0 1", "内有图片1张，计作宣传图片"},
		// must not
		{"照片.docx", "docx", "other", "0 0 0", "其他材料"},
		{"申报表.docx", "inside form 照片/ 门头照/ 车间/", "form-text", "0 0 0", "申报表电子文本"},
		{"企业简介.docx", "inside docx / 公司简介/ 发展历程/", "other", "0 0 0", "其他材料"},
		{"附件.docx", "inside docx 照片另附U盘/ 宣传图片见附件/", "other", "0 0 0", "其他材料"},
		{"荣誉.docx", "inside docx 获奖证书/ 高新技术企业证书/", "certificate", "0 0 0", "其他证照、获奖证书"},
		{"照片1.jpg", "jpg", "photo", "0 0 0", "照片"},
	} {
		d := newDesk()
		f := d.group(c.path + ": " + c.content).Packages[0].Files[0]
		if r := d.read[f.SHA256]; len(r.Scans) > 0 { // a PDF's pages that are pictures
			r.Figures = len(r.Scans)
			d.read[f.SHA256] = r
			f = d.group(c.path + ": again").Packages[0].Files[0]
		}
		counts := fmt.Sprint(f.picturesFor(RoleLogo), f.picturesFor(RolePhoto), f.picturesFor(RolePromo))
		if string(f.Role) != c.role || counts != c.counts || f.Taken() != c.taken {
			t.Errorf("%s %s: %s, %s, %s", c.path, c.content, f.Role, counts, f.Taken())
		}
	}
}

// What pictures inside a document do to a package: enough of them are enough, with
// a hint for the originals; the same ones beside it are not counted twice.
func TestInsideCounts(t *testing.T) {
	folder := "[案例]-" + unitA + "+" + caseA + "/"
	for _, c := range []struct{ name, without, add, want string }{
		{"photographs in a document", "照片", "照片.docx: inside docx 门头/ 车间/ 展厅/", "image-low-resolution warning"},
		{"too few in it", "照片", "照片.docx: inside docx 门头/ 车间/", "photos-short error, image-low-resolution warning"},
		{"in two documents", "照片", "照片1.docx: inside docx 门头/\n照片2.docx: inside docx 车间/ 展厅/", "image-low-resolution warning, image-low-resolution warning"},
		{"all three kinds in one", "照片,宣传图片,LOGO", "宣传材料.pptx: inside pptx @1LOGO/ @2照片/ @2照片/ @3照片/ @4宣传图片/ @5宣传图片/ @6宣传图片/", "image-low-resolution warning"},
		{"nothing beside the pictures", "照片,宣传图片,LOGO", "LOGO、照片及宣传图片.docx: inside docx / / / / / / /", "image-low-resolution warning"},
		{"nothing beside them, and one lacks", "照片,宣传图片,LOGO", "LOGO、照片及宣传图片.docx: inside docx / / / / / /", "logo-missing error, image-low-resolution warning"},
		{"behind the form", "照片", "申报表.docx: inside form !照片/ !照片/ !照片/", "image-low-resolution warning"},
		{"a licence behind the form", "营业执照", "申报表.docx: inside form !营业执照/ !高新技术企业证书/", ""},
		{"pictures behind the form, of what is not said", "营业执照", "申报表.docx: inside form !/ !/", "license-missing warning"},
		// must not
		{"illustrations of a form are no photographs", "照片", "申报表.docx: inside form 门头/ 车间/ 展厅/", "photos-short error"},
		{"illustrations of a form are no licence", "营业执照", "申报表.docx: inside form 门头/ 车间/ 展厅/", "license-missing error"},
		{"a company's profile is no photograph", "照片", "企业简介.docx: inside docx / / /", "photos-short error"},
		{"words about pictures", "照片", "照片.docx: docx", "photos-short error"},
		{"somewhere else", "营业执照", "申报表.docx: inside form !营业执照另附/", "license-missing warning"},
	} {
		d := newDesk()
		var lines []string
		for _, l := range strings.Split(strings.TrimSpace(goodPackage), "\n") {
			p, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(l), folder), ":")
			drop := strings.Contains(c.add, p+": ")
			for _, w := range strings.Split(c.without, ",") {
				drop = drop || strings.HasPrefix(p, w)
			}
			if !drop {
				lines = append(lines, strings.TrimSpace(l))
			}
		}
		for _, l := range strings.Split(c.add, "\n") {
			lines = append(lines, folder+l)
		}
		k := d.caseOf(t, strings.Join(lines, "\n"))
		k.fillShort(3, 3, 1, nil, nil)
		k.fillShort(3, 3, 1, nil, nil) // as often as a case is judged
		if got := keys(d.check(k, nil)); got != c.want {
			t.Errorf("%s: %s, want %s\n%s", c.name, got, c.want, standing(k))
		}
	}
}

// A picture that came by itself and inside a document counts once.
func TestInsideAndAlone(t *testing.T) {
	d := newDesk()
	k := d.caseOf(t, "照片.docx: inside docx 门头/ 车间/\n照片1.jpg\n照片2.jpg")
	own := d.read[k.Files[0].SHA256]
	for _, f := range k.Files {
		if f.Path == "照片.docx" {
			own = d.read[f.SHA256]
		}
	}
	for i, f := range k.Files {
		if isPicture(f.Path) {
			d.read[f.SHA256] = Reading{Kind: "image", Picture: &document.Picture{Width: 1600, Height: 1200, Look: own.Inside[i%2].Look}}
		}
	}
	c := Checked{Case: k, Reading: d.reading}
	if n := c.countPictures(RolePhoto); n != 2 {
		t.Errorf("%d photographs", n)
	}
	for sha, r := range d.read {
		if r.Kind == "image" {
			r.Picture = &document.Picture{Width: 1600, Height: 1200}
			d.read[sha] = r
		}
	}
	if n := c.countPictures(RolePhoto); n != 4 {
		t.Errorf("%d photographs of which two are others", n)
	}
}

// The bureau's word makes all pictures inside a document what it says.
func TestRenameInside(t *testing.T) {
	d := newDesk()
	k := d.caseOf(t, "企业简介.docx: inside docx 门头照/ / /")
	if !k.rename("企业简介.docx", RolePromo) {
		t.Fatal("not found")
	}
	if f := k.Files[0]; f.Pictures != 3 || len(f.Parts) > 0 || f.Taken() != "内有图片3张，计作宣传图片" {
		t.Errorf("%+v", f)
	}
	if k.rename("企业简介.docx", RoleOther); k.Files[0].picturesFor(RolePromo) != 0 {
		t.Error("they still count")
	}
}

// Pictures behind a form that a new form replaces count on, each once.
func TestInsideReplacedForm(t *testing.T) {
	for _, c := range []struct {
		name, old    string
		photos, logo int
	}{
		{"photographs", "inside form !照片/ !照片/", 2, 0},
		{"photographs, and a LOGO before them", "inside form !LOGO/ !照片/ !照片/", 2, 1},
		{"illustrations", "inside form 照片/ 照片/", 0, 0},
		{"none", "form " + unitA + "/" + caseA, 0, 0},
	} {
		d := newDesk()
		k := d.caseOf(t, "申报表.docx: "+c.old)
		for i := range k.Files {
			k.Files[i].Mail = "m1"
		}
		k.merge([]File{{Role: RoleFormText, Path: "申报表（修改）.docx", SHA256: "new", Mail: "m2", Why: whyWords}}, true)
		x := Checked{Case: k, Reading: d.reading}
		if photos, logo := x.countPictures(RolePhoto), x.count(RoleLogo); photos != c.photos || logo != c.logo {
			t.Errorf("%s: %d photographs, %d LOGO\n%s", c.name, photos, logo, standing(k))
		}
	}
}

// A role that the bureau gave is that of the document sent anew, too, with all
// pictures in it.
func TestRenameInsideAgain(t *testing.T) {
	k := newCourt(t)
	folder := "\n[案例]-" + unitA + "+" + caseA + "/"
	const six = "素材.docx: inside docx / / / / / /"
	k.mail("sw@foshan.example", pack(unitA, caseA, "照片")+folder+six, false)
	k.want("AL2024-0001", "incomplete !photos-short")
	if got := k.say("素材.docx = 照片", "AL2024-0001"); !strings.HasPrefix(got[0], "true") {
		t.Fatal(got)
	}
	k.want("AL2024-0001", "complete")
	k.mail("sw@foshan.example", strings.TrimSpace(folder)+six, true)
	k.want("AL2024-0001", "complete")
	c := k.get("AL2024-0001")
	for _, f := range c.Active() {
		if f.Path == "素材.docx" && (f.Mail != "mail-03" || f.Pictures != 6) {
			t.Errorf("%+v", f)
		}
	}
}

// Where pictures are short, one that was not counted and may be meant is named with
// the line that cures it; proof of something else never is.
func TestLikelyPicture(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"Screenshot_20241012_093000.jpg", "如“Screenshot_20241012_093000.jpg”即为照片，回复“Screenshot_20241012_093000.jpg = 照片”即可；"},
		{"平台截图100%.png", "如“平台截图100%.png”即为照片"},
		{"法人身份证.jpg", ""},
		{"购销合同.jpg", ""},
		{"高新技术企业证书.jpg", ""},
		{"说明.docx", ""},
	} {
		d := newDesk()
		k := d.caseOf(t, "照片1.jpg\n照片2.jpg\n"+c.path)
		fix := ""
		for _, f := range d.check(k, nil) {
			if f.Code == "photos-short" {
				fix = f.Fix
			}
		}
		if fix == "" || strings.Contains(fix, "即为") != (c.want != "") || !strings.Contains(fix, c.want) || strings.Contains(fix, "%!") {
			t.Errorf("%s: %s", c.path, fix)
		}
	}
}
