"""Webmail: QQ, NetEase (163/126), Coremail, Tencent Exmail, Aliyun/DingTalk, Gmail, Outlook on the web, Sina, 139."""

import html

import dom
import markup
from dom import Node, Raw, write
from reply import DAYS, ENGLISH, MONTHS, Reply, zh_date


def esc(text):
    return html.escape(text, quote=False)


def _above(p, **how):
    nodes = markup.own(p.above, **how)
    if p.answer.rich:
        nodes += dom.parse(p.answer.rich).kids
    return nodes


def qq(asked, a):
    p = Reply(asked, a)
    charset = a.charset or "GB18030"
    r = asked
    nodes = _above(p)
    if p.quotes:
        tree = p.tree("plain")
        box = Node("div", {"class": "qmbox"}, [Node("style", {}, [markup.style_node(tree).text().replace("\n.", "\n.qmbox .")]),
                                               markup.as_editor(tree, classes=lambda c: c)])
        nodes += [Node("div", {}, [Node("br")]), Node("div", {}, [Node("br")])] + _qq_head(r) + [Node("div", {}, [Node("br")]), box]
    nodes += markup.own(p.below)
    page = '<meta http-equiv="Content-Type" content="text/html; charset=%s">' % charset + "".join(write(n) for n in nodes)
    page += '<style type="text/css">.qmbox style, .qmbox script, .qmbox head, .qmbox link, .qmbox meta {display: none !important;}</style>'
    plain = p.flat(nodes, cell="\n", nbsp="&nbsp;").replace(">", "&gt;")  # QQ's plain part does keep these marks
    number = "_%s_%s_%s" % (p.token[:8], p.token[8:16], p.token[16:24])
    headers = p.headers(charset.lower(), prefix="回复：", msgid="tencent_%s@qq.com" % p.token[:40], quoted_names=True,
                        more=["X-Priority: 3", "X-QQ-MIME: TCMime 1.0 by Tencent", "X-Mailer: QQMail 2.x", "X-QQ-Mailer: QQMail 2.x"])
    return p.build(headers, plain, page, "----=_NextPart" + number, charset, "base64",
                   preamble=b"This is a multi-part message in MIME format.\r\n\r\n")


def _qq_head(r):
    line = lambda name, value: Node("div", {}, [Node("b", {}, [name + ":"]), "\u00a0" + value])
    return [
        Node("div", {"style": "font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;"}, ["------------------\u00a0原始邮件\u00a0------------------"]),
        Node("div", {"style": "font-size: 12px;background:#efefef;padding:8px;"}, [
            line("发件人", '"%s"<%s>;' % (r.from_name, r.from_addr)), line("发送时间", zh_date(r.date)),
            line("收件人", '"%s"<%s>;' % (r.to_name, r.to_addr)), Node("div"), line("主题", r.subject)]),
    ]


def qqnew(asked, a):
    """QQ Mail since 2024: an article with a rule and a table in place of the dashes."""
    p = Reply(asked, a)
    r = asked
    nodes = [Node("p", {}, n.kids) for n in _above(p)]
    if p.quotes:
        row = lambda k, v: Node("div", {}, [Node("span", {"style": "color: rgb(149, 157, 166);"}, [k + "："]), Node("span", {}, [v])])
        card = Node("table", {"data-uneditable": "true", "style": "line-height: 20px; border-radius: 6px; background-color: rgba(20, 46, 77, 0.05);"}, [
            Node("tbody", {}, [Node("tr", {}, [Node("td", {"style": "padding: 8px;"}, [
                row("发件人", "%s <%s>" % (r.from_name, r.from_addr)), row("发件时间", zh_date(r.date, "").replace(" ", " ")),
                row("收件人", "%s <%s>" % (r.to_name, r.to_addr)), row("主题", r.subject)])])])])
        rule = Node("div", {"style": "display:flex;align-items:center;padding-top:8px", "contenteditable": "false"}, [
            "\n        ", Node("div", {"style": "color:#959DA6;font-size:12px;line-height:30px"}, ["原始邮件"]), "\n        ", Node("hr", {"style": "flex-grow:1"}), "\n      "])
        nodes.append(Node("article", {"style": "line-height: 1.43;"}, [rule, card, Node("div", {}, [Node("br")]), markup.as_editor(p.tree("div"))]))
    nodes += markup.own(p.below, "p")
    page = "".join(write(n) for n in nodes)
    headers = p.headers("utf-8", prefix="Re:", msgid="tencent_%s@qq.com" % p.token[:40], quoted_names=True,
                        more=["X-QQ-MIME: TCMime 1.0 by Tencent", "X-Mailer: QQMail 2.x"])
    return p.build(headers, p.flat(nodes, cell="\t", blank=True), page, "----=_NextPart_%s_%s" % (p.token[:8], p.token[8:16]), "utf-8", "base64")


