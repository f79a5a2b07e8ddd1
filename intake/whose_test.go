package intake

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// A unit's second case is a case of its own, whatever the mail's words name.
func TestSecondCaseOfAUnit(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.now = k.now.Add(time.Hour)
	k.brings("sw@foshan.example", "申报表.docx: form "+unitA+"/县域直播基地共建共享模式", func(in *Incoming) {
		in.Fresh = "现报送" + unitA + "的另一个案例。"
	})
	k.want("AL2024-0001", "complete")
	k.look(func(s *Sitting) {
		if c := s.Case("AL2024-0002"); c == nil || c.Case != "县域直播基地共建共享模式" {
			t.Errorf("the second case is %+v", c)
		}
	})
}

// A file goes to the case that lacks one like it, unless it says that it is another's.
func TestWhoseFile(t *testing.T) {
	const third, thirdCase = "佛山市某岭南灯饰有限公司", "灯饰设计众包平台"
	for _, x := range []struct{ why, file, owner string }{
		{"a licence, and one case lacks it", "营业执照.jpg", "AL2024-0002"},
		{"named after the case", unitB + "营业执照.jpg", "AL2024-0002"},
		{"named after the other", unitA + "营业执照.jpg", "AL2024-0001"},
		{"named after a unit of which nothing is asked", third + "营业执照.jpg", ""},
		{"a licence that names another unit", "营业执照.pdf: license 91440605MA4X12347X/" + third, ""},
	} {
		k := newCourt(t)
		k.mail("sw@foshan.example", pack(unitA, caseA, "LOGO"), false)
		k.mail("sw@foshan.example", pack(unitB, caseB, "营业执照"), false)
		k.mail("sw@foshan.example", pack(third, thirdCase), false)
		k.now = k.now.Add(time.Hour)
		k.brings("sw@foshan.example", x.file, func(in *Incoming) {
			in.Thread, in.Proof = []string{"AL2024-0001", "AL2024-0002"}, true
		})
		name, _, _ := strings.Cut(x.file, ":")
		owner := ""
		k.look(func(s *Sitting) {
			for _, c := range s.Cases("") {
				for _, f := range c.Files {
					if f.Path == name && f.Mail == "mail-04" && f.Standing == StandingActive {
						owner = c.Number
					}
				}
			}
		})
		if owner != x.owner {
			t.Errorf("%s: it is %q's, want %q", x.why, owner, x.owner)
		}
	}
}

// Words that mails are full of name no case.
func TestNamedBy(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack("佛山市大数据科技有限公司", "直播电商"), false)
	k.mail("sw@foshan.example", pack(unitB, caseB), false)
	for _, x := range []struct {
		why, fresh string
		thread     []string
		want       string
	}{
		{"a short name", "现报送大数据产业相关材料。", nil, ""},
		{"a short title", "我市直播电商案例材料。", nil, ""},
		{"the whole name", "补充佛山市大数据科技有限公司的照片。", nil, "AL2024-0001"},
		{"the number", "补充AL2024-0001的照片。", nil, "AL2024-0001"},
		{"a short name in its thread", "大数据的照片。", []string{"AL2024-0001"}, "AL2024-0001"},
		{"a name of none in the thread", "补充佛山市大数据科技有限公司的照片。", []string{"AL2024-0002"}, ""},
		{"a number of none in the thread", "补充AL2024-0001的照片。", []string{"AL2024-0002"}, "AL2024-0001"},
	} {
		k.look(func(s *Sitting) {
			var got []string
			for _, c := range s.whose(Incoming{Mail: &Mail{Subject: "报送材料"}, City: "佛山市", Fresh: x.fresh, Thread: x.thread}) {
				got = append(got, c.Number)
			}
			if strings.Join(got, " ") != x.want {
				t.Errorf("%s: %v, want %q", x.why, got, x.want)
			}
		})
	}
}

