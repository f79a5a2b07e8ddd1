package review_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/intake"
	"anli/parser/mail"
	"anli/review"
	"anli/templates"
)

func TestAward(t *testing.T) {
	o := public(t, nil)
	o.is("in the period", o.awards(), "✗ 公示期至2024年11月27日，尚未期满")
	o.keeps(review.Filing{Cases: []string{code(2)}, Source: "电话", Content: "造假"})
	o.is("due", o.to("2024-11-28 09:00"), []string{"11-28 00:00 publicity-over"})
	o.is("with an objection", o.awards(), "✗ 尚有异议未办结：YY2024-001（AL2024-0002）")
	o.concludes(wei, code(2), review.Upheld, "合同系伪造")
	o.look(func(b *review.Bench) {
		effects, _, why := b.Awarding()
		shown := strings.Join(effects, "\n")
		for _, piece := range []string{"认定3个：AL2024-0004", "未入选3个：AL2024-0002", "曾公示而不认定：AL2024-0002", "向2个市各发一封结果通知", "逐封待贵处放行", "没有登记邮箱、须另行告知的市：东莞市", "分1封邮件"} {
			if !strings.Contains(shown, piece) {
				t.Errorf("%q lacks %q", shown, piece)
			}
		}
		o.is("why", why, "")
	})
	o.does("认定", o.awards())
	o.is("stages", o.stages(), "awarded not-selected awarded awarded not-selected not-selected")
	o.is("again", o.awards(), "✗ 已于11月28日认定，无需重复")
	o.is("rows", o.rows(), []string{"award-untold"})

	o.look(func(b *review.Bench) {
		var said []string
		for _, d := range b.Decided() {
			said = append(said, strings.TrimSpace(strings.Join([]string{d.At.Format("01-02"), d.Case, d.Verb, d.Item, d.Reason, d.By}, " ")))
		}
		o.is("words on the list", said, []string{
			"11-20  入选 AL2024-0001、AL2024-0002、AL2024-0003、AL2024-0004 会议纪要〔2024〕12号 " + wei,
			"11-20  公示 4个，2024年11月21日至2024年11月27日  " + wei,
			"11-20 AL2024-0002 登记异议 YY2024-001  " + wei, "11-28 AL2024-0002 异议成立 YY2024-001 合同系伪造 " + wei, "11-28  认定 3个  " + wei})
	})
	var got []string
	for _, l := range o.letters("award/") {
		var d templates.Award
		if err := intake.Body(l, &d); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(l.To, " ", l.Hold, " ", d.City, " ", names(d.Cases), " ", names(d.NotSelected), " ", l.Cases))
	}
	o.is("letters to bureaus", got, []string{
		"fs@fs.example approve 佛山市 [AL2024-0003] [AL2024-0002] [AL2024-0003 AL2024-0002]",
		"gz@gz.example approve 广州市 [AL2024-0004 AL2024-0001] [AL2024-0006] [AL2024-0004 AL2024-0001 AL2024-0006]"})
	o.is("objection after 认定", o.keeps(review.Filing{Cases: []string{code(1)}, Source: "电话", Content: "造假"}), "✗ 已于11月28日认定，此后的异议请按规定另行办理，未登记。")
	o.is("conclusion after 认定", o.concludes(wei, "YY2024-001", review.Dismissed, "误录"), "✗ 已于11月28日认定，YY2024-001的结论不能再改，未执行。")
}

func names(list []templates.CaseName) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Number)
	}
	return out
}

