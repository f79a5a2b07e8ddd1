package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/cage"
	"anli/parser/form"
	"anli/parser/mail"
)

// read gives the readings of files, by name, as the desk gets them.
func readFiles(t *testing.T, names []string, content func(name string) []byte) map[string]intake.Reading {
	t.Helper()
	blobs := ledger.OpenBlobs(t.TempDir())
	r := &bot.Reader{Cage: &cage.Cage{Limits: slow}, Blobs: blobs}
	var msg mail.Message
	of := map[string]string{}
	for _, name := range names {
		b := content(name)
		sha, err := blobs.PutBytes(b)
		if err != nil {
			t.Fatal(err)
		}
		of[sha] = name
		msg.Attachments = append(msg.Attachments, mail.Attachment{Name: name, SHA256: sha, Size: int64(len(b))})
	}
	readings, err := r.Read(context.Background(), msg, form.Call{}, func(string) (intake.Reading, bool) { return intake.Reading{}, false }, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]intake.Reading{}
	for _, x := range readings {
		out[of[x.SHA256]] = x
	}
	return out
}

// The tables of what people attach come to the decisions; a file that is called
// a Word file and is a spreadsheet is still told to be none.
func TestTablesAreRead(t *testing.T) {
	from := map[string]string{"评分表.xlsx": "scores.xlsx", "评分表.xls": "scores.xls", "评分.csv": "gb18030.csv", "评分.txt": "utf16.txt", "评分表.docx": "scores.docx",
		"系统导出.xls": "web.xls", "申报表.docx": "formats.xlsx", "加密.xls": "encrypted.xls", "加密.xlsx": "encrypted.xlsx", "无名": "utf8.csv", "汇总表.xlsx": "cases.xlsx"}
	var names []string
	for name := range from {
		names = append(names, name)
	}
	got := readFiles(t, append(names, "空表.docx", "坏.csv", "导出.xml"), func(name string) []byte {
		switch name {
		case "空表.docx":
			return sample.BlankForm()
		case "导出.xml":
			return []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="评分表"><Table><Row><Cell><Data>AL2024-0007</Data></Cell><Cell><Data>82.25</Data></Cell></Row></Table></Worksheet></Workbook>`)
		case "坏.csv":
			return []byte("\x00\x01\x02")
		}
		b, err := os.ReadFile("../../../parser/document/testdata/sheets/" + from[name])
		if err != nil {
			t.Fatal(err)
		}
		return b
	})
	const typed, shown = "[AL2024-0007 中山禾木电子商务有限公司 25.5 20 16.25 12 8.5 82.25 数据口径需说明]", "[AL2024-0007 中山禾木电子商务有限公司 26 20 16.25 12 8.5 82.25 数据口径需说明]"
	const flat = "[AL2024-0007 中山䶮木电子商务有限公司 25.5  第一,\n第二]"
	for name, want := range map[string]string{
		"评分表.xlsx": "xlsx /评分表/" + typed, "评分表.xls": "xls /评分表/" + typed, "评分表.docx": "docx //" + shown, "系统导出.xls": "xls //" + shown,
		"评分.csv": "csv //" + flat, "评分.txt": "csv //" + flat,
		"汇总表.xlsx": "xlsx /汇总表\n备注/", "空表.docx": "docx //", "无名": " //",
		"申报表.docx": "other form-unreadable不是Word或PDF格式//", "坏.csv": "other form-unreadable不是能识别的表格或文本//",
		"导出.xml": "xls /评分表/[AL2024-0007 82.25]",
		"加密.xls": "other file-encrypted设有密码//", "加密.xlsx": "other file-encrypted设有密码//",
	} {
		x := got[name]
		row := ""
		for _, table := range x.Tables {
			for _, cells := range table {
				if len(cells) > 0 && cells[0] == "AL2024-0007" {
					row = fmt.Sprint(cells)
				}
			}
		}
		if s := x.Kind + " " + x.Failure + x.Reason + "/" + x.Text + "/" + row; s != want {
			t.Errorf("%s:\n got %s\nwant %s", name, s, want)
		}
	}
	if x := got["汇总表.xlsx"]; x.Paper != nil || fmt.Sprint(x.Tables[0][3][:3]) != "[ 佛山云杉科技有限公司 跨境独立站]" {
		t.Errorf("%+v", x)
	}
	if b, err := json.Marshal(got["空表.docx"]); err != nil || strings.Contains(string(b), "tables") || strings.Contains(string(b), "cut") {
		t.Errorf("a form's reading has tables: %s %v", b, err)
	}
}

// However much people attach, the mail's entry stays below its limit.
func TestManyTables(t *testing.T) {
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprintf("%02d.csv", i))
	}
	got := readFiles(t, names, func(name string) []byte {
		return []byte(strings.Repeat(name+","+strings.Repeat("好", 50)+"\n", 500))
	})
	if x := got["00.csv"]; len(x.Tables) != 1 || len(x.Tables[0]) != 400 || !x.Cut {
		t.Errorf("the first: %d tables, cut %v", len(x.Tables), x.Cut)
	}
	if x := got["59.csv"]; x.Tables != nil || x.Kind != "csv" || !x.Cut {
		t.Errorf("the last: %+v", x)
	}
	if b, err := json.Marshal(got); err != nil || len(b) > 3<<20 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}
