package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"anli/intake"
	"anli/parser/mail"
)

// stick is what `anli import` found below the paths it was given: material, saved
// mails, and what cannot be brought in.
type stick struct {
	parcels  []parcel
	mails    []saved
	problems []problem
	litter   int
	apart    bool
}

// problem is what could not be brought in, and why, in words for people.
type problem struct{ path, why string }

// parcel is what becomes one mail: the files of a package, an archive, loose files.
type parcel struct {
	path   string // for people
	name   string // of the package folder or the file
	basis  string
	folder bool   // packed into one archive; else the files are attached as they are
	marked bool   // named [案例]…
	loose  bool   // single files, attached as they are
	part   string // of a folder that is too large for one mail: （2）
	mail   bool   // a saved mail
	beside bool   // it lies beside packages and makes no case by itself
	files  []member
}

// member is one file of a parcel.
type member struct {
	disk string // where it lies
	name string // in the mail: with its folders where they are packed
	size int64
}

// saved is a file that holds mails.
type saved struct {
	path string
	kind string // .eml, mbox or maildir: of one mail in it
}

// Kinds of saved mails.
const (
	kindEML     = "eml"
	kindMbox    = "mbox"
	kindMaildir = "maildir"
)

func (s *stick) bad(path, why string) { s.problems = append(s.problems, problem{path, why}) }

// plainWhy says in Chinese why a file cannot be read.
func plainWhy(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "不存在"
	case errors.Is(err, fs.ErrPermission):
		return "没有读取权限"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return "无法读取（" + oneLine(err) + "）"
}

// look goes through the paths. Loose files among them belong together, as several
// paths are one delivery. apart: every folder is gone through for single files.
func look(paths []string, apart bool) *stick {
	s := &stick{apart: apart}
	var loose []member
	for _, p := range paths {
		whole, err := filepath.Abs(p)
		if err == nil {
			whole, err = filepath.EvalSymlinks(whole) // a link that was named is meant
		}
		var info fs.FileInfo
		if err == nil {
			info, err = os.Stat(whole)
		}
		switch {
		case err != nil:
			s.bad(p, plainWhy(err))
		case info.IsDir():
			s.top(p, whole)
		case litter(info.Name()):
			s.litter++
		default:
			loose = append(loose, s.one(whole, info, "文件“"+decoded(info.Name())+"”")...)
		}
	}
	s.loosely("文件", "零散文件", loose)
	return s
}

// lookMails goes through the paths for saved mails alone: without a city nobody says
// whose any other file is.
func lookMails(paths []string) *stick {
	s := look(paths, true)
	for _, pk := range s.parcels {
		s.bad(pk.path, "不是邮件（.eml、mbox、Maildir），导入材料请写明 --city 地市 或 --case 编号")
	}
	s.parcels = nil
	return s
}

// top is a folder that was named.
func (s *stick) top(said, dir string) {
	before := len(s.parcels) + len(s.mails) + len(s.problems)
	basis := "U盘或文件夹“" + decoded(filepath.Base(dir)) + "”"
	switch {
	case isMaildir(dir):
		s.maildir(dir)
	case s.apart, !marked(dir) && (holdsMarked(dir) || holdsArchives(dir)):
		s.several(dir, basis)
	default:
		s.whole(dir, basis)
	}
	if len(s.parcels)+len(s.mails)+len(s.problems) == before {
		s.bad(said, "文件夹是空的，没有可导入的文件")
	}
}

// readable leaves out the files that cannot be opened.
func (s *stick) readable(files []member) (out []member) {
	for _, m := range files {
		f, err := os.Open(m.disk)
		if err != nil {
			s.bad(m.disk, plainWhy(err))
			continue
		}
		f.Close()
		out = append(out, m)
	}
	return out
}

// several is a stick: every package folder and every archive is a parcel of its own.
func (s *stick) several(dir, basis string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		s.bad(dir, plainWhy(err))
		return
	}
	var loose []member
	for _, e := range entries {
		p := filepath.Join(dir, e.Name())
		switch {
		case s.junk(e):
		case s.odd(p, e):
		case !e.IsDir():
			if info, err := e.Info(); err != nil {
				s.bad(p, plainWhy(err))
			} else {
				loose = append(loose, s.one(p, info, basis)...)
			}
		case isMaildir(p):
			s.maildir(p)
		case s.apart, !marked(p) && holdsMarked(p):
			s.several(p, basis)
		default:
			s.whole(p, basis)
		}
	}
	s.loosely(basis, decoded(filepath.Base(dir))+"中的零散文件", loose)
}

