package document

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
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

// BenchmarkPDF reads 66 pages of Chinese with tables, as LibreOffice prints them,
// with PDFium started: the first reading is not counted. Each reading is followed
// by one of pdftotext of the same file, so that the ratio of their medians bears
// a busy machine; its start as a program counts, which is some 10 ms. LONG_PDF
// names another file. Both must find the same characters.
func BenchmarkPDF(b *testing.B) {
	name := os.Getenv("LONG_PDF")
	if name == "" {
		name = printed(b, longPage())
	}
	data, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	r := NewReader(Options{CacheDir: b.TempDir(), Fill: true})
	defer r.Close()
	read := func() Document {
		d, err := r.ReadNamed("", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		return d
	}
	d := read()
	if ours, theirs := characters(words(d)), characters(poppler(b, name)); ours != theirs {
		b.Fatalf("%d characters, pdftotext finds %d, or others", len(ours), len(theirs))
	}
	var mine, others, mineCPU, othersCPU []float64
	for b.Loop() {
		start, cpu := time.Now(), processor(unix.RUSAGE_SELF)
		read()
		mine, mineCPU = append(mine, time.Since(start).Seconds()*1000), append(mineCPU, processor(unix.RUSAGE_SELF)-cpu)
		start, cpu = time.Now(), processor(unix.RUSAGE_CHILDREN)
		poppler(b, name)
		others, othersCPU = append(others, time.Since(start).Seconds()*1000), append(othersCPU, processor(unix.RUSAGE_CHILDREN)-cpu)
	}
	b.ReportMetric(float64(d.Pages), "pages")
	b.ReportMetric(median(mine), "ms")
	b.ReportMetric(median(others), "pdftotext-ms")
	b.ReportMetric(median(mine)/median(others), "ratio")
	b.ReportMetric(median(mineCPU), "cpu-ms")
	b.ReportMetric(median(othersCPU), "pdftotext-cpu-ms")
	b.ReportMetric(median(mineCPU)/median(othersCPU), "cpu-ratio")
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

// processor is the time of processors that was used so far, in ms.
func processor(who int) float64 {
	var u unix.Rusage
	if err := unix.Getrusage(who, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e6
}

// words is all text of a document.
func words(d Document) string {
	var b strings.Builder
	for _, bl := range d.Blocks {
		b.WriteString(bl.Text)
		for _, row := range bl.Rows {
			for _, c := range row {
				b.WriteString(c.Text)
			}
		}
	}
	return b.String()
}

// poppler is the text of a file by pdftotext.
func poppler(b *testing.B, name string) string {
	out, err := exec.Command("pdftotext", name, "-").Output()
	if err != nil {
		b.Skip("no pdftotext: ", err)
	}
	return string(out)
}

// characters sorts what is no blank; page numbers, which are not read, do not
// stand in the files compared.
func characters(s string) string {
	runes := []rune(strings.Join(strings.Fields(s), ""))
	slices.Sort(runes)
	return string(runes)
}

// longPage is a web page that prints on 66 pages.
func longPage() string {
	sentence := func(n int) string {
		return []string{
			"该项目以统一的云仓系统把五个仓库连成一体，自研仓网调度算法，", "2023年为入驻企业节省物流费用1,860万元，",
			"覆盖广州、佛山、东莞、惠州等12个地市的3,200余家商户。", "平台通过API与ERP、WMS系统打通，订单处理时长由48小时缩短至6小时；",
			"直播间场均观看人数达12.6万，转化率提升至4.8%，", "带动就业1,500人，其中返乡青年占比超过六成。",
		}[n%6]
	}
	var b strings.Builder
	b.WriteString(`<html><head><meta charset="utf-8"></head><body style="font-family:Noto Serif CJK SC;font-size:9pt">`)
	for page := range 66 {
		fmt.Fprintf(&b, `<h3 style="page-break-before:%s">第%d节　实施路径</h3>`, []string{"auto", "always"}[min(page, 1)], page+1)
		for p := range 7 {
			b.WriteString("<p>　　")
			for i := range 5 {
				b.WriteString(sentence(page*7 + p*3 + i*i))
			}
			b.WriteString("</p>")
		}
		b.WriteString(`<table border="1" style="border-collapse:collapse"><tr><th>编号</th><th>单位</th><th>交易额（万元）</th><th>说明</th></tr>`)
		for row := range 5 {
			fmt.Fprintf(&b, "<tr><td>AL2024%04d</td><td>佛山云杉科技有限公司</td><td>%d</td><td>%s</td></tr>", page*10+row, page*977+row*13, sentence(page+row))
		}
		b.WriteString("</table>")
	}
	return b.String() + "</body></html>"
}

// printed is a web page as LibreOffice prints it.
func printed(b *testing.B, page string) string {
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "long.html"), []byte(page), 0o644); err != nil {
		b.Fatal(err)
	}
	for _, step := range [][]string{{"--infilter=HTML (StarWriter)", "--convert-to", "odt", "long.html"}, {"--convert-to", "pdf", "long.odt"}} {
		c := exec.Command("soffice", append([]string{"--headless", "-env:UserInstallation=file://" + dir + "/profile"}, step...)...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			b.Skip("no LibreOffice: ", err, string(out))
		}
	}
	return filepath.Join(dir, "long.pdf")
}