// Two sets are told apart by all of their subjects but the place in the set.
func TestSetName(t *testing.T) {
	for _, x := range []struct {
		a, b string
		same bool
	}{
		{"佛山案例材料（第1封，共3封）", "佛山案例材料（第3封，共3封）", true},
		{"佛山案例材料(1/3)", "佛山案例材料(3/3)", true},
		{"案例一 第1封共2封", "案例二 第2封共2封", false},
		{"AL案例1 第1封共2封", "AL案例2 第2封共2封", false},
		{"10月14日报送 第1封", "10月15日报送 第1封", false},
	} {
		if got := setName(x.a) == setName(x.b); got != x.same {
			t.Errorf("%q and %q: %v (%q, %q)", x.a, x.b, got, setName(x.a), setName(x.b))
		}
	}
}

// One of an announced set that comes twice does not make it whole.
func TestRepeatedPart(t *testing.T) {
	k := newCourt(t)
	for _, x := range []struct{ subject, unit, title string }{{"报送案例（1/3）", unitA, caseA}, {"报送案例（1/3）", unitA, caseA}, {"报送案例（2/3）", unitB, caseB}} {
		k.brings("sw@foshan.example", pack(x.unit, x.title), func(in *Incoming) { in.Mail.Subject = x.subject })
	}
	k.look(func(s *Sitting) {
		bursts := s.openBursts("sw@foshan.example")
		if len(bursts) != 1 || bursts[0].came() != 2 || !bursts[0].lacksMails() {
			t.Errorf("%+v", bursts)
		}
	})
}

// In a thread of one case, too, a file that names another is asked about, and takes the
// place of nothing; what lies beside it is the case's.
func TestStray(t *testing.T) {
	const other = "佛山市某岭南灯饰有限公司"
	for _, x := range []struct{ why, subject, files, taken string }{
		{"a licence of nobody's name", "回复：材料", "营业执照.jpg", "营业执照.jpg"},
		{"named after the case", "回复：材料", unitA + "营业执照.jpg", unitA + "营业执照.jpg"},
		{"a file named by a word that is another's title", "回复：材料", "直播电商照片.jpg", "直播电商照片.jpg"},
		{"named after another's unit", "回复：材料", other + "营业执照.jpg", ""},
		{"in answer to a receipt of one case", "回复：【已收到 AL2024-0001】材料齐全", other + "营业执照.jpg", ""},
		{"a licence that names another unit", "回复：【已收到 AL2024-0001】材料齐全", "营业执照.pdf: license 91440605MA4X12347X/" + other, ""},
		{"a photograph beside it", "回复：【已收到 AL2024-0001】材料齐全", other + "营业执照.jpg\n照片9.jpg", "照片9.jpg"},
	} {
		k := newCourt(t)
		k.mail("sw@foshan.example", pack(unitA, caseA), false)
		k.mail("sw@foshan.example", pack(other, "直播电商"), false)
		k.now = k.now.Add(time.Hour)
		k.brings("sw@foshan.example", x.files, func(in *Incoming) {
			in.Mail.Subject, in.Thread, in.Proof = x.subject, []string{"AL2024-0001"}, true
		})
		var taken []string
		k.look(func(s *Sitting) {
			for _, f := range s.Case("AL2024-0001").Files {
				if f.Mail == "mail-03" {
					taken = append(taken, f.Path)
				}
			}
			asked := false
			for _, b := range s.openBursts("sw@foshan.example") {
				for _, f := range b.Problems {
					asked = asked || f.Code == "file-unassigned"
				}
			}
			if stray := strings.Contains(x.files, other); asked != stray {
				t.Errorf("%s: asked is %v", x.why, asked)
			}
		})
		if strings.Join(taken, " ") != x.taken {
			t.Errorf("%s: the case has %v of it, want %q", x.why, taken, x.taken)
		}
	}
}

