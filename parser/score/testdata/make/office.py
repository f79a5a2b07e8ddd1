"""Score sheets filled in and saved again: the workbook's own XML is edited, so formulas and protection stay;
LibreOffice saves it anew as .xlsx, .xls or .csv, and makes .docx of a table."""

import csv as csvfile
import hashlib
import io
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NS = "{%s}" % MAIN
STAMP = (2024, 11, 9, 10, 0, 0)  # of all files in archives
for prefix, uri in (("", MAIN), ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"), ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
                    ("x15", "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main")):
    ET.register_namespace(prefix, uri)


def read_zip(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as z:
        return {n: z.read(n) for n in z.namelist()}


def write_zip(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name in sorted(files, key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, files[name])
    return out.getvalue()


class Book:
    """The score sheet of a request, to be filled in."""

    def __init__(self, raw):
        self.files = read_zip(raw)
        self.strings = ET.fromstring(self.files["xl/sharedStrings.xml"])
        self.sheet = ET.fromstring(self.files["xl/worksheets/sheet1.xml"])
        self.data = self.sheet.find(NS + "sheetData")
        self.head = next(r for r in self.data if "编号" in [self.text(c) for c in r])

    def text(self, cell):
        value = cell.find(NS + "v")
        if value is None:
            return ""
        return "".join(self.strings[int(value.text)].itertext()) if cell.get("t") == "s" else value.text

    def rows(self):
        return [r for r in self.data if re.match(r"AL\d{4}-\d{4}$", self.text(r[0]))]

    def column(self, name):
        return next(i for i, c in enumerate(self.head) if re.sub(r"\s*（.*", "", self.text(c)) == name)

    def put(self, cell, value):
        for kid in list(cell):
            cell.remove(kid)
        cell.attrib.pop("t", None)
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            item = ET.SubElement(self.strings, NS + "si")
            ET.SubElement(item, NS + "t").text = value
            cell.set("t", "s")
            value = str(len(self.strings) - 1)
        ET.SubElement(cell, NS + "v").text = value

    def fill(self, short, values):
        """values: criterion or 评语 → what is typed. The total becomes what the program would compute."""
        row = next(r for r in self.rows() if self.text(r[0]).endswith(short))
        for name, value in values.items():
            if value != "":
                self.put(row[self.column(name)], value)
        total = row[self.column("合计")]
        first = self.column("合计") - 5
        scores = [self.text(c) if c.get("t") != "s" else "" for c in row[first:first + 5]]
        if all(scores):
            total.attrib.pop("t", None)
            for old in total.findall(NS + "v"):
                total.remove(old)
            ET.SubElement(total, NS + "v").text = "%g" % sum(map(float, scores))

    def reorder(self, shorts):
        rows = {self.text(r[0])[-4:]: r for r in self.rows()}
        at = list(self.data).index(next(iter(self.rows())))
        first = int(self.rows()[0].get("r"))
        for row in rows.values():
            self.data.remove(row)
        for i, short in enumerate(shorts):
            row, number = rows[short], str(first + i)
            old = row.get("r")
            row.set("r", number)
            for cell in row:
                cell.set("r", re.sub(r"\d+", number, cell.get("r")))
                formula = cell.find(NS + "f")
                if formula is not None:
                    formula.text = re.sub(r"(?<=[A-Z])%s\b" % old, number, formula.text)
            self.data.insert(at + i, row)

    def insert_column(self, letter, title, values):
        """A column of the expert's own before the lettered one; everything to the right moves."""
        index = ord(letter) - 65
        move = lambda m: (chr(ord(m.group(1)) + 1) if m.group(1) >= letter else m.group(1)) + m.group(2)
        ref = re.compile(r"\b([A-Z])(\d+)\b")
        for node in self.sheet.iter():
            for key in ("r", "sqref", "ref"):
                if node.get(key) and node.tag != NS + "row":
                    node.set(key, ref.sub(move, node.get(key)))
            if node.tag in (NS + "f",) and node.text:
                node.text = ref.sub(move, node.text)
        for row in self.data:
            cell = ET.Element(NS + "c", {"r": letter + row.get("r"), "s": row[index].get("s", "0")})
            row.insert(index, cell)
            if row is self.head:
                self.put(cell, title)
        for row in self.rows():
            self.put(row[index], values[self.text(row[0])[-4:]])

    def save(self):
        self.files["xl/sharedStrings.xml"] = ET.tostring(self.strings, encoding="UTF-8", xml_declaration=True)
        self.files["xl/worksheets/sheet1.xml"] = ET.tostring(self.sheet, encoding="UTF-8", xml_declaration=True)
        return write_zip(self.files)


def sheet(raw, rows, order=None, column=None, unprotected=False):
    """The score sheet with rows {short: {criterion: text}}."""
    book = Book(raw)
    for short, values in rows.items():
        book.fill(short, values)
    if order:
        book.reorder(order)
    if column:
        book.insert_column(*column)
    if unprotected:
        for node in list(book.sheet):
            if node.tag == NS + "sheetProtection":
                book.sheet.remove(node)
    return book.save()


def convert(raw, kind, to, filters=""):
    """The file as LibreOffice saves it; kept in a folder of its own between runs."""
    key = hashlib.sha256(raw + to.encode() + filters.encode()).hexdigest()
    cache = os.path.join(tempfile.gettempdir(), "anli-corpus")
    os.makedirs(cache, exist_ok=True)
    kept = os.path.join(cache, key)
    if not os.path.exists(kept):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "in." + kind), "wb") as f:
                f.write(raw)
            command = ["soffice", "--headless", "-env:UserInstallation=file://" + os.path.join(cache, "profile")]
            if kind == "html":
                command.append("--infilter=HTML (StarWriter)")
            subprocess.run(command + ["--convert-to", filters or to, "--outdir", folder, os.path.join(folder, "in." + kind)], check=True, capture_output=True, timeout=180)
            with open(os.path.join(folder, "in." + to), "rb") as f:
                made = f.read()
        if to in ("xlsx", "docx"):
            files = read_zip(made)
            for name in files:
                if name == "docProps/core.xml":
                    files[name] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*Z?", b"2024-11-09T10:00:00Z", files[name])
            made = write_zip(files)
        with open(kept, "wb") as f:
            f.write(made)
    with open(kept, "rb") as f:
        return f.read()


def csv(raw, charset):
    """The sheet as .csv: UTF-8 with a mark, or GBK as Excel writes it on a Chinese desk."""
    made = convert(raw, "xlsx", "csv", "csv:Text - txt - csv (StarCalc):44,34,76,1").decode("utf-8-sig")
    if charset == "gbk":  # Excel quotes only where it must
        out = io.StringIO()
        csvfile.writer(out).writerows(csvfile.reader(io.StringIO(made)))
        return out.getvalue().encode(charset)
    return made.encode(charset)


def word(page):
    return convert(page.encode("utf-8"), "html", "docx", "docx:MS Word 2007 XML")
