package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
)

// importer brings what lies on disk into the division's mailbox, where the daemon
// takes it like any mail. What is there already is not added again: a repeat after a
// broken run adds the rest.
type importer struct {
	config   Config
	key      []byte
	box      *mailbox.Box
	order    intake.Import // where material goes; with neither city nor case, only mails can be brought in
	arrived  time.Time     // --arrived
	now      time.Time
	progress ledger.Progress

	added, there int      // mails
	junk         int      // what systems leave beside people's files
	problems     []string // a line each: what could not be brought in, and why
}

// runImport is `anli import`.
func runImport(ctx context.Context, c call) error {
	path := c.flags.String("config", "", "configuration `file`")
	city := c.flags.String("city", "", "the material is of this `city`'s bureau")
	number := c.flags.String("case", "", "the material is for the case with this `number`")
	arrived := c.flags.String("arrived", "", "`time` at which it came to the office")
	paths, err := c.parse()
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return usagef("anli import: name a USB stick's folder, an archive, an .eml, an .mbox or a Maildir")
	}
	config, err := readConfig(configPath(*path))
	if err != nil {
		return err
	}
	im := &importer{config: config, now: time.Now().In(intake.Zone()).Truncate(time.Second), progress: progressOn(c.stderr)}
	if err := im.ordered(*city, *number, *arrived); err != nil {
		return err
	}
	if err := im.ready(paths); err != nil {
		return err
	}
	im.box = mailbox.New(config.Mailbox)
	defer im.box.Close()
	for _, p := range paths {
		if err := im.bring(ctx, p); err != nil {
			im.summary(c.stdout)
			return fmt.Errorf("%w; what was added stays: the same command again adds the rest", err)
		}
	}
	im.summary(c.stdout)
	if len(im.problems) > 0 {
		return errProblems
	}
	return nil
}

var caseNumberForm = regexp.MustCompile(`^[A-Za-z]{1,6}\d{4}-\d{4}$`)

// ordered reads where the material goes.
func (im *importer) ordered(city, number, arrived string) error {
	switch {
	case city != "" && number != "":
		return usagef("anli import: --city or --case, not both: a case has its city")
	case number != "" && !caseNumberForm.MatchString(number):
		return usagef("anli import: --case %q is no case number; write %s2024-0007", number, im.config.Settings.Call.Prefix)
	case city != "":
		i := slices.IndexFunc(im.config.Settings.Call.Cities, func(c string) bool { return c == city || strings.TrimSuffix(c, "市") == city })
		if i < 0 {
			return usagef("anli import: --city %q is none of this call: %s", city, strings.Join(im.config.Settings.Call.Cities, " "))
		}
		city = im.config.Settings.Call.Cities[i]
	}
	im.order.City, im.order.Case = city, strings.ToUpper(number)
	if arrived == "" {
		return nil
	}
	var c checker
	im.arrived = c.moment("--arrived", arrived, false)
	switch {
	case c.err != nil:
		return usagef("anli import: --arrived %q is no time; write 2024-10-29 or 2024-10-29T16:20:00+08:00", arrived)
	case im.arrived.After(im.now):
		return usagef("anli import: --arrived %s lies ahead", arrived)
	}
	im.order.Came = im.arrived
	return nil
}

// placed: files other than mails can be brought in.
func (im *importer) placed() bool { return im.order.City != "" || im.order.Case != "" }

// ready looks at everything that is named before anything is added.
func (im *importer) ready(paths []string) (err error) {
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return usagef("anli import: %v", err)
		}
		if !im.placed() && !holdsMails(p, info) {
			return usagef("anli import: %s holds no mails; say whose material it is by --city 市 or --case CODE", p)
		}
	}
	if _, err := im.config.Mailbox.Password(); err != nil {
		return &configError{file: im.config.File, text: err.Error()}
	}
	if im.placed() {
		im.key, err = readKey(im.config.KeyFile)
		if errors.Is(err, os.ErrNotExist) {
			return &configError{file: im.config.File, text: fmt.Sprintf("the key file %s is not there: `anli run` makes it at its first start, and takes in only what is sealed with it", im.config.KeyFile)}
		}
	}
	return err
}

func (im *importer) bring(ctx context.Context, p string) error {
	info, err := os.Stat(p)
	switch {
	case err != nil:
		return err
	case !info.IsDir() && isMailFile(p):
		return im.mail(ctx, p)
	case !info.IsDir() && isMbox(p):
		return im.mbox(ctx, p)
	case !info.IsDir():
		return im.parcel(ctx, parcel{title: decoded(filepath.Base(p)), files: []source{{decoded(filepath.Base(p)), p, info.Size(), info.ModTime()}}, from: "文件"})
	}
	if mails, ok := mailsIn(p); ok {
		for _, m := range mails {
			if err := im.mail(ctx, m); err != nil {
				return err
			}
		}
		return nil
	}
	parcels := im.parcelsIn(p)
	if len(parcels) == 0 {
		im.problem("%s：没有可导入的文件", p)
	}
	for _, one := range parcels {
		if err := im.parcel(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) problem(format string, args ...any) {
	im.problems = append(im.problems, fmt.Sprintf(format, args...))
}

// put adds a mail to the inbox unless one with its Message-ID is there.
func (im *importer) put(ctx context.Context, what string, raw []byte, id string, at time.Time) error {
	if im.progress != nil {
		im.progress("写入 "+what, int64(im.added+im.there+1), int64(im.added+im.there+1))
	}
	inbox := firstText(im.config.Mailbox.Inbox, "INBOX")
	if id != "" {
		found, err := im.box.Find(ctx, inbox, id)
		if err != nil {
			return err
		}
		if found {
			im.there++
			return nil
		}
	}
	if most := im.most(); int64(len(raw)) > most {
		im.problem("%s：%s，超过邮箱单封上限（%d MB），未导入", what, size(int64(len(raw))), most>>20)
		return nil
	}
	err := im.box.Append(ctx, inbox, raw, at, false)
	switch {
	case errors.Is(err, mailbox.ErrRefused):
		im.problem("%s：邮件服务器不接收（%s）", what, oneLine(err))
		return nil
	case err != nil:
		return err
	}
	im.added++
	return nil
}

// most is how many bytes one mail may have at the division's server.
func (im *importer) most() int64 {
	if n := im.config.Settings.Mailbox.MaxMail; n > 0 {
		return int64(n) << 20
	}
	return 50 << 20
}

func (im *importer) summary(w io.Writer) {
	fmt.Fprintf(w, "已写入邮箱%d封", im.added)
	if im.there > 0 {
		fmt.Fprintf(w, "；%d封此前已在邮箱，未重复写入", im.there)
	}
	if im.junk > 0 {
		fmt.Fprintf(w, "；略过系统文件%d个", im.junk)
	}
	fmt.Fprintln(w, "。程序运行时会按来信登记和回执。")
	if len(im.problems) > 0 {
		fmt.Fprintf(w, "未能导入%d项：\n", len(im.problems))
		for _, p := range im.problems {
			fmt.Fprintln(w, "  "+p)
		}
	}
}
