package bot_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"net/smtp"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox/postoffice"
	"anli/intake/outbox"
	parsed "anli/parser/mail"
)

// options are the key=value words of a line; what has no = comes before them.
type options map[string]string

func parse(args []string) (plain []string, o options) {
	o = options{}
	for _, a := range args {
		key, value, ok := strings.Cut(a, "=")
		if ok && word.MatchString(key) {
			o[key] = value
		} else {
			plain = append(plain, a)
		}
	}
	return plain, o
}

var word = regexp.MustCompile(`^[a-z-]+$`)

// pack makes material under a name.
func (d *dialogue) pack(args []string) error {
	plain, o := parse(args)
	if len(plain) != 4 {
		return fmt.Errorf("package NAME CITY UNIT CASE")
	}
	// The licence is a picture and there is no certificate, unless it matters:
	// each PDF costs the test the start of a reader.
	p := sample.Package{City: plain[1], Unit: plain[2], Case: plain[3], Phone: o["phone"], Prior: o["prior"], Other: o["other"], Licence: sample.Photographed,
		Without: []string{"certificate"}, Style: sample.Style{Tick: o["tick"]}}
	if o["without"] != "" {
		p.Without = append(p.Without, strings.Split(o["without"], ",")...)
	}
	if o["field"] != "" {
		p.Categories = strings.Split(o["field"], ",")
	}
	if o["licence"] == "text" || o["code"] != "" {
		p.Licence, p.Code = sample.Printed, o["code"]
	}
	if o["scan"] == "text" {
		p.Scan = sample.TextPDF
	}
	p.Layout = map[string]sample.Layout{"folders": sample.Folders, "numbered": sample.Numbered}[o["layout"]]
	d.packages[plain[0]] = p
	return nil
}

// files gives what NAME or NAME:license,photo3 names.
func (d *dialogue) files(spec string) (sample.Package, []sample.File, error) {
	name, some, part := strings.Cut(spec, ":")
	p, ok := d.packages[name]
	if !ok {
		return p, nil, fmt.Errorf("no package %q", name)
	}
	if !part {
		return p, d.inCall(p.Files()), nil
	}
	whole := strings.Split("form-text form-pdf license certificate logo photo1 photo2 photo3 promo1 promo2 promo3", " ")
	p.Without = nil
	for _, what := range whole {
		if !slices.Contains(strings.Split(some, ","), what) {
			p.Without = append(p.Without, what)
		}
	}
	p.Without = append(p.Without, boxes(d.packages[name].Without, whole)...)
	return p, d.inCall(p.Files()), nil
}

// boxes are the empty boxes of a form among what a package is without.
func boxes(without, files []string) []string {
	var out []string
	for _, w := range without {
		if !slices.Contains(files, w) {
			out = append(out, w)
		}
	}
	return out
}

// writer is who writes with what: a city's bureau, staff, or an address.
func (d *dialogue) writer(who string, o options) sample.Mail {
	m := sample.Mail{From: who, FromName: o["name"], At: d.clock.Now()}
	if b := sample.BureauOf(who); b.Address != "" {
		m = sample.Mail{Client: b.Program, From: b.Address, FromName: b.Name(), At: d.clock.Now()}
	}
	for _, e := range sample.Experts() {
		if e.Name == who {
			m = sample.Mail{Client: e.Program, From: e.Address, FromName: e.Name, At: d.clock.Now()}
		}
	}
	if who == "colleague" {
		m = sample.Mail{Client: sample.NetEase, From: sample.Officer2, FromName: "李娜", At: d.clock.Now()}
	}
	if who == "staff" {
		m = sample.Mail{Client: sample.NetEase, From: sample.Officer, FromName: "张伟", At: d.clock.Now()}
	}
	if client, ok := map[string]sample.Client{"foxmail": sample.Foxmail, "qq": sample.QQ, "netease": sample.NetEase, "outlook": sample.Outlook}[o["client"]]; ok {
		m.Client = client
	}
	if o["from"] != "" {
		m.From = o["from"]
	}
	return m
}

