package review

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/templates"
)

// A case's file by mail (案卷 <code>): the words, and the folder as an archive, in as
// many mails as it needs. What is in the folder is recorded when it is ordered, so
// that the parts fit together and a rebuild makes the same bytes, whatever happened
// since.

// DossierOrder is one file that is on its way to a member of staff.
type DossierOrder struct {
	ID     string    `json:"id"` // SHA-256 of the mail that ordered it, and the case's number
	To     string    `json:"to"`
	At     time.Time `json:"at"`
	Number string    `json:"number"`
	Parts  int       `json:"parts"` // mails it takes
	Sent   int       `json:"sent"`
	Large  bool      `json:"large,omitempty"` // too many: one mail, with 大事记.docx
}

// DossierContent is what an order brings, recorded once.
type DossierContent struct {
	ID     string        `json:"id"`
	Text   string        `json:"text"`
	Folder DossierFolder `json:"folder"`
	Room   int64         `json:"room"` // bytes that an archive may have
}

const dossierKind = "dossier"

// dossierMost is how many bytes of JSON a content may have: an entry holds 8 MiB,
// with everything else that one mail orders.
const dossierMost = 2 << 20

// OrderDossier sends a case's file to a member of staff, as an answer to the mail,
// and says what will come; false where there is no such case.
func (b *Bench) OrderDossier(number string, m *intake.Mail) (bool, string) {
	d, ok := b.Dossier(number)
	if !ok {
		return false, "此行没有对应的案例"
	}
	content := DossierContent{ID: m.SHA256 + "/" + number, Text: d.Text(), Folder: b.folder(d)}
	content.Room = b.packRoom() - 6*int64(len(content.Text))
	if _, again := b.dossiers[content.ID]; again {
		return true, number + "的案卷另信发送。"
	}
	o := DossierOrder{ID: content.ID, To: m.From, At: b.Now, Number: number}
	parts, _ := packParts(content.Folder.Files(), content.Room)
	if o.Parts = len(parts); len(parts) > packMails || content.Room < 0 {
		o.Parts, o.Large = 1, true
	}
	if n := len(asJSON(content)); n > dossierMost {
		content = DossierContent{ID: content.ID, Text: clipLines(content.Text, dossierMost/8), Folder: DossierFolder{Name: content.Folder.Name}}
		o.Parts, o.Large = 1, true
	}
	b.contents = append(b.contents, content)
	b.dossiers[o.ID] = o
	b.touched["dossier "+o.ID] = true
	switch {
	case o.Large:
		return true, number + "的案卷另信发送；文件夹过大，不随邮件发送，请运维人员运行“anli export --case " + number + " 文件夹”导出。"
	case o.Parts > 1:
		return true, fmt.Sprintf("%s的案卷另分%d封邮件发送。", number, o.Parts)
	}
	return true, number + "的案卷另信发送。"
}

// dossierJobs are the next mails of the files on their way.
func dossierJobs(tx *ledger.Tx) (out []Job, err error) {
	err = NewTables().Dossiers.Each(tx, "", func(_ string, o DossierOrder) error {
		out = append(out, Job{fmt.Sprintf("%s/%s/%d", dossierKind, o.ID, o.Sent+1), o.At})
		return nil
	})
	return out, err
}

