package intake

import (
	"slices"
	"strings"
	"testing"

	"anli/intake/ledger"
)

// The deadline is put off: what is in time now is held no longer, in the same
// sitting, and every city that has cases or an address is written to.
func TestExtend(t *testing.T) {
	s := courtSettings()
	s.People.Bureaus = append(s.People.Bureaus, Bureau{City: "中山市", Domains: []string{"zhongshan.example"}})
	k := courtWith(t, s)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.now = zoned("2024-10-31 09:00:00")
	k.mail("sw@foshan.example", pack(unitB, caseB), false)
	k.mail("x@zhongshan.example", pack("中山市某丁灯饰有限公司", "灯饰出海"), false)
	k.now = zoned("2024-11-09 09:00:00")
	k.mail("sw@foshan.example", pack("佛山市某丙服装有限公司", "服装智造"), false)
	k.now = zoned("2024-11-01 09:00:00")
	k.must("AL2024-0003", Ruling{Verb: "不受理", Reason: "无记录"})
	basis := Order{By: officerA, Mail: "order", Basis: "粤商务电函〔2024〕160号"}
	for until, why := range map[string]string{"2024-10-30 23:59:59": "不晚于现行的10月30日24时", "2024-10-20 23:59:59": "不晚于", "2024-10-31 23:59:59": "已过", "2026-11-08 23:59:59": "一年以后"} {
		k.order(false, why, func(s *Sitting) (bool, string) { return s.Extend(zoned(until), basis) })
	}
	k.order(true, "截止时间由10月30日24时延至11月8日24时（依据：粤商务电函〔2024〕160号）。此前逾期待定的AL2024-0002已按新的时间办理登记。"+
		"此前不予受理的AL2024-0003在新的截止时间之内，如需受理请“改为 编号 受理 理由”。延期函2封待贵处放行。中山市没有备案邮箱，请另行告知。",
		func(s *Sitting) (bool, string) { return s.Extend(zoned("2024-11-08 23:59:59"), basis) })
	k.want("AL2024-0001", "complete")
	k.want("AL2024-0002", "complete")
	k.want("AL2024-0003", "ineligible")
	k.want("AL2024-0004", "complete late !late")
	if rows := k.rows("late"); len(rows) != 1 || rows[0].Case != "AL2024-0004" {
		t.Errorf("%+v", rows)
	}
	letters := k.letters("extension")
	if len(letters) != 2 || !strings.Contains(letters[0]+letters[1], "此前标记“逾期待定”的AL2024-0002已按新的时间办理登记") || !strings.Contains(letters[0]+letters[1], "由10月30日延至11月8日24时") ||
		!strings.Contains(letters[0]+letters[1], "[approve]") {
		t.Errorf("%s", letters)
	}
	// A second one takes the place of the letters that wait, over the turn of the year.
	k.now = zoned("2024-11-08 17:00:00")
	k.order(true, "延至2025年1月10日24时", func(s *Sitting) (bool, string) { return s.Extend(zoned("2025-01-10 23:59:59"), basis) })
	letters = k.letters("extension")
	if all := strings.Join(letters, "\n"); len(letters) != 2 || strings.Count(all, "截止时间由10月30日延至2025年1月10日24时") != 2 || !strings.Contains(all, "此前标记“逾期待定”的AL2024-0002、AL2024-0004已按") {
		t.Errorf("what no bureau has read is told as if it had: %s", letters)
	}
	k.want("AL2024-0004", "complete")
	k.now = zoned("2024-11-20 09:00:00")
	k.mail("sw@foshan.example", pack("佛山市某戊食品有限公司", "预制菜电商"), false)
	k.want("AL2024-0005", "complete") // of the call's year
	k.look(func(s *Sitting) {
		if year := s.Settings.Call.Form().Year; year != 2024 || len(s.Settings.Orders) != 2 || s.Settings.Orders["0002"].Basis != basis.Basis {
			t.Error(year, s.Settings.Orders)
		}
	})
	// The configuration's own change of the deadline is that of another call.
	s.Call.Deadline = zoned("2025-10-30 23:59:59")
	record(t, k.l, configured(t, k.l, s))
	k.look(func(s *Sitting) {
		if s.Settings.Call.Year() != 2025 || len(s.Settings.Orders) != 2 {
			t.Errorf("%+v", s.Settings.Call)
		}
	})
}

