package web

import (
	"html"
	"html/template"
	"math"
	"net/url"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/project"

	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/view"
)

// picture is the map as an SVG, for those without script and for paper.
type picture struct {
	SVG template.HTML // made of numbers and escaped names only
}

// pen writes an SVG.
type pen struct {
	strings.Builder
	frame frame
}

func (p *pen) number(v float64) {
	p.WriteString(trimFloat(v))
}

// path writes lines, closed for areas.
func (p *pen) path(points []orb.Point, closed bool) {
	for i, q := range points {
		if i == len(points)-1 && closed && q == points[0] {
			break
		}
		switch i {
		case 0:
			p.WriteByte('M')
		case 1:
			p.WriteByte('L')
		default:
			p.WriteByte(' ')
		}
		p.number(q[0])
		p.WriteByte(' ')
		p.number(q[1])
	}
	if closed {
		p.WriteByte('z')
	}
}

func (p *pen) geometry(g orb.Geometry) {
	switch g := clip.Geometry(p.frame.bound(), orb.Clone(g)).(type) {
	case orb.LineString:
		p.path(g, false)
	case orb.MultiLineString:
		for _, l := range g {
			p.path(l, false)
		}
	case orb.Polygon:
		for _, r := range g {
			p.path(r, true)
		}
	case orb.MultiPolygon:
		for _, q := range g {
			for _, r := range q {
				p.path(r, true)
			}
		}
	}
}

// group writes features of one look as one path.
func (p *pen) group(class string, all []shown, choose func(shown) bool) {
	d, outlines := pen{frame: p.frame}, pen{frame: p.frame}
	for _, f := range all {
		if choose == nil || choose(f) {
			d.geometry(f.geometry)
			if f.outline != nil {
				outlines.geometry(f.outline)
			}
		}
	}
	if d.Len() > 0 {
		p.WriteString(`<path class="` + class + `" d="` + d.String() + `"/>`)
	}
	if outlines.Len() > 0 {
		p.WriteString(`<path class="outline outline--` + class + `" d="` + outlines.String() + `"/>`)
	}
}

// drawn is the order and look of the base map, from the ground up.
var drawn = []struct {
	layer, class string
	classes      []string
	width        float64 // metres, for lines
	least        float64 // pixels that a line is wide at least
}{
	{"green", "park", nil, 0, 0},
	{"water", "water", []string{"lake", "river"}, 0, 0},
	{"ground", "ground", nil, 0, 0},
	{"boundaries", "boundary", nil, 0, 1},
	{"roads", "road road--rail", []string{"rail", "tram"}, 0, 1},
	{"roads", "road", []string{"path"}, 2.5, 1},
	{"roads", "road", []string{"service"}, 5, 1},
	{"roads", "road", []string{"foot"}, 8, 1.5},
	{"roads", "road", []string{"street"}, 10, 1.5},
	{"roads", "road", []string{"major"}, 15, 2.5},
	{"roads", "road road--motorway", []string{"motorway"}, 18, 3},
	{"buildings", "building", nil, 0, 0},
}

// draw makes the picture.
func (r *request) draw(s *sight, which view.Case, chosen string, q url.Values) picture {
	p := pen{frame: s.frame}
	p.WriteString(`<svg viewBox="0 0 ` + trimFloat(s.frame.w) + ` ` + trimFloat(s.frame.h) + `" preserveAspectRatio="xMidYMid slice" role="img" aria-labelledby="map-t map-d"><title id="map-t">` +
		html.EscapeString(r.N("map.picture.title", s.count)) + `</title><desc id="map-d">` + html.EscapeString(r.T("map.picture.text")) + `</desc><g class="map-base">`)
	for _, d := range drawn {
		choose := func(f shown) bool {
			c, _ := f.properties["class"].(string)
			_, isLine := f.geometry.(orb.LineString)
			_, areLines := f.geometry.(orb.MultiLineString)
			if d.layer == "water" && (isLine || areLines) {
				return false
			}
			return d.classes == nil || slices.Contains(d.classes, c)
		}
		class := d.class
		if d.layer == "roads" || d.layer == "boundaries" {
			p.WriteString(`<g stroke-width="` + trimFloat(math.Max(d.least, d.width/s.scale)) + `">`)
			p.group(class, s.layers[d.layer], choose)
			p.WriteString(`</g>`)
			continue
		}
		p.group(class, s.layers[d.layer], choose)
	}
	p.WriteString(`</g>`)
	if s.place.Zoom >= conesFrom {
		p.WriteString(`<g class="map-cones">`)
		for _, l := range slices.Backward(view.Drawn()) {
			for _, f := range s.layers[atlas.LayerViews] {
				if f.properties["case"] == which.Name && f.properties["level"] == l.Name && f.properties["camera"] != chosen {
					p.WriteString(`<path class="cone" d="`)
					p.geometry(f.geometry)
					p.WriteString(`"/>`)
				}
			}
		}
		p.WriteString(`</g>`)
	}
	p.names(s)
	p.cameras(r, s, chosen)
	if chosen != "" {
		p.chosen(r, s, which, chosen)
	}
	p.scale(r, s)
	p.WriteString(`</svg>`)
	return picture{template.HTML(p.String())}
}

