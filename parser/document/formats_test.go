package document

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func gb(s string) string {
	b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

// rtfBytes writes Chinese as Word does: escapes of code page 936.
func rtfBytes(s string) string {
	var b strings.Builder
	for _, c := range []byte(gb(s)) {
		if c < 0x80 {
			b.WriteByte(c)
		} else {
			b.WriteString(`\'` + string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15]))
		}
	}
	return b.String()
}

// What an RTF file may hold besides what LibreOffice writes.
func TestRTF(t *testing.T) {
	const fonts = `{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset2 Wingdings 2;}{\f2\fcharset0 Arial;}}`
	box := func(state string) string {
		return `{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1` + state + `{\*\ffname x}}}}{\fldrslt}}`
	}
	for _, c := range []struct{ name, body, want string }{
		{"code page", rtfBytes("参评单位：甲") + `\par`, "P 参评单位：甲"},
		{"unicode with its replacement", `\uc1\u21442?\uc2\u-28688\'c0\'fd x\par`, "P 参述 x"},
		{"surrogates", `\u-10179?\u-8656?\par`, "P 😰"},
		{"raw bytes", gb("甲乙") + `\par`, "P 甲乙"},
		{"check boxes", box(`\ffres1\ffdefres0`) + "a" + box(`\ffres0`) + "b" + box(`\ffres25\ffdefres1`) + `c\par`, "P ☑a□b☑c"},
		{"symbol field", `{\field{\*\fldinst SYMBOL 82 \\f "Wingdings 2" \\s 12}{\fldrslt {\f1 R}}}x\par`, "P ☑x"},
		{"letter in a symbol font", `{\f1 R}x{\f1\'a3}y\par`, "P ☑x□y"},
		{"tracked changes", `a{\deleted b}{\revised c}\par`, "P ac"},
		{"hidden", `a{\v b}\v c\v0 d\par`, "P ad"},
		{"table", `\trowd\cellx1000\cellx2000\pard\intbl a\cell b\cell\row\trowd\clmgf\cellx1000\clmrg\cellx2000 c\cell\cell\row\pard d\par`, "T |a |b\nT |{2}c\nP d"},
		{"merged downwards", `\trowd\clvmgf\cellx1000\cellx2000\intbl a\cell b\cell\row\trowd\clvmrg\cellx1000\cellx2000\intbl\cell c\cell\row`, "T |a |b\nT |^ |c"},
		{"text box", `a{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt box\par}}{\shprslt old}}b\par c\par`, "P ab\nP box\nP c"},
		{"left out", `{\info{\title T}}{\header h\par}{\footnote f}{\*\unknown x}{\pict 0a0b}a\bin3 {}}b\par`, "P ab"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read([]byte(fonts + c.body + "}"))
			if err != nil {
				t.Fatal(err)
			}
			if got := drawing(d); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// A web page is a document where its name is one's, in any charset.
func TestWebPage(t *testing.T) {
	const body = `<style>p{}</style><p>参评 <b>单位</b></p><table><tr><td rowspan=2>甲<td colspan=2><input type=checkbox checked>乙</tr><tr><td>丙<td><span style="font-family:'Wingdings 2'">R</span>丁</table><p>末<del>删</del>`
	const want = "P 参评 单位\nT |甲 |{2}☑乙\nT |^ |丙 |☑丁\nP 末"
	for name, text := range map[string]string{
		"utf-8":   "<html>" + body,
		"gb18030": gb("<html>" + body),
		"said":    gb(`<html><meta http-equiv=Content-Type content="text/html; charset=gb2312">` + body),
	} {
		r := NewReader(Options{})
		d, err := r.ReadNamed("申报表.doc", strings.NewReader(text), int64(len(text)))
		if err != nil || d.Kind != HTML || drawing(d) != want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, drawing(d), want)
		}
	}
}

// An OFD page is set like a printed one: text by position, lines as a table.
func TestOFD(t *testing.T) {
	text := func(x, y, s string) string {
		return `<o:TextObject Boundary="` + x + ` ` + y + ` 50 5" Size="4"><o:TextCode X="0" Y="4" DeltaX="g 9 4">` + s + `</o:TextCode></o:TextObject>`
	}
	line := func(d string) string {
		return `<o:PathObject Boundary="0 0 210 297"><o:AbbreviatedData>` + d + `</o:AbbreviatedData></o:PathObject>`
	}
	page := `<o:Page xmlns:o="x"><o:Template TemplateID="7"/><o:Content><o:Layer>` + text("32", "51", "甲乙") + text("72", "51", "丙") +
		`<o:ImageObject Boundary="0 0 10 10"/></o:Layer></o:Content></o:Page>`
	template := `<o:Page xmlns:o="x"><o:Content><o:Layer>` + text("30", "30", "标题") +
		line("M 30 50 L 110 50 M 30 60 L 110 60") + line("M 30 50 L 30 60 M 70 50 L 70 60 M 110 50 L 110 60") + `</o:Layer></o:Content></o:Page>`
	scan := `<o:Page xmlns:o="x"><o:Content><o:Layer><o:ImageObject Boundary="0 0 210 297"/></o:Layer></o:Content></o:Page>`
	d, err := read(packed(t, []part{
		{"ofd.xml", `<o:OFD xmlns:o="x"><o:DocBody><o:DocRoot>/Doc_0/Document.xml</o:DocRoot><o:Signatures>Doc_0/Signs/Signatures.xml</o:Signatures></o:DocBody></o:OFD>`},
		{"Doc_0/Document.xml", `<o:Document xmlns:o="x"><o:CommonData><o:PageArea><o:PhysicalBox>0 0 210 297</o:PhysicalBox></o:PageArea><o:TemplatePage ID="7" BaseLoc="Tpls\T.xml"/></o:CommonData><o:Pages><o:Page ID="1" BaseLoc="Pages/P.xml"/><o:Page ID="2" BaseLoc="Pages/Q.xml"/></o:Pages></o:Document>`},
		{"Doc_0/Tpls/T.xml", template}, {"Doc_0/Pages/p.xml", page}, {"Doc_0/Pages/Q.xml", scan},
		{"Doc_0/Signs/Signatures.xml", `<o:Signatures xmlns:o="x"><o:Signature ID="1" BaseLoc="S/Signature.xml"/></o:Signatures>`},
		{"Doc_0/Signs/S/Signature.xml", `<o:Signature xmlns:o="x"><o:SignedInfo><o:StampAnnot PageRef="1" Boundary="1 1 40 40"/></o:SignedInfo><o:SignedValue>V.dat</o:SignedValue></o:Signature>`},
		{"Doc_0/Signs/S/V.dat", "0"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := drawing(d); got != "P 标题\nT |甲乙 |丙" {
		t.Error(got)
	}
	if d.Kind != OFD || d.Pages != 2 || d.Seals != 1 || d.Pictures != 2 || len(d.Scans) != 0 && d.Scans[0] != 2 {
		t.Errorf("%+v", d)
	}
}

// mutable are whole files of each format.
func mutable(t testing.TB) map[string][]byte {
	out := map[string][]byte{}
	for _, dir := range []string{"testdata/features", "../form/testdata/saved"} {
		for _, kind := range []string{DOC, RTF, ODT, OFD, "htm"} {
			names, err := filepath.Glob(dir + "/*." + kind)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names[:min(2, len(names))] {
				b, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				out[name] = b
			}
		}
	}
	return out
}

// mutated is a file with bytes changed, cut or doubled.
func mutated(b []byte, r *rand.Rand) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(30) {
		at := r.IntN(len(b))
		switch r.IntN(4) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = 0xFF
		case 2:
			b[r.IntN(min(len(b), 1600))] = byte(r.IntN(256)) // heads hold the sizes
		case 3:
			copy(b[at:min(at+4, len(b))], b[r.IntN(len(b)):])
		}
	}
	if r.IntN(6) == 0 {
		b = b[:r.IntN(len(b))]
	}
	return b
}

// A damaged file gives an error of a kind or a document, never a panic of its
// reader, and in a time that a person would wait.
func TestMutations(t *testing.T) {
	files := mutable(t)
	if len(files) < 8 {
		t.Fatal(len(files))
	}
	for name, whole := range files {
		for seed := range uint64(200) {
			b := mutated(whole, rand.New(rand.NewPCG(seed, 1)))
			r := NewReader(Options{})
			_, err := r.ReadNamed(filepath.Base(name), bytes.NewReader(b), int64(len(b)))
			if err != nil && (kindless(err) || strings.Contains(err.Error(), "runtime error")) {
				t.Errorf("%s, seed %d: %v", name, seed, err)
			}
		}
	}
}

// The parts that lie in a zip are damaged inside of it: from outside its checksum
// would notice.
func TestMutatedParts(t *testing.T) {
	for name, whole := range mutable(t) {
		if ext := filepath.Ext(name); ext != ".odt" && ext != ".ofd" {
			continue
		}
		parts := unpacked(t, whole)
		for seed := range uint64(200) {
			r := rand.New(rand.NewPCG(seed, 2))
			some := append([]part{}, parts...)
			for i, p := range some {
				if strings.HasSuffix(p.name, ".xml") && len(p.text) > 0 && r.IntN(2) == 0 {
					some[i].text = string(mutated([]byte(p.text), r))
				}
			}
			d, err := read(packed(t, some))
			marksFit(t, d)
			if err != nil && (kindless(err) || strings.Contains(err.Error(), "runtime error")) {
				t.Errorf("%s, seed %d: %v", name, seed, err)
			}
		}
	}
}

func kindless(err error) bool {
	for _, kind := range []error{ErrBroken, ErrTooLarge, ErrUnsupported, ErrEncrypted, ErrMacros} {
		if errors.Is(err, kind) {
			return false
		}
	}
	return true
}

func FuzzFormats(f *testing.F) {
	for _, b := range mutable(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 0 && sniff(b[:min(len(b), 1024)]) == PDF {
			t.Skip("PDFium is started in other tests")
		}
		began := time.Now()
		d, err := NewReader(Options{}).ReadNamed("a.htm", bytes.NewReader(b), int64(len(b)))
		marksFit(t, d)
		if err != nil && (kindless(err) || strings.Contains(err.Error(), "runtime error")) {
			t.Error(err)
		}
		if d := time.Since(began); len(b) < 1<<20 && d > 20*time.Second {
			t.Errorf("%d bytes took %v", len(b), d)
		}
	})
}
