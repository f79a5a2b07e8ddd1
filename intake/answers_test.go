package intake

import (
	"fmt"
	"strings"
	"testing"

	"anli/parser/command"
)

// say lets a bureau answer with lines, in the thread of these cases, and gives
// what became of each.
func (k *court) say(text string, thread ...string) []string {
	k.t.Helper()
	k.n++
	var out []string
	k.sit(func(s *Sitting) {
		sha := fmt.Sprintf("mail-%02d", k.n)
		m := s.Record(Mail{SHA256: sha, MessageID: "<" + sha + "@x.example>", Substance: sha, From: "sw@foshan.example", Subject: "回复", Arrival: k.now, Sent: k.now, Route: RouteSubmission})
		in := Incoming{Mail: m, City: "佛山市", Address: "sw@foshan.example", Lines: command.Bureau(text), Proof: true, Thread: thread}
		results, _ := s.bureauLines(in, &Burst{ID: sha, City: "佛山市", Address: in.Address})
		for _, r := range results {
			out = append(out, fmt.Sprint(r.OK, " ", r.Text))
		}
	})
	return out
}

// roleIn is what a case's file counts for, by path.
func (k *court) roleIn(number, path string) Role {
	k.t.Helper()
	for _, f := range k.get(number).Files {
		if f.Path == path && f.Standing == StandingActive {
			return f.Role
		}
	}
	return ""
}

// A bureau puts right what a file was taken for, in the words it has; where more
// than one file may be meant, it is asked which.
func TestAssignRoles(t *testing.T) {
	const one, two = "AL2024-0001", "AL2024-0002"
	for _, c := range []struct {
		name, text, thread string
		want               string // how many were done
		answer             string // in the last answer
		role               Role   // of 照片1.jpg of the first case afterwards
	}{
		{"as the receipt asks", "照片1.jpg = 宣传图", one, "1", "已改按宣传图片登记", RolePromo},
		{"full width", "照片1.jpg＝宣传图片", one, "1", "", RolePromo},
		{"with 是", "照片1.jpg 是宣传图片", one, "1", "", RolePromo},
		{"with a colon", "照片1.jpg：宣传图片", one, "1", "", RolePromo},
		{"without its ending", "照片1 = 宣传图片", one, "1", "", RolePromo},
		{"in an archive, by its path", "图片.zip/1.jpg = 照片", one, "1", "图片.zip/1.jpg", RolePhoto},
		{"in an archive, by its name", "1.jpg = 照片", one, "1", "", RolePhoto},
		{"as Windows writes paths", `图片.zip\1.jpg = 照片`, one, "1", "", RolePhoto},
		{"several lines", "照片1.jpg = 宣传图片\n照片2.jpg：宣传图片\n图片.zip/1.jpg 是 LOGO", one, "3", "", RolePromo},
		{"several files on a line", "照片1.jpg、照片2.jpg = 宣传图片", one, "2", "", RolePromo},
		{"of the case that is named", one + " 照片1.jpg = 宣传图片", one + " " + two, "1", "", RolePromo},
		// must not
		{"two cases have such a file", "照片1.jpg = 宣传图片", one + " " + two, "0", "请写明编号和路径，例如“AL2024-0001 照片1.jpg = 宣传图片”", RolePhoto},
		{"of another case", two + " 照片1.jpg = 宣传图片", one + " " + two, "1", "AL2024-0002", RolePhoto},
		{"two files are called so", "同名.jpg = 照片", one, "0", "有2个文件叫“同名.jpg”", RolePhoto},
		{"no such file", "照片9.jpg = 宣传图片", one, "0", "没有找到", RolePhoto},
		{"no role", "照片1.jpg = 最好看的一张", one, "0", "类别应为", RolePhoto},
		{"an equation in prose", "投入=12亿元", one, "0", "", RolePhoto},
		{"a question", "照片1.jpg是宣传图片吗？", one, "0", "", RolePhoto},
		{"a list in prose", "照片1.jpg：公司门头", one, "0", "", RolePhoto},
	} {
		k := newCourt(t)
		extra := "\n[案例]-" + unitA + "+" + caseA + "/图片.zip/1.jpg\n[案例]-" + unitA + "+" + caseA + "/甲/同名.jpg\n[案例]-" + unitA + "+" + caseA + "/乙/同名.jpg"
		k.mail("sw@foshan.example", pack(unitA, caseA)+extra, false)
		k.mail("sw@foshan.example", pack(unitB, caseB), false)
		got := k.say(c.text, strings.Fields(c.thread)...)
		done := 0
		for _, r := range got {
			if strings.HasPrefix(r, "true") {
				done++
			}
		}
		last := strings.Join(got, "\n")
		if fmt.Sprint(done) != c.want || !strings.Contains(last, c.answer) || k.roleIn(one, "照片1.jpg") != c.role {
			t.Errorf("%s: %s; 照片1.jpg is %s", c.name, last, k.roleIn(one, "照片1.jpg"))
		}
	}
}

