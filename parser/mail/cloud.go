package mail

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CloudFile is a file that came as a link and not with the mail: a provider's 超大附件,
// or a share of a net disk. What the mail does not tell is "".
type CloudFile struct {
	Name    string `json:"name"`
	Size    string `json:"size"`    // as written: 35.60M
	Expires string `json:"expires"` // as written: 2024年11月14日 17:26
	Service string `json:"service"` // 超大附件, 百度网盘, …
	URL     string `json:"url"`
	Quoted  bool   `json:"quoted"` // it stands in what is quoted, and the mail's own provider did not put it there
}

// maxCloud links of one mail are told.
const maxCloud = 50

// bigAttachment is what the links of mail providers' own stores are called.
const bigAttachment = "超大附件"

// cloudServices are the addresses of shared files; other pages of the same houses,
// such as help and advertisements, are none.
var cloudServices = []struct {
	name string
	re   *regexp.Regexp
}{
	{bigAttachment, regexp.MustCompile(`(?i)^(?:i?wx\.mail\.qq\.com/(?:ftn/|s\?)|(?:[a-z0-9]+\.)?(?:ex)?mail\.qq\.com/cgi-bin/ftnExs|fs\.(?:qiye\.)?163\.com/fs/|mail\.(?:163|126|yeah)\.(?:com|net)/large-attachment|dashi\.163\.com/html/cloud-attachment|edisk\.qiye\.163\.com/|u\.163\.com/\w)`)},
	{bigAttachment, regexp.MustCompile(`(?i)^(?:(?:[a-z0-9-]+\.)*mail\.sina\.com(?:\.cn)?/filecenter/|(?:[a-z0-9-]+\.)*mail\.10086\.cn/\S*(?:largeattach|bigattach|filecenter|disk|download)|download\.cloud\.189\.cn/|(?:[a-z0-9-]+\.)*189\.cn/\S*(?:largeattach|bigattach)|(?:[a-z0-9-]+\.)*aliyun\.com/alimail/\S*(?:largeattach|bigattach|netdisk))`)},
	{bigAttachment, regexp.MustCompile(`(?i)^[a-z0-9.-]+(?::\d+)?/coremail/\S*(?:nf:|nflink|netfolder|netdisk|largeattach|sharelink|func=nf)`)},
	{"百度网盘", regexp.MustCompile(`(?i)^(?:pan|yun|eyun)\.baidu\.com/(?:s/|share/|link)`)},
	{"阿里云盘", regexp.MustCompile(`(?i)^(?:www\.)?(?:aliyundrive|alipan)\.com/s/`)},
	{"夸克网盘", regexp.MustCompile(`(?i)^pan\.quark\.cn/s/`)},
	{"腾讯微云", regexp.MustCompile(`(?i)^share\.weiyun\.com/\w`)},
	{"企业微信微盘", regexp.MustCompile(`(?i)^drive\.weixin\.qq\.com/s`)},
	{"天翼云盘", regexp.MustCompile(`(?i)^cloud\.189\.cn/(?:t/|web/share|web/main/file|share)`)},
	{"139云盘", regexp.MustCompile(`(?i)^(?:yun|caiyun)\.139\.com/(?:link|m/i|w/i|shareweb|front)`)},
	{"123云盘", regexp.MustCompile(`(?i)^(?:www\.)?123(?:pan|684|865|912|592|952)\.(?:com|cn)/s/`)},
	{"网盘", regexp.MustCompile(`(?i)^(?:(?:[a-z0-9-]+\.)?lanzou[a-z]*\.com/|pan\.xunlei\.com/s/|115(?:cdn)?\.com/s/|www\.jianguoyun\.com/p/|(?:[a-z0-9]+\.)?cowtransfer\.com/s/|www\.wenshushu\.cn/[fk]/|(?:[a-z0-9]+\.)?ctfile\.com/|drive\.uc\.cn/s/|1drv\.ms/|drive\.google\.com/(?:file|drive|open))`)},
}

