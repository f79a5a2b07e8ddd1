package form

import (
	"strings"
	"testing"
)

// Numbers in the tests are invented; their check digits are right where it says so.
func TestPersonal(t *testing.T) {
	for drawing, want := range map[string]string{
		"法定代表人身份证号：110101199003077758":                PersonalID,
		"身份证 440682 19900307 775X":                    PersonalID,
		"|姓名|王样本|\n|证件号码|440606198512120022|":         PersonalID,
		"ＩＤ：４４０６８２１９９００３０７７７５ｘ":                       PersonalID,
		"账号 6222021234567890128":                      PersonalCard,
		"6222 0212 3456 7890 128":                     PersonalCard,
		"开户银行卡号：4111111111111111":                     PersonalCard,
		"身份证110101199003077758，卡号6222021234567890128": PersonalID + " " + PersonalCard,

		"": "", "没有号码。": "", "电话13800001234、020-38001234": "",
		"110101199003077759":                       "", // check digit
		"110101199013077751":                       "", // no such month
		"990101199003077751":                       "", // no such province
		"统一社会信用代码：110101199003077758":              "", // a code of digits
		"统一社会信用代码 91440606MA4UQ8B560":              "",
		"914403001922038216":                       "", // a credit code of digits only
		"订单号110101199003077758001":                 "", // longer
		"A110101199003077758":                      "",
		"4111111111111111":                         "", // an order's number, no account near
		"6222021234567890127":                      "", // Luhn
		"专利号ZL202410123456.7，合同编号2024101234567890": "",
		"网络零售额 1,234,567,890,123,456 元":            "",
		"小数0.6222021234567890128":                  "",
	} {
		if got := strings.Join(Personal(sheet(drawing)), " "); got != want {
			t.Errorf("%q: %q, want %q", drawing, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"参评单位（盖章）：\n2024年10月9日":           "2024-10-09",
		"2024 年 10 月 9 日":                 "2024-10-09",
		"２０２４年１０月０９日":                     "2024-10-09",
		"二〇二四年十月十一日":                      "2024-10-11",
		"二○二四年十月二十日":                      "2024-10-20",
		"二零二四年九月三十日":                      "2024-09-30",
		"2024.10.9":                       "2024-10-09",
		"2024-10-09\n":                    "2024-10-09",
		"2024年10月8日\n2024年10月9日":          "2024-10-09",
		"经2024年10月8日会议研究，同意。\n2024年10月9日": "2024-10-09",
		"年 月 日":                           DateBlank,
		"（盖章）：\n____年__月__日":              DateBlank,
		"":                                "",
		"同意推荐":                            "",
		"2024年13月9日":                      "",
		"2024年2月30日":                      "",
		"2024年10月":                        "",
		"020-38001234":                    "",
		"三年一月一日":                          "",
	} {
		if got := dateOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	r := Read(sheet(filled("参评单位（盖章）：⏎年 月 日", "参评单位（盖章）：⏎2024年10月9日", "⏎单位（盖章）：⏎年 月 日", "⏎同意。⏎单位（盖章）：⏎二〇二四年十月十一日")), call2024())
	if r.Signed != "2024-10-09" || r.Endorsed != "2024-10-11" || r.Form.Opinion != "同意。" {
		t.Errorf("signed %q, endorsed %q, opinion %q", r.Signed, r.Endorsed, r.Form.Opinion)
	}
	if r := Read(sheet(blank), call2024()); r.Signed != DateBlank || r.Endorsed != DateBlank {
		t.Errorf("blank: signed %q, endorsed %q", r.Signed, r.Endorsed)
	}
}
