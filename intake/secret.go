package intake

import (
	"anli/parser/form"
)

// SecretMark tells where a piece bears a mark of secrecy, in its own name, in that of a
// folder or archive it came in, or in its text; nil: nowhere that can be read.
func SecretMark(p Piece, reading func(sha string) Reading) *form.Marking {
	if form.SecretName(p.Path) {
		return &form.Marking{Where: form.MarkedName}
	}
	return reading(p.SHA256).Secret
}

// SecretFinding is secret-marking. It names no file: what is marked stands in no list.
func SecretFinding(m form.Marking) Finding {
	source := "text"
	if m.Where == form.MarkedName || m.Where == form.MarkedMail {
		source = "name"
	}
	f := finding("secret-marking", "error", source, "", "有材料带有国家秘密标志（"+m.Words()+"），其名称和内容不在此列出",
		"请停止阅读、复制和转发，按保密规定处理，并立即报告保密工作机构。")
	f.Audience, f.Page = "staff", m.Page
	return f
}
