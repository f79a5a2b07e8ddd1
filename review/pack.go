package review

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"hash/crc32"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/templates"
)

// PackFile is one file of the publicity pack.
type PackFile struct {
	Path   string      // [案例]-单位+案例/照片1.jpg
	Number string      // of the case
	Role   intake.Role // RoleOther: the page of text
	SHA256 string      // of the applicant's own file; "" where Data is the file
	Data   []byte
	Bytes  int64
}

// packRoles are the files that the notice asks for to make the awards known
// (五（一）3), with the names they get and the finding where one is lacking.
var packRoles = []struct {
	role intake.Role
	name string
	code string
}{{intake.RoleLogo, "LOGO", "logo-missing"}, {intake.RolePhoto, "照片", "photos-short"}, {intake.RolePromo, "宣传图片", "promos-short"}}

// PackFiles are the files of cases, in their order, a folder a case named as the
// notice asks: LOGO, photos, promotional pictures and a page of text. page makes
// that page. The same cases give the same files.
func PackFiles(cases []*intake.Case, page func(*intake.Case) []byte) []PackFile {
	var out []PackFile
	taken := map[string]bool{}
	for _, c := range cases {
		folder := Folder(c)
		if taken[strings.ToLower(folder)] {
			folder += "（" + c.Number + "）"
		}
		taken[strings.ToLower(folder)] = true
		text := page(c)
		out = append(out, PackFile{Path: folder + "/案例简介.docx", Number: c.Number, Role: intake.RoleOther, Data: text, Bytes: int64(len(text))})
		for _, r := range packRoles {
			files := pictures(c, r.role)
			for i, f := range files {
				name := r.name
				if r.role != intake.RoleLogo || len(files) > 1 {
					name += strconv.Itoa(i + 1)
				}
				out = append(out, PackFile{Path: folder + "/" + intake.SafeName(name+strings.ToLower(path.Ext(f.Path))), Number: c.Number, Role: r.role, SHA256: f.SHA256, Bytes: f.Bytes})
			}
		}
	}
	return out
}

// Folder is a case's folder as the notice asks (六): [案例]-单位名称+案例名称.
func Folder(c *intake.Case) string {
	return intake.SafeName("[案例]-" + cmp.Or(c.Unit, c.Number) + "+" + c.Case)
}

// pictures are a case's files of a role, each picture once, 照片10 after 照片9.
func pictures(c *intake.Case, role intake.Role) []intake.File {
	var out []intake.File
	for _, f := range c.Active() {
		if f.Role == role && !slices.ContainsFunc(out, func(x intake.File) bool { return x.SHA256 == f.SHA256 }) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(x, y intake.File) int { return cmp.Compare(counted(x.Path), counted(y.Path)) })
	return out
}

var figures = regexp.MustCompile(`\d+`)

// counted is a name in which figures sort by their value.
func counted(name string) string {
	return figures.ReplaceAllStringFunc(name, func(d string) string { return fmt.Sprintf("%08s", d) })
}

// packFiles are the files of the awarded cases.
func (b *Bench) packFiles(numbers []string) []PackFile {
	return PackFiles(b.cases(numbers), func(c *intake.Case) []byte {
		m, frozen, err := b.t.Materials.Get(b.tx, c.Number)
		b.Fail(err)
		if !frozen {
			m.Case = b.requestCase(c)
		}
		d := m.Case
		return templates.CasePage(templates.PageData{Title: b.Settings.Call.Title, Number: c.Number, Unit: c.Unit, City: c.City, Case: c.Case, Fields: c.Categories,
			Intro: d.Intro, Background: d.Background, Innovation: d.Innovation, Benefit: d.Benefit, Demonstration: d.Demonstration})
	})
}

// ReadPack gives the publicity pack of a ledger at rest; empty before 认定.
func ReadPack(tx *ledger.Tx) ([]PackFile, error) {
	b, err := AtRest(tx, time.Time{})
	if err != nil || b.List.Award == nil {
		return nil, err
	}
	files := b.packFiles(b.List.Award.Numbers)
	_, err = b.Result() // where a record could not be read
	return files, err
}

// Sizes of an archive beside names and data (APPNOTE 4.3): its end; and of each
// file the local header and the entry in the directory.
const (
	zipEnd   = 22
	zipEntry = 30 + 46
)

func (f PackFile) zipped() int64 { return zipEntry + 2*int64(len(f.Path)) + f.Bytes }

func zipped(files []PackFile) int64 {
	n := int64(0)
	for _, f := range files {
		n += f.zipped()
	}
	return n
}

// packParts deals files out to archives of at most room bytes. A case is parted
// only if it fits in none; a file that fits in none is left.
func packParts(files []PackFile, room int64) (parts [][]PackFile, left []PackFile) {
	room -= zipEnd
	used := int64(0)
	put := func(list []PackFile) {
		if n := zipped(list); len(parts) == 0 || used+n > room {
			parts, used = append(parts, nil), 0
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], list...)
		used += zipped(list)
	}
	for len(files) > 0 {
		n := slices.IndexFunc(files, func(f PackFile) bool { return f.Number != files[0].Number })
		if n < 0 {
			n = len(files)
		}
		var fit []PackFile
		for _, f := range files[:n] {
			if f.zipped() > room {
				left = append(left, f)
			} else {
				fit = append(fit, f)
			}
		}
		if zipped(fit) <= room {
			put(fit)
		} else {
			for _, f := range fit {
				put([]PackFile{f})
			}
		}
		files = files[n:]
	}
	return parts, left
}

// Zip makes an archive. Nothing is compressed, for pictures are already, and no
// time stands in it: the same files give the same bytes whatever program packs
// them. read gives the applicants' files; one that it cannot read is left out and
// named.
func Zip(files []PackFile, read func(sha string) ([]byte, error)) (data []byte, unread []PackFile, err error) {
	var out bytes.Buffer
	out.Grow(int(zipped(files) + zipEnd))
	w := zip.NewWriter(&out)
	for _, f := range files {
		content := f.Data
		if f.SHA256 != "" {
			if content, err = read(f.SHA256); err != nil {
				unread = append(unread, f)
				continue
			}
		}
		entry, err := w.CreateRaw(&zip.FileHeader{Name: f.Path, Method: zip.Store, Flags: utf8Names, ModifiedDate: firstDay,
			CRC32: crc32.ChecksumIEEE(content), CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content))})
		if err == nil {
			_, err = entry.Write(content)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("archive: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, nil, fmt.Errorf("archive: %w", err)
	}
	return out.Bytes(), unread, nil
}
