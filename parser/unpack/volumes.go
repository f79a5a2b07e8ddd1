package unpack

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Volume is one file of an archive that was cut into several.
type Volume struct {
	Name string
	Size int64 // bytes
}

// style is how the volumes of a set are named.
type style int

const (
	single  style = iota // no set, as far as the name tells
	parts                // a.part1.rar, a.part2.rar
	oldRAR               // a.rar, a.r00, a.r01 … a.r99, a.s00
	numbers              // a.7z.001, a.zip.001, a.rar.001, a.tar.001: cut anywhere
	oldZip               // a.z01, a.z02, a.zip, which is the last
)

const lastOfZip = 1 << 20 // the number of a.zip beside a.z01

// member is what a volume's name tells.
type member struct {
	set    string // the archive's name without what numbers the volumes: a.rar, a.7z, a.zip
	style  style
	number int // from 1
}

// nameOf tells a volume by its name. A plain a.rar or a.zip may be one: then the
// style is that of the set, and only the others of the set tell.
func nameOf(name string) member {
	stem := strings.TrimSuffix(name, path.Ext(name))
	ext := strings.ToLower(path.Ext(name)) // of another length where a name is no UTF-8
	if inner := path.Ext(stem); ext == ".rar" && len(inner) > 5 && strings.EqualFold(inner[:5], ".part") {
		if n := number(inner[5:]); n > 0 {
			return member{strings.TrimSuffix(stem, inner) + name[len(stem):], parts, n}
		}
	}
	switch {
	case ext == ".rar":
		return member{name, oldRAR, 1}
	case ext == ".zip":
		return member{name, oldZip, lastOfZip}
	case len(ext) < 4 || strings.Trim(ext[2:], "0123456789") != "":
		return member{set: name}
	case ext[1] >= 'r' && ext[1] <= 'v' && len(ext) == 4:
		n, _ := strconv.Atoi(ext[2:])
		return member{stem + ".rar", oldRAR, 100*int(ext[1]-'r') + n + 2}
	case ext[1] == 'z':
		if n := number(ext[2:]); n > 0 {
			return member{stem + ".zip", oldZip, n}
		}
	default:
		if n := number(ext[1:]); n > 0 && archiveName(stem) {
			return member{stem, numbers, n}
		}
	}
	return member{set: name}
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 9999 || strings.Trim(digits, "0123456789") != "" {
		return 0
	}
	return n
}

// volumeName: a part of a set, whatever the others are.
func volumeName(name string) bool {
	m := nameOf(name)
	return m.style != single && path.Base(m.set) != path.Base(name)
}

// called names the n-th volume as its neighbours are named.
func (m member) called(n int, like string) string {
	stem := strings.TrimSuffix(m.set, path.Ext(m.set))
	switch m.style {
	case parts:
		inner := path.Ext(strings.TrimSuffix(like, path.Ext(like)))
		return fmt.Sprintf("%s.part%0*d%s", stem, max(len(inner)-len(".part"), 1), n, path.Ext(m.set))
	case numbers:
		return fmt.Sprintf("%s.%0*d", m.set, len(path.Ext(like))-1, n)
	case oldRAR:
		if n > 1 {
			return fmt.Sprintf("%s.%c%02d", stem, 'r'+rune((n-2)/100), (n-2)%100)
		}
	case oldZip:
		if n < lastOfZip {
			return fmt.Sprintf("%s.z%02d", stem, n)
		}
	}
	return m.set
}

// Sets groups files that are volumes of one archive, each set in the order of its
// volumes, as indexes into names; sets are in the order of their first file. A
// file that is an archive by itself is in none.
func Sets(names []string) [][]int {
	type key struct {
		set   string
		style style
	}
	groups := map[key][]int{}
	var order []key
	for i, name := range names {
		m := nameOf(name)
		if m.style == single {
			continue
		}
		k := key{strings.ToLower(m.set), m.style}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], i)
	}
	var out [][]int
	for _, k := range order {
		g := groups[k]
		if len(g) == 1 && !volumeName(names[g[0]]) {
			continue
		}
		slices.SortStableFunc(g, func(a, b int) int { return nameOf(names[a]).number - nameOf(names[b]).number })
		out = append(out, slices.CompactFunc(g, func(a, b int) bool { return nameOf(names[a]).number == nameOf(names[b]).number }))
	}
	return out
}

