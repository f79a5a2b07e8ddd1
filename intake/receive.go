package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anli/parser/command"
	"anli/parser/mail"
	"anli/parser/unpack"
)

// Incoming is a bureau's mail about this call, with everything that was read.
type Incoming struct {
	Mail     *Mail
	City     string
	Address  string           // who is answered
	Fresh    string           // what the writer wrote
	Pieces   []Piece          // files, archives opened
	Lines    []command.Line   // commands in the text
	Answered []string         // keys of the letters of ours that the mail answers
	Thread   []string         // cases those letters, or earlier mails of the thread, were about
	Proof    bool             // at least one letter of ours was seen by this address
	Announce bool             // the text announces material
	Cloud    []mail.CloudFile // files that the mail only links to
	Said     bool             // staff say that this is a submission
	Case     string           // staff say that it supplements this case
	Asks     bool             // the text asks something that a person will answer
}

// Receive takes a bureau's mail in: groups, assigns, merges, checks, and answers
// or opens a burst. It reports whether there was anything to take in.
func (s *Sitting) Receive(in Incoming) bool {
	b := s.burstFor(in)
	s.resume(&in, b)
	b.Asked = b.Asked || in.Asks
	b.Excused = b.Excused || saysWhyLate.MatchString(in.Fresh)
	d := Group(in.Pieces, s.Reading, s.saidRoles(in))
	b.sentAnew(in.Pieces)
	s.keepPapers(in, b, d.Documents)
	var cases []*Case
	for i := range d.Packages {
		pk := &d.Packages[i]
		if len(pk.Files) == 0 {
			continue
		}
		c := s.survivor(s.caseFor(in, pk, b, len(d.Packages)))
		if c == nil {
			got, left := s.shareOut(in, b, pk)
			for _, c := range got {
				b.Cases = addOnce(b.Cases, c.Number)
			}
			cases, d.Loose = append(cases, got...), append(d.Loose, left...)
			continue
		}
		s.mergePackage(in, b, c, pk)
		s.cameBefore(in, c)
		cases = append(cases, c)
		b.Cases = addOnce(b.Cases, c.Number)
	}
	s.loose(in, b, d.Loose)
	results, ordered := s.bureauLines(in, b)
	b.takeLinks(in.Cloud)
	told := s.undelivered(in, b)
	if !told && len(in.Cloud) == 0 && len(in.Pieces) == 0 && in.Announce && len(in.Lines) == 0 {
		b.Problems, told = addFinding(b.Problems, s.nothingCame()), true
	}
	b.Results = append(b.Results, results...)
	if len(cases)+len(b.Cases)+len(b.Problems)+len(b.Papers)+len(b.Results)+len(b.Links) == 0 && len(in.Pieces) > 0 {
		s.Unsure(in.Mail) // nothing in it says what it is
	}
	s.refreshTouched(in.City, b)
	s.tellLinks(b)
	s.tellTaken(b)
	for _, c := range cases {
		in.Mail.Cases = addOnce(in.Mail.Cases, c.Number)
	}
	s.answerWhenDue(in, b, ordered)
	return told || len(cases)+len(results)+len(in.Pieces)+len(in.Cloud) > 0 || slices.ContainsFunc(in.Lines, func(l command.Line) bool { return l.Verb == "进度" })
}

// nothingCame is empty-mail.
func (s *Sitting) nothingCame() Finding {
	return finding("empty-mail", "error", "mail", "file", "来信中没有收到可用的附件", fmt.Sprintf("请将材料以普通附件重新发送（单封不超过%dMB）。", s.Settings.Mailbox.MaxMail))
}

// saysWhyLate: the words of a mail that explains its delay.
var saysWhyLate = regexp.MustCompile(`退信|被退|延迟|延误|迟报|晚报|逾期|故障|未能按时`)

