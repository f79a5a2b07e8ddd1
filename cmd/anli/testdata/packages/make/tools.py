"""What a bureau's papers are made of: forms by Word's and LibreOffice's formats,
scans, seals, licences, pictures. Real programs write the files: soffice, pdftoppm,
qpdf, img2pdf. Needs Debian's python3-docx, python3-pil, python3-img2pdf and the
blank form (templates.BlankForm) as blank.docx in the work folder.
Units, people and numbers are invented."""
import io, math, os, random, re, shutil, subprocess, zlib
from pathlib import Path

import docx, img2pdf, pikepdf
from docx.shared import Pt
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

WORK = Path(os.environ.get("WORK", "/tmp/corpus"))
OUT = Path(__file__).resolve().parent.parent
SONG = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
KAI = "/usr/share/fonts/truetype/arphic/ukai.ttc"
NINE = "电子商务园区 电子商务企业 电商平台 电商服务 电商营销 丝路电商 数商兴农 电商+产业带 其他电子商务".split()
INTRO_HELP = "参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等。"
PARTS = [("background", "（一）项目简介：", "项目背景，项目需求，重点与难点等。"),
         ("innovation", "（二）技术性与创新性：", "项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。"),
         ("benefit", "（三）效益性：", "全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益。"),
         ("demonstration", "（四）示范性：", "在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。")]
PROMISE = "我单位承诺，此次申报“广东省电子商务优秀案例”，所有申报材料及所附资料和资质均真实、合法。如有不实之处，愿负相应的法律责任，并承担由此产生的一切后果。"


def run(*args, **kw):
    return subprocess.run([str(a) for a in args], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kw).stdout


def convert(src, to, dest, infilter=None):
    """LibreOffice writes src anew as dest; to names its export filter."""
    tmp = WORK / "convert"
    shutil.rmtree(tmp, ignore_errors=True)
    tmp.mkdir(parents=True)
    extra = ["--infilter=" + infilter] if infilter else []
    run("soffice", "-env:UserInstallation=file://%s/office" % WORK, "--headless", *extra, "--convert-to", to, "--outdir", tmp, src)
    (made,) = tmp.iterdir()
    shutil.move(made, dest)
    return Path(dest)


# --- numbers and words ---

def credit_code(division, body, first="91"):
    """A valid code by GB 32100-2015 with the organisation's check digit of GB 11714."""
    sign = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = [3, 7, 9, 10, 5, 8, 4, 2]
    rest = 11 - sum(w * (ord(c) - 48 if c.isdigit() else ord(c) - 55) for w, c in zip(weights, body)) % 11
    code = first + division + body + {10: "X", 11: "0"}.get(rest, str(rest))
    return code + sign[(31 - sum(sign.index(c) * pow(3, i, 31) for i, c in enumerate(code)) % 31) % 31]


