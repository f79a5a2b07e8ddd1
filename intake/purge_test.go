package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anli/intake/outbox"
)

// closeDue answers the bursts that are due, as the desk's jobs do.
func (k *court) closeDue() {
	k.t.Helper()
	k.now = k.now.Add(time.Hour)
	var ids []string
	k.look(func(s *Sitting) {
		s.must(s.t.Open.Each(s.tx, "", func(_, id string) error {
			b, _, err := s.t.Bursts.Get(s.tx, id)
			if !b.Due.IsZero() && !b.Due.After(k.now) {
				ids = append(ids, id)
			}
			return err
		}))
	})
	k.sit(func(s *Sitting) {
		for _, id := range ids {
			s.CloseBurst(id)
		}
	})
}

// purge erases a mail with those of its files that it alone brought.
func (k *court) purge(mail string, files ...string) (cases []string) {
	k.t.Helper()
	k.sit(func(s *Sitting) {
		m, _ := s.Mail(mail)
		cases, _ = s.Purge(m, "按保密规定", files)
	})
	return cases
}

func (k *court) filesOf(mail string) (out []string) {
	k.look(func(s *Sitting) {
		m, _ := s.Mail(mail)
		for _, p := range m.Files {
			out = append(out, p.SHA256)
		}
	})
	return out
}

// TestPurgeUnsends: no letter that names what was erased leaves later; the bureau gets
// one that is true.
func TestPurgeUnsends(t *testing.T) {
	settings := courtSettings()
	settings.Letters[ClassReceipt] = "approve"
	for _, x := range []struct {
		what    string
		before  func(k *court)
		dialled bool
	}{
		{"held for approval", func(*court) {}, false},
		{"tried, and refused for a time", func(k *court) {
			k.sit(func(s *Sitting) {
				for _, u := range s.OpenLetters() {
					f, _ := outbox.Release(u.Fate, k.now, true)
					s.Settle(f)
				}
			})
			for _, state := range []outbox.State{outbox.Sending, outbox.Waiting} {
				k.sit(func(s *Sitting) {
					for _, u := range s.OpenLetters() {
						f := u.Fate
						f.State, f.Dialled = state, true
						s.Settle(f)
					}
				})
			}
		}, true},
		{"held for a sealed mail", func(k *court) {
			k.sit(func(s *Sitting) {
				for _, u := range s.OpenLetters() {
					u.Fate.Hold = HeldSealed
					s.Settle(u.Fate)
				}
			})
		}, false},
	} {
		k := courtWith(t, settings)
		k.mail("sw@guangzhou.example", pack(unitB, caseB, "照片3"), false)
		k.closeDue()
		other := k.letters("receipt")
		k.mail("sw@foshan.example", pack(unitA, caseA, "照片"), false) // mail-02
		k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/照片1.jpg\n[案例]-"+unitA+"+"+caseA+"/机要合影.jpg: photo", false)
		k.closeDue()
		all := k.letters("receipt")
		if len(other) != 1 || len(all) != 2 || !strings.Contains(all[1], "机要合影") {
			t.Fatalf("%s: %v", x.what, all)
		}
		x.before(k)
		k.purge("mail-03", k.filesOf("mail-03")...)
		left := k.letters("receipt")
		if len(left) != 1 || strings.Contains(strings.Join(left, ""), unitA) {
			t.Errorf("%s: still to leave: %v", x.what, left)
		}
		k.closeDue()
		again := k.letters("receipt")
		if len(again) != 2 || strings.Contains(again[1], "机要合影") || strings.Contains(again[1], erasedName) || !strings.Contains(again[1], "营业执照.jpg") {
			t.Errorf("%s: afterwards %v", x.what, again)
		}
		k.closeDue()
		if n := len(k.letters("receipt")); n != 2 {
			t.Errorf("%s: %d receipts", x.what, n)
		}
	}
}

