package bot_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
)

// move is what people do in their webmail: move LABEL FROM TO.
func (d *dialogue) move(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("move LABEL FROM TO")
	}
	for _, m := range d.mails(args[1]) {
		if d.labels[hash(m.Raw)] != args[0] {
			continue
		}
		if err := d.office.Remove(sample.Mailbox, args[1], m.UID); err != nil {
			return err
		}
		if err := d.office.Append(sample.Mailbox, args[2], m.Raw, m.At); err != nil {
			return err
		}
		d.laid[args[1]], d.laid[args[2]] = d.mails(args[1]), d.mails(args[2])
		d.turn()
		return nil
	}
	return fmt.Errorf("%s is not in %s", args[0], args[1])
}

// old lets mails of another day turn up in the inbox, one a minute: old COUNT DATE TIME.
func (d *dialogue) old(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("old COUNT DATE TIME")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", strings.Join(args[1:], " "), intake.Zone())
	if err != nil {
		return err
	}
	for i := range n {
		m := d.writer("湛江市", options{})
		m.At, m.Subject, m.Text = at.Add(time.Duration(i)*time.Minute), fmt.Sprintf("网络零售日报（%d）", i+1), "日报见附件。"
		if err := d.office.Append(sample.Mailbox, "INBOX", m.Bytes(), m.At); err != nil {
			return err
		}
	}
	d.lay("INBOX")
	d.turn()
	return nil
}
