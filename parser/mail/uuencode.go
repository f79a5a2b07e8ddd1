package mail

import (
	"bytes"
	"fmt"
	"regexp"
)

// uuBegin is the first line of a file that stands in the text (POSIX uuencode),
// as old programs and some scanners still send it.
var uuBegin = regexp.MustCompile(`^begin [0-7]{3,4} (\S.*)$`)

// uuencoded takes files out of body text and gives the text that is left.
func (w *walker) uuencoded(raw []byte) []byte {
	if !bytes.Contains(raw, []byte("begin ")) {
		return raw
	}
	lines := bytes.SplitAfter(raw, []byte("\n"))
	var rest []byte
	for i := 0; i < len(lines); i++ {
		m := uuBegin.FindSubmatch(bytes.TrimRight(lines[i], " \t\r\n"))
		if m == nil || w.err != nil || w.parts >= w.limits.Parts {
			rest = append(rest, lines[i]...)
			continue
		}
		data, used, whole := uuDecode(lines[i+1:])
		if len(data) == 0 {
			rest = append(rest, lines[i]...)
			continue
		}
		w.parts++
		w.uuAttach(CleanName(GuessText(m[1])), data, whole)
		i += used
	}
	return rest
}

func (w *walker) uuAttach(name string, data []byte, whole bool) {
	sum, size, err := w.store(bytes.NewReader(data))
	if err != nil {
		w.err = fmt.Errorf("storing attachment %d: %w", len(w.msg.Attachments)+1, err)
		return
	}
	a := Attachment{Name: name, Type: "application/octet-stream", Size: size, SHA256: sum, Forward: w.forward}
	if !whole {
		a.Damaged = "uuencode is cut short"
	}
	w.msg.Attachments = append(w.msg.Attachments, a)
	w.contentIDs = append(w.contentIDs, "")
	w.hashes = append(w.hashes, sum)
}

// uuDecode decodes lines up to "end"; used is how many lines that took.
func uuDecode(lines [][]byte) (data []byte, used int, whole bool) {
	for i, l := range lines {
		l = bytes.TrimRight(l, "\r\n")
		if string(bytes.TrimSpace(l)) == "end" {
			return data, i + 1, true
		}
		out, ok := uuLine(l)
		if !ok {
			return data, i, false
		}
		data = append(data, out...)
	}
	return data, len(lines), false
}

// uuLine decodes a line: its length, then four characters for three bytes. Blanks
// at its end may have got lost.
func uuLine(l []byte) ([]byte, bool) {
	if len(l) == 0 {
		return nil, true
	}
	n := int(l[0]-' ') & 63
	need := (n + 2) / 3 * 4
	body := l[1:]
	if len(body) > need+2 || n > 45 && len(body) < need {
		return nil, false
	}
	for len(body) < need {
		body = append(body[:len(body):len(body)], ' ')
	}
	var out []byte
	for i := 0; i < need; i += 4 {
		var v [4]byte
		for k, c := range body[i : i+4] {
			if c < ' ' || c > '`' {
				return nil, false
			}
			v[k] = (c - ' ') & 63
		}
		out = append(out, v[0]<<2|v[1]>>4, v[1]<<4|v[2]>>2, v[2]<<6|v[3])
	}
	return out[:n], true
}
