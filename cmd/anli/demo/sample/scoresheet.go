package sample

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheetBack: the expert fills the spreadsheet that came with the request, and
// sends it back.
func sheetBack(t time.Time, e Expert) Scene {
	return Scene{At: t, From: e.Address, Title: "expert: the sheet", TitleZh: "专家2：填好评分表发回", Expect: "读取表格，全部记录",
		Write: func(got Inbox) ([]byte, error) {
			for i := len(got) - 1; i >= 0; i-- {
				l, err := ReadLetter(got[i])
				if err != nil || !strings.Contains(l.Subject, "请评分") {
					continue
				}
				name, data := attachment(got[i], ".xlsx")
				filled, err := fillSheet(data, e.Address)
				if err != nil {
					return nil, err
				}
				m := e.mail()
				m.At, m.Answers, m.Text, m.Files = t, &l, "评分表已填好，见附件。", []File{{name, filled}}
				return m.Bytes(), nil
			}
			return nil, fmt.Errorf("%w: %s", ErrNoLetter, e.Address)
		}}
}

// attachment is the first file of a mail whose name ends so.
func attachment(raw []byte, ext string) (name string, data []byte) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return "", nil
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", nil
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err != nil {
			return "", nil
		}
		name, err := new(mime.WordDecoder).DecodeHeader(p.FileName())
		if err != nil || !strings.HasSuffix(name, ext) {
			continue
		}
		if data, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, p)); err == nil {
			return name, data
		}
	}
}

// fillSheet writes the scores into the rows that begin with a case number, below
// the columns whose heading names a maximum.
func fillSheet(data []byte, who string) ([]byte, error) {
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	sheet := x.GetSheetName(0)
	rows, err := x.GetRows(sheet)
	if err != nil {
		return nil, err
	}
	var columns []int
	for r, row := range rows {
		for c, text := range row {
			if strings.Contains(text, "分）") && len(columns) < 5 && caseNumber.FindString(row[0]) == "" && strings.HasPrefix(strings.TrimSpace(row[0]), "编号") {
				columns = append(columns, c+1)
			}
		}
		number := ""
		if len(row) > 0 {
			number = caseNumber.FindString(row[0])
		}
		if number == "" {
			continue
		}
		for i, v := range Points(who, number) {
			cell, err := excelize.CoordinatesToCellName(columns[i], r+1)
			if err != nil {
				return nil, err
			}
			f, err := strconv.ParseFloat(v, 64)
			if err != nil {
				return nil, err
			}
			if err := x.SetCellFloat(sheet, cell, f, -1, 64); err != nil {
				return nil, err
			}
		}
	}
	var out bytes.Buffer
	err = x.Write(&out)
	return out.Bytes(), err
}
