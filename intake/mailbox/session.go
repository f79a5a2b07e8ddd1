package mailbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// session is one logged-in connection.
type session struct {
	c     *imapclient.Client
	g     *guard
	m     *mend
	raw   net.Conn
	agent imap.IDData

	news   chan struct{}   // the server spoke of a new message
	ctx    context.Context // of the call at hand, to tell its end from a fault
	dead   bool            // not to be used again
	idSent bool            // ID was said
	made   map[string]bool // folders known to exist
}

func newSession(conn net.Conn, g *guard, m *mend) *session {
	s := &session{g: g, m: m, raw: g.Conn, news: make(chan struct{}, 1), made: map[string]bool{}}
	s.c = imapclient.New(conn, &imapclient.Options{
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{
			Mailbox: func(d *imapclient.UnilateralDataMailbox) {
				if d.NumMessages == nil {
					return
				}
				select { // runs inside the reader: must not block
				case s.news <- struct{}{}:
				default:
				}
			},
		},
	})
	return s
}

// cut breaks the connection under whatever waits for it.
func (s *session) cut() { s.raw.Close() }

func (s *session) close() {
	s.cut()
	s.c.Close()
}

// wait runs one command with the guard armed and sorts its error.
func (s *session) wait(cmd func() error) error {
	s.g.arm()
	defer s.g.disarm()
	return s.sort(cmd())
}

// sort tells a refusal, after which the connection lives, from all else, after
// which it does not.
func (s *session) sort(err error) error {
	if err == nil {
		return nil
	}
	var no *imap.Error
	if errors.As(err, &no) && no.Type != imap.StatusResponseTypeBye {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	s.dead = true
	if _, bye, _, _ := s.m.said(); bye != "" {
		return fmt.Errorf("%w: %w (%s)", ErrNetwork, err, bye)
	}
	return fmt.Errorf("%w: %w", ErrNetwork, err)
}

// alive asks whether the server still answers.
func (s *session) alive() error {
	select {
	case <-s.c.Closed():
		return s.sort(io.ErrUnexpectedEOF)
	default:
		return s.wait(func() error { return s.c.Noop().Wait() })
	}
}

// examine opens a folder read only.
func (s *session) examine(folder string) (*imap.SelectData, error) {
	select {
	case <-s.news: // of the folder before
	default:
	}
	var d *imap.SelectData
	open := func() (err error) {
		d, err = s.c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		return err
	}
	err := s.wait(open)
	if errors.Is(err, ErrRefused) && !s.idSent && strings.Contains(strings.ToLower(err.Error()), "unsafe login") {
		if err := s.introduce(); err != nil {
			return nil, err
		}
		err = s.wait(open)
	}
	if errors.Is(err, ErrRefused) {
		if there, lerr := s.exists(folder); lerr == nil && !there {
			return nil, fmt.Errorf("%w: %s", ErrMissing, folder)
		}
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// introduce says who we are (RFC 2971); a server that does not care may
// refuse to hear it.
func (s *session) introduce() error {
	s.idSent = true
	err := s.wait(func() error { _, err := s.c.ID(&s.agent).Wait(); return err })
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// exists asks whether a folder can be opened.
func (s *session) exists(folder string) (bool, error) {
	found, err := s.list(folder)
	return len(found) > 0, err
}

// list returns the selectable folders that match a pattern.
func (s *session) list(pattern string) ([]*imap.ListData, error) {
	var all []*imap.ListData
	err := s.wait(func() (err error) {
		all, err = s.c.List("", pattern, nil).Collect()
		return err
	})
	return slices.DeleteFunc(all, func(d *imap.ListData) bool {
		return slices.Contains(d.Attrs, imap.MailboxAttrNonExistent) || slices.Contains(d.Attrs, imap.MailboxAttrNoSelect)
	}), err
}

// create makes a folder; that it is there already is no error.
func (s *session) create(folder string) error {
	err := s.wait(func() error { return s.c.Create(folder, nil).Wait() })
	if errors.Is(err, ErrRefused) {
		if there, lerr := s.exists(folder); lerr == nil && there {
			err = nil
		}
	}
	if err == nil {
		s.made[folder] = true
	}
	return err
}

// all returns the UIDs of the open folder, ascending. Where SEARCH knows of
// fewer messages than the server counted, they are asked for one by one.
func (s *session) all(d *imap.SelectData) ([]uint32, error) {
	if d.NumMessages == 0 {
		return nil, nil
	}
	var uids []uint32
	err := s.wait(func() error {
		var opt *imap.SearchOptions
		if s.c.Caps().Has(imap.CapESearch) {
			opt = &imap.SearchOptions{ReturnAll: true}
		}
		got, err := s.c.UIDSearch(&imap.SearchCriteria{}, opt).Wait()
		if err == nil {
			for _, uid := range got.AllUIDs() {
				uids = append(uids, uint32(uid))
			}
		}
		return err
	})
	if err != nil && !errors.Is(err, ErrRefused) {
		return nil, err
	}
	if err != nil || len(uids) < int(d.NumMessages) {
		err = s.fetch(imap.SeqSet{{Start: 1, Stop: d.NumMessages}}, &imap.FetchOptions{UID: true}, func(m found) error {
			uids = append(uids, m.UID)
			return nil
		})
	}
	slices.Sort(uids)
	return slices.Compact(uids), err
}

// place asks for the sequence number of a UID, 0 if it is gone.
func (s *session) place(uid uint32) (uint32, error) {
	var seq uint32
	err := s.wait(func() error {
		got, err := s.c.Search(&imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(imap.UID(uid))}}, nil).Wait()
		if err == nil {
			if nums := got.AllSeqNums(); len(nums) > 0 {
				seq = nums[0]
			}
		}
		return err
	})
	return seq, err
}
