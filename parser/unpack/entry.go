package unpack

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
)

// entry is one file of an archive as its directory or header describes it.
type entry struct {
	name   string // decoded
	size   int64  // bytes; -1: not told
	mode   fs.FileMode
	folder bool
	locked bool // asks for a password
	open   func() (body io.ReadCloser, reason string)
}

// item is an entry that is to be taken out.
type item struct {
	entry
	path string // safe, from the outermost archive, not yet claimed
}

// visit is the work on one archive.
type visit struct {
	*opener
	at     place
	unsafe []*refusal
	junk   int
	items  int      // that were to be taken out
	locked []string // paths of those that ask for a password
	kept   int      // that came out
	held   []held   // volumes of sets, until all are there
	cut    int      // problems up to that of the last damaged entry
	lost   bool     // an entry goes on in a volume that is missing
	quiet  bool     // why the archive ends early is told elsewhere
}

func (o *opener) visit(at place) *visit { return &visit{opener: o, at: at} }

// admit cleans an entry's name. ok is false for what is no file to be taken out.
func (v *visit) admit(e entry) (it item, ok bool) {
	safe, reason := clean(e.name)
	if reason == "" && len(v.at.path)+len(safe) >= pathMax {
		reason = "路径过长"
	}
	if reason == "" {
		reason = special(e.mode)
	}
	switch {
	case reason != "":
		v.unsafe = count(v.unsafe, reason, short(e.name))
	case safe == "" || e.folder:
	case junk(safe):
		v.list.Junk++
		v.junk++
	default:
		v.items++
		return item{e, path.Join(v.at.path, safe)}, true
	}
	return item{}, false
}

// stream takes the next entry of an archive that is read from front to end. more
// is false when a limit ends the whole.
func (v *visit) stream(e entry) (more bool, err error) {
	if v.entries--; v.entries < 0 {
		v.stop(fmt.Sprintf("文件数超过%d个", v.limits.Entries))
	}
	if v.stopped {
		return false, nil
	}
	if it, ok := v.admit(e); ok {
		err = v.take(it)
	}
	return !v.stopped, err
}

// take takes one file out, and opens it if it is an archive.
func (v *visit) take(it item) error {
	switch {
	case it.locked:
		v.locked = append(v.locked, it.path)
		return nil
	case it.size == 0:
		v.problem(codeEmpty, it.path, "")
		return nil
	case it.size > v.limits.File:
		v.problem(codeUnsafe, it.path, "单个文件超过"+amount(v.limits.File))
		return nil
	}
	body, reason := it.open()
	if body == nil {
		v.problem(codeBroken, it.path, reason)
		return nil
	}
	defer body.Close()
	src := v.source(body)
	head := src.peek(SniffLen)
	format := Sniff(head)
	switch {
	case len(head) == 0 && src.atEnd():
		v.problem(codeEmpty, it.path, "")
		return nil
	case volumeName(it.path), packed(format), format == "" && archiveName(it.path),
		format == "ole" && outlookName(it.path), mailName(it.path):
		return v.nested(it, src)
	}
	_, err := v.keep(v.paths.file(it.path), src)
	return err
}

// keep stores a file under a claimed path; a damaged one becomes a problem and
// kept is "".
func (v *visit) keep(p string, src *source) (kept string, err error) {
	sum, size, err := v.store(src)
	switch {
	case src.err != nil:
		delete(v.paths.files, p)
		v.failed(p, src.err)
		return "", nil
	case err != nil:
		return "", fmt.Errorf("%w: %w", ErrStore, err)
	}
	v.kept++
	v.list.Files = append(v.list.Files, File{Path: p, Size: size, SHA256: sum})
	return p, nil
}

// failed tells why an entry did not come out.
func (v *visit) failed(p string, err error) {
	switch {
	case errors.Is(err, errFileLimit):
		v.problem(codeUnsafe, p, "单个文件超过"+amount(v.limits.File))
	case errors.Is(err, errBytes):
		v.stop("解压后总量超过" + amount(v.limits.Bytes))
	case errors.Is(err, errTime):
		v.stop(tooLong)
	case locked(err):
		v.locked = append(v.locked, p)
	case missingVolume(err):
		v.lost = true // the set tells it
	default:
		v.problem(codeBroken, p, "数据损坏")
		v.cut = len(v.list.Problems)
	}
}

