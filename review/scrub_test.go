package review

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	contact  = MaskContact
	identity = MaskIdentity
)

var scrubbed = []struct{ in, want, why string }{
	{"联系人李某，手机13800138000。", "联系人李某，手机" + contact + "。", "mobile"},
	{"13800138000", contact, "nothing beside"},
	{"１３８００１３８０００", contact, "full width"},
	{"138-0013-8000、138 0013 8001", contact + "、" + contact, "in groups"},
	{"138 00138000；1380013 8000；138-001-38000；1380-013-8000", strings.TrimSuffix(strings.Repeat(contact+"；", 4), "；"), "other groups"},
	{"+86 13800138000；(+86)13800138000；0086-13800138000", contact + "；" + contact + "；" + contact, "with country"},
	{"13800138000,13900139000，13700137000", contact + "," + contact + "，" + contact, "commas between"},
	{"13800138000/020-81234567", contact + "/" + contact, "two kinds"},
	{"手机13800138000，100人团队", "手机" + contact + "，100人团队", "a full-width comma parts no thousands"},
	{"138\u200b0013\u200b8000", contact, "invisible characters inside"},
	{"Tel13800138000 M:13900139000", "Tel" + contact + " M:" + contact, "joined to its label"},
	{"张三13800138000李四", "张三" + contact + "李四", "between words"},
	{"13800138000 个人微信同号", contact + " 个人微信同号", "a word after a blank is no unit"},
	{"13800138000 2023年加入", contact + " 2023年加入", "a year after it stays"},
	{"3单元13800138000", "3单元" + contact, "元 of 单元"},
	{"销售：13800138000", "销售：" + contact, "a department"},
	{"电话020-81234567", "电话" + contact, "land line"},
	{"（020）81234567，0757 8234 5678，02081234567", contact + "，" + contact + "，" + contact, "area codes"},
	{"020—81234567转801；0755-88881234-6022；0668-2345678（分机 12）", contact + "；" + contact + "；" + contact, "extensions"},
	{"020-81234567/81234568", contact, "two numbers of one area"},
	{"+86-20-81234567；86-20-81234567；+86 755 88881234", contact + "；" + contact + "；" + contact, "area without 0"},
	{"+852 2345 6789", contact, "Hong Kong"},
	{"400-820-8820、4008208820、400-8888-888转1", contact + "、" + contact + "、" + contact, "service lines"},
	{"客服热线：400 820 8820", "客服热线：" + contact, "service line in groups"},
	{"电话：81234567；传真（办公室）: 8123 4568", "电话：" + contact + "；传真（办公室）: " + contact, "local numbers behind a label"},
	{"QQ：123456789", "QQ：" + contact, "QQ"},
	{"邮箱：wang.li@firm.example，", "邮箱：" + contact + "，", "mail"},
	{"Wang_Li+a@mail.firm.example.cn", contact, "mail with marks"},
	{"ｗａｎｇ＠ｆｉｒｍ．example", contact, "full-width mail"},
	{"wang @ firm.example; wang(at)firm.example; wang@firm。example", contact + "; " + contact + "; " + contact, "mail as people write it"},
	{"13800138000@firm.example", contact, "mail that begins as a telephone"},
	{"身份证号：440106199001010013", "身份证号：" + identity, "identity number"},
	{"440106 19900101 0013", identity, "in groups"},
	{"11010519491231002x", identity, "check digit X"},
	{"身份证号码 440106900101001", "身份证号码 " + identity, "old one behind its label"},
	{"身份证440106199001010018", "身份证" + identity, "wrong check digit behind its label"},
	{"卡号6222021234567890128", "卡号" + identity, "bank card"},
	{"6222 0212 3456 7890 128", identity, "bank card in groups"},
	{"开户行：某银行，账号：440001234567 8901", "开户行：某银行，账号：" + identity, "account behind its label"},
	{"地址：广州市天河区某路1号（自编2栋）3楼。", "地址：" + contact + "。", "address"},
	{"住所：佛山市南海区某镇某路8号，注册资本1000万元", "住所：" + contact + "，注册资本1000万元", "ends at a comma"},
	{"联系地址 广州市天河区某路1号 联系电话：13800138000", "联系地址 " + contact + " 联系电话：" + contact, "ends at the next label"},
	{"（注册地址：广州市天河区某路1号）", "（注册地址：" + contact + "）", "in brackets"},
	{"公司地址为广州市某区某路1号 注册资本1000万元", "公司地址为" + contact + " 注册资本1000万元", "ends at a blank without a street behind"},
	{"办公地址：广州市某区某路1号\n邮编：510030", "办公地址：" + contact + "\n邮编：510030", "ends with the line"},
	{"\ufeff电话：13800138000", "\ufeff电话：" + contact, "byte order mark kept"},
	{"甲\xff13800138000", "甲�" + contact, "not UTF-8"},
}

