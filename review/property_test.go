package review

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anli/intake/ledger"
)

var (
	runs = flag.Int("seeds", 4, "how many stories each property is tried on, beside one of today")
	seed = flag.Uint64("seed", 0, "the one story to try: a failure prints its own")
)

// seeds are those of a property's runs: the same ones always, and one of today.
func seeds() []uint64 {
	if *seed != 0 {
		return []uint64{*seed}
	}
	out := []uint64{uint64(time.Now().UnixNano())}
	for n := range *runs {
		out = append(out, uint64(n+1))
	}
	return out
}

// event is something that happens to a panel.
type event struct {
	kind string // mail, fresh, stranger, confirm, void, accept, replace
	from string
	text string // what the mail says
	of   int    // which of the events before is confirmed
}

// player plays events; mails come a minute after one another.
type player struct {
	*house
	mails map[int]int // event → mail
}

func played(t *testing.T, events []event) *player {
	t.Helper()
	h := newHouse(t, nil)
	h.start()
	h.withDing()
	p := &player{h, map[int]int{}}
	for i, e := range events {
		p.play(i, e)
	}
	return p
}

var expertNames = map[string]string{jia: "甲", yi: "乙", bing: "丙", ding: "丁"}

func (p *player) play(i int, e event) {
	p.t.Helper()
	p.now = p.now.Add(time.Minute)
	joined := false
	p.view(func(b *Bench) { joined = b.MemberOf(e.from) != nil })
	if !joined {
		return
	}
	name := expertNames[e.from]
	switch e.kind {
	case "mail":
		p.mails[i] = p.mail(e.from, true, e.text)
	case "fresh":
		p.mails[i] = p.mail(e.from, false, e.text)
	case "stranger":
		p.mails[i] = p.stranger(name, e.text)
	case "confirm":
		if n, ok := p.mails[e.of]; ok {
			p.mails[i] = p.confirm(e.from, n, "确认")
		}
	case "void":
		p.do(func(b *Bench) { b.Void(name, []string{"AL2024-" + e.text}, "理由", "m") })
	case "accept":
		p.do(func(b *Bench) { b.Accept(name, nil) })
	case "replace":
		p.do(func(b *Bench) { b.Replace(name, "丁") })
	}
}

// say is a random case with random scores, some of them.
func say(r *rand.Rand) string {
	number := fmt.Sprintf("%04d", 1+r.IntN(3))
	switch r.IntN(9) {
	case 0:
		return number + " 回避"
	case 1:
		return number + " 弃权"
	}
	words := []string{number}
	for _, top := range []int{30, 25, 20} {
		if r.IntN(5) == 0 {
			words = append(words, "-")
		} else {
			words = append(words, Points(r.IntN(top*4+1)*25)) // quarters
		}
	}
	return strings.Join(words, " ")
}

func says(r *rand.Rand) string {
	var lines []string
	for range 1 + r.IntN(3) {
		lines = append(lines, say(r))
	}
	return strings.Join(lines, "；")
}

// happens is a random story of n events of some kinds.
func happens(r *rand.Rand, n int, kinds ...string) []event {
	experts := []string{jia, yi, bing, ding}
	var out []event
	for i := range n {
		e := event{kind: kinds[r.IntN(len(kinds))], from: experts[r.IntN(len(experts))], text: says(r)}
		switch e.kind {
		case "void":
			e.text = fmt.Sprintf("%04d", 1+r.IntN(3))
		case "confirm":
			e.of = r.IntN(max(1, i))
			if e.of < len(out) {
				e.from = out[e.of].from
			}
		}
		out = append(out, e)
	}
	return out
}

// everything are all kinds of events, mails the most.
var everything = []string{"mail", "mail", "mail", "fresh", "fresh", "stranger", "confirm", "confirm", "confirm", "void", "accept", "replace"}

func told(events []event) string {
	var out strings.Builder
	for i, e := range events {
		fmt.Fprintf(&out, "%d %s %s %s (%d)\n", i, e.kind, e.from, e.text, e.of)
	}
	return out.String()
}

// Answers that share no cell come to the same in whatever order they arrive.
func TestOrderOfArrival(t *testing.T) {
	for _, seed := range seeds() {
		r := rand.New(rand.NewPCG(seed, 0))
		var parts []event
		for _, from := range []string{jia, yi, bing} {
			for _, number := range []string{"0001", "0002", "0003"} {
				parts = append(parts, disjoint(r, from, number)...)
			}
		}
		first := played(t, parts)
		r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		second := played(t, parts)
		if a, b := first.scores()+first.counted(), second.scores()+second.counted(); a != b {
			t.Errorf("seed %d: in another order\n%sis\n%sand was\n%s", seed, told(parts), b, a)
		}
	}
}

// disjoint says something of one case in mails that share no cell.
func disjoint(r *rand.Rand, from, number string) []event {
	switch r.IntN(6) {
	case 0:
		return []event{{kind: "mail", from: from, text: number + " 回避"}}
	case 1:
		return []event{{kind: "mail", from: from, text: number + " 弃权"}}
	case 2:
		return nil
	}
	mails := make([][]string, 3)
	for _, top := range []int{30, 25, 20} {
		at := r.IntN(len(mails))
		for k := range mails {
			word := "-"
			if k == at {
				word = Points(r.IntN(top*4+1) * 25)
			}
			if len(mails[k]) == 0 {
				mails[k] = []string{number}
			}
			mails[k] = append(mails[k], word)
		}
	}
	var out []event
	for _, words := range mails {
		if strings.Join(words[1:], "") != "---" {
			out = append(out, event{kind: "mail", from: from, text: strings.Join(words, " ")})
		}
	}
	return out
}

