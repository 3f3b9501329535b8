package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/tile"
	"contrechamp.org/contrechamp/internal/camera/view"
	"contrechamp.org/contrechamp/internal/publish/pmtiles"
	"contrechamp.org/contrechamp/internal/word"
)

// MapArchive is what the map is shown from; [pmtiles.Archive] answers it.
type MapArchive interface {
	// Tile answers a tile packed with gzip: ErrNotFound where the map is empty.
	Tile(t pmtiles.Tile) ([]byte, error)
	Zooms() (first, last uint8)
	Box() pmtiles.Box
	Centre() (lon, lat float64, zoom uint8)
}

// Map is the map of cameras. What is on it was noted by volunteers; mapped is not present.
type Map struct {
	Archive MapArchive
	Name    string
	Summary atlas.Summary
	Version string // changes with the archive: browsers keep tiles by it
	// Understand says what a camera's tags mean.
	Understand func(id string, tags map[string]string) contrechamp.Camera
	// Lives knows what became of cameras from one extract to the next; nil when nobody does.
	Lives Lives
}

// Lives is what the card of a camera asks about its history.
type Lives interface {
	// Camera answers one with its events, first one first: ErrNotFound for one that was never imported.
	Camera(ctx context.Context, id string) (contrechamp.CameraLife, error)
}

// How far the picture can be enlarged, and from which level of zoom on it is drawn what cameras see.
const (
	deepestZoom = 20
	conesFrom   = 14
)

// maxListed is how many cameras of a view are listed.
const maxListed = 100

// maxOffered is how many places the field offers as one types. The others are found all the same.
const maxOffered = 200

// place is what is looked at: the middle of the picture, and the level of zoom (of tiles of 512 pixels).
type place struct {
	At   orb.Point
	Zoom float64
}

// String writes the form of addresses: latitude, longitude, level.
func (p place) String() string {
	return strconv.FormatFloat(p.At.Lat(), 'f', 5, 64) + "," + strconv.FormatFloat(p.At.Lon(), 'f', 5, 64) + "," + strconv.FormatFloat(math.Round(p.Zoom*100)/100, 'f', -1, 64)
}

// parsePlace reads what String writes: ErrInvalid for anything else.
func parsePlace(s string) (place, error) {
	parts := strings.Split(s, ",")
	var n [3]float64
	ok := len(parts) == 3
	for i := range n {
		if ok {
			v, err := strconv.ParseFloat(parts[i], 64)
			ok = err == nil && !math.IsNaN(v)
			n[i] = v
		}
	}
	if !ok || math.Abs(n[0]) > 85 || math.Abs(n[1]) > 180 || n[2] < 0 || n[2] > deepestZoom {
		return place{}, fmt.Errorf("place on the map %q: want latitude,longitude,zoom: %w", s, contrechamp.ErrInvalid)
	}
	return place{orb.Point{n[1], n[0]}, n[2]}, nil
}

// mapFilter chooses cameras. Empty lists choose all.
type mapFilter struct {
	Kinds      []string
	Directions []string
	Operator   string
	Since      string // a date; cameras whose object was changed on that day or later
}

func readFilter(q url.Values) (mapFilter, error) {
	f := mapFilter{Operator: q.Get("operator"), Since: q.Get("since")}
	for _, k := range q["kind"] {
		if slices.Contains(contrechamp.CameraKinds(), contrechamp.CameraKind(k)) {
			f.Kinds = append(f.Kinds, k)
		}
	}
	for _, d := range q["direction"] {
		if slices.Contains(directions, atlas.Direction(d)) {
			f.Directions = append(f.Directions, d)
		}
	}
	if f.Since != "" {
		if _, err := time.Parse(time.DateOnly, f.Since); err != nil {
			return f, fmt.Errorf("date %q: want year-month-day: %w", f.Since, contrechamp.ErrInvalid)
		}
	}
	return f, nil
}

// directions are in the order of the legend.
var directions = []atlas.Direction{atlas.DirectionKnown, atlas.DirectionTurns, atlas.DirectionUnknown, atlas.DirectionIndoors, atlas.DirectionNone}

// shows reports whether the filter lets something with these properties through.
func (f mapFilter) shows(properties map[string]any) bool {
	text := func(key string) string { s, _ := properties[key].(string); return s }
	return (len(f.Kinds) == 0 || slices.Contains(f.Kinds, text("kind"))) &&
		(len(f.Directions) == 0 || text("direction") == "" || slices.Contains(f.Directions, text("direction"))) &&
		(f.Operator == "" || text("operator") == f.Operator) &&
		(f.Since == "" || text("date") >= f.Since)
}

// tick is a choice of a form.
type tick struct {
	Name, Value, Label string
	Count              string
	Checked            bool
}

