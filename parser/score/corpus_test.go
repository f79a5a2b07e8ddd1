package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anli/parser/document"
	"anli/parser/mail"
)

// expected is the .json beside an answer: what a careful reader takes from it.
type expected struct {
	Request   string
	Proved    *bool
	Cells     map[string]map[string]float64
	Comments  []string
	Recusals  map[string]bool
	Abstained []string
	Queries   []struct{ Number, Reason string }

	Accept, Decline, Confirm, Question, Absence bool

	Clear bool
	Why   string
}

var (
	show    = flag.Bool("show", false, "print what falls short in the corpus, answer by answer")
	answers = flag.String("answers", "testdata/answers", "folder of the corpus; the requests are in ../requests")
)

// Every answer of the corpus is read. Not one wrong score may be recorded, every
// unclear answer must be asked back, and of what is clear at least 97 of 100
// values must be recorded.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob(*answers + "/*.eml")
	if err != nil || len(files) == 0 {
		t.Skip("no answers in " + *answers)
	}
	var clear, recorded, unclear int
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".eml")
		want := readExpected(t, strings.TrimSuffix(f, ".eml")+".json")
		r := readRequest(t, want.Request)
		got := Read(readAnswer(t, f, want), r)
		bad := wrong(got, want)
		for _, s := range bad {
			t.Errorf("%s: %s", name, s)
		}
		for _, s := range unasked(got, want) {
			t.Errorf("%s: not asked back: %s", name, s)
		}
		n, m := cellsOf(want), len(got.Cells)
		if want.Clear {
			clear, recorded = clear+n, recorded+min(m, n)
		} else {
			unclear++
		}
		if short := append(append(unasked(got, want), bad...), lacks(got, want)...); *show && len(short) > 0 {
			t.Logf("%s: %s\n  %s\n%s", name, strings.Join(short, "; "), want.Why, dump(got))
		}
	}
	t.Logf("%d answers, %d of %d clear values recorded (%.1f %%), %d unclear answers", len(files), recorded, clear, 100*float64(recorded)/float64(max(clear, 1)), unclear)
	if recorded*100 < clear*97 {
		t.Errorf("%d of %d clear values recorded: less than 97 %%", recorded, clear)
	}
}

func readExpected(t testing.TB, path string) (e expected) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, &e)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return e
}

func cellsOf(e expected) int {
	n := 0
	for _, c := range e.Cells {
		n += len(c)
	}
	return n
}

// wrong lists scores, recusals and abstentions that the answer does not have.
func wrong(got Answer, want expected) []string {
	var out []string
	for _, c := range got.Cells {
		v, ok := want.Cells[c.Number][c.Criterion]
		if !ok || int(math.Round(v*100)) != c.Value {
			out = append(out, fmt.Sprintf("WRONG SCORE %s %s %d from %q (%s), want %v", c.Number, c.Criterion, c.Value, c.Words, c.Where, v))
		}
	}
	for _, x := range got.Recusals {
		if _, ok := want.Recusals[x.Number]; !ok {
			out = append(out, "wrong recusal "+x.Number)
		}
	}
	for _, x := range got.Abstained {
		if !slices.Contains(want.Abstained, x.Number) {
			out = append(out, "wrong abstention "+x.Number)
		}
	}
	for what, pair := range map[string][2]bool{"accept": {got.Accept, want.Accept}, "decline": {got.Decline, want.Decline}, "confirm": {got.Confirm, want.Confirm}} {
		if pair[0] && !pair[1] {
			out = append(out, "wrong "+what)
		}
	}
	return out
}

// unasked lists what ought to be asked back and is not.
func unasked(got Answer, want expected) []string {
	var out []string
	for _, q := range want.Queries {
		if !slices.ContainsFunc(got.Queries, func(g Query) bool {
			return g.Number == q.Number || g.Number == "" || q.Number == ""
		}) {
			out = append(out, fmt.Sprintf("%s %s", q.Number, q.Reason))
		}
	}
	return out
}

// lacks lists everything else in which got falls short.
func lacks(got Answer, want expected) []string {
	var out []string
	if n := cellsOf(want); len(got.Cells) < n {
		out = append(out, fmt.Sprintf("%d of %d cells", len(got.Cells), n))
	}
	for _, q := range want.Queries {
		if q.Reason != "" && !slices.ContainsFunc(got.Queries, func(g Query) bool { return string(g.Reason) == q.Reason }) {
			out = append(out, "other reason than "+q.Reason)
		}
	}
	if len(want.Queries) == 0 && len(got.Queries) > 0 {
		out = append(out, "asks without need")
	}
	for _, n := range want.Comments {
		if !slices.ContainsFunc(got.Comments, func(c Comment) bool { return c.Number == n }) {
			out = append(out, "no comment "+n)
		}
	}
	for n, reason := range want.Recusals {
		if i := slices.IndexFunc(got.Recusals, func(c Recusal) bool { return c.Number == n }); i < 0 {
			out = append(out, "no recusal "+n)
		} else if reason != (got.Recusals[i].Reason != "") {
			out = append(out, "reason of recusal")
		}
	}
	for _, n := range want.Abstained {
		if !slices.ContainsFunc(got.Abstained, func(c Abstention) bool { return c.Number == n }) {
			out = append(out, "no abstention "+n)
		}
	}
	for _, x := range []struct {
		what      string
		got, want bool
	}{{"accept", got.Accept, want.Accept}, {"decline", got.Decline, want.Decline}, {"confirm", got.Confirm, want.Confirm}, {"question", got.Question != "", want.Question}, {"absence", got.Absence != "", want.Absence}} {
		if x.got != x.want {
			out = append(out, fmt.Sprintf("%s %v", x.what, x.got))
		}
	}
	return out
}

