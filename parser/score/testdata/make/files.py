"""Answers in attachments: the score sheet filled and saved by several hands, and tables in Word."""

import office
from answers import Answer as A, fills

B3 = "0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 7"
A7 = "0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8; 0012 28.5 21 16 13 9; 0015 23 22 17 14 8; 0021 24 19 17 12 7; 0034 21 18 15 11 7"


def sheet(text, name=None, to="", charset="", comments=None, **how):
    """The request's sheet filled in; saved again by LibreOffice as `to`."""
    def make(asked):
        given, raw = asked.sheet()
        raw = office.sheet(raw, fills(text, comments), **how)
        title = name or given
        if to == "csv":
            raw, title = office.csv(raw, charset), title.replace(".xlsx", ".csv")
        elif to:
            raw, title = office.convert(raw, "xlsx", to), title.replace(".xlsx", "." + to)
        return [(title, raw)]
    return make


def both(*makers):
    return lambda asked: [f for m in makers for f in m(asked)]


def materials(asked):
    return [f for f in asked.files if f[0].endswith(".docx")]


def word_table(name, head, rows, before=""):
    cell = lambda tag, row: "<tr>" + "".join("<%s><p>%s</p></%s>" % (tag, c, tag) for c in row) + "</tr>"
    page = "<html><head><meta charset='utf-8'></head><body>%s<table border='1' cellpadding='4'>%s</table></body></html>" % (before, cell("th", head) + "".join(cell("td", r) for r in rows))
    return lambda asked: [(name, office.word(page))]


