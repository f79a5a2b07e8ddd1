package sample

import "fmt"

// Mailbox is the address of the division in the demo, where everybody writes to.
const Mailbox = "anli@gd.example"

// Staff of the division in the demo. Colleague works elsewhere in the
// department and is none of the staff.
const (
	Officer   = "zhang.wei@gd.example"
	Officer2  = "li.na@gd.example"
	Colleague = "chen.jing@gd.example"
)

// Bureau is a city's bureau of commerce (市商务局).
type Bureau struct {
	City    string // 广州市
	Address string // of the officer in charge
	Officer string // an invented name
	Program Client // what the officer writes mail with

	division string // six digits of GB/T 2260
	area     string // telephone area code
}

// Name is the bureau's name as it stands in From headers: 广州市商务局.
func (b Bureau) Name() string { return b.City + "商务局" }

// Bureaus are the 21 bureaus of Guangdong, in the order of GB/T 2260.
func Bureaus() []Bureau {
	rows := []struct {
		city, local, host, division, area, officer string
		program                                    Client
	}{
		{"广州市", "guangzhou", "gz", "440100", "020", "赵甲", Foxmail},
		{"韶关市", "shaoguan", "sg", "440200", "0751", "钱乙", NetEase},
		{"深圳市", "shenzhen", "sz", "440300", "0755", "孙丙", NetEase},
		{"珠海市", "zhuhai", "zh", "440400", "0756", "李丁", Outlook},
		{"汕头市", "shantou", "st", "440500", "0754", "周戊", QQ},
		{"佛山市", "foshan", "fs", "440600", "0757", "吴己", QQ},
		{"江门市", "jiangmen", "jm", "440700", "0750", "郑庚", Foxmail},
		{"湛江市", "zhanjiang", "zj", "440800", "0759", "王辛", NetEase},
		{"茂名市", "maoming", "mm", "440900", "0668", "冯壬", Foxmail},
		{"肇庆市", "zhaoqing", "zq", "441200", "0758", "陈癸", QQ},
		{"惠州市", "huizhou", "hz", "441300", "0752", "褚甲", Foxmail},
		{"梅州市", "meizhou", "mz", "441400", "0753", "卫乙", QQ},
		{"汕尾市", "shanwei", "sw", "441500", "0660", "蒋丙", Foxmail},
		{"河源市", "heyuan", "hy", "441600", "0762", "沈丁", NetEase},
		{"阳江市", "yangjiang", "yj", "441700", "0662", "韩戊", Foxmail},
		{"清远市", "qingyuan", "qy", "441800", "0763", "杨己", QQ},
		{"东莞市", "dongguan", "dg", "441900", "0769", "朱庚", Outlook},
		{"中山市", "zhongshan", "zs", "442000", "0760", "秦辛", Foxmail},
		{"潮州市", "chaozhou", "cz", "445100", "0768", "尤壬", NetEase},
		{"揭阳市", "jieyang", "jy", "445200", "0663", "许癸", Foxmail},
		{"云浮市", "yunfu", "yf", "445300", "0766", "何甲", QQ},
	}
	out := make([]Bureau, 0, len(rows))
	for _, r := range rows {
		out = append(out, Bureau{City: r.city, Address: fmt.Sprintf("swj.%s@%s.example", r.local, r.host),
			Officer: r.officer, Program: r.program, division: r.division, area: r.area})
	}
	return out
}

// BureauOf finds a bureau by its city; an unknown city gives the zero Bureau.
func BureauOf(city string) Bureau {
	for _, b := range Bureaus() {
		if b.City == city {
			return b
		}
	}
	return Bureau{}
}
