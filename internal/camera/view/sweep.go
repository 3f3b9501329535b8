package view

import (
	"math"
	"slices"
)

// Wall is one side of a building on a plane whose origin is the eye. A wall is passed over when its outside, to the
// right of A to B, looks away from the eye: another side of the same building stands before it. TwoSided walls count
// from both sides.
type Wall struct {
	A, B     Metres
	TwoSided bool
}

// arcStep is the angle between the points of an arc, in radians: at 200 m the chord is 0.2 m from it.
const arcStep = 5 * math.Pi / 180

// sweepEpsilon is the angle, in radians, by which an interval is looked at inside its ends: 0.2 µm at 200 m.
const sweepEpsilon = 1e-9

// Sweep finds what can be seen from the origin: a ray turns over the sector, and between two ends of walls it always
// meets the same wall first (after Asano 1985, with a list instead of a tree: few walls stand behind one another). Its
// buffers are used again; a Sweep belongs to one goroutine. The zero value is ready.
type Sweep struct {
	spans  []span
	events []event
	active []int32
	out    []Metres
}

// span is a wall as the sweep sees it: the part within the radius, from one angle to the next.
type span struct {
	a, b       Metres // at from and to
	from, to   float64
	normal     Metres // of the line, not scaled
	normalDotA float64
	slot       int32
}

type event struct {
	at    float64
	span  int32
	start bool
}

// Visible returns the outline of what can be seen of a sector within a radius: points by increasing bearing, beginning
// at from. Sector and answer are in radians clockwise from north, walls in metres. The eye itself is not one of the
// points. The slice is valid until the next call.
func (s *Sweep) Visible(walls []Wall, from, extent, radius float64) []Metres {
	s.spans, s.events, s.active, s.out = s.spans[:0], s.events[:0], s.active[:0], s.out[:0]
	extent = math.Min(extent, 2*math.Pi)
	for _, w := range walls {
		s.add(w, from, extent, radius)
	}
	slices.SortFunc(s.events, func(a, b event) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		case a.span != b.span:
			return int(a.span - b.span)
		case a.start:
			return -1
		}
		return 1
	})
	at := 0.0
	for _, e := range s.events {
		if e.at > at+2*sweepEpsilon {
			s.between(at, e.at, from, radius, 0)
			at = e.at
		}
		if e.start {
			s.spans[e.span].slot = int32(len(s.active))
			s.active = append(s.active, e.span)
			continue
		}
		slot, last := s.spans[e.span].slot, s.active[len(s.active)-1]
		s.active[slot] = last
		s.spans[last].slot = slot
		s.active = s.active[:len(s.active)-1]
	}
	if at < extent {
		s.between(at, extent, from, radius, 0)
	}
	return s.out
}

// add cuts a wall to the radius and the sector and files it.
func (s *Sweep) add(w Wall, from, extent, radius float64) {
	turn := cross(w.A, w.B)
	if turn == 0 {
		return // it points at the eye, and hides nothing
	}
	// the eye is to the right of A to B, where the outside is, when B is clockwise of A
	if turn > 0 && !w.TwoSided {
		return
	}
	a, b, ok := clip(w.A, w.B, radius)
	if !ok {
		return
	}
	if cross(a, b) > 0 { // bearings run clockwise
		a, b = b, a
	}
	width := math.Atan2(-cross(a, b), dot(a, b))
	if !(width > 0) {
		return
	}
	start := math.Mod(math.Atan2(a.X, a.Y)-from, 2*math.Pi)
	if start < 0 {
		start += 2 * math.Pi
	}
	s.file(a, b, start, start+width, extent)
	s.file(a, b, start-2*math.Pi, start+width-2*math.Pi, extent)
}

