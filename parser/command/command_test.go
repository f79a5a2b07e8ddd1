package command

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// show is a line in short: verb, rows, codes, args, rest; "?" before a reason.
func show(l Line) string {
	if l.Verb == "" {
		if l.Why == "" {
			return "-"
		}
		return "?"
	}
	s := l.Verb
	if l.Trial {
		s = "试运行 " + s
	}
	if len(l.Rows) > 0 {
		s += fmt.Sprint(" rows", l.Rows)
	}
	if len(l.Codes) > 0 {
		s += fmt.Sprint(" codes", l.Codes)
	}
	if len(l.Args) > 0 {
		s += " args[" + strings.Join(l.Args, "|") + "]"
	}
	if l.Rest != "" {
		s += " rest[" + l.Rest + "]"
	}
	return s
}

func shows(lines []Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, show(l))
	}
	return strings.Join(out, "\n")
}

// twice runs a case with both line ends.
func twice(t *testing.T, read func(string) []Line, text, want string) {
	t.Helper()
	for _, s := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
		if got := shows(read(s)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", s, got, want)
		}
	}
}

var staffCases = []struct{ text, want string }{
	{"启用", "启用"},
	{"启用。", "启用"},
	{"启用！谢谢", "启用"},
	{"　启用　", "启用"},
	{"\ufeff启用", "启用"},
	{"试运行 启用", "试运行 启用"},
	{"试运行启用", "试运行 启用"},
	{"确认 K7Q2-9MXD", "确认 codes[K7Q2-9MXD]"},
	{"确认：k7q2-9mxd", "确认 codes[K7Q2-9MXD]"},
	{"确认 Ｋ７Ｑ２－９ＭＸＤ", "确认 codes[K7Q2-9MXD]"},
	{"放行 K7Q2-9MXD、AAAA-0000", "放行 codes[K7Q2-9MXD AAAA-0000]"},
	{"放行 K7Q2-9MXD和AAAA-0000", "放行 codes[K7Q2-9MXD AAAA-0000]"},
	{"放行 全部", "放行 args[全部]"},
	{"3、5-7 放行", "放行 rows[3 5 6 7]"},
	{"不发 K7Q2-9MXD 内容和事实不符", "不发 codes[K7Q2-9MXD] rest[内容和事实不符]"},
	{"登记邮箱 Sw@Foshan.example 佛山市", "登记邮箱 args[sw@foshan.example|佛山市]"},
	{"登记邮箱：sw@foshan.example<mailto:sw@foshan.example> 佛山", "登记邮箱 args[sw@foshan.example|佛山]"},
	{"停用邮箱 sw@foshan.example", "停用邮箱 args[sw@foshan.example]"},
	{"5 登记 佛山市", "登记 rows[5] args[佛山市]"},
	{"5登记佛山市", "?"}, // verbs match whole
	{"第5条 无关", "无关 rows[5]"},
	{"5、无关", "无关 rows[5]"},
	{"3-5：无关 是统计月报", "无关 rows[3 4 5] rest[是统计月报]"},
	{"登记 佛山市 到达 10月12日 依据 来电", "登记 args[佛山市|10月12日] rest[来电]"},
	{"登记：佛山市，到达：10月29日16:20，依据：U盘 签收单", "登记 args[佛山市|10月29日16:20] rest[U盘 签收单]"},
	{"5 登记 佛山 到达时间 2024-10-29 16：20 依据 快递签收", "登记 rows[5] args[佛山|2024-10-29 16:20] rest[快递签收]"},
	{"登记 佛山市 到达 10月12日", "?"}, // asked back: on what basis?
	{"登记 佛山市 到达 10月12日 依据", "?"},
	{"登记 佛山市 到达 依据 来电", "?"},
	{"登记 佛山市 昨天到的", "登记 args[佛山市] rest[昨天到的]"},
	{"进度", "进度"},
	{"您好！\n5 无关\n谢谢！\n6 无关", "无关 rows[5]"},
	{"5 无关\n--\n6 无关", "无关 rows[5]"},
	{"5 无关\n—————\n6 无关", "无关 rows[5]"},
	{"5 无关\n====\n6 无关", "无关 rows[5]"},
	{"甲\n乙\n丙\n丁\n戊\n启用\n暂停发信", "?\n?\n?\n?\n?\n?"}, // the sixth says that it was not read
	{"甲\n乙\n丙\n丁\n戊\n己\n庚", "?\n?\n?\n?\n?"},
	{"甲\n乙\n丙\n丁\n戊\n谢谢！\n启用", "?\n?\n?\n?\n?"},

	// must not
	{"暂不放行 K7Q2-9MXD", "?"},
	{"不启用", "?"},
	{"拟启用", "?"},
	{"启用吗？", "?"},
	{"启用 吗", "?"},
	{"暂停发信 到明天", "?"},
	{"放行", "?"},
	{"放行 明天再说", "?"},
	{"放行 K7Q2-9MXD 以外全部", "?"},
	{"放行 全部 但K7Q2-9MXD除外", "?"},
	{"确认", "?"},
	{"确认 收到", "?"},
	{"7-3 无关", "?"},
	{"1-999 无关", "?"},
	{"3", "?"},
	{"10月15日前启用", "?"},
	{"登记邮箱 佛山市", "?"},
	{"登记邮箱 sw@foshan 佛山市", "?"},
	{"收到，谢谢", "?"},
	{"谢谢", ""},
	{"", ""},
}

