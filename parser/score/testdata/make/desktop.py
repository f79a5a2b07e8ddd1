"""Programs on the desk: Foxmail 7, Outlook (Chinese and English), Thunderbird (plain and HTML), Apple Mail."""


import dom
import markup
import wrap
from dom import Node, write
from reply import DAYS, ENGLISH, MONTHS, Reply, zh_date
from webmail import _above


def foxmail(asked, a):
    p = Reply(asked, a)
    charset, r = a.charset or "GB2312", asked
    if a.program == "foxmail-text":
        return _foxmail_text(p, charset)
    hard = lambda lines: [l.replace(" ", "\u00a0") for l in lines]
    nodes = markup.own(hard(p.above))
    nodes[:1] = [Node("div", {}, [Node("span")] + nodes[0].kids)] if nodes else []
    if a.rich:
        nodes += dom.parse(a.rich).kids
    name = "FoxDiv" + a.at.strftime("%Y%m%d%H%M%S")
    if p.quotes:
        line = lambda k, v: Node("div", {}, [Node("b", {}, [k + "："]), "\u00a0", v])
        link = lambda n, m: Node("a", {"href": "mailto:" + m}, [n])
        head = Node("div", {"style": "border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"}, [
            Node("div", {"style": "PADDING-RIGHT: 8px; PADDING-LEFT: 8px; FONT-SIZE: 12px;FONT-FAMILY:tahoma;COLOR:#000000; BACKGROUND: #efefef; PADDING-BOTTOM: 8px; PADDING-TOP: 8px"}, [
                line("发件人", link(r.from_name, r.from_addr)), line("发送时间", r.date.strftime("%Y-%m-%d\u00a0%H:%M")), line("收件人", link(r.to_name, r.to_addr)), line("主题", r.subject)])])
        tree = p.tree("plain")
        quoted = markup.as_editor(tree, restyle=lambda s: markup.css(s, ": ", "; ", rgb=False))
        scoped = Node("style", {}, [markup.style_node(tree).text().replace("\n.", "\n.%s ." % name)])
        nodes.append(Node("blockquote", {"style": "margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em; margin-Right: inherit"}, [
            Node("div", {}, ["\u00a0"]), head, Node("div", {}, [Node("div", {"class": name}, [scoped, quoted])])]))
    nodes += markup.own(hard(p.below))
    page = '<html><head><meta http-equiv="content-type" content="text/html; charset=%s"><style>body { line-height: 1.5; }blockquote { margin-top: 0px; margin-bottom: 0px; margin-left: 0.5em; }body { font-size: 10.5pt; font-family: \'Microsoft YaHei UI\'; color: rgb(0, 0, 0); line-height: 1.5; }</style></head><body>\n%s\n</body></html>' % (
        charset, "".join(write(n) for n in nodes))
    plain = p.flat(nodes, cell="\n", nbsp=" ")
    plain = plain.replace("发件人： ", " \n发件人： ", 1)
    headers = _fox_headers(p, charset)
    return p.build(headers, plain, page, "----=_001_NextPart%d_=----" % int(p.token[:9], 16), charset, "base64", "quoted-printable",
                   preamble=b"This is a multi-part message in MIME format.\r\n\r\n")


def _fox_headers(p, charset):
    a = p.answer
    return p.headers(charset, prefix="回复: ", msgid=a.at.strftime("%Y%m%d%H%M%S") + p.token[:10].translate(str.maketrans("ABCDEF", "123456")) + "@" + p.asked.to_addr.split("@")[1], refs="refs", more=[
        "X-Priority: 3", "X-GUID: %s-%s-%s-%s-%s" % (p.token[:8], p.token[8:12], p.token[12:16], p.token[16:20], p.token[20:32]), "X-Has-Attach: " + ("yes" if a.files else "no"), "X-Mailer: Foxmail 7.2.25.331[cn]"])


