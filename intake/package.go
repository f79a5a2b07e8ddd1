package intake

import (
	"path"
	"sort"
	"strings"

	"anli/parser/form"
)

// Package is what seems to belong to one case in one delivery.
type Package struct {
	Folder string     // the package folder's name as received; "" for loose files
	Form   *form.Form // of its form, nil if none was read
	Files  []File     // with roles, paths below the package folder
	names  []string   // everything people may have named it by, for matching
	roots  []string   // container and folder prefixes, for finding leftovers
	marked bool       // the folder or archive is named [案例]…
}

// Delivery is one mail's (or one check's) files, grouped.
type Delivery struct {
	Packages  []Package
	Documents []File // the bureau's own papers and archives that hold several cases
	Loose     []File // fit none of several packages
}

// Group sorts pieces into packages: by a folder or an archive named [案例]…, by
// the form inside, else one package of all. said are roles the bureau named.
func Group(pieces []Piece, readings func(sha string) Reading, said map[string]Role) Delivery {
	g := grouping{readings: readings, said: said}
	var loose []Piece
	for _, p := range pieces {
		if p.Archive {
			g.archives = append(g.archives, p)
			continue
		}
		if root := markedRoot(p.Path); root != "" {
			g.add(root, p)
		} else {
			loose = append(loose, p)
		}
	}
	g.groupLoose(loose)
	g.placeArchives()
	for i := range g.out.Packages {
		sort.SliceStable(g.out.Packages[i].Files, func(a, b int) bool {
			return g.out.Packages[i].Files[a].Path < g.out.Packages[i].Files[b].Path
		})
	}
	return g.out
}

type grouping struct {
	readings func(string) Reading
	said     map[string]Role
	archives []Piece
	byRoot   map[string]int
	out      Delivery
}

// markedRoot is the path up to the innermost folder or archive named [案例]…
func markedRoot(p string) string {
	parts := strings.Split(p, "/")
	for i := len(parts) - 2; i >= 0; i-- {
		if folderMark.MatchString(parts[i]) {
			return strings.Join(parts[:i+1], "/")
		}
	}
	return ""
}

func isArchiveName(name string) bool {
	switch ext(name) {
	case ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz":
		return true
	}
	return false
}

