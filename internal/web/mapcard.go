package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/view"
)

// cameraRow is a camera in the list beside the map.
type cameraRow struct {
	*voice
	Link, ID, Where      string
	Kind, Direction      string
	Height, Operator     string
	Reach                string // how far it shows that something is there
	Date, DateISO, Noted string
	Chosen               bool
}

// pair is a name with what is said of it.
type pair struct{ Name, Value string }

// reachRow is a line of the table of distances: a level, and how far it goes in each case.
type reachRow struct {
	Name, Detail string
	Reach        []string
}

// cameraCard is what is known of one camera.
type cameraCard struct {
	cameraRow
	OSM, Edit  string
	Reaches    []reachRow
	CaseNames  []string
	Standard   string
	Foot       string
	NoView     string
	Tags       []pair
	Understood []pair
	Supposed   []pair
	Doubts     []string
	Version    string
	Life       []pair
	Back       string
}

// row tells of a camera in one line. Points that stand for several lead to where those are told apart.
func (r *request) row(c spot, s *sight, q url.Values, which view.Case) cameraRow {
	row := cameraRow{voice: r.voice, ID: c.id, Where: s.street(c), Operator: c.text("operator"),
		Date: r.isoDate(c.text("date")), DateISO: c.text("date")}
	if c.n > 1 || c.id == "" {
		row.Where = r.N("map.several", c.n)
		row.Link = r.Link("/map") + "?at=" + place{c.where, math.Min(deepestZoom, s.place.Zoom+2)}.String()
		return row
	}
	row.Kind = r.Upper(r.kindName(contrechamp.CameraKind(c.text("kind"))))
	if row.Where == "" {
		row.Where = c.id
	}
	row.Link = r.Link("/map") + "?" + s.query(q) + "&camera=" + url.QueryEscape(c.id) + "#camera"
	row.Direction = r.T("map.direction." + string(c.direction))
	cam, err := r.site.Map.camera(c)
	if err != nil {
		r.failed = err
		return row
	}
	if looks := r.bearings(cam); looks != "" {
		row.Direction = looks
	}
	if cam.Height > 0 {
		row.Height = r.Number(cam.Height) + "\u00a0m"
	}
	if v, err := (&view.Seer{}).See(atlas.Noted(cam), which); err == nil && v.Blind == "" && atlas.Looks(cam.Kind) {
		row.Reach = r.Int(int(math.Round(v.Reached("detect")))) + "\u00a0m"
	}
	return row
}

// bearings says where a camera looks, as noted: "north-east (45°)".
func (r *request) bearings(c contrechamp.Camera) string {
	var out []string
	for _, v := range c.Views {
		switch {
		case v.Width() >= 360:
			out = append(out, r.T("map.all_round"))
		case v.Width() > 0:
			out = append(out, r.T("map.from_to", "from", r.degrees(v.From), "to", r.degrees(math.Mod(v.To, 360))))
		default:
			out = append(out, r.T("map.wind."+wind(v.From))+" ("+r.degrees(v.From)+")")
		}
	}
	return strings.Join(out, ", ")
}

func (r *request) degrees(d float64) string { return r.Number(math.Round(d*10)/10) + "°" }

// wind names the nearest of eight winds.
func wind(bearing float64) string {
	return []string{"n", "ne", "e", "se", "s", "sw", "w", "nw"}[int(math.Round(math.Mod(bearing+360, 360)/45))%8]
}

// card tells all that is known of a camera: noted, understood, supposed, in this order.
func (r *request) card(c spot, s *sight, q url.Values) cameraCard {
	which, ok := view.CaseNamed(q.Get("case"))
	if !ok {
		which = view.Common
	}
	card := cameraCard{cameraRow: r.row(c, s, q, which), Standard: view.Standard2015, Back: r.Link("/map") + "?" + s.query(q)}
	cam, err := r.site.Map.camera(c)
	if err != nil {
		r.failed = err
		return card
	}
	card.OSM, card.Edit = cam.OSMURL(), cam.OSMEditURL()
	for _, key := range sortedKeys(cam.Tags) {
		card.Tags = append(card.Tags, pair{key, cam.Tags[key]})
	}
	card.Understood = r.understood(cam)
	card.Doubts = slices.Concat(cam.Flags, cam.Assumed)
	for _, key := range cam.Kept {
		card.Doubts = append(card.Doubts, r.T("map.kept", "key", key))
	}
	if v, ok := c.properties["version"].(float64); ok && v > 0 {
		card.Version = r.T("map.version", "n", int(v))
	}
	r.supposed(&card, cam, c)
	return card
}

