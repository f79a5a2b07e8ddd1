package intake

import (
	"cmp"
	"path"
	"strings"

	"anli/parser/form"
)

// grouping is the work of one Group: which piece belongs to which case.
type grouping struct {
	readings func(string) Reading
	said     map[string]Role
	archives []Piece
	piles    []pile
	loose    []Piece
	home     map[string]int // path → index in piles, homePapers or homeLoose
	out      Delivery
}

const (
	homePapers = -1
	homeLoose  = -2
)

// pile is what will be one package.
type pile struct {
	root   string     // folder or archive that it lies in; "" if in none of its own
	marked bool       // the root is named [案例]…
	form   *form.Form // the Word copy's before the PDF's
	word   bool       // form is a Word copy's
	items  []Piece
}

// units are the names that the pile may be called by.
func (pl *pile) units() []string {
	var out []string
	if pl.form != nil && !blank(pl.form.Unit) {
		out = append(out, pl.form.Unit)
	}
	if name := ParseFolder(folderOf(pl.root), ""); name.Marked || name.Plus {
		out = append(out, name.Unit)
	}
	return out
}

func (pl *pile) cases() []string {
	var out []string
	if pl.form != nil && !blank(pl.form.Case) {
		out = append(out, pl.form.Case)
	}
	if name := ParseFolder(folderOf(pl.root), cmp.Or(pl.units()...)); name.Marked || name.Plus {
		out = append(out, name.Case)
	}
	return out
}

func (g *grouping) put(i int, p Piece) {
	pl := &g.piles[i]
	pl.items = append(pl.items, p)
	g.home[p.Path] = i
	if f := g.formIn(p.SHA256); f != nil {
		word := !isPages(g.readings(p.SHA256).Kind)
		if pl.form == nil || word && !pl.word {
			pl.form, pl.word = f, word
		}
	}
}

// sortOut takes away archives, the bureau's own papers, and what lies in folders
// named [案例]…; it returns the rest.
func (g *grouping) sortOut(pieces []Piece) []Piece {
	var plain, rest []Piece
	for _, p := range pieces {
		if p.Archive {
			g.archives = append(g.archives, p)
		} else {
			plain = append(plain, p)
		}
	}
	m := g.marks(plain)
	for _, p := range plain {
		root := m.root(p.Path)
		telling := p.Path
		if root != "" {
			telling = strings.TrimPrefix(p.Path, root+"/")
		}
		if f := g.file(p, p.Path, telling, nil); f.Role == RoleCover || f.Role == RoleSummary {
			g.out.Documents = append(g.out.Documents, f)
			g.home[p.Path] = homePapers
			continue
		}
		if root == "" {
			rest = append(rest, p)
			continue
		}
		g.put(g.pileAt(root), p)
	}
	return rest
}

func (g *grouping) pileAt(root string) int {
	for i := range g.piles {
		if g.piles[i].root == root && root != "" {
			return i
		}
	}
	g.piles = append(g.piles, pile{root: root, marked: folderMark.MatchString(path.Base(root)) || ParseFolder(folderOf(root), "").Marked})
	return len(g.piles) - 1
}

// formish: the form by its words, or a Word file that is called so.
func (g *grouping) formish(p Piece) bool {
	if g.formIn(p.SHA256) != nil {
		return true
	}
	return g.unreadForm(p)
}

// unreadForm is a Word file that is called a form and whose words are not known.
func (g *grouping) unreadForm(p Piece) bool {
	r := g.readings(p.SHA256)
	base := plainName(path.Base(p.Path))
	return r.Paper == nil && wordExt[ext(p.Path)] && formName.MatchString(base) && !blankName.MatchString(base)
}

// groupRest deals with what lies in no folder named [案例]….
func (g *grouping) groupRest(rest []Piece) {
	marked := len(g.piles)
	seeds := g.seeds(rest)
	if marked == 0 && len(seeds) <= 1 {
		i := g.pileAt(commonRoot(rest))
		for _, p := range rest {
			g.put(i, p)
		}
		return
	}
	if marked == 1 && len(seeds) == 0 {
		for _, p := range rest {
			g.put(0, p)
		}
		return
	}
	left := g.settleSeeds(rest, seeds, marked)
	for _, p := range left {
		if i := g.belongs(p, marked); i >= 0 {
			g.put(i, p)
			continue
		}
		g.loose = append(g.loose, p)
		g.home[p.Path] = homeLoose
	}
}

