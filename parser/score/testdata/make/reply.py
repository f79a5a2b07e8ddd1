"""What all programs share: headers of a reply, dates, and how parts are put together."""

import hashlib

import dom
import mime
import request as req

DAYS = "一二三四五六日"
ENGLISH = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Reply:
    def __init__(self, asked, answer):
        self.asked, self.answer = asked, answer
        self.token = hashlib.sha256(answer.name.encode()).hexdigest().upper()
        self.quotes = answer.keep != "none" and answer.proved
        self.above, self.below = answer.above, answer.below

    # the request as this expert changed it

    def tree(self, typed="plain"):
        edit = dict(self.answer.edit)
        edit.setdefault("typed", typed)
        edit["keep"] = self.answer.keep
        return req.html_tree(self.asked, edit)

    def lines(self):
        edit = dict(self.answer.edit)
        edit["keep"] = self.answer.keep
        return req.plain_lines(self.asked, edit)

    # headers

    def headers(self, charset="UTF-8", how="B", prefix="Re: ", msgid=None, refs="both", more=(), quoted_names=False):
        a, r = self.answer, self.asked
        subject = a.subject or prefix + r.subject
        refs = a.refs or refs
        if not a.proved:
            refs = "none"
        sender = mime.word(r.to_name, charset, how)
        to = mime.word(r.from_name, charset, how)
        if quoted_names:
            sender, to = '"%s"' % sender, '"%s"' % to
        earlier = " ".join([r.msgid] + a.thread)
        last = (a.thread or [r.msgid])[-1]
        return [
            "From: %s <%s>" % (sender, r.to_addr),
            "To: %s <%s>" % (to, r.from_addr),
            "Subject: " + mime.word(subject, charset, how),
            "Date: " + rfc_date(a.at),
            "Message-ID: <%s>" % (msgid or self.token[:24] + "@univ.example"),
            "In-Reply-To: " + last if refs in ("both", "irt") else "",
            "References: " + earlier if refs in ("both", "refs") else "",
            "MIME-Version: 1.0",
            *more,
        ]

    def build(self, headers, plain, html, boundary, charset="UTF-8", cte="base64", html_cte=None, style="tab", mixed=None,
              names="both", preamble=b"", alternative="alternative"):
        """A mail of a plain part, an HTML part (or None) and the attachments."""
        a = self.answer
        charset, cte = a.charset or charset, a.cte or cte
        html_cte = a.cte or html_cte or cte
        head, payload = mime.text_part("plain", plain, charset, cte, style)
        part = (head, payload)
        if html is not None:
            parts = [] if a.html_only else [part]
            parts.append(mime.text_part("html", html, charset, html_cte, "tab" if style in ("flow", "flowed") else style))
            part = mime.multipart(alternative, boundary, parts, preamble=preamble) if len(parts) > 1 else parts[0]
        if a.files:
            outer = mixed or boundary.replace("_", "_m", 1).replace("NextPart", "NextPart_000")
            if outer == boundary:
                outer += "_mixed"
            extra = [mime.file_part(n, raw, charset, names) for n, raw in a.attached()]
            part = mime.multipart("mixed", outer, [part, *extra], preamble=preamble)
        return mime.mail(headers, part)

    def flat(self, nodes, **how):
        top = dom.Node("div", {}, nodes)
        return dom.Flat(**how).text(top).lstrip("\n")


def rfc_date(at):
    return "%s, %d %s %d %s +0800" % (ENGLISH[at.weekday()], at.day, MONTHS[at.month - 1], at.year, at.strftime("%H:%M:%S"))


def half(at):
    return "凌晨" if at.hour < 6 else "上午" if at.hour < 12 else "中午" if at.hour == 12 else "下午" if at.hour < 18 else "晚上"


def zh_date(at, day="(星期%s)"):
    """2024年11月8日(星期五) 上午9:30"""
    return "%d年%d月%d日%s %s%d:%02d" % (at.year, at.month, at.day, day % DAYS[at.weekday()] if day else "", half(at), at.hour if at.hour <= 12 else at.hour - 12, at.minute)
