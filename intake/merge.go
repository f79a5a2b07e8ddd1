package intake

import (
	"path"
	"regexp"
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
	delivery := map[string]bool{}
	for _, f := range files {
		delivery[f.Mail] = true
	}
	for _, f := range files {
		if c.known(f) {
			continue
		}
		changed = true
		old := c.replacedBy(f, delivery)
		f.Change = changeNew
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
			c.Files[i].Standing, c.Files[i].Change = StandingReplaced, changeRetired
		}
		c.Files = append(c.Files, f)
	}
	return changed, waits
}

// known: the very same bytes already count under the same role.
func (c *Case) known(f File) bool {
	for _, x := range c.Files {
		if x.SHA256 == f.SHA256 && x.Role == f.Role && x.Standing != StandingReplaced {
			return x.Role != RolePhoto && x.Role != RolePromo || path.Base(x.Path) == path.Base(f.Path) || x.Mail != f.Mail
		}
	}
	return false
}

// replacedBy gives the indexes of the files whose place f takes: of earlier
// mails only, since one mail may bring a licence in two pages.
func (c *Case) replacedBy(f File, delivery map[string]bool) []int {
	var out []int
	for i, x := range c.Files {
		if x.Standing != StandingActive || x.Role != f.Role || delivery[x.Mail] {
			continue
		}
		same := path.Base(x.Path) == path.Base(f.Path)
		switch {
		case f.Role == RoleContainer:
		case f.Role == RoleFormPDF && !same && onePage(f, x):
		case f.Role.single(), same:
			out = append(out, i)
		}
	}
	return out
}

// onePage: a stamped page is added beside the whole scan.
func onePage(f, old File) bool {
	return stampPage.MatchString(f.Path) || f.Pages == 1 && old.Pages > 1
}

func (c *Case) told(indexes []int) bool {
	for _, i := range indexes {
		if c.Files[i].Told {
			return true
		}
	}
	return false
}

// accept lets pending files in, as if they came with proof; refuse sets them aside.
func (c *Case) accept() int {
	n := 0
	var pending []File
	kept := c.Files[:0:0]
	for _, f := range c.Files {
		if f.Standing == StandingPending {
			f.Standing = StandingActive
			pending = append(pending, f)
			n++
			continue
		}
		kept = append(kept, f)
	}
	c.Files = kept
	c.merge(pending, true)
	return n
}

func (c *Case) refuse() int {
	n := 0
	for i := range c.Files {
		if c.Files[i].Standing == StandingPending {
			c.Files[i].Standing = StandingRefused
			n++
		}
	}
	return n
}

// retire sets a file aside that no newer one replaces.
func (c *Case) retire(i int) {
	c.Files[i].Standing, c.Files[i].Change = StandingReplaced, changeRetired
}

// fillShort gives pictures whose names tell nothing a role by what is short:
// photographs first, then promotional pictures.
func (c *Case) fillShort(photos, promos int) {
	count := map[Role]int{}
	for _, f := range c.Active() {
		count[f.Role]++
	}
	for i := range c.Files {
		f := &c.Files[i]
		if f.Standing != StandingActive || f.Role != RoleOther || !isPicture(f.Path) || f.Why == "bureau" {
			continue
		}
		switch {
		case count[RolePhoto] < photos:
			f.Role = RolePhoto
		case count[RolePromo] < promos:
			f.Role = RolePromo
		default:
			continue
		}
		f.Why = "short"
		count[f.Role]++
	}
}

// rename gives a file the role the bureau named; reports whether one was found.
func (c *Case) rename(name string, role Role) bool {
	for i := range c.Files {
		f := &c.Files[i]
		if f.Standing == StandingActive && (f.Path == name || path.Base(f.Path) == name || strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)) == name) {
			f.Role, f.Why = role, "bureau"
			if c.Roles == nil {
				c.Roles = map[string]Role{}
			}
			c.Roles[f.Path] = role
			return true
		}
	}
	return false
}
