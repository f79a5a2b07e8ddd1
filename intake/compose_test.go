package intake

import (
	"bytes"
	"errors"
	"testing"

	"anli/intake/outbox"
	"anli/templates"
)

// A letter is made anew to the byte from its record: files that its words bring
// along from its data, others from the blobs, the blank form from the program.
func TestRenderAgainWithFiles(t *testing.T) {
	kept := map[string][]byte{}
	blob := func(sha string) ([]byte, error) {
		if data, ok := kept[sha]; ok {
			return data, nil
		}
		return nil, errors.New("gone")
	}
	request := templates.ScoreRequest{Expert: "陈国平", Criteria: []templates.Criterion{{Name: "效益性", Max: 25}},
		Cases: []templates.RequestCase{{Number: "AL2024-0003", Unit: "甲公司", Benefit: "增长30%。"}}}
	scan := outbox.Attachment{Name: "营业执照.pdf", Type: "application/pdf", Data: []byte("%PDF-1.4 scan")}
	form := outbox.Attachment{Name: "申报表（空表）.docx", Type: docxType, Data: templates.BlankForm()}
	for _, x := range []struct {
		name  string
		post  Post
		files int
	}{
		{"words bring two", Post{Template: "score-request", Data: request}, 2},
		{"two and a scan", Post{Template: "score-request", Data: request, Files: []outbox.Attachment{scan}}, 3},
		{"a scan alone", Post{Template: "progress", Data: templates.Progress{City: "佛山市"}, Files: []outbox.Attachment{scan}}, 1},
		{"the blank form", Post{Template: "progress", Data: templates.Progress{City: "佛山市"}, Files: []outbox.Attachment{form}}, 1},
		{"none", Post{Template: "progress", Data: templates.Progress{City: "佛山市"}}, 0},
	} {
		s := &Sitting{Now: zoned("2024-11-08 09:30:00"), house: House{Key: []byte("k"), From: "desk@gd.example", Name: "电商处", Domain: "gd.example"}, blobs: map[string][]byte{}}
		x.post.Key, x.post.To = "request/1", "chen@univ.example"
		l, err := s.letter(x.post, x.post.To, outbox.Code(s.house.Key, x.post.Key, x.post.To))
		if err != nil {
			t.Fatal(x.name, err)
		}
		clear(kept)
		for _, f := range x.post.Files {
			if f.Type == scan.Type {
				kept[hashOf(f.Data)] = f.Data
			}
		}
		raw, err := RenderAgain(l, blob)
		if len(l.Attachments) != x.files || err != nil || !bytes.Equal(raw, s.blobs[l.Bytes]) {
			t.Errorf("%s: %d files, %d bytes for %d, %v", x.name, len(l.Attachments), len(raw), len(s.blobs[l.Bytes]), err)
		}
		if len(kept) > 0 {
			clear(kept)
			if _, err := RenderAgain(l, blob); err == nil {
				t.Errorf("%s: a letter came out without its file", x.name)
			}
		}
	}
}
