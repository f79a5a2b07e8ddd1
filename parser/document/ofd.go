package document

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// Limits on an OFD file.
const (
	maxOFDPart = 16 << 20 // bytes of one part; a tree of it takes some ten times as much
	maxOFDAll  = 64 << 20
	millimetre = 72 / 25.4 // in points
)

// ofdFile is a package of GB/T 33190. Names in it are written in many ways: part
// names are matched without regard to case, elements by their local names.
type ofdFile struct {
	z    *zip.Reader
	left int64 // bytes that may still be read

	pages []*ofdNode // that were read, templates too
	lost  bool       // a page could not be
}

// ofdNode is an element.
type ofdNode struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []ofdNode  `xml:",any"`
}

func (n *ofdNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all gives the elements of a name below this one, at any depth.
func (n *ofdNode) all(name string) []*ofdNode {
	var out []*ofdNode
	for i := range n.Kids {
		k := &n.Kids[i]
		if k.XMLName.Local == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

// first gives the first element of a name; an empty one where there is none.
func (n *ofdNode) first(name string) *ofdNode {
	if found := n.all(name); len(found) > 0 {
		return found[0]
	}
	return &ofdNode{}
}

func (n *ofdNode) numbers(name string) []float64 { return numbersIn(n.attr(name)) }

func numbersIn(s string) []float64 {
	var out []float64
	for f := range strings.FieldsSeq(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || v != v || abs(v) > 1e6 {
			return nil
		}
		out = append(out, v)
	}
	return out
}

// part reads a part whose place is written in the part called from: absolute,
// from there, or from the root.
func (o *ofdFile) part(from, at string) (*ofdNode, string, error) {
	at = strings.TrimSpace(at)
	for _, name := range []string{inPackage(path.Dir(from), at), inPackage("", at)} {
		f := find(o.z, name)
		if f == nil || at == "" {
			continue
		}
		if o.left -= int64(min(f.UncompressedSize64, maxOFDAll+1)); o.left < 0 {
			return nil, "", fmt.Errorf("%w: parts over their size limit", ErrTooLarge)
		}
		var n ofdNode
		if err := decodeCapped(f, &n, maxOFDPart); err != nil {
			return nil, "", broken(name, err)
		}
		return &n, name, nil
	}
	return nil, "", fmt.Errorf("%w: ofd: %s is not in it", ErrBroken, at)
}

func readOFD(z *zip.Reader) (Document, error) {
	o := &ofdFile{z: z, left: maxOFDAll}
	root, name, err := o.part("", "OFD.xml")
	if err != nil {
		return Document{}, err
	}
	if find(z, "Encryptions.xml") != nil || find(z, "Encrypts.xml") != nil { // GM/T 0099
		return Document{}, fmt.Errorf("%w: ofd", ErrEncrypted)
	}
	pages := &pageJoiner{doc: Document{Kind: OFD}}
	for _, body := range root.all("DocBody") {
		if err := o.document(name, body.first("DocRoot").Text, pages); err != nil {
			return Document{}, err
		}
		signed, stamps := o.signatures(name, body.first("Signatures").Text)
		pages.doc.Signed, pages.doc.Seals = pages.doc.Signed+signed, pages.doc.Seals+stamps
	}
	doc, err := pages.finish()
	doc.Printed = err == nil && !o.lost && !doc.Scanned && !maySeal(z, o.pages)
	return doc, err
}

// document reads the pages of one document of the package. A page that cannot
// be read is left out; one without any is broken.
func (o *ofdFile) document(from, at string, pages *pageJoiner) error {
	doc, name, err := o.part(from, at)
	if err != nil {
		return err
	}
	box := doc.first("PageArea").first("PhysicalBox").Text
	templates := map[string]string{}
	for _, t := range doc.all("TemplatePage") {
		templates[t.attr("ID")] = t.attr("BaseLoc")
	}
	read := map[string]*ofdNode{} // templates, once each
	for i, p := range doc.first("Pages").all("Page") {
		if i >= maxPages {
			o.lost = true
			break
		}
		page, _, err := o.part(name, p.attr("BaseLoc"))
		if err != nil {
			pages.failed++
			o.lost = true
			continue
		}
		own := box
		if area := page.first("PhysicalBox").Text; strings.TrimSpace(area) != "" {
			own = area
		}
		r := newOFDPage(pages.next(), own)
		for _, t := range page.all("Template") {
			id := t.attr("TemplateID")
			if read[id] == nil {
				read[id] = o.template(name, templates[id])
			}
			r.content(read[id])
		}
		r.content(page)
		o.pages = append(o.pages, page)
		if err := pages.add(r.parts); err != nil {
			return err
		}
	}
	return nil
}

// template reads a page that others are drawn on; an empty one if it cannot be read.
func (o *ofdFile) template(from, at string) *ofdNode {
	t, _, err := o.part(from, at)
	if err != nil {
		t, o.lost = &ofdNode{}, true
	}
	o.pages = append(o.pages, t)
	return t
}
