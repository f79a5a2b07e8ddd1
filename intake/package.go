package intake

import (
	"path"
	"slices"
	"sort"
	"strings"

	"anli/parser/form"
	"anli/parser/unpack"
)

// Package is what seems to belong to one case in one delivery.
type Package struct {
	Folder string     // the package folder's name as received; "" for loose files
	Form   *form.Form // of its form, nil if none was read
	Files  []File     // with roles, paths below the package folder; by path
	marked bool       // the folder or archive is named [案例]…
}

// Delivery is one mail's (or one check's) files, grouped.
type Delivery struct {
	Packages  []Package
	Documents []File // the bureau's own papers, and archives that hold several cases or none
	Loose     []File // fit none of several packages
}

// Group sorts pieces into packages: by a folder or an archive named [案例]…, by
// the form inside, else one package of all. said are roles the bureau named, by
// file name. Every piece is in the delivery once; an archive's own piece has the
// role container.
func Group(pieces []Piece, readings func(sha string) Reading, said map[string]Role) Delivery {
	g := &grouping{readings: readings, said: said, home: map[string]int{}}
	rest := g.sortOut(pieces)
	if len(rest) > 0 {
		g.groupRest(rest)
	}
	for i := range g.piles {
		g.out.Packages = append(g.out.Packages, g.pack(&g.piles[i]))
	}
	for _, p := range g.loose {
		g.out.Loose = append(g.out.Loose, g.file(p, p.Path, p.Path, nil))
	}
	g.placeArchives()
	for _, pk := range g.out.Packages {
		sort.SliceStable(pk.Files, func(a, b int) bool { return pk.Files[a].Path < pk.Files[b].Path })
	}
	return g.out
}

func (g *grouping) file(p Piece, shown, telling string, units []string) File {
	r := g.readings(p.SHA256)
	role, why := roleOf(telling, r, g.said, units...)
	return fileOf(p, shown, telling, r, role, why, units)
}

// fileOf is a piece as a file of a case.
func fileOf(p Piece, shown, telling string, r Reading, role Role, why string, units []string) File {
	f := File{Path: shown, Role: role, Bytes: p.Bytes, SHA256: p.SHA256, Pages: r.Pages, Why: why, Damaged: p.Damaged,
		Parts: partsOf(telling, r, role, units)}
	return f.withInside(r, units)
}

// pack makes the package of a pile.
func (g *grouping) pack(pl *pile) Package {
	pk := Package{marked: pl.marked, Form: pl.form}
	if pl.root != "" {
		pk.Folder = folderOf(pl.root)
	}
	units, whole := pl.units(), pl.wholePaths()
	for _, it := range pl.items {
		shown, telling := it.Path, it.Path
		if pl.holds(it) {
			shown, telling = below(it.Path, pl.root), strings.TrimPrefix(it.Path, pl.root+"/")
		}
		if whole[it.Path] {
			shown = it.Path
		}
		pk.Files = append(pk.Files, g.file(it, shown, telling, units))
	}
	papersBeside(pk.Files, units)
	g.setBlankAside(pk.Files)
	g.twins(pk.Files)
	return pk
}

// holds: the piece lies in the pile's own folder, and is no stray one beside it.
func (pl *pile) holds(p Piece) bool {
	return pl.root != "" && strings.HasPrefix(p.Path, pl.root+"/")
}

// wholePaths are the paths that are shown whole: those of stray pieces, and those
// that, shown below the folder, would look like one that is shown whole.
func (pl *pile) wholePaths() map[string]bool {
	whole := map[string]bool{}
	for _, it := range pl.items {
		if !pl.holds(it) {
			whole[it.Path] = true
		}
	}
	for more := true; more; {
		more = false
		for _, it := range pl.items {
			if !whole[it.Path] && whole[below(it.Path, pl.root)] {
				whole[it.Path], more = true, true
			}
		}
	}
	return whole
}

// papersBeside: a folder 证照 holds the licence and other papers, too. Beside a file
// that says it is the licence, one whose own name tells nothing is not a second.
func papersBeside(files []File, units []string) {
	named := func(f File) bool {
		return ruled(tellingName(strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)), units), true) == RoleLicense
	}
	if !slices.ContainsFunc(files, func(f File) bool { return f.Role == RoleLicense && (f.Why != whyName || named(f)) }) {
		return
	}
	for i := range files {
		if f := &files[i]; f.Role == RoleLicense && f.Why == whyName && !named(*f) {
			f.Role = RoleCertificate
		}
	}
}

// setBlankAside: the notice's empty form beside a filled one is no form.
func (g *grouping) setBlankAside(files []File) {
	filled := false
	for _, f := range files {
		filled = filled || g.formIn(f.SHA256) != nil
	}
	for i := range files {
		r := g.readings(files[i].SHA256)
		if filled && r.Paper != nil && r.Paper.Form != nil && blankForm(*r.Paper.Form) && files[i].Why != whyBureau {
			files[i].Role, files[i].Parts = RoleOther, nil
		}
	}
}

