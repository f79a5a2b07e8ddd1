#!/usr/bin/python3
"""Writes a page as a scanner's program does: a picture, and words that go with it.

    pages.py blank|invisible|under|background|note OUT.pdf [PICTURE]

invisible: the words leave no ink. under: they lie under the picture.
background: they are printed on it.
note: they are set on the page with a viewer's typewriter; one is hidden.
"""
import sys
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

LINES = ["广东省电子商务优秀案例申报表", "参评单位 佛山市某某家居有限公司", "参评案例（项目名称） 家居产业带数字化", "联系电话及邮箱 0757-8300I234"]
WIDE, HIGH = 595, 842


def words(c, mode):
    t = c.beginText(72, 760)
    t.setFont("STSong-Light", 12)
    t.setTextRenderMode(mode)
    t.setLeading(40)
    for line in LINES:
        t.textLine(line)
    c.drawText(t)


def main(kind, out, picture=None):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    c = canvas.Canvas(out, pagesize=(WIDE, HIGH), invariant=1)
    if kind == "under":
        words(c, 0)
    if picture:
        c.drawImage(picture, 0, 0, WIDE, HIGH)
    if kind == "invisible":
        words(c, 3)
    if kind == "background":
        words(c, 0)
    if kind == "note":
        c.setFont("STSong-Light", 12)
        c.drawString(72, 700, "市商务局意见：")
        c.freeTextAnnotation("经审核，同意推荐。", "(0 0 0 rg /Helv 12 Tf)", Rect=(170, 694, 400, 714))
        c.freeTextAnnotation("不予推荐", "(0 0 0 rg /Helv 12 Tf)", Rect=(170, 660, 400, 680), F=2)
    c.showPage()
    c.save()


main(*sys.argv[1:])
