package review

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/templates"
)

// Pack is a publicity pack (notice, 六) that goes to one member of staff.
type Pack struct {
	To    string    `json:"to"`
	At    time.Time `json:"at"`
	Room  int64     `json:"room"`  // bytes that an archive may have
	Parts int       `json:"parts"` // mails it takes; 0: too many, it is had by anli export alone
	Sent  int       `json:"sent"`
}

// packMails: a pack that takes more mails goes by none.
const packMails = 5

// packRoom is how many bytes an archive may have so that its letter can leave: in
// base64, 57 bytes make a line of 78.
func (b *Bench) packRoom() int64 {
	limit := int64(cmp.Or(b.Settings.Limits.Letter<<20, outbox.MaxLetter))
	return (limit - slack) / 78 * 57
}

// packLine tells staff before 认定 how the pack will come.
func (b *Bench) packLine() string {
	on, _ := b.verdict()
	if len(on) == 0 {
		return "没有可认定的案例，不寄送宣传材料"
	}
	files := b.packFiles(on)
	parts, left := packParts(files, b.packRoom())
	size := fmt.Sprintf("宣传材料（LOGO、照片、宣传图片和文字简介）约%dMB", (zipped(files)+1<<20-1)>>20)
	if len(parts) > packMails {
		return size + fmt.Sprintf("，超过%d封邮件，不随邮件发送，请运维人员用 anli export 导出（award文件夹）", packMails)
	}
	line := size + fmt.Sprintf("，分%d封邮件发给下达认定的工作人员", len(parts))
	if len(left) > 0 {
		line += fmt.Sprintf("；%d个文件过大，须由运维人员用 anli export 导出", len(left))
	}
	return line
}

// OrderPack sends the publicity pack to a member of staff, a mail a job so that
// only one archive is in memory. It says what will come; "" where nothing is
// awarded.
func (b *Bench) OrderPack(to string) string {
	if b.List.Award == nil || len(b.List.Award.Numbers) == 0 {
		return ""
	}
	p := Pack{To: to, At: b.Now, Room: b.packRoom()}
	files := b.packFiles(b.List.Award.Numbers)
	parts, _ := packParts(files, p.Room)
	p.Parts = len(parts)
	if len(parts) > packMails {
		p.Parts = 0
	}
	b.List.Award.Packs = append(b.List.Award.Packs, p)
	if p.Parts == 0 {
		b.putPack(len(b.List.Award.Packs)-1, 0, files, nil)
		return fmt.Sprintf("宣传材料超过%d封邮件，请运维人员用 anli export 导出（award文件夹）。", packMails)
	}
	return fmt.Sprintf("宣传材料另分%d封邮件发送。", p.Parts)
}

// jobs are the next mails of the packs on their way.
func (a *Awarding) jobs() []Job {
	var out []Job
	for i, p := range a.Packs {
		if p.Sent < p.Parts {
			out = append(out, Job{fmt.Sprintf("%s/%d/%d", packKind, i, p.Sent+1), p.At})
		}
	}
	return out
}

// sendPack sends one mail of a pack.
func (b *Bench) sendPack(key string) {
	pack, n, ok := packKey(key)
	if !ok || b.List.Award == nil || pack < 0 || pack >= len(b.List.Award.Packs) {
		return
	}
	p := &b.List.Award.Packs[pack]
	p.Sent = n
	files, left, there := b.packPart(pack, n)
	if !there {
		p.Sent = p.Parts // the job must not come again
		return
	}
	data, unread, err := Zip(files, b.Blob)
	b.Fail(err)
	if n > 1 {
		left = nil // named once
	}
	b.putPack(pack, n, present(files, unread), append(left, unread...), outbox.Attachment{Name: fmt.Sprintf("宣传材料-%d.zip", n), Type: archiveType, Data: data})
}

// packPart gives the files of a pack's nth mail, and those that no mail brings.
func (b *Bench) packPart(pack, n int) (files, left []PackFile, ok bool) {
	if b.List.Award == nil || pack < 0 || pack >= len(b.List.Award.Packs) {
		return nil, nil, false
	}
	parts, left := packParts(b.packFiles(b.List.Award.Numbers), b.List.Award.Packs[pack].Room)
	if n < 1 || n > len(parts) {
		return nil, nil, false
	}
	return parts[n-1], left, true
}

