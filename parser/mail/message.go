// Package mail reads RFC 5322 mail as Chinese clients, gateways and scanners of
// the real world write it, and gives one flat, finished [Message].
//
// Nobody deeper sees MIME: charsets, encoded words, boundaries, nesting and
// forwarded mails are settled here. A mail that breaks every rule still yields
// a Message with what could be read and a list of warnings.
package mail

import (
	"io"
	"time"
)

// Address is one mailbox of a header. Addr is lower-cased.
type Address struct {
	Name string `json:"name,omitempty"`
	Addr string `json:"addr"`
}

// Kinds of mail that no person wrote, and that are never answered.
const (
	AutoReply  = "auto-reply"  // vacation notice, automatic acknowledgement (RFC 3834 or Chinese text)
	AutoBounce = "bounce"      // delivery status notification (RFC 3464) or a provider's own text
	AutoList   = "list"        // mailing list, bulk mail
	AutoReadMe = "read-notice" // disposition notification (RFC 8098)
)

// AuthResult is an Authentication-Results header (RFC 8601). Who wrote it follows
// from where it stands: a header below another server's Received may be anybody's.
type AuthResult struct {
	Text     string   // unfolded
	Received []string // the servers whose Received headers stand above, topmost first, lower-cased; "" where one does not tell
}

// Bounce says which letter did not arrive, as far as the notice tells.
type Bounce struct {
	Recipients []string `json:"recipients"` // addresses that failed, lower-cased
	MessageID  string   `json:"message_id"` // of the letter that bounced, with <>, or ""
	Status     string   `json:"status"`     // enhanced status code (RFC 3463), such as 5.1.1, or ""
	Permanent  bool     `json:"permanent"`  // false for a mere delay
	Diagnostic string   `json:"diagnostic"` // the notice's own words, one line
}

// Attachment is a file that came with the mail, at any depth of forwarding.
type Attachment struct {
	Name    string `json:"name"`    // decoded and safe to show; "" if the mail gives none
	Type    string `json:"type"`    // media type, lower-cased
	Inline  bool   `json:"inline"`  // shown in the body (Content-Disposition inline or Content-ID used by the HTML)
	Size    int64  `json:"size"`    // decoded bytes
	SHA256  string `json:"sha256"`  // of the decoded bytes, hex
	Forward int    `json:"forward"` // 0: of the mail itself; n: of Message.Forwards[n-1]
	Damaged string `json:"damaged"` // why the bytes are not whole (truncated base64 …), or ""
}

// Forward is a mail that was attached to or wrapped in this one.
type Forward struct {
	From      []Address `json:"from"`
	Subject   string    `json:"subject"`
	Date      time.Time `json:"date"`
	MessageID string    `json:"message_id"`
	Text      string    `json:"text"`
}

// Message is one mail as plain values. Strings are valid UTF-8, line breaks \n.
type Message struct {
	MessageID     string    // with <>, "" if there is none
	InReplyTo     []string  // with <>
	References    []string  // with <>, oldest first
	From          []Address // of every From header: more than one is suspicious
	To, Cc        []Address
	ReplyTo       []Address
	ReturnPath    string // address of the topmost Return-Path; "<>" if it is the null sender; "" if none
	Subject       string
	Date          time.Time    // zero if missing or unreadable
	Text          string       // the whole body as text, from text/plain or HTML
	Fresh         string       // what the writer wrote: Text without quotes, signature and greetings
	FreshHTML     string       // Fresh as the HTML form of the body gives it, when Text came from a plain one: table cells apart by tabs; "" if there is none or it says the same
	Quoted        string       // the quoted part of Text
	TextHTML      string       `json:",omitempty"` // the whole body as its HTML form gives it, when Text came from a plain one: for what was filled in within a quoted table; "" if there is none
	Links         []string     // http and https addresses the HTML body links to, in order, each once
	Cloud         []CloudFile  `json:",omitempty"` // files that came as links, in order
	Attachments   []Attachment // in order of appearance
	Forwards      []Forward
	Automatic     string       // "" if a person wrote it, else one of the Auto constants
	Bounce        *Bounce      // set when Automatic is AutoBounce
	AutoSubmitted string       // the header's value, lower-cased
	AuthResults   []AuthResult // topmost first, at most 50
	Encrypted     bool         // S/MIME or PGP: the content could not be read
	Substance     string       // SHA-256 over From, Date, Subject and decoded parts: equal for copies with other trace headers
	Warnings      []string     // what was repaired or lost, in English, for the log

	Received time.Time `json:"-"` // of the topmost Received header with a readable date: when its last server took it; zero if none
	Import   Import    `json:"-"` // what the house's own import says of the mail, true only if its seal holds
}

// Headers in which the house's own import says what a mail brings.
const (
	ImportHeader = "X-Anli-Import"
	ImportSeal   = "X-Anli-Import-Seal"
)

// Import is what stands in those headers, without white space; anybody may have
// written it.
type Import struct{ Statement, Seal string }

// Limits bound what one mail may cost. The zero value means the defaults.
type Limits struct {
	Header int64 // bytes of one header block; default 1 MiB
	Depth  int   // nesting of multiparts and forwarded mails; default 20
	Parts  int   // parts in all; default 500
	Text   int64 // bytes of body text kept; default 4 MiB
}

// Store keeps the decoded bytes of one attachment and returns their SHA-256
// (hex) and length. It is called once per attachment, in order, and must read r
// to its end.
type Store func(r io.Reader) (sha256 string, size int64, err error)
