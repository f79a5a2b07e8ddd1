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

// greeted: what was cut from the front of a line ends as greetings do.
var greeted = regexp.MustCompile(`[您你]好[\s,，。.!！:：;；]|请`)

// fileLines reads an assignment. whole is the line as it came, text without what bare
// cut: that may be the name's own (你好广东.jpg, 1.AL2024-0007营业执照.jpg), and the
// first name then keeps it.
func fileLines(whole, text string) []Line {
	list := assignment(text)
	front, cut := strings.CutSuffix(whole, text) // else a verb in brackets
	if cut && list != nil && list[0].Args[0] != All && !greeted.MatchString(front) {
		list[0].Args[0] = front + list[0].Args[0]
	}
	return list
}

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

// countedLot is more than a bare 这 or 以上, which may mean the mail itself.
var countedLot = regexp.MustCompile(`[个张份些]|文件|材料|附件|图片|照片|资料|全部|所有`)

// All stands in a Line for every file that was asked about.
const All = "*"

// wholeLot reads 这6个文件都是AL2024-0007的, which is InProse: of files that the mail
// brings it is no order; nil if it is none.
func wholeLot(text string) []Line {
	m := allOfThem.FindStringSubmatch(plain(text))
	if m == nil || !everything.MatchString(strings.TrimRight(m[1], "都均全")) || !countedLot.MatchString(m[1]) {
		return nil
	}
	return []Line{{Verb: "=", Args: []string{All, numbers(m[2])[0]}, Rest: InProse}}
}

const (
	somebody = `(?:我们|我局|我市|企业|公司|单位|现|将|已|会|改|另|都|拟|需|要|待|再|,)*`
	items    = `([\p{Han}A-Za-z0-9、和及]{2,20}?)`
)

var (
	byStick = regexp.MustCompile(`^` + items + somebody + `(?:用|以|通过|拷|稍后寄)[Uu]\s?盘(?:的?形式|的?方式)?(?:寄|报送|报|邮寄|送|提供|提交|$)(.*)$`)
	later   = regexp.MustCompile(`^` + items + somebody + `(?:稍后|随后|后续|晚点)` + somebody + `(?:补|报送|提交|发)(?:交|充|报|送|上|来)?(.*)$`)
)

// InProse is the Rest of 稍后, U盘 or = that was said in a sentence: where it names
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
	if m == nil || negated.MatchString(s) {
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

// negated before or right behind the verb: 照片不用U盘寄, 照片稍后补不了.
var negated = regexp.MustCompile(`(?:[不没勿]|无需|无须)\p{Han}{0,4}(?:稍后|随后|后续|晚点|用|以|通过|拷|[Uu]\s?盘)|(?:稍后|随后|后续|晚点|[Uu]\s?盘)\p{Han}{0,4}[不没]`)

// itemNumber stands behind the kind of a picture: 宣传图片3.
var itemNumber = regexp.MustCompile(`\d+`)

var (
	valueOf  = regexp.MustCompile(`^(?:请|现)?(?:将|把|对)?\s*(` + number + `)\s*的?\s*([\p{Han}A-Za-z]{2,8}?)\s*(?:更正为|改为|更改为|变更为|修改为|应为)\s*(\S.*)$`)
	takeBack = regexp.MustCompile(`(撤回|恢复)[^,;?]{0,8}?(` + number + `)`)
	takenOut = regexp.MustCompile(`(` + number + `)[^,;?]{0,24}(撤回)`)
	swapped  = regexp.MustCompile(`替换掉?(?:原|原来的?|原报的?)?\s*(` + number + `)\s*(?:[,;]|案例|$)`)
	saidOnly = regexp.MustCompile(`如需|如要|如果|若|已撤回|已替换|已恢复|回复|无需|不用|(?:不|没|未|无意|并非)(?:同意|会|拟|要|想|打算|需|必|应|能|建议|有|说|过|曾|要求|申请|提出|考虑|准备|再|是)*(?:撤回|恢复|替换)`)
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
		return notDone(verb, numbers(code))
	}
	if m := swapped.FindStringSubmatch(s); m != nil {
		return Line{Why: "句中提到的替换未执行，如需以另一案例替换，请单独一行回复“替换 " + numbers(m[1])[0] + " 为 新案例的编号”"}
	}
	return Line{}
}
