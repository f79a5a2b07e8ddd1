package mail

import (
	"strings"
	"testing"
)

// The heads that clients put above the old mail. Each text is split with LF and
// with CRLF line ends; nothing of the old mail may be left in fresh, and it must
// all stand in quoted.
func TestQuoteHeads(t *testing.T) {
	const old = "同意 1-5\n撤回 佛山-01"
	const marked = "> 同意 1-5\n> 撤回 佛山-01"
	const fields = "发件人: \"省商务厅电商处\" <desk@commerce.test>\n发送时间: 2024年10月15日(星期二) 上午10:21\n收件人: \"张三\"<zhang@foshan.example>;\n主题: 【K7Q2-9MXD】收悉\n"
	tests := []struct{ name, head, old string }{
		{"QQ", "------------------ 原始邮件 ------------------\n" + fields, old},
		{"QQ, entity left in the text", "------------------&nbsp;原始邮件&nbsp;------------------\n" + fields, old},
		{"QQ without fields", "------------------ 原始邮件 ------------------\n", old},
		{"QQ, title without dashes", "原始邮件\n\n" + fields, old},
		{"QQ on the phone", "---Original---\nFrom: \"desk\"<desk@commerce.test>\n", old},
		{"QQ in English", "------------------ Original ------------------\nFrom: \"desk\"<desk@commerce.test>;\nDate: Tue, Oct 15, 2024 10:21 AM\nTo: \"x\"<x@foshan.example>;\nSubject: t\n", old},
		{"Foxmail", " \n发件人： desk@commerce.test\n发送时间： 2024-10-15 10:21\n收件人： zhang@foshan.example\n抄送： li@foshan.example\n主题： 收悉\n", old},
		{"Foxmail, own address above", "\nzhang@foshan.example\n \n发件人： desk@commerce.test\n发送时间： 2024-10-15 10:21\n收件人： zhang@foshan.example\n主题： 收悉\n", old},
		{"Foxmail with ideographic spaces", "发件人：　desk@commerce.test\n日　期：　2024-10-15 10:21\n收件人：　x@foshan.example\n主　题：　收悉\n", old},
		{"163", "在 2024-10-15 10:21:33，\"电商处\" <desk@commerce.test> 写道：\n", marked},
		{"163, not marked", "在 2024-10-15 10:21:33，\"电商处\" <desk@commerce.test> 写道：\n", old},
		{"126", "At 2024-10-15 10:21:33, \"desk\" <desk@commerce.test> wrote:\n", marked},
		{"NetEase Master", "| |\n张三\n|\n|\nzhang@foshan.example\n|\n---- 回复的原邮件 ----\n| 发件人 | 电商处<desk@commerce.test> |\n| 发送日期 | 2024年10月15日 10:21 |\n", old},
		{"NetEase Master in English", "---- Replied Message ----\n", old},
		{"Coremail", "> -----原始邮件-----\n> 发件人:电商处 <desk@commerce.test>\n> 发送时间:2024-10-15 10:21:33 (星期二)\n> 收件人: x\n> 主题: 收悉\n> ", marked},
		{"Coremail, not marked", "-----原始邮件-----\n发件人:电商处 <desk@commerce.test>\n发送时间:2024-10-15 10:21:33 (星期二)\n", old},
		{"189", "-----原始邮件-----\n" + fields, old},
		{"139", "----邮件原文----\n发件人：电商处 <desk@commerce.test>\n收件人：x <x@foshan.example>\n抄 送： (无)\n发送时间：2024-10-15 10:21:33\n主题：收悉\n", old},
		{"Sina", "----- 原始邮件 -----\n发件人：desk@commerce.test\n收件人：x@foshan.example\n主题：收悉\n日期：2024年10月15日 10点21分\n", old},
		{"Outlook in Chinese", "\n发件人: 电商处 <desk@commerce.test> \n发送时间: 2024年10月15日 10:21\n收件人: 张三 <zhang@foshan.example>\n主题: 收悉\n", old},
		{"Outlook on the web", "________________________________\n发件人: 电商处 <desk@commerce.test>\n发送时间: 2024年10月15日 10:21\n收件人: 张三\n主题: 收悉\n", old},
		{"Outlook in English", "________________________________\nFrom: desk <desk@commerce.test>\nSent: Tuesday, October 15, 2024 10:21 AM\nTo: Zhang\nCc: Li\nSubject: t\n", old},
		{"Outlook, classic", "-----Original Message-----\nFrom: desk [mailto:desk@commerce.test]\nSent: Tuesday, October 15, 2024 10:21 AM\nTo: Zhang\nSubject: t\n", old},
		{"Outlook, bold", "*发件人:* 电商处\n*发送时间:* 2024年10月15日 10:21\n*收件人:* 张三\n*主题:* 收悉\n", old},
		{"Foxmail, one line", "发件人： 电商处 发送时间： 2024-10-15 10:21 收件人： 张三 主题： 收悉\n", old},
		{"Samsung", "-------- 原始信息 --------\n发件人: 电商处 <desk@commerce.test>\n", old},
		{"Exmail", "------------------ 原始邮件 ------------------\n发件人: \"电商处\"<desk@commerce.test>; \n发送时间: 2024年10月15日(星期二) 上午10:21\n收件人: \"x\"<x@foshan.example>;\n主题: 收悉\n", old},
		{"DingTalk, one line", "------------------------------------------------------------------ 发件人：电商处 <desk@commerce.test>\n发送时间：2024年10月15日(星期二) 10:21\n收件人：张三\n主　题：收悉\n", old},
		{"DingTalk, rule above", "------------------------------------------------------------------\n发件人：电商处 <desk@commerce.test>\n日　期：2024年10月15日 10:21:33\n收件人：张三\n", old},
		{"Gmail", "电商处 <desk@commerce.test> 于2024年10月15日周二 10:21写道：\n", marked},
		{"Gmail, wrapped", "广东省商务厅电子商务处征集工作小组邮箱 <desk@commerce.test> 于2024年10月15日周二\n10:21写道：\n\n", marked},
		{"Gmail, date first", "2024年10月15日 电商处 <desk@commerce.test> 写道：\n", marked},
		{"Gmail in English", "On Tue, Oct 15, 2024 at 10:21 AM desk <\ndesk@commerce.test> wrote:\n\n", marked},
		{"Apple Mail", "> 2024年10月15日 10:21，电商处 <desk@commerce.test> 写道：\n> ", marked},
		{"Apple Mail, head not marked", "2024年10月15日 上午10:21，电商处 <desk@commerce.test> 写道：\n\n", marked},
		{"Apple Mail in English", "On 15 Oct 2024, at 10:21, desk <desk@commerce.test> wrote:\n\n", marked},
		{"Thunderbird", "在 2024/10/15 10:21, 电商处 写道:\n", marked},
		{"Thunderbird in English", "On 10/15/24 10:21, desk wrote:\n", marked},
		{"QQ forward", "------------------ 转发的邮件 ------------------\n" + fields, old},
		{"163 forward", "-------- 转发邮件信息 --------\n发件人：\"电商处\" <desk@commerce.test>\n发送日期：2024-10-15 10:21:33\n收件人：x\n主题：收悉\n", old},
		{"-----转发的邮件-----", "-----转发的邮件-----\n", old},
		{"Gmail forward", "---------- Forwarded message ---------\n发件人： 电商处 <desk@commerce.test>\nDate: 2024年10月15日周二 10:21\n", old},
		{"Apple forward", "开始转发的邮件：\n\n", old},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			const mine = "同意。\n更正 佛山-02 联系电话 0757-83000001"
			for _, text := range []string{mine + "\n\n\n" + tt.head + tt.old, mine + "\n" + tt.head + "\n\n" + tt.old + "\n"} {
				for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
					fresh, quoted := split(text)
					if fresh != mine && !strings.HasPrefix(tt.name, "NetEase Master") {
						t.Errorf("fresh of %q\n got %q\nwant %q", text, fresh, mine)
					}
					if !strings.HasPrefix(fresh, mine) || strings.Contains(fresh, "同意 1-5") || strings.Contains(fresh, "撤回") {
						t.Errorf("fresh of %q: %q", text, fresh)
					}
					if !strings.Contains(quoted, "同意 1-5") || !strings.Contains(quoted, "撤回") {
						t.Errorf("quoted lacks the old mail: %q", quoted)
					}
				}
			}
		})
	}
}

