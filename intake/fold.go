package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"anli/intake/ledger"
	"anli/intake/outbox"
)

const deskKey = "desk"

// Fold writes what an entry records into the tables; the only way they change.
func Fold(tx *ledger.Tx, e ledger.Entry) error {
	var c Change
	if err := json.Unmarshal(e.Data, &c); err != nil {
		return fmt.Errorf("entry %d (%s): %w", e.Seq, e.Kind, err)
	}
	t := NewTables()
	steps := []func() error{
		func() error { return foldSettings(tx, t, c) },
		func() error { return foldMentions(tx, t, c) },
		func() error { return foldMails(tx, t, c) },
		func() error { return each(c.Cases, func(x Case) error { return t.Cases.Put(tx, x.Number, x) }) },
		func() error { return each(c.Bursts, func(x Burst) error { return foldBurst(tx, t, x) }) },
		func() error { return each(c.Rows, func(x Row) error { return foldRow(tx, t, x) }) },
		func() error {
			return each(c.Papers, func(x Paper) error { return t.Papers.Put(tx, x.City+"/"+x.File.SHA256, x) })
		},
		func() error { return each(c.Cities, func(x CityState) error { return t.Cities.Put(tx, x.City, x) }) },
		func() error { return each(c.Waiting, func(x Waiting) error { return t.Waiting.Put(tx, x.Code, x) }) },
		func() error { return foldDishonest(tx, t, c.Dishonest) },
		func() error {
			return each(c.Attempts, func(x Attempt) error { return t.Attempts.Put(tx, x.Address+"/"+x.Day, x) })
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	if c.Vitals != nil {
		if err := t.Vitals.Put(tx, deskKey, c.Vitals); err != nil {
			return err
		}
	}
	if c.Desk != nil {
		if err := t.Desk.Put(tx, deskKey, *c.Desk); err != nil {
			return err
		}
	}
	if c.Key != "" {
		if err := t.Key.Put(tx, keyRow, c.Key); err != nil {
			return err
		}
	}
	if c.Out != nil {
		return outbox.Fold(tx, e.Seq, *c.Out)
	}
	return nil
}

func each[T any](list []T, do func(T) error) error {
	for _, x := range list {
		if err := do(x); err != nil {
			return err
		}
	}
	return nil
}

func foldSettings(tx *ledger.Tx, t Tables, c Change) error {
	if err := putValues(tx, t.Config, c.Config); err != nil {
		return err
	}
	return putValues(tx, t.Settings, c.Settings)
}

// putValues writes values one by one; null removes.
func putValues(tx *ledger.Tx, table ledger.Table[json.RawMessage], values map[string]json.RawMessage) error {
	for k, v := range values {
		var err error
		if string(v) == "null" {
			err = table.Delete(tx, k)
		} else {
			err = table.Put(tx, k, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func foldMails(tx *ledger.Tx, t Tables, c Change) error {
	for _, r := range c.Readings {
		if err := t.Readings.Put(tx, r.SHA256, r); err != nil {
			return err
		}
	}
	for _, m := range c.Mails {
		if err := errors.Join(t.Mails.Put(tx, m.SHA256, m), foldSeal(tx, t, m)); err != nil {
			return err
		}
	}
	if c.Mail == nil {
		return nil
	}
	m := *c.Mail
	if m.MessageID != "" {
		ids, _, err := t.ByID.Get(tx, m.MessageID)
		if err != nil {
			return err
		}
		if err := t.ByID.Put(tx, m.MessageID, addOnce(ids, m.SHA256)); err != nil {
			return err
		}
	}
	if _, known, err := t.Substance.Get(tx, m.Substance); err != nil {
		return err
	} else if !known && m.Substance != "" {
		if err := t.Substance.Put(tx, m.Substance, m.SHA256); err != nil {
			return err
		}
	}
	return errors.Join(t.Mails.Put(tx, m.SHA256, m), foldSeal(tx, t, m))
}

// foldMentions keeps what the next letter to staff lists once.
func foldMentions(tx *ledger.Tx, t Tables, c Change) error {
	if c.Listed {
		var listed []string
		if err := t.Mentions.Each(tx, "", func(key, _ string) error { listed = append(listed, key); return nil }); err != nil {
			return err
		}
		if err := each(listed, func(key string) error { return t.Mentions.Delete(tx, key) }); err != nil {
			return err
		}
	}
	if c.Mail == nil || !c.Mail.Mention {
		return nil
	}
	return t.Mentions.Put(tx, timeKey(c.Mail.Arrival)+c.Mail.SHA256, c.Mail.SHA256)
}

// timeKey sorts by time.
func timeKey(t time.Time) string { return t.UTC().Format("20060102T150405") + "/" }

// foldDishonest puts a list of dishonest persons in the place of the old one.
func foldDishonest(tx *ledger.Tx, t Tables, list *[]Dishonest) error {
	if list == nil {
		return nil
	}
	var old []string
	if err := t.Dishonest.Each(tx, "", func(key string, _ []Dishonest) error { old = append(old, key); return nil }); err != nil {
		return err
	}
	if err := each(old, func(key string) error { return t.Dishonest.Delete(tx, key) }); err != nil {
		return err
	}
	rows := byKey(*list)
	return each(sortedKeys(rows), func(key string) error { return t.Dishonest.Put(tx, key, rows[key]) })
}

func foldBurst(tx *ledger.Tx, t Tables, b Burst) error {
	if err := t.Bursts.Put(tx, b.ID, b); err != nil {
		return err
	}
	if b.Closed {
		if id, _, err := t.Open.Get(tx, b.openKey()); err != nil || id != b.ID {
			return err
		}
		return t.Open.Delete(tx, b.openKey())
	}
	return t.Open.Put(tx, b.openKey(), b.ID)
}

func foldRow(tx *ledger.Tx, t Tables, r Row) error {
	key := timeKey(r.At) + r.ID
	if old, known, err := t.Rows.Get(tx, r.ID); err != nil {
		return err
	} else if known && old.Done == "" && !old.At.Equal(r.At) { // it begins anew
		if err := t.OpenRows.Delete(tx, timeKey(old.At)+r.ID); err != nil {
			return err
		}
	}
	if r.Done != "" {
		if err := t.OpenRows.Delete(tx, key); err != nil {
			return err
		}
	} else if err := t.OpenRows.Put(tx, key, r.ID); err != nil {
		return err
	}
	return t.Rows.Put(tx, r.ID, r)
}

// InForce gives the settings in force.
func InForce(tx *ledger.Tx) (Settings, error) {
	flat := map[string]json.RawMessage{}
	err := NewTables().Settings.Each(tx, "", func(k string, v json.RawMessage) error {
		flat[k] = v
		return nil
	})
	if err != nil {
		return Settings{}, err
	}
	return Unflat(flat)
}

// Configured compares what the configuration says with what it last said and
// gives the entry that records the difference; nil where there is none. A value
// that staff set by mail stays in force until the configuration's own changes.
func Configured(tx *ledger.Tx, s Settings) (*Change, error) {
	flat, err := s.Flat()
	if err != nil {
		return nil, err
	}
	last := map[string]string{}
	err = NewTables().Config.Each(tx, "", func(k string, v json.RawMessage) error {
		last[k] = string(v)
		return nil
	})
	if err != nil {
		return nil, err
	}
	diff := map[string]json.RawMessage{}
	for k, v := range flat {
		if old, ok := last[k]; !ok || old != string(v) {
			diff[k] = v
		}
	}
	for k := range last {
		if _, ok := flat[k]; !ok {
			diff[k] = json.RawMessage("null")
		}
	}
	if len(diff) == 0 {
		return nil, nil
	}
	settings := diff
	if _, moved := diff["call.deadline"]; moved { // its year counts again
		if _, put, err := NewTables().Settings.Get(tx, "call.announced"); err != nil {
			return nil, err
		} else if put {
			settings = maps.Clone(diff)
			settings["call.announced"] = json.RawMessage("null")
		}
	}
	return &Change{Config: diff, Settings: settings}, nil
}