var untouched = []struct{ text, why string }{
	{"", "nothing"},
	{"2023年1月1日至2024年12月31日", "dates"},
	{"2023-01-01 2024-12-31 09:30", "dates with dashes"},
	{"营业收入12,000万元，利润1,380.01万元", "amounts"},
	{"销售额13800138000元", "an amount as long as a mobile number"},
	{"交易额（元）：13812345678", "the unit stands before"},
	{"交易额13812345678.25", "decimals"},
	{"年交易13800000000，", "round amount"},
	{"¥13812345678", "currency before"},
	{"曝光13812345678次，订单13812345678单，13812345678人次", "units"},
	{"同比增长138.00138000%，占比40.0%", "percentages"},
	{"邮政编码：510030", "postal code"},
	{"20240101-2024", "a file number"},
	{"粤商务电函〔2024〕143号 AL2024-0007", "document and case numbers"},
	{"统一社会信用代码 91440101MA5CXXXX1X", "credit code"},
	{"统一社会信用代码：440106199001010013", "digits that could be an identity number behind the label of a credit code"},
	{"914401011234567890", "credit code of digits"},
	{"440106199001010018", "wrong check digit"},
	{"440106199013010019", "no date"},
	{"注册号440101000012345", "registration number of 15 digits"},
	{"专利号ZL202310123456.7，软著2023SR1380013", "patents"},
	{"订单号SN13800138000X", "a code of letters and digits"},
	{"138001380001", "twelve digits"},
	{"20241012102130123", "a time stamp"},
	{"4222021234567890", "a long number that is no card"},
	{"2021 2022 2023 2024\n135 2022 2023", "years in columns"},
	{"135 2000 3000 4000", "numbers in columns"},
	{"400 500 6000", "numbers in columns, with 400"},
	{"销售手机3000000台", "telephones as goods"},
	{"电话营销收入12000000元", "a label that is a word of the sentence"},
	{"用户12345678人，81234567", "eight digits without a label"},
	{"QQ：12000万月活", "QQ as a platform"},
	{"微信公众号“某某”，网站www.firm.example", "what is public"},
	{"平台地址：https://www.firm.example/shop", "address of a site"},
	{"IP地址：10.0.0.1", "address of a machine"},
	{"地址服务覆盖全省21个市", "address as a word of the sentence"},
	{"基地位于广州市天河区", "a place in a sentence"},
	{"支持@某某话题，3@5折", "at signs"},
	{"每天10:30-12:00，第1-5名，2023/2024", "times, ranges, years"},
}

func TestScrub(t *testing.T) {
	for _, x := range scrubbed {
		if got := Scrub(x.in); got != x.want {
			t.Errorf("%s: %q became %q, want %q", x.why, x.in, got, x.want)
		}
	}
	for _, x := range untouched {
		for _, text := range []string{x.text, "（" + x.text + "）", "前文：" + x.text + "\r\n后文"} {
			if got := Scrub(text); got != text {
				t.Errorf("%s: %q became %q", x.why, text, got)
			}
		}
	}
}

// What is taken out goes wherever it stands, and what stands around it stays.
func TestScrubInItsSentence(t *testing.T) {
	for _, x := range scrubbed {
		for _, frame := range [][2]string{{"2023年营业收入12,000万元。\r\n", "\r\n同比增长35.6%，"}, {"（", "）"}, {"\t", "\t2024年"}} {
			if got := Scrub(frame[0] + x.in + frame[1]); got != frame[0]+x.want+frame[1] {
				t.Errorf("%s: between %q: %q", x.why, frame, got)
			}
		}
	}
}

// In any order and with any mark between, what must go goes and what must stay
// stays.
func TestScrubOfManyPieces(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		var in, want strings.Builder
		for range 1 + r.IntN(8) {
			between := []string{"。", "；\n", "\t", "\r\n"}[r.IntN(4)]
			if r.IntN(2) == 0 {
				x := scrubbed[r.IntN(len(scrubbed))]
				in.WriteString(x.in + between)
				want.WriteString(x.want + between)
				continue
			}
			x := untouched[r.IntN(len(untouched))]
			in.WriteString(x.text + between)
			want.WriteString(x.text + between)
		}
		if got := Scrub(in.String()); got != want.String() {
			t.Fatalf("seed %d: %q\nbecame %q\nwant   %q", seed, in.String(), got, want.String())
		}
		holdsForAnyText(t, strings.NewReplacer("。", " ", "；", "", "\n", ",").Replace(in.String()))
	}
}

var digitRun = regexp.MustCompile(`\d+`)

// holdsForAnyText: a second time changes nothing, the text stays UTF-8, and no
// number is made: each that is left stood there.
func holdsForAnyText(t *testing.T, text string) {
	t.Helper()
	once := Scrub(text)
	if !utf8.ValidString(once) {
		t.Fatalf("not UTF-8: %q", once)
	}
	if twice := Scrub(once); twice != once {
		t.Fatalf("%q, then %q", once, twice)
	}
	before := digitRun.FindAllString(text, -1)
	for _, n := range digitRun.FindAllString(once, -1) {
		at := slices.Index(before, n)
		if at < 0 {
			t.Fatalf("%q: number %s made of %q", once, n, text)
		}
		before = before[at+1:]
	}
}

func FuzzScrub(f *testing.F) {
	for _, x := range scrubbed {
		f.Add(x.in)
	}
	for _, x := range untouched {
		f.Add(x.text)
	}
	f.Fuzz(holdsForAnyText)
}

func BenchmarkScrub(b *testing.B) {
	var text strings.Builder
	for range 20 {
		for _, x := range scrubbed {
			text.WriteString(x.in + "\n")
		}
		for _, x := range untouched {
			text.WriteString(x.text + "\n")
		}
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		Scrub(text.String())
	}
}
