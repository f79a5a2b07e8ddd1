package document

import (
	"archive/zip"
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Limits on what is read of headers.
const (
	maxHeaders     = 20
	maxHeaderBytes = 1 << 20
	maxHeaderLines = 50
)

var headerPart = regexp.MustCompile(`^header\d*\.xml$`)

// docxHeaders are the lines of a text's headers. One that cannot be read has none: the
// text itself is whole without it.
func docxHeaders(z *zip.Reader, dir string) []string {
	var out []string
	parts := 0
	for _, f := range z.File {
		if name := partName(f); path.Dir(name) != dir || !headerPart.MatchString(path.Base(name)) {
			continue
		}
		if parts++; parts > maxHeaders {
			break
		}
		out = append(out, textLines(f, "hdr")...)
	}
	return out[:min(len(out), maxHeaderLines)]
}

// odtHeaders are the lines of the headers that the page styles of an .odt have.
func odtHeaders(z *zip.Reader) []string {
	f := find(z, "styles.xml")
	if f == nil {
		return nil
	}
	out := textLines(f, "header", "header-left", "header-first")
	return out[:min(len(out), maxHeaderLines)]
}

// textLines are the paragraphs that stand within elements of these names.
func textLines(f *zip.File, within ...string) []string {
	r, err := openPart(f)
	if err != nil {
		return nil
	}
	defer r.Close()
	d := xml.NewDecoder(&cappedReader{r: r, left: maxHeaderBytes})
	var out []string
	var line strings.Builder
	var open []string
	inside := 0 // depth of the element of such a name; 0: not in one
	for {
		t, err := d.RawToken()
		if err != nil {
			return out
		}
		switch e := t.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if open = append(open, name); inside == 0 && slices.Contains(within, name) {
				inside = len(open)
			}
			if name == "tab" && inside > 0 {
				line.WriteByte('\t')
			}
		case xml.EndElement:
			if name := e.Name.Local; inside > 0 && (name == "p" || name == "h") {
				if s := strings.TrimSpace(line.String()); s != "" {
					out = append(out, s)
				}
				line.Reset()
			}
			if len(open) == inside {
				inside = 0
			}
			open = open[:max(len(open)-1, 0)]
		case xml.CharData:
			if inside > 0 && (open[inside-1] != "hdr" || open[len(open)-1] == "t") { // else it may be a field's code
				line.Write(e)
			}
		}
	}
}

// blockLines are the lines of blocks, a row of a table one of them.
func blockLines(blocks []Block) []string {
	var out []string
	for _, b := range blocks {
		out = append(out, strings.Split(b.Text, "\n")...)
		for _, row := range b.Rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, c.Text)
			}
			out = append(out, strings.Join(cells, "\t"))
		}
	}
	return out[:min(len(out), maxHeaderLines)]
}
