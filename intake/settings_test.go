package intake

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

func fullSettings() Settings {
	s := goodSettings()
	s.Office = Office{Division: "电子商务处", Contact: "王样本", Phone: "020-38000000"}
	s.People = People{Bureaus: []Bureau{{City: "佛山市", Addresses: []string{"SW@foshan.example", "sw2@foshan.example"}, Domains: []string{"foshan.test"}},
		{City: "广州市", Domains: []string{"guangzhou.test"}}},
		Staff: []Person{{Name: "赵一", Addresses: []string{"zhao@dept.example", "zhao2@dept.example"}}, {Name: "钱二"}}}
	s.Enrolled = map[string]string{"new.one@mail.example": "广州市", "gone@mail.example": "广州市"}
	s.Retired = map[string]bool{"gone@mail.example": true}
	s.Mailbox = MailboxRules{Address: "box@dept.example", MaxMail: 50, Live: true}
	s.Letters = map[string]string{"receipt": "send", "reminder": "approve", "arrival": "off"}
	s.Timing = Timing{Quiet: Duration(3 * time.Minute), Longest: Duration(20 * time.Minute), Series: Duration(time.Hour), Morning: "08:30"}
	s.Calendar = Calendar{Holidays: []string{"2024-10-01", "2024-10-07"}, Workdays: []string{"2024-10-12"}}
	return s
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFlatAndBack(t *testing.T) {
	for name, s := range map[string]Settings{"full": fullSettings(), "empty": {}} {
		flat, err := s.Flat()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Unflat(flat)
		if err != nil || text(t, back) != text(t, s) {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, text(t, back), text(t, s))
		}
		again, err := back.Flat()
		if err != nil || !reflect.DeepEqual(again, flat) {
			t.Errorf("%s: flat is another the second time", name)
		}
	}
}

// Enrolling an address by mail sets one key, though the address has dots.
func TestFlatAddressKeys(t *testing.T) {
	flat, err := fullSettings().Flat()
	if err != nil {
		t.Fatal(err)
	}
	if string(flat["enrolled.new.one@mail.example"]) != `"广州市"` {
		t.Errorf("%s", flat["enrolled.new.one@mail.example"])
	}
	delete(flat, "enrolled.new.one@mail.example")
	s, err := Unflat(flat)
	if err != nil || s.CityOf("new.one@mail.example") != "" {
		t.Errorf("%v %q", err, s.CityOf("new.one@mail.example"))
	}
	if _, err := Unflat(map[string]json.RawMessage{"nodot": json.RawMessage("1")}); err == nil {
		t.Error("a key without a section is taken")
	}
	if _, err := Unflat(map[string]json.RawMessage{"call.quota": json.RawMessage(`"five"`)}); err == nil {
		t.Error("a text is taken for a number")
	}
}

func TestWhose(t *testing.T) {
	s := fullSettings()
	for addr, want := range map[string]string{"sw@foshan.example": "佛山市", "SW@FOSHAN.EXAMPLE": "佛山市", "anybody@foshan.test": "佛山市", "x@guangzhou.test": "广州市",
		"new.one@mail.example": "广州市", "gone@mail.example": "", "x@sub.foshan.test": "", "x@notfoshan.test": "", "foshan.test": "", "": ""} {
		if got := s.CityOf(addr); got != want {
			t.Errorf("%q: %q", addr, got)
		}
	}
	if s.StaffName("Zhao2@dept.example") != "赵一" || s.StaffName("x@dept.example") != "" {
		t.Error("staff by address")
	}
	if got := strings.Join(s.StaffAddresses(), " "); got != "zhao@dept.example" {
		t.Error(got)
	}
	for city, want := range map[string]string{"佛山市": "SW@foshan.example", "广州市": "new.one@mail.example", "中山市": ""} {
		if got := strings.Join(s.AddressesOf(city), " "); got != want {
			t.Errorf("%s: %s", city, got)
		}
	}
	s.Retired["sw@foshan.example"] = true
	if got := strings.Join(s.AddressesOf("佛山市"), " "); got != "sw2@foshan.example" {
		t.Errorf("letters go to an address out of use: %s", got)
	}
}

func TestWorkingDays(t *testing.T) {
	c := Calendar{Holidays: []string{"2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-07"}, Workdays: []string{"2024-09-29", "2024-10-12"}}
	for day, want := range map[string]bool{"2024-09-29": true, "2024-09-30": true, "2024-10-01": false, "2024-10-05": false, "2024-10-07": false, "2024-10-08": true,
		"2024-10-12": true, "2024-10-13": false, "2024-10-14": true} {
		if got := c.Working(zoned(day + " 00:00:00")); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	for _, x := range []struct {
		from, to string
		want     int
	}{
		{"2024-09-30 18:00:00", "2024-10-08 09:00:00", 1},
		{"2024-10-11 08:00:00", "2024-10-14 23:59:59", 2},
		{"2024-10-14 08:30:00", "2024-10-30 23:59:59", 12},
		{"2024-10-14 08:30:00", "2024-10-14 23:59:59", 0},
		{"2024-10-15 08:30:00", "2024-10-14 08:30:00", 0},
	} {
		if got := c.WorkingDays(zoned(x.from), zoned(x.to)); got != x.want {
			t.Errorf("%s to %s: %d, want %d", x.from, x.to, got, x.want)
		}
	}
	if utc := zoned("2024-10-12 07:00:00").UTC(); !c.Working(utc) {
		t.Error("the day is taken in another zone")
	}
}

// Working days of two spans make those of both.
func TestWorkingDaysAdd(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 4))
	c := fullSettings().Calendar
	for range 200 {
		a := zoned("2024-09-01 00:00:00").Add(time.Duration(rng.IntN(1000)) * time.Hour)
		b := a.Add(time.Duration(rng.IntN(500)) * time.Hour)
		d := b.Add(time.Duration(rng.IntN(500)) * time.Hour)
		if got, want := c.WorkingDays(a, d), c.WorkingDays(a, b)+c.WorkingDays(b, d); got != want {
			t.Fatalf("%s %s %s: %d, want %d", a, b, d, got, want)
		}
	}
}

func TestDurationText(t *testing.T) {
	for _, d := range []Duration{0, Duration(3 * time.Minute), Duration(-time.Second)} {
		b, _ := d.MarshalText()
		var back Duration
		if err := back.UnmarshalText(b); err != nil || back != d {
			t.Errorf("%s: %v %v", b, back, err)
		}
	}
	var d Duration
	if d.UnmarshalText([]byte("three minutes")) == nil {
		t.Error("words are taken for a duration")
	}
}