def netease(asked, a):
    p = Reply(asked, a)
    charset, r = a.charset or "GBK", asked
    nodes = _above(p)
    line = '在 %s，"%s" <%s> 写道：' % (r.date.strftime("%Y-%m-%d %H:%M:%S"), r.from_name, r.from_addr)
    if p.quotes and a.program == "163text":
        marked = "\n".join(t if own else ">" + t for t, own in p.lines())
        nodes += [Node("p", {"style": "margin: 0;"}, [Node("br")])] * 2 + [Node("pre", {}, [Node("br"), line + "\n" + marked])]
    elif p.quotes:
        nodes += [Node("p", {"style": "margin: 0;"}, [Node("br")])] * 3
        nodes += [Node("div", {"style": "position:relative;zoom:1"}), Node("div", {"id": "divNeteaseMailCard"}), Node("p", {}, [line]),
                  Node("blockquote", {"id": "isReplyContent", "style": "PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid"},
                       [markup.as_editor(p.tree("nbsp"), restyle=lambda s: markup.css(s, ":", ";", rgb=False), drop=("class",))])]
    nodes += markup.own(p.below)
    page = '<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial">%s</div>' % "".join(write(n) for n in nodes)
    headers = p.headers(charset, "B", "Re:", "%s.%s.%s.Coremail.%s@163.com" % (p.token[:7].lower(), p.token[7:11].lower(), p.token[11:22].lower(), r.to_addr.split("@")[0]),
                        more=["X-Priority: 3", "X-Mailer: Coremail Webmail Server Version XT5.0.14 build 20240801(9da12a7b) Copyright (c) 2002-2024 www.mailtech.cn 163com"])
    plain = p.flat(nodes, cell="\t")
    return p.build(headers, plain, page, "----=_Part_%s_%s.%s" % (int(p.token[:5], 16), int(p.token[5:13], 16), int(p.token[13:24], 16)), charset, "base64", style="plain")


def mailmaster(asked, a):
    """NetEase Mail Master: the quote's head and every table become |…| lines in the plain part."""
    p = Reply(asked, a)
    r = asked
    nodes = _above(p)
    if p.quotes:
        row = lambda k, v: Node("tr", {}, [Node("td", {"style": "color:#999;"}, ["| " + k]), Node("td", {}, [v + " |"])])
        head = Node("table", {"width": "100%"}, [Node("tbody", {}, [
            row("发件人", "%s<%s>" % (r.from_name, r.from_addr)), row("日期", r.date.strftime("%Y年%m月%d日 %H:%M")),
            row("收件人", "%s<%s>" % (r.to_name, r.to_addr)), row("主题", r.subject)])])
        nodes.append(Node("div", {"class": "J-reply ntes-mailmaster-quote", "style": "padding-top: 1px"}, [
            Node("div", {"style": "margin:2em 0 1em;font-size:14px;line-height:22px"}, ["---- 回复的原邮件 ----"]), head,
            markup.as_editor(p.tree("plain"), drop=("class", "role"))]))
    nodes += markup.own(p.below)
    page = "<html><head>\n    <meta http-equiv='Content-Type' content='text/html; charset=UTF-8'>\n</head>\n<body><div>%s</div></body></html>" % "".join(write(n) for n in nodes)
    page = page.replace("| 发件人<", "发件人<").replace("| 日期<", "日期<").replace("| 收件人<", "收件人<").replace("| 主题<", "主题<").replace(" |</td>", "</td>")
    headers = p.headers("UTF-8", prefix="回复：", msgid=p.token[:8].lower() + "." + p.token[8:20].lower() + "@univ.example", more=["X-Priority: 3", "X-CUSTOM-MAIL-MASTER-SENT-ID: " + p.token[:36]])
    return p.build(headers, p.flat(nodes, cell=" | "), page, "=_mailmaster-%s_%s" % (p.token[:8].lower(), p.token[8:16].lower()), "UTF-8", "base64", style="plain")


