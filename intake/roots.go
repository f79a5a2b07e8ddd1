package intake

import (
	"path"
	"strings"
)

// marks knows the folders named [案例]… of a delivery.
type marks struct {
	withForm map[string]bool // a form lies in it and in no marked folder below
	outer    map[string]bool // others lie below and it has no form of its own
}

func (g *grouping) marks(pieces []Piece) marks {
	m := marks{map[string]bool{}, map[string]bool{}}
	for _, p := range pieces {
		if roots := markedRoots(p.Path); len(roots) > 0 && g.formish(p) {
			m.withForm[roots[0]] = true
		}
	}
	for _, p := range pieces {
		roots := markedRoots(p.Path)
		if len(roots) == 0 || m.root(p.Path) != roots[0] {
			continue
		}
		for _, r := range roots[1:] {
			m.outer[r] = !m.withForm[r]
		}
	}
	return m
}

// root is the package folder of a path, "" if none: the innermost marked one, or
// the one around it with the form in it, unless they name different units.
func (m marks) root(p string) string {
	roots := markedRoots(p)
	for i, r := range roots {
		inner := ParseFolder(folderOf(roots[0]), "")
		if m.withForm[r] && (i == 0 || !inner.Plus || fitsName(inner.Unit, ParseFolder(folderOf(r), "").Unit)) {
			return r
		}
	}
	if len(roots) == 0 || m.outer[roots[0]] {
		return ""
	}
	return roots[0]
}

// markedRoots are the folders and archives named [案例]… around a path, inner first.
func markedRoots(p string) []string {
	var out []string
	for dir := path.Dir(p); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if ParseFolder(folderOf(dir), "").Marked {
			out = append(out, dir)
		}
	}
	return out
}

// commonRoot is the folder or archive that everything lies in, "" if none. A
// folder named for a role (照片, 申报表) is none: it lends its role.
func commonRoot(pieces []Piece) string {
	root := path.Dir(pieces[0].Path)
	for _, p := range pieces[1:] {
		for root != "." && !strings.HasPrefix(p.Path, root+"/") {
			root = path.Dir(root)
		}
	}
	return unitDir(root)
}

// unitDir goes up from folders named for a role; "" at the top.
func unitDir(dir string) string {
	for dir != "." && dir != "/" && roleFolder(folderOf(dir)) {
		dir = path.Dir(dir)
	}
	if dir == "." || dir == "/" {
		return ""
	}
	return dir
}

// sorts are what folders are called that part a package by kinds of files.
var sorts = map[string]bool{"word版": true, "word": true, "pdf版": true, "pdf": true, "电子版": true, "电子文本": true, "盖章版": true, "扫描件": true,
	"盖章扫描件": true, "图片": true, "图片资料": true, "附件": true, "佐证材料": true, "证明材料": true, "视频": true, "其他": true, "其他材料": true}

func roleFolder(name string) bool {
	if ParseFolder(name, "").Plus {
		return false
	}
	telling := strings.TrimLeft(tellingName(name, nil), "0123456789一二三四五六七八九十")
	return sorts[telling] || formName.MatchString(telling) || ruled(telling, true) != "" && len([]rune(telling)) <= 12
}