// Cameras name files by the day, and bureaus by our own numbers: that is no case's
// number before the name.
func TestAssignNumberedNames(t *testing.T) {
	const one, two = "AL2024-0001", "AL2024-0002"
	const camera, own, licence = "IMG20241015102233.jpg", "AL2024-0002-门头.jpg", "AL20240002102233.jpg"
	for _, c := range []struct {
		name, text, thread string
		answer             string
		path               string // of the first case, which is a promotional picture afterwards
	}{
		{"a camera's name", camera + " = 宣传图片", one, "AL2024-0001中“" + camera + "”已改按", camera},
		{"a camera's name in prose", camera + "是宣传图片", one, "true", camera},
		{"behind the number", one + " " + camera + " = 宣传图片", one + " " + two, "AL2024-0001中“" + camera + "”已改按", camera},
		{"a name that begins with another case's number", own + " = 宣传图片", one, "AL2024-0001中“" + own + "”已改按", own},
		{"that and more digits", licence + " = 宣传图片", one, "AL2024-0001中“" + licence + "”已改按", licence},
		{"several behind one number", one + " 照片1.jpg、照片2.jpg = 宣传图片", one + " " + two, "“照片2.jpg”已改按", "照片2.jpg"},
		// must not
		{"the number is another's", two + "-照片1.jpg = 宣传图片", one, "AL2024-0002中“照片1.jpg”", ""},
		{"no such case", "AL2024-0009 照片1.jpg = 宣传图片", one, "false 贵市没有编号为AL2024-0009的案例", ""},
		{"no such file", "DSC20241015.jpg = 宣传图片", one, "false 没有找到名为“DSC20241015.jpg”的文件", ""},
		{"not in the case of the number", two + " " + camera + " = 宣传图片", one + " " + two, "false 没有找到名为“" + camera + "”的文件", ""},
	} {
		k := newCourt(t)
		at := "\n[案例]-" + unitA + "+" + caseA + "/"
		k.mail("sw@foshan.example", pack(unitA, caseA)+at+camera+at+own+at+licence, false)
		k.mail("sw@foshan.example", pack(unitB, caseB), false)
		got := strings.Join(k.say(c.text, strings.Fields(c.thread)...), "\n")
		if !strings.Contains(got, c.answer) || c.path != "" && k.roleIn(one, c.path) != RolePromo || c.path == "" && k.roleIn(one, "照片1.jpg") != RolePhoto {
			t.Errorf("%s: %s; %s is %s", c.name, got, c.path, k.roleIn(one, c.path))
		}
	}
}

// A role that a mail gives the files it brings.
func TestSaidRoles(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	for text, want := range map[string]string{
		"IMG20241015102233.jpg = 照片":           "IMG20241015102233.jpg",
		"AL2024-0001-营业执照.jpg = 证书":            "AL2024-0001-营业执照.jpg", // a file is called so
		"AL2024-0001 照片1.jpg = 宣传图片":           "照片1.jpg",
		"AL2024-0009 照片1.jpg = 宣传图片":           "AL2024-0009 照片1.jpg", // no such case
		"AL2024-0001 照片1.jpg、照片2.jpg = 宣传图片":   "照片1.jpg 照片2.jpg",
		"IMG20241015102233.jpg、照片2.jpg = 宣传图片": "IMG20241015102233.jpg 照片2.jpg",
	} {
		k.look(func(s *Sitting) {
			pieces := k.d.pieces("AL2024-0001-营业执照.jpg\n照片1.jpg\n照片2.jpg")
			said := s.saidRoles(Incoming{City: "佛山市", Pieces: pieces, Lines: command.Bureau(text)})
			if got := strings.Join(sortedKeys(said), " "); got != want {
				t.Errorf("%s: %s", text, got)
			}
		})
	}
}

// Said in a sentence, what is open follows later; what is here already is passed over,
// and where nothing is open the sentence is one.
func TestLaterInProse(t *testing.T) {
	const one = "AL2024-0001"
	for text, want := range map[string]string{
		"LOGO、营业执照稍后补":         "true 已登记，AL2024-0001的LOGO（",
		"LOGO稍后补，预计10月20日前报送。": "true 已登记，AL2024-0001的LOGO（",
		"营业执照稍后补":              "", // it is here
		"营业执照、照片稍后补":           "",
		"LOGO不再稍后补":            "",
	} {
		k := newCourt(t)
		k.mail("sw@foshan.example", pack(unitA, caseA, "LOGO", "logo"), false)
		if got := strings.Join(k.say(text, one), "\n"); got == "" != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %s", text, got)
		}
	}
}
