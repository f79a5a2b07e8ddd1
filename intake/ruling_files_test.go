package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anli/intake/outbox"
)

// threeCases: 0001 complete; 0002 the same unit's again, later, with a licence of its
// own and a scan, without photographs; 0003 another unit's, late.
func threeCases(t *testing.T) *court {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.now = zoned("2024-10-20 09:00:00")
	k.mail("sw@foshan.example", pack(unitA, "直播电商带动家居出海", "照片", "LOGO"), false)
	k.now = zoned("2024-10-31 09:00:00")
	k.mail("sw@foshan.example", pack(unitB, caseB), false)
	return k
}

func standingFiles(c Case, standing Standing) string {
	var out []string
	for _, f := range c.Files {
		if f.Standing == standing && f.Role != RoleContainer {
			out = append(out, f.Path+"@"+f.Mail)
		}
	}
	return strings.Join(out, " ")
}

func TestMergeCases(t *testing.T) {
	k := threeCases(t)
	one, two := k.shown("AL2024-0001"), k.shown("AL2024-0002")
	k.refused("AL2024-0002", Ruling{Verb: "合并"}, "请写明并入哪个案例")
	k.refused("AL2024-0002", Ruling{Verb: "合并", Into: &Case{Number: "AL2024-0002"}}, "请写明并入哪个案例")
	got := k.must("AL2024-0002", Ruling{Verb: "合并", Into: &Case{Number: "AL2024-0001"}, Reason: "同一案例重复报送"})
	if !strings.Contains(got, "已并入AL2024-0001，转入文件6个，本编号不再使用，理由：同一案例重复报送；AL2024-0001现登记为佛山市某甲家居有限公司《直播电商带动家居出海》；致佛山市商务局的告知函待贵处放行") {
	}
	k.want("AL2024-0001", "complete")
	k.want("AL2024-0002", "withdrawn !logo-missing !photos-short")
	c := k.get("AL2024-0001")
	if replaced := standingFiles(c, StandingReplaced); !strings.Contains(replaced, "营业执照.jpg@mail-01") || strings.Contains(replaced, "照片1.jpg@mail-01") {
		t.Errorf("replaced: %s", replaced)
	}
	if active := standingFiles(c, StandingActive); !strings.Contains(active, "申报表.docx@mail-02") || !strings.Contains(active, "照片3.jpg@mail-01") {
		t.Errorf("active: %s", active)
	}
	if gone := k.get("AL2024-0002"); gone.StateWords() != "已并入AL2024-0001" {
		t.Error(gone.StateWords())
	}
	// What comes for the number that is no more goes to the one it is in.
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+直播电商带动家居出海/获奖证书.jpg", true)
	if c := k.get("AL2024-0001"); !strings.Contains(standingFiles(c, StandingActive), "获奖证书.jpg") || len(k.get("AL2024-0002").Files) != 6 {
		t.Error("the bureau's next file is lost")
	}
	k.sit(func(s *Sitting) { // so does what its bureau corrects, and what a company sends for it
		m := s.Record(Mail{SHA256: "mail-words", From: "sw@foshan.example", City: "佛山市", Arrival: k.now})
		in := Incoming{Mail: m, City: "佛山市", Address: m.From, Proof: true}
		ok, text := s.correct(in, s.burstFor(in), bureauLine(t, "更正 AL2024-0002 联系人 李五"))
		if !ok || text != "已登记，AL2024-0001的联系人现为“李五”。" {
			t.Error(text)
		}
		if ok, text := s.withdraw(in, s.burstFor(in), bureauLine(t, "撤回 AL2024-0002")); ok || !strings.Contains(text, "AL2024-0002已并入AL2024-0001，如有出入请来电") {
			t.Error(text)
		}
		s.FromCompany(&Mail{SHA256: "mail-company", From: "boss@company.example", Arrival: k.now}, s.Case("AL2024-0002"), []Piece{{Path: "照片5.jpg", Bytes: 9, SHA256: "five"}})
		if !s.Case("AL2024-0001").Has(HoldUnconfirmed) || s.Case("AL2024-0002").Has(HoldUnconfirmed) {
			t.Error("a company's file waits at the number that is no more")
		}
	})
	k.refused("AL2024-0002", Ruling{Verb: "撤销"}, "AL2024-0001此后又有新的材料，不能自动分开")
	k.refused("AL2024-0001", Ruling{Verb: "撤销"}, "请“撤销 AL2024-0002”")

	k = threeCases(t)
	k.must("AL2024-0002", Ruling{Verb: "合并", Into: &Case{Number: "AL2024-0001"}})
	k.must("AL2024-0001", Ruling{Verb: "通过"})
	k.refused("AL2024-0002", Ruling{Verb: "撤销"}, "AL2024-0001此后另有决定“通过”，请先“撤销 AL2024-0001”")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	k.must("AL2024-0002", Ruling{Verb: "撤销"})
	same(t, "0001", k.shown("AL2024-0001"), one)
	same(t, "0002", k.shown("AL2024-0002"), two)
}

