package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/cage"
	"anli/parser/mail"
	"anli/parser/unpack"
)

// archive opens one archive in the cage.
func (r *Reader) archive(ctx context.Context, file unreadFile, reading intake.Reading) (intake.Reading, error) {
	f, err := r.Blobs.Open(file.sha)
	if err != nil {
		return reading, err
	}
	defer f.Close()
	reading.Kind = "archive"
	reading.Listing, err = r.unpack(ctx, f, file, unpack.Task{Name: file.name})
	if err != nil {
		return reading, fmt.Errorf("unpacking %s: %w", file.sha[:8], err)
	}
	return reading, nil
}

// unpack lets a child open what in holds; a child that fails makes the listing of
// a broken archive.
func (r *Reader) unpack(ctx context.Context, in *os.File, file unreadFile, task unpack.Task) (*unpack.Listing, error) {
	task.Limits = unpack.Limits{Entries: maxFiles}
	var listing unpack.Listing
	err := r.Cage.RunWithin(ctx, unpackLimits(task.Limits), workUnpack, in, task, func(answer io.Reader) error {
		var err error
		listing, err = unpack.Collect(answer, task.Limits, r.Blobs.Put)
		return err
	})
	if err != nil && !caged(err) {
		return nil, err
	}
	if err != nil {
		r.unread(file, workUnpack, err)
		listing = unpack.Stopped(errors.Is(err, cage.ErrLimit))
	}
	return &listing, nil
}

func unpackLimits(l unpack.Limits) cage.Limits {
	return cage.Limits{CPU: time.Minute, Answer: l.Answer(), Temp: true}
}

// kept is what was read in a file before.
func (b *Bot) kept(sha string) (reading intake.Reading, known bool) {
	if err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		reading, known, err = intake.NewTables().Readings.Get(tx, sha)
		return err
	}); err != nil {
		return intake.Reading{}, false
	}
	if !reading.Known(false) {
		return intake.Reading{}, false
	}
	return reading, known
}

// openVolumes are the volumes that a sender's earlier mails brought, of sets that
// were never whole.
func (b *Bot) openVolumes(from string, reading func(string) intake.Reading) ([]intake.Piece, error) {
	var mails []intake.Mail
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		mails, err = mailsOf(tx, from)
		return err
	})
	return intake.OpenVolumes(mails, reading), err
}

// sets opens the archives in several files, as far as their volumes are there.
func (r *Reader) sets(ctx context.Context, msg mail.Message, found []intake.Reading, known func(string) (intake.Reading, bool),
	earlier func(func(string) intake.Reading) ([]intake.Piece, error)) ([]intake.Reading, error) {
	reading := func(sha string) intake.Reading {
		for _, x := range found {
			if x.SHA256 == sha {
				return x
			}
		}
		kept, _ := known(sha)
		return kept
	}
	files := attached(msg)
	if !intake.HasVolumes(files, reading) {
		return nil, nil
	}
	var before []intake.Piece
	if earlier != nil {
		var err error
		if before, err = earlier(reading); err != nil {
			return nil, err
		}
	}
	var out []intake.Reading
	for _, s := range intake.VolumeSets(files, before, reading) {
		if _, kept := known(s.Key()); kept {
			continue
		}
		together, err := r.volumes(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, together)
	}
	return out, nil
}

// volumes opens the volumes of one archive together: the child has one input, so
// they are written one behind the other.
func (r *Reader) volumes(ctx context.Context, s intake.VolumeSet) (intake.Reading, error) {
	reading := intake.Reading{SHA256: s.Key(), Reader: ReaderVersion, Kind: "archive"}
	all, err := os.CreateTemp(r.Cage.TempDir, "volumes-")
	if err != nil {
		return reading, err
	}
	defer os.Remove(all.Name())
	defer all.Close()
	task, size := unpack.Task{Name: s.Name}, int64(0)
	for _, p := range s.Volumes {
		reading.Volumes = append(reading.Volumes, p.SHA256)
		task.Volumes = append(task.Volumes, unpack.Volume{Name: p.Path, Size: p.Bytes})
		size += p.Bytes
		if _, err := r.copyTo(all, p.SHA256); err != nil {
			return reading, err
		}
	}
	reading.Listing, err = r.unpack(ctx, all, unreadFile{s.Name, reading.SHA256, size}, task)
	if err != nil {
		return reading, fmt.Errorf("unpacking the volumes %s: %w", reading.SHA256[:8], err)
	}
	return reading, nil
}
