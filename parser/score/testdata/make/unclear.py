"""Answers that a careful officer would ask about, in part or whole, and mails that bring nothing to record.

queries: "0018:range" asks about a case for that reason, ":" alone where no case can be named, any reason where none is said."""

import os

import request as req
from answers import Answer as A, fills
from files import both, sheet

B3 = "0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 7"


def photo(asked):
    with open(os.path.join(req.HERE, "photo.jpg"), "rb") as f:
        return [("IMG_20241112_093015.jpg", f.read())]


def others(text):
    """The other expert's sheet, filled in."""
    def make(asked):
        return sheet(text)(req.Request("request-a" if asked.name == "request-b" else "request-b"))
    return make


def U(*args, **how):
    return A(*args, clear=False, **how)


ANSWERS = [
    # ---- nothing to record ----
    U("c-201-thanks", "qq", "b", "thanks", "thanks alone, with a signature full of figures",
      """收到，谢谢！
吴
某某研究院　广州市科苑路100号　510000　020-8300 0021""", keep="top"),
    U("c-202-thanks-later", "iphone", "a", "thanks", "says when the scores will come; the dates and counts are no scores",
      """收到，7个案例材料较多，预计11月18日前评完后一并回复。"""),
    U("c-203-question", "163", "a", "question", "a question about the rules",
      """林老师您好，请问同一案例如果材料缺2021年数据，“数据完整性”最高能给几分？另外11月20日24时是指发出时间还是收到时间？""", flags="question", keep="nomat"),
    U("c-204-question-figures", "coremail", "a", "question", "a question about figures in a case's material: no scores",
      """请核实：AL2024-0007概述（三）写2023年交易额2.3亿元，单位简介写近三年营业收入1.77、1.77、2.3亿元，前两年数字相同，是否有误？待答复后我再打分。""", flags="question"),
    U("c-205-absence", "foxmail", "b", "absence", "an absence notice written by hand",
      """您好！我11月12日至18日在境外访问，期间收发邮件不便，19日回国后处理。如有急事请拨138 0000 6615。
吴""", flags="absence", keep="top"),
    U("c-206-absence-ill", "android", "b", "absence", "away in hospital, comes back to it later",
      """林老师，我这几天住院（3床），不能看邮件，预计14号出院，出院后再回复评分。""", flags="absence", keep="none"),
    U("c-207-accept", "outlook", "a", "accept", "agrees to take part, scores later",
      """林老师：

同意参加本次评审，承诺遵守保密和回避要求，评分本周内反馈。

陈""", flags="accept", keep="top"),
    U("c-208-recusal-asked", "gmail", "a", "question", "asks whether he must recuse himself: that is no recusal",
      """您好，0012深圳优易的董事长是我20年前的本科同学，平时没有来往，请问是否需要回避？请明示。""", flags="question", keep="upto"),
    # ---- totals ----
    U("c-209-total-alone", "huawei", "b", "total alone", "totals only",
      """0005 89分
0018 82分
0026 75分""", queries=["0005:", "0018:", "0026:"]),
    U("c-210-total-alone-some", "exmail", "b", "total alone", "two cases in full, the third with its total only",
      """0005：技术27，效益22，示范18，实力13，数据9，总分89
0018：技术25，效益20，示范17，实力12，数据8，总分82
0026：总分75""", got="0005 27 22 18 13 9; 0018 25 20 17 12 8", queries=["0026:"], keep="nomat"),
    U("c-211-total-wrong", "qqnew", "b", "total does not add up", "named scores whose total is another: none of the five is certain",
      """0005：技术27，效益22，示范18，实力13，数据9，合计89
0018：技术25，效益20，示范17，实力12，数据8，合计84
0026：技术23，效益19，示范15，实力11，数据7，合计75""", got="0005 27 22 18 13 9; 0026 23 19 15 11 7", queries=["0018:"], keep="upto"),
    U("c-212-total-wrong-rows", "thunderbird-html", "b", "total does not add up", "pasted rows, one total wrong",
      """编号\t技术\t效益\t示范\t实力\t数据\t合计
AL2024-0005\t27\t22\t18\t13\t9\t89
AL2024-0018\t25\t20\t17\t12\t8\t82
AL2024-0026\t23\t19\t15\t11\t7\t85""", got="0005 27 22 18 13 9; 0018 25 20 17 12 8", queries=["0026:"], keep="top"),
    U("c-213-total-wrong-word", "163", "a", "total does not add up", "总分 in words of a sentence does not fit",
      """AL2024-0007，总分90分，其中技术性与创新性27分，效益性22分，示范性18分，整体实力13分，数据完整性9分。
AL2024-0034，总分72分，其中技术性与创新性21分，效益性18分，示范性15分，整体实力11分，数据完整性7分。""",
      got="0034 21 18 15 11 7", queries=["0007:"], keep="nomat"),
    # ---- out of range ----
    U("c-214-range-named", "coremail", "b", "out of range", "35 of 30, named: the other four are certain",
      """0005 技术性与创新性35，效益性22，示范性18，整体实力13，数据完整性9
0018 技术性与创新性25，效益性20，示范性17，整体实力12，数据完整性8
0026 技术性与创新性23，效益性19，示范性15，整体实力11，数据完整性7""",
      got="0005 - 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 7", queries=["0005:range"], keep="nomat"),
    U("c-215-range-swapped", "gmail", "b", "out of range", "in order, the second too high: the first two may be swapped, so none is certain",
      """0005 27 22 18 13 9
0018 20 26 17 12 8
0026 23 19 15 11 7""", got="0005 27 22 18 13 9; 0026 23 19 15 11 7", queries=["0018:"], keep="upto"),
    U("c-216-range-reversed", "xiaomi", "b", "out of range", "the rows stand in the reversed order: nothing fits",
      """0005 9 13 18 22 27
0018 8 12 17 20 25
0026 7 11 15 19 23""", queries=["0005:", "0018:", "0026:"]),
    U("c-217-range-hundred", "outlook-en", "b", "out of range", "every criterion scored out of a hundred",
      """0005 技术90 效益85 示范88 实力80 数据90
0018 技术85 效益80 示范85 实力82 数据80""", queries=["0005:range", "0018:range"], keep="top"),
    U("c-218-range-table", "qq", "b", "out of range", "27 of 25 in a cell of the table",
      fill=fills("0005 27 22 18 13 9; 0018 25 27 17 12 8; 0026 23 19 15 11 7"),
      got="0005 27 22 18 13 9; 0018 25 - 17 12 8; 0026 23 19 15 11 7", queries=["0018:range"], keep="upto"),
    U("c-219-range-form", "foxmail-text", "b", "out of range", "16 of 15 in a line of the form",
      fill=fills("0005 27 22 18 16 9; 0018 25 20 17 12 8"), got="0005 27 22 18 - 9; 0018 25 20 17 12 8", queries=["0005:range"], keep="nomat"),
    U("c-220-range-sheet", "foxmail", "a", "out of range", "12 of 10 in the sheet, pasted over the check",
      """评分表见附件。""", files=sheet("0003 26 21 16 12 8; 0007 27 22 18 13 12; 0009 25 20 18 11 8"),
      got="0003 26 21 16 12 8; 0007 27 22 18 13 -; 0009 25 20 18 11 8", queries=["0007:range"], keep="top"),
    U("c-221-range-negative", "139", "b", "out of range", "a negative score",
      """0005 技术27，效益22，示范18，实力13，数据-1""", got="0005 27 22 18 13 -", queries=["0005:"], keep="top"),
    # ---- not one value ----
    U("c-222-span", "applemail", "b", "a span", "25-27 for one criterion",
      """0005 技术性与创新性25-27，效益性22，示范性18，整体实力13，数据完整性9
0018 技术性与创新性25，效益性20，示范性17，整体实力12，数据完整性8""",
      got="0005 - 22 18 13 9; 0018 25 20 17 12 8", queries=["0005:"], keep="upto"),
    U("c-223-span-words", "sina", "b", "a span", "26到28之间, 12至13",
      """0018：技术26到28之间，效益20，示范17，实力12至13，数据8""", got="0018 - 20 17 - 8", queries=["0018:"], keep="top"),
    U("c-224-span-table", "163", "b", "a span", "a span in a cell of the table",
      fill=fills("0005 25~27 22 18 13 9; 0018 25 20 17 12 8"), got="0005 - 22 18 13 9; 0018 25 20 17 12 8", queries=["0005:"], keep="form"),
    U("c-225-about", "qq", "b", "about", "约27, 22左右",
      """0005 技术约27，效益22左右，示范18，实力13，数据9
0026 技术23，效益19，示范15，实力11，数据7""", got="0005 - - 18 13 9; 0026 23 19 15 11 7", queries=["0005:"], keep="nomat", charset="utf-8"),
    U("c-226-or", "huawei", "b", "about", "27或28, and 两可",
      """0026技术23或24都可以，请你们定；效益19，示范15，实力11，数据7""", got="0026 - 19 15 11 7", queries=["0026:"], columns=48),
    U("c-227-grades", "owa", "b", "grades", "grades in place of numbers",
      """0005：技术优，效益优，示范良，实力良，数据优
0018：技术良，效益良，示范良，实力良，数据良""", queries=["0005:", "0018:"], keep="top"),
    U("c-228-percent", "aliyun", "b", "grades", "percentages",
      """AL2024-0026：技术性与创新性80%，效益性75%，示范性80%，整体实力70%，数据完整性75%""", queries=["0026:"], keep="top"),
    U("c-229-relative", "qqapp", "b", "relative", "one case relative to another",
      """0005 27 22 18 13 9
0018比0005每项低1分""", got="0005 27 22 18 13 9", queries=["0018:"], keep="nomat"),
    U("c-230-same-rest", "exmail-en", "a", "其余同上", "the rest 'the same'",
      """0003 26 21 16 12 8
其余同上""", got="0003 26 21 16 12 8", queries=[":"], keep="top"),
    U("c-231-same-as-last", "foxmail", "b", "其余同上", "'as last time'",
      """三个案例的分数与我上次会上说的一样，请直接录入。""", queries=[":"], keep="top"),
    # ---- two values ----
    U("c-232-text-against-table", "outlook", "b", "two values", "26 in the text, 27 in the table, no word which counts",
      """0005：技术26，效益22，示范18，实力13，数据9""",
      fill=fills(B3), got="0005 - 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 7", queries=["0005:"], keep="nomat"),
    U("c-233-twice-in-text", "gmail", "b", "two values", "a case written twice with one difference",
      """0005 技术27 效益22 示范18 实力13 数据9
0018 技术25 效益20 示范17 实力12 数据8
0026 技术23 效益19 示范15 实力11 数据7
0018 技术25 效益21 示范17 实力12 数据8""",
      got="0005 27 22 18 13 9; 0018 25 - 17 12 8; 0026 23 19 15 11 7", queries=["0018:"], keep="upto"),
    U("c-234-sheet-against-text", "163", "b", "two values", "the sheet and the mail differ in one cell",
      """评分：
0005 27 22 18 13 9
0018 25 20 17 12 8
0026 23 19 16 11 7
详见附件评分表。""", files=sheet(B3), got="0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 - 11 7", queries=["0026:"], keep="top"),
    U("c-235-two-sheets-differ", "coremail", "b", "two values", "two copies of the sheet, one case different",
      """两份评分表都发给您，请查收。""",
      files=both(sheet(B3, name="评分表-吴研究员.xlsx"), sheet("0005 27 22 18 13 9; 0018 26 20 17 12 8; 0026 23 19 15 11 7", name="评分表-吴研究员(2).xlsx")),
      got="0005 27 22 18 13 9; 0018 - 20 17 12 8; 0026 23 19 15 11 7", queries=["0018:"], keep="top"),
    U("c-236-table-against-sheet", "foxmail", "b", "two values", "the quoted table and the sheet differ in one cell",
      fill=fills("0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 8"), files=sheet(B3),
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 -", queries=["0026:"], keep="form"),
    U("c-237-vague-change", "iphone", "b", "vague change", "'one point more' without a value",
      """0018的效益性请再加1分，其他不变。""", queries=["0018:"], keep="top"),
    U("c-238-change-which", "thunderbird", "b", "vague change", "a change of a case that is not named",
      """上次那个冷链的案例，示范性改成16吧，还有一个也想调低一点，我再想想。""", queries=[":"], keep="top"),
    # ---- which case, which criterion ----
    U("c-239-unassigned", "qq", "a", "unassigned case", "a case he was not asked about, beside two of his",
      """AL2024-0003 26 21 16 12 8
AL2024-0007 27 22 18 13 9
AL2024-0100 25 20 17 12 8""", got="0003 26 21 16 12 8; 0007 27 22 18 13 9", queries=["AL2024-0100:"], keep="nomat"),
    U("c-240-unassigned-named", "outlook", "b", "unassigned case", "a code with a slip of the pen: 0016 for 0018 or 0026?",
      """AL2024-0005：技术27，效益22，示范18，实力13，数据9
AL2024-0016：技术25，效益20，示范17，实力12，数据8""", got="0005 27 22 18 13 9", queries=["AL2024-0016:"], keep="top"),
    U("c-241-second-one", "huawei", "b", "unclear case", "第二个, 最后一个",
      """第二个：27 22 18 13 9
最后一个：25 20 17 12 8""", queries=[":"], columns=60),
    U("c-242-seven-or-seventh", "gmail", "a", "unclear case", "7号: the code 0007, or the seventh of the list?",
      """7号：技术27，效益22，示范18，实力13，数据9""", queries=[":"], keep="upto"),
    U("c-243-no-case", "xiaomi", "b", "unclear case", "five numbers and no case",
      """27 22 18 13 9""", queries=[":"]),
    U("c-244-example-kept", "163", "b", "unclear case", "the example's 0000 was left in place of a code",
      """0000 27 22 18 13 9""", queries=[":"], keep="nomat"),
    U("c-245-city", "coremail-old", "a", "unclear case", "'the Pearl River delta one': no case can be named",
      """珠三角那家做电商服务的：技术25，效益20，示范17，实力12，数据8""", queries=[":"], keep="upto"),
    U("c-246-four-numbers", "qqnew", "b", "unclear criterion", "four numbers in order: which is missing?",
      """0005 27 22 18 13 9
0018 25 20 17 12
0026 23 19 15 11 7""", got="0005 27 22 18 13 9; 0026 23 19 15 11 7", queries=["0018:"], keep="upto"),
    U("c-247-six-numbers", "mailmaster", "b", "unclear criterion", "six numbers, the sixth no sum",
      """0005 27 22 18 13 9 8
0018 25 20 17 12 8""", got="0018 25 20 17 12 8", queries=["0005:"], keep="top"),
    U("c-248-abstain-which", "dingtalk", "b", "unclear case", "an abstention of 'one of them'",
      """其中有一个案例我弃权，其余两个：
0005 27 22 18 13 9
0018 25 20 17 12 8""", got="0005 27 22 18 13 9; 0018 25 20 17 12 8", queries=[":"], keep="nomat"),
    # ---- attachments ----
    U("c-249-photo", "iphone", "b", "photo", "the score sheet as a photo",
      """评分见附件照片。""", files=photo, queries=[":"], keep="top"),
    U("c-250-foreign-sheet", "foxmail", "a", "foreign sheet", "the other expert's sheet comes back",
      """评分表见附件。""", files=others(B3), queries=[":foreign-sheet"], keep="top"),
    U("c-251-foreign-beside-own", "qq", "b", "foreign sheet", "his own sheet, and the other expert's",
      """我和陈教授的评分表一起发给您。""", files=both(sheet(B3), others("0003 26 21 16 12 8; 0007 27 22 18 13 9")),
      got=B3, queries=[":foreign-sheet"], keep="top"),
    U("c-252-attachment-missing", "exmail", "b", "attachment missing", "speaks of an attachment that is not there",
      """评分表已填好，见附件，请查收。""", queries=[":"], keep="top"),
    # ---- fresh mails ----
    U("c-253-fresh-short", "qq", "a", "fresh mail", "a fresh mail with the last four digits only",
      """评分如下：
0003 26 21 16 12 8
0007 27 22 18 13 9""", queries=[":"], proved=False, subject="评分"),
    U("c-254-fresh-names", "android", "b", "fresh mail", "a fresh mail that names the cases loosely",
      """潮玩那个27 22 18 13 9，物流那个25 20 17 12 8，海鲜那个23 19 15 11 7""", queries=[":"], proved=False, subject="打分"),
]
