package bot

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/cage"
	"anli/parser/mail"
)

// BenchmarkHeavy reads what weighs most, each by itself and alone. least-MiB is the
// smallest limit of memory, in steps of an eighth of the default, within which it is
// still read as it is by default; own-MB is how much memory of this process grew.
// LONG_PDF, LONG_DOCX and LONG_JPEG name files of one's own.
func BenchmarkHeavy(b *testing.B) {
	cache := warmed(b)
	for _, f := range heavyFiles(b) {
		b.Run(strings.ReplaceAll(f.Path, " ", "-"), func(b *testing.B) {
			blobs := ledger.OpenBlobs(b.TempDir())
			read := func(memory int64) intake.Reading {
				r := &Reader{Cage: &cage.Cage{CacheDir: cache, Limits: cage.Limits{Memory: memory}}, Blobs: blobs}
				return readOne(b, r, f)
			}
			whole := read(0)
			own, cpu := residentNow(b), used(b, syscall.RUSAGE_CHILDREN)
			for b.Loop() {
				read(0)
			}
			b.ReportMetric(float64(used(b, syscall.RUSAGE_CHILDREN)-cpu)/1e6/float64(b.N), "child-cpu-ms/op")
			b.ReportMetric(float64(residentNow(b)-own)/1e6, "own-MB")
			b.ReportMetric(float64(len(f.Data))/1e6, "file-MB")
			if whole.Failure != "" || whole.Kind == "archive" {
				b.Fatalf("not read within the default: %s %s %s", whole.Kind, whole.Failure, whole.Reason)
			}
			const step = 96 << 20
			least := int64(8 * step)
			for ; least > step && asText(b, read(least-step)) == asText(b, whole); least -= step {
			}
			b.ReportMetric(float64(least>>20), "least-MiB")
		})
	}
}

// BenchmarkWaiting starts the children that wait for mails and tells their memory, in
// all: of their own, and with their share of what processes have in common.
func BenchmarkWaiting(b *testing.B) {
	cache := warmed(b)
	var own, shared, count int64
	for b.Loop() {
		r := &Reader{Cage: &cage.Cage{CacheDir: cache}}
		r.Keep()
		b.StopTimer()
		time.Sleep(2 * time.Second) // until they are prepared
		count = 0
		own, shared = 0, 0
		for _, pid := range childrenNow(b) {
			count++
			own += memoryOf(b, pid, "Private_Dirty") + memoryOf(b, pid, "Private_Clean")
			shared += memoryOf(b, pid, "Pss")
		}
		r.Cage.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(count), "children")
	b.ReportMetric(float64(own)/1e6, "own-MB")
	b.ReportMetric(float64(shared)/1e6, "shared-MB")
}

// childrenNow are the processes that this one has started.
func childrenNow(b *testing.B) (all []int) {
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		b.Fatal(err)
	}
	for _, t := range threads {
		raw, err := os.ReadFile("/proc/self/task/" + t.Name() + "/children")
		if err != nil {
			continue // the thread ended, or the kernel does not tell
		}
		for _, f := range strings.Fields(string(raw)) {
			if pid, err := strconv.Atoi(f); err == nil {
				all = append(all, pid)
			}
		}
	}
	return all
}

// memoryOf is one line of a process's smaps_rollup, in bytes.
func memoryOf(b *testing.B, pid int, what string) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		b.Skip(err)
	}
	for line := range strings.Lines(string(raw)) {
		var kb int64
		if rest, ok := strings.CutPrefix(line, what+":"); ok {
			if _, err := fmt.Sscan(rest, &kb); err == nil {
				return kb << 10
			}
		}
	}
	b.Fatalf("no %s of process %d", what, pid)
	return 0
}

func residentNow(b *testing.B) int64 { return memoryOf(b, os.Getpid(), "Rss") }

