package ledger

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A backup is a tar: ledger.db, the blobs by name, and last the manifest, a line
// "SHA-256 name" for each file before it. A tar without a manifest was cut off. The
// same ledger gives the same bytes: no times, no owners.
const (
	manifestName = "manifest"
	manifestHead = "anli backup 1"
)

// Backup writes everything in the data folder that counts into one file: a
// consistent ledger first, then the blobs, which are all there because they are
// stored before the entry that names them. l may be in use, or a copy. A blob that is damaged
// is left out, and ErrDamaged names it in the end; the backup is good but for that.
func Backup(l *Ledger, w io.Writer, progress Progress) error {
	p := &packer{tar: tar.NewWriter(w)}
	err := l.View(func(tx *Tx) error {
		return p.add(ledgerName, tx.bolt.Size(), func(w io.Writer) error {
			return guard("copying", func() error {
				_, err := tx.bolt.WriteTo(w)
				return err
			})
		})
	})
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	list, err := l.blobs.list()
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return p.blobs(l.blobs, list, progress)
}

// packer writes a backup.
type packer struct {
	tar      *tar.Writer
	manifest bytes.Buffer
}

// add writes a file of exactly size bytes and its line of the manifest.
func (p *packer) add(name string, size int64, write func(w io.Writer) error) error {
	err := p.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: time.Unix(0, 0)})
	if err != nil {
		return err
	}
	h := sha256.New()
	if err := write(io.MultiWriter(h, p.tar)); err != nil {
		return err
	}
	fmt.Fprintf(&p.manifest, "%s %s\n", hex.EncodeToString(h.Sum(nil)), name)
	return nil
}

// blobs writes those that are whole, and the end.
func (p *packer) blobs(from *Blobs, list []blob, progress Progress) error {
	var bad []error
	for i, b := range list {
		err := p.blob(from, b)
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNoBlob) {
			bad = append(bad, err)
		} else if err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		progress.report("blobs", int64(i+1), int64(len(list)))
	}
	text := manifestHead + "\n" + p.manifest.String()
	err := p.add(manifestName, int64(len(text)), func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err = errors.Join(err, p.tar.Close()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return errors.Join(bad...)
}

// blob reads a blob twice: only when it is known to be whole may its header be written.
func (p *packer) blob(from *Blobs, b blob) error {
	if err := from.Verify(b.sha); err != nil {
		return err
	}
	f, err := from.Open(b.sha)
	if err != nil {
		return err
	}
	defer f.Close()
	return p.add(blobsName+"/"+b.sha[:2]+"/"+b.sha, b.size, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
}

// Restore makes a data folder of a backup. It refuses (ErrExists) where there is a
// ledger, whole or not; blobs that are there stay. Every hash is compared, and
// the ledger opened and its chain followed, before anything takes its place; the
// ledger comes last. A backup that is cut off, changed or something else is
// ErrBackup, and the folder is as it was. accept, if not nil, looks at the ledger
// last; its error is returned, and the folder is as it was.
func Restore(r io.Reader, dir string, accept func(*Ledger) error) error {
	path := filepath.Join(dir, ledgerName)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%w: %s; move it aside first", ErrExists, path)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(dir, tempPrefix+"restore-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := unpack(r, temp); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := checkRestored(temp, accept); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	from, to := OpenBlobs(filepath.Join(temp, blobsName)), OpenBlobs(filepath.Join(dir, blobsName))
	if err := os.MkdirAll(to.dir, 0o700); err != nil {
		return err
	}
	if err := from.Walk(func(sha string, _ int64) error { return to.place(from.path(sha), sha) }); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	// Link, unlike rename, never replaces a ledger made meanwhile.
	if err := os.Link(filepath.Join(temp, ledgerName), path); errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%w: %s", ErrExists, path)
	} else if err != nil {
		return err
	}
	return syncDir(dir)
}

// unpack writes the files of a backup into dir and compares them with the manifest.
func unpack(r io.Reader, dir string) error {
	t := tar.NewReader(r)
	blobs := OpenBlobs(filepath.Join(dir, blobsName))
	var manifest strings.Builder
	fmt.Fprintln(&manifest, manifestHead)
	for first := true; ; first = false {
		header, err := t.Next()
		if err != nil {
			return fmt.Errorf("%w: it ends without a manifest: %v", ErrBackup, err)
		}
		if header.Typeflag != tar.TypeReg || first != (header.Name == ledgerName) {
			return fmt.Errorf("%w: %q does not belong there", ErrBackup, header.Name)
		}
		if header.Name == manifestName {
			return compareManifest(t, manifest.String())
		}
		sha, err := unpackOne(member{t}, header.Name, dir, blobs)
		if err != nil {
			return err
		}
		fmt.Fprintf(&manifest, "%s %s\n", sha, header.Name)
	}
}

// member reads a file of a backup; that it ends early is the backup's fault.
type member struct{ io.Reader }

func (m member) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: %v", ErrBackup, err)
	}
	return n, err
}

// unpackOne stores one file and returns its SHA-256. Nothing of its name gets into
// a path but a SHA-256 that was computed here.
func unpackOne(r io.Reader, name, dir string, blobs *Blobs) (sha string, err error) {
	if name == ledgerName {
		return writeSynced(filepath.Join(dir, ledgerName), func(w io.Writer) error {
			_, err := io.Copy(w, r)
			return err
		})
	}
	sha, _, err = blobs.Put(r)
	if err != nil {
		return "", err
	}
	if want := blobsName + "/" + sha[:2] + "/" + sha; name != want {
		return "", fmt.Errorf("%w: %q has the content of %s", ErrBackup, name, want)
	}
	return sha, nil
}

// writeSynced makes a file that survives a loss of power, and returns its SHA-256.
func writeSynced(path string, write func(w io.Writer) error) (sha string, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	err = write(io.MultiWriter(h, f))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// compareManifest compares what the backup says it has with what was found.
func compareManifest(r io.Reader, found string) error {
	said, seen := bufio.NewReader(r), bufio.NewReader(strings.NewReader(found))
	for {
		a, errA := said.ReadString('\n')
		b, errB := seen.ReadString('\n')
		if a != b {
			return fmt.Errorf("%w: its manifest says %q, found was %q", ErrBackup, clip(a), clip(b))
		}
		if errA != nil || errB != nil {
			return nil
		}
	}
}

func clip(s string) string { return s[:min(len(s), 160)] }

// checkRestored opens the ledger in dir and follows its chain; accept, if not nil,
// has the last word.
func checkRestored(dir string, accept func(*Ledger) error) error {
	l := &Ledger{dir: dir, step: func(string) {}, blobs: OpenBlobs(filepath.Join(dir, blobsName))}
	if err := l.open(filepath.Join(dir, ledgerName), true, lockWait); err != nil {
		return fmt.Errorf("%w: %v", ErrBackup, err)
	}
	defer l.Close()
	problems, err := l.Check(nil)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("%w: %s", ErrBackup, problems[0])
	}
	if err == nil && accept != nil {
		err = accept(l)
	}
	return err
}
