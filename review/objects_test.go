package review_test

import (
	"strings"
	"testing"

	"anli/review"
)

// What people write while a list is public: what objects, what says that nobody
// does, and what is about something else.
func TestObjects(t *testing.T) {
	objects := `
对公示名单中佛山某某有限公司有异议
我公司对拟入选名单提出异议，理由如下
现实名举报广州某公司申报材料弄虚作假
贵厅公示的某案例数据不实，2023年营业额没有那么高
该案例抄袭我司方案，侵犯我司知识产权，请核查
特向贵厅反映以下情况：该公司并未实际开展电商业务
我是该公司前员工，反映他们刷单的问题
来信反映某园区已停止经营
该公司已被列入失信被执行人名单，不应入选
某企业去年受过行政处罚，不符合参评条件
评审结果不公平，希望复核
我单位质疑评审结果
关于对某案例入选的投诉
建议取消该公司入选资格
對公示名單有異議
对 公 示 名 单 有 异 议
请贵厅核查该公司是否有造假行为
我局没有不同意见，但有群众反映其中一家企业的问题
无异议。另：有人举报佛山某某有限公司`
	silent := `
我市对公示名单无异议
经核实，没有异议
公示期内我局未收到任何异议，特此回复
未收到异议和举报
我司不存在失信行为
公示期内如有异议，请以书面形式向我厅电子商务处反映，并提供必要的证明材料。以单位名义反映的须加盖单位公章，以个人名义反映的须署真实姓名并留联系方式。
如有不实之处，愿负相应的法律责任
收到，谢谢
已在我局网站转发公示，请知悉
请问公示什么时候结束？
请问牌匾什么时候发放
单位名称应为“佛山市某某科技有限公司”，请更正
感谢省厅公平公正的评审
数据充分反映了我市电商发展成效
附上补充的照片3张
有无异议都请回复`
	for _, line := range strings.Split(strings.TrimSpace(objects), "\n") {
		if !review.Objects(line) {
			t.Errorf("not taken for an objection: %s", line)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(silent), "\n") {
		if review.Objects(line) {
			t.Errorf("taken for an objection: %s", line)
		}
	}
}