// sendDossier sends one mail of an order: only one archive is in memory.
func (b *Bench) sendDossier(key string) {
	i := strings.LastIndexByte(key, '/')
	n, err := strconv.Atoi(key[i+1:])
	if i < 0 || err != nil {
		return
	}
	o, ok := b.dossiers[key[:i]]
	content, there, err := b.t.DossierContents.Get(b.tx, o.ID)
	b.Fail(err)
	if !ok || !there {
		return
	}
	o.Sent = n
	b.dossiers[o.ID] = o
	b.touched["dossier "+o.ID] = true
	c := content.Folder.Book
	d := templates.Dossier{Name: b.Settings.StaffName(o.To), Number: o.Number, Unit: c.Unit, Case: c.Case, Part: n, Parts: o.Parts, Large: o.Large}
	file, left, err := content.bring(o, n, b.Blob)
	b.Fail(err)
	if n == 1 {
		d.Text = content.Text
		for _, f := range left {
			d.Left = append(d.Left, strings.TrimPrefix(f.Path, content.Folder.Name+"/"))
		}
	}
	m, _ := b.Mail(strings.TrimSuffix(o.ID, "/"+o.Number))
	p := intake.Post{Key: dossierKind + "/" + o.ID + "/" + o.To, To: o.To, Class: intake.ClassStaff, Template: "dossier", Answers: &m, Cases: []string{o.Number}, Topic: dossierKind + "/" + o.ID}
	if n > 1 {
		p.Key += "/" + strconv.Itoa(n)
	}
	if file.Data != nil {
		p.Files, d.Zips = []outbox.Attachment{file}, []string{file.Name}
	}
	p.Data = d
	b.Put(p)
}

// bring makes what the nth mail of an order brings, and names the files that no
// mail does.
func (c DossierContent) bring(o DossierOrder, n int, read func(sha string) ([]byte, error)) (file outbox.Attachment, left []PackFile, err error) {
	if len(c.Folder.Book.Events) == 0 { // not recorded: too much even for the ledger
		return file, nil, nil
	}
	files := c.Folder.Files()
	if o.Large {
		return outbox.Attachment{Name: path.Base(files[0].Path), Type: templates.DocumentType, Data: files[0].Data}, nil, nil
	}
	parts, left := packParts(files, c.Room)
	if n < 1 || n > len(parts) {
		return file, left, nil
	}
	data, unread, err := Zip(parts[n-1], read)
	name := "案卷-" + o.Number + ".zip"
	if o.Parts > 1 {
		name = fmt.Sprintf("案卷-%s-%d.zip", o.Number, n)
	}
	return outbox.Attachment{Name: name, Type: archiveType, Data: data}, append(left, unread...), err
}

// dossierArchive makes what a recorded letter brought anew, for a rebuild.
func dossierArchive(tx *ledger.Tx, l outbox.Letter, read func(sha string) ([]byte, error)) ([][]byte, error) {
	words := strings.SplitN(l.Key, "/", 4)
	if len(l.Attachments) == 0 || len(words) < 4 {
		return nil, nil
	}
	content, ok, err := NewTables().DossierContents.Get(tx, words[1]+"/"+words[2])
	if err != nil || !ok {
		return nil, err
	}
	var d templates.Dossier
	if err := intake.Body(l, &d); err != nil {
		return nil, err
	}
	o := DossierOrder{Number: words[2], Parts: d.Parts, Large: d.Large}
	file, _, err := content.bring(o, d.Part, read)
	return [][]byte{file.Data}, err
}

// foldDossiers keeps contents, and orders until their last mail is put.
func (c Change) foldDossiers(tx *ledger.Tx, t Tables) error {
	for _, x := range c.Contents {
		if err := t.DossierContents.Put(tx, x.ID, x); err != nil {
			return err
		}
	}
	for _, o := range c.Dossiers {
		fold := func() error { return t.Dossiers.Put(tx, o.ID, o) }
		if o.Sent >= o.Parts {
			fold = func() error { return t.Dossiers.Delete(tx, o.ID) }
		}
		if err := fold(); err != nil {
			return err
		}
	}
	return nil
}

// readDossiers reads the orders on their way, which are few.
func (b *Bench) readDossiers() error {
	b.dossiers = map[string]DossierOrder{}
	return b.t.Dossiers.Each(b.tx, "", func(id string, o DossierOrder) error {
		b.dossiers[id] = o
		return nil
	})
}

// dossierChange adds to c what changed of them.
func (b *Bench) dossierChange(c *Change) {
	c.Contents = b.contents
	for _, id := range sorted(b.dossiers) {
		if b.touched["dossier "+id] {
			c.Dossiers = append(c.Dossiers, b.dossiers[id])
		}
	}
}
