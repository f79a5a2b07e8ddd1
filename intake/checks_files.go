package intake

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"anli/templates"
)

// checkLate: the first mail of the case came after the deadline, by the
// server's time (notice 五、（一）).
func checkLate(c Checked) []Finding {
	if !c.Judge || !c.Case.Received.After(c.Settings.Call.Deadline) {
		return nil
	}
	return []Finding{finding("late", "error", "mail", "", "材料于"+clockTime(c.Case.Received)+"到达，在截止时间"+DeadlineText(c.Settings.Call.Deadline)+"之后，暂标记为“逾期待定”", "是否受理由"+templates.Briefly(c.Settings.Office.Department())+"研究确定后告知。")}
}

// checkQuota stands on every live case of the city until the number fits; the
// machine picks none (notice 五、（一）).
func checkQuota(c Checked) []Finding {
	quota, whose := c.Settings.Call.QuotaOf(c.Case.City), "每市"
	if !c.Judge || !c.Case.Live() || c.Live <= quota {
		return nil
	}
	if _, own := c.Settings.Call.Quotas[c.Case.City]; own {
		whose = "贵市"
	}
	return []Finding{finding("over-quota", "error", "mail", "reply", fmt.Sprintf("%s推荐案例不超过%d个，目前收到%d个", whose, quota, c.Live),
		fmt.Sprintf("请研究后回复保留的%d个，例如“撤回 %s”。", quota, c.number()))}
}

// checkFolderName: `[案例]-单位名称+案例名称` (notice, last paragraph of 六).
func checkFolderName(c Checked) []Finding {
	if c.Case.Folder == "" {
		return nil
	}
	n := ParseFolder(c.Case.Folder, c.Form.Unit)
	turned := swapped(n, c.Form)
	if n.Exact && !turned {
		return nil
	}
	severity := "warning"
	if n.Marked && n.Plus && n.Unit != "" && n.Case != "" && !turned {
		severity = "info"
	}
	if turned || !n.Marked && !n.Plus {
		n.Unit, n.Case = "", ""
	}
	unit, name := cmp.Or(trimmed(c.Form.Unit), n.Unit, "单位名称"), cmp.Or(trimmed(c.Form.Case), n.Case, "案例名称")
	f := finding("folder-name", severity, "name", "", fmt.Sprintf("文件夹名“%s”与规定格式不一致，不影响登记，系统已按此归档", c.Case.Folder),
		fmt.Sprintf("规定写法（可直接复制）：[案例]-%s+%s", forFolder(unit), forFolder(name)))
	return []Finding{f}
}

// forFolder leaves out what Windows forbids in a folder's name.
func forFolder(s string) string {
	return strings.TrimRight(strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return -1
		}
		return r
	}, s)), ". ")
}

// fileWords are the wordings of what is wrong with one file.
func fileWords(code, name, reason string) (message, fix string) {
	switch code {
	case "file-encrypted":
		if strings.Contains(reason, "加密软件") {
			return fmt.Sprintf("“%s”%s，我处无法打开", name, reason), "请解密后重发。"
		}
		return fmt.Sprintf("“%s”设有密码，无法打开", name), "请去除密码后重发。"
	case "archive-broken":
		if strings.Contains(reason, "仅取出") {
			return fmt.Sprintf("压缩包“%s”未能完整打开（%s）", name, reason), "请重新压缩为zip后发送，或直接添加附件。"
		}
		return fmt.Sprintf("压缩包“%s”无法打开（%s）", name, reason), "请重新压缩为zip后发送，或直接添加附件。"
	case "archive-volume-missing":
		return fmt.Sprintf("分卷压缩包缺少%s", reason), "请补发。"
	case "archive-unsafe":
		return fmt.Sprintf("压缩包“%s”超出处理上限或含异常路径（%s），该部分未解压", name, reason), "请去除非必需文件后重新打包。"
	case codeQuarantined:
		return fmt.Sprintf("附件“%s”被邮件安全网关拦截，我处未收到", name), "请转为PDF或zip后重发，或电话联系。"
	case "file-empty":
		return fmt.Sprintf("“%s”为空文件", name), "请重发。"
	case "file-dangerous":
		if ext(name) == ".exe" { // mostly an archive that unpacks itself
			return fmt.Sprintf("“%s”为可执行程序，出于安全未打开", name), "如为自解压文件，请重新压缩为zip后发送，或直接添加附件。"
		}
		return fmt.Sprintf("“%s”含宏或可执行内容，出于安全未打开", name), "请另存为 .docx、.xlsx 或 PDF 后重发。"
	case "form-unreadable":
		if ext(name) == ".pdf" {
			return fmt.Sprintf("“%s”未能读取（%s）", name, reason), "请重新扫描或导出为PDF后重发。"
		}
		return fmt.Sprintf("“%s”未能读取（%s）", name, reason), "请用Word或WPS另存为 .docx 后重发。"
	case "image-broken":
		return fmt.Sprintf("图片“%s”无法打开", name), "请更换。"
	}
	return fmt.Sprintf("“%s”未能读取（%s）", name, reason), "请重发。"
}

