package sample

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Naming is how an archive writes the names of its entries.
type Naming int

const (
	// GBK is what Windows Explorer writes in China: GBK bytes, UTF-8 flag clear.
	GBK Naming = iota
	// UTF8 is what macOS and newer tools write: UTF-8 bytes, flag bit 11 set
	// (APPNOTE.TXT 4.4.4).
	UTF8
)

// DOS date and time of every entry: 2024-10-11 09:30:00, local time as DOS has
// no zone.
const (
	dosDate = (2024-1980)<<9 | 10<<5 | 11
	dosTime = 9<<11 | 30<<5
)

// Zip packs files in the order given, without entries for folders.
// A name that GBK cannot write makes it panic: names here are our own constants.
func Zip(files []File, names Naming) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.Path, Method: zip.Deflate, ReaderVersion: 20, CreatorVersion: 20,
			ModifiedDate: dosDate, ModifiedTime: dosTime}
		switch names {
		case GBK:
			h.Name, h.NonUTF8 = gbk(f.Path), true
		default:
			h.Flags = 0x800
		}
		body := deflate(f.Data)
		h.CRC32 = crc32.ChecksumIEEE(f.Data)
		h.CompressedSize64, h.UncompressedSize64 = uint64(len(body)), uint64(len(f.Data))
		// Sizes stand in the local header, as Explorer writes them, not behind
		// the data: hence the raw way.
		e, err := w.CreateRaw(h)
		if err == nil {
			_, err = e.Write(body)
		}
		if err != nil {
			panic(fmt.Sprintf("sample: zip %q: %v", f.Path, err))
		}
	}
	if err := w.Close(); err != nil {
		panic(fmt.Sprintf("sample: zip: %v", err))
	}
	return out.Bytes()
}

// officeZip is the container of .docx and .xlsx; its names are ASCII.
func officeZip(parts []File) []byte { return Zip(parts, GBK) }

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("sample: deflate: %v", err)) // a bytes.Buffer does not fail
	}
	return b.Bytes()
}

func gbk(s string) string {
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(fmt.Sprintf("sample: %q has no GBK form: %v", s, err))
	}
	return out
}
