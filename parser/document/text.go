package document

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// HasText tells by a file's name whether it is read where it is text: what a
// text means is nowhere written in it.
func HasText(name string) bool {
	return calledSheet(name) || strings.Contains(" .csv .tsv .tab .txt .htm .html ", " "+extension(name)+" ")
}

// calledPage: a web page of this name is a document, not an exported table.
func calledPage(name string) bool {
	return strings.Contains(" .htm .html .doc .docx .wps .rtf .txt ", " "+extension(name)+" ")
}

// calledSheet: many systems export a web page, or lines with tabs, under the
// name of an Excel file.
func calledSheet(name string) bool {
	return strings.Contains(" .xls .xlsx .et ", " "+extension(name)+" ")
}

func extension(name string) string { return strings.ToLower(path.Ext(strings.TrimSpace(name))) }

// readText reads a text: a web page's tables, lines with separators, or of a
// .txt just lines.
func readText(name string, in io.ReaderAt, size int64) (Document, error) {
	if size > maxTextFile {
		return Document{}, fmt.Errorf("%w: text of %d bytes", ErrTooLarge, size)
	}
	raw, err := io.ReadAll(io.NewSectionReader(in, 0, size))
	if err != nil {
		return Document{}, err
	}
	text, err := decoded(raw)
	if err != nil {
		return Document{}, err
	}
	switch {
	case isMarkup(text) && calledPage(name):
		return readWebPage(text)
	case isMarkup(text):
		return readHTML(text)
	case calledPage(name) && extension(name) != ".txt":
		return Document{}, fmt.Errorf("%w: text", ErrUnsupported)
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	sep, body := saidSeparator(text)
	found, sure := separator(body)
	switch {
	case strings.HasPrefix(text, "<?xml"):
		return Document{}, fmt.Errorf("%w: xml", ErrUnsupported)
	case sep != 0:
	case calledSheet(name) && !(sure && found == '\t'):
		return Document{}, fmt.Errorf("%w: text", ErrUnsupported)
	case extension(name) == ".txt" && !sure:
		return lines(text), nil
	default:
		sep = found
	}
	return separated(body, sep)
}

// decoded turns a text into UTF-8. Excel writes "Unicode text" as UTF-16 with its
// mark, "CSV UTF-8" with one, and plain CSV on a Chinese machine in GBK; a web
// page may name its charset.
func decoded(raw []byte) (string, error) {
	text, err := decodedBytes(raw)
	if err != nil || !isText(text) {
		return "", fmt.Errorf("%w: not a text", ErrUnsupported)
	}
	return string(text), nil
}

func decodedBytes(raw []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
	case utf8.Valid(raw):
		return bytes.TrimPrefix(raw, []byte("\ufeff")), nil
	}
	if said := saidCharset.FindSubmatch(raw[:min(len(raw), 2048)]); said != nil {
		if e, err := htmlindex.Get(string(said[1])); err == nil {
			return e.NewDecoder().Bytes(raw)
		}
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if bytes.ContainsRune(text, utf8.RuneError) {
		other, otherErr := traditionalchinese.Big5.NewDecoder().Bytes(raw)
		if otherErr == nil && !bytes.ContainsRune(other, utf8.RuneError) {
			return other, nil
		}
	}
	return text, err
}

// saidCharset is what a web page says of its charset.
var saidCharset = regexp.MustCompile(`(?i)<meta[^>]+charset\s*=\s*["']?([a-z0-9_-]{2,20})`)

// isText: no character that stands in no text, and of those that do not exist in
// the charset at most a few.
func isText(text []byte) bool {
	wrong := 0
	for _, c := range string(text) {
		switch {
		case c == utf8.RuneError:
			wrong++
		case c < ' ' && !strings.ContainsRune("\t\n\r\f\x1a", c):
			return false
		}
	}
	return wrong*200 <= len(text)
}

// saidSeparator takes off a first line `sep=;`, which Excel obeys.
func saidSeparator(text string) (sep rune, rest string) {
	line, after, _ := strings.Cut(text, "\n")
	value, ok := strings.CutPrefix(strings.TrimRight(line, " "), "sep=")
	if ok && len(value) == 1 && strings.Contains(",;\t|", value) {
		return rune(value[0]), after
	}
	return 0, text
}

// separator finds what separates the columns: the one that stands equally often
// in most lines. sure: there are several lines, and it is a tab in most, or in
// nearly all and no comma that a sentence might have.
func separator(text string) (best rune, sure bool) {
	best = ','
	most := 0
	for _, sep := range "\t;,|" {
		counts, lines := map[int]int{}, 0
		for line := range strings.SplitSeq(text, "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			if lines++; lines > 200 {
				break
			}
			counts[outsideQuotes(line, sep)]++
		}
		delete(counts, 0)
		for times, n := range counts {
			if n > most {
				most, best = n, sep
				sure = lines > 1 && (sep == '\t' && n*2 > lines || times > 1 && n*5 >= lines*4)
			}
		}
	}
	return best, sure
}

func outsideQuotes(line string, sep rune) int {
	n, quoted := 0, false
	for _, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case c == sep && !quoted:
			n++
		}
	}
	return n
}

// separated reads lines with a separator (RFC 4180, quotes taken as they come).
// Empty lines keep their place: the lines below belong to what stands beside them.
func separated(text string, sep rune) (Document, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = sep, true, -1, true
	book := &workbook{}
	sheet := &worksheet{book: book}
	row, next := 0, 1 // next: the line where no empty line lies between
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Document{}, fmt.Errorf("%w: %v", ErrBroken, err)
		}
		line, _ := r.FieldPos(0)
		row += line - next
		next = line + 1
		for col, value := range record {
			next += strings.Count(value, "\n")
			if err := sheet.put(row, col, tidied(unquotedFormula(value))); err != nil {
				return Document{}, err
			}
		}
		row++
	}
	err := book.add("", sheet)
	return Document{Kind: CSV, Blocks: book.blocks}, err
}

// unquotedFormula: ="0007" is how programs keep Excel from taking text for a number.
func unquotedFormula(value string) string {
	if s, ok := strings.CutPrefix(value, `="`); ok && strings.HasSuffix(s, `"`) {
		return strings.TrimSuffix(s, `"`)
	}
	return value
}

func lines(text string) Document {
	doc := Document{Kind: TXT}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && len(doc.Blocks) < maxItems {
			doc.Blocks = append(doc.Blocks, Block{Text: line})
		}
	}
	return doc
}
