package intake

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"anli/parser/mail"
)

// Place is where a file of a case lies in a folder of the case's own.
type Place struct {
	Name string // with its folders: safe on every system, and no other file's, in whatever letters
	File
}

// Places gives each file a place of its own, outside no folder, in the order given.
func Places(files []File) []Place {
	var out []Place
	used := map[string]bool{}
	for _, f := range files { // a file is not named as a folder of others
		for dir := path.Dir(SafePath(f.Path)); dir != "."; dir = path.Dir(dir) {
			used[strings.ToLower(dir)] = true
		}
	}
	for _, f := range files {
		name := SafePath(f.Path)
		for n := 2; used[strings.ToLower(name)]; n++ {
			ext := path.Ext(name)
			name = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(SafePath(f.Path), ext), n, ext)
		}
		used[strings.ToLower(name)] = true
		out = append(out, Place{name, f})
	}
	return out
}

// SafePath is a sender's path as one below a folder: no part leads out of it, and
// an archive's name is no folder beside the archive.
func SafePath(p string) string {
	var parts []string
	for part := range strings.SplitSeq(p, "/") {
		if strings.Trim(part, ". ") == "" {
			continue // "", ".", ".."
		}
		if s := SafeName(part); s != "" {
			parts = append(parts, s)
		}
	}
	for i := range len(parts) - 1 {
		if ext := strings.ToLower(path.Ext(parts[i])); ext == ".zip" || ext == ".rar" || ext == ".7z" {
			parts[i] = parts[i][:len(parts[i])-len(ext)]
		}
	}
	if len(parts) == 0 {
		return "未命名"
	}
	return path.Join(parts...)
}

// SafeName is a name that every system takes.
func SafeName(name string) string {
	name = strings.TrimRight(strings.Trim(mail.CleanName(name), " "), ". ")
	if device.MatchString(name) {
		return "_" + name
	}
	return name
}

// device are the names that Windows keeps for its devices, with any extension.
var device = regexp.MustCompile(`(?i)^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)`)
