package outbox

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anli/intake/ledger"
)

func decodeWord(rest string) string {
	s, err := new(mime.WordDecoder).DecodeHeader("=?UTF-8?B?" + rest)
	if err != nil {
		return err.Error()
	}
	s, _, _ = strings.Cut(s, "【")
	return s
}

func TestSendsOnce(t *testing.T) {
	h := newHouse(t, ok)
	l := h.letter("r1", "a@x.example", ClassReceipt)
	h.put(l, l)
	h.put(l)
	r := h.flush()
	if !slices.Equal(r.Sent, []string{"r1"}) {
		t.Errorf("report %+v", r)
	}
	h.put(l) // for ever
	h.flush()
	h.want("r1", Sent, "")
	if got := h.arrived(); got != "r1" {
		t.Errorf("arrived %q", got)
	}
	if h.copies != 1 || h.sent[0] != l.MessageID {
		t.Errorf("%d copies, %v", h.copies, h.sent)
	}
	if f := h.fate("r1"); f.CopyDue || f.Attempts != 1 || !f.At.Equal(begin) {
		t.Errorf("fate %+v", f)
	}
}

func TestOneConnectionForMany(t *testing.T) {
	h := newHouse(t, ok)
	for i := range 5 {
		h.put(h.letter(fmt.Sprint("l", i), "a@x.example", "answer"))
	}
	h.flush()
	if h.post.conns != 1 || h.arrived() != "l0 l1 l2 l3 l4" {
		t.Errorf("%d connections, arrived %q", h.post.conns, h.arrived())
	}
}

// Some providers hang up after each letter, or say 421 after a few.
func TestServerHangsUpBetweenLetters(t *testing.T) {
	for _, answers := range [][]answer{{closeAfter}, {ok, mail421, ok, mail421, ok}} {
		h := newHouse(t, answers...)
		for i := range 3 {
			h.put(h.letter(fmt.Sprint("l", i), "a@x.example", "answer"))
		}
		if r := h.flush(); len(r.Sent) != 3 || r.Alarm != "" {
			t.Errorf("%v: report %+v", answers, r)
		}
		if h.arrived() != "l0 l1 l2" {
			t.Errorf("%v: arrived %q", answers, h.arrived())
		}
	}
}

func TestSchedule(t *testing.T) {
	h := newHouse(t, rcpt451)
	h.put(h.letter("r1", "a@x.example", ClassReceipt))
	var tries []time.Duration
	for range 100 {
		r := h.flush()
		tries = append(tries, h.at.Sub(begin))
		if len(r.Held) > 0 {
			break
		}
		if r.Next.IsZero() || !r.Next.After(h.at) {
			t.Fatalf("at %s: report %+v", h.at, r)
		}
		h.at = r.Next.Add(-time.Second) // a second too early is too early
		if early := h.flush(); len(early.Later)+len(early.Held) > 0 {
			t.Fatalf("tried at %s", h.at)
		}
		h.at = r.Next
	}
	want := []time.Duration{0, time.Minute, 6 * time.Minute, 21 * time.Minute, 81 * time.Minute, 141 * time.Minute}
	if !slices.Equal(tries[:6], want) {
		t.Errorf("tried after %v, want %v", tries[:6], want)
	}
	if last := tries[len(tries)-1]; last < 48*time.Hour || last > 49*time.Hour {
		t.Errorf("held after %s", last)
	}
	h.want("r1", Held, HoldExpired)
	if f := h.fate("r1"); !strings.Contains(f.Detail, "451") {
		t.Errorf("detail %q", f.Detail)
	}
	// staff release it by name: a new series
	f, may := Release(h.fate("r1"), h.at, true)
	if !may {
		t.Fatal("cannot be released")
	}
	if err := h.record(h.at, Changes{Fates: []Fate{f}}); err != nil {
		t.Fatal(err)
	}
	if r := h.flush(); !r.Next.Equal(h.at.Add(time.Minute)) {
		t.Errorf("after the release: %+v", r)
	}
	h.post.set(ok)
	h.at = h.at.Add(time.Minute)
	h.flush()
	h.want("r1", Sent, "")
}

