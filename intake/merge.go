package intake

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// What a merge did, in the words of the receipt.
const (
	changeNew      = "新增"
	changeReplaced = "替换"
	changeRetired  = "停用"
	changePending  = "待确认"
)

var (
	stampPage    = regexp.MustCompile(`盖章页|签章页|签字页`)
	replaceWords = regexp.MustCompile(`替换|以此为准|以本次为准|作废|以这次为准`)
)

// merge adds files to the case by role. One-of-a-kind roles: the new file takes
// the old one's place; counted roles: files are added, and a namesake is
// replaced. Without proof (a letter of ours was seen by the writer) nothing that
// a receipt has listed is replaced: the new file waits. It reports whether
// anything changed and whether something waits.
func (c *Case) merge(files []File, proof bool) (changed, waits bool) {
	d := delivered{map[string]bool{}, map[string]bool{}}
	for _, f := range files {
		d.mails[f.Mail] = true
		if c.counts(f) {
			d.again[f.SHA256] = true
		}
	}
	for _, f := range files {
		if c.counts(f) {
			continue
		}
		if i := c.waitsAlready(f); i >= 0 {
			if !proof {
				continue
			}
			c.Files = append(c.Files[:i:i], c.Files[i+1:]...)
		}
		changed = true
		old := c.replacedBy(f, d)
		f.Standing, f.Change, f.Overdue = StandingActive, changeNew, false
		if len(old) > 0 {
			f.Change = changeReplaced
		}
		if !proof && c.told(old) {
			f.Standing, f.Change = StandingPending, changePending
			c.Files = append(c.Files, f)
			waits = true
			continue
		}
		for _, i := range old {
			c.giveWay(i, f)
		}
		c.Files = slices.Insert(c.Files, c.placeOf(f, old), f)
	}
	return changed, waits
}

// placeOf is where a new file stands among the others: at the end, or where its name
// tells nothing behind its namesake, so that it counts for what that counted for.
func (c *Case) placeOf(f File, old []int) int {
	if len(old) == 1 && f.unnamed() && sameBase(c.Files[old[0]].Path, f.Path) {
		return old[0] + 1
	}
	return len(c.Files)
}

// told by nothing: a picture or scan that a role was given by what is short.
func (f File) unnamed() bool {
	return (f.Role == RoleOther && f.Why != whyBureau || f.Why == whyShort) && !evidenceName.MatchString(f.Path) && !paperName.MatchString(stem(f.Path))
}

// evidenceName: a picture that proves something else than what the case needs, by
// its own name or its folder's.
var evidenceName = regexp.MustCompile(`(?i)退信|截图|截屏|screenshot|发送记录|情况说明|证明|身份证|护照|证件照`)

// counts: the very same bytes already count. A new name that tells a role counts
// anew where the old one told none; one mail's picture under two names stands
// twice, to be told as such.
func (c *Case) counts(f File) bool {
	for _, x := range c.Files {
		if x.SHA256 != f.SHA256 || x.Standing != StandingActive {
			continue
		}
		if x.Mail == f.Mail {
			if x.Path == f.Path || x.Role == f.Role && x.Role != RolePhoto && x.Role != RolePromo && sameBase(x.Path, f.Path) {
				return true
			}
			continue
		}
		if x.Role == f.Role || f.unnamed() || x.Why == whyBureau {
			return true
		}
	}
	return false
}

// waitsAlready is the place of the same file among those that wait; -1 if none.
func (c *Case) waitsAlready(f File) int {
	for i, x := range c.Files {
		if x.SHA256 == f.SHA256 && x.Role == f.Role && x.Standing == StandingPending {
			return i
		}
	}
	return -1
}

// known: the very same bytes count, wait or were refused.
func (c *Case) known(f File) bool {
	for _, x := range c.Files {
		if x.SHA256 == f.SHA256 && x.Standing != StandingReplaced && (x.Role == f.Role || x.unnamed() || f.unnamed()) {
			return true
		}
	}
	return false
}

// delivered is what a mail brings at once: none of it takes another's place,
// since one mail may bring a licence in two pages.
type delivered struct {
	mails map[string]bool
	again map[string]bool // bytes that count already
}

