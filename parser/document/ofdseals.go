package document

import (
	"archive/zip"
	"path"
	"strings"

	"anli/parser/seal"
)

// signatures counts the signatures of a package that are there, and those of them
// that show a stamp on a page (GB/T 33190, 18).
func (o *ofdFile) signatures(from, at string) (signed, stamps int) {
	if strings.TrimSpace(at) == "" {
		return 0, 0
	}
	list, name, err := o.part(from, at)
	if err != nil {
		return 0, 0
	}
	for _, s := range list.all("Signature") {
		signature, where, err := o.part(name, s.attr("BaseLoc"))
		if err != nil || !o.holds(where, signature.first("SignedValue").Text) {
			continue
		}
		signed++
		if len(signature.all("StampAnnot")) > 0 {
			stamps++
		}
	}
	return signed, stamps
}

// holds: a part is in the package and is not empty.
func (o *ofdFile) holds(from, at string) bool {
	at = strings.TrimSpace(at)
	if at == "" {
		return false
	}
	for _, name := range []string{inPackage(path.Dir(from), at), inPackage("", at)} {
		if f := find(o.z, name); f != nil && f.UncompressedSize64 > 0 {
			return true
		}
	}
	return false
}

// maySeal: something is drawn that might be a seal's picture: a picture, a curve, a
// note laid over a page. Print has letters and straight lines.
func maySeal(z *zip.Reader, pages []*ofdNode) bool {
	for _, f := range z.File {
		if name := strings.ToLower(partName(f)); strings.Contains(name, "annot") {
			return true
		}
	}
	for _, p := range pages {
		if len(p.all("ImageObject"))+len(p.all("CompositeObject")) > 0 {
			return true
		}
		for _, d := range p.all("AbbreviatedData") {
			if strings.ContainsAny(d.Text, "QBA") {
				return true
			}
		}
	}
	return false
}

// SealsOf tells of the pages of an .ofd, which are not drawn here, what is known:
// its signatures; that nothing but print is on them; else that they were not read.
// nil for any other document.
func (d Document) SealsOf() *seal.Reading {
	switch {
	case d.Kind != OFD:
		return nil
	case d.Signed > 0:
		return &seal.Reading{Signed: d.Signed}
	case d.Printed:
		return &seal.Reading{Pages: []seal.Page{{}}}
	}
	return &seal.Reading{Pages: []seal.Page{{Doubt: seal.DoubtUnread}}}
}
