package pmtiles

import (
	"fmt"

	"contrechamp.org/contrechamp"
)

// MaxZoom is the deepest level of zoom that has identifiers of 64 bits.
const MaxZoom = 26

// Tile names a square of the map: level of zoom, column from the west, row from the north.
type Tile struct {
	Z    uint8
	X, Y uint32
}

// Valid reports whether there is such a tile.
func (t Tile) Valid() bool { return t.Z <= MaxZoom && t.X < 1<<t.Z && t.Y < 1<<t.Z }

func (t Tile) String() string { return fmt.Sprintf("%d/%d/%d", t.Z, t.X, t.Y) }

// ID returns the tile's place on the curve: all levels above it, then the Hilbert curve of its own level.
func (t Tile) ID() uint64 {
	id := (uint64(1)<<(2*t.Z) - 1) / 3
	x, y := uint64(t.X), uint64(t.Y)
	for s := uint64(1) << t.Z / 2; s > 0; s /= 2 {
		var rx, ry uint64
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		id += s * s * (3*rx ^ ry)
		x, y = turn(s, x, y, rx, ry)
	}
	return id
}

// turn rotates a quadrant of the curve.
func turn(s, x, y, rx, ry uint64) (uint64, uint64) {
	if ry == 0 {
		if rx == 1 {
			x, y = s-1-x&(s-1), s-1-y&(s-1)
		}
		x, y = y&(s-1), x&(s-1)
		return x, y
	}
	return x & (s - 1), y & (s - 1)
}

// TileOf returns the tile at a place on the curve: ErrInvalid beyond MaxZoom.
func TileOf(id uint64) (Tile, error) {
	rest := id
	for z := uint8(0); z <= MaxZoom; z++ {
		n := uint64(1) << (2 * z)
		if rest >= n {
			rest -= n
			continue
		}
		var x, y uint64
		for s := uint64(1); s < 1<<z; s *= 2 {
			rx := 1 & (rest / 2)
			ry := 1 & (rest ^ rx)
			if ry == 0 {
				if rx == 1 {
					x, y = s-1-x, s-1-y
				}
				x, y = y, x
			}
			x += s * rx
			y += s * ry
			rest /= 4
		}
		return Tile{z, uint32(x), uint32(y)}, nil
	}
	return Tile{}, fmt.Errorf("tile id %d: %w", id, contrechamp.ErrInvalid)
}
