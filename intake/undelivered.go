package intake

import (
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
			b.Problems, told = addFinding(b.Problems, FileFinding(codeQuarantined, p.Path, r.Reason)), true
		case r.Failure == codeEncrypted && strings.EqualFold(path.Ext(p.Path), ".p7m"):
			f := finding(codeEncrypted, "error", "mail", "file", "来信经邮件加密（“"+p.Path+"”），我处无法打开", "请不加密重新发送。")
			f.File = p.Path
			b.Problems, told = addFinding(b.Problems, f), true
		}
	}
	if name, taken := mail.Quarantined(in.Fresh); taken && len(in.Pieces) == 0 {
		b.Problems, told = addFinding(b.Problems, FileFinding(codeQuarantined, "未注明名称", name)), true
	}
	return told
}