// So is one that follows in a mail of its own.
func TestStrayInBurst(t *testing.T) {
	const other = "佛山市某岭南灯饰有限公司"
	for _, x := range []struct{ file, owner string }{{other + "营业执照.jpg", ""}, {"营业执照.jpg", "AL2024-0002"}, {unitA + "营业执照.jpg", "AL2024-0002"}} {
		k := newCourt(t)
		k.mail("sw@foshan.example", pack(other, caseB), false)
		k.now = k.now.Add(time.Hour)
		k.mail("sw@foshan.example", pack(unitA, caseA, "LOGO"), false)
		k.mail("sw@foshan.example", x.file, false)
		k.look(func(s *Sitting) {
			owner := ""
			for _, c := range s.Cases("") {
				if slices.ContainsFunc(c.Files, func(f File) bool { return f.Mail == "mail-03" }) {
					owner = c.Number
				}
			}
			if owner != x.owner {
				t.Errorf("%s is %q's, want %q", x.file, owner, x.owner)
			}
		})
	}
}

// Two sets that come mixed are two: neither's first mail is the other's once more.
func TestMixedSets(t *testing.T) {
	k := newCourt(t)
	for _, subject := range []string{"案例一材料（1/2）", "案例二材料（1/2）"} {
		k.brings("sw@foshan.example", pack(unitA, caseA), func(in *Incoming) { in.Mail.Subject = subject })
	}
	k.look(func(s *Sitting) {
		for _, b := range s.openBursts("sw@foshan.example") {
			if b.Repeats > 0 {
				t.Errorf("%+v", b)
			}
		}
	})
}

// The rest of a set is waited for three days; then a like subject is another set's.
func TestResume(t *testing.T) {
	for _, x := range []struct {
		later  time.Duration
		before int
	}{{4 * time.Hour, 1}, {4 * 24 * time.Hour, 0}} {
		k := newCourt(t)
		k.brings("sw@foshan.example", pack(unitA, caseA), func(in *Incoming) { in.Mail.Subject = "佛山材料（1/3）" })
		k.now = k.now.Add(2 * time.Hour)
		k.sit(func(s *Sitting) { s.CloseBurst(s.openBurst("sw@foshan.example", "佛山市").ID) })
		k.now = k.now.Add(x.later)
		k.brings("sw@foshan.example", pack(unitB, caseB), func(in *Incoming) { in.Mail.Subject = "佛山材料（2/3）" })
		k.look(func(s *Sitting) {
			if all := s.openBursts("sw@foshan.example"); len(all) != 1 || all[0].Before != x.before {
				t.Errorf("after %v: %+v", x.later, all)
			}
		})
	}
}

// A mail that is taken in anew opens a burst of its own, however often it was answered.
func TestBurstID(t *testing.T) {
	k := newCourt(t)
	in := Incoming{Mail: &Mail{SHA256: "m"}, City: "佛山市", Address: "sw@foshan.example"}
	seen := map[string]bool{}
	for range 3 {
		k.sit(func(s *Sitting) {
			b := s.burstFor(in)
			if seen[b.ID] {
				t.Errorf("%s is used again", b.ID)
			}
			seen[b.ID], b.Closed = true, true
		})
	}
}

// What an earlier mail of the burst lacked is nothing that a later one brought.
func TestReceiveByItself(t *testing.T) {
	k := newCourt(t)
	said := func(in Incoming) (said bool) {
		k.sit(func(s *Sitting) {
			in.Mail = s.Record(Mail{SHA256: in.Fresh, MessageID: in.Fresh, From: in.Address, Arrival: k.now, Sent: k.now, Route: RouteSubmission})
			said = s.Receive(in)
		})
		return said
	}
	if !said(Incoming{City: "佛山市", Address: "sw@foshan.example", Fresh: "材料见附件", Announce: true}) {
		t.Error("a mail without its files has an answer")
	}
	if said(Incoming{City: "佛山市", Address: "sw@foshan.example", Fresh: "那个按上次说的办"}) {
		t.Error("a sentence that nobody understood counts as answered")
	}
}
