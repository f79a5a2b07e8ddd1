package score

import "testing"

// A sheet counts if it is one of those that went to this expert: the first as well as
// that of the cases that came later. Anybody else's is asked back, also from an
// expert who has got none yet.
func TestSheetOfAnother(t *testing.T) {
	sheet := func(stamp string) File {
		return File{Name: "评分表.xlsx", Kind: "xlsx", Tables: [][][]string{{
			{"表格版本", stamp},
			{"案例编号", "单位", "技术性与创新性", "效益性", "示范性", "整体实力", "数据完整性"},
			{"AL2024-0007", "佛山市顺品家居科技有限公司", "27", "22", "18", "13", "9"},
		}}}
	}
	for _, x := range []struct {
		sent  []string
		stamp string
		cells int
	}{
		{[]string{"7C4T-2Q9M", "AAAA-BBBB"}, "7C4T-2Q9M", 5},
		{[]string{"7C4T-2Q9M", "AAAA-BBBB"}, "AAAA-BBBB", 5},
		{[]string{"7C4T-2Q9M"}, "AAAA-BBBB", 0},
		{nil, "7C4T-2Q9M", 0},
	} {
		r := desk()
		r.Stamps = x.sent
		a := Read(Input{Files: []File{sheet(x.stamp)}, Proved: true}, r)
		if len(a.Cells) != x.cells || (x.cells == 0) != (len(a.Queries) == 1 && a.Queries[0].Reason == ForeignSheet) {
			t.Errorf("sheet %s of %v: %d cells, %+v", x.stamp, x.sent, len(a.Cells), a.Queries)
		}
	}
}
