package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image/jpeg"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/cage"
	"anli/parser/mail"
	"anli/parser/unpack"
)

// faultyFiles are sound files and the same with a fault at their end, where no reader
// but the test's looks.
func faultyFiles(t *testing.T) map[string][]byte {
	p := sample.Package{City: "佛山市", Unit: "佛山市某木家居有限公司", Case: "定制家居柔性供应链", Scan: sample.ScanJPEG}
	t.Helper()
	out := map[string][]byte{"材料.zip": sample.Zip([]sample.File{{Path: "说明.txt", Data: []byte("一段文字")}}, sample.UTF8)}
	for _, f := range p.Files() {
		switch {
		case strings.HasSuffix(f.Path, ".docx"):
			out["申报表.docx"] = f.Data
		case strings.HasSuffix(f.Path, "（盖章）.pdf"):
			out["申报表（盖章）.pdf"] = f.Data
		case strings.HasSuffix(f.Path, "照片1.jpg"):
			out["照片1.jpg"] = f.Data
		}
	}
	sound := maps.Clone(out)
	with := func(name, of, fault string) { out[name] = append(slices.Clone(sound[of]), "\n"+fault+"\n"...) }
	with("死于文字.docx", "申报表.docx", bot.FaultWords)
	with("死于文字.pdf", "申报表（盖章）.pdf", bot.FaultWords)
	with("盖章，死于印章.pdf", "申报表（盖章）.pdf", bot.FaultSeals)
	inside, err := os.ReadFile("../../../parser/document/testdata/inside/photos.docx")
	if err != nil {
		t.Fatal(err)
	}
	out["含图.docx"], sound["含图.docx"] = inside, inside
	with("死于内图.docx", "含图.docx", bot.FaultInside)
	with("死于图像.jpg", "照片1.jpg", bot.FaultPicture)
	with("盖章页，死于图像.jpg", "照片1.jpg", bot.FaultPicture+" ")
	with("死于尺寸.jpg", "照片1.jpg", bot.FaultSize)
	with("死于解压.zip", "材料.zip", bot.FaultUnpack)
	with("乱答.docx", "申报表.docx", bot.FaultAnswer)
	with("乱答.jpg", "照片1.jpg", bot.FaultAnswer)
	with("乱答.zip", "材料.zip", bot.FaultAnswer)
	return out
}

// TestFaults: a child that dies costs its own file a line, with a reason; what came
// with it is read as if it had come alone, and the operator's log tells why.
func TestFaults(t *testing.T) {
	content := faultyFiles(t)
	names := slices.Sorted(maps.Keys(content))
	var log bytes.Buffer
	wasm := warm(t)
	got := readLogged(t, wasm, names, content, &log)
	for name, want := range map[string]string{
		"死于文字.docx":    "other form-unreadable 读取时超出处理上限",
		"死于文字.pdf":     "other form-unreadable 读取时超出处理上限",
		"死于尺寸.jpg":     "image image-broken 读取时超出处理上限",
		"死于图像.jpg":     "image  ",
		"盖章页，死于图像.jpg": "image  ",
		"盖章，死于印章.pdf":  "pdf  ",
		"死于解压.zip":     "archive  ",
		"乱答.docx":      "other form-unreadable 读取时超出处理上限",
		"乱答.jpg":       "image image-broken 读取时超出处理上限",
		"乱答.zip":       "archive  ",
		"死于内图.docx":    "docx  ",
		"含图.docx":      "docx  ",
		"申报表.docx":     "docx  ",
		"申报表（盖章）.pdf":  "pdf  ",
		"照片1.jpg":      "image  ",
		"材料.zip":       "archive  ",
	} {
		if r := got[name]; r.Kind+" "+r.Failure+" "+r.Reason != want {
			t.Errorf("%s: %q %q %q, want %q", name, r.Kind, r.Failure, r.Reason, want)
		}
	}
	for name := range content {
		if n := strings.Count(log.String(), hash(content[name])); n > 0 != strings.ContainsAny(name, "死乱") {
			t.Errorf("%s stands %d times in the log", name, n)
		}
	}
	if !strings.Contains(log.String(), "as asked for") || strings.Contains(log.String(), "盖章") {
		t.Errorf("the log has not the reason, or a sender's name:\n%s", log.String())
	}
	checkSeals(t, got)
	checkArchives(t, got)
	checkInside(t, got)
	if p, size := got["死于图像.jpg"].Picture, sizeOf(t, content["照片1.jpg"]); p == nil || p.Width != size[0] || p.Height != size[1] || p.Look != "" {
		t.Errorf("of a picture that cannot be decoded the size is known: %+v, want %v", p, size)
	}
	for _, name := range []string{"申报表.docx", "含图.docx", "申报表（盖章）.pdf", "照片1.jpg", "材料.zip"} {
		if alone := readLogged(t, wasm, []string{name}, content, &log); asJSON(t, alone[name]) != asJSON(t, got[name]) {
			t.Errorf("%s is read otherwise alone:\n%s\n%s", name, asJSON(t, alone[name]), asJSON(t, got[name]))
		}
	}
}

