package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb/encoding/mvt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/publish/pmtiles"
	"contrechamp.org/contrechamp/internal/register"
	"contrechamp.org/contrechamp/internal/testenv"
)

func TestPlace(t *testing.T) {
	for _, s := range []string{"60.17,24.94,15", "-33.86785,151.20732,17.25", "0,0,0"} {
		p, err := parsePlace(s)
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		if back, err := parsePlace(p.String()); err != nil || back != p {
			t.Errorf("%q became %v: %v", s, back, err)
		}
	}
	for _, s := range []string{"", "1,2", "1,2,3,4", "a,b,c", "90,0,3", "0,181,3", "0,0,21", "0,0,-1", "NaN,0,3", "0,0,Inf"} {
		if p, err := parsePlace(s); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%q: got %v, %v", s, p, err)
		}
	}
}

// TestMapPage: what the page says of its cameras, and that its filters choose.
func TestMapPage(t *testing.T) {
	h := open(t, newShelf(t))
	for _, tt := range []struct {
		query     string
		rows      int
		has, lack []string
	}{
		{"", 6, []string{"Mapped is not present", "OpenStreetMap contributors", "Rue du Quai", "east (90°)", "10\u00a0m", "from 340° to 20°", "Place Vide"}, []string{"<img src=x", "<script>alert"}},
		{"?kind=camera", 4, nil, []string{"north (0°)"}},
		{"?kind=camera&kind=guard", 5, nil, nil},
		{"?direction=indoors", 1, nil, nil},
		{"?operator=Police", 1, nil, nil},
		{"?since=2020-07-10", 4, nil, nil},
		{"?since=2031-01-01", 0, []string{"That is not to say that there is none"}, nil},
		{"?at=45,45,16", 0, nil, nil},
		{"?at=0.01,0.01,8", 1, []string{"6 cameras: come nearer"}, []string{"cameras.geojson"}},
		{"?camera=node/1", 6, []string{"250\u00a0px/m", "EN 62676-4:2015", "<code>direction</code>", "openstreetmap.org/node/1", "openstreetmap.org/edit?node=1", "1,280, 1,920 or 3,840 px wide", "a height without a unit is in metres", "map-selected"}, nil},
		{"?camera=node/3", 6, []string{"Noted indoors: no view of the street"}, []string{"250\u00a0px/m"}},
		{"?camera=node/2", 6, []string{"No direction is noted: no cone"}, nil},
		{"?camera=node/5", 6, []string{"has no picture of the street"}, nil},
		{"?camera=node/6", 6, []string{"it turns: each direction can be seen", "&lt;img src=x"}, nil},
	} {
		w := get(h, "/en/map"+tt.query)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", tt.query, w.Code)
			continue
		}
		if strings.Contains(tt.query, "camera=") || tt.query == "" {
			checkPage(t, "/en/map"+tt.query, w)
		}
		page := parse(t, w)
		rows := 0
		for _, e := range each(page, "tr") {
			if e.Parent.Parent.Parent.Parent != nil && attr(e.Parent.Parent.Parent, "role") == "region" && e.Parent.Data == "tbody" {
				rows++
			}
		}
		if rows != tt.rows {
			t.Errorf("%s: %d rows, want %d", tt.query, rows, tt.rows)
		}
		for _, words := range tt.has {
			if !strings.Contains(w.Body.String(), words) && !strings.Contains(textOf(page), words) {
				t.Errorf("%s: does not say %q", tt.query, words)
			}
		}
		for _, words := range tt.lack {
			if strings.Contains(w.Body.String(), words) {
				t.Errorf("%s: says %q", tt.query, words)
			}
		}
	}
	for query, want := range map[string]string{"?go=rue+du+quai&kind=camera": "/en/map?at=0.01000%2C0.01000%2C16&kind=camera", "?go=Nulle": "/en/map?at=0.01054%2C0.01000%2C14"} {
		if got := get(h, "/en/map"+query).Header().Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", query, got, want)
		}
	}
	for query, want := range map[string]int{"?go=Nowhere": 404, "?at=1": 400, "?since=tomorrow": 400, "?camera=node/99": 404, "?camera=node/1&kind=guard": 404, "?at=0,0,0": 200} {
		if w := get(h, "/en/map"+query); w.Code != want {
			t.Errorf("%s: %d, want %d", query, w.Code, want)
		}
	}
}