func TestRefused(t *testing.T) {
	for _, a := range []answer{rcpt550, data554} {
		h := newHouse(t, a, ok)
		h.put(h.letter("r1", "a@x.example", ClassReceipt), h.letter("r2", "b@x.example", ClassReceipt))
		if r := h.flush(); !slices.Equal(r.Failed, []string{"r1"}) || !slices.Equal(r.Sent, []string{"r2"}) {
			t.Errorf("%s: report %+v", a, r)
		}
		h.at = h.at.Add(time.Hour)
		h.flush()
		h.want("r1", Failed, "")
		if h.arrived() != "r2" {
			t.Errorf("%s: arrived %q", a, h.arrived())
		}
	}
}

func TestUnknownWithoutSent(t *testing.T) {
	for _, a := range []answer{muteAfterDot, lostReply} {
		h := newHouse(t, a)
		h.put(h.letter("r1", "a@x.example", ClassReceipt), h.letter("q1", "b@x.example", "expert"))
		r := h.flush()
		if !slices.Equal(r.Repeated, []string{"r1"}) || !slices.Equal(r.Held, []string{"q1"}) {
			t.Errorf("%s: report %+v", a, r)
		}
		h.at = r.Next
		if r = h.flush(); !slices.Equal(r.Held, []string{"r1"}) {
			t.Errorf("%s: report %+v", a, r)
		}
		h.at = h.at.Add(24 * time.Hour)
		h.flush()
		h.want("r1", Held, HoldUnknown)
		h.want("q1", Held, HoldUnknown)
		if a == lostReply {
			got := h.post.letters()
			if h.arrived() != "r1 q1 r1" || got[0].raw != got[2].raw {
				t.Errorf("arrived %q", h.arrived())
			}
		}
	}
}

func TestUnknownLookedForInSent(t *testing.T) {
	for _, test := range []struct {
		name         string
		found, known bool
		err          error
		class        string
		wait         time.Duration
		state        State
		why          string
	}{
		{"found", true, true, nil, "expert", 0, Sent, ""},
		{"found where we file ourselves", true, false, nil, ClassReceipt, 0, Sent, ""},
		{"not yet", false, true, nil, ClassReceipt, 0, Sending, ""},
		{"not there, receipt", false, true, nil, ClassReceipt, 2 * time.Minute, Waiting, ""},
		{"not there, other", false, true, nil, "expert", 2 * time.Minute, Held, HoldUnknown},
		{"not filed by the server", false, false, nil, "expert", 0, Held, HoldUnknown},
		{"mailbox away", false, false, errors.New("away"), "expert", 0, Sending, ""},
		{"mailbox away for an hour", false, false, errors.New("away"), "expert", time.Hour, Sending, ""},
		{"mailbox away for a day", false, false, errors.New("away"), "expert", 24 * time.Hour, Held, HoldUnknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := newHouse(t, muteAfterDot)
			l := h.letter("l1", "a@x.example", test.class)
			h.FindInSent = func(_ context.Context, id string) (bool, bool, error) {
				if id != l.MessageID {
					t.Errorf("looks for %q", id)
				}
				return test.found, test.known, test.err
			}
			h.put(l)
			h.flush()
			h.at = h.at.Add(test.wait)
			rep, err := h.Recover(context.Background(), h.now)
			if err != nil {
				t.Fatal(err)
			}
			h.want("l1", test.state, test.why)
			if test.state == Sending && (rep.Next.IsZero() || len(rep.Unknown) != 1) {
				t.Errorf("nobody is told: %+v", rep)
			}
			if h.copies != 0 {
				t.Error("a copy was filed")
			}
		})
	}
}

