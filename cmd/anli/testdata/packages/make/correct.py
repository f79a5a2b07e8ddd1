"""Packages in which nothing lacks, in all shapes."""
from shapes import *


def one(name, sentence, n, d=None, names=PLAIN, findings=(), roles=None, folder=None, drop=(), **how):
    """A complete package in its folder."""
    d, p = d or facts(n), Pack(name, sentence)
    folder = folder or folder_name(d)
    materials(p.top / folder, d, n, names, **how)
    return p.case(folder, d, *findings, roles=roles, drop=drop)


def folders():
    one("plain-folder", "One folder named as the notice asks, flat inside: the ordinary case.", 0, roles={
        "申报表.docx": "form-text", "申报表（盖章扫描件）.pdf": "form-pdf", "营业执照.jpg": "license", "LOGO.png": "logo", "照片2.jpg": "photo", "宣传图片3.jpg": "promo"}).done()
    one("numbered-folders", "Roles by folders, files are only numbered; the text is an older Word's .doc.", 1, names=dict(FOLDERS, word="01申报表/申报表.doc"), roles={
        "03图片/照片/1.jpg": "photo", "03图片/宣传图片/1.jpg": "promo", "01申报表/申报表.doc": "form-text"}).done()
    one("unit-in-names", "Each file's name holds the unit's; posters as promotional pictures; saved by WPS as .wps.", 2, names=dict(NUMBERED, word="1.{unit}申报表.wps"), roles={
        "5.宣传海报1.jpg": "promo", "4.企业照片-2.jpg": "photo", "1.中山市某灿灯饰照明有限公司申报表.wps": "form-text"}).done()
    one("rtf-form", "The text copy is .rtf; the whole scan is in colour.", 3, names=dict(PLAIN, word="申报表.rtf"), scanned={"auto": False}).done()
    one("odt-form", "The text copy is .odt, as LibreOffice and government Linux desktops save it.", 4, names=dict(PLAIN, word="申报表电子版.odt")).done()
    one("electronic-seals", "The PDF has words and electronic seals, opinion and dates are typed.", 5, pdf=typed(facts(5)), opinion="经审核，同意推荐。").done()
    one("help-left", "The notice's instructions are left above what is written.", 6, help="keep").done()
    one("skewed-scan", "The scan lies crooked on the glass by one and a half degrees; box by √ before the field.", 7, fields=[" ".join(ticked(facts(7), "√", "□"))], scanned={"skew": 1.5}).done()
    d = facts(8)
    one("other-field", "其他电子商务 is ticked and explained.", 8, d).done()
    one("mark-differs", "The folder's brackets are full width and the dash is long: for the record only.", 9, folder="【案例】－%s+%s" % (facts(9)["unit"], facts(9)["case"]), findings=["info folder-name"]).done()
    d = facts(10, categories=["电子商务企业", "数商兴农"], prior_award="2022年获梅州市某某协会“年度优秀项目”称号")
    one("two-fields", "Two fields are ticked, which the notice allows; a warning asks for the main one.", 10, d, findings=["warning category-several"]).done()


