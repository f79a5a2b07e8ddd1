package postoffice

import (
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
)

// reader is one IMAP connection; the UserSession is nil until login.
type reader struct {
	*imapmemserver.UserSession
	o *Office
}

var (
	_ imapserver.SessionIMAP4rev2   = (*reader)(nil)
	_ imapserver.SessionSASL        = (*reader)(nil)
	_ imapserver.SessionAppendLimit = (*reader)(nil)
)

// Login implements imapserver.Session.
func (r *reader) Login(name, password string) error {
	u := r.o.login(name, password)
	if u == nil {
		return imapserver.ErrAuthFailed
	}
	r.UserSession = imapmemserver.NewUserSession(u)
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
	return r.UserSession.Append(folder, lit, opt)
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
