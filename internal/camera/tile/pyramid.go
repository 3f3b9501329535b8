package tile

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"

	"contrechamp.org/contrechamp"
)

// MaxFirstTile is the most that the tile of the whole world may weigh, packed, in bytes.
const MaxFirstTile = 60_000

// MaxZoom is the deepest level that can be cut.
const MaxZoom = 20

// Point is a thing that is counted.
type Point struct {
	At         orb.Point // longitude and latitude
	Kind       string    // cells whose points are of one kind carry it
	ID         uint64    // of the feature; 0 for none
	Properties map[string]any
}

// Points is a layer of things that are counted.
type Points struct {
	Name   string
	Each   uint8 // from this level on, each point stands for itself with all its properties
	Points []Point
}

// Shape is a line or an area with what is drawn from it.
type Shape struct {
	Geometry         orb.Geometry // LineString, MultiLineString, Polygon, MultiPolygon or Point; longitude and latitude
	MinZoom, MaxZoom uint8        // levels on which it is drawn; MaxZoom 0 is all
	Properties       map[string]any
}

// Shapes is a layer of lines and areas.
type Shapes struct {
	Name   string
	Shapes []Shape
}

// Pyramid says what is cut.
type Pyramid struct {
	MinZoom, MaxZoom uint8
	Points           []Points
	Shapes           []Shapes
	// Order says in which order tiles of a level are handed on; nil is by column and row. Levels come from the top.
	Order func(z uint8, x, y uint32) uint64
}

// Cut makes the tiles and hands each on, packed with gzip; the slice is the callee's to keep. It ends at the first
// error of put, and when ctx does.
func (p Pyramid) Cut(ctx context.Context, put func(z uint8, x, y uint32, packed []byte) error) error {
	if p.MaxZoom > MaxZoom || p.MinZoom > p.MaxZoom {
		return fmt.Errorf("levels of zoom from %d to %d, and at most %d: %w", p.MinZoom, p.MaxZoom, MaxZoom, contrechamp.ErrInvalid)
	}
	if p.Order == nil {
		p.Order = func(_ uint8, x, y uint32) uint64 { return uint64(x)<<32 | uint64(y) }
	}
	c, err := newCutter(p)
	if err != nil {
		return err
	}
	for z := p.MinZoom; z <= p.MaxZoom; z++ {
		if err := c.level(ctx, z, put); err != nil {
			return err
		}
	}
	return nil
}

// cutter holds the points sorted and the shapes projected.
type cutter struct {
	Pyramid
	points [][]placed
	shapes [][]projected
	grid   uint32 // cells along the side of a tile where points are gathered
	writer *packer
}

type placed struct {
	key   uint64
	world orb.Point
	point *Point
}

func newCutter(p Pyramid) (*cutter, error) {
	c := &cutter{Pyramid: p, grid: 16, writer: newPacker()}
	for _, layer := range p.Points {
		all := make([]placed, 0, len(layer.Points))
		for i := range layer.Points {
			q := &layer.Points[i]
			if !(math.Abs(q.At[0]) <= 180 && math.Abs(q.At[1]) <= 90) {
				return nil, fmt.Errorf("layer %s: point at %v: %w", layer.Name, q.At, contrechamp.ErrInvalid)
			}
			w := ToWorld(q.At)
			all = append(all, placed{morton(w), w, q})
		}
		slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.key, b.key) })
		c.points = append(c.points, all)
	}
	for _, layer := range p.Shapes {
		c.shapes = append(c.shapes, toWorld(layer.Shapes))
	}
	return c, nil
}

// job is a tile with what lies in it.
type job struct {
	order  uint64
	x, y   uint32
	points [][2]int // by layer: first and one past the last
	shapes [][]*geojson.Feature
}

