package cage

import (
	"context"
	"io"
	"os"
	"time"
)

// A child started ahead has its descriptors from the beginning, like any other:
// its input is a file without a name, empty until the task comes. So it is shut in
// before it waits, and nothing has to be handed over to it later.

// aheadInput is the largest input, in bytes, that is worth copying into that file:
// 16 MiB take about 10 ms, a start 25 ms and one with PDFium 130 ms.
const aheadInput = 16 << 20

// spare is a kind of child that is kept waiting.
type spare struct {
	prepare string
	limits  Limits
	waiting *process // nil: none
}

// Keep has a child waiting from now on for runs with these limits (zero fields are
// the cage's): started and confined, and prepared by work, which is done without
// input and with null for args; "" for nothing. Such a run then costs no start. A
// child that waited serves one run like any other, so that no input can touch
// another's answer; the next is started once no run has ended for a while. It may be called
// for several kinds. Nothing fails for want of a waiting child, or by its death:
// then the run starts one. Use [Cage.Close] to end them.
func (c *Cage) Keep(limits Limits, work string) {
	c.mu.Lock()
	c.spares = append(c.spares, &spare{prepare: work, limits: limits.or(c.Limits).complete()})
	c.mu.Unlock()
	go c.refill()
}

// Close ends the children that wait, and keeps none from now on. Runs go on.
func (c *Cage) Close() {
	c.mu.Lock()
	spares := c.spares
	c.spares = nil
	if c.idle != nil {
		c.idle.Stop()
	}
	c.mu.Unlock()
	for _, s := range spares {
		if s.waiting != nil {
			s.waiting.kill()
			s.waiting.end()
		}
	}
}

// idleBefore is how long no run has ended before children are started ahead again: in
// the midst of a mail they would take the processors from its files.
const idleBefore = 2 * time.Second

func (c *Cage) refillIdle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case len(c.spares) == 0:
	case c.idle == nil:
		c.idle = time.AfterFunc(idleBefore, c.refill)
	default:
		c.idle.Reset(idleBefore)
	}
}

// refill starts what is missing. The lock is held meanwhile, about 2 ms each, so
// that none is started after Close.
func (c *Cage) refill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.spares {
		if s.waiting == nil {
			s.waiting = c.wait(s)
		}
	}
}

// wait starts a child that waits; nil if that fails.
func (c *Cage) wait(s *spare) *process {
	in, err := os.CreateTemp(c.TempDir, "anli-cage-")
	if err != nil {
		return nil
	}
	err = os.Remove(in.Name())
	if err == nil {
		var p *process
		s := start{cage: c, limits: s.limits, in: in, ahead: true, prepare: s.prepare}
		if p, err = s.begin(); err == nil {
			return p
		}
	}
	in.Close()
	return nil
}

// take gives a waiting child that fits the run.
func (c *Cage) take(r *start) *process {
	if r.warm {
		return nil
	}
	if r.in != nil {
		if info, err := r.in.Stat(); err != nil || info.Size() > aheadInput {
			return nil
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.spares {
		if s.waiting != nil && s.limits.alike(r.limits) {
			p := s.waiting
			s.waiting = nil
			return p
		}
	}
	return nil
}

// alike tells whether a child lives within the same limits: those on the answer
// are the parent's.
func (l Limits) alike(m Limits) bool {
	l.Wall, l.Answer = m.Wall, m.Answer
	return l == m
}

// ready waits until the child is prepared, as long as its own limits allow, and
// gives it its input. Otherwise the child is of no use.
func (p *process) ready(ctx context.Context, in *os.File) bool {
	ctx, cancel := context.WithTimeout(ctx, p.limits.Wall)
	defer cancel()
	stop := context.AfterFunc(ctx, p.stop)
	var said [headerLen]byte
	if _, err := io.ReadFull(p.answer, said[:]); err != nil || said != [headerLen]byte{frameReady} {
		return false
	}
	return p.fill(in) == nil && stop()
}

// fill writes the child's input; nil is none.
func (p *process) fill(in *os.File) error {
	if in == nil {
		return nil
	}
	from, err := reopen(in)
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = io.Copy(p.in, from)
	return err
}
