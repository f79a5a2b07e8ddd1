package document

import (
	"slices"
	"strings"
	"testing"

	"anli/parser/seal"
)

// signedOFD is the form as .ofd with what a signing program adds (GB/T 33190, 18):
// no program that signs could be had here.
func signedOFD(t *testing.T, signature, value string, more ...part) []byte {
	parts := unpacked(t, contents(t, "../form/testdata/saved/plain.ofd"))
	for i, p := range parts {
		if p.name == "OFD.xml" {
			parts[i].text = strings.Replace(p.text, "</ofd:DocRoot>", "</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>", 1)
		}
	}
	const ns = `<?xml version="1.0" encoding="UTF-8"?><ofd:`
	parts = append(parts, part{"Doc_0/Signs/Signatures.xml", ns + `Signatures xmlns:ofd="http://www.ofdspec.org/2016"><ofd:MaxSignId>1</ofd:MaxSignId>` +
		`<ofd:Signature ID="1" Type="Seal" BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/></ofd:Signatures>`})
	if signature != "" {
		parts = append(parts, part{"Doc_0/Signs/Sign_0/Signature.xml", ns + `Signature xmlns:ofd="http://www.ofdspec.org/2016"><ofd:SignedInfo>` +
			`<ofd:Provider ProviderName="某签章" Company="某公司" Version="2.0"/><ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:SignatureDateTime>20241011093000Z</ofd:SignatureDateTime>` +
			`<ofd:References CheckMethod="1.2.156.10197.1.401"><ofd:Reference FileRef="/Doc_0/Pages/Page_2/Content.xml"><ofd:CheckValue>q8K5fJp1</ofd:CheckValue></ofd:Reference></ofd:References>` +
			signature + `</ofd:SignedInfo><ofd:SignedValue>/Doc_0/Signs/Sign_0/SignedValue.dat</ofd:SignedValue></ofd:Signature>`})
	}
	if value != "" {
		parts = append(parts, part{"Doc_0/Signs/Sign_0/SignedValue.dat", value})
	}
	return packed(t, append(parts, more...))
}

func partOf(t *testing.T, name string) string {
	t.Helper()
	for _, p := range unpacked(t, contents(t, "../form/testdata/saved/plain.ofd")) {
		if p.name == name {
			return p.text
		}
	}
	t.Fatal("no " + name)
	return ""
}

// TestOFDSeals: what signs an .ofd counts as an electronic seal; a list of nothing
// does not, and a page on which a seal may be drawn is not judged.
func TestOFDSeals(t *testing.T) {
	const stamp = `<ofd:StampAnnot ID="2" PageRef="1002" Boundary="120 60 42 42"/><ofd:Seal><ofd:BaseLoc>/Doc_0/Signs/Sign_0/Seal.esl</ofd:BaseLoc></ofd:Seal>`
	drawnAt := func(object string) part {
		return part{"Doc_0/Pages/Page_2/Content.xml", `<ofd:Page xmlns:ofd="x"><ofd:Content><ofd:Layer>` + object + `<ofd:TextObject Boundary="30 30 50 5" Size="4"><ofd:TextCode X="0" Y="4">参评单位</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>`}
	}
	with := func(changed ...part) []byte {
		parts := unpacked(t, contents(t, "../form/testdata/saved/plain.ofd"))
		for _, p := range changed {
			if i := slices.IndexFunc(parts, func(x part) bool { return x.name == p.name }); i >= 0 {
				parts[i] = p
			} else {
				parts = append(parts, p)
			}
		}
		return packed(t, parts)
	}
	templated := drawnAt("")
	templated.text = strings.Replace(templated.text, "<ofd:Content>", `<ofd:Template TemplateID="9"/><ofd:Template TemplateID="9"/><ofd:Content>`, 1)
	named := part{"Doc_0/Document.xml", strings.Replace(partOf(t, "Doc_0/Document.xml"), "</ofd:PageArea>", `</ofd:PageArea><ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>`, 1)}
	tpl := func(text string) part { return part{"Doc_0/Tpls/Tpl_0/Content.xml", text} }
	for _, c := range []struct {
		name          string
		b             []byte
		signed, seals int
		doubt         string // of its pages
	}{
		{"with a seal", signedOFD(t, stamp, "0\x82"), 1, 1, "none looked at"},
		{"signed without a seal's picture", signedOFD(t, `<ofd:Parameters/>`, "0\x82"), 1, 0, "none looked at"},
		{"print only", contents(t, "../form/testdata/saved/plain.ofd"), 0, 0, ""},
		{"a signature that is not there", signedOFD(t, "", ""), 0, 0, ""},
		{"a signature without its value", signedOFD(t, stamp, ""), 0, 0, ""},
		{"a picture", with(drawnAt(`<ofd:ImageObject Boundary="120 60 42 42" ResourceID="5"/>`)), 0, 0, seal.DoubtUnread},
		{"a ring", with(drawnAt(`<ofd:PathObject Boundary="120 60 42 42"><ofd:AbbreviatedData>M 0 21 A 21 21 0 1 1 42 21</ofd:AbbreviatedData></ofd:PathObject>`)), 0, 0, seal.DoubtUnread},
		{"a template of words", with(templated, named, tpl(drawnAt("").text)), 0, 0, ""},
		{"a template with a picture", with(templated, named, tpl(drawnAt(`<ofd:ImageObject ResourceID="5"/>`).text)), 0, 0, seal.DoubtUnread},
		{"a template that is broken", with(templated, named, tpl("<ofd:Page")), 0, 0, seal.DoubtUnread},
		{"a template that is not there", with(templated, named), 0, 0, seal.DoubtUnread},
		{"a template that is not named", with(templated), 0, 0, seal.DoubtUnread},
		{"a note laid over", with(part{"Doc_0/Annots/Page_2/Annotation.xml", "<x/>"}), 0, 0, seal.DoubtUnread},
	} {
		d, err := read(c.b)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got, doubt := d.SealsOf(), "none looked at"
		if len(got.Pages) > 0 {
			doubt = got.Pages[0].Doubt
		}
		if got.Signed != c.signed || d.Seals != c.seals || doubt != c.doubt {
			t.Errorf("%s: %+v, %d seals", c.name, got, d.Seals)
		}
	}
	if (Document{Kind: DOCX}).SealsOf() != nil {
		t.Error("a .docx has pages that are looked at elsewhere")
	}
}
