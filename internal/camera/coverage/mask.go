package coverage

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/view"
)

// Cell is the side of a cell of the raster, in metres.
const Cell = 1

// MaxTiles is how many tiles of 256 metres a mask may have: what is to be measured is a town or a region, not a
// country. 20,000 are 1,300 km² on which something is, and 160 MB a mask.
const MaxTiles = 20_000

const tileSide = 256

// mask is a set of cells, in tiles that are there when something is on them.
type mask struct {
	tiles map[[2]int32]*[tileSide][tileSide / 64]uint64
	full  bool // a tile more was needed than may be
}

func newMask() *mask { return &mask{tiles: map[[2]int32]*[tileSide][tileSide / 64]uint64{}} }

func (m *mask) err() error {
	if m.full {
		return contrechamp.WithHint(fmt.Errorf("the extract covers more than %d squares of %d m: %w", MaxTiles, tileSide, contrechamp.ErrInvalid),
			"cut it to a town or a region: osmium extract --bbox W,S,E,N FILE -o TOWN.osm.pbf")
	}
	return nil
}

func floorDiv(a, b int) int { return int(math.Floor(float64(a) / float64(b))) }

// each calls f with the words of a row that a span touches, and which of their bits.
func span(x0, x1 int, f func(column int32, word int, bits uint64)) {
	for x := x0; x < x1; {
		column := floorDiv(x, tileSide)
		in := x - column*tileSide
		word := in / 64
		end := min(x1, column*tileSide+(word+1)*64)
		n := end - x
		b := ^uint64(0)
		if n < 64 {
			b = 1<<n - 1
		}
		f(int32(column), word, b<<(in%64))
		x = end
	}
}

// change adds the cells of a row from x0 to x1, not included, or takes them out.
func (m *mask) change(y, x0, x1 int, add bool) {
	row := floorDiv(y, tileSide)
	in := y - row*tileSide
	span(x0, x1, func(column int32, word int, b uint64) {
		key := [2]int32{column, int32(row)}
		t := m.tiles[key]
		switch {
		case t == nil && !add:
			return
		case t == nil:
			if len(m.tiles) >= MaxTiles {
				m.full = true
				return
			}
			t = &[tileSide][tileSide / 64]uint64{}
			m.tiles[key] = t
		}
		if add {
			t[in][word] |= b
		} else {
			t[in][word] &^= b
		}
	})
}

// has reports whether a point lies on a cell of the mask.
func (m *mask) has(p view.Metres) bool {
	x, y := int(math.Floor(p.X/Cell)), int(math.Floor(p.Y/Cell))
	column, row := floorDiv(x, tileSide), floorDiv(y, tileSide)
	t := m.tiles[[2]int32{int32(column), int32(row)}]
	if t == nil {
		return false
	}
	x -= column * tileSide
	return t[y-row*tileSide][x/64]>>(x%64)&1 == 1
}

// count returns the cells of a mask, and those that are in another too, in square metres.
func (m *mask) count(other *mask) (all, both float64) {
	for key, t := range m.tiles {
		o := other.tiles[key]
		for y := range t {
			for w, b := range t[y] {
				all += float64(bits.OnesCount64(b))
				if o != nil {
					both += float64(bits.OnesCount64(b & o[y][w]))
				}
			}
		}
	}
	return all * Cell * Cell, both * Cell * Cell
}

// countSpan does the same for a part of a row.
func (m *mask) countSpan(other *mask, y, x0, x1 int) (all, both int) {
	row := floorDiv(y, tileSide)
	in := y - row*tileSide
	span(x0, x1, func(column int32, word int, b uint64) {
		key := [2]int32{column, int32(row)}
		t := m.tiles[key]
		if t == nil {
			return
		}
		b &= t[in][word]
		all += bits.OnesCount64(b)
		if o := other.tiles[key]; o != nil {
			both += bits.OnesCount64(b & o[in][word])
		}
	})
	return all, both
}

// fill calls emit with the spans of cells whose middle lies in an area, by the even-odd rule over its rings.
func fill(rings [][]view.Metres, emit func(y, x0, x1 int)) {
	type edge struct{ x, slope, y0, y1 float64 }
	var edges []edge
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if a.Y == b.Y {
				continue
			}
			if a.Y > b.Y {
				a, b = b, a
			}
			edges = append(edges, edge{a.X, (b.X - a.X) / (b.Y - a.Y), a.Y, b.Y})
			low, high = math.Min(low, a.Y), math.Max(high, b.Y)
		}
	}
	if len(edges) == 0 {
		return
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.y0, b.y0) })
	var active []edge
	var xs []float64
	next := 0
	for y := int(math.Floor(low / Cell)); float64(y)*Cell < high; y++ {
		middle := (float64(y) + 0.5) * Cell
		for next < len(edges) && edges[next].y0 <= middle {
			active = append(active, edges[next])
			next++
		}
		active = slices.DeleteFunc(active, func(e edge) bool { return e.y1 <= middle })
		xs = xs[:0]
		for _, e := range active {
			xs = append(xs, e.x+(middle-e.y0)*e.slope)
		}
		slices.Sort(xs)
		for i := 0; i+1 < len(xs); i += 2 {
			x0, x1 := int(math.Ceil(xs[i]/Cell-0.5)), int(math.Ceil(xs[i+1]/Cell-0.5))
			if x1 > x0 {
				emit(y, x0, x1)
			}
		}
	}
}
