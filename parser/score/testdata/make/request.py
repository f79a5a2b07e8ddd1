"""The requests the program sent, and what an expert does to the copy quoted in the answer."""

import email
import email.policy
import email.utils
import json
import os
import re

import dom

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


class Request:
    def __init__(self, name):
        base = os.path.join(ROOT, "requests", name)
        with open(base + ".json", encoding="utf-8") as f:
            about = json.load(f)
        with open(base + ".eml", "rb") as f:
            mail = email.message_from_bytes(f.read(), policy=email.policy.default)
        self.name = name
        self.cases, self.criteria = about["cases"], about["criteria"]
        self.names = [c["name"] for c in self.criteria]
        self.subject, self.msgid = str(mail["Subject"]), str(mail["Message-ID"])
        self.date = email.utils.parsedate_to_datetime(str(mail["Date"]))
        self.from_name, self.from_addr = email.utils.parseaddr(str(mail["From"]))
        self.to_name, self.to_addr = email.utils.parseaddr(str(mail["To"]))
        self.files = []
        for part in mail.walk():
            if part.get_filename():
                self.files.append((part.get_filename(), part.get_payload(decode=True)))
            elif part.get_content_type() == "text/plain":
                self.text = part.get_content().replace("\r\n", "\n").rstrip("\n")
            elif part.get_content_type() == "text/html":
                self.html = part.get_content().replace("\r\n", "\n")

    def sheet(self):
        return next(f for f in self.files if f[0].endswith(".xlsx"))

    def number(self, short):
        """AL2024-0007 of 0007."""
        for case in self.cases:
            if case["number"].endswith(short):
                return case["number"]
        raise SystemExit("%s has no case %s: the table of answers must be changed" % (self.name, short))

    def label(self, name):
        points = next(c["max"] for c in self.criteria if c["name"] == name)
        return "%s（%g分）" % (name, points / 100)


# ---- the plain copy: lines, each (text, own); own lines are the expert's and get no quote mark ----

def plain_lines(request, edit):
    lines = [(line, False) for line in request.text.split("\n")]
    lines = _fill_plain(request, lines, edit)
    lines = _insert_plain(request, lines, edit)
    return _keep_plain(lines, edit.get("keep", "full"))


def _fill_plain(request, lines, edit):
    fill, out, number, inside = edit.get("fill", {}), [], "", False
    for text, own in lines:
        inside = (inside or text.startswith("评分表")) and not text.startswith("■")
        found = re.match(r"(AL\d{4}-\d{4})　", text)
        if inside and found:
            number = found.group(1)
        if inside and text.endswith("：") and number[-4:] in fill:
            value = fill[number[-4:]].get(re.sub(r"（.*", "", text[:-1]), "")
            text += value
        out.append((text, own))
    return out


def _insert_plain(request, lines, edit):
    for anchor, words in edit.get("insert", {}).items():
        at = _plain_anchor(request, [t for t, _ in lines], anchor)
        lines[at:at] = [(w, True) for w in words.split("\n")]
    return lines


def _plain_anchor(request, texts, anchor):
    kind, _, short = anchor.partition(":")
    if kind == "after":
        return next(i for i, t in enumerate(texts) if short in t) + 1
    number = request.number(short)
    if kind == "list":
        return next(i for i, t in enumerate(texts) if re.match(r"\d+\. " + number, t)) + 1
    if kind == "form":
        return next(i for i, t in enumerate(texts) if t.startswith(number)) + 1
    head = next(i for i, t in enumerate(texts) if t.startswith("■ " + number))
    if kind == "head":
        return head + 1
    assert kind == "end", anchor
    end = head + 1
    while end < len(texts) and not texts[end].startswith("■") and "联系人：" not in texts[end]:
        end += 1
    while not texts[end - 1].strip():
        end -= 1
    return end


