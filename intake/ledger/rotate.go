package ledger

import (
	"archive/tar"
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A rotation keeps several backups in one folder without keeping each blob
// several times:
//
//	<dir>/<name>/ledger.db   a copy as it was then
//	<dir>/<name>/blobs.txt   the blobs there were, a line "SHA-256 size" each
//	<dir>/blobs/ab/abcdef…   every blob once: a hard link where dir is in the
//	                         file system of the data folder, else a copy
//
// A link costs no space and guards against deletion, not against a bad disk: that
// needs a dir on another one.
const listName = "blobs.txt"

// Rotate makes a backup called name below dir, then removes all but the newest
// keep (at least 1) and the blobs that none of these lists any more. Newest is
// by name: let names sort by time, as 2024-10-12T0830 does. The backup is opened
// and its chain followed before it gets its name; only then are older ones
// removed. The same name again is ErrExists. Blobs are verified as they are taken;
// a damaged one is ErrDamaged, and the rest is kept. May run beside Update.
func (l *Ledger) Rotate(dir, name string, keep int) (path string, err error) {
	if !validName(name) {
		return "", fmt.Errorf("rotate: %q cannot be the name of a backup", name)
	}
	path = filepath.Join(dir, name)
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("%w: %s", ErrExists, path)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("rotate: %w", err)
	}
	temp, err := os.MkdirTemp(dir, tempPrefix+"*")
	if err != nil {
		return "", fmt.Errorf("rotate: %w", err)
	}
	defer os.RemoveAll(temp)
	bad, err := l.rotateInto(temp, OpenBlobs(filepath.Join(dir, blobsName)))
	if err != nil {
		return "", fmt.Errorf("rotate: %w", err)
	}
	if err := errors.Join(syncDir(temp), os.Rename(temp, path), syncDir(dir)); err != nil {
		return "", fmt.Errorf("rotate: %w", err)
	}
	if err := prune(dir, max(keep, 1)); err != nil {
		return path, fmt.Errorf("rotate: older backups: %w", err)
	}
	return path, bad
}

// validName: one element of a path, not hidden, not the folder of the blobs.
func validName(name string) bool {
	return name != "" && name != blobsName && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, "/\x00")
}

// rotateInto writes copy and list to temp and the blobs to pool. bad names blobs
// that are damaged.
func (l *Ledger) rotateInto(temp string, pool *Blobs) (bad, err error) {
	_, err = writeSynced(filepath.Join(temp, ledgerName), func(w io.Writer) error {
		_, err := l.writeCopy(w)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := checkRestored(temp, nil); err != nil {
		return nil, err
	}
	list, err := l.blobs.list()
	if err != nil {
		return nil, err
	}
	_, err = writeSynced(filepath.Join(temp, listName), func(w io.Writer) error {
		out := bufio.NewWriter(w)
		for _, b := range list {
			err := pool.Take(l.blobs, b.sha)
			if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNoBlob) {
				bad = errors.Join(bad, err)
				continue
			} else if err != nil {
				return err
			}
			fmt.Fprintln(out, b.sha, b.size)
		}
		return out.Flush()
	})
	return bad, err
}

// prune removes all but the newest keep backups, and the blobs nobody lists.
func prune(dir string, keep int) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var names []string
	for _, d := range entries {
		if strings.HasPrefix(d.Name(), tempPrefix) { // of a killed process
			if err := os.RemoveAll(filepath.Join(dir, d.Name())); err != nil {
				return err
			}
		}
		if _, err := os.Lstat(filepath.Join(dir, d.Name(), listName)); err == nil && d.IsDir() && validName(d.Name()) {
			names = append(names, d.Name())
		}
	}
	slices.Sort(names)
	old := names[:max(0, len(names)-keep)]
	for _, name := range old {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return sweepPool(dir, names[len(old):])
}

// sweepPool removes the blobs that none of the named backups lists.
func sweepPool(dir string, names []string) error {
	listed := map[string]bool{}
	for _, name := range names {
		list, err := readList(filepath.Join(dir, name, listName))
		if err != nil {
			return err // better too many blobs than too few
		}
		for _, b := range list {
			listed[b.sha] = true
		}
	}
	pool := OpenBlobs(filepath.Join(dir, blobsName))
	return pool.Walk(func(sha string, _ int64) error {
		if listed[sha] {
			return nil
		}
		return os.Remove(pool.path(sha))
	})
}

// readList reads blobs.txt.
func readList(path string) (list []blob, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s is missing", ErrBackup, path)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		sha, size, _ := strings.Cut(lines.Text(), " ")
		n, err := strconv.ParseInt(size, 10, 64)
		if !isHash(sha) || err != nil || n < 0 {
			return nil, fmt.Errorf("%w: %s: %q", ErrBackup, path, clip(lines.Text()))
		}
		list = append(list, blob{sha, n})
	}
	return list, lines.Err()
}

// RestoreRotated is Restore from a backup that Rotate made: path is what it returned.
// Where blobs of it are gone or damaged, the rest is restored and the error
// (ErrNoBlob, ErrDamaged) names them. accept is as for Restore.
func RestoreRotated(path, dir string, accept func(*Ledger) error) error {
	list, err := readList(filepath.Join(path, listName))
	if err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(path, ledgerName))
	if err != nil {
		return fmt.Errorf("%w: %v", ErrBackup, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r, w := io.Pipe()
	packed := make(chan error, 1)
	go func() {
		p := &packer{tar: tar.NewWriter(w)}
		err := p.add(ledgerName, info.Size(), func(w io.Writer) error {
			_, err := io.Copy(w, f)
			return err
		})
		if err == nil {
			err = p.blobs(OpenBlobs(filepath.Join(filepath.Dir(path), blobsName)), list, nil)
		}
		w.CloseWithError(err)
		packed <- err
	}()
	if err = Restore(r, dir, accept); err == nil {
		io.Copy(io.Discard, r) // the end of the tar, so that its writer can end
	}
	r.Close()
	if bad := <-packed; err == nil {
		return bad
	}
	return err
}
