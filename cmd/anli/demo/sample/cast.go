package sample

// The cases of the demo. Units, products and persons are invented.

func caseGuangzhou() Package {
	return Package{City: "广州市", Unit: "广州市某禾家居有限公司", Case: "定制家居柔性供应链平台", Goods: "定制家具",
		Categories: []string{"电子商务企业"}, Layout: Folders, Scan: ScanJPEG,
		Prior: "2023年度市级电子商务示范企业（市商务局）"}
}

// casesGuangzhouMore are five more of one city: with the first they are one more than
// its quota.
func casesGuangzhouMore() []Package {
	return []Package{
		{City: "广州市", Unit: "广州市某云服饰有限公司", Case: "小单快反服装直播", Goods: "女装", Categories: []string{"电商营销"}},
		{City: "广州市", Unit: "广州某帆跨境电子商务有限公司", Case: "美妆出海东南亚", Goods: "美妆用品", Categories: []string{"丝路电商"}, Style: Style{Tick: "■"}},
		{City: "广州市", Unit: "广州某谷电商产业园管理有限公司", Case: "中小商家共享服务园区", Goods: "电商园区服务", Categories: []string{"电子商务园区"}, Layout: Numbered},
		{City: "广州市", Unit: "广州市某冠皮具有限公司", Case: "皮具产业带线上集采", Goods: "皮具箱包", Categories: []string{"电商+产业带"}},
		{City: "广州市", Unit: "广州某鲜农业科技有限公司", Case: "从化荔枝产地直发", Goods: "荔枝", Categories: []string{"数商兴农"}, Style: Style{Tick: "√"}},
	}
}

// phoneShort is the number 佛山's form has, a digit short; phoneRight the number meant.
const (
	phoneShort = "1380000571"
	phoneRight = "13800005718"
)

func caseFoshan() Package {
	return Package{City: "佛山市", Unit: "佛山市某陶建材有限公司", Case: "陶瓷产业带数字化直供", Goods: "建筑陶瓷",
		Categories: []string{"电商+产业带"}, Phone: phoneShort, Style: Style{Spaced: true, Tick: "√"},
		Layout: Numbered, Licence: Photographed, Without: []string{"license", "photo3"}}
}

func caseShenzhen() Package {
	return Package{City: "深圳市", Unit: "深圳市某芯智能科技有限公司", Case: "智能硬件品牌出海", Goods: "智能硬件",
		Categories: []string{"丝路电商", "电子商务企业"}, Layout: Folders}
}

func casesZhuhai() []Package {
	return []Package{
		{City: "珠海市", Unit: "珠海某澳进出口有限公司", Case: "跨境进口保税直购", Goods: "进口食品", Categories: []string{"电商平台"}},
		{City: "珠海市", Unit: "珠海市某湾渔业有限公司", Case: "海鲈鱼全链路电商", Goods: "海鲈鱼", Categories: []string{"数商兴农"}, Layout: Folders},
	}
}

func caseDongguan() Package {
	return Package{City: "东莞市", Unit: "东莞市某玩文化科技有限公司", Case: "潮玩设计师电商孵化", Goods: "潮流玩具",
		Categories: []string{"其他电子商务"}, Other: "文化创意电商", Style: Style{Instructions: true}}
}

func caseZhongshan() Package {
	return Package{City: "中山市", Unit: "中山市某光照明有限公司", Case: "灯饰设计众包平台", Goods: "灯饰",
		Categories: []string{"电商服务"}, Without: []string{"promo3"}}
}

func caseYunfu() Package {
	return Package{City: "云浮市", Unit: "云浮市某石建材有限公司", Case: "石材线上选材", Goods: "石材", Categories: []string{"电商+产业带"}}
}

func caseHuizhou() Package {
	return Package{City: "惠州市", Unit: "惠州市某鞋履有限公司", Case: "女鞋数字化工厂直播", Goods: "女鞋",
		Categories: []string{"电商营销"}, Scan: TextPDF, Layout: Folders}
}

func caseShantou() Package {
	return Package{City: "汕头市", Unit: "汕头市某玩教具有限公司", Case: "益智玩具跨境电商", Goods: "益智玩具", Categories: []string{"丝路电商"}}
}

func caseJiangmen() Package {
	return Package{City: "江门市", Unit: "江门市某皮食品有限公司", Case: "陈皮产业数字化营销", Goods: "陈皮制品", Categories: []string{"数商兴农"}, Layout: Folders}
}

func caseZhaoqing() Package {
	return Package{City: "肇庆市", Unit: "肇庆市某砚文化有限公司", Case: "端砚非遗直播", Goods: "端砚", Categories: []string{"电商营销"}, Style: Style{Tick: "■"}}
}

func caseMaoming() Package {
	return Package{City: "茂名市", Unit: "茂名市某园果业有限公司", Case: "龙眼鲜果直采", Goods: "龙眼"}
}