// The older package does not take the place of what came later, and the earliest
// arrival is the case's.
func TestMergeCasesIntoNewer(t *testing.T) {
	k := threeCases(t)
	k.must("AL2024-0001", Ruling{Verb: "合并", Into: &Case{Number: "AL2024-0002"}})
	c := k.get("AL2024-0002")
	if active := standingFiles(c, StandingActive); !strings.Contains(active, "申报表.docx@mail-02") || strings.Contains(active, "营业执照.jpg@mail-01") || !strings.Contains(active, "照片1.jpg@mail-01") {
		t.Errorf("active: %s", active)
	}
	k.want("AL2024-0002", "complete")
	k.must("AL2024-0003", Ruling{Verb: "撤回"})
	k.must("AL2024-0003", Ruling{Verb: "撤销"})
	k.want("AL2024-0003", "complete late !late")
	k.must("AL2024-0002", Ruling{Verb: "合并", Into: &Case{Number: "AL2024-0003"}, Reason: "迟到的是更新件"})
	k.want("AL2024-0003", "complete")
	if c := k.get("AL2024-0003"); !c.Received.Equal(zoned("2024-10-12 09:00:00")) {
		t.Error(c.Received)
	}
	k.must("AL2024-0002", Ruling{Verb: "撤销"})
	k.want("AL2024-0003", "complete late !late")
	k.refused("AL2024-0003", Ruling{Verb: "合并", Into: &Case{Number: "AL2024-0001"}}, "AL2024-0001已撤回")
}

// freeze does what the start of the review does to a case.
func (k *court) freeze(number string) {
	k.sit(func(s *Sitting) {
		c := s.Case(number)
		c.Package, c.Stage = s.PackageHash(c), StageInReview
		s.Touch(c)
	})
}

func TestAdoptFrozen(t *testing.T) {
	k := twoCases(t)
	k.must("AL2024-0001", Ruling{Verb: "通过"})
	k.freeze("AL2024-0001")
	k.now = zoned("2024-11-05 09:00:00")
	k.refused("AL2024-0001", Ruling{Verb: "采纳", Reason: "更清晰"}, "没有待采纳的文件")
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/营业执照.jpg\n[案例]-"+unitA+"+"+caseA+"/获奖证书.jpg", true)
	k.mail("boss@company.example", "照片4.jpg", false)
	if c := k.get("AL2024-0001"); c.waiting() != 3 {
		t.Fatalf("%d wait", c.waiting())
	}
	for _, verb := range []string{"补正", "归属", "免", "不通过", "合并", "撤销", "重查"} {
		k.refused("AL2024-0001", Ruling{Verb: verb, Reason: "有", Item: "照片", City: "广州", Into: &Case{Number: "AL2024-0002"}}, "已进入评审")
	}
	before := k.get("AL2024-0001")
	shown := k.shown("AL2024-0001")
	got := k.must("AL2024-0001", Ruling{Verb: "采纳", Reason: "执照换发"})
	after := k.get("AL2024-0001")
	want := fmt.Sprintf("已采纳2个文件，计入评审材料（校验码由%s变为%s）；专家此前收到的材料不变，程序不另行通知专家；企业直接发来的文件仍待市局答复", before.Package[:8], after.Package[:8])
	if !strings.Contains(got, want) || before.Package == after.Package {
		t.Errorf("%s\nwant %s", got, want)
	}
	if after.Stage != StageInReview || !strings.Contains(standingFiles(after, StandingActive), "获奖证书.jpg") || after.waiting() != 1 || len(after.Decisions) != 2 || after.Decisions[1].Reason != "执照换发" {
		t.Errorf("%s: %s", after.Stage, standingFiles(after, StandingActive))
	}
	if len(k.rows("frozen")) != 0 {
		t.Error("the row still waits")
	}
	k.refused("AL2024-0001", Ruling{Verb: "采纳", Reason: "更清晰"}, "须由市局答复“同意”")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	same(t, "after 撤销", k.shown("AL2024-0001"), shown)
	k.refused("AL2024-0001", Ruling{Verb: "撤销"}, "不能撤销此前的“通过”")
}