ANSWERS = [
    A("c-151-sheet", "foxmail", "b", "sheet .xlsx", "the sheet filled in Excel: formulas and protection kept, totals computed",
      """林老师：
评分表已填好，见附件。""", files=sheet(B3), got=B3, keep="upto"),
    A("c-152-sheet-seven", "qq", "a", "sheet .xlsx", "seven rows with comments",
      """评分表见附件，请查收。""",
      files=sheet(A7, comments={"0003": "快反模式成熟，2023年6.8亿元", "0012": "AIGC应用领先", "0034": "带动面有限，仅89家"}), got=A7, comments="0003 0012 0034", keep="top"),
    A("c-153-sheet-libreoffice", "coremail", "a", "sheet .xlsx", "saved again by LibreOffice as .xlsx",
      """见附件。""", files=sheet(A7, to="xlsx"), got=A7, keep="top"),
    A("c-154-sheet-xls", "163", "b", "sheet .xls", "saved as .xls",
      """评分表（我的电脑只能存成xls格式）。""", files=sheet(B3, to="xls"), got=B3, keep="top"),
    A("c-155-sheet-csv", "gmail", "b", "sheet .csv", "saved as .csv in UTF-8 with a mark",
      """附件为评分表CSV。""", files=sheet(B3, to="csv", charset="utf-8-sig"), got=B3, keep="top"),
    A("c-156-sheet-csv-gbk", "outlook", "a", "sheet .csv", "saved as .csv in GBK, as Excel does on a Chinese desk; comments with commas",
      """林老师，请见附件。""",
      files=sheet(A7, to="csv", charset="gbk", comments={"0009": "模式可复制，冷链投入大，建议补充成本", "0021": "数据需佐证"}), got=A7, comments="0009 0021", keep="top"),
    A("c-157-sheet-reordered", "exmail", "a", "sheet .xlsx", "rows sorted anew by the expert",
      """我按总分从高到低重新排了顺序，评分表见附件。""",
      files=sheet(A7, order="0007 0012 0015 0003 0009 0021 0034".split(), unprotected=True), got=A7, keep="top"),
    A("c-158-sheet-reordered-saved", "foxmail", "a", "sheet .xls", "rows sorted anew, then saved as .xls",
      """附件是评分表。""", files=sheet(A7, order="0034 0021 0015 0012 0009 0007 0003".split(), unprotected=True, to="xls"), got=A7, keep="top"),
    A("c-159-sheet-column", "thunderbird-html", "b", "sheet .xlsx", "a column of the expert's own before the criteria",
      """评分表里我加了一列“推荐等级”，供参考。""",
      files=sheet(B3, column=("E", "推荐等级", {"0005": "A", "0018": "B", "0026": "C"}), unprotected=True), got=B3, keep="top"),
    A("c-160-sheet-column-rank", "owa", "b", "sheet .xlsx", "a column of figures (the expert's ranking) before the criteria, saved by LibreOffice",
      """林老师好，附件中“名次”一列是我自己的排序，不用录。""",
      files=sheet(B3, column=("E", "名次", {"0005": "1", "0018": "2", "0026": "3"}), unprotected=True, to="xlsx"), got=B3, keep="top"),
    A("c-161-sheet-points", "aliyun", "b", "sheet .xlsx", "28分 in cells: text, so that the total stays empty",
      """评分表已填。""", files=sheet("0005 28分 22分 18分 13分 9分; 0018 25 20 17分 12 8; 0026 23 19 15 11 7"),
      got="0005 28 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 7", keep="top"),
    A("c-162-sheet-partial", "applemail", "a", "sheet .xlsx", "three rows of seven, one of them with an empty cell",
      """先交三个，其余稍后。""", files=sheet("0003 26 21 16 12 8; 0009 25 20 - 11 8; 0021 24 19 17 12 7"),
      got="0003 26 21 16 12 8; 0009 25 20 - 11 8; 0021 24 19 17 12 7", keep="top"),
    A("c-163-sheet-and-text", "qqnew", "b", "sheet and text", "two cases in the sheet, the third in the mail",
      """前两个案例的评分在附件里；
0026：技术23，效益19，示范15，实力11，数据7""",
      files=sheet("0005 27 22 18 13 9; 0018 25 20 17 12 8"), got=B3, keep="top"),
    A("c-164-sheet-and-recusal", "mailmaster", "a", "sheet and recusal", "six rows in the sheet, a recusal in the mail",
      """评分表见附件。回避 0012 本人持有该公司股份""",
      files=sheet("0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8; 0015 23 22 17 14 8; 0021 24 19 17 12 7; 0034 21 18 15 11 7"),
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8; 0015 23 22 17 14 8; 0021 24 19 17 12 7; 0034 21 18 15 11 7", recused="0012", keep="top"),
    A("c-165-sheet-renamed", "iphone", "b", "sheet .xlsx", "another file name, no word in the mail but the phone's",
      files=sheet(B3, name="副本评分 (1).xlsx"), got=B3, keep="upto"),
    A("c-166-sheet-as-text", "sina", "b", "sheet .xlsx", "numbers typed as text with full-width digits and blanks",
      """评分见附件表格""", files=sheet("0005 ２７ ２２ １８ １３ ９; 0018 25分 20 17 12 8; 0026 23 19 15 11 ７", to="xlsx"), got=B3, keep="top"),
    A("c-167-sheet-decimals", "139", "b", "sheet .xlsx", "decimals",
      """附件为评分表，请查收。""", files=sheet("0005 26.5 21.5 17.5 12.5 8.5; 0018 25.25 20.75 16.5 12 8; 0026 22.5 18.5 15.5 10.5 7.5"),
      got="0005 26.5 21.5 17.5 12.5 8.5; 0018 25.25 20.75 16.5 12 8; 0026 22.5 18.5 15.5 10.5 7.5", keep="top"),
    A("c-168-sheet-of-max", "163", "b", "sheet .xlsx", "28/30 as text in the cells",
      """已填好评分表。""", files=sheet("0005 28/30 22/25 18/20 13/15 9/10; 0018 26/30 20/25 17/20 12/15 8/10", unprotected=True),
      got="0005 28 22 18 13 9; 0018 26 20 17 12 8", keep="top"),
    A("c-169-two-sheets", "outlook-en", "a", "two sheets", "two copies of the sheet, each with other rows filled",
      """两份表，第一份是周一评的，第二份是今天评的，案例不重复。""",
      files=both(sheet("0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8", name="评分表-陈教授-1.xlsx"), sheet("0012 28 21 16 13 9; 0015 23 22 17 14 8; 0021 24 19 17 12 7; 0034 21 18 15 11 7", name="评分表-陈教授-2.xlsx")),
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8; 0012 28 21 16 13 9; 0015 23 22 17 14 8; 0021 24 19 17 12 7; 0034 21 18 15 11 7", keep="top"),
    A("c-170-blank-sheet", "foxmail", "b", "blank sheet and text", "the empty sheet comes back by habit, the scores are in the mail: filled beats blank",
      """0005 27 22 18 13 9
0018 25 20 17 12 8
0026 23 19 15 11 7
附件原样退回。""", files=lambda asked: [asked.sheet()], got=B3, keep="top"),
    A("c-171-sheet-and-materials", "coremail-old", "b", "sheet .xlsx", "the materials come back with the sheet",
      """评分表及材料一并退回。""", files=both(sheet(B3), materials), got=B3, keep="none"),
    A("c-172-sheet-fresh", "gmail", "b", "fresh mail", "a fresh mail without references, with the sheet",
      """您好，评分表见附件。吴""", files=sheet(B3), got=B3, proved=False, subject="评分表"),
    A("c-173-word-table", "qq", "b", "table in Word", "a table of the expert's own in Word, with codes and units",
      """我把评分整理成Word表格了，见附件。""",
      files=word_table("评分.docx", "编号 单位 技术性与创新性 效益性 示范性 整体实力 数据完整性 合计".split(), [
          "AL2024-0005 东莞市玩创潮品科技有限公司 27 22 18 13 9 89".split(), "AL2024-0018 珠海市海联跨境物流电子商务有限公司 25 20 17 12 8 82".split(),
          "AL2024-0026 湛江市海鲜汇电子商务有限公司 23 19 15 11 7 75".split()], "<h2>案例评分表</h2><p>评审专家：吴研究员　2024年11月12日</p>"), got=B3, keep="top"),
    A("c-174-word-table-comments", "foxmail", "a", "table in Word", "criteria with maxima in the head, a comment column full of figures",
      """评分见Word附件。""",
      files=word_table("陈-评分意见.docx", ["案例编号", "技术性与创新性（30分）", "效益性（25分）", "示范性（20分）", "整体实力（15分）", "数据完整性（10分）", "评语"], [
          ["AL2024-0007", "27", "22", "18", "13", "9", "2023年2.3亿元，增长30%，直播选品闭环清晰"], ["AL2024-0015", "23", "22", "17", "14", "8", "18.5亿元规模，415家商户，公共服务体系完整"],
          ["AL2024-0021", "24", "19", "17", "12", "7", "1203家商户，市场占有率9.8%需要佐证"]]),
      got="0007 27 22 18 13 9; 0015 23 22 17 14 8; 0021 24 19 17 12 7", comments="0007 0015 0021", keep="top"),
    A("c-175-sheet-and-same-text", "exmail-en", "b", "sheet and text agree", "the same numbers in the sheet and in the mail",
      """0005 27 22 18 13 9
0018 25 20 17 12 8
0026 23 19 15 11 7
与附件评分表一致。""", files=sheet(B3), got=B3, keep="top"),
    A("c-176-sheet-corrected", "163", "b", "correction", "the sheet, and a correction in clear words in the mail",
      """评分表见附件。其中0026的示范性填错了，应为16分，不是15分，以邮件为准。""", files=sheet(B3),
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 16 11 7", keep="top"),
    A("c-177-sheet-and-table", "outlook", "b", "sheet and table agree", "the sheet and the quoted table filled alike",
      """表和附件都填了，内容一样。""", files=sheet(B3), fill=fills(B3), got=B3, keep="form"),
]