func TestLoginRefused(t *testing.T) {
	h := newHouse(t, ok)
	h.Sender.Auth, h.Sender.User, h.Sender.Password = AuthPlain, "anli", func() (string, error) { return "wrong", nil }
	h.put(h.letter("r1", "a@x.example", ClassReceipt), h.letter("r2", "b@x.example", ClassReceipt))
	r := h.flush()
	if r.Alarm == "" || r.Stopped || h.post.logins != 1 || !r.Next.Equal(begin.Add(10*time.Minute)) {
		t.Errorf("%d logins, report %+v", h.post.logins, r)
	}
	h.at = h.at.Add(9 * time.Minute)
	if r = h.flush(); r.Alarm == "" || h.post.logins != 1 {
		t.Errorf("%d logins, report %+v", h.post.logins, r)
	}
	h.at = h.at.Add(time.Minute)
	if r = h.flush(); !r.Stopped || h.post.logins != 2 {
		t.Errorf("%d logins, report %+v", h.post.logins, r)
	}
	h.at = h.at.Add(72 * time.Hour)
	if r = h.flush(); !r.Stopped || r.Alarm == "" || h.post.logins != 2 {
		t.Errorf("%d logins, report %+v", h.post.logins, r)
	}
	h.want("r1", Waiting, "") // and not held: it is not the letter's doing
	h.Sender.Password = func() (string, error) { return "secret", nil }
	h.Reopen()
	if r = h.flush(); len(r.Sent) != 2 || r.Alarm != "" {
		t.Errorf("report %+v", r)
	}
}

func TestServerAway(t *testing.T) {
	h := newHouse(t, ok)
	h.post.away = true
	for i := range 4 {
		h.put(h.letter(fmt.Sprint("l", i), "a@x.example", "answer"))
	}
	var dials []time.Duration
	for h.at.Sub(begin) < 3*time.Hour {
		before := h.post.conns
		if r := h.flush(); r.Alarm == "" {
			t.Fatalf("no alarm: %+v", r)
		}
		if h.post.conns > before {
			dials = append(dials, h.at.Sub(begin))
		}
		h.at = h.at.Add(time.Minute)
	}
	want := []time.Duration{0, time.Minute, 6 * time.Minute, 21 * time.Minute, 81 * time.Minute, 141 * time.Minute}
	if !slices.Equal(dials, want) {
		t.Errorf("dialled after %v, want %v", dials, want)
	}
	h.post.away = false
	h.at = h.at.Add(time.Hour)
	h.flush()
	if h.arrived() != "l0 l1 l2 l3" {
		t.Errorf("arrived %q", h.arrived())
	}
}

func TestOrderOnATopic(t *testing.T) {
	h := newHouse(t, rcpt451, ok)
	h.put(h.letter("a1", "a@x.example", "answer", topic("case 1")),
		h.letter("a2", "A@X.example", "answer", topic("case 1")), // waits for a1, the same person
		h.letter("b1", "b@x.example", "answer", topic("case 1")), // another person does not
		h.letter("a3", "a@x.example", "answer", topic("case 2")),
		h.letter("a4", "a@x.example", "answer"))
	h.flush()
	if got := h.arrived(); got != "b1 a3 a4" {
		t.Errorf("arrived %q", got)
	}
	h.at = h.at.Add(time.Minute)
	h.flush()
	if got := h.arrived(); got != "b1 a3 a4 a1 a2" {
		t.Errorf("arrived %q", got)
	}
}

func TestHeldLetterStopsNobody(t *testing.T) {
	h := newHouse(t, ok)
	h.put(h.letter("a1", "a@x.example", "reminder", topic("case 1"), hold(HoldApprove)), h.letter("a2", "a@x.example", "answer", topic("case 1")))
	h.flush()
	if h.arrived() != "a2" {
		t.Errorf("arrived %q", h.arrived())
	}
	h.want("a1", Held, HoldApprove)
}

