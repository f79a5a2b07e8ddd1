"""Answers in the expert's own lines: comments, layouts, places in the mail, recusals, corrections. All clear."""

from answers import Answer as A

ANSWERS = [
    # ---- comments full of figures ----
    A("c-031-figures", "qq", "a", "comments with figures", "a comment of figures after each row of scores",
      """0003：26 21 16 12 8
2023年交易额6.8亿元，增长33.3%，行业前3名，覆盖15个地市，数据基本自洽；第4期规划的3,000万元投入来源未说明。
0007：27 22 18 13 9
交易额2.3亿元、增长30%，742家商家参与，3个省、11个地市学习借鉴，示范面较广。
0021：24 19 17 12 7
1203家商户、市场占有率9.8%缺少第三方佐证，扣3分。""",
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9; 0021 24 19 17 12 7", comments="0003 0007 0021"),
    A("c-032-comment-first", "coremail", "b", "comments before", "the comment stands before the scores",
      """AL2024-0005
评语：设计打样周期由45天缩到12天，4.2亿元交易额中出口占28%，链路完整。
评分：技术27，效益22，示范18，实力13，数据9

AL2024-0018
评语：依托大桥口岸，2023年5.6亿元，增长40%，单证一次录入，值得推广。
评分：技术26，效益21，示范18，实力12，数据8

AL2024-0026
评语：冷链一体化基础好，但32%的获客成本降幅未见测算过程。
评分：技术22，效益18，示范15，实力11，数据6""",
      got="0005 27 22 18 13 9; 0018 26 21 18 12 8; 0026 22 18 15 11 6", comments="0005 0018 0026"),
    A("c-033-reasons-inline", "outlook", "b", "comments with figures", "a reason in brackets after each score",
      """0005：技术性与创新性26（打样数字化程度高，9种语言详情页）；效益性21（2023年4.2亿元，增长40%）；示范性17（3个省来考察72批）；整体实力12（203人，研发占比尚可）；数据完整性8（近三年收入口径一致）
0018：技术性与创新性25（日均28万单）；效益性20（5.6亿元）；示范性18（17个服务站）；整体实力12（142人）；数据完整性8（缺2021年数据）""",
      got="0005 26 21 17 12 8; 0018 25 20 18 12 8", comments="0005 0018", keep="upto", charset="utf-8"),
    A("c-034-long-letter", "163", "a", "comments with figures", "greetings, a general remark with figures, scores, signature, disclaimer",
      """尊敬的林老师、各位同仁：

您好！11月8日9:30来信收悉。本人于11月9日至11日通读了7个案例共约120页材料，并抽查了其中3家企业公开的2023年年报。总体看，今年案例质量较2022年明显提高，7个案例中有5个交易额超过2亿元。

现将其中4个案例的评分报上：

AL2024-0003　技术性与创新性25，效益性20，示范性16，整体实力12，数据完整性8
AL2024-0007　技术性与创新性27，效益性22，示范性18，整体实力13，数据完整性9
AL2024-0012　技术性与创新性28，效益性20，示范性15，整体实力13，数据完整性8
AL2024-0034　技术性与创新性20，效益性17，示范性15，整体实力10，数据完整性7

以上意见供参考，如需当面说明，11月15日下午2:30以后我在办公室。
顺颂
秋安！

陈
某某大学管理学院教授、博士生导师
地址：广州市天河区学府一路38号 邮编 510600
电话：020-8300 0426 转 805　手机：139 0000 1127

【保密声明】本邮件及附件仅供指定收件人使用，未经许可不得复制、转发。若您误收本邮件，请立即删除并于24小时内告知发件人。""",
      got="0003 25 20 16 12 8; 0007 27 22 18 13 9; 0012 28 20 15 13 8; 0034 20 17 15 10 7"),
    A("c-035-signature-heavy", "foxmail", "b", "signature", "a signature with phones, postal code and a line of disclaimer between scores and quote",
      """评分如下：
0005 26 22 17 13 9
0018 25 21 17 12 8
0026 22 19 15 11 7



吴喆 研究员
某某研究院 数字经济研究所
广州市越秀区科苑路100号大院59栋 510000
Tel: 020-83000021  Fax: 020-83000022
Mobile: 137 0000 2205
本邮件含有保密信息，仅供收件人使用。""",
      got="0005 26 22 17 13 9; 0018 25 21 17 12 8; 0026 22 19 15 11 7"),
    # ---- layouts ----
    A("c-036-sections", "applemail", "a", "lines below the code", "code as a heading, five numbered lines below, totals at the end",
      """【AL2024-0009】
1. 技术性与创新性　25分
2. 效益性　21分
3. 示范性　18分
4. 整体实力　11分
5. 数据完整性　8分
小计　83分

【AL2024-0015】
1. 技术性与创新性　23分
2. 效益性　22分
3. 示范性　17分
4. 整体实力　14分
5. 数据完整性　8分
小计　84分""",
      got="0009 25 21 18 11 8; 0015 23 22 17 14 8", keep="upto", cte="quoted-printable"),
    A("c-037-by-criterion", "qq", "b", "criterion by criterion", "sorted by criterion: each criterion names the three cases",
      """技术性与创新性：0005 27，0018 26，0026 23
效益性：0005 22，0018 21，0026 19
示范性：0005 18，0018 17，0026 15
整体实力：0005 13，0018 12，0026 11
数据完整性：0005 9，0018 8，0026 7""",
      got="0005 27 22 18 13 9; 0018 26 21 17 12 8; 0026 23 19 15 11 7", keep="nomat", charset="utf-8"),
    A("c-038-one-line", "qqapp", "b", "one line", "three cases in one line, semicolons between",
      """0005 27 22 18 13 9；0018 25 20 17 12 8；0026 23 19 16 11 7。请查收，谢谢。""",
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 16 11 7", charset="GB18030", cte="8bit"),
    A("c-039-prose", "owa", "b", "prose", "scores in full sentences",
      """您好！

AL2024-0005，技术性与创新性给27分，效益性给22分，示范性给17分，整体实力给13分，数据完整性给9分。

AL2024-0018，技术性与创新性打25分，效益性打20分，示范性打18分，整体实力打12分，数据完整性打8分。

AL2024-0026，技术性与创新性评22分，效益性评19分，示范性评15分，整体实力评11分，数据完整性评7分。""",
      got="0005 27 22 17 13 9; 0018 25 20 18 12 8; 0026 22 19 15 11 7"),
    A("c-040-spaces-tabs", "163", "b", "numbers in order", "several blanks and tabs between the numbers",
      """0005\t27   22\t18   13   9
0018   26\t21    17\t12\t8
0026\t23\t19   15   11\t7""",
      got="0005 27 22 18 13 9; 0018 26 21 17 12 8; 0026 23 19 15 11 7"),
    A("c-041-pasted-rows", "gmail", "b", "pasted rows", "rows pasted from a spreadsheet: a table in the HTML part, tabs in the plain part",
      """评分见下表：""",
      rich='<div><table border="0" cellpadding="0" cellspacing="0" width="520" style="border-collapse:collapse;width:390pt"><colgroup><col width="110" style="width:83pt"><col width="72" span="5" style="width:54pt"></colgroup><tbody>'
           + "".join('<tr height="19" style="height:14.4pt">' + "".join('<td class="xl65" width="72" style="width:54pt">%s</td>' % c for c in row.split()) + "</tr>" for row in (
               "编号 技术性与创新性 效益性 示范性 整体实力 数据完整性", "AL2024-0005 27 22 18 13 9", "AL2024-0018 25.5 20 17 12 8", "AL2024-0026 23 19 15 11 7.5")) + "</tbody></table></div>",
      got="0005 27 22 18 13 9; 0018 25.5 20 17 12 8; 0026 23 19 15 11 7.5", keep="upto"),
    A("c-042-pasted-rows-tab", "outlook", "a", "pasted rows", "spreadsheet rows pasted as text, tabs between, with a total column",
      """评分表粘贴如下：
编号\t技术\t效益\t示范\t实力\t数据\t合计
AL2024-0003\t26\t21\t16\t12\t8\t83
AL2024-0007\t27\t22\t18\t13\t9\t89
AL2024-0009\t25\t20\t18\t11\t8\t82
AL2024-0012\t28\t21\t16\t13\t9\t87
AL2024-0015\t23\t22\t17\t14\t8\t84
AL2024-0021\t24\t19\t17\t12\t7\t79
AL2024-0034\t21\t18\t15\t11\t7\t72""",
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8; 0012 28 21 16 13 9; 0015 23 22 17 14 8; 0021 24 19 17 12 7; 0034 21 18 15 11 7", keep="top"),
    A("c-043-sheet-rows-pasted", "thunderbird-html", "b", "pasted rows", "rows of the score sheet itself pasted, with city, unit, case, total and comment",
      """林老师好，附件打不开，我把表格内容贴在这里：
编号\t地市\t参评单位\t参评案例\t技术性与创新性（30分）\t效益性（25分）\t示范性（20分）\t整体实力（15分）\t数据完整性（10分）\t合计\t评语
AL2024-0005\t东莞市\t东莞市玩创潮品科技有限公司\t潮玩“设计—打样—众筹—出海”数字化链路\t26\t22\t17\t13\t9\t87\t链路完整，出海数据详实
AL2024-0018\t珠海市\t珠海市海联跨境物流电子商务有限公司\t港珠澳大桥跨境电商“前置仓+一单到底”服务\t25\t21\t18\t12\t8\t84\t口岸优势明显
AL2024-0026\t湛江市\t湛江市海鲜汇电子商务有限公司\t水产鲜活直达的产地直播与冷链一体化\t22\t19\t15\t11\t7\t74\t成本数据需补充""",
      got="0005 26 22 17 13 9; 0018 25 21 18 12 8; 0026 22 19 15 11 7", comments="0005 0018 0026", keep="top"),
    # ---- no quote at all, below the quote, trimmed quote ----
    A("c-044-no-quote", "android", "b", "no quote", "a phone that quotes nothing, 8bit",
      """0005 27 22 18 13 9
0018 26 21 17 12 8
0026 22 18 15 11 7""",
      got="0005 27 22 18 13 9; 0018 26 21 17 12 8; 0026 22 18 15 11 7", keep="none"),
    A("c-045-no-quote-gbk", "android", "b", "no quote", "GBK bytes in 8bit under the label gb2312, with a character GB2312 does not have",
      """林老师好：
0005 技术26 效益22 示范18 实力13 数据9
0018 技术25 效益20 示范17 实力12 数据8
0026 技术23 效益19 示范15 实力11 数据7
吴喆""",
      got="0005 26 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 15 11 7", keep="none", charset="gb2312"),
    A("c-046-below", "thunderbird", "b", "below the quote", "scores below the quote, after our last line",
      "",
      """
评分如下：
0005 26 21 17 12 8
0018 25 20 17 12 8
0026 24 20 16 12 9
吴""",
      got="0005 26 21 17 12 8; 0018 25 20 17 12 8; 0026 24 20 16 12 9"),
    A("c-047-below-html", "gmail", "b", "below the quote", "below the quote in Gmail, outside the gmail_quote",
      "",
      """0005：技术27，效益21，示范18，实力13，数据9
0018：技术26，效益21，示范17，实力12，数据8
0026：技术22，效益19，示范15，实力11，数据7""",
      got="0005 27 21 18 13 9; 0018 26 21 17 12 8; 0026 22 19 15 11 7", keep="upto"),
    A("c-048-below-163", "163", "a", "below the quote", "below the quote in 163, after the whole request",
      """见文末。""",
      """AL2024-0021　24　19　17　12　7
AL2024-0034　21　18　15　11　7""",
      got="0021 24 19 17 12 7; 0034 21 18 15 11 7"),
    A("c-049-above-and-below", "coremail", "b", "above and below", "one case above the quote, two below",
      """0005 技术性与创新性27，效益性22，示范性18，整体实力13，数据完整性9
另两个写在原文下面。""",
      """0018 技术性与创新性25，效益性20，示范性17，整体实力12，数据完整性8
0026 技术性与创新性23，效益性19，示范性16，整体实力11，数据完整性7""",
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 16 11 7", keep="nomat"),
    A("c-050-partial", "dingtalk", "b", "partial", "four criteria of a case now, the fifth later: what is there is recorded",
      """0005：技术27，效益22，示范18，实力13
0018：技术25，效益20，示范17，实力12，数据8
缺的以后再补。""",
      got="0005 27 22 18 13 -; 0018 25 20 17 12 8"),
    A("c-051-colon-list", "sina", "b", "full names", "Sina webmail, In-Reply-To alone, a colon after everything",
      """0005：技术性与创新性：26；效益性：21；示范性：17；整体实力：12；数据完整性：9；
0018：技术性与创新性：25；效益性：20；示范性：18；整体实力：12；数据完整性：8；
0026：技术性与创新性：23；效益性：19；示范性：15；整体实力：11；数据完整性：7；""",
      got="0005 26 21 17 12 9; 0018 25 20 18 12 8; 0026 23 19 15 11 7"),
    A("c-052-criterion-max-score", "outlook-en", "a", "label with maximum", "labels with their maxima, as in the form: 技术性与创新性（30分）27",
      """AL2024-0007
技术性与创新性（30分）27
效益性（25分）22
示范性（20分）18
整体实力（15分）13
数据完整性（10分）9

AL2024-0034
技术性与创新性（30分）21
效益性（25分）18
示范性（20分）15
整体实力（15分）11
数据完整性（10分）7

Chen
------------------------------
This e-mail and its 2 attachments are confidential and intended solely for the addressee. If you received it by mistake, please notify the sender by phone (+86 20 8300 0105) within 24 hours and delete it.""",
      got="0007 27 22 18 13 9; 0034 21 18 15 11 7", keep="top"),
    A("c-053-mixed-manner", "exmail-en", "a", "mixed", "each case in another manner, all clear",
      """0003 26 21 16 12 8
顺品：技术27、效益22、示范18、实力13、数据9
AL2024-0012：28/30 21/25 16/20 13/15 9/10
0015：技术性与创新性二十三，效益性二十二，示范性十七，整体实力十四，数据完整性八""",
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9; 0012 28 21 16 13 9; 0015 23 22 17 14 8", keep="nomat"),
    A("c-054-brackets", "huawei", "a", "numbers in order", "codes in brackets, full-width marks",
      """（0003）26，21，16，12，8；
（0007）27，22，18，13，9；
（0009）25，20，18，11，8；
（0012）28，21，16，13，9；
（0015）23，22，17，14，8；
（0021）24，19，17，12，7；
（0034）21，18，15，11，7。""",
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8; 0012 28 21 16 13 9; 0015 23 22 17 14 8; 0021 24 19 17 12 7; 0034 21 18 15 11 7", charset="GB18030", cte="8bit"),
    A("c-055-html-only", "aliyun", "b", "numbers in order", "a mail with an HTML part only",
      """0005　27　22　18　13　9
0018　26　21　17　12　8
0026　23　19　15　11　7""",
      got="0005 27 22 18 13 9; 0018 26 21 17 12 8; 0026 23 19 15 11 7", html_only=True, keep="nomat"),
    A("c-056-flowed-own", "thunderbird", "a", "comments with figures", "own lines long enough to be wrapped by format=flowed",
      """0007：技术性与创新性27，效益性22，示范性18，整体实力13，数据完整性9。该项目2023年直接带动交易额2.3亿元，同比增长30%，服务商家742家，模式较成熟，建议补充售后满意度98.6分的抽样说明。
0009：技术性与创新性25，效益性20.5，示范性18，整体实力11，数据完整性8。冷链损耗由15%降到4.8%有说服力，1,980万单的统计口径需核实。""",
      got="0007 27 22 18 13 9; 0009 25 20.5 18 11 8", comments="0007 0009", keep="nomat"),
    # ---- recusal, abstention, decline, questions beside scores ----
    A("c-057-recusal", "qq", "a", "recusal", "a recusal with its reason beside two rows of scores",
      """回避 0012 本人2022年起担任该公司独立董事
0003 26 21 16 12 8
0007 27 22 18 13 9""",
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9", recused="0012", keep="nomat"),
    A("c-058-recusal-only", "coremail", "a", "recusal", "a recusal alone, by unit, in a sentence",
      """林老师：汕头市潮织电子商务产业园有限公司（AL2024-0015）曾委托我课题组编制规划，按规定我应当回避，请安排其他专家。其余案例我会按时评完。""",
      recused="0015"),
    A("c-059-abstain", "163", "b", "abstention", "an abstention in the words asked for, two rows of scores",
      """0005 27 22 18 13 9
0018 25 20 17 12 8
弃权 0026""",
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8", abstained="0026", keep="nomat"),
    A("c-060-abstain-two", "foxmail", "a", "abstention", "two abstentions in one line, recusal and scores",
      """弃权 0015、0034
回避 0009 配偶在该公司任职
0021 24 19 17 12 7""",
      got="0021 24 19 17 12 7", abstained="0015 0034", recused="0009", keep="upto"),
    A("c-061-decline", "applemail", "a", "decline", "declines the whole review",
      """林老师您好！
非常抱歉，因下周起赴外地挂职，时间上无法保证，本次评审我不能参加，请另请专家。
陈""",
      flags="decline", keep="top"),
    A("c-062-question-and-scores", "owa", "b", "question beside scores", "all scores, and a question for staff",
      """0005 26 22 17 13 9
0018 25 21 18 12 8
0026 23 19 16 11 8

另外请问：评审费需要我提供哪些材料？是否要签保密承诺书？""",
      got="0005 26 22 17 13 9; 0018 25 21 18 12 8; 0026 23 19 16 11 8", flags="question", keep="nomat"),
    # ---- corrections in clear words ----
    A("c-063-corrected", "qq", "b", "correction", "a value corrected in clear words in the same mail",
      """0005 27 22 18 13 9
0018 25 20 17 12 8
0026 23 19 15 11 7

更正：0018的效益性改为21，以此为准。""",
      got="0005 27 22 18 13 9; 0018 25 21 17 12 8; 0026 23 19 15 11 7", keep="nomat"),
    A("c-064-corrected-inline", "iphone", "b", "correction", "a slip mended in the line: 不对，应为",
      """0005 技术27 效益22 示范18 实力13 数据9
0018 技术25 效益20 示范17 实力12 数据8
0026 技术23 效益19 示范15 实力11 数据7
上面0026的技术性与创新性写错了，不是23，应改为24。""",
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 24 19 15 11 7", keep="upto"),
    A("c-065-change-only", "outlook", "a", "correction", "a change alone, of scores given earlier",
      """林老师：
请将AL2024-0007的示范性由18分改为17分，其他不变。
谢谢！""",
      got="0007 - - 17 - -", keep="top"),
    A("c-066-fresh-full", "qq", "b", "fresh mail", "a fresh mail without references, with full codes and a subject of its own",
      """省商务厅电子商务处：
AL2024-0005：技术性与创新性27，效益性22，示范性18，整体实力13，数据完整性9
AL2024-0018：技术性与创新性25，效益性20，示范性17，整体实力12，数据完整性8
AL2024-0026：技术性与创新性23，效益性19，示范性16，整体实力11，数据完整性7
吴""",
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8; 0026 23 19 16 11 7", proved=False, subject="案例评审打分"),
    A("c-067-fresh-full-order", "foxmail", "a", "fresh mail", "a fresh mail, full codes, numbers in order",
      """评审打分：
AL2024-0003 26 21 16 12 8
AL2024-0007 27 22 18 13 9
AL2024-0009 25 20 18 11 8""",
      got="0003 26 21 16 12 8; 0007 27 22 18 13 9; 0009 25 20 18 11 8", proved=False, subject="评分-陈"),
    A("c-068-abstain-words", "iphone", "b", "abstention", "an abstention in the expert's own words",
      """0005 27 22 18 13 9
0018 25 20 17 12 8
0026 这个案例我弃权，不评分。""",
      got="0005 27 22 18 13 9; 0018 25 20 17 12 8", abstained="0026", keep="top"),
    A("c-069-recusal-unit", "dingtalk", "a", "recusal", "a recusal by the unit's short name with its reason, then scores",
      """客味食品是我学生创办的企业，我申请回避。
其余先评两个：
云帆：技术26 效益21 示范16 实力12 数据8
荔乡：技术25 效益20 示范18 实力11 数据8""",
      got="0003 26 21 16 12 8; 0009 25 20 18 11 8", recused="0034", keep="nomat"),
    A("c-070-one-case", "163", "a", "one case", "one case in one friendly sentence",
      """林老师，0012我打：技术性与创新性28分、效益性21分、示范性16分、整体实力13分、数据完整性9分，谢谢。""",
      got="0012 28 21 16 13 9"),
    # ---- a change sent as a reply to the expert's own earlier mail, whose scores stand in the quote ----
    A("c-071-change-over-own", "qqapp", "b", "correction over own mail", "the expert answers his own earlier mail: only the change is new",
      """林老师，0018的效益性我改一下，由20分改为21分，其他分数不变。

------------------ 原始邮件 ------------------
发件人: 吴研究员 <wu@inst.example>
发送时间: 2024年11月10日(星期日) 上午9:12
收件人: 广东省商务厅电子商务处 <dianshangchu@gd.example>
主题: 回复：案例评分

0005 27 22 18 13 9
0018 25 20 17 12 8
0026 23 19 15 11 7""",
      got="0018 - 21 - - -", thread=["<2024111009120811@inst.example>"], keep="nomat"),
    A("c-072-change-over-own-marks", "thunderbird", "b", "correction over own mail", "the same with marks before the earlier mail's lines",
      """0005示范性改为17分。

在 2024/11/11 15:20, 吴研究员 写道:
> 0005 技术27 效益22 示范18 实力13 数据9
> 0018 技术25 效益20 示范17 实力12 数据8
> 0026 技术23 效益19 示范15 实力11 数据7""",
      got="0005 - - 17 - -", thread=["<2024111115200307@inst.example>"], keep="none"),
]