func (r *request) understood(cam contrechamp.Camera) []pair {
	var out []pair
	add := func(key, value string) {
		if value != "" {
			out = append(out, pair{r.T("map.field." + key), value})
		}
	}
	add("kind", r.kindName(cam.Kind))
	add("form", cam.Form)
	add("mount", cam.Mount)
	if cam.Setting != "" {
		add("setting", r.T("map.setting."+string(cam.Setting)))
	}
	add("zone", cam.Zone)
	add("direction", r.bearings(cam))
	if cam.Angle > 0 {
		add("angle", r.degrees(cam.Angle))
	}
	if cam.Height > 0 {
		add("height", r.Number(cam.Height)+"\u00a0m")
	}
	if cam.Tilt != nil {
		add("tilt", r.degrees(*cam.Tilt))
	}
	if len(cam.Operator.Names) > 0 {
		add("operator", cam.Operator.Names[0])
	}
	if len(cam.Maker.Names) > 0 {
		add("maker", cam.Maker.Names[0])
	}
	return out
}

// supposed fills in the distances and what they rest on.
func (r *request) supposed(card *cameraCard, cam contrechamp.Camera, c spot) {
	if !atlas.Looks(cam.Kind) {
		card.NoView = r.T("map.blind.kind")
		return
	}
	reach := map[string][]string{}
	seen := map[view.Assumption]bool{}
	var feet, angles, heights []string
	for _, k := range view.Cases() {
		v, err := (&view.Seer{}).See(atlas.Noted(cam), k)
		if err != nil {
			card.NoView = r.T("map.blind.numbers")
			return
		}
		card.CaseNames = append(card.CaseNames, r.T("map.case."+k.Name))
		reached := v
		if v.Blind == view.NoDirection {
			// how far it would show does not depend on where it looks
			n := atlas.Noted(cam)
			n.Bearings = []float64{0}
			if reached, err = (&view.Seer{}).See(n, k); err != nil {
				r.failed = err
				return
			}
			if k.Name == view.Common.Name {
				card.NoView = r.T("map.blind.no-direction")
			}
		}
		if v.Blind == view.Indoors {
			card.NoView = r.T("map.blind.indoors")
			return
		}
		for _, l := range view.Drawn() {
			text := "–"
			if m := reached.Reached(l.Name); m > 0 {
				text = r.Int(int(math.Round(m)))
			}
			reach[l.Name] = append(reach[l.Name], text)
		}
		feet = append(feet, r.Number(math.Round(reached.Foot*10)/10))
		angles = append(angles, r.degrees(math.Round(reached.Angle)))
		heights = append(heights, r.Number(reached.Height))
		for _, a := range reached.Assumptions {
			seen[a] = true
		}
	}
	for i, l := range view.Drawn() {
		name, unit := l.Name, ""
		if r.Lang == "fr" {
			name = l.French
		}
		if i == 0 {
			unit = "\u00a0px/m"
		}
		card.Reaches = append(card.Reaches, reachRow{name, r.Number(l.PixelsPerMetre) + unit, reach[l.Name]})
	}
	card.Foot = strings.Join(feet, ", ")
	if blind := c.text("blind"); blind == string(view.WalledIn) {
		card.NoView = r.T("map.blind.walled-in")
	}
	add := func(a view.Assumption, values []string) {
		if !seen[a] {
			return
		}
		text := r.T("map.supposed." + string(a) + ".text")
		if values != nil {
			text = r.T("map.supposed."+string(a)+".text", "a", values[0], "b", values[1], "c", values[2])
		}
		card.Supposed = append(card.Supposed, pair{r.T("map.supposed." + string(a)), text})
	}
	var pixels []string
	for _, k := range view.Cases() {
		pixels = append(pixels, r.Int(k.Pixels))
	}
	if outside, _ := c.properties["outside"].(bool); outside {
		seen[view.AssumedOutside] = true
	}
	if cam.Kind == contrechamp.CameraUnidentified {
		card.Supposed = append(card.Supposed, pair{r.T("map.supposed.kind"), r.T("map.supposed.kind.text")})
	}
	add(view.AssumedPixels, pixels)
	add(view.AssumedAngle, angles)
	add(view.AssumedHeight, heights)
	add(view.AssumedTilt, nil)
	add(view.AssumedAllRound, nil)
	add(view.AssumedOutside, nil)
	add(view.AssumedRange, nil)
}

