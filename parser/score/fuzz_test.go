package score

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anli/parser/mail"
)

// phrases are what comments are made of: figures of every kind, and words that
// contain names of criteria.
var phrases = []string{
	"2.3亿元", "增长30%", "2023年", "27项专利", "9家企业", "12个地市", "前3名", "第2期", "98.6分的满意度", "1,980万单", "3,000万元", "5G", "ISO 9001", "1:4.6",
	"技术先进", "技术路线清晰", "创新点突出", "经济效益", "社会效益显著", "示范带动", "示范作用一般", "整体实力较强", "实力雄厚", "数据详实", "数据不全", "数据口径待核",
	"27", "9.5", "18", "22 ", "十分突出", "三分靠技术", "二是", "一是", "约20", "近12", "超过25", "不到9", "25左右", "8-10", "13%", "4.5天", "（1）", "2.", "3、", "①", "—", "/",
	"，", "。", "；", "、", " ", "：", "建议", "进一步", "推广", "较好", "可复制", "扣3分", "加2分", "满分30分", "总分", "合计", "评价", "表中第7行", "7号楼", "11月20日", "0755-26001234",
	"AIGC", "荔枝", "灯饰", "顺品", "直播", "平台", "企业", "公司", "案例", "材料", "该项目", "其余", "均", "都", "不是", "如果", "若", "可给", "原", "改进", "更正",
}

// comment makes a comment of phrases, one for each byte.
func comment(b []byte) string {
	var s strings.Builder
	for _, c := range b[:min(len(b), 60)] {
		s.WriteString(phrases[int(c)%len(phrases)])
	}
	return s.String()
}

// commented puts a comment wherever one can stand.
func commented(c string, r Request) []string {
	return []string{
		"AL2024-0007 27.25 22.25 18.25 13.25 9.25\n评语：" + c + "\nAL2024-0009 26.25 21.25 17.25 12.25 8.25",
		"AL2024-0007：技术性与创新性27.25，效益性22.25，示范性18.25，整体实力13.25，数据完整性9.25。评语：" + c,
		"AL2024-0007 27.25 22.25 18.25 13.25 9.25\n" + c + "\n\nAL2024-0009 26.25 21.25 17.25 12.25 8.25",
		"AL2024-0007：技术性与创新性27.25，" + c + "；效益性22.25；示范性18.25；整体实力13.25；数据完整性9.25",
		"AL2024-0007\n技术性与创新性：27.25（" + c + "）\n效益性：22.25\n示范性：18.25，" + c + "\n整体实力：13.25\n数据完整性：9.25",
		"编号\t技术\t效益\t示范\t实力\t数据\t评语\nAL2024-0007\t27.25\t22.25\t18.25\t13.25\t9.25\t" + c + "\nAL2024-0009\t26.25\t21.25\t17.25\t12.25\t8.25\t",
		"总的来看，" + c + "。\nAL2024-0007 27.25 22.25 18.25 13.25 9.25",
		fillForm(r.Letters[0].Text, "AL2024-0007", "27.25", "22.25", "18.25", "13.25", "9.25", c),
		"AL2024-0009 评语：" + c,
		"AL2024-0009 " + c,
		c,
	}
}

// Whatever figures a comment has, no score may come of it that was not given.
func FuzzComment(f *testing.F) {
	for i := range phrases {
		f.Add([]byte{byte(i), byte(i + 1), byte(i + 40), byte(7 * i)}, uint8(i))
	}
	r := desk()
	f.Fuzz(func(t *testing.T, b []byte, form uint8) {
		c := comment(b)
		bodies := commented(c, r)
		body := bodies[int(form)%len(bodies)]
		a := read(Input{Message: mail.Message{Text: body}, Proved: true}, r)
		for _, x := range a.Cells {
			if !given[x] && !given[Cell{Number: x.Number, Criterion: x.Criterion, Value: x.Value}] {
				t.Errorf("%s %s %d from %q in\n%s", x.Number, x.Criterion, x.Value, x.Words, body)
			}
		}
	})
}

// given are the scores in the bodies of FuzzComment: every one ends in .25, which
// no phrase has.
var given = func() map[Cell]bool {
	m := map[Cell]bool{}
	for i, c := range desk().Criteria {
		m[Cell{Number: "AL2024-0007", Criterion: c.Name, Value: []int{2725, 2225, 1825, 1325, 925}[i]}] = true
		m[Cell{Number: "AL2024-0009", Criterion: c.Name, Value: []int{2625, 2125, 1725, 1225, 825}[i]}] = true
	}
	return m
}()

// No mail makes reading fail, and every value recorded is within its range and
// stands in what was read.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/answers/*.eml")
	for _, name := range files {
		if raw, err := os.ReadFile(name); err == nil && len(raw) < 3000 {
			f.Add(raw)
		}
	}
	r := desk()
	r.Letters = append(r.Letters, echo())
	f.Add(eml("0007 27 22 18 13 9\n"+gmailHead+prefixed(fillForm(r.Letters[0].Text, "AL2024-0009", "27", "22")), "utf-8"))
	f.Add(eml(prefixed(echo().Text), "utf-8"))
	most := map[string]int{}
	for _, c := range r.Criteria {
		most[c.Name] = c.Max
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := mail.Read(bytes.NewReader(raw), mail.Limits{}, func(r io.Reader) (string, int64, error) {
			n, err := io.Copy(io.Discard, r)
			return "x", n, err
		})
		if err != nil {
			t.Fatal(err)
		}
		file := File{Name: "x.xlsx", Kind: "xlsx", Text: m.Subject, Tables: [][][]string{{strings.Split(m.Text, "\n")}}}
		a := read(Input{Message: m, Files: []File{file}, Proved: len(raw)%2 == 0}, r)
		said := compactAll(m.Text + m.TextHTML + m.Subject)
		seen := map[string]bool{}
		for _, c := range a.Cells {
			k := c.Number + c.Criterion
			if c.Value < 0 || c.Value > most[c.Criterion] || seen[k] {
				t.Errorf("%+v out of range or twice", c)
			}
			seen[k] = true
			if c.Words == "" || !strings.Contains(said, compactAll(c.Words)) {
				t.Errorf("%+v is not in what was written", c)
			}
		}
	})
}

func compactAll(s string) string { return string(compact(s)) }