BANK = {
    "intro": ["{u}成立于2015年，是一家专注{g}研发、生产与网络销售的现代企业。", "2023年营业总收入3.26亿元，其中电子商务交易额2.18亿元，在同类{g}中市场占有率居前列。",
              "现有员工180人，其中研发人员32人，设有独立的数据与设计团队。", "先后通过质量管理体系认证，拥有实用新型专利12项、软件著作权5项。",
              "产品经由网络平台销往全国三十一个省区市，并出口东南亚与中东。", "曾获{c}电子商务协会颁发的年度优秀会员称号。"],
    "background": ["{c}是全国重要的{g}产区，中小商家多、品牌少，线上获客成本逐年走高。", "传统{g}经营依赖批发渠道，订单分散、库存积压，新品从设计到上架平均要六十天。",
                   "项目针对商家不懂运营、缺少数据、不敢备货三个难处，搭建面向{g}的一站式数字化服务体系。", "项目于2021年启动，分平台建设、试点推广和全面运营三期实施。",
                   "重点是打通设计、生产、仓储与销售的数据，难点是让规模不一的工厂愿意开放产能。", "项目组走访了一百二十余家商户，梳理出四十七项具体需求。", "目前项目已经覆盖{c}主要的{g}聚集区，服务站点九个。",
                   "建设期间遇到的最大困难是老商户的顾虑，项目组以先试用后付费的办法逐户说服，首批三十家商户全部续约。", "资金由企业自筹，没有使用财政补助，所有系统由自有团队开发和维护，源代码归企业所有。"],
    "innovation": ["项目自主研发{g}选品模型，综合搜索、收藏与退货数据预测销量。", "以小单快反方式组织生产，首批五十件起订，七天内完成补货。",
                   "把直播间与车间相连，观众下单后可以看到生产进度。", "管理上实行项目合伙制，运营人员与工厂按照销售结果分享收益。", "建立统一的商品数据标准，一次录入即可发布到八个销售平台。",
                   "引入质检前移机制，每批{g}出厂前由第三方抽检并公开结果。", "使用图像识别核对主图与实物，因描述不符产生的退货明显减少。",
                   "客服知识库由一线人员每周更新，机器先答、人工接续，夜间咨询的响应时间由四小时缩短到三分钟以内。", "所有改进都先在两家门店试行一个月，数据达到预期后再推广，避免一哄而上造成浪费。"],
    "benefit": ["2023年项目实现网络零售额1.42亿元，同比增长31.5%。", "带动{c}二百三十家{g}商户上线，新增就业一千二百人。", "平均库存周转天数由九十天降至三十八天，退货率下降四个百分点。",
                "商户综合获客成本下降约两成，复购率提高到百分之二十七。", "为乡镇青年提供电商培训四十六场，结业三千余人次。", "下一步将把服务扩展到售后与回收环节，三年内覆盖五百家商户。", "消费者满意度连续四个季度保持在百分之九十六以上。",
                "对商户而言，最直接的变化是资金回笼更快，旺季不再依赖高息借款，淡季也能用预售订单安排生产。", "对消费者而言，同样品质的商品价格更低、到货更快，售后问题一次解决的比例达到百分之九十二。"],
    "demonstration": ["项目形成可以复制的{g}产业数字化服务手册，已经在三个兄弟城市试用。", "先后接待各地考察团六十多批次，经验在行业会议上分享。", "所用标准与工具向同行开放，中小商户无需改造设备即可接入。",
                      "案例说明传统{g}产区不靠补贴也能依靠数据实现稳步增长。", "相关做法被行业协会收入培训教材。", "项目组愿意为其他{g}产区提供免费的咨询与培训。",
                      "从实践看，先统一数据、再统一服务、最后统一品牌的路径较为稳妥，对以中小企业为主的产区有借鉴意义。", "该做法投入不大、见效较快，适合财力有限的县域参考。"],
}
LEADERS = "陈小一 李试样 欧阳某某 黄样本 何某青 梁试真 罗某晴 温某远 谢样一 卢某安 江某成 郑试凡".split()
TRADES = [  # city, division, unit, case, goods, field
    ("佛山市", "440604", "佛山市某檀家居有限公司", "家居柔性供应链平台", "定制家具", "电商+产业带"),
    ("茂名市", "440981", "高州市某岭荔枝专业合作社", "荔枝冷链直达项目", "鲜果荔枝", "数商兴农"),
    ("中山市", "442000", "中山市某灿灯饰照明有限公司", "灯饰直播基地", "家用灯饰", "电商营销"),
    ("潮州市", "445102", "潮州市某窑陶瓷股份有限公司", "日用陶瓷出海", "日用陶瓷", "丝路电商"),
    ("汕头市", "440515", "汕头市某童玩具有限公司", "益智玩具云工厂", "益智玩具", "电子商务企业"),
    ("广州市", "440106", "广州某链信息科技有限公司", "专业市场数字化平台", "时尚女装", "电商平台"),
    ("深圳市", "440305", "深圳市某航跨境电子商务有限公司", "跨境卖家合规服务", "消费电子", "电商服务"),
    ("珠海市", "440402", "珠海市某湾渔业发展有限公司", "白蕉海鲈全链路电商", "水产海鲈", "数商兴农"),
    ("东莞市", "441900", "东莞市某玩文化科技有限公司", "潮玩设计师孵化", "潮流玩具", "其他电子商务"),
    ("江门市", "440705", "江门市某会园区运营管理有限公司", "侨乡电商园区运营", "特色食品", "电子商务园区"),
    ("梅州市", "441402", "梅州市某客茶业有限公司", "单丛茶溯源销售", "客家茶叶", "数商兴农"),
    ("惠州市", "441302", "惠州市某履鞋业有限公司", "女鞋小单快反工厂", "时装女鞋", "电商+产业带"),
]


