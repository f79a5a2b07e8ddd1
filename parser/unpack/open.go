package unpack

import (
	"errors"
	"fmt"
	"io"
	"path"
	"time"
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
	codeDangerous = "file-dangerous"
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
	if l.Time <= 0 {
		l.Time = 45 * time.Second
	}
	return l
}

// opener is one call of Open: what is left of the limits, and the list so far.
type opener struct {
	limits  Limits
	bytes   int64 // left
	entries int   // left
	ends    time.Time
	store   Store
	paths   *names
	list    Listing
	stopped bool // a limit of the whole is reached, and told
	hidden  int  // problems over problemsMax
}

// Open takes an archive apart, and the archives in it. name is its file name,
// which helps only to recognise volumes and damaged documents; size is in's length in bytes.
//
// store is called once for each file, in the order of Listing.Files; when its
// reader fails it has to discard what it has and return that error. A path is in
// Files (bytes that may be used) or in Problems; only a nested archive that
// cannot be opened is in both, as a plain file and with its reason. The error is
// one of ours (ErrStore, ErrSpool, ErrRead, ErrFault), and the listing then void.
func Open(name string, in io.ReaderAt, size int64, limits Limits, store Store) (Listing, error) {
	return OpenSet([]Volume{{name, size}}, in, limits, store)
}

// OpenSet is Open for an archive that was cut into several files: in holds them
// one behind the other, in the order of [Sets].
func OpenSet(volumes []Volume, in io.ReaderAt, limits Limits, store Store) (list Listing, err error) {
	limits = limits.complete()
	o := &opener{limits: limits, bytes: limits.Bytes, entries: limits.Entries, ends: time.Now().Add(limits.Time), store: store, paths: newNames()}
	defer func() {
		if fault := recover(); fault != nil {
			list, err = Listing{}, fmt.Errorf("%w: %v", ErrFault, fault)
		}
	}()
	if err := o.outermost(volumes, in); err != nil {
		return Listing{}, err
	}
	if o.hidden > 0 {
		o.list.Problems = append(o.list.Problems, Problem{codeUnsafe, "", fmt.Sprintf("问题过多，另有%d处未列出", o.hidden)})
	}
	return o.list, nil
}

func (o *opener) outermost(volumes []Volume, in io.ReaderAt) error {
	var all []part
	at := int64(0)
	for _, v := range volumes {
		v.Name = path.Base(v.Name)
		all = append(all, part{v, nameOf(v.Name).number, io.NewSectionReader(in, at, v.Size)})
		at += v.Size
	}
	if len(all) > 1 || volumeName(all[0].Name) && all[0].Size > 0 {
		_, err := o.set(place{name: all[0].Name}, all)
		return err
	}
	name, size := all[0].Name, all[0].Size
	head := make([]byte, min(size, SniffLen))
	if n, err := in.ReadAt(head, 0); n < len(head) {
		return fmt.Errorf("%w: %w", ErrRead, err)
	}
	if size == 0 {
		o.problem(codeEmpty, "", "")
		return nil
	}
	_, err := o.archive(place{name: name}, formatOf(name, head, in, size), all[0].in, size)
	return err
}

// formatOf is Sniff for what is given to be opened: bytes before a zip, and mails
// that only their names tell, are seen too.
func formatOf(name string, head []byte, in io.ReaderAt, size int64) string {
	format := Sniff(head)
	switch {
	case format == "" && lastVolume(in, size):
		return "zip"
	case format == "ole" && outlookName(name):
		return "msg"
	case mailName(name) && (format == "" || format == "mail"):
		return "eml"
	}
	return format
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

// stop ends the whole for a limit that all levels share; it is told once.
func (o *opener) stop(reason string) {
	if !o.stopped {
		o.stopped = true
		o.problem(codeUnsafe, "", reason)
	}
}

// late tells whether the time is up.
func (o *opener) late() bool { return time.Now().After(o.ends) }

// place is where an archive stands.
type place struct {
	name  string // its own file name
	path  string // "" for the outermost
	depth int    // 0 for the outermost
}

// archive opens one archive of a known format. opened is false if nothing came of
// it and its own bytes are to be kept; why is then among the problems.
func (o *opener) archive(at place, format string, in io.ReaderAt, size int64) (opened bool, err error) {
	if at.depth > o.limits.Depth {
		o.problem(codeUnsafe, at.path, fmt.Sprintf("压缩包嵌套超过%d层", o.limits.Depth))
		return false, nil
	}
	switch format {
	case "zip":
		return o.zip(at, in, size)
	case "rar":
		w := &wanted{member: nameOf(at.name), like: at.name, next: 2}
		opened, err = o.rar(at, []part{{Volume{at.name, size}, 1, in}}, w)
		if len(w.names) > 0 {
			o.problem(codeVolume, at.path, listed(w.names))
		}
		return opened, err
	case "7z":
		return o.sevenZip(at, in, size)
	case "tar":
		return o.tar(at, io.NewSectionReader(in, 0, size))
	case "gzip", "bzip2", "xz", "zstd":
		return o.compressed(at, format, in, size)
	case "eml":
		return o.mail(at, in, size)
	case "tnef":
		return o.tnef(at, in, size)
	case "msg":
		return o.outlook(at, in)
	case "exe":
		o.problem(codeDangerous, at.path, "")
		return false, nil
	}
	o.problem(codeBroken, at.path, foreign(format))
	return false, nil
}