// TestPurgeShared: what another mail brought as well stays, as that mail's.
func TestPurgeShared(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", "same机要.jpg\n"+pack(unitA, caseA), false)
	k.mail("sw@foshan.example", "same说明.jpg\n"+pack(unitA, caseA), true)
	k.want("AL2024-0001", "complete")
	before := k.get("AL2024-0001")
	if !slices.ContainsFunc(before.Files, func(f File) bool { return f.Mail == "mail-01" && f.Path == "营业执照.jpg" }) {
		t.Fatalf("%+v", before.Files)
	}
	k.purge("mail-01", "sha-same机要.jpg")
	k.want("AL2024-0001", "complete")
	for _, f := range k.get("AL2024-0001").Files {
		if f.Mail == "mail-01" && f.Path != erasedName {
			t.Errorf("%s is left with the erased mail", f.Path)
		}
	}
	if folder := k.get("AL2024-0001").Folder; folder != before.Folder || folder == "" {
		t.Errorf("folder %q, was %q: the other mail has it, too", folder, before.Folder)
	}
	k.purge("mail-02", k.filesOf("mail-02")...)
	if c := k.get("AL2024-0001"); len(c.Active()) != 0 {
		t.Errorf("%+v", c.Active())
	}
}

// TestPurgeOfAssigned: a loose file that a reply assigned to a case goes with the mail
// that brought it, not with the reply.
func TestPurgeOfAssigned(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.mail("sw@foshan.example", "same机要.jpg", false)
	k.sit(func(s *Sitting) {
		c := s.Case("AL2024-0001")
		r := s.Reading("sha-same机要.jpg")
		f := fileOf(Piece{Path: "机要.jpg", SHA256: "sha-same机要.jpg", Bytes: 9}, "机要.jpg", "机要.jpg", r, RoleOther, "", nil)
		f.Mail, f.At = "mail-reply", k.now
		c.merge([]File{f}, true)
		s.Touch(c)
	})
	if cases := k.purge("mail-02", "sha-same机要.jpg"); !slices.Equal(cases, []string{"AL2024-0001"}) {
		t.Errorf("cases %v", cases)
	}
	c := k.get("AL2024-0001")
	if strings.Contains(text(t, c.Files), "机要.jpg\",\"role") || len(c.Active()) != 10 {
		t.Errorf("%s", text(t, c.Files))
	}
	k.want("AL2024-0001", "complete")
}

// TestPurgeNames: rows, closed ones too, the folder and the words on roles tell no names
// of an erased mail; those of other mails stay.
func TestPurgeNames(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA, "照片"), false)
	k.mail("sw@foshan.example", "same照片1.jpg\nsame照片2.jpg\nsame照片3.jpg", true)
	k.sit(func(s *Sitting) {
		c := s.Case("AL2024-0001")
		for _, p := range []string{"照片1.jpg", "照片2.jpg"} {
			f := fileOf(Piece{SHA256: "sha-same" + p}, "same"+p, p, Reading{}, RolePhoto, "", nil)
			f.Mail = "mail-02"
			c.merge([]File{f}, true)
		}
		if !c.rename("LOGO.png", RoleLogo) || !c.rename("same照片1.jpg", RolePromo) {
			t.Fatal(text(t, c.Files))
		}
		s.Touch(c)
		for _, m := range []string{"mail-01", "mail-02"} {
			s.AddRow(Row{ID: "open/" + m, Kind: "problem", Mail: m, Text: unitA})
			s.AddRow(Row{ID: "closed/" + m, Kind: "problem", Mail: m, Text: unitA, Done: "无关"})
		}
	})
	k.purge("mail-01", k.filesOf("mail-01")...)
	c := k.get("AL2024-0001")
	if len(c.Roles) != 1 || c.Roles["same照片1.jpg"] != RolePromo || c.Folder != "" || c.Unit != "" {
		t.Errorf("%s", text(t, c))
	}
	k.look(func(s *Sitting) {
		for id, done := range map[string]string{"open/mail-01": "已清除", "closed/mail-01": "无关", "open/mail-02": "", "closed/mail-02": "无关"} {
			r, _ := s.Row(id)
			if r.Done != done || strings.Contains(r.Text, unitA) != strings.HasSuffix(id, "2") {
				t.Errorf("%+v", r)
			}
		}
	})
}
