package review_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/mail"
	"anli/review"
	"anli/templates"
)

// mailed stores a mail of somebody's about cases, and records it.
func (o *office) mailed(m intake.Mail, text string) string {
	o.t.Helper()
	o.mark++
	raw := fmt.Sprintf("From: %s <%s>\r\nTo: anli@gd.example\r\nSubject: %s\r\nMessage-ID: <%d@x.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", m.Name, m.From, m.Subject, o.mark, text)
	sha, err := o.l.Blobs().PutBytes([]byte(raw))
	if err != nil {
		o.t.Fatal(err)
	}
	m.SHA256, m.MessageID, m.Arrival, m.Fresh, m.Size = sha, fmt.Sprintf("<%d@x.example>", o.mark), o.now, text, int64(len(raw))
	o.do(func(b *review.Bench) { b.Record(m) })
	return sha
}

// ordered has a member of staff write 案卷, and gives the answer.
func (o *office) ordered(number string) string {
	o.t.Helper()
	sha := o.mailed(intake.Mail{From: wei, Subject: "案卷"}, "案卷 "+number)
	text := o.said(func(b *review.Bench) (bool, string) {
		m, _ := b.Mail(sha)
		return b.OrderDossier(number, &m)
	})
	o.to(o.now.Format("2006-01-02 15:04"))
	return text
}

