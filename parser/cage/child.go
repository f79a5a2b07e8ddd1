package cage

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"

	"golang.org/x/sys/unix"
)

// The child's environment holds marker, GOMEMLIMIT, GOMAXPROCS and, where they
// are allowed, TMPDIR and XDG_CACHE_HOME; nothing of the parent's.
const marker = "ANLI_CAGE"

// The child's descriptors beside stdin (the order), stdout (null) and stderr
// (a pipe the parent reads the first bytes of).
const (
	answerFD = 3
	inputFD  = 4 // only if order.Input
)

const exitUnready = 121 // the child could not be made ready, or could not answer

const maxStack = 64 << 20 // bytes a goroutine's stack may grow to: a recursion bomb ends early

// order is what the parent tells the child on stdin.
type order struct {
	Work   string          `json:"work"`
	Args   json.RawMessage `json:"args"`
	Input  bool            `json:"input"`
	Parent int             `json:"parent"` // process id, to notice that it died before the signal was set
	CPU    uint64          `json:"cpu"`    // seconds
	Memory uint64          `json:"memory"` // bytes
	File   uint64          `json:"file"`   // bytes
	Temp   string          `json:"temp"`   // folder, read and write
	Cache  string          `json:"cache"`  // folder, read only
	Warm   bool            `json:"warm"`   // the cache may be written
}

// Serve turns this process into a caged child if it was started as one, and
// then never returns; else it returns at once. It has to be the first line of
// main and of TestMain, with the same works in each process.
func Serve(works map[string]Work) {
	if os.Getenv(marker) == "" {
		return
	}
	if err := serve(works); err != nil {
		fmt.Fprintln(os.Stderr, "cage:", err)
		os.Exit(exitUnready)
	}
	syscall.Exit(0) // not os.Exit: under the race detector that sleeps a second
}

func serve(works map[string]Work) error {
	debug.SetMaxStack(maxStack)
	var o order
	if err := json.NewDecoder(os.Stdin).Decode(&o); err != nil {
		return fmt.Errorf("order: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("parent death signal: %w", err)
	}
	if os.Getppid() != o.Parent {
		return fmt.Errorf("the parent is gone")
	}
	given, err := confine(o)
	if err != nil {
		return err
	}
	work := works[o.Work]
	if o.Work == probeWork {
		work = probe(given)
	}
	answer := os.NewFile(answerFD, "answer")
	if work == nil {
		return finish(answer, fmt.Errorf("no such work: %q", o.Work))
	}
	var in *os.File
	if o.Input {
		in = os.NewFile(inputFD, "input")
	}
	return finish(answer, work(in, o.Args, &frameWriter{w: answer}))
}

// finish writes the last frame.
func finish(answer *os.File, err error) error {
	if err == nil {
		return writeFrame(answer, frameDone, nil)
	}
	return writeFrame(answer, frameFail, []byte(oneLine(err.Error(), errorMax)))
}
