package review_test

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/review"
)

func TestDossier(t *testing.T) {
	o := newOffice(t, six, nil)
	o.do(func(b *review.Bench) {
		m := b.Record(intake.Mail{SHA256: strings.Repeat("a", 64), From: "fs@fs.example", City: "佛山市", Subject: "报送案例", Arrival: o.now, Cases: []string{code(2)}, Files: []intake.Piece{{}, {}}})
		c := b.Case(code(2))
		c.Findings = []intake.Finding{{Code: "photos-short", Severity: "error", State: "open", Message: "照片不足3张（现有2张）"}}
		c.Decisions = append(c.Decisions, intake.Decision{At: o.now, By: na, Verb: "通过", Reason: "符合条件", Mail: m.SHA256})
		c.Files = []intake.File{{Path: "照片/1.jpg", Role: intake.RolePhoto, Bytes: 9, SHA256: strings.Repeat("b", 64)}}
		b.Touch(c)
	})
	o.do(func(b *review.Bench) {
		c := b.Case(code(2))
		c.Findings, c.Revision = nil, 2
		b.Touch(c)
	})
	o.selects(4)
	o.publicises()
	sha, _ := o.writes("qiu@mail.example", "仇某", "举报AL2024-0002造假。仇某，13800000000")
	o.keeps(review.Filing{Cases: []string{code(2)}, Original: sha})
	o.concludes(wei, code(2), review.Dismissed, "经核查属实")
	o.keeps(review.Filing{Cases: []string{code(2)}, Source: "电话", Content: "刷单"})
	o.concludes(wei, code(2), review.Dismissed, "经核查属实")
	o.to("2024-11-28 09:00")
	o.awards()
	var text string
	o.look(func(b *review.Bench) {
		d, ok := b.Dossier(code(2))
		text = d.Text()
		o.is("there", ok, true)
		_, ok = b.Dossier(code(9))
		o.is("none", ok, false)
		b.Panel.Phase = review.PhaseOpen
		sealed, _ := b.Dossier(code(2))
		o.is("scores before the close", len(sealed.Scores), 0)
	})
	rest := text
	for _, w := range []string{"案卷　AL2024-0002", "来信 佛山市 《报送案例》，附件2个", "变更 登记：佛山市，已评审", "新发现：照片不足3张（现有2张）", "第2版材料；不再有：照片不足3张（现有2张）",
		"“已评审”改为“公示中”", "决定 李娜 通过，理由：符合条件", "名单 张伟 入选，依据：会议纪要〔2024〕12号", "名单 张伟 公示，2024年11月21日至2024年11月27日",
		"登记YY2024-001，来源邮件，应于2024年12月5日前办结，内容：见原信", "YY2024-001异议不成立，理由：经核查属实", "登记YY2024-002，来源电话，应于2024年12月5日前办结，内容：刷单",
		"发信 " + wei, "2024年11月28日09:00 变更 “公示中”改为“已入选”", "名单 张伟 认定", "发信 fs@fs.example", "照片/1.jpg（照片，9字节）bbbb", "甲：技术性与创新性25，效益性65，合计90"} {
		_, after, found := strings.Cut(rest, w)
		if !found {
			t.Errorf("no %q, or not in its place, in\n%s", w, text)
			continue
		}
		rest = after
	}
	for _, secret := range []string{"仇", "qiu@", "138"} {
		if strings.Contains(text, secret) {
			t.Errorf("the file names the objector: %q in\n%s", secret, text)
		}
	}
}