func folderOf(root string) string {
	name := path.Base(root)
	if isArchiveName(name) {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	return name
}

// below is a file's path below its package folder; files of an archive without
// a folder of its own keep the archive's name before them.
func below(p, root string) string {
	if root == "" || root == "." {
		return p
	}
	rest := strings.TrimPrefix(p, root+"/")
	if isArchiveName(path.Base(root)) {
		return path.Base(root) + "/" + rest
	}
	return rest
}

func (g *grouping) file(p Piece, rel string) (File, Reading) {
	r := g.readings(p.SHA256)
	said := g.said
	if role, ok := said[path.Base(rel)]; ok && said[rel] == "" {
		said = map[string]Role{rel: role}
	}
	role, why := roleOf(rel, r, said)
	return File{Path: rel, Role: role, Bytes: p.Bytes, SHA256: p.SHA256, Pages: r.Pages, Why: why, Damaged: p.Damaged}, r
}

// pack gives the package of a root, made when first asked for.
func (g *grouping) pack(root string) *Package {
	if g.byRoot == nil {
		g.byRoot = map[string]int{}
	}
	i, ok := g.byRoot[root]
	if !ok {
		i = len(g.out.Packages)
		g.byRoot[root] = i
		folder := ""
		if root != "" {
			folder = folderOf(root)
		}
		g.out.Packages = append(g.out.Packages, Package{Folder: folder, roots: []string{root}, names: []string{folder},
			marked: folderMark.MatchString(folder)})
	}
	return &g.out.Packages[i]
}

func (g *grouping) add(root string, p Piece) {
	f, r := g.file(p, below(p.Path, root))
	if f.Role == RoleCover || f.Role == RoleSummary {
		f.Path = p.Path
		g.out.Documents = append(g.out.Documents, f)
		g.pack(root)
		return
	}
	pk := g.pack(root)
	pk.Files = append(pk.Files, f)
	if r.Paper != nil && r.Paper.Form != nil && (pk.Form == nil || f.Role == RoleFormText) {
		pk.Form = r.Paper.Form
	}
}

// groupLoose deals with what lies in no folder named [案例]….
func (g *grouping) groupLoose(loose []Piece) {
	var rest []Piece
	for _, p := range loose {
		f, _ := g.file(p, p.Path)
		if f.Role == RoleCover || f.Role == RoleSummary {
			g.out.Documents = append(g.out.Documents, f)
			continue
		}
		rest = append(rest, p)
	}
	if len(rest) == 0 {
		return
	}
	forms := g.formRoots(rest)
	marked := len(g.out.Packages)
	switch {
	case marked == 0 && len(forms) <= 1:
		root := commonRoot(rest)
		for _, p := range rest {
			g.add(root, p)
		}
	case marked == 1 && len(forms) == 0:
		for _, p := range rest {
			g.join(&g.out.Packages[0], p)
		}
	default:
		g.spread(rest, forms)
	}
}

// join adds a loose piece to a package under its own name.
func (g *grouping) join(pk *Package, p Piece) {
	f, _ := g.file(p, p.Path)
	pk.Files = append(pk.Files, f)
}

// spread assigns loose pieces to one package a form, then by the unit's name in
// the file's own; the rest stays loose.
func (g *grouping) spread(rest []Piece, forms []string) {
	var left []Piece
	for _, p := range rest {
		if root, ok := rootFor(p.Path, forms); ok {
			g.add(root, p)
		} else {
			left = append(left, p)
		}
	}
	for _, p := range left {
		if i := g.named(p.Path); i >= 0 {
			g.join(&g.out.Packages[i], p)
			continue
		}
		f, _ := g.file(p, p.Path)
		g.out.Loose = append(g.out.Loose, f)
	}
}

// named is the only package whose unit stands in this path; -1 if none or several.
func (g *grouping) named(p string) int {
	found := -1
	for i, pk := range g.out.Packages {
		unit := ParseFolder(pk.Folder, "").Unit
		if pk.Form != nil && pk.Form.Unit != "" {
			unit = pk.Form.Unit
		}
		stem := stemName(unit)
		if len([]rune(stem)) >= 2 && strings.Contains(plainName(p), stem) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// formRoots gives one folder for each form that names another unit or case,
// lifted as far as no other form comes under it.
func (g *grouping) formRoots(pieces []Piece) []string {
	dirs := map[string]string{} // identity → directory
	var order []string
	for _, p := range pieces {
		r := g.readings(p.SHA256)
		if r.Paper == nil || r.Paper.Form == nil {
			continue
		}
		id := plainName(r.Paper.Form.Unit) + "+" + plainName(r.Paper.Form.Case)
		if _, ok := dirs[id]; !ok {
			dirs[id] = path.Dir(p.Path)
			order = append(order, id)
		}
	}
	var roots []string
	for _, id := range order {
		roots = append(roots, lift(dirs[id], dirs, id))
	}
	return roots
}

func lift(dir string, dirs map[string]string, id string) string {
	for dir != "." {
		parent := path.Dir(dir)
		for other, d := range dirs {
			if other != id && (parent == "." || d == parent || strings.HasPrefix(d+"/", parent+"/")) {
				return dir
			}
		}
		dir = parent
	}
	return dir
}

func rootFor(p string, roots []string) (string, bool) {
	best, ok := "", false
	for _, r := range roots {
		if r != "." && strings.HasPrefix(p, r+"/") && len(r) >= len(best) {
			best, ok = r, true
		}
	}
	return best, ok
}

// commonRoot is the folder or archive that everything lies in; "" if none.
func commonRoot(pieces []Piece) string {
	root := path.Dir(pieces[0].Path)
	for _, p := range pieces[1:] {
		for root != "." && !strings.HasPrefix(p.Path, root+"/") {
			root = path.Dir(root)
		}
	}
	for root != "." { // not into 申报表/ when that is all there is
		base := path.Base(root)
		if isArchiveName(base) || strings.ContainsAny(base, "+＋") || !roleFolder(base) {
			return root
		}
		root = path.Dir(root)
	}
	return ""
}

func roleFolder(name string) bool {
	if formName.MatchString(name) {
		return true
	}
	for _, rule := range nameRules {
		if rule.re.MatchString(name) {
			return true
		}
	}
	return false
}

// placeArchives lists every archive once: with its package, or with the
// documents where it holds several.
func (g *grouping) placeArchives() {
	for _, a := range g.archives {
		f := File{Path: a.Path, Role: RoleContainer, Bytes: a.Bytes, SHA256: a.SHA256, Damaged: a.Damaged}
		owner, several := -1, false
		for i, pk := range g.out.Packages {
			for _, root := range pk.roots {
				if root == a.Path || strings.HasPrefix(root, a.Path+"/") || pk.holds(a.Path) {
					several = several || owner >= 0 && owner != i
					owner = i
				}
			}
		}
		if owner < 0 && len(g.out.Packages) == 1 {
			owner = 0
		}
		if owner < 0 || several {
			g.out.Documents = append(g.out.Documents, f)
			continue
		}
		g.out.Packages[owner].Files = append(g.out.Packages[owner].Files, f)
	}
}

func (pk *Package) holds(archive string) bool {
	for _, f := range pk.Files {
		if strings.HasPrefix(f.Path, archive+"/") {
			return true
		}
	}
	return false
}