def boxes():
    """How people fill the short boxes."""
    d = facts(0, phone="0757-83001234", email="yangben@jiaju.example.com", prior_award="否")
    one("mail-before-phone", "Mail before phone in one cell with a stroke; ■ ticks; 否 is an answer.", 0, d, contact=["%s / %s" % (d["email"], d["phone"])], fields=[" ".join(ticked(d, "■"))]).done()
    d = facts(1, phone="（0668）6600123转802", prior_award="没有")
    one("labelled-contact", "Phone with extension and mail carry labels of their own; ticks stand behind; 没有 is an answer.", 1, d, contact=["电话：" + d["phone"], "邮箱：" + d["email"]], fields=ticked(d, "√", behind=True)).done()
    d = facts(2, contact="何某青、梁试真", phone="13823450114、13923450115", email="hemou@deng.example.com、liang@deng.example.com", prior_award="/")
    one("two-contacts", "Two contacts with a phone and a mail each; a stroke is an answer.", 2, d, contact=["13823450114", "13923450115", "hemou@deng.example.com", "liang@deng.example.com"], fields=["  ".join(ticked(d, "●", "○"))]).done()
    d = facts(3, phone="138 2345 0121")
    one("spaced-phone", "The phone is written in groups; brackets as boxes.", 3, d, fields=[" ".join(("[√]" if x in d["categories"] else "[ ]") + x for x in NINE[:8]), "[ ]其他电子商务（请说明）"]).done()
    d = facts(4)
    one("others-deleted", "The eight other fields are deleted, the one that applies is left.", 4, d, fields=["电子商务企业"]).done()
    d = facts(5, prior_award="—")
    one("r-for-tick", "The tick is the letter R of Wingdings 2, as old forms have it; a dash is an answer.", 5, d, fields=[" ".join(ticked(d))], change=wingdings).done()
    d = facts(11, phone="13823450177", email="luo@xie.example.com")
    one("run-together", "Phone and mail in one line with a Chinese comma; ✓ ticks.", 11, d, contact=["手机：13823450177，电子邮箱：luo@xie.example.com"], fields=["\u3000".join(ticked(d, "✓"))]).done()


def wingdings(doc):
    """The tick becomes a run of the symbol font."""
    p = doc.tables[0].rows[2].cells[1].paragraphs[0]
    before, after = p.runs[0].text.split("☑")
    p.runs[0].text = before
    p.add_run("R").font.name = "Wingdings 2"
    p.add_run(after)