// cloudHint is cheap: most mails have no such link.
var cloudHint = regexp.MustCompile(`(?i)mail\.qq\.com|163\.com/|weixin\.qq|weiyun|pan\.|yun\.|aliyundrive|alipan|189\.cn|10086\.cn|139\.com|123(?:pan|684|865|912|592|952)\.|coremail/|mail\.126|mail\.yeah|sina\.com|aliyun\.com|lanzou|115(?:cdn)?\.com|jianguoyun|cowtransfer|wenshushu|ctfile|drive\.`)

// cloudService tells whose link an address is; "" for any other address.
func cloudService(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		rest = address
	}
	for _, s := range cloudServices {
		if s.re.MatchString(rest) {
			return s.name
		}
	}
	return ""
}

// anchor is a link of the mail, as it is marked in its text.
type anchor struct {
	address, said, file string // said: the words that are to be clicked on; file: its attribute
}

// Marks of private use, set into the text where a link stands.
const (
	markOpen  = '\uE000' // then a number
	markClose = '\uE001'
)

var (
	anchorPattern = regexp.MustCompile(`(?is)<a\b([^>]*)>(.*?)</a>`)
	attrPattern   = regexp.MustCompile(`(?is)(?:^|\s)(href|filename|download)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))`)
	tagPattern    = regexp.MustCompile(`(?s)<[^>]*>`)
	urlPattern    = regexp.MustCompile(`(?i)(?:https?://|\b(?:pan\.baidu|pan\.quark|cloud\.189|share\.weiyun|www\.alipan|www\.aliyundrive|www\.123pan)\.)[^\s<>"“”（）「」，。；、\x{E000}\x{E001}]+`)
	markPattern   = regexp.MustCompile(`\x{E000}(\d+)\x{E001}`)
)

// clouds collects the links to files of one mail.
type clouds struct {
	anchors []anchor
	texts   []string // of HTML, with marks
}

// addHTML renders a page that has such links once more, with marks.
func (c *clouds) addHTML(src string) {
	if !cloudHint.MatchString(src) {
		return
	}
	before := len(c.anchors)
	src = strings.NewReplacer(string(markOpen), "", string(markClose), "").Replace(src)
	marked := anchorPattern.ReplaceAllStringFunc(src, func(a string) string {
		m := anchorPattern.FindStringSubmatch(a)
		x := anchor{said: strings.TrimSpace(html.UnescapeString(tagPattern.ReplaceAllString(m[2], "")))}
		for _, v := range attrPattern.FindAllStringSubmatch(m[1], 20) {
			value := html.UnescapeString(v[2] + v[3] + v[4])
			switch strings.ToLower(v[1]) {
			case "href":
				x.address = oneLine(value)
			case "filename":
				x.file = value
			}
		}
		if len(c.anchors) >= 4*maxCloud || cloudService(x.address) == "" || strings.Contains(x.said, "客户端") { // an advertisement
			return a
		}
		return c.mark(x)
	})
	text, _ := HTMLText(marked, htmlNodes)
	text = c.markPlain(tidy(text))
	if len(c.anchors) > before {
		c.texts = append(c.texts, text)
	}
}

func (c *clouds) mark(x anchor) string {
	c.anchors = append(c.anchors, x)
	return string(markOpen) + strconv.Itoa(len(c.anchors)-1) + string(markClose)
}

// markPlain marks addresses that stand in the text itself.
func (c *clouds) markPlain(text string) string {
	return urlPattern.ReplaceAllStringFunc(text, func(address string) string {
		if len(c.anchors) >= 4*maxCloud || cloudService(address) == "" {
			return address
		}
		return c.mark(anchor{address: address})
	})
}

// files finds what the links are; plain is the body where no HTML has links.
func (c *clouds) files(plain string) []CloudFile {
	texts := c.texts
	if len(texts) == 0 && cloudHint.MatchString(plain) {
		plain = strings.NewReplacer(string(markOpen), "", string(markClose), "").Replace(plain)
		texts = []string{c.markPlain(plain)}
	}
	if len(c.anchors) == 0 {
		return nil
	}
	var out []CloudFile
	for _, text := range texts {
		out = c.inText(text, out)
	}
	return out
}