// twins: a PDF that is called as the Word copy of the form is its scan; the only
// Word file, if it cannot be read, is the form.
func (g *grouping) twins(files []File) {
	texts, unread := map[string]bool{}, []int{}
	scans := 0
	for i, f := range files {
		switch r := g.readings(f.SHA256); {
		case f.Role == RoleFormText:
			texts[stem(f.Path)] = true
		case f.Role == RoleFormPDF:
			scans++
		case f.Role == RoleOther && isWord(f.Path, r) && r.Failure != "" && f.Why == "":
			unread = append(unread, i)
		}
	}
	if len(texts) == 0 && len(unread) == 1 {
		f := &files[unread[0]]
		f.Role, f.Why = RoleFormText, whyName
		texts[stem(f.Path)] = true
	}
	for i := range files {
		f := &files[i]
		if scans == 0 && f.Role == RoleOther && isPDF(f.Path, g.readings(f.SHA256)) && f.Why != whyBureau && texts[stem(f.Path)] {
			f.Role, f.Why = RoleFormPDF, whyName
		}
	}
}

// stem is a file's name without its folders and its ending.
func stem(p string) string {
	return plainName(strings.TrimSuffix(path.Base(p), path.Ext(p)))
}

// blankForm: nothing of the unit's own stands in it.
func blankForm(f form.Form) bool {
	for _, x := range fields {
		if !blank(*x.get(&f)) {
			return false
		}
	}
	return true
}

// formIn is the form that was read in a file, if anything is filled in.
func (g *grouping) formIn(sha string) *form.Form {
	r := g.readings(sha)
	if r.Paper == nil || r.Paper.Form == nil || blankForm(*r.Paper.Form) {
		return nil
	}
	return r.Paper.Form
}

// placeArchives lists every archive once: with its package, or with the
// documents where it holds several or none.
func (g *grouping) placeArchives() {
	for _, a := range g.archives {
		f := File{Path: a.Path, Role: RoleContainer, Bytes: a.Bytes, SHA256: a.SHA256, Damaged: a.Damaged, Set: a.Set}
		if i := g.owner(a.Path); i >= 0 {
			if root := g.piles[i].root; root != "" && strings.HasPrefix(a.Path, root+"/") {
				f.Path = below(a.Path, root) // as the files beside it
			}
			g.out.Packages[i].Files = append(g.out.Packages[i].Files, f)
		} else {
			g.out.Documents = append(g.out.Documents, f)
		}
	}
}

// owner is the one package that an archive's files went to; of an archive that
// could not be opened the only package there is; -1 if there is none such.
func (g *grouping) owner(archive string) int {
	found, opened := -1, false
	set := unpack.SetName(archive)
	for p, i := range g.home {
		if !strings.HasPrefix(p, archive+"/") && !strings.HasPrefix(p, set+"/") {
			continue
		}
		opened = true
		switch {
		case i == homePapers:
		case i < 0 || found >= 0 && found != i:
			return -1
		default:
			found = i
		}
	}
	if !opened && len(g.piles) == 1 {
		return 0
	}
	return found
}

// IsArchiveName tells an archive by its name.
func IsArchiveName(name string) bool { return archiveStem(name) != name }

// archiveStem is an archive's name without its ending, .tar.gz and .part1.rar included.
func archiveStem(name string) string {
	name = unpack.SetName(name)
	stem := name
	switch ext(name) {
	case ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst":
		stem = strings.TrimSuffix(name, path.Ext(name))
	}
	if e := ext(stem); stem != name && (e == ".tar" || strings.HasPrefix(e, ".part") && len(e) <= 8) {
		stem = strings.TrimSuffix(stem, path.Ext(stem))
	}
	return stem
}

// folderOf is the package folder's name that a root stands for.
func folderOf(root string) string { return archiveStem(path.Base(root)) }

// below is a file's path below its package folder; files of an archive without
// a folder of its own keep the archive's name before them.
func below(p, root string) string {
	rest := strings.TrimPrefix(p, root+"/")
	if IsArchiveName(path.Base(root)) {
		return path.Base(root) + "/" + rest
	}
	return rest
}

// inlineLogo is the size below which a picture shown in a mail's body is a
// signature's ornament and no material.
const inlineLogo = 20 << 10

// Usable leaves out what is no material: ornaments of a signature.
func Usable(pieces []Piece) []Piece {
	var out []Piece
	for _, p := range pieces {
		if p.Inline && p.Bytes < inlineLogo {
			continue
		}
		out = append(out, p)
	}
	return out
}
