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

// readPackage reads what Office keeps in a zip (ECMA-376 part 2). Elements are
// matched by local name: the strict form has other namespaces.
func readPackage(in io.ReaderAt, size int64) (Document, error) {
	z, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are only compared, never written
		return Document{}, fmt.Errorf("%w: zip: %v", ErrBroken, err)
	}
	switch {
	case find(z, "OFD.xml") != nil:
		return readOFD(z)
	case isODT(z):
		return readODT(z)
	}
	if err := packageMacros(z); err != nil {
		return Document{}, err
	}
	main, err := mainPart(z)
	if err != nil {
		return Document{}, err
	}
	if strings.HasPrefix(strings.ToLower(partName(main)), "xl/") {
		return readXLSX(z, main)
	}
	return readDOCX(z, main)
}

// readDOCX reads a WordprocessingML package (ECMA-376 part 1 and 4).
func readDOCX(z *zip.Reader, main *zip.File) (Document, error) {
	doc := Document{Kind: DOCX, Pages: pagesSaid(z), Pictures: picturesIn(z, path.Dir(main.Name)), Headers: docxHeaders(z, path.Dir(partName(main)))}
	r, err := openPart(main)
	if err != nil {
		return Document{}, err
	}
	defer r.Close()
	styles := packageStyles(z, path.Dir(partName(main)))
	if err := walkDOCX(partTokens(&cappedReader{r: r, left: maxPart}), styles, &doc); err != nil {
		return Document{}, err
	}
	return doc, nil
}

func picturesIn(z *zip.Reader, dir string) int {
	n := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, dir+"/media/") && !strings.HasSuffix(f.Name, "/") {
			n++
		}
	}
	return n
}

// mainPart finds document.xml or workbook.xml by the package's relationships,
// else by its usual name. A zip without one is some other thing.
func mainPart(z *zip.Reader) (*zip.File, error) {
	names := []string{"word/document.xml", "xl/workbook.xml"}
	if rels := find(z, "_rels/.rels"); rels != nil {
		if t := officeTarget(rels); t != "" {
			names = []string{t}
		}
	}
	for _, name := range names {
		if f := find(z, name); f != nil && !strings.HasPrefix(name, "ppt/") && !strings.HasSuffix(name, ".bin") {
			return f, nil
		}
	}
	return nil, fmt.Errorf("%w: %s", ErrUnsupported, zipKind(z))
}

// officeTarget is the target of the officeDocument relationship, "" if absent.
func officeTarget(rels *zip.File) string {
	var x relationships
	if decodePart(rels, &x) != nil {
		return ""
	}
	for _, r := range x.Relationship {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return inPackage("", r.Target)
		}
	}
	return ""
}

// relationships is a .rels part (ECMA-376 part 2, 9.3).
type relationships struct {
	Relationship []struct {
		ID         string `xml:"Id,attr"`
		Type       string `xml:"Type,attr"`
		Target     string `xml:"Target,attr"`
		TargetMode string `xml:"TargetMode,attr"`
	}
}

// inPackage is the name of the part that a target means, seen from a folder.
func inPackage(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + "/" + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
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
		if strings.EqualFold(partName(f), name) {
			return f
		}
	}
	return nil
}

// partName is a part's name; some programs write it as a Windows path.
func partName(f *zip.File) string { return strings.ReplaceAll(f.Name, `\`, "/") }

func zipKind(z *zip.Reader) string {
	switch {
	case find(z, "xl/workbook.bin") != nil:
		return "xlsb"
	case find(z, "ppt/presentation.xml") != nil:
		return "pptx"
	case find(z, "content.xml") != nil && find(z, "mimetype") != nil:
		return "odf"
	}
	return "zip"
}

// isODT: a text of ODF says so in its first entry; a sheet or slides do not.
func isODT(z *zip.Reader) bool {
	f := find(z, "mimetype")
	if f == nil || find(z, "content.xml") == nil {
		return false
	}
	r, err := openPart(f)
	if err != nil {
		return false
	}
	defer r.Close()
	said, err := io.ReadAll(io.LimitReader(r, 200))
	return err == nil && strings.HasPrefix(string(said), "application/vnd.oasis.opendocument.text")
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
func decodePart(f *zip.File, v any) error { return decodeCapped(f, v, 1<<20) }

func decodeCapped(f *zip.File, v any, most int64) error {
	r, err := openPart(f)
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(&cappedReader{r: r, left: most}).Decode(v)
}

// broken gives an error of a part a kind where it has none.
func broken(name string, err error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrEncrypted) || errors.Is(err, ErrBroken) {
		return err
	}
	return fmt.Errorf("%w: %s: %v", ErrBroken, path.Base(name), err)
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
