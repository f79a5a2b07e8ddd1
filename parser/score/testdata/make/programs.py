"""The mail programs: how each quotes, marks up, encodes and names what it sends."""

import desktop
import phones
import webmail

PROGRAMS = {**webmail.PROGRAMS, **desktop.PROGRAMS, **phones.PROGRAMS}


def render(asked, answer):
    return PROGRAMS[answer.program](asked, answer)


def charset(answer):
    usual = {"qq": "gb18030", "163": "gbk", "163text": "gbk", "foxmail": "gb2312", "foxmail-text": "gb2312", "outlook": "gb2312", "coremail-old": "gbk", "sina": "gbk"}
    return (answer.charset or usual.get(answer.program, "utf-8")).lower()