// What came after the last day for supplements waits for staff, and counts by itself
// once they move that day.
func TestSupplementUntil(t *testing.T) {
	s := courtSettings()
	s.Call.Supplement = zoned("2024-11-10 23:59:59")
	k := courtWith(t, s)
	k.mail("sw@foshan.example", pack(unitA, caseA, "照片"), false)
	k.mail("sw@foshan.example", pack(unitB, caseB, "照片", "LOGO"), false)
	k.now = zoned("2024-11-12 09:00:00")
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/照片1.jpg\n[案例]-"+unitA+"+"+caseA+"/照片2.jpg\n[案例]-"+unitA+"+"+caseA+"/照片3.jpg", true)
	k.now = zoned("2024-11-16 09:00:00")
	k.mail("sw@foshan.example", "[案例]-"+unitB+"+"+caseB+"/LOGO.png", true)
	k.want("AL2024-0001", "incomplete !photos-short")
	for _, c := range []struct {
		until time.Time
		why   string
	}{{zoned("2024-11-15 23:59:59"), "已过"}, {zoned("2024-10-20 23:59:59"), "已过"}, {zoned("2024-11-10 23:59:59"), "已过"}} {
		k.order(false, c.why, func(s *Sitting) (bool, string) { return s.SupplementUntil(c.until, Order{By: officerA}) })
	}
	before := k.get("AL2024-0002")
	k.now = zoned("2024-11-14 09:00:00")
	k.order(true, "补正截止时间已定为11月15日24时。此前逾期补正、已保存的材料现计入：AL2024-0001（3个文件）。", func(s *Sitting) (bool, string) {
		return s.SupplementUntil(zoned("2024-11-15 23:59:59"), Order{By: officerA, Mail: "order"})
	})
	k.want("AL2024-0001", "complete")
	if after := k.get("AL2024-0002"); after.waiting() != 1 || before.waiting() != 1 { // it came after that day, too
		t.Error("a file counts that came after the new day")
	}
	k.must("AL2024-0002", Ruling{Verb: "采纳", Reason: "LOGO系我处要求更换"})
	k.want("AL2024-0002", "incomplete !photos-short")
	k.look(func(s *Sitting) {
		if o := s.Settings.Orders["0001"]; o.Verb != "补正截止" || o.Item != "11月15日24时" || o.By != officerA || !o.At.Equal(zoned("2024-11-14 09:00:00")) {
			t.Errorf("%+v", s.Settings.Orders)
		}
	})
}

// order gives one order on the rules in a sitting of its own.
func (k *court) order(want bool, words string, do func(*Sitting) (bool, string)) {
	k.t.Helper()
	k.sit(func(s *Sitting) {
		if ok, text := do(s); ok != want || !strings.Contains(text, words) {
			k.t.Errorf("%v %s; want %v %s", ok, text, want, words)
		}
	})
	k.now = k.now.Add(time.Minute)
}

