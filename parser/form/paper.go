package form

import (
	"regexp"
	"strings"
)

// Words that make a line the title of a paper. Lines are compared without
// spaces; a sentence, an item of a list or a long line is never a title.
var (
	formTitle = regexp.MustCompile(`(申报表|申请表|申报书|推荐表)(\(.{1,12}\))?$`)
	// licenseTitle: 营业执照, and what bodies other than companies have instead.
	licenseTitle = regexp.MustCompile(`^(中华人民共和国)?(企业法人|个体工商户|电子)?(营业执照|事业单位法人证书|(社会团体|民办非企业单位|基金会|社会服务机构)(法人)?登记证书|统一社会信用代码证书)(\(?[正副]本\)?)?(\(?电子\)?)?$`)
	certTitle    = regexp.MustCompile(`(证书|奖状|荣誉称号|许可证|登记证|奖牌|认定书|备案证明)$`)
	coverTitle   = regexp.MustCompile(`^(.{0,30}(推荐函|报送函|推荐报告)|.{0,30}关于.{0,40}(报送|推荐|上报|呈报|申报).{0,60}的?(函|报告|请示))$`)
	summaryTitle = regexp.MustCompile(`(汇总表|汇总清单|推荐名单)(\(.{1,12}\))?$`)
	sentence     = regexp.MustCompile(`[。；;！？]`)
	listed       = regexp.MustCompile(`^(附件?\d*[:：]|\(?[一二三四五六七八九十\d]{1,3}[)、.．:]|①|②|③)`)
	codeLabel    = regexp.MustCompile(`(统一社会信用代码|信用代码|社会信用代码|注册号)[/／]?(注册号)?[:：]?`)
)

// title reports whether a line, compacted, may be the title of a paper.
func title(line string, most int) bool {
	return line != "" && len([]rune(line)) <= most && !sentence.MatchString(line) && !listed.MatchString(line)
}

// otherPaper tells papers that are not forms. A title counts near the start, or
// anywhere in a short text: a long text may have a heading of the same words.
func otherPaper(lines []textLine, rows []row, words int) string {
	if isSummary(lines, rows) {
		return PaperSummary
	}
	all := compact(joined(lines))
	for i := range lines {
		line := compact(lines[i].text)
		if i >= 15 && words > 1500 {
			break
		}
		switch {
		case title(line, 30) && licenseTitle.MatchString(line) && codeLabel.MatchString(all):
			return PaperLicense
		case !lines[i].table && i < 15 && isCover(lines, i):
			return PaperCover
		case title(line, 24) && certTitle.MatchString(line) && (i < 6 || words < 300):
			return PaperCertificate
		}
	}
	return ""
}

func joined(lines []textLine) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text + "\n")
	}
	return b.String()
}

// isCover looks for the title of a letter, which may be set in up to three lines.
func isCover(lines []textLine, i int) bool {
	t := ""
	for k := i; k < min(i+3, len(lines)); k++ {
		t += compact(lines[k].text)
		if title(t, 90) && coverTitle.MatchString(t) {
			return true
		}
	}
	return false
}

// isSummary looks for a table with a head row of labels, under the title of a
// list or with numbers in its first column.
func isSummary(lines []textLine, rows []row) bool {
	titled := false
	for i := range min(15, len(lines)) {
		line := compact(lines[i].text)
		titled = titled || title(line, 50) && summaryTitle.MatchString(line)
	}
	for _, r := range rows {
		heads, numbered := 0, false
		for _, c := range r.cells {
			t := compact(c.text)
			numbered = numbered || t == "序号"
			for _, w := range []string{"单位", "案例", "项目", "领域", "联系人", "电话", "地市", "邮箱"} {
				if strings.Contains(t, w) && len([]rune(t)) <= 16 {
					heads++
					break
				}
			}
		}
		if heads >= 3 && (titled || numbered) {
			return true
		}
	}
	return false
}
