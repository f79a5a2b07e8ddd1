package document

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// longParagraphs is how long the documents of the benchmarks are.
const longParagraphs = 800

func benchmarkRead(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		d, err := read(data)
		if err != nil || len(d.Blocks) == 0 {
			b.Fatal(err)
		}
	}
}

func BenchmarkDOCX(b *testing.B) {
	benchmarkRead(b, docx(b, strings.Repeat(wp("该项目以统一的云仓系统把五个仓库连成一体，自研仓网调度算法，", "2023年为入驻企业节省物流费用1,860万元。"), longParagraphs)))
}

// BenchmarkDOC and the others read what LibreOffice saved; longer ones are named
// by LONG_DOC, which also measures a file of one's own.
func BenchmarkDOC(b *testing.B) { benchmarkSaved(b, "LONG_DOC", "../form/testdata/saved/plain.doc") }
func BenchmarkRTF(b *testing.B) { benchmarkSaved(b, "LONG_RTF", "../form/testdata/saved/plain.rtf") }
func BenchmarkODT(b *testing.B) { benchmarkSaved(b, "LONG_ODT", "../form/testdata/saved/plain.odt") }
func BenchmarkOFD(b *testing.B) { benchmarkSaved(b, "LONG_OFD", "../form/testdata/saved/plain.ofd") }

func benchmarkSaved(b *testing.B, variable, name string) {
	if own := os.Getenv(variable); own != "" {
		name = own
	}
	data, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	benchmarkRead(b, data)
}

// BenchmarkPDF reads a file with PDFium started: the first reading is not counted.
func BenchmarkPDF(b *testing.B) {
	name := "../form/testdata/saved/plain.pdf"
	if own := os.Getenv("LONG_PDF"); own != "" {
		name = own
	}
	data, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	r := NewReader(Options{CacheDir: b.TempDir(), Fill: true})
	defer r.Close()
	read := func() {
		if _, err := r.Read(bytes.NewReader(data), int64(len(data))); err != nil {
			b.Fatal(err)
		}
	}
	read()
	for b.Loop() {
		read()
	}
}
