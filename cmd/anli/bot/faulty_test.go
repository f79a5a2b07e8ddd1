package bot

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"

	"anli/parser/cage"
)

// Faults that a file of a test asks for by a word in it: they stand for those of the
// readers that nobody knows yet. A child dies of
const (
	FaultWords   = "anli-test: dies of its words"
	FaultSeals   = "anli-test: dies of its seals"  // the words are out by then
	FaultInside  = "anli-test: dies of its inside" // so are they
	FaultPicture = "anli-test: dies of its picture"
	FaultSize    = "anli-test: dies of its size"
	FaultUnpack  = "anli-test: dies of its entries"
	FaultAnswer  = "anli-test: answers nonsense"
)

// FaultyWorks are the works, with those faults.
func FaultyWorks() map[string]cage.Work {
	works := Works()
	for name, work := range maps.Clone(works) {
		works[name] = func(in *os.File, args []byte, out io.Writer) error {
			asked := asksFor(in)
			sizes := bytes.Contains(args, []byte(`"Sizes":true`))
			switch {
			case name == workRead && asked(FaultWords), name == workUnpack && asked(FaultUnpack),
				name == workLook && (asked(FaultPicture) && !sizes || asked(FaultSize)):
				panic("as asked for")
			case asked(FaultAnswer):
				_, err := io.WriteString(out, "nonsense")
				return err
			case asked(FaultSeals):
				out = fuse{out, `{"seals":{`}
			case asked(FaultInside):
				out = fuse{out, `{"pictures_inside":`}
			}
			return work(in, args, out)
		}
	}
	return works
}

// asksFor reads an input once for all its faults.
func asksFor(in *os.File) func(fault string) bool {
	none := func(string) bool { return false }
	if in == nil {
		return none
	}
	content, err := io.ReadAll(io.NewSectionReader(in, 0, 4<<20))
	if err != nil || !bytes.Contains(content, []byte("anli-test: ")) {
		return none
	}
	return func(fault string) bool { return strings.Contains(string(content), fault) }
}

// fuse blows when what begins so is told.
type fuse struct {
	io.Writer
	at string
}

func (f fuse) Write(p []byte) (int, error) {
	if bytes.HasPrefix(p, []byte(f.at)) {
		panic(fmt.Sprintf("as asked for, before %d bytes", len(p)))
	}
	return f.Writer.Write(p)
}