// replacedBy gives the indexes of the files whose place f takes.
func (c *Case) replacedBy(f File, d delivered) []int {
	var out []int
	for i, x := range c.Files {
		if x.Standing != StandingActive || d.mails[x.Mail] || f.Role == RoleContainer {
			continue
		}
		sameRole := x.Role == f.Role || x.unnamed() && f.unnamed()
		same := sameBase(x.Path, f.Path)
		switch {
		case x.unnamed() && x.SHA256 == f.SHA256: // it has a name now
		case !sameRole || d.again[x.SHA256]:
			continue
		case same:
		case !f.Role.single() || f.Role == RoleFormPDF && onePage(f, x):
			continue
		}
		out = append(out, i)
	}
	return out
}

func sameBase(a, b string) bool { return plainName(path.Base(a)) == plainName(path.Base(b)) }

// onePage: a page of the form, stamped anew or photographed, stands beside the
// whole scan and beside other pages.
func onePage(f, old File) bool {
	if isPicture(f.Path) {
		return true
	}
	return f.Pages <= 2 && stampPage.MatchString(f.Path) || f.Pages == 1 && old.Pages > 1
}

func (c *Case) told(indexes []int) bool {
	for _, i := range indexes {
		if c.Files[i].Told {
			return true
		}
	}
	return false
}

// accept lets pending files in, as if they came with proof, mail by mail in the
// order they came. It returns how many there were.
func (c *Case) accept(mails map[string]bool) int {
	var order []string
	pending := map[string][]File{}
	kept := c.Files[:0:0]
	n := 0
	for _, f := range c.Files {
		if f.Standing != StandingPending || !mails[f.Mail] {
			kept = append(kept, f)
			continue
		}
		if pending[f.Mail] == nil {
			order = append(order, f.Mail)
		}
		pending[f.Mail] = append(pending[f.Mail], f)
		n++
	}
	c.Files = kept
	for _, m := range order {
		c.merge(pending[m], true)
	}
	return n
}

// refuse sets pending files aside for good; they are kept. It returns how many
// there were.
func (c *Case) refuse(mails map[string]bool) int {
	n := 0
	for i := range c.Files {
		if c.Files[i].Standing == StandingPending && mails[c.Files[i].Mail] {
			c.Files[i].Standing = StandingRefused
			n++
		}
	}
	return n
}

// keep holds files that came too late to count by themselves: after the package was
// frozen, or overdue, after the last day for supplements.
func (c *Case) keep(files []File, overdue bool) {
	for _, f := range files {
		if !c.counts(f) {
			f.Standing, f.Change, f.Overdue = StandingPending, changePending, overdue
			c.Files = append(c.Files, f)
		}
	}
}

// giveWay sets a file aside that f replaces. Of one that held several papers only
// the pages of f's role are replaced, unless f is that file anew: a new form takes
// nothing from the licence behind the old one.
func (c *Case) giveWay(i int, f File) {
	x := &c.Files[i]
	rest := slices.DeleteFunc(slices.Clone(x.Parts), func(p Part) bool { return f.serves(p.Role) })
	if len(rest) == 0 || sameBase(x.Path, f.Path) || x.Role != f.Role {
		c.retire(i)
		return
	}
	x.Role, x.Why, x.Parts = rest[0].Role, whyRest, rest
}

// retire sets a file aside that no newer one replaces.
func (c *Case) retire(i int) {
	c.Files[i].Standing, c.Files[i].Change = StandingReplaced, changeRetired
}

// named are the files that count and that a person may mean by a name: the one of
// that path, else those whose path ends so, else those called so.
func (c *Case) named(name string) []int {
	var called, ends []int
	for i, f := range c.Files {
		switch {
		case f.Standing != StandingActive:
		case f.Path == name:
			return []int{i}
		case strings.Contains(name, "/") && strings.HasSuffix(f.Path, "/"+strings.TrimPrefix(name, "/")):
			ends = append(ends, i)
		case sameFile(name, f.Path):
			called = append(called, i)
		}
	}
	if len(ends) > 0 {
		return ends
	}
	return called
}

// rename gives a file the role the bureau named; reports whether one was found. Of
// several copies of the same bytes all have it.
func (c *Case) rename(name string, role Role) bool {
	found := c.named(name)
	if slices.ContainsFunc(found, func(i int) bool { return c.Files[i].SHA256 != c.Files[found[0]].SHA256 }) {
		return false // which of them is not said
	}
	for _, i := range found {
		f := &c.Files[i]
		f.Role, f.Why = role, whyBureau
		f.nowAll()
		if c.Roles == nil {
			c.Roles = map[string]Role{}
		}
		c.Roles[f.Path] = role
	}
	return len(found) > 0
}
