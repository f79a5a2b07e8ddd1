package form

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anli/parser/document"
)

// Forms as people lay them out, drawn by hand and saved by LibreOffice in four formats,
// are read as a person reads them: at least 99 of 100 boxes to the letter, none said to
// lack. What is expected was written by hand beside each drawing.
func TestVarietyOfFiles(t *testing.T) {
	drawings, err := filepath.Glob("testdata/variety/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	files, boxes, wrong := 0, 0, 0
	for _, drawing := range drawings {
		stem := strings.TrimSuffix(drawing, ".txt")
		want := expected(t, stem+".json")
		for _, kind := range []string{document.DOCX, document.DOC, document.RTF, document.ODT} {
			b, err := os.ReadFile(stem + "." + kind)
			if err != nil {
				t.Fatal(err)
			}
			d, err := readNamed(stem+"."+kind, b, document.Options{})
			if err != nil || d.Kind != kind {
				t.Fatal(stem, d.Kind, err)
			}
			got, r := readMade(d)
			files++
			if r.Form == nil || len(r.Missing) > 0 || !r.Commitment {
				t.Errorf("%s.%s: paper %q, missing %q, promise %v", stem, kind, r.Paper, r.Missing, r.Commitment)
			}
			if pictured := strings.Join(r.Pictured, " "); pictured != want["pictured"] {
				t.Errorf("%s.%s: pictures in place of words in %q, want %q", stem, kind, pictured, want["pictured"])
			}
			for key, value := range got {
				boxes++
				if value != want[key] {
					wrong++
					t.Logf("%s.%s: %s is read as %q, want %q", stem, kind, key, value, want[key])
				}
			}
		}
	}
	t.Logf("%d of %d boxes of %d files are read otherwise", wrong, boxes, files)
	if files < 40 || wrong*100 > boxes {
		t.Errorf("%d of %d boxes of %d files are read otherwise", wrong, boxes, files)
	}
}

func expected(t *testing.T, path string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(path, err)
	}
	return want
}

// An instruction with a word changed is nobody's answer; an answer that takes up its
// words is one.
func TestRetyped(t *testing.T) {
	s := newStripper(call2024())
	for _, c := range []struct{ text, want string }{
		{"项目背景、项目需求、重点难点等。", ""},
		{"（项目背景，项目的需求，重点与难点等）", ""},
		{"项目背景、项目需求、重点难点等：我们做鞋。", "我们做鞋。"},
		{"在电子商务细分领域具有较高水平，对同类服务具有借鉴和示范意义。", ""},
		{"项目实施过程中具有较高的技术水平；具有创新性，包括商业模式的创新、管理创新等", ""},
		{"项目背景，项目需求清晰，重点突出，难点已解决。", "项目背景，项目需求清晰，重点突出，难点已解决。"},
		{"项目背景：订单分散。", "项目背景：订单分散。"},
		{"在电子商务细分领域中排名第一，对同类服务企业有示范意义。", "在电子商务细分领域中排名第一，对同类服务企业有示范意义。"},
		{"全面实现项目预期目标，2023年营收3亿元，经济效益和社会效益良好。", "全面实现项目预期目标，2023年营收3亿元，经济效益和社会效益良好。"},
	} {
		if got := s.strip(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
