package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// loose files of a required role that fit none of several cases are asked about;
// notes, videos and the like are listed with the mail and not complained about.
func (s *Sitting) loose(in Incoming, b *Burst, files []File) {
	var names []string
	for _, f := range files {
		if f.Role == RoleContainer {
			continue
		}
		b.Loose = append(b.Loose, Piece{Path: f.Path, Bytes: f.Bytes, SHA256: f.SHA256})
		s.unopened(f, b)
		if f.Role != RoleOther || isPicture(f.Path) {
			names = append(names, f.Path)
		}
	}
	if len(names) == 0 {
		return
	}
	in.Mail.Reason = "有文件未能归入案例"
	b.Problems = addFinding(b.Problems, finding("file-unassigned", "error", "name", "reply",
		fmt.Sprintf("有%d个文件无法判断属于哪个案例：%s", len(names), someNames(names)),
		s.howAssigned(in.City, b, len(names))+s.numbersOf(in, b)+"，或按每个案例一个文件夹整理后重发。"))
}

// someNames are the first of many; the letter lists all below.
func someNames(names []string) string {
	const few = 6
	if len(names) <= few {
		return strings.Join(names, "、")
	}
	return strings.Join(names[:few], "、") + "等（见下）"
}

// howAssigned is the answer that tells whose files these are, to be pasted.
func (s *Sitting) howAssigned(city string, b *Burst, files int) string {
	number := "案例编号"
	if s.liveCases(city) == 1 && len(b.Cases) == 0 {
		number = s.liveNumber(city)
	}
	if files == 1 {
		return "请回复“文件名 = " + number + "”"
	}
	return "请回复“文件名 = " + number + "”，都属于同一案例的只需回复“全部文件 = " + number + "”"
}

func (s *Sitting) liveNumber(city string) string {
	for _, c := range s.Cases(city) {
		if c.Live() {
			return c.Number
		}
	}
	return "案例编号"
}

// numbersOf names the cases that may be meant where the letter itself shows none:
// those of the thread, else the city's.
func (s *Sitting) numbersOf(in Incoming, b *Burst) string {
	var names []string
	for _, c := range s.Cases(in.City) {
		if c.Stage != StageWithdrawn && (len(in.Thread) == 0 || slices.Contains(in.Thread, c.Number)) {
			names = append(names, c.Number+" "+cmp.Or(c.Unit, c.Folder))
		}
	}
	if len(b.Cases) > 0 || len(names) == 0 {
		return ""
	}
	if len(in.Thread) > 0 {
		return "（所回复邮件涉及的案例：" + strings.Join(names, "；") + "）"
	}
	return "（贵市现有案例：" + strings.Join(names, "；") + "）"
}
