package unpack

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
)

// Failures of ours. Each is wrapped as "%w: detail".
var (
	ErrStore  = errors.New("unpack: a file could not be stored")
	ErrSpool  = errors.New("unpack: a nested archive could not be spooled")
	ErrRead   = errors.New("unpack: the archive could not be read")
	ErrFault  = errors.New("unpack: a fault of the reader")           // a panic; the archive may be hostile
	ErrAnswer = errors.New("unpack: the answer is not to be trusted") // a child's, see Collect
)

const (
	codeBroken    = "archive-broken"
	codeUnsafe    = "archive-unsafe"
	codeVolume    = "archive-volume-missing"
	codeEncrypted = "file-encrypted"
	codeEmpty     = "file-empty"

	problemsMax = 100 // more are counted in one line
)

func (l Limits) complete() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 2 << 30
	}
	if l.File <= 0 {
		l.File = 200 << 20
	}
	if l.Entries <= 0 {
		l.Entries = 5000
	}
	if l.Depth <= 0 {
		l.Depth = 5
	}
	return l
}

// opener is one call of Open: what is left of the limits, and the list so far.
type opener struct {
	limits  Limits
	bytes   int64 // left
	entries int   // left
	store   Store
	paths   *names
	list    Listing
	hidden  int // problems over problemsMax
}

// Open takes an archive apart, and the archives in it. name is its file name,
// which helps only to recognise volumes and damaged documents; size is in's length in bytes.
//
// store is called once for each file, in the order of Listing.Files; when its
// reader fails it has to discard what it has and return that error. A path is in
// Files (bytes that may be used) or in Problems; only a nested archive that
// cannot be opened is in both, as a plain file and with its reason. The error is
// one of ours (ErrStore, ErrSpool, ErrRead, ErrFault), and the listing then void.
func Open(name string, in io.ReaderAt, size int64, limits Limits, store Store) (list Listing, err error) {
	limits = limits.complete()
	o := &opener{limits: limits, bytes: limits.Bytes, entries: limits.Entries, store: store, paths: newNames()}
	defer func() {
		if fault := recover(); fault != nil {
			list, err = Listing{}, fmt.Errorf("%w: %v", ErrFault, fault)
		}
	}()
	head := make([]byte, min(size, SniffLen))
	if n, err := in.ReadAt(head, 0); n < len(head) {
		return Listing{}, fmt.Errorf("%w: %w", ErrRead, err)
	}
	switch format := Sniff(head); {
	case size == 0:
		o.problem(codeEmpty, "", "")
	case format == "zip", format == "" && lastVolume(in, size):
		_, err = o.zip(place{name: name}, in, size)
	case format == "" && volumeName(name):
		o.problem(codeBroken, "", oneOfSeveral)
	default:
		o.problem(codeBroken, "", foreign(format))
	}
	if o.hidden > 0 {
		o.list.Problems = append(o.list.Problems, Problem{codeUnsafe, "", fmt.Sprintf("问题过多，另有%d处未列出", o.hidden)})
	}
	if err != nil {
		return Listing{}, err
	}
	return o.list, nil
}

// lastVolume tells whether a file ends as a zip does, whatever its start is: a
// volume of several, or a zip behind other bytes.
func lastVolume(in io.ReaderAt, size int64) bool {
	_, err := readEnd(in, size)
	return err == nil
}

func foreign(format string) string {
	if words, known := inChinese[format]; known {
		return words
	}
	return "不是压缩包"
}

func (o *opener) problem(code, file, reason string) {
	if len(o.list.Problems) >= problemsMax {
		o.hidden++
		return
	}
	o.list.Problems = append(o.list.Problems, Problem{code, file, reason})
}

// place is where an archive stands.
type place struct {
	name  string // its own file name
	path  string // "" for the outermost
	depth int    // 0 for the outermost
}