type mapPage struct {
	page
	Map        *Map
	HasScript  bool
	Kinds      []tick
	Directions []tick
	Cases      []tick
	Operators  []tick
	Filter     mapFilter
	Case       view.Case
	Place      place
	Moves      []tick // where the picture can be moved to
	Picture    picture
	Count      string // how many are in view
	Newest     string
	Card       *cameraCard
	Rows       []cameraRow
	Listed     string
	Reset      string // the address without filters
	Levels     []view.Level
	Names      []string // of the places that are offered to go to
	TooFar     bool     // single cameras are not told apart
	GeoJSON    string
	CSV        string
}

// showMap shows the map. Without script it is a picture, a form and a list; the script puts a map that can be moved
// in the place of the picture, and asks this page for the list and the card.
func (s *site) showMap(ctx context.Context, r *request) (answer, error) {
	if s.Map == nil {
		p := mapPage{page: r.newPage(r.T("map.title"), "map")}
		p.NoIndex = true
		return answer{name: "nomap", data: &p}, nil
	}
	q := r.URL.Query()
	filter, err := readFilter(q)
	if err != nil {
		return answer{}, err
	}
	where := s.Map.opening()
	if at := q.Get("at"); at != "" {
		if where, err = parsePlace(at); err != nil {
			return answer{}, err
		}
	}
	if name := strings.TrimSpace(q.Get("go")); name != "" {
		to, ok := s.Map.placeNamed(name)
		if !ok {
			return answer{}, fmt.Errorf("a place named %q on this map: %w", name, contrechamp.ErrNotFound)
		}
		q.Del("go")
		q.Set("at", to.String())
		return answer{redirect: r.Link("/map") + "?" + q.Encode()}, nil
	}
	which, ok := view.CaseNamed(q.Get("case"))
	if !ok {
		which = view.Common
	}
	seen, err := s.Map.look(where, filter, readFrame(q))
	if err != nil {
		return answer{}, err
	}
	p := mapPage{page: r.newPage(r.T("map.title"), "map"), Map: s.Map, Filter: filter, Case: which, Place: where, Levels: view.Drawn()}
	if s.Map.Name != "" {
		p.Title = r.T("map.title_of", "place", s.Map.Name)
	}
	p.NoIndex = len(q) > 0
	p.Description = r.T("map.description")
	p.Wide = true
	if p.HasScript = s.hasMapScript(); p.HasScript {
		p.Script = mapScript
	}
	p.Newest = r.isoDate(s.Map.Summary.Newest)
	r.fillFilters(&p)
	p.Moves = r.moves(where)
	for _, named := range s.Map.Summary.Places[:min(len(s.Map.Summary.Places), maxOffered)] {
		p.Names = append(p.Names, named.Name)
	}
	p.TooFar = seen.gathered
	p.Count = r.N("map.in_view", seen.count)
	chosen := q.Get("camera")
	if chosen != "" {
		if c := seen.find(chosen); c != nil {
			card := r.card(*c, seen, q)
			if card.Life, err = r.life(ctx, chosen); err != nil {
				return answer{}, err
			}
			p.Card = &card
		} else {
			return answer{}, fmt.Errorf("camera %q in this view: %w", chosen, contrechamp.ErrNotFound)
		}
	}
	for i, c := range seen.cameras {
		if i == maxListed {
			break
		}
		p.Rows = append(p.Rows, r.row(c, seen, q, which))
	}
	if len(seen.cameras) > maxListed {
		p.Listed = r.T("map.listed", "n", maxListed, "all", len(seen.cameras))
	}
	p.Picture = r.draw(seen, which, chosen, q)
	p.Reset = r.Link("/map") + "?at=" + where.String()
	query := seen.query(q)
	p.GeoJSON, p.CSV = "/map/cameras.geojson?"+query, "/map/cameras.csv?"+query
	return answer{name: "map", data: &p, policy: mapPolicy}, r.failed
}

// opening is where the map opens.
func (m *Map) opening() place {
	lon, lat, zoom := m.Archive.Centre()
	return place{orb.Point{lon, math.Max(-85, math.Min(85, lat))}, float64(min(zoom, deepestZoom))}
}

// placeNamed finds a place by its name, case and accents folded; else the first whose name begins so.
func (m *Map) placeNamed(name string) (place, bool) {
	want := word.Key(name)
	best := -1
	for i, p := range m.Summary.Places {
		key := word.Key(p.Name)
		if key == want {
			best = i
			break
		}
		if best < 0 && want != "" && strings.HasPrefix(key, want) {
			best = i
		}
	}
	if best < 0 {
		return place{}, false
	}
	p := m.Summary.Places[best]
	return place{orb.Point{p.Lon, p.Lat}, float64(p.Zoom)}, true
}

