// Package postoffice is a whole mail server for one process: SMTP and IMAP on
// loopback over one set of mailboxes kept in memory. The demo runs on it, and
// so do the tests of everything that reads or sends mail, because a real
// protocol finds what a mock forgives.
//
// A message comes in by SMTP (from users who log in, and, with
// Options.Outside, from strangers), gets the trace lines of a real server,
// and lies in the INBOX of each recipient, dated by Options.Clock. What was
// accepted is kept as the server's own record (Office.Sent): whoever claims
// "nothing lost, nothing twice" is measured against that.
//
// Beside the protocols there are levers for tests: mailboxes that come back
// in another order with other UIDs (Shuffle), refused letters (RefuseNext),
// connections that break at the worst moment (DropBeforeData, DropInData,
// DropAfterData).
//
// Caveats: everything is kept in memory, a message twice (in the record and in
// the folder); there is no TLS and no ID.
package postoffice

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	_ "github.com/emersion/go-message/charset" // SEARCH SUBJECT sees decoded Chinese
	"github.com/emersion/go-smtp"
)

// ErrUnknown is returned where a user, folder or message does not exist.
var ErrUnknown = errors.New("postoffice: unknown")

// Options say how an office behaves. The zero value serves logged-in users
// with an empty password on two free loopback ports.
type Options struct {
	Clock        func() time.Time // INTERNALDATE, Received and Accepted.At; nil: time.Now
	Password     string           // one password for all users
	IMAPListener net.Listener     // nil: 127.0.0.1:0
	SMTPListener net.Listener     // nil: 127.0.0.1:0
	Name         string           // host name in greetings and Received; "": mx.test
	Outside      bool             // strangers may deliver to users without login
	Home         string           // domain whose senders must log in even with Outside; "": none
	FileSent     bool             // the server files what users send in their Sent, as some providers do
	Rev2         bool             // offer IMAP4rev2 beside IMAP4rev1 (other paths in clients)
	MaxMail      int64            // bytes of a message, announced as SIZE; 0: 150 MiB
}

// Accepted is one message for whose delivery the server took responsibility:
// its 250 was due, whether or not the client lived to read it.
type Accepted struct {
	From string    // reverse path, "" for a bounce
	To   []string  // forward paths as the client wrote them
	Auth string    // address of the user who was logged in, "" from outside
	Raw  []byte    // as received, without the trace lines
	At   time.Time // Options.Clock
}

// Stored is one message lying in a folder.
type Stored struct {
	UID   uint32
	At    time.Time // INTERNALDATE
	Raw   []byte    // with trace lines where it came by SMTP
	Flags []string  // lower case; none unless a client set some
}

// Office is a running server. Its methods may be called from any goroutine.
type Office struct {
	opt  Options
	imap *imapserver.Server
	smtp *smtp.Server
	wg   sync.WaitGroup

	mu       sync.Mutex
	users    map[string]*account // by lower case address or "@domain"
	accepted []Accepted
	levers   []lever
	conns    map[net.Conn]struct{} // open IMAP connections
}

// Start opens the listeners and serves until Close.
func Start(opt Options) (*Office, error) {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if opt.Name == "" {
		opt.Name = "mx.test"
	}
	if opt.MaxMail == 0 {
		opt.MaxMail = 150 << 20
	}
	for _, l := range []*net.Listener{&opt.IMAPListener, &opt.SMTPListener} {
		if *l != nil {
			continue
		}
		var err error
		if *l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return nil, fmt.Errorf("postoffice: listen: %w", err)
		}
	}
	o := &Office{
		opt:   opt,
		users: map[string]*account{},
		conns: map[net.Conn]struct{}{},
	}
	o.imap, o.smtp = o.imapServer(), o.smtpServer()
	reading, carrying := newTracked(opt.IMAPListener, o), newTracked(opt.SMTPListener, nil)
	o.wg.Go(func() { o.imap.Serve(reading) })
	o.wg.Go(func() { o.smtp.Serve(carrying) })
	<-reading.up
	<-carrying.up
	return o, nil
}

func (o *Office) imapServer() *imapserver.Server {
	caps := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapUIDPlus: {}, imap.CapMove: {}, imap.CapNamespace: {}}
	if o.opt.Rev2 {
		caps[imap.CapIMAP4rev2] = struct{}{}
	}
	return imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &reader{o: o}, nil, nil
		},
		Caps: caps, InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
	})
}

func (o *Office) smtpServer() *smtp.Server {
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &carrier{o: o, conn: c}, nil
	}))
	s.Domain, s.AllowInsecureAuth = o.opt.Name, true
	s.MaxMessageBytes, s.MaxLineLength = o.opt.MaxMail, 1<<20
	s.EnableSMTPUTF8, s.EnableDSN = true, true
	s.ErrorLog = log.New(io.Discard, "", 0)
	return s
}

// Close ends all connections and waits for the listeners to stop.
func (o *Office) Close() error {
	err := errors.Join(o.imap.Close(), o.smtp.Close())
	o.wg.Wait()
	return err
}

// IMAPAddr is where the IMAP server listens, as host:port.
func (o *Office) IMAPAddr() string { return o.opt.IMAPListener.Addr().String() }

// SMTPAddr is where the SMTP server listens, as host:port.
func (o *Office) SMTPAddr() string { return o.opt.SMTPListener.Addr().String() }

// AddUser opens a mailbox with INBOX, Sent and Junk. The address is the login
// name. Mail to an alias goes to the same INBOX: a full address, or "@domain"
// for every address of that domain that has no mailbox of its own.
func (o *Office) AddUser(addr string, aliases ...string) {
	addr = strings.ToLower(addr)
	a := &account{addr: addr, folders: map[string]*folder{}}
	for _, f := range []string{"INBOX", "Sent", "Junk"} {
		a.Create(f, nil) // fails only for a name that exists
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, name := range append(aliases, addr) {
		o.users[strings.ToLower(name)] = a
	}
}

// user finds the mailbox that serves an address, nil if nobody does.
func (o *Office) user(addr string) *account {
	addr = strings.ToLower(addr)
	o.mu.Lock()
	defer o.mu.Unlock()
	if a := o.users[addr]; a != nil {
		return a
	}
	if i := strings.LastIndexByte(addr, '@'); i >= 0 {
		return o.users[addr[i:]]
	}
	return nil
}

// login finds the user for a name and password; the office has one password.
func (o *Office) login(name, password string) *account {
	if password != o.opt.Password {
		return nil
	}
	return o.user(name)
}

// Sent returns every message accepted so far by SMTP, in order. The values
// are copies; Raw is shared and must not be changed.
func (o *Office) Sent() []Accepted {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.accepted)
}