def coremail(asked, a):
    """Universities' and offices' webmail. coremail-old writes no marks into the plain part."""
    p = Reply(asked, a)
    charset, r = a.charset or ("GBK" if a.program == "coremail-old" else "UTF-8"), asked
    own = _above(p)
    head = ["-----原始邮件-----", "发件人:%s <%s>" % (r.from_name, r.from_addr), "发送时间:%s (星期%s)" % (r.date.strftime("%Y-%m-%d %H:%M:%S"), DAYS[r.date.weekday()]),
            "收件人: %s <%s>" % (r.to_name, r.to_addr), "抄送: ", "主题: " + r.subject, ""]
    plain, nodes = p.flat(own, cell="\t"), list(own)
    if p.quotes:
        quoted = markup.as_editor(p.tree("br"), restyle=lambda s: markup.css(s, ":", ";", rgb=False), tbody=True)
        copy = p.flat([quoted], cell="\t" if a.program == "coremail" else " ").split("\n")
        mark = "> " if a.program == "coremail" else ""
        plain += "\n\n\n" + "\n".join(mark + l for l in head + copy)
        lines = []
        for i, text in enumerate(head[:-1]):
            name, _, value = text.partition(":")
            lines += [text if i == 0 else Node("b", {}, [name + ":"]), "" if i == 0 else value, Node("br")]
        nodes += [Node("br"), Node("br"), Node("blockquote", {"name": "replyContent", "class": "ReferenceQuote",
                  "style": "padding-left:5px;margin-left:5px;border-left:#b6b6b6 2px solid;margin-right:0;"}, lines + [Node("br"), quoted])]
    if p.below:
        nodes += markup.own(p.below)
        plain += "\n" + "\n".join(p.below)
    page = "".join(write(n) for n in nodes)
    headers = p.headers(charset, prefix="Re: ", msgid="%s.%s.%s.Coremail.%s" % (p.token[:7].lower(), p.token[7:11].lower(), p.token[11:22].lower(), r.to_addr),
                        more=["X-Priority: 3", "X-Mailer: Coremail Webmail Server Version XT6.0.5 build 20240117(5f1a9d4c) Copyright (c) 2002-2024 www.mailtech.cn univ"])
    return p.build(headers, plain, page, "----=_Part_%s_%s.%s" % (int(p.token[:5], 16), int(p.token[5:13], 16), int(p.token[13:24], 16)), charset, "base64", style="plain")


def exmail(asked, a):
    p = Reply(asked, a)
    r = asked
    english = a.program == "exmail-en"
    names = ("From: ", "Date: ", "To: ", "Subject: ") if english else ("发件人: ", "发送时间: ", "收件人: ", "主题: ")
    at = r.date
    when = "%s, %s %d, %d %s" % (ENGLISH[at.weekday()], MONTHS[at.month - 1], at.day, at.year, at.strftime("%I:%M %p")) if english else zh_date(at)
    nodes = _above(p)
    if p.quotes:
        values = ('"%s"<%s>; ' % (r.from_name, r.from_addr), when, '"%s"<%s>; ' % (r.to_name, r.to_addr), r.subject)
        nodes += [Node("div", {}, ["\u00a0"]), Node("div", {}, [
            Node("includetail", {}, [Node("div", {"style": "font:Verdana normal 14px;color:#000;"}, [
                Node("div", {"style": "FONT-SIZE: 12px;FONT-FAMILY: Arial Narrow;padding:2px 0 2px 0;"}, ["------------------\u00a0%s\u00a0------------------" % ("Original" if english else "原始邮件")]),
                Node("div", {"style": "FONT-SIZE: 12px;background:#efefef;padding:8px;"}, [Node("div", {"id": "menu_sender"}, [Node("b", {}, [k]), "\u00a0" + v]) for k, v in zip(names, values)]),
                Node("div", {}, ["\u00a0"]),
                Node("div", {"style": "position:relative;"}, [Node("div", {"id": "tmpcontent_res"}), markup.as_editor(p.tree("plain"), tbody=False, drop=("role",))])])])])]
    nodes += markup.own(p.below)
    page = "".join(write(n) for n in nodes)
    headers = p.headers("utf-8", prefix="Re:" if english else "回复: ", msgid="tencent_%s@qq.com" % p.token[:24], quoted_names=True,
                        more=["X-Priority: 3", "X-QQ-MIME: TCMime 1.0 by Tencent", "X-Mailer: QQMail 2.x", "X-BIZMAIL-ID: %d" % int(p.token[:15], 16)])
    return p.build(headers, p.flat(nodes, cell=" "), page, "----=_NextPart_%s_%s_%s" % (p.token[:8], p.token[8:16], p.token[16:24]), "utf-8", "base64")