func TestQuota(t *testing.T) {
	s := courtSettings()
	s.Call.Quota = 1
	k := courtWith(t, s)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.mail("sw@foshan.example", pack(unitB, caseB), false)
	k.mail("sw@guangzhou.example", pack("广州市某甲贸易有限公司", "跨境直采"), false)
	k.mail("sw@guangzhou.example", pack("广州市某乙物流有限公司", "海外仓"), false)
	for _, n := range []string{"1", "2", "3", "4"} {
		k.want("AL2024-000"+n, "complete over-quota !over-quota")
	}
	basis := Order{By: officerA, Mail: "order", Basis: "粤商务电函〔2024〕161号"}
	quota := func(city string, n int) func(*Sitting) (bool, string) {
		return func(s *Sitting) (bool, string) { return s.Quota(city, n, basis) }
	}
	k.order(false, "没有名为“阳江”的地市", quota("阳江", 2))
	k.order(false, "名额须为正整数", quota("佛山", 0))
	k.order(false, "佛山市名额已是1个", quota("佛山", 1))
	k.order(true, "佛山市名额已改为2个（依据：粤商务电函〔2024〕161号）。AL2024-0001、AL2024-0002不再超出名额。", quota("佛山", 2))
	k.want("AL2024-0001", "complete")
	k.want("AL2024-0003", "complete over-quota !over-quota")
	if rows := k.rows("quota"); len(rows) != 1 || !strings.Contains(rows[0].Text, "广州市") {
		t.Errorf("%+v", rows)
	}
	k.order(true, "各市名额已改为3个（依据：粤商务电函〔2024〕161号）。此前单独核定的佛山市一并适用。AL2024-0003、AL2024-0004不再超出名额。", quota(AllCities, 3))
	k.order(true, "佛山市名额已改为1个（依据：粤商务电函〔2024〕161号）。AL2024-0001、AL2024-0002因此超出名额，待市局明确保留哪些。", quota("佛山市", 1))
	k.want("AL2024-0003", "complete")
	k.look(func(s *Sitting) {
		f := s.Case("AL2024-0001").Findings
		if i := slices.IndexFunc(f, func(f Finding) bool { return f.Code == "over-quota" }); i < 0 || f[i].Message != "贵市推荐案例不超过1个，目前收到2个" {
			t.Errorf("%+v", f)
		}
		if q := s.quota("佛山市"); q.Allowed != 1 || len(q.Cases) != 2 {
			t.Errorf("%+v", q)
		}
	})
	// A start with the same configuration leaves it all as it is.
	if c := configured(t, k.l, s); c != nil {
		t.Errorf("%s", text(t, c))
	}
}

func TestLookUp(t *testing.T) {
	k := twoCases(t)
	k.mail("sw@guangzhou.example", pack("广州市某甲贸易有限公司", "跨境直采"), false)
	k.must("AL2024-0003", Ruling{Verb: "通过"})
	k.look(func(s *Sitting) {
		got := s.LookUp()
		if len(got) != 2 || got[0].N != 1 || got[0].Number != "AL2024-0001" || got[0].Unit != unitA || got[0].Leader != "张三" || got[1].N != 2 || got[1].Number != "AL2024-0003" {
			t.Errorf("%+v", got)
		}
	})
	found := func(q Query) func(*Sitting) (bool, string) {
		return func(s *Sitting) (bool, string) { return s.Found(s.Case("AL2024-0001"), q) }
	}
	k.order(false, "请写“无”", found(Query{Result: "有", By: officerA}))
	k.order(false, "请写“无”", found(Query{Result: "查了", By: officerA}))
	k.order(true, "查询结果“无”已记录（10月12日，赵一）。", found(Query{Result: "无", By: officerA, Mail: "m"}))
	k.order(true, "已有相同的查询结果", found(Query{Result: "无", By: officerA, Mail: "m"}))
	k.order(true, "查询结果“有”已记录（10月12日，钱二）；此前赵一于10月12日记录为“无”；是否影响参评资格请研究后", found(Query{Result: "有", Text: "（2023）粤0604执1234号", By: officerB, Mail: "m2"}))
	c := k.get("AL2024-0001")
	if len(c.Queries) != 2 || c.Queries[1].At.IsZero() || c.Queries[1].Mail != "m2" || c.Stage != StageComplete {
		t.Errorf("%+v", c.Queries)
	}
	if got := k.must("AL2024-0001", Ruling{Verb: "通过"}); !strings.Contains(got, "最近一次查询结果为“有”（（2023）粤0604执1234号）") {
		t.Error(got)
	}
	k.look(func(s *Sitting) { // no bureau sees it
		if part := text(t, s.CasePart(s.Case("AL2024-0001"))); strings.Contains(part, "1234号") {
			t.Error(part)
		}
	})
}