// checkSeals: the words of pages that cannot be drawn stand, and that nobody looked
// is said.
func checkSeals(t *testing.T, got map[string]intake.Reading) {
	t.Helper()
	sound, dead := got["申报表（盖章）.pdf"], got["盖章，死于印章.pdf"]
	if sound.Seals == nil || len(sound.Seals.Pages) == 0 || sound.Seals.Pages[0].Doubt != "" || sound.Pages == 0 {
		t.Fatalf("the sound scan: %+v", sound)
	}
	if dead.Seals == nil || len(dead.Seals.Pages) != 1 || dead.Seals.Pages[0].Doubt != "unread" {
		t.Errorf("seals of pages at which the child dies: %+v", dead.Seals)
	}
	dead.Seals, dead.SHA256 = sound.Seals, sound.SHA256
	if a, b := asJSON(t, dead), asJSON(t, sound); a != b {
		t.Errorf("its words:\n%s\n%s", a, b)
	}
	page := got["盖章页，死于图像.jpg"]
	if page.Seals == nil || len(page.Seals.Pages) != 1 || page.Seals.Pages[0].Doubt != "unread" {
		t.Errorf("seals of a page that came as a picture: %+v", page.Seals)
	}
}

// checkInside: the words of a document stand whose pictures are too much.
func checkInside(t *testing.T, got map[string]intake.Reading) {
	t.Helper()
	sound, dead := got["含图.docx"], got["死于内图.docx"]
	if len(sound.Inside) == 0 || sound.Text == "" || len(dead.Inside) > 0 {
		t.Fatalf("pictures inside: %+v\n%+v", sound, dead)
	}
	dead.Inside, dead.SHA256 = sound.Inside, sound.SHA256
	if a, b := asJSON(t, dead), asJSON(t, sound); a != b {
		t.Errorf("its words:\n%s\n%s", a, b)
	}
}

func checkArchives(t *testing.T, got map[string]intake.Reading) {
	t.Helper()
	if l := got["材料.zip"].Listing; l == nil || len(l.Files) != 1 || len(l.Problems) > 0 {
		t.Errorf("the sound archive: %+v", l)
	}
	for _, name := range []string{"死于解压.zip", "乱答.zip"} {
		if l := got[name].Listing; l == nil || len(l.Files) > 0 || len(l.Problems) != 1 || l.Problems[0] != (unpack.Problem{Code: "archive-broken", Reason: "解压时出错"}) {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

// TestFaults_OfLimits: what is beyond a limit is told the same way.
func TestFaults_OfLimits(t *testing.T) {
	blobs := ledger.OpenBlobs(t.TempDir())
	content := faultyFiles(t)
	r := &bot.Reader{Cage: &cage.Cage{Limits: cage.Limits{Answer: 1}}, Blobs: blobs}
	got := readWith(t, r, blobs, []string{"申报表.docx", "照片1.jpg", "材料.zip"}, content)
	if x := got["申报表.docx"]; x.Failure != "form-unreadable" || x.Reason != "读取时超出处理上限" {
		t.Errorf("words: %+v", x)
	}
	if x := got["照片1.jpg"]; x.Failure != "image-broken" || x.Reason != "读取时超出处理上限" {
		t.Errorf("picture: %+v", x)
	}
}

func readLogged(t *testing.T, wasm string, names []string, content map[string][]byte, log *bytes.Buffer) map[string]intake.Reading {
	t.Helper()
	blobs := ledger.OpenBlobs(t.TempDir())
	r := &bot.Reader{Cage: &cage.Cage{CacheDir: wasm, Limits: slow}, Blobs: blobs, Log: slog.New(slog.NewTextHandler(log, nil))}
	return readWith(t, r, blobs, names, content)
}

// readWith gives the readings of files by their names.
func readWith(t *testing.T, r *bot.Reader, blobs *ledger.Blobs, names []string, content map[string][]byte) map[string]intake.Reading {
	t.Helper()
	var msg mail.Message
	of := map[string]string{}
	for _, name := range names {
		sha, err := blobs.PutBytes(content[name])
		if err != nil {
			t.Fatal(err)
		}
		if of[sha] != "" {
			t.Fatalf("%s is the same as %s", name, of[sha])
		}
		of[sha] = name
		msg.Attachments = append(msg.Attachments, mail.Attachment{Name: name, SHA256: sha, Size: int64(len(content[name]))})
	}
	readings, err := r.Read(context.Background(), msg, defaults().Call.Form(), func(string) (intake.Reading, bool) { return intake.Reading{}, false }, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]intake.Reading{}
	for _, x := range readings {
		out[of[x.SHA256]] = x
	}
	return out
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func sizeOf(t *testing.T, picture []byte) [2]int {
	t.Helper()
	c, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return [2]int{c.Width, c.Height}
}
