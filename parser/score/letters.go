package score

import (
	"slices"
	"strings"

	"anli/parser/mail"
)

// What we wrote is found in the answer by content: both are read as streams of
// tokens (a number, a Latin word, a Chinese character), so that wrapping, quote
// marks, tables and punctuation do not matter. A walk goes along the answer and
// stays in our letter as long as the words agree; after a gap it looks nearby
// first, so that a number put in or changed does not lead it to a like line of
// another case.

// token is one unit of a stream.
type token struct {
	word    uint32 // hash
	line    int32
	at, end int32 // runes within the line
}

const (
	gram   = 6  // tokens that must agree to find a place in our letters
	rejoin = 4  // tokens that must agree to go on after a gap
	near   = 8  // tokens of either side that a gap may have
	long   = 40 // tokens of ours together that nobody types again by himself
	tries  = 48 // places looked at for one gram
)

// tokens cuts lines into tokens and notes which belong to which line.
func tokens(ls []line) []token {
	n := 0
	for i := range ls {
		n += len(ls[i].text)
	}
	out := make([]token, 0, n)
	for i := range ls {
		ls[i].from = len(out)
		out = lineTokens(out, ls[i].text, int32(i))
		ls[i].to = len(out)
	}
	return out
}

func lineTokens(out []token, text []rune, n int32) []token {
	for i := 0; i < len(text); {
		r := text[i]
		if !isWord(r) {
			i++
			continue
		}
		k := i + 1
		switch {
		case isDigit(r):
			for k < len(text) && (isDigit(text[k]) || text[k] == '.' && k+1 < len(text) && isDigit(text[k+1])) {
				k++
			}
			if k < len(text) && text[k] == '分' { // the maximum in a label is no score
				k++
			}
		case isLatin(r):
			for k < len(text) && isLatin(text[k]) {
				k++
			}
		}
		out = append(out, token{word: hash(text[i:k]), line: n, at: int32(i), end: int32(k)})
		i = k
	}
	return out
}

func hash(s []rune) uint32 {
	h := uint32(2166136261)
	for _, r := range s {
		h = (h ^ uint32(r)) * 16777619
	}
	return h | 1 // 0 stands between letters
}

// letters is everything we wrote, as one stream with an index of its grams.
type letters struct {
	words   []uint32
	samples [][2]int // from a sample number 0000 to the end of its line
	first   []int32  // by hash of gram: a place, +1
	next    []int32  // by place: the next place with that hash, +1
	mask    uint32
}

func readLetters(all []Letter) *letters {
	size := 0
	for _, l := range all {
		size += len(l.Text)/2 + len(l.HTML)/6 // about three bytes a character, most of HTML is marks
	}
	o := &letters{words: make([]uint32, 0, size)}
	for _, l := range all {
		o.add(l.Subject + "\n" + l.Text)
		if l.HTML != "" {
			text, _ := mail.HTMLText(l.HTML, htmlTokens)
			o.add(text)
		}
	}
	buckets := uint32(16)
	for int(buckets) < len(o.words) {
		buckets *= 2
	}
	o.mask, o.first, o.next = buckets-1, make([]int32, buckets), make([]int32, len(o.words))
	for i := len(o.words) - gram; i >= 0; i-- { // backwards: the first place comes first
		h := gramOf(o.words[i:]) & o.mask
		o.next[i], o.first[h] = o.first[h], int32(i+1)
	}
	return o
}

// htmlTokens bounds the work on a letter of ours.
const htmlTokens = 1_000_000

func (o *letters) add(text string) {
	var buf []token
	var folded []rune
	for l := range strings.SplitSeq(text, "\n") {
		folded = folded[:0]
		for _, r := range l {
			if f := fold(r); f >= 0 {
				folded = append(folded, f)
			}
		}
		buf = lineTokens(buf[:0], folded, 0)
		for i, t := range buf {
			if t.word == sample {
				o.samples = append(o.samples, [2]int{len(o.words), len(o.words) + len(buf) - i})
			}
			o.words = append(o.words, t.word)
		}
	}
	o.words = append(o.words, 0)
}

// sample is the number in the examples of our letters, which no case has.
var sample = hash([]rune("0000"))

// inSample tells whether what begins at a place is an example without its number: the
// same figures for a real case are his.
func (o *letters) inSample(at int) bool {
	for _, s := range o.samples {
		if at > s[0] && at < s[1] {
			return true
		}
	}
	return false
}

func gramOf(w []uint32) uint32 {
	h := uint32(0)
	for _, x := range w[:gram] {
		h = (h<<5 | h>>27) ^ x*2654435761
	}
	return h ^ h>>15
}