// Every ruling, on cases of every kind, is taken back exactly: nothing of any case
// is other than before.
func TestUndoIsExact(t *testing.T) {
	rulings := []Ruling{{Verb: "通过"}, {Verb: "不通过", Reason: "重复申报"}, {Verb: "补正", Reason: "请补充"}, {Verb: "免", Item: "照片", Reason: "线上企业"}, {Verb: "线下", Item: "照片"},
		{Verb: "受理", Reason: "退信属实"}, {Verb: "不受理", Reason: "无记录"}, {Verb: "归属", City: "广州市"}, {Verb: "合并", Into: &Case{Number: "AL2024-0001"}},
		{Verb: "合并", Into: &Case{Number: "AL2024-0003"}}, {Verb: "撤回", Reason: "放弃"}, {Verb: "采纳", Reason: "有效"}, {Verb: "改为", Item: "不通过", Reason: "复核"}, {Verb: "改为", Item: "补正", Reason: "复核"}}
	settings := courtSettings()
	settings.Call.Quota = 2
	k := courtWith(t, settings)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.mail("sw@foshan.example", pack(unitA, "直播电商带动家居出海", "照片", "LOGO"), false)
	k.now = zoned("2024-10-31 09:00:00")
	k.mail("sw@foshan.example", pack(unitB, caseB), false)
	k.mail("sw@foshan.example", pack("佛山市某丙服装有限公司", "服装智造"), false)
	k.must("AL2024-0004", Ruling{Verb: "受理", Reason: "退信属实"})
	k.mail("boss@company.example", "照片9.jpg", false)
	numbers := []string{"AL2024-0001", "AL2024-0002", "AL2024-0003", "AL2024-0004"}
	all := func() (out []string) {
		for _, n := range numbers {
			out = append(out, k.shown(n))
		}
		return out
	}
	var done []string
	for range 2 { // first as they are, then with 0001 passed and 0002 to be mended
		for _, number := range numbers {
			for _, r := range rulings {
				before, rows := all(), rowsOf(k)
				if a, b := k.outcome(number, r), k.outcome(number, r); a != b {
					t.Errorf("%s on %s has two outcomes:\n%s\n%s", r.Verb, number, a, b)
				}
				if ok, _ := k.rule(number, r); !ok {
					continue
				}
				done = append(done, r.Verb)
				k.must(number, Ruling{Verb: "撤销"})
				for i, now := range all() {
					same(t, fmt.Sprintf("%s on %s, %s", r.Verb, number, numbers[i]), now, before[i])
				}
				if now := rowsOf(k); now != rows {
					t.Errorf("%s on %s: rows\n%s\nwere\n%s", r.Verb, number, now, rows)
				}
			}
		}
		k.rule("AL2024-0001", Ruling{Verb: "通过"})
		k.rule("AL2024-0002", Ruling{Verb: "补正", Reason: "请说明"})
	}
	for _, r := range rulings {
		if !strings.Contains(strings.Join(done, " "), r.Verb) && r.Verb != "采纳" {
			t.Errorf("%s was never done", r.Verb)
		}
	}
	if len(done) < 50 {
		t.Errorf("only %d rulings were done", len(done))
	}
}

// outcome is what a ruling would record; replay compares it.
func (k *court) outcome(number string, r Ruling) (out string) {
	k.look(func(s *Sitting) {
		r.By, r.Mail = officerA, "again"
		if r.Into != nil {
			r.Into = s.Case(r.Into.Number)
		}
		s.Rule(s.Case(number), r)
		result, err := s.Result()
		if err != nil {
			k.t.Fatal(err)
		}
		out = text(k.t, result.Change)
	})
	return out
}

func rowsOf(k *court) string {
	var out []string
	for _, kind := range []string{"late", "quota", "demand", "frozen", "eligibility", "listed"} {
		for _, r := range k.rows(kind) {
			out = append(out, r.ID)
		}
	}
	return strings.Join(out, "\n")
}

