package document

import (
	"cmp"
	"math"
	"slices"
)

// near is how far ends of lines may miss each other and still meet, in points.
const near = 3

// maxSquares bounds the work on one table; a real form has below 500.
const maxSquares = 20_000

// grid is a ruled table: xs from left to right, ys from top to bottom, and for
// each square the cell it belongs to.
type grid struct {
	xs, ys       []float64
	across, down []rule
	cell         []int // by row*columns+column: index of the cell's first square
}

// grids finds the ruled tables of a page: sets of lines that touch.
func grids(across, down []rule) []*grid {
	group := touching(across, down)
	byGroup := map[int]*grid{}
	var order []int
	get := func(id int) *grid {
		if byGroup[id] == nil {
			byGroup[id] = &grid{}
			order = append(order, id)
		}
		return byGroup[id]
	}
	for i, a := range across {
		g := get(group[i])
		g.across = append(g.across, a)
	}
	for i, d := range down {
		g := get(group[len(across)+i])
		g.down = append(g.down, d)
	}
	var out []*grid
	for _, id := range order {
		if g := byGroup[id]; g.build() {
			out = append(out, g)
		}
	}
	return out
}

// touching numbers lines so that those that meet, directly or through others,
// have one number: first the horizontal ones, then the vertical ones.
func touching(across, down []rule) []int {
	n := len(across)
	group := make([]int, n+len(down))
	for i := range group {
		group[i] = i
	}
	for i, a := range across {
		for j, d := range down {
			if d.at > a.from-near && d.at < a.to+near && a.at > d.from-near && a.at < d.to+near {
				merge(group, i, n+j)
			}
		}
	}
	for i := range group {
		group[i] = root(group, i)
	}
	return group
}

func root(set []int, i int) int {
	for set[i] != i {
		set[i] = set[set[i]]
		i = set[i]
	}
	return i
}

// merge unites two sets under the smaller number.
func merge(set []int, i, j int) {
	i, j = root(set, i), root(set, j)
	set[max(i, j)] = min(i, j)
}

// build makes squares of the lines and joins those that no line parts. False
// where the lines enclose nothing.
func (g *grid) build() bool {
	for _, d := range g.down {
		g.xs = append(g.xs, d.at)
	}
	for _, a := range g.across {
		g.ys = append(g.ys, a.at)
	}
	g.xs, g.ys = distinct(g.xs), distinct(g.ys)
	slices.Reverse(g.ys)
	cols, rows := g.columns(), g.rows()
	if cols < 1 || rows < 1 || cols*rows > maxSquares {
		return false
	}
	g.cell = make([]int, cols*rows)
	for i := range g.cell {
		g.cell[i] = i
	}
	for r := range rows {
		y := (g.ys[r] + g.ys[r+1]) / 2
		for c := range cols {
			x := (g.xs[c] + g.xs[c+1]) / 2
			if c+1 < cols && !drawn(g.down, g.xs[c+1], y) {
				merge(g.cell, r*cols+c, r*cols+c+1)
			}
			if r+1 < rows && !drawn(g.across, g.ys[r+1], x) {
				merge(g.cell, r*cols+c, (r+1)*cols+c)
			}
		}
	}
	for i := range g.cell {
		g.cell[i] = root(g.cell, i)
	}
	return true
}

func (g *grid) columns() int { return len(g.xs) - 1 }
func (g *grid) rows() int    { return len(g.ys) - 1 }

// drawn reports whether one of the rules stands at the coordinate and passes p.
func drawn(rules []rule, at, p float64) bool {
	for _, r := range rules {
		if math.Abs(r.at-at) <= near && r.from <= p && p <= r.to {
			return true
		}
	}
	return false
}

// distinct sorts coordinates and keeps one of those that are the same line.
func distinct(v []float64) []float64 {
	slices.SortFunc(v, cmp.Compare[float64])
	var out []float64
	for _, x := range v {
		if len(out) == 0 || x-out[len(out)-1] > near {
			out = append(out, x)
		}
	}
	return out
}

// at is the square that holds a point, -1 if the table does not.
func (g *grid) at(x, y float64) int {
	c := slices.IndexFunc(g.xs[1:], func(right float64) bool { return x < right })
	r := slices.IndexFunc(g.ys[1:], func(bottom float64) bool { return y > bottom })
	if c < 0 || r < 0 || x < g.xs[0] || y > g.ys[0] {
		return -1
	}
	return r*g.columns() + c
}
