package mailbox

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxLine bounds one line of a response: a SEARCH over a million messages
// fits, a server gone mad does not fill the memory.
const maxLine = 16 << 20

// mend rewrites server responses line by line, never inside literals, so that
// the IMAP client survives what odd servers send. Responses that we never ask
// for are taken out whole. It lies above TLS.
type mend struct {
	net.Conn
	r    *bufio.Reader
	out  []byte // mended, to be read next
	lit  int64  // bytes of a literal still to pass
	skip bool   // the response at hand is taken out, literals and all
	cont bool   // the next line continues a response after a literal

	mu       sync.Mutex
	greeting string // first line
	bye      string // last untagged BYE
	id       string // what the server said of itself
	tagged   string // last tagged line
}

func newMend(c net.Conn) *mend { return &mend{Conn: c, r: bufio.NewReaderSize(c, 64<<10)} }

var (
	reLiteral = regexp.MustCompile(`~*\{(\d+)\+?\}\r\n$`)
	reStatus  = regexp.MustCompile(`(?i)^(\* (OK|NO|BAD|BYE|PREAUTH)\b|[^*\s])`)
	reWanted  = regexp.MustCompile(`(?i)^\* (\d+ (EXISTS|EXPUNGE|FETCH)|CAPABILITY|LIST|E?SEARCH|QUOTA|QUOTAROOT)\b`)
	reFetch   = regexp.MustCompile(`(?i)^\* \d+ FETCH\b`)
	reEmpty   = regexp.MustCompile(`(?i)^\* \d+ FETCH \( *\)`)
	reFlags   = regexp.MustCompile(`(?i)^\* OK \[PERMANENTFLAGS`)
	reCaps    = regexp.MustCompile(`(?i)(\[CAPABILITY\b|^\* CAPABILITY\b)([^\]\r\n]*)`)
	reCap     = regexp.MustCompile(`^[A-Za-z0-9=+._:/-]+$`)
	reDate    = regexp.MustCompile(`(?i)INTERNALDATE (?:"([^"]*)"|NIL)`)
)

// Read implements net.Conn.
func (m *mend) Read(p []byte) (int, error) {
	for len(m.out) == 0 {
		if m.lit > 0 && !m.skip {
			if int64(len(p)) > m.lit {
				p = p[:m.lit]
			}
			n, err := m.r.Read(p)
			m.lit -= int64(n)
			return n, err
		}
		if m.lit > 0 {
			n, err := m.r.Discard(int(min(m.lit, 1<<20)))
			if m.lit -= int64(n); err != nil {
				return 0, err
			}
			continue
		}
		line, err := m.line()
		if err != nil {
			return 0, err
		}
		m.out = m.fix(line)
	}
	n := copy(p, m.out)
	m.out = m.out[n:]
	return n, nil
}

// line reads up to and with the next line feed; a last line without one is
// half an answer and not passed on.
func (m *mend) line() ([]byte, error) {
	var all []byte
	for {
		part, err := m.r.ReadSlice('\n')
		all = append(all, part...)
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
		if len(all) > maxLine {
			return nil, errors.New("response line too long")
		}
	}
	if !bytes.HasSuffix(all, []byte("\r\n")) {
		all = append(all[:len(all)-1], "\r\n"...)
	}
	return all, nil
}

// fix returns the line as the client may see it, nil for nothing.
func (m *mend) fix(b []byte) []byte {
	first := !m.cont
	if first {
		m.skip = false
		switch {
		case len(bytes.TrimSpace(b)) == 0:
			return nil
		case b[0] == '+':
			return b
		case reStatus.Match(b): // text for people: no literal can follow
			return m.status(b)
		}
		m.note(b)
		m.skip = !reWanted.Match(b)
	}
	fetch, stable := !first || reFetch.Match(b), true
	if fetch && !m.skip {
		b, stable = mendFetch(b)
	} else {
		b = plainEnd(b)
	}
	m.literal(b)
	switch {
	case m.skip:
		return nil
	case first && fetch && (!stable || reEmpty.Match(b)):
		m.skip = true // with whatever odd literal follows
		return nil
	case first && !fetch && (b[2] == 'C' || b[2] == 'c'):
		return mendCaps(b)
	}
	return b
}

// literal notes the literal that a mended line announces.
func (m *mend) literal(b []byte) {
	s := reLiteral.FindSubmatch(b)
	if m.cont = s != nil; m.cont {
		m.lit, _ = strconv.ParseInt(string(s[1]), 10, 64) // plainEnd made it a number
	}
}

// plainEnd takes away blanks before the end of the line, and what is odd about a
// literal's length there.
func plainEnd(b []byte) []byte {
	b = append(bytes.TrimRight(b, " \t\r\n"), "\r\n"...)
	s := reLiteral.FindSubmatchIndex(b)
	if s == nil {
		return b
	}
	n, err := strconv.ParseInt(string(b[s[2]:s[3]]), 10, 64)
	if err != nil {
		n = 0
	}
	return append(b[:s[0]:s[0]], "{"+strconv.FormatInt(n, 10)+"}\r\n"...)
}

// status handles a line of status with text for people.
func (m *mend) status(b []byte) []byte {
	m.note(b)
	if reFlags.Match(b) {
		return nil // people's own keywords in any charset; we set none
	}
	return mendCaps(b)
}

