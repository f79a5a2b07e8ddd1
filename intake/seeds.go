package intake

import (
	"path"
	"strings"
)

// seed is one application form, in one or more copies, that makes a package of
// what lies outside folders named [案例]….
type seed struct {
	unit, name string          // of the form; "" where its words are not known
	dirs       []string        // where its copies lie, role folders left out; "" is the top
	paths      map[string]bool // its copies
}

func (s *seed) add(p Piece) {
	s.paths[p.Path] = true
	s.dirs = append(s.dirs, unitDir(path.Dir(p.Path)))
}

// seeds gives one seed for each form that names another unit or case. Word
// copies come first: what is read in a PDF is a best effort and makes a seed
// only for a unit that no Word copy names. A form that cannot be read makes one
// if it lies apart from all others.
func (g *grouping) seeds(pieces []Piece) []seed {
	var out []seed
	for _, kind := range []string{"word", "pdf", "unread"} {
		for _, p := range pieces {
			f := g.formIn(p.SHA256)
			switch pdf := isPages(g.readings(p.SHA256).Kind); {
			case kind == "unread" && f == nil && g.unreadForm(p):
				if !near(out, unitDir(path.Dir(p.Path))) {
					out = append(out, seed{paths: map[string]bool{}})
					out[len(out)-1].add(p)
				}
				continue
			case f == nil || kind == "unread" || pdf != (kind == "pdf"):
				continue
			}
			i := seedOf(out, trimmed(f.Unit), trimmed(f.Case), unitDir(path.Dir(p.Path)), kind == "pdf")
			if i < 0 {
				out = append(out, seed{unit: trimmed(f.Unit), name: trimmed(f.Case), paths: map[string]bool{}})
				i = len(out) - 1
			}
			out[i].add(p)
		}
	}
	return out
}

// seedOf is the seed that another copy of a form belongs to; -1 if it is a new one.
func seedOf(seeds []seed, unit, name, dir string, pdf bool) int {
	like := -1
	for i, s := range seeds {
		together := s.dirs[0] == dir
		switch {
		case SameName(s.unit, unit) && SameName(s.name, name):
			return i
		case s.unit == "" || unit == "" || s.name == "" || name == "":
			if together && like < 0 && (s.unit == "" || unit == "" || LikeName(s.unit, unit)) {
				like = i
			}
		case LikeName(s.unit, unit) && (pdf || together && LikeName(s.name, name)):
			if like < 0 || together {
				like = i
			}
		}
	}
	return like
}

// near: one of the seeds lies in this folder, above it or below it.
func near(seeds []seed, dir string) bool {
	for _, s := range seeds {
		for _, d := range s.dirs {
			if under(d, dir) || under(dir, d) {
				return true
			}
		}
	}
	return false
}

// under: dir is top or lies in it; everything lies in "".
func under(dir, top string) bool {
	return top == "" || dir == top || strings.HasPrefix(dir, top+"/")
}

// ownRoot is the highest folder around all copies of the seed's form that holds
// no other form and no marked folder; "" if there is none.
func (s *seed) ownRoot(all []seed, marked []pile) string {
	var others []string
	for i := range all {
		if &all[i] != s {
			others = append(others, all[i].dirs...)
		}
	}
	for _, pl := range marked {
		others = append(others, pl.root)
	}
	root := s.dirs[0]
	for _, d := range s.dirs[1:] {
		for root != "" && !under(d, root) {
			root = parent(root)
		}
	}
	if root == "" || holdsAny(root, others) {
		return ""
	}
	for up := parent(root); up != "" && !holdsAny(up, others); up = parent(up) {
		root = up
	}
	return root
}

func holdsAny(root string, dirs []string) bool {
	for _, d := range dirs {
		if under(d, root) {
			return true
		}
	}
	return false
}

func parent(dir string) string {
	if up := path.Dir(dir); up != "." && up != "/" {
		return up
	}
	return ""
}