// nested opens an archive in an archive; a document that is a zip by its format
// is a file, and a volume waits for its set.
func (v *visit) nested(it item, src *source) error {
	head := append([]byte(nil), src.peek(SniffLen)...)
	copied, err := newSpool(src)
	if err != nil {
		return err
	}
	if src.err != nil {
		copied.close()
		v.failed(it.path, src.err)
		return nil
	}
	if partOfSet(it.path, head, copied) && v.at.depth < v.limits.Depth && len(v.held) < heldMax {
		v.held = append(v.held, held{it.path, head, copied})
		return nil
	}
	defer copied.close()
	return v.inside(it.path, head, copied)
}

// inside opens a copy of an entry, or keeps it as a file.
func (v *visit) inside(name string, head []byte, copied *spool) error {
	format := formatOf(name, head, copied, copied.size)
	if format != "eml" && !IsArchive(name, head, copied, copied.size) {
		_, err := v.keep(v.paths.file(name), whole(copied))
		return err
	}
	folder := v.paths.folder(name)
	before := len(v.list.Problems)
	opened, err := v.archive(place{path.Base(folder), folder, v.at.depth + 1}, format, copied, copied.size)
	if err != nil {
		return err
	}
	if opened {
		v.kept++
		return nil
	}
	if format == "eml" && len(v.list.Problems) > before && v.list.Problems[before].Code == codeBroken {
		v.list.Problems = v.list.Problems[:before] // a mail without files is a file
	}
	v.paths.unfold(folder)
	_, err = v.keep(folder, whole(copied))
	return err
}

// refusals tells what names were left out, at the archive's end.
func (v *visit) refusals() {
	for _, u := range v.unsafe {
		v.problem(codeUnsafe, v.at.path, u.String())
	}
}

// finish tells what holds for the archive as a whole. opened is false if its own
// bytes are to be kept.
func (v *visit) finish() (opened bool, err error) {
	if err := v.sets(); err != nil {
		return false, err
	}
	defer v.refusals()
	if len(v.locked) > 0 && len(v.locked) == v.items {
		v.problem(codeEncrypted, v.at.path, "")
		return false, nil
	}
	for _, p := range v.locked {
		v.problem(codeEncrypted, p, "")
	}
	if v.items == 0 && len(v.unsafe) == 0 {
		v.problem(codeBroken, v.at.path, v.nothing())
		return false, nil
	}
	return true, nil
}

func (v *visit) nothing() string {
	if v.junk > 0 {
		return "内仅有系统文件"
	}
	return "内无文件"
}

// broke ends an archive that is damaged at this point.
func (v *visit) broke(reason string) (opened bool, err error) {
	if n := len(v.list.Problems); v.cut > 0 && v.cut == n && v.hidden == 0 {
		v.list.Problems = v.list.Problems[:n-1] // the entry in which it breaks off: one cause, one line
	}
	if err := v.sets(); err != nil {
		return false, err
	}
	v.refusals()
	if v.kept > 0 {
		reason = fmt.Sprintf("%s，仅取出%d个文件", reason, v.kept)
	}
	for _, p := range v.locked {
		v.problem(codeEncrypted, p, "")
	}
	if !v.quiet {
		v.problem(codeBroken, v.at.path, reason)
	}
	return v.kept > 0, nil
}

const tooLong = "解压用时过长，仅取出部分文件"

var (
	errFileLimit = errors.New("the file is over the limit")
	errBytes     = errors.New("the files together are over the limit")
	errTime      = errors.New("the time is up")
)

// source reads an entry within the limits and remembers what failed it.
type source struct {
	r    *bufio.Reader
	o    *opener // nil: the bytes were counted before
	left int64   // of one file
	err  error
}

func (o *opener) source(r io.Reader) *source {
	return &source{r: bufio.NewReaderSize(r, 32<<10), o: o, left: o.limits.File}
}

// whole is a copy as the store reads it; its bytes were counted when it was made.
func whole(s *spool) *source {
	return &source{r: bufio.NewReader(io.NewSectionReader(s, 0, s.size))}
}

func (s *source) peek(n int) []byte {
	head, _ := s.r.Peek(n)
	return head
}

// atEnd: there is nothing to be read, and no failure.
func (s *source) atEnd() bool {
	_, err := s.r.Peek(1)
	return err == io.EOF
}

func (s *source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	if s.o != nil {
		s.left -= int64(n)
		s.o.bytes -= int64(n)
		switch {
		case s.left < 0:
			s.err = errFileLimit
		case s.o.bytes < 0:
			s.err = errBytes
		case s.o.late():
			s.err = errTime
		}
		if s.err != nil {
			return 0, s.err
		}
	}
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