// A letter to a city is about its own cases alone.
func TestAwardLettersKeepToTheirCity(t *testing.T) {
	o := public(t, nil)
	o.to("2024-11-28 09:00")
	o.awards()
	for _, l := range o.letters("award/") {
		words, err := intake.Words(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range six {
			own := strings.Contains(l.Key, e.city)
			if strings.Contains(words.Text+words.HTML, e.unit) != own {
				t.Errorf("%s: names %s: %v", l.Key, e.unit, !own)
			}
		}
	}
}

// packs are what the letters of the pack brought to whom, a line a letter with the
// files of its archive.
func (o *office) packs() (out []string, size int) {
	o.t.Helper()
	for _, l := range o.letters("award-pack/") {
		raw := o.raw(l)
		size = max(size, len(raw))
		msg, err := mail.Read(bytes.NewReader(raw), mail.Limits{}, func(r io.Reader) (string, int64, error) {
			data, err := io.ReadAll(r)
			if z, bad := zip.NewReader(bytes.NewReader(data), int64(len(data))); bad == nil && l.Template == "award-pack" && len(z.File) > 0 && strings.HasPrefix(z.File[0].Name, "[") {
				for _, f := range z.File {
					out = append(out, l.To+" "+f.Name)
					in, err := f.Open()
					if err != nil {
						o.t.Fatal(err)
					}
					if _, err := io.ReadAll(in); err != nil { // the checksum holds
						o.t.Error(err)
					}
				}
			}
			return o.order(), int64(len(data)), err
		})
		if err != nil || len(msg.Attachments) == 0 {
			o.t.Fatalf("%s: %d attachments, %v", l.Key, len(msg.Attachments), err)
		}
	}
	return out, size
}

func TestAwardPack(t *testing.T) {
	o := public(t, nil).pictured()
	o.to("2024-11-28 09:00")
	o.awards()
	o.is("due", o.to("2024-11-28 09:01"), []string{"11-28 09:00 award-pack/0/1"})
	got, _ := o.packs()
	want := []string{}
	for _, folder := range []string{"[案例]-佛山陶瓷有限公司+案例2", "[案例]-广州百货有限公司+案例4", "[案例]-阿里山茶业有限公司+案例3", "[案例]-中山电商有限公司+案例1"} {
		for _, f := range []string{"案例简介.docx", "LOGO.png", "照片1.jpg", "照片2.jpg", "照片3.jpg", "宣传图片1.jpg", "宣传图片2.jpg", "宣传图片3.png"} {
			if !strings.Contains(folder, "陶瓷") || f != "照片3.jpg" {
				want = append(want, wei+" "+folder+"/"+f)
			}
		}
	}
	o.is("the pack", got, want)
	var d templates.AwardPack
	if err := intake.Body(o.letters("award-pack/")[0], &d); err != nil {
		t.Fatal(err)
	}
	o.is("lacking", []string{d.Cases[0].Note, d.Cases[1].Note}, []string{"照片少1个", ""})
	o.is("of the second", []int{d.Cases[1].Logos, d.Cases[1].Photos, d.Cases[1].Promos}, []int{1, 3, 3})
	o.is("the list", len(d.List), 4)
	// Photos stand in the order of their figures: 9, 10, 11.
	o.look(func(b *review.Bench) {
		c := []*intake.Case{b.Case(code(4))}
		var bytes []int64
		for _, f := range review.PackFiles(c, func(*intake.Case) []byte { return []byte("page") }) {
			if f.Role == intake.RolePhoto {
				bytes = append(bytes, f.Bytes)
			}
		}
		o.is("photos", bytes, []int64{int64(len("照片/9.jpg of case 4")), int64(len("照片/10.jpg of case 4")), int64(len("照片/11.JPG of case 4"))})
	})
	// Another member of staff may have it, too.
	o.do(func(b *review.Bench) { o.is("said", b.OrderPack(na), "宣传材料另分1封邮件发送。") })
	o.is("due", o.to("2024-11-28 09:02"), []string{"11-28 09:01 award-pack/1/1"})
}

// big gives the cases of an office pictures of so many bytes.
func (o *office) big(size int, cases ...int) {
	o.do(func(b *review.Bench) {
		for _, n := range cases {
			c := b.Case(code(n))
			roles := []intake.Role{intake.RoleLogo, intake.RolePhoto, intake.RolePhoto, intake.RolePhoto, intake.RolePromo, intake.RolePromo, intake.RolePromo}
			for i, role := range roles {
				data := bytes.Repeat([]byte{byte(n), byte(i)}, size/2)
				sha, err := o.l.Blobs().PutBytes(data)
				if err != nil {
					o.t.Fatal(err)
				}
				c.Files = append(c.Files, intake.File{Path: fmt.Sprint(i, ".png"), Role: role, SHA256: sha, Bytes: int64(len(data))})
			}
			b.Touch(c)
		}
	})
}

// However large the pictures are, no letter is above the limit, nothing goes
// twice, and what fits in no mail is named.
func TestAwardPackInParts(t *testing.T) {
	for _, x := range []struct {
		what        string
		size, limit int
		mails       int
		left        string
	}{
		{"one mail", 10 << 10, 1, 1, ""},
		{"a case a mail", 60 << 10, 1, 4, ""},
		{"cases parted", 90 << 10, 1, 5, ""},
		{"more than five mails", 200 << 10, 1, 1, ""},
		{"pictures above a mail's size", 700 << 10, 1, 1, "LOGO.png未能随信发送"},
	} {
		o := newOffice(t, six, func(s *intake.Settings) { s.Limits.Letter = x.limit })
		o.big(x.size, 1, 2, 3, 4)
		o.selects(4)
		o.publicises()
		o.to("2024-11-28 09:00")
		o.awards()
		o.to("2024-11-28 09:10")
		files, size := o.packs()
		if size > x.limit<<20 {
			t.Errorf("%s: a letter has %d bytes", x.what, size)
		}
		slices.Sort(files)
		o.is(x.what+": twice", len(slices.Compact(slices.Clone(files))), len(files))
		letters := o.letters("award-pack/")
		o.is(x.what, len(letters), x.mails)
		var d templates.AwardPack
		if err := intake.Body(letters[0], &d); err != nil {
			t.Fatal(err)
		}
		if x.what == "more than five mails" {
			o.is("zips", []int{len(d.Zips), d.Parts, len(files), len(d.Cases)}, []int{0, 0, 0, 4})
		}
		if !strings.Contains(fmt.Sprint(d.Cases), x.left) {
			t.Errorf("%s: %v", x.what, d.Cases)
		}
	}
}

// Where every objection was upheld nobody is awarded, and no pack goes.
func TestAwardNobody(t *testing.T) {
	o := newOffice(t, six, nil)
	o.selects(1)
	o.publicises()
	o.keeps(review.Filing{Cases: []string{code(1)}, Source: "电话", Content: "造假"})
	o.concludes(wei, code(1), review.Upheld, "合同系伪造")
	o.to("2024-11-28 09:00")
	o.look(func(b *review.Bench) {
		effects, _, _ := b.Awarding()
		o.is("pack", effects[len(effects)-1], "没有可认定的案例，不寄送宣传材料")
	})
	o.does("认定", o.awards())
	o.is("due", len(o.to("2024-11-28 10:00")), 0)
}

// What fits in no mail is named in the first, and nowhere else.
func TestAwardPackLeavesOnce(t *testing.T) {
	o := newOffice(t, six, func(s *intake.Settings) { s.Limits.Letter = 1 })
	o.big(700<<10, 3)
	o.big(60<<10, 1, 2, 4)
	o.selects(4)
	o.publicises()
	o.to("2024-11-28 09:00")
	o.awards()
	o.to("2024-11-28 09:10")
	var got []string
	for _, l := range o.letters("award-pack/") {
		var d templates.AwardPack
		if err := intake.Body(l, &d); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(d.Part, "/", d.Parts, " ", strings.Count(fmt.Sprint(d.Cases), "未能随信发送")))
	}
	o.is("named", got, []string{"1/3 7", "2/3 0", "3/3 0"})
}

