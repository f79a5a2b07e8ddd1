package mail

import "testing"

func TestQuarantined(t *testing.T) {
	for _, tc := range []struct {
		text, name string
		ok         bool
	}{
		{"附件“申报材料.zip”已被邮件安全网关隔离，如需取回请联系管理员。", "申报材料.zip", true},
		{"【系统提示】\n该邮件的附件 营业执照.rar 因含有可疑内容，已被反垃圾网关删除。", "营业执照.rar", true},
		{"您好，邮件中的附件违反安全策略，已被拦截。\n文件名：[案例]材料.7z", "[案例]材料.7z", true},
		{"This attachment was removed by the mail gateway.\nFile name: case.exe", "case.exe", true},
		{"The attachment \"材料.zip\" has been quarantined because it contains a virus.", "材料.zip", true},
		{"附件“[案例]材料.rar”因违反安全策略，已被邮件安全网关拦截。", "[案例]材料.rar", true},
		{"附件【材料.rar】已被邮件安全网关拦截。", "材料.rar", true},
		{"附件已被安全网关替换为本说明。", "", true},
		{"现报送我市案例材料，附件已按要求替换，请查收。", "", false},
		{"旧的附件已删除，请以本次为准。", "", false},
		{"公司为防病毒软件企业，文件已被多家单位采用。", "", false},
		{"如附件被拦截，请电话联系。", "", false},
		{"", "", false},
	} {
		if name, ok := Quarantined(tc.text); name != tc.name || ok != tc.ok {
			t.Errorf("%q: %q %v", tc.text, name, ok)
		}
	}
}
