package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/command"
)

// Incoming is a bureau's mail about this call, with everything that was read.
type Incoming struct {
	Mail     *Mail
	City     string
	Address  string          // who is answered
	Fresh    string          // what the writer wrote
	Pieces   []Piece         // files, archives opened
	Lines    []command.Line  // commands in the text
	Seen     []outbox.Letter // letters of ours that the mail proves to have seen
	Thread   []string        // cases those letters, or earlier mails of the thread, were about
	Proof    bool            // at least one letter of ours was seen by this address
	Announce bool            // the text announces material
}

// Receive takes a bureau's mail in: groups, assigns, merges, checks, and answers
// or opens a burst.
func (s *Sitting) Receive(in Incoming) {
	b := s.burstFor(in)
	d := Group(in.Pieces, s.Reading, s.saidRoles(in.Lines))
	s.keepPapers(in, b, d.Documents)
	var cases []*Case
	for i := range d.Packages {
		pk := &d.Packages[i]
		if len(pk.Files) == 0 {
			continue
		}
		c := s.caseFor(in, pk, b, len(d.Packages))
		if c == nil {
			d.Loose = append(d.Loose, pk.Files...)
			continue
		}
		s.mergePackage(in, c, pk)
		cases = append(cases, c)
		b.Cases = addOnce(b.Cases, c.Number)
	}
	s.loose(in, b, d.Loose)
	results := s.bureauLines(in, b)
	if len(in.Pieces) == 0 && in.Announce && len(in.Lines) == 0 {
		b.Problems = addFinding(b.Problems, finding("empty-mail", "error", "mail", "file", "来信中没有收到可用的附件",
			fmt.Sprintf("请将材料以普通附件重新发送（单封不超过%dMB）。", s.Settings.Mailbox.MaxMail)))
	}
	b.Results = append(b.Results, results...)
	s.refreshTouched(in.City, b)
	for _, c := range cases {
		in.Mail.Cases = addOnce(in.Mail.Cases, c.Number)
	}
	s.answerWhenDue(in, b, len(results) > 0)
}

func (s *Sitting) saidRoles(lines []command.Line) map[string]Role {
	said := map[string]Role{}
	for _, l := range lines {
		if l.Verb == "=" {
			if role, ok := RoleByWord(l.Args[1]); ok {
				said[l.Args[0]] = role
			}
		}
	}
	return said
}

// burstFor joins the sender's open burst or opens one.
func (s *Sitting) burstFor(in Incoming) *Burst {
	b := s.openBurst(in.Address)
	if b == nil {
		b = &Burst{ID: in.Mail.SHA256, Address: in.Address, City: in.City, First: s.Now}
		s.bursts[b.ID] = b
	}
	b.Last = s.Now
	b.Mails = addOnce(b.Mails, in.Mail.SHA256)
	if n := series(in.Mail.Subject + "\n" + in.Fresh); n != 0 {
		b.Series = n
	}
	return b
}

// keepPapers lists the bureau's own papers with the city.
func (s *Sitting) keepPapers(in Incoming, b *Burst, documents []File) {
	for _, f := range documents {
		f.Mail, f.At = in.Mail.SHA256, in.Mail.Arrival
		s.papers = append(s.papers, Paper{City: in.City, File: f})
		b.Papers = append(b.Papers, f)
		if r := s.Reading(f.SHA256); f.Role == RoleContainer && r.Listing != nil {
			for _, p := range r.Listing.Problems {
				b.Problems = addFinding(b.Problems, FileFinding(p.Code, join(f.Path, p.File), p.Reason))
			}
		}
	}
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + "/" + b
}

// caseFor finds the package's case or registers one: by its code, by the form
// inside, by the folder's name, by the thread, by the burst. nil means that
// several cases are possible and none can be told.
func (s *Sitting) caseFor(in Incoming, pk *Package, b *Burst, packages int) *Case {
	if c := s.byCode(in); c != nil && packages == 1 {
		return c
	}
	if c := s.byName(in.City, pk); c != nil {
		return c
	}
	candidates := addOnce(append([]string{}, in.Thread...))
	if c, several := s.among(candidates, pk); c != nil || several && pk.Form == nil {
		return c
	}
	if c, several := s.among(b.Cases, pk); c != nil || several && pk.Form == nil {
		return c
	}
	c := s.newCase(in.City)
	c.Received, c.Sent, c.Sender, c.Stock = in.Mail.Arrival, in.Mail.Sent, in.Address, !s.Live()
	if b.Series > 0 {
		c.Received = earlier(in.Mail.Arrival, b.First) // the announced set counts from its first mail
	}
	return c
}