// keepPapers lists the bureau's own papers with the city.
func (s *Sitting) keepPapers(in Incoming, b *Burst, documents []File) {
	for _, f := range documents {
		f.Mail, f.At = in.Mail.SHA256, in.Mail.Came()
		s.papers = append(s.papers, Paper{City: in.City, File: f})
		b.Papers = append(b.Papers, f)
		if f.Role == RoleContainer {
			s.containerProblems(f, b)
			continue
		}
		s.unopened(f, b)
	}
}

// unopened tells of a file of no case that nobody here can open, whatever it holds.
func (s *Sitting) unopened(f File, b *Burst) {
	switch r := s.Reading(f.SHA256); r.Failure {
	case codeDangerous, codeEncrypted, "file-empty":
		if ext(f.Path) != ".p7m" { // told with the mail
			b.Problems = addFinding(b.Problems, fileFinding(f, r.Failure, r.Reason))
		}
	}
}

// containerProblems tells what is wrong with an archive of no case; what was said
// of the same volumes while others were missing no longer holds.
func (s *Sitting) containerProblems(f File, b *Burst) {
	r, name := containerReading(f, s.Reading)
	if f.Set != "" {
		b.Problems = slices.DeleteFunc(b.Problems, func(x Finding) bool {
			return x.Code == "archive-volume-missing" && strings.EqualFold(unpack.SetName(x.File), name)
		})
	}
	if r.Listing != nil {
		for _, p := range r.Listing.Problems {
			b.Problems = addFinding(b.Problems, FileFinding(p.Code, join(name, p.File), p.Reason))
		}
	}
}

// sentAnew drops what was said of an archive of no case that comes again: if this one
// has a fault, too, it is told.
func (b *Burst) sentAnew(pieces []Piece) {
	b.Problems = slices.DeleteFunc(b.Problems, func(x Finding) bool {
		return IsArchiveName(base(x.File)) && slices.ContainsFunc(pieces, func(p Piece) bool { return p.Archive && sameArchive(p.Path, x.File) })
	})
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + "/" + b
}

// mergePackage brings the files into the case.
func (s *Sitting) mergePackage(in Incoming, b *Burst, c *Case, pk *Package) {
	for i := range pk.Files {
		f := &pk.Files[i]
		f.Mail, f.At = in.Mail.SHA256, in.Mail.Came()
		if role, ok := c.Roles[f.Path]; ok {
			f.Role, f.Why = role, whyBureau
			f.nowAll()
		}
	}
	before := *c
	before.Files = append([]File{}, c.Files...)
	b.Brought = addOnce(b.Brought, c.Number)
	if until := s.Settings.Call.Supplement; c.Frozen() || !until.IsZero() && in.Mail.Came().After(until) && c.Revision > 0 {
		c.keep(pk.Files, !c.Frozen()) // too late for a supplement: kept for staff, the case is not held
		s.Touch(c)
		if c.Frozen() {
			s.AddRow(Row{ID: "frozen/" + in.Mail.SHA256 + "/" + c.Number, Kind: "frozen", Case: c.Number, Mail: in.Mail.SHA256, Replies: []string{"采纳 理由", "无关"},
				Text: c.City + "为评审中的" + c.Number + "（" + c.Unit + "）补充了材料，已保存，未计入评审材料。"})
		}
		return
	}
	proof := in.Proof || in.Address == c.Sender && s.unseen(c)
	changed, waits := c.merge(pk.Files, proof)
	c.setBrokenAside(proof, s.Reading)
	if changed && replaceWords.MatchString(in.Mail.Subject+in.Fresh) && in.Proof {
		s.setAside(c, pk, in.Mail.SHA256)
	}
	if c.Folder == "" && pk.Folder != "" && (pk.marked || len(before.Files) == 0) {
		c.Folder = pk.Folder
	}
	if !changed {
		return
	}
	c.Touched = in.Mail.Arrival
	if c.Demand != "" {
		s.AddRow(Row{ID: "demand/" + in.Mail.SHA256 + "/" + c.Number, Kind: "demand", Case: c.Number, Mail: in.Mail.SHA256, Replies: []string{"采纳 理由", "通过", "补正 需要补正的内容"},
			Text: c.City + "为" + titled(c) + "补正了材料（要求：" + strings.ReplaceAll(c.Demand, "\n", "；") + "），请审核。"})
	}
	s.refresh(c)
	worse := before.Stage == StageComplete && c.Stage == StageIncomplete && before.Revision > 0
	var reasons []string
	if worse {
		reasons = newErrors(before, *c)
		s.keepComplete(c, before)
	}
	s.revise(b, c)
	s.Touch(c)
	if waits || worse {
		s.askConfirm(in, c, worse, reasons)
	}
}

