package outbox

import (
	"slices"
	"time"

	"anli/intake/ledger"
)

// detailOver is the detail of a letter that waits for a ceiling.
const detailOver = "the hourly ceiling is reached"

// ceiling counts what left within the last hour.
type ceiling struct {
	limits Limits
	all    []time.Time
	each   map[string][]time.Time // by folded address
}

func newCeiling(tx *ledger.Tx, limits Limits, now time.Time) (ceiling, error) {
	c := ceiling{limits: limits}
	if limits == (Limits{}) {
		return c, nil
	}
	var err error
	if c.each, err = leftWithin(tx, now); err != nil {
		return c, err
	}
	for _, times := range c.each {
		c.all = append(c.all, times...)
	}
	slices.SortFunc(c.all, time.Time.Compare)
	return c, nil
}

// recent drops what left more than an hour ago.
func recent(times []time.Time, now time.Time) []time.Time {
	return slices.DeleteFunc(slices.Clone(times), func(t time.Time) bool { return !t.After(now.Add(-time.Hour)) })
}

func (c *ceiling) full(now time.Time) bool {
	return c.limits.PerHour > 0 && len(recent(c.all, now)) >= c.limits.PerHour
}

// allows: the ceiling over all is no obstacle to letters to staff, who must be told
// of it; that of their address is.
func (c *ceiling) allows(l Letter, now time.Time) bool {
	n := c.limits.PerHourEach
	return !(l.Outside && c.full(now)) && (n <= 0 || len(recent(c.each[foldAddress(l.To)], now)) < n)
}

// opens returns when this letter may leave.
func (c *ceiling) opens(l Letter, now time.Time) time.Time {
	var at time.Time
	for i, s := range []struct {
		times []time.Time
		limit int
	}{{c.each[foldAddress(l.To)], c.limits.PerHourEach}, {c.all, c.limits.PerHour}} {
		if i == 1 && !l.Outside {
			break
		}
		times := recent(s.times, now)
		if s.limit > 0 && len(times) >= s.limit {
			if t := times[len(times)-s.limit].Add(time.Hour); t.After(at) {
				at = t
			}
		}
	}
	return at
}

func (c *ceiling) add(to string, at time.Time) {
	if c.limits == (Limits{}) {
		return
	}
	to = foldAddress(to)
	c.all = append(c.all, at)
	c.each[to] = append(c.each[to], at)
}

// over leaves a letter waiting for a ceiling.
func (f *flush) over(u Unfinished, at time.Time) {
	who := u.Letter.To
	if u.Letter.Outside && f.ceil.full(at) {
		who = ""
	}
	i := slices.IndexFunc(f.rep.Over, func(o Over) bool { return o.To == who })
	if i < 0 {
		f.rep.Over = append(f.rep.Over, Over{To: who})
		i = len(f.rep.Over) - 1
	}
	f.rep.Over[i].Waiting++
	f.due(f.ceil.opens(u.Letter, at))
	if u.Fate.Detail != detailOver {
		u.Fate.Detail = detailOver
		f.overLong = append(f.overLong, u.Fate)
	}
}

// markOver records, once for each letter, that a ceiling keeps it.
func (f *flush) markOver() error {
	if len(f.overLong) == 0 {
		return nil
	}
	return f.Record(f.now(), Changes{Fates: f.overLong})
}
