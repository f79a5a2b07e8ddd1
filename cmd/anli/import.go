package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/mailbox"
)

// runImport is `anli import`: it lays what came by other ways into the mailbox, as
// mails that the daemon takes like all else. It touches nothing but the mailbox.
func runImport(ctx context.Context, c call) error {
	city := c.flags.String("city", "", "whose material it is: a `city` of the call")
	number := c.flags.String("case", "", "the case that it supplements: its `number`")
	arrived := c.flags.String("arrived", "", "`time` at which it arrived, for what came before")
	config, paths, err := c.configured(math.MaxInt)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return usagef("anli import: name a stick's folder, an archive, an .eml, an mbox or a Maildir")
	}
	said, err := readSaid(config, *city, *number, *arrived, time.Now())
	if err != nil {
		return err
	}
	if _, err := config.Mailbox.Password(); err != nil {
		return &configError{file: config.File, text: err.Error()}
	}
	dir, err := os.MkdirTemp("", "anli-import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	x := &importing{config: config, said: said, dir: dir, limit: int64(config.Settings.Mailbox.MaxMail) << 20, call: c}
	err = x.run(ctx, paths)
	x.tell()
	switch {
	case err != nil && (errors.Is(err, mailbox.ErrNetwork) || ctx.Err() != nil):
		return fmt.Errorf("%w; what is listed above is in the mailbox: run the same command again for the rest", err)
	case err == nil && len(x.found.problems) > 0:
		return errProblems
	}
	return err
}

// numberShape is a case number as the desk gives it.
var numberShape = regexp.MustCompile(`^([A-Za-z]{1,6})(\d{4})-?(\d{4})$`)

// readSaid checks what was said on the command line.
func readSaid(config Config, city, number, arrived string, now time.Time) (said intake.Imported, err error) {
	call := config.Settings.Call
	if city != "" && number != "" {
		return said, usagef("anli import: --city or --case, not both: a case has its city")
	}
	if city != "" {
		for _, c := range call.Cities {
			if c == city || strings.TrimSuffix(c, "市") == city {
				said.City = c
			}
		}
		if said.City == "" {
			return said, usagef("--city %q is no city of this call; it has %s", city, strings.Join(call.Cities, ", "))
		}
	}
	if number != "" {
		m := numberShape.FindStringSubmatch(strings.TrimSpace(number))
		if m == nil || !strings.EqualFold(m[1], call.Prefix) {
			return said, usagef("--case %q is no case number; write it as %s%d-0001", number, call.Prefix, call.Year())
		}
		said.Case = call.Prefix + m[2] + "-" + m[3]
	}
	if arrived != "" {
		var c checker
		said.Arrived = c.moment("--arrived", arrived, false)
		if c.err != nil {
			return said, usagef("--arrived %q is no time; write \"2024-10-29 16:20\" or 2024-10-29T16:20:00+08:00", arrived)
		}
		if said.Arrived.After(now) {
			return said, usagef("--arrived %q is in the future", arrived)
		}
	}
	return said, nil
}

// importing is one run of the command.
type importing struct {
	config  Config
	said    intake.Imported
	dir     string // for spools
	limit   int64  // bytes of one mail
	call    call
	box     *mailbox.Box
	here    *inMailbox
	found   *stick
	brought []string // what was laid into the mailbox
	known   int      // mails that were there
}

func (x *importing) material() bool { return x.said.City != "" || x.said.Case != "" }

func (x *importing) run(ctx context.Context, paths []string) error {
	x.found = &stick{}
	var pack packer
	if x.material() {
		key, err := readKey(x.config.KeyFile)
		if errors.Is(err, os.ErrNotExist) {
			err = &configError{file: x.config.File, text: fmt.Sprintf("the key file %s is missing: it seals what is brought in, and the first start of `anli run` makes it", x.config.KeyFile)}
		}
		if err != nil {
			return err
		}
		h := house(x.config, key)
		pack = packer{key: key, address: h.From, domain: h.Domain, spool: filepath.Join(x.dir, "sealed"), said: x.said}
		x.found = look(paths, false)
	} else {
		x.found = lookMails(paths)
	}
	if len(x.found.parcels)+len(x.found.mails) == 0 {
		return nil
	}
	x.box = mailbox.New(x.config.Mailbox)
	defer x.box.Close()
	var err error
	if x.here, err = lookInto(ctx, x.box, firstText(x.config.Mailbox.Inbox, "INBOX")); err != nil {
		return err
	}
	if x.material() {
		return x.bringMaterial(ctx, pack)
	}
	return x.bringMails(ctx)
}

