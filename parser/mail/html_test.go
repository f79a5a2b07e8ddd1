package mail

import (
	"strings"
	"testing"
)

func TestHTMLText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"lines", "<div>甲</div><div>乙<br>丙</div><p>丁</p>", "甲\n乙\n丙\n丁\n"},
		{"white space", "<p> a\n  b&nbsp;<b>c</b> d </p>", "a b c d\n"},
		{"word across tags", "8<span>5</span>", "85"},
		{"struck out", "效益性<s>24</s> <del>25</del><strike>26</strike>23", "效益性 23"},
		{"struck out and never closed", "<p>甲<s>乙</p><p>丙</p>", "甲\n丙\n"},
		{"entities once", "&lt;b&gt; &amp;lt;", "<b> &lt;"},
		{"table", "<table><tr><th>指标</th><th>得分</th></tr><tr><td>创新性</td><td>8<span>5</span></td></tr></table>", "指标\t得分\n创新性\t85\n"},
		{"blocks in cells", "<table><tr><td><p>创新性</p></td><td><div>90</div></td></tr></table>", "创新性\t90\n"},
		{"two lines in a cell", "<table><tr><td>创新性<br>(30)</td><td>90</td></tr></table>", "创新性 (30)\t90\n"},
		{"empty cells count", "<table><tr><td></td><td>90</td><td></td></tr></table>", "\t90\t\n"},
		{"layout table", "<table><tr><td><div>甲</div><div>乙</div></td></tr></table>", "甲\n乙\n"},
		{"page in a cell beside another", "<table><tr><td>x</td><td>1<br>2<br>3<br>4<br>5</td></tr></table>", "x\t1\n2\n3\n4\n5\n"},
		{"table in a cell", "<table><tr><td>头<table><tr><td>创新性</td><td>90</td></tr></table>尾</td></tr></table>", "头\n创新性\t90\n尾\n"},
		{"row end forgotten", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td\n"},
		{"merged across", "<table><tr><td colspan=2>甲</td><td>90</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>", "甲\t\t90\na\tb\tc\n"},
		{"merged down", "<table><tr><td>a</td><td rowspan=2>甲</td><td>90</td></tr><tr><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>", "a\t甲\t90\nb\t\tc\nd\te\tf\n"},
		{"merged at the end", "<table><tr><td>a</td><td rowspan='2' colspan='2'>甲</td></tr><tr><td>b</td></tr></table>", "a\t甲\t\nb\t\t\n"},
		{"lines in a cell across all", "<table><tr><td colspan=2><div>甲</div><div>乙</div></td></tr></table>", "甲\n乙\t\n"},
		{"merged without measure", "<table><tr><td colspan=99999>a</td><td rowspan=-1>b</td></tr></table>", "a\tb\n"},
		{"merged within merged", "<table><tr><td rowspan=2>a</td><td><table><tr><td>x</td><td>y</td></tr><tr><td>z</td></tr></table></td></tr><tr><td>b</td></tr></table>", "a\t\nx\ty\nz\n\tb\n"},
		{"list", "<ul><li>甲</li><li>乙</li></ul>", "- 甲\n- 乙\n"},
		{"rule", "甲<hr>乙", "甲\n----------\n乙"},
		{"preformatted", "<pre>a  b\n  c</pre>d", "a  b\n  c\nd"},
		{"not shown", "<html><head><title>t</title><style>p{}</style></head><body>a<script>b</script>c</body>", "ac"},
		{"style not closed before body", "<head><title>x<body>a", ""}, // a title takes everything (HTML)
		{"quote", "我<blockquote>旧<div>旧二</div></blockquote>新", "我\n> 旧\n> 旧二\n新"},
		{"quote in quote", "<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n> > b\n> c\n"},
		{"indent is no quote", `<blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;"><div>90</div></blockquote>`, "90\n"},
		{"163", `<div>同意</div><br>At 2024-10-15 10:21:33, "x" &lt;a@b.test&gt; wrote:<br><blockquote id="isReplyContent"><div>旧</div></blockquote>`, "同意\n\nAt 2024-10-15 10:21:33, \"x\" <a@b.test> wrote:\n> 旧\n"},
		{"NetEase for Mac", `<div>同意</div><div id="ntes-pcmac-mail-quote"><div>旧</div></div>`, "同意\n> 旧\n"},
		{"Outlook on the web", `<div>同意</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>发件人:</b> a</div><div>旧</div>`, "同意\n> ----------\n> 发件人: a\n> 旧\n"},
		{"answers within Gmail's quote", `<div class="gmail_quote"><blockquote class="gmail_quote">问</blockquote><div>答</div></div>`, "> 问\n答\n"},
		{"quoted table", "<blockquote><table><tr><td><p>a</p></td><td><p>b</p></td></tr></table></blockquote>", "> a\tb\n"},
		{"not HTML", "a < b", "a < b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, in := range []string{tt.in, strings.ReplaceAll(tt.in, "\n", "\r\n")} {
				got, whole := HTMLText(in, 10_000)
				if got != tt.want || !whole {
					t.Errorf("HTMLText(%q)\n got %q %v\nwant %q", in, got, whole, tt.want)
				}
			}
		})
	}
}