// fill puts subject, text and files into a mail.
func (d *dialogue) fill(m *sample.Mail, o options) error {
	m.Subject, m.Text, m.Bare = o["subject"], o["text"], o["bare"] != ""
	if o["date"] != "" {
		at, err := time.ParseInLocation("2006-01-02 15:04", o["date"], m.At.Location())
		if err != nil {
			return err
		}
		m.At = at
	}
	names := sample.GBK
	if o["names"] == "utf8" {
		names = sample.UTF8
	}
	if o["names"] == "rfc2231" {
		m.Names = sample.RFC2231
	}
	for _, spec := range listed(o["zip"]) {
		p, files, err := d.files(spec)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, sample.File{Path: p.Folder() + ".zip", Data: sample.Zip(sample.Under(p.Folder(), files), names)})
	}
	if o["together"] != "" {
		var all []sample.File
		for _, spec := range strings.Fields(o["together"]) {
			p, files, err := d.files(spec)
			if err != nil {
				return err
			}
			all = append(all, sample.Under("报送材料/"+p.Folder(), files)...)
		}
		m.Files = append(m.Files, sample.File{Path: "报送材料.zip", Data: sample.Zip(all, names)})
	}
	for _, spec := range listed(o["files"]) {
		_, files, err := d.files(spec)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, files...)
	}
	if o["winmail"] != "" {
		_, files, err := d.files(o["winmail"])
		if err != nil {
			return err
		}
		m.Files = append(m.Files, sample.File{Path: "winmail.dat", Data: winmail(files)})
	}
	for _, spec := range listed(o["attach"]) {
		f, err := d.odd(spec)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, f)
	}
	if o["forward"] != "" {
		m.Forward = append(m.Forward, d.sentRaw[o["forward"]])
	}
	if o["header"] != "" {
		m.Extra = strings.Split(o["header"], "\n")
	}
	return nil
}

func listed(s string) []string { return strings.Fields(s) }

// odd makes an attachment that is no sample material, with !FAULT behind its name one at which a child of the cage dies: NAME:KIND, NAME:PACKAGE/N/M for the N-th of M pieces of its zip, or NAME@PACKAGE:WHAT for
// a file of a package under another name, or a file of the archive.
func (d *dialogue) odd(spec string) (sample.File, error) {
	if name, rest, ok := strings.Cut(spec, "!"); ok {
		end := strings.IndexAny(rest+":", "@:")
		fault := rest[:end]
		f, err := d.odd(name + rest[end:])
		faults := map[string]string{"words": bot.FaultWords, "seals": bot.FaultSeals, "size": bot.FaultSize, "unpack": bot.FaultUnpack}
		if faults[fault] == "" {
			return f, fmt.Errorf("no fault %q", fault)
		}
		f.Data = append(slices.Clone(f.Data), "\n"+faults[fault]+"\n"...)
		return f, err
	}
	if name, of, ok := strings.Cut(spec, "@"); ok {
		_, files, err := d.files(of)
		if err != nil || len(files) != 1 {
			return sample.File{}, fmt.Errorf("%q is not one file: %w", of, err)
		}
		return sample.File{Path: name, Data: files[0].Data}, nil
	}
	name, kind, _ := strings.Cut(spec, ":")
	f := sample.File{Path: name}
	if part := strings.Split(kind, "/"); len(part) == 3 {
		data, err := d.volume(part[0], part[1], part[2])
		f.Data = data
		return f, err
	}
	switch kind {
	case "text":
		f.Data = []byte("只是一段文字。\r\n")
	case "empty":
	case "rar":
		f.Data = append([]byte("Rar!\x1a\x07\x01\x00"), bytes.Repeat([]byte{0x33, 0x92, 0xb5, 0xe5}, 200)...)
	case "notice":
		f.Data = []byte("您好，本邮件的附件“[案例]材料.rar”因违反安全策略，已被邮件安全网关拦截。\r\n")
	case "p7m":
		f.Data = []byte("no attachment of this kind")
	case "encrypted":
		f.Data = encrypted()
	case "statistics":
		f.Data = sample.Statistics("湛江市")
	case "picture":
		f.Data = sample.Photo(name, 1)
	case "zip":
		f.Data = sample.Zip([]sample.File{{Path: "照片4.jpg", Data: sample.Photo(name, 1)}}, sample.UTF8)
	case "pictures":
		f.Data = sample.Zip([]sample.File{{Path: "图1.png", Data: sample.Promo(name, 1)}, {Path: "图2.png", Data: sample.Promo(name, 2)}}, sample.UTF8)
	case "merged", "form", "photos":
		data, err := os.ReadFile("../../../parser/" + map[string]string{"merged": "form/testdata/merged/all.pdf", "form": "form/testdata/long.docx", "photos": "document/testdata/inside/photos.docx"}[kind])
		if err != nil {
			return f, err
		}
		f.Data = data
	case "heavy":
		f.Data = append(sample.Photo(name, 1), noise(name, 170<<10)...)
	case "marked":
		f.Data = sample.Marked{Mark: "机密★5年", Title: "关于某项工作的通报"}.Docx()
	case "cover":
		f.Data = sample.Cover{City: "佛山市"}.PDF()
	case "otherform":
		f.Data = otherForm()
	default:
		if names, ok := strings.CutPrefix(kind, "list="); ok {
			f.Data = d.summary(name, strings.Split(names, ","))
			return f, nil
		}
		for _, a := range d.archive.Files {
			if a.Name == name {
				f.Data = a.Data
				return f, nil
			}
		}
		return f, fmt.Errorf("no kind of file %q", kind)
	}
	return f, nil
}

