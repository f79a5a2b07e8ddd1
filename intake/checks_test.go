package intake

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"anli/parser/command"
	"anli/parser/form"
)

// A correct package has no error in whatever shape it comes.
func TestCorrectPackagesHaveNoError(t *testing.T) {
	folder := "[案例]-" + unitA + "+" + caseA + "/"
	inFolder := func(to string) string { return strings.ReplaceAll(goodPackage, folder, to) }
	for name, in := range map[string]string{
		"as the notice asks":    goodPackage,
		"a zip named so":        inFolder("[案例]-" + unitA + "+" + caseA + ".zip/"),
		"a zip with the folder": inFolder("材料.zip/" + folder),
		"black brackets":        inFolder("【案例】" + unitA + "＋" + caseA + "/"),
		"no mark":               inFolder(unitA + ".zip/"),
		"short names":           inFolder("[案例]-某甲+柔性供应链/"),
		"loose":                 inFolder(""),
		"by kind": `
			x.zip/申报表/某甲.docx: form ` + unitA + `/` + caseA + `
			x.zip/申报表/某甲.pdf: scan 6
			x.zip/证照/1.jpg
			x.zip/LOGO/1.png
			x.zip/照片/1.jpg
			x.zip/照片/2.jpg
			x.zip/照片/3.jpg
			x.zip/宣传图片/1.jpg
			x.zip/宣传图片/2.jpg
			x.zip/宣传图片/3.jpg`,
		"pictures without telling names": `
			申报表.docx: form ` + unitA + `/` + caseA + `
			扫描全能王 2024-10-12.pdf: scan 6
			营业执照副本.jpg
			微信图片_1.jpg
			微信图片_2.jpg
			微信图片_3.jpg
			微信图片_4.jpg
			微信图片_5.jpg
			微信图片_6.jpg
			微信图片_7.jpg`,
		"one folder of pictures": `
			x/申报表.docx: form ` + unitA + `/` + caseA + `
			x/申报表.pdf: scan 6
			x/证照/营业执照.pdf: scan 1
			x/LOGO、照片及宣传图片/1.jpg
			x/LOGO、照片及宣传图片/2.jpg
			x/LOGO、照片及宣传图片/3.jpg
			x/LOGO、照片及宣传图片/4.jpg
			x/LOGO、照片及宣传图片/5.jpg
			x/LOGO、照片及宣传图片/6.jpg
			x/LOGO、照片及宣传图片/7.jpg`,
		"licence with the form, an old copy, the empty form": `
			x.zip/申报表及营业执照.pdf: scan 9
			x.zip/申报表.docx: form ` + unitA + `/` + caseA + `
			x.zip/旧版/申报表.doc: old
			x.zip/附件（空表）.docx: blank
			x.zip/logo.ai
			x.zip/门头照.jpg
			x.zip/车间.jpg
			x.zip/展厅.jpg
			x.zip/海报1.jpg
			x.zip/海报2.jpg
			x.zip/海报3.psd
			x.zip/宣传片.mp4`,
		"everything scanned into one file": `
			申报材料.pdf: scan 34
			申报表.docx: form ` + unitA + `/` + caseA + `
			LOGO.png
			照片1.jpg
			照片2.jpg
			照片3.jpg
			宣传图1.jpg
			宣传图2.jpg
			宣传图3.jpg`,
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk()
			c := d.caseOf(t, in)
			if found := d.check(c, nil); errorsOf(found) != "" {
				t.Errorf("%s\n%s", keys(found), standing(c))
			}
		})
	}
	d := newDesk()
	if found := d.check(d.caseOf(t, goodPackage), nil); len(found) != 0 {
		t.Errorf("a package as the notice asks has %s", keys(found))
	}
}