func TestSupersede(t *testing.T) {
	h := newHouse(t, rcpt451, ok)
	h.put(h.letter("dialled", "a@x.example", ClassReceipt, topic("t")))
	h.flush()
	h.put(h.letter("waits", "a@x.example", ClassReceipt, topic("t")))
	h.put(h.letter("held", "a@x.example", ClassReceipt, topic("t"), hold(HoldApprove)),
		h.letter("answer", "a@x.example", "answer", topic("t")),
		h.letter("other", "a@x.example", ClassReceipt, topic("u")),
		h.letter("colleague", "b@x.example", ClassReceipt, topic("t")),
		h.letter("newest", "a@x.example", ClassReceipt, topic("t")))
	h.want("waits", Superseded, "")
	h.want("held", Superseded, "")
	h.at = h.at.Add(time.Hour)
	h.flush()
	if got := h.arrived(); got != "dialled answer other colleague newest" {
		t.Errorf("arrived %q", got)
	}
}

func TestMirror(t *testing.T) {
	h := newHouse(t, ok)
	mirrored := uint64(1)
	h.Mirrored = func() uint64 { return mirrored }
	h.put(h.letter("l1", "a@x.example", "answer"))
	h.put(h.letter("l2", "a@x.example", "answer"))
	if r := h.flush(); h.arrived() != "l1" || r.Unmirrored != 1 {
		t.Errorf("arrived %q, report %+v", h.arrived(), r)
	}
	h.RequireMirror = func(l Letter) bool { return l.Outside }
	if h.flush(); h.arrived() != "l1 l2" {
		t.Errorf("arrived %q", h.arrived())
	}
	h.put(h.letter("l3", "a@x.example", "answer", func(l *Letter) { l.Outside = true }))
	if h.flush(); h.arrived() != "l1 l2" {
		t.Errorf("arrived %q", h.arrived())
	}
	mirrored = 100
	if h.flush(); h.arrived() != "l1 l2 l3" {
		t.Errorf("arrived %q", h.arrived())
	}
}

func TestEmergencyStop(t *testing.T) {
	h := newHouse(t, ok)
	stopped := true
	h.Paused = func(*ledger.Tx) (bool, error) { return stopped, nil }
	outside := func(l *Letter) { l.Outside = true }
	h.put(h.letter("old", "a@x.example", "answer", outside))
	if r := h.flush(); !r.Paused || h.post.conns != 0 {
		t.Errorf("%d connections, report %+v", h.post.conns, r)
	}
	h.at = h.at.Add(25 * time.Hour)
	h.put(h.letter("new", "a@x.example", "answer", outside))
	h.put(h.letter("staff", "s@x.example", "staff"))
	if h.flush(); h.arrived() != "staff" {
		t.Errorf("arrived %q", h.arrived())
	}
	var c Changes
	err := h.Ledger.View(func(tx *ledger.Tx) (err error) {
		c.Fates, err = Resume(tx, h.at)
		return err
	})
	if err != nil || len(c.Fates) != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	if err := h.record(h.at, c); err != nil {
		t.Fatal(err)
	}
	stopped = false
	h.flush()
	h.want("old", Held, HoldStale)
	if h.arrived() != "staff new" {
		t.Errorf("arrived %q", h.arrived())
	}
}