def aliyun(asked, a):
    """Aliyun; 'dingtalk' takes the tables apart when it quotes."""
    p = Reply(asked, a)
    r = asked
    font = "font-family:Tahoma,Arial,STHeiti,SimSun;font-size:14.0px;color:#000000;"
    line = lambda lines: markup.own(lines, "div", {"style": "clear:both;"}, font)
    nodes = line(p.above)
    if a.rich:
        nodes += dom.parse(a.rich).kids
    if p.quotes:
        head = ["-" * 66, "发件人：%s <%s>" % (r.from_name, r.from_addr), "发送时间：%d年%d月%d日(星期%s) %s" % (r.date.year, r.date.month, r.date.day, DAYS[r.date.weekday()], r.date.strftime("%H:%M")),
                "收件人：%s <%s>" % (r.to_name, r.to_addr), "主　题：" + r.subject, ""]
        if a.program == "dingtalk":
            head[2] = "日　期：" + r.date.strftime("%Y年%m月%d日 %H:%M:%S")
        quoted = markup.as_editor(p.tree("plain"), restyle=lambda s: markup.css(s, ":", ";", rgb=False), drop=("class", "role"))
        if a.program == "dingtalk":
            quoted = markup.flattened(quoted)
        nodes.append(Node("blockquote", {"style": "margin-right:.0px;margin-top:.0px;margin-bottom:.0px;"}, line(head) + [quoted]))
    nodes += line(p.below)
    page = '<div class="__aliyun_email_body_block">%s</div>' % "".join(write(n, gap="  ") for n in nodes)
    headers = p.headers("UTF-8", prefix="回复：", msgid=p.token[:8].lower() + "-" + p.token[8:12].lower() + ".univ.example", more=["X-Mailer: Alimail-Mailagent revision 1.1.1", "X-Mailer: [Alimail-Mailagent revision 1.1.1][W4_0.2.3][v2ReplyBodyCss][Chrome]"])
    return p.build(headers, p.flat(nodes, cell="\t" if a.program == "aliyun" else "    "), page, "----=ALIBOUNDARY_%d_%s_%s" % (int(p.token[:4], 16), p.token[4:16].lower(), p.token[16:24].lower()), "UTF-8", "quoted-printable", style="quoted")


def gmail(asked, a):
    p = Reply(asked, a)
    r = asked
    nodes = [Node("div", {"dir": "ltr"}, _above(p))]
    plain = p.flat(nodes, cell="\t")
    when = "%d年%d月%d日周%s %s" % (r.date.year, r.date.month, r.date.day, DAYS[r.date.weekday()], r.date.strftime("%H:%M"))
    if p.quotes:
        prefix = "m_-%d" % int(p.token[:15], 16)
        quoted = markup.as_editor(p.tree("after"), restyle=lambda s: markup.css(s, ":", ";").rstrip(";"), tbody=True, drop=("role",),
                                  classes=lambda c: " ".join(prefix + x for x in c.split()))
        lead = "%s <%s> 于%s写道：" % (r.from_name, r.from_addr, when)
        attr = Node("div", {"dir": "ltr", "class": "gmail_attr"}, [r.from_name + " <", Node("a", {"href": "mailto:" + r.from_addr}, [r.from_addr]), "> 于%s写道：" % when, Node("br")])
        block = Node("blockquote", {"class": "gmail_quote", "style": "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"}, [Node("u"), quoted])
        nodes += [Node("br"), Node("div", {"class": "gmail_quote gmail_quote_container"}, [attr, block])]
        copy = p.flat([quoted], cell="\n", blank=True)
        plain += "\n\n" + lead + "\n\n" + "\n".join(("> " + l).rstrip() if l else ">" for l in copy.split("\n"))
    if p.below:
        nodes.append(Node("div", {"dir": "ltr"}, markup.own(p.below)))
        plain += "\n\n" + "\n".join(p.below)
    page = "".join(write(n) for n in nodes)
    headers = p.headers("UTF-8", msgid="CA%s@mail.gmail.com" % p.token[:48], more=[])
    return p.build(headers, plain + "\n", page, "000000000000%s" % p.token[:16].lower(), "UTF-8", "base64", style="quoted", names="2231")


