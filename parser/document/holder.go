package document

import "strings"

// holder collects blocks. joined: the paragraph mark of the last one was
// deleted, so the next paragraph goes on in it.
type holder struct {
	blocks   []Block
	joined   bool
	pictured bool // a picture waits for the text behind it
}

// add takes a finished paragraph; markGone: its mark was deleted. True where it is a
// block of its own.
func (h *holder) add(p passage, markGone bool) (own bool) {
	p = p.cut(strings.TrimRight(p.text, " \t\n"))
	last := len(h.blocks) - 1
	filled := strings.TrimSpace(p.text) != ""
	switch {
	case h.joined && last >= 0 && h.blocks[last].Rows == nil:
		b := &h.blocks[last]
		b.Marks = p.marks.behind(b.Marks, len(b.Text))
		b.Text += p.text
		filled = true
	case filled:
		h.blocks = append(h.blocks, Block{Text: p.text, Marks: h.waiting(p.marks)})
		own = true
	case p.marks.Pictures() > 0 && last >= 0 && h.blocks[last].Rows == nil:
		b := &h.blocks[last]
		b.Marks = append(b.Marks, Mark{len(b.Text), len(b.Text), PictureHere})
	case p.marks.Pictures() > 0:
		h.pictured = true
	}
	h.joined = markGone && filled
	return own
}

// waiting puts the picture that waits before the marks of a text.
func (h *holder) waiting(marks Marks) Marks {
	if h.pictured {
		h.pictured = false
		marks = append(Marks{{0, 0, PictureHere}}, marks...)
	}
	return marks
}

// cellText is all of a cell, which may be nothing but a picture.
func (h *holder) cellText() passage {
	p := flatten(h.blocks)
	p.marks = h.waiting(p.marks)
	return p
}
