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

// readDOCX reads a WordprocessingML package (ECMA-376 part 1 and 4). Elements
// are matched by local name: the strict form has other namespaces.
func readDOCX(in io.ReaderAt, size int64) (Document, error) {
	z, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are only compared, never written
		return Document{}, fmt.Errorf("%w: zip: %v", ErrBroken, err)
	}
	main, err := mainPart(z)
	if err != nil {
		return Document{}, err
	}
	doc := Document{Kind: DOCX, Pages: pagesSaid(z)}
	media := path.Dir(main.Name) + "/media/"
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, media) && !strings.HasSuffix(f.Name, "/") {
			doc.Pictures++
		}
	}
	r, err := openPart(main)
	if err != nil {
		return Document{}, err
	}
	defer r.Close()
	if err := walkDOCX(&cappedReader{r: r, left: maxPart}, &doc); err != nil {
		return Document{}, err
	}
	return doc, nil
}

// mainPart finds document.xml by the package's relationships, else by its usual
// name. A zip without one is some other thing.
func mainPart(z *zip.Reader) (*zip.File, error) {
	name := "word/document.xml"
	if rels := find(z, "_rels/.rels"); rels != nil {
		if t := officeTarget(rels); t != "" {
			name = t
		}
	}
	f := find(z, name)
	if f == nil || strings.HasPrefix(name, "xl/") || strings.HasPrefix(name, "ppt/") {
		return nil, fmt.Errorf("%w: %s", ErrUnsupported, zipKind(z))
	}
	return f, nil
}

// officeTarget is the target of the officeDocument relationship, "" if absent.
func officeTarget(rels *zip.File) string {
	var x struct {
		Relationship []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if decodePart(rels, &x) != nil {
		return ""
	}
	for _, r := range x.Relationship {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(r.Target, `\`, "/")), "/")
		}
	}
	return ""
}

// pagesSaid is the page count that the writing program left in the package;
// 0 if it left none. It may be stale.
func pagesSaid(z *zip.Reader) int {
	f := find(z, "docProps/app.xml")
	if f == nil {
		return 0
	}
	var x struct{ Pages string }
	if decodePart(f, &x) != nil {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(x.Pages))
	if err != nil || n < 0 || n > 100_000 {
		return 0
	}
	return n
}

func find(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
}

func zipKind(z *zip.Reader) string {
	switch {
	case find(z, "xl/workbook.xml") != nil:
		return "xlsx"
	case find(z, "ppt/presentation.xml") != nil:
		return "pptx"
	case find(z, "OFD.xml") != nil:
		return "ofd"
	case find(z, "content.xml") != nil && find(z, "mimetype") != nil:
		return "odt"
	}
	return "zip"
}

func openPart(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("%w: zip entry %s", ErrEncrypted, path.Base(f.Name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrBroken, path.Base(f.Name), err)
	}
	return r, nil
}

// decodePart decodes one of the small parts of a package.
func decodePart(f *zip.File, v any) error {
	r, err := openPart(f)
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(&cappedReader{r: r, left: 1 << 20}).Decode(v)
}

// cappedReader fails with ErrTooLarge instead of ending early as
// io.LimitedReader does: half a form must not pass for a whole one.
type cappedReader struct {
	r    io.Reader
	left int64
}

func (c *cappedReader) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, fmt.Errorf("%w: part over its size limit", ErrTooLarge)
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}
