package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// xlsx is a SpreadsheetML package (ECMA-376 part 1, 18) being read. The sheets are
// walked as a stream: excelize tells a cell's style and the merged ranges only of
// a sheet that it has loaded whole (measured: 895 MB for a million cells), and
// takes damaged XML for the end of the sheet.
type xlsx struct {
	workbook
	zip     *zip.Reader
	numbers numbers
	strings []string       // shared strings
	formats []numberFormat // by a cell's style
}

// tab is one worksheet as the workbook names it.
type tab struct {
	Name  string `xml:"name,attr"`
	State string `xml:"state,attr"` // hidden, veryHidden
	Link  string `xml:"id,attr"`    // of its relationship
}

func readXLSX(z *zip.Reader, main *zip.File) (Document, error) {
	var book struct {
		XMLName    xml.Name
		Properties struct {
			From1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []tab `xml:"sheets>sheet"`
	}
	if err := decodePart(main, &book); err != nil {
		return Document{}, partError(main, err)
	}
	if book.XMLName.Local != "workbook" {
		return Document{}, fmt.Errorf("%w: root element <%s>", ErrUnsupported, book.XMLName.Local)
	}
	x := &xlsx{zip: z, numbers: numbers{from1904: isTrue(book.Properties.From1904)}}
	links, err := x.links(main)
	if err != nil {
		return Document{}, err
	}
	if err := x.styles(links.byType["styles"]); err != nil {
		return Document{}, err
	}
	if err := x.sharedStrings(links.byType["sharedStrings"]); err != nil {
		return Document{}, err
	}
	for i, t := range book.Sheets {
		if i >= maxSheets {
			return Document{}, fmt.Errorf("%w: more than %d sheets", ErrTooLarge, maxSheets)
		}
		if t.State == "hidden" || t.State == "veryHidden" {
			continue
		}
		if err := x.sheet(t.Name, links.byID[t.Link]); err != nil {
			return Document{}, err
		}
	}
	return Document{Kind: XLSX, Blocks: x.blocks, Headers: x.headers, Pictures: picturesIn(z, path.Dir(partName(main)))}, nil
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

// partError gives damage in a part its kind.
func partError(f *zip.File, err error) error {
	for _, kind := range []error{ErrTooLarge, ErrEncrypted, ErrBroken, ErrUnsupported} {
		if errors.Is(err, kind) {
			return err
		}
	}
	return fmt.Errorf("%w: %s: %v", ErrBroken, path.Base(f.Name), err)
}

// links are the parts that the workbook names.
type links struct{ byID, byType map[string]*zip.File }

func (x *xlsx) links(main *zip.File) (links, error) {
	l := links{map[string]*zip.File{}, map[string]*zip.File{}}
	dir, name := path.Split(partName(main))
	f := find(x.zip, dir+"_rels/"+name+".rels")
	if f == nil {
		return l, fmt.Errorf("%w: a workbook without sheets", ErrBroken)
	}
	var rels relationships
	if err := decodePart(f, &rels); err != nil {
		return l, partError(f, err)
	}
	for _, r := range rels.Relationship {
		part := find(x.zip, inPackage(dir, r.Target))
		if part == nil || r.TargetMode == "External" {
			continue
		}
		kind := path.Base(r.Type)
		l.byType[kind] = part
		if kind == "worksheet" { // else a sheet of a chart or of macros
			l.byID[r.ID] = part
		}
	}
	return l, nil
}

// styles reads which number format each style of a cell has.
func (x *xlsx) styles(f *zip.File) error {
	if f == nil {
		return nil
	}
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := decodeCapped(f, &sheet, maxStyles); err != nil {
		return partError(f, err)
	}
	codes := map[int]string{}
	for _, c := range sheet.Formats {
		codes[c.ID] = c.Code
	}
	for _, s := range sheet.Styles {
		x.formats = append(x.formats, numberFormat{s.Format, codes[s.Format]})
	}
	return nil
}

// maxStyles bounds styles.xml: 64,000 styles, Excel's limit, take some 8 MB.
const maxStyles = 16 << 20

// sharedStrings reads the texts that cells refer to.
func (x *xlsx) sharedStrings(f *zip.File) error {
	if f == nil {
		return nil
	}
	t := richText{}
	return walkPart(f, func(path []string, token xml.Token) error {
		if len(x.strings) > maxItems {
			return fmt.Errorf("%w: more than %d texts", ErrTooLarge, maxItems)
		}
		t.take(path, token)
		if e, ok := token.(xml.EndElement); ok && e.Name.Local == "si" {
			x.strings = append(x.strings, t.done())
		}
		return nil
	})
}

// richText gathers the text of a <si> or <is>, in one piece or in runs, without
// the readings above characters.
type richText struct{ b strings.Builder }

func (t *richText) take(path []string, token xml.Token) {
	n := len(path)
	if text, ok := token.(xml.CharData); ok && n > 1 && path[n-1] == "t" && path[n-2] != "rPh" {
		t.b.Write(text)
	}
}

func (t *richText) done() string {
	s := unescaped(t.b.String())
	t.b.Reset()
	return s
}

// unescaped undoes _x000D_, the way of writing what XML forbids (22.9.2.19).
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		at := strings.Index(s, "_x")
		if at < 0 || at+7 > len(s) {
			return b.String() + s
		}
		b.WriteString(s[:at])
		code, err := strconv.ParseUint(s[at+2:at+6], 16, 16)
		if err != nil || s[at+6] != '_' {
			b.WriteString("_x")
			s = s[at+2:]
			continue
		}
		if c := rune(code); c != '\r' {
			b.WriteRune(c)
		}
		s = s[at+7:]
	}
}

// walkPart goes once through a part and calls take with the names of the open
// elements, the innermost last (for an end, itself included).
func walkPart(f *zip.File, take func(path []string, token xml.Token) error) error {
	r, err := openPart(f)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(&cappedReader{r: r, left: maxPart})
	d.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) { return nil, fmt.Errorf("charset %q", label) }
	var open []string
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(open) == 0 {
			return nil
		}
		if err != nil {
			return partError(f, err)
		}
		start, isStart := token.(xml.StartElement)
		end, isEnd := token.(xml.EndElement)
		switch {
		case isStart && len(open) >= maxDepth:
			return fmt.Errorf("%w: elements nested too deep", ErrTooLarge)
		case isStart:
			open = append(open, start.Name.Local)
		case isEnd && (len(open) == 0 || open[len(open)-1] != end.Name.Local):
			return fmt.Errorf("%w: %s: stray </%s>", ErrBroken, path.Base(f.Name), end.Name.Local)
		}
		if err := take(open, token); err != nil {
			return err
		}
		if isEnd {
			open = open[:len(open)-1]
		}
	}
}
