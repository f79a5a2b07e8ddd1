package postoffice

import (
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-sasl"
)

// reader is one IMAP connection: nobody's until login, then with the folder
// commands of its account; the open folder and its view come with SELECT.
type reader struct {
	*account
	o *Office

	open     *folder
	readOnly bool
	view     *imapserver.SessionTracker
	saved    imap.UIDSet // SEARCHRES
}

var (
	_ imapserver.SessionIMAP4rev2   = (*reader)(nil)
	_ imapserver.SessionSASL        = (*reader)(nil)
	_ imapserver.SessionAppendLimit = (*reader)(nil)
)

// Login implements imapserver.Session.
func (r *reader) Login(name, password string) error {
	a := r.o.login(name, password)
	if a == nil {
		return imapserver.ErrAuthFailed
	}
	r.account = a
	return nil
}

// AuthenticateMechanisms implements imapserver.SessionSASL.
func (r *reader) AuthenticateMechanisms() []string { return []string{sasl.Plain, sasl.Login} }

// Authenticate implements imapserver.SessionSASL.
func (r *reader) Authenticate(mech string) (sasl.Server, error) {
	switch mech {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, name, password string) error { return r.Login(name, password) }), nil
	case sasl.Login:
		return &loginServer{check: r.Login}, nil
	}
	return nil, &imap.Error{Type: imap.StatusResponseTypeNo, Text: "mechanism not offered"}
}

// AppendLimit implements imapserver.SessionAppendLimit.
func (r *reader) AppendLimit() uint32 { return uint32(r.o.opt.MaxMail) }

// Append implements imapserver.Session; a message without a date gets the
// office's own, not that of the machine.
func (r *reader) Append(folder string, lit imap.LiteralReader, opt *imap.AppendOptions) (*imap.AppendData, error) {
	if opt.Time.IsZero() {
		opt.Time = r.o.opt.Clock()
	}
	return r.account.Append(folder, lit, opt)
}

// Select implements imapserver.Session.
func (r *reader) Select(name string, opt *imap.SelectOptions) (*imap.SelectData, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, err := r.folder(name)
	if err != nil {
		return nil, err
	}
	r.open, r.readOnly, r.view = f, opt.ReadOnly, f.tracker.NewSession()
	flags := []imap.Flag{imap.FlagAnswered, imap.FlagFlagged, imap.FlagDeleted, imap.FlagSeen, imap.FlagDraft}
	d := &imap.SelectData{
		Flags: flags, NumMessages: uint32(len(f.mails)), UIDNext: f.next, UIDValidity: f.validity,
	}
	if !opt.ReadOnly {
		d.PermanentFlags = append(flags, imap.FlagWildcard)
	}
	return d, nil
}

// Unselect implements imapserver.Session.
func (r *reader) Unselect() error {
	if r.account == nil {
		return nil
	}
	r.mu.Lock() // an IDLE that begins as the client leaves reads these
	defer r.mu.Unlock()
	if r.view != nil {
		r.view.Close()
	}
	r.open, r.view, r.saved = nil, nil, nil
	return nil
}

// Close implements imapserver.Session.
func (r *reader) Close() error { return r.Unselect() }

// Poll implements imapserver.Session.
func (r *reader) Poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	if r.view == nil {
		return nil
	}
	return r.view.Poll(w, allowExpunge)
}

// Idle implements imapserver.Session. SessionTracker.Idle would keep back what
// came between SELECT and IDLE until the next event; this one looks first.
func (r *reader) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	bell := make(chan struct{}, 1)
	r.mu.Lock()
	f, view := r.open, r.view
	if view != nil {
		f.bells[bell] = true
	}
	r.mu.Unlock()
	if view == nil {
		<-stop
		return nil
	}
	defer func() {
		r.mu.Lock()
		delete(f.bells, bell)
		r.mu.Unlock()
	}()
	for {
		if err := view.Poll(w, true); err != nil {
			return err
		}
		select {
		case <-bell:
		case <-stop:
			return nil
		}
	}
}

// loginServer is the server side of SASL LOGIN (draft-murchison-sasl-login),
// which go-sasl has for clients only.
type loginServer struct {
	step  int
	user  string
	check func(user, password string) error
}

// Next implements sasl.Server.
func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	if l.step == 0 && len(response) > 0 {
		l.step = 1 // the user name came as initial response
	}
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(response))
}
