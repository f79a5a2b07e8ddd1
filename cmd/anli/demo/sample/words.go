package sample

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// pick derives a number in [low, high] from a name: the figures of a unit are
// always the same, and differ from unit to unit.
func pick(name, what string, low, high int) int {
	h := fnv.New32a()
	h.Write([]byte(name + "\x00" + what))
	return low + int(h.Sum32()%uint32(high-low+1))
}

// story fills the template's {names} with the facts of a package.
func (p Package) story(template string) string {
	n := func(what string, low, high int) string { return fmt.Sprint(pick(p.Unit, what, low, high)) }
	revenue := pick(p.Unit, "revenue", 5200, 38600)
	return strings.NewReplacer(
		"{unit}", p.Unit, "{case}", p.Case, "{city}", p.City, "{goods}", p.Goods,
		"{year}", n("year", 2008, 2019), "{staff}", n("staff", 60, 420), "{team}", n("team", 18, 55),
		"{shops}", n("shops", 6, 28), "{area}", n("area", 3, 26)+"000",
		"{revenue}", fmt.Sprint(revenue), "{online}", fmt.Sprint(revenue*pick(p.Unit, "share", 55, 88)/100),
		"{growth}", n("growth", 12, 38), "{orders}", n("orders", 36, 280),
		"{patents}", n("patents", 2, 14), "{rights}", n("rights", 3, 19),
		"{hours}", n("hours", 18, 40), "{cost}", n("cost", 11, 27), "{returns}", n("returns", 2, 6),
		"{partners}", n("partners", 40, 260), "{jobs}", n("jobs", 120, 900), "{trained}", n("trained", 300, 2600),
	).Replace(template)
}

// The answers of a filled form. Together the four parts have about as many
// characters as the notice asks for, and all name figures of 2023.
const (
	introText = "{unit}成立于{year}年，注册地为广东省{city}，主营{goods}的研发、生产和线上销售，现有员工{staff}人，其中电子商务团队{team}人。公司在国内主要电商平台开设品牌店铺{shops}家，并在{city}建有{area}平方米的仓储配送中心。\n" +
		"2023年公司营业总收入{revenue}万元，其中电子商务交易额{online}万元，同比增长{growth}%，全年线上订单{orders}万单。公司拥有专利{patents}项、软件著作权{rights}项，通过ISO 9001质量管理体系认证，曾获评市级电子商务示范企业。公司依法经营、诚信纳税，近三年未发生安全生产事故，未被列入失信被执行人名单。"

	backgroundText = "{goods}是{city}的传统优势产业，上下游企业集中、产能充足，但长期以贴牌和批发为主，品牌弱、渠道长、库存高，中小工厂缺少直接面向消费者的能力。随着消费习惯转向线上，产业急需一条从设计、打样、生产到销售和售后都能在线协同的新路径。为此，{unit}于2021年启动“{case}”项目，经过立项、试点、推广三个阶段，至2023年底全面建成。\n" +
		"项目需求来自三个方面：一是工厂需要稳定、可预测的订单，以便安排原料和工人；二是店铺需要小批量、多款式、快速补货的供货方式；三是消费者需要可追溯的质量和及时的售后服务。\n" +
		"项目的重点在于统一商品、库存和订单的数据口径，使工厂、仓库、店铺看到的是同一本账；难点在于中小工厂信息化基础薄弱、设备型号繁多，以及淡旺季订单相差数倍时的产能调度。项目组采取先易后难的办法，先从报工和质检两个环节做起，再逐步接入排产和采购，保证每一步都能让工厂看到实效。"

	innovationText = "技术方面，项目自主开发了商品中台、订单中台和仓储管理三套系统，共取得软件著作权{rights}项。商品中台把产品的尺寸、材质、工艺和检测报告整理为统一编码，一次录入即可用于各平台的上架、客服和售后；订单中台按区域、时效和库存自动分配发货仓，平均响应时间不超过两秒；仓储系统采用波次拣选和电子标签，拣货差错率下降到万分之三以下。系统与主要电商平台、物流企业和银行结算接口打通，所有关键操作留痕可查。\n" +
		"商业模式方面，项目由卖库存改为卖产能：店铺先以小单测款，销量达到约定数量后系统自动向协作工厂下达补货任务，首批起订量由一千件降到五十件，平均交付时间缩短到{hours}小时。工厂按实际完工数量结算，结算周期由六十天缩短到七天。\n" +
		"管理创新方面，公司建立了由设计、运营、供应链和客服人员组成的项目小组制度，以单款毛利和退货率为共同指标；对协作工厂实行分级管理和质量保证金制度，按月公布交付率和合格率，优者优先派单。直播团队与工厂质检岗位结对，把消费者的意见在当天反馈到生产线。"

	benefitText = "经济效益：2023年项目带动公司电子商务交易额达到{online}万元，同比增长{growth}%，占公司营业总收入{revenue}万元的大部分；库存周转天数由九十天下降到四十五天，综合物流成本下降{cost}%，退货率下降{returns}个百分点。接入项目的协作工厂达到{partners}家，户均线上订单增加三成以上。\n" +
		"社会效益：项目直接和间接带动就业{jobs}人，与本地职业院校合作开展电商运营、直播和跨境客服培训，累计培训{trained}人次；通过按需生产减少积压和浪费，包装材料全部改用可回收纸质材料。消费者投诉在二十四小时内办结率达到百分之九十八，线上店铺好评率保持在百分之九十九以上。\n" +
		"发展前景：公司计划在未来三年内继续投入研发，把系统开放给更多中小工厂使用，拓展东南亚和中东市场，力争到2026年电子商务交易额在现有基础上再增长五成，并建成覆盖全品类的公共检测和海外仓服务。项目预期的建设目标已经全部实现，达到了服务产业、方便消费者的目的。"

	demonstrationText = "项目为{city}{goods}产业提供了一套可以复制的数字化转型路径：投入少、见效快、不改变工厂原有设备，平均一家工厂两周即可接入。2023年以来，先后接待省内外同行、行业协会和院校参观交流四十余批次，有关做法在行业培训班上作为案例讲授。\n" +
		"项目形成的商品编码规则、协作工厂分级办法和七天结算办法已整理成册，向本市同类企业免费提供；与园区、协会共建的公共服务窗口为初创店铺提供开店、质检、拍摄和物流的一站式服务。\n" +
		"上述做法对产业集中而品牌分散的地区具有借鉴意义：以订单数据为纽带，把分散的小工厂组织成一条有弹性的供应链，既保留了中小企业的灵活，又具备了规模企业的质量和时效，为传统产业与电子商务深度融合提供了样本。"
)
