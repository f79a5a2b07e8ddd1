package command

import (
	"regexp"
	"strings"
)

// How bureaus say the same in a sentence: a greeting or a number of their list before
// it, the verb in brackets, 这6个文件都是AL2024-0007的, 照片用U盘寄.

var (
	// salutation stands before what is said, on the same line.
	salutation = regexp.MustCompile(`^(?:[\p{Han}]{0,8}[,，:：]?\s*)?[您你]好[\s,，。.!！:：;；]*`)
	pleaseTake = regexp.MustCompile(`^(?:敬?请|烦请)(?:查收|审阅|审核|查阅)[,，。;；]\s*`)
	// listed is the place in somebody's list; a file's name may begin so, too.
	listed = regexp.MustCompile(`^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十])[)）.、．]|[·●•\-–—*])\s*(` + verbs + `|[A-Za-z]{1,6}\s*\d{4}\D?\d{4})`)
	// framed is a verb in brackets.
	framed = regexp.MustCompile(`^[\[【(（“"「]\s*(` + verbs + `)\s*[\]】)）”"」]\s*[:：]?\s*`)
)

const verbs = `更正|撤回|恢复|替换|请核|稍后|[UuＵｕ]盘|主要领域|进度|不申报|同意|不并入`

// bare is a line without what stands before the words that count.
func bare(text string) string {
	text = pleaseTake.ReplaceAllString(text, "")
	if rest := salutation.ReplaceAllString(text, ""); rest != "" {
		text = rest
	}
	text = listed.ReplaceAllString(text, "$1")
	return framed.ReplaceAllString(text, "$1 ")
}

var (
	// everything is what a person calls all files that were asked about.
	everything = regexp.MustCompile(`^(?:(?:以上|上述|前述|这些?|全部|所有|都)(?:的)?(?:[\d一二两三四五六七八九十]{1,3}[个张份])?(?:的)?(?:文件|材料|附件|图片|照片|资料)?){1,2}$`)
	allOfThem  = regexp.MustCompile(`^([\p{Han}\d]{1,14}?)(?:都|均|全部|全)?(?:是|为|属于?|归入|归到|归)\s*(` + number + `)\s*(?:案例)?的?(?:材料|文件|照片|图片)?$`)
)

// All stands in a Line for every file that was asked about.
const All = "*"

// wholeLot reads 这6个文件都是AL2024-0007的; nil if it is none.
func wholeLot(text string) []Line {
	m := allOfThem.FindStringSubmatch(plain(text))
	if m == nil || !everything.MatchString(strings.TrimRight(m[1], "都均全")) {
		return nil
	}
	return []Line{{Verb: "=", Args: []string{All, numbers(m[2])[0]}}}
}

const (
	somebody = `(?:我们|我局|我市|企业|公司|单位|现|将|已|会|改|另|都|拟|需|要|待|再|,)*`
	items    = `([\p{Han}A-Za-z0-9、和及]{2,20}?)`
)

var (
	byStick = regexp.MustCompile(`^` + items + somebody + `(?:用|以|通过|拷|稍后寄)[Uu]\s?盘(?:的?形式|的?方式)?(?:寄|报送|报|邮寄|送|提供|提交|$)(.*)$`)
	later   = regexp.MustCompile(`^` + items + somebody + `(?:稍后|随后|后续|晚点)` + somebody + `(?:补|报送|提交|发)(?:交|充|报|送|上|来)?(.*)$`)
)

// InProse is the Rest of 稍后 or U盘 that was said in a sentence: where it names
// nothing that is open, it is none.
const InProse = "文"

// saidLater reads 照片用U盘寄 and 照片稍后补，预计10月20日前; the zero Line is neither.
func saidLater(s string) Line {
	if doubtful.MatchString(s) {
		return Line{}
	}
	verb, m := "U盘", byStick.FindStringSubmatch(s)
	if m == nil {
		verb, m = "稍后", later.FindStringSubmatch(s)
	}
	if m == nil {
		return Line{}
	}
	words := strings.FieldsFunc(itemNumber.ReplaceAllString(m[1], ""), func(r rune) bool { return strings.ContainsRune("、和及", r) })
	if len(words) == 0 {
		return Line{}
	}
	l := Line{Verb: verb, Args: []string{strings.Join(words, "、")}, Rest: InProse}
	if day := dayAtEnd.FindStringSubmatch(m[2]); day != nil && verb == "稍后" {
		l.Args = append(l.Args, day[1])
	}
	return l
}

// itemNumber stands behind the kind of a picture: 宣传图片3.
var itemNumber = regexp.MustCompile(`\d+`)

var (
	valueOf  = regexp.MustCompile(`^(?:请|现)?(?:将|把|对)?\s*(` + number + `)\s*的?\s*([\p{Han}A-Za-z]{2,8}?)\s*(?:更正为|改为|更改为|变更为|修改为|应为)\s*(\S.*)$`)
	takeBack = regexp.MustCompile(`(撤回|恢复)[^,;?]{0,8}?(` + number + `)`)
	takenOut = regexp.MustCompile(`(` + number + `)[^,;?]{0,24}(撤回)`)
	swapped  = regexp.MustCompile(`替换掉?(?:原|原来的?|原报的?)?\s*(` + number + `)\s*(?:[,;]|案例|$)`)
	saidOnly = regexp.MustCompile(`如需|如要|如果|若|已撤回|已替换|已恢复|回复|不再?撤回|无需|不用`)
)

// mentioned is a line that speaks of taking a case back, or of another in its place,
// and is no command: whoever wrote it would think it done. The zero Line is none.
func mentioned(s string) Line {
	if saidOnly.MatchString(s) || doubtful.MatchString(s) {
		return Line{}
	}
	verb, code := "", ""
	if m := takeBack.FindStringSubmatch(s); m != nil {
		verb, code = m[1], m[2]
	} else if m := takenOut.FindStringSubmatch(s); m != nil {
		verb, code = m[2], m[1]
	}
	if verb != "" {
		code = numbers(code)[0]
		return Line{Why: "句中提到的" + verb + "未执行，如需" + verb + "，请单独一行回复“" + verb + " " + code + "”"}
	}
	if m := swapped.FindStringSubmatch(s); m != nil {
		return Line{Why: "句中提到的替换未执行，如需以另一案例替换，请单独一行回复“替换 " + numbers(m[1])[0] + " 为 新案例的编号”"}
	}
	return Line{}
}
