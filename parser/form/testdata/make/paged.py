#!/usr/bin/python3
"""Writes the invented form ../saved/plain.docx anew as people lay it out, and has
LibreOffice print each: rows that break across pages, a running head and foot,
labels that wrap or stand beside, double lines or none.

    paged.py FROM.docx DIR
"""
import os, re, subprocess, sys, tempfile, zipfile

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SENTENCES = ["项目以自研的排产系统连接12家工厂与直播间，", "样品当天打版，次日上播，七天补单。", "2023年线上销售额8,600万元，同比增长31.5%，",
             "带动周边加工户210户，新增就业1,500人。", "质检数据随订单回到设计端，退货率由18%降至11%。"]


def paragraph(text):
    return ('<w:p><w:pPr><w:spacing w:line="400" w:lineRule="exact"/><w:ind w:firstLine="480"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/>'
            f'<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>')


def lengthen(xml):
    """The four long parts run over two pages."""
    for k, mark in enumerate(["（一）项目简介", "（二）技术性与创新性", "（三）效益性", "（四）示范性"]):
        at = xml.index("</w:tc>", xml.index(mark))
        more = "".join(paragraph("".join(SENTENCES[(k + p + i * (p + 1)) % 5] for i in range(4 + p % 3))) for p in range(9))
        xml = xml[:at] + more + xml[at:]
    return xml


def running(kind, body):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{kind} {NS}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{body}</w:p></w:{kind}>'


def run(text):
    return f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(name):
    return f'<w:fldSimple w:instr="{name}">{run("1")}</w:fldSimple>'


def headed(parts, page):
    """A head and a foot on every page; the foot has the page's number."""
    parts["word/header1.xml"] = running("hdr", run("惠州市某鞋履有限公司　2024年广东省电子商务优秀案例申报材料"))
    parts["word/footer1.xml"] = running("ftr", page)
    types, rels = "[Content_Types].xml", "word/_rels/document.xml.rels"
    for kind in ["header", "footer"]:
        parts[types] = parts[types].replace("</Types>", f'<Override PartName="/word/{kind}1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/></Types>')
        parts[rels] = parts[rels].replace("</Relationships>", f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}1.xml"/></Relationships>')
    parts["word/document.xml"] = re.sub(r"<w:sectPr([^>]*)>", lambda m: m.group(0) + '<w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>', parts["word/document.xml"])


def narrow(xml):
    """A label's column so narrow that labels wrap."""
    for old, new in [("2100", "1300"), ("2300", "3100"), ("7198", "7998")]:
        xml = xml.replace(f'w:w="{old}"', f'w:w="{new}"')
    return xml.replace("参评案例</w:t></w:r></w:p>", "参评案例（项目名称）</w:t></w:r></w:p>", 1).replace(
        re.search(r'<w:p><w:pPr>(?:(?!<w:p>).)*（项目名称）</w:t></w:r></w:p>(?=</w:tc>)', xml).group(0), "", 1)


def beside(xml):
    """The long parts with their label in a cell of its own, at the left."""
    def row(m):
        paragraphs = re.findall(r"<w:p>.*?</w:p>", m.group(0))
        if len(paragraphs) < 2:
            return m.group(0)
        cell = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>{}</w:tcPr>{}</w:tc>'.format
        return re.match(r"<w:tr>(<w:trPr>.*?</w:trPr>)?", m.group(0)).group(0) + cell(2100, "", paragraphs[0]) + cell(7198, '<w:gridSpan w:val="3"/>', "".join(paragraphs[1:])) + "</w:tr>"
    return re.sub(r'<w:tr>(?:(?!</w:tr>).)*<w:gridSpan w:val="4"/>.*?</w:tr>', row, xml)


def write(out, parts):
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in sorted(parts.items(), key=lambda p: p[0] != "[Content_Types].xml"):
            z.writestr(zipfile.ZipInfo(name, (2024, 10, 11, 9, 0, 0)), text)


def main(source, out):
    with zipfile.ZipFile(source) as z:
        plain = {n: z.read(n).decode() for n in z.namelist()}
    doc = "word/document.xml"
    made = {}
    for name in ["split", "headed", "numbered", "wrapped", "double", "beside", "bare"]:
        parts = made[name] = dict(plain)
        if name in ("split", "headed", "numbered", "beside"):
            parts[doc] = lengthen(parts[doc])
        if name == "headed":
            headed(parts, run("广东省商务厅　第") + field("PAGE") + run("页　共") + field("NUMPAGES") + run("页"))
        if name == "numbered":
            headed(parts, run("— ") + field("PAGE") + run(" —"))
        if name == "wrapped":
            parts[doc] = narrow(parts[doc])
        if name == "beside":
            parts[doc] = beside(parts[doc])
        if name == "bare":
            parts[doc] = parts[doc].replace('w:val="single" w:sz="4"', 'w:val="none" w:sz="0"')
        if name == "double":
            parts[doc] = parts[doc].replace('w:val="single" w:sz="4"', 'w:val="double" w:sz="6"')
    with tempfile.TemporaryDirectory() as home:
        for name, parts in made.items():
            path = os.path.join(out, name + ".docx")
            write(path, parts)
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{home}", "--convert-to", "pdf", "--outdir", out, path],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


main(*sys.argv[1:])
