package intake

import (
	"path"
	"slices"
	"strings"

	"anli/parser/unpack"
)

// VolumeSet is an archive in several files, as far as they have come.
type VolumeSet struct {
	Name    string  // of the archive: a.rar for a.part1.rar
	Volumes []Piece // in order
	Own     int     // how many of them are the mail's own
}

// Key is under which the reading of the volumes together is kept.
func (v VolumeSet) Key() string {
	var b strings.Builder
	for _, p := range v.Volumes {
		b.WriteString(p.SHA256 + "\n")
	}
	return hashOf([]byte("volumes\n" + b.String()))
}

// mayBeVolume: by its name or, for a.zip and a.rar, since its reading says that
// it is not all.
func mayBeVolume(p Piece, reading func(string) Reading) bool {
	return unpack.IsVolume(p.Path) || unpack.SetName(p.Path) == p.Path && reading(p.SHA256).Listing.Missing()
}

// HasVolumes tells whether a mail's files may need those of earlier mails.
func HasVolumes(files []Piece, reading func(string) Reading) bool {
	return slices.ContainsFunc(files, func(p Piece) bool { return mayBeVolume(p, reading) })
}

// VolumeSets finds the archives in several files among a mail's own. What lacks is
// taken from earlier, the newest first: volumes of the same sender's earlier mails
// whose sets were not whole. Sets of a single file are left out.
func VolumeSets(files, earlier []Piece, reading func(string) Reading) []VolumeSet {
	var all []Piece
	own := 0
	for _, p := range files {
		if mayBeVolume(p, reading) {
			all, own = append(all, p), own+1
		}
	}
	if own == 0 {
		return nil
	}
	all = append(all, earlier...)
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Path
	}
	var out []VolumeSet
	for _, indexes := range unpack.Sets(names) { // of two of one number the first stays: the mail's own, the newest
		s := VolumeSet{Name: unpack.SetName(names[indexes[0]])}
		for _, i := range indexes {
			s.Volumes = append(s.Volumes, all[i])
			if i < own {
				s.Own++
			}
		}
		if s.Own > 0 && len(s.Volumes) > 1 {
			out = append(out, s)
		}
	}
	return out
}

// OpenVolumes are the volumes of one sender's earlier mails, the newest mail
// first, whose sets were never whole.
func OpenVolumes(mails []Mail, reading func(string) Reading) []Piece {
	used := map[string]bool{}
	for _, m := range mails {
		for _, p := range m.Files {
			if r := reading(p.Set); p.Set != "" && !r.Listing.Missing() {
				for _, sha := range r.Volumes {
					used[sha] = true
				}
			}
		}
	}
	var out []Piece
	for _, m := range mails {
		for _, p := range m.Files {
			if p.Archive && !used[p.SHA256] && mayBeVolume(p, reading) {
				out = append(out, p)
			}
		}
	}
	return out
}

// Opened puts behind each archive what it held, and says which were read together.
// Files of a mail in a mail (winmail.dat, .msg) stand beside it.
func Opened(files, earlier []Piece, reading func(string) Reading) []Piece {
	sets := map[string]VolumeSet{} // SHA-256 of a volume → its set
	for _, s := range VolumeSets(files, earlier, reading) {
		if reading(s.Key()).Kind != "" { // else it was read before sets were
			for _, p := range s.Volumes {
				sets[p.SHA256] = s
			}
		}
	}
	taken, listed := map[string]bool{}, map[string]bool{}
	for _, p := range files {
		taken[p.Path] = true
	}
	var out []Piece
	for _, p := range files {
		r, name := reading(p.SHA256), p.Path
		p.Archive = r.Kind == "archive"
		if s, ok := sets[p.SHA256]; ok && mayBeVolume(p, reading) {
			p.Set, p.Archive, r, name = s.Key(), true, reading(s.Key()), s.Name
		} else if p.Archive && unpack.IsVolume(p.Path) {
			name = unpack.SetName(p.Path)
		}
		out = append(out, p)
		if r.Listing == nil || p.Set != "" && listed[p.Set] {
			continue
		}
		listed[p.Set] = true
		for _, f := range r.Listing.Files {
			inner := Piece{Path: name + "/" + f.Path, Bytes: f.Size, SHA256: f.SHA256}
			if besides(p.Path) && !taken[f.Path] {
				inner.Path = f.Path
			}
			taken[inner.Path] = true
			out = append(out, inner)
		}
	}
	return out
}

// besides: a container of mail programs that its sender does not see: what is in
// it was attached to the mail.
func besides(name string) bool {
	base := strings.ToLower(path.Base(name))
	return base == "winmail.dat" || base == "win.dat" || strings.HasSuffix(base, ".msg")
}

// containerReading is what was read in an archive, or in the volumes together.
func containerReading(f File, reading func(string) Reading) (Reading, string) {
	if f.Set != "" {
		return reading(f.Set), path.Join(path.Dir(f.Path), unpack.SetName(path.Base(f.Path)))
	}
	return reading(f.SHA256), f.Path
}

// superseded: more volumes of the same archive came later and were read with this one.
func superseded(f File, all []File, reading func(string) Reading) bool {
	was := max(len(reading(f.Set).Volumes), 1)
	return slices.ContainsFunc(all, func(x File) bool {
		if x.Set == "" || x.Set == f.Set {
			return false
		}
		with := reading(x.Set).Volumes
		return len(with) > was && slices.Contains(with, f.SHA256)
	})
}

// opened: all of an archive could be taken out.
func (f File) opened(reading func(string) Reading) bool {
	r, _ := containerReading(f, reading)
	return f.Damaged == "" && r.Failure == "" && r.Listing != nil &&
		!slices.ContainsFunc(r.Listing.Problems, func(p unpack.Problem) bool { return p.File == "" })
}

// setBrokenAside retires archives that could not be opened and came again, sound, in a
// later mail. What was taken out of them stands by itself. Without proof one that a
// receipt has listed stays.
func (c *Case) setBrokenAside(proof bool, reading func(string) Reading) {
	for i, x := range c.Files {
		if x.Standing != StandingActive || !IsArchiveName(path.Base(x.Path)) || x.Told && !proof || x.opened(reading) {
			continue
		}
		again := slices.IndexFunc(c.Files, func(f File) bool {
			return f.Standing == StandingActive && f.Role == RoleContainer && f.Mail != x.Mail && f.At.After(x.At) && sameArchive(f.Path, x.Path) &&
				f.opened(reading) && !slices.Contains(reading(f.Set).Volumes, x.SHA256)
		})
		if again >= 0 {
			c.Files[again].Change = changeReplaced
			c.retire(i)
		}
	}
}