// summary is a bureau's list of packages, as Word or Excel by its name.
func (d *dialogue) summary(file string, names []string) []byte {
	s := sample.Summary{}
	for _, n := range names {
		s.City = d.packages[n].City
		s.Cases = append(s.Cases, d.packages[n])
	}
	if strings.HasSuffix(file, ".docx") {
		return s.Docx()
	}
	return s.Xlsx()
}

// volume is the n-th of so many pieces of a package's zip.
func (d *dialogue) volume(of, n, pieces string) ([]byte, error) {
	_, files, err := d.files(of)
	if err != nil {
		return nil, err
	}
	var i, all int
	if _, err := fmt.Sscan(n, &i); err != nil {
		return nil, err
	}
	if _, err := fmt.Sscan(pieces, &all); err != nil || i < 1 || i > all {
		return nil, fmt.Errorf("no piece %s of %s", n, pieces)
	}
	whole := sample.Zip(files, sample.UTF8)
	return whole[len(whole)*(i-1)/all : len(whole)*i/all], nil
}

// winmail is a container of Outlook: title and data of each file ([MS-OXTNEF]).
func winmail(files []sample.File) []byte {
	out := []byte("\x78\x9f\x3e\x22\x01\x00")
	add := func(id uint32, data []byte) {
		out = append(out, 2)
		out = binary.LittleEndian.AppendUint32(out, id)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
		sum := uint16(0)
		for _, c := range data {
			sum += uint16(c)
		}
		out = binary.LittleEndian.AppendUint16(append(out, data...), sum)
	}
	for _, f := range files {
		add(0x00069002, make([]byte, 14))
		add(0x00018010, []byte(f.Path+"\x00"))
		add(0x0006800F, f.Data)
	}
	return out
}

// noise is what no archive makes smaller; the same each time.
func noise(seed string, n int) []byte {
	var out []byte
	for sum := sha256.Sum256([]byte(seed)); len(out) < n; sum = sha256.Sum256(sum[:]) {
		out = append(out, sum[:]...)
	}
	return out[:n]
}

// encrypted is an archive of which one entry is encrypted (APPNOTE.TXT 4.4.4, bit 0).
func encrypted() []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	h := &zip.FileHeader{Name: "form.docx", Method: zip.Deflate, Flags: 1, CompressedSize64: 64, UncompressedSize64: 90, CRC32: 0x1234}
	e, err := w.CreateRaw(h)
	if err == nil {
		_, err = e.Write(bytes.Repeat([]byte{0xa7}, 64))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a bytes.Buffer does not fail
	}
	return out.Bytes()
}