def text(part, d, size):
    """Paragraphs of at least size characters, the same for the same unit."""
    pick = random.Random(zlib.crc32((d["unit"] + part).encode()))
    bank = [s.format(u=d["unit"], g=d["goods"], c=d["city"]) for s in BANK[part]]
    first = 2 if part == "intro" else 1
    rest = bank[first:]
    pick.shuffle(rest)
    lines, line, n = [], "", 0
    for s in bank[:first] + rest:
        if n >= size:
            break
        line, n = line + s, n + len(s)
        if len(line) > 110:
            lines, line = lines + [line], ""
    return "\n".join(lines + [line] if line else lines)


def facts(n, **over):
    """A form as it should be filled in; n chooses the trade, over changes boxes."""
    city, division, unit, case, goods, field = TRADES[n % len(TRADES)]
    lead = LEADERS[n % len(LEADERS)]
    d = dict(city=city, division=division, goods=goods, unit=unit, case=case, categories=[field], other="文化创意电商" if field == "其他电子商务" else "",
             prior_award="无", leader=lead, contact=LEADERS[(n + 5) % len(LEADERS)], phone="138%08d" % (23450100 + 7 * n), email="bao%d@qiye.example.com" % n)
    d.update({k: v for k, v in over.items() if k in ("unit", "goods", "city")})
    for part, size in ("intro", 170), ("background", 330), ("innovation", 300), ("benefit", 300), ("demonstration", 240):
        d[part] = text(part, d, size)
    d.update(over)
    d.setdefault("code", credit_code(d["division"], "MA%06d" % (512340 + 37 * n)))
    return d


# --- the form ---

def ticked(d, tick="☑", off="□", behind=False, explain="（请说明）"):
    """The nine fields as a list of strings."""
    out = []
    for name in NINE:
        on = name in d["categories"]
        tail = "" if name != "其他电子商务" else (explain if not (on and d["other"]) else "（请说明：%s）" % d["other"])
        out.append((name + tick if behind else tick + name) + tail if on else off + name + tail)
    return out


def put(cell, *lines):
    """Lines into a cell in place of what is in it."""
    for p in cell.paragraphs[1:]:
        p._p.getparent().remove(p._p)
    first = cell.paragraphs[0]
    for r in first.runs:
        r._r.getparent().remove(r._r)
    for i, line in enumerate(lines):
        p = first if i == 0 else cell.add_paragraph()
        p.paragraph_format.line_spacing = Pt(16)
        p.add_run(line).font.size = Pt(10.5)


def contact_of(d):
    return [x for x in (d["phone"], d["email"]) if x]


def word_form(d, dest, fields=None, help="strip", contact=None, date="", opinion="", bureau_date="", promise=True, change=None):
    """The notice's blank form, filled in as in Word. help: strip, keep (above what is
    written) or heading (the instruction's heading alone); change(doc) is the last word."""
    doc = docx.Document(WORK / "blank.docx")
    table = doc.tables[0]
    rows = [r.cells for r in table.rows]
    for i, key in (0, "unit"), (1, "case"), (3, "prior_award"), (4, "leader"):
        put(rows[i][1], *d[key].split("\n"))
    put(rows[2][1], *(fields or [" ".join(ticked(d)[a:b]) for a, b in ((0, 2), (2, 5), (5, 8), (8, 9))]))
    put(rows[5][1], *d["contact"].split("\n"))
    put(rows[5][3], *(contact or contact_of(d)))
    keep = help == "keep"
    put(rows[6][0], "一、参评单位简介（500字以内）：", *([INTRO_HELP] if keep or not d["intro"] else []), *d["intro"].split("\n"))
    lines = ["二、案例概述：（2000字左右）"]
    for key, heading, words in PARTS:
        lines += [heading + words if keep or not d[key] else heading] + (d[key].split("\n") if d[key] else [])
    put(rows[7][0], *lines)
    end = ["参评单位（盖章）：", date or "    年    月    日"]
    put(rows[8][0], *([PROMISE] if promise else []), "", "", *end)
    put(rows[9][0], "市商务局意见：", opinion, "", "", "单位（盖章）：", bureau_date or "    年    月    日")
    for row, height in zip(table.rows, [24, 24, 60, 30, 24, 30, 120, 300, 150, 150]):
        row.height = Pt(height)
    for row in 8, 9:
        for p in rows[row][0].paragraphs[-2:]:
            p.paragraph_format.left_indent = Pt(200)
    if change:
        change(doc)
    doc.save(dest)
    return Path(dest)


def html_doc(body, dest, to="docx:MS Word 2007 XML"):
    """A web page that LibreOffice saves as a document."""
    page = WORK / "page.html"
    page.write_text("<html><head><meta charset='utf-8'><style>td{font-size:10.5pt} p{margin:0}</style></head><body>%s</body></html>" % body)
    return convert(page, to, dest, "HTML (StarWriter)")


