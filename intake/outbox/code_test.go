package outbox

import (
	"regexp"
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	key := []byte("key file")
	code := Code(key, "receipt/1/a@x.example", "a@x.example")
	if !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(code) {
		t.Errorf("code %q", code)
	}
	if code != "Y8MN-6G8J" { // for ever: letters of an older version are answered too
		t.Errorf("the code of a known letter has become %q", code)
	}
	if Code(key, "receipt/1/a@x.example", " A@X.example") != code {
		t.Error("the code depends on the case of the address")
	}
	for _, other := range []string{
		Code([]byte("another"), "receipt/1/a@x.example", "a@x.example"),
		Code(key, "receipt/2/a@x.example", "a@x.example"),
		Code(key, "receipt/1/a@x.example", "b@x.example"),
	} {
		if other == code {
			t.Error("two letters have one code")
		}
	}
}

func TestMessageID(t *testing.T) {
	key := []byte("key file")
	id := MessageID(key, "receipt/1/a@x.example", "a@x.example", "gd.example")
	if !regexp.MustCompile(`^anli\.[a-z2-7]{20}@gd\.example$`).MatchString(id) || !messageID(id) {
		t.Errorf("Message-ID %q", id)
	}
	if MessageID(key, "receipt/1/a@x.example", "b@x.example", "gd.example") == id {
		t.Error("two letters have one Message-ID")
	}
}

func TestParseCode(t *testing.T) {
	for _, s := range []string{"K7Q2-9MXD", "k7q2-9mxd", "K7Q29MXD", " k7q2 9mxd\r\n", "Ｋ７Ｑ２－９ＭＸＤ", "ｋ７ｑ２　９ｍｘｄ", "【K7Q2-9MXD】", "K7Q2—9MXD", "K7Q2–9MXD",
		"K7Q2−9MXD", "K7Q2‑9MXD", "(K7Q2-9MXD)", "K7Q2-9MXD。", "K7Q2_9MXD", "K 7 Q 2 - 9 M X D", "“K7Q2-9MXD”", "K7Q2ー9MXD"} {
		if got, ok := ParseCode(s); got != "K7Q2-9MXD" || !ok {
			t.Errorf("%q: %q %t", s, got, ok)
		}
	}
	for s, want := range map[string]string{"oIlO-1lI0": "0110-1110", "OOOO-OOOO": "0000-0000"} {
		if got, _ := ParseCode(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	bad := func(s, why string) {
		if got, ok := ParseCode(s); ok {
			t.Errorf("%q is taken for %q: %s", s, got, why)
		}
	}
	bad("", "nothing")
	bad("K7Q2-9MX", "too short")
	bad("K7Q2-9MXDA", "too long")
	bad("K7Q2-9MXU", "U is in no code")
	bad("AL2024-0007", "a case number")
	bad("K7Q2-9MX德", "Chinese")
	bad("K7Q2-9MXD 同意", "more than the code")
	bad("Σ7Q2-9MXD", "a foreign letter")
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"K7Q2-9MXD", "【k7q2－９mxd】", "oil0-1111", "\xff\xfe", "AL2024-0007"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, ok := ParseCode(s)
		if !ok {
			if code != "" {
				t.Errorf("%q: no code, but %q", s, code)
			}
			return
		}
		if again, ok := ParseCode(code); !ok || again != code || len(code) != 9 || strings.Trim(code, crockford+"-") != "" {
			t.Errorf("%q gives %q, which gives %q", s, code, again)
		}
	})
}
