package document

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/tetratelabs/wazero/api"
)

// afterTrap: where PDFium breaks off nothing more is asked of it, and the next file
// is read by another one.
func afterTrap(t *testing.T, cache string) {
	b := handmade(show(72, 700, "text"))
	t.Run("asked on", func(t *testing.T) { askedOn(t, b, cache) })
	t.Run("as a page is closed", func(t *testing.T) {
		r := NewReader(Options{CacheDir: cache})
		defer r.Close()
		file, err := r.openMended(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		r.engine.guest.functions["FPDF_ClosePage"] = trapping{}
		if d, err := readPages(r.engine.guest, file); !errors.Is(err, ErrBroken) {
			t.Errorf("%v %s", err, drawing(d))
		}
	})
}

// trapping is a function of PDFium that breaks off.
type trapping struct{ api.Function }

func (trapping) CallWithStack(context.Context, []uint64) error { return errors.New("wasm error") }

func askedOn(t *testing.T, b []byte, cache string) {
	r := NewReader(Options{CacheDir: cache})
	defer r.Close()
	file, err := r.openMended(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	g := r.engine.guest
	if n := g.number("FPDF_GetPageCount", file.at); n != 1 || g.err != nil {
		t.Fatalf("%d pages, %v", n, g.err)
	}
	g.call("FPDF_ClosePage", 0xFFFFFFF0) // a pointer to nowhere
	if !errors.Is(g.err, ErrBroken) {
		t.Errorf("a trap gives %v", g.err)
	}
	if n := g.number("FPDF_GetPageCount", file.at); n != 0 {
		t.Errorf("%d pages of what broke off", n)
	}
	if _, err := readPages(g, file); !errors.Is(err, ErrBroken) {
		t.Errorf("pages of what broke off: %v", err)
	}
	r.closePDF(file)
	d, err := r.ReadNamed("", bytes.NewReader(b), int64(len(b)))
	if err != nil || drawing(d) != "P text" {
		t.Errorf("after a trap: %v %s", err, drawing(d))
	}
}
