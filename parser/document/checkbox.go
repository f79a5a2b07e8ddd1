package document

import "encoding/xml"

// mark is how a check box is written in the text.
func mark(ticked bool) string {
	if ticked {
		return "☑"
	}
	return "□"
}

// control is the innermost open content control, nil if none.
func (w *walker) control() *control {
	if n := len(w.boxes); n > 0 {
		return w.boxes[n-1]
	}
	return nil
}

// startCheckBox notes the state of a check box: w14:checkbox in a content
// control's properties, w:checkBox in a form field's data (17.16.7).
func (w *walker) startCheckBox(e xml.StartElement) {
	c := w.control()
	switch name := e.Name.Local; {
	case name == "checkbox" && w.parent(1) == "sdtPr" && c != nil:
		c.isBox = true
	case name == "checked" && w.parent(1) == "checkbox" && c != nil:
		c.ticked = on(e)
	case name == "checkBox" && w.parent(1) == "ffData":
		w.legacy = &legacyBox{}
	case name == "checked" && w.legacy != nil:
		w.legacy.checked, w.legacy.said = on(e), true
	case name == "default" && w.legacy != nil:
		w.legacy.byDefault = on(e)
	}
}

// endControl writes a check box control that stands where no character of its
// own follows in this paragraph; others are written by their first character.
func (w *walker) endControl() {
	c := w.control()
	if c != nil && c.isBox && len(w.paras) > 0 {
		c.written = true
		w.paras[len(w.paras)-1].write(mark(c.ticked), ink{})
	}
}

func (w *walker) endCheckBox() {
	if w.legacy == nil {
		return
	}
	b := *w.legacy
	w.legacy = nil
	if b.said {
		w.write(mark(b.checked))
	} else {
		w.write(mark(b.byDefault))
	}
}