// unzipped are the files that the letters of the last order brought.
func (o *office) unzipped(letters []outbox.Letter) map[string][]byte {
	o.t.Helper()
	out := map[string][]byte{}
	for _, l := range letters {
		_, err := mail.Read(bytes.NewReader(o.raw(l)), mail.Limits{}, func(r io.Reader) (string, int64, error) {
			data, err := io.ReadAll(r)
			z, bad := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil || bad != nil || strings.HasPrefix(z.File[0].Name, "[Content") {
				return o.order(), int64(len(data)), err
			}
			for _, f := range z.File {
				in, err := f.Open()
				if err != nil {
					return "", 0, err
				}
				if _, twice := out[f.Name]; twice {
					o.t.Errorf("%s is there twice", f.Name)
				}
				if out[f.Name], err = io.ReadAll(in); err != nil {
					return "", 0, err
				}
			}
			return o.order(), int64(len(data)), nil
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
	return out
}

// sums checks SHA256SUMS as sha256sum -c does: every file, and nothing else.
func (o *office) sums(files map[string][]byte, root string) {
	o.t.Helper()
	lines := strings.Split(strings.TrimSuffix(string(files[root+"/SHA256SUMS"]), "\n"), "\n")
	if len(lines) != len(files)-1 {
		o.t.Errorf("%d sums, %d files", len(lines), len(files))
	}
	for _, l := range lines {
		hash, name, _ := strings.Cut(l, "  ")
		data, there := files[root+"/"+name]
		if got := sha256.Sum256(data); !there || hex.EncodeToString(got[:]) != hash {
			o.t.Errorf("%s: there %v, or other bytes", name, there)
		}
	}
}

func (o *office) folderOf(number string) (f review.DossierFolder) {
	o.t.Helper()
	o.look(func(*review.Bench) {
		var err error
		f, _, err = review.ReadDossier(o.tx, number, o.now, intake.House{Blob: o.read, Size: o.l.Blobs().Size})
		if err != nil {
			o.t.Fatal(err)
		}
	})
	return f
}

// lifelike gives the second case mails and files, with what can go wrong.
func lifelike(t *testing.T) *office {
	o := newOffice(t, six, nil)
	first := o.mailed(intake.Mail{From: "fs@fs.example", City: "佛山市", Subject: "报送案例", Cases: []string{code(2), code(3)}, Route: intake.RouteSubmission}, "材料见附件")
	o.do(func(b *review.Bench) { // its bytes were lost
		b.Record(intake.Mail{SHA256: strings.Repeat("9", 64), From: "fs@fs.example", City: "佛山市", Subject: "补充照片", Arrival: o.now, Cases: []string{code(2)}, Route: intake.RouteSubmission})
	})
	files := o.files(1)
	ruling := o.mailed(intake.Mail{From: na, Subject: "回复"}, "2 通过 符合条件")
	o.do(func(b *review.Bench) {
		c := b.Case(code(2))
		for i := range files {
			files[i].Mail, files[i].At = first, o.now
		}
		files[1].Standing = intake.StandingReplaced
		c.Files = files
		c.Decisions = append(c.Decisions, intake.Decision{At: o.now, By: na, Verb: "不通过", Reason: "失信", Mail: ruling, Ended: "改为"},
			intake.Decision{At: o.now, By: na, Verb: "通过", Reason: "符合条件", Mail: ruling})
		c.Queries = []intake.Query{{At: o.now, By: na, Result: "无", Mail: ruling}}
		b.Touch(c)
	})
	return o
}

// Every mail and letter about the case is in the folder or named with the reason, the
// sums are right, and who objected is nowhere.
func TestDossierFolder(t *testing.T) {
	o := lifelike(t)
	o.selects(4)
	o.publicises()
	objection := o.mailed(intake.Mail{From: "qiu@mail.example", Name: "仇某某", Subject: "举报"}, "举报AL2024-0002造假。")
	o.keeps(review.Filing{Cases: []string{code(2)}, Original: objection})
	o.concludes(wei, code(2), review.Dismissed, "经核查属实")
	quoting := o.mailed(intake.Mail{From: wei, Subject: "回复", Cases: []string{code(2)}}, "认定\n> 仇某某来信《举报》似对公示名单有异议")
	o.to("2024-11-28 09:00")
	o.awards()
	o.is("said", o.ordered(code(2)), "AL2024-0002的案卷另信发送。")
	letters := o.letters("dossier/")
	o.is("letters", len(letters), 1)
	root := "AL2024-0002-佛山陶瓷有限公司"
	files := o.unzipped(letters)
	o.sums(files, root)
	manifest, all := string(files[root+"/目录及校验.txt"]), ""
	for name, data := range files {
		if !strings.HasPrefix(name, root+"/") {
			t.Errorf("%s is outside the folder", name)
		}
		all += name + string(data)
	}
	for _, secret := range []string{"仇", "qiu@"} {
		if strings.Contains(all, secret) {
			t.Errorf("the objector is named: %q", secret)
		}
	}
	o.is("mail that quotes it", strings.Contains(manifest, quoting+"\t载有异议人信息"), true)
	o.is("lost mail", strings.Contains(manifest, "补充照片\t"+strings.Repeat("9", 64)+"\t缺失，原始字节已不在"), true)
	o.look(func(b *review.Bench) {
		b.EachMail(func(m intake.Mail) {
			if slices.Contains(m.Cases, code(2)) && !strings.Contains(manifest, m.SHA256) {
				t.Errorf("mail %s is not accounted for", m.Subject)
			}
		})
	})
	for _, l := range o.letters("") {
		if slices.Contains(l.Cases, code(2)) && l.Template != "dossier" && !strings.Contains(manifest, l.Bytes) {
			t.Errorf("letter %s is not accounted for", l.Subject)
		}
	}
	book := o.folderOf(code(2)).Book
	words := fmt.Sprint(book)
	for _, w := range []string{"李娜 li.na@gd.example", "改为", "佛山市商务局 fs@fs.example", "全文收入，同时涉及AL2024-0003", "第2名，共5个列入排名；平均分90", "会议纪要〔2024〕12号", "材料：照片", "不少于3张",
		"专家甲评分记录", "失信、经营异常等查询结果：无", "已被替换/照片/10.jpg", "分配专家评审：甲"} {
		if !strings.Contains(words, w) {
			t.Errorf("no %q in the book", w)
		}
	}
	o.is("missing", o.folderOf(code(2)).Missing(), []string{"AL2024-0002 mail of 2024-11-20 10:00, SHA-256 " + strings.Repeat("9", 64) + ": the mail's bytes are not there"})
	// An earlier dossier is not in the next.
	o.now = o.now.Add(60e9)
	o.ordered(code(2))
	letters = slices.DeleteFunc(o.letters("dossier/"), func(l outbox.Letter) bool { return l.Key == letters[0].Key })
	again := o.unzipped(letters)
	o.is("earlier dossiers", strings.Contains(string(again[root+"/目录及校验.txt"]), "此前发出的案卷"), true)
}

// While experts score, nothing in the folder shows a score: neither the book nor a
// mail of an expert's or of staff's.
func TestDossierBeforeTheClose(t *testing.T) {
	o := lifelike(t)
	o.do(func(b *review.Bench) { b.Panel.Phase = review.PhaseOpen })
	answer := o.mailed(intake.Mail{From: "jia@a.example", Subject: "回复评分", Cases: []string{code(2)}, Route: intake.RouteScore}, "0002 25 65")
	entered := o.mailed(intake.Mail{From: wei, Subject: "代录", Cases: []string{code(2)}}, "代录 甲 0002 25 65")
	stranger := o.mailed(intake.Mail{From: "jia@home.example", Subject: "评分", Cases: []string{code(2)}}, "0002 25 65")
	late := o.mailed(intake.Mail{From: "fs@fs.example", City: "佛山市", Subject: "补充", Cases: []string{code(2)}, Route: intake.RouteSubmission}, "补充")
	o.do(func(b *review.Bench) {
		b.Put(intake.Post{Key: "echo", To: "jia@a.example", Class: intake.ClassAnswer, Template: "score-echo", Cases: []string{code(2)}, Data: templates.ScoreEcho{Expert: "甲"}})
		b.Put(intake.Post{Key: "second", To: na, Class: intake.ClassStaff, Template: "second-confirm", Cases: []string{code(2)}, Data: templates.SecondConfirm{}})
	})
	in := func() map[string]string {
		out := map[string]string{}
		for _, m := range o.folderOf(code(2)).Book.Mails {
			out[m.SHA256] = m.File
		}
		return out
	}
	mails := in()
	for _, sha := range []string{answer, entered, stranger} {
		o.is("sealed", mails[sha], "")
	}
	o.is("a bureau's", mails[late] != "", true)
	book := o.folderOf(code(2)).Book
	words := fmt.Sprint(book.Events, book.Facts, book.Scores)
	for _, w := range []string{"25，", "合计", "平均分", "第2名"} {
		if strings.Contains(words, w) {
			t.Errorf("%q stands in the book: %s", w, words)
		}
	}
	for _, l := range o.letters("") {
		if l.Key == "echo" || l.Key == "second" {
			o.is(l.Key, mails[l.Bytes], "")
		}
	}
	o.is("sealed", book.Sealed, true)
	o.do(func(b *review.Bench) { b.Panel.Phase = review.PhaseClosed })
	mails = in()
	for _, sha := range []string{answer, entered, stranger} {
		o.is("after the close", mails[sha] != "", true)
	}
}

// hostile are names that a sender may give.
var hostile = []string{"../../../etc/passwd", `C:\Windows\System32\cmd.exe`, "/etc/shadow", "照片/../../x.jpg", "con", "NUL.txt", "com1.jpg", "照片/aux/LPT9.png", "A.JPG", "a.jpg", "照片", "照片/1.jpg", "照片 /1.jpg",
	"x\x00y\n.txt", "尾点...", "尾空格 ", "a<b>c|d?.txt", "\u202egpj.exe", strings.Repeat("长", 300) + ".docx", strings.Repeat("深/", 60) + "底.txt", strings.Repeat("a", 300), "", ".", "..", "a.zip/b.txt", "a.zip"}

// Whatever a sender calls his files, each lies below the folder, under a name that
// Windows takes and that no other file has, and the original is kept in words.
func TestDossierHostileNames(t *testing.T) {
	o := newOffice(t, six, nil)
	o.do(func(b *review.Bench) {
		c := b.Case(code(2))
		c.Unit = "佛山../陶瓷:" + strings.Repeat("长", 300)
		for i, name := range hostile {
			sha, err := o.l.Blobs().PutBytes([]byte(fmt.Sprint(i)))
			if err != nil {
				t.Fatal(err)
			}
			c.Files = append(c.Files, intake.File{Path: name, Role: intake.RoleOther, SHA256: sha, Bytes: 2})
		}
		b.Touch(c)
	})
	f := o.folderOf(code(2))
	seen, dirs := map[string]bool{}, map[string]bool{}
	for _, x := range f.Files() {
		low := strings.ToLower(x.Path)
		if seen[low] {
			t.Errorf("%s is there twice", x.Path)
		}
		seen[low] = true
		for d := path.Dir(low); d != "."; d = path.Dir(d) {
			dirs[d] = true
		}
		if path.Clean(x.Path) != x.Path || len([]rune(x.Path)) > 200 {
			t.Errorf("%d characters, or no clean path: %q", len([]rune(x.Path)), x.Path)
		}
		for part := range strings.SplitSeq(x.Path, "/") {
			stem, _, _ := strings.Cut(strings.ToLower(part), ".")
			if strings.ContainsAny(part, "<>:\"|?*\\\x00\n") || strings.TrimRight(part, ". ") != part || len(part) > 255 || slices.Contains([]string{"con", "nul", "aux", "prn", "com1", "lpt9"}, stem) {
				t.Errorf("%q in %q", part, x.Path)
			}
		}
	}
	for d := range dirs {
		if seen[d] {
			t.Errorf("%s is a file and a folder", d)
		}
	}
	o.is("files", len(f.Book.Material), len(hostile))
	o.is("original name", f.Book.Material[4].Name, "con")
}

// However large the folder is, no letter is above the limit; all parts together are
// the whole folder; a rebuild makes the same bytes, whatever happened since.
func TestDossierInParts(t *testing.T) {
	for _, x := range []struct {
		what  string
		size  int // of a picture
		parts int // mails
		said  string
	}{
		{"one mail", 20 << 10, 1, "的案卷另信发送。"},
		{"three mails", 150 << 10, 3, "的案卷另分3封邮件发送。"},
		{"files above a mail's size", 640 << 10, 1, "的案卷另信发送。"},
		{"too large", 400 << 10, 1, "文件夹过大"},
	} {
		o := newOffice(t, six, func(s *intake.Settings) { s.Limits.Letter = 1 })
		o.big(x.size, 2)
		if said := o.ordered(code(2)); !strings.Contains(said, x.said) {
			t.Errorf("%s: %s", x.what, said)
		}
		letters := o.letters("dossier/")
		o.is(x.what, len(letters), x.parts)
		for _, l := range letters {
			if n := len(o.raw(l)); n > 1<<20 {
				t.Errorf("%s: a letter has %d bytes", x.what, n)
			}
		}
		var d templates.Dossier
		if err := intake.Body(letters[0], &d); err != nil {
			t.Fatal(err)
		}
		switch x.what {
		case "too large":
			o.is(x.what, d.Zips, []string{"大事记.docx"})
		case "files above a mail's size":
			o.is(x.what, len(d.Left), 7)
		default:
			o.sums(o.unzipped(letters), "AL2024-0002-佛山陶瓷有限公司")
		}
		o.do(func(b *review.Bench) { // what happens later changes nothing
			c := b.Case(code(2))
			c.Unit, c.Files = "改名有限公司", nil
			b.Touch(c)
		})
		for _, l := range letters {
			o.look(func(*review.Bench) {
				made, err := review.Archives(o.tx, l, o.read)
				if err != nil || len(made) != 1 {
					t.Fatalf("%s: %d archives, %v", l.Key, len(made), err)
				}
				raw, err := intake.RenderAgain(l, func(string) ([]byte, error) { return made[0], nil })
				if err != nil || !bytes.Equal(raw, o.raw(l)) {
					t.Errorf("%s comes out otherwise: %v", l.Key, err)
				}
			})
		}
	}
}