func TestReadDishonest(t *testing.T) {
	table := func(rows ...string) Reading {
		var out [][]string
		for _, r := range rows {
			out = append(out, strings.Split(r, "|"))
		}
		return Reading{Tables: [][][]string{out}}
	}
	for name, c := range map[string]struct {
		in       Reading
		want     string
		problems string
	}{
		"a head below a title": {table("失信被执行人名单||", "序号|被执行人姓名/名称|身份证号码/组织机构代码|案号", "1|"+unitA+"|91350100M000100Y43|（2023）粤0604执1号", "2|张三|4406011980****1234|（2023）粤0604执2号"),
			"3 " + unitA + " 91350100M000100Y43 （2023）粤0604执1号; 4 张三  （2023）粤0604执2号", ""},
		"columns in another order":      {table("统一社会信用代码|企业名称", "９１３５０１００ Ｍ０００１００Ｙ４３|"+unitA), "2 " + unitA + " 91350100M000100Y43 ", ""},
		"an organisation code":          {table("名称|组织机构代码", unitA+"|M000100Y-4"), "2 " + unitA + " M000100Y4 ", ""},
		"names alone":                   {table("名称", unitA, "", "张三"), "2 " + unitA + "  ; 4 张三  ", ""},
		"no head":                       {table(unitA+"|91350100M000100Y43", "佛山市某服务部|"), "1 " + unitA + " 91350100M000100Y43 ; 2 佛山市某服务部  ", ""},
		"a person's number is not kept": {table("名称|证件号码", "李四|440601198001011234"), "2 李四  ", ""},
		"a code with a wrong digit":     {table("名称|信用代码", "|91350100M000100Y44"), "", "第2行：代码“9135**********0Y44”不是有效的统一社会信用代码或组织机构代码"},
		"an empty table":                {table(""), "", "名单中没有可用的行"},
		"no table":                      {Reading{Text: "请见附件"}, "", ""},
		"cut":                           {Reading{Cut: true}, "", "名单过长"},
	} {
		list, problems := ReadDishonest(c.in)
		var got []string
		for _, d := range list {
			got = append(got, strings.Join([]string{string(rune('0' + d.Row)), d.Name, d.Code, d.Note}, " "))
		}
		if strings.Join(got, "; ") != c.want || !strings.Contains(strings.Join(problems, "; "), c.problems) || c.problems == "" && len(problems) > 0 {
			t.Errorf("%s: %q, %q", name, got, problems)
		}
	}
}

