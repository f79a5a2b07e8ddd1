package intake

import (
	"cmp"
	"path"
	"strings"

	"anli/parser/mail"
)

const (
	codeQuarantined = "attachment-quarantined"
	codeEncrypted   = "file-encrypted"
	codeDangerous   = "file-dangerous"
)

// undelivered tells what the mail brought in a form that nobody here can open: an
// attachment that a mail gateway took away, a mail that is encrypted as a whole.
// It is the mail's affair and no case's: what lacks is told with the case.
func (s *Sitting) undelivered(in Incoming, b *Burst) (told bool) {
	for _, p := range in.Pieces {
		switch r := s.Reading(p.SHA256); {
		case r.Failure == codeQuarantined:
			b.Problems, told = addFinding(b.Problems, FileFinding(codeQuarantined, cmp.Or(r.Reason, p.Path), "")), true
		case r.Failure == codeEncrypted && strings.EqualFold(path.Ext(p.Path), ".p7m"):
			f := finding(codeEncrypted, "error", "mail", "file", "来信经邮件加密（“"+p.Path+"”），我处无法打开", "请不加密重新发送。")
			f.File = p.Path
			b.Problems, told = addFinding(b.Problems, f), true
		}
	}
	if name, taken := mail.Quarantined(in.Fresh); taken && len(in.Pieces) == 0 {
		b.Problems, told = addFinding(b.Problems, FileFinding(codeQuarantined, cmp.Or(name, "未注明名称"), "")), true
	}
	return told
}

// tellTaken says of a burst what a gateway took away, as it stands now: nothing of what
// came after all, and where nothing lacks without it, it is only told.
func (s *Sitting) tellTaken(b *Burst) {
	came, whole := s.cameWith(b), s.allInOrder(b)
	var out []Finding
	for _, f := range b.Problems {
		switch {
		case f.Code != codeQuarantined:
		case came[plainName(path.Base(f.File))]:
			continue
		case whole:
			f.Severity, f.Cure, f.Fix = "warning", "", "如其中有须报送的材料，请转为PDF或zip后重发，或电话联系。"
		default:
			f = FileFinding(codeQuarantined, f.File, "")
		}
		out = append(out, f)
	}
	b.Problems = out
}

// cameWith are the names of the files that came with the mails of a burst; a text in a
// file's place is none.
func (s *Sitting) cameWith(b *Burst) map[string]bool {
	came := map[string]bool{}
	for _, sha := range b.Mails {
		m, _ := s.Mail(sha)
		for _, p := range m.Files {
			if s.Reading(p.SHA256).Failure != codeQuarantined {
				came[plainName(path.Base(p.Path))] = true
			}
		}
	}
	return came
}
