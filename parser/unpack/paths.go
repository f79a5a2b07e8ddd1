package unpack

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	pathMax     = 1024        // bytes of a path in an archive, with the archives around it
	numberedMax = 8 * pathMax // the same with " (2)" wherever a name was taken
)

// clean makes a decoded entry name a safe relative path: "/" between folders,
// no "." and empty components, no control or invisible formatting characters.
// The reason (Chinese) is not "" if the name leads out of the archive.
func clean(name string) (safe, reason string) {
	name = strings.ReplaceAll(name, `\`, "/") // only now: in GBK and Big5 a \ may be half a character
	if strings.HasPrefix(name, "/") || driveLetter(name) {
		return "", "绝对路径"
	}
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		if part = visible(part); part == ".." {
			return "", "路径含“..”"
		}
		if part != "" && part != "." {
			parts = append(parts, part)
		}
	}
	safe = strings.Join(parts, "/")
	return safe, ""
}

func driveLetter(name string) bool {
	return len(name) >= 2 && name[1] == ':' && (name[0]|0x20) >= 'a' && (name[0]|0x20) <= 'z'
}

// visible replaces what cannot be seen or would change how the rest is read.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0x2028 || r == 0x2029 {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// short is a name for a problem line where it cannot be a path.
func short(name string) string {
	name = visible(strings.ReplaceAll(name, `\`, "/"))
	if r := []rune(name); len(r) > 80 {
		name = string(r[:80]) + "…"
	}
	return name
}

// checkPath holds what clean promises; for answers of a child that may have
// been taken over.
func checkPath(p string) error {
	safe, reason := clean(p)
	if p == "" || len(p) > numberedMax || safe != p || reason != "" || !utf8.ValidString(p) {
		return fmt.Errorf("%w: path %q", ErrAnswer, p)
	}
	return nil
}

// junk tells whether a path is a system's litter and not a file of the sender.
func junk(p string) bool {
	for part := range strings.SplitSeq(p, "/") {
		if part == "__MACOSX" {
			return true
		}
	}
	base := path.Base(p)
	switch strings.ToLower(base) {
	case ".ds_store", "thumbs.db", "desktop.ini":
		return true
	}
	for _, begins := range []string{"~$", "._", ".~", "~WRL", "~WRD"} { // marks of open files and saves of Word, WPS and a Mac
		if strings.HasPrefix(base, begins) {
			return true
		}
	}
	return false
}

// names gives every file a path of its own in which no file is also a folder.
type names struct {
	files, folders map[string]bool
	next           map[string]int // the number to try first
}

func newNames() *names {
	return &names{files: map[string]bool{}, folders: map[string]bool{}, next: map[string]int{}}
}

// file takes p, or p with " (2)", " (3)"… in its last component if it is taken.
// A folder that bears a file's name is told apart likewise.
func (n *names) file(p string) string {
	full := n.free(p)
	n.files[full] = true
	return full
}

// folder takes p for an archive that is opened, likewise.
func (n *names) folder(p string) string {
	full := n.free(p)
	n.folders[full] = true
	return full
}

// unfold makes a folder that remained empty a file.
func (n *names) unfold(p string) {
	delete(n.folders, p)
	n.files[p] = true
}

func (n *names) free(p string) string {
	dir, base := path.Split(p)
	at := ""
	for part := range strings.SplitSeq(strings.TrimSuffix(dir, "/"), "/") {
		if part == "" {
			continue
		}
		at = n.numbered(path.Join(at, part), func(s string) bool { return n.files[s] })
		n.folders[at] = true
	}
	return n.numbered(path.Join(at, base), func(s string) bool { return n.files[s] || n.folders[s] })
}

// numbered puts " (2)", " (3)"… before the extension until the path is free.
func (n *names) numbered(p string, taken func(string) bool) string {
	if !taken(p) {
		return p
	}
	ext := path.Ext(p)
	if ext == path.Base(p) {
		ext = ""
	}
	for {
		n.next[p] = max(n.next[p]+1, 2)
		free := fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(p, ext), n.next[p], ext)
		if !taken(free) {
			return free
		}
	}
}
