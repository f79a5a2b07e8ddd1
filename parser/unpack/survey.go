package unpack

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"strings"
)

func isFolder(name string) bool {
	return strings.HasSuffix(name, "/") || strings.HasSuffix(name, `\`)
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

// refuse looks at an archive with a directory as a whole, before anything is unpacked.
func (v *visit) refuse(items []item, files []*zip.File, size int64) (code, reason string) {
	locked, sum := 0, uint64(0)
	for _, it := range items {
		if it.locked {
			locked++
		}
		sum += min(uint64(it.size), uint64(v.bytes)+1)
	}
	switch {
	case len(items) > 0 && locked == len(items):
		return codeEncrypted, ""
	case overlap(files, size):
		return codeUnsafe, "文件数据相互重叠"
	case sum > uint64(v.bytes):
		return codeUnsafe, "解压后总量超过" + amount(v.limits.Bytes)
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
