package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"anli/cmd/anli/demo/sample"
)

// testFile reads a file of another package's testdata, made by a real program.
func testFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../../parser/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestCheckFiles: what is told of a single file, through the cage, by its content
// and its name.
func TestCheckFiles(t *testing.T) {
	picture := func(name string) []byte { return testFile(t, "document/testdata/pictures/"+name) }
	book := testFile(t, "document/testdata/sheets/scores.xlsx")
	exe := []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff")
	withMacros := addToZip(t, book, "xl/vbaProject.bin", "x")
	for _, c := range []struct {
		name string
		b    []byte
		want string // code, severity; "" for none about the file
	}{
		{"照片1.jpg", []byte("照片稍后补"), "image-broken error"},
		{"照片1.jpg", []byte("<!DOCTYPE html><html><body>404 Not Found</body></html>"), "image-broken error"},
		{"照片1.jpg", bytes.Repeat([]byte("\x9c\x07\xfe\x00\x81\x42"), 5000), "image-broken error"},
		{"照片1.jpg", picture("progressive.jpg")[:900], "image-broken error"},
		{"照片1.jpg", nil, "file-empty error"},
		{"营业执照.jpg", testFile(t, "document/testdata/sheets/scores.docx"), "file-type-mismatch warning"},
		{"照片1.jpg", picture("one.png"), "file-type-mismatch info"},
		{"照片1.jpg", picture("one.heic"), "file-type-mismatch info"},
		{"照片1.heic", picture("one.heic"), ""},
		{"照片1.avif", picture("one.avif"), ""},
		{"照片1.bmp", picture("os2.bmp"), ""},
		{"照片1.tif", picture("jpeg.tiff"), ""},
		{"照片1.jpg", picture("cmyk.jpg"), ""},
		{"数据.xlsm", withMacros, "file-dangerous error"},
		{"数据.xlsx", book, ""},
		{"推荐案例汇总表.xlsm", withMacros, "file-dangerous warning"},
		{"推荐案例汇总表.xls", testFile(t, "document/testdata/sheets/encrypted.xls"), "file-encrypted error"},
		{"数据.xlsx", testFile(t, "document/testdata/sheets/encrypted.xlsx"), "file-encrypted error"},
		{"说明.docx", append([]byte("b\x14#e\x00\x00E-SafeNet\x00LOCK"), exe...), "file-encrypted error"},
		{"材料.exe", exe, "file-dangerous error"},
		{"打开.bat", []byte("@echo off\r\n"), "file-dangerous error"},
		{"打开.hta", []byte("<html><script>x</script></html>"), "file-dangerous error"},
		{"说明.txt", []byte("MZ公司简介"), ""},
		{"照片.mp4", []byte("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"), ""},
		{"申报表.doc", []byte("<?xml version=\"1.0\"?><uof:UOF xmlns:uof=\"x\"/>"), "form-unreadable error"},
		{"申报表.doc", testFile(t, "form/testdata/saved/plain.xml"), ""},
	} {
		_, raw, stderr := run(t, "check", "--json", lay(t, "材料", []sample.File{{Path: c.name, Data: c.b}}))
		var out checkOut
		if err := json.Unmarshal([]byte(raw), &out); err != nil {
			t.Fatal(err, stderr)
		}
		findings := out.Problems
		for _, x := range out.Cases {
			findings = append(findings, x.Findings...)
		}
		var got []string
		for _, f := range findings {
			if strings.HasPrefix(f.Code, "file-") || slices.Contains([]string{"image-broken", "form-unreadable"}, f.Code) {
				got = append(got, f.Code+" "+f.Severity)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s (%.12q): %v, want %s", c.name, c.b, got, c.want)
		}
	}
}

// addToZip is a package with one more part.
func addToZip(t *testing.T, b []byte, name, content string) []byte {
	t.Helper()
	old, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range old.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
