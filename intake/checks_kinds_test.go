package intake

import "testing"

// TestKinds: a file whose content is another than its name says is told to the
// bureau, a picture of another format is only recorded; what opens as it is
// called is not.
func TestKinds(t *testing.T) {
	for _, c := range []struct{ name, add, want string }{
		{"a licence that is a PDF", "营业执照副本.jpg: pdf", "file-type-mismatch warning"},
		{"a document called a picture", "证书.png: docx", "file-type-mismatch warning"},
		{"a picture called a PDF", "荣誉证书.pdf: image jpeg", "file-type-mismatch warning"},
		{"a table called a document", "说明.doc: xlsx", "file-type-mismatch warning"},
		{"an OFD called PDF", "荣誉证书.pdf: ofd", "file-type-mismatch warning"},
		{"a PNG called .jpg", "照片3.jpg: image png", "file-type-mismatch info"},
		{"a telephone's picture called .jpg", "照片3.JPG: image heif", "file-type-mismatch info"},

		{"as they are called", "照片4.jpeg: image jpeg\n照片5.TIF: image tiff\n照片6.heic: image heif\n照片7.jfif: image jpeg\n照片8.webp: image webp", ""},
		{"what WPS writes", "说明.wps: docx", ""},
		{"what opens in Word", "说明.doc: rtf\n简介.doc: docx\n概况.doc: html", ""},
		{"a note", "说明.txt: txt", ""},
		{"a document without an ending", "说明: docx", ""},
		{"pictures that nobody looked at", "照片9.png: image", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk()
			if got := keys(d.check(d.caseOf(t, goodPackage+"\n"+c.add), nil)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
