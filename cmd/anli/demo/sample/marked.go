package sample

// Marked is a paper with a mark of secrecy in its upper left corner, as GB/T 9704
// places it.
type Marked struct {
	Mark  string // 秘密★1年
	Title string
}

// Docx is the paper as a Word file.
func (m Marked) Docx() []byte {
	body := line{text: m.Mark, face: headFace, align: "left"}.xml() + line{face: bodyFace}.xml() +
		line{text: m.Title, face: titleFace, align: "center"}.xml() + line{text: "以下为正文。", face: bodyFace, indent: true}.xml()
	return docx(m.Title, body)
}
