package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/review"
)

// judge is what comes after the deadline, by mail alone: the list of experts,
// eligibility, requests, three answers, the end and the ranking.
func (o *town) judge(t *testing.T, desk anli) {
	t.Helper()
	daemon := desk.runs(t)
	panel := sample.Experts()[:3]
	list := sample.File{Path: "专家名单.csv", Data: []byte("姓名,邮箱\n")}
	for _, e := range panel {
		list.Data = fmt.Appendf(list.Data, "%s,%s\n", e.Name, e.Address)
	}
	o.order(t, "专家名单", list)
	o.order(t, "0003、0004、0005 通过")
	o.order(t, "启动评审")
	points := [][5]string{{"27", "22", "18", "13", "9"}, {"25.5", "20", "16", "12", "8"}, {"24", "21", "17", "11", "9"}}
	for i, e := range panel {
		request := o.comes(t, e.Address, "请评分", 0)
		var lines []string
		for k, n := range []string{"0003", "0004", "0005"} {
			lines = append(lines, n+" "+strings.Join(points[(i+k)%3][:], " "))
		}
		o.post(t, e.Address, sample.Mail{Client: e.Program, From: e.Address, FromName: e.Name, At: time.Now(), Answers: &request, Text: strings.Join(lines, "\n")}.Bytes())
		if echo := o.comes(t, e.Address, "评分回执", 0); !strings.Contains(echo.Subject, "已记录3个案例的评分") {
			t.Errorf("%s is told %q", e.Name, echo.Subject)
		}
	}
	o.order(t, "结束评审")
	had := o.number(t, sample.Officer, "排名")
	o.order(t, "排名")
	o.comes(t, sample.Officer, "排名", had)
	o.settled(t)
	daemon.stop(t)
	lookAtScores(t, desk, points)
	if out := desk.does(t, exitDone, "verify", "--replay"); !strings.Contains(out, "no difference") {
		t.Errorf("verify --replay after the judging: %s", out)
	}
}

// lookAtScores: every score is as its expert wrote it.
func lookAtScores(t *testing.T, desk anli, points [][5]string) {
	t.Helper()
	dir := filepath.Join(filepath.Dir(desk.config), "judged")
	desk.does(t, exitDone, "export", dir)
	raw, err := os.ReadFile(filepath.Join(dir, "scores.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got review.Record
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Scores) != 9 {
		t.Errorf("%d scorings, want 9", len(got.Scores))
	}
	for _, s := range got.Scores {
		i := slices.IndexFunc(sample.Experts(), func(e sample.Expert) bool { return e.Address == s.Expert })
		k := int(s.Number[len(s.Number)-1] - '3')
		for c, criterion := range reviewDefaults().Criteria {
			if want := points[(i+k)%3][c]; s.Scores[criterion.Name].String() != want || s.Unproved {
				t.Errorf("%s, %s, %s: %v, he gave %s", s.Expert, s.Number, criterion.Name, s.Scores[criterion.Name], want)
			}
		}
	}
}

// order lets the officer answer his newest transcript, and confirm where he is asked to.
func (o *town) order(t *testing.T, text string, files ...sample.File) {
	t.Helper()
	const result, confirm = "【处理结果】", "待确认"
	for {
		had := o.number(t, sample.Officer, result)
		newest := o.comes(t, sample.Officer, result, had-1)
		o.post(t, sample.Officer, sample.Mail{Client: sample.NetEase, From: sample.Officer, FromName: "张伟", At: time.Now(), Answers: &newest, Text: text, Files: files}.Bytes())
		said := o.comes(t, sample.Officer, result, had)
		switch {
		case !strings.Contains(said.Subject, "无错误"):
			t.Fatalf("%q: %s\n%s", text, said.Subject, said.Text)
		case !strings.Contains(said.Subject, confirm):
			return
		}
		text, files = "确认 "+said.Code, nil
	}
}

// number is how many letters with this word in the subject somebody has.
func (o *town) number(t *testing.T, addr, word string) (n int) {
	t.Helper()
	for _, raw := range o.read(t, addr, "INBOX") {
		if l, err := sample.ReadLetter(raw); err == nil && strings.Contains(l.Subject, word) {
			n++
		}
	}
	return n
}

// comes waits until somebody has more than so many letters with this word in the
// subject, and gives the newest.
func (o *town) comes(t *testing.T, addr, word string, had int) (newest sample.Letter) {
	t.Helper()
	until(t, 40*time.Second, addr+" gets "+word, func() bool {
		n := 0
		for _, raw := range o.read(t, addr, "INBOX") {
			if l, err := sample.ReadLetter(raw); err == nil && strings.Contains(l.Subject, word) {
				n, newest = n+1, l
			}
		}
		return n > had
	})
	return newest
}