// level makes the tiles of one level of zoom.
func (c *cutter) level(ctx context.Context, z uint8, put func(uint8, uint32, uint32, []byte) error) error {
	jobs := map[uint64]*job{}
	at := func(x, y uint32) *job {
		key := uint64(x)<<32 | uint64(y)
		j, ok := jobs[key]
		if !ok {
			j = &job{order: c.Order(z, x, y), x: x, y: y, points: make([][2]int, len(c.points)), shapes: make([][]*geojson.Feature, len(c.shapes))}
			jobs[key] = j
		}
		return j
	}
	shift := 64 - 2*uint(z)
	for l, all := range c.points {
		for first := 0; first < len(all); {
			// shifting by 64 gives 0: on the first level all keys are one
			prefix := all[first].key >> shift
			count, _ := slices.BinarySearchFunc(all[first:], prefix, func(p placed, k uint64) int {
				if p.key>>shift <= k {
					return -1
				}
				return 1
			})
			end := first + count
			n := math.Exp2(float64(z))
			at(uint32(all[first].world[0]*n), uint32(all[first].world[1]*n)).points[l] = [2]int{first, end}
			first = end
		}
	}
	for l, all := range c.shapes {
		for i := range all {
			if i%1024 == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			all[i].cut(z, func(x, y uint32, f *geojson.Feature) {
				j := at(x, y)
				j.shapes[l] = append(j.shapes[l], f)
			})
		}
	}
	sorted := make([]*job, 0, len(jobs))
	for _, j := range jobs {
		sorted = append(sorted, j)
	}
	slices.SortFunc(sorted, func(a, b *job) int { return cmp.Compare(a.order, b.order) })
	for _, j := range sorted {
		if err := ctx.Err(); err != nil {
			return err
		}
		packed, err := c.tile(z, j)
		if err != nil {
			return fmt.Errorf("tile %d/%d/%d: %w", z, j.x, j.y, err)
		}
		if err := put(z, j.x, j.y, packed); err != nil {
			return err
		}
	}
	return nil
}

// tile encodes one tile. The first one is made again with fewer cells until it is light enough.
func (c *cutter) tile(z uint8, j *job) ([]byte, error) {
	var layers mvt.Layers
	for l, features := range j.shapes {
		if len(features) > 0 {
			layers = append(layers, &mvt.Layer{Name: c.Shapes[l].Name, Version: 2, Extent: Extent, Features: features})
		}
	}
	base := len(layers)
	for grid := c.grid; ; grid /= 2 {
		layers = layers[:base]
		for l, r := range j.points {
			if r[1] > r[0] {
				layers = append(layers, &mvt.Layer{Name: c.Points[l].Name, Version: 2, Extent: Extent, Features: c.gather(z, j, l, c.points[l][r[0]:r[1]], grid)})
			}
		}
		packed, err := c.writer.pack(layers)
		if err != nil || z > 0 || len(packed) <= MaxFirstTile || grid <= 1 {
			return packed, err
		}
	}
}

// cell is a square of the tile with the points that fall in it.
type cell struct {
	n     int
	x, y  float64
	kind  string
	mixed bool
}

// gather makes features of a tile's points: one each, or one for each cell.
func (c *cutter) gather(z uint8, j *job, l int, all []placed, grid uint32) []*geojson.Feature {
	n := math.Exp2(float64(z)) * Extent
	x0, y0 := float64(j.x)*Extent, float64(j.y)*Extent
	local := func(w orb.Point) orb.Point { return orb.Point{math.Floor(w[0]*n - x0), math.Floor(w[1]*n - y0)} }
	if z >= c.Points[l].Each {
		features := make([]*geojson.Feature, len(all))
		block := make([]geojson.Feature, len(all))
		for i, p := range all {
			block[i] = geojson.Feature{Geometry: local(p.world), Properties: p.point.Properties}
			if p.point.ID != 0 {
				block[i].ID = p.point.ID
			}
			features[i] = &block[i]
		}
		return features
	}
	cells := map[uint32]*cell{}
	side := uint32(Extent) / grid
	var order []*cell
	for _, p := range all {
		q := local(p.world)
		key := uint32(q[1])/side*grid + uint32(q[0])/side
		k, ok := cells[key]
		if !ok {
			k = &cell{kind: p.point.Kind}
			cells[key] = k
			order = append(order, k)
		}
		k.n++
		k.x += q[0]
		k.y += q[1]
		k.mixed = k.mixed || k.kind != p.point.Kind
	}
	features := make([]*geojson.Feature, len(order))
	for i, k := range order {
		properties := map[string]any{"n": k.n}
		if !k.mixed && k.kind != "" {
			properties["kind"] = k.kind
		}
		features[i] = &geojson.Feature{Geometry: orb.Point{math.Floor(k.x / float64(k.n)), math.Floor(k.y / float64(k.n))}, Properties: properties}
	}
	return features
}

// packer encodes and compresses tiles with one writer: a new one for each tile costs ten times as much.
type packer struct {
	buffer bytes.Buffer
	zip    *gzip.Writer
}

func newPacker() *packer {
	p := &packer{}
	p.zip = gzip.NewWriter(&p.buffer)
	return p
}

func (p *packer) pack(layers mvt.Layers) ([]byte, error) {
	plain, err := mvt.Marshal(layers)
	if err != nil {
		return nil, err
	}
	p.buffer.Reset()
	p.zip.Reset(&p.buffer)
	if _, err := p.zip.Write(plain); err != nil {
		return nil, err
	}
	if err := p.zip.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(p.buffer.Bytes()), nil
}