// mendCaps leaves only proper names in a list of capabilities: on anything
// else the client fails, or, at a bracket, spins for ever.
func mendCaps(b []byte) []byte {
	at := reCaps.FindSubmatchIndex(b)
	if at == nil {
		return b
	}
	out := slices.Clone(b[:at[3]])
	for _, c := range bytes.Fields(b[at[4]:at[5]]) {
		if reCap.Match(c) {
			out = append(append(out, ' '), c...)
		}
	}
	if b[at[0]] == '[' && b[at[1]] != ']' {
		out = append(out, ']') // never closed
	}
	return append(out, b[at[1]:]...)
}

// note keeps what errors and Check tell of.
func (m *mend) note(b []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text := string(bytes.TrimSpace(b))
	if m.greeting == "" {
		m.greeting = text
	}
	switch up := bytes.ToUpper(b[:min(len(b), 6)]); {
	case bytes.HasPrefix(up, []byte("* BYE")):
		m.bye = text
	case bytes.HasPrefix(up, []byte("* ID ")):
		m.id = strings.TrimSpace(text[4:])
	case b[0] != '*':
		m.tagged = text
	}
}

// said returns what the server said last: greeting, BYE, ID and tagged line.
func (m *mend) said() (greeting, bye, id, tagged string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.greeting, m.bye, m.id, m.tagged
}

// repair is one oddity and what should stand there.
type repair struct {
	odd  *regexp.Regexp
	good string
}

// blankRepairs come first: the others, and the client, count on one blank.
var blankRepairs = []repair{
	{regexp.MustCompile(` {2,}`), " "},
	{regexp.MustCompile(`\( +`), "("},
	{regexp.MustCompile(` +\)`), ")"},
}

// fetchRepairs are applied to FETCH responses.
var fetchRepairs = []repair{
	{regexp.MustCompile(`(?i) ?\bFLAGS \([^()]*\)`), ""}, // never asked for, any charset
	{regexp.MustCompile(`(?i)([ (])RFC822( \{| NIL| $)`), "${1}BODY[]$2"},
	{regexp.MustCompile(`(?i)([ (])RFC822\.HEADER( \{| NIL| $)`), "${1}BODY[HEADER]$2"},
	{regexp.MustCompile(`(?i)RFC822\.SIZE NIL`), "RFC822.SIZE 0"},
	{regexp.MustCompile(`\( +`), "("},
}

// mendPasses bounds what one repair may bring to light for another.
const mendPasses = 10

// mendFetch repairs one line of a FETCH response until nothing is left to repair;
// stable is false where that has no end.
func mendFetch(b []byte) (mended []byte, stable bool) {
	for range mendPasses {
		mended = mendOnce(b)
		if bytes.Equal(mended, b) {
			return b, true
		}
		b = mended
	}
	return b, false
}

func mendOnce(b []byte) []byte {
	b = outsideQuotes(plainEnd(b), blankRepairs)
	b = reDate.ReplaceAllFunc(b, func(item []byte) []byte {
		t := oddDate(string(reDate.FindSubmatch(item)[1]))
		return []byte(`INTERNALDATE "` + t.Format("02-Jan-2006 15:04:05 -0700") + `"`)
	})
	return outsideQuotes(b, fetchRepairs)
}

// outsideQuotes applies repairs to what stands outside quoted strings.
func outsideQuotes(b []byte, repairs []repair) []byte {
	var out []byte
	for quoted := false; len(b) > 0; quoted = !quoted {
		part := b
		if i := endOfPart(b, quoted); i >= 0 {
			part = b[:i]
		}
		b = b[len(part):]
		if !quoted {
			for _, r := range repairs {
				part = r.odd.ReplaceAll(part, []byte(r.good))
			}
		}
		out = append(out, part...)
	}
	return out
}

// endOfPart finds where a quoted string ends (with its quote) or begins; -1 if
// the line ends first.
func endOfPart(b []byte, quoted bool) int {
	if !quoted {
		return bytes.IndexByte(b, '"')
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// noDate stands on the wire for an INTERNALDATE beyond reading.
var noDate = time.Unix(0, 0).UTC()

// oddDate reads an INTERNALDATE as kindly as it can be understood. It keeps
// the zone that is written; without one it is taken for China's, where the
// servers stand.
func oddDate(s string) time.Time {
	if i := bytes.IndexByte([]byte(s), '('); i > 0 {
		s = s[:i]
	}
	s = string(bytes.TrimSpace([]byte(s)))
	china := time.FixedZone("", 8*3600)
	for _, layout := range []string{
		"_2-Jan-2006 15:04:05 -0700", "_2-Jan-2006 15:04:05 -07:00", "_2-Jan-2006 15:04:05", "_2-Jan-2006 15:04 -0700",
		"_2-Jan-06 15:04:05 -0700", "Mon, _2 Jan 2006 15:04:05 -0700", "_2 Jan 2006 15:04:05 -0700", time.RFC3339,
	} {
		if t, err := time.ParseInLocation(layout, s, china); err == nil {
			return t
		}
	}
	for _, utc := range []string{" GMT", " UTC", " UT", " Z"} {
		if t, err := time.Parse("_2-Jan-2006 15:04:05"+utc, s); err == nil {
			return t.UTC()
		}
	}
	return noDate
}
