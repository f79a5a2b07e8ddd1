package templates

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// dossierBook is a case from its first mail to the award, with what can go wrong.
func dossierBook() DossierBook {
	sha := strings.Repeat("0123456789abcdef", 4)
	long := "新发现：" + strings.Repeat("申报表中的联系电话与营业执照登记的电话不一致，请核对；", 30)
	return DossierBook{Title: "广东省电子商务优秀案例", Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Case: "家居直播电商", AsOf: "2024-12-09 09:00", Entry: 412, Head: sha,
		Facts: []DossierFact{{"编号", "AL2024-0007"}, {"参评单位", "佛山市某某家居有限公司"}, {"报送", "佛山市商务局"}, {"状态", "已入选"}, {"评审结果", "第3名，共40个列入排名；平均分88.5，有效评分5份，计入3份"}},
		Events: []DossierEvent{
			{At: "2024-10-12 09:30", Who: "佛山市商务局 swj@fs.example", Kind: "来信", Text: "《佛山市电子商务优秀案例申报》，附件10个", Mail: "01_2024-10-12_0930_收_佛山市商务局_佛山市电子商务优秀案例申报.eml"},
			{At: "2024-10-12 09:33", Who: "佛山市商务局 swj@fs.example", Kind: "发信", Text: "《【已收到 AL2024-0007】还需补充3项》，2024年10月12日09:33发出", Basis: "信件码K7Q2-9MXD", Mail: "02_2024-10-12_0933_发_佛山市商务局_【已收到 AL2024-0007】还需补充3项.eml"},
			{At: "2024-10-12 09:33", Who: "系统", Kind: "变更", Text: long, Basis: "日志第14条"},
			{At: "2024-10-31 08:31", Who: "张伟 zhang.wei@gd.example", Kind: "决定", Text: "不通过", Basis: "列入失信被执行人名单", Mail: leftOut, Ended: "撤销"},
			{At: "2024-11-29 10:00", Who: "张伟 zhang.wei@gd.example", Kind: "名单", Text: "入选", Basis: "厅党组会议纪要〔2024〕12号", Mail: "03_2024-11-29_1000_收_张伟_入选.eml"},
		},
		Rulings:  []DossierRuling{{"2024-10-31 08:31", "张伟 zhang.wei@gd.example", "不通过", "列入失信被执行人名单", "撤销"}, {"2024-10-31 09:05", "李娜 li.na@gd.example", "通过", "", ""}},
		Rules:    []DossierRule{{"2024-10-08 09:00", "申报截止时间", "2024年10月30日24时", "配置文件（日志第1条）", ""}, {"2024-10-28 15:00", "申报截止时间", "2024年11月8日24时", "张伟 zhang.wei@gd.example", "粤商务电函〔2024〕160号"}},
		Findings: []string{"照片现有2张，还需1张", "（已免）数据年份缺2023年"},
		Scores:   []string{"甲：技术性与创新性25，效益性22，合计47"},
		Mails: []DossierMail{
			{At: "2024-10-12 09:30", Way: "收", Who: "佛山市商务局", Subject: "佛山市电子商务优秀案例申报", File: "01_2024-10-12_0930_收_佛山市商务局_佛山市电子商务优秀案例申报.eml", Note: "全文收入，同时涉及AL2024-0008", SHA256: sha, Bytes: 5 << 20},
			{At: "2024-10-31 08:31", Way: "收", Who: "张伟", Subject: "回复：【每日情况】", Note: leftOut, SHA256: sha},
		},
		Material: []DossierMaterial{
			{File: "当前材料/照片/1.jpg", Role: "照片", At: "2024-10-12 09:30", Mail: "邮件01", SHA256: sha, Bytes: 2 << 20},
			{File: "已被替换/_con.docx", Name: "con.docx", Role: "其他材料", At: "2024-10-12 09:30", SHA256: sha, Bytes: 12, Gone: true},
		}}
}

const leftOut = "缺失，原始字节已不在"

// The document is compared word by word; -update rewrites it.
func TestDossierDocument(t *testing.T) {
	d := dossierBook()
	made := DossierDocument(d)
	if !bytes.Equal(made, DossierDocument(d)) {
		t.Error("another document the second time")
	}
	golden(t, filepath.Join("documents", "dossier.txt"), documentWords(t, made))
	sealed := DossierBook{Number: "AL2024-0001", Sealed: true, Scores: []string{"甲：合计47"}}
	words := documentWords(t, DossierDocument(sealed))
	if strings.Contains(words, "47") || !strings.Contains(words, "评分封存") {
		t.Errorf("before the close:\n%s", words)
	}
}

// The heads of tables stand on every page, and a row is parted only if it is long.
func TestDossierTables(t *testing.T) {
	doc := string(partsOf(t, DossierDocument(dossierBook()))["word/document.xml"])
	if n := strings.Count(doc, "<w:tblHeader/>"); n != 5 {
		t.Errorf("%d heads of tables", n)
	}
	if all, whole := strings.Count(doc, "<w:tr>"), strings.Count(doc, "<w:cantSplit/>"); whole != all-1 {
		t.Errorf("%d of %d rows are kept whole; the long one alone must not be", whole, all)
	}
	for _, columns := range [][]int{bookFactColumns, bookEventColumns, bookRulingColumns, bookRuleColumns, bookMailColumns, bookMaterialColumns} {
		width := 0
		for _, w := range columns {
			width += w
		}
		if width != 14000 {
			t.Errorf("%v are %d wide", columns, width)
		}
	}
}

func TestDossierManifest(t *testing.T) {
	b := DossierManifest(dossierBook(), []ManifestLine{{File: "大事记.docx", Bytes: 12, SHA256: strings.Repeat("a", 64)}})
	golden(t, filepath.Join("documents", "dossier-manifest.txt"), strings.ReplaceAll(string(b), "\r\n", "\n"))
	if !bytes.HasPrefix(b, []byte("\ufeff")) || bytes.Count(b, []byte("\n")) != bytes.Count(b, []byte("\r\n")) {
		t.Error("not as Notepad has it")
	}
	// A hash of figures alone is no card's number.
	d := DossierBook{Material: []DossierMaterial{{File: "6222020200112233445.jpg", SHA256: "6222020200112233445"}}}
	if got := string(DossierManifest(d, nil)); strings.Contains(got, "*") {
		t.Error(got)
	}
}
