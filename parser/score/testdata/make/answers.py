"""An answer: what an expert writes, by hand, and what ought to be understood of it."""

import re

import request as req

ORDER = ["技术性与创新性", "效益性", "示范性", "整体实力", "数据完整性"]


def scores(text):
    """'0005 27 22 - 13 9; 0018 …' → {short: {criterion: value}}; - leaves a criterion out."""
    out = {}
    for case in filter(None, (c.strip() for c in text.split(";"))):
        short, *values = case.split()
        assert len(values) == 5, case
        out[short] = {n: float(v) if "." in v else int(v) for n, v in zip(ORDER, values) if v != "-"}
    return out


def fills(text, comments=None):
    """The same as typed text, with comments {short: words}."""
    out = {}
    for case in filter(None, (c.strip() for c in text.split(";"))):
        short, *values = case.split()
        out[short] = {n: v for n, v in zip(ORDER, values) if v != "-"}
    for short, words in (comments or {}).items():
        out.setdefault(short, {})["评语"] = words
    return out


class Answer:
    def __init__(self, name, program, request, manner, why, above="", below="", got="", comments="", recused="", abstained="", queries=(),
                 clear=True, flags="", proved=True, keep="full", fill=None, insert=None, files=None, charset="", cte="", subject="", refs="",
                 rich="", typed=None, html_only=False, spread=False, columns=0, flat_cell="", thread=()):
        self.name, self.program, self.request, self.manner, self.why = name, program, request, manner, why
        lines = lambda t: t.strip("\n").split("\n") if t.strip("\n") else []
        self.above, self.below = lines(above), lines(below)
        self.got, self.comments, self.recused, self.abstained = scores(got), comments.split(), recused.split(), abstained.split()
        self.queries, self.clear, self.flags = list(queries), clear, flags.split()
        self.proved, self.keep = proved, keep if proved else "none"
        self.edit = {"fill": fill or {}, "insert": insert or {}}
        if typed:
            self.edit["typed"] = typed
        self.files = files
        self.charset, self.cte, self.subject, self.refs, self.rich = charset, cte, subject, refs, rich
        self.html_only, self.spread, self.columns, self.flat_cell = html_only, spread, columns, flat_cell
        self.thread = list(thread)
        self.at = None
        assert re.fullmatch(r"c-\d{3}-[a-z0-9-]+", name), name

    def attached(self):
        return self.files(req.Request("request-" + self.request))

    def expected(self, asked):
        number = lambda s: asked.number(s) if len(s) == 4 else s  # whole codes are of no case he was asked about
        out = {"request": asked.name, "proved": self.proved}
        out["cells"] = {number(s): self.got[s] for s in sorted(self.got)}
        out["comments"] = sorted(map(number, self.comments))
        out["recusals"] = {number(s): True for s in sorted(self.recused)}
        out["abstained"] = sorted(map(number, self.abstained))
        queries = [{"number": number(q.partition(":")[0]), "reason": q.partition(":")[2]} for q in self.queries]
        out["queries"] = sorted(queries, key=lambda q: (q["number"], q["reason"]))
        for flag in ("accept", "decline", "confirm", "question", "absence"):
            out[flag] = flag in self.flags
        assert not set(self.flags) - {"accept", "decline", "confirm", "question", "absence"}
        out["clear"], out["why"] = self.clear, self.why
        return out


def table():
    import files, inside, letters, rows as plain_rows, unclear
    rows = plain_rows.ANSWERS + letters.ANSWERS + inside.ANSWERS + files.ANSWERS + unclear.ANSWERS
    rows.sort(key=lambda a: a.name)
    numbers = [a.name[:5] for a in rows]
    assert len(set(numbers)) == len(numbers), [n for n in numbers if numbers.count(n) > 1]
    return rows