// dump is an answer in short lines.
func dump(a Answer) string {
	var b strings.Builder
	for _, c := range a.Cells {
		fmt.Fprintf(&b, "    %s %s %d %q %s\n", c.Number, c.Criterion, c.Value, c.Words, c.Where)
	}
	for _, q := range a.Queries {
		fmt.Fprintf(&b, "    ? %s %s %s %.80q\n", q.Number, q.Criterion, q.Reason, q.Words)
	}
	for _, c := range a.Comments {
		fmt.Fprintf(&b, "    “%s” %.80q\n", c.Number, c.Text)
	}
	fmt.Fprintf(&b, "    recusals %v abstained %v accept %v decline %v confirm %v question %.60q absence %.60q prose %.200q\n", a.Recusals, a.Abstained, a.Accept, a.Decline, a.Confirm, a.Question, a.Absence, a.Prose)
	return b.String()
}

// readRequest reads testdata/requests/<name>.eml and .json.
func readRequest(t testing.TB, name string) Request {
	t.Helper()
	b, err := os.ReadFile(*answers + "/../requests/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var r Request
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(*answers + "/../requests/" + name + ".eml")
	if err != nil {
		t.Fatal(err)
	}
	r.Letters = []Letter{readLetter(t, raw)}
	return r
}

// readLetter takes a letter of ours apart.
func readLetter(t testing.TB, raw []byte) Letter {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	l := Letter{Subject: mail.Words(m.Header.Get("Subject"))}
	var walk func(kind, encoding string, body io.Reader)
	walk = func(kind, encoding string, body io.Reader) {
		kind, params, _ := mime.ParseMediaType(kind)
		if strings.HasPrefix(kind, "multipart/") {
			for parts := multipart.NewReader(body, params["boundary"]); ; {
				p, err := parts.NextRawPart()
				if err != nil {
					return
				}
				walk(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)
			}
		}
		switch strings.ToLower(encoding) {
		case "base64":
			body = base64Reader(body)
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		}
		b, _ := io.ReadAll(body)
		switch kind {
		case "text/plain":
			l.Text = string(b)
		case "text/html":
			l.HTML = string(b)
		}
	}
	walk(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	if l.Text == "" {
		t.Fatal("a letter without text")
	}
	return l
}

// readAnswer reads an answer with its attachments.
func readAnswer(t testing.TB, path string, want expected) Input {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return readMail(t, raw, want.Proved == nil || *want.Proved)
}

func readMail(t testing.TB, raw []byte, proved bool) Input {
	t.Helper()
	in := Input{Proved: proved}
	var bodies [][]byte
	m, err := mail.Read(bytes.NewReader(raw), mail.Limits{}, func(r io.Reader) (string, int64, error) {
		b, err := io.ReadAll(r)
		bodies = append(bodies, b)
		return fmt.Sprint(len(bodies)), int64(len(b)), err
	})
	if err != nil {
		t.Fatal(err)
	}
	in.Message = m
	for i, a := range m.Attachments {
		in.Files = append(in.Files, readAttachment(a, bodies[i]))
	}
	return in
}

func readAttachment(a mail.Attachment, b []byte) File {
	f := File{Name: a.Name, Kind: strings.TrimPrefix(strings.ToLower(filepath.Ext(a.Name)), ".")}
	if strings.HasPrefix(a.Type, "image/") {
		f.Kind = "image"
		return f
	}
	reader := document.NewReader(document.Options{})
	defer reader.Close()
	doc, err := reader.ReadNamed(a.Name, bytes.NewReader(b), int64(len(b)))
	if err != nil {
		f.Failure = err.Error()
		if errors.Is(err, document.ErrUnsupported) && f.Kind != "pdf" {
			f.Kind = "other"
		}
		return f
	}
	f.Kind = doc.Kind
	for _, block := range doc.Blocks {
		if block.Rows == nil {
			f.Text += block.Text + "\n"
			continue
		}
		var table [][]string
		for _, row := range block.Rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, c.Text)
				for range c.Span - 1 {
					cells = append(cells, "")
				}
			}
			table = append(table, cells)
		}
		f.Tables = append(f.Tables, table)
	}
	return f
}