func TestPhones(t *testing.T) {
	for phone, want := range map[string]string{
		"13800001234": "", "138 0000 1234": "", "138-0000-1234": "", "１３８００００１２３４": "", "+86 13800001234": "", "＋86-13800001234": "",
		"0086 13800001234": "", "8613800001234": "", "19900001234": "", "013800001234": "", "13800001234（张三）": "", "张三13800001234": "",
		"020-38001234": "", "（020）38001234": "", "020 3800 1234": "", "02038001234": "", "０２０－３８００１２３４": "", "0757—83001234": "",
		"86-20-38001234": "", "+86 757 83001234": "", "0668-2800123": "", "0763-3800123": "", "83001234": "",
		"020-38001234-801": "", "020-38001234转801": "", "020-38001234 分机 801": "", "0757-83001234x12": "", "0757-83001234/83001235": "",
		"1380000123、13800001234": "", "020-3800123、020-38001234": "", "13800001234 020-38001234": "", "400-800-1234": "", "+852 2800 1234": "",
		"0754-88001234": "", "0760-88001234；13800001234": "", "13800001234或13800001235": "", "020-38001234（办）、13800001234": "", "0663-8001234": "", "0756-2800123": "",
		"0754-8800123": "少1位", "0760-880012345": "多1位",

		"1380000123": "少1位", "138000123": "少2位", "138000012345": "多1位", "１３８００００１２３": "少1位", "+86 1380000123": "少1位",
		"020-3800123": "少1位", "0757-8300123": "少1位", "020-3800123转801": "少1位", "0757-830012345": "多1位", "0668-280012": "少1位",
		"12800001234": "不是有效的手机号码", "12345": "不是完整的手机或固定电话号码", "无电话": "不是电话号码", "ds@qiye.example": "不是电话号码",
		"": "", "待补充": "",
	} {
		if got := phoneWrong(phone); got != want {
			t.Errorf("%q: %q, want %q", phone, got, want)
		}
	}
}

