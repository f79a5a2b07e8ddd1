package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
)

// piece is the body text of a part: as its plain form gives it and as its HTML
// form gives it, each "" if there is none.
type piece struct{ plain, rich string }

// text is the form to read: plain unless it is empty or only says that the
// reader cannot show HTML.
func (p piece) text() string {
	t := strings.TrimSpace(p.plain)
	if p.rich != "" && (t == "" || len(t) < 400 && placeholder.MatchString(t)) {
		return p.rich
	}
	return p.plain
}

var placeholder = regexp.MustCompile(`(?i)不支持.{0,12}html|html.{0,12}(?:不支持|查看|viewer|compatible|format)|enable html`)

// joinPiecesOf puts the texts of a multipart together: alternatives are forms of
// one text, all else follows one another.
func joinPiecesOf(kind string, ps []piece) piece {
	if kind == "multipart/alternative" {
		return alternative(ps)
	}
	var plain, rich []string
	hasPlain, hasRich := false, false
	for _, p := range ps {
		if p.plain == "" && p.rich == "" {
			continue
		}
		hasPlain, hasRich = hasPlain || p.plain != "", hasRich || p.rich != ""
		plain = append(plain, strings.Trim(p.text(), "\n"))
		if p.rich == "" {
			p.rich = p.plain
		}
		rich = append(rich, strings.Trim(p.rich, "\n"))
	}
	out := piece{}
	if hasPlain {
		out.plain = strings.Join(plain, "\n")
	}
	if hasRich {
		out.rich = strings.Join(rich, "\n")
	}
	return out
}

func alternative(ps []piece) piece {
	var out piece
	for _, p := range ps {
		if strings.TrimSpace(out.plain) == "" {
			out.plain = p.plain
		}
		if strings.TrimSpace(p.rich) != "" {
			out.rich = p.rich // the last is the best (RFC 2046, 5.1.4)
		}
	}
	return out
}

// textPart reads a part of the body.
func (w *walker) textPart(s *source, p part) piece {
	d := transfer(p.encoding, &body{s: s})
	raw, err := io.ReadAll(io.LimitReader(d, w.textLeft))
	size := int64(len(raw))
	if err == nil {
		var more int64
		more, err = io.Copy(io.Discard, d)
		size += more
	}
	if err != nil {
		return piece{} // only r can fail here, and Read reports that
	}
	if d.flaw != "" {
		w.warn("body text: " + d.flaw)
	}
	return w.keepText(raw, p, size)
}

// keepText decodes body text of which size bytes came and raw was kept.
func (w *walker) keepText(raw []byte, p part, size int64) piece {
	if size > int64(len(raw)) {
		w.warn(fmt.Sprintf("body text of %d bytes cut at %d", size, len(raw)))
		raw = raw[:lastBreak(raw)]
	}
	w.textLeft = max(0, w.textLeft-int64(len(raw)))
	if p.kind == "text/plain" {
		before := len(raw)
		raw = w.uuencoded(raw)
		size -= int64(before - len(raw))
	}
	charset := p.params["charset"]
	if charset == "" && p.kind == "text/html" {
		charset = htmlCharset(raw)
	}
	t, known := decodeText(charset, raw)
	if !known {
		w.warn(fmt.Sprintf("unknown charset %.40q", charset))
	}
	if p.kind == "text/html" {
		w.noteLinks(t)
		w.clouds.addHTML(t)
		w.hash(tidy(t), size-int64(len(raw)))
		out, whole := HTMLText(t, htmlNodes)
		if !whole {
			w.warn("HTML body too long: the rest was left out")
		}
		return piece{rich: tidy(out)}
	}
	t = tidy(t)
	w.hash(t, size-int64(len(raw)))
	if strings.EqualFold(p.params["format"], "flowed") {
		t = unflow(t, strings.EqualFold(p.params["delsp"], "yes"))
	}
	return piece{plain: t}
}

// lastBreak is where to cut text so that no character is cut.
func lastBreak(raw []byte) int {
	for i := len(raw) - 1; i > 0 && i > len(raw)-4096; i-- {
		if raw[i] == '\n' || raw[i] == '>' || raw[i] == ' ' {
			return i + 1
		}
	}
	return len(raw)
}

// hash notes a body text for the substance, without the line ends at its end
// that transports add and take. cut is how much was not kept.
func (w *walker) hash(t string, cut int64) {
	sum := sha256.Sum256([]byte(strings.TrimRight(t, "\n \t")))
	h := hex.EncodeToString(sum[:])
	if cut > 0 {
		h = fmt.Sprintf("%s+%d", h, cut)
	}
	w.hashes = append(w.hashes, h)
}

// unflow joins the soft line breaks of format=flowed (RFC 3676).
func unflow(t string, delsp bool) string {
	var b strings.Builder
	soft, depth := false, 0
	for _, l := range strings.Split(t, "\n") {
		d := len(l) - len(strings.TrimLeft(l, ">"))
		text := l[d:]
		if d == 0 {
			text = strings.TrimPrefix(text, " ") // stuffed
		}
		if soft && d == depth {
			text = strings.TrimPrefix(text, " ")
		} else {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(l[:d])
		}
		soft, depth = strings.HasSuffix(text, " ") && text != "-- ", d
		if soft && delsp {
			text = text[:len(text)-1]
		}
		b.WriteString(text)
	}
	return b.String()
}

var (
	cidPattern  = regexp.MustCompile(`(?i)["'(=\s]cid:([^"'\s>)]+)`)
	hrefPattern = regexp.MustCompile(`(?i)\shref\s*=\s*(?:"(https?:[^"]*)"|'(https?:[^']*)'|(https?:[^\s>]*))`)
)

// noteLinks collects the pictures and addresses that an HTML body refers to.
func (w *walker) noteLinks(src string) {
	if w.cids == nil {
		w.cids = map[string]bool{}
	}
	small := strings.ToLower(src) // most bodies have neither, and the patterns are slow
	if strings.Contains(small, "cid:") {
		w.notePictures(src)
	}
	if strings.Contains(small, "href") {
		w.noteAddresses(src)
	}
}

func (w *walker) notePictures(src string) {
	for _, m := range cidPattern.FindAllStringSubmatch(src, 1000) {
		id, err := url.PathUnescape(m[1])
		if err != nil {
			id = m[1]
		}
		w.cids[id] = true
	}
}

func (w *walker) noteAddresses(src string) {
	seen := map[string]bool{}
	for _, l := range w.msg.Links {
		seen[l] = true
	}
	for _, m := range hrefPattern.FindAllStringSubmatch(src, 10*maxLinks) {
		l := strings.ReplaceAll(oneLine(m[1]+m[2]+m[3]), "&amp;", "&")
		if !seen[l] && len(w.msg.Links) < maxLinks {
			seen[l] = true
			w.msg.Links = append(w.msg.Links, l)
		}
	}
}
