package form

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

var statistic = regexp.MustCompile(`meta:word-count="(\d+)"`)

// wideMarks are counted each by Word in a Chinese text; LibreOffice joins some of them
// with their neighbours.
var wideMarks = regexp.MustCompile(`[“”—…]`)

// Count counts as office programs do: LibreOffice's own count of the same text.
func TestCountAsOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("soffice is needed in CI")
		}
		t.Skip("no soffice here")
	}
	dir := t.TempDir()
	texts := []string{
		"电子商务，2023年实现GMV 12,000万元，同比增长31.5%；采用SaaS 系统与 AI 技术（“云上定制”）——建设……完成。\nA/B test-case，3家。",
		"公司成立于2015年，主营定制家居的线上销售。\n\n拥有发明专利12项、软件著作权30项；网址：www.jiaju.example，邮箱ds@jiaju.example。",
		"一、基本情况\n（一）项目简介：通过“互联网+”与大数据、云计算（Cloud Computing）等技术，服务50+国家和地区，客户满意度≥98%。",
		"《数字贸易》杂志刊载本案例；获2023年度“十佳”称号！是否复制推广？已在3个镇街落地。",
		"电商 + 产业带：１２家企业，ＡＢＣ 三类。",
	}
	var args []string
	for i, text := range texts {
		name := filepath.Join(dir, strconv.Itoa(i)+".txt")
		if err := os.WriteFile(name, []byte("\ufeff"+text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	convert := exec.Command("soffice", append([]string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "fodt", "--outdir", dir}, args...)...)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for i, text := range texts {
		b, err := os.ReadFile(filepath.Join(dir, strconv.Itoa(i)+".fodt"))
		if err != nil {
			t.Fatal(err)
		}
		m := statistic.FindSubmatch(b)
		if m == nil {
			t.Fatalf("no count for %q", text)
		}
		want, _ := strconv.Atoi(string(m[1]))
		if got := Count(text); got < want || got > want+len(wideMarks.FindAllString(text, -1)) {
			t.Errorf("%d, LibreOffice counts %d: %q", got, want, text)
		}
	}
}
