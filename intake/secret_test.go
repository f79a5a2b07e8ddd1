package intake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"anli/parser/form"
	"anli/templates"
)

// TestSealMarks: an attachment is marked by its name, by its words, and by what it holds;
// each counts once.
func TestSealMarks(t *testing.T) {
	top := &form.Marking{Where: form.MarkedTop, Page: 1}
	readings := map[string]Reading{"paper": {Secret: top}, "plain": {}, "zip": {Kind: "archive"}}
	reading := func(sha string) Reading { return readings[sha] }
	for _, x := range []struct {
		what        string
		attachments []Piece
		pieces      []Piece
		want        string
	}{
		{"nothing", []Piece{{Path: "a.docx", SHA256: "plain"}}, []Piece{{Path: "a.docx", SHA256: "plain"}}, "[]"},
		{"none at all", nil, nil, "[]"},
		{"words", []Piece{{Path: "a.docx", SHA256: "plain"}, {Path: "b.docx", SHA256: "paper"}},
			[]Piece{{Path: "a.docx", SHA256: "plain"}, {Path: "b.docx", SHA256: "paper"}}, "[第2个附件：第1页顶部]"},
		{"a name before words", []Piece{{Path: "机密★b.docx", SHA256: "paper"}}, []Piece{{Path: "机密★b.docx", SHA256: "paper"}}, "[第1个附件：文件名或文件夹名]"},
		{"inside an archive, twice", []Piece{{Path: "a.zip", SHA256: "zip"}, {Path: "c.docx", SHA256: "plain"}},
			[]Piece{{Path: "a.zip", SHA256: "zip"}, {Path: "a.zip/x.jpg", SHA256: "x"}, {Path: "a.zip/b.docx", SHA256: "paper"}, {Path: "a.zip/秘密/c.docx", SHA256: "plain"}, {Path: "c.docx", SHA256: "plain"}},
			"[第1个附件：第1页顶部]"},
		{"both", []Piece{{Path: "a.zip", SHA256: "zip"}, {Path: "【秘密】c.docx", SHA256: "plain"}},
			[]Piece{{Path: "a.zip", SHA256: "zip"}, {Path: "a.zip/b.docx", SHA256: "paper"}, {Path: "【秘密】c.docx", SHA256: "plain"}},
			"[第1个附件：第1页顶部 第2个附件：文件名或文件夹名]"},
		{"a mail program's container", []Piece{{Path: "winmail.dat", SHA256: "zip"}, {Path: "c.docx", SHA256: "plain"}},
			[]Piece{{Path: "winmail.dat", SHA256: "zip"}, {Path: "b.docx", SHA256: "paper"}, {Path: "c.docx", SHA256: "plain"}}, "[第1个附件：第1页顶部]"},
		{"words about secrets", []Piece{{Path: "商业秘密保护.docx", SHA256: "plain"}}, []Piece{{Path: "商业秘密保护.docx", SHA256: "plain"}}, "[]"},
	} {
		var got []string
		for _, m := range SealMarks(x.attachments, x.pieces, reading) {
			got = append(got, m.Words())
		}
		if fmt.Sprint(got) != x.want {
			t.Errorf("%s: %v, want %s", x.what, got, x.want)
		}
	}
}

// TestRereadMarked: a mark that a newer reader finds in what was long registered is told
// to staff; one on which they have decided is not.
func TestRereadMarked(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	reread := func() (f File) {
		k.must("AL2024-0001", Ruling{Verb: "重查"})
		k.sit(func(s *Sitting) {
			var fresh []Reading
			for _, x := range s.ToReread()["AL2024-0001"] {
				r := s.Reading(x.SHA256)
				r.SHA256 = x.SHA256
				if x.Role == RoleFormText {
					f, r.Secret = x, &form.Marking{Where: form.MarkedTop}
				}
				fresh = append(fresh, r)
			}
			s.Reread(s.Case("AL2024-0001"), fresh)
		})
		return f
	}
	f := reread()
	rows := k.rows("problem")
	if len(rows) != 1 || !rows[0].Urgent || !strings.Contains(rows[0].Text, f.Mail) || strings.Contains(rows[0].Text, f.Path) {
		t.Errorf("%+v", rows)
	}
	k.look(func(s *Sitting) {
		if s.Reading(f.SHA256).Secret == nil {
			t.Error("the mark is forgotten")
		}
	})
	k.sit(func(s *Sitting) {
		m, _ := s.Mail(f.Mail)
		m.Sealed = &Seal{Verb: VerbOpen, Taken: true}
		s.Amend(m)
	})
	reread()
	k.look(func(s *Sitting) {
		if s.Reading(f.SHA256).Secret != nil {
			t.Error("the decision is forgotten")
		}
	})
}

