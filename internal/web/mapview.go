package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/project"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/tile"
	"contrechamp.org/contrechamp/internal/publish/pmtiles"
)

// tileLimit is the most that a tile of a map may weigh unpacked, in bytes.
const tileLimit = 32 << 20

// tilesADraw is how many tiles a picture is drawn from at most.
const tilesADraw = 36

func unzip(b []byte, limit int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, contrechamp.ErrAltered)
	}
	out, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, contrechamp.ErrAltered)
	}
	if int64(len(out)) > limit {
		return nil, fmt.Errorf("more than %d bytes unpacked: %w", limit, contrechamp.ErrAltered)
	}
	return out, nil
}

// sight is what a picture shows: features of tiles, in pixels of the picture.
type sight struct {
	place    place
	layers   map[string][]shown
	cameras  []spot  // that the filter lets through, northernmost first
	gathered bool    // points stand for several cameras
	count    int     // cameras in view
	scale    float64 // metres for each pixel
	filter   mapFilter
	frame    frame
	named    []namedShape // streets and squares with a name; nil until asked for
}

// namedShape is a street or a square with its name.
type namedShape struct {
	name     string
	geometry orb.Geometry
	bound    orb.Bound
}

// shown is a feature in pixels.
type shown struct {
	geometry   orb.Geometry
	outline    orb.MultiLineString // of an area, without the cuts between tiles
	properties map[string]any
}

// frame is the size of a picture in pixels.
type frame struct{ w, h float64 }

// standardFrame is the picture that the server draws unless it is asked for another size.
var standardFrame = frame{900, 620}

// readFrame reads w and h, the size of the window that the script shows the map in: it is to list what is seen there.
func readFrame(q url.Values) frame {
	side := func(key string, standard float64) float64 {
		n, err := strconv.Atoi(q.Get(key))
		if err != nil || n < 200 || n > 2400 {
			return standard
		}
		return float64(n)
	}
	return frame{side("w", standardFrame.w), side("h", standardFrame.h)}
}

// bound is the picture with a margin for strokes.
func (f frame) bound() orb.Bound {
	return orb.Bound{Min: orb.Point{-40, -40}, Max: orb.Point{f.w + 40, f.h + 40}}
}

// spot is a point of the picture: a camera, or several.
type spot struct {
	at         orb.Point // pixels
	where      orb.Point // degrees
	n          int
	id         string
	direction  atlas.Direction
	properties map[string]any
}

func (c spot) text(key string) string { s, _ := c.properties[key].(string); return s }

// camera returns what a tile says of a camera, understood anew from its tags.
func (m *Map) camera(c spot) (contrechamp.Camera, error) {
	var tags map[string]string
	if err := json.Unmarshal([]byte(c.text("tags")), &tags); err != nil {
		return contrechamp.Camera{}, fmt.Errorf("camera %s in the map: %w: %w", c.id, err, contrechamp.ErrAltered)
	}
	cam := m.Understand(c.id, tags)
	cam.Lon, cam.Lat = c.where.Lon(), c.where.Lat()
	return cam, nil
}

// look reads the tiles under a picture.
func (m *Map) look(p place, f mapFilter, size frame) (*sight, error) {
	first, last := m.Archive.Zooms()
	z := uint8(math.Max(float64(first), math.Min(float64(last), math.Floor(p.Zoom))))
	unit := 512 * math.Exp2(p.Zoom-float64(z)) / tile.Extent // pixels
	n := math.Exp2(float64(z)) * tile.Extent
	centre := tile.ToWorld(p.At)
	left, top := centre[0]*n-size.w/2/unit, centre[1]*n-size.h/2/unit
	s := &sight{place: p, layers: map[string][]shown{}, gathered: z < atlas.EachZoom, filter: f, frame: size,
		scale: 40075016.686 * math.Cos(p.At.Lat()*math.Pi/180) / math.Exp2(p.Zoom) / 512}
	side := uint32(1) << z
	x0, x1 := math.Floor(left/tile.Extent), math.Floor((left+size.w/unit)/tile.Extent)
	y0, y1 := math.Floor(top/tile.Extent), math.Floor((top+size.h/unit)/tile.Extent)
	drawn := 0
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			if x < 0 || y < 0 || x >= float64(side) || y >= float64(side) {
				continue
			}
			if drawn++; drawn > tilesADraw {
				return nil, fmt.Errorf("a picture of more than %d tiles: %w", tilesADraw, contrechamp.ErrInvalid)
			}
			t := pmtiles.Tile{Z: z, X: uint32(x), Y: uint32(y)}
			if err := s.add(m, t, func(p orb.Point) orb.Point {
				return orb.Point{(p[0] + x*tile.Extent - left) * unit, (p[1] + y*tile.Extent - top) * unit}
			}); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(s.cameras, func(a, b spot) int {
		if a.at[1] != b.at[1] {
			if a.at[1] < b.at[1] {
				return -1
			}
			return 1
		}
		return strings.Compare(a.id, b.id)
	})
	return s, nil
}

// tileEdge is a tile without its margin, and a unit more, so that no gap shows between neighbours.
var tileEdge = orb.Bound{Min: orb.Point{-1, -1}, Max: orb.Point{tile.Extent + 1, tile.Extent + 1}}

