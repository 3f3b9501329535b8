// Package coverage measures how much of a town's streets and public ground its mapped cameras show, by municipality
// and by operator.
//
// It is about cameras and streets, never about people. And mapped is not present: what is counted is what volunteers
// noted, so that the true share may be higher or, where cameras are gone, lower.
//
// Three numbers, because little is noted. The modest case counts only what is noted, of modest cameras: a lower bound
// for what is mapped. The common case lets a camera without a direction look straight out from its wall. The fine case
// lets it look anywhere: an upper bound, since it cannot look everywhere at once.
//
// How. Everything is drawn on a raster of one metre: what all cameras of a case show, as a union; public ground, which
// is streets in their supposed width, squares, pedestrian areas and parks, without buildings. Streets are walked metre
// by metre along their middle.
package coverage

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/basemap"
	"contrechamp.org/contrechamp/internal/camera/view"
)

// Share is a length or an area, and how much of it is seen in the modest, common and fine case.
type Share struct {
	All  float64    `json:"all"`
	Seen [3]float64 `json:"seen"`
}

// Row is what was measured in one municipality, or in the whole extract.
type Row struct {
	Name    string  `json:"name"` // "" for the whole extract
	Level   int     `json:"admin_level,omitempty"`
	Cameras int     `json:"cameras"`       // that have a picture, indoors too
	Indoors int     `json:"indoors"`       // of which indoors
	Area    float64 `json:"area_m2"`       // of the municipality; 0 for the whole extract, whose edge is unknown
	Street  Share   `json:"street_m"`      // metres along the middle of streets
	Ground  Share   `json:"public_ground"` // square metres
}

// Operator is what is known of one operator's cameras.
type Operator struct {
	Name    string     `json:"name"` // "" for cameras without a noted operator
	Cameras int        `json:"cameras"`
	Street  [3]float64 `json:"street_m"` // metres of street seen by its cameras, by case
}

// Report is the whole measurement.
type Report struct {
	Detail    string     `json:"detail"` // the level of detail that counts as seen
	Rows      []Row      `json:"rows"`   // the whole extract first, then municipalities by name
	Operators []Operator `json:"operators"`
	Passed    int        `json:"passed"` // cameras whose numbers cannot be
	Notice    string     `json:"notice"`
}

// maxOperators is how many operators are measured, those with most cameras; the others are counted only.
const maxOperators = 40

// Measure measures a land. detail names the level of [view.Drawn] that counts as seen; adminLevel that of the
// municipalities, 0 for the one of 6, 7 and 8 of which the extract has most as a whole. It answers ErrInvalid for a level that
// there is not, and for an extract that is too large.
func Measure(ctx context.Context, l *atlas.Land, detail string, adminLevel int) (Report, error) {
	if !slices.ContainsFunc(view.Drawn(), func(v view.Level) bool { return v.Name == detail }) {
		return Report{}, fmt.Errorf("level of detail %q: want identify, recognise, observe or detect: %w", detail, contrechamp.ErrInvalid)
	}
	m := &measuring{land: l, plane: view.NewPlane(l.Bound.Center()), detail: detail, public: newMask()}
	for i := range m.seen {
		m.seen[i] = newMask()
	}
	if err := m.look(ctx); err != nil {
		return Report{}, err
	}
	if err := m.drawGround(ctx); err != nil {
		return Report{}, err
	}
	r := Report{Detail: detail, Passed: m.passed, Notice: contrechamp.MappedIsNotPresent}
	whole := Row{}
	for i := range m.seen {
		whole.Ground.All, whole.Ground.Seen[i] = m.public.count(m.seen[i])
	}
	places := municipalities(l.Municipalities, adminLevel)
	rows := make([]Row, len(places))
	for i, p := range places {
		if err := ctx.Err(); err != nil {
			return r, fmt.Errorf("measure what is seen: %w", err)
		}
		rows[i] = Row{Name: p.Name, Level: p.Level}
		m.measureGround(p, &rows[i])
	}
	for _, c := range l.Cameras {
		if !atlas.Looks(c.Kind) {
			continue
		}
		at := orb.Point{c.Lon, c.Lat}
		indoors := 0
		if c.Setting == contrechamp.SettingIndoor {
			indoors = 1
		}
		whole.Cameras++
		whole.Indoors += indoors
		if i := within(places, at); i >= 0 {
			rows[i].Cameras++
			rows[i].Indoors += indoors
		}
	}
	samples, err := m.walk(ctx, places, &whole, rows)
	if err != nil {
		return r, err
	}
	if r.Operators, err = m.operators(ctx, samples); err != nil {
		return r, err
	}
	r.Rows = append([]Row{whole}, rows...)
	return r, nil
}

