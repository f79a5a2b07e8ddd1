package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// WriteJournal writes every entry as a line of canonical JSON (journal.jsonl).
func WriteJournal(tx *Tx, w io.Writer) error {
	buf := bufio.NewWriterSize(w, 64<<10)
	for seq := uint64(1); seq <= tx.head.Seq; seq++ {
		line, err := tx.line(seq)
		if err != nil {
			return err
		}
		buf.Write(line)
		if err := buf.WriteByte('\n'); err != nil {
			return err
		}
	}
	return buf.Flush()
}

// ReadJournal yields the entries of a journal.jsonl, or of a part of one, and
// checks that each line is canonical and follows the one before. A wrong line is
// ErrEntry, a break in the chain ErrChain; after an error nothing follows. That
// the first entry continues what the reader has is for Replay to check.
func ReadJournal(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(make([]byte, 64<<10), maxRecord+2)
		lines.Split(wholeLines)
		var seq uint64
		var hash string
		for n := 1; lines.Scan(); n++ {
			e, err := DecodeEntry(lines.Bytes())
			if err == nil && n > 1 && (e.Seq != seq+1 || e.Prev != hash) {
				err = fmt.Errorf("%w: entry %d after entry %d", ErrChain, e.Seq, seq)
			}
			if err != nil {
				yield(Entry{}, fmt.Errorf("line %d: %w", n, err))
				return
			}
			seq, hash = e.Seq, hashLine(e.Prev, lines.Bytes())
			if !yield(e, nil) {
				return
			}
		}
		if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
			yield(Entry{}, fmt.Errorf("%w: a line of more than %d bytes", ErrEntry, maxRecord))
		} else if err != nil {
			yield(Entry{}, err)
		}
	}
}

// wholeLines splits at \n and nowhere else. A last line without its end was cut
// off, perhaps within the entry; and \r\n is not canonical.
func wholeLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, fmt.Errorf("%w: the last line is cut off", ErrEntry)
	}
	return 0, nil, nil
}
