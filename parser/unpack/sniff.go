package unpack

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strconv"
	"strings"
)

// SniffLen is how many first bytes [Sniff] can make use of.
const SniffLen = 512

// documentDirectory bounds the directory of a document, some 8,000 parts: this
// is read outside a cage too.
const documentDirectory = 1 << 20

type magic struct {
	format string
	at     int
	bytes  string
}

// magics in the order they are tried.
var magics = []magic{
	{"zip", 0, "PK\x03\x04"},
	{"zip", 0, "PK\x05\x06"},                    // empty
	{"zip", 0, "PK\x07\x08"},                    // first of several volumes
	{"zip", 0, "PK00PK\x03\x04"},                // meant to be several, fitted into one
	{"rar", 0, "Rar!\x1a\x07"},                  // 1.5 to 7
	{"rar", 0, "RE\x7e\x5e"},                    // before 1.5
	{"7z", 0, "7z\xbc\xaf\x27\x1c"},             //
	{"gzip", 0, "\x1f\x8b"},                     // RFC 1952
	{"xz", 0, "\xfd7zXZ\x00"},                   //
	{"bzip2", 4, "1AY&SY"},                      //
	{"tar", 257, "ustar"},                       // POSIX and GNU
	{"cab", 0, "MSCF\x00\x00"},                  //
	{"lzh", 2, "-lh5-"},                         //
	{"zstd", 0, "\x28\xb5\x2f\xfd"},             // RFC 8878
	{"ole", 0, "\xd0\xcf\x11\xe0"},              // .doc, .xls, .wps, and encrypted OOXML
	{"pdf", 0, "%PDF-"},                         //
	{"exe", 0, "\x7fELF"},                       //
	{"exe", 0, "L\x00\x00\x00\x01\x14\x02\x00"}, // a Windows shortcut, [MS-SHLLINK] 2.1
	{"tnef", 0, "\x78\x9f\x3e\x22"},             // winmail.dat, [MS-OXTNEF] 2.1.3.1
	{"png", 0, "\x89PNG\r\n\x1a\n"},             //
	{"jpeg", 0, "\xff\xd8\xff"},                 //
	{"gif", 0, "GIF8"},                          //
	{"tiff", 0, "II*\x00"},                      //
	{"tiff", 0, "MM\x00*"},                      //
	{"rtf", 0, "{\\rtf"},                        //
	{"html", 0, "<!DOCTYPE html"},               //
	{"html", 0, "<html"},                        //
	{"mail", 0, "Received: "},                   //
	{"mail", 0, "Return-Path: "},                //
	{"locked", 0, "%TSD-Header-###%"},           // by a program that encrypts what leaves an office
}

// Sniff names the format of a file by its first bytes (SniffLen of them, if
// there are so many), whatever its name says: "zip", "rar", "7z", "gzip", "xz",
// "bzip2", "tar", "cab", "lzh", "zstd", "ole", "pdf", "exe", "png", "jpeg",
// "gif", "tiff", "rtf", "html", "mail", "tnef", "locked"; "" for none of these.
func Sniff(head []byte) string {
	for _, m := range magics {
		if len(head) >= m.at && bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			return m.format
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("MZ")) && bytes.IndexByte(head, 0) >= 0: // also self-extracting archives; a text may begin so
		return "exe"
	case bytes.Contains(head, []byte("E-SafeNet")) && bytes.IndexByte(head, 0) >= 0: // as above, another maker
		return "locked"
	case oldTar(head):
		return "tar"
	}
	return ""
}

// oldTar: a header block of the format before POSIX has no mark, but a sum of its
// bytes, its own field counted as blanks.
func oldTar(head []byte) bool {
	const from, to, size = 148, 156, 512
	if len(head) < size || head[0] == 0 {
		return false
	}
	want, err := strconv.ParseInt(strings.Trim(string(head[from:to]), " \x00"), 8, 64)
	if err != nil {
		return false
	}
	sum := int64(to-from) * ' '
	for i, b := range head[:size] {
		if i < from || i >= to {
			sum += int64(b)
		}
	}
	return sum == want
}

// inChinese is how a reason names a format.
var inChinese = map[string]string{"rar": "RAR格式", "7z": "7z格式", "gzip": "gzip格式", "xz": "xz格式",
	"bzip2": "bzip2格式", "tar": "tar格式", "cab": "CAB格式", "lzh": "LZH格式", "zstd": "zstd格式",
	"ole": "内容是Office文档", "pdf": "内容是PDF文件", "exe": "内容是可执行程序", "png": "内容是图片", "jpeg": "内容是图片",
	"gif": "内容是图片", "tiff": "内容是图片", "rtf": "内容是RTF文档", "html": "内容是网页", "mail": "内容是邮件", "tnef": "内容是邮件",
	"locked": "经加密软件加密"}

// packed tells whether a format is an archive or a mail with files in it; "cab"
// and "lzh" Open reports without opening them.
func packed(format string) bool {
	switch format {
	case "zip", "rar", "7z", "gzip", "xz", "bzip2", "tar", "cab", "lzh", "zstd", "tnef":
		return true
	}
	return false
}

// IsArchive tells whether a file is an archive to be given to [Open], by its
// content: head is its first SniffLen bytes, in and size the whole. A document
// that is stored as a zip (OOXML: ISO/IEC 29500-2, OFD: GB/T 33190, ODF:
// ISO/IEC 26300, EPUB) is not. name decides only where the content does not: a
// .zip that is none is a broken archive (or a volume), a .docx that has lost its
// directory a damaged document.
func IsArchive(name string, head []byte, in io.ReaderAt, size int64) bool {
	switch format := Sniff(head); {
	case format == "":
		return archiveName(name)
	case format == "ole":
		return outlookName(name)
	case format != "zip":
		return packed(format)
	}
	end, err := readEnd(in, size)
	if err != nil {
		return !documentName(name)
	}
	if end.directory > documentDirectory {
		return true
	}
	r, err := openZip(in, size)
	if err != nil {
		return !documentName(name)
	}
	return !isDocument(r)
}

// archiveName tells whether a file is called an archive or a part of one.
func archiveName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".zst":
		return true
	}
	return volumeName(name)
}

// ArchiveName tells whether a file is called something that [Open] may find files in.
func ArchiveName(name string) bool {
	return archiveName(name) || outlookName(name) || strings.EqualFold(path.Ext(name), ".dat")
}

// outlookName: a mail saved by Outlook, [MS-OXMSG].
func outlookName(name string) bool { return strings.EqualFold(path.Ext(name), ".msg") }

// mailName: a mail saved by a client.
func mailName(name string) bool { return strings.EqualFold(path.Ext(name), ".eml") }

func documentName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".ppsx", ".pptm", ".ofd",
		".odt", ".ods", ".odp", ".epub", ".wps", ".et", ".dps", ".pages", ".numbers", ".key", ".xps":
		return true
	}
	return false
}

// isDocument looks for the parts that the document formats require at the root.
func isDocument(r *zip.Reader) bool {
	var types, relations, mimetype, manifest bool
	for i, f := range r.File {
		switch strings.ReplaceAll(f.Name, `\`, "/") {
		case "[Content_Types].xml":
			types = true
		case "_rels/.rels":
			relations = true
		case "OFD.xml", "Index/Document.iwa": // OFD; Apple's Pages, Numbers, Keynote
			return true
		case "mimetype":
			mimetype = i == 0
		case "META-INF/manifest.xml", "META-INF/container.xml":
			manifest = true
		}
	}
	return types && relations || mimetype && manifest
}
