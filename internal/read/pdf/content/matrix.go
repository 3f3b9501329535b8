package content

import "math"

// Matrix is a transformation in the plane: x' = ax + cy + e, y' = bx + dy + f. Single precision, and each product rounded
// by itself, as PDFium computes: its rules compare such numbers.
type Matrix struct{ A, B, C, D, E, F float32 }

// Identity changes nothing.
var Identity = Matrix{A: 1, D: 1}

// Then is m followed by n.
func (m Matrix) Then(n Matrix) Matrix {
	return Matrix{
		float32(m.A*n.A) + float32(m.B*n.C), float32(m.A*n.B) + float32(m.B*n.D),
		float32(m.C*n.A) + float32(m.D*n.C), float32(m.C*n.B) + float32(m.D*n.D),
		float32(m.E*n.A) + float32(m.F*n.C) + n.E, float32(m.E*n.B) + float32(m.F*n.D) + n.F,
	}
}

// Inverse undoes m; where that cannot be, it is the identity, as PDFium has it.
func (m Matrix) Inverse() Matrix {
	i := float32(m.A*m.D) - float32(m.B*m.C)
	if i == 0 {
		return Identity
	}
	j := -i
	return Matrix{m.D / i, m.B / j, m.C / j, m.A / i,
		(float32(m.C*m.F) - float32(m.D*m.E)) / i, (float32(m.A*m.F) - float32(m.B*m.E)) / j}
}

// Point transforms a point.
func (m Matrix) Point(x, y float32) (float32, float32) {
	return float32(m.A*x) + float32(m.C*y) + m.E, float32(m.B*x) + float32(m.D*y) + m.F
}

// Distance transforms a length in any direction, by the mean of the two directions.
func (m Matrix) Distance(d float32) float32 { return d * (unit(m.A, m.B) + unit(m.C, m.D)) / 2 }

// DistanceX transforms a length along X.
func (m Matrix) DistanceX(d float32) float32 { return hypot(m.A*d, m.B*d) }

func unit(a, b float32) float32 {
	switch {
	case b == 0:
		return abs(a)
	case a == 0:
		return abs(b)
	}
	return hypot(a, b)
}

func hypot(a, b float32) float32 {
	return float32(math.Sqrt(float64(a)*float64(a) + float64(b)*float64(b)))
}

func abs(a float32) float32 { return float32(math.Abs(float64(a))) }

// Rect is a rectangle, Y up.
type Rect struct{ Left, Bottom, Right, Top float32 }

// Rect transforms a rectangle: the smallest one around its corners.
func (m Matrix) Rect(r Rect) Rect {
	x0, y0 := m.Point(r.Left, r.Bottom)
	out := Rect{x0, y0, x0, y0}
	if m.B == 0 && m.C == 0 {
		x1, y1 := m.Point(r.Right, r.Top)
		return Rect{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	}
	for _, p := range [3][2]float32{{r.Left, r.Top}, {r.Right, r.Bottom}, {r.Right, r.Top}} {
		x, y := m.Point(p[0], p[1])
		out = Rect{min(out.Left, x), min(out.Bottom, y), max(out.Right, x), max(out.Top, y)}
	}
	return out
}

// Width and Height may be negative where the rectangle is turned over.
func (r Rect) Width() float32  { return r.Right - r.Left }
func (r Rect) Height() float32 { return r.Top - r.Bottom }

// Empty reports whether it has no area.
func (r Rect) Empty() bool { return r.Left >= r.Right || r.Bottom >= r.Top }

// Normal turns it back.
func (r Rect) Normal() Rect {
	return Rect{min(r.Left, r.Right), min(r.Bottom, r.Top), max(r.Left, r.Right), max(r.Bottom, r.Top)}
}

// Union is the smallest rectangle around both.
func (r Rect) Union(s Rect) Rect {
	r, s = r.Normal(), s.Normal()
	return Rect{min(r.Left, s.Left), min(r.Bottom, s.Bottom), max(r.Right, s.Right), max(r.Top, s.Top)}
}

// Intersect is what both have; nothing where they do not touch.
func (r Rect) Intersect(s Rect) Rect {
	r, s = r.Normal(), s.Normal()
	r = Rect{max(r.Left, s.Left), max(r.Bottom, s.Bottom), min(r.Right, s.Right), min(r.Top, s.Top)}
	if r.Left > r.Right || r.Bottom > r.Top {
		return Rect{}
	}
	return r
}

// Contains reports whether a point lies in it or on its edge.
func (r Rect) Contains(x, y float32) bool {
	r = r.Normal()
	return x <= r.Right && x >= r.Left && y <= r.Top && y >= r.Bottom
}