// bringMails lays saved mails into the mailbox as they are.
func (x *importing) bringMails(ctx context.Context) error {
	spool := filepath.Join(x.dir, "original")
	for _, f := range x.found.mails {
		err := x.found.originals(f, spool, x.limit, func(o original) error {
			there, err := x.here.has(ctx, o)
			if err != nil {
				return err
			}
			if there {
				x.known++
				return nil
			}
			return x.append(ctx, o.label(), nil, o.spool, o.size, o.arrival(x.said.Arrived, time.Now()))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bringMaterial makes one mail of each parcel, several of a large one.
func (x *importing) bringMaterial(ctx context.Context, pack packer) error {
	parts, err := x.parts()
	if err != nil {
		return err
	}
	for i, p := range parts {
		place := ""
		if len(parts) > 1 { // the desk waits for the rest of an announced series and answers once
			place = fmt.Sprintf("（%d/%d）", i+1, len(parts))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		mail, err := x.sealed(pack, p, place)
		var unread *os.PathError
		switch {
		case errors.As(err, &unread) && unread.Path != pack.spool:
			x.found.bad(unread.Path, plainWhy(err)+"，“"+p.name+"”未导入")
			continue
		case errors.Is(err, errChanged):
			x.found.bad(p.path, oneLine(err))
			continue
		case err != nil:
			return err
		case mail.size == 0:
			x.known++
			continue
		}
		// One second each, none in the future: the order of the desk is that of arrival.
		at := time.Now().Add(-time.Duration(len(parts)-1-i) * time.Second)
		if err := x.append(ctx, p.name, mail.head, mail.spool, mail.size, at); err != nil {
			return err
		}
	}
	return nil
}

// sealed is a parcel's mail; of size 0 if it is in the mailbox.
func (x *importing) sealed(pack packer, p parcel, place string) (sealed, error) {
	who, err := pack.identify(p)
	if err != nil || x.here.ids[who.id] {
		return sealed{}, err
	}
	x.here.ids[who.id] = true
	return pack.seal(p, who, place)
}

// parts are the parcels as mails. What lies beside packages comes after them.
func (x *importing) parts() ([]parcel, error) {
	all := x.found.parcels
	for _, f := range x.found.mails {
		err := x.found.originals(f, filepath.Join(x.dir, "original"), x.limit, func(o original) error {
			p, err := o.wrapped(filepath.Join(x.dir, fmt.Sprintf("mail%d", len(all))))
			all = append(all, p)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if x.said.Case != "" && len(x.found.parcels) > 1 {
		return nil, usagef("anli import: --case is one case, but these are %d packages; name one", len(x.found.parcels))
	}
	setBeside(all)
	var first, beside []parcel
	for _, p := range all {
		p.files = x.found.readable(p.files)
		parts, large := p.fit(x.limit)
		for _, m := range large {
			x.found.bad(m.disk, fmt.Sprintf("太大，装不进一封邮件（单封上限%dMB，[mailbox] max_mail）；如是压缩包，请解开后导入文件夹", x.limit>>20))
		}
		if p.beside {
			beside = append(beside, parts...)
		} else {
			first = append(first, parts...)
		}
	}
	return append(first, beside...), nil
}

// setBeside says what makes a case although nothing in it can be read: the folders and
// archives named [案例]…; where there are none, all folders and archives; else what
// there is, if it is one thing.
func setBeside(all []parcel) {
	marked, whole := 0, 0
	for _, p := range all {
		if p.marked {
			marked++
		}
		if !p.loose && !p.mail {
			whole++
		}
	}
	for i := range all {
		p := &all[i]
		switch {
		case marked > 0:
			p.beside = !p.marked
		case whole > 0:
			p.beside = p.loose || p.mail
		default:
			p.beside = len(all) > 1
		}
	}
}

// append lays one mail into the mailbox. A refusal is told and costs this one alone.
func (x *importing) append(ctx context.Context, label string, head []byte, spool string, size int64, at time.Time) error {
	f, err := os.Open(spool)
	if err != nil {
		return err
	}
	defer f.Close()
	body := io.Reader(f)
	if show := progressOn(x.call.stderr); show != nil {
		body = &counting{r: f, size: size, show: func(n, all int64) { show(label+" MB", n>>20, all>>20) }}
	}
	err = x.box.AppendFrom(ctx, x.here.folder, io.MultiReader(bytes.NewReader(head), body), size, at)
	if errors.Is(err, mailbox.ErrRefused) {
		x.found.bad(label, "邮件服务器拒收（"+oneLine(err)+"）")
		return nil
	}
	if err == nil {
		x.brought = append(x.brought, label)
	}
	return err
}

// counting tells how much of a mail has gone.
type counting struct {
	r       io.Reader
	n, size int64
	show    func(n, all int64)
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.show(c.n, c.size)
	return n, err
}

// tell says what became of it.
func (x *importing) tell() {
	w := x.call.stdout
	for _, b := range x.brought {
		fmt.Fprintf(w, "已导入：%s\n", b)
	}
	if x.known > 0 {
		fmt.Fprintf(w, "邮箱中已有，未重复导入：%d封\n", x.known)
	}
	if x.found.litter > 0 {
		fmt.Fprintf(w, "系统附带的文件已略去：%d项\n", x.found.litter)
	}
	for _, p := range x.found.problems {
		fmt.Fprintf(w, "未能导入：%s\n", p)
	}
	fmt.Fprintf(w, "共导入%d封，未能导入%d项。\n", len(x.brought), len(x.found.problems))
	const many = 20 // as the desk holds letters where so many old mails appear (bot.manyOld)
	if !x.material() && len(x.brought) > many {
		fmt.Fprintln(w, "一次导入的旧邮件较多，程序会先暂存对外信件，待工作人员回复“放行 全部”。")
	}
}
