"""A small HTML tree: enough to quote the request as mail programs do."""

import html
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "meta", "link", "input", "col"}
BLOCK = {"div", "p", "table", "tr", "blockquote", "hr", "h1", "h2", "h3", "ul", "ol", "li", "pre", "article", "dl", "dt", "dd", "tbody", "body", "html"}
SILENT = {"style", "title", "head", "script", "meta", "link", "xml"}


class Raw(str):
    """Markup that is written as it stands and has no text of its own."""


class Node:
    def __init__(self, tag, attrs=None, kids=None):
        self.tag, self.attrs, self.kids = tag, dict(attrs or {}), list(kids or [])

    def find(self, *tags):
        for kid in self.kids:
            if isinstance(kid, Node):
                if kid.tag in tags:
                    yield kid
                yield from kid.find(*tags)

    def text(self):
        return "".join(k if not isinstance(k, Node) else k.text() for k in self.kids if not isinstance(k, Raw))

    def copy(self):
        return Node(self.tag, self.attrs, [k.copy() if isinstance(k, Node) else k for k in self.kids])

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("#root")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].kids.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].kids.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        for i in range(len(self.open) - 1, 0, -1):
            if self.open[i].tag == tag:
                del self.open[i:]
                return

    def handle_data(self, data):
        self.open[-1].kids.append(data)


def parse(text):
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


def write(node, quote='"', gap=" "):
    """HTML of a tree. quote: of attributes; gap: before the attributes (Aliyun writes two blanks)."""
    if isinstance(node, Raw):
        return str(node)
    if isinstance(node, str):
        return html.escape(node, quote=False).replace("\u00a0", "&nbsp;")
    inner = "".join(write(k, quote, gap) for k in node.kids)
    if node.tag == "#root":
        return inner
    if node.tag == "style":
        inner = node.text()
    attrs = "".join(gap + k + ("" if v is None else "=" + _value(v, quote)) for k, v in node.attrs.items())
    if node.tag in VOID:
        return "<%s%s>" % (node.tag, attrs)
    return "<%s%s>%s</%s>" % (node.tag, attrs, inner, node.tag)


def _value(value, quote):
    value = value.replace("&", "&amp;")
    if quote == '"':
        return '"' + value.replace('"', "&quot;") + '"'
    if quote == "" and value.isalnum():
        return value
    return "'" + value.replace("'", '"') + "'"


class Flat:
    """How a mail program makes plain text of HTML."""

    def __init__(self, cell="\t", nbsp=" ", blank=False, empty=True):
        self.cell, self.nbsp = cell, nbsp  # between cells; what a no-break space becomes
        self.blank = blank                 # a blank line after each row or paragraph
        self.empty = empty                 # empty cells leave their separator

    def text(self, node):
        self.out = [""]
        self._walk(node)
        lines = [line.rstrip(" ") for line in "".join(self.out).split("\n")]
        return "\n".join(lines).replace("\u00a0", self.nbsp)

    def _newline(self):
        if self.out[-1] and not self.out[-1].endswith("\n"):
            self.out.append("\n")

    def _walk(self, node):
        for kid in node.kids:
            if isinstance(kid, Raw):
                continue
            if isinstance(kid, str):
                self._text(kid, node)
            elif kid.tag in SILENT:
                continue
            elif kid.tag == "br":
                self.out.append("\n")
            elif kid.tag == "hr":
                self._newline()
            elif kid.tag == "tr":
                self._row(kid)
            else:
                self._block(kid)

    def _text(self, text, parent):
        if parent.tag != "pre" and "white-space:pre" not in parent.attrs.get("style", ""):
            keep = text.strip(" \r\n\t") or (text and "\n" not in text)
            text = " ".join(text.replace("\t", " ").replace("\r", "").split("\n")) if keep else ""
            if self.out[-1].endswith("\n"):
                text = text.lstrip(" ")
        if text:
            self.out.append(text)

    def _block(self, node):
        block = node.tag in BLOCK
        if block:
            self._newline()
        only_break = block and [getattr(k, "tag", k) for k in node.kids] == ["br"]
        self._walk(node)
        if block and not only_break:
            self._newline()

    def _row(self, row):
        cells = [k for k in row.kids if isinstance(k, Node)]
        self._newline()
        if len(cells) == 1:  # a layout table
            self._walk(cells[0])
        else:
            texts = [Flat(self.cell, "\u00a0", self.blank, self.empty).text(c).strip("\n ") for c in cells]
            if not self.empty:
                texts = [t for t in texts if t.strip("\u00a0 ")]
            self.out.append(self.cell.join(texts))
        self._newline()
        if self.blank and not any(True for _ in row.find("table")):
            self.out.append("\n")
