package postoffice

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	gomessage "github.com/emersion/go-message"
)

// Search implements imapserver.Session.
func (r *reader) Search(kind imapserver.NumKind, c *imap.SearchCriteria, opt *imap.SearchOptions) (*imap.SearchData, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var d imap.SearchData
	var seqs imap.SeqSet
	var uids imap.UIDSet
	for _, p := range r.picks(imap.UIDSet{{Start: 1, Stop: 0}}) {
		if !r.matches(p, c) {
			continue
		}
		uids.AddNum(p.uid)
		n := uint32(p.uid)
		if kind == imapserver.NumKindSeq {
			if n = p.seq; n == 0 {
				continue
			}
			seqs.AddNum(n)
		}
		if d.Min == 0 || n < d.Min {
			d.Min = n
		}
		d.Max = max(d.Max, n)
		d.Count++
	}
	d.All = uids
	if kind == imapserver.NumKindSeq {
		d.All = seqs
	}
	if opt.ReturnSave {
		r.saved = uids
	}
	return &d, nil
}

// matches holds one message against the criteria, all of which must be met.
func (r *reader) matches(p pick, c *imap.SearchCriteria) bool {
	all := r.open.mails
	lastSeq, lastUID := uint32(len(all)), uint32(0)
	if len(all) > 0 {
		lastUID = uint32(all[len(all)-1].uid)
	}
	for _, s := range c.SeqNum {
		if !holds(s, p, lastUID, lastSeq) {
			return false
		}
	}
	for _, s := range c.UID {
		if !imap.IsSearchRes(s) && !holds(s, p, lastUID, lastSeq) || imap.IsSearchRes(s) && !holds(r.saved, p, lastUID, lastSeq) {
			return false
		}
	}
	for _, not := range c.Not {
		if r.matches(p, &not) {
			return false
		}
	}
	for _, or := range c.Or {
		if !r.matches(p, &or[0]) && !r.matches(p, &or[1]) {
			return false
		}
	}
	return p.mail.meets(c)
}

// meets holds the criteria that concern the message alone.
func (m *mail) meets(c *imap.SearchCriteria) bool {
	size := int64(len(m.raw))
	if !onDays(m.at, c.Since, c.Before) || c.Larger != 0 && size <= c.Larger || c.Smaller != 0 && size >= c.Smaller {
		return false
	}
	if slices.ContainsFunc(c.Flag, func(f imap.Flag) bool { return !m.has(f) }) || slices.ContainsFunc(c.NotFlag, m.has) {
		return false
	}
	for _, h := range c.Header {
		if !m.headerHas(h.Key, h.Value) {
			return false
		}
	}
	lower := func(b []byte) string { return strings.ToLower(string(b)) }
	for _, text := range c.Text {
		if !strings.Contains(lower(m.raw), strings.ToLower(text)) {
			return false
		}
	}
	for _, text := range c.Body {
		if !strings.Contains(lower(m.raw[headEnd(m.raw):]), strings.ToLower(text)) {
			return false
		}
	}
	if c.SentSince.IsZero() && c.SentBefore.IsZero() {
		return true
	}
	h := m.header()
	t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", h.Get("Date"))
	return err == nil && onDays(t, c.SentSince, c.SentBefore)
}

func (m *mail) header() gomessage.Header {
	e, _ := gomessage.Read(bytes.NewReader(m.raw[:headEnd(m.raw)]))
	if e == nil {
		return gomessage.Header{} // a header beyond reading is found by nothing
	}
	return e.Header
}

// headerHas looks for a text in the decoded fields of a name.
func (m *mail) headerHas(key, value string) bool {
	h := m.header()
	for f := h.FieldsByKey(key); f.Next(); {
		if text, _ := f.Text(); strings.Contains(strings.ToLower(text), strings.ToLower(value)) {
			return true
		}
	}
	return false
}

// onDays compares days only, whatever their zones (RFC 3501 §6.4.4).
func onDays(t, since, before time.Time) bool {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return (since.IsZero() || !day.Before(since)) && (before.IsZero() || day.Before(before))
}
