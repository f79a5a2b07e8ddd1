package review_test

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/review"
)

func TestSelect(t *testing.T) {
	for _, x := range []struct {
		what    string
		places  int
		numbers []string
		want    string   // whom the record names; "" nobody
		said    []string // pieces of the answer
	}{
		{"a clear line", 2, nil, "1 2", []string{"入选2个：AL2024-0001（中山电商有限公司）、AL2024-0002", "依据：会议纪要〔2024〕12号"}},
		{"a tie at the line", 3, nil, "", []string{"✗ 第3名并列2个：AL2024-0003（阿里山茶业有限公司）、AL2024-0004（广州百货有限公司）", "程序不作取舍", "改为2个或4个", "未执行"}},
		{"a tie above the line", 4, nil, "1 2 3 4", []string{"入选4个"}},
		{"all that are ranked", 5, nil, "1 2 3 4 5", nil},
		{"more places than cases", 6, nil, "", []string{"✗ 列入排名的案例只有5个，不足6个"}},
		{"by number, in the order of the ranking", 0, []string{code(2), code(1), code(2)}, "1 2", []string{"入选2个：AL2024-0001"}},
		{"one of the tied", 0, []string{code(1), code(2), code(4)}, "1 2 4", []string{"排名在前而未列入：AL2024-0003"}},
		{"past a better one", 0, []string{code(1), code(5)}, "1 5", []string{"排名在前而未列入：AL2024-0002（佛山陶瓷有限公司）、AL2024-0003"}},
		{"without a rank", 0, []string{code(1), code(6)}, "1 6", []string{"未列入排名：AL2024-0006"}},
		{"unknown", 0, []string{code(1), code(9)}, "", []string{"✗ 没有编号为AL2024-0009的案例"}},
		{"nobody", 0, nil, "", []string{"✗ 没有写明入选的案例"}},
	} {
		o := newOffice(t, six, nil)
		said := o.selects(x.places, x.numbers...)
		for _, piece := range x.said {
			if !strings.Contains(said, piece) {
				t.Errorf("%s: %q lacks %q", x.what, said, piece)
			}
		}
		o.look(func(b *review.Bench) {
			var got []string
			if b.List.Selected != nil {
				for _, n := range b.List.Selected.Numbers {
					got = append(got, n[len(n)-1:])
				}
			}
			o.is(x.what, strings.Join(got, " "), x.want)
		})
		o.is(x.what+": stages stay", o.stages(), strings.TrimSpace(strings.Repeat("reviewed ", len(six))))
	}
}

// Whoever cannot stand on the list is named, and nobody is put in his place.
func TestSelectWhoIsBarred(t *testing.T) {
	o := newOffice(t, six, nil)
	o.do(func(b *review.Bench) {
		c := b.Case(code(2))
		c.Stage = intake.StageNotSelected
		b.Touch(c)
	})
	o.keeps(review.Filing{Cases: []string{code(1)}, Source: "电话", Content: "数据不实"})
	for _, said := range []string{o.selects(2), o.selects(0, code(1), code(2))} {
		if !strings.Contains(said, "✗ AL2024-0001（中山电商有限公司）有未办结的异议，不能列入；AL2024-0002（佛山陶瓷有限公司）现为“未入选”，不能列入") {
			t.Error(said)
		}
	}
	o.look(func(b *review.Bench) { o.is("selected", b.List.Selected, (*review.Selection)(nil)) })
}

func TestSelectNeedsBasisAndClose(t *testing.T) {
	o := newOffice(t, six, nil)
	var before uint64
	o.look(func(*review.Bench) { before, _ = o.tx.Head() })
	o.is("without basis", o.said(func(b *review.Bench) (bool, string) { return b.Select(2, nil, " ", wei, o.order()) }),
		"✗ 请写明依据，例如“入选 10 依据 厅党组会议纪要〔2024〕12号”。")
	o.is("公示", o.publicises(), "✗ 尚未确定入选名单，请先“入选”")
	o.look(func(*review.Bench) {
		after, _ := o.tx.Head()
		o.is("entries by what was refused", after-before, 0)
	})
	o.do(func(b *review.Bench) { b.Panel.Phase = review.PhaseOpen })
	o.is("before the close", o.selects(2), "✗ 评审尚未结束，请先“结束评审”。未执行。")
}

// A selection is replaced until it is public, and says whose it replaced.
func TestSelectAgain(t *testing.T) {
	o := newOffice(t, six, nil)
	o.selects(2)
	if said := o.selects(4); !strings.Contains(said, "取代11月20日张伟确定的名单") {
		t.Error(said)
	}
	o.does("公示", o.publicises())
	o.is("入选 after 公示", o.selects(2), "✗ AL2024-0004（广州百货有限公司）、AL2024-0003（阿里山茶业有限公司）已公示，未因异议成立撤下，须继续列入。未执行。")
	o.is("stages", o.stages(), "publicised publicised publicised publicised reviewed reviewed")
}
