package document

import (
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// refuseOLE says which kind of compound file ([MS-CFB]) this is. Office keeps
// password-protected .docx, .xlsx and .pptx in one, as the stream
// EncryptedPackage ([MS-OFFCRYPTO] 2.3.4.4); the others are the old formats.
func refuseOLE(in io.ReaderAt) error {
	r, err := mscfb.New(in)
	if err != nil {
		return fmt.Errorf("%w: compound file: %v", ErrBroken, err)
	}
	kind := "ole"
	for n := 0; n < 10_000; n++ {
		e, err := r.Next()
		if err != nil { // io.EOF, or damage after what was seen
			break
		}
		switch e.Name {
		case "EncryptedPackage":
			return fmt.Errorf("%w: office document", ErrEncrypted)
		case "WordDocument":
			kind = "doc" // Word 97 and WPS Writer
		case "Workbook", "Book":
			kind = "xls"
		case "PowerPoint Document":
			kind = "ppt"
		}
	}
	return fmt.Errorf("%w: %s", ErrUnsupported, kind)
}
