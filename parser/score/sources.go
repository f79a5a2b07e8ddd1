package score

import (
	"regexp"
	"slices"
	"strings"

	"anli/parser/mail"
)

// readBody reads the mail's own text. Its HTML form is what he saw and filled in;
// the plain one, made from it by his client, must not say otherwise.
func readBody(in Input, r Request, x *lexicon, o *letters) findings {
	m := in.Message
	var me mail.Address
	if len(m.From) > 0 {
		me = m.From[0]
	}
	body := func(text string) findings {
		ls := lines(text, me)
		ts := tokens(ls)
		marks := o.mark(ls, ts)
		foreign(ls, marks)
		rd := newReader(x, in.Proved)
		rd.stamps, rd.ts, rd.mine = r.Stamps, ts, settle(ls, ts, marks)
		return rd.read(ls)
	}
	if m.TextHTML == "" {
		return body(m.Text)
	}
	f, g := body(m.TextHTML), body(m.Text)
	if f.nothing() || f.caseless() && len(g.claims) > 0 && len(g.doubts) == 0 {
		return g
	}
	said := map[key]bool{}
	for _, c := range f.claims {
		said[key{c.at, c.criterion}] = true
	}
	for _, c := range g.claims {
		if said[key{c.at, c.criterion}] {
			f.claims = append(f.claims, c)
		}
	}
	return f
}

// caseless tells whether scores were found and no case for any of them, as when HTML
// has lost the tabs of a table.
func (f *findings) caseless() bool {
	return len(f.claims) == 0 && !slices.ContainsFunc(f.doubts, func(d doubt) bool { return d.at != none || d.reason != UnclearCase })
}

// nothing tells whether nothing at all was understood.
func (f *findings) nothing() bool {
	return !f.says() && len(f.recusals)+len(f.abstained)+len(f.questions)+len(f.absence)+len(f.comments) == 0 && !f.accept && !f.decline && !f.confirm
}

// readFile reads an attachment: its tables, and the lines of a .docx.
func readFile(file File, in Input, r Request, x *lexicon, o *letters) findings {
	switch file.Kind {
	case "xlsx", "xls", "csv", "docx", "doc", "rtf", "odt", "html", "txt":
	default:
		return findings{}
	}
	var b strings.Builder
	for _, t := range file.Tables {
		for _, row := range t {
			for i, c := range row {
				if i > 0 {
					b.WriteByte('\t')
				}
				b.WriteString(strings.Join(strings.Fields(c), " "))
			}
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	var ls []line
	tables := b.String()
	if stamp := stampIn(file); stamp != "" && !oneOf(r.Stamps, stamp) {
		var f findings
		f.doubt(none, none, file.Name+" "+stamp, ForeignSheet)
		return f
	}
	for l := range strings.SplitSeq(file.Text+"\n\n"+tables, "\n") {
		raw, text := foldLine(l)
		ls = append(ls, line{raw: raw, text: text})
	}
	ts := tokens(ls)
	rd := newReader(x, in.Proved)
	rd.sheet, rd.stamps, rd.ts, rd.mine = true, r.Stamps, ts, settle(ls, ts, o.mark(ls, ts))
	f := rd.read(ls)
	f.prose, f.questions, f.absence = nil, nil, nil
	f.accept, f.decline, f.confirm = false, false, false
	return f
}

// stampIn finds the version of a sheet of ours, in a table or in the text.
func stampIn(file File) string {
	for _, t := range file.Tables {
		for _, row := range t {
			for i, c := range row {
				rest, ok := strings.CutPrefix(strings.TrimSpace(c), "表格版本")
				if !ok {
					continue
				}
				for k := i + 1; strings.Trim(rest, " :：") == "" && k < len(row); k++ {
					rest = strings.TrimSpace(row[k])
				}
				return strings.Trim(rest, " :：")
			}
		}
	}
	return ""
}

// unread asks for scores that were sent as a picture, in a file that could not be
// read or in a mail within the mail, where cases are still open.
func unread(f *findings, in Input, r Request) {
	done := map[int]bool{}
	for _, c := range f.claims {
		done[c.at] = true
	}
	for _, x := range slices.Concat(f.recusals, f.abstained) {
		done[x.at] = true
	}
	if len(done) >= len(r.Cases) || f.decline {
		return
	}
	if m := in.Message; f.nothing() && (m.Encrypted || len(m.Forwards) > 0) {
		f.doubt(none, none, m.Subject, Unreadable)
		return
	}
	if len(f.claims)+len(f.doubts)+len(in.Files)+len(f.questions) == 0 {
		if enclosed.MatchString(in.Message.Fresh) {
			words := []rune(in.Message.Fresh)
			f.doubt(none, none, string(words[:min(len(words), 200)]), Unclear)
		}
		return
	}
	for _, file := range in.Files {
		switch {
		case file.Kind == "image" || file.Kind == "pdf" || file.Kind == "ofd":
			if !in.inline(file.Name) {
				f.doubt(none, none, file.Name, Picture)
			}
		case file.Failure != "":
			f.doubt(none, none, file.Name, Unreadable)
		}
	}
}

// enclosed speaks of scores in an attachment.
var enclosed = regexp.MustCompile(`(?:评分|打分|分数|结果|表)[^。；\n]{0,14}(?:附件|附上|附后|附表|随信|如附)|(?:附件|附上|随信)[^。；\n]{0,10}(?:评分|打分|分数|表)`)

// inline tells a picture that is part of the mail's dress, such as a logo.
func (in Input) inline(name string) bool {
	for _, a := range in.Message.Attachments {
		if a.Name == name && a.Inline {
			return true
		}
	}
	return false
}
