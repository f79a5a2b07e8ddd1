package cage

import (
	"encoding/json"
	"fmt"
	"io"
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
	inputFD  = 4 // only if task.Input
)

const exitUnready = 121 // the child could not be made ready, or could not answer

const maxStack = 64 << 20 // bytes a goroutine's stack may grow to: a recursion bomb ends early

// order is what the parent tells the child on stdin as it starts it.
type order struct {
	Parent  int    `json:"parent"`  // process id, to notice that it died before the signal was set
	CPU     uint64 `json:"cpu"`     // seconds
	Memory  uint64 `json:"memory"`  // bytes
	File    uint64 `json:"file"`    // bytes
	Temp    string `json:"temp"`    // folder, read and write
	Cache   string `json:"cache"`   // folder, read only
	Warm    bool   `json:"warm"`    // the cache may be written
	Ahead   bool   `json:"ahead"`   // the task comes later: the child says when it is ready
	Prepare string `json:"prepare"` // a work that is done before that; "" for none
}

// task is what the parent tells the child next. Its input is then complete.
type task struct {
	Work  string          `json:"work"`
	Args  json.RawMessage `json:"args"`
	Input bool            `json:"input"`
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
	told := json.NewDecoder(os.Stdin)
	var o order
	if err := told.Decode(&o); err != nil {
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
	answer := os.NewFile(answerFD, "answer")
	var t task
	if o.Ahead {
		err = await(works[o.Prepare], answer, told, &t)
	} else {
		err = told.Decode(&t)
	}
	if err != nil {
		return fmt.Errorf("task: %w", err)
	}
	work := works[t.Work]
	if t.Work == probeWork {
		work = probe(given)
	}
	if work == nil {
		return finish(answer, fmt.Errorf("no such work: %q", t.Work))
	}
	var in *os.File
	if t.Input {
		in = os.NewFile(inputFD, "input")
	}
	return finish(answer, work(in, t.Args, &frameWriter{w: answer}))
}

// await does what can be done before the input is known (prepare, unless nil), says
// so and waits for the task. What the preparation left behind is swept up before;
// then no collection runs until the task comes: one every two minutes would use up
// the CPU time of a child that waits for days.
func await(prepare Work, answer *os.File, told *json.Decoder, t *task) error {
	if prepare != nil {
		if err := prepare(nil, []byte("null"), io.Discard); err != nil {
			return fmt.Errorf("preparation: %w", err)
		}
	}
	debug.FreeOSMemory()
	percent := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(percent)
	if err := writeFrame(answer, frameReady, nil); err != nil {
		return err
	}
	return told.Decode(t)
}

// finish writes the last frame.
func finish(answer *os.File, err error) error {
	if err == nil {
		return writeFrame(answer, frameDone, nil)
	}
	return writeFrame(answer, frameFail, []byte(oneLine(err.Error(), errorMax)))
}
