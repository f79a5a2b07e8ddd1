"""Programs on phones: iPhone, Huawei, Xiaomi (plain, wrapped again, with or without marks), QQ Mail's and others' apps."""

import markup
import wrap
from dom import Node, write
from reply import DAYS, Reply, half, zh_date
from webmail import _above


def iphone(asked, a):
    p = Reply(asked, a)
    r = asked
    sent = ["", "发自我的iPhone"]
    lead = "在 %d年%d月%d日，%s%d:%02d，%s <%s> 写道：" % (r.date.year, r.date.month, r.date.day, half(r.date), r.date.hour, r.date.minute, r.from_name, r.from_addr)
    nodes = _above(p) + [Node("div", {}, [Node("br")]), Node("div", {"dir": "ltr"}, [sent[1]])]
    plain = p.flat(_above(p), cell="\t") + "\n".join(sent)
    if p.quotes:
        quoted = markup.as_editor(p.tree("plain"), restyle=lambda s: markup.css(s, ": ", "; ", rgb=True))
        copy = p.flat([quoted], cell="\n").split("\n")
        plain += "\n\n" + "\n".join(["> " + lead, "> "] + ["> " + ("\ufeff" if i == 0 else "") + l for i, l in enumerate(copy)])
        nodes += [Node("div", {"dir": "ltr"}, [Node("br"), Node("blockquote", {"type": "cite"}, [lead, Node("br"), Node("br")])]),
                  Node("blockquote", {"type": "cite"}, [Node("div", {"dir": "ltr"}, ["\ufeff", markup.style_node(p.tree()), quoted])])]
    nodes += markup.own(p.below)
    if p.below:
        plain += "\n\n" + "\n".join(p.below)
    page = '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">%s</body></html>' % "".join(write(n) for n in nodes)
    headers = p.headers("utf-8", msgid="%s-%s-%s-%s-%s@univ.example" % (p.token[:8], p.token[8:12], p.token[12:16], p.token[16:20], p.token[20:32]), more=["X-Mailer: iPhone Mail (21G93)"])
    return p.build(headers, plain, page, "Apple-Mail-%s-%s-%s" % (p.token[:8], p.token[8:12], p.token[12:24]), "utf-8", "base64", "quoted-printable", style="tab", names="2231")


def _plain(p, lines, mailer, charset="UTF-8", cte="base64", prefix="Re: ", refs="both", more=()):
    headers = p.headers(charset, prefix=prefix, msgid=p.token[:12].lower() + "." + p.token[12:20].lower() + "@" + p.asked.to_addr.split("@")[1], refs=refs, more=["X-Mailer: " + mailer, *more])
    return p.build(headers, "\n".join(lines), None, "--_com." + p.token[:20].lower(), charset, cte, style="plain")


def huawei(asked, a):
    """No marks; the copy is broken anew at the width of the screen."""
    p = Reply(asked, a)
    r = asked
    lines = p.above + ["", "", "发自我的华为手机"]
    if p.quotes:
        lines += ["", "", "-------- 原始邮件 --------", "发件人： %s <%s>" % (r.from_name, r.from_addr), "日期： %d年%d月%d日周%s %s" % (r.date.year, r.date.month, r.date.day, DAYS[r.date.weekday()], r.date.strftime("%H:%M")),
                  "收件人： %s <%s>" % (r.to_name, r.to_addr), "主 题： " + r.subject]
        for text, own in p.lines():
            lines += [text] if own else wrap.fold(text, a.columns or 76)
    return _plain(p, lines + p.below, "HUAWEI Mail")


def xiaomi(asked, a):
    """Marks without a blank, wrapped at 60 columns with the mark counted in."""
    p = Reply(asked, a)
    r = asked
    lines = p.above + ["", "发自我的小米手机"]
    if p.quotes:
        lines += ["在 %s <%s>，%s写道：" % (r.from_name, r.from_addr, zh_date(r.date, "")), ""]
        for text, own in p.lines():
            lines += [text] if own else [">" + piece for piece in wrap.fold(text, a.columns or 60)]
    return _plain(p, lines + p.below, "MIUI Mail", prefix="回复：", refs="irt")


def qqapp(asked, a):
    """QQ Mail's app, plain: the dashes, then the copy as it is."""
    p = Reply(asked, a)
    r = asked
    lines = p.above + ["", "", "发自我的iPhone"]
    if p.quotes:
        lines += ["", "", "------------------ 原始邮件 ------------------", "发件人: %s <%s>" % (r.from_name, r.from_addr), "发送时间: " + zh_date(r.date), "收件人: %s <%s>" % (r.to_name, r.to_addr), "主题: " + r.subject, ""]
        lines += [t for t, _ in p.lines()]
    return _plain(p, lines + p.below, "QQMail 2.x", a.charset or "utf-8", prefix="回复：")


def android(asked, a):
    """A vendor's app that quotes nothing, sometimes in 8bit."""
    p = Reply(asked, a)
    return _plain(p, p.above + ["", "来自荣耀手机"] + p.below, "Android Mail", a.charset or "UTF-8", a.cte or "8bit", refs="refs")


PROGRAMS = {"iphone": iphone, "huawei": huawei, "xiaomi": xiaomi, "qqapp": qqapp, "android": android}
