// Command make writes the archives beside it that no program of a free system
// writes: RAR (its maker is not free) and the containers of Outlook. They were
// compared with `lsar -l` and `unar` (The Unarchiver 1.10). What real programs
// can write, make.sh makes with them.
package main

import (
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const folder = "[案例]-佛山市某某家居有限公司+全屋定制数字化/"

var (
	form    = file{name: folder + "申报表.txt", body: "参评单位：佛山市某某家居有限公司\r\n"}
	license = file{name: folder + "附件/营业执照.txt", body: "统一社会信用代码\n"}
	photo   = file{name: folder + "照片1.bin", body: strings.Repeat("照片里的一行。\n", 100)}
)

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	write := func(name string, raw []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	all := []file{form, license, photo}
	write("now.rar", rar5(all))
	write("old.rar", rar4(0, all))
	write("old-gbk.rar", rar4(0, []file{{name: gbk(form.name), body: form.body}}))
	write("old-locked.rar", rar4(0, []file{form, {name: license.name, body: license.body, flags: rar4Password}}))
	write("old-locked-names.rar", rar4(rar4HeadersLocked, nil))
	write("now-link.rar", rar5([]file{form, {name: "link", body: "/etc/passwd", attributes: 0o120777}}))
	whole := rar5(all)
	write("now-cut.rar", whole[:len(whole)-600])
	for i, v := range rar5Volumes(all, 700) {
		write([]string{"vol5.part1.rar", "vol5.part2.rar", "vol5.part3.rar", "vol5.part4.rar"}[i], v)
	}
	for i, v := range rar4Volumes(all, 900) {
		write([]string{"vol4.rar", "vol4.r00", "vol4.r01", "vol4.r02"}[i], v)
	}
	write("winmail.dat", tnef([]file{{name: "申报表.txt", body: form.body}, {name: "营业执照.txt", body: license.body}}, true))
	write("outlook.msg", msg([]file{{name: "申报表.txt", body: form.body}, {name: "照片.bin", body: photo.body}}))
	write("winmail-8bit.dat", tnef([]file{{name: "申报表.txt", body: form.body}}, false))
}

func gbk(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		log.Fatal(err)
	}
	return out
}
