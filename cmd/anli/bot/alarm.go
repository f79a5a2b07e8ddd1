package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
)

// What staff must know at once though no mail says it: a ceiling that keeps letters
// back, a mailbox that is nearly full, a second daemon. Each is one urgent row a
// day, by an entry of its own, and ends when it is over.

// Kinds of alarms; kind/day/about names the row.
const (
	alarmCeiling = "ceiling"
	alarmSpace   = "space"
	alarmForeign = "foreign"
	alarmOver    = "over" // of the job that ends a row; the row's id follows
)

// alarm is one such thing.
type alarm struct {
	about  string // whose letters wait; "" where the kind says all
	detail string // figures, without a slash
}

// raise records what is found of a kind and ends the rows of what no longer is.
func (b *Bot) raise(now time.Time, kind string, found ...alarm) error {
	now = now.Truncate(time.Second).In(intake.Zone())
	var jobs []job
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		t := intake.NewTables()
		is := map[string]bool{}
		for _, a := range found {
			is[a.about] = true
			id := kind + "/" + now.Format("2006-01-02") + "/" + a.about
			_, known, err := t.Rows.Get(tx, id)
			if err != nil {
				return err
			}
			if !known {
				jobs = append(jobs, job{id + "/" + a.detail, now})
			}
		}
		return t.OpenRows.Each(tx, "", func(_, id string) error {
			if k, about := alarmOf(id); k == kind && !is[about] {
				jobs = append(jobs, job{alarmOver + "/" + id, now})
			}
			return nil
		})
	})
	for _, j := range jobs {
		if err == nil {
			err = b.runJob(j, false)
		}
	}
	return err
}

// alarmOf reads a row's id.
func alarmOf(id string) (kind, about string) {
	parts := strings.SplitN(id, "/", 3)
	if len(parts) < 3 {
		return "", ""
	}
	return parts[0], parts[2]
}

// alarmed is the decision: a row of today takes the place of an older one.
func alarmed(s *intake.Sitting, key string) {
	i := strings.LastIndexByte(key, '/')
	id, detail := key[:i], key[i+1:]
	kind, about := alarmOf(id)
	for _, r := range s.OpenRows() {
		if k, of := alarmOf(r.ID); k == kind && of == about {
			r.Done = "已有新的提醒"
			s.SetRow(r)
		}
	}
	s.AddRow(intake.Row{ID: id, Kind: "problem", Urgent: true, Replies: []string{"无关"}, Text: alarmText(kind, about, detail)})
}

func alarmText(kind, about, detail string) string {
	switch {
	case kind == alarmSpace:
		return "邮箱空间不足20%（" + detail + "）。邮箱一满，各市来信将被退回，请在网页邮箱中归档或清理旧邮件；已登记的材料不受影响。"
	case kind == alarmForeign:
		return "本邮箱的日志文件夹中出现了另一个程序写入的内容，为免重复发信，本程序已停止发信，来信照常登记。请告知运维人员停用其中一个，然后重新启动。"
	case about != "":
		return "发给" + about + "的信件已达每小时上限，" + detail + "封等候发出，将陆续发出；请核实是否异常。"
	}
	return "对外发信已达每小时总上限，" + detail + "封等候发出，将陆续发出；请核实是否异常，必要时回复“暂停发信”。"
}

// over ends the row of an alarm.
func over(s *intake.Sitting, id string) {
	if r, ok := s.Row(id); ok && r.Done == "" {
		r.Done = "已解除"
		s.SetRow(r)
	}
}

// ceilings tells which letters wait for one.
func (b *Bot) ceilings(now time.Time, reached []outbox.Over) error {
	var found []alarm
	for _, o := range reached {
		b.Log.Warn("a ceiling is reached; letters wait", "to", o.To, "waiting", o.Waiting)
		found = append(found, alarm{o.To, fmt.Sprint(o.Waiting)})
	}
	return b.raise(now, alarmCeiling, found...)
}

// spaceEvery is how often the mailbox is asked for its room.
const spaceEvery = time.Hour

// space looks at the mailbox's room. A server that does not tell is not asked for
// more; its troubles show elsewhere.
func (b *Bot) space(ctx context.Context, now time.Time) error {
	if now.Sub(b.spaced) < spaceEvery && !now.Before(b.spaced) {
		return nil
	}
	b.spaced = now
	used, limit, ok, err := b.Box.Quota(ctx)
	if err != nil || !ok {
		return nil
	}
	return b.room(now, used, limit)
}

func (b *Bot) room(now time.Time, used, limit int64) error {
	if limit-used >= limit/5 {
		return b.raise(now, alarmSpace)
	}
	b.Log.Error("the mailbox is nearly full", "used_mb", used>>20, "limit_mb", limit>>20)
	return b.raise(now, alarmSpace, alarm{detail: fmt.Sprintf("已用%dMB，共%dMB", used>>20, limit>>20)})
}