// Whole replies in HTML: what is left as fresh after rendering.
func TestHTMLReplies(t *testing.T) {
	tests := []struct{ name, in, fresh string }{
		{"QQ", `<div>创新性&nbsp;90分</div><div><!--emptysign--></div><div style="font-size:12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef"><div><b>发件人:</b>&nbsp;"部"</div></div><div>创新性：__</div>`, "创新性 90分"},
		{"Gmail", `<div dir="ltr">评分：<b>85</b></div><br><div class="gmail_quote"><div class="gmail_attr">部 &lt;<a href="mailto:a@b.test">a@b.test</a>&gt; 于2024年10月15日周二 10:21写道：<br></div><blockquote class="gmail_quote"><p>__</p></blockquote></div>`, "评分：85"},
		{"Outlook for the desk", `<div class=WordSection1><p class=MsoNormal>创新性：90<o:p></o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>发件人<span lang=EN-US>:</span></b><span lang=EN-US> a@b.test<br></span><b>发送时间<span lang=EN-US>:</span></b> 2024年10月15日<br><b>收件人:</b> x<br><b>主题:</b> t</p></div><p>创新性：__</p></div>`, "创新性：90"},
		{"Foxmail", `<div>同意</div><hr style="width: 210px; height: 1px;"><div><span>张三<div>13800000000</div></span></div><blockquote style="margin-Top: 0px; margin-Left: 0.5em"><div><b>发件人：</b> a@b.test</div><div>旧</div></blockquote>`, "同意"},
		{"Exmail", `<div>同意</div><div><includetail><div>&nbsp;</div><div style="font:Verdana"><div>------------------&nbsp;Original&nbsp;------------------</div><div><b>From: </b>&nbsp;"a"&lt;a@b.test&gt;;</div></div><div>旧</div></includetail></div>`, "同意"},
	}
	for _, tt := range tests {
		text, _ := HTMLText(tt.in, 10_000)
		if fresh, _ := split(text); fresh != tt.fresh {
			t.Errorf("%s: fresh of %q is %q, want %q", tt.name, text, fresh, tt.fresh)
		}
	}
}

func TestHTMLTextIsBounded(t *testing.T) {
	if _, whole := HTMLText(strings.Repeat("<b>x", 1000), 100); whole {
		t.Error("1,000 tokens read under a bound of 100")
	}
	const n = 20_000
	for name, in := range map[string]string{
		"div":        strings.Repeat("<div>", n) + "x",
		"blockquote": strings.Repeat("<blockquote>x", n),
		"table":      strings.Repeat("<table><tr><td>x", n) + strings.Repeat("</td></tr></table>", n),
		"cells":      "<table><tr>" + strings.Repeat("<td><p>x</p>", n),
	} {
		got, whole := HTMLText(in, 1_000_000)
		if !whole || len(got) > 20*n || !strings.Contains(got, "x") {
			t.Errorf("%s nested %d deep: %d bytes, whole %v", name, n, len(got), whole)
		}
	}
}
