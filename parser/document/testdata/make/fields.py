#!/usr/bin/python3
"""Writes a PDF form with fields, filled in, by LibreOffice Writer.

    fields.py OUT.pdf [blank]     needs soffice and python3-uno
"""
import subprocess, sys, tempfile, time
import uno
from com.sun.star.awt import Point, Size
from com.sun.star.beans import PropertyValue
from com.sun.star.text.TextContentAnchorType import AS_CHARACTER

FIELDS = ["数商兴农", "电商平台", "电子商务企业", "电商营销", "其他电子商务"]
ROWS = [
    ("参评单位", "text", "惠州市某鞋履有限公司"),
    ("参评案例（项目名称）", "text", "女鞋数字化工厂直播"),
    ("参评领域", "boxes", {"电子商务企业", "电商营销"}),
    ("该案例是否曾经获评其他奖励", "radio", "否"),
    ("项目主要负责人", "text", "甲乙丙"),
    ("日常联系人", "text", "丁天天"),
    ("联系电话及邮箱", "text", "13800001234 d@xielv.example"),
    ("一、参评单位简介", "long", "惠州市某鞋履有限公司成立于2012年，主营女鞋的研发、生产与线上销售。\n2023年营业收入1.2亿元，电商交易额8,600万元。"),
]


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def main(out, blank):
    with tempfile.TemporaryDirectory() as home:
        office = subprocess.Popen(["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{home}", "--accept=pipe,name=fields;urp;"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            write(out, blank)
        finally:
            office.wait(60)


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve("uno:pipe,name=fields;urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def write(out, blank):
    context = connect()
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    doc = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (prop("Hidden", True),))
    text = doc.Text
    cursor = text.createTextCursor()
    cursor.CharFontNameAsian = "Noto Serif CJK SC"
    text.insertString(cursor, "广东省电子商务优秀案例申报表", False)
    text.insertControlCharacter(cursor, 0, False)
    table = doc.createInstance("com.sun.star.text.TextTable")
    table.initialize(len(ROWS), 2)
    text.insertTextContent(cursor, table, False)
    separators = table.TableColumnSeparators
    separators[0].Position = 3000
    table.TableColumnSeparators = separators
    for i, (label, kind, value) in enumerate(ROWS):
        table.getCellByPosition(0, i).String = label
        cell = table.getCellByPosition(1, i)
        cell.String = ""
        at = cell.createTextCursor()
        if kind == "boxes":
            for name in FIELDS:
                put(doc, cell, at, "CheckBox", name, 400, 400, State=int(name in value and not blank))
                cell.insertString(at, name + "　", False)
        elif kind == "radio":
            for name in ["是", "否"]:
                put(doc, cell, at, "RadioButton", "prior", 400, 400, State=int(name == value and not blank), RefValue=name)
                cell.insertString(at, name + "　", False)
        else:
            high = 2500 if kind == "long" else 650
            put(doc, cell, at, "TextField", label, 10500, high, Text="" if blank else value, MultiLine=kind == "long")
    filter_data = uno.Any("[]com.sun.star.beans.PropertyValue", (prop("ExportFormFields", True), prop("FormsType", 0)))
    uno.invoke(doc, "storeToURL", (uno.systemPathToFileUrl(out), (prop("FilterName", "writer_pdf_Export"), prop("FilterData", filter_data))))
    doc.close(False)
    try:
        desktop.terminate()
    except Exception:
        pass  # it is gone before it answers


def put(doc, cell, at, kind, name, wide, high, **properties):
    shape = doc.createInstance("com.sun.star.drawing.ControlShape")
    shape.Size = Size(wide, high)
    shape.AnchorType = AS_CHARACTER
    shape.VertOrient = 1  # it stands on the line
    model = doc.createInstance("com.sun.star.form.component." + kind)
    model.Name = name
    for key, value in properties.items():
        setattr(model, key, value)
    shape.Control = model
    cell.insertTextContent(at, shape, False)


if __name__ == "__main__":
    import os
    main(os.path.abspath(sys.argv[1]), len(sys.argv) > 2)