func TestStaff(t *testing.T) {
	for _, c := range staffCases {
		twice(t, Staff, c.text, c.want)
	}
}

var bureauCases = []struct{ text, want string }{
	{"进度", "进度"},
	{"查询进度？", "进度"},
	{"进度查询", "进度"},
	{"同意", "同意"},
	{"同意。谢谢！", "同意"},
	{"同意并入 AL2024-0007", "同意 codes[AL2024-0007]"},
	{"我局同意并入AL20240007。", "同意 codes[AL2024-0007]"},
	{"不并入", "不并入"},
	{"不同意", "不并入"},
	{"撤回 AL2024-0012", "撤回 codes[AL2024-0012]"},
	{"请撤回al2024－0012。", "撤回 codes[AL2024-0012]"},
	{"撤回AL2024 0012，企业放弃申报", "撤回 codes[AL2024-0012] rest[企业放弃申报]"},
	{"撤回 AL2024-0012、AL2024-0013", "撤回 codes[AL2024-0012]\n撤回 codes[AL2024-0013]"},
	{"AL2024-0012 撤回", "撤回 codes[AL2024-0012]"},
	{"恢复 AL2024-0012", "恢复 codes[AL2024-0012]"},
	{"更正 AL2024-0007 联系电话 0757-83001234", "更正 codes[AL2024-0007] args[联系电话] rest[0757-83001234]"},
	{"请更正（AL2024-0007）联系电话：０７５７－８３００１２３４", "更正 codes[AL2024-0007] args[联系电话] rest[０７５７－８３００１２３４]"},
	{"更正AL2024-0007联系电话为13800001234。", "更正 codes[AL2024-0007] args[联系电话] rest[13800001234]"},
	{"更正 AL2024-0007 联系电话 改为 13800001234", "更正 codes[AL2024-0007] args[联系电话] rest[13800001234]"},
	{"更正 AL2024-0007 联系电话 为 “13800001234”", "更正 codes[AL2024-0007] args[联系电话] rest[13800001234]"},
	{"更正 AL2024-0007 案例名称 为民服务平台", "更正 codes[AL2024-0007] args[案例名称] rest[为民服务平台]"},
	{"更正 AL2024-0007 单位名称 佛山市某某（华南）家居有限公司", "更正 codes[AL2024-0007] args[单位名称] rest[佛山市某某（华南）家居有限公司]"},
	{"AL2024-0007 更正 邮箱 a@b.example", "更正 codes[AL2024-0007] args[邮箱] rest[a@b.example]"},
	{"更正：AL2024-0007，联系电话，0757-83001234", "更正 codes[AL2024-0007] args[联系电话] rest[0757-83001234]"},
	{"【更正】AL2024-0007 案例名称 柔性供应链平台", "更正 codes[AL2024-0007] args[案例名称] rest[柔性供应链平台]"},
	{"1、更正 AL2024-0007 联系人 李四", "更正 codes[AL2024-0007] args[联系人] rest[李四]"},
	{"AL2024-0007信用代码更正为91440604MA5123456X。", "更正 codes[AL2024-0007] args[信用代码] rest[91440604MA5123456X]"},
	{"请将AL2024-0007的联系电话改为 13800001234", "更正 codes[AL2024-0007] args[联系电话] rest[13800001234]"},
	{"您好！更正AL2024-0007联系电话：13800001234。谢谢！", "更正 codes[AL2024-0007] args[联系电话] rest[13800001234]"},
	{"林工您好，撤回 AL2024-0012", "撤回 codes[AL2024-0012]"},
	{"我局研究决定撤回AL2024-0012某某公司的案例，保留其余5个。", "撤回 codes[AL2024-0012] rest[某某公司的案例,保留其余5个]"},
	{"同意并入，谢谢！", "同意"},
	{"不并入，继续用原来的。", "不并入"},
	{"更正 联系人 张三", "更正 args[联系人] rest[张三]"},
	{"更正 编号 联系人 张三", "更正 args[联系人] rest[张三]"},
	{"“（1）微信图片.jpg”＝照片", "= args[（1）微信图片.jpg|照片]"},
	{"全部文件 = AL2024-0008", "= args[*|AL2024-0008]"},
	{"您好，这6个文件都是AL2024-0008的，谢谢。", "= args[*|AL2024-0008] rest[文]"},
	{"以上图片均属于 al2024 0008", "= args[*|AL2024-0008] rest[文]"},
	{"照片3=AL2024-0008", "= args[照片3|AL2024-0008]"},
	{"1.jpg → 营业执照", "= args[1.jpg|营业执照]"},
	{"a=b.jpg = 宣传图片", "= args[a=b.jpg|宣传图片]"},
	{"照片.zip/1.jpg ＝ 宣传图", "= args[照片.zip/1.jpg|宣传图]"},
	{"照片1.jpg是宣传图片", "= args[照片1.jpg|宣传图片] rest[是]"},
	{"照片1.jpg 应为“宣传图片”。", "= args[照片1.jpg|宣传图片] rest[是]"},
	{"IMG_0001.jpg：营业执照", "= args[IMG_0001.jpg|营业执照] rest[是]"},
	{"“图1.png” : LOGO", "= args[图1.png|LOGO] rest[是]"},
	{"IMG_0931.jpg是营业执照，1.png是LOGO", "= args[IMG_0931.jpg|营业执照] rest[是]\n= args[1.png|LOGO] rest[是]"},
	{"1.jpg=营业执照；2.jpg＝宣传图片。", "= args[1.jpg|营业执照]\n= args[2.jpg|宣传图片]"},
	{"1.jpg、2.jpg，3.jpg = 照片", "= args[1.jpg|照片]\n= args[2.jpg|照片]\n= args[3.jpg|照片]"},
	{"1.jpg、2.jpg是照片", "= args[1.jpg|照片] rest[是]\n= args[2.jpg|照片] rest[是]"},
	{"AL2024-0007 照片1.jpg = 宣传图片", "= codes[AL2024-0007] args[AL2024-0007 照片1.jpg|宣传图片|照片1.jpg]"},
	{"AL2024-0007 1.jpg、2.jpg = 照片", "= codes[AL2024-0007] args[AL2024-0007 1.jpg|照片|1.jpg]\n= codes[AL2024-0007] args[2.jpg|照片|2.jpg]"},
	{"IMG20241015102233.jpg = 照片", "= codes[IMG2024-1015] args[IMG20241015102233.jpg|照片|102233.jpg]"},
	{"AL2024-0003-营业执照.jpg = 营业执照", "= codes[AL2024-0003] args[AL2024-0003-营业执照.jpg|营业执照|营业执照.jpg]"},
	{"【al20240007】照片1.jpg：宣传图片", "= codes[AL2024-0007] args[【al20240007】照片1.jpg|宣传图片|照片1.jpg] rest[是]"},
	{"1.jpg，2.jpg = AL2024-0008", "= args[1.jpg|AL2024-0008]\n= args[2.jpg|AL2024-0008]"},
	{"感谢贵处指导，现就有关事项更正如下：\n第一\n第二\n第三\n第四\n第五\n更正 AL2024-0007 联系人 李四\n谢谢", "更正 codes[AL2024-0007] args[联系人] rest[李四]"},

	{"请核 AL2024-0007 营业执照", "请核 codes[AL2024-0007] args[营业执照]"},
	{"请核AL20240007营业执照，已在申报表第6页。", "请核 codes[AL2024-0007] args[营业执照] rest[已在申报表第6页]"},
	{"AL2024-0007 请核 联系电话", "请核 codes[AL2024-0007] args[联系电话]"},
	{"请核 营业执照", "请核 args[营业执照]"},
	{"稍后 AL2024-0007 照片", "稍后 codes[AL2024-0007] args[照片]"},
	{"稍后 AL2024-0007 照片、LOGO 10月20日", "稍后 codes[AL2024-0007] args[照片、LOGO|10月20日]"},
	{"稍后补交 AL2024-0007 照片和宣传图片，于10月20日前补交。", "稍后 codes[AL2024-0007] args[照片、宣传图片|10月20日]"},
	{"稍后 AL2024-0007 照片 2024-10-20", "稍后 codes[AL2024-0007] args[照片|2024-10-20]"},
	{"稍后 AL2024-0007 照片 10月20日下午5点", "稍后 codes[AL2024-0007] args[照片|10月20日下午5点]"},
	{"稍后 照片 10月20日", "稍后 args[照片|10月20日]"},
	{"您好！稍后 AL2024-0007 LOGO、宣传图片 12月5日。", "稍后 codes[AL2024-0007] args[LOGO、宣传图片|12月5日]"},
	{"LOGO、宣传图片3稍后补，预计12月5日前报送。谢谢！", "稍后 args[LOGO、宣传图片|12月5日] rest[文]"},
	{"U盘AL2024-0007照片，已寄出", "U盘 codes[AL2024-0007] args[照片]"},
	{"您好，照片我们用U盘寄，已于今天快递寄出，请查收。", "U盘 args[照片] rest[文]"},
	{"请查收，照片稍后寄U盘。", "U盘 args[照片] rest[文]"},
	{"照片和宣传图片以U盘形式报送", "U盘 args[照片、宣传图片] rest[文]"},
	{"U盘 AL2024-0007 照片", "U盘 codes[AL2024-0007] args[照片]"},
	{"Ｕ盘报送 AL2024-0007 照片、宣传图片", "U盘 codes[AL2024-0007] args[照片、宣传图片]"},
	{"u盘 AL2024-0007 照片 10月20日寄出", "U盘 codes[AL2024-0007] args[照片]"},
	{"主要领域 AL2024-0007 数商兴农", "主要领域 codes[AL2024-0007] args[数商兴农]"},
	{"AL2024-0007主要领域为电商+产业带", "主要领域 codes[AL2024-0007] args[电商+产业带]"},
	{"主要领域：数商兴农", "主要领域 args[数商兴农]"},
	{"替换 AL2024-0007 为 AL2024-0012", "替换 codes[AL2024-0007 AL2024-0012]"},
	{"请将AL2024-0007替换为al2024 0012。", "替换 codes[AL2024-0007 AL2024-0012]"},
	{"用 AL2024-0012 替换 AL2024-0007", "替换 codes[AL2024-0007 AL2024-0012]"},
	{"不申报", "不申报"},
	{"汕尾市本次不申报。", "不申报"},
	{"经研究，我市本次不推荐案例", "不申报"},

	// no command, and told so: whoever wrote it would think it done
	{"您好，某某园区不再推荐，撤回 AL2024-0012，改报某某公司，材料见附件。", "?"},
	{"AL2024-0012某某公司的案例我局决定撤回", "?"},
	{"用某某公司的案例替换AL2024-0012，请查收。", "?"},
	{"经研究，该公司不再推荐，我局意见撤回AL2024-0012某某公司的案例。", "?"},

	// must not
	{"同意，推荐该企业申报", ""},
	{"如需撤回AL2024-0012，再与贵处联系", ""},
	{"AL2024-0012已撤回，谢谢", ""},
	{"AL2024-0007的执照已更正，见附件", ""},
	{"这6个文件是照片", ""},
	{"这家企业是AL2024-0008的申报单位", ""},
	{"照片能否用U盘寄？", ""},
	{"U盘寄到哪里", ""},
	{"照片已经发过", ""},
	{"1.jpg是照片，其他材料另行报送", ""},
	{"照片1.jpg：已发", ""},
	{"照片1.jpg是宣传图片吗？", ""},
	{"附件1.docx：情况说明", ""},
	{"照片：见附件", ""},
	{"联系人是照片中左起第二位", ""},
	{"网址：http://a.example/1.jpg", ""},
	{"请核实", ""},
	{"妥否，请核。", ""},
	{"请核", ""},
	{"稍后补交照片", ""},
	{"稍后，我们会把照片和其他有关的材料一并整理好再发给贵处", ""},
	{"请核 AL2024-0007", "?"},
	{"请核 AL2024-0007 项", "?"},
	{"稍后 编号 材料 日期", "?"},
	{"稍后 AL2024-0007 照片 下周五", "?"},
	{"稍后 AL2024-0007 照片可以吗？", "?"},
	{"稍后 AL2024-0007、AL2024-0008 照片", "?"},
	{"U盘 AL2024-0007", "?"},
	{"U盘里有视频", ""},
	{"主要领域 AL2024-0007", "?"},
	{"替换 AL2024-0007 的照片", ""},
	{"替换 AL2024-0007 为 AL2024-0007", "?"},
	{"该企业不申报奖项", ""},
	{"贵处好，材料见附件。", ""},
	{"现将进度情况报上", ""},
	{"同意推荐该案例", ""},
	{"经研究，我局同意申报", ""},
	{"撤回上一封邮件，以本次为准", ""},
	{"AL2024-0012 撤回吗？", "?"},
	{"撤回 AL2024-0012 是否可以", "?"},
	{"更正 AL2024-0007 联系电话", "?"},
	{"更正 AL2024-0007 联系电话 正确号码", "?"},
	{"更正 AL2024-0007 联系电话 …", "?"},
	{"更正 AL2024-0007、AL2024-0008 联系人 张三", "?"},
	{"交易额=12.5亿元", ""},
	{"https://pan.example/s?id=abc", ""},
	{"a = ", ""},
	{"谢谢\n撤回 AL2024-0012", ""},
	{"----- 原始邮件 -----\n撤回 AL2024-0012", ""},
	{"", ""},
}

