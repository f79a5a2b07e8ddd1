package intake

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var groupCases = []struct{ name, in, want string }{
	{"a package folder in a zip of another name", `
		材料.zip/[案例]-甲公司+平台/申报表.docx: form 甲公司/平台
		材料.zip/[案例]-甲公司+平台/照片/1.jpg`, `
		<[案例]-甲公司+平台>
		form-text 申报表.docx
		photo 照片/1.jpg
		container 材料.zip`},
	{"a zip named as the folder, without a folder of its own", `
		[案例]-甲公司+平台.zip/申报表.docx: form 甲公司/平台
		[案例]-甲公司+平台.zip/照片/1.jpg`, `
		<[案例]-甲公司+平台>
		form-text [案例]-甲公司+平台.zip/申报表.docx
		photo [案例]-甲公司+平台.zip/照片/1.jpg
		container [案例]-甲公司+平台.zip`},
	{"a zip named as the folder in it", `
		[案例]-甲公司+平台.zip/[案例]-甲公司+平台/申报表.docx: form 甲公司/平台
		[案例]-甲公司+平台.zip/[案例]-甲公司+平台/LOGO.png`, `
		<[案例]-甲公司+平台>
		form-text 申报表.docx
		logo LOGO.png
		container [案例]-甲公司+平台.zip`},
	{"two package folders in one zip under an extra parent", `
		佛山.zip/佛山市报送/[案例]-甲公司+平台/申报表.docx: form 甲公司/平台
		佛山.zip/佛山市报送/【案例】-乙公司＋基地/申报表.docx: form 乙公司/基地
		佛山.zip/佛山市报送/推荐函.pdf: scan
		佛山.zip/佛山市报送/汇总表.xlsx`, `
		<[案例]-甲公司+平台>
		form-text 申报表.docx
		<【案例】-乙公司＋基地>
		form-text 申报表.docx
		documents
		cover 佛山.zip/佛山市报送/推荐函.pdf
		summary 佛山.zip/佛山市报送/汇总表.xlsx
		container 佛山.zip`},
	{"two folders in a zip that is named [案例] itself", `
		[案例]佛山市.zip/[案例]-甲公司+平台/申报表.docx: form 甲公司/平台
		[案例]佛山市.zip/[案例]-乙公司+基地/照片1.jpg
		[案例]佛山市.zip/说明.txt`, `
		<[案例]-甲公司+平台>
		form-text 申报表.docx
		<[案例]-乙公司+基地>
		photo 照片1.jpg
		documents
		container [案例]佛山市.zip
		loose
		other [案例]佛山市.zip/说明.txt`},
	{"a folder for the licence and other papers", `
		[案例]-甲公司+平台/证照/营业执照.jpg
		[案例]-甲公司+平台/证照/2023年示范园区.jpg
		[案例]-甲公司+平台/证照/法人证书.pdf: scan`, `
		<[案例]-甲公司+平台>
		license 证照/营业执照.jpg
		certificate 证照/2023年示范园区.jpg
		license 证照/法人证书.pdf`},
	{"a folder of papers without names", `
		[案例]-甲公司+平台/证照/1.jpg
		[案例]-甲公司+平台/证照/2.jpg`, `
		<[案例]-甲公司+平台>
		license 证照/1.jpg
		license 证照/2.jpg`},
	{"a marked sub-folder inside a package", `
		[案例]-甲公司+平台/申报表.docx: form 甲公司/平台
		[案例]-甲公司+平台/[案例]照片/1.jpg`, `
		<[案例]-甲公司+平台>
		form-text 申报表.docx
		photo [案例]照片/1.jpg`},
	{"an archive in a package folder", `
		[案例]-甲公司+平台/申报表.docx: form 甲公司/平台
		[案例]-甲公司+平台/证书/获奖证书.zip: archive`, `
		<[案例]-甲公司+平台>
		form-text 申报表.docx
		container 证书/获奖证书.zip`},
	{"two zips, each a case, no mark", `
		甲公司.zip/申报表.docx: form 甲公司/平台
		甲公司.zip/申报表.pdf: pdfform 甲公司/平台
		甲公司.zip/照片/1.jpg
		乙公司.zip/申报表.docx: form 乙公司/基地
		乙公司.zip/照片/1.jpg`, `
		<甲公司>
		form-text 甲公司.zip/申报表.docx
		form-pdf 甲公司.zip/申报表.pdf
		photo 甲公司.zip/照片/1.jpg
		container 甲公司.zip
		<乙公司>
		form-text 乙公司.zip/申报表.docx
		photo 乙公司.zip/照片/1.jpg
		container 乙公司.zip`},
	{"two zips, the form of one cannot be read", `
		a.zip/申报表.docx: form 甲公司/平台
		b.zip/申报表.doc: old
		b.zip/营业执照.jpg`, `
		<a>
		form-text a.zip/申报表.docx
		container a.zip
		<b>
		form-text b.zip/申报表.doc
		license b.zip/营业执照.jpg
		container b.zip`},
	{"one zip with sub-folders by kind", `
		某甲材料.zip/申报表/申报表.docx: form 甲公司/平台
		某甲材料.zip/申报表/盖章扫描.pdf: scan 6
		某甲材料.zip/照片/1.jpg
		某甲材料.zip/LOGO/1.png`, `
		<某甲材料>
		form-text 某甲材料.zip/申报表/申报表.docx
		form-pdf 某甲材料.zip/申报表/盖章扫描.pdf
		photo 某甲材料.zip/照片/1.jpg
		logo 某甲材料.zip/LOGO/1.png
		container 某甲材料.zip`},
	{"only the form's folder in a zip", `
		某甲材料.zip/申报表/a.docx: form 甲公司/平台
		某甲材料.zip/申报表/b.pdf: scan 6`, `
		<某甲材料>
		form-text 某甲材料.zip/申报表/a.docx
		form-pdf 某甲材料.zip/申报表/b.pdf
		container 某甲材料.zip`},
	{"an extra parent without a mark", `
		x.zip/某甲/某甲材料/申报表.docx: form 甲公司/平台
		x.zip/某甲/某甲材料/照片/1.jpg`, `
		<某甲材料>
		form-text 申报表.docx
		photo 照片/1.jpg
		container x.zip`},
	{"loose attachments", `
		申报表.docx: form 甲公司/平台
		申报表.pdf: scan 6
		营业执照.jpg`, `
		<>
		form-text 申报表.docx
		form-pdf 申报表.pdf
		license 营业执照.jpg`},
	{"loose form and photographs in a zip", `
		申报表.docx: form 甲公司/平台
		照片.zip/1.jpg`, `
		<>
		form-text 申报表.docx
		photo 照片.zip/1.jpg
		container 照片.zip`},
	{"nothing but photographs in a zip", `
		照片.zip/1.jpg
		照片.zip/2.jpg`, `
		<>
		photo 照片.zip/1.jpg
		photo 照片.zip/2.jpg
		container 照片.zip`},
	{"the unit's name on an unmarked zip lends no role", `
		广州某宣传文化有限公司.zip/1.jpg
		广州某宣传文化有限公司.zip/申报表.docx: form 广州某宣传文化有限公司/平台`, `
		<广州某宣传文化有限公司>
		other 广州某宣传文化有限公司.zip/1.jpg
		form-text 广州某宣传文化有限公司.zip/申报表.docx
		container 广州某宣传文化有限公司.zip`},
	{"the package folder's name lends no role", `
		[案例]-广州证书宣传照片中心+LOGO平台/1.jpg
		[案例]-广州证书宣传照片中心+LOGO平台/营业执照副本.jpg
		[案例]-广州证书宣传照片中心+LOGO平台/申报表.docx: form 广州证书宣传照片中心/LOGO平台`, `
		<[案例]-广州证书宣传照片中心+LOGO平台>
		other 1.jpg
		license 营业执照副本.jpg
		form-text 申报表.docx`},
	{"two loose forms, files named by unit", `
		佛山某甲家居申报表.docx: form ` + unitA + `/` + caseA + `
		佛山某乙陶瓷申报表.docx: form ` + unitB + `/` + caseB + `
		佛山某甲家居营业执照.jpg
		某乙陶瓷-照片1.jpg
		陶瓷直播基地-照片2.jpg
		推荐函.pdf: scan
		视频.mp4`, `
		<>
		form-text 佛山某甲家居申报表.docx
		license 佛山某甲家居营业执照.jpg
		<>
		form-text 佛山某乙陶瓷申报表.docx
		photo 某乙陶瓷-照片1.jpg
		photo 陶瓷直播基地-照片2.jpg
		documents
		cover 推荐函.pdf
		loose
		other 视频.mp4`},
	{"a loose form and a zip with another", `
		申报表.docx: form ` + unitA + `/` + caseA + `
		营业执照.jpg
		b.zip/申报表.docx: form ` + unitB + `/` + caseB + `
		b.zip/照片/1.jpg`, `
		<>
		form-text 申报表.docx
		license 营业执照.jpg
		<b>
		form-text b.zip/申报表.docx
		photo b.zip/照片/1.jpg
		container b.zip`},
	{"two units side by side under one parent", `
		佛山.zip/某甲/申报表/申报表.docx: form ` + unitA + `/` + caseA + `
		佛山.zip/某甲/照片/1.jpg
		佛山.zip/某乙/申报表.docx: form ` + unitB + `/` + caseB + `
		佛山.zip/推荐函.pdf: scan`, `
		<某甲>
		form-text 申报表/申报表.docx
		photo 照片/1.jpg
		<某乙>
		form-text 申报表.docx
		documents
		cover 佛山.zip/推荐函.pdf
		container 佛山.zip`},
	{"a marked zip and the form beside it", `
		[案例]-` + unitA + `+` + caseA + `.zip/照片1.jpg
		申报表.docx: form ` + unitA + `/` + caseA + `
		申报表盖章.pdf: scan 6`, `
		<[案例]-` + unitA + `+` + caseA + `>
		photo [案例]-` + unitA + `+` + caseA + `.zip/照片1.jpg
		form-text 申报表.docx
		form-pdf 申报表盖章.pdf
		container [案例]-` + unitA + `+` + caseA + `.zip`},
	{"a marked zip and the form of another unit", `
		[案例]-` + unitA + `+` + caseA + `.zip/申报表.docx: form ` + unitA + `/` + caseA + `
		某乙申报表.docx: form ` + unitB + `/` + caseB, `
		<[案例]-` + unitA + `+` + caseA + `>
		form-text [案例]-` + unitA + `+` + caseA + `.zip/申报表.docx
		container [案例]-` + unitA + `+` + caseA + `.zip
		<>
		form-text 某乙申报表.docx`},
	{"two marked zips and a stray picture", `
		[案例]-甲公司+平台.zip/申报表.docx: form 甲公司/平台
		[案例]-乙公司+基地.zip/申报表.docx: form 乙公司/基地
		营业执照.jpg`, `
		<[案例]-甲公司+平台>
		form-text [案例]-甲公司+平台.zip/申报表.docx
		container [案例]-甲公司+平台.zip
		<[案例]-乙公司+基地>
		form-text [案例]-乙公司+基地.zip/申报表.docx
		container [案例]-乙公司+基地.zip
		loose
		license 营业执照.jpg`},
	{"the notice's empty form beside the filled one", `
		附件申报表.docx: blank
		申报表.docx: form 甲公司/平台`, `
		<>
		other 附件申报表.docx
		form-text 申报表.docx`},
	{"the PDF copy was read a little differently", `
		申报表.docx: form ` + unitA + `/` + caseA + `
		申报表.pdf: pdfform ` + unitA + `/家居柔性供应链平`, `
		<>
		form-text 申报表.docx
		form-pdf 申报表.pdf`},
	{"an older copy of the form that cannot be read", `
		x.zip/申报表.docx: form 甲公司/平台
		x.zip/旧/申报表.doc: old`, `
		<x>
		form-text x.zip/申报表.docx
		form-text x.zip/旧/申报表.doc
		container x.zip`},
	{"two cases of one unit with alike names", `
		a/申报表.docx: form ` + unitA + `/直播电商平台
		b/申报表.docx: form ` + unitA + `/直播电商平台二期`, `
		<a>
		form-text 申报表.docx
		<b>
		form-text 申报表.docx`},
	{"the scan is called as the Word copy", `
		x.zip/某甲+平台.docx: form 甲公司/平台
		x.zip/某甲+平台.pdf: scan 6`, `
		<x>
		form-text x.zip/某甲+平台.docx
		form-pdf x.zip/某甲+平台.pdf
		container x.zip`},
	{"the only Word file, unreadable and without a telling name", `
		x.zip/某甲.doc: old
		x.zip/营业执照.jpg`, `
		<x>
		form-text x.zip/某甲.doc
		license x.zip/营业执照.jpg
		container x.zip`},
	{"an archive of the bureau's papers beside a package", `
		[案例]-甲公司+平台.zip/申报表.docx: form 甲公司/平台
		推荐函.zip/推荐函.docx: cover`, `
		<[案例]-甲公司+平台>
		form-text [案例]-甲公司+平台.zip/申报表.docx
		container [案例]-甲公司+平台.zip
		documents
		cover 推荐函.zip/推荐函.docx
		container 推荐函.zip`},
	{"a broken archive beside one package", `
		申报表.docx: form 甲公司/平台
		照片.zip: archive`, `
		<>
		form-text 申报表.docx
		container 照片.zip`},
	{"a broken archive alone", `[案例]-甲公司+平台.zip: archive`, `
		documents
		container [案例]-甲公司+平台.zip`},
	{"only the bureau's papers", `
		推荐函.docx: cover
		推荐汇总表.xlsx`, `
		documents
		cover 推荐函.docx
		summary 推荐汇总表.xlsx`},
}