// titlePattern is what a provider sets above the block of links it adds, also
// below what is quoted.
var titlePattern = regexp.MustCompile(`^[\s>＞|]*从.{1,30}(?:发来|发送)的(?:超大附件|云附件|大附件|文件|网盘附件)`)

// near is how many lines above a link may name its file.
const near = 3

func (c *clouds) inText(text string, out []CloudFile) []CloudFile {
	lines := Lines(text)
	own, signed := false, false // below the provider's title; in a signature
	for i, l := range lines {
		own = own || titlePattern.MatchString(l.Text) && !isQuoted(l.Text)
		if signed = signed || signatureMark.MatchString(l.Text); signed && !own {
			continue
		}
		marks := markPattern.FindAllStringSubmatchIndex(l.Text, -1)
		for k, m := range marks {
			n, err := strconv.Atoi(l.Text[m[2]:m[3]])
			if err != nil || n >= len(c.anchors) || len(out) >= maxCloud {
				continue
			}
			from, to := 0, len(l.Text)
			if k > 0 {
				from = marks[k-1][1]
			}
			if k+1 < len(marks) {
				to = marks[k+1][0]
			}
			before, after := l.Text[from:m[0]], l.Text[m[1]:to]
			if k == 0 {
				before = above(lines, i) + before
			}
			if k+1 == len(marks) && i+1 < len(lines) && !strings.ContainsRune(lines[i+1].Text, markOpen) {
				after += "\n" + lines[i+1].Text
			}
			out = addCloud(out, c.anchors[n], before, after, l.Quoted && !own)
		}
	}
	return out
}

// above are the lines over a link that belong to it: back to a link or a blank line.
func above(lines []Line, i int) string {
	text := ""
	for k := i - 1; k >= 0 && k >= i-near; k-- {
		l := strings.TrimSpace(lines[k].Text)
		if l == "" || strings.ContainsRune(l, markOpen) {
			break
		}
		text = l + "\n" + text
	}
	return text
}

// onlyClick are words on a second link to the file that was named before it.
var onlyClick = regexp.MustCompile(`^[\[【<]?(?:进入|点击|立即|打开|前往)?(?:下载|查看|预览|保存|转存|在线预览|下载页面|下载附件|打开)(?:页面|链接|到云盘|到网盘)?[\]】>]?$`)

// Limits on what is told of a link: longer addresses are nobody's share, and words
// further off than some lines are not about it.
const (
	maxAddress = 2048
	maxBeside  = 600 // bytes on either side
)

// addCloud adds a file, or what a second link to it tells more.
func addCloud(out []CloudFile, a anchor, before, after string, quoted bool) []CloudFile {
	before, after = lastBytes(before, maxBeside), firstBytes(after, maxBeside)
	f := CloudFile{Service: cloudService(a.address), URL: firstBytes(a.address, maxAddress), Quoted: quoted}
	f.Name = cloudName(a, before, after)
	f.Size, f.Expires = firstOf(sizePatterns, before, after), firstOf(expiryPatterns, before, after)
	for i := len(out) - 1; i >= 0; i-- {
		o := &out[i]
		same := o.URL == f.URL || f.Name != "" && o.Name == f.Name && o.Service == f.Service
		if !same && !(i == len(out)-1 && f.Name == "" && o.Service == f.Service && onlyClick.MatchString(a.said)) {
			continue
		}
		o.Name, o.Size, o.Expires = cmp.Or(o.Name, f.Name), cmp.Or(o.Size, f.Size), cmp.Or(o.Expires, f.Expires)
		o.Quoted = o.Quoted && f.Quoted
		return out
	}
	return append(out, f)
}

// firstBytes are at most n bytes of a text, cut at a character.
func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func lastBytes(s string, n int) string {
	from := max(0, len(s)-n)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:]
}

const fileEnding = `\.(?i:zip|rar|7z|tar|gz|z0\d|00\d|docx?|docm|xlsx?|pptx?|pdf|ofd|wps|et|dps|txt|csv|jpe?g|png|gif|bmp|tiff?|webp|heic|psd|ai|cdr|eps|svg|mp4|mov|avi|wmv|flv|mkv|mpe?g|m4v|mp3|wav|exe|iso)`

