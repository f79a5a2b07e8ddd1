"""Reads every answer again with the standard library alone and asserts what can be asserted of it:

each expected score stands in what is left of the mail or its attachments when the request's own lines are taken
away; proved says whether the request's Message-ID is among the references; lines end in CRLF and fit SMTP.

    python3 check.py
"""

import email
import email.policy
import glob
import io
import json
import os
import re
import unicodedata
import zipfile

import dom
import office
import request as req

TENS = "零一二三四五六七八九"


def numeral(value):
    """27 → 二十七, 22.5 → 二十二点五 and 二十二分半."""
    whole, frac = int(value), round((value - int(value)) * 10)
    text = TENS[whole] if whole < 10 else ("" if whole < 20 else TENS[whole // 10]) + "十" + (TENS[whole % 10] if whole % 10 else "")
    return [text + "点" + TENS[frac], text + "分半"] if frac else [text]


def squeeze(text):
    return re.sub(r"[\s>|　]+", "", unicodedata.normalize("NFKC", text))


def attachment_text(name, raw):
    kind = name.rsplit(".", 1)[-1].lower()
    if kind in ("xlsx", "docx"):
        with zipfile.ZipFile(io.BytesIO(raw)) as z:
            parts = [z.read(n).decode("utf-8", "replace") for n in z.namelist() if n.endswith(".xml") and "theme" not in n and "styles" not in n]
        return re.sub(r"<[^>]+>", " ", " ".join(parts))
    if kind == "xls":
        return office.convert(raw, "xls", "csv", "csv:Text - txt - csv (StarCalc):44,34,76,1").decode("utf-8-sig")
    if kind == "csv":
        for codec in ("utf-8-sig", "gbk"):
            try:
                return raw.decode(codec)
            except UnicodeDecodeError:
                pass
    return ""


def texts(mail):
    for part in mail.walk():
        if part.is_multipart():
            continue
        raw = part.get_payload(decode=True)
        name = part.get_filename()
        if name:
            yield attachment_text(name, raw)
            continue
        charset = part.get_content_charset() or "utf-8"
        text = raw.decode({"gb2312": "gbk"}.get(charset, charset)).replace("\r\n", "\n")
        yield dom.Flat(cell="\n").text(dom.parse(text)) if part.get_content_type() == "text/html" else text


def left_over(mail, asked):
    """The lines of the mail that the request does not have."""
    known = {squeeze(line) for line in asked.text.split("\n")} | {squeeze(line) for line in dom.Flat(cell="\n").text(dom.parse(asked.html)).split("\n")}
    whole = "".join(sorted(known, key=len, reverse=True))
    for text in texts(mail):
        for line in text.replace("&nbsp;", " ").replace("&gt;", ">").split("\n"):
            short = squeeze(line)
            if short and short not in known and not (len(short) > 12 and short in whole):
                yield unicodedata.normalize("NFKC", line)


def check(path, requests):
    with open(path[:-4] + ".json", encoding="utf-8") as f:
        want = json.load(f)
    with open(path, "rb") as f:
        raw = f.read()
    asked = requests[want["request"]]
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw), "bare line ends"
    assert max(map(len, raw.split(b"\r\n"))) <= 998, "a line too long for SMTP"
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    for part in mail.walk():
        assert not part.defects, part.defects
    refs = str(mail["In-Reply-To"] or "") + str(mail["References"] or "")
    assert (asked.msgid in refs) == want["proved"], "proved"
    assert asked.to_addr in str(mail["From"]) and asked.from_addr in str(mail["To"])
    lines = list(left_over(mail, asked))
    joined = "\n".join(lines)
    for number, cells in want["cells"].items():
        assert number in {c["number"] for c in asked.cases}, number
        for name, value in cells.items():
            top = next(c["max"] for c in asked.criteria if c["name"] == name)
            assert 0 <= value * 100 <= top, (number, name, value)
            forms = ["%g" % value] + numeral(value)
            assert any(re.search(r"(?<![\d.])%s(?![\d]|\.\d*[1-9])" % re.escape(f), joined) for f in forms), (number, name, value)
    if want["clear"]:
        assert not want["queries"], "clear, and yet asked back"
    return want


def main():
    requests = {"request-" + n: req.Request("request-" + n) for n in "ab"}
    clear = other = 0
    for path in sorted(glob.glob(os.path.join(req.ROOT, "answers", "*.eml"))):
        try:
            want = check(path, requests)
        except AssertionError as err:
            raise SystemExit("%s: %s" % (os.path.basename(path), err))
        clear, other = clear + want["clear"], other + (not want["clear"])
    print("%d answers, %d clear, %d asked back or other" % (clear + other, clear, other))


if __name__ == "__main__":
    main()
