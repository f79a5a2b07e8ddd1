package review

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/form"
	"anli/templates"
)

// Whatever a file was named or said to be, neither the application form nor a
// paper of the bureau's reaches an expert.
func TestForExperts(t *testing.T) {
	c := intake.Case{Number: "AL2024-0001"}
	readings := map[string]intake.Reading{
		"other":          {Kind: "docx"},
		"unknown photo":  {Kind: "image"},
		"old word":       {Kind: "other", Failure: "form-unreadable"},
		"form as other":  {Kind: "docx", Paper: &form.Reading{Paper: form.PaperForm, Form: &form.Form{Phone: "13800000000"}}},
		"cover as other": {Kind: "docx", Paper: &form.Reading{Paper: form.PaperCover}},
		"unknown scan":   {Kind: "pdf", Scanned: true},
		"scanned award":  {Kind: "pdf", Scanned: true},
	}
	add := func(name string, role intake.Role, sha string, parts ...intake.Part) {
		c.Files = append(c.Files, intake.File{Path: name, Role: role, SHA256: sha, Bytes: 10, Parts: parts})
	}
	add("照片/1.jpg", intake.RolePhoto, "photo")
	add("照片.zip/1.JPG", intake.RolePhoto, "photo 2")
	add("营业执照.jpg", intake.RoleLicense, "licence")
	add("获奖证书.pdf", intake.RoleCertificate, "scanned award")
	add("LOGO.png", intake.RoleLogo, "logo")
	add("宣传.png", intake.RolePromo, "promo")
	add("说明.docx", intake.RoleOther, "other")
	add("a.zip", intake.RoleContainer, "archive")
	add("申报表.pdf", intake.RoleFormPDF, "form")
	add("申报表.docx", intake.RoleFormText, "text")
	add("推荐函.pdf", intake.RoleCover, "cover")
	add("汇总表.xlsx", intake.RoleSummary, "summary")
	add("附件.docx", intake.RoleOther, "form as other")
	add("附件2.docx", intake.RoleOther, "cover as other")
	add("扫描.pdf", intake.RoleOther, "unknown scan")
	add("IMG_0001.jpg", intake.RoleOther, "unknown photo")
	add("材料.doc", intake.RoleOther, "old word")
	add("证照.pdf", intake.RoleLicense, "form inside", intake.Part{Role: intake.RoleFormPDF, Pages: []int{1}})
	c.Files = append(c.Files, intake.File{Path: "旧照片.jpg", Role: intake.RolePhoto, SHA256: "old", Standing: intake.StandingReplaced})
	var got []string
	for _, f := range forExperts(&c, func(sha string) intake.Reading { return readings[sha] }) {
		got = append(got, f.Name)
	}
	want := []string{"LOGO.png", "宣传.png", "照片/1 (2).JPG", "照片/1.jpg", "获奖证书.pdf", "营业执照.jpg", "说明.docx"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("experts get %q", got)
	}
}

func heavy(number string, files ...int64) Material {
	m := Material{Number: number}
	for i, n := range files {
		m.Files = append(m.Files, MaterialFile{Name: fmt.Sprintf("照片/%d.jpg", i), SHA256: fmt.Sprint(number, i), Bytes: n})
	}
	return m
}

func TestPack(t *testing.T) {
	const mb = 1 << 20
	for _, x := range []struct {
		first, each int
		sizes       []int64 // MB, a case each
		want        string  // cases of each letter; "" does not fit
	}{
		{20 * mb, 20 * mb, []int64{3, 3, 3}, "1 2 3"},
		{1 * mb, 20 * mb, []int64{5, 5}, "|1 2"},
		{5 * mb, 20 * mb, []int64{10, 3, 10}, "2|1|3"},
		{20 * mb, 20 * mb, []int64{14, 14, 14}, "1|2|3"},
		{20 * mb, 20 * mb, []int64{14, 14, 14, 1}, ""}, // 14 MB are 19.2 on their way
		{20 * mb, 20 * mb, []int64{15}, ""},
		{-5, 20 * mb, []int64{1}, "|1"}, // the words alone are too much
		{20 * mb, 20 * mb, nil, ""},
	} {
		var materials []Material
		for i, n := range x.sizes {
			materials = append(materials, heavy(fmt.Sprint(i+1), n*mb))
		}
		letters, ok := pack(materials, x.first, x.each)
		var got []string
		for _, l := range letters {
			var names []string
			for _, m := range l {
				names = append(names, m.Number)
			}
			got = append(got, strings.Join(names, " "))
		}
		if text := strings.Join(got, "|"); text != x.want || ok != (x.want != "" || x.sizes == nil) {
			t.Errorf("%v in %d, %d: %q, %v; want %q", x.sizes, x.first, x.each, text, ok, x.want)
		}
	}
}

