package review_test

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/review"
	"anli/templates"
)

func TestPublicise(t *testing.T) {
	o := newOffice(t, six, nil)
	o.is("before 入选", o.publicises(), "✗ 尚未确定入选名单，请先“入选”")
	o.selects(4)
	o.look(func(b *review.Bench) {
		effects, basis, why := b.Publicity()
		o.is("why", why, "")
		shown := strings.Join(effects, "\n")
		for _, piece := range []string{"公示4个", "公示期2024年11月21日至2024年11月27日（5个工作日）", "依据：会议纪要〔2024〕12号"} {
			if !strings.Contains(shown, piece) {
				t.Errorf("%q lacks %q", shown, piece)
			}
		}
		b.Now = at("2024-11-21 10:00")
		if _, later, _ := b.Publicity(); later == basis {
			t.Error("on another day the period is another, and has to be shown anew")
		}
	})
	o.does("公示", o.publicises())
	o.is("stages", o.stages(), "publicised publicised publicised publicised reviewed reviewed")
	o.is("公示 again", o.publicises(), "✗ 已于11月20日确定公示，没有新入选的案例，无需重复；如需增补，请先重新“入选”")
	o.is("letters", len(o.letters("publicity/")), 2)
	letter := o.letters("publicity/")[0]
	var d templates.Publicity
	if err := intake.Body(letter, &d); err != nil {
		t.Fatal(err)
	}
	// By field in the call's order, then by unit in pinyin: bai before zhong, a before fo.
	o.is("the list", d.List, []templates.ListRow{
		{Field: "电子商务企业", Unit: "佛山陶瓷有限公司", Case: "案例2", City: "佛山市"},
		{Field: "电子商务企业", Unit: "广州百货有限公司", Case: "案例4", City: "广州市"},
		{Field: "电商平台", Unit: "阿里山茶业有限公司", Case: "案例3", City: "佛山市"},
		{Field: "电商平台", Unit: "中山电商有限公司", Case: "案例1", City: "广州市"},
	})
	d.Notice.List = nil
	o.is("the notice", d.Notice, templates.NoticeData{Office: "广东省商务厅", Division: "电子商务处", Title: "广东省电子商务优秀案例", Year: "2024", Call: "广东省商务厅关于征集广东省电子商务优秀案例的通知",
		Document: "粤商务电函〔2024〕143号", First: "案例2", Count: 4, From: "2024年11月21日", To: "2024年11月27日", Days: 5, Contact: "某某", Phone: "020-38000000",
		Email: "anli@gd.example", Address: "广州市某路1号", Supervision: "020-38000001", Date: "2024年11月21日"})
	words, err := intake.Words(letter)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"95", "90", "80", "甲", "名次：", "并列"} {
		if strings.Contains(words.Text, secret) {
			t.Errorf("the letter shows %q", secret)
		}
	}
}

// The period counts working days: a holiday and a weekend are none, a weekend that
// is worked is one.
func TestPeriod(t *testing.T) {
	for _, x := range []struct {
		now, from, until string
		days             int
	}{
		{"2024-11-20 10:00", "2024-11-21 00:00", "2024-11-27 23:59", 0}, // five by default
		{"2024-11-22 17:00", "2024-11-25 00:00", "2024-12-02 23:59", 0}, // Friday; the 29th is a holiday
		{"2024-11-23 09:00", "2024-11-25 00:00", "2024-11-26 23:59", 2}, // Saturday
		{"2024-11-28 09:00", "2024-11-30 00:00", "2024-12-03 23:59", 3}, // Saturday the 30th is worked
	} {
		o := newOffice(t, six, func(s *intake.Settings) {
			s.Review.PublicityDays = x.days
			if strings.HasPrefix(x.now, "2024-11-28") {
				s.Calendar.Workdays = []string{"2024-11-30"}
			}
		})
		o.now = at(x.now)
		o.selects(1)
		o.does("公示", o.publicises())
		o.look(func(b *review.Bench) {
			o.is(x.now, b.List.Public.From.Format("2006-01-02 15:04")+" "+b.List.Public.Until.Format("2006-01-02 15:04"), x.from+" "+x.until)
		})
	}
}

// What happened to the selected meanwhile is seen before they are public.
func TestPubliciseLooksAgain(t *testing.T) {
	o := newOffice(t, six, nil)
	o.selects(2)
	o.keeps(review.Filing{Cases: []string{code(1)}, Source: "来信", Content: "数据不实"})
	o.is("公示", o.publicises(), "✗ AL2024-0001（中山电商有限公司）有未办结的异议，请重新“入选”")
	o.concludes(wei, code(1), review.Dismissed, "经核查属实")
	o.does("公示", o.publicises())
}
