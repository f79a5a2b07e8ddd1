package intake

import (
	"fmt"
	"strings"
	"testing"
)

// asWritten are paths as offices and companies write them, below the package
// folder, under the role a desk officer would give them by the name alone. Under
// "may" stand names that tell nothing: such pictures count towards what is short,
// and so do those whose names only hint at a photograph.
// Under "other"
// stand those that tell something else: they never do.
const asWritten = `
form-pdf
申报表（盖章版）.pdf
申报表盖章扫描件.pdf
1.申报表（已盖章）.pdf
广东省电子商务优秀案例申报表-佛山市样例家居有限公司.pdf
附件：广东省电子商务优秀案例申报表（签字盖章）.pdf
申报表_20241012093000.pdf
申报表1.jpg
申报表第1页.jpg
申报表-2.png
申报表照片/IMG_0001.jpg
申报表扫描件/微信图片_20241012093000.jpg
1.申报表/盖章页.jpg
申报表盖章页.jpeg
盖章扫描件.pdf
盖章版.pdf
扫描件.pdf
案例申报书（盖章）.pdf
PDF版/申报材料.pdf
申报材料（样例家居）.pdf
1 申报表/样例家居申报表.PDF
推荐表.pdf
佛山市样例家居有限公司申报表（盖章扫描）.pdf
样例家居-广东省电子商务优秀案例申报表-盖章.pdf
申报表正式版（签章）.pdf
1.案例申报表扫描版.pdf
申报表+盖章.pdf
申报表/IMG_20241012_093000.jpg
申报表图片/微信图片_1.jpg
推荐申报表-盖章.PDF
申报表（公章）.pdf

form-text
申报表.docx
申报表.doc
申报表.wps
广东省电子商务优秀案例申报表（样例家居）.docx
附件-广东省电子商务优秀案例申报表.doc
（定稿）申报表20241012.docx
1.申报表Word版.docx
申报表（电子版）.docx
电子文本/申报表.doc
申报表 - 副本.docx
申报表(1).docx
申报表（定稿1012）.docx
样例家居申报表-终稿.wps
2024年广东省电子商务优秀案例申报表.doc
申报表（word）.docx
优秀案例申报表 样例家居 联系人.docx

license
营业执照.jpg
营业执照副本.jpg
营业执照正本.jpeg
营业执照（副本）.pdf
营业执照复印件盖章.pdf
营业执照扫描件.png
营业执照照片.jpg
新版营业执照.jpg
最新营业执照 20240901.png
样例家居营业执照.pdf
1-营业执照.jpg
2.证照/营业执照.jpg
证照/1.jpg
2.有关证照/微信图片_20241012093000.jpg
公司执照.jpg
执照.jpg
三证合一.jpg
三证合一营业执照.jpg
五证合一.pdf
统一社会信用代码证书.pdf
事业单位法人证书.pdf
事业单位法人证.jpg
法人登记证书.jpg
社会团体法人登记证书.jpg
社会组织登记证书.png
民办非企业单位登记证书.jpg
民非登记证.jpg
协会登记证书.jpg
YYZZ.jpg
yyzz副本.jpg
Business License.jpg
business licence.pdf
yingyezhizhao.jpg
公司证照.jpg
营业执照/1.jpg
营业执照/IMG_2024.HEIC
营业执照/扫描全能王 2024-10-12 09.30.pdf
营业执照.bmp
营业执照.tif
营业执照彩色扫描.jpg
营业执照及开户许可证.pdf
样例家居营业执照副本（加盖公章）.pdf
附件1 营业执照.jpg
附件2.营业执照复印件.png
营业执照(1).jpg
营业执照_20240930.jpg
证件/营业执照.jpg
企业证照/微信图片_20241012.jpg
资质/营业执照.png
统一社会信用代码证.jpg
行业协会法人登记证.jpg
医院法人证书.pdf
农民专业合作社营业执照.jpg
个体工商户营业执照.jpg
电子营业执照.pdf

certificate
开户许可证.jpg
基本户开户许可证.pdf
食品经营许可证.jpg
增值电信业务经营许可证.png
ICP许可证.jpg
出版物经营许可证.jpg
医疗器械经营许可证.jpg
进出口货物收发货人备案证书.jpg
对外贸易经营者备案登记表.jpg
税务登记证.jpg
组织机构代码证.jpg
一般纳税人资格证.jpg
高新技术企业证书.jpg
高新技术企业.jpg
高企证书.pdf
ISO9001.pdf
ISO9001质量管理体系认证.jpg
质量管理体系认证证书.jpg
AAA级信用企业.jpg
AAA信用等级证书.jpg
守合同重信用.jpg
专精特新中小企业.jpg
发明专利证书1.jpg
实用新型专利.jpg
外观专利.png
商标注册证.jpg
商标证.jpg
商标受理通知书.pdf
软件著作权登记证书.jpg
软著1.jpg
著作权登记证书（样例平台V1.0）.pdf
地理标志证书.jpg
绿色食品证书.jpg
有机认证.jpg
奖牌.jpg
牌匾照片.jpg
奖杯照片.jpg
获奖证书照片.jpg
获奖证书1.jpg
获奖证书/1.jpg
获奖情况/微信图片_20241012093000.jpg
荣誉.jpg
荣誉证书.png
荣誉1.jpg
荣誉照片/1.jpg
软件产品登记证书.pdf
地理标志登记证书.jpg
企业荣誉/IMG_0012.jpg
荣誉资质/1.jpg
3.荣誉资质/图片1.png
资质/扫描件1.pdf
资质证书/1.jpg
资质/图片1.jpg
资质照片/1.jpg
公司资质/DSC_0001.JPG
证书扫描件/IMG_20241012_093000.jpg
各类证书.pdf
证书.zip/1.jpg
2.证书/1-高企.jpg
认定文件.pdf
省级电子商务示范企业认定.jpg
广东省电子商务示范企业.jpg
国家电子商务示范基地牌匾.jpg
表彰文件.pdf
感谢信.jpg
聘书.jpg
荣誉清单.xlsx
附件3：获奖证书/1.png
2023年度电商百强证书.jpg
荣誉证书复印件.pdf
荣誉/IMG_0001.jpg
所获荣誉/图片1.jpg
资质荣誉/微信图片_20241012.jpg
专利/1.jpg
软件著作权/软著1.png
CNAS认可证书.jpg
ISO27001证书.png
国家高新技术企业.png
广东省农业龙头企业.jpg
质量认证.jpg
卫生许可证.jpg
道路运输经营许可证.jpg
银行开户许可证.jpg
商标注册证书.jpg
版权登记证书.pdf
发明专利.pdf
直播电商示范基地授牌.jpg
2023十佳电商企业奖牌.jpg

logo
LOGO.png
logo.jpg
Logo（透明底）.png
LOGO（透明底）.png
LOGO-横版.png
样例家居logo.ai
公司logo.cdr
企业LOGO.psd
品牌LOGO/1.png
单位标志.jpg
公司标识.png
企业标识.eps
商标.png
商标图案.jpg
品牌标志.jpg
徽标.svg
4.LOGO/图片1.png
VI标识.jpg
样例家居-标.ai
企业徽标.jpg
公司图标.png
样例家居logo.png
LOGO（白底）.jpg
LOGO透明.png
标志.png
企业logo源文件.ai
logo/IMG_0012.png
1. LOGO/样例.png
品牌标识.png

photo
照片1.jpg
照片 (2).jpg
照片/1.jpg
照片/图片1.jpg
3.照片/1.jpg
03 照片/DSC_0001.JPG
照片3张/微信图片_20241012093000.jpg
附件2-照片/mmexport1728696600000.jpg
单位照片/IMG_2024.HEIC
现场照片.jpg
门头照.jpg
门头.jpg
公司外景.jpg
办公环境.jpg
办公区1.jpg
工作照1.jpg
工作场景.jpg
车间.jpg
生产车间.jpg
仓库实景.jpg
产品图.jpg
产品图1.png
产品照片2.jpg
直播间.jpg
直播现场.jpg
直播照片/Screenshot_20241012_093000.jpg
活动现场图.jpg
活动照片/20241012_093000.jpg
颁奖现场照片.jpg
园区实景.jpg
园区全景.jpg
园区航拍.jpg
航拍图.png
展厅.jpg
展会照片.jpg
团队合影.jpg
团队.jpg
领导视察照片.jpg
培训现场.jpg
荣誉墙照片.jpg
厂房外观.jpg
大楼.jpg
基地照片.jpg
photo1.jpg
Photos/IMG_0001.jpg
照片.docx
照片.pdf
相片1.jpeg
3 照片.rar/1.jpg
实拍图1.jpg
企业形象照.jpg
企业照片1.jpg
公司照片 (3).png
门店照片.jpg
办公楼.jpg
工厂航拍.jpg
仓库1.jpg
产品图片/1.jpg
产品照.jpg
直播间2.png
会议现场.jpg
企业照片/微信图片_20241012.jpg
3.企业照片（3张）/DSC0001.JPG
照片素材/1.jpg
实景照片/1.jpg
展会现场.jpg

promo
宣传图片1.jpg
宣传图1.png
宣传图.jpg
宣传图片/1.jpg
附件3-宣传图片/微信图片_20241012093000.jpg
附件3-宣传图片/Screenshot_20241012_093000.jpg
4、宣传图片3张/mmexport1728696600000.png
宣传照1.jpg
宣传/1.jpg
宣传资料/1.jpg
宣传海报.jpg
海报1.png
品牌海报/1.jpg
活动海报.psd
banner.jpg
Banner1.png
首页banner.jpg
主图1.jpg
主视觉.jpg
KV主视觉.png
宣传画面.png
宣传页.jpg
宣传单.jpg
宣传/宣传单页.pdf
企业宣传册.pdf
宣传折页.png
详情页.jpg
长图.png
推广图.jpg
广告图.jpg
宣传图片.docx
宣传图片.pptx
宣传图片.pdf
poster.png
宣传图片（横版）.jpg
易拉宝.jpg
展板.jpg
宣传图片（1）.jpg
宣传图-1.png
宣传素材/1.jpg
企业宣传图.jpg
宣传图片3张/1.jpg
4.宣传图片/DSC0002.JPG
宣传册封面.jpg
广告宣传图.png
促销海报.jpg
双十一海报.png
详情图1.jpg
宣传展板.jpg
电商节主视觉KV.png

cover
推荐函.pdf
推荐函（盖章）.pdf
佛山市商务局推荐函.docx
佛山市商务局关于报送2024年电子商务优秀案例的函.pdf
关于推荐省电子商务优秀案例的函.docx
报送函.pdf
佛山市商务局关于推荐电子商务优秀案例的报告.pdf
公函.pdf

summary
推荐汇总表.xlsx
汇总表.xlsx
附件2：汇总表.xlsx
案例汇总表.xls
佛山市推荐案例汇总表.docx
申报案例清单汇总.xlsx
佛山市电子商务优秀案例推荐名单.xlsx

may
大数据中心.jpg
申报表及佐证材料/IMG_0001.jpg
佐证材料/1.jpg
1.jpg
图片1.jpg
图片1.png
未标题-1.jpg
微信图片_20241012093000.jpg
微信图片_202410120930001.jpg
mmexport1728696600000.jpg
IMG_2024.jpg
IMG_20241012_093000.jpg
IMG_2024.HEIC
DSC_0001.JPG
DSC00123.JPG
DJI_0012.JPG
P1010001.JPG
20241012_093000.jpg
QQ图片20241012093000.jpg
QQ图片20241012093000/1.jpg
新建文件夹/1.jpg
其他/1.jpg
图片/1.jpg
图片素材/3.jpg
素材/2.png
image001.png
image1.jpeg
b8f1c9e0a7d24a61.jpg
样例家居.jpg
LOGO、照片、宣传图片/1.jpg
LOGO和照片/1.jpg
3.LOGO照片及宣传图片/图片1.png
照片及宣传图片.zip/1.jpg
公司大门.jpg
公司前台.jpg
前台.jpg
生产线.jpg
物流仓.jpg
仓储.jpg
产品展示.jpg
直播带货.jpg
鸟瞰图.jpg
领导调研.jpg
厂区.jpg
分拣中心.jpg
果园.jpg
企业风采/1.jpg
公司外观.jpg
公司门口.jpg
线下门店.jpg
体验店.jpg
生产基地.jpg
种植基地.jpg
物流仓储中心.jpg
产品1.jpg
主播直播.jpg
电商直播基地.jpg
培训活动.jpg
团建活动.jpg
签约仪式.jpg
开业典礼.jpg
授牌仪式.jpg
活动.zip/1.jpg

other
直播数据统计.jpg
平台数据.png
营销活动方案.jpg
车间验收报告.jpg
产品检测报告.jpg
平台截图.jpg
店铺截图1.png
交易数据截图.png
后台数据.png
身份证正面.jpg
法人身份证.jpg
负责人身份证反面.png
护照.jpg
证件照.jpg
证件照2.jpg
授权委托书.jpg
授权书.png
承诺书.jpg
合同.jpg
合作协议1.jpg
发票.jpg
纳税证明.jpg
完税证明.png
审计报告.jpg
审计报告.pdf
财务报表.jpg
检测报告1.jpg
信用中国查询结果.png
信用报告.jpg
无失信证明.jpg
社保证明.png
银行流水.jpg
电子回单.png
数据证明/1.jpg
证明材料/微信图片_20241012093000.jpg
批复文件.jpg
通知.jpg
红头文件1.jpg
Screenshot_20241012_093000_com.tencent.mm.jpg
屏幕截图 2024-10-12 093000.png
QQ截图20241012093000.png
微信截图_20241012093000.png
退信截图.png
二维码.png
公众号二维码.jpg
宣传片.mp4
企业宣传片.mov
企业简介.docx
公司介绍.pptx
照片说明.txt
照片清单.xlsx
图片说明.docx
目录.docx
材料目录.pdf
空白申报表模板.doc
填报说明.docx
申报表填写说明.docx
财务数据.xlsx
销售数据汇总表.xlsx
通知.pdf
营业收入证明.pdf
新建 Microsoft Word 文档.docx
营业收入截图.png
销售额证明.jpg
法人身份证复印件.jpg
联系人名片.jpg
收款码.jpg
营业收入专项审计报告.jpg
合同扫描件.jpg
网店截图/1.jpg
`

// roleAsWritten is what a path is taken for by its name alone, in the table's words.
func roleAsWritten(p string) string {
	d := newDesk()
	switch ext(p) {
	case ".pdf":
		d.words("x", "scan 3")
	case ".docx", ".pptx":
		d.words("x", "docx")
	case ".doc", ".wps":
		d.words("x", "old")
	}
	r := d.reading("x")
	role, why := roleOf(p, r, nil, "佛山市样例家居有限公司")
	if f := (File{Path: p, Role: role, Why: why}); role == RoleOther && isPicture(p) && f.unnamed() {
		return "may"
	}
	return string(role)
}

func TestNamesAsWritten(t *testing.T) {
	n, wrong := 0, map[string]int{}
	for _, block := range strings.Split(strings.TrimSpace(asWritten), "\n\n") {
		want, paths, _ := strings.Cut(block, "\n")
		for _, p := range strings.Split(paths, "\n") {
			n++
			if got := roleAsWritten(p); got != want {
				wrong[fmt.Sprintf("%s for %s", got, want)]++
				t.Errorf("%s: %s, want %s", p, got, want)
			}
		}
	}
	t.Logf("%d names, wrong: %v", n, wrong)
}