// cameras draws the marks.
func (p *pen) cameras(r *request, s *sight, chosen string) {
	p.WriteString(`<g class="map-cams">`)
	for _, c := range s.cameras {
		if c.id == chosen && chosen != "" {
			continue
		}
		class, radius := "cam", 4.2
		switch {
		case s.gathered:
			class, radius = "cam cam--many", 5+2.4*math.Log2(float64(c.n))
		case c.direction == atlas.DirectionUnknown:
			class = "cam cam--nodir"
		case c.direction == atlas.DirectionIndoors:
			class, radius = "cam cam--in", 3.4
		case c.direction == atlas.DirectionNone:
			class = "cam cam--other"
		}
		p.WriteString(`<circle class="` + class + `" cx="` + trimFloat(c.at[0]) + `" cy="` + trimFloat(c.at[1]) + `" r="` + trimFloat(radius) + `"/>`)
		if s.gathered && c.n > 1 {
			p.WriteString(`<text class="cam-n" x="` + trimFloat(c.at[0]) + `" y="` + trimFloat(c.at[1]) + `" dy="4">` + html.EscapeString(r.Int(c.n)) + `</text>`)
		}
	}
	p.WriteString(`</g>`)
}

// chosen draws the chosen camera: its rings in the chosen case, and how far each case goes.
func (p *pen) chosen(r *request, s *sight, which view.Case, id string) {
	c := s.find(id)
	if c == nil {
		return
	}
	p.WriteString(`<g class="map-selected">`)
	for _, l := range slices.Backward(view.Drawn()) {
		for _, f := range s.layers[atlas.LayerViews] {
			if f.properties["camera"] == id && f.properties["case"] == which.Name && f.properties["level"] == l.Name {
				p.WriteString(`<path class="cone" d="`)
				p.geometry(f.geometry)
				p.WriteString(`"/>`)
			}
		}
	}
	names := map[string]string{view.Modest.Name: "worst", view.Common.Name: "middle", view.Fine.Name: "best"}
	type label struct {
		at   orb.Point
		text string
	}
	var labels []label
	for _, k := range view.Cases() {
		far, reach := c.at, 0.0
		for _, f := range s.layers[atlas.LayerViews] {
			if f.properties["camera"] != id || f.properties["case"] != k.Name || f.properties["level"] != "detect" {
				continue
			}
			p.WriteString(`<path class="case case--` + names[k.Name] + `" d="`)
			p.geometry(f.geometry)
			p.WriteString(`"/>`)
			project.Geometry(orb.Clone(f.geometry), func(q orb.Point) orb.Point {
				if d := math.Hypot(q[0]-c.at[0], q[1]-c.at[1]); d > reach && p.frame.bound().Contains(q) {
					far, reach = q, d
				}
				return q
			})
		}
		if reach > 0 {
			labels = append(labels, label{far, r.Int(int(math.Round(reach*s.scale))) + " m"})
		}
	}
	for i, l := range labels {
		crowded := false
		for _, m := range labels[i+1:] {
			crowded = crowded || math.Hypot(l.at[0]-m.at[0], l.at[1]-m.at[1]) < 30
		}
		if !crowded {
			x, y := math.Max(24, math.Min(p.frame.w-24, l.at[0])), math.Max(14, math.Min(p.frame.h-8, l.at[1]))
			p.WriteString(`<text class="ring-label" x="` + trimFloat(x) + `" y="` + trimFloat(y) + `" text-anchor="middle">` + html.EscapeString(l.text) + `</text>`)
		}
	}
	p.WriteString(`<circle class="cam cam--on" cx="` + trimFloat(c.at[0]) + `" cy="` + trimFloat(c.at[1]) + `" r="7.5"/></g>`)
}