// measuring is one measurement under way.
type measuring struct {
	land   *atlas.Land
	plane  view.Plane
	detail string
	seen   [3]*mask
	public *mask
	views  [][3]orb.MultiPolygon // by camera and case
	passed int
}

// look draws what every camera shows.
func (m *measuring) look(ctx context.Context) error {
	m.views = make([][3]orb.MultiPolygon, len(m.land.Cameras))
	which := map[string]int{}
	for i, c := range view.Cases() {
		which[c.Name] = i
	}
	var err error
	m.passed, err = m.land.Views(ctx, true, func(i int, _ contrechamp.Camera, v view.View) {
		for _, r := range v.Rings {
			if r.Level.Name == m.detail {
				k := which[v.Case.Name]
				m.views[i][k] = r.Outline
				m.draw(m.seen[k], r.Outline, true)
			}
		}
	})
	if err != nil {
		return err
	}
	for _, s := range m.seen {
		if err := s.err(); err != nil {
			return err
		}
	}
	return nil
}

func (m *measuring) rings(p orb.Polygon) [][]view.Metres {
	out := make([][]view.Metres, len(p))
	for i, r := range p {
		for _, q := range r {
			out[i] = append(out[i], m.plane.To(q))
		}
	}
	return out
}

func (m *measuring) draw(on *mask, area orb.MultiPolygon, add bool) {
	for _, p := range area {
		fill(m.rings(p), func(y, x0, x1 int) { on.change(y, x0, x1, add) })
	}
}

// drawGround draws public ground: streets, squares and parks, then takes buildings out.
func (m *measuring) drawGround(ctx context.Context) error {
	for i, w := range m.land.Streets {
		if i%1024 == 0 && ctx.Err() != nil {
			return fmt.Errorf("measure what is seen: %w", ctx.Err())
		}
		for _, line := range w.Lines {
			for j := 1; j < len(line); j++ {
				m.drawSegment(m.plane.To(line[j-1]), m.plane.To(line[j]), w.Width)
			}
		}
	}
	for _, g := range m.land.Ground {
		m.draw(m.public, g, true)
	}
	for _, f := range m.land.Footprints {
		m.draw(m.public, orb.MultiPolygon{f}, false)
	}
	return m.public.err()
}

// drawSegment draws a piece of street: a rectangle with rounded ends, so that bends have no gaps.
func (m *measuring) drawSegment(a, b view.Metres, width float64) {
	d := b.Sub(a)
	length := d.Length()
	if length == 0 {
		return
	}
	half := width / 2
	from := math.Atan2(d.Y, d.X)
	var ring []view.Metres
	for _, end := range []struct {
		at    view.Metres
		start float64
	}{{b, from - math.Pi/2}, {a, from + math.Pi/2}} {
		for k := range 5 {
			s, c := math.Sincos(end.start + float64(k)*math.Pi/4)
			ring = append(ring, end.at.Add(view.Metres{X: c * half, Y: s * half}))
		}
	}
	fill([][]view.Metres{ring}, func(y, x0, x1 int) { m.public.change(y, x0, x1, true) })
}

// measureGround measures area and public ground of a municipality.
func (m *measuring) measureGround(p basemap.Municipality, row *Row) {
	for _, polygon := range p.Area {
		fill(m.rings(polygon), func(y, x0, x1 int) {
			row.Area += float64(x1-x0) * Cell * Cell
			for i := range m.seen {
				all, both := m.public.countSpan(m.seen[i], y, x0, x1)
				if i == 0 {
					row.Ground.All += float64(all) * Cell * Cell
				}
				row.Ground.Seen[i] += float64(both) * Cell * Cell
			}
		})
	}
}