func TestGroup(t *testing.T) {
	for _, c := range groupCases {
		t.Run(c.name, func(t *testing.T) {
			if got := drawn(newDesk().group(c.in)); got != block(c.want) {
				t.Errorf("\n%s\nwant\n%s", got, block(c.want))
			}
		})
	}
}

// The role is told by what the file holds, also where the bureau's word differs
// in width from its name.
func TestGroupSaidRoles(t *testing.T) {
	d := newDesk()
	got := Group(d.pieces("x.zip/图（1）.jpg\nx.zip/申报表.docx: form 甲公司/平台"), d.reading, map[string]Role{"图(1).jpg": RoleLogo})
	if want := block("<x>\nlogo x.zip/图（1）.jpg\nform-text x.zip/申报表.docx\ncontainer x.zip"); drawn(got) != want {
		t.Errorf("\n%s\nwant\n%s", drawn(got), want)
	}
}

// Every piece is in the delivery once, whatever the order; the same pieces in
// another order make the same packages.
func TestGroupKeepsEveryPiece(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 1))
	parts := []string{"[案例]-甲公司+平台", "[案例]照片", "甲公司.zip", "b.zip", "佛山市", "申报表", "照片", "LOGO", "证照", "某乙陶瓷"}
	names := []string{"申报表.docx", "申报表.doc", "申报表.pdf", "营业执照.jpg", "1.jpg", "推荐函.docx", "汇总表.xlsx", "说明.txt", "某乙陶瓷.png"}
	contents := []string{"form 甲公司/平台", "form " + unitB + "/" + caseB, "blank", "old", "scan 6", "picture", "cover", "pdfform " + unitB + "/别的"}
	for range 3000 {
		d, lines := newDesk(), []string{}
		for range 1 + rng.IntN(6) {
			p := ""
			for range rng.IntN(4) {
				p += parts[rng.IntN(len(parts))] + "/"
			}
			line := p + names[rng.IntN(len(names))] + ": " + contents[rng.IntN(len(contents))]
			if path, _, _ := strings.Cut(line, ": "); !strings.Contains("\n"+strings.Join(lines, "\n"), "\n"+path+": ") {
				lines = append(lines, line)
			}
		}
		checkGrouping(t, d, strings.Join(lines, "\n"))
		if t.Failed() {
			return
		}
	}
}

