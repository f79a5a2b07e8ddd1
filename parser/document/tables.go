package document

import (
	"strings"
	"unicode"
)

// Bounds limit what [Document.Plain] takes of a document.
type Bounds struct {
	Rows, Columns int // of all tables together; of each row
	TableBytes    int // of the cells' text
	TextBytes     int // of the paragraphs
}

// Plain is a document's tables and its paragraphs as plain text, as far as the
// bounds go; whole tells whether that is all of it.
//
// In a row each cell stands in its column. Of cells merged sideways the first has
// the text. Of cells merged downwards all have it where it is a name, so that
// each row says whose it is; a number stands once, since nobody knows whether it
// was meant for every row.
func (d Document) Plain(p Bounds) (tables [][][]string, text string, whole bool) {
	whole = true
	var words strings.Builder
	for _, b := range d.Blocks {
		if b.Rows != nil {
			if table := plainTable(b.Rows, &p, &whole); len(table) > 0 {
				tables = append(tables, table)
			}
			continue
		}
		if p.TextBytes -= len(b.Text) + 1; p.TextBytes < 0 {
			whole, p.TextBytes = false, 0
			continue
		}
		words.WriteString(b.Text + "\n")
	}
	return tables, strings.TrimSuffix(words.String(), "\n"), whole
}

func plainTable(rows [][]Cell, p *Bounds, whole *bool) [][]string {
	var table [][]string
	above := map[int]string{} // text of the merged cell that goes on, by its column
	for _, row := range rows {
		if p.Rows == 0 {
			*whole = false
			break
		}
		line, complete := plainRow(row, above, p)
		*whole = *whole && complete
		if p.TableBytes < 0 {
			*whole = false
			break
		}
		p.Rows--
		table = append(table, line)
	}
	return table
}

func plainRow(row []Cell, above map[int]string, p *Bounds) (line []string, complete bool) {
	line = []string{}
	for _, c := range row {
		at := len(line)
		if at >= p.Columns {
			return line, false
		}
		text := c.Text
		if c.Down {
			text = above[at]
		} else {
			above[at] = ""
			if isName(text) {
				above[at] = text
			}
		}
		p.TableBytes -= len(text)
		line = append(line, text)
		for range min(c.Span, p.Columns-at) - 1 {
			line = append(line, "")
		}
	}
	return line, true
}

// isName tells a name or a word from a number, whatever it is written in: 27,
// 27分, 二十七, 第7号.
func isName(text string) bool {
	letters := 0
	for _, c := range text {
		if unicode.IsLetter(c) && !strings.ContainsRune("零〇一二两三四五六七八九十百点分第号", c) {
			letters++
		}
	}
	return letters > 1
}
