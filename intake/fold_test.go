package intake

import (
	"encoding/json"
	"testing"
	"time"

	"anli/intake/ledger"
)

// record puts a change into the journal; nil is none.
func record(t *testing.T, l *ledger.Ledger, c *Change) {
	t.Helper()
	if c == nil {
		return
	}
	err := l.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(zoned("2024-10-12 09:00:00"), "settings", "", 1, c)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func configured(t *testing.T, l *ledger.Ledger, s Settings) *Change {
	t.Helper()
	var c *Change
	if err := l.View(func(tx *ledger.Tx) (err error) { c, err = Configured(tx, s); return err }); err != nil {
		t.Fatal(err)
	}
	return c
}

func inForce(t *testing.T, l *ledger.Ledger) Settings {
	t.Helper()
	var s Settings
	if err := l.View(func(tx *ledger.Tx) (err error) { s, err = InForce(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return s
}

// The same configuration a second time is nothing new; one changed value is one
// change; what staff set by mail stays until the configuration's own value changes.
func TestConfigured(t *testing.T) {
	l, err := ledger.Open(t.TempDir(), Fold)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s := fullSettings()
	s.Enrolled, s.Retired = nil, nil
	s.Call.Title = "A <b> & \u2028电商" // what JSON writers escape
	record(t, l, configured(t, l, s))
	if got := inForce(t, l); text(t, got) != text(t, s) {
		t.Errorf("in force:\n%s\nwant\n%s", text(t, got), text(t, s))
	}
	if c := configured(t, l, s); c != nil {
		t.Errorf("the same configuration is new: %s", text(t, c))
	}

	record(t, l, &Change{Settings: map[string]json.RawMessage{"call.quota": json.RawMessage("7"), "enrolled.a.b@c.example": json.RawMessage(`"佛山市"`)}})
	if c := configured(t, l, s); c != nil || inForce(t, l).Call.Quota != 7 {
		t.Errorf("what staff set is undone by a start: %s", text(t, c))
	}
	s.Timing.Quiet = Duration(5 * time.Minute)
	c := configured(t, l, s)
	if c == nil || len(c.Settings) != 1 || string(c.Settings["timing.quiet"]) != `"5m0s"` {
		t.Fatalf("%s", text(t, c))
	}
	record(t, l, c)
	if got := inForce(t, l); got.Call.Quota != 7 || got.CityOf("a.b@c.example") != "佛山市" || got.Timing.Quiet != s.Timing.Quiet {
		t.Errorf("%s", text(t, got))
	}
	s.Call.Quota, s.Calendar.Holidays = 6, nil
	record(t, l, configured(t, l, s))
	if got := inForce(t, l); got.Call.Quota != 6 || len(got.Calendar.Holidays) != 0 {
		t.Errorf("the configuration's own change does not count: %s", text(t, got))
	}
}