// TestMapPicture: cones where a direction is noted, and none where not; walls stop them.
func TestMapPicture(t *testing.T) {
	m := newTown(t)
	s, err := m.look(m.opening(), mapFilter{}, standardFrame)
	if err != nil {
		t.Fatal(err)
	}
	with := map[string]bool{}
	for _, f := range s.layers[atlas.LayerViews] {
		with[f.properties["camera"].(string)] = true
	}
	for id, want := range map[string]bool{"node/1": true, "node/2": false, "node/3": false, "node/4": true, "node/5": false, "node/6": true} {
		if with[id] != want {
			t.Errorf("%s has a view: %v, want %v", id, with[id], want)
		}
	}
	// the houses' fronts are 8 m north of the centre: what node/1 sees ends there
	wall := s.frame.h/2 - 8/s.scale
	for _, f := range s.layers[atlas.LayerViews] {
		if f.properties["camera"] == "node/1" && f.geometry.Bound().Min[1] < wall-3 {
			t.Errorf("node/1 sees through houses, to %v of the picture, and the wall is at %v", f.geometry.Bound().Min[1], wall)
		}
	}
}

func TestMapTiles(t *testing.T) {
	h := open(t, newShelf(t))
	zipped := get(h, "/map/14/8192/8191.mvt?v=fixture", "Accept-Encoding", "gzip")
	if zipped.Code != http.StatusOK || zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("Content-Type") != "application/vnd.mapbox-vector-tile" ||
		!strings.Contains(zipped.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("got %d, %v", zipped.Code, zipped.Header())
	}
	plain := get(h, "/map/14/8192/8191.mvt")
	layers, err := mvt.Unmarshal(plain.Body.Bytes())
	if err != nil || len(layers) == 0 || plain.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("plain: %v, %d layers, %v", err, len(layers), plain.Header())
	}
	for address, want := range map[string]int{"/map/14/0/0.mvt": 204, "/map/14/8192/8191": 404, "/map/14/99999/0.mvt": 404, "/map/x/0/0.mvt": 404, "/map/300/0/0.mvt": 404, "/map/14/-1/0.mvt": 404} {
		if w := get(h, address); w.Code != want {
			t.Errorf("%s: %d, want %d", address, w.Code, want)
		}
	}
	var description struct {
		Tiles       []string
		Attribution string
		MaxZoom     int
	}
	if err := json.Unmarshal(get(h, "/map/tiles.json").Body.Bytes(), &description); err != nil || !strings.Contains(description.Attribution, "OpenStreetMap") || description.MaxZoom != 14 {
		t.Errorf("got %+v, %v", description, err)
	}
}