// IsVolume tells whether a file is called one of several.
func IsVolume(name string) bool { return volumeName(name) }

// SetName is the archive's name that a set of volumes stands for.
func SetName(volume string) string { return nameOf(volume).set }

// part is a volume as it can be read.
type part struct {
	Volume
	number int
	in     io.ReaderAt
}

// chain is volumes as one file.
type chain struct {
	parts []part
	size  int64
}

func joined(all []part) *chain {
	c := &chain{parts: all}
	for _, p := range all {
		c.size += p.Size
	}
	return c
}

// ReadAt reads across the volumes' borders.
func (c *chain) ReadAt(p []byte, off int64) (int, error) {
	done := 0
	for _, v := range c.parts {
		if off >= v.Size {
			off -= v.Size
			continue
		}
		n, err := v.in.ReadAt(p[done:done+int(min(int64(len(p)-done), v.Size-off))], off)
		done += n
		if done == len(p) {
			return done, nil
		}
		if err != nil && err != io.EOF {
			return done, err
		}
		if off += int64(n); off < v.Size {
			return done, io.ErrUnexpectedEOF
		}
		off = 0
	}
	return done, io.EOF
}

// start is where a volume begins in the chain.
func (c *chain) start(i int) int64 {
	at := int64(0)
	for _, p := range c.parts[:min(i, len(c.parts))] {
		at += p.Size
	}
	return at
}

// set opens volumes in the order of their numbers. What is missing is told as one
// problem; what comes before the gap is taken out as far as the format allows.
func (o *opener) set(at place, all []part) (opened bool, err error) {
	m := nameOf(all[0].Name)
	var missing []string
	whole := 0 // volumes before the first gap
	for i, p := range all {
		want := i + 1 + len(missing)
		if m.style == oldZip && p.number == lastOfZip {
			want = p.number
		}
		for n := want; n < p.number && len(missing) < 100; n++ {
			missing = append(missing, m.called(n, all[0].Name))
		}
		if len(missing) == 0 {
			whole = i + 1
		}
	}
	at.name = m.set
	w := &wanted{member: m, like: all[0].Name, names: missing, next: all[len(all)-1].number + 1}
	if whole > 0 {
		opened, err = o.volumes(at, all[:whole], w)
	}
	if len(w.names) > 0 {
		o.problem(codeVolume, at.path, listed(w.names))
	}
	return opened, err
}

// wanted collects the volumes that are missing.
type wanted struct {
	member
	like  string // a volume that is there
	names []string
	next  int // the number after the last one that is there
}

// more notes that the set goes on behind its last volume.
func (w *wanted) more() {
	if len(w.names) > 0 {
		return // told already, or the gap is the reason
	}
	name := w.called(w.next, w.like)
	if w.style == oldZip {
		w.names = append(w.names, w.set)
		return
	}
	w.names = append(w.names, name+"及之后的分卷（如有）")
}

// listed is names for one line.
func listed(names []string) string {
	if len(names) > 5 {
		return strings.Join(names[:5], "、") + fmt.Sprintf("等%d个文件", len(names))
	}
	return strings.Join(names, "、")
}

// volumes opens what is there of a set, from its first volume without a gap.
func (o *opener) volumes(at place, all []part, w *wanted) (opened bool, err error) {
	c := joined(all)
	head := make([]byte, min(c.size, SniffLen))
	if n, err := c.ReadAt(head, 0); n < len(head) {
		return false, fmt.Errorf("%w: %w", ErrRead, err)
	}
	switch format := Sniff(head); {
	case format == "rar" && w.style != numbers:
		return o.rar(at, all, w)
	case format == "7z":
		if sevenZipLength(head) > c.size {
			w.more()
			return false, nil
		}
	case format == "zip":
		return o.zipSet(at, c, w)
	case format == "rar":
		return o.rar(at, []part{{Volume{at.name, c.size}, 1, c}}, w)
	case format == "exe":
		o.problem(codeDangerous, at.path, "")
		return false, nil
	case !packed(format):
		if len(w.names) == 0 {
			o.problem(codeBroken, at.path, foreign(format))
		}
		return false, nil
	}
	return o.archive(at, Sniff(head), c, c.size)
}