// settleSeeds gives every seed a pile and that pile the files below its own
// folder; it returns the pieces that are left.
func (g *grouping) settleSeeds(rest []Piece, seeds []seed, marked int) []Piece {
	taken := map[string]bool{}
	for k := range seeds {
		s := &seeds[k]
		root := s.ownRoot(seeds, g.piles[:marked])
		var own []Piece
		for _, p := range rest {
			inside := root != "" && strings.HasPrefix(p.Path, root+"/")
			if !taken[p.Path] && (s.paths[p.Path] || inside && !formOfOther(p.Path, seeds, k)) {
				own = append(own, p)
				taken[p.Path] = true
			}
		}
		i := g.matching(s, marked)
		if i < 0 {
			g.piles = append(g.piles, pile{})
			i = len(g.piles) - 1
			if root != "" {
				g.piles[i].root = commonRoot(own)
			}
		}
		for _, p := range own {
			g.put(i, p)
		}
	}
	var left []Piece
	for _, p := range rest {
		if !taken[p.Path] {
			left = append(left, p)
		}
	}
	return left
}

func formOfOther(p string, seeds []seed, k int) bool {
	for i := range seeds {
		if i != k && seeds[i].paths[p] {
			return true
		}
	}
	return false
}

// matching is the marked pile that a loose form belongs to; -1 if none.
func (g *grouping) matching(s *seed, marked int) int {
	found := -1
	for i := range marked {
		pl := &g.piles[i]
		if s.unit == "" || !anyLike(pl.units(), s.unit) || s.name != "" && len(nonEmpty(pl.cases())) > 0 && !anyLike(pl.cases(), s.name) && marked > 1 {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	if found < 0 && marked == 1 && g.piles[0].form == nil && (s.unit == "" || len(nonEmpty(g.piles[0].units())) == 0) {
		return 0
	}
	return found
}

func anyLike(names []string, name string) bool {
	for _, n := range names {
		if n != "" && (LikeName(n, name) || fitsName(n, name)) {
			return true
		}
	}
	return false
}

func nonEmpty(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// belongs is the pile of a piece that lies in no pile's folder: the one it is
// named by, else the only one without a folder of its own, else the only one.
func (g *grouping) belongs(p Piece, marked int) int {
	if i := g.named(p.Path); i >= 0 {
		return i
	}
	open := -1
	for i := marked; i < len(g.piles); i++ {
		if g.piles[i].root == "" {
			if open >= 0 {
				return -1
			}
			open = i
		}
	}
	if open < 0 && len(g.piles) == 1 {
		return 0
	}
	return open
}

// named is the pile whose unit or case stands in this path, the longest name
// first; -1 if none or several.
func (g *grouping) named(p string) int {
	text := generic.Replace(plainName(p))
	best, found := 0, -1
	for i := range g.piles {
		pl, n := &g.piles[i], 0
		for _, name := range append(pl.units(), pl.cases()...) {
			for _, s := range []string{stemName(name), coreName(name)} {
				n = max(n, shared(text, generic.Replace(s)))
			}
		}
		switch {
		case n > best:
			best, found = n, i
		case n == best && n > 0:
			found = -1
		}
	}
	return found
}

// generic are words of many units' names.
var generic = strings.NewReplacer("市", "", "电子商务", "", "有限责任公司", "", "有限公司", "")

// shared is how long a piece of the name stands in the text: the whole name, or
// at least four characters of it.
func shared(text, name string) int {
	runes := []rune(name)
	if len(runes) >= 2 && strings.Contains(text, name) {
		return len(runes)
	}
	if short := len([]rune(withoutShared(name, text))); short < len(runes) {
		return len(runes) - short
	}
	return 0
}