func readOne(b *testing.B, r *Reader, f sample.File) intake.Reading {
	sha, err := r.Blobs.PutBytes(f.Data)
	if err != nil {
		b.Fatal(err)
	}
	msg := mail.Message{Attachments: []mail.Attachment{{Name: f.Path, SHA256: sha, Size: int64(len(f.Data))}}}
	all, err := r.Read(context.Background(), msg, testSettings().Call.Form(), func(string) (intake.Reading, bool) { return intake.Reading{}, false }, nil)
	if err != nil || len(all) != 1 {
		b.Fatal(len(all), err)
	}
	return all[0]
}

func asText(b *testing.B, r intake.Reading) string {
	raw, err := json.Marshal(r)
	if err != nil {
		b.Fatal(err)
	}
	return string(raw)
}

// heavyFiles are named so that their pages are looked at for seals.
func heavyFiles(b *testing.B) []sample.File {
	scan := sample.Scan{Title: "申报表", Pages: 24, JPEG: true}
	own := func(variable string, made func() []byte) []byte {
		if name := os.Getenv(variable); name != "" {
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			return data
		}
		return made()
	}
	return []sample.File{
		{Path: "66 pages of text 盖章.pdf", Data: own("LONG_PDF", func() []byte { return longPDF(66) })},
		{Path: "24 scanned pages 盖章.pdf", Data: scan.PDF()},
		{Path: "large text.docx", Data: own("LONG_DOCX", longDocx)},
		{Path: "48 megapixels.jpg", Data: own("LONG_JPEG", func() []byte { return picture48(jpegBytes) })},
		{Path: "48 megapixels.png", Data: picture48(pngBytes)},
	}
}

// longPDF is printed text of 1,660 characters a page, in a font that is not embedded.
func longPDF(pages int) []byte {
	var out bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(at)}, args...)...)
	}
	out.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Count %d/Kids[%s]>>", pages, kids.String())
	object("<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>")
	object("<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>")
	words := utf16.Encode([]rune("该项目以统一的云仓系统把五个仓库连成一体自研仓网调度算法为入驻企业节省物流费用"))
	for range pages {
		var text strings.Builder
		for line := range 42 {
			fmt.Fprintf(&text, "BT /F 12 Tf 40 %d Td <", 800-line*18)
			for i := range 40 {
				fmt.Fprintf(&text, "%04x", words[(i+line)%len(words)])
			}
			text.WriteString("> Tj ET\n")
		}
		object("<</Length %d>>\nstream\n%s\nendstream", text.Len(), text.String())
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", len(at))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

// longDocx is the blank form with 24 MB of text behind it.
func longDocx() []byte {
	const paragraph = "<w:p><w:r><w:t>该项目以统一的云仓系统把五个仓库连成一体，自研仓网调度算法。2023年为入驻企业节省物流费用1,860万元。</w:t></w:r></w:p>"
	form := sample.BlankForm()
	in, err := zip.NewReader(bytes.NewReader(form), int64(len(form)))
	if err != nil {
		panic(err) // it is our own
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range in.File {
		text, err := fs.ReadFile(in, f.Name)
		if err == nil && f.Name == "word/document.xml" {
			text = bytes.Replace(text, []byte("<w:sectPr"), []byte(strings.Repeat(paragraph, 24<<20/len(paragraph))+"<w:sectPr"), 1)
		}
		var w io.Writer
		if err == nil {
			w, err = z.Create(f.Name)
		}
		if err == nil {
			_, err = w.Write(text)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// picture48 is a photo of 8,000 by 6,000 pixels.
func picture48(encode func(image.Image) []byte) []byte {
	chance := rand.New(rand.NewPCG(1, 2))
	im := image.NewRGBA(image.Rect(0, 0, 8000, 6000))
	for y := range 6000 {
		for x := range 8000 {
			im.SetRGBA(x, y, color.RGBA{uint8(x >> 5), uint8(y >> 5), uint8(x+y) ^ uint8(chance.Uint32()&7), 255})
		}
	}
	return encode(im)
}

func jpegBytes(im image.Image) []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, im, nil); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func pngBytes(im image.Image) []byte {
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, im); err != nil {
		panic(err)
	}
	return out.Bytes()
}
