package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Kinds of pages, and the sizes of their parts, as bbolt writes them
// (internal/common/page.go).
const (
	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10
	pageHead     = 16 // number 8, kind 2, count 2, overflow 4
	elementSize  = 16 // branch: pos 4, key size 4, page 8; leaf: flags 4, pos 4, key size 4, value size 4
	bucketFlag   = 1
)

// pageWalk reads the tree of pages from the file, not from memory: it can end in
// an error, never in a fault or an endless loop.
type pageWalk struct {
	file  io.ReaderAt
	pages uint64
	seen  map[uint64]bool
}

// checkPages looks at the two meta pages and at all pages that can be reached,
// then has bbolt look, in whose own goroutine a fault would end the process. It
// tells whether the file can be read on. The file must not change meanwhile.
func (tx *Tx) checkPages(found *findings) bool {
	file := tx.ledger.file
	top := make([]byte, 2*pageSize)
	if _, err := file.ReadAt(top, 0); err != nil {
		found.add("pages", "%v", err)
		return false
	}
	for i := range 2 {
		if _, ok := parseMeta(top[i*pageSize:]); !ok {
			found.add("pages", "meta page %d is not valid (after a loss of power the next two commits mend it)", i)
		}
	}
	m, ok := newestMeta(top)
	info, err := file.Stat()
	if err != nil || !ok || info.Size() < tx.bolt.Size() {
		found.add("pages", "the file is cut short: %d bytes belong to it (%v)", tx.bolt.Size(), err)
		return false
	}
	w := &pageWalk{file: file, pages: uint64(tx.bolt.Size() / pageSize), seen: map[uint64]bool{}}
	if err := errors.Join(w.page(m.root, 0), w.freelist(m.freelist)); err != nil {
		found.add("pages", "%v", err)
		return false
	}
	for err := range tx.bolt.Check() {
		found.add("pages", "%v", err)
	}
	return true
}

// page walks a page and what lies below it.
func (w *pageWalk) page(id uint64, depth int) error {
	if id < 2 || id >= w.pages || depth > 64 {
		return fmt.Errorf("page %d: there is no such page", id)
	}
	if w.seen[id] {
		return fmt.Errorf("page %d is used twice", id)
	}
	w.seen[id] = true
	head := make([]byte, pageHead)
	if _, err := w.file.ReadAt(head, int64(id)*pageSize); err != nil {
		return err
	}
	order := binary.NativeEndian
	kind, count, overflow := order.Uint16(head[8:]), int(order.Uint16(head[10:])), uint64(order.Uint32(head[12:]))
	if order.Uint64(head) != id || (kind != branchPage && kind != leafPage) || overflow >= w.pages-id {
		return fmt.Errorf("page %d: its head is not one of a page (kind %#x)", id, kind)
	}
	body := make([]byte, (overflow+1)*pageSize)
	if _, err := w.file.ReadAt(body, int64(id)*pageSize); err != nil {
		return err
	}
	if pageHead+count*elementSize > len(body) {
		return fmt.Errorf("page %d: too many elements", id)
	}
	if kind == branchPage && count == 0 {
		return fmt.Errorf("page %d: a branch without leaves", id)
	}
	for i := range count {
		below, err := element(kind, body, pageHead+i*elementSize)
		if err != nil {
			return fmt.Errorf("page %d, element %d: %w", id, i, err)
		}
		if below == 0 {
			continue
		}
		if err := w.page(below, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// freelist checks that the list of free pages lies within the file.
func (w *pageWalk) freelist(id uint64) error {
	if id < 2 || id >= w.pages {
		return fmt.Errorf("page %d: there is no such page for the free list", id)
	}
	head := make([]byte, pageHead+8)
	if _, err := w.file.ReadAt(head, int64(id)*pageSize); err != nil {
		return err
	}
	order := binary.NativeEndian
	count, overflow := uint64(order.Uint16(head[10:])), uint64(order.Uint32(head[12:]))
	if count == 0xFFFF { // then the first number in the list is the count
		count = order.Uint64(head[pageHead:]) + 1
	}
	if order.Uint64(head) != id || order.Uint16(head[8:]) != freelistPage || overflow >= w.pages-id || count > (overflow+1)*pageSize/8-2 {
		return fmt.Errorf("page %d: not a list of free pages", id)
	}
	return nil
}

// element checks that the element at offset at lies within its page and returns the
// page below it, 0 if there is none (a value, or a bucket kept within the leaf).
func element(kind uint16, body []byte, at int) (below uint64, err error) {
	order, e := binary.NativeEndian, body[at:]
	if kind == branchPage {
		pos, key := uint64(order.Uint32(e)), uint64(order.Uint32(e[4:]))
		if uint64(at)+pos+key > uint64(len(body)) {
			return 0, fmt.Errorf("it lies outside of its page")
		}
		return order.Uint64(e[8:]), nil
	}
	pos, key, value := uint64(order.Uint32(e[4:])), uint64(order.Uint32(e[8:])), uint64(order.Uint32(e[12:]))
	end := uint64(at) + pos + key + value
	if end > uint64(len(body)) {
		return 0, fmt.Errorf("it lies outside of its page")
	}
	if order.Uint32(e)&bucketFlag == 0 {
		return 0, nil
	}
	if value < 16 {
		return 0, fmt.Errorf("a bucket without a head")
	}
	return order.Uint64(body[end-value:]), nil
}
