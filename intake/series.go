package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"anli/templates"
)

var (
	seriesCount = regexp.MustCompile(`第\s*[一二三四五六七八九十\d]+\s*封\s*[/／,，（( ]*\s*共\s*([一二三四五六七八九十\d]+)\s*封|共\s*([一二三四五六七八九十\d]+)\s*封`)
	seriesMark  = regexp.MustCompile(`[（(\[【]\s*(\d{1,2})\s*[/／]\s*(\d{1,2})\s*[)）\]】]`)
	seriesPart  = regexp.MustCompile(`第\s*([一二三四五六七八九十\d]+)\s*封`)
	seriesMore  = regexp.MustCompile(`其余.{0,6}(?:随后|后续|另)|另发|分批发送|分多封|后续(?:再|还会)`)
)

// series is the number of mails a sender announces, -1 if he announces more
// without a number, 0 if he announces none.
func series(subject, fresh string) int {
	text := subject + "\n" + fresh
	if m := seriesCount.FindStringSubmatch(text); m != nil {
		return small(cmp.Or(m[1:]...))
	}
	if m := seriesMark.FindStringSubmatch(subject); m != nil { // (1/3), but not a date
		if i, n := small(m[1]), small(m[2]); i <= n && n <= maxSeries {
			return n
		}
	}
	if seriesMore.MatchString(text) {
		return -1
	}
	return 0
}

// maxSeries is the largest number of mails that is believed.
const maxSeries = 20

// small reads a number up to 20, also in Chinese: 三, 十, 十二, 二十.
func small(s string) int {
	tens, ones, found := strings.Cut(s, "十")
	if !found {
		if i := strings.Index(digitsZh, s); i >= 0 && len(s) == len("一") {
			return i/len("一") + 1
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0
		}
		return min(n, maxSeries)
	}
	n := 10
	if tens != "" {
		n = 10 * small(tens)
	}
	if ones != "" {
		n += small(ones)
	}
	return min(n, maxSeries)
}

const digitsZh = "一二三四五六七八九"

// part is which of the announced mails a text says it is; 0 if it does not.
func part(text string) int {
	if m := seriesPart.FindStringSubmatch(text); m != nil {
		return small(m[1])
	}
	if m := seriesMark.FindStringSubmatch(text); m != nil {
		return small(m[1])
	}
	return 0
}

// resume finds the mails of the same announced set that were answered already, when
// the rest of them was waited for in vain: what comes now is about the same cases.
func (s *Sitting) resume(in *Incoming, b *Burst) {
	if b.Series < 2 || b.Before > 0 || len(b.Mails) > 1 || len(b.Parts) != 1 {
		return
	}
	var old *Burst
	s.must(s.t.Bursts.Each(s.tx, "", func(_ string, x Burst) error {
		if x.Closed && x.Address == b.Address && x.City == b.City && s.Now.Sub(x.Last) < resumed && x.lacksMails() && !slices.Contains(x.Parts, b.Parts[0]) && (old == nil || x.Last.After(old.Last)) && s.sameSet(x, in.Mail.Subject) {
			old = &x
		}
		return nil
	}))
	if old == nil || old.Series != b.Series {
		return
	}
	b.Before = old.came()
	for _, i := range old.Parts {
		if !slices.Contains(b.Parts, i) {
			b.Parts = append(b.Parts, i)
		}
	}
	if len(in.Thread) == 0 {
		in.Thread = old.Cases
	}
}

// resumed: so long after the last of a set another mail of it may come; later a like
// subject is another set's.
const resumed = 3 * 24 * time.Hour

// came is how many of the announced mails came; one that came twice is one.
func (b *Burst) came() int { return b.Before + len(b.Mails) - b.Repeats }

// lacksMails: more were announced than came.
func (b *Burst) lacksMails() bool { return b.Series > 1 && b.came() < b.Series }

// sameSet: the subject is that of one of the burst's mails, but for its place in the set.
func (s *Sitting) sameSet(b Burst, subject string) bool {
	return slices.ContainsFunc(b.Mails, func(sha string) bool {
		m, ok := s.Mail(sha)
		return ok && setName(m.Subject) == setName(subject)
	})
}

func setName(subject string) string {
	for _, place := range []*regexp.Regexp{seriesCount, seriesPart, seriesMark} {
		subject = place.ReplaceAllString(subject, "#")
	}
	return plainName(subject)
}

// gap is what of an announced set has not come; nil if nothing is known to lack.
func (b *Burst) gap() *templates.Gap {
	if !b.lacksMails() {
		return nil
	}
	g := &templates.Gap{Announced: b.Series, Come: b.came()}
	if len(b.Parts) == g.Come {
		for i := 1; i <= b.Series; i++ {
			if !slices.Contains(b.Parts, i) {
				g.Missing = append(g.Missing, i)
			}
		}
	}
	return g
}