func (s *Sitting) byCode(in Incoming) *Case {
	var found *Case
	for _, number := range s.Numbers(in.Mail.Subject + "\n" + in.Fresh) {
		if c := s.Case(number); c != nil && c.City == in.City {
			if found != nil && found != c {
				return nil
			}
			found = c
		}
	}
	return found
}

// Numbers finds case numbers of this call in a text, each once.
func (s *Sitting) Numbers(text string) []string {
	re := regexp.MustCompile(`(?i)` + regexp.QuoteMeta(s.Settings.Call.Prefix) + `\s?\d{4}\s?[-－—]?\s?\d{4}`)
	var out []string
	for _, m := range re.FindAllString(text, -1) {
		digits := regexp.MustCompile(`\D`).ReplaceAllString(m[len(s.Settings.Call.Prefix):], "")
		out = addOnce(out, s.Settings.Call.Prefix+digits[:4]+"-"+digits[4:])
	}
	return out
}

// byName: the same unit and case by the form or the folder's name.
func (s *Sitting) byName(city string, pk *Package) *Case {
	name := ParseFolder(pk.Folder, "")
	unit, title := name.Unit, name.Case
	if !name.Marked && title == "" {
		unit = ""
	}
	if pk.Form != nil {
		unit, title = firstOf(trimmed(pk.Form.Unit), unit), firstOf(trimmed(pk.Form.Case), title)
	}
	for _, c := range s.Cases(city) {
		if pk.Folder != "" && name.Marked && SameName(c.Folder, pk.Folder) {
			return c
		}
		if unit == "" || !LikeName(c.Unit, unit) {
			continue
		}
		if title == "" || c.Case == "" || LikeName(c.Case, title) {
			return c
		}
	}
	return nil
}

// among picks the package's case from a few: the only one whose unit fits or is
// not known yet. several tells that more than one could be meant.
func (s *Sitting) among(numbers []string, pk *Package) (found *Case, several bool) {
	for _, n := range numbers {
		c := s.Case(n)
		if c == nil || c.Stage == StageWithdrawn {
			continue
		}
		if pk.Form != nil && c.Unit != "" && !LikeName(c.Unit, pk.Form.Unit) {
			continue
		}
		if pk.Form == nil && pk.marked && c.Folder != "" {
			continue
		}
		if pk.Form != nil && c.Unit != "" && c.Case != "" && pk.Form.Case != "" && !LikeName(c.Case, pk.Form.Case) {
			continue
		}
		if found != nil {
			return nil, true
		}
		found = c
	}
	return found, false
}

// mergePackage brings the files into the case.
func (s *Sitting) mergePackage(in Incoming, c *Case, pk *Package) {
	for i := range pk.Files {
		f := &pk.Files[i]
		f.Mail, f.At = in.Mail.SHA256, in.Mail.Arrival
		if role, ok := c.Roles[f.Path]; ok {
			f.Role, f.Why = role, "bureau"
		}
	}
	before := *c
	before.Files = append([]File{}, c.Files...)
	proof := in.Proof || in.Address == c.Sender && s.within(c, in)
	changed, waits := c.merge(pk.Files, proof)
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
	s.refresh(c)
	if before.Stage == StageComplete && c.Stage == StageIncomplete && c.Revision > 0 {
		s.keepComplete(c, before, in)
		waits = true
	}
	s.Touch(c)
	if waits {
		s.askConfirm(in, c)
	}
}

// within: the case was never named in a receipt, so nothing is replaced that
// anybody was told about.
func (s *Sitting) within(c *Case, _ Incoming) bool { return c.Receipts == 0 }

// setAside retires the older files of the counted roles that the new set brings.
func (s *Sitting) setAside(c *Case, pk *Package, mail string) {
	fresh := map[Role]bool{}
	for _, f := range pk.Files {
		fresh[f.Role] = true
	}
	for i, f := range c.Files {
		if f.Standing == StandingActive && f.Mail != mail && fresh[f.Role] && f.Role != RoleContainer && !f.Role.single() {
			c.retire(i)
		}
	}
}