// Pictures whose bytes are gone are named; the rest goes.
func TestAwardPackWithoutBytes(t *testing.T) {
	o := newOffice(t, six, nil).pictured()
	o.do(func(b *review.Bench) {
		c := b.Case(code(1))
		c.Files[0].SHA256 = strings.Repeat("0", 64)
		b.Touch(c)
	})
	o.selects(1)
	o.publicises()
	o.to("2024-11-28 09:00")
	o.awards()
	o.to("2024-11-28 09:10")
	files, _ := o.packs()
	o.is("files", len(files), 7)
	var d templates.AwardPack
	if err := intake.Body(o.letters("award-pack/")[0], &d); err != nil {
		t.Fatal(err)
	}
	o.is("note", d.Cases[0].Note, "LOGO.png未能随信发送，请运维人员用 anli export 导出")
	o.is("logos", d.Cases[0].Logos, 0)
}

// A rebuild makes the archives of recorded letters anew, byte for byte.
func TestAwardPackAgain(t *testing.T) {
	o := newOffice(t, six, func(s *intake.Settings) { s.Limits.Letter = 1 })
	o.big(60<<10, 1, 2, 3, 4)
	o.selects(4)
	o.publicises()
	o.to("2024-11-28 09:00")
	o.awards()
	o.to("2024-11-28 09:10")
	for _, l := range o.letters("award-pack/") {
		o.look(func(b *review.Bench) {
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

// Whatever staff and strangers do in whatever order, stages move only as they may
// (watch), nobody is awarded who was not public or whose objection is open, and no
// city hears of another's cases.
func TestAnyOrder(t *testing.T) {
	awarded, upheld := 0, 0
	for seed := range uint64(14) {
		r := rand.New(rand.NewPCG(seed, 7))
		o := newOffice(t, six, func(s *intake.Settings) { s.Review.PublicityDays, s.Review.ObjectionDays = 1+r.IntN(3), 1+r.IntN(3) })
		if seed%2 == 0 {
			o.selects(2 + 2*r.IntN(2))
			o.publicises()
		}
		for range 50 {
			o.now = o.now.Add(time.Duration(r.IntN(600)) * time.Minute)
			o.step(r)
		}
		o.look(func(b *review.Bench) {
			for _, c := range b.Cases("") {
				if c.Stage == intake.StageAwarded && (!noticed(b, c.Number) || c.Has(intake.HoldObjection)) {
					t.Errorf("seed %d: %s is awarded", seed, c.Number)
				}
			}
			if b.List.Award != nil {
				awarded++
			}
			against := map[string]bool{}
			for _, x := range b.Objections() {
				against[x.Case] = against[x.Case] || x.Ending == review.Upheld
			}
			for _, c := range b.Cases("") {
				if out := c.Stage == intake.StageNotSelected; b.List.Award == nil && out != against[c.Number] {
					t.Errorf("seed %d: %s is %s, and an objection to it is upheld: %v", seed, c.Number, c.Stage, against[c.Number])
				}
			}
			for _, x := range b.Objections() {
				open := x.Ending == ""
				if x.Ending == review.Upheld {
					upheld++
				}
				if open && !b.Case(x.Case).Has(intake.HoldObjection) || open && b.List.Award != nil {
					t.Errorf("seed %d: %s is open, and its case does not wait", seed, x.Number)
				}
			}
		})
	}
	if awarded < 3 || upheld < 3 {
		t.Errorf("only %d seeds come to 认定, %d objections are upheld: too few to show anything", awarded, upheld)
	}
}

// noticed: a notice named the case, and its period is over.
func noticed(b *review.Bench, number string) bool {
	l := b.List
	if l.Public == nil {
		return false
	}
	for _, p := range append([]review.Publicity{*l.Public}, l.Further...) {
		if slices.Contains(p.Numbers, number) {
			return p.Until.Before(l.Award.At)
		}
	}
	return false
}

func (o *office) step(r *rand.Rand) {
	n := code(1 + r.IntN(6))
	by := []string{wei, na}[r.IntN(2)]
	ends := []review.ObjectionWord{review.Upheld, review.Dismissed, review.Dismissed}
	switch r.IntN(10) {
	case 0:
		o.selects(1 + r.IntN(6))
	case 1:
		o.selects(0, n, code(1+r.IntN(6)))
	case 2:
		o.publicises()
	case 3:
		o.keeps(review.Filing{Cases: []string{n}, Source: "电话", Content: "造假"})
	case 4, 5, 6, 7:
		id := n
		if r.IntN(3) > 0 {
			id = fmt.Sprintf("YY2024-%03d", 1+r.IntN(6))
		}
		o.concludes(by, id, ends[r.IntN(len(ends))], "经核查")
	case 8:
		o.awards()
	case 9:
		now := o.now
		o.to(now.Format("2006-01-02 15:04"))
		o.now = now
	}
}