// FileFinding words what is wrong with one file or archive.
func FileFinding(code, name, reason string) Finding {
	message, fix := fileWords(code, name, reason)
	f := finding(code, "error", "bytes", "file", message, fix)
	f.File = name
	return f
}

// fileFinding is FileFinding for a file whose role is known: of the bureau's own
// papers a macro is only told.
func fileFinding(f File, code, reason string) Finding {
	x := FileFinding(code, f.Path, reason)
	if code == codeDangerous && (f.Role == RoleCover || f.Role == RoleSummary) {
		x.Severity = "warning"
	}
	return x
}

// checkFiles: what could not be opened. A form's failure is form-unreadable
// unless a readable copy of the same role is there.
func checkFiles(c Checked) []Finding {
	var out []Finding
	for _, f := range c.Case.Active() {
		r := c.Reading(f.SHA256)
		if f.Role == RoleContainer && (f.Set != "" || r.Listing != nil) {
			for _, p := range c.archiveProblems(f) {
				out = addFinding(out, FileFinding(p.Code, p.File, p.Reason))
			}
			continue
		}
		if IsArchiveName(path.Base(f.Path)) && c.sentAnew(f, f.Path) {
			continue
		}
		if code := fileFailure(c, f, r); code != "" && code != codeQuarantined && !(code == codeEmpty && c.servedSince(f, f.Role)) {
			out = append(out, fileFinding(f, code, cmp.Or(f.Damaged, r.Reason, "文件损坏")))
		}
	}
	return out
}

// fileFailure is the code of what is wrong with a file. A form's failure is of no
// weight where the words were read in another copy of it; what was damaged on
// its way is told of every file that has to be there.
func fileFailure(c Checked, f File, r Reading) string {
	isForm := f.Role == RoleFormText || f.Role == RoleFormPDF
	asked := f.Role == RoleLicense || f.Role == RoleLogo || f.Role == RolePhoto || f.Role == RolePromo
	switch {
	case r.Failure == "form-unreadable" && asked && isPicture(f.Path):
		return "image-broken" // it is called a picture
	case r.Failure == "form-unreadable" && (!isForm || c.HasForm && (f.Role == RoleFormPDF || c.otherText(f))):
		return ""
	case r.Failure == "image-broken" && (f.Role == RoleOther || f.Role == RoleCertificate || f.Role == RoleContainer):
		return "" // nobody asked for it
	case r.Failure != "":
		return r.Failure
	case f.Damaged == "":
		return ""
	case f.Role == RoleContainer || IsArchiveName(path.Base(f.Path)):
		return "archive-broken"
	case isPicture(f.Path):
		return "image-broken"
	case isForm:
		return "form-unreadable"
	case asked:
		return "image-broken"
	}
	return ""
}

// otherText: another Word copy of the form was read.
func (c Checked) otherText(f File) bool {
	for _, x := range c.Case.Active() {
		if r := c.Reading(x.SHA256); x.SHA256 != f.SHA256 && x.Role == RoleFormText && r.Paper != nil && r.Paper.Form != nil {
			return true
		}
	}
	return false
}

