"""Writes photos.html, mixed.html and slides.fodp for make.sh: pages with pictures in them."""
import base64, sys

def data(f):
    return base64.b64encode(open(sys.argv[1] + "/" + f, "rb").read()).decode()

def html(name, body):
    open(sys.argv[1] + "/" + name, "w").write('<html><head><meta charset="utf-8"></head><body>' + body + "</body></html>")

def img(f):
    return '<p><img src="data:image/jpeg;base64,%s" width="400"></p>' % data(f)

html("photos.html", "<h1>照片</h1><p>门头</p>" + img("p1.jpg") + "<p>车间</p>" + img("p2.jpg") + "<p>展厅</p>" + img("p3.jpg") + img("p3.jpg") + "<p>图章</p>" + img("small.png"))
html("mixed.html", "<h2>一、LOGO</h2>" + img("p1.jpg") + "<h2>二、照片</h2>" + img("p2.jpg") + img("p3.jpg") + "<h2>三、宣传图片</h2>" + img("p4.jpg"))

def slide(n, title, pictures):
    s = '<draw:page draw:name="p%d" draw:master-page-name="Default">' % n
    if title:
        s += '<draw:frame svg:x="2cm" svg:y="1cm" svg:width="20cm" svg:height="2cm"><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame>' % title
    for i, p in enumerate(pictures):
        s += '<draw:frame svg:x="%dcm" svg:y="5cm" svg:width="5cm" svg:height="4cm"><draw:image><office:binary-data>%s</office:binary-data></draw:image></draw:frame>' % (2 + 6 * i, data(p))
    return s + "</draw:page>"

names = "office text draw presentation style".split()
spaces = " ".join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (n, {"draw": "drawing"}.get(n, n)) for n in names)
spaces += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
open(sys.argv[1] + "/slides.fodp", "w").write(
    '<?xml version="1.0" encoding="UTF-8"?><office:document %s office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation">'
    '<office:automatic-styles><style:page-layout style:name="PM"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="PM"/></office:master-styles><office:body><office:presentation>' % spaces
    + slide(1, "LOGO", ["p1.jpg"]) + slide(2, "照片", ["p2.jpg", "p3.jpg"]) + slide(3, "", ["p4.jpg", "p2.jpg"]) + slide(4, "宣传图片", ["p5.jpg", "small.png"])
    + "</office:presentation></office:body></office:document>")
