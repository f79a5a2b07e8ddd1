package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestBackupVital(t *testing.T) {
	now := time.Date(2024, 10, 14, 8, 30, 0, 0, time.Local)
	for _, x := range []struct {
		name  string
		made  []string
		every time.Duration
		want  string
		wrong bool
	}{
		{"none yet", nil, 24 * time.Hour, "尚无备份", true},
		{"last night", []string{"2024-10-12T020000", "2024-10-13T020000", "not-a-backup"}, 24 * time.Hour, "10月13日", false},
		{"three days ago", []string{"2024-10-11T020000"}, 24 * time.Hour, "10月11日", true},
		{"switched off", nil, 0, "未设定时备份", false},
	} {
		dir := t.TempDir()
		for _, name := range x.made {
			if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		v := backupVital(BackupPlan{Dir: dir, Every: x.every}, now)
		if !strings.HasPrefix(v.Value, x.want) || v.Wrong != x.wrong {
			t.Errorf("%s: %+v", x.name, v)
		}
	}
	if v := diskVital(t.TempDir()); !strings.HasPrefix(v.Value, "剩余") {
		t.Errorf("disk: %+v", v)
	}
}
