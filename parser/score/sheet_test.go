package score

import (
	"strings"
	"testing"

	"anli/parser/mail"
)

// sheet makes a score sheet as a file: rows of cells apart by |.
func sheet(rows ...string) File {
	f := File{Name: "评分表-陈教授.xlsx", Kind: "xlsx", Tables: [][][]string{nil}}
	for _, r := range rows {
		f.Tables[0] = append(f.Tables[0], strings.Split(r, "|"))
	}
	return f
}

const (
	sheetNote = "说明：广东省电子商务优秀案例评分表。请在浅黄色格内填写分数和评语，填好后把本表作为附件回复邮件。||||||||||"
	sheetHead = "编号|地市|参评单位|参评案例|技术性与创新性\n（30分）|效益性\n（25分）|示范性\n（20分）|整体实力\n（15分）|数据完整性\n（10分）|合计|评语"
	case7     = "AL2024-0007|佛山市|佛山市顺品家居科技有限公司|泛家居产业带直播选品与售后一体化服务|"
	case9     = "AL2024-0009|茂名市|茂名市荔乡供应链管理有限公司|荔枝“产地直采+云仓冷链”数商兴农示范项目|"
)

// Score sheets as they come back.
func TestSheets(t *testing.T) {
	tests := []struct {
		file      File
		text      string
		want, why string
	}{
		{sheet(sheetNote, "表格版本|7C4T-2Q9M||评审专家：陈教授", sheetHead, case7+"27|22|18|13|9|89|好", case9+"25|20.5|17|12|8|82.5|"), "", "0007 27 22 18 13 9; 0009 25 20.5 17 12 8", "filled in"},
		{sheet(sheetNote, "表格版本|XXXX-0000||评审专家：王教授", sheetHead, case7+"27|22|18|13|9|89|好"), "", "?", "the sheet of another expert's letter"},
		{sheet(sheetNote, "表格版本：7c4t2q9m", sheetHead, case7+"27|22|18|13|9|89|好"), "", "0007 27 22 18 13 9", "the version in one cell, in small letters"},
		{sheet(sheetHead, case9+"25|20|17|12|8||", case7+"27|22|18|13|9||"), "", "0007 27 22 18 13 9; 0009 25 20 17 12 8", "rows in another order, no version"},
		{sheet(sheetNote, sheetHead, case7+"||||||", case9+"||||||"), "", "", "empty"},
		{sheet(sheetHead, case7+"27|22||13|9||"), "", "0007 27 22 - 13 9", "one cell left open"},
		{sheet(sheetHead, case7+"27分|22 分|１８|十三|9.0|89|"), "", "0007 27 22 18 13 9", "text in the cells"},
		{sheet(sheetHead, case7+"28/30|22/25|18|13|9||"), "", "0007 28 22 18 13 9", "fractions"},
		{sheet(sheetHead, case7+"9月10日|22|18|13|9||"), "", "0007 - 22 18 13 9; ?0007", "the office program made a date of a fraction"},
		{sheet(sheetHead, case7+"45179|22|18|13|9||"), "", "0007 - 22 18 13 9; ?0007", "the same as a number"},
		{sheet(sheetHead, case7+"27|22|18|13|9|0|"), "", "0007 27 22 18 13 9", "a total that was not computed"},
		{sheet(sheetHead, case7+"27|22|18|13|9|88|"), "", "?0007", "a total that differs"},
		{sheet(sheetHead, case7+"|||||88|"), "", "?0007", "a total alone"},
		{sheet(sheetHead, case7+"27|26|18|13|9||"), "", "0007 27 - 18 13 9; ?0007", "out of range"},
		{sheet(sheetHead, case7+"27-28|22|18|13|9||"), "", "0007 - 22 18 13 9; ?0007", "a range"},
		{sheet(sheetHead, case7+"优|22|18|13|9||"), "", "0007 - 22 18 13 9; ?0007", "a grade"},
		{sheet(sheetHead, case7+"/|-|无|13|9||"), "", "0007 - - - 13 9", "signs for open"},
		{sheet(sheetHead, case7+"0|0|0|0|0|0|"), "", "?0007", "zeros"},
		{sheet(sheetHead, case7+"回避|||||||", case9+"25|20|17|12|8||"), "", "0009 25 20 17 12 8; recused 0007", "a recusal in a cell"},
		{sheet(sheetHead, case7+"||||||弃权，不熟悉"), "", "abstained 0007", "an abstention as a comment"},
		{sheet("序号|"+sheetHead, "1|"+case7+"27|22|18|13|9|89|", "2|"+case9+"25|20|17|12|8|82|"), "", "0007 27 22 18 13 9; 0009 25 20 17 12 8", "a column added"},
		{sheet("编号|参评单位|数据完整性|效益性|技术性与创新性|排名|示范性|整体实力", "0007|顺品|9|22|27|1|18|13"), "", "0007 27 22 18 13 9", "columns in another order, one added"},
		{sheet("编号|技术|效益|示范|实力|数据", "7|27|22|18|13|9", "9|25|20|17|12|8"), "", "0007 27 22 18 13 9; 0009 25 20 17 12 8", "the office program dropped the zeros of 0007"},
		{sheet("编号|技术|效益|示范|实力|数据", "1|27|22|18|13|9", "2|25|20|17|12|8"), "", "?", "编号 only counts the rows"},
		{sheet("编号|单位|技术|效益|示范|实力|数据", "1|顺品家居|27|22|18|13|9", "2|荔乡|25|20|17|12|8"), "", "0007 27 22 18 13 9; 0009 25 20 17 12 8", "编号 counts the rows, the names tell"},
		{sheet(sheetHead, "AL2024-0007|佛山市|茂名市荔乡供应链管理有限公司|泛家居产业带直播选品与售后一体化服务|27|22|18|13|9||"), "", "?", "only some columns were sorted"},
		{sheet(sheetHead, "AL2024-0099|佛山市|某公司|某案例|27|22|18|13|9||"), "", "?0099", "a case of another expert"},
		{sheet(sheetHead, case7+"27|22|18|13|9||", "|||满分|30|25|20|15|10|100|"), "", "0007 27 22 18 13 9", "a row of the maxima"},
		{sheet(sheetHead, case7+"27|22|18|13|9||", "||||平均|||||89|"), "", "0007 27 22 18 13 9; ?", "a word among the scores of no case"},
		{sheet(sheetHead, "AL2024-0007|佛山市顺品家居科技有限公司|泛家居产业带直播选品与售后一体化服务|27|22|18|13|9||"), "", "?0007", "a cell deleted: the scores stand one column to the left"},
		{sheet(sheetHead, "|"+case7+"27|22|18|13|9|"), "", "?", "a cell put in: the scores stand one column to the right"},
		{sheet(sheetHead, case7+"27 22 18 13 9||||||"), "", "0007 27 22 18 13 9", "all in one merged cell"},
		{sheet("案例|AL2024-0007|AL2024-0009", "技术性与创新性|27|25", "效益性|22|20", "示范性|18|17", "整体实力|13|12", "数据完整性|9|8"), "", "0007 27 22 18 13 9; 0009 25 20 17 12 8", "turned by a quarter"},
		{sheet("技术|27", "效益|22"), "", "?", "no case at all"},
		{sheet(sheetHead, case7+"27|22|18|13|9||"), "0007 27 22 18 13 9", "0007 27 22 18 13 9", "the same in the letter"},
		{sheet(sheetHead, case7+"27|22|18|13|9||"), "0007 27 21 18 13 9", "0007 27 - 18 13 9; ?0007", "not the same in the letter"},
		{sheet(sheetHead, case7+"27|22|18|13|9|89|"), "附件中0007的效益性改为21，其余以表为准。", "0007 27 21 18 13 9", "changed in the letter"},
		{sheet(sheetHead, case7+"27|22|18|13|9||"), "附件是我自己初步打的分，等我回来再定。", "?0007", "provisional by the letter"},
		{File{Name: "x.docx", Kind: "docx", Text: "AL2024-0007　佛山市顺品家居科技有限公司\n技术性与创新性（30分）：27\n效益性（25分）：22\n示范性（20分）：18\n整体实力（15分）：13\n数据完整性（10分）：9\n评语：增长30%，27项专利。"}, "", "0007 27 22 18 13 9", "a filled .docx"},
		{File{Name: "评审材料.docx", Kind: "docx", Text: "评分指标：技术性与创新性30分、效益性25分、示范性20分、整体实力15分、数据完整性10分\nAL2024-0007　佛山市顺品家居科技有限公司\n（二）技术性与创新性\n一是技术先进。部署传感器1,850个。\n（三）效益性\n2023年交易额2.3亿元，增长30%，满意度98.6分。"}, "", "", "our own material comes back"},
		{File{Name: "评分.jpg", Kind: "image"}, "评分见附件照片", "?", "a photo of the sheet"},
		{File{Name: "评分.jpg", Kind: "image"}, "0007 27 22 18 13 9\n0009 25 20 17 12 8\n0012 24 19 16 11 8\n0021 20 18 15 10 7", "0007 27 22 18 13 9; 0009 25 20 17 12 8; 0012 24 19 16 11 8; 0021 20 18 15 10 7", "a picture beside all scores"},
		{File{Name: "评分.pdf", Kind: "pdf", Failure: "damaged"}, "", "?", "a file that cannot be read"},
		{File{Name: "评分表.doc", Kind: "other", Failure: "not a format that is read: doc"}, "", "?", "a format that is not read"},
	}
	r := desk()
	for _, tt := range tests {
		in := Input{Message: mail.Message{Text: tt.text, Fresh: tt.text}, Files: []File{tt.file}, Proved: true}
		if a := Read(in, r); short(a, r) != tt.want {
			t.Errorf("%s\n got %s\nwant %s\n%s", tt.why, short(a, r), tt.want, dump(a))
		}
	}
}
