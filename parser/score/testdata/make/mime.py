"""Mails as bytes, with each program's own headers, charsets and encodings; CRLF throughout."""

import base64
import binascii
import re

CRLF = b"\r\n"


def encode(text, charset):
    """Bytes in the charset; the no-break space, which GBK does not have, becomes a blank."""
    codec = {"gb2312": "gbk"}.get(charset.lower(), charset)  # programs that say gb2312 write GBK
    if codec.lower() == "gbk":
        text = text.replace("\u00a0", " ")
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode(codec)


def word(text, charset="UTF-8", how="B", room=45):
    """An encoded word, folded as most programs fold it."""
    if text.isascii():
        return text
    pieces, piece = [], ""
    for char in text:
        if len(encode(piece + char, charset)) > room:
            pieces.append(piece)
            piece = ""
        piece += char
    pieces.append(piece)
    out = []
    for piece in pieces:
        raw = encode(piece, charset)
        coded = base64.b64encode(raw).decode() if how == "B" else "".join(
            chr(b) if chr(b).isalnum() and b < 128 else "_" if b == 32 else "=%02X" % b for b in raw)
        out.append("=?%s?%s?%s?=" % (charset, how, coded))
    return "\r\n ".join(out)


def text_part(kind, text, charset, cte, style="plain"):
    """kind: plain or html. style: how the program writes the two headers."""
    raw = encode(text, charset)
    lines = {
        "plain": "Content-Type: text/%s; charset=%s" % (kind, charset),
        "quoted": 'Content-Type: text/%s; charset="%s"' % (kind, charset),
        "tab": 'Content-Type: text/%s;\r\n\tcharset="%s"' % (kind, charset),
        "flowed": "Content-Type: text/%s; charset=%s; format=flowed; delsp=yes" % (kind, charset),
        "flow": "Content-Type: text/%s; charset=%s; format=flowed" % (kind, charset),
    }[style]
    return [lines, "Content-Transfer-Encoding: " + cte], transfer(raw, cte)


def transfer(raw, cte):
    cte = cte.lower()
    if cte == "base64":
        return wrap64(raw)
    if cte == "quoted-printable":
        lines = [binascii.b2a_qp(l, istext=True).replace(b"\n", CRLF) for l in raw.split(CRLF)]
        return CRLF.join(lines)
    longest = max(len(l) for l in raw.split(CRLF))
    assert longest <= 998, "a line of %d bytes cannot be mailed as %s" % (longest, cte)
    return raw


def wrap64(raw):
    coded = base64.b64encode(raw)
    return CRLF.join(coded[i:i + 76] for i in range(0, len(coded), 76))


def file_part(name, raw, charset="UTF-8", style="both", kind=None, inline=False):
    """An attachment. style: 'both' names it twice in encoded words, '2231' by RFC 2231."""
    kind = kind or {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls": "application/vnd.ms-excel", "csv": "text/csv", "jpg": "image/jpeg", "doc": "application/msword",
    }.get(name.rsplit(".", 1)[-1].lower(), "application/octet-stream")
    where = "inline" if inline else "attachment"
    if style == "2231":
        coded = "UTF-8''" + "".join("%%%02X" % b if not chr(b).isalnum() or b > 127 else chr(b) for b in name.encode())
        head = ["Content-Type: " + kind + ";\r\n name*=" + coded, "Content-Disposition: " + where + ";\r\n filename*=" + coded]
    else:
        coded = word(name, charset)
        head = ['Content-Type: %s;\r\n name="%s"' % (kind, coded), 'Content-Disposition: %s;\r\n filename="%s"' % (where, coded)]
    return head + ["Content-Transfer-Encoding: base64"], wrap64(raw)


def multipart(subtype, boundary, parts, extra="", preamble=b""):
    head = ['Content-Type: multipart/%s;%s\r\n boundary="%s"' % (subtype, extra, boundary)]
    body = preamble
    for lines, payload in parts:
        body += b"--" + boundary.encode() + CRLF + _head(lines) + CRLF + payload + CRLF
    return head, body + b"--" + boundary.encode() + b"--" + CRLF


def mail(headers, part):
    lines, payload = part
    out = _head([h for h in headers if h] + lines) + CRLF + payload
    if not out.endswith(CRLF):
        out += CRLF
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", out), "a bare line end"
    return out


def _head(lines):
    return b"".join(line.encode("ascii") + CRLF for line in lines)
