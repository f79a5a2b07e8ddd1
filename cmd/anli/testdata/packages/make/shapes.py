"""Whole packages from the papers of tools.py, in the shapes in which bureaus send them,
and expected.json beside each: written from the notice and the list of checks alone."""
import json, zipfile
from email.message import EmailMessage
from email.utils import format_datetime
from datetime import datetime, timezone, timedelta

from tools import *

KEYS = "unit case categories other prior_award leader contact phone email intro background innovation benefit demonstration".split()


class Pack:
    """One folder of the corpus: package/ and expected.json."""

    def __init__(self, name, sentence):
        self.name, self.root = name, OUT / name
        shutil.rmtree(self.root, ignore_errors=True)
        self.top, self.stage = self.root / "package", WORK / "stage" / name
        shutil.rmtree(self.stage, ignore_errors=True)
        self.top.mkdir(parents=True), self.stage.mkdir(parents=True)
        self.expect = {"sentence": sentence, "cases": [], "problems": []}

    def case(self, folder, d, *findings, roles=None, drop=(), **over):
        """What must be read; drop are keys not compared, d None leaves out the form."""
        form = {} if d is None else {k: d[k] for k in KEYS if k not in drop}
        form.update(over)
        self.expect["cases"].append({"folder": folder, "form": form, "roles": roles or {}, "findings": list(findings)})
        return self

    def done(self, **more):
        self.expect.update(more)
        (self.root / "expected.json").write_text(json.dumps(self.expect, ensure_ascii=False, indent=1) + "\n")
        print(self.name, sum(f.stat().st_size for f in self.root.rglob("*") if f.is_file()) // 1024, "KB")


def folder_name(d):
    return "[案例]-%s+%s" % (d["unit"], d["case"])


def bureau(d):
    return d["city"] + "商务局"


PLAIN = dict(word="申报表.docx", pdf="申报表（盖章扫描件）.pdf", license="营业执照.jpg", logo="LOGO.png", photo="照片%d.jpg", promo="宣传图片%d.jpg")
FOLDERS = dict(word="01申报表/广东省电子商务优秀案例申报表.docx", pdf="01申报表/广东省电子商务优秀案例申报表.pdf", license="02证照/营业执照.jpg", logo="03图片/企业LOGO.png",
               photo="03图片/照片/%d.jpg", promo="03图片/宣传图片/%d.jpg")
NUMBERED = dict(word="1.{unit}申报表.docx", pdf="1.{unit}申报表（盖章）.pdf", license="2.{unit}营业执照.jpg", logo="3.{unit}logo.png", photo="4.企业照片-%d.jpg", promo="5.宣传海报%d.jpg")


def materials(into, d, n, names=PLAIN, skip=(), word=None, pdf=None, scanned=None, **form):
    """A complete package but for what is in skip. word(dest) and pdf(docx, dest) write
    the form's two copies in another way; form goes to word_form, scanned to stamped."""
    def at(key, *k):
        p = Path(into) / (names[key].format(unit=d["unit"]) % k if k else names[key].format(unit=d["unit"]))
        p.parent.mkdir(parents=True, exist_ok=True)
        return p
    printed = WORK / "printed.docx"
    word = word or (lambda dest: word_form(d, dest, **form))
    word(printed)
    if "word" not in skip:
        if str(names["word"]).endswith(".docx"):
            shutil.copy(printed, at("word"))
        else:
            kind = {"doc": "doc:MS Word 97", "wps": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt:writer8"}[names["word"].rsplit(".")[-1]]
            convert(printed, kind, at("word"))
    if "pdf" not in skip:
        (pdf or (lambda doc, dest: scan_of(doc, dest, d, **(scanned or {}))))(printed, at("pdf"))
    if "license" not in skip:
        licence(d, at("license"))
    if "logo" not in skip:
        logo(n).save(at("logo"))
    for key, first in ("photo", 0), ("promo", 3):
        for k in range(3):
            if "%s%d" % (key, k + 1) not in skip and key not in skip:
                at(key, k + 1).write_bytes(shot(6 * n + first + k))
    return Path(into)


def shot(n, size=(1024, 768)):
    return jpeg(picture(n % 48, size), 8)


def scan_of(doc, dest, d, dpi=90, **how):
    """The form printed, sealed, signed and scanned."""
    paged = {k: how.pop(k) for k in list(how) if k in ("auto", "grey", "quality", "skew")}
    pdf = convert(doc, "pdf", WORK / "printed.pdf")
    return scan(stamped(pdf, **{"unit": d["unit"], "bureau": bureau(d), "dpi": dpi, **how}), dest, **paged)


def typed(d, unit=True, office=True, day="2024年10月12日", opinion="经审核，同意推荐。", office_day="2024年10月18日"):
    """A PDF with words and electronic seals, for materials(pdf=…)."""
    def write(doc, dest):
        word = WORK / "typed.docx"
        copy = docx.Document(doc)
        ends = [r.cells[0].paragraphs for r in copy.tables[-1].rows[-2:]]
        for ps, date in zip(ends, (day, office_day)):
            if date:
                ps[-1].runs[0].text = date
        if opinion:
            (ends[1][1].runs or [ends[1][1].add_run()])[0].text = opinion
        copy.save(word)
        electronic(convert(word, "pdf", WORK / "typed.pdf"), dest, d["unit"] if unit else "", bureau(d) if office else "")
    return write


# --- archives and mails ---

class GBKInfo(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zip_gbk(dest, folder):
    """As the archivers of Chinese Windows write it: names in GBK, no flag."""
    with zipfile.ZipFile(dest, "w", zipfile.ZIP_DEFLATED) as z:
        for f in sorted(Path(folder).rglob("*")):
            if f.is_file():
                info = GBKInfo(str(f.relative_to(folder)), (2024, 10, 12, 9, 30, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                z.writestr(info, f.read_bytes())


def zip_utf8(dest, folder, *more):
    run("zip", "-q", "-r", "-X", *more, Path(dest).resolve(), ".", cwd=folder)


def seven(dest, folder, *more):
    run("7zz", "a", "-bd", *more, Path(dest).resolve(), ".", cwd=folder)


def mail(dest, subject, words, files, charset="gbk", sender="swj@fs.example.cn"):
    """A mail as Foxmail writes it: names in encoded words of GBK."""
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = sender, "dianshangchu@gd.example.cn", subject
    m["Date"], m["Message-ID"] = format_datetime(datetime(2024, 10, 14, 9, 5, tzinfo=timezone(timedelta(hours=8)))), "<20241014.%d@fs.example.cn>" % (zlib.crc32(subject.encode()) % 100000)
    m.set_content(words, charset=charset)
    for name, data in files:
        m.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    Path(dest).write_bytes(m.as_bytes(policy=m.policy.clone(linesep="\r\n")))


# --- forms that people drew anew ---

def web_form(d, label=lambda s: s, parts="one", heads=None, contact="row", fields=None, under=(), together=(), help=False, intro_head="一、参评单位简介（500字以内）：", extra=""):
    """HTML of the form's table. label writes a label, heads the four headings; under are
    boxes whose value stands below the label, together in one cell with it; parts: one
    cell, rows (a row a part), beside (heading left, words right)."""
    heads = heads or [h for _, h, _ in PARTS]
    br = lambda s: s.replace("\n", "<br>")
    def box(key, name, value):
        if key in under:
            return "<tr><td colspan=4>%s</td></tr><tr><td colspan=4>%s</td></tr>" % (br(label(name)), br(value))
        if key in together:
            return "<tr><td colspan=4>%s：%s</td></tr>" % (br(label(name)), br(value))
        return "<tr><td>%s</td><td colspan=3>%s</td></tr>" % (br(label(name)), br(value))
    both = br("\n".join(contact_of(d)))
    fields = fields or "<br>".join(" ".join(ticked(d)[a:b]) for a, b in ((0, 2), (2, 5), (5, 8), (8, 9)))
    rows = box("unit", "参评单位", d["unit"]) + box("case", "参评案例\n（项目名称）", d["case"]) + box("categories", "参评领域", fields)
    rows += box("prior_award", "该案例是否曾经获评其他奖励", d["prior_award"]) + box("leader", "项目主要负责人", d["leader"])
    if contact == "row":
        rows += "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>" % (br(label("日常联系人")), br(d["contact"]), br(label("联系电话及邮箱")), both)
    elif contact == "rows":
        rows += box("contact", "日常联系人", d["contact"]) + box("phone", "联系电话及邮箱", both)
    else:
        rows += "<tr><td rowspan=2>%s</td><td rowspan=2>%s</td><td>联系电话</td><td>%s</td></tr><tr><td>邮箱</td><td>%s</td></tr>" % (label("日常联系人"), d["contact"], d["phone"], d["email"])
    p = lambda s: "".join("<p>%s</p>" % x for x in s.split("\n"))
    wide = lambda s: "<tr><td colspan=4>%s</td></tr>" % s
    texts = [(h + (w if help else ""), d[k]) for h, (k, _, w) in zip(heads, PARTS)]
    rows += wide(p(intro_head) + (p(INTRO_HELP) if help else "") + p(d["intro"]))
    if parts == "one":
        rows += wide(p("二、案例概述：（2000字左右）") + "".join(p(h) + p(t) for h, t in texts))
    elif parts == "rows":
        rows += wide(p("二、案例概述：（2000字左右）")) + "".join(wide(p(h) + p(t)) for h, t in texts)
    else:
        rows += wide(p("二、案例概述：（2000字左右）")) + "".join("<tr><td>%s</td><td colspan=3>%s</td></tr>" % (p(h), p(t)) for h, t in texts)
    end = "<p>%s</p><br><p style='margin-left:200pt'>%s</p><p style='margin-left:200pt'>　　年　　月　　日</p>"
    rows += wide(end % (PROMISE, "参评单位（盖章）：")) + wide("<p>市商务局意见：</p><br>" + end % ("", "单位（盖章）："))
    return "<p>附件</p><p align=center>广东省电子商务优秀案例申报表</p>%s<table border=1 cellspacing=0 width=100%%>%s</table>" % (extra, rows)


def web(d, **how):
    """For materials(word=…): the drawn form, saved by LibreOffice."""
    return lambda dest: html_doc(web_form(d, **how), dest)
