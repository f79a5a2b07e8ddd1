package review

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/outbox"
)

// roster changes the list of experts, as a confirmed 专家名单 does.
func (h *house) roster(list ...intake.Expert) {
	h.t.Helper()
	h.do(func(b *Bench) {
		b.SetValue("people.experts", list)
		b.Readdress(Experts(b.Settings))
	})
	h.due()
	h.send()
}

// An expert with another address is the same expert: one seat, his scores, his
// further cases; what was open goes to the new address. The old one counts no more.
func TestExpertWithNewAddress(t *testing.T) {
	const fresh = "jia@new.example"
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "0001 27 22 18")
	h.roster(intake.Expert{Name: "甲", Addresses: []string{fresh, "jia.2@a.example"}}, intake.Expert{Name: "乙", Addresses: []string{yi}}, intake.Expert{Name: "丙", Addresses: []string{bing}})
	h.want("requests", strings.Join(h.letters("request/"+jia), "\n"), "request/"+jia+"/1 sent\nrequest/"+jia+"/2 sent")
	h.view(func(b *Bench) {
		l, _, _ := outbox.Letters.Get(b.tx, "request/"+jia+"/2")
		if l.To != fresh {
			t.Errorf("the request goes to %s", l.To)
		}
		if b.MemberOf(jia) != nil {
			t.Error("the old address is still his")
		}
		if s := b.Recipient(l); s == nil || s.Expert != jia {
			t.Errorf("the letter is %v's", s)
		}
	})
	h.mail(fresh, true, "0002 20 20 20")
	h.want("counted", h.counted(), lines("0001 jia 67", "0002 jia 60", "0003"))
	h.record(intake.Change{Cases: []intake.Case{{Number: "AL2024-0004", City: "佛山市", Unit: "佛山市第4陶瓷有限公司", Case: "案例4", Stage: intake.StageEligible}}})
	h.start()
	h.want("members", h.members(), lines("丙 accepted 0001 0002 0003 0004", "乙 accepted 0001 0002 0003 0004", "甲 accepted 0001 0002 0003 0004"))
}

// The address of one expert becomes another's: letters and scores stay whose they are.
func TestAddressPassesOn(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "0001 27 22 18")
	h.roster(intake.Expert{Name: "甲", Addresses: []string{"jia.2@a.example"}}, intake.Expert{Name: "乙", Addresses: []string{yi}}, intake.Expert{Name: "丙", Addresses: []string{bing}},
		intake.Expert{Name: "丁", Addresses: []string{jia}})
	if ok, said := h.order(func(b *Bench) (bool, string) { return b.Replace("乙", "丁") }); !ok {
		t.Fatal(said)
	}
	h.due()
	h.want("members", h.members(), lines("丁 accepted 0001 0002 0003", "丙 accepted 0001 0002 0003", "乙 replaced", "甲 accepted 0001 0002 0003"))
	h.mail(jia, true, "0001 10 10 10")
	h.want("counted", h.counted(), lines("0001 jia 67 jia 30", "0002", "0003")) // of 甲, and of 丁 under a key of his own
	h.view(func(b *Bench) {
		l, _, _ := outbox.Letters.Get(b.tx, "request/"+jia+"/1")
		if s := b.Recipient(l); s == nil || s.Name != "甲" {
			t.Errorf("the first request is taken for %v's", s)
		}
	})
}

// An expert whom a new list leaves out judges on until staff replace him; what he
// must avoid by the new list is told.
func TestListWithoutExpert(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	list := []Expert{{Name: "乙", Addresses: []string{yi}, Avoid: []string{"佛山市第2陶瓷有限公司"}}, {Name: "丙", Addresses: []string{bing}}}
	h.view(func(b *Bench) {
		notes := strings.Join(b.RosterNotes(list), "\n")
		if !strings.Contains(notes, "甲仍在评审中") || !strings.Contains(notes, "作废 乙 AL2024-0002 回避单位：佛山市第2陶瓷有限公司") || strings.Contains(notes, "丙") {
			t.Errorf("notes: %s", notes)
		}
	})
	h.roster(intake.Expert(list[0]), intake.Expert(list[1]))
	h.mail(jia, true, "0001 27 22 18")
	h.want("counted", h.counted(), lines("0001 jia 67", "0002", "0003"))
}

// In a rehearsal all letters go to one tester, and are still whose they are.
func TestRecipientInRehearsal(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Mailbox.RedirectTo = yi })
	h.start()
	n := h.mail(jia, true, "0001 27 22 18")
	claim := h.stranger("丙", "0001 1 1 1")
	h.view(func(b *Bench) {
		for key, want := range map[string]string{"request/" + jia + "/1": "甲", "request/" + bing + "/1": "丙", "echo/" + h.sha(n) + "/" + jia: "甲", "other-address/" + h.sha(claim) + "/" + bing: "丙"} {
			l, ok, _ := outbox.Letters.Get(b.tx, key)
			if s := b.Recipient(l); !ok || l.To != yi || s == nil || s.Name != want {
				t.Errorf("%s to %s is taken for %v's", key, l.To, s)
			}
		}
		if s := b.Recipient(outbox.Letter{Key: "digest/2024-11-04/" + jia, To: jia}); s != nil {
			t.Errorf("a letter that is none of the judging is %s's", s.Name)
		}
	})
}