// An answer without contradictions comes to the same in one mail and in several.
func TestSplitAnswer(t *testing.T) {
	for _, seed := range seeds() {
		r := rand.New(rand.NewPCG(seed, 1))
		var parts []event
		for _, number := range []string{"0001", "0002", "0003"} {
			parts = append(parts, disjoint(r, jia, number)...)
		}
		var lines []string
		for _, e := range parts {
			lines = append(lines, e.text)
		}
		whole, split := played(t, []event{{kind: "mail", from: jia, text: strings.Join(lines, "；")}}), played(t, parts)
		if a, b := whole.scores()+whole.counted(), split.scores()+split.counted(); a != b {
			t.Errorf("seed %d: %s\nin one mail\n%sin several\n%s", seed, strings.Join(lines, "；"), a, b)
		}
	}
}

// Reading all mails once more, in their order, changes nothing that is recorded.
func TestReadAgain(t *testing.T) {
	for _, seed := range seeds() {
		r := rand.New(rand.NewPCG(seed, 2))
		events := happens(r, 12, "mail", "fresh", "mail")
		p := played(t, events)
		before := p.scores() + p.counted()
		arrival := map[int]time.Time{}
		p.view(func(b *Bench) {
			for _, n := range p.mails {
				arrival[n] = b.arrival(p.sha(n))
			}
		})
		for i, e := range events {
			if n, ok := p.mails[i]; ok {
				p.take(n, arrival[n], e.from, e.kind == "mail", "", written(e.text))
			}
		}
		if after := p.scores() + p.counted(); after != before {
			t.Errorf("seed %d:\n%sread again\n%swas\n%s", seed, told(events), after, before)
		}
	}
}

// Nobody who recused himself counts, whatever came before and comes after.
func TestRecusedNeverCounts(t *testing.T) {
	for _, seed := range seeds() {
		r := rand.New(rand.NewPCG(seed, 3))
		events := happens(r, 20, everything...)
		at := r.IntN(len(events))
		events[at] = event{kind: "mail", from: jia, text: "0002 回避"}
		h := newHouse(t, nil)
		h.start()
		h.withDing()
		p := &player{h, map[int]int{}}
		for i, e := range events {
			p.play(i, e)
			if i < at {
				continue
			}
			p.view(func(b *Bench) {
				for _, s := range b.sheets() {
					if s.Expert == jia && s.Number == case2 && b.Panel.Rule.mark(s).Valid {
						t.Errorf("seed %d: he counts after event %d:\n%s", seed, i, told(events))
					}
				}
			})
		}
	}
}

// Mails that nobody proved to be an expert's change nothing that counts.
func TestForgedMailsCountForNothing(t *testing.T) {
	for _, seed := range seeds() {
		r := rand.New(rand.NewPCG(seed, 4))
		var honest, all []event
		for _, e := range happens(r, 24, "mail", "fresh", "stranger", "mail", "void") {
			all = append(all, e)
			if e.kind == "mail" || e.kind == "void" {
				honest = append(honest, e)
			}
		}
		forged := played(t, all)
		if a, b := played(t, honest).counted(), forged.counted(); a != b {
			t.Errorf("seed %d:\n%swith forged mails\n%swithout\n%s", seed, told(all), b, a)
		}
	}
}

// The same story gives the same journal, to the byte.
func TestSameStorySameJournal(t *testing.T) {
	for _, seed := range seeds() {
		events := happens(rand.New(rand.NewPCG(seed, 5)), 15, everything...)
		first, second := played(t, events).head(), played(t, events).head()
		if first != second {
			t.Errorf("seed %d: two journals\n%s", seed, told(events))
		}
	}
}

func (h *house) head() (hash string) {
	h.t.Helper()
	if err := h.l.View(func(tx *ledger.Tx) error { _, hash = tx.Head(); return nil }); err != nil {
		h.t.Fatal(err)
	}
	return hash
}

// No case counts twice for one expert, nor for both of two of whom one replaced the
// other, and no more experts count for a case than were asked for it.
func TestNobodyCountsTwice(t *testing.T) {
	for _, seed := range seeds() {
		events := happens(rand.New(rand.NewPCG(seed, 6)), 20, everything...)
		p := played(t, events)
		p.view(func(b *Bench) {
			seats := map[string]int{}
			for _, s := range b.Members() {
				for _, n := range s.assigned() {
					seats[n]++
				}
			}
			for _, s := range Rank(b.Panel.Rule, b.facts(b.cases(b.Panel.Cases)), b.sheets()).Cases {
				if s.Valid > 3 || seats[s.Case.Number] > 3 {
					t.Errorf("seed %d: %d count for %s of %d seats:\n%s", seed, s.Valid, s.Case.Number, seats[s.Case.Number], told(events))
				}
			}
		})
	}
}
