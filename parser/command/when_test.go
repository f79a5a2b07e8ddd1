package command

import (
	"testing"
	"time"
)

var near = time.Date(2024, 10, 31, 9, 0, 0, 0, time.FixedZone("", 8*3600))

// TestWhen: times as people write them, and what is none.
func TestWhen(t *testing.T) {
	for text, want := range map[string]string{
		"10月29日16:20": "2024-10-29 16:20:00", "10月29日 16：20": "2024-10-29 16:20:00", "１０月２９日１６：２０": "2024-10-29 16:20:00",
		"2024-10-29 16:20": "2024-10-29 16:20:00", "2024-10-29T16:20:05": "2024-10-29 16:20:05", "2024-10-29T16:20:05+08:00": "2024-10-29 16:20:05",
		"2024/10/29 16:20": "2024-10-29 16:20:00", "2024年10月29日16时20分": "2024-10-29 16:20:00", "2024年10月29日16时20分30秒": "2024-10-29 16:20:30",
		"10月29日下午4点20分": "2024-10-29 16:20:00", "10月29日下午4点半": "2024-10-29 16:30:00", "10月29日下午4时": "2024-10-29 16:00:00", "10月29日16点": "2024-10-29 16:00:00",
		"10月29日上午9:05": "2024-10-29 09:05:00", "10月29日晚上8点": "2024-10-29 20:00:00", "10月29日中午12点": "2024-10-29 12:00:00", "10月29日中午1点整": "2024-10-29 13:00:00",
		"10月29日凌晨0点20分": "2024-10-29 00:20:00", "10月30日24时": "2024-10-31 00:00:00", "10月29日下午16:20左右": "2024-10-29 16:20:00",
		"10-29 16:20": "2024-10-29 16:20:00", "10/29 16:20": "2024-10-29 16:20:00", "10月29号": "2024-10-29 00:00:00", "10.29": "2024-10-29 00:00:00",
		"10月31日10:00": "2024-10-31 10:00:00", // later than near: for the caller to ask back, no year ago
	} {
		got, ok := When(text, near)
		if !ok || got.Format(time.DateTime) != want {
			t.Errorf("%s: %v, %v; want %s", text, got, ok, want)
		}
	}
	if got, ok := When("12月30日16:20", near.AddDate(0, 2, 5)); !ok || got.Year() != 2024 {
		t.Errorf("over the turn of the year: %v", got)
	}
	for _, text := range []string{"", "昨天", "29日16:20", "10月29日下午", "10月29日25:00", "10月29日16:75", "13月1日", "2月30日8:00", "10月29日16:20到17:00", "2024-10-29 16:20 或者晚些", "10月"} {
		if got, ok := When(text, near); ok {
			t.Errorf("%s is no time, became %v", text, got)
		}
	}
}

// FuzzWhen: whatever is read is one time, the same when it is written out again.
func FuzzWhen(f *testing.F) {
	for _, s := range []string{"10月29日16:20", "2024-10-29T16:20:05+08:00", "10月29日下午4点半", "2.30", "10月30日24时"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := When(text, near)
		if !ok || got.Year() < 1000 {
			return
		}
		if again, ok := When(got.Format(time.DateTime), near); !ok || !again.Equal(got) {
			t.Errorf("%q became %v, then %v", text, got, again)
		}
	})
}