// sureCases are sentences with an order in them that says less, or more, than it seems.
var sureCases = []struct{ text, want string }{
	{"撤回 AL2024-0003", "撤回 codes[AL2024-0003]"},
	{"经研究，我局申请撤回AL2024-0003，因企业放弃", "撤回 codes[AL2024-0003] rest[因企业放弃]"},
	{"撤回AL2024-0003因企业放弃", "撤回 codes[AL2024-0003] rest[因企业放弃]"},
	{"撤回AL2024-0003。企业放弃申报", "撤回 codes[AL2024-0003] rest[企业放弃申报]"},
	{"撤回AL2024-0003（企业放弃）", "撤回 codes[AL2024-0003] rest[(企业放弃)]"},
	{"经研究决定撤回AL2024-0003的案例", "撤回 codes[AL2024-0003] rest[的案例]"},
	{"我局同意更正 AL2024-0007 联系人 李四", "更正 codes[AL2024-0007] args[联系人] rest[李四]"},
	{"撤回：AL2024-0012；AL2024-0013", "撤回 codes[AL2024-0012]\n撤回 codes[AL2024-0013]"},
	{"撤回AL2024-0012佛山市某某（华南）家居有限公司《柔性供应链平台》", "撤回 codes[AL2024-0012] rest[佛山市某某(华南)家居有限公司《柔性供应链平台》]"},
	{"请恢复AL2024-0012的申报资格，企业已补章", "恢复 codes[AL2024-0012] rest[的申报资格,企业已补章]"},
	// under way, or what others want
	{"撤回AL2024-0003企业要求继续申报该案例", "?"},
	{"撤回 AL2024-0003 已报局领导", "?"},
	{"我局研究撤回AL2024-0003事宜，请稍候", "?"},
	{"研究撤回AL2024-0003后再告", "?"},
	{"经研究，撤回AL2024-0003的请示已报局领导，待批", "?"},
	{"我局同意撤回AL2024-0003须经局务会研究", "?"},
	{"撤回，AL2024-0003的事请先放一放", "?"},
	{"同意恢复AL2024-0003的前提是企业补章", "?"},
	{"撤回AL2024-0003，待局务会研究", "?"},
	{"AL2024-0003撤回事宜请稍候", "?"},
	{"撤回AL2024-0003须经该公司", "?"},
	{"企业不同意撤回AL2024-0007", ""},
	{"我局没有要撤回AL2024-0007", ""},
	{"我局未撤回AL2024-0007", ""},
	{"我局不会撤回AL2024-0007", ""},
	{"我局不拟撤回AL2024-0007", ""},
	{"该公司不再推荐，我局意见撤回AL2024-0007", "?"},

	{"同意，请并入", "同意"},
	{"同意，以新文件为准", "同意"},
	{"同意，以此为准，谢谢", "同意"},
	{"同意，请以企业新发来的材料为准", "同意"},
	{"同意。请予并入。", "同意"},
	{"同意。请并入。", "同意"},
	{"不同意，照片不清楚", "不并入"},
	{"不并入，企业未经我局同意", "不并入"},
	{"同意，情况属实", "同意"},
	{"同意，但照片3不要并入", "?"},
	{"同意，待企业补章后再并入", "?"},
	{"同意，不并入营业执照", "?"},
	{"同意，暂缓并入", "?"},
	{"同意，请勿并入照片", "?"},
	{"同意，等我局核实后再定", "?"},
	{"同意，AL2024-0008不同意", "?"},
	{"同意，以原新闻稿为准", "?"},
	{"同意，谢谢请勿并入照片", "?"},
	{"同意，以除照片外的新文件为准", "?"},
	{"同意，谢谢贵处", "同意"},
	{"不同意，AL2024-0008同意", "?"},

	{"这是AL2024-0002的照片。", ""},
	{"这是AL2024-0001的材料", ""},
	{"以上为AL2024-0002", ""},
	{"这2张照片是AL2024-0002的", "= args[*|AL2024-0002] rest[文]"},
	{"以上文件都属于AL2024-0002", "= args[*|AL2024-0002] rest[文]"},

	{"照片不再用U盘寄", ""},
	{"照片不用U盘寄", ""},
	{"照片没有用U盘寄", ""},
	{"照片无需稍后补", ""},
	{"照片已不再需要用U盘寄", ""},
	{"照片稍后不会再补", ""},
	{"照片、营业执照稍后补", "稍后 args[照片、营业执照] rest[文]"},

	{"AL2024-0007案例名称改为“数商兴农”，盖章件稍后补", "更正 codes[AL2024-0007] args[案例名称] rest[数商兴农]"},
	{"AL2024-0007案例名称改为“数商兴农，助力乡村”", "更正 codes[AL2024-0007] args[案例名称] rest[数商兴农，助力乡村]"},
	{"AL2024-0007其他奖励改为省级一等奖，市级二等奖", "更正 codes[AL2024-0007] args[其他奖励] rest[省级一等奖，市级二等奖]"},
	{"AL2024-0007单位名称变更为新公司的证明稍后补", "?"},
	{"AL2024-0007单位名称变更为某某公司，见附件", "?"},
	{"AL2024-0007联系人改为李四；电话不变", "?"},
	{"AL2024-0007单位名称应为佛山市某某家居有限公司（原名称有误）", "?"},
	{"AL2024-0007联系电话改为附件所列", "?"},

	{"你好广东.jpg = AL2024-0007", "= args[你好广东.jpg|AL2024-0007]"},
	{"1.AL2024-0007营业执照.jpg = 营业执照", "= codes[AL2024-0007] args[1.AL2024-0007营业执照.jpg|营业执照|营业执照.jpg]"},
	{"您好，广东.jpg = AL2024-0007", "= args[广东.jpg|AL2024-0007]"},
	{"您好！1、AL2024-0007 照片1.jpg = 宣传图片", "= codes[AL2024-0007] args[AL2024-0007 照片1.jpg|宣传图片|照片1.jpg]"},
	{"更正说明.jpg = 其他", "= args[更正说明.jpg|其他]"},
	{"你好全部文件 = AL2024-0007", "= args[*|AL2024-0007]"},
}

