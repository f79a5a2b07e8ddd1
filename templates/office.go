package templates

import (
	"archive/zip"
	"bytes"
)

// officePart is one file inside an Office document.
type officePart struct {
	name string
	body []byte
}

// officeFile packs the parts. Entries are stored, not deflated, and carry no
// time: the bytes depend on no clock and on no version of a compressor.
func officeFile(parts []officePart) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(part.body)
		}
		if err != nil {
			panic("templates: zip into memory: " + err.Error()) // bytes.Buffer does not fail
		}
	}
	if err := z.Close(); err != nil {
		panic("templates: zip into memory: " + err.Error())
	}
	return b.Bytes()
}

// Media types of what goes along.
const (
	sheetType    = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	documentType = DocumentType

	// DocumentType is that of a Word document.
	DocumentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)