// An archive opens everywhere: sizes stand before the data, names are UTF-8, all
// lies in a folder of the case's number; twice the same bytes; and in a letter it
// takes no more than was reckoned.
func TestArchive(t *testing.T) {
	files := map[string][]byte{"AL2024-00010": bytes.Repeat([]byte("照"), 100_000), "AL2024-00011": {}}
	read := func(sha string) ([]byte, error) {
		if data, ok := files[sha]; ok {
			return data, nil
		}
		return nil, fmt.Errorf("%w: %s", ledger.ErrNoBlob, sha)
	}
	m := heavy("AL2024-0001", 300_000, 0)
	a, err := m.archive(read)
	again, err2 := m.archive(read)
	if err != nil || err2 != nil || !bytes.Equal(a.Data, again.Data) || a.Name != "AL2024-0001.zip" {
		t.Fatal(a.Name, err, err2)
	}
	r, err := zip.NewReader(bytes.NewReader(a.Data), int64(len(a.Data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range r.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(body) // checks the CRC
		if want := fmt.Sprintf("AL2024-0001/照片/%d.jpg", i); f.Name != want || f.NonUTF8 || f.Flags&8 != 0 || f.Flags&0x800 == 0 || err != nil || !bytes.Equal(data, files[m.Files[i].SHA256]) {
			t.Errorf("%q, flags %x, %d bytes, %v", f.Name, f.Flags, len(data), err)
		}
	}
	alone := outbox.Draft{Key: "k", To: "a@x.example", FromAddr: "b@x.example", Subject: "x", Text: "x", MessageID: "<1@x.example>", Date: time.Date(2024, 11, 1, 9, 0, 0, 0, intake.Zone())}
	with := alone
	with.Attachments = []outbox.Attachment{a}
	if n := wire(t, with) - wire(t, alone); n > m.weight() || n < m.weight()*9/10 {
		t.Errorf("%d bytes on the way, reckoned %d", n, m.weight())
	}
	if _, err := heavy("AL2024-0009", 5).archive(read); !errors.Is(err, ledger.ErrNoBlob) {
		t.Errorf("a file that is gone: %v", err)
	}
}

func wire(t *testing.T, d outbox.Draft) int {
	t.Helper()
	raw, err := outbox.Render(d)
	if err != nil {
		t.Fatal(err)
	}
	return len(raw)
}

// A hundred cases' list fits into what is set aside for a further letter's words.
func TestSlack(t *testing.T) {
	d := templates.ScoreRequest{Expert: "陈知行", Title: "广东省电子商务优秀案例", Part: 2, Parts: 3}
	for i := range 105 {
		d.Cases = append(d.Cases, templates.RequestCase{Number: fmt.Sprintf("AL2024-%04d", i), Unit: strings.Repeat("某", 40), City: "佛山市", Case: strings.Repeat("案", 50),
			Fields: []string{"电商+产业带", "丝路电商"}})
	}
	l := templates.Frame{Division: "广东省商务厅电子商务处"}.ScoreRequest(d)
	n := wire(t, outbox.Draft{Key: "k", To: "a@x.example", FromAddr: "b@x.example", Subject: l.Subject, Text: l.Text, HTML: l.HTML, MessageID: "<1@x.example>", Date: time.Date(2024, 11, 1, 9, 0, 0, 0, intake.Zone())})
	if n > slack {
		t.Errorf("%d bytes of words, %d are set aside", n, slack)
	}
}