// mark tells for each token of an answer how many tokens of ours it stands
// among, without a gap: 0 if it is not ours.
func (o *letters) mark(ls []line, ts []token) []int32 {
	w := walk{o: o, ls: ls, ts: ts, run: make([]int32, len(ts)), place: -1}
	for i := 0; i < len(ts); {
		i = w.step(i)
	}
	n := make([]int32, w.runs+1)
	for _, r := range w.run {
		n[r]++
	}
	n[0] = 0
	for i, r := range w.run {
		w.run[i] = n[r]
	}
	return w.run
}

// walk is a way along an answer and our letters.
type walk struct {
	o     *letters
	ls    []line
	ts    []token
	run   []int32 // by token: number of its run, from 1; 0 if it is his
	runs  int32
	place int // where in our letters the walk is; -1 nowhere
	gap   int // tokens of his since the last of ours
}

func (w *walk) step(i int) int {
	if w.place >= 0 && w.gap == 0 && w.same(i, w.place) {
		w.take(i, 1)
		return i + 1
	}
	if w.place >= 0 && w.gap == 0 && w.broken(i) {
		w.take(i, 2)
		w.place--
		return i + 2
	}
	if w.place >= 0 && w.gap <= near {
		if a, b, ok := w.nearby(i); ok {
			w.place += a
			w.runs++
			w.take(i+b, rejoin)
			return i + b + rejoin
		}
	}
	if p, n := w.find(i); n > 0 {
		w.place = p
		w.runs++
		w.take(i, n)
		return i + n
	}
	w.gap++
	return i + 1
}

func (w *walk) same(i, place int) bool {
	return i < len(w.ts) && place < len(w.o.words) && w.ts[i].word == w.o.words[place]
}

// broken tells whether tokens i and i+1 are one number or word of ours that a client cut
// in two at the end of a line.
func (w *walk) broken(i int) bool {
	if i+1 >= len(w.ts) || w.place >= len(w.o.words) {
		return false
	}
	a, b := w.chars(i), w.chars(i+1)
	if a == nil || b == nil {
		return false
	}
	whole, point := slices.Concat(a, b), slices.Concat(a, []rune("."), b)
	return hash(whole) == w.o.words[w.place] || hash(point) == w.o.words[w.place]
}

// chars are those of a number, 分 or a Latin word; nil of all else.
func (w *walk) chars(i int) []rune {
	t := w.ts[i]
	s := w.ls[t.line].text[t.at:t.end]
	if isDigit(s[0]) || isLatin(s[0]) || s[0] == '分' {
		return s
	}
	return nil
}

// take marks n tokens from i on as ours.
func (w *walk) take(i, n int) {
	for k := range n {
		w.run[i+k] = w.runs
	}
	w.place += n
	w.gap = 0
}

// nearby looks how the walk goes on after a small gap: a tokens of ours left out
// and b of his put in.
func (w *walk) nearby(i int) (a, b int, ok bool) {
	for d := 1; d <= 2*near; d++ {
		for b = max(0, d-near); b <= min(d, near); b++ {
			if a = d - b; w.agrees(i+b, w.place+a, rejoin) {
				return a, b, true
			}
		}
	}
	return 0, 0, false
}

func (w *walk) agrees(i, place, n int) bool {
	for k := range n {
		if !w.same(i+k, place+k) {
			return false
		}
	}
	return true
}

// find looks a place up by the gram at token i: the longest agreement, and of
// equals the next one onwards.
func (w *walk) find(i int) (place, n int) {
	if i+gram > len(w.ts) || len(w.o.words) < gram {
		return 0, 0
	}
	var g [gram]uint32
	for k := range g {
		g[k] = w.ts[i+k].word
	}
	p := w.o.first[gramOf(g[:])&w.o.mask]
	for try := 0; p > 0 && try < tries; try, p = try+1, w.o.next[p-1] {
		at := int(p - 1)
		k := 0
		for w.same(i+k, at+k) {
			k++
		}
		if w.o.inSample(at) {
			continue
		}
		if k >= gram && (k > n || k == n && place < w.place && at >= w.place) {
			place, n = at, k
		}
	}
	return place, n
}

// settle says of every line who wrote it, and of every token whether it is ours.
// Among what is quoted every match counts; elsewhere only a long stretch, since
// he may well write a line that is like one of ours.
func settle(ls []line, ts []token, marks []int32) []bool {
	mine := make([]bool, len(ts))
	for i := range ls {
		l := &ls[i]
		if l.from == l.to {
			continue
		}
		l.state = ours
		for t := l.from; t < l.to; t++ {
			if mine[t] = marks[t] >= long || marks[t] > 0 && l.quoted; !mine[t] {
				l.state = his
			}
		}
		if l.state == his {
			l.said = slices.Clone(l.text)
			for t := l.from; t < l.to; t++ {
				for k := ts[t].at; mine[t] && k < ts[t].end; k++ {
					l.said[k] = ' '
				}
			}
		}
	}
	return mine
}
