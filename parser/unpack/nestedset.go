package unpack

import (
	"path"
	"strings"
)

// heldMax is how many volumes in one archive are put aside; each may hold a file
// descriptor.
const heldMax = 24

// held is an entry that may be a volume, kept until the archive's end.
type held struct {
	path string
	head []byte
	copy *spool
}

// partOfSet: by its name or, for a.rar and a.zip, by what it says of itself.
func partOfSet(name string, head []byte, copied *spool) bool {
	switch nameOf(name).style {
	case single:
		return false
	case oldRAR:
		return volumeName(name) || rarVolume(head)
	case oldZip:
		if !volumeName(name) {
			end, err := readEnd(copied, copied.size)
			return err == nil && end.disk > 0 && end.disk < 0xFFFF
		}
	}
	return volumeName(name)
}

// sets opens the volumes that an archive held, and what turned out to be none.
func (v *visit) sets() error {
	all := v.held
	v.held = nil
	defer func() {
		for _, h := range all {
			h.copy.close()
		}
	}()
	names := make([]string, len(all))
	for i, h := range all {
		names[i] = h.path
	}
	inSet := map[int][]int{} // first → all
	later := map[int]bool{}
	for _, s := range Sets(names) {
		inSet[s[0]] = s
		for _, i := range s[1:] {
			later[i] = true
		}
	}
	for i, h := range all {
		var err error
		switch {
		case later[i]:
		case inSet[i] != nil:
			err = v.together(all, inSet[i])
		default:
			err = v.inside(h.path, h.head, h.copy)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// together opens one set; the volumes of one that cannot be opened stay as files.
func (v *visit) together(all []held, indexes []int) error {
	var vols []part
	for _, i := range indexes {
		h := all[i]
		vols = append(vols, part{Volume{path.Base(h.path), h.copy.size}, nameOf(h.path).number, h.copy})
	}
	folder := v.paths.folder(path.Join(path.Dir(all[indexes[0]].path), SetName(vols[0].Name)))
	opened, err := v.set(place{path.Base(folder), folder, v.at.depth + 1}, vols)
	if opened || err != nil {
		v.kept++
		return err
	}
	delete(v.paths.folders, folder)
	for i, p := range v.list.Problems { // the set's name is no file's
		if p.File == folder && strings.TrimSpace(folder) != "" {
			v.list.Problems[i].File = all[indexes[0]].path
		}
	}
	for _, i := range indexes {
		if _, err := v.keep(v.paths.file(all[i].path), whole(all[i].copy)); err != nil {
			return err
		}
	}
	return nil
}
