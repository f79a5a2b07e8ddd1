package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Quota returns what the account uses and may use, in bytes (RFC 2087 STORAGE,
// which counts KiB); not ok where the server has no quota to tell.
func (b *Box) Quota(ctx context.Context) (used, limit int64, ok bool, err error) {
	err = b.do(ctx, func(s *session) error {
		used, limit, ok, err = s.quota(b.set.Inbox)
		return err
	})
	return used, limit, ok, err
}

func (s *session) quota(folder string) (used, limit int64, ok bool, err error) {
	if !s.c.Caps().Has(imap.CapQuota) {
		return 0, 0, false, nil
	}
	var roots []imapclient.QuotaData
	err = s.wait(func() (err error) {
		roots, err = s.c.GetQuotaRoot(folder).Wait()
		return err
	})
	if errors.Is(err, ErrRefused) {
		return 0, 0, false, nil
	}
	for _, root := range roots { // the tightest counts
		r, has := root.Resources[imap.QuotaResourceStorage]
		if has && r.Limit > 0 && (!ok || float64(r.Usage)/float64(r.Limit) > float64(used)/float64(limit)) {
			used, limit, ok = r.Usage<<10, r.Limit<<10, true
		}
	}
	return used, limit, ok, err
}

// Finding is one line of what Check found.
type Finding struct {
	What   string // connection, greeting, tls, login, capabilities, idle, id, quota, folder <name>, append <name>
	OK     bool
	Detail string
}

// Check goes over a new connection step by step and says what works, for the
// operator. It changes nothing. The findings end where the next step would be
// pointless; the error is that of ctx only.
func (b *Box) Check(ctx context.Context) ([]Finding, error) {
	if err := b.take(ctx); err != nil {
		return nil, err
	}
	defer b.release()
	b.drop()
	var all []Finding
	say := func(what string, err error, detail string) bool {
		if err != nil {
			detail = err.Error()
		}
		all = append(all, Finding{what, err == nil, detail})
		return err == nil
	}
	s, err := b.connect(ctx)
	if !say("connection", err, b.set.Address) {
		return all, ctx.Err()
	}
	defer s.close()
	stop := context.AfterFunc(ctx, s.cut)
	defer stop()
	greeting, _, _, _ := s.m.said()
	say("greeting", nil, greeting)
	say("tls", nil, b.encryption(s))
	if err = b.lock.err(time.Now()); err == nil {
		err = b.login(s)
		b.lock.note(err, time.Now())
	}
	if !say("login", err, b.set.User+" by "+b.set.Auth) {
		return all, ctx.Err()
	}
	b.checkServer(s, say)
	b.checkFolders(s, say)
	return all, ctx.Err()
}

func (b *Box) encryption(s *session) string {
	conn, ok := s.m.Conn.(*tls.Conn)
	if !ok {
		return "none"
	}
	return tls.VersionName(conn.ConnectionState().Version)
}

func (b *Box) checkServer(s *session, say func(string, error, string) bool) {
	var caps []string
	for c := range s.c.Caps() {
		caps = append(caps, string(c))
	}
	slices.Sort(caps)
	say("capabilities", nil, strings.Join(caps, " "))
	idle := "offered"
	if !s.c.Caps().Has(imap.CapIdle) {
		idle = fmt.Sprintf("not offered, polling every %v", b.set.Poll)
	}
	say("idle", nil, idle)
	if !s.c.Caps().Has(imap.CapID) {
		say("id", nil, "not offered")
	} else {
		err := s.introduce()
		_, _, id, _ := s.m.said()
		say("id", err, id)
	}
	used, limit, ok, err := s.quota(b.set.Inbox)
	switch {
	case err != nil || !ok:
		say("quota", err, "none told")
	case used*5 > limit*4:
		say("quota", fmt.Errorf("%d of %d MiB used: less than 20 %% is free", used>>20, limit>>20), "")
	default:
		say("quota", nil, fmt.Sprintf("%d of %d MiB used", used>>20, limit>>20))
	}
}

// checkFolders opens each folder. Those that are written to are opened for
// writing, which tells of the right to append and changes nothing.
func (b *Box) checkFolders(s *session, say func(string, error, string) bool) {
	for _, f := range []struct {
		name  string
		write bool
	}{{b.set.Inbox, false}, {b.set.Junk, false}, {b.set.Sent, true}, {b.set.Journal, true}} {
		if f.name == "" || s.dead {
			continue
		}
		d, err := s.examine(f.name)
		if errors.Is(err, ErrMissing) && f.write {
			say("folder "+f.name, nil, "not there; it will be made when first needed")
			continue
		}
		detail := ""
		if err == nil {
			detail = fmt.Sprintf("%d messages, UIDVALIDITY %d", d.NumMessages, d.UIDValidity)
		}
		if say("folder "+f.name, err, detail) && f.write {
			say("append "+f.name, s.writable(f.name), "may be written to")
		}
	}
}

// writable opens a folder for writing and closes it again.
func (s *session) writable(folder string) error {
	err := s.wait(func() error { _, err := s.c.Select(folder, nil).Wait(); return err })
	if err != nil {
		return err
	}
	if _, _, _, tagged := s.m.said(); strings.Contains(strings.ToUpper(tagged), "[READ-ONLY]") {
		return fmt.Errorf("%w: %s is read only for us", ErrRefused, folder)
	}
	_, err = s.examine(folder)
	return err
}