// A letter that has left is corrected by another.
func TestUndoneAfterLetter(t *testing.T) {
	k := twoCases(t)
	k.must("AL2024-0001", Ruling{Verb: "不通过", Reason: "重复申报"})
	k.sent("ruling")
	if got := k.must("AL2024-0001", Ruling{Verb: "撤销"}); !strings.Contains(got, "已撤销“不通过”，现为“材料齐全，待资格审核”；致佛山市商务局的告知函待贵处放行") {
		t.Error(got)
	}
	letters := k.letters("ruling")
	if len(letters) != 1 || !strings.Contains(letters[0], "“不通过”已撤销，恢复原状") {
		t.Errorf("%s", letters)
	}
	// Ruled and taken back in one mail: no letter at all.
	k = twoCases(t)
	k.sit(func(s *Sitting) {
		c := s.Case("AL2024-0001")
		s.Rule(c, Ruling{Verb: "不通过", Reason: "重复申报", By: officerA, Mail: "m"})
		if len(s.letters) != 1 {
			t.Fatal("no letter")
		}
		s.Rule(c, Ruling{Verb: "撤销", By: officerA, Mail: "m"})
		if len(s.letters) != 0 || len(s.blobs) != 0 {
			t.Errorf("%d letters, %d blobs", len(s.letters), len(s.blobs))
		}
	})
	// A newer ruling takes the place of the letter that waits.
	k.must("AL2024-0001", Ruling{Verb: "不通过", Reason: "重复申报"})
	k.must("AL2024-0001", Ruling{Verb: "改为", Item: "补正", Reason: "请说明是否重复"})
	if letters := k.letters("ruling"); len(letters) != 1 || !strings.Contains(letters[0], "请说明是否重复") {
		t.Errorf("%s", letters)
	}
	if c := k.get("AL2024-0001"); c.Stage != StageIncomplete || c.Demand != "请说明是否重复" {
		t.Error(c.Stage, c.Demand)
	}
	k.look(func(s *Sitting) {
		fate, _, _ := outbox.Fates.Get(s.tx, "ruling/AL2024-0001/3/sw@foshan.example")
		if fate.State != outbox.Superseded || fate.Detail != "决定已改为" {
			t.Errorf("%+v", fate)
		}
	})
}

func TestReread(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", strings.Replace(pack(unitA, caseA), "申报表.docx: form "+unitA+"/"+caseA, "申报表.doc: old", 1), false)
	k.want("AL2024-0001", "incomplete !form-unreadable")
	k.must("AL2024-0001", Ruling{Verb: "重查"})
	var files []File
	k.look(func(s *Sitting) { files = s.ToReread()["AL2024-0001"] })
	if len(files) != 10 {
		t.Fatalf("%d files", len(files))
	}
	k.sit(func(s *Sitting) {
		var fresh []Reading
		for _, f := range files {
			r := Reading{SHA256: f.SHA256, Reader: 2, Kind: "other"}
			if strings.HasSuffix(f.Path, ".doc") {
				k.d.words("x", "form "+unitA+"/"+caseA)
				r = k.d.read["x"]
				r.SHA256, r.Reader = f.SHA256, 2
			} else if old := s.Reading(f.SHA256); old.Kind != "" {
				r = old
			}
			fresh = append(fresh, r)
		}
		s.Reread(s.Case("AL2024-0001"), fresh)
	})
	k.want("AL2024-0001", "complete")
	rows := k.rows("reread")
	if len(rows) != 1 || !strings.Contains(rows[0].Text, "已重查：待补充1项→材料齐全，待资格审核；已消除：") {
		t.Errorf("%+v", rows)
	}
	k.look(func(s *Sitting) {
		if len(s.ToReread()) != 0 {
			t.Error("it is to be read for ever")
		}
	})
	k.refused("AL2024-0001", Ruling{Verb: "撤销"}, "没有可撤销的决定")
}

// reread has a case's files read anew: as before, but for those named.
func (k *court) reread(number string, now map[string]string) {
	k.t.Helper()
	k.must(number, Ruling{Verb: "重查"})
	k.sit(func(s *Sitting) {
		var fresh []Reading
		for _, f := range s.ToReread()[number] {
			r := s.Reading(f.SHA256)
			if words, ok := now[f.Path]; ok {
				k.d.words("x", words)
				r = k.d.read["x"]
			}
			r.SHA256 = f.SHA256
			fresh = append(fresh, r)
		}
		s.Reread(s.Case(number), fresh)
	})
}

