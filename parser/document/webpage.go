package document

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// webPage walks a web page that is a document: Word saves one as .htm, some
// programs call it .doc.
type webPage struct {
	out    *stream
	tables []*spanTable
	text   strings.Builder
	doc    *Document
}

func readWebPage(text string) (Document, error) {
	if len(text) > maxMarkup {
		return Document{}, fmt.Errorf("%w: web page of %d bytes", ErrTooLarge, len(text))
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return Document{}, fmt.Errorf("%w: html: %v", ErrBroken, err)
	}
	doc := Document{Kind: HTML}
	w := &webPage{out: newStream(), doc: &doc}
	if err := w.walk(root, "", 0); err != nil {
		return Document{}, err
	}
	w.paragraph()
	doc.Blocks = w.out.blocks()
	return doc, nil
}

// walk goes through what an element holds; font is that of its text.
func (w *webPage) walk(n *html.Node, font string, depth int) error {
	if depth > 4*maxDepth {
		return fmt.Errorf("%w: elements nested too deep", ErrTooLarge)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			w.words(c.Data, font)
		}
		if c.Type != html.ElementNode || unseen(c) {
			continue
		}
		if err := w.element(c, ownFont(c, font), depth); err != nil {
			return err
		}
	}
	return w.out.check()
}

func (w *webPage) element(n *html.Node, font string, depth int) error {
	k := len(w.tables)
	switch n.DataAtom {
	case atom.Table:
		w.paragraph()
		w.tables = append(w.tables, &spanTable{})
		err := w.walk(n, font, depth+1)
		w.text.Reset()
		w.tables = w.tables[:k]
		w.out.nest(k)
		return err
	case atom.Tr:
		if k == 0 {
			break
		}
		w.tables[k-1].startRow(w.out, k)
		err := w.walk(n, font, depth+1)
		w.tables[k-1].endRow(w.out, k)
		return err
	case atom.Td, atom.Th:
		if k == 0 {
			break
		}
		w.tables[k-1].startCell(w.out, k, spanned(n, "colspan", maxColumns), spanned(n, "rowspan", maxRowSpan))
		err := w.walk(n, font, depth+1)
		w.paragraph()
		w.out.cell(k, passage{}, nil)
		return err
	case atom.Br:
		w.text.WriteString("\n")
		return nil
	case atom.Img:
		w.doc.Pictures++
		return nil
	case atom.Input:
		w.input(n)
		return nil
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Body, atom.Ul, atom.Ol, atom.Center, atom.Pre:
		w.paragraph()
		err := w.walk(n, font, depth+1)
		w.paragraph()
		return err
	}
	return w.walk(n, font, depth+1)
}

// unseen are elements that show nothing, and text that Word marks as deleted.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Style, atom.Script, atom.Del, atom.Template, atom.Noscript, atom.Rt:
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attrOf(n, "style")), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "mso-hide:all")
}

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// ownFont is the font of an element where it names a symbol font.
func ownFont(n *html.Node, font string) string {
	if face := attrOf(n, "face"); face != "" {
		return face
	}
	for rule := range strings.SplitSeq(attrOf(n, "style"), ";") {
		name, value, _ := strings.Cut(rule, ":")
		if strings.EqualFold(strings.TrimSpace(name), "font-family") {
			value, _, _ = strings.Cut(value, ",")
			return strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return font
}

func (w *webPage) input(n *html.Node) {
	if !strings.EqualFold(attrOf(n, "type"), "checkbox") && !strings.EqualFold(attrOf(n, "type"), "radio") {
		w.words(attrOf(n, "value"), "")
		return
	}
	ticked := false
	for _, a := range n.Attr {
		ticked = ticked || a.Key == "checked"
	}
	w.text.WriteString(mark(ticked))
}

// words adds text, its white space as a browser shows it.
func (w *webPage) words(s, font string) {
	s = plain(font, strings.ReplaceAll(s, "\u00a0", " "))
	if strings.TrimLeft(s, " \t\r\n") != s {
		w.space()
	}
	words := strings.Fields(s)
	w.text.WriteString(strings.Join(words, " "))
	if len(words) > 0 && strings.TrimRight(s, " \t\r\n") != s {
		w.space()
	}
}

func (w *webPage) space() {
	if t := w.text.String(); t != "" && !strings.HasSuffix(t, " ") && !strings.HasSuffix(t, "\n") {
		w.text.WriteByte(' ')
	}
}

func (w *webPage) paragraph() {
	text := w.text.String()
	w.text.Reset()
	if strings.TrimSpace(text) != "" {
		w.out.paragraph(len(w.tables), passage{text: strings.TrimSpace(text)}, nil, false)
	}
}
