package web

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/basemap"
	"contrechamp.org/contrechamp/internal/publish/pmtiles"
)

// townCentre is where the fixture's town lies: in the sea off Ghana, where there is none.
var townCentre = orb.Point{0.01, 0.01}

// metresOff returns a point so many metres east and north of the town's centre.
func metresOff(east, north float64) orb.Point {
	return orb.Point{townCentre[0] + east/111320, townCentre[1] + north/110574}
}

func tags(pairs ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// townCameras are the cameras of the fixture, one of each sort that the page tells apart.
var townCameras = []contrechamp.Camera{
	camera("node/1", metresOff(-40, 0), "camera", "90", "10", "Ville de Nulle-Part", ""),
	camera("node/2", metresOff(30, 12), "camera", "", "", "", ""),
	camera("node/3", metresOff(-60, 30), "camera", "", "", "", "indoor"),
	camera("node/4", metresOff(5, -20), "plate reader", "0", "", "Police", ""),
	camera("node/5", metresOff(60, -25), "guard", "", "", "", ""),
	camera("node/6", metresOff(70, 20), "camera", "", "", `<img src=x onerror=alert(1)>`, "dome"),
}

func camera(id string, at orb.Point, kind, direction, height, operator, how string) contrechamp.Camera {
	t := tags("man_made", "surveillance", "surveillance", "public")
	put := func(key, value string) {
		if value != "" {
			t[key] = value
		}
	}
	put("direction", direction)
	put("height", height)
	put("operator", operator)
	put("test:kind", kind)
	put("test:how", how)
	c := understandFixture(id, t)
	c.Lon, c.Lat = at[0], at[1]
	c.Version, c.Timestamp = 3, time.Date(2020, 7, 1+len(id)+int(id[len(id)-1]-'0'), 0, 0, 0, 0, time.UTC)
	return c
}

// understandFixture stands in for the specification of tags, of which the pages know nothing.
func understandFixture(id string, t map[string]string) contrechamp.Camera {
	c := contrechamp.Camera{ID: id, Tags: t}
	c.Kind = contrechamp.CameraKind(t["test:kind"])
	c.Setting = contrechamp.SettingPublic
	switch t["test:how"] {
	case "indoor":
		c.Setting = contrechamp.SettingIndoor
	case "dome":
		c.Form = "dome"
	}
	switch t["direction"] {
	case "90":
		c.Views = []contrechamp.FieldOfView{{From: 90, To: 90}}
	case "0":
		c.Views = []contrechamp.FieldOfView{{From: 340, To: 380}}
	}
	if t["height"] == "10" {
		c.Height = 10
		c.Assumed = []string{"a height without a unit is in metres"}
	}
	if o := t["operator"]; o != "" {
		c.Operator = contrechamp.EntityRef{Names: []string{o}}
	}
	return c
}

// newTown makes the archive of a small town: two streets, a square, houses, a pond, cameras.
func newTown(t testing.TB) *Map {
	t.Helper()
	var l atlas.Land
	for _, c := range townCameras {
		l.AddCamera(c)
	}
	ring := func(points ...orb.Point) orb.LineString { return append(orb.LineString(points), points[0]) }
	for i := -4; i <= 4; i++ {
		x := float64(i) * 30
		l.AddElement(basemap.Element{Tags: tags("building", "yes"), Geometry: ring(metresOff(x, 8), metresOff(x+24, 8), metresOff(x+24, 26), metresOff(x, 26))})
	}
	l.AddElement(basemap.Element{Tags: tags("highway", "residential", "name", "Rue du Quai"), Geometry: orb.LineString{metresOff(-200, 0), metresOff(200, 0)}})
	l.AddElement(basemap.Element{Tags: tags("highway", "primary", "name", `Rue "</svg><script>alert(2)</script>`), Geometry: orb.LineString{metresOff(0, -200), metresOff(0, 200)}})
	l.AddElement(basemap.Element{Tags: tags("place", "square", "name", "Place Vide"), Geometry: ring(metresOff(-80, -60), metresOff(-20, -60), metresOff(-20, -10), metresOff(-80, -10))})
	l.AddElement(basemap.Element{Tags: tags("natural", "water"), Geometry: ring(metresOff(80, -90), metresOff(140, -90), metresOff(140, -40))})
	l.AddElement(basemap.Element{Tags: tags("place", "town", "name", "Nulle-Part"), Geometry: metresOff(0, 60)})
	l.AddElement(basemap.Element{Tags: tags("railway", "rail"), Geometry: orb.LineString{metresOff(-200, -120), metresOff(200, -100)}})
	p, _, err := l.Pyramid(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "town.pmtiles")
	w, err := pmtiles.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abandon()
	p.Order = func(z uint8, x, y uint32) uint64 { return pmtiles.Tile{Z: z, X: x, Y: y}.ID() }
	if err := p.Cut(context.Background(), func(z uint8, x, y uint32, b []byte) error { return w.Add(pmtiles.Tile{Z: z, X: x, Y: y}, b) }); err != nil {
		t.Fatal(err)
	}
	b := l.Bound
	if err := w.Close(pmtiles.Metadata{Attribution: contrechamp.OSMAttribution}, pmtiles.Box{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1]}, townCentre[0], townCentre[1], 17); err != nil {
		t.Fatal(err)
	}
	a, err := pmtiles.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return &Map{Archive: a, Name: "Nulle-Part", Summary: l.Summarise(), Version: "fixture", Understand: understandFixture}
}
