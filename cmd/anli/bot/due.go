package bot

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
	"anli/templates"
)

// job is something that is due. Its due time is its now: a late machine decides
// as a punctual one.
type job struct {
	key string
	at  time.Time
}

// tooLate: a job that is overdue by more than this is recorded as skipped.
const tooLate = 12 * time.Hour

// due gives what is due by now, in order. A burst closes only after a complete
// scan that began after its end: scanned says when the last one began.
func due(tx *ledger.Tx, now, scanned time.Time) ([]job, error) {
	t := intake.NewTables()
	var jobs []job
	err := t.Open.Each(tx, "", func(_, id string) error {
		b, ok, err := t.Bursts.Get(tx, id)
		if ok && !b.Closed && !b.Due.IsZero() && !b.Due.After(now) && !b.Due.After(scanned) {
			jobs = append(jobs, job{"burst/" + id, b.Due})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	desk, _, err := t.Desk.Get(tx, "desk")
	if err != nil {
		return nil, err
	}
	settings, err := intake.InForce(tx)
	if err != nil {
		return nil, err
	}
	if !desk.Takeover.IsZero() {
		if at := lastMorning(settings, desk.Morning, now); !at.IsZero() {
			jobs = append(jobs, job{"morning/" + at.Format("2006-01-02"), at})
		}
	}
	judged, err := review.Jobs(tx, settings)
	if err != nil {
		return nil, err
	}
	for _, j := range judged {
		if !j.At.After(now) {
			jobs = append(jobs, job{j.Key, j.At})
		}
	}
	sort.SliceStable(jobs, func(a, b int) bool {
		if jobs[a].at.Equal(jobs[b].at) {
			return jobs[a].key < jobs[b].key
		}
		return jobs[a].at.Before(jobs[b].at)
	})
	return jobs, nil
}

// lastMorning is the newest working morning after last, up to now: of several
// that were missed only the newest is sent.
func lastMorning(s intake.Settings, last, now time.Time) time.Time {
	for d := range 15 {
		at := morningOf(s, now.AddDate(0, 0, -d))
		if at.After(now) || !s.Calendar.Working(at) {
			continue
		}
		if !at.After(last) {
			return time.Time{}
		}
		return at
	}
	return time.Time{}
}

// nextMorning is the first working morning after now.
func nextMorning(s intake.Settings, now time.Time) time.Time {
	for d := range 15 {
		if at := morningOf(s, now.AddDate(0, 0, d)); at.After(now) && s.Calendar.Working(at) {
			return at
		}
	}
	return time.Time{}
}

func morningOf(s intake.Settings, day time.Time) time.Time {
	hour, minute := 8, 30
	if t, err := time.Parse("15:04", s.Timing.Morning); err == nil {
		hour, minute = t.Hour(), t.Minute()
	}
	y, m, d := day.In(intake.Zone()).Date()
	return time.Date(y, m, d, hour, minute, 0, 0, intake.Zone())
}

// urgentJob bundles the urgent rows that no letter has named yet; its time is
// that of the newest of them.
func urgentJob(tx *ledger.Tx) (job, bool, error) {
	t := intake.NewTables()
	var found job
	err := t.OpenRows.Each(tx, "", func(_, id string) error {
		r, _, err := t.Rows.Get(tx, id)
		if r.Urgent && !r.Told && !r.At.Before(found.at) {
			found = job{"urgent/" + r.ID, r.At}
		}
		return err
	})
	return found, found.key != "", err
}

// decideJob does what is due: a pure function of the ledger, the job's key and
// its time.
func decideJob(tx *ledger.Tx, house intake.House, key string, at time.Time, skipped bool) (intake.Result, error) {
	s, err := intake.Sit(tx, at, house)
	if err != nil {
		return intake.Result{}, err
	}
	bench, err := review.Sit(tx, s)
	if err != nil {
		return intake.Result{}, err
	}
	kind, rest, _ := strings.Cut(key, "/")
	switch kind {
	case "burst":
		s.CloseBurst(rest)
	case "morning":
		since := s.Desk.Told
		s.Desk.Morning = s.Now
		s.Remind(skipped)
		if !skipped {
			s.Desk.Told = s.Now
			offered := bench.OfferEligibility()
			morning(bench, key, since, false)
			if offered {
				bench.AskLookUp()
			}
		}
	case "urgent":
		morning(bench, key, s.Now, true)
	case "takeover":
		takeover(s)
	case "held":
		_, many, _ := strings.Cut(rest, "/")
		s.Desk.HeldUntil = many
		s.AddRow(intake.Row{ID: key, Kind: "problem", Urgent: true, Text: "邮箱被重建，大量旧信重新出现（" + many + "），对外信件已全部暂存。核实后请回复“放行 全部”。"})
	case alarmCeiling, alarmSpace, alarmForeign:
		alarmed(s, key)
	case alarmOver:
		over(s, rest)
	default:
		if !bench.Do(key) {
			return intake.Result{}, fmt.Errorf("a job of unknown kind %q", key)
		}
	}
	return bench.Result()
}

// KindVitals are the machine's signs of health before a morning letter: an input.
const KindVitals = "vitals"

// latePoll is how old the last whole scan may be: some polls may fail.
const latePoll = 15 * time.Minute

// pollVital is when the inbox was last seen whole: mails that cannot be fetched
// hold that up, and staff would hear of it nowhere else.
func (b *Bot) pollVital(now time.Time) templates.Vital {
	v := templates.Vital{Name: "最近收信", Value: "收件箱尚未读全", Wrong: true}
	if !b.polled.IsZero() {
		v.Value, v.Wrong = b.polled.In(intake.Zone()).Format("1月2日15:04"), now.Sub(b.polled) > latePoll
	}
	return v
}

// recordVitals writes down what the morning letter will say of the machine: decisions
// read the ledger alone.
func (b *Bot) recordVitals(at time.Time) error {
	if b.Vitals == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	v := append([]templates.Vital{b.pollVital(at)}, b.Vitals(ctx)...)
	return b.Ledger.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(at, KindVitals, "vitals", 1, intake.Change{Vitals: v})
		return err
	})
}
