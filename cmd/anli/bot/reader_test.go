package bot

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"anli/intake"
	"anli/parser/document"
	"anli/parser/form"
	seals "anli/parser/seal"
)

// However many pictures and tables a mail's files have, they fit into its entry;
// tables go before pictures.
func TestWithinEntry(t *testing.T) {
	inner := make([]document.Inner, 60)
	for i := range inner {
		inner[i] = document.Inner{Picture: document.Picture{Width: 4000, Height: 3000, Look: strings.Repeat("f", 112)}, Above: strings.Repeat("门头", 15)}
	}
	table := [][][]string{{{strings.Repeat("好", 10_000)}}}
	pages := &seals.Reading{Pages: make([]seals.Page, 24)}
	for i := range pages.Pages {
		pages.Pages[i] = seals.Page{Number: i + 1, Doubt: seals.DoubtUnread, Labels: []seals.Label{{Name: intake.SealBureau, X: 100, Y: 200}}}
	}
	parts := &form.Reading{Parts: []form.Part{{Paper: form.PaperCertificate, Pages: make([]int, 20_000)}}}
	many := func(n int, r intake.Reading) (out []intake.Reading) {
		for range n {
			out = append(out, r)
		}
		return out
	}
	kept := func(all []intake.Reading) (inside, tables, cut int) {
		for _, r := range all {
			if r.Inside != nil {
				inside++
			}
			if r.Tables != nil {
				tables++
			}
			if r.Cut {
				cut++
			}
		}
		return inside, tables, cut
	}
	for _, c := range []struct {
		name           string
		in             []intake.Reading
		inside, tables bool // all are kept
	}{
		{"few", many(20, intake.Reading{Inside: inner, Tables: table, Seals: pages}), true, true},
		{"many tables", append(many(90, intake.Reading{Tables: table}), many(9, intake.Reading{Inside: inner})...), true, false},
		{"many pictures", many(200, intake.Reading{Inside: inner}), false, true},
		{"pictures and a table", append(many(200, intake.Reading{Inside: inner}), intake.Reading{Tables: table}), false, false},
		{"pages and tables", append(many(45, intake.Reading{Paper: parts}), many(30, intake.Reading{Tables: table})...), true, false},
		{"seals and pictures", append(many(2000, intake.Reading{Seals: pages}), many(9, intake.Reading{Inside: inner})...), false, true},
		{"nothing", nil, true, true},
	} {
		inside, tables, _ := kept(c.in)
		withinEntry(c.in)
		in, tab, cut := kept(c.in)
		if (in == inside) != c.inside || (tab == tables) != c.tables || cut != tables-tab {
			t.Errorf("%s: %d of %d with pictures, %d of %d with tables, %d cut", c.name, in, inside, tab, tables, cut)
		}
		written := 0
		for _, r := range c.in {
			b, err := json.Marshal([]any{r.Inside, r.Tables})
			if err != nil {
				t.Fatal(err)
			}
			written += len(b)
		}
		if written > maxPlain+1<<16 {
			t.Errorf("%s: %d bytes", c.name, written)
		}
	}
}

// What is kept of the seals of thousands of files has a bound: of the last a person looks
// at the pages. Of a package's files, however red, all stands.
func TestSealsWithinEntry(t *testing.T) {
	red := seals.Page{Number: 1, Width: 210, Height: 297, Scan: true, Seals: []seals.Seal{{X: 100, Y: 200, W: 42, H: 42}}, Red: make([]seals.Box, 40)}
	full := &seals.Reading{Signed: 2, Pages: slices.Repeat([]seals.Page{red}, 24)}
	for _, n := range []int{1, 60, 2000} {
		in := slices.Repeat([]intake.Reading{{Kind: "pdf", Seals: full}}, n)
		withinEntry(in)
		b, err := json.Marshal(in)
		if err != nil || len(b) > maxSeals+n*300 {
			t.Errorf("%d: %d bytes, %v", n, len(b), err)
		}
		last := in[n-1].Seals
		if cut := len(last.Pages) == 1 && last.Pages[0].Doubt == seals.DoubtUnread; cut != (n == 2000) || last.Signed != 2 || len(in[0].Seals.Pages) != 24 {
			t.Errorf("%d: the last is %+v", n, last)
		}
	}
	if len(full.Pages) != 24 {
		t.Error("what others hold was changed")
	}
}
