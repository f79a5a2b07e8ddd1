// Package unpack opens archives within limits and gives a flat list of files.
//
// Names are decoded the way Windows, macOS and Linux tools of Chinese users
// write them; nothing is ever written by an entry's name. What goes wrong is a
// [Problem], a value that becomes a line in the reply, never a refusal of the rest.
package unpack

import (
	"io"
	"slices"
	"time"
)

// File is one file that was taken out of an archive.
type File struct {
	Path   string `json:"path"`   // inside the archive, "/" between folders, decoded, safe; an archive in an archive is a folder named as itself
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hex
}

// Problem is something the sender has to mend. Code is a finding code:
// archive-broken, archive-unsafe, archive-volume-missing, file-encrypted,
// file-dangerous, file-empty.
type Problem struct {
	Code   string `json:"code"`
	File   string `json:"file"`   // path as in File.Path; "" for the archive itself
	Reason string `json:"reason"` // Chinese, fits into the brackets of the finding's wording
}

// Listing is what an archive held.
type Listing struct {
	Files    []File    `json:"files"`
	Problems []Problem `json:"problems"`
	Junk     int       `json:"junk"` // system files dropped: __MACOSX, .DS_Store, Thumbs.db, ~$…
}

// Missing tells whether the archive lacks files that it goes on in.
func (l *Listing) Missing() bool {
	return l != nil && slices.ContainsFunc(l.Problems, func(p Problem) bool { return p.Code == codeVolume && p.File == "" })
}

// Limits bound an archive with everything inside it: one budget for all levels.
// The zero value means the defaults.
type Limits struct {
	Bytes   int64         // of all files together; default 2 GiB
	File    int64         // of one file; default 200 MiB
	Entries int           // default 5,000
	Depth   int           // archives in archives; default 5
	Time    time.Duration // what came out before is kept; default 45 s
}

// Store keeps the bytes of one file and returns their SHA-256 (hex) and length.
type Store func(r io.Reader) (sha256 string, size int64, err error)
