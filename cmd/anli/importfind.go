package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"anli/intake"
)

// parcel is what one mail is to bring, or several if it is too large: the files of a
// package folder, or single ones.
type parcel struct {
	title  string // of the folder or file
	folder bool   // the files lie in a folder of this name: they travel as an archive of its name
	files  []source
	from   string // U盘, 文件, 邮件
}

// source is a file on disk.
type source struct {
	name string // below the folder, with slashes
	path string
	size int64
	at   time.Time
}

func isMailFile(p string) bool { return strings.EqualFold(filepath.Ext(p), ".eml") }

// isMbox: by its name, or by its first bytes.
func isMbox(p string) bool {
	if strings.EqualFold(filepath.Ext(p), ".mbox") {
		return true
	}
	f, err := os.Open(p)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 5)
	_, err = io.ReadFull(f, head)
	return err == nil && bytes.Equal(head, []byte("From "))
}

// holdsMails: it can be brought in without a word on whose it is.
func holdsMails(p string, info fs.FileInfo) bool {
	if info.IsDir() {
		_, ok := mailsIn(p)
		return ok
	}
	return isMailFile(p) || isMbox(p)
}

// mailsIn are the mails of a Maildir (new and cur), or of a folder that holds .eml
// files and nothing else.
func mailsIn(dir string) (list []string, ok bool) {
	for _, sub := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil {
			list = nil
			break
		}
		for _, e := range entries {
			if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
				list = append(list, filepath.Join(dir, sub, e.Name()))
			}
		}
		ok = sub == "cur"
	}
	if ok {
		return list, true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, false
	}
	for _, e := range entries {
		switch {
		case litter(e.Name()):
		case e.Type().IsRegular() && isMailFile(e.Name()):
			list = append(list, filepath.Join(dir, e.Name()))
		default:
			return nil, false
		}
	}
	return list, len(list) > 0
}

// parcelsIn parts a stick's folder: each package folder and each archive by itself,
// what lies loose beside them together.
func (im *importer) parcelsIn(dir string) (out []parcel) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		im.problem("%s：无法读取（%v）", dir, err)
		return nil
	}
	if isPackage(dir, entries) {
		p := parcel{title: decoded(filepath.Base(dir)), folder: true, from: "U盘", files: im.filesBelow(dir)}
		if len(p.files) == 0 {
			return nil
		}
		return []parcel{p}
	}
	rest := parcel{title: decoded(filepath.Base(dir)), from: "U盘"}
	for _, e := range entries {
		full := filepath.Join(dir, e.Name())
		switch {
		case e.Name() == "__MACOSX" || litter(e.Name()):
			im.junk++
		case e.IsDir():
			out = append(out, im.parcelsIn(full)...)
		default:
			f, ok := im.source(dir, full, e)
			if !ok {
				continue
			}
			if isArchiveName(f.name) {
				out = append(out, parcel{title: f.name, from: "U盘", files: []source{f}})
			} else {
				rest.files = append(rest.files, f)
			}
		}
	}
	if len(rest.files) > 0 {
		out = append(out, rest)
	}
	return out
}

// isPackage: the folder is one case's. It is called so, or holds files of a case, loose
// or in folders named after what lies in them, and no folder or archive that is a
// package of its own.
func isPackage(dir string, entries []fs.DirEntry) bool {
	if intake.ParseFolder(decoded(filepath.Base(dir)), "").Marked {
		return true
	}
	files := false
	for _, e := range entries {
		name := decoded(e.Name())
		switch {
		case litter(e.Name()) || e.Name() == "__MACOSX":
		case intake.ParseFolder(name, "").Marked || isArchiveName(name):
			return false
		case e.IsDir() && holdsPackages(filepath.Join(dir, e.Name())):
			return false
		case e.IsDir():
			if _, role := intake.RoleByWord(name); role {
				return true
			}
		default:
			files = files || formName(name)
		}
	}
	return files
}

func isArchiveName(name string) bool {
	return slices.Contains([]string{".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"}, strings.ToLower(filepath.Ext(name)))
}

// formName: the file may be an application form.
func formName(name string) bool {
	return slices.Contains([]string{".doc", ".docx", ".wps", ".pdf", ".ofd"}, strings.ToLower(filepath.Ext(name))) && strings.Contains(name, "申报")
}

// filesBelow are all files of a folder, at any depth, by name.
func (im *importer) filesBelow(dir string) (out []source) {
	_ = filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			im.problem("%s：无法读取（%v）", p, err)
			if e != nil && e.IsDir() {
				return filepath.SkipDir
			}
		case e.IsDir() && e.Name() == "__MACOSX":
			im.junk++
			return filepath.SkipDir
		case e.IsDir():
		case litter(e.Name()):
			im.junk++
		default:
			if f, ok := im.source(dir, p, e); ok {
				out = append(out, f)
			}
		}
		return nil
	})
	return out
}

// source looks at one file. Links lead out of what was handed over and are told.
func (im *importer) source(dir, p string, e fs.DirEntry) (source, bool) {
	rel, err := filepath.Rel(dir, p)
	info, infoErr := e.Info()
	switch {
	case err != nil || infoErr != nil:
		im.problem("%s：无法读取", p)
	case !e.Type().IsRegular():
		im.problem("%s：是链接或特殊文件，未导入", p)
	default:
		return source{decoded(filepath.ToSlash(rel)), p, info.Size(), info.ModTime()}, true
	}
	return source{}, false
}

// packed makes the archive of a folder's files; the same files give the same bytes.
func packed(files []source, data [][]byte) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, f := range files {
		e, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store}) // pictures and PDFs do not get smaller
		if err == nil {
			_, err = e.Write(data[i])
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
