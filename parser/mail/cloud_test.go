package mail

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Words beside a link tell its file only where they are near, and what is kept of a
// link is bounded.
func TestCloudBounds(t *testing.T) {
	const link = "https://pan.baidu.com/s/1aBcDeFg"
	far := strings.Repeat("各位老师好", 60)
	for _, c := range []struct{ name, text, file, size, expires string }{
		{"near", "材料.zip " + link, "材料.zip", "", ""},
		{"behind", link + " 材料.zip（35.6M）有效期至2024年11月14日", "材料.zip", "35.6M", "2024年11月14日"},
		{"behind other words", far[:300] + "，材料.zip " + link, "材料.zip", "", ""},
		{"far above", "材料.zip（35.6M），" + far + "\n" + link, "", "", ""},
		{"far before on its line", "文件：材料.zip，" + far + " " + link, "", "", ""},
		{"far behind", link + " " + far + "，材料.zip（35.6M）永久有效", "", "", ""},
	} {
		files := new(clouds).files(c.text)
		if len(files) != 1 {
			t.Fatalf("%s: %+v", c.name, files)
		}
		if f := files[0]; f.Name != c.file || f.Size != c.size || f.Expires != c.expires || f.URL != link {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	for _, long := range []string{strings.Repeat("a", 5000), strings.Repeat("甲", 5000), "a" + strings.Repeat("甲", 5000)} {
		files := new(clouds).files("材料.zip " + link + "?pwd=" + long)
		if len(files) != 1 || len(files[0].URL) > maxAddress || len(files[0].URL) < maxAddress-3 || !utf8.ValidString(files[0].URL) || files[0].Name != "材料.zip" {
			t.Errorf("a long address: %+v", files)
		}
	}
	for n := range 12 {
		if a, b := firstBytes("a甲乙丙", n), lastBytes("甲乙丙a", n); len(a) > n || len(b) > n || !utf8.ValidString(a+b) || n > 9 && a+b != "a甲乙丙甲乙丙a" {
			t.Errorf("%d bytes: %q %q", n, a, b)
		}
	}
}

// Addresses that bureaus' mails carry and that are no files: signatures, home pages,
// help, advertisements, questionnaires, meetings, the web mail itself.
func TestNoCloud(t *testing.T) {
	for _, address := range []string{
		"https://mail.163.com/dashi/dlpro.html?from=mail88", "https://dashi.163.com/projects/signature-manager/detail/index.html?ftlId=1", "https://wx.mail.qq.com/home/index?t=readmail_businesscard_midpage&code=abc",
		"https://mail.qq.com/cgi-bin/readtemplate?t=help", "https://exmail.qq.com/login", "http://mail.fs.gov.cn/coremail/index.jsp?sid=abc", "http://mail.fs.gov.cn/coremail/XT5/index.jsp",
		"https://pan.baidu.com/", "https://pan.baidu.com/download", "https://yun.139.com/", "https://cloud.189.cn/web/main/", "https://www.189.cn/gd/", "https://www.jianguoyun.com/#/", "https://www.123pan.com/",
		"https://meeting.tencent.com/dm/aBcDeFg", "https://mp.weixin.qq.com/s/aBcDeFg", "https://docs.qq.com/form/page/DAbc", "https://work.weixin.qq.com/ca/abc", "https://www.wjx.cn/vm/abc.aspx",
		"https://com.gd.gov.cn/zwgk/gggs/content/post_1.html", "https://www.qiye.example/drive/s/1", "https://shop.m.taobao.com/shop?id=1",
	} {
		for _, text := range []string{address, "材料见附件。\n李四\n" + address, "企业网址（" + address + "）"} {
			if files := new(clouds).files(text); len(files) > 0 {
				t.Errorf("%s: %+v", text, files)
			}
		}
	}
}
