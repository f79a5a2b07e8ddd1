package document

import (
	"context"
	"fmt"
	"math"

	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// guest calls PDFium's own functions in its WebAssembly. The library wraps each of
// them too, but with up to five allocations inside the guest a call, which for
// three calls a character is most of the time of reading a page.
//
// After a trap nothing more is called: results are 0 and err tells why.
type guest struct {
	module    api.Module
	functions map[string]api.Function
	stack     [10]uint64 // arguments, then the result
	room      uint32     // where functions write what they find: roomSize bytes in the guest
	err       error
}

const roomSize = 64

// opening sees the library open a file and keeps what it does not give away: the
// guest it runs in, and the file's own pointer.
type opening struct {
	module api.Module
	file   uint64
}

// seen hears of the one function; the others run as if nobody listened.
func (o *opening) seen(ctx context.Context) context.Context {
	return experimental.WithFunctionListenerFactory(ctx, o)
}

func (o *opening) NewFunctionListener(f api.FunctionDefinition) experimental.FunctionListener {
	for _, name := range f.ExportNames() {
		if name == "FPDF_LoadCustomDocument" {
			return o
		}
	}
	return nil
}

func (o *opening) Before(context.Context, api.Module, api.FunctionDefinition, []uint64, experimental.StackIterator) {
}

func (o *opening) After(_ context.Context, m api.Module, _ api.FunctionDefinition, results []uint64) {
	o.module, o.file = m, uint64(uint32(results[0]))
}

func (o *opening) Abort(context.Context, api.Module, api.FunctionDefinition, error) {}

// newGuest prepares calls to the module. The room is the guest's for as long as it
// runs.
func newGuest(m api.Module) (*guest, error) {
	g := &guest{module: m, functions: map[string]api.Function{}}
	g.room = uint32(g.call("malloc", roomSize))
	if g.err == nil && g.room == 0 {
		g.err = fmt.Errorf("%w: PDFium has no memory left", ErrTooLarge)
	}
	return g, g.err
}

// call runs one function; arguments are as WebAssembly passes them. Of the result
// the lower half is what was returned: no function called here returns more than
// 32 bits, and the upper half may hold anything.
func (g *guest) call(name string, args ...uint64) uint64 {
	if g.err != nil {
		return 0
	}
	f := g.functions[name]
	if f == nil {
		if f = g.module.ExportedFunction(name); f == nil {
			g.err = fmt.Errorf("PDFium has no function %s", name)
			return 0
		}
		g.functions[name] = f
	}
	copy(g.stack[:], args)
	if err := f.CallWithStack(context.Background(), g.stack[:]); err != nil {
		g.err = fmt.Errorf("%w: PDFium broke off: %v", ErrBroken, err)
		return 0
	}
	return uint64(uint32(g.stack[0]))
}

// number is a result that C calls an int.
func (g *guest) number(name string, args ...uint64) int { return int(int32(g.call(name, args...))) }

// real is a result that C calls a float.
func (g *guest) real(name string, args ...uint64) float64 {
	return float64(math.Float32frombits(uint32(g.call(name, args...))))
}

// at is the place of the n-th byte of the room.
func (g *guest) at(n uint32) uint64 { return uint64(g.room + n) }

// float reads the i-th C float of the room.
func (g *guest) float(i uint32) float64 {
	v, _ := g.module.Memory().ReadFloat32Le(g.room + 4*i)
	return float64(v)
}

// double reads the i-th C double of the room.
func (g *guest) double(i uint32) float64 {
	v, _ := g.module.Memory().ReadFloat64Le(g.room + 8*i)
	return v
}

// int reads the i-th C int of the room.
func (g *guest) int(i uint32) int {
	v, _ := g.module.Memory().ReadUint32Le(g.room + 4*i)
	return int(int32(v))
}
