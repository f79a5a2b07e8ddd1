package bot_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"

	"anli/cmd/anli/demo/sample"
)

// of2024 are words of the call of 2024 and of who published it: no letter of another
// call says any of them.
var of2024 = regexp.MustCompile(`电子商务|电商|丝路|数商兴农|广东|粤|商务厅|五、（一）|四、（五）|二、（一）|空表|授牌|2023|2024|AL20|143号`)

// inCall puts the words of the desk's own call into what a company sends; the files of
// the sample are of the call of 2024.
func (d *dialogue) inCall(files []sample.File) []sample.File {
	call := d.settings.Call
	if call.ID == "2024" {
		return files
	}
	words := strings.NewReplacer("广东省电子商务优秀案例", call.Title, "电子商务园区", call.Fields[0], "电子商务企业", call.Fields[1], "电商平台", call.Fields[2],
		"电商服务", "", "电商营销", "", "丝路电商", "", "数商兴农", "", "电商+产业带", "", "其他电子商务", "", "电子商务", "数字商贸", "电商", "商贸", "广东", "浙江", "2023", "2025", "2024年10月", "2025年5月", "2024", "2025")
	for i, f := range files {
		files[i].Path = words.Replace(f.Path)
		if strings.HasSuffix(f.Path, ".docx") {
			files[i].Data = d.rewritten(f.Data, words)
		}
	}
	return files
}

// rewritten is a Word file in other words.
func (d *dialogue) rewritten(docx []byte, words *strings.Replacer) []byte {
	d.t.Helper()
	in, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		d.t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		text := d.unzipped(f)
		if f.Name == "word/document.xml" {
			text = words.Replace(text)
		}
		part, err := w.Create(f.Name)
		if err == nil {
			_, err = io.WriteString(part, text)
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		d.t.Fatal(err)
	}
	return out.Bytes()
}

func (d *dialogue) unzipped(f *zip.File) string {
	d.t.Helper()
	r, err := f.Open()
	if err != nil {
		d.t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

// saysNothingOf2024 looks through every letter that another call's desk sent: subject,
// text, HTML and the words of what is attached.
func (d *dialogue) saysNothingOf2024() {
	d.t.Helper()
	all := d.letters()
	for _, a := range all {
		l, err := sample.ReadLetter(a.Raw)
		if err != nil {
			d.t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(a.Raw))
		if err != nil {
			d.t.Fatal(err)
		}
		words := map[string]bool{}
		for _, text := range append(d.textsOf(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body), l.Subject) {
			for _, w := range of2024.FindAllStringIndex(text, -1) {
				words[text[max(0, w[0]-30):min(len(text), w[1]+30)]] = true
			}
		}
		for w := range words {
			d.t.Errorf("%s: …%s…", l.Subject, strings.ToValidUTF8(w, ""))
		}
	}
	if len(all) < 20 {
		d.t.Errorf("only %d letters", len(all))
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// textsOf are the words of a part and of those within it.
func (d *dialogue) textsOf(kind, encoding string, body io.Reader) (out []string) {
	d.t.Helper()
	kind, params, err := mime.ParseMediaType(kind)
	if err != nil {
		d.t.Fatal(err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		for r := multipart.NewReader(body, params["boundary"]); ; {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return out
			}
			if err != nil {
				d.t.Fatal(err)
			}
			out = append(out, p.FileName())
			out = append(out, d.textsOf(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)...)
		}
	}
	switch strings.ToLower(encoding) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		d.t.Fatal(err)
	}
	if !strings.Contains(kind, "officedocument") {
		return []string{tags.ReplaceAllString(string(b), "")}
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, f := range z.File {
		between := "" // a word may stand in two runs; cells part words
		if strings.HasPrefix(f.Name, "xl/") {
			between = " "
		}
		if strings.HasSuffix(f.Name, ".xml") && !strings.HasPrefix(f.Name, "docProps/") {
			out = append(out, tags.ReplaceAllString(d.unzipped(f), between))
		}
	}
	return out
}
