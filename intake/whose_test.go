package intake

import (
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