func (s *Sweep) file(a, b Metres, from, to, extent float64) {
	from, to = math.Max(from, 0), math.Min(to, extent)
	if to-from <= 2*sweepEpsilon {
		return
	}
	d := b.Sub(a)
	n := Metres{d.Y, -d.X}
	i := int32(len(s.spans))
	s.spans = append(s.spans, span{a: a, b: b, from: from, to: to, normal: n, normalDotA: dot(n, a)})
	s.events = append(s.events, event{from, i, true}, event{to, i, false})
}

// clip cuts a segment to the disc about the origin.
func clip(a, b Metres, radius float64) (Metres, Metres, bool) {
	d := b.Sub(a)
	qa, qb, qc := dot(d, d), dot(a, d), dot(a, a)-radius*radius
	disc := qb*qb - qa*qc
	if disc <= 0 || qa == 0 {
		return a, b, false
	}
	root := math.Sqrt(disc)
	t0, t1 := (-qb-root)/qa, (-qb+root)/qa
	if t0 >= 1 || t1 <= 0 {
		return a, b, false
	}
	ca, cb := a, b
	if t0 > 0 {
		ca = a.Add(d.Times(t0))
	}
	if t1 < 1 {
		cb = a.Add(d.Times(t1))
	}
	return ca, cb, true
}

// nearest returns the first active wall in a direction, -1 when there is none, and how far it is.
func (s *Sweep) nearest(u Metres) (int32, float64) {
	best, distance := int32(-1), math.Inf(1)
	for _, i := range s.active {
		w := &s.spans[i]
		if t := w.normalDotA / (w.normal.X*u.X + w.normal.Y*u.Y); t > 0 && t < distance {
			best, distance = i, t
		}
	}
	return best, distance
}

// maxCrossings is how often the interval between two ends is halved to follow walls that cross each other.
const maxCrossings = 12

// between adds what is seen from one angle to the next, where the same walls are met.
func (s *Sweep) between(a, b, from, radius float64, depth int) {
	ua, ub := toward(from+a+sweepEpsilon), toward(from+b-sweepEpsilon)
	first, da := s.nearest(ua)
	last, db := s.nearest(ub)
	if first != last && depth < maxCrossings {
		// walls cross: each half is nearer to one winner
		middle := (a + b) / 2
		if first >= 0 && last >= 0 {
			if at, ok := s.crossing(first, last, from); ok && at > a+2*sweepEpsilon && at < b-2*sweepEpsilon {
				middle = at
			}
		}
		s.between(a, middle, from, radius, depth+1)
		s.between(middle, b, from, radius, depth+1)
		return
	}
	if first < 0 {
		s.arc(a, b, from, radius)
		return
	}
	s.emit(ua.Times(math.Min(da, radius)))
	if last >= 0 {
		s.emit(ub.Times(math.Min(db, radius)))
	}
}

// crossing returns the angle, from the sector's begin, at which the lines of two walls cross.
func (s *Sweep) crossing(i, j int32, from float64) (float64, bool) {
	p, q := &s.spans[i], &s.spans[j]
	det := cross(p.normal, q.normal)
	if det == 0 {
		return 0, false
	}
	x := Metres{(p.normalDotA*q.normal.Y - q.normalDotA*p.normal.Y) / det, (q.normalDotA*p.normal.X - p.normalDotA*q.normal.X) / det}
	at := math.Mod(math.Atan2(x.X, x.Y)-from, 2*math.Pi)
	if at < 0 {
		at += 2 * math.Pi
	}
	return at, true
}

func (s *Sweep) arc(a, b, from, radius float64) {
	n := int(math.Ceil((b - a) / arcStep))
	for i := range n + 1 {
		s.emit(toward(from + a + (b-a)*float64(i)/float64(max(n, 1))).Times(radius))
	}
}

// emit adds a point unless it is the one before, to a millimetre.
func (s *Sweep) emit(m Metres) {
	if n := len(s.out); n > 0 {
		if d := m.Sub(s.out[n-1]); math.Abs(d.X) < 1e-3 && math.Abs(d.Y) < 1e-3 {
			return
		}
	}
	s.out = append(s.out, m)
}