# --- seals and scans ---

def seal(ring, size):
    """A round seal with a star, red on white, size pixels wide."""
    s = 4 * 160
    im = Image.new("RGB", (s, s), "white")
    pen, red = ImageDraw.Draw(im), (214, 34, 40)
    pen.ellipse((8, 8, s - 8, s - 8), outline=red, width=18)
    star = [(s / 2 + r * math.sin(a), s / 2 - r * math.cos(a)) for a, r in ((k * math.pi / 5, 100 if k % 2 == 0 else 40) for k in range(10))]
    pen.polygon(star, fill=red)
    font, n = ImageFont.truetype(SONG, 78 if len(ring) < 13 else 58), len(ring)
    for i, ch in enumerate(ring):
        turn = (i - (n - 1) / 2) * min(240 / n, 30)
        glyph = Image.new("L", (s, s), 0)
        ImageDraw.Draw(glyph).text((s / 2, 88), ch, font=font, fill=255, anchor="mm")
        im.paste(red, mask=glyph.rotate(-turn, center=(s / 2, s / 2)))
    return im.resize((size, size), Image.LANCZOS)


def places(pdf):
    """Page (from 0) and point of the two labels 盖章 in a PDF with words."""
    out, page = [], -1
    for line in run("pdftotext", "-bbox", pdf, "-").decode().splitlines():
        page += "<page " in line
        m = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)".*>(.*（?盖章）?.*)</word>', line)
        if m and "市商务局" not in m[4]:
            out.append((page, float(m[3]), float(m[2])))
    return out[-2:]


