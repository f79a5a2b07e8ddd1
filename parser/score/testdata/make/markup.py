"""What editors and mail programs do to HTML they quote or send."""

import html
import re

import dom


def own(lines, tag="div", attrs=None, span=None):
    """The expert's lines as an editor holds them; 'tab' characters as editors keep them."""
    nodes = []
    for line in lines:
        if not line:
            kids = [dom.Node("br")]
        else:
            pieces = line.split("\t")
            kids = []
            for i, piece in enumerate(pieces):
                if i:
                    kids.append(dom.Node("span", {"style": "white-space:pre"}, ["\t"]))
                kids.append(piece)
        if span:
            kids = [dom.Node("span", {"style": span}, kids)]
        nodes.append(dom.Node(tag, attrs or {}, kids))
    return nodes


def css(style, colon=": ", semi="; ", rgb=True):
    """A declaration list as another engine writes it."""
    out = []
    for item in style.split(";"):
        name, _, value = item.partition(":")
        if not value:
            continue
        value = value.strip().replace("'", '"').replace(",", ", " if colon == ": " else ",")
        if rgb:
            value = re.sub(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", lambda m: "rgb(%s)" % ", ".join(str(int(g, 16)) for g in m.groups()), value)
        out.append(name.strip() + colon + value)
    return semi.join(out) + semi.strip()


def body(tree):
    return next(tree.find("body"))


def style_node(tree):
    return next(tree.find("style"))


def as_editor(tree, restyle=css, classes=lambda c: c, drop=(), tbody=True):
    """The body in a web editor: a division in place of the body, tbody added, styles written its way."""
    top = body(tree).copy()
    top.tag = "div"
    for node in top.walk():
        if "own" in node.attrs:
            node.attrs = {}
            continue
        if "style" in node.attrs and restyle:
            node.attrs["style"] = restyle(node.attrs["style"])
        if "class" in node.attrs:
            node.attrs["class"] = classes(node.attrs["class"])
            if not node.attrs["class"]:
                del node.attrs["class"]
        for name in drop:
            node.attrs.pop(name, None)
        if tbody and node.tag == "table":
            rows = [k for k in node.kids if isinstance(k, dom.Node)]
            node.kids = [dom.Node("tbody", {}, rows)]
    return top


def flattened(top, join="\u00a0\u00a0\u00a0\u00a0"):
    """Tables taken apart: each row a division, cells joined (programs that keep no tables when quoting)."""
    out = dom.Node("div")
    for node in top.walk():
        if node.tag != "tr" or any(True for _ in node.find("table")):
            continue
        cells = [k for k in node.kids if isinstance(k, dom.Node)]
        row = dom.Node("div", {"style": "line-height:1.6;"})
        for i, cell in enumerate(c for c in cells if c.text().strip("\u00a0 ")):
            if i:
                row.kids.append(join)
            row.kids += [k for k in cell.kids]
        out.kids.append(row)
    return out


# ---- Outlook: everything becomes a paragraph of the class MsoNormal ----

MSO_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:m="http://schemas.microsoft.com/office/2004/12/omml" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=%s"><meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--
/* Font Definitions */
@font-face
	{font-family:宋体;
	panose-1:2 1 6 0 3 1 1 1 1 1;}
@font-face
	{font-family:"Cambria Math";
	panose-1:2 4 5 3 5 4 6 3 2 4;}
@font-face
	{font-family:等线;
	panose-1:2 1 6 0 3 1 1 1 1 1;}
/* Style Definitions */
p.MsoNormal, li.MsoNormal, div.MsoNormal
	{margin:0cm;
	text-align:justify;
	text-justify:inter-ideograph;
	font-size:10.5pt;
	font-family:等线;}
span.EmailStyle17
	{mso-style-type:personal-compose;
	font-family:等线;
	color:windowtext;}
.MsoChpDefault
	{mso-style-type:export-only;
	font-size:10.0pt;}
@page WordSection1
	{size:612.0pt 792.0pt;
	margin:72.0pt 90.0pt 72.0pt 90.0pt;}
div.WordSection1
	{page:WordSection1;}
--></style><!--[if gte mso 9]><xml>
<o:shapedefaults v:ext="edit" spidmax="1026" />
</xml><![endif]--></head><body lang=ZH-CN link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class=WordSection1>"""


def mso_runs(text, latin='<span lang=EN-US>%s</span>'):
    out = []
    for piece in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text):
        coded = html.escape(piece, quote=False).replace("\u00a0", "&nbsp;")
        out.append(latin % coded if piece.isascii() else coded)
    return "".join(out)


def mso_line(text, style="", align=""):
    if not text:
        return "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    tabs = "<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>".join(mso_runs(t) for t in text.split("\t"))
    span = "<span style='%s'>%s<span lang=EN-US><o:p></o:p></span></span>" % (style, tabs) if style else tabs + "<span lang=EN-US><o:p></o:p></span>"
    return "<p class=MsoNormal%s>%s</p>" % (align, span)


def _points(px):
    return "%.1fpt" % (float(px) * 0.75)


def _mso_font(style):
    size = re.search(r"font-size:(\d+)px", style)
    color = re.search(r"(?:^|;)color:(#\w+)", style)
    return "font-size:%s;font-family:\"微软雅黑\",sans-serif;color:%s" % (
        _points(size.group(1)) if size else "10.5pt", color.group(1).upper() if color else "black")


def mso_quote(tree):
    """The request as Word rewrites it: MsoNormalTable, points for pixels, spans by script."""
    out = []
    for table in _tables(body(tree)):
        _mso_table(table, out)
    return "\n".join(out)


def _tables(node):
    for kid in node.kids:
        if isinstance(kid, dom.Node):
            if kid.tag == "table":
                yield kid
            else:
                yield from _tables(kid)


def _mso_table(table, out):
    grid = "grid" in table.attrs.get("class", "")
    out.append("<table class=MsoNormalTable border=%d cellspacing=0 cellpadding=0%s style='%sborder-collapse:collapse'>" % (
        1 if grid else 0, ' width="100%"', "width:100.0%;" + ("border:solid #9AA1AB 1.0pt;" if grid else "")))
    for row in _rows(table):
        out.append("<tr>")
        for cell in (k for k in row.kids if isinstance(k, dom.Node)):
            _mso_cell(cell, grid, out)
        out.append("</tr>")
    out.append("</table>")


def _rows(table):
    for kid in table.kids:
        if isinstance(kid, dom.Node):
            if kid.tag == "tr":
                yield kid
            elif kid.tag == "tbody":
                yield from _rows(kid)


def _mso_cell(cell, grid, out):
    style = cell.attrs.get("style", "")
    width = cell.attrs.get("width")
    border = "border:solid #9AA1AB 1.0pt;" if grid else ""
    out.append("<td%s style='%s%spadding:3.75pt 2.25pt 3.75pt 2.25pt;word-break:break-word'>" % (
        ' width="%s"' % width if width else "", "width:%s.0%%;" % width.rstrip("%") if width else "", border))
    nested = list(_tables(cell))
    for table in nested:
        _mso_table(table, out)
    if not nested:
        align = " align=center style='text-align:center'" if "text-align:center" in style or cell.tag == "th" else ""
        for i, line in enumerate(dom.Flat(nbsp="\u00a0").text(cell).split("\n") or [""]):
            if line or i == 0:
                bold = "font-weight:bold" in style or cell.tag == "th"
                out.append(mso_line(line or "\u00a0", _mso_font(style) + (";font-weight:bold" if bold else ""), align))
    out.append("</td>")
