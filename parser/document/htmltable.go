package document

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isMarkup tells a web page: many systems export one and call it .xls.
func isMarkup(text string) bool {
	head := strings.ToLower(text[:min(len(text), 2048)])
	if !strings.HasPrefix(strings.TrimSpace(head), "<") {
		return false
	}
	return strings.Contains(head, "<html") || strings.Contains(head, "<table") || strings.Contains(head, "<!doctype html")
}

// readHTML reads the tables of a web page; one inside another is part of its cell.
func readHTML(text string) (Document, error) {
	if len(text) > maxMarkup {
		return Document{}, fmt.Errorf("%w: web page of %d bytes", ErrTooLarge, len(text))
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return Document{}, fmt.Errorf("%w: html: %v", ErrBroken, err)
	}
	book := &workbook{}
	for n := range root.Descendants() {
		if n.DataAtom != atom.Table || inside(n, atom.Table) {
			continue
		}
		if err := book.table(n); err != nil {
			return Document{}, err
		}
	}
	if len(book.blocks) == 0 {
		return Document{}, fmt.Errorf("%w: html", ErrUnsupported)
	}
	return Document{Kind: XLS, Blocks: book.blocks}, nil
}

func inside(n *html.Node, a atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return true
		}
	}
	return false
}

func (b *workbook) table(table *html.Node) error {
	s := &worksheet{book: b}
	taken := map[[2]int]bool{} // places covered by a cell above
	row := -1
	for n := range table.Descendants() {
		switch {
		case n.DataAtom == atom.Tr && nearest(n) == table:
			row++
		case (n.DataAtom == atom.Td || n.DataAtom == atom.Th) && nearest(n) == table:
			col := 0
			for taken[[2]int{row, col}] {
				col++
			}
			if err := s.htmlCell(n, max(row, 0), col, taken); err != nil {
				return err
			}
		}
	}
	return b.add("", s)
}

// nearest is the table that an element belongs to.
func nearest(n *html.Node) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.Table {
			return p
		}
	}
	return nil
}

func (s *worksheet) htmlCell(n *html.Node, row, col int, taken map[[2]int]bool) error {
	right, down := spanned(n, "colspan", 1000), spanned(n, "rowspan", 65534) // limits of the HTML standard
	if err := s.book.count(right * down); err != nil {
		return err
	}
	for r := range down {
		for c := range right {
			taken[[2]int{row + r, col + c}] = true
		}
	}
	if right > 1 || down > 1 {
		if err := s.merge(area{row, col, row + down - 1, col + right - 1}); err != nil {
			return err
		}
	}
	return s.put(row, col, tidied(cellText(n)))
}

func spanned(n *html.Node, name string, most int) int {
	for _, a := range n.Attr {
		if v, err := strconv.Atoi(strings.TrimSpace(a.Val)); a.Key == name && err == nil && v > 1 {
			return min(v, most)
		}
	}
	return 1
}

// cellText is a cell's text as a browser breaks it into lines.
func cellText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && (d.Parent.DataAtom == atom.Style || d.Parent.DataAtom == atom.Script):
		case d.Type == html.TextNode:
			b.WriteString(strings.NewReplacer("\r", " ", "\n", " ", "\u00a0", " ").Replace(d.Data))
		case d.DataAtom == atom.Br || d.DataAtom == atom.P || d.DataAtom == atom.Div || d.DataAtom == atom.Tr:
			b.WriteString("\n")
		}
	}
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		if words := strings.Join(strings.Fields(line), " "); words != "" {
			lines = append(lines, words)
		}
	}
	return strings.Join(lines, "\n")
}
