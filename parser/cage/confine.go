package cage

import (
	"fmt"

	"github.com/landlock-lsm/go-landlock/landlock"
	llsys "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

const maxFiles = 64 // RLIMIT_NOFILE: the runtime's own, input, answer, and a few of the work

// given is what the kernel granted a child, "" for a protection that holds,
// otherwise the reason why it does not.
type given struct {
	Landlock    string `json:"landlock"`
	LandlockABI int    `json:"landlock_abi"`
	Seccomp     string `json:"seccomp"`
}

// confine gives up whatever the work does not need. Resource limits are
// indispensable; Landlock and seccomp are as the kernel has them.
func confine(o order) (given, error) {
	var g given
	if err := limit(o); err != nil {
		return g, err
	}
	abi, err := llsys.LandlockGetABIVersion()
	switch {
	case err != nil:
		g.Landlock = err.Error()
	default:
		g.LandlockABI = abi
		if err := restrictFiles(o); err != nil {
			g.Landlock = err.Error()
		}
	}
	// Last, for it forbids the calls that the steps before it are made of.
	if err := filterCalls(o); err != nil {
		g.Seccomp = err.Error()
	}
	return g, nil
}

// limit sets soft and hard limits to the same value, so that the kernel itself
// ends the process. RLIMIT_AS is left alone: Go and wazero reserve more than
// 1.6 GiB of addresses that they never touch.
func limit(o order) error {
	file := uint64(0)
	if o.Temp != "" || o.Warm {
		file = o.File
	}
	for _, l := range []struct {
		name  string
		what  int
		value uint64
	}{
		{"data", unix.RLIMIT_DATA, o.Memory},
		{"cpu", unix.RLIMIT_CPU, o.CPU},
		{"fsize", unix.RLIMIT_FSIZE, file},
		{"nofile", unix.RLIMIT_NOFILE, maxFiles},
		{"core", unix.RLIMIT_CORE, 0},
	} {
		if err := lower(l.what, l.value); err != nil {
			return fmt.Errorf("rlimit %s: %w", l.name, err)
		}
	}
	return nil
}

// lower never asks for more than the process was started with, which only
// root may have.
func lower(what int, value uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(what, &now); err != nil {
		return err
	}
	value = min(value, now.Max)
	return unix.Setrlimit(what, &unix.Rlimit{Cur: value, Max: value})
}

// restrictFiles lets the child open nothing but its temporary folder and the
// cache. Open descriptors are not concerned. From ABI 4 on it also refuses TCP,
// from 6 on signals to processes outside.
func restrictFiles(o order) error {
	var rules []landlock.Rule
	if o.Temp != "" {
		rules = append(rules, landlock.RWDirs(o.Temp))
	}
	switch {
	case o.Cache != "" && o.Warm:
		rules = append(rules, landlock.RWDirs(o.Cache))
	case o.Cache != "":
		rules = append(rules, landlock.RODirs(o.Cache).IgnoreIfMissing())
	}
	return landlock.V11.BestEffort().Restrict(rules...)
}