def drawn():
    """Forms that somebody typed anew."""
    def draw(name, sentence, n, d=None, **how):
        d = d or facts(n)
        one(name, sentence, n, d, word=web(d, **how)).done()
    draw("spread-labels", "Labels are spread by blanks.", 0, label=lambda s: " ".join(s))
    draw("broken-labels", "Labels are broken over lines; headings are numbered 1. to 4.", 1, label=lambda s: s[:len(s) // 2] + "\n" + s[len(s) // 2:],
         heads=["1.项目简介：", "2.技术性与创新性：", "3.效益性：", "4.示范性："])
    draw("under-labels", "Unit, case and leader stand under their labels.", 2, under=("unit", "case", "leader"))
    draw("label-and-value", "Unit, award and leader share the cell with their labels; a part a row.", 3, together=("unit", "prior_award", "leader"), parts="rows")
    draw("parts-beside", "The four parts have their headings on the left; contact rows of their own.", 4, parts="beside", contact="rows")
    draw("split-contact", "Phone and mail have boxes of their own beside a merged contact cell; headings 一、 to 四、.", 5, contact="boxes",
         heads=["一、项目简介", "二、技术性与创新性", "三、效益性", "四、示范性"], intro_head="参评单位简介（500字以内）：")
    draw("help-retyped", "The instructions stand above each part in the drawn form, too.", 6, help=True)
    fields = "<table border=1><tr>" + "</tr><tr>".join("".join("<td>%s</td>" % x for x in ticked(facts(7), "☑")[a:a + 3]) for a in (0, 3, 6)) + "</tr></table>"
    draw("fields-in-table", "The nine fields stand in a table of their own inside the box.", 7, fields=fields)


def archives():
    def archive(name, sentence, n, write, suffix, inner=True, d=None, names=FOLDERS, base=None):
        d, p = d or facts(n), Pack(name, sentence)
        folder = folder_name(d)
        materials(p.stage / folder if inner else p.stage, d, n, names)
        base = (base or folder) + suffix
        write(p.top / base, p.stage)
        roles = {base: "container"}
        if not inner:
            roles[base + "/03图片/照片/1.jpg"] = "photo"
        return p.case(folder, d, roles=roles)
    archive("zip-gbk", "A zip of Chinese Windows: names in GBK, not said so.", 0, zip_gbk, ".zip").done()
    archive("zip-no-folder", "The zip has the package's name, inside there is no folder of its own.", 1, zip_utf8, ".zip", inner=False).done()
    archive("seven-zip", "A 7z archive called 材料, the package's folder inside.", 2, seven, ".7z", base="报送材料").done()
    archive("tar-gz", "A .tar.gz, as government Linux desktops make it.", 3, lambda dest, src: run("tar", "-czf", dest, "-C", src, "."), ".tar.gz").done()
    p, d = Pack("nested-zips", "Each kind of material in a zip of its own, all in one zip with GBK names."), facts(4)
    inner, folder = p.stage / "inner", p.stage / "outer" / folder_name(d)
    materials(inner, d, 4, FOLDERS), folder.mkdir(parents=True)
    for sub in sorted(x for x in inner.iterdir() if x.is_dir()):
        zip_gbk(folder / (sub.name[2:] + ".zip"), sub)
    zip_gbk(p.top / (folder_name(d) + ".zip"), p.stage / "outer")
    p.case(folder_name(d), d).done()
    p, d = Pack("zip-volumes", "A set of volumes, whole."), facts(5)
    materials(p.stage / folder_name(d), d, 5, FOLDERS)
    seven(p.top / "材料.7z", p.stage, "-v70k")
    p.case(folder_name(d), d).done()
    p, d = Pack("convmv-zip", "Names in GBK on the disk, packed by Info-ZIP."), facts(6)
    materials(p.stage / folder_name(d), d, 6, NUMBERED)
    run("convmv", "-f", "utf8", "-t", "gbk", "-r", "--notest", ".", cwd=p.stage, env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]})
    run("zip", "-q", "-r", "-X", p.top / "材料.zip", ".", cwd=p.stage, env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
    p.case(folder_name(d), d).done()


def deliveries():
    p = Pack("five-in-one-zip", "One archive with a city's five cases, its letter and its list.")
    city = dict(city="佛山市", division="440604")
    for k in range(5):
        d = facts(k, unit="佛山市某%s有限公司" % ("檀家居", "岭果品", "灿灯饰", "窑陶瓷", "童玩具")[k], categories=[NINE[k + 1]], **city)
        materials(p.stage / folder_name(d), d, k, FOLDERS if k % 2 else PLAIN)
        p.case(folder_name(d), d)
    html_doc("<p align=center>佛山市商务局关于报送电子商务优秀案例的函</p><p>广东省商务厅：</p><p>根据《广东省商务厅关于征集广东省电子商务优秀案例的通知》要求，现推荐5个案例，随函报送材料。</p><p align=right>佛山市商务局</p><p align=right>2024年10月18日</p>",
             p.stage / "推荐函.pdf", "pdf:writer_web_pdf_Export")
    rows = "".join("%d,%s,%s,%s,%s,%s\n" % (i + 1, c["form"]["unit"], c["form"]["case"], c["form"]["categories"][0], c["form"]["contact"], c["form"]["phone"]) for i, c in enumerate(p.expect["cases"]))
    (WORK / "list.csv").write_text("序号,参评单位,参评案例,参评领域,联系人,联系电话\n" + rows)
    convert(WORK / "list.csv", "xlsx", p.stage / "推荐案例汇总表.xlsx", "CSV:44,34,76,1")
    zip_gbk(p.top / "佛山市推荐材料.zip", p.stage)
    p.done(documents={"佛山市推荐材料.zip": "container", "佛山市推荐材料.zip/推荐函.pdf": "cover", "佛山市推荐材料.zip/推荐案例汇总表.xlsx": "summary"})

    p = Pack("usb-stick", "A stick with two packages, one of them zipped, and what systems leave on sticks.")
    for k in 7, 11:
        d = facts(k)
        into = p.top / "U盘" if k == 7 else p.stage
        materials(into / folder_name(d), d, k)
        p.case(folder_name(d), d)
    zip_utf8(p.top / "U盘" / (folder_name(d) + ".zip"), p.stage)
    for junk in "System Volume Information/IndexerVolumeGuid", ".DS_Store", "Thumbs.db", "~$申报表.docx":
        f = p.top / "U盘" / junk
        f.parent.mkdir(exist_ok=True), f.write_bytes(b"junk")
    p.done(documents={})

    p, d = Pack("loose-files", "Loose files, each handed over by itself: no folder at all."), facts(2)
    materials(p.top, d, 2, NUMBERED)
    p.case("", d, roles={"3.中山市某灿灯饰照明有限公司logo.png": "logo"}).done()

    p, d = Pack("mail-with-files", "A saved mail of Foxmail with all files attached, names as encoded words of GBK."), facts(3)
    materials(p.stage, d, 3)
    mail(p.top / "报送优秀案例.eml", "潮州市报送电子商务优秀案例", "林工：您好！现报送我市优秀案例材料，见附件。", [(f.name, f.read_bytes()) for f in sorted(p.stage.iterdir())])
    p.case("", d, roles={"营业执照.jpg": "license", "照片1.jpg": "photo"}).done()

    p, d = Pack("mail-with-zip", "A saved mail with one archive."), facts(4)
    materials(p.stage / folder_name(d), d, 4, FOLDERS)
    zip_gbk(WORK / "m.zip", p.stage)
    mail(p.top / "来信.eml", "报送案例", "请查收。", [(folder_name(d) + ".zip", (WORK / "m.zip").read_bytes())], "utf-8")
    p.case(folder_name(d), d).done()


def odd():
    """Correct, though unlike the others."""
    p, d = Pack("page-photos", "No PDF: the stamped form as photographs of its pages."), facts(6)
    into = materials(p.top / folder_name(d), d, 6, skip=("pdf",))
    (into / "申报表扫描件").mkdir()
    for k, im in enumerate(stamped(convert(into / "申报表.docx", "pdf", WORK / "p.pdf"), d["unit"], bureau(d), dpi=110)):
        (into / "申报表扫描件" / ("第%d页.jpg" % (k + 1))).write_bytes(jpeg(im, 30))
    p.case(folder_name(d), d, roles={"申报表扫描件/第1页.jpg": "form-pdf", "申报表扫描件/第2页.jpg": "form-pdf"}).done()

    p, d = Pack("seal-page-apart", "The form as a PDF with words, its stamped page scanned by itself."), facts(7)
    into = materials(p.top / folder_name(d), d, 7, skip=("pdf",))
    pdf = convert(into / "申报表.docx", "pdf", into / "申报表.pdf")
    scan(stamped(pdf, d["unit"], bureau(d))[-1:], into / "盖章页.pdf")
    p.case(folder_name(d), d, roles={"盖章页.pdf": "form-pdf", "申报表.pdf": "form-pdf"}).done()

    p, d = Pack("all-in-one-pdf", "One PDF with words holds form, licence and certificate; the Word copy lies beside."), facts(8)
    into = materials(p.top / folder_name(d), d, 8, skip=("pdf", "license"), opinion="经审核，同意推荐。")
    typed(d)(into / "申报表.docx", WORK / "form.pdf")
    run("qpdf", "--empty", "--pages", WORK / "form.pdf", licence(d, WORK / "l.pdf"), certificate(d, WORK / "c.pdf"), "--", into / "申报材料.pdf")
    p.case(folder_name(d), d, roles={"申报材料.pdf": "form-pdf"}).done()

    p, d = Pack("nameless-pictures", "Pictures are called as the camera calls them; they count towards what is short."), facts(9)
    into = materials(p.top / folder_name(d), d, 9, skip=("photo", "promo"))
    for k in range(6):
        (into / ("IMG_202410%02d_0912%02d.jpg" % (k + 1, 7 * k))).write_bytes(shot(54 + k))
    p.case(folder_name(d), d).done()

    p, d = Pack("pictures-in-word", "The three photos are pasted into a Word document."), facts(10)
    into = materials(p.top / folder_name(d), d, 10, skip=("photo",))
    doc = docx.Document()
    for k in range(3):
        doc.add_paragraph("照片%d" % (k + 1))
        doc.add_picture(io.BytesIO(shot(60 + k)), width=Pt(400))
    doc.save(into / "照片.docx")
    p.case(folder_name(d), d).done()

    p, d = Pack("society", "A trade association with its registration certificate in place of a licence."), facts(11, unit="惠州市某某电子商务协会", first=None)
    d["code"] = credit_code("441302", "MJ012345", "51")
    into = materials(p.top / folder_name(d), d, 11, skip=("license",))
    paper("社会团体法人登记证书", [("统一社会信用代码", d["code"]), ("名　　称", d["unit"]), ("业务范围", "行业交流、培训、咨询服务。"), ("法定代表人", d["leader"]), ("住　　所", "广东省惠州市某某路18号")],
          into / "社会团体法人登记证书.pdf", "登记机关　惠州市民政局")
    p.case(folder_name(d), d, roles={"社会团体法人登记证书.pdf": "license"}).done()

    p, d = Pack("institution", "A public institution with its certificate; unit without 有限公司."), facts(9, unit="江门市某某职业技术学校", case="校企共建直播实训项目", categories=["电商服务"])
    d["code"] = credit_code("440700", "45612345"[:8], "12")
    into = materials(p.top / folder_name(d), d, 9, skip=("license",))
    paper("事业单位法人证书", [("统一社会信用代码", d["code"]), ("名　　称", d["unit"]), ("宗旨和业务范围", "职业教育与培训。"), ("法定代表人", d["leader"]), ("住　　所", "广东省江门市某某路18号")],
          into / "事业单位法人证书.jpg", "登记管理机关　江门市事业单位登记管理局")
    p.case(folder_name(d), d, roles={"事业单位法人证书.jpg": "license"}).done()

    p, d = Pack("many-formats", "Pictures as PNG, WebP, TIFF, JPEG and HEIC; a video and a drawing as LOGO beside them."), facts(0, case="家居产业带+直播", categories=["电商+产业带"])
    into = materials(p.top / folder_name(d), d, 0, skip=("photo", "promo", "logo"))
    for k, name in enumerate(("照片1.png", "照片2.webp", "照片3.tif", "宣传图1.jpeg", "宣传图2.JPG", "宣传图3.heic")):
        im = picture(66 - 48 + k, (1024, 768))
        if name.endswith("png"):
            im = im.quantize(24)
        if name.endswith("heic"):
            im.save(WORK / "h.png"), run("heif-enc", "-q", "20", "-o", into / name, WORK / "h.png")
        else:
            im.save(into / name, **({"quality": 10} if name[-4:].lower() in ("webp", "jpeg", ".jpg") else {"compression": "jpeg", "quality": 10} if name.endswith("tif") else {}))
    logo(4, 600).convert("RGB").save(WORK / "l.png")
    run("convert", WORK / "l.png", "eps3:" + str(into / "LOGO.eps"))
    (into / "企业宣传片.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 8)
    p.case(folder_name(d), d, "info file-unsupported!企业宣传片.mp4", roles={"LOGO.eps": "logo", "企业宣传片.mp4": "other", "宣传图3.heic": "promo"}).done()

    d = facts(1, unit="广东某某链（集团）股份有限公司", case="“农链通”数字供应链（一期）", city="湛江市", division="440803", categories=["数商兴农"])
    one("quotes-and-brackets", "Unit with brackets and case with quotes, which Windows lets no folder have.", 1, d, folder="[案例]-广东某某链（集团）股份有限公司+农链通数字供应链（一期）").done()
    d = facts(2)
    one("tracked-changes", "The Word copy holds tracked changes: read as accepted, for the record only.", 2, d, change=tracked, findings=["info revisions-left!申报表.docx"]).done()


def tracked(doc):
    """A word of the case's name was put in and another taken out."""
    from docx.oxml import parse_xml
    p = doc.tables[0].rows[1].cells[1].paragraphs[0]
    name = p.runs[0].text
    p.runs[0].text = name[:2]
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="某某" w:date="2024-10-10T09:00:00Z"'
    p._p.append(parse_xml("<w:del %s><w:r><w:delText>照明</w:delText></w:r></w:del>" % space))
    p._p.append(parse_xml("<w:ins %s><w:r><w:t>%s</w:t></w:r></w:ins>" % (space, name[2:])))


if __name__ == "__main__":
    import sys
    for part in (folders, boxes, drawn, archives, deliveries, odd):
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part()