// scale draws a bar of a round length.
func (p *pen) scale(r *request, s *sight) {
	metres := 1.0
	for _, m := range []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6} {
		if m/s.scale <= 130 {
			metres = m
		}
	}
	text := r.Int(int(metres)) + " m"
	if metres >= 1000 {
		text = r.Int(int(metres/1000)) + " km"
	}
	y := p.frame.h - 44.0
	p.WriteString(`<g class="map-scale"><text x="28" y="` + trimFloat(y-16) + `">` + html.EscapeString(strings.ReplaceAll(text, " ", "\u00a0")) + `</text><path d="M28 ` + trimFloat(y-9) + `V` + trimFloat(y) + `H` + trimFloat(28+metres/s.scale) + `V` + trimFloat(y-9) + `"/></g>`)
}

// letter is the width of a letter of a street's name, in pixels, on average.
const letter = 5.9

// names writes names along streets and on places, each once, where there is room.
func (p *pen) names(s *sight) {
	type label struct {
		name   string
		at     orb.Point
		angle  float64
		length float64
		class  string
	}
	var all []label
	for _, f := range s.layers["roads"] {
		name, _ := f.properties["name"].(string)
		if name == "" || s.place.Zoom < 14.5 {
			continue
		}
		lines := orb.MultiLineString{}
		switch g := f.geometry.(type) {
		case orb.LineString:
			lines = append(lines, g)
		case orb.MultiLineString:
			lines = g
		}
		for _, l := range lines {
			for i := 1; i < len(l); i++ {
				a, b := l[i-1], l[i]
				length := math.Hypot(b[0]-a[0], b[1]-a[1])
				if length < letter*float64(len([]rune(name)))*0.8 {
					continue
				}
				angle := math.Atan2(b[1]-a[1], b[0]-a[0]) * 180 / math.Pi
				if angle > 90 {
					angle -= 180
				} else if angle < -90 {
					angle += 180
				}
				all = append(all, label{name, orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}, angle, length, "street-name"})
			}
		}
	}
	for _, layer := range []string{"places", "ground"} {
		for _, f := range s.layers[layer] {
			name, _ := f.properties["name"].(string)
			if name == "" || layer == "ground" && s.place.Zoom < 15 || layer == "places" && s.place.Zoom > 16 {
				continue
			}
			class := "street-name"
			if layer == "places" {
				class = "place-name"
			}
			all = append(all, label{name, f.geometry.Bound().Center(), 0, 1e6, class})
		}
	}
	slices.SortStableFunc(all, func(a, b label) int {
		switch {
		case a.length > b.length:
			return -1
		case a.length < b.length:
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	p.WriteString(`<g class="map-names">`)
	var taken []orb.Point
	said := map[string]bool{}
	for _, l := range all {
		half := letter * float64(len([]rune(l.name))) / 2
		sin, cos := math.Sincos(l.angle * math.Pi / 180)
		ends := []orb.Point{}
		for t := -half; t <= half; t += 9 {
			ends = append(ends, orb.Point{l.at[0] + t*cos, l.at[1] + t*sin})
		}
		free := !said[l.name] && len(ends) > 0
		for _, e := range ends {
			if e[0] < 4 || e[1] < 10 || e[0] > p.frame.w-4 || e[1] > p.frame.h-4 {
				free = false
			}
			for _, t := range taken {
				if math.Abs(t[0]-e[0]) < 14 && math.Abs(t[1]-e[1]) < 14 {
					free = false
				}
			}
		}
		if !free {
			continue
		}
		said[l.name] = true
		taken = append(taken, ends...)
		p.WriteString(`<text class="` + l.class + `" x="` + trimFloat(l.at[0]) + `" y="` + trimFloat(l.at[1]) + `" dy="4"`)
		if l.angle != 0 {
			p.WriteString(` transform="rotate(` + trimFloat(l.angle) + ` ` + trimFloat(l.at[0]) + ` ` + trimFloat(l.at[1]) + `)"`)
		}
		p.WriteString(`>` + html.EscapeString(l.name) + `</text>`)
	}
	p.WriteString(`</g>`)
}
