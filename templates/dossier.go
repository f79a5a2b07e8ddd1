package templates

import "strings"

// Dossier is a case's whole file (案卷), for staff.
type Dossier struct {
	Name   string `json:"name"` // of the member of staff
	Number string `json:"number"`
	Unit   string `json:"unit"`
	Case   string `json:"case"`
	Text   string `json:"text"` // as it is to be read, a line each
}

// Dossier shows the file in the order in which things happened.
func (f Frame) Dossier(d Dossier) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	strong, tail := title(d.Number, d.Unit, d.Case)
	s.put(lead, "您好！案卷如下：", strong, tail)
	s.begin(plain)
	for line := range strings.SplitSeq(strings.TrimRight(d.Text, "\n"), "\n") {
		s.put(quote, line)
	}
	return f.close(f.subject("【案卷 "+d.Number+"】登记和办理情况", d.Unit), s)
}