func TestSure(t *testing.T) {
	for _, c := range sureCases {
		twice(t, Bureau, c.text, c.want)
	}
}

func TestBureau(t *testing.T) {
	for _, c := range bureauCases {
		twice(t, Bureau, c.text, c.want)
	}
}

// The reason for an unknown verb is the same every time: replay compares it.
func TestUnknownVerbIsSteady(t *testing.T) {
	want := unknownVerb("请登记邮箱")
	if !strings.Contains(want, "“登记邮箱”") {
		t.Errorf("the longest verb is not named: %s", want)
	}
	for range 50 {
		if got := unknownVerb("请登记邮箱"); got != want {
			t.Fatalf("%s, then %s", want, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range staffCases {
		f.Add(c.text)
	}
	for _, c := range bureauCases {
		f.Add(c.text)
	}
	for _, c := range slices.Concat(rulingCases, awardCases, sureCases) {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, read := range map[string]func(string) []Line{"staff": Staff, "bureau": Bureau} {
			lines := read(text)
			if len(lines) > 60*maxLines {
				t.Fatalf("%s: %d lines", name, len(lines))
			}
			if again := read(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")); !reflect.DeepEqual(lines, again) {
				t.Errorf("%s: another answer with CRLF: %q, %q", name, shows(lines), shows(again))
			}
			for _, l := range lines {
				checkLine(t, name, l)
			}
		}
	})
}

func checkLine(t *testing.T, name string, l Line) {
	t.Helper()
	if l.Text == "" || l.Verb == "" && l.Why == "" || l.Verb != "" && l.Why != "" {
		t.Errorf("%s: %+v", name, l)
	}
	if len(l.Rows) > maxRange {
		t.Errorf("%d rows", len(l.Rows))
	}
	switch l.Verb {
	case "=":
		if want := 2 + len(l.Codes); len(l.Codes) > 1 || len(l.Args) != want || slices.Contains(l.Args, "") {
			t.Errorf("%+v", l)
		}
	case "更正":
		if len(l.Args) != 1 || l.Rest == "" {
			t.Errorf("%+v", l)
		}
	case "请核", "稍后", "U盘", "主要领域":
		if len(l.Codes) > 1 || len(l.Args) == 0 || l.Args[0] == "" {
			t.Errorf("%+v", l)
		}
	case "替换":
		if len(l.Codes) != 2 {
			t.Errorf("%+v", l)
		}
	case "撤回", "恢复", "确认":
		if len(l.Codes) > 1 && (name == "bureau" || l.Verb == "确认") {
			t.Errorf("%+v", l)
		}
	}
	if name == "staff" && l.Verb != "" {
		checkStaffLine(t, l)
	}
}

// checkStaffLine: what a command needs is there, whatever was written.
func checkStaffLine(t *testing.T, l Line) {
	t.Helper()
	v, known := staffVerbs[l.Verb]
	targets := len(l.Rows) + len(l.Codes)
	switch {
	case !known, len(l.Rows) > 0 && !v.rowed():
		t.Errorf("%+v", l)
	case (v.cased() && v.takes != "objection" || v.takes == "result") && targets == 0:
		t.Errorf("on nothing: %+v", l)
	case v.takes == "merge" && (len(l.Codes) != 1 && len(l.Rows) > 0 || len(l.Codes) != 2 && len(l.Rows) == 0):
		t.Errorf("%+v", l)
	case (v.takes == "ruling" || v.takes == "instead" || v.takes == "outcome" || v.takes == "note" || l.Verb == "免" || l.Verb == "延期" || v.takes == "quota" || v.takes == "chosen") && l.Rest == "":
		t.Errorf("for no reason: %+v", l)
	case v.takes == "result" && (len(l.Args) != 1 || l.Args[0] == "有" && l.Rest == ""):
		t.Errorf("%+v", l)
	case (v.takes == "item" || v.takes == "place" || v.takes == "until" || v.takes == "instead") && len(l.Args) != 1, v.takes == "quota" && len(l.Args) != 2:
		t.Errorf("%+v", l)
	}
	if v.takes == "until" && !dated(l.Args[0]) {
		t.Errorf("no date: %+v", l)
	}
}

// Commands behind the end of reading are not lost in silence.
func TestUnread(t *testing.T) {
	lines := Staff("甲\n乙\n丙\n丁\n戊\n己\n3 通过\n启用")
	last := lines[len(lines)-1]
	if last.Text != "3 通过" || last.Verb != "" || !strings.Contains(last.Why, "未再读取") {
		t.Errorf("%+v", last)
	}
}