// otherForm is a Word document that is no application form.
func otherForm() []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>2024年第三季度安全生产工作总结</w:t></w:r></w:p><w:p><w:r><w:t>今年以来，我司认真落实安全生产责任制，组织培训三次。</w:t></w:r></w:p></w:body></w:document>`},
	} {
		e, err := w.Create(part[0])
		if err == nil {
			_, err = e.Write([]byte(part[1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// receive lets somebody write, or delivers a mail of the archive.
func (d *dialogue) receive(args []string) error {
	plain, o := parse(args)
	if len(plain) != 1 {
		return fmt.Errorf("who writes?")
	}
	var raw []byte
	from := ""
	if strings.HasSuffix(plain[0], ".eml") {
		text, err := d.file(plain[0], o)
		if err != nil {
			return err
		}
		raw = bytes.ReplaceAll([]byte(text), []byte("\n"), []byte("\r\n"))
		from = sender(raw)
		if o["from"] != "" {
			from = strings.Trim(o["from"], "<>")
		}
	} else {
		m := d.writer(plain[0], o)
		if err := d.fill(&m, o); err != nil {
			return err
		}
		raw, from = m.Bytes(), m.From
	}
	if o["sealed"] != "" {
		o["folder"] = "INBOX"
		var err error
		if raw, err = d.imported(raw, o); err != nil {
			return err
		}
	}
	return d.deliver(raw, from, o)
}

// imported seals a mail as the import at the machine does; key=other is another's key.
func (d *dialogue) imported(raw []byte, o options) ([]byte, error) {
	said := intake.Imported{City: o["sealed"], Basis: o["basis"], Beside: o["beside"] != ""}
	if strings.HasPrefix(said.City, d.settings.Call.Prefix) {
		said.Case, said.City = said.City, ""
	}
	if o["arrived"] != "" {
		var err error
		if said.Arrived, err = time.ParseInLocation("2006-01-02 15:04", o["arrived"], intake.Zone()); err != nil {
			return nil, err
		}
	}
	m, err := parsed.Read(bytes.NewReader(raw), parsed.Limits{}, func(r io.Reader) (string, int64, error) {
		h := sha256.New()
		n, err := io.Copy(h, r)
		return hex.EncodeToString(h.Sum(nil)), n, err
	})
	if err != nil {
		return nil, err
	}
	key := d.bot.House.Key
	if o["key"] != "" {
		key = []byte(o["key"])
	}
	s, err := intake.SealImport(key, said, m)
	return append(fmt.Appendf(nil, "%s: %s\r\n%s: %s\r\n", parsed.ImportHeader, s.Statement, parsed.ImportSeal, s.Seal), raw...), err
}

// deliver hands a mail to the server as any mail program does, and turns the
// bot.
func (d *dialogue) deliver(raw []byte, from string, o options) error {
	raw, err := edit(raw, o)
	if err != nil {
		return err
	}
	d.count++
	label := "mail " + strconv.Itoa(d.count)
	if o["as"] != "" {
		label = o["as"]
	}
	d.sentRaw[label] = raw
	if from != "" && o["stranger"] == "" {
		if _, err := d.office.Mails(from, "INBOX"); err != nil {
			d.office.AddUser(from)
		}
	}
	folder := "INBOX"
	if o["folder"] != "" {
		folder = o["folder"]
		err = d.office.Append(sample.Mailbox, folder, raw, d.clock.Now())
	} else {
		err = smtp.SendMail(d.office.SMTPAddr(), nil, from, []string{sample.Mailbox}, raw)
	}
	if err != nil {
		return err
	}
	d.lay(folder)
	if id := header(raw, "Message-Id"); id != "" {
		d.labels[strings.Trim(id, "<>")] = label
	}
	d.labels[hash(d.newest(folder).Raw)] = label
	if o["wait"] == "" {
		d.turn()
	}
	return nil
}

func (d *dialogue) newest(folder string) postoffice.Stored {
	mails := d.mails(folder)
	return mails[len(mails)-1]
}

// label is the script's name of a mail, or the place of a letter of ours among
// all that were sent.
func (d *dialogue) label(id, sha string) string {
	if l := d.labels[sha]; l != "" {
		return l
	}
	if l := d.labels[strings.Trim(id, "<>")]; l != "" {
		return l
	}
	for i, a := range d.letters() {
		if id != "" && strings.Trim(header(a.Raw, "Message-Id"), "<>") == strings.Trim(id, "<>") {
			return "letter " + strconv.Itoa(i+1)
		}
	}
	return "?"
}

// edit damages a mail: id=, no-id, cut=60 (per cent that remain), swap=a->b.
func edit(raw []byte, o options) ([]byte, error) {
	if id, ok := o["id"]; ok {
		line := regexp.MustCompile(`(?im)^Message-ID: .*\r\n`)
		with := "Message-ID: " + id + "\r\n"
		if id == "none" {
			with = ""
		}
		raw = line.ReplaceAllLiteral(raw, []byte(with))
	}
	if o["cut"] != "" {
		n, err := strconv.Atoi(o["cut"])
		if err != nil || n < 1 || n > 99 {
			return nil, fmt.Errorf("cut=1…99")
		}
		raw = append(slices.Clone(raw[:len(raw)*n/100]), "\r\n"...)
	}
	if a, b, ok := strings.Cut(o["swap"], "->"); ok {
		raw = bytes.Replace(raw, []byte(a), []byte(b), 1)
	}
	return raw, nil
}

// again delivers a mail once more: as the sender's server would, which writes
// other trace lines, or exactly, as somebody who copies it in the mailbox.
func (d *dialogue) again(args []string) error {
	plain, o := parse(args)
	raw := d.sentRaw[plain[0]]
	if raw == nil {
		return fmt.Errorf("no such mail")
	}
	if o["as"] == "" {
		o["as"] = plain[0] + "′"
	}
	if len(plain) == 2 && plain[1] == "exact" {
		for _, m := range d.mails("INBOX") {
			if bytes.HasSuffix(m.Raw, raw) {
				raw = m.Raw
				break
			}
		}
		o["folder"] = "INBOX"
	}
	return d.deliver(raw, sender(d.sentRaw[plain[0]]), o)
}

// offered is the reply that a letter to staff offers for one that waits.
var offered = regexp.MustCompile(`放行 ([0-9A-Z]{4}-[0-9A-Z]{4})`)

// reply answers a letter: reply WHO to "words" [text] key=value… {code} in the text
// is that letter's code, {held1} that of the first letter it offers to release.
func (d *dialogue) reply(args []string) error {
	plain, o := parse(args)
	if len(plain) < 3 || plain[1] != "to" {
		return fmt.Errorf("reply WHO to \"words\" text")
	}
	m := d.writer(plain[0], o)
	reader := m.From
	if o["of"] != "" {
		reader = sample.BureauOf(o["of"]).Address
	}
	l, err := d.letter(reader, plain[2])
	if err != nil {
		return err
	}
	if len(plain) > 3 {
		o["text"] = strings.Join(plain[3:], " ")
	}
	if err := d.fill(&m, o); err != nil {
		return err
	}
	places := []string{"{code}", l.Code}
	for i, found := range offered.FindAllStringSubmatch(l.Text, -1) {
		places = append(places, fmt.Sprintf("{held%d}", i+1), found[1])
	}
	m.Text = strings.NewReplacer(places...).Replace(m.Text)
	if o["of"] != "" {
		l = forwarded(l, sample.BureauOf(o["of"]), m)
	}
	m.Answers = l
	return d.deliver(m.Bytes(), m.From, o)
}

// forwarded is a letter of ours as the bureau passed it on to somebody.
func forwarded(l *sample.Letter, b sample.Bureau, to sample.Mail) *sample.Letter {
	return &sample.Letter{From: b.Address, FromName: b.Name(), To: to.From, Subject: "转发: " + l.Subject, Date: to.At.Add(-40 * time.Minute),
		MessageID: fmt.Sprintf("<%s.forward@%s>", to.At.Format("20060102150405"), strings.SplitN(b.Address, "@", 2)[1]), References: append(l.References, l.MessageID),
		Text: "请贵司尽快按省厅要求补充。\n \n发件人： " + l.FromName + "\n发送时间： " + l.Date.Format("2006-01-02 15:04") + "\n收件人： " + l.To + "\n主题： " + l.Subject + "\n" + l.Text}
}

// letter is the newest letter that somebody got, with the words in subject or
// text.
func (d *dialogue) letter(reader, words string) (*sample.Letter, error) {
	mails, err := d.office.Mails(reader, "INBOX")
	if err != nil {
		return nil, err
	}
	var in sample.Inbox
	for _, m := range mails {
		in = append(in, m.Raw)
	}
	l := in.Newest(words)
	if l == nil {
		return nil, fmt.Errorf("%s got no letter with %q", reader, words)
	}
	return l, nil
}

// file gives a mail of the archive with its places filled in.
func (d *dialogue) file(name string, o options) (string, error) {
	text := ""
	for _, f := range d.archive.Files {
		if f.Name == name {
			text = string(f.Data)
		}
	}
	if text == "" {
		return "", fmt.Errorf("no such file in the archive")
	}
	if o["about"] != "" {
		m := d.writer(o["about"], nil)
		l, err := d.letter(m.From, o["words"])
		if err != nil {
			return "", err
		}
		text = strings.NewReplacer("{mid}", l.MessageID, "{code}", l.Code, "{subject}", l.Subject, "{text}", l.Text, "{to}", l.To,
			"{quoted}", "> "+strings.ReplaceAll(l.Text, "\n", "\n> ")).Replace(text)
	}
	for id, label := range d.labels {
		if strings.Contains(id, "@") {
			text = strings.ReplaceAll(text, "{id:"+label+"}", "<"+id+">")
		}
	}
	if o["zip"] != "" {
		p, files, err := d.files(o["zip"])
		if err != nil {
			return "", err
		}
		text = strings.ReplaceAll(text, "{base64}", wrapped(sample.Zip(sample.Under(p.Folder(), files), sample.GBK)))
	}
	if n, err := strconv.Atoi(o["nested"]); err == nil {
		text = strings.ReplaceAll(text, "{nested}", nested(n))
	}
	return text, nil
}

func wrapped(data []byte) string {
	text := base64.StdEncoding.EncodeToString(data)
	var out strings.Builder
	for len(text) > 76 {
		out.WriteString(text[:76] + "\n")
		text = text[76:]
	}
	return out.String() + text
}

// nested is a body of n multiparts, each inside the one before.
func nested(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	out.WriteString("Content-Type: text/plain\n\nx\n")
	return out.String()
}

// readable is a letter as it is compared: headers that matter, then the text.
func (d *dialogue) readable(a postoffice.Accepted) string {
	l, err := sample.ReadLetter(a.Raw)
	if err != nil {
		return err.Error()
	}
	var out strings.Builder
	fmt.Fprintf(&out, "At: %s\nTo: %s\nSubject: %s\n", a.At.Format("2006-01-02 15:04"), strings.Join(a.To, ", "), l.Subject)
	if id := strings.TrimSpace(header(a.Raw, "In-Reply-To")); id != "" {
		fmt.Fprintf(&out, "In-Reply-To: %s\n", d.label(id, ""))
	}
	if len(l.References) > 0 {
		var names []string
		for _, id := range l.References {
			names = append(names, d.label(id, ""))
		}
		fmt.Fprintf(&out, "References: %s\n", strings.Join(names, ", "))
	}
	if names := d.attached(l.MessageID); len(names) > 0 {
		fmt.Fprintf(&out, "Attached: %s\n", strings.Join(names, ", "))
	}
	fmt.Fprintf(&out, "\n%s\n", l.Text)
	return out.String()
}

// attached names the files of a letter.
func (d *dialogue) attached(id string) (names []string) {
	d.t.Helper()
	err := d.ledger.View(func(tx *ledger.Tx) error {
		l, _, err := outbox.ByMessageID(tx, id)
		for _, f := range l.Attachments {
			names = append(names, f.Name)
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return names
}

func header(raw []byte, name string) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	value := m.Header.Get(name)
	if decoded, err := new(mime.WordDecoder).DecodeHeader(value); err == nil {
		return decoded
	}
	return value
}

// sender is the address in From, for the envelope.
func sender(raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	list, err := m.Header.AddressList("From")
	if err != nil || len(list) == 0 {
		return ""
	}
	return list[0].Address
}
