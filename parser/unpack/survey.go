package unpack

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"path"
)

// item is an entry that is to be taken out.
type item struct {
	*zip.File
	path string // safe, from the outermost archive, not yet claimed
}

// survey decodes and sorts out the names of an archive.
func (o *opener) survey(at place, files []*zip.File) (items []item, unsafe []*refusal) {
	for i, name := range decodeNames(files) {
		safe, reason := clean(name)
		if reason == "" && len(at.path)+len(safe) >= pathMax {
			reason = "路径过长"
		}
		if reason == "" {
			reason = special(files[i].Mode())
		}
		switch {
		case reason != "":
			unsafe = count(unsafe, reason, short(name))
		case safe == "" || isFolder(name):
		case junk(safe):
			o.list.Junk++
		default:
			items = append(items, item{files[i], path.Join(at.path, safe)})
		}
	}
	return items, unsafe
}

func isFolder(name string) bool {
	last := name[len(name)-1]
	return last == '/' || last == '\\'
}

// special names what is no file. A pipe is one: Info-ZIP marks so what it was
// given on its input.
func special(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "符号链接"
	case mode&(fs.ModeDevice|fs.ModeSocket) != 0:
		return "特殊文件"
	}
	return ""
}

// refusal counts the entries that are left out for one reason.
type refusal struct {
	reason, first string
	n             int
}

func count(all []*refusal, reason, name string) []*refusal {
	for _, u := range all {
		if u.reason == reason {
			u.n++
			return all
		}
	}
	return append(all, &refusal{reason, name, 1})
}

func (u *refusal) String() string {
	if u.n == 1 {
		return u.reason + "：" + u.first
	}
	return fmt.Sprintf("%s：%s等%d项", u.reason, u.first, u.n)
}

// refuse looks at an archive as a whole, before anything is unpacked.
func (o *opener) refuse(items []item, size int64) (code, reason string) {
	files := make([]*zip.File, len(items))
	locked, sum := 0, uint64(0)
	for i, it := range items {
		files[i] = it.File
		if it.Flags&flagEncrypted != 0 {
			locked++
		}
		sum += min(it.UncompressedSize64, uint64(o.bytes)+1)
	}
	switch {
	case len(items) > 0 && locked == len(items):
		return codeEncrypted, ""
	case overlap(files, size):
		return codeUnsafe, "文件数据相互重叠"
	case sum > uint64(o.bytes):
		return codeUnsafe, "解压后总量超过" + amount(o.limits.Bytes)
	}
	return "", ""
}

// amount writes bytes as people do.
func amount(n int64) string {
	if n >= 1<<30 && n%(1<<30) == 0 {
		return fmt.Sprintf("%dGB", n>>30)
	}
	return fmt.Sprintf("%dMB", max(n>>20, 1))
}
