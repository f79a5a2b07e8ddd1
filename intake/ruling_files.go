package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"
	"time"

	"anli/intake/ledger"
)

// Was is what a decision changed, as it stood before it. 撤销 brings it back.
type Was struct {
	Stage    Stage             `json:"stage"`
	Holds    []Hold            `json:"holds,omitempty"`
	City     string            `json:"city"`
	Demand   string            `json:"demand,omitempty"`
	States   map[string]string `json:"states,omitempty"` // of the findings that 免 or 线下 changed, by key
	Ended    int               `json:"ended,omitempty"`  // which decision it took the place of, from 1; 0 none
	Holdings *Holdings         `json:"holdings,omitempty"`
}

// Holdings are the files of a case and what goes with them, before 合并 or 采纳.
type Holdings struct {
	Files       []File       `json:"files"`
	Corrections []Correction `json:"corrections,omitempty"`
	Received    time.Time    `json:"received"`
	Sent        time.Time    `json:"sent"`
	Basis       string       `json:"basis,omitempty"`
	Package     string       `json:"package,omitempty"`
	After       string       `json:"after"` // mark of the files as the decision left them
}

func (c *Case) before() *Was {
	return &Was{Stage: c.Stage, Holds: slices.Clone(c.Holds), City: c.City, Demand: c.Demand}
}

func (c *Case) holdings() *Holdings {
	return &Holdings{Files: slices.Clone(c.Files), Corrections: slices.Clone(c.Corrections), Received: c.Received, Sent: c.Sent, Basis: c.Basis, Package: c.Package}
}

// filesMark tells whether the same files count as before.
func (c *Case) filesMark() string {
	var out []string
	for _, f := range c.Files {
		out = append(out, f.SHA256+" "+f.Mail+" "+f.Path+" "+string(f.Standing))
	}
	return hashJSON(out)[:16]
}

// join brings one case's files into another and withdraws it.
func (s *Sitting) join(c *Case, r Ruling, was *Was) (item, said, why string) {
	to := r.Into
	switch {
	case to == nil || to.Number == c.Number:
		return "", "", "未执行：请写明并入哪个案例"
	case to.City != c.City:
		return "", "", "未执行：两案例分属" + c.City + "和" + to.City + "，请先“归属”"
	case to.Stage == StageWithdrawn:
		return "", "", "未执行：" + to.Number + "已撤回"
	case to.Frozen():
		return "", "", "未执行：" + to.Number + "已进入评审"
	}
	wasTo := to.before()
	wasTo.Holdings = to.holdings()
	unit, title := to.Unit, to.Case
	n := to.take(c)
	wasTo.Holdings.After = to.filesMark()
	to.Decisions = append(to.Decisions, Decision{At: s.Now, By: r.By, Verb: "并入", Item: c.Number, Reason: r.Reason, Mail: r.Mail, Was: wasTo})
	c.Stage = StageWithdrawn
	c.setHold(HoldUnconfirmed, false)
	s.settled(to, to.City)
	said = fmt.Sprintf("已并入%s，转入文件%d个，本编号不再使用%s", to.Number, n, because(r.Reason))
	if to.Unit != unit || to.Case != title { // the later form counts: what will stand on the plaque
		said += "；" + to.Number + "现登记为" + to.Unit + "《" + to.Case + "》"
	}
	if to.Stage == StageEligible {
		said += "；请注意，" + to.Number + "此前已资格审核通过"
	}
	return to.Number, said, ""
}

// take brings another case's files in as if they had come here: what came later
// counts. What waits there waits here. It gives the number of files that count.
func (c *Case) take(from *Case) int {
	var fresh []File
	for _, f := range from.Files {
		switch {
		case f.Standing == StandingPending && !c.known(f):
			c.Files = append(c.Files, f)
		case f.Standing != StandingActive || c.counts(f):
		case c.hasNewer(f):
			f.Standing = StandingReplaced
			c.Files = append(c.Files, f)
		default:
			fresh = append(fresh, f)
		}
	}
	c.merge(fresh, true)
	c.setHold(HoldUnconfirmed, c.Has(HoldUnconfirmed) || from.Has(HoldUnconfirmed))
	c.Corrections = append(c.Corrections, from.Corrections...)
	sort.SliceStable(c.Corrections, func(a, b int) bool { return c.Corrections[a].At.Before(c.Corrections[b].At) })
	if from.Received.Before(c.Received) { // the case's first mail
		c.Received, c.Sent, c.Basis = from.Received, from.Sent, from.Basis
		c.setHold(HoldLate, c.Has(HoldLate) && from.Has(HoldLate))
	}
	return len(fresh)
}

