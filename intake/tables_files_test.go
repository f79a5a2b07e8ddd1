package intake

import (
	"strings"
	"testing"

	"anli/parser/unpack"
)

// zipped is the good package in x.zip without what the list names; the archive has
// these problems.
func zipped(lacks string, problems ...unpack.Problem) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		return d.check(archived(t, d, lacks, problems...), nil)
	}
}

// zippedThen has a later mail bring more.
func zippedThen(lacks, then string, problems ...unpack.Problem) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		k := archived(t, d, lacks, problems...)
		later(d, k, then)
		return d.check(k, nil)
	}
}

func inFolder(name string) look { return sentAs(name+"/", "", "") }

// fileTables are those of folders, archives and files, and of what must be there.
func fileTables() []table {
	const named = "folder-name warning" // x.zip is no name for a package
	broken := unpack.Problem{Code: "archive-broken", Reason: "文件不完整或已损坏，仅取出2个文件"}
	volume := unpack.Problem{Code: "archive-volume-missing", Reason: "第2卷"}
	empty := func(name string) unpack.Problem { return unpack.Problem{Code: codeEmpty, File: name} }
	return []table{
		{"folder-name", "warning bureau name -|info bureau name -", "六", []must{
			{"no plus", inFolder("[案例]-" + unitA + "-" + caseA), "", "规定写法（可直接复制）：[案例]-" + unitA + "+" + caseA},
			{"the unit alone", inFolder("[案例]-" + unitA), "", "“[案例]-" + unitA + "”与规定格式不一致，不影响登记，系统已按此归档"},
			{"case before unit", inFolder("[案例]-" + caseA + "+" + unitA), "", "[案例]-" + unitA + "+" + caseA},
			{"the notice's own words", inFolder("[案例]-单位名称+案例名称"), "", "[案例]-" + unitA + "+" + caseA},
			{"another name", inFolder("收到的材料"), "", ""},
			{"no mark", inFolder(unitA + "+" + caseA), "", ""},
			{"other brackets", inFolder("【案例】-" + unitA + "+" + caseA), "folder-name info", ""},
			{"no dash", inFolder("[案例]" + unitA + "+" + caseA), "folder-name info", ""},
			{"spaces and a wide plus", inFolder("[案例] " + unitA + " ＋ " + caseA), "folder-name info", ""},
		}, []not{
			{"as the notice asks", sent("", ""), ""},
			{"short names", inFolder("[案例]-某甲家居+柔性供应链"), ""},
			{"quotes that a folder may have", inFolder("[案例]-佛山某甲家居有限责任公司+“家居柔性供应链”平台"), ""},
			{"a zip with the folder in it", sentAs("材料.zip/[案例]-"+unitA+"+"+caseA+"/", "", ""), ""},
			{"no folder", func(t *testing.T) []Finding {
				d := newDesk()
				k := d.caseOf(t, goodPackage)
				k.Folder = ""
				return d.check(k, nil)
			}, ""},
		}},
		{"file-encrypted", "error bureau bytes file|error bureau mail file", "", []must{
			{"the Word copy", sent("申报表.docx", "申报表.docx: locked"), "", "“申报表.docx”设有密码，无法打开|请去除密码后重发"},
			{"an archive", zipped("", unpack.Problem{Code: codeEncrypted}), "folder-name warning, file-encrypted error", "“x.zip”设有密码"},
			{"an archive in it", zipped("", unpack.Problem{Code: codeEncrypted, File: "照片.rar"}), "folder-name warning, file-encrypted error", "“x.zip/照片.rar”设有密码"},
			{"by an office's own program", zipped("", unpack.Problem{Code: codeEncrypted, File: "a.docx", Reason: "经加密软件加密"}), "folder-name warning, file-encrypted error", "“x.zip/a.docx”经加密软件加密，我处无法打开|请解密后重发"},
			{"the mail as a whole", arrived(func(k *court) { k.mail(bureau, "smime.p7m: cipher", false) }), "", "来信经邮件加密（“smime.p7m”）"},
		}, []not{
			{"nothing locked", sent("", ""), ""},
			{"its password is gone in the next mail", zippedThen("", "x.zip/证书.jpg", unpack.Problem{Code: codeEncrypted}), named},
			{"an old format is not locked", sent("", "简介.doc: old"), ""},
			{"a text about encryption", sent("", "加密通信平台介绍.docx: docx"), ""},
		}},
		{"archive-broken", "error bureau bytes file", "", []must{
			{"half of it", zipped("照片", broken), "folder-name warning, archive-broken error", "压缩包“x.zip”未能完整打开（文件不完整或已损坏，仅取出2个文件）|请重新压缩为zip后发送，或直接添加附件"},
			{"one in it", zipped("", unpack.Problem{Code: "archive-broken", File: "a.rar", Reason: "CAB格式"}), "folder-name warning, archive-broken error", "压缩包“x.zip/a.rar”无法打开（CAB格式）"},
			{"one of no case", arrived(func(k *court) {
				k.d.read["sha-y.zip"] = Reading{Kind: "archive", Listing: &unpack.Listing{Problems: []unpack.Problem{{Code: "archive-broken", Reason: "不是压缩包"}}}}
				k.mail(bureau, "y.zip: archive", false)
			}), "", "压缩包“y.zip”无法打开（不是压缩包）"},
			{"cut on its way", damaged("y.rar"), "", "压缩包“y.rar”无法打开（附件在传输中不完整）"},
		}, []not{
			{"a sound archive", zipped(""), named},
			{"sent anew", zippedThen("照片", "x.zip/照片1.jpg\nx.zip/照片2.jpg\nx.zip/照片3.jpg", broken), named},
			{"what lacked came without an archive", zippedThen("照片", "照片1.jpg\n照片2.jpg\n照片3.jpg", broken), named},
			{"sent anew as .rar", zippedThen("照片", "x.rar/照片1.jpg\nx.rar/照片2.jpg\nx.rar/照片3.jpg", broken), named},
		}},
		{"archive-volume-missing", "error bureau bytes file", "", []must{
			{"the second of a set", zipped("照片", volume), "folder-name warning, archive-volume-missing error", "分卷压缩包缺少第2卷|请补发"},
			{"one of no case", arrived(func(k *court) {
				k.d.read["sha-y.part1.rar"] = Reading{Kind: "archive", Listing: &unpack.Listing{Problems: []unpack.Problem{volume}}}
				k.mail(bureau, "y.part1.rar: archive", false)
			}), "", "缺少第2卷"},
		}, []not{
			{"a whole archive", zipped(""), named},
			{"what lacked came without it", zippedThen("照片", "照片1.jpg\n照片2.jpg\n照片3.jpg", volume), named},
			{"an archive that is called 第1卷", sentAs("第1卷.zip/", "", ""), named},
			{"the second came before the receipt", arrived(func(k *court) {
				k.d.read["sha-y.part1.rar"] = Reading{Kind: "archive", Listing: &unpack.Listing{Problems: []unpack.Problem{volume}}}
				k.mail(bureau, "y.part1.rar: archive", false)
				k.mail(bureau, "y.zip/"+strings.ReplaceAll(strings.TrimSpace(goodPackage), "\n\t", "\ny.zip/"), false)
			}), ""},
		}},
		{"archive-unsafe", "error bureau bytes file", "", []must{
			{"a path that leads out", zipped("", unpack.Problem{Code: "archive-unsafe", Reason: "含异常路径"}), "folder-name warning, archive-unsafe error", "压缩包“x.zip”超出处理上限或含异常路径（含异常路径），该部分未解压|请去除非必需文件后重新打包"},
			{"too many files", zipped("", unpack.Problem{Code: "archive-unsafe", File: "b.zip", Reason: "来信所含文件过多"}), "folder-name warning, archive-unsafe error", "“x.zip/b.zip”"},
		}, []not{
			{"a sound archive", zipped(""), named},
			{"an archive in an archive", sentAs("x.zip/y.zip/[案例]-"+unitA+"+"+caseA+"/", "", ""), ""},
			{"sent anew", zippedThen("", "x.zip/照片4.jpg", unpack.Problem{Code: "archive-unsafe", Reason: "过大"}), named},
		}},
		{"file-empty", "error bureau bytes file", "", []must{
			{"a note", sent("", "说明.txt: empty"), "", "“说明.txt”为空文件|请重发"},
			{"the Word copy, which does not lack as well", sent("申报表.docx", "申报表.docx: empty"), "", ""},
			{"a licence in an archive", zipped("营业执照", empty("营业执照.jpg")), "folder-name warning, file-empty error", "“x.zip/营业执照.jpg”"},
			{"a photograph, and another lacks", zipped("照片2 照片3", empty("照片3.jpg")), "folder-name warning, file-empty error, photos-short error", ""},
			{"the bureau's letter", arrived(func(k *court) { k.mail(bureau, goodPackage+"\n推荐函.pdf: empty", false) }), "", "推荐函.pdf"},
		}, []not{
			{"nothing empty", sent("", ""), ""},
			{"a short note", sent("", "说明.txt: txt"), ""},
			{"a form of the notice that nobody filled in", sent("", "空白申报表.docx: blank"), ""},
			{"another photograph came in its place", zippedThen("照片3", "照片4.jpg", empty("照片3.jpg")), named},
			{"the licence came under another name", zippedThen("营业执照", "执照副本.jpg", empty("营业执照.jpg")), named},
		}},
		{"file-dangerous", "error bureau bytes file|warning bureau bytes file", "", []must{
			{"the form with macros", sent("申报表.docx", "申报表.docm: macros"), "", "“申报表.docm”含宏或可执行内容，出于安全未打开|请另存为 .docx、.xlsx 或 PDF 后重发"},
			{"a table with macros", sent("", "数据.xlsm: macros"), "", "“数据.xlsm”"},
			{"an archive that unpacks itself", sent("", "材料.exe: macros"), "", "如为自解压文件，请重新压缩为zip后发送"},
			{"the bureau's own list with macros", arrived(func(k *court) { k.mail(bureau, goodPackage+"\n推荐案例汇总表.xlsm: macros", false) }), "file-dangerous warning", ""},
		}, []not{
			{"a table without", sent("", "数据.xlsx: xlsx"), ""},
			{"a page as a browser saves it", sent("", "介绍.html: html"), ""},
			{"a document about programs", sent("", "执行程序说明.docx: docx"), ""},
		}},
		{"file-type-mismatch", "warning bureau bytes -|info bureau bytes -", "", []must{
			{"a licence that is a PDF", sent("", "营业执照副本.jpg: pdf"), "file-type-mismatch warning", "实际为PDF文件"},
			{"a document called a picture", sent("", "证书.png: docx"), "file-type-mismatch warning", "实际为Word文档"},
			{"a picture called a PDF", sent("", "荣誉证书.pdf: image jpeg"), "file-type-mismatch warning", "实际为JPEG图片"},
			{"a .docx that Word refuses", sent("", "说明.docx: doc"), "file-type-mismatch warning", "实际为旧版Word文档（.doc）"},
			{"a table called a document", sent("", "说明.doc: xlsx"), "file-type-mismatch warning", "实际为电子表格"},
			{"an OFD called PDF", sent("", "荣誉证书.pdf: ofd"), "file-type-mismatch warning", "实际为OFD文件"},
			{"a PNG called .jpg", sent("照片3", "照片3.jpg: image png"), "file-type-mismatch info", "实际为PNG图片"},
			{"a telephone's picture called .jpg", sent("照片3", "照片3.JPG: image heif"), "file-type-mismatch info", "实际为HEIC图片"},
		}, []not{
			{"as they are called", sent("", "照片4.jpeg: image jpeg\n照片5.TIF: image tiff\n照片6.heic: image heif\n照片7.jfif: image jpeg\n照片8.webp: image webp"), ""},
			{"what WPS writes", sent("", "说明.wps: docx"), ""},
			{"what opens in Word", sent("", "说明.doc: rtf\n简介.doc: docx\n概况.doc: html"), ""},
			{"a note", sent("", "说明.txt: txt"), ""},
			{"a document without an ending", sent("", "说明: docx"), ""},
			{"pictures that nobody looked at", sent("", "照片9.png: image"), ""},
		}},
		{"file-unsupported", "info bureau bytes -", "", []must{
			{"a note and a video", sent("", "说明.txt\n视频.mp4"), "file-unsupported info, file-unsupported info", "“视频.mp4”已保存"},
			{"a LOGO as .cdr, which counts", sent("LOGO.png", "某甲.cdr"), "", "“某甲.cdr”已保存"},
			{"a video is no photograph", sent("照片3.jpg", "照片.mp4"), "file-unsupported info, photos-short error", ""},
		}, []not{
			{"what is read", sent("", "数据.xlsx: xlsx\n说明.txt: txt"), ""},
			{"pictures", sent("", "门头照.jpg\n展厅.png"), ""},
			{"an archive", sentAs("x.zip/", "", ""), named},
			{"one that could not be read", sent("", "简介.doc: old"), ""},
		}},
		{"form-missing", "error bureau bytes file", "五、（一）1", []must{
			{"no form at all", sent("申报表", ""), "", "未找到申报表|请用通知所附表格（已附空表）填写，盖章扫描PDF与Word版一并报送"},
			{"a call with another form", asked(changed("", "申报表", ""), func(c *Checked) { c.Settings.Call.OwnForm = true }), "", "请用通知所附表格填写"},
		}, []not{
			{"both copies", sent("", ""), ""},
			{"only the scan", sent("申报表.docx", ""), "form-text-missing error"},
			{"only the Word copy", sent("申报表（盖章）", ""), "form-pdf-missing error"},
			{"it may be in an archive that is broken", zipped("申报表", broken), named + ", archive-broken error"},
			{"called otherwise", sent("申报表", "某甲家居.docx: form "+unitA+"/"+caseA+"\n扫描件.pdf: scan 6"), ""},
		}},
		{"form-pdf-missing", "error bureau bytes file", "六", []must{
			{"only the Word copy", sent("申报表（盖章）", ""), "", "未找到申报表的盖章扫描件|请扫描为PDF补充"},
			{"a scan of the licence is none", sent("申报表（盖章）|营业执照", "营业执照.pdf: scan 1"), "", ""},
			{"an empty Word copy is no scan", zipped("申报表", empty("申报表.docx")), "folder-name warning, file-empty error, form-pdf-missing error", ""},
		}, []not{
			{"pages of it as pictures", sent("申报表（盖章）", "申报表1.jpg"), ""},
			{"a stamped page only", sent("申报表（盖章）", "盖章页.jpg"), ""},
			{"a PDF with words", sent("申报表（盖章）", "申报表.pdf: pdfform "+unitA+"/"+caseA), ""},
			{"everything scanned into one file", sent("申报表（盖章）|营业执照", "申报材料.pdf: scan 34"), "license-missing warning"},
			{"as a scanner's program calls it", sent("申报表（盖章）", "扫描全能王 2024-10-12.pdf: scan 6"), ""},
			{"one that cannot be read: a person can", sent("申报表（盖章）", "申报表.pdf: broken"), ""},
		}},
		{"form-text-missing", "error bureau bytes file", "六", []must{
			{"only the scan", sent("申报表.docx", ""), "", "未找到申报表的电子文本（.docx/.doc/.wps）|请补充"},
			{"a profile is no form", sent("申报表.docx", "公司简介.docx: docx"), "", ""},
		}, []not{
			{"a .doc that is read", sent("申报表.docx", "申报表.doc: form "+unitA+"/"+caseA), ""},
			{"a .wps", sent("申报表.docx", "申报表.wps: form "+unitA+"/"+caseA), ""},
			{"called by the unit", sent("申报表.docx", "某甲家居.docx: form "+unitA+"/"+caseA), ""},
			{"one that cannot be read: it is told so", sent("申报表.docx", "申报表.doc: old"), "form-unreadable error"},
		}},
		{"form-unreadable", "error bureau bytes file", "五、（一）1", []must{
			{"the only Word copy", sent("申报表.docx", "申报表.doc: old"), "", "“申报表.doc”未能读取（旧版Word格式（.doc）暂不能识别）|请用Word或WPS另存为 .docx 后重发"},
			{"the only form, a PDF", sent("申报表", "申报表.pdf: broken"), "form-text-missing error, form-unreadable error", "“申报表.pdf”未能读取（文件损坏）|请重新扫描或导出为PDF后重发"},
		}, []not{
			{"a sound one", sent("", ""), ""},
			{"an old copy beside one that is read", sent("", "旧版/申报表.doc: old"), ""},
			{"a scan that cannot be read beside the Word copy", sent("申报表（盖章）", "申报表.pdf: broken"), ""},
			{"another document", sent("", "简介.doc: old"), ""},
		}},
		{"form-wrong", "error bureau text file", "五、（一）1", []must{
			{"called a form, and none", sent("申报表.docx", "申报表.docx: docx"), "", "“申报表.docx”中没有文字，可能只有图片"},
			{"boxes deleted", read(goodPackage, "申报表.docx", func(r *Reading) { r.Paper.Missing = []string{"项目主要负责人", "市商务局意见"} }), "", "与本次通知所附申报表不一致（未见：项目主要负责人、市商务局意见）|请使用通知附件的表格（已附空表），栏目请勿删改"},
			{"of another call", read(goodPackage, "申报表.docx", func(r *Reading) { r.Paper.Missing = []string{"标题：广东省电子商务优秀案例"} }), "", "未见：标题"},
		}, []not{
			{"the notice's form", sent("", ""), ""},
			{"a profile beside it", sent("", "公司简介.docx: docx"), ""},
			{"an empty form beside it", sent("", "附件（空表）.docx: blank"), ""},
			{"a PDF in which a box was not found", read(worded(), "（盖章）.pdf", func(r *Reading) { r.Paper.Missing = []string{"参评领域"} }), ""},
			{"the Word copy twice, once as pictures", sent("", "申报表（图）.docx: docx"), ""},
		}},
		{"license-missing", "error bureau bytes file|warning staff image -", "五、（一）2", []must{
			{"none", sent("营业执照", ""), "", "未找到营业执照（或事业单位法人证书、社会组织登记证书）复印件|请补充清晰的扫描件或照片"},
			{"another certificate", sent("营业执照", "高新技术企业证书.jpg"), "", ""},
			{"a text that is called so", sent("营业执照", "执照.txt"), "file-unsupported info, license-missing error", ""},
			{"a file whose name tells nothing", sent("营业执照", "IMG_0001.jpg"), "", "如“IMG_0001.jpg”即为营业执照，回复“IMG_0001.jpg = 营业执照”即可"},
			{"it may be in a scan of all papers", sent("营业执照|申报表（盖章）", "申报材料.pdf: scan 34"), "license-missing warning", "未单独找到营业执照；扫描件“申报材料.pdf”共34页，可能已含|请人工核对"},
		}, []not{
			{"a picture", sent("", ""), ""},
			{"an institution's certificate", sent("营业执照", "事业单位法人证书.pdf: scan"), ""},
			{"a society's", sent("营业执照", "社会团体法人登记证书.jpg"), ""},
			{"by its words", sent("营业执照", "扫描0001.pdf: license"), ""},
			{"in one PDF with the form", sent("营业执照|申报表（盖章）", "申报材料.pdf: merged "+unitA+"/"+caseA+" form=1-4 license=5"), ""},
			{"with the form by its name", sent("营业执照|申报表（盖章）", "申报表及营业执照.pdf: scan 9"), ""},
			{"an empty one is told by its name", zipped("营业执照", empty("营业执照.jpg")), named + ", file-empty error"},
		}},
	}
}

// damaged is the good package with a file more that did not come whole.
func damaged(name string) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		k := d.caseOf(t, changed("", "", name))
		for i := range k.Files {
			if k.Files[i].Path == name {
				k.Files[i].Damaged = "附件在传输中不完整"
			}
		}
		return d.check(k, nil)
	}
}
