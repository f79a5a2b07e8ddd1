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

// TestDay: a day is its beginning, a limit is its end, and both are asked back where
// the words are not certain.
func TestDay(t *testing.T) {
	for text, want := range map[string]string{
		"11月8日": "2024-11-08", "11月8号": "2024-11-08", "１１月８日": "2024-11-08", "2024年11月8日": "2024-11-08", "2024-11-08": "2024-11-08", "11-08": "2024-11-08", "11/8": "2024-11-08",
		"2024.11.8": "2024-11-08", "2024/11/08": "2024-11-08", "20241108": "2024-11-08", "十一月八日": "2024-11-08", "二〇二四年十一月二十八日": "2024-11-28", "十月三十一日": "2024-10-31",
		"11月8日（周五）": "2024-11-08", "11月10日 星期日": "2024-11-10", "11月10日(星期天)": "2024-11-10",
		"1月10日": "2025-01-10", "10月1日": "2024-10-01", "6月1日": "2024-06-01", "3月1日": "2025-03-01", "2025年2月28日": "2025-02-28", "2月29日": "2024-02-29", // the nearest one
	} {
		got, ok := Day(text, near)
		if !ok || got.Format(time.DateTime) != want+" 00:00:00" {
			t.Errorf("%s: %v, %v; want %s", text, got, ok, want)
		}
		if end, ok := Until(text, near); !ok || end.Format(time.DateTime) != want+" 23:59:59" {
			t.Errorf("until %s: %v, %v", text, end, ok)
		}
	}
	for text, want := range map[string]string{"11月8日24时": "2024-11-08 23:59:59", "11月8日17:30": "2024-11-08 17:30:00", "11月8日下午5点": "2024-11-08 17:00:00",
		"11月8日（周五）17时": "2024-11-08 17:00:00", "2024-11-08 0:00": "2024-11-08 00:00:00"} {
		if got, ok := Until(text, near); !ok || got.Format(time.DateTime) != want {
			t.Errorf("until %s: %v, %v; want %s", text, got, ok, want)
		}
		if got, ok := Day(text, near); ok {
			t.Errorf("%s is a time and no day, became %v", text, got)
		}
	}
	for _, text := range []string{"", "8日", "周五", "下周五", "明天", "11月", "11月31日", "2025年2月29日", "11月8日（周六）", "11月8日前", "11月8日左右", "11月8日至10日", "2024-13-01", "24-11-08", "尽快"} {
		if got, ok := Until(text, near); ok {
			t.Errorf("%s is no day, became %v", text, got)
		}
	}
}

// FuzzWhen: whatever is read is one time, the same when it is written out again.
func FuzzWhen(f *testing.F) {
	for _, s := range []string{"10月29日16:20", "2024-10-29T16:20:05+08:00", "10月29日下午4点半", "2.30", "10月30日24时", "十一月八日", "11月8日（周五）", "20241108"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if day, ok := Day(text, near); ok && day.Year() >= 1000 {
			if end, _ := Until(day.Format(time.DateOnly), near); end.Sub(day) != 24*time.Hour-time.Second {
				t.Errorf("%q is %v until %v", text, day, end)
			}
		}
		got, ok := When(text, near)
		if !ok || got.Year() < 1000 {
			return
		}
		if again, ok := When(got.Format(time.DateTime), near); !ok || !again.Equal(got) {
			t.Errorf("%q became %v, then %v", text, got, again)
		}
	})
}