// sample is a piece of street that some camera shows.
type sample struct {
	at     view.Metres
	length float64
}

// borderStep is after how many metres along a street it is asked again in which municipality it is.
const borderStep = 20

// walk goes along all streets, and returns the pieces that are seen in the fine case or another.
func (m *measuring) walk(ctx context.Context, places []basemap.Municipality, whole *Row, rows []Row) ([]sample, error) {
	var seen []sample
	for i, w := range m.land.Streets {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("measure what is seen: %w", ctx.Err())
		}
		for _, line := range w.Lines {
			for j := 1; j < len(line); j++ {
				// lengths are those of the globe at this place; the raster's plane is laid at the middle of the extract
				length := view.NewPlane(line[j-1]).To(line[j]).Length()
				a, b := m.plane.To(line[j-1]), m.plane.To(line[j])
				n := max(1, int(math.Round(length)))
				each := length / float64(n)
				in := -1
				for k := range n {
					if k%borderStep == 0 {
						t := math.Min(1, (float64(k)+borderStep/2)/float64(n))
						if n <= borderStep {
							t = 0.5
						}
						in = within(places, orb.Point{line[j-1][0] + t*(line[j][0]-line[j-1][0]), line[j-1][1] + t*(line[j][1]-line[j-1][1])})
					}
					at := a.Add(b.Sub(a).Times((float64(k) + 0.5) / float64(n)))
					any := false
					whole.Street.All += each
					if in >= 0 {
						rows[in].Street.All += each
					}
					for c := range m.seen {
						if !m.seen[c].has(at) {
							continue
						}
						any = true
						whole.Street.Seen[c] += each
						if in >= 0 {
							rows[in].Street.Seen[c] += each
						}
					}
					if any {
						seen = append(seen, sample{at, each})
					}
				}
			}
		}
	}
	return seen, nil
}

// operators measures the streets that each operator's cameras show.
func (m *measuring) operators(ctx context.Context, samples []sample) ([]Operator, error) {
	own := map[string][]int{}
	for i, c := range m.land.Cameras {
		if atlas.Looks(c.Kind) {
			name := ""
			if len(c.Operator.Names) > 0 {
				name = c.Operator.Names[0]
			}
			own[name] = append(own[name], i)
		}
	}
	var out []Operator
	for name, cameras := range own {
		out = append(out, Operator{Name: name, Cameras: len(cameras)})
	}
	slices.SortFunc(out, func(a, b Operator) int { return cmp.Or(b.Cameras-a.Cameras, cmp.Compare(a.Name, b.Name)) })
	for i := range out[:min(len(out), maxOperators)] {
		for c := range m.seen {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("measure what is seen: %w", err)
			}
			on := newMask()
			for _, k := range own[out[i].Name] {
				m.draw(on, m.views[k][c], true)
			}
			for _, s := range samples {
				if on.has(s.at) {
					out[i].Street[c] += s.length
				}
			}
		}
	}
	return out, nil
}

// municipalities chooses those of a level, by name.
func municipalities(all []basemap.Municipality, level int) []basemap.Municipality {
	if level == 0 {
		// towns are on level 8 in most countries, on 7 in some; at the edge of an extract lie single ones of another
		count := map[int]int{}
		for _, m := range all {
			if count[m.Level]++; m.Level < 6 || m.Level > 8 {
				continue
			}
			if level == 0 || count[m.Level] > count[level] || count[m.Level] == count[level] && m.Level > level {
				level = m.Level
			}
		}
	}
	var out []basemap.Municipality
	for _, m := range all {
		if m.Level == level {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b basemap.Municipality) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// within returns the municipality that a point lies in, -1 for none.
func within(places []basemap.Municipality, p orb.Point) int {
	for i := range places {
		in := false
		for _, polygon := range places[i].Area {
			for _, r := range polygon {
				if atlas.InRing(r, p) {
					in = !in
				}
			}
		}
		if in {
			return i
		}
	}
	return -1
}