// one is a single file: mails, an archive, or, returned, a loose one.
func (s *stick) one(p string, info fs.FileInfo, basis string) []member {
	name := decoded(info.Name())
	m := member{p, name, info.Size()}
	switch {
	case !info.Mode().IsRegular():
		s.bad(p, "不是普通文件")
	case strings.EqualFold(path.Ext(name), ".eml"):
		s.mails = append(s.mails, saved{p, kindEML})
	case isMbox(p, name):
		s.mails = append(s.mails, saved{p, kindMbox})
	case intake.IsArchiveName(name):
		s.parcels = append(s.parcels, parcel{path: p, name: name, basis: basis, marked: marked(p), files: []member{m}})
	default:
		return []member{m}
	}
	return nil
}

// loosely keeps loose files together; apart, each is told by itself.
func (s *stick) loosely(basis, name string, files []member) {
	if len(files) == 1 {
		name = files[0].name
	}
	if s.apart {
		for _, f := range files {
			s.parcels = append(s.parcels, parcel{path: f.disk})
		}
	} else if len(files) > 0 {
		s.parcels = append(s.parcels, parcel{path: name, name: name, basis: basis, loose: true, files: files})
	}
}

// whole is a folder that stays together.
func (s *stick) whole(dir, basis string) {
	name := decoded(filepath.Base(dir))
	pk := parcel{path: dir, name: name, basis: basis, folder: true, marked: marked(dir)}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			s.bad(p, plainWhy(err))
			return nil
		}
		if p == dir {
			return nil
		}
		if s.junk(e) {
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if s.odd(p, e) || e.IsDir() {
			return nil
		}
		info, err := e.Info()
		if err != nil {
			s.bad(p, plainWhy(err))
			return nil
		}
		rel, err := filepath.Rel(dir, p)
		pk.files = append(pk.files, member{p, name + "/" + decoded(filepath.ToSlash(rel)), info.Size()})
		return err
	})
	if err != nil {
		s.bad(dir, plainWhy(err))
	}
	if len(pk.files) > 0 {
		s.parcels = append(s.parcels, pk)
	}
}

// junk counts what systems leave beside people's files.
func (s *stick) junk(e fs.DirEntry) bool {
	if e.IsDir() && litterFolder(e.Name()) || !e.IsDir() && litter(e.Name()) {
		s.litter++
		return true
	}
	return false
}

// odd tells of links and the like: they lead out of the stick.
func (s *stick) odd(p string, e fs.DirEntry) bool {
	switch {
	case e.Type()&fs.ModeSymlink != 0:
		s.bad(p, "是符号链接，未跟随")
	case !e.IsDir() && !e.Type().IsRegular():
		s.bad(p, "不是普通文件")
	default:
		return false
	}
	return true
}

// maildir lists the mails of cur and new.
func (s *stick) maildir(dir string) {
	for _, sub := range []string{"cur", "new"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil {
			s.bad(filepath.Join(dir, sub), plainWhy(err))
		}
		for _, e := range entries {
			if p := filepath.Join(dir, sub, e.Name()); !s.junk(e) && !s.odd(p, e) && !e.IsDir() {
				s.mails = append(s.mails, saved{p, kindMaildir})
			}
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		s.bad(dir, plainWhy(err))
	}
	for _, e := range entries { // Maildir++: folders as .Sent
		if p := filepath.Join(dir, e.Name()); e.IsDir() && strings.HasPrefix(e.Name(), ".") && isMaildir(p) {
			s.maildir(p)
		}
	}
}

func isMaildir(dir string) bool {
	return isDir(filepath.Join(dir, "cur")) && isDir(filepath.Join(dir, "new"))
}

func isDir(p string) bool {
	info, err := os.Lstat(p)
	return err == nil && info.IsDir()
}

func isMbox(p, name string) bool {
	if strings.EqualFold(path.Ext(name), ".mbox") {
		return true
	}
	f, err := os.Open(p)
	if err != nil {
		return false
	}
	defer f.Close()
	head, _ := bufio.NewReader(f).Peek(1 << 10)
	return mail.LooksLikeMbox(head)
}

func marked(p string) bool {
	return intake.ParseFolder(decoded(filepath.Base(p)), "").Marked
}

// holdsMarked: somewhere below lies a package folder or archive named [案例]….
func holdsMarked(dir string) bool {
	found := errors.New("found")
	return filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && p != dir && marked(p) && (e.IsDir() || intake.IsArchiveName(e.Name())) {
			return found
		}
		return nil
	}) == found
}

// holdsArchives: archives or saved mails lie in the folder itself.
func holdsArchives(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		name := decoded(e.Name())
		return e.Type().IsRegular() && (intake.IsArchiveName(name) || strings.EqualFold(path.Ext(name), ".eml") || isMbox(filepath.Join(dir, e.Name()), name))
	})
}

func (p problem) String() string { return fmt.Sprintf("%s：%s", p.path, p.why) }