def _foxmail_text(p, charset):
    r = p.asked
    lines = list(p.above)
    if p.quotes:
        lines += ["", "", " ", "发件人： " + r.from_name, "发送时间： " + r.date.strftime("%Y-%m-%d %H:%M"), "收件人： " + r.to_name, "主题： " + r.subject]
        lines += [t if own else ">" + t for t, own in p.lines()]
    return p.build(_fox_headers(p, charset), "\n".join(lines + p.below), None, "----=_001_NextPart%d_=----" % int(p.token[:9], 16), charset, "base64")


def outlook(asked, a):
    """Outlook rewrites the whole request in Word's HTML; its plain part keeps tabs between cells."""
    p = Reply(asked, a)
    english = a.program == "outlook-en"
    charset, r = a.charset or ("utf-8" if english else "gb2312"), asked
    at = r.date
    names = ("From:", "Sent:", "To:", "Subject:") if english else ("发件人:", "发送时间:", "收件人:", "主题:")
    clock = at.strftime("%I:%M %p").lstrip("0")
    when = "%s, %s %d, %d %s" % (at.strftime("%A"), at.strftime("%B"), at.day, at.year, clock) if english else "%d年%d月%d日 %d:%02d" % (at.year, at.month, at.day, at.hour, at.minute)
    values = (r.from_name + " <" + r.from_addr + ">", when, r.to_name + " <" + r.to_addr + ">", r.subject)
    page = markup.MSO_HEAD % charset + "\n".join(markup.mso_line(l) for l in p.above)
    plain = "\n\n".join(p.above) if a.spread else "\n".join(p.above)
    if a.rich:
        page += a.rich
        plain += "\n" + p.flat(dom.parse(a.rich).kids, cell="\t")
    if p.quotes:
        head = "<br>".join("<b>%s</b> %s" % (k, markup.mso_runs(v)) for k, v in zip(names, values))
        page += markup.mso_line("") + "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal align=left style='text-align:left'><span lang=EN-US style='font-size:11.0pt;font-family:\"Calibri\",sans-serif'>%s<o:p></o:p></span></p></div></div>" % head
        tree = p.tree("plain")
        page += markup.mso_line("") + markup.mso_quote(tree)
        plain += "\n\n" + "\n".join("%s %s" % (k, v) for k, v in zip(names, values)) + "\n\n"
        plain += p.flat([markup.as_editor(tree, restyle=None)], cell="\t", blank=True)
    page += "".join(markup.mso_line(l) for l in p.below) + "</div></body></html>"
    plain += "\n" + "\n".join(p.below) if p.below else ""
    headers = p.headers(charset, prefix="RE: " if english else "答复: ", msgid="%s$%s$%s$@%s" % (p.token[:12].lower(), p.token[12:20].lower(), p.token[20:28].lower(), r.to_addr.split("@")[1]),
                        more=["X-Mailer: Microsoft Outlook 16.0", "Thread-Index: AQ" + p.token[:28], "Content-Language: " + ("en-us" if english else "zh-cn")], quoted_names=True)
    cte = "base64" if english else "quoted-printable"
    return p.build(headers, plain, page, "----=_NextPart_%s_%s_%s" % (p.token[:3] + "0", p.token[3:7], p.token[7:15] + "." + p.token[15:23]), charset, "base64", cte,
                   preamble=b"This is a multipart message in MIME format.\r\n\r\n")


def thunderbird(asked, a):
    """Plain, format=flowed: the quote is wrapped again; with and without DelSp."""
    p = Reply(asked, a)
    r = asked
    delsp = a.program == "thunderbird-delsp"
    lines = []
    for text in p.above:
        lines += wrap.flowed(text)
    if p.quotes:
        lines += ["", "在 %d/%d/%d %d:%02d, %s 写道:" % (r.date.year, r.date.month, r.date.day, r.date.hour, r.date.minute, r.from_name)]
        for text, own in p.lines():
            if own:
                lines += wrap.flowed(text)
            else:
                lines += ["> " + piece if piece else ">" for piece in wrap.flowed(text.strip("　 "), 70)]
    for text in p.below:
        lines += wrap.flowed(text)
    headers = p.headers("UTF-8", msgid="%s-%s-%s-%s@univ.example" % (p.token[:8].lower(), p.token[8:12].lower(), p.token[12:16].lower(), p.token[16:28].lower()),
                        more=["User-Agent: Mozilla Thunderbird", "Content-Language: zh-CN"])
    return p.build(headers, "\n".join(lines), None, "------------" + p.token[:24], "UTF-8", "8bit", style="flowed" if delsp else "flow")