func (s *sight) add(m *Map, t pmtiles.Tile, toPixel func(orb.Point) orb.Point) error {
	packed, err := m.Archive.Tile(t)
	if errors.Is(err, contrechamp.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	plain, err := unzip(packed, tileLimit)
	if err != nil {
		return fmt.Errorf("tile %s: %w", t, err)
	}
	layers, err := mvt.Unmarshal(plain)
	if err != nil {
		return fmt.Errorf("tile %s: %w: %w", t, err, contrechamp.ErrAltered)
	}
	for _, l := range layers {
		for _, f := range l.Features {
			if l.Name == atlas.LayerCameras {
				s.addCamera(t, f, toPixel)
				continue
			}
			if l.Name == atlas.LayerViews && !s.filter.shows(f.Properties) {
				continue
			}
			g := f.Geometry
			var outline orb.MultiLineString
			if area := areas(g); area != nil {
				// neighbours overlap by their margins, which would show: areas end where their tile does
				for _, p := range area {
					for _, r := range p {
						outline = append(outline, clip.LineString(tileEdge, orb.LineString(r).Clone())...)
					}
				}
				g = clip.MultiPolygon(tileEdge, area)
				project.Geometry(outline, toPixel)
			}
			if g = project.Geometry(g, toPixel); g != nil && g.Bound().Intersects(s.frame.bound()) {
				s.layers[l.Name] = append(s.layers[l.Name], shown{g, outline, f.Properties})
			}
		}
	}
	return nil
}

// areas returns an area as a multipolygon, nil for what is none.
func areas(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

func (s *sight) addCamera(t pmtiles.Tile, f *geojson.Feature, toPixel func(orb.Point) orb.Point) {
	p, ok := f.Geometry.(orb.Point)
	if !ok || p[0] < 0 || p[1] < 0 || p[0] >= tile.Extent || p[1] >= tile.Extent {
		return
	}
	c := spot{at: toPixel(p), where: tile.ToLonLat(t.Z, t.X, t.Y, orb.Point{p[0] + 0.5, p[1] + 0.5}), n: 1, properties: f.Properties}
	if n, ok := f.Properties["n"].(float64); ok {
		c.n = int(n)
	}
	if c.at[0] < 0 || c.at[1] < 0 || c.at[0] > s.frame.w || c.at[1] > s.frame.h {
		return
	}
	c.id, c.direction = c.text("id"), atlas.Direction(c.text("direction"))
	if c.id != "" && !s.filter.shows(f.Properties) {
		return
	}
	s.count += c.n
	s.cameras = append(s.cameras, c)
}

// find returns a camera of the picture.
func (s *sight) find(id string) *spot {
	for i := range s.cameras {
		if s.cameras[i].id == id {
			return &s.cameras[i]
		}
	}
	return nil
}

// streetReach is how far from a street with a name a camera is said to be in it, in metres.
const streetReach = 60

// street returns the name of the nearest street, "" when there is none near.
func (s *sight) street(c spot) string {
	if s.named == nil {
		s.named = []namedShape{}
		for _, layer := range []string{"ground", "roads"} {
			for _, f := range s.layers[layer] {
				if n, _ := f.properties["name"].(string); n != "" {
					s.named = append(s.named, namedShape{n, f.geometry, f.geometry.Bound()})
				}
			}
		}
	}
	best, name := streetReach/s.scale, ""
	for i := range s.named {
		n := &s.named[i]
		if !n.bound.Pad(best).Contains(c.at) {
			continue
		}
		if d := distanceTo(n.geometry, c.at); d < best {
			best, name = d, n.name
		}
	}
	return name
}

// distanceTo returns the distance of a point to a line or to the edge of an area; 0 inside one.
func distanceTo(g orb.Geometry, p orb.Point) float64 {
	best := math.Inf(1)
	line := func(l []orb.Point) {
		for i := 1; i < len(l); i++ {
			a, b := l[i-1], l[i]
			dx, dy := b[0]-a[0], b[1]-a[1]
			t := 0.0
			if q := dx*dx + dy*dy; q > 0 {
				t = math.Max(0, math.Min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/q))
			}
			best = math.Min(best, math.Hypot(a[0]+t*dx-p[0], a[1]+t*dy-p[1]))
		}
	}
	switch g := g.(type) {
	case orb.LineString:
		line(g)
	case orb.MultiLineString:
		for _, l := range g {
			line(l)
		}
	case orb.Polygon:
		for _, r := range g {
			line(r)
		}
	case orb.MultiPolygon:
		for _, q := range g {
			for _, r := range q {
				line(r)
			}
		}
	}
	return best
}

// query is the address's query without the chosen camera, the same for whatever order it came in.
func (s *sight) query(q url.Values) string {
	keep := url.Values{"at": {s.place.String()}}
	for _, key := range []string{"kind", "direction", "operator", "since", "case"} {
		if v := q[key]; len(v) > 0 && v[0] != "" {
			keep[key] = v
		}
	}
	return keep.Encode()
}

func trimFloat(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }
