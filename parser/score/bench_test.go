package score

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkRead300KB reads an answer with 300 KB of HTML, a request with many
// cases, quoted whole, its table filled in: from the raw mail, and from its text.
func BenchmarkRead300KB(b *testing.B) {
	r := desk()
	r.Cases = nil
	for i := range 40 {
		r.Cases = append(r.Cases, Case{fmt.Sprintf("AL2024-%04d", i+1), fmt.Sprintf("佛山市第%c%c家居科技有限公司", '一'+rune(i), '甲'+rune(i)), fmt.Sprintf("“%c%c”泛家居产业带直播选品与售后一体化服务", '丙'+rune(i), '丁'+rune(i))})
	}
	l := requestLetter(r)
	const style = `<td class="ink" style="font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif;padding:3px 0 3px 18px;font-size:15px;line-height:24px;color:#1f2328;">`
	for len(l.HTML) < 290_000 {
		const words = "项目的主要难点：1.品类规格多，标准化程度低，商品主数据超过46万条；2.产销两端信息不对称，预测准确率不足55%。近三年研发投入累计3,480万元，占营业收入的5.1%，取得软件著作权23项，2023年获省级数字商务企业称号。"
		l.HTML = strings.Replace(l.HTML, "</table></body>", "<tr>"+style+words+"</td></tr></table></body>", 1)
		l.Text += words + "\n"
	}
	r.Letters = []Letter{l}
	html := l.HTML
	for i := range r.Cases {
		cells := strings.Repeat("<td>&nbsp;</td>", len(r.Criteria)+1)
		html = strings.Replace(html, cells, fmt.Sprintf("<td>27</td><td>22</td><td>18</td><td>13</td><td>%d.5</td><td>数据详实，增长30%%</td>", 6+i%3), 1)
	}
	raw := []byte("From: chen@univ.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" +
		"<html><body><div>见下表</div><blockquote>" + html + "</blockquote></body></html>\n")
	b.Run("mail and answer", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			if a := Read(readMail(b, raw, true), r); len(a.Cells) != 200 {
				b.Fatalf("%d cells", len(a.Cells))
			}
		}
	})
	b.Run("answer", func(b *testing.B) {
		in := readMail(b, raw, true)
		b.ReportAllocs()
		for b.Loop() {
			if a := Read(in, r); len(a.Cells) != 200 {
				b.Fatalf("%d cells", len(a.Cells))
			}
		}
	})
}
