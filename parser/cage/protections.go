package cage

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"
)

// probeWork is the name of the built-in work that reports what confine gave.
const probeWork = "cage.probe"

// Protection is one of the means by which a child is limited, and whether this
// machine has it. Detail says in English what it does, or why it is missing.
type Protection struct {
	Name    string `json:"name"` // limits, files, network, calls
	Present bool   `json:"present"`
	Detail  string `json:"detail"`
}

// Protections starts a child without input, limits it like any other, and tells
// what held: for doctor. The cage runs without any but "limits".
func Protections() []Protection {
	var c Cage
	var g given
	err := c.RunWithin(context.Background(), Limits{CPU: time.Second, Wall: 20 * time.Second}, probeWork, nil, nil,
		func(r io.Reader) error { return json.NewDecoder(r).Decode(&g) })
	if err != nil {
		return []Protection{{"limits", false, "no caged process could be started: " + err.Error()}}
	}
	namespace := !c.noNamespace.Load()
	files := Protection{"files", g.Landlock == "", fmt.Sprintf("Landlock, ABI %d: opens only its own temporary folder and the cache", g.LandlockABI)}
	if !files.Present {
		files.Detail = "no Landlock (" + g.Landlock + ")"
	}
	calls := Protection{"calls", g.Seccomp == "", "seccomp: no sockets, no other processes, no opening of files where none are needed"}
	if !calls.Present {
		calls.Detail = "no seccomp filter (" + g.Seccomp + ")"
	}
	return []Protection{
		{"limits", true, "memory, CPU time, file size, open files; ends with its parent"},
		files,
		networkProtection(namespace, calls.Present),
		calls,
	}
}

func networkProtection(namespace, filter bool) Protection {
	switch {
	case namespace:
		return Protection{"network", true, "user and net namespace of its own: no network, no capabilities"}
	case filter:
		return Protection{"network", true, "seccomp alone (user and net namespaces are refused here)"}
	}
	return Protection{"network", false, "neither user and net namespaces nor seccomp: a child could open connections"}
}

func probe(g given) Work {
	return func(_ *os.File, _ []byte, out io.Writer) error { return json.NewEncoder(out).Encode(g) }
}