func TestCeilings(t *testing.T) {
	h := newHouse(t, ok)
	h.Limits = Limits{PerHour: 4, PerHourEach: 2}
	outside := func(l *Letter) { l.Outside = true }
	for i := range 4 {
		h.put(h.letter(fmt.Sprint("a", i), "a@x.example", "answer", outside))
	}
	for i := range 3 {
		h.put(h.letter(fmt.Sprint("b", i), fmt.Sprintf("b%d@x.example", i), "answer", outside))
	}
	h.put(h.letter("staff", "staff@x.example", "staff")) // who are told of the ceiling
	r := h.flush()
	if got := h.arrived(); got != "a0 a1 b0 b1 staff" {
		t.Errorf("arrived %q", got)
	}
	if want := []Over{{"a@x.example", 2}, {"", 1}}; !slices.Equal(r.Over, want) || !r.Next.Equal(begin.Add(time.Hour)) {
		t.Errorf("report %+v", r)
	}
	if f := h.fate("a2"); f.State != Waiting || f.Detail != detailOver {
		t.Errorf("a2 is %+v", f)
	}
	seq := h.head()
	h.at = h.at.Add(59 * time.Minute)
	h.restart() // counts are in the ledger
	h.Limits = Limits{PerHour: 4, PerHourEach: 2}
	if h.flush(); h.arrived() != "a0 a1 b0 b1 staff" || h.head() != seq {
		t.Errorf("arrived %q, %d entries more", h.arrived(), h.head()-seq)
	}
	h.at = begin.Add(time.Hour)
	if h.flush(); h.arrived() != "a0 a1 b0 b1 staff a2 a3 b2" {
		t.Errorf("arrived %q", h.arrived())
	}
}

func (h *house) head() (seq uint64) {
	err := h.Ledger.View(func(tx *ledger.Tx) error {
		seq, _ = tx.Head()
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return seq
}

func TestBytesGone(t *testing.T) {
	h := newHouse(t, ok)
	h.put(h.letter("l1", "a@x.example", "answer", func(l *Letter) { l.Bytes = strings.Repeat("0", 64) }), h.letter("l2", "a@x.example", "answer"))
	r := h.flush()
	h.want("l1", Held, HoldBytes)
	if h.arrived() != "l2" || !slices.Equal(r.Held, []string{"l1"}) {
		t.Errorf("arrived %q, report %+v", h.arrived(), r)
	}
}

// The disk is full when the fate is to be recorded: the letter may not go again.
func TestFateCannotBeRecorded(t *testing.T) {
	h := newHouse(t, ok)
	h.put(h.letter("l1", "a@x.example", "answer"))
	h.Step = func(s string) { h.full = s == StepAccepted }
	if _, err := h.Flush(context.Background(), h.now); err == nil {
		t.Error("no error")
	}
	h.want("l1", Sending, "")
	h.full, h.Step = false, nil
	h.flush()
	h.want("l1", Held, HoldUnknown)
	if h.arrived() != "l1" {
		t.Errorf("arrived %q", h.arrived())
	}
}

// And full before: nothing is dialled.
func TestSendingCannotBeRecorded(t *testing.T) {
	h := newHouse(t, ok)
	h.put(h.letter("l1", "a@x.example", "answer"))
	h.full = true
	if _, err := h.Flush(context.Background(), h.now); err == nil || h.post.conns != 0 {
		t.Errorf("%v, %d connections", err, h.post.conns)
	}
	h.full = false
	h.flush()
	h.want("l1", Sent, "")
}

func TestSentFolderAway(t *testing.T) {
	h := newHouse(t, ok)
	file := h.CopyToSent
	h.CopyToSent = func(context.Context, []byte, time.Time) error { return errors.New("folder away") }
	h.put(h.letter("l1", "a@x.example", "answer"), h.letter("l2", "a@x.example", "answer"))
	if r := h.flush(); len(r.Warnings) != 1 || len(r.Sent) != 2 || r.Next.IsZero() {
		t.Errorf("report %+v", r)
	}
	h.at = h.at.Add(time.Hour)
	h.CopyToSent = file
	h.flush()
	h.flush()
	if h.copies != 2 {
		t.Errorf("%d copies", h.copies)
	}
}

func TestSentFolderAwayForDays(t *testing.T) {
	h := newHouse(t, ok)
	h.CopyToSent = func(context.Context, []byte, time.Time) error { return errors.New("folder away") }
	h.put(h.letter("l1", "a@x.example", "answer"))
	h.flush()
	h.at = h.at.Add(49 * time.Hour)
	h.flush()
	if f := h.fate("l1"); f.CopyDue || !strings.Contains(f.Detail, "folder away") {
		t.Errorf("fate %+v", f)
	}
}

// SIGTERM while the server takes its time: the letter on the line is finished.
func TestStopWaitsForTheLetterOnTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, stallData)
		h.put(h.letter("l1", "a@x.example", "answer"), h.letter("l2", "a@x.example", "answer"))
		ctx, cancel := context.WithCancel(context.Background())
		h.Step = func(s string) {
			if s == StepDot {
				cancel()
				time.AfterFunc(5*time.Second, func() { h.post.release <- struct{}{} })
			}
		}
		if _, err := h.Flush(ctx, h.now); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		h.want("l1", Sent, "")
		h.want("l2", Waiting, "")
	})
}

