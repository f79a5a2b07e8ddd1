package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// memoryPages bounds the memory of PDFium: 64 KiB each, together 256 MiB.
// The process can hold about four times that for a moment: growing copies.
const memoryPages = 4096

// Warm compiles PDFium into cacheDir, about 3 s of CPU, 350 MB of memory and
// 22 MB on disk; at once if that was done before. Workers that name the folder
// in Options then start in about 0.1 s. The folder must be guarded from others:
// what lies in it is executed.
func Warm(cacheDir string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("compile PDFium: %v", p)
		}
	}()
	cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
	if err != nil {
		return fmt.Errorf("PDFium cache: %w", err)
	}
	pool, err := startPool(cache, &opening{})
	if err != nil {
		return err
	}
	return pool.Close()
}

// engine is a running PDFium.
type engine struct {
	instance pdfium.Pdfium
	pool     pdfium.Pool
	opened   *opening
	guest    *guest // nil until a file was opened
}

// stop ends it. After a trap in the guest closing fails; there is nothing to save
// in it.
func (e *engine) stop() {
	_ = e.instance.Close()
	_ = e.pool.Close()
}

// startPDFium starts an instance. A cache that cannot be used costs time only.
func startPDFium(o Options) (*engine, error) {
	pool, err, opened := pdfium.Pool(nil), error(nil), &opening{}
	if o.CacheDir != "" && (o.Fill || filled(o.CacheDir)) {
		if cache, cacheErr := wazero.NewCompilationCacheWithDir(o.CacheDir); cacheErr == nil {
			pool, err = startPool(cache, opened)
		}
	}
	if pool == nil {
		pool, err = startPool(nil, opened)
	}
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	instance, err := pool.GetInstance(30 * time.Second)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start PDFium: %w", err), pool.Close())
	}
	return &engine{instance: instance, pool: pool, opened: opened}, nil
}

// startPool compiles or loads PDFium. It gets no file system: by default the
// library mounts the host's root for writing. Calls are not made interruptible,
// which would make text four times slower: the process is killed instead.
func startPool(cache wazero.CompilationCache, opened *opening) (pdfium.Pool, error) {
	c := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(false).
		WithMemoryLimitPages(memoryPages)
	if cache != nil {
		c = c.WithCompilationCache(cache)
	}
	return webassembly.Init(webassembly.Config{
		Context:       opened.seen(context.Background()),
		MaxIdle:       1,
		MaxTotal:      1,
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: c,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

// filled reports whether compiled code lies in the folder, so that a reader
// without leave to fill it does not try.
func filled(dir string) bool {
	found, err := filepath.Glob(filepath.Join(dir, "wazero-*", "*"))
	if err != nil {
		return false
	}
	for _, f := range found {
		if st, err := os.Stat(f); err == nil && st.Size() > 1<<20 {
			return true
		}
	}
	return false
}