func TestMailAddresses(t *testing.T) {
	for mail, want := range map[string]string{
		"ds@qiye.example": "", "ds＠qiye.example": "", "ｄｓ＠ｑｉｙｅ．ｅｘａｍｐｌｅ": "", "a.b-c_d+e@x-y.example.cn": "", "13800001234@qq.example": "",
		"ds@qiye。example": "", "ds @ qiye.example": "", "坏地址、ds@qiye.example": "", "邮箱：ds@qiye.example": "", "DS@QIYE.EXAMPLE": "", "_ds@qiye.example": "",
		"ds@qiye. example": "", "ds@con.example": "", "ds@qq.con、ds@qiye.example": "", "ds@qiye.company": "", "ds@comm.example": "", "ds@vip.163.com": "",

		"ds.qiye.example": "缺少“@”", "ds@qiye": "“@”之后不完整", "ds@": "缺少“@”之后的部分", "@qiye.example": "缺少“@”之前的部分",
		"ds@qiye,example": "把“.”写成了逗号 ds@qiye.example", "ds@@qiye.example": "有多个“@” ds@qiye.example", "ds@qiye..example": "有连续两个“.” ds@qiye.example",
		"ds@qq.con": "后缀“.con”疑为“.com” ds@qq.com", "ds@163.CMO": "后缀“.cmo”疑为“.com” ds@163.com", "邮箱:ds＠qq。con": "后缀“.con”疑为“.com” ds@qq.com",
		"ds@qq": "缺少“.com”之类的后缀 ds@qq.com", "ds@foxmailcom": "缺少“.com”之类的后缀 ds@foxmail.com", "ds@a@qiye.example": "有多个“@”", "张三": "缺少“@”",
	} {
		f := goodForm()
		f.Email = mail
		got := ""
		for _, x := range checkEmail(Checked{Case: &Case{}, Form: f, HasForm: true}) {
			got = strings.TrimPrefix(x.Message, "邮箱“"+mail+"”")
			if m := pasted.FindStringSubmatch(x.Fix); m != nil && !strings.Contains(m[1], "正确地址") {
				got += " " + m[1][strings.LastIndex(m[1], " ")+1:]
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", mail, got, want)
		}
	}
}

func TestLateAndQuota(t *testing.T) {
	for _, c := range []struct {
		received string
		live     int
		judge    bool
		want     string
	}{
		{"2024-10-30 23:59:59", 5, true, ""},
		{"2024-10-31 00:00:00", 5, true, "late error"},
		{"2024-10-31 00:00:00", 5, false, ""},
		{"2024-10-12 09:00:00", 6, true, "over-quota error"},
		{"2024-10-12 09:00:00", 6, false, ""},
		{"2024-10-12 09:00:00", 1, true, ""},
	} {
		d := newDesk()
		k := d.caseOf(t, goodPackage)
		k.Received = zoned(c.received)
		found := d.check(k, func(x *Checked) { x.Live, x.Judge = c.live, c.judge })
		if got := keys(found); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
		k.Findings = found
		if k.settle(); k.Stage != StageComplete {
			t.Errorf("%+v: what staff decide keeps the case from being complete", c)
		}
	}
}

// What is wrong with the files of an archive is told once, by archive and file.
func TestArchiveProblems(t *testing.T) {
	d := newDesk()
	k := d.caseOf(t, strings.ReplaceAll(goodPackage, "[案例]-"+unitA+"+"+caseA+"/", "x.zip/"))
	for code, want := range map[string]string{"archive-broken": "压缩包“x.zip/a.rar”", "file-encrypted": "“x.zip/a.rar”", "archive-unsafe": "压缩包“x.zip/a.rar”", "file-empty": "“x.zip/a.rar”"} {
		f := FileFinding(code, join("x.zip", "a.rar"), "原因")
		if !strings.HasPrefix(f.Message, want) || f.File != "x.zip/a.rar" || f.Severity != "error" || f.Fix == "" {
			t.Errorf("%+v", f)
		}
	}
	k.Files = append(k.Files, File{Path: "y.zip", Role: RoleContainer, SHA256: "y", Damaged: "附件不完整"},
		File{Path: "z.rar", Role: RoleOther, SHA256: "z", Damaged: "附件不完整"}, File{Path: "照片9.jpg", Role: RolePhoto, SHA256: "p", Damaged: "附件不完整"},
		File{Path: "视频.mp4", Role: RoleOther, SHA256: "v", Damaged: "附件不完整"})
	if got := errorsOf(d.check(k, nil)); got != "archive-broken archive-broken image-broken" {
		t.Error(got)
	}
}

// The bureau's corrections stand over the form; an empty later copy does not hide
// a filled one.
func TestFormOf(t *testing.T) {
	d := newDesk()
	k := d.caseOf(t, goodPackage)
	d.words("b", "blank")
	k.Files = append(k.Files, File{Path: "新申报表.docx", Role: RoleFormText, SHA256: "b", Mail: "m2"})
	k.Corrections = []Correction{{Field: "phone", Value: "020-1"}, {Field: "phone", Value: "020-38001234"}, {Field: "categories", Value: "电商平台、数商兴农"}, {Field: "no such", Value: "x"}}
	f, ok := FormOf(k, d.reading)
	if !ok || f.Unit != unitA || f.Phone != "020-38001234" || strings.Join(f.Categories, " ") != "电商平台 数商兴农" {
		t.Errorf("%v %+v", ok, f)
	}
	before := []Correction{{Field: "phone", Value: "13800001234"}, {Field: "prior_award", Value: "无"}, {Field: "categories", Value: "电商平台"}, {Field: "unit", Value: unitB}, {Field: "prior_award", Value: "一等奖"}}
	for _, c := range []struct {
		phone, prior string
		fields       []string
		want         string
	}{ // a form that came after the bureau's word says it anew where it says something
		{"0757-83001234", "－", []string{"电商服务"}, unitA + " 0757-83001234 － [电商服务]"},
		{"", "", nil, unitA + " 13800001234 一等奖 [电商平台]"},
		{"待补充", "待补充", nil, unitA + " 13800001234 一等奖 [电商平台]"},
	} {
		d := newDesk()
		k := d.caseOf(t, goodPackage)
		k.Corrections = before
		for i, f := range k.Files {
			if r := d.read[f.SHA256]; f.Role == RoleFormText {
				k.Files[i].At = zoned("2024-10-13 09:00:00")
				r.Paper.Form.Phone, r.Paper.Form.PriorAward, r.Paper.Form.Categories = c.phone, c.prior, c.fields
			}
		}
		if f, _ := FormOf(k, d.reading); fmt.Sprint(f.Unit, " ", f.Phone, " ", f.PriorAward, " ", f.Categories) != c.want {
			t.Errorf("%q %q: %+v", c.phone, c.prior, f)
		}
	}
	if f, ok := FormOf(&Case{}, d.reading); ok || f.Categories == nil {
		t.Errorf("a form out of nothing: %+v", f)
	}
}

var pasted = regexp.MustCompile(`“(更正 [^”]+)”`)

// Every cure that is to be pasted is understood, and is no cure as it stands.
func TestCuresCanBePasted(t *testing.T) {
	empty := form.Form{Categories: []string{}}
	wrong := form.Form{Phone: "1", Email: "a", Categories: []string{"其他电子商务", "电商平台"}}
	seen := 0
	for _, f := range []form.Form{empty, wrong} {
		d := newDesk()
		for _, x := range d.check(d.caseOf(t, goodPackage), func(c *Checked) { c.Form = f }) {
			for _, m := range pasted.FindAllStringSubmatch(x.Fix, -1) {
				line := strings.NewReplacer("…", "某某", "正确号码", "13800001234", "正确地址", "a@b.example").Replace(m[1])
				got := command.Bureau(line)
				if len(got) != 1 || got[0].Verb != "更正" || len(got[0].Codes) != 1 || got[0].Codes[0] != "AL2024-0007" {
					t.Errorf("%s: %q is read as %+v", x.Code, line, got)
					continue
				}
				if _, ok := FieldByLabel(got[0].Args[0]); !ok {
					t.Errorf("%s: no field %q", x.Code, got[0].Args[0])
				}
				seen++
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d cures were seen", seen)
	}
}

func TestFieldByLabel(t *testing.T) {
	for label, want := range map[string]string{"联系电话": "phone", "手机": "phone", "参评案例（项目名称）": "case", "E-mail": "email", "单位 名称": "unit", "领域": "categories", "其他奖励": "prior_award"} {
		if got, ok := FieldByLabel(label); !ok || got != want {
			t.Errorf("%q: %q", label, got)
		}
	}
	for _, label := range []string{"", "地址", "简介", "编号"} {
		if got, ok := FieldByLabel(label); ok {
			t.Errorf("%q is taken for %q", label, got)
		}
	}
}

// Findings stand in the order of CHECKS.md, every code is known, and a finding
// has all its words; a package whose form was not read has an error.
func TestFindingsOfAnything(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 3))
	lines := strings.Split(strings.TrimSpace(goodPackage), "\n")
	extra := []string{"申报表.doc: old", "申报表.docx: docx", "申报表.docx: blank", "申报表.pdf: broken", "申报表.docx: locked", "甲.doc: old", "甲.pdf: scan 3", "1.jpg", "申报表.docx: empty"}
	order := codeOrder()
	for range 500 {
		d, in := newDesk(), []string{}
		for _, l := range lines {
			if rng.IntN(3) > 0 {
				in = append(in, l)
			}
		}
		for range rng.IntN(3) {
			in = append(in, "[案例]-"+unitA+"+"+caseA+"/"+string(rune('a'+len(in)))+extra[rng.IntN(len(extra))])
		}
		if len(in) == 0 {
			continue
		}
		k := d.caseOf(t, strings.Join(in, "\n"))
		found := d.check(k, nil)
		if _, has := FormOf(k, d.reading); !has && errorsOf(found) == "" {
			t.Fatalf("no form was read and no error told:\n%s", strings.Join(in, "\n"))
		}
		last, once := -1, map[string]bool{}
		for _, f := range found {
			at, known := order[f.Code]
			if !known || at < last || once[f.Key()] || f.Message == "" || f.Audience == "" || f.Source == "" || f.State == "" {
				t.Fatalf("%+v among %s", f, keys(found))
			}
			last, once[f.Key()] = at, true
		}
	}
}

// What is said of a Word copy, and of a part of it, that holds pictures and no words.
func TestFormInPictures(t *testing.T) {
	said := func(r Reading, check check) string {
		c := Checked{Case: &Case{Files: []File{{Path: "申报表.docx", Role: RoleFormText, SHA256: "a", Standing: StandingActive}}}, Reading: func(string) Reading { return r }, HasForm: true}
		for _, f := range check(c) {
			if f.Code == "form-wrong" || f.Code == "benefit-missing" {
				return f.Message
			}
		}
		return ""
	}
	part := func(pictured ...string) Reading {
		return Reading{Kind: "docx", Paper: &form.Reading{Paper: form.PaperForm, Form: &form.Form{Unit: unitA}, Pictured: pictured}}
	}
	for _, c := range []struct {
		name string
		got  string
		want string
	}{
		{"a file of pictures", said(Reading{Kind: "docx"}, checkFormRead), "“申报表.docx”中没有文字，可能只有图片"},
		{"other words", said(Reading{Kind: "docx", Text: "会议通知"}, checkFormRead), "“申报表.docx”与本次通知所附申报表不一致（未见：申报表各栏目）"},
		{"other tables", said(Reading{Kind: "docx", Tables: [][][]string{{{"甲"}}}}, checkFormRead), "“申报表.docx”与本次通知所附申报表不一致（未见：申报表各栏目）"},
		{"a form", said(part(), checkFormRead), ""},
		{"a part in a picture", said(part("intro", "benefit"), checkParts), "“（三）效益性”只有图片，没有文字"},
		{"a part left empty, another in a picture", said(part("intro"), checkParts), "“（三）效益性”未填写（空白或仅有表格自带的说明文字）"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

// TestAbsentBoxes: of a box that a wrong form does not have, only the form is told;
// one that is there and empty is told as ever.
func TestAbsentBoxes(t *testing.T) {
	for _, c := range []struct {
		missing       []string
		leader, phone string
		want          string
	}{
		{nil, "", "0757-83001234", "leader-missing error"},
		{[]string{"项目主要负责人"}, "", "0757-83001234", "form-wrong error"},
		{[]string{"项目主要负责人", "联系电话及邮箱"}, "", "", "form-wrong error"},
		{[]string{"项目主要负责人"}, "", "", "form-wrong error, phone-missing error"},
		{[]string{"市商务局意见"}, "", "0757-83001234", "form-wrong error, leader-missing error"},
		{[]string{"标题：广东省电子商务优秀案例"}, "张三", "", "form-wrong error, phone-missing error"},
		{[]string{"项目主要负责人"}, "张三", "0757-83001234", "form-wrong error"},
		{[]string{"标题：广东省电子商务优秀案例", "参评领域", "该案例是否曾经获评其他奖励", "项目主要负责人", "日常联系人", "（二）技术性与创新性", "（三）效益性"}, "", "", "form-wrong error"},
	} {
		d := newDesk()
		k := d.caseOf(t, goodPackage)
		for _, f := range k.Files {
			if r := d.read[f.SHA256]; f.Role == RoleFormText {
				r.Paper.Missing, r.Paper.Form.Leader, r.Paper.Form.Phone = c.missing, c.leader, c.phone
			}
		}
		if got := keys(d.check(k, nil)); got != c.want {
			t.Errorf("%q, leader %q, phone %q: %s, want %s", c.missing, c.leader, c.phone, got, c.want)
		}
	}
}

// Six pictures whose names only hint at photographs are three and three: a word
// that made photographs of all of them would leave the others short.
func TestHintsFillBoth(t *testing.T) {
	for _, name := range []string{"活动", "产品", "门店", "企业风采", "直播带货", "厂区"} {
		d := newDesk()
		var lines []string
		for _, l := range strings.Split(strings.TrimSpace(goodPackage), "\n") {
			if !strings.Contains(l, "/照片") && !strings.Contains(l, "/宣传图片") {
				lines = append(lines, strings.TrimSpace(l))
			}
		}
		for n := range 6 {
			lines = append(lines, "[案例]-"+unitA+"+"+caseA+"/"+name+string(rune('1'+n))+".jpg")
		}
		if got := errorsOf(d.check(d.caseOf(t, strings.Join(lines, "\n")), nil)); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
