package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
)

// A mail of a desk, as a model of its load: one table that grows with every mail,
// keyed by hash, one that grows in order, and one of the 105 cases there can be.
type benchMail struct {
	Sha, From, Subject string
	Findings           []string
}

var (
	benchMails   = NewTable[benchMail]("mails")
	benchLetters = NewTable[string]("letters")
	benchCases   = NewTable[benchMail]("cases")
)

func benchFold(tx *Tx, e Entry) error {
	var m benchMail
	if err := json.Unmarshal(e.Data, &m); err != nil {
		return err
	}
	small := m
	small.Findings = nil
	if err := benchMails.Put(tx, m.Sha[:16], small); err != nil {
		return err
	}
	if err := benchLetters.Put(tx, fmt.Sprintf("%010d", e.Seq), strings.Repeat("l", 200)); err != nil {
		return err
	}
	return benchCases.Put(tx, fmt.Sprintf("GD-%04d", e.Seq%105), m)
}

func newBenchMail(i int) benchMail {
	s := sha256.Sum256(fmt.Append(nil, i))
	m := benchMail{Sha: hex.EncodeToString(s[:]), From: "foshan@commerce.example", Subject: "佛山市电商案例申报材料"}
	for j := range 12 {
		m.Findings = append(m.Findings, fmt.Sprintf("licence-missing/%d 缺少营业执照副本复印件（加盖公章）", j))
	}
	return m
}

func benchLedger(b *testing.B, dir string, entries int) *Ledger {
	b.Helper()
	l, err := Open(dir, benchFold)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	l.db.NoSync = true // while it is filled
	for i := 0; i < entries; i += 50 {
		err := l.Update(func(tx *Tx) error {
			for j := range 50 {
				if _, err := tx.Append(testTime, "mail", "mail/x", 1, newBenchMail(i+j)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	l.db.NoSync = false
	if err := l.db.Sync(); err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkCommit: one mail's entry with three records, with a history behind it.
func BenchmarkCommit(b *testing.B) {
	for _, behind := range []int{1000, 100_000} {
		b.Run(fmt.Sprintf("behind=%d", behind), func(b *testing.B) {
			l := benchLedger(b, b.TempDir(), behind)
			pages, i := l.Pages(), behind
			cpu := cpuTime(b)
			b.ReportAllocs()
			for b.Loop() {
				err := l.Update(func(tx *Tx) error {
					_, err := tx.Append(testTime, "mail", "mail/x", 1, newBenchMail(i))
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
				i++
			}
			b.ReportMetric(float64(l.Pages()-pages)/float64(b.N), "pages/op")
			b.ReportMetric(float64(cpuTime(b)-cpu)/float64(b.N), "cpu-ns/op")
		})
	}
}

// cpuTime is what this process has used: unlike wall time it does not hang on the
// disk and on who else is using the machine.
func cpuTime(b *testing.B) int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// BenchmarkHistory: the start with 100,000 entries; Check and Refold of the same.
func BenchmarkHistory(b *testing.B) {
	dir := b.TempDir()
	l := benchLedger(b, dir, 100_000)
	size := int64(0)
	l.View(func(tx *Tx) error { size = tx.bolt.Size(); return nil })
	l.Close()
	b.Run("Open", func(b *testing.B) {
		for b.Loop() {
			l, err := Open(dir, benchFold)
			if err != nil {
				b.Fatal(err)
			}
			l.Close()
		}
		b.ReportMetric(float64(size)/1e6, "MB")
	})
	l, err := Open(dir, benchFold)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	b.Run("Copy", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.writeCopy(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Check", func(b *testing.B) {
		for b.Loop() {
			if err := l.Verify(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Refold", func(b *testing.B) {
		for b.Loop() {
			if err := l.Refold(nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	m := newBenchMail(1)
	for b.Loop() {
		if _, err := Canonical(m); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBlobPut(b *testing.B) {
	blobs := OpenBlobs(b.TempDir())
	content := make([]byte, 5<<20)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		copy(content, fmt.Sprint(i))
		if _, _, err := blobs.Put(bytes.NewReader(content)); err != nil {
			b.Fatal(err)
		}
	}
}