func TestIndexes(t *testing.T) {
	h := newHouse(t, ok)
	l := h.letter("r1", "a@x.example", ClassReceipt)
	h.put(l)
	err := h.Ledger.View(func(tx *ledger.Tx) error {
		for _, id := range []string{l.MessageID, "<" + l.MessageID + ">"} {
			if got, found, err := ByMessageID(tx, id); !found || got.Key != "r1" || err != nil {
				t.Errorf("%q: %v %v", id, found, err)
			}
		}
		for _, id := range []string{"", "<>", "other@x.example", "张三", strings.Repeat("x", 2000) + "@x.example"} {
			if _, found, err := ByMessageID(tx, id); found || err != nil {
				t.Errorf("%q: %v %v", id, found, err)
			}
		}
		if got, err := ByCode(tx, strings.ToLower(l.Code)); len(got) != 1 || got[0].To != l.To || err != nil {
			t.Errorf("by code: %v %v", got, err)
		}
		for _, code := range []string{"", "0000-0000", "nonsense"} {
			if got, err := ByCode(tx, code); len(got) != 0 || err != nil {
				t.Errorf("%q: %v %v", code, got, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFoldRefuses(t *testing.T) {
	h := newHouse(t, ok)
	if err := h.record(h.at, Changes{Fates: []Fate{{Key: "nobody", State: Sent, At: h.at}}}); !errors.Is(err, ErrNoLetter) {
		t.Errorf("unknown key: %v", err)
	}
	if err := h.record(h.at, Changes{Put: []Letter{{Key: "k", To: "a@x.example"}}}); !errors.Is(err, ErrLetter) {
		t.Errorf("incomplete letter: %v", err)
	}
}

// A fate that comes too late changes nothing: a letter that was taken off the
// queue between the look and the entry is not dialled.
func TestTakenOffMeanwhile(t *testing.T) {
	h := newHouse(t, ok)
	h.put(h.letter("l1", "a@x.example", "answer"))
	inner := h.Record
	h.Record = func(at time.Time, c Changes) error {
		if c.Fates[0].State == Sending {
			f, _ := Drop(h.fate("l1"), at, "不发")
			if err := inner(at, Changes{Fates: []Fate{f}}); err != nil {
				return err
			}
		}
		return inner(at, c)
	}
	h.flush()
	h.want("l1", Superseded, "")
	if h.post.conns != 0 {
		t.Error("it was dialled")
	}
}

func TestStatePairs(t *testing.T) {
	states := []State{Waiting, Sending, Sent, Failed, Held, Superseded}
	may := map[State]string{
		Waiting: "waiting sending held superseded",
		Sending: "waiting sent failed held",
		Sent:    "sent",
		Held:    "waiting held superseded",
	}
	for _, from := range states {
		for _, to := range states {
			if want := slices.Contains(strings.Fields(may[from]), string(to)); from.May(to) != want {
				t.Errorf("%s → %s is %t", from, to, !want)
			}
		}
		if State("").May(from) || from.May("") {
			t.Errorf("%s and the empty state", from)
		}
	}
}

func TestReleaseAndDrop(t *testing.T) {
	old := begin.Add(-25 * time.Hour)
	for _, test := range []struct {
		f                    Fate
		named, release, drop bool
	}{
		{Fate{State: Held, Hold: HoldApprove, At: begin}, false, true, true},
		{Fate{State: Held, Hold: HoldApprove, At: old}, false, false, true},
		{Fate{State: Held, Hold: HoldApprove, At: old}, true, true, true},
		{Fate{State: Held, Hold: HoldObserve, At: begin}, true, false, true},
		{Fate{State: Held, Hold: HoldUnknown, At: begin, Dialled: true, Repeated: true}, true, true, true},
		{Fate{State: Waiting, At: begin}, true, false, true},
		{Fate{State: Sending, At: begin}, true, false, false},
		{Fate{State: Sent, At: begin}, true, false, false},
		{Fate{State: Failed, At: begin}, true, false, false},
		{Fate{State: Superseded, At: begin}, true, false, false},
	} {
		f, did := Release(test.f, begin, test.named)
		if did != test.release || did && (f.State != Waiting || f.Hold != "" || f.Dialled != test.f.Dialled || f.Repeated != test.f.Repeated) {
			t.Errorf("Release(%+v, %t) = %+v, %t", test.f, test.named, f, did)
		}
		f, did = Drop(test.f, begin, "理由")
		if did != test.drop || did && (f.State != Superseded || f.Detail != "理由") {
			t.Errorf("Drop(%+v) = %+v, %t", test.f, f, did)
		}
	}
}

// errCrash ends a Flush in the middle, as SIGKILL would.
var errCrash = errors.New("crash")

// TestCrash walks the steps: after each, a restart must lose nothing, send a
// receipt at most twice and all else at most once.
func TestCrash(t *testing.T) {
	want := map[string]struct {
		receipt, other           string // what the server is answerable for in the end
		receiptState, otherState State
	}{
		StepSending:  {"l1", "", Sent, Held}, // never dialled, which nobody can know
		StepDot:      {"l1", "", Sent, Held},
		StepAccepted: {"l1 l1", "l1", Sent, Held},
		StepFate:     {"l1", "l1", Sent, Sent},
		StepCopied:   {"l1", "l1", Sent, Sent},
	}
	for _, step := range Steps() {
		w, known := want[step]
		if !known {
			t.Errorf("no test for step %s", step)
		}
		for _, class := range []string{ClassReceipt, "expert"} {
			t.Run(step+" "+class, func(t *testing.T) {
				h := newHouse(t, ok)
				h.FindInSent = func(_ context.Context, id string) (bool, bool, error) { return slices.Contains(h.sent, id), false, nil }
				h.put(h.letter("l1", "a@x.example", class))
				h.crashAt(step)
				h.restart()
				for range 5 {
					h.flush()
					h.at = h.at.Add(time.Hour)
				}
				arrived, state := w.receipt, w.receiptState
				if class != ClassReceipt {
					arrived, state = w.other, w.otherState
				}
				if h.arrived() != arrived || h.fate("l1").State != state {
					t.Errorf("arrived %q, want %q; %+v, want %s", h.arrived(), arrived, h.fate("l1"), state)
				}
				if state == Sent && h.copies != 1 {
					t.Errorf("%d copies in Sent", h.copies)
				}
			})
		}
	}
}

func (h *house) crashAt(step string) {
	h.t.Helper()
	reached := false
	h.Step = func(s string) {
		if s == step {
			reached = true
			panic(errCrash)
		}
	}
	defer func() {
		if r := recover(); r != nil && r != any(errCrash) {
			panic(r)
		}
		if !reached {
			h.t.Errorf("step %s was not reached", step)
		}
	}()
	h.Flush(context.Background(), h.now)
}
