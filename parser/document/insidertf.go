package document

import (
	"encoding/hex"
	"fmt"
	"io"
)

// rtfPictures takes the pictures of an .rtf while it is read.
type rtfPictures struct {
	digits []byte // of the open one
	seen   map[uint32]bool
	found  []Inner
}

// take looks at what may be a picture's file; it is none where it is a metafile, which
// draws.
func (p *rtfPictures) take(b []byte) {
	if len(p.found) < maxInner {
		p.found = append(p.found, picturesAmong(b, p.seen)...)
	}
}

func (p *rtfPictures) end() {
	n, _ := hex.Decode(p.digits, p.digits[:len(p.digits)&^1])
	p.take(p.digits[:n])
	p.digits = p.digits[:0]
}

// keeps: the picture that is read is the text's, and somebody asked for it.
func (r *rtfReader) keeps() bool { return r.inside != nil && !r.state.above }

// rtfInside gives the pictures of an .rtf. Where they stand among the words is not read.
func rtfInside(in io.ReaderAt, size int64) (Inside, error) {
	if size > maxRTF {
		return Inside{}, fmt.Errorf("%w: rtf of %d bytes", ErrTooLarge, size)
	}
	b, err := io.ReadAll(io.NewSectionReader(in, 0, size))
	if err != nil {
		return Inside{}, err
	}
	r := newRTFReader(b)
	r.inside = &rtfPictures{seen: map[uint32]bool{}}
	err = r.read()
	return Inside{Kind: RTF, Pictures: r.inside.found}, err
}
