package bot

import (
	"context"
	"testing"
	"time"

	"anli/intake"
	"anli/templates"
)

// The morning letter says when the inbox was last seen whole, before what the
// machine says of itself.
func TestVitals(t *testing.T) {
	b := ready(t, openOffice(t), nil)
	b.Vitals = func(context.Context) []templates.Vital {
		return []templates.Vital{{Name: "磁盘", Value: "剩余9GB"}}
	}
	shown := func(at time.Time) []templates.Vital {
		t.Helper()
		if err := b.recordVitals(at); err != nil {
			t.Fatal(err)
		}
		var v []templates.Vital
		b.sit(t, at, func(s *intake.Sitting) { v = s.Vitals() })
		if len(v) != 2 || v[1].Name != "磁盘" {
			t.Fatalf("vitals: %+v", v)
		}
		return v
	}
	if v := shown(noon); !v[0].Wrong {
		t.Errorf("no scan yet: %+v", v[0])
	}
	if err := b.Turn(t.Context(), func() time.Time { return noon }); err != nil {
		t.Fatal(err)
	}
	if v := shown(noon); v[0] != (templates.Vital{Name: "最近收信", Value: "10月14日12:00"}) {
		t.Errorf("just scanned: %+v", v[0])
	}
	if v := shown(noon.Add(latePoll + time.Second)); !v[0].Wrong {
		t.Errorf("scanned long ago: %+v", v[0])
	}
}
