package templates

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func readPart(t *testing.T, name string) []byte {
	t.Helper()
	b := BlankForm()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestBlankFormIsTheSameTwice(t *testing.T) {
	if !bytes.Equal(BlankForm(), BlankForm()) {
		t.Error("two forms differ")
	}
}

// Every part is well-formed XML.
func TestBlankFormIsWellFormed(t *testing.T) {
	b := BlankForm()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		d := xml.NewDecoder(bytes.NewReader(readPart(t, f.Name)))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
}

// The form holds the annex's words in the annex's order.
func TestBlankFormWords(t *testing.T) {
	var got strings.Builder
	d := xml.NewDecoder(bytes.NewReader(readPart(t, "word/document.xml")))
	in := false
	for {
		tok, err := d.Token()
		if err != nil {
			break
		}
		switch e := tok.(type) {
		case xml.StartElement:
			in = e.Name.Local == "t"
		case xml.EndElement:
			in = false
		case xml.CharData:
			if in {
				got.Write(e)
			}
		}
	}
	want := strings.NewReplacer(" ", "", "\n", "", "　", "").Replace(`附件 广东省电子商务优秀案例申报表 参评单位 参评案例（项目名称） 参评领域
□电子商务园区 □电子商务企业 □电商平台 □电商服务 □电商营销 □丝路电商 □数商兴农 □电商+产业带 □其他电子商务 （请说明）
该案例是否曾经获评其他奖励 项目主要负责人 日常联系人 联系电话及邮箱
一、参评单位简介（500字以内）：参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等。
二、案例概述：（2000字左右）（一）项目简介：项目背景，项目需求，重点与难点等。
（二）技术性与创新性：项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。
（三）效益性：全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益。
（四）示范性：在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。
我单位承诺，此次申报“广东省电子商务优秀案例”，所有申报材料及所附资料和资质均真实、合法。如有不实之处，愿负相应的法律责任，并承担由此产生的一切后果。
参评单位（盖章）：年月日 市商务局意见：单位（盖章）：年月日`)
	if have := strings.ReplaceAll(got.String(), "　", ""); have != want {
		t.Errorf("the form says\n%s\nwant\n%s", have, want)
	}
}

// The grid's columns fill every row.
func TestBlankFormRowsAreFull(t *testing.T) {
	doc := string(readPart(t, "word/document.xml"))
	for i, row := range strings.Split(doc, "<w:tr>")[1:] {
		n := strings.Count(row, "<w:tc>") + strings.Count(row, `gridSpan w:val="3"`)*2 + strings.Count(row, `gridSpan w:val="4"`)*3
		if n != len(formColumns) {
			t.Errorf("row %d has %d columns", i+1, n)
		}
	}
}