def owa(asked, a):
    """Outlook on the web and outlook.com: classes get the prefix x_."""
    p = Reply(asked, a)
    r = asked
    font = "font-family: Aptos, Aptos_EmbeddedFont, Calibri, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);"
    nodes = _above(p, attrs={"class": "elementToProof", "style": font})
    if p.quotes:
        when = "%d年%d月%d日 %s" % (r.date.year, r.date.month, r.date.day, r.date.strftime("%H:%M"))
        head = []
        for k, v in (("发件人:", "%s <%s>" % (r.from_name, r.from_addr)), ("发送时间:", when), ("收件人:", "%s <%s>" % (r.to_name, r.to_addr)), ("主题:", r.subject)):
            head += [Node("b", {}, [k]), " " + v, Node("br")]
        nodes += [Node("div", {"id": "appendonsend"}), Node("hr", {"style": "display:inline-block;width:98%", "tabindex": "-1"}),
                  Node("div", {"id": "divRplyFwdMsg", "dir": "ltr"}, [Node("font", {"face": "Calibri, sans-serif", "style": "font-size:11pt", "color": "#000000"}, head[:-1]), Node("div", {}, ["\u00a0"])]),
                  Node("div", {"class": "BodyFragment"}, [markup.as_editor(p.tree("plain"), restyle=lambda s: markup.css(s, ":", "; ", rgb=False), classes=lambda c: " ".join("x_" + x for x in c.split()))])]
    nodes += markup.own(p.below, attrs={"class": "elementToProof", "style": font})
    page = '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style>\n</head>\n<body dir="ltr">\n%s\n</body>\n</html>\n' % "\n".join(write(n) for n in nodes)
    plain = p.flat(nodes, cell="\t").replace("发件人:", "_" * 32 + "\n发件人:", 1) if p.quotes else p.flat(nodes, cell="\t")
    headers = p.headers("utf-8", prefix="回复: ", msgid=p.token[:24] + "@OSQPR06MB1234.apcprd06.prod.outlook.com", more=["Accept-Language: zh-CN, en-US", "Content-Language: zh-CN", "X-MS-Has-Attach:" + (" yes" if a.files else ""), "X-MS-TNEF-Correlator:"])
    return p.build(headers, plain, page, "_000_%sOSQPR06MB1234apcp_" % p.token[:24], "utf-8", "base64", style="quoted")


def sina(asked, a):
    p = Reply(asked, a)
    charset, r = a.charset or "GBK", asked
    nodes = []
    for line in p.above:
        nodes += [line, Node("br")]
    if p.quotes:
        head = ["----- 原始邮件 -----", "发件人：%s <%s>" % (r.from_name, r.from_addr), "收件人：%s <%s>" % (r.to_name, r.to_addr), "主题：" + r.subject, "日期：" + r.date.strftime("%Y年%m月%d日 %H点%M分")]
        block = []
        for line in head:
            block += [line, Node("br")]
        nodes.append(Node("div", {"id": "origbody"}, [Node("div", {"style": "background: #f2f2f2;"}, block), Node("br"), markup.as_editor(p.tree("plain"), drop=("class",))]))
    for line in p.below:
        nodes += [line, Node("br")]
    headers = p.headers(charset, "B", "回复：", p.token[:20].lower() + "@sinamail.sina.com.cn", refs="irt", more=["X-Mailer: Sina WebMail 4.0"])
    page = "".join(write(n) for n in nodes)
    return p.build(headers, p.flat(nodes, cell=" "), page, "=-sinamail_alt_" + p.token[:32].lower(), charset, "base64", style="plain")


def mail139(asked, a):
    p = Reply(asked, a)
    r = asked
    nodes = _above(p, attrs={"style": "color: #000000;"})
    if p.quotes:
        line = lambda k, v: Node("div", {}, [Node("b", {}, [k]), "\u00a0" + v])
        nodes += [Node("div", {"id": "signContainer"}), Node("hr", {"id": "replySplit"}), Node("div", {"id": "reply139content"}, [Node("div", {"id": "mainReplyContent"}, [
            Node("div", {}, ["------------------\u00a0原始邮件\u00a0------------------"]), line("发件人:", "%s <%s>" % (r.from_name, r.from_addr)), line("发送时间:", r.date.strftime("%Y-%m-%d %H:%M:%S")),
            line("收件人:", "%s <%s>" % (r.to_name, r.to_addr)), line("主题:", r.subject), Node("div", {}, [Node("br")]), markup.as_editor(p.tree("font"), drop=("class", "role"))])])]
    nodes += markup.own(p.below)
    headers = p.headers("UTF-8", prefix="回复: ", msgid=p.token[:16].lower() + "@139.com", more=["X-Mailer: Richmail_Webapp(V2.4.38)"])
    return p.build(headers, p.flat(nodes, cell="\t", nbsp=" "), "".join(write(n) for n in nodes), "----=_Part_%d_%s.%s" % (int(p.token[:4], 16), int(p.token[4:12], 16), int(p.token[12:22], 16)), "UTF-8", "base64", style="plain")


PROGRAMS = {"qq": qq, "qqnew": qqnew, "163": netease, "163text": netease, "mailmaster": mailmaster, "coremail": coremail, "coremail-old": coremail, "exmail": exmail,
            "exmail-en": exmail, "aliyun": aliyun, "dingtalk": aliyun, "gmail": gmail, "owa": owa, "sina": sina, "139": mail139}