// zip opens one archive. opened is false if it is refused as a whole, which is
// then among the problems.
func (o *opener) zip(at place, in io.ReaderAt, size int64) (opened bool, err error) {
	if at.depth > o.limits.Depth {
		o.problem(codeUnsafe, at.path, fmt.Sprintf("压缩包嵌套超过%d层", o.limits.Depth))
		return false, nil
	}
	r, refused := directory(at.name, in, size, o.limits, o.entries)
	if refused != nil {
		o.problem(refused.Code, at.path, refused.Reason)
		return false, nil
	}
	o.entries -= len(r.File)
	junk := o.list.Junk
	items, unsafe := o.survey(at, r.File)
	if code, reason := o.refuse(items, size); code != "" {
		o.problem(code, at.path, reason)
		return false, nil
	}
	if len(items) == 0 && len(unsafe) == 0 {
		reason := "内无文件"
		if o.list.Junk > junk {
			reason = "内仅有系统文件"
		}
		o.problem(codeBroken, at.path, reason)
		return false, nil
	}
	for _, it := range items {
		if err := o.entry(at, it, in); err != nil {
			return false, err
		}
	}
	for _, u := range unsafe {
		o.problem(codeUnsafe, at.path, u.String())
	}
	return true, nil
}

// entry takes one file out, and opens it if it is an archive.
func (o *opener) entry(at place, it item, in io.ReaderAt) error {
	o.bytes -= int64(it.UncompressedSize64)
	switch {
	case it.Flags&flagEncrypted != 0:
		o.problem(codeEncrypted, it.path, "")
		return nil
	case it.UncompressedSize64 == 0:
		o.problem(codeEmpty, it.path, "")
		return nil
	case it.UncompressedSize64 > uint64(o.limits.File):
		o.problem(codeUnsafe, it.path, "单个文件超过"+amount(o.limits.File))
		return nil
	}
	body, err := it.Open()
	if err != nil {
		o.problem(codeBroken, it.path, unreadable(it.Method))
		return nil
	}
	defer body.Close()
	src := &source{r: bufio.NewReaderSize(body, 32<<10)}
	switch format := Sniff(src.peek(SniffLen)); {
	case format == "zip":
		return o.nested(at, it, in, src)
	case packed(format), format == "" && archiveName(it.path):
		p, err := o.keep(o.paths.file(it.path), src)
		if p != "" {
			o.problem(codeBroken, p, foreign(format))
		}
		return err
	}
	_, err = o.keep(o.paths.file(it.path), src)
	return err
}

func unreadable(method uint16) string {
	if name, known := methods[method]; known {
		return "压缩算法为" + name
	}
	if method != zip.Store && method != zip.Deflate && method != methodBzip2 {
		return "压缩算法不明"
	}
	return "数据损坏"
}

// keep stores a file under a claimed path; a damaged one becomes a problem and
// kept is "".
func (o *opener) keep(p string, src *source) (kept string, err error) {
	sum, size, err := o.store(src)
	switch {
	case src.err != nil:
		delete(o.paths.files, p)
		o.problem(codeBroken, p, "数据损坏")
		return "", nil
	case err != nil:
		return "", fmt.Errorf("%w: %w", ErrStore, err)
	}
	o.list.Files = append(o.list.Files, File{Path: p, Size: size, SHA256: sum})
	return p, nil
}

// nested opens a zip in a zip; a document that is a zip by its format is a file.
func (o *opener) nested(at place, it item, in io.ReaderAt, src *source) error {
	head := append([]byte(nil), src.peek(SniffLen)...)
	copied, err := newSpool(src)
	if err != nil {
		return err
	}
	defer copied.close()
	if src.err != nil {
		o.problem(codeBroken, it.path, "数据损坏")
		return nil
	}
	whole := &source{r: bufio.NewReader(io.NewSectionReader(copied, 0, copied.size))}
	if !IsArchive(it.path, head, copied, copied.size) {
		_, err := o.keep(o.paths.file(it.path), whole)
		return err
	}
	folder := o.paths.folder(it.path)
	opened, err := o.zip(place{path.Base(folder), folder, at.depth + 1}, copied, copied.size)
	if opened || err != nil {
		return err
	}
	o.paths.unfold(folder)
	_, err = o.keep(folder, whole)
	return err
}

// source reads an entry and remembers that it was the entry that failed.
type source struct {
	r   *bufio.Reader
	err error
}

func (s *source) peek(n int) []byte {
	head, _ := s.r.Peek(n)
	return head
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
