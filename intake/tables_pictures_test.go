package intake

import (
	"strings"
	"testing"

	"anli/parser/document"
	"anli/parser/unpack"
)

// shown is the good package with one file more, and pictures of these sizes and looks,
// by name: a look is a letter, the same one is the same picture to the eye.
func shown(add string, pictures map[string]document.Picture) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		k := d.caseOf(t, changed("", "", add))
		for _, f := range k.Files {
			if p, ok := pictures[f.Path]; ok {
				p.Format, p.Look = "jpeg", lookOf(p.Look)
				d.read[f.SHA256] = Reading{Kind: "image", Picture: &p}
			}
		}
		return d.check(k, nil)
	}
}

func lookOf(letter string) string {
	return map[string]string{"a": "00ff00ff00ff00ff" + strings.Repeat("80", 48), "a resized": "00ff00ff00ff00fe" + strings.Repeat("82", 48),
		"b": "ff00ff00ff00ff00" + strings.Repeat("80", 48), "a in other colours": "00ff00ff00ff00ff" + strings.Repeat("10", 48)}[letter]
}

// pictureTables are those of LOGO, photographs and promotional pictures, and of how
// many pages a scan has.
func pictureTables() []table {
	const folder = "[案例]-" + unitA + "+" + caseA + "/"
	large := func(look string) document.Picture { return document.Picture{Width: 1600, Height: 1200, Look: look} }
	sized := func(w, h int) document.Picture { return document.Picture{Width: w, Height: h} }
	return []table{
		{"logo-missing", "error bureau bytes file", "五、（一）3", []must{
			{"none", sent("LOGO.png", ""), "", "未找到申报单位LOGO|请补充图片文件，可命名为“LOGO.png”"},
			{"a picture drawn as one", func(t *testing.T) []Finding {
				return read(changed("", "LOGO.png|宣传图片3", "图4.png: image png"), "图4.png", func(r *Reading) { r.Picture.Flat = true })(t)
			}, "", "如“图4.png”即为LOGO，回复“图4.png = LOGO”即可"},
		}, []not{
			{"as .ai", sent("LOGO.png", "某甲.ai"), "file-unsupported info"},
			{"as .cdr", sent("LOGO.png", "某甲.cdr"), "file-unsupported info"},
			{"a picture more than the others need", sent("LOGO.png", "图1.png"), ""},
			{"in Chinese", sent("LOGO.png", "企业标志.jpg"), ""},
			{"in a folder that says so", sent("LOGO.png", "LOGO/1.png"), ""},
		}},
		{"photos-short", "error bureau bytes file", "五、（一）3", []must{
			{"two", sent("照片3", ""), "", "照片现有2张，还需1张|请补充，可命名为“照片3.jpg”；如以U盘报送，请回复“U盘 AL2024-0007 照片”"},
			{"none", sent("照片", ""), "", "照片现有0张，还需3张"},
			{"the same one twice", sent("照片3", "照片4.jpg: same "+folder+"照片1.jpg"), "photos-short error, image-duplicate warning", ""},
			{"one of them empty", zipped("照片2 照片3", emptyFile("照片3.jpg")), "folder-name warning, file-empty error, photos-short error", "照片现有1张（另有空文件1个，须重发），还需1张"},
			{"a screen may be meant", sent("照片3", "系统截图.png"), "", "如“系统截图.png”即为照片，回复“系统截图.png = 照片”即可"},
		}, []not{
			{"three", sent("", ""), ""},
			{"four", sent("", "照片4.jpg"), ""},
			{"two and a picture whose name tells nothing", sent("照片3", "IMG_1.jpg"), ""},
			{"named by what they show", sent("照片", "门头照.jpg\n车间.jpg\n展厅.jpg"), ""},
			{"in a document", sent("照片", "照片.docx: inside docx / / /"), "image-low-resolution warning"},
			{"in an archive of their own", sent("照片", "照片.zip/1.jpg\n照片.zip/2.jpg\n照片.zip/3.jpg"), ""},
		}},
		{"promos-short", "error bureau bytes file", "五、（一）3", []must{
			{"none", sent("宣传图片", ""), "", "宣传图片现有0张，还需3张|请补充，可命名为“宣传图片1.jpg”；如以U盘报送，请回复“U盘 AL2024-0007 宣传图片”"},
			{"a document about them", sent("宣传图片3", "宣传图片.docx: docx"), "", "还需1张"},
			{"a film is no picture", sent("宣传图片3", "宣传片.mp4"), "file-unsupported info, promos-short error", ""},
		}, []not{
			{"three", sent("", ""), ""},
			{"posters, one as .psd", sent("宣传图片", "海报1.jpg\n海报2.jpg\n海报3.psd"), "file-unsupported info"},
			{"one in a document", sent("宣传图片3", "宣传图片.docx: inside docx /"), "image-low-resolution warning"},
			{"pictures whose names tell nothing", sent("宣传图片", "微信图片_1.jpg\n微信图片_2.jpg\n微信图片_3.jpg"), ""},
			{"two files and slides with one", sent("宣传图片3", "宣传材料.pptx: inside pptx @1宣传图片/"), "image-low-resolution warning"},
		}},
		{"image-duplicate", "warning bureau bytes file|warning bureau image file", "五、（一）3", []must{
			{"the same bytes", sent("", "照片4.jpg: same "+folder+"照片1.jpg"), "", "图片照片1.jpg与照片4.jpg相同，按1张计|照片已满3张，无需另补"},
			{"the same bytes, and one lacks", sent("照片3", "照片3.jpg: same "+folder+"照片1.jpg"), "photos-short error, image-duplicate warning", "图片照片1.jpg与照片3.jpg相同，按1张计|请另补1张"},
			{"the same to the eye", shown("照片4.jpg", map[string]document.Picture{"照片1.jpg": large("a"), "照片4.jpg": large("a resized")}), "", "如系统识别有误，请回复“请核 AL2024-0007 重复图片”，由我处人工核对，无需重发"},
			{"once as a photograph, twice for promotion", shown("", map[string]document.Picture{"照片1.jpg": large("a"), "宣传图片1.jpg": large("a"), "宣传图片2.jpg": large("a")}), "promos-short error, image-duplicate warning, image-duplicate warning", "图片宣传图片1.jpg与宣传图片2.jpg相同，按1张计"},
			{"as a photograph and for promotion", shown("", map[string]document.Picture{"照片1.jpg": large("a"), "宣传图片1.jpg": large("a")}), "", "图片宣传图片1.jpg与照片1.jpg相同，分别计作宣传图片和照片|如方便，请另换1张"},
		}, []not{
			{"other pictures", shown("", map[string]document.Picture{"照片1.jpg": large("a"), "照片2.jpg": large("b")}), ""},
			{"the same shapes in other colours", shown("", map[string]document.Picture{"照片1.jpg": large("a"), "照片2.jpg": large("a in other colours")}), ""},
			{"the licence also among the certificates", sent("", "证书.jpg: same "+folder+"营业执照.jpg"), ""},
			{"the LOGO also as a picture of no role", sent("", "证书/LOGO副本.png: same "+folder+"LOGO.png"), ""},
			{"nobody looked at them", sent("", "照片4.jpg: image"), ""},
		}},
		{"image-low-resolution", "warning bureau bytes file", "", []must{
			{"a photograph of a telephone's messages", shown("", map[string]document.Picture{"照片1.jpg": sized(640, 427)}), "", "图片“照片1.jpg”为640×427像素，用于宣传可能不清晰|建议提供原图（勿经微信转发）"},
			{"a LOGO of 200", shown("", map[string]document.Picture{"LOGO.png": sized(200, 80)}), "file-type-mismatch info, image-low-resolution warning", "“LOGO.png”为200×80像素"},
			{"pictures in a document, which count", sent("照片", "照片.docx: inside docx / / /"), "", "“照片.docx”内有图片3张，计作照片|如方便，请另附原图（jpg或png）供宣传使用，不影响登记"},
		}, []not{
			{"a long side of 1,000", shown("", map[string]document.Picture{"照片1.jpg": sized(1000, 400), "宣传图片1.jpg": sized(400, 1000)}), ""},
			{"a LOGO of 300", shown("", map[string]document.Picture{"LOGO.png": sized(300, 120)}), "file-type-mismatch info"},
			{"a small licence", shown("", map[string]document.Picture{"营业执照.jpg": sized(700, 500)}), ""},
			{"a drawing without pixels", sent("LOGO.png", "LOGO.svg: image svg"), ""},
			{"illustrations in the form", sent("申报表.docx", "申报表.docx: inside form / /图1"), ""},
		}},
		{"image-broken", "error bureau bytes file", "五、（一）3", []must{
			{"a photograph that is something else", sent("照片3", "照片3.jpg: broken"), "", "图片“照片3.jpg”无法打开|请更换"},
			{"a licence cut on its way", damaged("营业执照副本.jpg"), "", "图片“营业执照副本.jpg”无法打开"},
		}, []not{
			{"sound ones", sent("", "照片4.heic: image heif"), ""},
			{"a page of the form beside the scan", sent("", "申报表2.jpg: broken"), ""},
			{"one that nobody asked for", sent("", "附图.jpg: broken"), ""},
			{"a drawing that is not read", sent("LOGO.png", "LOGO.ai"), "file-unsupported info"},
		}},
		{"pdf-incomplete", "warning bureau image file", "六", []must{
			{"half of the pages", paged(6, "scan 3", nil), "", "扫描件“申报表（盖章）.pdf”共3页，疑似不完整|请核对。如系统识别有误，请回复“请核 AL2024-0007 扫描件”"},
			{"two of four", paged(4, "scan 2", nil), "", ""},
			{"the first of three", paged(3, "scan 1", nil), "", ""},
			{"the last page lacks", paged(0, "pdfform "+unitA+"/"+caseA, func(r *Reading) { r.Pages, r.Paper.Missing = 3, []string{opinionBox} }), "", "共3页"},
		}, []not{
			{"as many", paged(3, "scan 3", nil), ""},
			{"one fewer: another printer", paged(6, "scan 5", nil), ""},
			{"two of six fewer: smaller letters", paged(6, "scan 4", nil), ""},
			{"a copy of two pages on one", paged(2, "scan 1", nil), ""},
			{"nobody knows the copy's pages", paged(0, "scan 1", nil), ""},
		}},
	}
}

// emptyFile is an archive's word on a file without a byte.
func emptyFile(name string) unpack.Problem { return unpack.Problem{Code: codeEmpty, File: name} }

// paged is the good package whose Word copy has so many pages, beside this scan.
func paged(word int, scan string, change func(r *Reading)) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		k := d.caseOf(t, strings.Replace(goodPackage, "（盖章）.pdf: scan 6", "（盖章）.pdf: "+scan, 1))
		for _, f := range k.Files {
			r := d.read[f.SHA256]
			switch {
			case f.Role == RoleFormText:
				r.Pages = word
			case f.Role == RoleFormPDF && change != nil:
				change(&r)
			}
			d.read[f.SHA256] = r
		}
		return d.check(k, nil)
	}
}
