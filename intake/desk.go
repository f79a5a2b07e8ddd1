package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"time"

	"anli/intake/outbox"
	"anli/templates"
)

// Unhandled gives the mails of an address that wait for its enrolment.
func (s *Sitting) Unhandled(address string) []Mail {
	var out []Mail
	s.must(s.t.Mails.Each(s.tx, "", func(_ string, m Mail) error {
		if m.From == address && m.Route == RouteUnknown && m.Unhandled {
			out = append(out, m)
		}
		return nil
	}))
	sort.SliceStable(out, func(a, b int) bool { return out[a].Arrival.Before(out[b].Arrival) })
	return out
}

// Vitals are the machine's signs of health as last recorded.
func (s *Sitting) Vitals() []templates.Vital {
	v, _, err := s.t.Vitals.Get(s.tx, deskKey)
	s.must(err)
	return v
}

// SetValue changes a setting by command; null removes it.
func (s *Sitting) SetValue(key string, value any) {
	raw, err := json.Marshal(value)
	s.must(err)
	s.values[key] = raw
	flat, err := s.Settings.Flat()
	s.must(err)
	if string(raw) == "null" {
		delete(flat, key)
	} else {
		flat[key] = raw
	}
	s.Settings, err = Unflat(flat)
	s.must(err)
}

// Wait keeps a command until its confirmation.
func (s *Sitting) Wait(w Waiting) { s.waiting = append(s.waiting, w) }

// Waiting gives the command that a letter code confirms.
func (s *Sitting) Waiting(code string) (Waiting, bool) {
	for _, w := range s.waiting {
		if w.Code == code {
			return w, true
		}
	}
	w, ok, err := s.t.Waiting.Get(s.tx, code)
	s.must(err)
	return w, ok
}

// Settle records the fates of letters that a command changes.
func (s *Sitting) Settle(f ...outbox.Fate) { s.fates = append(s.fates, f...) }

// OpenLetters gives the letters that wait or are held.
func (s *Sitting) OpenLetters() []outbox.Unfinished {
	all, err := outbox.Open(s.tx)
	s.must(err)
	for i, u := range all {
		for _, l := range s.reworded {
			if l.Key == u.Letter.Key {
				all[i].Letter = l
			}
		}
	}
	return all
}

// AddNote adds what staff wrote (附言) to a letter that is held: its key, code and
// Message-ID stay. An error says that this program cannot set the letter's words.
func (s *Sitting) AddNote(l outbox.Letter, note string) error {
	var w written
	if err := json.Unmarshal(l.Data, &w); err != nil {
		return err
	}
	w.Frame.Notes = append(w.Frame.Notes, note)
	data, err := json.Marshal(w)
	if err != nil {
		return err
	}
	l.Data = data
	raw, err := RenderAgain(l, s.house.Blob)
	if err != nil {
		return err
	}
	l.Bytes = hashOf(raw)
	s.blobs[l.Bytes] = raw
	s.reworded = append(slices.DeleteFunc(s.reworded, func(x outbox.Letter) bool { return x.Key == l.Key }), l)
	return nil
}

// HeldLetters gives the letters that are held for a person, with what this sitting put
// and decided.
func (s *Sitting) HeldLetters() []outbox.Unfinished {
	var out []outbox.Unfinished
	for _, u := range s.OpenLetters() {
		for _, f := range s.fates {
			if f.Key == u.Letter.Key {
				u.Fate = f
			}
		}
		if u.Fate.State == outbox.Held {
			out = append(out, u)
		}
	}
	for _, l := range s.letters {
		if l.Hold != "" {
			out = append(out, outbox.Unfinished{Letter: l, Fate: outbox.Fate{Key: l.Key, State: outbox.Held, At: l.At, Hold: l.Hold}})
		}
	}
	return out
}

// Resume gives the fates with which sending begins again.
func (s *Sitting) Resume() []outbox.Fate {
	f, err := outbox.Resume(s.tx, s.Now)
	s.must(err)
	return f
}

// Wrong counts a letter code that no letter has; it gives the day's number.
func (s *Sitting) Wrong(address string, now bool) int {
	day := s.Now.Format("2006-01-02")
	for i, a := range s.attempts {
		if a.Address == address && a.Day == day {
			if now {
				s.attempts[i].Wrong++
			}
			return s.attempts[i].Wrong
		}
	}
	a, _, err := s.t.Attempts.Get(s.tx, address+"/"+day)
	s.must(err)
	if now {
		a.Address, a.Day, a.Wrong = address, day, a.Wrong+1
		s.attempts = append(s.attempts, a)
	}
	return a.Wrong
}

// Code is the letter code that a letter of this key to this address has.
func (s *Sitting) Code(key, to string) string { return outbox.Code(s.house.Key, key, to) }

// EachMail goes over all mails, in the order of their hashes.
func (s *Sitting) EachMail(do func(Mail)) {
	s.must(s.t.Mails.Each(s.tx, "", func(_ string, m Mail) error {
		do(m)
		return nil
	}))
}

// Failed gives the letters that the server refused for good after a time.
func (s *Sitting) Failed(since time.Time) []outbox.Unfinished {
	var out []outbox.Unfinished
	s.must(outbox.Fates.Each(s.tx, "", func(key string, f outbox.Fate) error {
		if f.State != outbox.Failed || !f.At.After(since) {
			return nil
		}
		l, _, err := outbox.Letters.Get(s.tx, key)
		out = append(out, outbox.Unfinished{Letter: l, Fate: f})
		return err
	}))
	return out
}

// Blob reads a stored file; the error is the store's own.
func (s *Sitting) Blob(sha string) ([]byte, error) {
	if s.house.Blob == nil {
		return nil, fmt.Errorf("file %s: this desk reads no files", sha)
	}
	return s.house.Blob(sha)
}

// BlobSize is how many bytes a stored file has; the error is the store's own.
func (s *Sitting) BlobSize(sha string) (int64, error) {
	if s.house.Size == nil {
		return 0, fmt.Errorf("file %s: this desk reads no files", sha)
	}
	return s.house.Size(sha)
}

// Scratch is a sitting on the same view whose decisions are thrown away (试运行).
func (s *Sitting) Scratch() (*Sitting, error) { return Sit(s.tx, s.Now, s.house) }