def thunderbird_html(asked, a):
    p = Reply(asked, a)
    r = asked
    nodes = [Node("p", {}, n.kids) for n in _above(p)] if not a.rich else _above(p)
    lead = "在 %d/%d/%d %d:%02d, %s 写道:" % (r.date.year, r.date.month, r.date.day, r.date.hour, r.date.minute, r.from_name)
    plain = p.flat(nodes, cell="\t")
    if p.quotes:
        quoted = markup.as_editor(p.tree("plain"), restyle=lambda s: markup.css(s, ":", ";", rgb=False), tbody=True)
        nodes += [Node("div", {"class": "moz-cite-prefix"}, [lead, Node("br")]), Node("blockquote", {"type": "cite", "cite": "mid:" + r.msgid.strip("<>")}, [Node("meta", {"http-equiv": "content-type", "content": "text/html; charset=UTF-8"}), quoted])]
        copy = []
        for text in p.flat([quoted], cell="\t").split("\n"):
            copy += ["> " + piece if piece else ">" for piece in wrap.flowed(text.strip("　 "), 70)]
        plain += "\n\n" + lead + "\n" + "\n".join(copy)
    nodes += [Node("p", {}, n.kids) for n in markup.own(p.below)]
    if p.below:
        plain += "\n\n" + "\n".join(p.below)
    page = '<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n  </head>\n  <body>\n%s\n  </body>\n</html>\n' % "\n".join(
        "    " + write(n).replace("<tr", "\n        <tr").replace("<td", "\n          <td\n           ").replace("</td>", "</td>") for n in nodes)
    headers = p.headers("UTF-8", msgid="%s-%s-%s@univ.example" % (p.token[:8].lower(), p.token[8:12].lower(), p.token[12:28].lower()), more=["User-Agent: Mozilla Thunderbird", "Content-Language: zh-CN"])
    return p.build(headers, plain, page, "------------" + p.token[:24], "UTF-8", "8bit", "quoted-printable", style="flow")


def applemail(asked, a):
    p = Reply(asked, a)
    r = asked
    nodes = _above(p)
    plain = p.flat(nodes, cell="\t")
    lead = "%d年%d月%d日 %s，%s <%s> 写道：" % (r.date.year, r.date.month, r.date.day, r.date.strftime("%H:%M"), r.from_name, r.from_addr)
    if p.quotes:
        quoted = markup.as_editor(p.tree("plain"), restyle=lambda s: markup.css(s, ": ", "; "), drop=())
        cell = a.flat_cell or "\n"
        copy = p.flat([quoted], cell=cell).split("\n")
        plain += "\n\n" + "\n".join(["> " + lead, "> "] + ["> " + l for l in copy])
        nodes += [Node("div", {}, [Node("br"), Node("blockquote", {"type": "cite"}, [Node("div", {}, [lead]), Node("br", {"class": "Apple-interchange-newline"}), Node("div", {}, [quoted])])]), Node("br")]
    if p.below:
        nodes += markup.own(p.below)
        plain += "\n\n" + "\n".join(p.below)
    page = '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">%s</body></html>' % "".join(write(n) for n in nodes)
    headers = p.headers("utf-8", msgid="%s-%s-%s-%s-%s@univ.example" % (p.token[:8], p.token[8:12], p.token[12:16], p.token[16:20], p.token[20:32]), more=["X-Mailer: Apple Mail (2.3774.600.62)"])
    return p.build(headers, plain, page, "Apple-Mail=_%s-%s-%s" % (p.token[:8], p.token[8:12], p.token[12:24]), "utf-8", "base64", "quoted-printable", style="tab", names="2231")


PROGRAMS = {"foxmail": foxmail, "foxmail-text": foxmail, "outlook": outlook, "outlook-en": outlook, "thunderbird": thunderbird, "thunderbird-delsp": thunderbird,
            "thunderbird-html": thunderbird_html, "applemail": applemail}
