package intake

import (
	"strings"
	"testing"

	"anli/intake/outbox"
)

// liaison serves 佛山 and 广州 with one address.
const liaison = "liaison@pearl.example"

// sharedCourt is one in which one address serves two cities.
func sharedCourt(t *testing.T) *court { return courtWith(t, sharedSettings()) }

func sharedSettings() Settings {
	s := courtSettings()
	for i := range s.People.Bureaus {
		s.People.Bureaus[i].Addresses = append(s.People.Bureaus[i].Addresses, liaison)
	}
	return s
}

// TestCityFor: which of a writer's cities a mail is for. The notice asks bureaus to
// report their own city's cases (五、（二）).
func TestCityFor(t *testing.T) {
	k := sharedCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	for _, x := range []struct{ why, from, subject, fresh, files, answers, want, several string }{
		{"one city's address, whatever it names", "sw@foshan.example", "广州市材料", "广州", "广州/照片1.jpg: photo", "", "佛山市", ""},
		{"nobody's address", "x@else.example", "广州市材料", "", "", "", "", ""},
		{"the folder", liaison, "报送案例", "", "佛山市报送/某公司/LOGO.png: logo", "", "佛山市", ""},
		{"the form's unit", liaison, "报送案例", "", "申报表.docx: form 广州市某电商公司/内容电商", "", "广州市", ""},
		{"a subject and a folder that contradict each other", liaison, "广州市优秀案例", "", "佛山人家食品公司/LOGO.png: logo", "", "", ""},
		{"an answer to one city's letter with another's folder", liaison, "回复", "", "广州市某公司/LOGO.png: logo", "AL2024-0001", "", ""},
		{"two packages, one of which names none", liaison, "报送案例", "", "[案例]-佛山市某陶公司+陶瓷/申报表.docx: form 佛山市某陶公司/陶瓷\n[案例]-某石公司+石材/申报表.docx: form 某石公司/石材", "", "", ""},
		{"the same, and a subject that tells", liaison, "佛山市报送案例", "", "[案例]-佛山市某陶公司+陶瓷/申报表.docx: form 佛山市某陶公司/陶瓷\n[案例]-某石公司+石材/申报表.docx: form 某石公司/石材", "", "佛山市", ""},
		{"a name and a code that differ", liaison, "报送案例", "", "佛山市某公司/LOGO.png: logo\n营业执照.pdf: license 91440101MA5AQ3UL8L", "", "", "佛山市、广州市"},
		{"the credit code", liaison, "报送案例", "", "营业执照.pdf: license 91440101MA5AQ3UL8L", "", "广州市", ""},
		{"a case's number", liaison, "补充材料 AL2024-0001", "广州来信", "照片1.jpg: photo", "", "佛山市", ""},
		{"the letter that is answered", liaison, "回复", "见附件。广州市商务局", "照片1.jpg: photo", "AL2024-0001", "佛山市", ""},
		{"the text, where nothing else tells", liaison, "报送案例", "现报送佛山市案例材料。", "申报表.docx: form 某电商公司/内容电商", "", "佛山市", ""},
		{"nothing", liaison, "报送案例", "见附件。", "申报表.docx: form 某电商公司/内容电商", "", "", ""},
		{"two in the text, as in a signature", liaison, "报送案例", "现报送佛山市案例。\n广州市商务局", "照片1.jpg: photo", "", "", ""},
		{"a city he does not serve", liaison, "中山市材料", "", "照片1.jpg: photo", "", "", ""},
		{"material of two cities", liaison, "报送案例", "佛山", "佛山市某公司/LOGO.png: logo\n广州市某公司/LOGO.png: logo", "", "", "佛山市、广州市"},
		{"a folder of one and a unit of another", liaison, "报送案例", "", "佛山/LOGO.png: logo\n申报表.docx: form 广州市某电商公司/内容电商", "", "", "佛山市、广州市"},
	} {
		var pieces []Piece
		if x.files != "" {
			pieces = k.d.pieces(x.files)
		}
		k.look(func(s *Sitting) {
			for _, p := range pieces {
				s.Learn([]Reading{k.d.reading(p.SHA256)})
			}
			var answered []outbox.Letter
			if x.answers != "" {
				answered = []outbox.Letter{{Key: "progress/x/" + liaison, Cases: []string{x.answers}}}
			}
			city, several := s.CityFor(&Mail{From: x.from, Subject: x.subject, Fresh: x.fresh}, pieces, answered, nil)
			if city != x.want || strings.Join(several, "、") != x.several {
				t.Errorf("%s: %q %q, want %q %q", x.why, city, several, x.want, x.several)
			}
		})
	}
}

// TestSharedAddress: an address of two cities is served as each city's own.
func TestSharedAddress(t *testing.T) {
	k := sharedCourt(t)
	k.look(func(s *Sitting) {
		if !s.Settings.Serves(liaison, "佛山市") || !s.Settings.Serves(liaison, "广州市") || s.Settings.Serves(liaison, "中山市") || s.Settings.CityOf(liaison) != "" {
			t.Error("whose address", s.Settings.CitiesOf(liaison))
		}
	})
	k.sit(func(s *Sitting) {
		s.SetValue("retired.sw@foshan.example", true)
		s.SetValue("retired.sw@guangzhou.example", true)
	})
	k.now = zoned("2024-10-23 08:30:00") // seven days before the deadline
	k.sit(func(s *Sitting) { s.Remind(false) })
	k.look(func(s *Sitting) {
		var cities []string
		for _, u := range s.OpenLetters() {
			if u.Letter.To == liaison && u.Letter.Template == reminderNone {
				cities = append(cities, s.cityOfLetter(u.Letter))
			}
		}
		if len(cities) != 2 || cities[0] == cities[1] {
			t.Errorf("reminded of %v, want both cities", cities)
		}
	})
}