// cameBefore: staff say, with a basis, that the case's material came before it was
// first seen here.
func (s *Sitting) cameBefore(in Incoming, c *Case) {
	if in.Mail.Reached.IsZero() || !in.Mail.Reached.Before(c.Received) {
		return
	}
	c.Received, c.Basis = in.Mail.Reached, in.Mail.Basis
	s.Touch(c)
	s.refresh(c)
}

// revise counts a case's revisions: one a burst that changed something.
func (s *Sitting) revise(b *Burst, c *Case) {
	if n := len(b.Revised); len(addOnce(b.Revised, c.Number)) > n {
		b.Revised = addOnce(b.Revised, c.Number)
		c.Revision++
	}
}

// setAside retires the older files of the counted roles that the new set brings.
func (s *Sitting) setAside(c *Case, pk *Package, mail string) {
	fresh, sent := map[Role]bool{}, map[string]bool{}
	for _, f := range pk.Files {
		fresh[f.Role], sent[f.SHA256] = true, true
	}
	for i, f := range c.Files {
		if f.Standing == StandingActive && f.Mail != mail && !sent[f.SHA256] && fresh[f.Role] && f.Role != RoleContainer && !f.Role.single() {
			c.retire(i)
		}
	}
}

// newErrors are the errors that a case has now and had not before.
func newErrors(before, now Case) (out []string) {
	for _, f := range now.Findings {
		had := slices.ContainsFunc(before.Findings, func(x Finding) bool { return x.Key() == f.Key() })
		if f.Severity == "error" && f.Audience == "bureau" && f.State != "waived" && !had {
			out = append(out, strings.TrimRight(f.Message, "。"))
		}
	}
	return out
}

// keepComplete: a worse package does not undo a complete one silently. The new
// files wait and the bureau is asked which counts.
func (s *Sitting) keepComplete(c *Case, before Case) {
	kept := before.Files
	known := map[string]bool{}
	for _, f := range kept {
		known[f.SHA256+f.Path+f.Mail] = true
	}
	for _, f := range c.Files {
		if !known[f.SHA256+f.Path+f.Mail] {
			f.Standing, f.Change = StandingPending, changePending
			kept = append(kept, f)
		}
	}
	c.Files = kept
	s.refresh(c)
}

func (s *Sitting) refreshTouched(city string, b *Burst) {
	for _, number := range b.Cases {
		if c := s.Case(number); c != nil && s.touched[number] {
			s.refresh(c)
		}
	}
	s.refreshCity(city)
}

func addOnce(list []string, add ...string) []string {
	for _, x := range add {
		found := false
		for _, y := range list {
			found = found || x == y
		}
		if !found {
			list = append(list, x)
		}
	}
	return list
}

// without are those of a list that another has not.
func without(list, other []string) []string {
	var out []string
	for _, x := range list {
		if len(addOnce(other, x)) > len(other) {
			out = append(out, x)
		}
	}
	return out
}

func addFinding(list []Finding, f Finding) []Finding {
	for _, x := range list {
		if x.Key() == f.Key() && x.Message == f.Message {
			return list
		}
	}
	return append(list, f)
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