// hasNewer: a file that came later has the place that f would take.
func (c *Case) hasNewer(f File) bool {
	return slices.ContainsFunc(c.Files, func(x File) bool {
		return x.Standing == StandingActive && x.Role == f.Role && x.At.After(f.At) && (sameBase(x.Path, f.Path) || f.Role.single() && (f.Role != RoleFormPDF || !onePage(f, x)))
	})
}

// whereTo says which case a case was merged into; "" if none.
func (c *Case) whereTo() string {
	if i := c.standing("合并"); i >= 0 && c.Stage == StageWithdrawn {
		return "已并入" + c.Decisions[i].Item
	}
	return ""
}

// survivor is the case that a case's files are in now.
func (s *Sitting) survivor(c *Case) *Case {
	for range 20 { // longer than any chain of merges
		if c == nil || c.whereTo() == "" {
			return c
		}
		c = s.Case(c.Decisions[c.standing("合并")].Item)
	}
	return c
}

// adopt takes in what waits: material that came after the package was frozen, after
// the last day for supplements, or without proof. What a company sent by itself
// waits for its bureau's word. Without such files it settles what staff asked for.
func (s *Sitting) adopt(c *Case, was *Was) (said, why string) {
	mails, companies := s.adoptable(c)
	if len(mails) == 0 {
		switch {
		case c.Demand != "" && !c.Frozen():
			c.Demand = ""
			return "补正材料已认可", ""
		case companies:
			return "", "未执行：只有企业直接发来的文件，须由市局答复“同意”"
		}
		return "", "没有待采纳的文件，未执行"
	}
	was.Holdings = c.holdings()
	n := c.accept(mails)
	c.setHold(HoldUnconfirmed, c.Has(HoldUnconfirmed) && c.waiting() > 0)
	was.Holdings.After = c.filesMark()
	for _, mail := range sortedKeys(mails) {
		s.endRow("frozen/"+mail+"/"+c.Number, "采纳")
	}
	said = fmt.Sprintf("已采纳%d个文件", n)
	if c.Frozen() {
		s.judgeFrozen(c)
		c.Package = s.PackageHash(c)
		said += "，计入评审材料（校验码由" + mark8(was.Holdings.Package) + "变为" + mark8(c.Package) + "）；专家此前收到的材料不变，程序不另行通知专家"
	} else {
		c.Demand = ""
	}
	if companies {
		said += "；企业直接发来的文件仍待市局答复"
	}
	return said, ""
}

// mark8 is a hash as people compare it.
func mark8(hash string) string { return hash[:min(len(hash), 8)] }

// adoptable are the mails of bureaus and staff whose files wait; companies tells
// that files of others wait, too.
func (s *Sitting) adoptable(c *Case) (mails map[string]bool, companies bool) {
	mails = map[string]bool{}
	for _, f := range c.Files {
		if f.Standing != StandingPending {
			continue
		}
		m, ok := s.Mail(f.Mail)
		if ok && (s.Settings.IsBureau(m.From) || s.Settings.StaffName(m.From) != "") {
			mails[f.Mail] = true
		} else {
			companies = true
		}
	}
	return mails, companies
}

// judgeFrozen runs the checks on a frozen case whose files staff changed. Stage and
// holds stay: they are not of its files.
func (s *Sitting) judgeFrozen(c *Case) {
	frozen, holds := c.Package, slices.Clone(c.Holds)
	c.Package = ""
	s.refresh(c)
	c.Package, c.Holds = frozen, holds
	if !c.Has(HoldOverQuota) {
		c.dropFinding("over-quota")
	}
}

// PackageHash is the hash of what the experts judge: the form and the files that
// count.
func (s *Sitting) PackageHash(c *Case) string {
	f, _ := s.Form(c)
	var files []string
	for _, x := range c.Active() {
		files = append(files, x.SHA256+" "+string(x.Role)+" "+x.Path)
	}
	slices.Sort(files)
	raw, err := ledger.Canonical(struct {
		Form  any      `json:"form"`
		Files []string `json:"files"`
	}{f, files})
	s.must(err)
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
