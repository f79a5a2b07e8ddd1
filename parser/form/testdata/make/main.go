// Command make writes forms as .docx and, of each .docx given, an .ofd of the
// same text in ruled tables; see make.sh beside it.
//
//	go run ./parser/form/testdata/make DIR
//	go run ./parser/form/testdata/make FILE.docx…
//	go run ./parser/form/testdata/make -looks DIR
//	go run ./parser/form/testdata/make -drawn FILE.txt…    (FILE.docx beside each)
package main

import (
	"bytes"
	"log"
	"os"
	"path/filepath"
	"strings"

	"anli/cmd/anli/demo/sample"
	"anli/parser/document"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	if len(os.Args) < 2 {
		log.Fatal("usage: make DIR | make FILE.docx...")
	}
	if os.Args[1] == "-looks" {
		must(os.WriteFile(filepath.Join(os.Args[2], "looks.docx"), looksFile(looksCases(), ""), 0o644))
		must(os.WriteFile(filepath.Join(os.Args[2], "styles.docx"), looksFile(stylesCases(), wordStyles()), 0o644))
		return
	}
	if os.Args[1] == "-drawn" {
		for _, name := range os.Args[2:] {
			text, err := os.ReadFile(name)
			must(err)
			must(os.WriteFile(strings.TrimSuffix(name, ".txt")+".docx", drawn(string(text)), 0o644))
		}
		return
	}
	if info, err := os.Stat(os.Args[1]); err == nil && info.IsDir() {
		writeForms(os.Args[1])
		return
	}
	for _, name := range os.Args[1:] {
		b, err := os.ReadFile(name)
		must(err)
		doc, err := document.NewReader(document.Options{}).ReadNamed(name, bytes.NewReader(b), int64(len(b)))
		must(err)
		must(os.WriteFile(strings.TrimSuffix(name, ".docx")+".ofd", ofd(doc), 0o644))
	}
}

func writeForms(dir string) {
	forms := map[string][]byte{"blank": sample.BlankForm()}
	for name, p := range map[string]sample.Package{
		"plain": {City: "惠州市", Unit: "惠州市某鞋履有限公司", Case: "女鞋数字化工厂直播", Goods: "女鞋", Categories: []string{"电商营销"}},
		"other": {City: "东莞市", Unit: "东莞市某玩文化科技有限公司", Case: "潮玩设计师电商孵化", Goods: "潮流玩具",
			Categories: []string{"其他电子商务"}, Other: "文化创意电商", Style: sample.Style{Instructions: true}},
		"spaced": {City: "佛山市", Unit: "佛山市某陶建材有限公司", Case: "陶瓷产业带数字化直供", Goods: "建筑陶瓷",
			Categories: []string{"电商+产业带"}, Style: sample.Style{Spaced: true, Tick: "√"}},
		"gaps": {City: "珠海市", Unit: "珠海市某湾渔业有限公司", Case: "海鲈鱼全链路电商", Goods: "海鲈鱼",
			Categories: []string{"数商兴农", "电商平台"}, Style: sample.Style{Tick: "■"}, Without: []string{"leader", "email", "innovation"}},
	} {
		forms[name] = p.Form().Docx()
	}
	for name, b := range forms {
		must(os.WriteFile(filepath.Join(dir, name+".docx"), b, 0o644))
	}
}