// packKey reads pack and mail, as in 0/1/zhang@gd.example.
func packKey(key string) (pack, n int, ok bool) {
	words := strings.SplitN(key, "/", 3)
	if len(words) < 2 {
		return 0, 0, false
	}
	pack, err := strconv.Atoi(words[0])
	n, wrong := strconv.Atoi(words[1])
	return pack, n, err == nil && wrong == nil
}

// packArchive makes the archive of a recorded letter anew, for a rebuild.
func packArchive(tx *ledger.Tx, l outbox.Letter, read func(sha string) ([]byte, error)) ([][]byte, error) {
	b, err := AtRest(tx, time.Time{})
	if err != nil {
		return nil, err
	}
	pack, n, ok := packKey(strings.TrimPrefix(l.Key, packKind+"/"))
	files, _, there := b.packPart(pack, n)
	if !ok || !there {
		return nil, nil
	}
	data, _, err := Zip(files, read)
	return [][]byte{data}, err
}

// putPack puts one mail of a pack; lacking are files that no mail brings.
func (b *Bench) putPack(i, part int, files, lacking []PackFile, zips ...outbox.Attachment) {
	p := b.List.Award.Packs[i]
	d := templates.AwardPack{Name: b.Settings.StaffName(p.To), Title: b.Settings.Call.Title, Part: part, Parts: p.Parts, Cases: b.packCases(files, lacking)}
	for _, z := range zips {
		d.Zips = append(d.Zips, z.Name)
	}
	if part <= 1 {
		d.List = b.rows(b.List.Award.Numbers)
	}
	b.Put(intake.Post{Key: fmt.Sprintf("%s/%d/%d/%s", packKind, i, part, p.To), To: p.To, Class: intake.ClassStaff, Template: "award-pack", Data: d,
		Topic: packKind + "/" + strconv.Itoa(i), Files: zips})
}

// present are the files that are not among gone.
func present(files, gone []PackFile) []PackFile {
	return slices.DeleteFunc(slices.Clone(files), func(f PackFile) bool {
		return slices.ContainsFunc(gone, func(g PackFile) bool { return g.Path == f.Path })
	})
}

// packCases say what a mail holds of each case, and what is lacking.
func (b *Bench) packCases(files, lacking []PackFile) []templates.PackCase {
	var out []templates.PackCase
	for _, c := range b.cases(b.List.Award.Numbers) {
		of := func(list []PackFile, role intake.Role) int {
			n := 0
			for _, f := range list {
				if f.Number == c.Number && (role == "" || f.Role == role) {
					n++
				}
			}
			return n
		}
		if of(files, "")+of(lacking, "") == 0 {
			continue
		}
		name := b.CaseName(c)
		name.State = ""
		x := templates.PackCase{CaseName: name, Note: b.packNote(c, lacking)}
		x.Logos, x.Photos, x.Promos = of(files, intake.RoleLogo), of(files, intake.RolePhoto), of(files, intake.RolePromo)
		out = append(out, x)
	}
	return out
}

// excused says why a material is not among the files, where staff or the bureau
// said so.
func excused(c *intake.Case, code string) string {
	for _, f := range c.Findings {
		switch {
		case f.Code != code:
		case f.State == "pending":
			return "按U盘、线下或稍后提交办理"
		case f.State == "waived":
			return "已免"
		}
	}
	return ""
}

// packNote says what a case's folder lacks of what the notice asks for.
func (b *Bench) packNote(c *intake.Case, lacking []PackFile) string {
	var out []string
	call := b.Settings.Call
	for i, want := range []int{call.Logos, call.Photos, call.Promos} {
		if n := len(pictures(c, packRoles[i].role)); n < want {
			out = append(out, fmt.Sprintf("%s少%d个%s", packRoles[i].name, want-n, bracket(excused(c, packRoles[i].code))))
		}
	}
	for _, f := range lacking {
		if f.Number == c.Number {
			out = append(out, path.Base(f.Path)+"未能随信发送，请运维人员用 anli export 导出")
		}
	}
	return strings.Join(out, "；")
}