def _keep_plain(lines, keep):
    texts = [t for t, _ in lines]
    form = next(i for i, t in enumerate(texts) if t.startswith("评分表（"))
    materials = next(i for i, t in enumerate(texts) if t.startswith("■"))
    tail = next(i for i, t in enumerate(texts) if "联系人：" in t and i > materials)
    if keep == "form":
        return lines[form:materials]
    if keep == "upto":
        return lines[:materials]
    if keep == "nomat":
        return lines[:materials] + lines[tail:]
    if keep == "top":
        return lines[:6]
    return lines


# ---- the HTML copy ----

def html_tree(request, edit):
    tree = dom.parse(request.html)
    grid = find_grid(request, tree)
    if edit.get("fill"):
        _fill_grid(request, grid, edit)
    for anchor, words in edit.get("insert", {}).items():
        _insert_html(request, tree, anchor, words)
    _keep_html(tree, edit.get("keep", "full"))
    return tree


def find_grid(request, tree):
    for table in tree.find("table"):
        rows = list(table.find("tr"))
        if rows and not any(True for _ in table.find("table")):
            texts = [re.sub(r"\s", "", k.text()) for k in rows[0].kids if isinstance(k, dom.Node)]
            if all(request.label(n) in texts for n in request.names):
                return table
    raise SystemExit(request.name + ": no table for scores in the HTML part")


def _fill_grid(request, grid, edit):
    head = [k.text() for k in next(grid.find("tr")).kids if isinstance(k, dom.Node)]
    columns = [re.sub(r"\s*（.*", "", h) for h in head]
    for row in list(grid.find("tr"))[1:]:
        cells = [k for k in row.kids if isinstance(k, dom.Node)]
        found = re.search(r"AL\d{4}-(\d{4})", cells[0].text())
        for name, value in edit["fill"].get(found.group(1), {}).items():
            if value != "":
                cells[columns.index(name)].kids = typed(value, edit.get("typed", "plain"))


def typed(value, how):
    """What typing into an empty cell leaves there, by editor."""
    if how == "nbsp":
        return ["\u00a0" + value]
    if how == "div":
        return [dom.Node("div", {}, [value])]
    if how == "after":
        return [value + "\u00a0"]
    if how == "font":
        return [dom.Node("font", {"color": "#ff0000"}, [value])]
    if how == "bold":
        return [dom.Node("b", {}, [dom.Node("span", {"style": "color: rgb(255, 0, 0);"}, [value])])]
    if how == "br":
        return [value, dom.Node("br")]
    return [value]


def _insert_html(request, tree, anchor, words):
    cell = _html_anchor(request, tree, anchor)
    for line in words.split("\n"):
        cell.kids.append(dom.Node("div", {"own": None}, [line]) if line else dom.Node("br"))


def _html_anchor(request, tree, anchor):
    kind, _, short = anchor.partition(":")
    leaves = [c for c in tree.find("td") if not any(True for _ in c.find("table"))]
    if kind == "after":
        return next(c for c in leaves if short in c.text())
    number = request.number(short)
    if kind == "list":
        return next(c for c in leaves if re.match(r"\d+\. " + number, c.text()))
    if kind == "form":
        return next(c for c in find_grid(request, tree).find("td") if c.text().startswith(number))
    at = next(i for i, c in enumerate(leaves) if c.text().startswith("■ " + number))
    if kind == "head":
        return leaves[at]
    assert kind == "end", anchor
    while at + 1 < len(leaves) and not leaves[at + 1].text().startswith("■") and "联系人：" not in leaves[at + 1].text():
        at += 1
    return leaves[at]


def _keep_html(tree, keep):
    if keep == "full":
        return
    paper = next(t for t in tree.find("table") if "paper" in t.attrs.get("class", ""))
    sections = [k for k in paper.kids if isinstance(k, dom.Node)]
    first = [s.text().strip() for s in sections]
    form = next(i for i, t in enumerate(first) if t.startswith("评分表（"))
    grid = form + 1
    tail = len(sections) - 1
    wanted = {"form": [form, grid], "upto": range(grid + 1), "nomat": [*range(grid + 1), tail], "top": [0]}[keep]
    paper.kids = [s for i, s in enumerate(sections) if i in wanted]