// fillFilters fills the form: what is there to choose, with how many cameras have it.
func (r *request) fillFilters(p *mapPage) {
	sum := p.Map.Summary
	for _, k := range contrechamp.CameraKinds() {
		if n := sum.Kinds[k]; n > 0 {
			p.Kinds = append(p.Kinds, tick{"kind", string(k), r.Upper(r.kindName(k)), r.Int(n), len(p.Filter.Kinds) == 0 || slices.Contains(p.Filter.Kinds, string(k))})
		}
	}
	for _, d := range directions {
		if n := sum.Directions[d]; n > 0 {
			p.Directions = append(p.Directions, tick{"direction", string(d), r.T("map.direction." + string(d)), r.Int(n), len(p.Filter.Directions) == 0 || slices.Contains(p.Filter.Directions, string(d))})
		}
	}
	for _, c := range view.Cases() {
		p.Cases = append(p.Cases, tick{"case", c.Name, r.T("map.case." + c.Name), r.Int(c.Pixels) + " px", c.Name == p.Case.Name})
	}
	for _, o := range sum.Operators {
		p.Operators = append(p.Operators, tick{"operator", o.Name, o.Name, r.Int(o.N), o.Name == p.Filter.Operator})
	}
}

func (v *voice) kindName(k contrechamp.CameraKind) string {
	return v.T("map.kind." + strings.ReplaceAll(string(k), " ", "_"))
}

// moves are the places around: the buttons of those who have no script.
func (r *request) moves(p place) []tick {
	n := math.Exp2(p.Zoom) * 512
	step := func(dx, dy float64) place {
		w := tile.ToWorld(p.At)
		return place{tile.FromWorld(orb.Point{w[0] + dx*standardFrame.w/n/2, w[1] + dy*standardFrame.h/n/2}), p.Zoom}
	}
	all := []struct {
		name string
		to   place
	}{
		{"in", place{p.At, math.Min(deepestZoom, p.Zoom+1)}}, {"out", place{p.At, math.Max(0, p.Zoom-1)}},
		{"north", step(0, -1)}, {"west", step(-1, 0)}, {"east", step(1, 0)}, {"south", step(0, 1)},
	}
	signs := map[string]string{"in": "+", "out": "−", "north": "↑", "west": "←", "east": "→", "south": "↓"}
	var out []tick
	for _, m := range all {
		out = append(out, tick{Name: signs[m.name], Value: m.to.String(), Label: r.T("map.move." + m.name)})
	}
	return out
}

// isoDate spells a date of the form 2006-01-02; "" stays so.
func (v *voice) isoDate(s string) string {
	d, err := contrechamp.ParseDate(s)
	if err != nil {
		return ""
	}
	return v.Date(d)
}

// mapTile answers one tile of the map. Its address carries the archive's version, so that browsers may keep it.
func (s *site) mapTile(w http.ResponseWriter, r *http.Request) {
	if s.Map == nil {
		s.nothingHere(w, r)
		return
	}
	t, ok := tileOf(r)
	if !ok {
		s.nothingHere(w, r)
		return
	}
	h := w.Header()
	if r.URL.Query().Get("v") == s.Map.Version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	packed, err := s.Map.Archive.Tile(t)
	switch {
	case errors.Is(err, contrechamp.ErrNotFound):
		w.WriteHeader(http.StatusNoContent) // an empty square of the map is no failure
		return
	case err != nil:
		s.fail(w, r, err)
		return
	}
	h.Set("Content-Type", "application/vnd.mapbox-vector-tile")
	var plain []byte
	if !acceptsGzip(r) {
		if plain, err = unzip(packed, tileLimit); err != nil {
			s.fail(w, r, fmt.Errorf("tile %s: %w", t, err))
			return
		}
	}
	write(w, r, http.StatusOK, plain, packed)
}

func tileOf(r *http.Request) (pmtiles.Tile, bool) {
	name, ok := strings.CutSuffix(r.PathValue("y"), ".mvt")
	z, errZ := strconv.ParseUint(r.PathValue("z"), 10, 8)
	x, errX := strconv.ParseUint(r.PathValue("x"), 10, 32)
	y, errY := strconv.ParseUint(name, 10, 32)
	t := pmtiles.Tile{Z: uint8(z), X: uint32(x), Y: uint32(y)}
	return t, ok && errZ == nil && errX == nil && errY == nil && t.Valid()
}

// tileJSON describes the tiles for programs (TileJSON 3.0).
func (s *site) tileJSON(_ context.Context, r *http.Request) (any, error) {
	if s.Map == nil {
		return nil, fmt.Errorf("there is no map: %w", contrechamp.ErrNotFound)
	}
	first, last := s.Map.Archive.Zooms()
	box := s.Map.Archive.Box()
	var layers []map[string]any
	fields := atlas.Fields()
	for _, name := range sortedKeys(fields) {
		layers = append(layers, map[string]any{"id": name, "fields": fields[name]})
	}
	return map[string]any{
		"tilejson": "3.0.0", "tiles": []string{"/map/{z}/{x}/{y}.mvt?v=" + s.Map.Version}, "minzoom": first, "maxzoom": last,
		"bounds":      []float64{box.West, box.South, box.East, box.North},
		"attribution": `<a href="` + attributionURL + `">` + contrechamp.OSMAttribution + `</a>`,
		"description": contrechamp.MappedIsNotPresent, "vector_layers": layers, "name": s.Map.Name,
	}, nil
}

// attributionURL is where OpenStreetMap says who made it and under which terms.
const attributionURL = "https://www.openstreetmap.org/copyright"