// What a file stands for since another came is not undone by reading it again; what
// is now read in its pages counts.
func TestRereadRoles(t *testing.T) {
	const one = "AL2024-0001"
	folder := "[案例]-" + unitA + "+" + caseA + "/"
	merged := "merged " + unitA + "/" + caseA + " form=1-4 license=5"
	for _, c := range []struct {
		name, first, second string
		now                 map[string]string
		path, want          string // role, parts and pictures of a file afterwards
		state               string
	}{
		{"a merged scan of which the licence is left", folder + "申报材料.pdf: " + merged, folder + "申报表（盖章）.pdf: pdfform " + unitA + "/" + caseA, nil,
			"申报材料.pdf", "license [license]", "complete"},
		{"and whose words told nothing of the whole", folder + "申报表.pdf: merged - form=1-4 license=5", folder + "申报表（盖章）.pdf: pdfform " + unitA + "/" + caseA, nil,
			"申报表.pdf", "license [license]", "complete"},
		{"a licence found in its pages", folder + "申报材料.pdf: pdfform " + unitA + "/" + caseA, "", map[string]string{"申报材料.pdf": merged},
			"申报材料.pdf", "form-pdf [form-pdf license]", "complete"},
		{"photographs found in a document", folder + "申报材料.pdf: " + merged + "\n" + folder + "照片.docx: old", "", map[string]string{"照片.docx": "inside docx / / /"},
			"照片.docx", "photo [] 3", "complete"},
		{"the empty form beside the filled one", folder + "申报材料.pdf: " + merged + "\n" + folder + "空表.docx: blank", "", nil,
			"空表.docx", "other []", "complete"},
		{"it cannot be read any more", folder + "申报材料.pdf: " + merged, "", map[string]string{"申报材料.pdf": "locked"},
			"申报材料.pdf", "form-pdf [form-pdf license]", "incomplete !file-encrypted"},
	} {
		k := newCourt(t)
		lacks := []string{"申报表（盖章）.pdf", "营业执照"}
		if strings.Contains(c.first, "照片") {
			lacks = append(lacks, "照片")
		}
		k.mail("sw@foshan.example", pack(unitA, caseA, lacks...)+"\n"+c.first, false)
		if c.second != "" {
			k.mail("sw@foshan.example", c.second, true)
		}
		k.reread(one, c.now)
		k.want(one, c.state)
		got := k.get(one)
		for _, f := range got.Active() {
			var parts []Role
			for _, p := range f.Parts {
				parts = append(parts, p.Role)
			}
			s := fmt.Sprint(f.Role, " ", parts)
			if f.Pictures > 0 {
				s += fmt.Sprint(" ", f.Pictures)
			}
			if f.Path == c.path && s != c.want {
				t.Errorf("%s: %s", c.name, s)
			}
		}
	}
	// The bureau's word stands.
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA)+"\n"+folder+"素材.docx: inside docx 照片/ / /", false)
	k.say("素材.docx = 宣传图片", one)
	k.reread(one, map[string]string{"素材.docx": "license"})
	if role := k.roleIn(one, "素材.docx"); role != RolePromo {
		t.Error(role)
	}
}

// A case that the experts have is withdrawn with a reason, and comes back as it was.
func TestWithdrawFrozen(t *testing.T) {
	k := twoCases(t)
	k.must("AL2024-0001", Ruling{Verb: "通过"})
	k.freeze("AL2024-0001")
	before := k.shown("AL2024-0001")
	k.refused("AL2024-0001", Ruling{Verb: "撤回"}, "请写明理由")
	k.must("AL2024-0001", Ruling{Verb: "撤回", Reason: "企业放弃"})
	if c := k.get("AL2024-0001"); c.Stage != StageWithdrawn || !c.Frozen() || len(c.Decisions[1].Letters) != 1 {
		t.Errorf("%s %v", c.Stage, c.Decisions)
	}
	k.refused("AL2024-0001", Ruling{Verb: "采纳", Reason: "有"}, "已撤回")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	same(t, "after 撤销", k.shown("AL2024-0001"), before)
	if c := k.get("AL2024-0001"); c.Stage != StageInReview {
		t.Errorf("%s", c.Stage)
	}
}