// life tells a camera's history on the map, as far as extracts were imported.
func (r *request) life(ctx context.Context, id string) ([]pair, error) {
	if r.site.Map.Lives == nil {
		return nil, nil
	}
	l, err := r.site.Map.Lives.Camera(ctx, id)
	if errors.Is(err, contrechamp.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("history of camera %s: %w", id, err)
	}
	day := func(t time.Time) string {
		return r.Date(contrechamp.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()})
	}
	out := []pair{{r.T("map.life.first"), day(l.FirstSeen)}, {r.T("map.life.last"), day(l.LastConfirmed)}}
	for _, e := range l.Events {
		switch e.Kind {
		case contrechamp.CameraMoved:
			out = append(out, pair{r.T("map.life.moved"), day(e.At) + ", " + r.Int(int(math.Round(e.Metres))) + "\u00a0m"})
		case contrechamp.CameraRetagged:
			changed := map[string]string{}
			maps.Copy(changed, e.Was)
			maps.Copy(changed, e.Now)
			out = append(out, pair{r.T("map.life.retagged"), day(e.At) + r.T("colon") + " " + strings.Join(sortedKeys(changed), ", ")})
		case contrechamp.CameraReturned:
			out = append(out, pair{r.T("map.life.returned"), day(e.At)})
		}
	}
	if !l.Removed.IsZero() {
		out = append(out, pair{r.T("map.life.removed"), day(l.Removed)})
	}
	return out, nil
}

// sights answers the cameras of a view for the two exports.
func (s *site) sights(r *http.Request) (*sight, error) {
	if s.Map == nil {
		return nil, fmt.Errorf("there is no map: %w", contrechamp.ErrNotFound)
	}
	q := r.URL.Query()
	filter, err := readFilter(q)
	if err != nil {
		return nil, err
	}
	where := s.Map.opening()
	if at := q.Get("at"); at != "" {
		if where, err = parsePlace(at); err != nil {
			return nil, err
		}
	}
	seen, err := s.Map.look(where, filter, readFrame(q))
	if err == nil && seen.gathered {
		err = fmt.Errorf("this view shows too many cameras to list them: come nearer: %w", contrechamp.ErrInvalid)
	}
	return seen, err
}

// camerasGeoJSON gives the cameras of a view as GeoJSON, with their raw tags (RFC 7946).
func (s *site) camerasGeoJSON(_ context.Context, r *http.Request) (any, error) {
	seen, err := s.sights(r)
	if err != nil {
		return nil, err
	}
	features := []any{}
	for _, c := range seen.cameras {
		cam, err := s.Map.camera(c)
		if err != nil {
			return nil, err
		}
		features = append(features, map[string]any{"type": "Feature", "id": c.id,
			"geometry":   map[string]any{"type": "Point", "coordinates": []float64{round7(c.where.Lon()), round7(c.where.Lat())}},
			"properties": map[string]any{"kind": cam.Kind, "date": c.text("date"), "operator": c.text("operator"), "tags": cam.Tags}})
	}
	return map[string]any{"type": "FeatureCollection", "attribution": contrechamp.OSMAttribution, "licence": contrechamp.OSMLicenceURL,
		"notice": contrechamp.MappedIsNotPresent, "features": features}, nil
}

func round7(v float64) float64 { return math.Round(v*1e7) / 1e7 }

// camerasCSV gives the same as a table.
func (s *site) camerasCSV(w http.ResponseWriter, r *http.Request) {
	seen, err := s.sights(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var b strings.Builder
	table := csv.NewWriter(&b)
	rows := [][]string{{"id", "lat", "lon", "kind", "direction", "operator", "date", "tags", "source"}}
	for _, c := range seen.cameras {
		number := func(v float64) string { return strconv.FormatFloat(round7(v), 'f', -1, 64) }
		rows = append(rows, []string{c.id, number(c.where.Lat()), number(c.where.Lon()), c.text("kind"), string(c.direction), sober(c.text("operator")), c.text("date"),
			c.text("tags"), contrechamp.OSMAttribution + ", " + contrechamp.OSMLicence})
	}
	if err := table.WriteAll(rows); err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Disposition", `attachment; filename="cameras.csv"`)
	s.respond(w, r, http.StatusOK, "text/csv; charset=utf-8", []byte(b.String()))
}

// sober keeps a cell from being read as a formula by a spreadsheet.
func sober(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, cmp.Compare[string])
	return keys
}
