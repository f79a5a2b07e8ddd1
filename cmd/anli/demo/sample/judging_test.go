package sample

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// criteria are those of the request below, as its sheet and its form head them.
func criteria() []string {
	return []string{"技术性与创新性（30分）", "效益性（25分）", "示范性（20分）", "整体实力（15分）", "数据完整性（10分）"}
}

// scoreSheet is a sheet for scores as a request may bring it.
func scoreSheet() Sheet {
	head := append([]string{"编号", "参评单位", "参评案例"}, criteria()...)
	return Sheet{Name: "评分表", Rows: [][]string{{"评分表（陈知行）"}, head, {"AL2024-0001", "甲公司", "甲案例"}, {"AL2024-0002", "乙公司", "乙案例"}, {"合计"}}}
}

// requestLetter asks an expert for the scores of two cases.
func requestLetter(to string) []byte {
	text := "请评分。\n案例清单\n"
	for _, n := range []string{"AL2024-0001", "AL2024-0002"} {
		text += "\n" + n + "　某公司\n" + strings.Join(criteria(), "：\n") + "：\n评语：\n"
	}
	b64 := func(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
	word := func(s string) string { return "=?utf-8?B?" + b64([]byte(s)) + "?=" }
	return []byte(strings.ReplaceAll("From: "+word("案例征集")+" <"+Mailbox+">\nTo: <"+to+">\nSubject: "+word("【请评分】2个案例【FFFF-6666】")+
		"\nMessage-ID: <request.1@gd.example>\nDate: Fri, 01 Nov 2024 09:45:00 +0800\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m1\n\n"+
		"--m1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"+b64([]byte(text+"\nFFFF-6666"))+
		"\n--m1\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\""+word("评分表-陈知行.xlsx")+"\"\n\n"+
		b64(scoreSheet().Xlsx())+"\n--m1--\n", "\n", "\r\n"))
}

// own is what an expert wrote himself, above the quote, and the whole of his mail.
func own(t *testing.T, title string) (text string, raw []byte) {
	t.Helper()
	for _, s := range judging() {
		if s.Title != title {
			continue
		}
		raw, err := s.Write(letters(s.From))
		if err != nil {
			t.Fatal(err)
		}
		text := sceneText(t, []Scene{s}, title)
		for _, mark := range []string{"\n\n\n", "\n-----邮件原件-----"} {
			text, _, _ = strings.Cut(text, mark)
		}
		return text, raw
	}
	t.Fatalf("no scene %q", title)
	return "", nil
}

var digits = regexp.MustCompile(`\d`)

// Each expert writes in the manner that his scene's title says, and gives every
// case his own scores.
func TestManners(t *testing.T) {
	all := func(address string, show func(string) string) []string {
		var out []string
		for _, n := range []string{"AL2024-0001", "AL2024-0002"} {
			p := Points(address, n)
			for _, v := range p {
				out = append(out, show(v))
			}
		}
		return out
	}
	same := func(s string) string { return s }
	e := Experts()
	for _, x := range []struct {
		title   string
		holds   []string // in this order
		without string   // a pattern that must not stand in his own words
	}{
		{"expert: in words", append([]string{"0001：技术"}, all(e[0].Address, same)...), `AL2024|性`},
		{"expert: numbers in order, one recused", append([]string{"0001　"}, append(all(e[3].Address, same)[:5], "回避 0002 ")...), `技术|效益|AL2024`},
		{"expert: Chinese numerals and comments", append([]string{"AL2024-0001 技术性与创新性"}, all(e[4].Address, chinese)...), `[一二三四五六七八九十]分`},
		{"expert: nothing certain", []string{"平均给85分左右"}, `AL2024|000|技术`},
		{"expert corrects himself", []string{"AL2024-0001 效益性改为 23"}, `0002|技术`},
		{"expert: asked back, answers", append([]string{"0001　"}, all(e[6].Address, same)...), `技术|左右`},
		{"expert: rows pasted from a spreadsheet", append([]string{"编号\t技术性与创新性\t", "AL2024-0001\t"}, all(e[5].Address, same)...), `、|，效`},
		{"expert: the sheet", []string{"见附件"}, `\d`},
		{"expert: into the quoted form", []string{"已在下面填好"}, `\d`},
	} {
		text, _ := own(t, x.title)
		rest := text
		for _, h := range x.holds {
			_, after, ok := strings.Cut(rest, h)
			if !ok {
				t.Errorf("%s: no %q, in order, in %q", x.title, h, text)
				break
			}
			rest = after
		}
		if found := regexp.MustCompile(x.without).FindString(text); found != "" {
			t.Errorf("%s: %q stands in %q", x.title, found, text)
		}
	}
	chineseLine := regexp.MustCompile(`(?m)^AL2024-000\d .*$`)
	text, _ := own(t, "expert: Chinese numerals and comments")
	lines := chineseLine.FindAllString(text, -1)
	if len(lines) != 2 || digits.MatchString(lines[0][len("AL2024-0001"):]) || !strings.Contains(text, "2.3亿元、增长30%") {
		t.Errorf("%q", text)
	}
}

// The sheet comes back as it went out, filled.
func TestFilledSheet(t *testing.T) {
	_, raw := own(t, "expert: the sheet")
	_, parts := leaves(t, raw)
	file := parts[len(parts)-1]
	if file.name != "评分表-陈知行.xlsx" {
		t.Fatalf("%q", file.name)
	}
	x, err := excelize.OpenReader(bytes.NewReader(file.data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("评分表")
	if err != nil {
		t.Fatal(err)
	}
	want := scoreSheet().Rows
	for i, n := range []string{"AL2024-0001", "AL2024-0002"} {
		p := Points(Experts()[1].Address, n)
		want[2+i] = append(want[2+i], p[:]...)
	}
	if fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("%v\n%v", rows, want)
	}
}

// Into the quote: the scores stand in the letter's own lines, below the quote's head.
func TestFilledQuote(t *testing.T) {
	_, raw := own(t, "expert: into the quoted form")
	_, parts := leaves(t, raw)
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(parts[0].data)
	if err != nil {
		t.Fatal(err)
	}
	_, quote, ok := strings.Cut(string(text), "原始邮件")
	for _, n := range []string{"AL2024-0001", "AL2024-0002"} {
		p := Points(Experts()[2].Address, n)
		_, after, _ := strings.Cut(quote, "\n"+n)
		for i, c := range criteria() {
			want := c + "：" + p[i] + "\n"
			var found bool
			if _, after, found = strings.Cut(strings.ReplaceAll(after, "\r", ""), want); !found {
				t.Errorf("%s: no %q in the quote", n, want)
			}
		}
	}
	if !ok {
		t.Error("nothing is quoted")
	}
}

// A machine on leave says so in its headers.
func TestLeave(t *testing.T) {
	_, raw := own(t, "expert on leave")
	h, _ := leaves(t, raw)
	if h.Get("Auto-Submitted") != "auto-replied" || h.Get("X-QQ-AUTO-REPLY") == "" {
		t.Errorf("%v", h)
	}
}

// Staff answer rows and confirm what waits.
func TestStaffOfTheJudging(t *testing.T) {
	for title, want := range map[string]string{"staff: list of experts": "专家名单", "staff: list confirmed": "确认 EEEE-5555", "staff: eligibility by rows": "1、2 通过",
		"staff: begin the review": "启动评审", "staff: review confirmed": "确认 EEEE-5555", "staff: end the review": "结束评审", "staff: the ranking": "排名"} {
		if text, _ := own(t, title); text != want {
			t.Errorf("%s: %q", title, text)
		}
	}
	_, raw := own(t, "staff: list of experts")
	_, parts := leaves(t, raw)
	x, err := excelize.OpenReader(bytes.NewReader(parts[len(parts)-1].data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("专家名单")
	if err != nil || len(rows) != len(Experts())+1 || !slices.Contains(rows[4], "he.yanqiu@poly.example") {
		t.Errorf("%v %v", rows, err)
	}
	avoided := ""
	for _, p := range everyCase() {
		if p.Unit == Experts()[3].Avoid {
			avoided = p.Unit
		}
	}
	if avoided == "" {
		t.Error("the organisation to avoid is none of the cast")
	}
}

// Points lie within the maxima, in halves, and depend on expert and case alone.
func TestPoints(t *testing.T) {
	seen := map[[5]string]bool{}
	for _, e := range Experts() {
		for n := range 20 {
			number := fmt.Sprintf("AL2024-%04d", n)
			p := Points(e.Address, number)
			if p != Points(e.Address, number) {
				t.Error("not the same twice")
			}
			seen[p] = true
			for i, most := range []float64{30, 25, 20, 15, 10} {
				v, err := strconv.ParseFloat(p[i], 64)
				if err != nil || v < most*0.7 || v > most || v*2 != float64(int(v*2)) || strings.HasSuffix(p[i], ".0") {
					t.Errorf("%s %s: %q of %v", e.Address, number, p[i], most)
				}
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d different sheets", len(seen))
	}
}

func TestChinese(t *testing.T) {
	for in, want := range map[string]string{"0": "零", "7": "七", "8.5": "八点五", "10": "十", "14": "十四", "20": "二十", "27.5": "二十七点五", "30": "三十"} {
		if got := chinese(in); got != want || strings.ContainsFunc(got, unicode.IsDigit) {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
