package bot

import (
	"encoding/json"
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