// keepComplete: a worse package does not undo a complete one silently. The new
// files wait and the bureau is asked which counts.
func (s *Sitting) keepComplete(c *Case, before Case, in Incoming) {
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

// loose files of a required role that fit none of several cases are asked about;
// notes, videos and the like are listed with the mail and not complained about.
func (s *Sitting) loose(in Incoming, b *Burst, files []File) {
	var names []string
	for _, f := range files {
		if f.Role == RoleContainer {
			continue
		}
		b.Loose = append(b.Loose, Piece{Path: f.Path, Bytes: f.Bytes, SHA256: f.SHA256})
		if f.Role != RoleOther || isPicture(f.Path) {
			names = append(names, f.Path)
		}
	}
	if len(names) == 0 {
		return
	}
	in.Mail.Reason = "有文件未能归入案例"
	b.Problems = addFinding(b.Problems, finding("file-unassigned", "error", "name", "reply",
		fmt.Sprintf("有%d个文件无法判断属于哪个案例：%s", len(names), strings.Join(names, "、")),
		"请回复“文件名 = 案例编号”，或按每个案例一个文件夹整理后重发。"))
}

func (s *Sitting) refreshTouched(city string, b *Burst) {
	for _, number := range b.Cases {
		if c := s.Case(number); c != nil && s.touched[number] {
			s.refresh(c)
		}
	}
	s.refreshCity(city)
}

// answerWhenDue closes the burst now or says when.
func (s *Sitting) answerWhenDue(in Incoming, b *Burst, answered bool) {
	timing := s.Settings.Timing
	quiet, longest, set := time.Duration(timing.Quiet), time.Duration(timing.Longest), time.Duration(timing.Series)
	if left := s.Settings.Call.Deadline.Sub(s.Now); left > 0 && left <= 24*time.Hour {
		quiet, longest, set = quiet/2, longest/2, set/2
	}
	whole := b.Series > 1 && len(b.Mails) >= b.Series
	waiting := b.Series != 0 && !whole
	switch {
	case len(b.Cases)+len(b.Problems)+len(b.Papers)+len(b.Results) == 0:
		b.Closed = true // nothing to say that was not said
	case waiting:
		b.Due = b.First.Add(set)
	case whole, s.allComplete(b), answered:
		b.Due = s.Now
		s.closeBurst(b)
	default:
		b.Due = earlier(b.Last.Add(quiet), b.First.Add(longest))
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (s *Sitting) allComplete(b *Burst) bool {
	for _, number := range b.Cases {
		if c := s.Case(number); c == nil || c.Stage != StageComplete {
			return false
		}
	}
	return len(b.Cases) > 0 && len(b.Problems) == 0
}

var (
	seriesCount = regexp.MustCompile(`第\s*[一二三四五六七八九十\d]+\s*封\s*[/／,，（( ]*\s*共\s*([一二三四五六七八九十\d]+)\s*封|共\s*([一二三四五六七八九十\d]+)\s*封`)
	seriesMark  = regexp.MustCompile(`[（(\[【]\s*\d{1,2}\s*[/／]\s*(\d{1,2})\s*[)）\]】]`)
	seriesMore  = regexp.MustCompile(`其余.{0,6}(?:随后|后续|另)|另发|分批发送|分多封|后续(?:再|还会)`)
)

// series is the number of mails a sender announces, -1 if he announces more
// without a number, 0 if he announces none.
func series(text string) int {
	for _, re := range []*regexp.Regexp{seriesCount, seriesMark} {
		if m := re.FindStringSubmatch(text); m != nil {
			return small(firstOf(m[1:]...))
		}
	}
	if seriesMore.MatchString(text) {
		return -1
	}
	return 0
}

func small(s string) int {
	for i, r := range []rune("一二三四五六七八九十") {
		if strings.ContainsRune(s, r) {
			return i + 1
		}
	}
	n, _ := strconv.Atoi(s)
	return min(n, 30)
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

// Rejudge runs a change of settings once over the open cases: holds that no
// longer apply are lifted, and nothing that was in order becomes late by it.
func Rejudge(tx *ledger.Tx, now time.Time, house House) (*Change, error) {
	s, err := Sit(tx, now, house)
	if err != nil {
		return nil, err
	}
	for _, c := range s.Cases("") {
		if c.Stage != StageIncomplete && c.Stage != StageComplete {
			continue
		}
		before, wasLate := hashJSON(c), c.Has(HoldLate)
		s.refresh(c)
		if c.Has(HoldLate) && !wasLate {
			c.setHold(HoldLate, false)
			c.dropFinding("late")
			c.settle()
		}
		if hashJSON(c) != before {
			s.Touch(c)
		}
	}
	r, err := s.Result()
	if err != nil || len(r.Change.Cases) == 0 {
		return nil, err
	}
	return &r.Change, nil
}

func (c *Case) dropFinding(code string) {
	kept := c.Findings[:0:0]
	for _, f := range c.Findings {
		if f.Code != code {
			kept = append(kept, f)
		}
	}
	c.Findings = kept
}

func hashJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return hashOf(b)
}
