package unpack

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

const folder = "[案例]佛山市某某家居有限公司"

// Archives made by real programs: Info-ZIP zip 3.0, 7-Zip, GNU tar.
func TestOpen_Fixtures(t *testing.T) {
	three := folder + "/申报表.txt 10\n" + folder + "/附件/营业执照.txt 7\n" + folder + "/附件/䶮㐂.txt 4\n"
	for _, tc := range []struct{ file, want string }{
		{"infozip.zip", ""},    // UTF-8 without the flag, 0x7075 without need
		{"7z-mcu-off.zip", ""}, //
		{"7z-mcu-on.zip", ""},  // UTF-8 with the flag
		{"aes.zip", "! file-encrypted  ()\n"},
		{"zipcrypto.zip", "! file-encrypted  ()\n"},
		{"partly.zip", folder + "/附件/营业执照.txt 7\n" + folder + "/附件/䶮㐂.txt 4\n! file-encrypted " + folder + "/申报表.txt ()\n"},
		{"deflate64.zip", folder + "/申报表.txt 10\n! archive-broken big.txt (压缩算法为Deflate64)\n"},
		{"lzma.zip", "! archive-broken big.txt (压缩算法为LZMA)\n"},
		{"bzip2.zip", "big.txt 40527\n"},
		{"symlink.zip", folder + "/申报表.txt 10\n! archive-unsafe  (符号链接：link.txt)\n"},
		{"split.z01", "! archive-volume-missing  (split.zip)\n"},
		{"split.zip", "! archive-volume-missing  (split.z01、split.z02)\n"}, // the last of three, its start cut off
		{"v.zip.001", "! archive-volume-missing  (v.zip.002及之后的分卷（如有）)\n"},
		{"a.7z", ""},
		{"a.tar", folder + "/申报表.txt 10\n"},
		{"a.tar.gz", ""},
		{"zip64-stream.zip", "- 3\n"}, // made to a pipe, every size in zip64 fields
	} {
		t.Run(tc.file, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("testdata", tc.file))
			if err != nil {
				t.Fatal(err)
			}
			head := raw[:min(len(raw), SniffLen)]
			if !IsArchive(tc.file, head, bytes.NewReader(raw), int64(len(raw))) {
				t.Error("not taken for an archive")
			}
			if tc.want == "" {
				tc.want = three
			}
			l, _ := open(t, tc.file, raw, Limits{})
			if got := show(l); sorted(got) != sorted(tc.want) {
				t.Errorf("got\n%swant\n%s", got, tc.want)
			}
		})
	}
}

// sorted is for archives whose tools order the entries as they like.
func sorted(s string) string {
	lines := strings.SplitAfter(s, "\n")
	for i := range lines {
		for j := i + 1; j < len(lines); j++ {
			if lines[j] < lines[i] {
				lines[i], lines[j] = lines[j], lines[i]
			}
		}
	}
	return strings.Join(lines, "")
}

