package sample

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Layout is how the people who collected a package arranged its folder.
type Layout int

const (
	Flat     Layout = iota // all files beside one another
	Folders                // sub-folders 申报表, 证照, 图片资料
	Numbered               // files with numbers in front, as 1.申报表.docx
)

// Package is the material of one case. City, Unit and Case are needed; the
// rest has sensible values where it is empty.
type Package struct {
	City  string // 佛山市
	Unit  string
	Case  string
	Goods string // what the unit sells, for the texts and the folder's story

	Categories []string // default: 电子商务企业
	Other      string
	Prior      string // default: 无
	Leader     string
	Contact    string
	Phone      string // default: an invented mobile number
	Email      string
	Code       string // on the licence; default: a right one of the city

	Style   Style
	Layout  Layout
	Scan    ScanKind // of the stamped copy of the form
	Licence LicenceKind

	// Without names what is missing: a file (form-pdf, form-text, license,
	// certificate, logo, photo1…photo3, promo1…promo3), the seals of the stamped copy (seals) or a box of the form
	// (unit, case, category, prior, leader, contact, phone, email, intro,
	// background, innovation, benefit, demonstration).
	Without []string
}

func (p Package) lacks(what string) bool { return slices.Contains(p.Without, what) }

// filled is the package with its defaults.
func (p Package) filled() Package {
	set := func(s *string, v string) {
		if *s == "" {
			*s = v
		}
	}
	n := pick(p.Unit, "person", 0, 9)
	set(&p.Goods, "日用消费品")
	set(&p.Prior, "无")
	set(&p.Leader, strings.Split("林一 黄二 张三 李四 王五 赵六 孙七 周八 吴九 郑十", " ")[n])
	set(&p.Contact, strings.Split("陈小一 罗小二 梁小三 邓小四 谢小五 何小六 许小七 曾小八 蔡小九 彭小十", " ")[n])
	set(&p.Phone, fmt.Sprintf("1380000%04d", pick(p.Unit, "phone", 1000, 9999)))
	set(&p.Email, p.Address())
	if p.Categories == nil {
		p.Categories = []string{"电子商务企业"}
	}
	return p
}

// Address is the unit's own mail address.
func (p Package) Address() string {
	return fmt.Sprintf("ds@qiye%04d.example", pick(p.Unit, "host", 1000, 9999))
}

// Folder is the name the notice asks for: [案例]-单位名称+案例名称.
func (p Package) Folder() string { return fmt.Sprintf("[案例]-%s+%s", p.Unit, p.Case) }

// Form is the form as the unit filled it in.
func (p Package) Form() Form {
	p = p.filled()
	f := Form{Unit: p.Unit, Case: p.Case, Categories: p.Categories, Other: p.Other, Prior: p.Prior,
		Leader: p.Leader, Contact: p.Contact, Phone: p.Phone, Email: p.Email,
		Intro: p.story(introText), Background: p.story(backgroundText), Innovation: p.story(innovationText),
		Benefit: p.story(benefitText), Demonstration: p.story(demonstrationText),
		Date: "2024年10月9日", Style: p.Style}
	boxes := map[string]*string{"unit": &f.Unit, "case": &f.Case, "prior": &f.Prior, "leader": &f.Leader,
		"contact": &f.Contact, "phone": &f.Phone, "email": &f.Email, "intro": &f.Intro, "background": &f.Background,
		"innovation": &f.Innovation, "benefit": &f.Benefit, "demonstration": &f.Demonstration}
	for _, w := range p.Without {
		if box := boxes[w]; box != nil {
			*box = ""
		}
		if w == "category" {
			f.Categories = nil
		}
	}
	return f
}

// Files are the files of the package, without a folder around them.
func (p Package) Files() []File {
	p = p.filled()
	var out []File
	for i, m := range p.materials() {
		if p.lacks(m.what) {
			continue
		}
		name := m.name
		switch p.Layout {
		case Folders:
			name = m.folder + "/" + m.name
		case Numbered:
			name = fmt.Sprintf("%d.%s", i+1, m.name)
		}
		out = append(out, File{name, m.data()})
	}
	return out
}

// material is one file a package may hold.
type material struct {
	what, folder, name string
	data               func() []byte
}

func (p Package) materials() []material {
	licence := material{"license", "证照", "营业执照.pdf", func() []byte { return p.licence().PDF() }}
	if p.Licence == Photographed {
		licence.name, licence.data = "营业执照.jpg", func() []byte { return licencePhoto(p.Unit) }
	}
	list := []material{
		{"form-text", "申报表", "广东省电子商务优秀案例申报表.docx", func() []byte { return p.Form().Docx() }},
		{"form-pdf", "申报表", "广东省电子商务优秀案例申报表（盖章）.pdf", func() []byte { return p.stamped() }},
		licence,
		{"certificate", "证照", "荣誉证书.pdf", func() []byte { return certificate(p) }},
		{"logo", "图片资料", "LOGO.png", func() []byte { return Logo(p.Unit) }},
	}
	for i := 1; i <= 3; i++ {
		list = append(list, material{fmt.Sprint("photo", i), "图片资料", fmt.Sprintf("照片%d.jpg", i),
			func() []byte { return Photo(p.Unit, i) }})
	}
	for i := 1; i <= 3; i++ {
		list = append(list, material{fmt.Sprint("promo", i), "图片资料", fmt.Sprintf("宣传图片%d.png", i),
			func() []byte { return Promo(p.Unit, i) }})
	}
	return list
}

// stamped is the PDF copy of the form.
func (p Package) stamped() []byte {
	if p.Scan == TextPDF {
		f := p.Form()
		f.Opinion, f.BureauDate = "经审核，同意推荐。", "2024年10月11日"
		f.Unsealed = p.lacks("seals")
		return f.PDF()
	}
	return Scan{Title: p.Unit, Pages: 3, JPEG: p.Scan == ScanJPEG, Bare: p.lacks("seals")}.PDF()
}

func (p Package) licence() Licence {
	return Licence{Unit: p.Unit, City: p.City, Code: cmp.Or(p.Code, CreditCode(p.City, p.Unit)), Person: p.filled().Leader,
		Goods: p.filled().Goods, Year: pick(p.Unit, "year", 2008, 2019)}
}

// Under puts files into a folder.
func Under(folder string, files []File) []File {
	out := make([]File, len(files))
	for i, f := range files {
		out[i] = File{folder + "/" + f.Path, f.Data}
	}
	return out
}

// Zip is the package as an attachment: an archive named like the folder, which holds
// that folder.
func (p Package) Zip(names Naming) File {
	return File{p.Folder() + ".zip", Zip(Under(p.Folder(), p.Files()), names)}
}