func TestMapExports(t *testing.T) {
	h := open(t, newShelf(t))
	var g struct {
		Type, Attribution, Notice string
		Features                  []struct {
			ID         string
			Geometry   struct{ Coordinates [2]float64 }
			Properties struct{ Tags map[string]string }
		}
	}
	if err := json.Unmarshal(get(h, "/map/cameras.geojson?kind=guard").Body.Bytes(), &g); err != nil {
		t.Fatal(err)
	}
	if g.Type != "FeatureCollection" || g.Attribution != contrechamp.OSMAttribution || g.Notice == "" || len(g.Features) != 1 || g.Features[0].ID != "node/5" || g.Features[0].Properties.Tags["man_made"] != "surveillance" {
		t.Errorf("got %+v", g)
	}
	if at, want := g.Features[0].Geometry.Coordinates, townCameras[4]; at[0]-want.Lon > 3e-6 || want.Lon-at[0] > 3e-6 || at[1]-want.Lat > 3e-6 || want.Lat-at[1] > 3e-6 {
		t.Errorf("node/5 is at %v, want %v, %v", at, want.Lon, want.Lat)
	}
	rows, err := csv.NewReader(get(h, "/map/cameras.csv").Body).ReadAll()
	if err != nil || len(rows) != 7 || !strings.Contains(rows[1][8], "OpenStreetMap") {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	for _, cell := range []string{"=1+1", "+1", "-1", "@x"} {
		if got := sober(cell); got != "'"+cell {
			t.Errorf("%q goes out as %q", cell, got)
		}
	}
	if w := get(h, "/map/cameras.csv?at=0.01,0.01,6"); w.Code != http.StatusBadRequest {
		t.Errorf("a list of the world: %d", w.Code)
	}
}

// TestNoMap: without an archive the page says what to do, and the addresses of tiles lead nowhere.
func TestNoMap(t *testing.T) {
	s := newShelf(t)
	h, err := New(Config{Store: s, Register: register.New(s), Blobs: s, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	w := get(h, "/fr/map")
	checkPage(t, "/fr/none", w)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "cameras tiles") {
		t.Errorf("got %d", w.Code)
	}
	for _, address := range []string{"/map/0/0/0.mvt", "/map/tiles.json", "/map/cameras.csv", "/map/cameras.geojson"} {
		if w := get(h, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
}

// lives knows the history of one camera.
type lives struct{}

func (lives) Camera(_ context.Context, id string) (contrechamp.CameraLife, error) {
	if id == "node/2" {
		return contrechamp.CameraLife{}, errors.New("the disk is gone")
	}
	if id != "node/1" {
		return contrechamp.CameraLife{}, fmt.Errorf("camera %s: %w", id, contrechamp.ErrNotFound)
	}
	day := func(year int) time.Time { return time.Date(year, 3, 4, 0, 0, 0, 0, time.UTC) }
	return contrechamp.CameraLife{FirstSeen: day(2014), LastConfirmed: day(2020), Removed: day(2024), Events: []contrechamp.CameraEvent{
		{Kind: contrechamp.CameraFirstSeen, At: day(2014)}, {Kind: contrechamp.CameraMoved, At: day(2016), Metres: 12.4},
		{Kind: contrechamp.CameraRetagged, At: day(2018), Was: map[string]string{"height": "3"}, Now: map[string]string{"height": "10", "direction": "90"}},
	}}, nil
}

func TestLife(t *testing.T) {
	s, m := newShelf(t), newTown(t)
	m.Lives = lives{}
	h, err := New(Config{Store: s, Register: register.New(s), Blobs: s, Map: m, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	body := get(h, "/en/map?camera=node/1").Body.String()
	for _, want := range [][2]string{{"First seen", "4 March 2014"}, {"Confirmed", "4 March 2020"}, {"Moved", "4 March 2016, 12\u00a0m"},
		{"Tags changed", "4 March 2018: direction, height"}, {"Removed", "4 March 2024"}} {
		if !strings.Contains(body, "<dt>"+want[0]+"</dt><dd>"+want[1]+"</dd>") {
			t.Errorf("the card does not say %q", want)
		}
	}
	if w := get(h, "/en/map?camera=node/3"); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "First seen") {
		t.Errorf("a camera never imported: %d", w.Code)
	}
	if w := get(h, "/en/map?camera=node/2"); w.Code != http.StatusInternalServerError {
		t.Errorf("a store that fails: %d", w.Code)
	}
}

// damaged answers tiles that are none.
type damaged struct{ *pmtiles.Archive }

func (d damaged) Tile(pmtiles.Tile) ([]byte, error) { return []byte("no tile"), nil }

func TestDamagedMap(t *testing.T) {
	s, m := newShelf(t), newTown(t)
	m.Archive = damaged{m.Archive.(*pmtiles.Archive)}
	h, err := New(Config{Store: s, Register: register.New(s), Blobs: s, Map: m, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/en/map", "/map/14/8192/8191.mvt"} {
		if w := get(h, address); w.Code != http.StatusInternalServerError {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
}

// TestMapScript: where the script was built, the page runs it, and the worker may ask this host only.
func TestMapScript(t *testing.T) {
	if _, err := os.Stat("assets/map.mjs.gz"); err != nil {
		testenv.Skip(t, "the map's script is not built: make map")
	}
	h := open(t, newShelf(t))
	page := parse(t, get(h, "/en/map"))
	scripts := each(page, "script")
	if len(scripts) != 1 {
		t.Fatalf("%d scripts", len(scripts))
	}
	w := get(h, attr(scripts[0], "src"))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("the script: %d, %v", w.Code, w.Header())
	}
	for _, e := range each(page, "div") {
		if attr(e, "id") == "mapping" {
			w := get(h, attr(e, "data-worker"), "Accept-Encoding", "gzip")
			if w.Code != http.StatusOK || w.Header().Get("Content-Security-Policy") != workerPolicy || w.Header().Get("Content-Encoding") != "gzip" {
				t.Errorf("the worker: %d, %v", w.Code, w.Header())
			}
		}
	}
}
