package ledger

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// Problem is something that is not as it should be. What is one of pages, journal,
// head, record, tables, cache, blob; Detail says what was found, for an operator.
type Problem struct{ What, Detail string }

func (p Problem) String() string { return p.What + ": " + p.Detail }

// maxProblems is how many of one kind are listed.
const maxProblems = 20

// findings collects problems.
type findings struct {
	list  []Problem
	count map[string]int
}

func (f *findings) add(what, format string, args ...any) {
	if f.count == nil {
		f.count = map[string]int{}
	}
	if f.count[what]++; f.count[what] <= maxProblems {
		detail := strings.TrimPrefix(fmt.Sprintf(format, args...), ErrDamaged.Error()+": ")
		f.list = append(f.list, Problem{what, detail})
	}
}

func (f *findings) all() []Problem {
	for _, what := range []string{"pages", "journal", "head", "record", "tables", "cache", "blob"} {
		if more := f.count[what] - maxProblems; more > 0 {
			f.list = append(f.list, Problem{what, fmt.Sprintf("and %d more", more)})
		}
	}
	return f.list
}

// Check looks at everything: the pages of the file, the chain of all entries, the
// checksums of all records, and whether the tables are those that a fresh fold of
// the journal gives (this needs the Fold that Open got). It takes about 0.1 s
// for 1,000 entries, works on a copy or beside a writer, and returns what is wrong;
// an error only if it could not look. Blobs are checked by Blobs.Check.
func (l *Ledger) Check(progress Progress) ([]Problem, error) {
	if !l.readOnly { // pages must not change under the eyes of bbolt's own check
		still, err := l.snapshot()
		if err != nil {
			return nil, err
		}
		defer still.Close()
		return still.Check(progress)
	}
	var found findings
	err := l.View(func(tx *Tx) error {
		if !tx.checkPages(&found) {
			return nil // to walk on would end in a fault
		}
		whole := tx.checkJournal(&found, progress)
		tx.checkRecords(&found)
		if !whole || l.fold == nil {
			return nil
		}
		return tx.checkTables(&found, progress)
	})
	if errors.Is(err, ErrDamaged) {
		found.add("pages", "%v", err)
		err = nil
	}
	return found.all(), err
}

// Verify is Check with everything found as one error, ErrDamaged.
func (l *Ledger) Verify() error {
	problems, err := l.Check(nil)
	if err != nil || len(problems) == 0 {
		return err
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.String()
	}
	return explain(damaged("%s", strings.Join(lines, "; ")))
}

// checkJournal follows the chain from the first entry to the head, and tells
// whether it is whole.
func (tx *Tx) checkJournal(found *findings, progress Progress) bool {
	prev := noHash
	for seq := uint64(1); seq <= tx.head.Seq; seq++ {
		line, err := tx.line(seq)
		if err != nil {
			found.add("journal", "%v", err)
			return false
		}
		e, err := parseEntry(line) // its form was checked when it was written, its bytes are chained
		if err != nil || e.Seq != seq {
			found.add("journal", "entry %d: number %d, %v", seq, e.Seq, err)
			return false
		}
		if e.Prev != prev {
			found.add("journal", "entry %d does not follow entry %d", seq, seq-1)
			return false
		}
		prev = hashLine(prev, line)
		if seq%1000 == 0 || seq == tx.head.Seq {
			progress.report("entries", int64(seq), int64(tx.head.Seq))
		}
	}
	if prev != tx.head.Hash {
		found.add("head", "it names %s, the newest entry is %s", tx.head.Hash, prev)
		return false
	}
	return true
}

// checkRecords looks at the checksum of every record, and for buckets and entries
// that should not be there.
func (tx *Tx) checkRecords(found *findings) {
	err := guard("records", func() error {
		return tx.bolt.ForEach(func(name []byte, b *bolt.Bucket) error {
			bucket := string(name)
			switch {
			case bucket == journalBucket:
				return tx.countEntries(found, b)
			case bucket == metaBucket, strings.HasPrefix(bucket, tablePrefix):
				checkSums(found, "record", bucket, b)
			case strings.HasPrefix(bucket, cachePrefix):
				checkSums(found, "cache", bucket, b)
			default:
				found.add("record", "unknown bucket %q", bucket)
			}
			return nil
		})
	})
	if err != nil {
		found.add("record", "%v", err)
	}
}

func (tx *Tx) countEntries(found *findings, journal *bolt.Bucket) error {
	var n uint64
	err := journal.ForEachBucket(func(k []byte) error {
		return journal.Bucket(k).ForEach(func(_, _ []byte) error { n++; return nil })
	})
	if err == nil && n != tx.head.Seq {
		found.add("journal", "%d entries are stored, the newest has number %d", n, tx.head.Seq)
	}
	return err
}

func checkSums(found *findings, what, bucket string, b *bolt.Bucket) {
	b.ForEach(func(k, v []byte) error {
		if _, err := unseal(bucket, k, v); err != nil {
			found.add(what, "%v", err)
		}
		return nil
	})
}

// Check compares every blob with its name, and says which differ.
func (b *Blobs) Check(progress Progress) ([]Problem, error) {
	var found findings
	list, err := b.list()
	if err != nil {
		return nil, err
	}
	for i, one := range list {
		if err := b.Verify(one.sha); errors.Is(err, ErrDamaged) {
			found.add("blob", "%s: %v", filepath.Base(b.path(one.sha)), err)
		} else if err != nil && !errors.Is(err, ErrNoBlob) {
			return nil, err
		}
		progress.report("blobs", int64(i+1), int64(len(list)))
	}
	return found.all(), nil
}

// blob is a name and a size.
type blob struct {
	sha  string
	size int64
}

func (b *Blobs) list() (list []blob, err error) {
	err = b.Walk(func(sha string, size int64) error {
		list = append(list, blob{sha, size})
		return nil
	})
	return list, err
}