var (
	endsAsFile = regexp.MustCompile(fileEnding + `$`)
	sized      = regexp.MustCompile(`([^\n]{1,150}?)\s*[(（]\s*[\d.,]+\s*(?i:[KMGT]i?B?|字节|bytes)\s*[,，)）]`)
	quotedName = regexp.MustCompile(`[「『《“"]([^「」『』《》“”"\n]{1,150})[」』》”"]`)
	saidName   = regexp.MustCompile(`(?:分享的文件|分享了文件|文件名称?|附件名称?|文件|名称)\s*[:：]\s*([^\n]{1,150}?)\s*(?:[(（]?链接|[，,；;]|$|\n)`)
	bareName   = regexp.MustCompile(`[^\s<>"“”「」『』《》|:：*?/\\（(，,、；;。]{1,120}` + fileEnding + `\b`)
	leading    = regexp.MustCompile(`^(?:[-·•*>\s]+|\d{1,2}[.、)）]\s*)`)

	sizePatterns = []*regexp.Regexp{
		regexp.MustCompile(`[(（]\s*([\d.,]+\s*(?i:[KMGT]i?B?|字节|bytes))\s*[,，)）]`),
		regexp.MustCompile(`大小\s*[:：]?\s*([\d.,]+\s*(?i:[KMGT]i?B?|字节|bytes))`),
		regexp.MustCompile(`(?:^|[\s|])([\d.,]+\s*(?i:[KMGT]i?B?))(?:[\s,，|]|$)`),
	}
	expiryPatterns = []*regexp.Regexp{
		regexp.MustCompile(`(\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)\s*(?:到期|过期|失效|前有效|截止)`),
		regexp.MustCompile(`(?:有效期|到期时间|过期时间|失效时间|截止时间|有效时间)\s*(?:至|到|为|截止)?\s*[:：]?\s*(?:至|到)?\s*(\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?|\d{1,4}\s*天|永久有效|永久|无限期|长期有效)`),
		regexp.MustCompile(`(\d{1,4}\s*天)(?:后|内)(?:过期|到期|失效|有效)`),
		regexp.MustCompile(`(无限期|永久有效|长期有效)`),
	}
)

// firstOf looks behind the link before it looks above it: a list has the next
// file's lines there.
func firstOf(patterns []*regexp.Regexp, before, after string) string {
	for _, text := range []string{after, before} {
		for _, p := range patterns {
			if all := p.FindAllStringSubmatch(text, -1); len(all) > 0 {
				m := all[0]
				if text == before {
					m = all[len(all)-1]
				}
				return strings.Join(strings.Fields(m[1]), " ")
			}
		}
	}
	return ""
}

// cloudName is what the file is called: by the link itself, then by the words
// beside it.
func cloudName(a anchor, before, after string) string {
	name := ""
	switch {
	case a.file != "":
		name = a.file
	case a.said != "" && endsAsFile.MatchString(a.said):
		name = a.said
	default:
		name = nameIn(before, after)
	}
	if name == "" {
		if u, err := url.Parse(a.address); err == nil {
			for _, key := range []string{"title", "filename", "fileName", "fname", "name"} {
				if v := u.Query().Get(key); endsAsFile.MatchString(v) {
					name = v
				}
			}
		}
	}
	return CleanName(strings.TrimSpace(leading.ReplaceAllString(strings.TrimSpace(name), "")))
}

func nameIn(before, after string) string {
	if m := last(sized, before); m != "" {
		return m
	}
	for _, m := range quotedName.FindAllStringSubmatch(before, -1) {
		if endsAsFile.MatchString(m[1]) {
			return m[1]
		}
	}
	if m := last(saidName, before); m != "" && !strings.ContainsAny(m, "/:：") {
		return m
	}
	if all := bareName.FindAllString(before, -1); len(all) > 0 {
		return all[len(all)-1]
	}
	line, _, _ := strings.Cut(after, "\n")
	return bareName.FindString(line)
}

func last(p *regexp.Regexp, text string) string {
	all := p.FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		return ""
	}
	return strings.TrimSpace(all[len(all)-1][1])
}
