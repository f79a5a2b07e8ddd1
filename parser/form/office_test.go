package form

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// LibreOffice's count of a document's words; docProps/app.xml of a .docx that it saves
// says the same.
var statistic = regexp.MustCompile(`meta:word-count="(\d+)"`)

// Where Word counts otherwise than LibreOffice, Word is followed: its 字数 is what the
// notice speaks of and what the sender sees. There is no Word here: what it does is
// taken from published measurements (see TestCount) and descriptions of full-width marks.
//   - “”, ‘’, —— and …… are full-width marks in a Chinese text: Word counts each,
//     LibreOffice takes them for parts of words or for gaps;
//   - ①②③ is one run in Word, three characters in LibreOffice, which counts ℃ ‰ № Ⅱ
//     likewise where nothing joins them;
//   - a character beyond U+FFFF counts 1, twice at some places in LibreOffice.
var counted = []struct {
	text string
	word int // how many more than LibreOffice Word counts
	why  string
}{
	{"电子商务，2023年实现GMV 12,000万元，同比增长31.5%；采用SaaS 系统与 AI 技术（“云上定制”）——建设……完成。\nA/B test-case，3家。", 3, "quotes, dash, dots"},
	{"公司成立于2015年，主营定制家居的线上销售。\n\n拥有发明专利12项、软件著作权30项；网址：www.jiaju.example，邮箱ds@jiaju.example。", 0, ""},
	{"一、基本情况\n（一）项目简介：通过“互联网+”与大数据、云计算（Cloud Computing）等技术，服务50+国家和地区，客户满意度≥98%。", 1, "+”"},
	{"《数字贸易》杂志刊载本案例；获2023年度“十佳”称号！是否复制推广？已在3个镇街落地。", 0, ""},
	{"电商 + 产业带：１２家企业，ＡＢＣ 三类。", 0, ""},
	{"网址https://www.example.cn/a/b?id=1&x=2，详见官网", 0, ""},
	{"销售额1,234,567.89元，占比12.5%，3/5完成，2023-10-01至2024.9.30，10:30开始", 0, ""},
	{"emoji😀测试👍好", 0, ""},
	{"😀😀 😀", 0, ""},
	{"a b  c\td", 0, ""},
	{"中 文 空 格　全角　空格", 0, ""},
	{"Hello, world! It's e-commerce.", 0, ""},
	{"AI+电商、B2B/B2C、O2O、C2M模式", 0, ""},
	{"“引号”‘单引号’'ascii' \"x\"", 2, "quotes"},
	{"破折号——省略号……间隔·点—短", 4, "dash, dots, middle dot"},
	{"①②③ ⅠⅡ №1 ℃ ㎡ ‰", -2, "①②③"},
	{"℃25度，100㎡，5‰，≥90%，±3，×2，÷4", 0, ""},
	{"10～20家，10~20家，10-20家，10—20家，10–20家", 0, ""},
	{"（1）第一；(2)第二；1.第三；1、第四", 0, ""},
	{"全角，。；：？！、（）【】《》“”", 1, "quotes"},
	{"half,.;:?!()[]<>", 0, ""},
	{"𠮷野家𠀀", -1, "beyond U+FFFF"},
	{"ｶﾀｶﾅ カタカナ ひらがな 한국어 단어", 0, ""},
	{"Wi-Fi6、5G、4K/8K、SKU数1.2万+，GMV￥3亿，$5M，€2", 0, ""},
	{"增长 ↑ 20% → 30%", 0, ""},
	{"test\u00a0nbsp\u200bzw", 0, ""},
	{"α系数，Москва город", 0, ""},
	{"100%国产；100 %国产；5 G", 0, ""},
}

// Count is LibreOffice's own count of the same text but for what Word counts otherwise.
func TestCountAsOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("soffice is needed in CI")
		}
		t.Skip("no soffice here")
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "fodt", "--outdir", dir}
	for i, c := range counted {
		name := filepath.Join(dir, fmt.Sprintf("%02d.txt", i))
		if err := os.WriteFile(name, []byte("\ufeff"+c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for i, c := range counted {
		b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%02d.fodt", i)))
		if err != nil {
			t.Fatal(err)
		}
		m := statistic.FindSubmatch(b)
		if m == nil {
			t.Fatalf("no count for %q", c.text)
		}
		office, _ := strconv.Atoi(string(m[1]))
		if got := Count(c.text); got != office+c.word {
			t.Errorf("%d, LibreOffice counts %d, Word %+d (%s): %q", got, office, c.word, c.why, c.text)
		}
	}
}
