package command

import (
	"regexp"
	"strings"
)

var (
	arrow     = regexp.MustCompile(`=|＝|→`)
	fileName  = regexp.MustCompile(`(?i)\.[a-z0-9]{2,5}$`)
	roleWords = regexp.MustCompile(`^[\p{Han}A-Za-z（）()、]{1,14}$`)
	// isRole is 是 or a colon between a file's name, which ends as files do, and a role.
	isRole   = regexp.MustCompile(`^(.+\.[A-Za-z0-9]{2,5})[”"」》]?\s*(?:应该?是|应为|改为|改成|实为|是|为|[:：])\s*[“"「]?([^“”"「」]+?)[”"」。]*$`)
	roleSaid = regexp.MustCompile(`(?i)申报表|执照|证书|证照|资质|logo|标志|照片|相片|图片|宣传图|海报|推荐函|汇总表|盖章页|扫描件|其[他它]`)
	ofCase   = regexp.MustCompile(`^[(（\[【]?(` + number + `)[)）\]】]?[\s:：,，、的中_—–-]*(.+)$`)
	several  = regexp.MustCompile(`[、，,;；]\s*`)
)

// assignment reads `文件 = 角色` and `文件 = 编号`, also of several files and behind
// a case's number. The file's name stands as written; a formula or an address in
// prose is none. With 是 or a colon it must be a file's name and a role's word:
// Rest then says so, since a list in prose looks alike. What looks like a case's
// number at the front may be the name's own (IMG20241015102233.jpg): Args keeps the
// whole name, and Codes and the third of Args give the other way to read it.
func assignment(text string) []Line {
	if parts := clauses.Split(text, -1); len(parts) > 1 {
		if list := eachAssigned(parts); list != nil {
			return list
		}
	}
	name, value, weak := splitAssignment(text)
	name = strings.Trim(strings.TrimSpace(name), `“”"「」《》`)
	codes := numbers(value)
	if name == "" || strings.Contains(name, "://") || value == "" {
		return nil
	}
	if len(codes) == 1 && caseNumbers.FindString(value) == value {
		if everything.MatchString(plain(name)) {
			name = All
		}
		return assignEach(name, codes[0], Line{Verb: "="})
	}
	l := Line{Verb: "="}
	if weak {
		l.Rest = "是"
	}
	if m := ofCase.FindStringSubmatch(name); m != nil {
		l.Codes = numbers(m[1])
	}
	if roleWords.MatchString(value) || fileName.MatchString(name) && len([]rune(value)) <= 20 {
		return assignEach(name, value, l)
	}
	return nil
}

// clauses of a line may each say what one file is.
var clauses = regexp.MustCompile(`[，,；;]\s*`)

// eachAssigned reads 1.jpg是营业执照，2.png是LOGO; nil unless every part is such.
func eachAssigned(parts []string) (out []Line) {
	for _, part := range parts {
		name, _, _ := splitAssignment(part)
		if !fileName.MatchString(strings.Trim(strings.TrimSpace(name), `“”"「」《》`)) {
			return nil
		}
		list := assignment(part)
		if len(list) == 0 {
			return nil
		}
		for _, l := range list {
			if l.Text == "" {
				l.Text = strings.TrimSpace(part)
			}
			out = append(out, l)
		}
	}
	return out
}

// splitAssignment parts a line; weak: not by = or an arrow.
func splitAssignment(text string) (name, value string, weak bool) {
	if at := arrow.FindAllStringIndex(text, -1); len(at) > 0 {
		last := at[len(at)-1] // a name may hold the mark, a role does not
		return text[:last[0]], plain(text[last[1]:]), false
	}
	m := isRole.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	value = plain(m[2])
	if !roleWords.MatchString(value) || !roleSaid.MatchString(value) || doubtful.MatchString(value) {
		return "", "", false
	}
	return m[1], value, true
}

// assignEach is a line for each file, where all that is named are files.
func assignEach(name, value string, l Line) []Line {
	names := several.Split(name, -1)
	for _, n := range names {
		if !fileName.MatchString(strings.Trim(n, `“”"「」《》 `)) {
			names = []string{name}
			break
		}
	}
	var out []Line
	for _, n := range names {
		one := l
		if n = strings.Trim(n, `“”"「」《》 `); len([]rune(n)) > 120 {
			return nil
		}
		one.Args = []string{n, value}
		if len(l.Codes) > 0 {
			one.Args = append(one.Args, behindNumber(n))
		}
		if len(names) > 1 {
			one.Text = n + " = " + value
		}
		out = append(out, one)
	}
	return out
}

// behindNumber is a file's name without the case's number at its front.
func behindNumber(name string) string {
	if m := ofCase.FindStringSubmatch(name); m != nil {
		return strings.Trim(m[2], `“”"「」《》 `)
	}
	return name
}