// checkFormThere: PDF and Word of the form (notice 五、（一）1 and 六).
func checkFormThere(c Checked) []Finding {
	pdf, text := c.count(RoleFormPDF)+c.emptied(RoleFormPDF), c.count(RoleFormText)+c.emptied(RoleFormText)
	switch {
	case pdf == 0 && text == 0:
		return []Finding{finding("form-missing", "error", "bytes", "file", "未找到申报表", "请用通知所附表格"+c.Settings.Call.formWords()+"填写，盖章扫描PDF与Word版一并报送。")}
	case pdf == 0:
		return []Finding{finding("form-pdf-missing", "error", "bytes", "file", "未找到申报表的盖章扫描件", "请扫描为PDF补充。")}
	case text == 0:
		return []Finding{finding("form-text-missing", "error", "bytes", "file", "未找到申报表的电子文本（.docx/.doc/.wps）", "请补充。")}
	}
	return nil
}

// checkFormRead: a form of another call or with rows deleted.
func checkFormRead(c Checked) []Finding {
	var out []Finding
	for _, f := range c.Case.Active() {
		missing, wrong := notTheForm(c.Reading(f.SHA256))
		if f.Role != RoleFormText || !wrong || len(missing) == 0 && c.otherText(f) {
			continue
		}
		message := fmt.Sprintf("“%s”与本次通知所附申报表不一致（未见：%s）", f.Path, cmp.Or(strings.Join(missing, "、"), "申报表各栏目"))
		if r := c.Reading(f.SHA256); r.Paper == nil && r.Text == "" && len(r.Tables) == 0 {
			message = fmt.Sprintf("“%s”中没有文字，可能只有图片", f.Path)
		}
		x := finding("form-wrong", "error", "text", "file", message, "请使用通知附件的表格"+c.Settings.Call.formWords()+"，栏目请勿删改。")
		x.File = f.Path
		out = append(out, x)
	}
	return out
}

// notTheForm: labels lack, or it was read and is no form at all.
func notTheForm(r Reading) (missing []string, wrong bool) {
	if r.Paper != nil && r.Paper.Form != nil {
		return r.Paper.Missing, len(r.Paper.Missing) > 0
	}
	return nil, isText(r.Kind) && r.Failure == ""
}

func checkLogo(c Checked) []Finding {
	if c.count(RoleLogo)+c.emptied(RoleLogo) >= c.Settings.Call.Logos {
		return nil
	}
	fix := "请补充图片文件，可命名为“LOGO.png”。"
	if name := c.likelyLogo(); name != "" {
		fix += fmt.Sprintf("如“%s”即为LOGO，回复“%s = LOGO”即可。", name, name)
	}
	return []Finding{finding("logo-missing", "error", "bytes", "file", "未找到申报单位LOGO", fix)}
}

func checkPhotos(c Checked) []Finding {
	return short(c, "photos-short", RolePhoto, "照片", c.Settings.Call.Photos)
}

func checkPromos(c Checked) []Finding {
	return short(c, "promos-short", RolePromo, "宣传图片", c.Settings.Call.Promos)
}

func short(c Checked, code string, role Role, what string, need int) []Finding {
	have := c.countPictures(role)
	empty := c.emptied(role) + c.emptyFiles(role) // each is asked for by its name
	if have+empty >= need {
		return nil
	}
	has := fmt.Sprintf("%s现有%d张", what, have)
	if empty > 0 {
		has += fmt.Sprintf("（另有空文件%d个，须重发）", empty)
	}
	may := ""
	if name := c.likelyPicture(); name != "" {
		may = fmt.Sprintf("如“%s”即为%s，回复“%s = %s”即可；", name, what, name, what)
	}
	return []Finding{finding(code, "error", "bytes", "file", fmt.Sprintf("%s，还需%d张", has, need-have-empty),
		fmt.Sprintf("请补充，可命名为“%s%d.jpg”；%s如以U盘报送，请回复“U盘 %s %s”。", what, have+empty+1, may, c.number(), what))}
}

// checkRevisions: tracked changes or comments, for the record.
func checkRevisions(c Checked) []Finding {
	var out []Finding
	for _, f := range c.Case.Active() {
		if r := c.Reading(f.SHA256); f.Role == RoleFormText && r.Paper != nil && r.Paper.Revisions {
			x := finding("revisions-left", "info", "text", "", fmt.Sprintf("“%s”含未接受的修订或批注", f.Path), "")
			x.File = f.Path
			out = append(out, x)
		}
	}
	return out
}