// TestGroupShowsEachPathOnce: a loose file's name is that of one in the folder, and that
// folder's name stands again below it.
func TestGroupShowsEachPathOnce(t *testing.T) {
	const folder = "[案例]-甲公司+平台/"
	checkGrouping(t, newDesk(), "说明.txt: blank\n"+folder+"说明.txt: form 甲公司/平台\n"+folder+folder+"说明.txt: blank")
}

func checkGrouping(t *testing.T, d *desk, text string) {
	t.Helper()
	pieces := d.pieces(text)
	got := Group(pieces, d.reading, nil)
	count := map[string]int{}
	all := append(append([]File{}, got.Documents...), got.Loose...)
	for _, pk := range got.Packages {
		if len(pk.Files) == 0 {
			t.Errorf("an empty package from\n%s", text)
		}
		shown := map[string]bool{}
		for _, f := range pk.Files {
			if shown[f.Path] {
				t.Errorf("%s twice in a package from\n%s", f.Path, text)
			}
			shown[f.Path] = true
		}
		all = append(all, pk.Files...)
	}
	for _, f := range all {
		count[f.SHA256]++
	}
	for _, p := range pieces {
		if count[p.SHA256] != 1 {
			t.Errorf("%s is there %d times in\n%s\nfrom\n%s", p.Path, count[p.SHA256], drawn(got), text)
		}
	}
	if again := Group(pieces, d.reading, nil); fmt.Sprint(again) != fmt.Sprint(got) {
		t.Errorf("another grouping the second time from\n%s", text)
	}
}