// Where people write, and what they write that only looks like a quote.
func TestFresh(t *testing.T) {
	tests := []struct{ name, text, fresh string }{
		{"below the quote", "在 2024-10-15 10:21:33，\"x\" <a@b.test> 写道：\n> 请打分\n> 创新性：__\n\n创新性：90\n", "创新性：90"},
		{"between quoted lines", "a@b.test 写道：\n> 创新性：__\n90\n> 可行性：__\n85\n", "90\n\n85"},
		{"quote without head", "> 创新性\n90", "90"},
		{"full-width mark", "＞ 创新性\n90", "90"},
		{"old mail that begins with a quote of its own", "同意\n\n-----原始邮件-----\n> 旧\n撤回 佛山-01\n", "同意"},
		{"empty quote at the end", "同意\nOn 10/15/24 10:21, desk wrote:\n", "同意"},
		{"signature", "同意\n-- \n张三\n佛山市商务局\n0757-83000001\n", "同意"},
		{"signature, blank lost", "同意\n--\n张三\n", "同意"},
		{"signature above a quote, answer below", "同意\n--\n张三\n\na@b.test 写道：\n> 旧\n补充：90\n", "同意\n\n补充：90"},
		{"a long text under two dashes is no signature", "一\n--\n" + strings.Repeat("正文\n", 30), "一\n" + strings.TrimSpace(strings.Repeat("正文\n", 30))},
		{"contact block under a rule", "同意\n\n--------------------------------\n张三\n13800000000\n", "同意"},
		{"scores under a rule", "打分如下\n----------\n创新性 90\n可行性 85\n", "打分如下\n----------\n创新性 90\n可行性 85"},
		{"iPhone", "同意\n\n发自我的iPhone", "同意"},
		{"iPhone with blank", "同意\n发自我的 iPhone\n", "同意"},
		{"Xiaomi", "发自我的小米手机\n同意", "同意"},
		{"Huawei", "同意\n从我的华为手机发送\n", "同意"},
		{"Sent from", "同意\n\nSent from my iPad", "同意"},
		{"Outlook for iOS", "同意\n获取 Outlook for iOS<https://aka.ms/x>\n", "同意"},
		{"Windows mail", "同意\n从 Windows 版邮件发送\n", "同意"},
		{"no device", "从邮箱下载的附件打不开\n发自内心的感谢\n材料已使用QQ邮箱发送", "从邮箱下载的附件打不开\n发自内心的感谢\n材料已使用QQ邮箱发送"},
		{"greeting", "您好！\n附件是材料。", "附件是材料。"},
		{"greetings", "各位领导好：\n    您好!\n附件是材料。\n祝好\n", "附件是材料。\n祝好"},
		{"greeting by title", "尊敬的王处长：\n同意", "同意"},
		{"greeting and nothing", "老师好！", ""},
		{"greeting with content", "您好，请查收附件", "您好，请查收附件"},
		{"good is an answer", "好", "好"},
		{"very good is an answer", "很好\n可以，好的", "很好\n可以，好的"},
		{"a heading is no greeting", "各位专家意见如下：\n90", "各位专家意见如下：\n90"},
		{"a person writes 发件人", "发件人：我们核对过\n内容没问题", "发件人：我们核对过\n内容没问题"},
		{"a person writes 写道", "张局长在会上写道：\n同意", "张局长在会上写道：\n同意"},
		{"a person writes 原始邮件", "原始邮件已删除\n同意", "原始邮件已删除\n同意"},
		{"a dashed rule alone", "甲\n----------\n乙", "甲\n----------\n乙"},
		{"fields of a case", "单位：佛山市某某家居有限公司\n主题：直播\n时间：2024年", "单位：佛山市某某家居有限公司\n主题：直播\n时间：2024年"},
		{"own line with an address right above the head", "联系 li@foshan.test\n张三 <a@b.test> 于2024年10月15日周二 10:21写道：\n> 旧\n", "联系 li@foshan.test"},
		{"own line with a date right above the head", "2024年10月报送了12个案例\n在 2024-10-15 10:21:33，\"x\" <a@b.test> 写道：\n> 旧\n", "2024年10月报送了12个案例"},
		{"own lines right above a wrapped head", "同意\n第2项打90分\nOn Tue, Oct 15, 2024 at 10:21 AM desk <\ndesk@commerce.test> wrote:\n> 旧\n", "同意\n第2项打90分"},
		{"nothing", "\n\n", ""},
		{"a first cell that is empty", "\t90\n创新性\t85", "\t90\n创新性\t85"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, text := range []string{tt.text, strings.ReplaceAll(tt.text, "\n", "\r\n")} {
				if fresh, _ := split(text); fresh != tt.fresh {
					t.Errorf("fresh of %q\n got %q\nwant %q", text, fresh, tt.fresh)
				}
			}
		})
	}
}