def hand(page, at, words, dpi, size=15, ink=(28, 32, 74)):
    """Writing by hand on a page's picture; at in points."""
    ImageDraw.Draw(page).text((at[0] * dpi / 72, at[1] * dpi / 72), words, font=ImageFont.truetype(KAI, size * dpi // 72), fill=ink)


def pages_of(pdf, dpi=100):
    stem = WORK / "ppm"
    shutil.rmtree(stem, ignore_errors=True)
    stem.mkdir()
    run("pdftoppm", "-r", dpi, "-png", pdf, stem / "p")
    return [Image.open(p).convert("RGB") for p in sorted(stem.iterdir())]


def stamped(pdf, unit="", bureau="", opinion="经审核，同意推荐。", dates=("2024年10月12日", "2024年10月18日"), dpi=100):
    """Pictures of the printed pages, sealed and signed by hand."""
    pages = pages_of(pdf, dpi)
    side = int(41 / 25.4 * dpi)
    for (n, x, y), ring, day in zip(places(pdf), (unit, bureau), dates):
        if day:
            hand(pages[n], (x - 70, y + 32), day, dpi, 12)
        if ring:
            left, top = int(x * dpi / 72) - side // 2, int(y * dpi / 72) - side // 2
            box = (left, top, left + side, top + side)
            pages[n].paste(ImageChops.multiply(pages[n].crop(box), seal(ring, side)), box)
    if opinion:
        n, x, y = places(pdf)[1]
        hand(pages[n], (130, y - 42), opinion, dpi)
    return pages


def jpeg(im, quality=28):
    b = io.BytesIO()
    im.save(b, "JPEG", quality=quality, optimize=True)
    return b.getvalue()


def bilevel(im):
    b = io.BytesIO()
    im.convert("L").point(lambda v: 255 if v > 150 else 0).convert("1").save(b, "TIFF", compression="group4")
    return b.getvalue()


def scan(pages, dest, dpi=100, auto=True, grey=False, quality=28, skew=0.0):
    """A PDF of pictures. auto: pages without colour are black and white, as scanners
    with automatic colour make them."""
    out = []
    for im in pages:
        if skew:
            im = im.rotate(skew, resample=Image.BICUBIC, fillcolor="white")
        r, g, b = im.filter(ImageFilter.BoxBlur(2)).split()
        coloured = ImageChops.difference(r, g).getextrema()[1] > 60
        out.append(jpeg(im.convert("L"), quality) if grey else jpeg(im, quality) if coloured or not auto else bilevel(im))
    layout = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    Path(dest).write_bytes(img2pdf.convert(out, layout_fun=layout, nodate=True))
    return Path(dest)


def electronic(pdf, dest, unit="", bureau=""):
    """Lays pictures of seals over a PDF with words, as seal programs do."""
    spots = places(pdf)
    with pikepdf.open(pdf) as doc:
        for k, ((n, x, y), ring) in enumerate(zip(spots, (unit, bureau))):
            if not ring:
                continue
            im = seal(ring, 240)
            alpha = ImageChops.invert(im.split()[1])
            def stream(data, w, space, **more):
                return pikepdf.Stream(doc, zlib.compress(data), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=w, Height=w, BitsPerComponent=8,
                                      ColorSpace=space, Filter=pikepdf.Name.FlateDecode, **more)
            mask = doc.make_indirect(stream(alpha.tobytes(), 240, pikepdf.Name.DeviceGray))
            picture = doc.make_indirect(stream(im.tobytes(), 240, pikepdf.Name.DeviceRGB, SMask=mask))
            page = doc.pages[n]
            page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name("/Seal%d" % k))
            height = float(page.MediaBox[3])
            page.contents_add(("q 116 0 0 116 %.1f %.1f cm /Seal%d Do Q" % (x - 58, height - y - 58, k)).encode())
        doc.save(dest)
    return Path(dest)


# --- licences, certificates, pictures ---

def paper(title, rows, dest, foot=""):
    """A licence or certificate: a PDF with words, or a photo of it by the ending."""
    body = "<p align=center style='font-size:28pt'>%s</p><br>" % title + "".join("<p style='font-size:13pt;line-height:190%%'>%s　%s</p>" % r if r[0] else "<p style='font-size:13pt'>%s</p>" % r[1] for r in rows)
    pdf = html_doc(body + "<br><p align=right style='font-size:13pt'>%s</p>" % foot, WORK / "paper.pdf", "pdf:writer_web_pdf_Export")
    if str(dest).endswith(".pdf"):
        shutil.copy(pdf, dest)
    else:
        im = pages_of(pdf, 110)[0]
        im.crop((0, 0, im.width, im.height * 6 // 10)).save(dest, **({"quality": 30} if str(dest).lower().endswith(("jpg", "jpeg")) else {}))
    return Path(dest)


def licence(d, dest, name=None, code=None):
    return paper("营业执照", [("统一社会信用代码", code or d["code"]), ("名　　称", name or d["unit"]), ("类　　型", "有限责任公司（自然人投资或控股）"),
                          ("法定代表人", d["leader"]), ("经营范围", "%s的研发、生产、销售；互联网销售。" % d["goods"]), ("注册资本", "壹仟万元人民币"),
                          ("成立日期", "2015年06月18日"), ("住　　所", "广东省%s某某路18号" % d["city"])], dest, "登记机关　%s市场监督管理局" % d["city"])


def certificate(d, dest, title="荣誉证书"):
    return paper(title, [("", "%s：" % d["unit"]), ("", "被评为2022年度%s优秀会员单位，特发此证。" % d["city"])], dest, "%s某某协会　2023年1月" % d["city"])


def picture(n, size=(1200, 900)):
    """A picture of large shapes, unlike any other number's."""
    r = random.Random(4000 + n)
    w, h = 60, 45
    im = Image.new("RGB", (w, h))
    a, b, turn = [tuple(r.randrange(256) for _ in "rgb") for _ in "ab"] + [r.random()]
    for x in range(w):
        for y in range(h):
            k = (x / w) * turn + (y / h) * (1 - turn)
            im.putpixel((x, y), tuple(int(p + (q - p) * k) for p, q in zip(a, b)))
    im = im.resize(size, Image.BICUBIC)
    pen = ImageDraw.Draw(im)
    for _ in range(5):
        x, y, d = r.randrange(size[0]), r.randrange(size[1]), r.randrange(200, 620)
        colour = tuple(r.randrange(256) for _ in "rgb")
        if r.random() < .5:
            pen.ellipse((x - d / 2, y - d / 2, x + d / 2, y + d / 2), fill=colour)
        else:
            pen.rectangle((x - d / 2, y - d / 3, x + d / 2, y + d / 3), fill=colour)
    return im


def logo(n, size=400):
    r = random.Random(90 + n)
    im = Image.new("RGB", (size, size), "white")
    pen, colour = ImageDraw.Draw(im), tuple(r.randrange(40, 220) for _ in "rgb")
    pen.ellipse((size * .15, size * .15, size * .85, size * .85), fill=colour)
    pen.regular_polygon((size / 2, size / 2, size * (.15 + .02 * (n % 8))), 3 + n % 5, rotation=n * 17, fill="white")
    return im.quantize(8)
