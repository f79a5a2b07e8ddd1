package outbox

import (
	"context"
	"testing"

	"anli/intake/ledger"
)

// Staff add words to a letter that is held: the same key leaves, once, with the new
// bytes. Once it may be on its way, its words stay.
func TestReworded(t *testing.T) {
	h := newHouse(t, ok)
	l := h.letter("r1", "a@x.example", "answer", hold(HoldApprove))
	h.put(l)
	longer := func(words string) Letter {
		other := l
		var err error
		raw, rerr := Render(Draft{Key: l.Key, To: l.To, FromAddr: "anli@gd.example", Subject: words, Text: words, Date: h.at, MessageID: l.MessageID, Code: l.Code})
		if rerr != nil {
			t.Fatal(rerr)
		}
		if other.Bytes, err = h.Ledger.Blobs().PutBytes(raw); err != nil {
			t.Fatal(err)
		}
		other.Subject, other.To, other.MessageID = words, "thief@x.example", "other@gd.example"
		return other
	}
	stands := func() (got Letter) {
		t.Helper()
		if err := h.Ledger.View(func(tx *ledger.Tx) (err error) { got, _, err = Letters.Get(tx, "r1"); return err }); err != nil {
			t.Fatal(err)
		}
		return got
	}
	second := longer("second")
	f, _ := Release(h.fate("r1"), h.at, true)
	if err := h.record(h.at, Changes{Reworded: []Letter{second}, Fates: []Fate{f}}); err != nil { // 附言 and 放行 in one mail
		t.Fatal(err)
	}
	if got := stands(); got.Bytes != second.Bytes || got.Subject != "second" || got.To != l.To || got.MessageID != l.MessageID {
		t.Errorf("reworded: %+v", got)
	}
	if err := h.record(h.at, Changes{Reworded: []Letter{longer("third")}}); err != nil { // it waits for its turn: read and released
		t.Fatal(err)
	}
	h.flush()
	if got := h.arrived(); got != "second" || stands().Bytes != second.Bytes {
		t.Errorf("arrived %q", got)
	}
	if err := h.record(h.at, Changes{Reworded: []Letter{{Key: "none"}}}); err == nil {
		t.Error("a letter that was never put was reworded")
	}
	if r, err := h.Flush(context.Background(), h.now); err != nil || len(r.Sent) > 0 {
		t.Errorf("sent again: %+v, %v", r, err)
	}
}
