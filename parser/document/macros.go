package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/richardlehane/mscfb"
)

// maxProject bounds a VBA project, and the code of one module as written.
const maxProject = 16 << 20

// packageMacros tells macros in what Office and WPS keep in a zip: a VBA project
// with code, sheets of Excel 4 macros, WPS's own scripts.
func packageMacros(z *zip.Reader) error {
	for _, f := range z.File {
		name := strings.ToLower(partName(f))
		dir, base := path.Split(name)
		switch {
		case base == "vbaproject.bin" && (dir == "word/" || dir == "xl/" || dir == "ppt/" || dir == "") && projectRuns(f):
			return fmt.Errorf("%w: VBA", ErrMacros)
		case strings.HasPrefix(dir, "basic/") && strings.HasSuffix(base, ".xml") && base != "script-lc.xml" && base != "script-lb.xml": // LibreOffice's
			return fmt.Errorf("%w: Basic", ErrMacros)
		case base == "jdedata.bin", dir == "xl/macrosheets/" && strings.HasSuffix(base, ".xml"):
			return fmt.Errorf("%w: %s", ErrMacros, base)
		}
	}
	return nil
}

// projectRuns: what cannot be read is taken to hold code.
func projectRuns(f *zip.File) bool {
	r, err := openPart(f)
	if err != nil {
		return true
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxProject+1))
	if err != nil || len(b) > maxProject {
		return true
	}
	doc, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return true
	}
	for n := 0; n < 10_000; n++ {
		e, err := doc.Next()
		if err != nil {
			return false
		}
		if len(e.Path) > 0 && strings.EqualFold(e.Path[len(e.Path)-1], "VBA") && moduleRuns(e) {
			return true
		}
	}
	return true
}

// moduleRuns tells whether a stream of a VBA project is a module with code.
// Programs leave a module for the document and for each sheet, in which nobody
// wrote anything.
func moduleRuns(f *mscfb.File) bool {
	name := strings.ToLower(f.Name)
	if f.FileInfo().IsDir() || name == "dir" || name == "_vba_project" || strings.HasPrefix(name, "__srp_") {
		return false
	}
	if f.Size < 0 || f.Size > maxProject {
		return true
	}
	b, err := io.ReadAll(io.LimitReader(f, f.Size))
	if err != nil {
		return true
	}
	// A module's source is compressed, behind what was compiled of it
	// ([MS-OVBA] 2.3.4.3); it begins with its attributes, literally.
	at := bytes.LastIndex(b, []byte("\x00Attribut"))
	if at < 3 || b[at-3] != 1 {
		return len(bytes.Trim(b, "\x00")) > 0
	}
	return written(string(vbaSource(b[at-3:])))
}

// written: a line is neither empty nor what the editor itself puts there.
func written(source string) bool {
	for line := range strings.SplitSeq(source, "\n") {
		line = strings.ToLower(strings.TrimSpace(line))
		switch {
		case line == "", strings.HasPrefix(line, "attribute "), strings.HasPrefix(line, "'"), strings.HasPrefix(line, "option "):
		default:
			return true
		}
	}
	return false
}

// vbaSource decompresses a container of [MS-OVBA] 2.4.1, as far as it is sound.
func vbaSource(b []byte) []byte {
	var out []byte
	for at := 1; at+2 <= len(b) && len(out) < maxProject; {
		head := le.Uint16(b[at:])
		if head>>12&7 != 3 {
			break
		}
		end := min(at+int(head&0xFFF)+3, len(b))
		chunk := b[at+2 : end]
		if head&0x8000 == 0 {
			out = append(out, chunk...)
		} else {
			out = vbaChunk(out, chunk)
		}
		at = end
	}
	return out
}

// vbaChunk adds a compressed chunk: eight flags, then as many letters or copies.
func vbaChunk(out, chunk []byte) []byte {
	start := len(out)
	for len(chunk) > 0 {
		flags := chunk[0]
		chunk = chunk[1:]
		for bit := 0; bit < 8 && len(chunk) > 0; bit++ {
			if flags>>bit&1 == 0 {
				out = append(out, chunk[0])
				chunk = chunk[1:]
				continue
			}
			if len(chunk) < 2 {
				return out
			}
			token := int(le.Uint16(chunk))
			chunk = chunk[2:]
			bits := 4
			for bits < 12 && 1<<bits < len(out)-start {
				bits++
			}
			long, back := token&(0xFFFF>>bits)+3, token>>(16-bits)+1
			if back > len(out)-start {
				return out
			}
			for range long {
				out = append(out, out[len(out)-back])
			}
		}
	}
	return out
}