func TestOpen_Names(t *testing.T) {
	trick := "\xd5\x5c" // 誠 in GBK: its second byte is a backslash
	for _, tc := range []struct {
		why     string
		entries []made
		want    string // paths only
	}{
		{"GBK from Windows", []made{{name: gbk(t, "企业简介.docx")}, {name: gbk(t, "附件/营业执照.jpg")}, {name: gbk(t, "表.pdf")}},
			"企业简介.docx 附件/营业执照.jpg 表.pdf"},
		{"GB18030 with four bytes", []made{{name: gbk(t, "䶮㐂𠮷.txt")}}, "䶮㐂𠮷.txt"},
		{"backslashes between folders", []made{{name: gbk(t, `公司\附件\照片.jpg`)}}, "公司/附件/照片.jpg"},
		{"a backslash inside of a character", []made{{name: trick + gbk(t, `信\`) + trick + ".txt"}}, "誠信/誠.txt"},
		{"Big5 from Hong Kong", []made{{name: big5(t, "申請表.pdf")}, {name: big5(t, "公司簡介.doc")}}, "申請表.pdf 公司簡介.doc"},
		{"Big5, a single short name", []made{{name: big5(t, "許可證.pdf")}}, "許可證.pdf"},
		{"a kana in a GBK name is no Big5", []made{{name: gbk(t, "品牌の故事.pdf")}, {name: gbk(t, "照片.jpg")}}, "品牌の故事.pdf 照片.jpg"},
		{"GBK that is valid UTF-8", []made{{name: gbk(t, "联通.txt")}}, "联通.txt"},
		{"two-byte UTF-8 beside clear UTF-8", []made{{name: "é.txt"}, {name: "照片.jpg"}}, "é.txt 照片.jpg"},
		{"UTF-8 without the flag", []made{{name: "附件/营业执照.jpg"}}, "附件/营业执照.jpg"},
		{"the flag", []made{{name: "表.pdf", flags: flagUTF8}}, "表.pdf"},
		{"the flag lies", []made{{name: gbk(t, "营业执照.pdf"), flags: flagUTF8}}, "营业执照.pdf"},
		{"0x7075", []made{{name: "?.pdf", extra: unicodeField("?.pdf", "执照.pdf")}}, "执照.pdf"},
		{"0x7075 of another name", []made{{name: "a.pdf", extra: unicodeField("b.pdf", "执照.pdf")}}, "a.pdf"},
		{"0x7075 behind another field", []made{{name: "?", extra: append([]byte{1, 2, 1, 0, 9}, unicodeField("?", "执照")...)}}, "执照"},
		{"a field cut off", []made{{name: "a.pdf", extra: []byte{0x75, 0x70, 99, 0, 1}}}, "a.pdf"},
		{"macOS writes NFD", []made{{name: norm.NFD.String("Café/ガ.txt"), flags: flagUTF8}}, "Café/ガ.txt"},
		{"dots, doubled slashes, blanks kept", []made{{name: "./a//b/./c d.txt"}}, "a/b/c d.txt"},
		{"invisible characters", []made{{name: "a\u202egpj.exe", flags: flagUTF8}, {name: "a\r\nb"}}, "a_gpj.exe a__b"},
		{"the same path twice", []made{{name: "a.jpg"}, {name: "a.jpg"}, {name: "a.jpg"}, {name: "b/.x"}, {name: "b/.x"}},
			"a.jpg a (2).jpg a (3).jpg b/.x b/.x (2)"},
		{"a file that is a folder too", []made{{name: "a"}, {name: "a/b"}, {name: "c/d"}, {name: "c"}}, "a a (2)/b c/d c (2)"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			for i := range tc.entries {
				tc.entries[i].body = "内容" + string(rune('a'+i))
			}
			l, _ := open(t, "a.zip", build(t, tc.entries...), Limits{})
			var paths []string
			for _, f := range l.Files {
				paths = append(paths, f.Path)
			}
			if got := strings.Join(paths, " "); got != tc.want || len(l.Problems) > 0 {
				t.Errorf("got  %q\nwant %q, %v", got, tc.want, l.Problems)
			}
		})
	}
}

func TestOpen_Contents(t *testing.T) {
	inner := build(t, made{name: gbk(t, "照片.jpg"), body: "jpeg", method: zip.Deflate}, made{name: "空.txt"})
	docx := build(t, made{name: "[Content_Types].xml", body: "<x/>"}, made{name: "_rels/.rels", body: "<x/>"}, made{name: "word/document.xml", body: "<x/>"})
	cut := docx[:len(docx)-30]
	locked := build(t, made{name: "a", body: "b", flags: flagEncrypted})
	for _, tc := range []struct {
		why     string
		entries []made
		want    string
	}{
		{"archive's order", []made{{name: "b", body: "1"}, {name: "a", body: "22"}}, "b 1\na 2\n"},
		{"folders are implied", []made{{name: "公司/"}, {name: "公司/a", body: "1"}, {name: `x\`}}, "公司/a 1\n"},
		{"text with CRLF is kept as it is", []made{{name: "a.txt", body: "一\r\n二\r\n", method: zip.Deflate}}, "a.txt 10\n"},
		{"zip in zip, stored and deflated", []made{{name: "附件.zip", body: string(inner)}, {name: "x/附件.zip", body: string(inner), method: zip.Deflate}},
			"附件.zip/照片.jpg 4\nx/附件.zip/照片.jpg 4\n! file-empty 附件.zip/空.txt ()\n! file-empty x/附件.zip/空.txt ()\n"},
		{"the same nested name twice", []made{{name: "a.zip", body: string(inner)}, {name: "a.zip", body: string(inner)}},
			"a.zip/照片.jpg 4\na (2).zip/照片.jpg 4\n! file-empty a.zip/空.txt ()\n! file-empty a (2).zip/空.txt ()\n"},
		{"zip by content, not by name", []made{{name: "package.dat", body: string(inner)}}, "package.dat/照片.jpg 4\n! file-empty package.dat/空.txt ()\n"},
		{"a document that is a zip", []made{{name: "申报表.docx", body: string(docx), method: zip.Deflate}}, "申报表.docx " + itoa(len(docx)) + "\n"},
		{"a document cut off", []made{{name: "申报表.docx", body: string(cut)}}, "申报表.docx " + itoa(len(cut)) + "\n"},
		{"a nested zip cut off gives what it has", []made{{name: "a.zip", body: string(inner[:len(inner)-30])}, {name: "b", body: "1"}},
			"a.zip/照片.jpg 4\nb 1\n! file-empty a.zip/空.txt ()\n! archive-broken a.zip (文件不完整或已损坏，仅取出1个文件)\n"},
		{"a nested rar that is none stays as a file", []made{{name: "a.rar", body: "Rar!\x1a\x07\x00xxxx"}}, "a.rar 11\n! archive-broken a.rar (文件不完整或已损坏)\n"},
		{"a nested cabinet stays as a file", []made{{name: "a.cab", body: "MSCF\x00\x00\x00\x00"}}, "a.cab 8\n! archive-broken a.cab (CAB格式)\n"},
		{"a nested zip that is none", []made{{name: "a.zip", body: "hello"}}, "a.zip 5\n! archive-broken a.zip (不是压缩包)\n"},
		{"a nested zip with a password", []made{{name: "a.zip", body: string(locked)}}, "a.zip " + itoa(len(locked)) + "\n! file-encrypted a.zip ()\n"},
		{"empty file", []made{{name: "执照.jpg"}, {name: "b", body: "1"}}, "b 1\n! file-empty 执照.jpg ()\n"},
		{"checksum", []made{{name: "a", body: "1", crc: 7}, {name: "b", body: "22"}}, "b 2\n! archive-broken a (数据损坏)\n"},
		{"checksum of a nested zip", []made{{name: "a.zip", body: string(inner), crc: 7}, {name: "b", body: "22"}}, "b 2\n! archive-broken a.zip (数据损坏)\n"},
		{"damaged and there again: the name is free", []made{{name: "a", body: "1", crc: 7}, {name: "a", body: "22"}}, "a 2\n! archive-broken a (数据损坏)\n"},
		{"deflate of rubbish", []made{{name: "a", body: "1"}, {name: "b", body: "22"}}, "a 1\nb 2\n"},
		{"header says 3 bytes", []made{{name: "a", body: "1234567", claim: 3, method: zip.Deflate}, {name: "b", body: "22"}}, "b 2\n! archive-broken a (数据损坏)\n"},
		{"header says 300 bytes", []made{{name: "a", body: "1234567", claim: 300, method: zip.Deflate}, {name: "b", body: "22"}}, "b 2\n! archive-broken a (数据损坏)\n"},
		{"unknown method", []made{{name: "a", body: "1", method: 77}, {name: "b", body: "22"}}, "b 2\n! archive-broken a (压缩算法不明)\n"},
		{"junk", []made{{name: "__MACOSX/._a.jpg", body: "1"}, {name: "公司/.DS_Store", body: "1"}, {name: "THUMBS.DB", body: "1"}, {name: "desktop.ini", body: "1"},
			{name: "~$申报表.docx", body: "1"}, {name: "._b", body: "1"}, {name: "a.jpg", body: "1"}}, "a.jpg 1\njunk 6\n"},
		{"what Word and WPS leave open or half saved", []made{{name: "公司/.~申报表.docx", body: "1"}, {name: "~WRL0003.tmp"}, {name: "~WRD0001.tmp", body: "1"}, {name: "申报表.docx", body: "1"}}, "申报表.docx 1\njunk 3\n"},
		{"names that only look so", []made{{name: "~申报表.docx", body: "1"}, {name: "WRL.tmp", body: "1"}, {name: "a.~b.docx", body: "1"}}, "~申报表.docx 1\nWRL.tmp 1\na.~b.docx 1\n"},
		{"junk is not looked at", []made{{name: ".DS_Store", body: "1", flags: flagEncrypted}, {name: "a", body: "1"}}, "a 1\njunk 1\n"},
		{"only junk", []made{{name: ".DS_Store", body: "1"}}, "! archive-broken  (内仅有系统文件)\njunk 1\n"},
		{"only folders", []made{{name: "公司/"}}, "! archive-broken  (内无文件)\n"},
		{"nothing", nil, "! archive-broken  (内无文件)\n"},
		{"outside", []made{{name: "../../etc/passwd", body: "1"}, {name: `..\x`, body: "1"}, {name: "a/../../b", body: "1"}, {name: "c", body: "1"}},
			"c 1\n! archive-unsafe  (路径含“..”：../../etc/passwd等3项)\n"},
		{"absolute", []made{{name: "/etc/passwd", body: "1"}, {name: `C:\Windows\x`, body: "1"}, {name: `\\server\x`, body: "1"}, {name: "c:x", body: "1"}},
			"! archive-unsafe  (绝对路径：/etc/passwd等4项)\n"},
		{"not only dots", []made{{name: "..a/b...c", body: "1"}}, "..a/b...c 1\n"},
		{"links and devices", []made{{name: "l", body: "/etc/passwd", mode: fs.ModeSymlink | 0o777}, {name: "d", body: "1", mode: fs.ModeDevice | 0o600}, {name: "a", body: "1"}},
			"a 1\n! archive-unsafe  (符号链接：l)\n! archive-unsafe  (特殊文件：d)\n"},
		{"long path", []made{{name: strings.Repeat("长/", 300) + "a", body: "1"}}, "! archive-unsafe  (路径过长：" + strings.Repeat("长/", 40) + "…)\n"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			l, _ := open(t, "a.zip", build(t, tc.entries...), Limits{})
			if got := show(l); got != tc.want {
				t.Errorf("got\n%swant\n%s", got, tc.want)
			}
		})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// What is not a zip at all.
func TestOpen_NotAZip(t *testing.T) {
	whole := build(t, made{name: "a.txt", body: strings.Repeat("内容", 100)})
	for _, tc := range []struct{ name, raw, want string }{
		{"a.zip", "", "! file-empty  ()\n"},
		{"a.zip", "hello", "! archive-broken  (不是压缩包)\n"},
		{"a.zip", "PK\x03\x04", "! archive-broken  (文件不完整或已损坏)\n"},
		{"a.zip", string(whole[:len(whole)/2]), "! archive-broken  (文件不完整或已损坏)\n"},
		{"a.zip", "PK\x05\x06" + strings.Repeat("\x00", 18), "! archive-broken  (内无文件)\n"},
		{"a.zip", "Rar!\x1a\x07\x01\x00", "! archive-broken  (文件不完整或已损坏)\n"}, // by content, not by name
		{"a.rar", string(whole), "a.txt 600\n"},
		{"a.zip", "MZ" + string(whole), "! file-dangerous  ()\n"}, // self-extracting
		{"a.zip", "bytes before" + string(whole), "a.txt 600\n"},
		{"a.zip", "%PDF-1.7", "! archive-broken  (内容是PDF文件)\n"},
		{"a.zip.002", "rubbish", "! archive-volume-missing  (a.zip.001)\n"},
	} {
		l, _ := open(t, tc.name, []byte(tc.raw), Limits{})
		if got := show(l); got != tc.want {
			t.Errorf("%.20q:\ngot\n%swant\n%s", tc.raw, got, tc.want)
		}
	}
}

func TestOpen_Limits(t *testing.T) {
	zeros := strings.Repeat("\x00", 3000)
	three := []made{{name: "a", body: zeros, method: zip.Deflate}, {name: "b", body: "1"}, {name: "c", body: "2"}}
	deep := build(t, made{name: "leaf", body: "1"})
	for range 4 {
		deep = build(t, made{name: "n.zip", body: string(deep), method: zip.Deflate})
	}
	var wide []made // each of 9 holds 3,000 bytes: only three fit
	for range 9 {
		wide = append(wide, made{name: "n.zip", body: string(build(t, three[0])), method: zip.Deflate})
	}
	for _, tc := range []struct {
		why    string
		raw    []byte
		limits Limits
		want   string
	}{
		{"all within", build(t, three...), Limits{Bytes: 3002, File: 3000, Entries: 3}, "a 3000\nb 1\nc 1\n"},
		{"one file too large", build(t, three...), Limits{File: 2999}, "b 1\nc 1\n! archive-unsafe a (单个文件超过1MB)\n"},
		{"all together", build(t, three...), Limits{Bytes: 3001}, "! archive-unsafe  (解压后总量超过1MB)\n"},
		{"entries", build(t, three...), Limits{Entries: 2}, "! archive-unsafe  (文件数超过2个)\n"},
		{"depth reached", deep, Limits{Depth: 4}, "n.zip/n.zip/n.zip/n.zip/leaf 1\n"},
		{"too deep", deep, Limits{Depth: 2}, "n.zip/n.zip/n.zip " + itoa(len(nest(t, 1))) + "\n! archive-unsafe n.zip/n.zip/n.zip (压缩包嵌套超过2层)\n"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			l, _ := open(t, "a.zip", tc.raw, tc.limits)
			if got := show(l); got != tc.want {
				t.Errorf("got\n%swant\n%s", got, tc.want)
			}
		})
	}
	t.Run("one budget for all levels", func(t *testing.T) {
		one := len(wide[0].body)
		l, _ := open(t, "a.zip", build(t, wide...), Limits{Bytes: int64(9*one + 3*3000)})
		opened, plain := 0, 0
		for _, f := range l.Files {
			if strings.HasSuffix(f.Path, "/a") {
				opened++
			} else {
				plain++
			}
		}
		if opened != 3 || plain != 6 || len(l.Problems) != 6 {
			t.Errorf("%d opened, %d plain\n%s", opened, plain, show(l))
		}
	})
	t.Run("one count of entries for all levels", func(t *testing.T) {
		l, _ := open(t, "a.zip", build(t, wide...), Limits{Entries: 11})
		if len(l.Problems) != 7 || l.Problems[0].Reason != "文件数超过11个" {
			t.Error(show(l))
		}
	})
	t.Run("problems", func(t *testing.T) {
		var many []made
		for range 150 {
			many = append(many, made{name: "empty"})
		}
		l, _ := open(t, "a.zip", build(t, many...), Limits{})
		if n := len(l.Problems); n != 101 || l.Problems[100].Reason != "问题过多，另有50处未列出" {
			t.Errorf("%d problems: %v", n, l.Problems[n-1])
		}
	})
}

func nest(t *testing.T, levels int) []byte {
	raw := build(t, made{name: "leaf", body: "1"})
	for range levels {
		raw = build(t, made{name: "n.zip", body: string(raw), method: zip.Deflate})
	}
	return raw
}

// Many names on one body: the central directory's offsets all lead to the first
// entry (after D. Fifield, A better zip bomb, 2019).
func TestOpen_Overlap(t *testing.T) {
	var entries []made
	for _, name := range []string{"a", "b", "c"} {
		entries = append(entries, made{name: name, body: strings.Repeat("\x00", 100_000), method: zip.Deflate})
	}
	raw := build(t, entries...)
	for at := bytes.Index(raw, []byte("PK\x01\x02")); ; {
		binary.LittleEndian.PutUint32(raw[at+42:], 0)
		next := bytes.Index(raw[at+4:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		at += 4 + next
	}
	l, _ := open(t, "a.zip", raw, Limits{})
	if got := show(l); got != "! archive-unsafe  (文件数据相互重叠)\n" {
		t.Error(got)
	}
	huge := build(t, made{name: "a", body: "1"})
	at := bytes.Index(huge, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(huge[at+20:], 1<<30) // compressed size
	l, _ = open(t, "a.zip", huge, Limits{})
	if got := show(l); got != "! archive-unsafe  (文件数据相互重叠)\n" {
		t.Error(got)
	}
}

// The record at the end says one entry; the directory holds a hundred thousand.
func TestOpen_DirectoryLies(t *testing.T) {
	var buf bytes.Buffer
	one := build(t, made{name: "a", body: "1"})
	at := bytes.Index(one, []byte("PK\x01\x02"))
	end := bytes.Index(one, []byte("PK\x05\x06"))
	buf.Write(one[:at])
	for range 150_000 {
		buf.Write(one[at:end])
	}
	buf.Write(one[end:])
	raw := buf.Bytes()
	if IsArchive("a.docx", raw[:SniffLen], bytes.NewReader(raw), int64(len(raw))) != true {
		t.Error("a document with 150,000 parts")
	}
	l, _ := open(t, "a.zip", raw, Limits{})
	if got := show(l); got != "! archive-unsafe  (文件数超过5000个)\n" {
		t.Error(got)
	}
}

// A nested archive over what is kept in memory goes by way of a file.
func TestOpen_SpoolsToFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	big := strings.Repeat("0123456789abcdef", spoolMemory/16)
	inner := build(t, made{name: "big", body: big}, made{name: "small", body: "1"})
	l, _ := open(t, "a.zip", build(t, made{name: "n.zip", body: string(inner), method: zip.Deflate}), Limits{})
	if got := show(l); got != "n.zip/big "+itoa(spoolMemory)+"\nn.zip/small 1\n" {
		t.Error(got)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%v stays, %v", left, err)
	}
	t.Setenv("TMPDIR", filepath.Join(dir, "missing"))
	raw := build(t, made{name: "n.zip", body: string(inner)})
	if _, err := Open("a.zip", bytes.NewReader(raw), int64(len(raw)), Limits{}, kept{}.store); !errors.Is(err, ErrSpool) {
		t.Errorf("no folder: %v", err)
	}
}

// Our own failures are errors, never a sender's problem.
func TestOpen_Failures(t *testing.T) {
	raw := build(t, made{name: "a", body: "1"})
	full := errors.New("disk full")
	_, err := Open("a.zip", bytes.NewReader(raw), int64(len(raw)), Limits{}, func(r io.Reader) (string, int64, error) { return "", 0, full })
	if !errors.Is(err, ErrStore) || !errors.Is(err, full) {
		t.Error(err)
	}
	_, err = Open("a.zip", bytes.NewReader(raw), int64(len(raw))+1000, Limits{}, kept{}.store)
	if !errors.Is(err, ErrRead) {
		t.Error(err)
	}
	_, err = Open("a.zip", bytes.NewReader(raw), int64(len(raw)), Limits{}, func(r io.Reader) (string, int64, error) { panic("store") })
	if !errors.Is(err, ErrFault) {
		t.Error(err)
	}
}

func TestIsArchive(t *testing.T) {
	x := func(names ...string) []byte {
		var all []made
		for _, n := range names {
			all = append(all, made{name: n, body: "x"})
		}
		return build(t, all...)
	}
	docx := x("[Content_Types].xml", "_rels/.rels", "word/document.xml")
	for _, tc := range []struct {
		name string
		raw  []byte
		want bool
	}{
		{"a.docx", docx, false},
		{"a.zip", docx, false}, // a document whatever its name
		{"a.docx", docx[:len(docx)-30], false},
		{"a.zip", docx[:len(docx)-30], true},
		{"a.docx", x("a.jpg"), true}, // an archive whatever its name
		{"a", x("a.jpg"), true},
		{"a.zip", x("公司/[Content_Types].xml", "公司/_rels/.rels"), true}, // a document that someone unpacked
		{"a.ofd", x("OFD.xml", "Doc_0/Document.xml"), false},
		{"a.odt", x("mimetype", "content.xml", "META-INF/manifest.xml"), false},
		{"a.epub", x("mimetype", "META-INF/container.xml"), false},
		{"a.pages", x("Index/Document.iwa"), false},
		{"a.rar", []byte("Rar!\x1a\x07\x00"), true},
		{"a.jpg", []byte("Rar!\x1a\x07\x00"), true},
		{"a.zip", []byte("hello"), true}, // broken, and to be reported as an archive
		{"a.zip.002", []byte("hello"), true},
		{"a.z02", []byte("hello"), true},
		{"a.txt", []byte("hello"), false},
		{"a.002", []byte("hello"), false},
		{"a.pdf", []byte("%PDF-1.4"), false},
		{"a.zip", []byte("%PDF-1.4"), false},
		{"a", nil, false},
	} {
		head := tc.raw[:min(len(tc.raw), SniffLen)]
		if got := IsArchive(tc.name, head, bytes.NewReader(tc.raw), int64(len(tc.raw))); got != tc.want {
			t.Errorf("%s %.20q: %v", tc.name, tc.raw, got)
		}
	}
}

func TestSniff(t *testing.T) {
	tar := make([]byte, 512)
	copy(tar[257:], "ustar\x0000")
	for head, want := range map[string]string{
		"PK\x03\x04": "zip", "PK\x05\x06": "zip", "PK\x07\x08PK\x03\x04": "zip", "PK": "", "Rar!\x1a\x07\x01\x00": "rar",
		"7z\xbc\xaf\x27\x1c": "7z", "\x1f\x8b\x08": "gzip", "\xfd7zXZ\x00": "xz", "BZh91AY&SY": "bzip2", "BZh is a text": "",
		string(tar): "tar", "\xd0\xcf\x11\xe0\xa1\xb1": "ole", "%PDF-1.7\r\n": "pdf", "MZ\x90\x00": "exe", "MZ公司简介": "", "": "", "hello": "", "\xff\xd8\xff\xe0": "jpeg",
	} {
		if got := Sniff([]byte(head)); got != want {
			t.Errorf("%.12q is %q, want %q", head, got, want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil {
			f.Add(raw)
		}
	}
	f.Add(build(f, made{name: "n.zip", body: string(build(f, made{name: gbk(f, "照片.jpg"), body: "x", method: zip.Deflate}))}))
	f.Add(build(f, made{name: "../a", body: "x"}, made{name: "a", body: "x"}, made{name: "a/b", body: "x", method: zip.Deflate}))
	limits := Limits{Bytes: 1 << 20, File: 1 << 19, Entries: 100, Depth: 2}
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, _ := open(t, "a.zip", raw, limits)
		sum := int64(0)
		for _, file := range l.Files {
			sum += file.Size
		}
		if sum > limits.Bytes || len(l.Files) > limits.Entries {
			t.Fatalf("%d bytes in %d files", sum, len(l.Files))
		}
		if len(l.Files)+len(l.Problems) == 0 {
			t.Fatal("nothing is said about this archive")
		}
	})
}