// TestPurgeOfRegistered: no record names what an erased mail brought; the case it made
// stays, without it.
func TestPurgeOfRegistered(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA, "照片3")+"\n推荐函.pdf: cover", false)
	k.want("AL2024-0001", "incomplete !photos-short")
	var m Mail
	var files []string
	k.look(func(s *Sitting) {
		m, _ = s.Mail("mail-01")
		for _, p := range m.Files {
			files = append(files, p.SHA256)
		}
	})
	k.sit(func(s *Sitting) {
		if cases, frozen := s.Purge(m, "按保密规定", files); len(cases) != 1 || len(frozen) != 0 {
			t.Errorf("%v %v", cases, frozen)
		}
	})
	k.look(func(s *Sitting) {
		var records []any
		keep := func(x any) { records = append(records, x) }
		s.must(s.t.Mails.Each(s.tx, "", func(_ string, x Mail) error { keep(x); return nil }))
		s.must(s.t.Bursts.Each(s.tx, "", func(_ string, x Burst) error { keep(x); return nil }))
		s.must(s.t.Papers.Each(s.tx, "", func(_ string, x Paper) error { keep(x); return nil }))
		s.must(s.t.Readings.Each(s.tx, "", func(_ string, x Reading) error { keep(x); return nil }))
		for _, c := range s.Cases("") {
			keep(c.Files)
		}
		raw, err := json.Marshal(records)
		if err != nil || len(records) < 5 {
			t.Fatal(err, len(records))
		}
		raw = regexp.MustCompile(`"sha-[^"]*"`).ReplaceAll(raw, nil) // here names are in the hashes
		for _, name := range []string{"申报表", "推荐函", "照片1", "LOGO", "营业执照", "报送案例"} {
			if strings.Contains(string(raw), name) {
				t.Errorf("%s is left in %.2000s", name, raw)
			}
		}
	})
	if c := k.get("AL2024-0001"); c.Stage != StageIncomplete || len(c.Active()) != 0 {
		t.Errorf("%s %v", c.Stage, c.Active())
	}
}

// TestContinueOfOne: what waited for the word on a sealed mail leaves for the address it
// was written to, however that is spelt and wherever it is redirected, and for no other.
func TestContinueOfOne(t *testing.T) {
	for _, redirected := range []string{"", "probe@dept.example"} {
		settings := courtSettings()
		settings.Mailbox.RedirectTo = redirected
		k := courtWith(t, settings)
		k.sit(func(s *Sitting) {
			for i, from := range []string{"sw@foshan.example", "a/sw@foshan.example"} {
				s.mail = nil
				s.Amend(Mail{SHA256: fmt.Sprint(i), From: from, Arrival: k.now, Sealed: &Seal{Marks: []SealMark{{}}}})
			}
		})
		k.sit(func(s *Sitting) {
			for _, to := range []string{"SW@foshan.example", "a/sw@foshan.example"} {
				s.Put(Post{Key: "question/1/" + to, To: to, Class: ClassAnswer, Template: "question-passed", Data: templates.QuestionPassed{City: "佛山市"}})
			}
		})
		k.sit(func(s *Sitting) {
			m, _ := s.Mail("0")
			m.Sealed.Verb = VerbSecret
			s.Amend(m)
		})
		k.sit(func(s *Sitting) { s.Continue("sw@foshan.example") })
		got := k.letters("question-passed")
		if len(got) != 2 || !strings.Contains(got[0], " [] ") || !strings.Contains(got[1], " ["+HeldSealed+"] ") {
			t.Errorf("redirected to %q: %v", redirected, got)
		}
	}
}
