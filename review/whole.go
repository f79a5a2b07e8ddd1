package review

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/form"
	"anli/templates"
)

// Whole files ([review] whole_files): licences, certificates, pictures go along
// with the request, an archive a case, where few mails hold them. The application
// form never does: its stamped scan carries telephones and identity numbers, and
// what is to be judged of it stands in the materials.

// wholeLetters is how many mails may bring the files of one request.
const wholeLetters = 3

// slack is what a letter's words and headers take beside its files, in bytes: in a
// further letter a list of some hundred cases.
const slack = 256 << 10

// MaterialFile is a file of a case that experts may have.
type MaterialFile struct {
	Name   string `json:"name"` // below the case's folder
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// forExperts are the files of a case that experts may have, by name. An archive
// goes by the files that were in it. Of what nobody could tell, only that goes
// whose words were read: a scan, a picture, an old Word file may be the form.
func forExperts(c *intake.Case, reading func(sha string) intake.Reading) []MaterialFile {
	var files []intake.File
	for _, f := range c.Active() {
		switch f.Role {
		case intake.RoleLicense, intake.RoleCertificate, intake.RoleLogo, intake.RolePhoto, intake.RolePromo:
		case intake.RoleOther:
			if !legible(reading(f.SHA256)) {
				continue
			}
		default:
			continue
		}
		if !holdsForm(f, reading(f.SHA256)) {
			files = append(files, f)
		}
	}
	var out []MaterialFile
	for _, p := range intake.Places(files) {
		out = append(out, MaterialFile{p.Name, p.SHA256, p.Bytes})
	}
	slices.SortFunc(out, func(a, b MaterialFile) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

func legible(r intake.Reading) bool {
	return r.Failure == "" && !r.Scanned && slices.Contains([]string{"docx", "doc", "rtf", "odt", "html", "txt", "pdf", "ofd", "xlsx", "xls", "csv"}, r.Kind)
}

// holdsForm: whatever the file was named, it holds the form or a paper of the
// bureau's.
func holdsForm(f intake.File, r intake.Reading) bool {
	for _, p := range f.Parts {
		if p.Role == intake.RoleFormPDF || p.Role == intake.RoleFormText {
			return true
		}
	}
	return r.Paper != nil && (r.Paper.Paper == form.PaperForm || r.Paper.Paper == form.PaperCover || r.Paper.Paper == form.PaperSummary)
}

// withFiles adds the applicants' files to a request where three letters hold
// them. Where they do not, the request goes as it is and staff are told.
func (b *Bench) withFiles(s *Member, n int, p intake.Post, d templates.ScoreRequest) []intake.Post {
	plain := []intake.Post{p}
	if !b.Settings.Review.Whole {
		return plain
	}
	d.Part, d.Parts = 1, wholeLetters
	p.Data = d
	alone, err := b.Weight(p)
	b.Fail(err)
	limit := cmp.Or(b.Settings.Limits.Letter<<20, outbox.MaxLetter)
	materials := b.materialsOf(p.Cases)
	letters, ok := pack(materials, limit-alone-slack, limit-slack)
	if !ok {
		b.withoutFiles(s, "whole/"+strconv.Itoa(n), "申报材料原件超出"+strconv.Itoa(wholeLetters)+"封邮件的容量")
		return plain
	}
	if len(letters) == 0 {
		return plain
	}
	posts, err := b.deal(p, d, letters)
	if errors.Is(err, ledger.ErrNoBlob) {
		b.withoutFiles(s, "whole-gone/"+strconv.Itoa(n), "数据文件夹中缺少申报材料原件（运维人员可用“anli verify”查看）")
		return plain
	}
	b.Fail(err)
	return posts
}

// materialsOf are the materials of cases that have files for experts.
func (b *Bench) materialsOf(numbers []string) []Material {
	var out []Material
	for _, number := range numbers {
		m, ok, err := b.t.Materials.Get(b.tx, number)
		b.Fail(err)
		if ok && len(m.Files) > 0 {
			out = append(out, m)
		}
	}
	return out
}

// pack puts each case into the first letter that has room for it; first and each
// are what the first letter and a further one hold, in bytes on the way. The first
// letter may stay without files. ok is false where the letters do not hold all.
func pack(materials []Material, first, each int) (letters [][]Material, ok bool) {
	room := []int{first, each, each}
	for _, m := range materials {
		n := m.weight()
		i := slices.IndexFunc(room, func(left int) bool { return n <= left })
		if i < 0 {
			return nil, false
		}
		for len(letters) <= i {
			letters = append(letters, nil)
		}
		letters[i] = append(letters[i], m)
		room[i] -= n
	}
	return letters, true
}

// weight is the most that a case's archive takes in a letter: base64 in lines of
// 76, headers of the part, and what an archive holds beside its files.
func (m Material) weight() int {
	n := int64(100)
	for _, f := range m.Files {
		n += f.Bytes + 2*int64(len(m.Number)+1+len(f.Name)) + 100
	}
	return int((n+2)/3*4/76*78) + 1<<10
}

// deal makes the letters: the first asks, the others bring.
func (b *Bench) deal(p intake.Post, d templates.ScoreRequest, letters [][]Material) ([]intake.Post, error) {
	var out []intake.Post
	for i, materials := range letters {
		post, data := p, d
		data.Part, data.Parts = i+1, len(letters)
		if i > 0 {
			post.Key += "/" + strconv.Itoa(i+1)
			data.Stamp, data.Cases, post.Cases = "", nil, nil
		}
		for _, m := range materials {
			archive, err := m.archive(b.Blob)
			if err != nil {
				return nil, err
			}
			post.Files = append(post.Files, archive)
			if i > 0 {
				c := m.Case
				data.Cases = append(data.Cases, templates.RequestCase{Number: c.Number, Unit: c.Unit, City: c.City, Case: c.Case, Fields: c.Fields})
				post.Cases = append(post.Cases, m.Number)
			}
		}
		post.Data = data
		out = append(out, post)
	}
	return out, nil
}

// withoutFiles tells staff that requests of a batch went without the files, in one
// row for all experts.
func (b *Bench) withoutFiles(s *Member, row, why string) {
	const rest = "的评分邮件只附评审材料（.docx）。需要原件的，请运维人员运行“anli export --expert 姓名 文件夹”导出后另行交付。"
	r, known := b.Row(row)
	switch {
	case !known:
		b.AddRow(intake.Row{ID: row, Kind: "review", Replies: []string{"无关"}, Text: why + "，发给" + s.Name + rest})
	case r.Done == "":
		r.Text = strings.Replace(r.Text, rest, "、"+s.Name+rest, 1)
		b.SetRow(r)
	}
}

// archiveType is the media type of an archive.
const archiveType = "application/zip"

// archive packs a case's files below a folder of its number. They are stored as
// they are (pictures and PDFs do not shrink) and without times: the same files
// give the same bytes.
func (m Material) archive(read func(sha string) ([]byte, error)) (outbox.Attachment, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range m.Files {
		data, err := read(f.SHA256)
		if err != nil {
			return outbox.Attachment{}, fmt.Errorf("%s %s: %w", m.Number, f.Name, err)
		}
		entry, err := w.CreateRaw(&zip.FileHeader{Name: m.Number + "/" + f.Name, Method: zip.Store, Flags: utf8Names, ModifiedDate: firstDay,
			CRC32: crc32.ChecksumIEEE(data), CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data))})
		if err == nil {
			_, err = entry.Write(data)
		}
		if err != nil {
			return outbox.Attachment{}, fmt.Errorf("%s %s: %w", m.Number, f.Name, err)
		}
	}
	err := w.Close()
	return outbox.Attachment{Name: m.Number + ".zip", Type: archiveType, Data: out.Bytes()}, err
}

const (
	utf8Names = 0x800    // general purpose bit 11: names are UTF-8 (APPNOTE 4.4.4)
	firstDay  = 1<<5 | 1 // 1980-01-01, the first that the format knows
)

// Archives makes the archives of a recorded request, publicity pack or dossier anew, for a
// rebuild: those of the cases whose files are all there.
func Archives(tx *ledger.Tx, l outbox.Letter, read func(sha string) ([]byte, error)) ([][]byte, error) {
	switch l.Template {
	case "award-pack":
		return packArchive(tx, l, read)
	case "dossier":
		return dossierArchive(tx, l, read)
	}
	var out [][]byte
	for _, f := range l.Attachments {
		number, ok := strings.CutSuffix(f.Name, ".zip")
		if !ok || l.Template != "score-request" {
			continue
		}
		m, ok, err := NewTables().Materials.Get(tx, number)
		if err != nil {
			return nil, err
		}
		if a, err := m.archive(read); ok && err == nil {
			out = append(out, a.Data)
		}
	}
	return out, nil
}
