package score

import "testing"

// What closes a mail is no comment on the case that stands last.
func TestCourtesyIsNoComment(t *testing.T) {
	for text, want := range map[string]bool{"以上，请查收。": true, "其余不变。谢谢！": true, "其他各项维持不变，辛苦了": true, "谢谢": true,
		"以上企业创新较强，谢谢": false, "数据不全，其余不变": false, "": false, "示范性强": false} {
		if got := courtesy(remark{text: text}); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	r := Request{Cases: []Case{{"AL2024-0001", "佛山市某陶建材有限公司", "陶瓷产业带数字化直供"}}, Criteria: []Criterion{{"创新性", 5000}, {"效益性", 5000}}}
	a := Read(Input{Proved: true, Files: []File{{Name: "a.docx", Kind: "docx", Text: "0001：创新45，效益40，评语：产业带动明显。\n以上，请查收。"}}}, r)
	if len(a.Cells) != 2 || len(a.Comments) != 1 || a.Comments[0].Text != "产业带动明显" {
		t.Errorf("%+v", a)
	}
}