func TestDishonest(t *testing.T) {
	k := newCourt(t)
	k.d.words("x", "form "+unitA+"/"+caseA)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.mail("sw@foshan.example", pack(unitB, caseB), false)
	k.mail("sw@guangzhou.example", pack("广州市某甲贸易有限公司", "跨境直采"), false)
	k.sit(func(s *Sitting) { // the licence of 0001 was read
		for _, f := range s.Case("AL2024-0001").Files {
			if strings.HasSuffix(f.Path, "申报表.docx") {
				r := s.Reading(f.SHA256)
				paper := *r.Paper
				paper.CreditCode, r.Paper = "91350100M000100Y43", &paper
				s.Learn([]Reading{r})
			}
		}
	})
	list := []Dishonest{{Row: 2, Name: "改名前的公司", Code: "91350100M000100Y43", Note: "（2023）粤0604执1号"}, {Row: 3, Name: "佛山市某乙陶瓷有限公司（分公司）"}, {Row: 4, Name: unitB}, {Row: 5, Name: "王五"}}
	k.look(func(s *Sitting) {
		if got := strings.Join(s.DishonestEffects(list), "；"); got != "失信名单共4行；其中有统一社会信用代码或组织机构代码的1行，其余3行只按名称比对" {
			t.Error(got)
		}
	})
	set := func(list []Dishonest) func(*Sitting) (bool, string) {
		return func(s *Sitting) (bool, string) {
			return s.SetDishonest(list, List{SHA256: "sha", By: officerA, Mail: "m"})
		}
	}
	k.order(false, "未采用", set(nil))
	k.order(true, "失信名单已更新，共4行。代码相符：AL2024-0001（"+unitA+"）。仅名称相同，请核：AL2024-0002（"+unitB+"）。", set(list))
	hit := func(number string) Finding {
		for _, f := range k.get(number).Findings {
			if f.Code == "listed-dishonest" {
				return f
			}
		}
		return Finding{}
	}
	if f := hit("AL2024-0001"); f.Severity != "error" || f.Audience != "staff" || f.Message != "统一社会信用代码91350100M000100Y43与失信名单第2行（改名前的公司，（2023）粤0604执1号）相符" {
		t.Errorf("%+v", f)
	}
	if f := hit("AL2024-0002"); f.Severity != "warning" || f.Audience != "staff" || f.Fix != "同名，请核" {
		t.Errorf("%+v", f)
	}
	k.want("AL2024-0001", "complete !listed-dishonest") // staff decide
	if hit("AL2024-0003").Code != "" {
		t.Error("a hit on nothing")
	}
	if rows := k.rows("listed"); len(rows) != 1 || rows[0].Case != "AL2024-0001" {
		t.Errorf("%+v", rows)
	}
	k.look(func(s *Sitting) {
		if part := text(t, s.CasePart(s.Case("AL2024-0001"))); strings.Contains(part, "失信") {
			t.Error(part)
		}
		if l := s.Settings.Lists["dishonest"]; l.Rows != 4 || l.SHA256 != "sha" || !l.At.Equal(k.now.Add(-60e9)) {
			t.Errorf("%+v", l)
		}
	})
	// Waived for this row; another row is another matter. What comes later is compared, too.
	k.must("AL2024-0001", Ruling{Verb: "免", Item: "失信", Reason: "已履行完毕，附法院证明"})
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/获奖证书.jpg", true)
	if f := hit("AL2024-0001"); f.State != "waived" || len(k.rows("listed")) != 0 {
		t.Errorf("%+v", f)
	}
	list[0].Row = 7
	k.order(true, "代码相符：AL2024-0001", set(list))
	if f := hit("AL2024-0001"); f.State != "waived" {
		t.Errorf("the same entry on another row: %+v", f)
	}
	list = append(list[1:], Dishonest{Row: 9, Name: unitA}, Dishonest{Row: 10, Name: "广州市某丙公司"}, Dishonest{Row: 11, Name: "张三"})
	k.order(true, "失信名单已更新，共6行。仅名称相同，请核：AL2024-0001（"+unitA+"）、AL2024-0002（"+unitB+"）、AL2024-0003（广州市某甲贸易有限公司）。", set(list)) // 张三 is everybody's leader
	if f := hit("AL2024-0001"); f.State != "open" || f.Severity != "warning" {
		t.Errorf("%+v", f)
	}
	k.mail("sw@guangzhou.example", pack("广州市某丙公司", "即时零售"), false)
	if f := hit("AL2024-0004"); !strings.Contains(f.Message, "单位名称“广州市某丙公司”与失信名单第10行") {
		t.Errorf("%+v", f)
	}
	if err := k.l.View(func(tx *ledger.Tx) error {
		rows, ok, err := NewTables().Dishonest.Get(tx, "code/91350100M000100Y43")
		if ok || len(rows) > 0 {
			t.Error("the old list is still there")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
