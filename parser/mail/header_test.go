package mail

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain", "plain"},
		{"=?utf-8?B?5qGI5L6L?=", "案例"},
		{"=?UTF-8?b?5qGI5L6L?=", "案例"},
		{"=?gb2312?B?sLjA/Q==?=", "案例"},
		{"=?gbk?Q?=B0=B8=C0=FD?=", "案例"},
		{"=?gb18030?B?sLjA/Q?=", "案例"},                          // no padding
		{"=?gb2312?B?sLj?= =?gb2312?B?wP0=?=", "案例"},            // gap between words is dropped
		{"=?gb2312?B?sLjA?=\n =?gb2312?B?/Q==?=", "案例"},         // cut in a character
		{"=?utf-8?B?5qGI?= x =?utf-8?B?5L6L?=", "案 x 例"},        // text between words is kept
		{"=?gb2312?B?sLg=?==?utf-8?B?5L6L?=", "案例"},             // no gap, two charsets
		{"=?utf-8?Q?a_b=5F?=", "a b_"},                          // underscore is a space
		{"=?utf-8*zh-CN?B?5qGI?=", "案"},                         // language tag, RFC 2231
		{"=?utf-8?B?5qGI =?utf-8?B?5L6L?=", "=?utf-8?B?5qGI 例"}, // the first word has no end
		{"=?utf-8?X?abc?=", "=?utf-8?X?abc?="},                  // no such encoding
		{"=?utf-8?B?", "=?utf-8?B?"},
		{"=?", "=?"},
		{"\xb0\xb8\xc0\xfd =?utf-8?B?5qGI?=", "案例 案"}, // raw GBK before a word
		{"=?iso-2022-cn?B?SGk=?=", "Hi"},              // a charset nobody decodes
		{"=?hz-gb-2312?Q?~{08@}~}?=", "案例"},
	}
	for _, tt := range tests {
		if got := Words(tt.in); got != tt.want {
			t.Errorf("Words(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestParams(t *testing.T) {
	tests := []struct {
		in    string
		first string
		want  map[string]string
	}{
		{"text/plain", "text/plain", map[string]string{}},
		{"Text/Plain; Charset=GBK", "text/plain", map[string]string{"charset": "GBK"}},
		{`a/b; x="1;2"; y=3`, "a/b", map[string]string{"x": "1;2", "y": "3"}},
		{`a/b; x="q\"q"; y="C:\dir\f"`, "a/b", map[string]string{"x": `q"q`, "y": `C:\dir\f`}},
		{`a/b; x="1" y=2`, "a/b", map[string]string{"x": "1", "y": "2"}}, // semicolon missing
		{`a/b; x="open`, "a/b", map[string]string{"x": "open"}},
		{`a/b;; ; x=1;`, "a/b", map[string]string{"x": "1"}},
		{`a/b; junk; x=1`, "a/b", map[string]string{"x": "1"}},
		{"a/b; x=1; x=2", "a/b", map[string]string{"x": "1"}},
		{"a/b; x=1; x*=utf-8''%E6%A1%88", "a/b", map[string]string{"x": "案"}}, // RFC 2231 beats plain
		{"a/b; x*1=b; x*0=a", "a/b", map[string]string{"x": "ab"}},
		{"a/b; x*=utf-8''a%8", "a/b", map[string]string{"x": "a%8"}},
		{"a/b; x*=%B0%B8", "a/b", map[string]string{"x": "案"}}, // no charset
		{"a/b; x*0=\"=?utf-8?B?5qGI?=\"", "a/b", map[string]string{"x": "案"}},
		{"a/b; x=\"=?gbk?B?sLjA?=\r\n =?gbk?B?/Q==?=\"", "a/b", map[string]string{"x": "案例"}},
		{"", "", map[string]string{}},
		{";=;=", "", map[string]string{"": ""}},
	}
	for _, tt := range tests {
		first, got := Params(tt.in)
		delete(got, "")
		delete(tt.want, "")
		if first != tt.first || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Params(%q) = %q %q, want %q %q", tt.in, first, got, tt.first, tt.want)
		}
	}
}

func TestCleanName(t *testing.T) {
	long := strings.Repeat("电", 100) + ".docx"
	tests := []struct{ in, want string }{
		{"", ""},
		{"申报材料.pdf", "申报材料.pdf"},
		{"../../etc/passwd", "passwd"},
		{"/etc/passwd", "passwd"},
		{`C:\材料\a.pdf`, "a.pdf"},
		{`\\host\share\a.pdf`, "a.pdf"},
		{"A公司/B公司.docx", "A公司_B公司.docx"},
		{"a\u202efdp.exe", "afdp.exe"}, // direction marks hide what it is
		{"a\x00b\nc.pdf", "a_b_c.pdf"},
		{`a<b>:"|?*.pdf`, "a_b______.pdf"},
		{"..", "unnamed"},
		{".", "unnamed"},
		{"/", "unnamed"},
		{" a.pdf . ", "a.pdf"},
		{".DS_Store", ".DS_Store"},
		{"\xff\xfe.pdf", "_.pdf"},
		{long, strings.Repeat("电", 58) + ".docx"},
	}
	for _, tt := range tests {
		if got := CleanName(tt.in); got != tt.want {
			t.Errorf("CleanName(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestGuessText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"abc", "abc"},
		{"\xef\xbb\xbf案", "案"},
		{"\xb0\xb8\xc0\xfd", "案例"},
		{strings.Repeat("案例", 20) + "\xff", strings.Repeat("案例", 20) + "\ufffd"}, // UTF-8 with one broken byte
		{"\xff\xff\xff", "\ufffd\ufffd\ufffd"},
	}
	for _, tt := range tests {
		if got := GuessText([]byte(tt.in)); got != tt.want {
			t.Errorf("GuessText(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct{ in, want string }{ // want in UTC, "" for none
		{"Mon, 23 Nov 2026 10:00:00 +0800", "2026-11-23T02:00:00Z"},
		{"Mon, 23 Nov 2026 10:00:00 +0800 (CST)", "2026-11-23T02:00:00Z"},
		{"23 Nov 26 10:00 GMT", "2026-11-23T10:00:00Z"},
		{"Mon,23 Nov 2026 10:00:00 -0500", "2026-11-23T15:00:00Z"},
		{"Mon, 23 Nov 2026 10:00:00 CST", "2026-11-23T02:00:00Z"}, // China, not America
		{"Mon, 23 Nov 2026 10:00:00", "2026-11-23T02:00:00Z"},
		{"Mon, 23 Nov 2026 10:00:00 GMT+08:00", "2026-11-23T02:00:00Z"},
		{"Mon, 23 Nov 2026 10:00:00 +08:00", "2026-11-23T02:00:00Z"},
		{"Mon, 23 Nov 2026 10:00:00 (中国标准时间)", "2026-11-23T02:00:00Z"},
		{"Mon, 23 Nov 2026 10:00:60 +0000", "2026-11-23T10:00:59Z"},
		{"星期一, 23 Nov 2026 10:00:00 +0800", "2026-11-23T02:00:00Z"},
		{"\xd0\xc7\xc6\xda\xd2\xbb, 23 Nov 2026 10:00:00 +0800", "2026-11-23T02:00:00Z"}, // 星期一 in GBK
		{"Mon Nov 23 10:00:00 2026", "2026-11-23T02:00:00Z"},
		{"Mon Nov 23 10:00:00 +0900 2026", "2026-11-23T01:00:00Z"},
		{"Mon Nov 23 10:00:00 UTC 2026", "2026-11-23T10:00:00Z"},
		{"2026-11-23 10:00:00", "2026-11-23T02:00:00Z"},
		{"2026/11/23 10:00", "2026-11-23T02:00:00Z"},
		{"2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
		{"2026-11-23T10:00:00+09:00", "2026-11-23T01:00:00Z"},
		{"2026年11月23日 10:00:00", "2026-11-23T02:00:00Z"},
		{"2026年11月23日(星期一) 下午3:04", "2026-11-23T07:04:00Z"},
		{"2026年11月23日 周一 晚上 8点05分", "2026-11-23T12:05:00Z"},
		{"2026年11月23日 凌晨12:30", "2026-11-22T16:30:00Z"},
		{"", ""},
		{"yesterday", ""},
		{"Mon, 31 Feb 2026 10:00:00 +0800", ""},
		{"2026-13-01 10:00:00", ""},
		{"2026-11-23 25:00:00", ""},
		{"23 Abc 2026 10:00:00", ""},
	}
	for _, tt := range tests {
		d, ok := parseDate(tt.in)
		got := ""
		if ok {
			got = d.UTC().Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("parseDate(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		in   string
		want []Address
	}{
		{"a@b.test", []Address{{Addr: "a@b.test"}}},
		{"A@B.Test", []Address{{Addr: "a@b.test"}}},
		{`"Li, San" <a@b.test>, <c@d.test>`, []Address{{"Li, San", "a@b.test"}, {"", "c@d.test"}}},
		{"=?utf-8?Q?a,b?= <a@b.test>; c@d.test", []Address{{"a,b", "a@b.test"}, {"", "c@d.test"}}},
		{`"=?utf-8?B?5byg5LiJ?=" <a@b.test>`, []Address{{"张三", "a@b.test"}}},
		{"张三<a@b.test>,李四<c@d.test>", []Address{{"张三", "a@b.test"}, {"李四", "c@d.test"}}},
		{"张三 a@b.test", []Address{{"张三", "a@b.test"}}},
		{"<mailto:a@b.test>", []Address{{"", "a@b.test"}}},
		{"< a@b.test >", []Address{{"", "a@b.test"}}},
		{"'a@b.test' <a@b.test>", []Address{{"a@b.test", "a@b.test"}}},
		{"MAILER-DAEMON", nil},
		{"<MAILER-DAEMON>", []Address{{"", "mailer-daemon"}}},
		{"<>", nil},
		{"", nil},
		{",;,<", nil},
		{"undisclosed-recipients:;", nil},
	}
	for _, tt := range tests {
		if got := addresses(tt.in); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("addresses(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
