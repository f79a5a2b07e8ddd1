package unpack

import (
	"fmt"
	"io"
)

// guarded is a reader of a library that may panic over damaged bytes: then it is
// the archive that failed, and what came out before stays.
type guarded struct{ r io.Reader }

// Read gives a panic as an error.
func (g *guarded) Read(p []byte) (n int, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			n, err = 0, fmt.Errorf("panic: %v", fault)
		}
	}()
	return g.r.Read(p)
}

// guard calls a library and gives its panic as an error.
func guard(call func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	return call()
}
