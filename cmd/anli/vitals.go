package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"anli/intake"
	"anli/intake/mailbox"
	"anli/templates"
)

const (
	fullAccount = 80             // per cent of the account's quota from which staff are warned
	lateBackup  = 24 * time.Hour // beyond backup.every: a day's grace
)

// vitals are the signs of health of the machine in the morning letter. What
// cannot be learned is said so, never left out.
func vitals(c Config, box *mailbox.Box, seen *certificates) func(context.Context) []templates.Vital {
	return func(ctx context.Context) []templates.Vital {
		list := []templates.Vital{diskVital(c.Data)}
		if v, ok := quotaVital(ctx, box); ok {
			list = append(list, v)
		}
		list = append(list, backupVital(c.Backup, time.Now()))
		if v, ok := seen.vital(time.Now()); ok {
			list = append(list, v)
		}
		return list
	}
}

func diskVital(dir string) templates.Vital {
	v := templates.Vital{Name: "磁盘", Value: "未能读取剩余空间", Wrong: true}
	free, err := freeDisk(dir)
	if err != nil {
		return v
	}
	v.Value, v.Wrong = fmt.Sprintf("剩余%dGB", free>>30), free < leastDisk
	return v
}

// quotaVital is not there where the server tells no quota.
func quotaVital(ctx context.Context, box *mailbox.Box) (templates.Vital, bool) {
	v := templates.Vital{Name: "邮箱容量", Value: "未能连接邮箱", Wrong: true}
	used, limit, ok, err := box.Quota(ctx)
	if err != nil {
		return v, true
	}
	if !ok || limit <= 0 {
		return v, false
	}
	percent := used * 100 / limit
	v.Value, v.Wrong = fmt.Sprintf("已用%d%%", percent), percent >= fullAccount
	return v, true
}

func backupVital(plan BackupPlan, now time.Time) templates.Vital {
	v := templates.Vital{Name: "最近备份", Value: "尚无备份", Wrong: true}
	newest := newestBackup(plan.Dir)
	switch {
	case plan.Every <= 0:
		v.Value, v.Wrong = "未设定时备份", false
	case !newest.IsZero():
		v.Value = newest.In(intake.Zone()).Format("1月2日15:04")
		v.Wrong = now.Sub(newest) > plan.Every+lateBackup
	}
	return v
}

// newestBackup is when the newest scheduled backup was made, or zero.
func newestBackup(dir string) time.Time {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return time.Time{}
	}
	var newest time.Time
	for _, e := range entries {
		if t, err := time.ParseInLocation(backupName, e.Name(), time.Local); err == nil && t.After(newest) {
			newest = t
		}
	}
	return newest
}
