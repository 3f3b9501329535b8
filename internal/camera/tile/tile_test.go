package tile

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

type key struct {
	z    uint8
	x, y uint32
}

// cut collects the tiles of a pyramid, decoded by orb.
func cut(t testing.TB, p Pyramid) (map[key]mvt.Layers, map[key]int) {
	t.Helper()
	out, weights := map[key]mvt.Layers{}, map[key]int{}
	err := p.Cut(t.Context(), func(z uint8, x, y uint32, packed []byte) error {
		layers, err := mvt.UnmarshalGzipped(packed)
		if err != nil {
			return err
		}
		k := key{z, x, y}
		if _, twice := out[k]; twice {
			return fmt.Errorf("%v twice", k)
		}
		out[k], weights[k] = layers, len(packed)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, weights
}

// TestNoPointIsLost: on every level the numbers add up, and from Each on every point stands where it is.
func TestNoPointIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var points []Point
	for i := range 5000 {
		at := orb.Point{r.NormFloat64()*40 + 10, r.NormFloat64() * 30}
		if i%3 == 0 {
			at = orb.Point{24.94 + r.NormFloat64()/50, 60.17 + r.NormFloat64()/50}
		}
		at[0], at[1] = max(-180, min(180, at[0])), max(-90, min(90, at[1]))
		points = append(points, Point{At: at, Kind: []string{"camera", "plate reader"}[i%2], ID: uint64(i + 1), Properties: map[string]any{"i": i}})
	}
	p := Pyramid{MaxZoom: 14, Points: []Points{{Name: "cameras", Each: 12, Points: points}}}
	tiles, weights := cut(t, p)
	totals := map[uint8]int{}
	seen := map[int]bool{}
	for k, layers := range tiles {
		for _, f := range layers[0].Features {
			n := 1
			if k.z < 12 {
				n = int(f.Properties["n"].(float64))
			}
			totals[k.z] += n
			if k.z == 14 {
				i := int(f.Properties["i"].(float64))
				seen[i] = true
				got := ToLonLat(14, k.x, k.y, f.Geometry.(orb.Point))
				want := points[i].At
				want[1] = max(-maxLat, min(maxLat, want[1]))
				// a unit is 360/2^14/4096 degrees
				if math.Abs(got[0]-want[0]) > 6e-6 || math.Abs(got[1]-want[1]) > 6e-6 {
					t.Fatalf("point %d is at %v, want %v", i, got, want)
				}
			}
		}
	}
	for z := uint8(0); z <= 14; z++ {
		if totals[z] != len(points) {
			t.Errorf("level %d counts %d of %d", z, totals[z], len(points))
		}
	}
	if len(seen) != len(points) {
		t.Errorf("%d of %d points on the last level", len(seen), len(points))
	}
	if weights[key{}] > MaxFirstTile {
		t.Errorf("the first tile weighs %d bytes", weights[key{}])
	}
}

// TestFirstTileIsLight: any number of points all over the world fits.
func TestFirstTileIsLight(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	points := make([]Point, 200_000)
	for i := range points {
		points[i] = Point{At: orb.Point{r.Float64()*360 - 180, r.Float64()*170 - 85}, Kind: string(rune('a' + i%26))}
	}
	_, weights := cut(t, Pyramid{MaxZoom: 0, Points: []Points{{Name: "cameras", Each: 12, Points: points}}})
	if w := weights[key{}]; w > MaxFirstTile || w < 500 {
		t.Errorf("the first tile weighs %d bytes", w)
	}
}

func TestShapes(t *testing.T) {
	square := func(x, y, side float64) orb.Ring {
		return orb.Ring{{x, y}, {x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}} // clockwise on the globe
	}
	p := Pyramid{MinZoom: 10, MaxZoom: 14, Shapes: []Shapes{
		{"land", []Shape{
			{Geometry: orb.Polygon{square(11.5, 48.1, 0.1), square(11.52, 48.12, 0.01)}, Properties: map[string]any{"class": "park"}},
			{Geometry: orb.Polygon{square(11.5, 48.1, 0.00001)}, Properties: map[string]any{"class": "crumb"}},
			{Geometry: orb.Polygon{square(11.55, 48.15, 0.001)}, MinZoom: 13, Properties: map[string]any{"class": "house"}},
		}},
		{"roads", []Shape{{Geometry: orb.LineString{{11.4, 48.1}, {11.7, 48.2}}, MaxZoom: 12, Properties: map[string]any{"class": "main"}}}},
	}}
	tiles, _ := cut(t, p)
	count := map[string]map[uint8]int{}
	for k, layers := range tiles {
		for _, l := range layers {
			for _, f := range l.Features {
				class := f.Properties["class"].(string)
				if count[class] == nil {
					count[class] = map[uint8]int{}
				}
				count[class][k.z]++
				if g, ok := f.Geometry.(orb.Polygon); ok && ringArea(g[0]) <= 0 {
					t.Errorf("%v: an outer ring of %s runs the wrong way", k, class)
				}
				for _, corner := range []orb.Point{f.Geometry.Bound().Min, f.Geometry.Bound().Max} {
					if min(corner[0], corner[1]) < -buffer || max(corner[0], corner[1]) > Extent+buffer {
						t.Errorf("%v: %s reaches to %v", k, class, corner)
					}
				}
			}
		}
	}
	if count["park"][10] == 0 || count["park"][14] < 20 || count["crumb"] != nil || count["house"][12] != 0 || count["house"][13] == 0 ||
		count["main"][12] == 0 || count["main"][13] != 0 {
		t.Errorf("got %v", count)
	}
}

func TestOrderAndErrors(t *testing.T) {
	points := []Point{{At: orb.Point{10, 10}}, {At: orb.Point{-10, 10}}, {At: orb.Point{10, -10}}, {At: orb.Point{-10, -10}}}
	var last uint64
	order := func(z uint8, x, y uint32) uint64 { return uint64(z)<<40 | uint64(y)<<20 | uint64(x) }
	err := Pyramid{MaxZoom: 5, Points: []Points{{Name: "p", Points: points}}, Order: order}.Cut(t.Context(), func(z uint8, x, y uint32, _ []byte) error {
		if o := order(z, x, y); o < last {
			return fmt.Errorf("%d/%d/%d is late", z, x, y)
		} else {
			last = o
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	put := func(uint8, uint32, uint32, []byte) error { return nil }
	for name, p := range map[string]Pyramid{
		"too deep":      {MaxZoom: MaxZoom + 1},
		"upside down":   {MinZoom: 3, MaxZoom: 2},
		"off the globe": {Points: []Points{{Points: []Point{{At: orb.Point{0, 91}}}}}},
		"not a number":  {Points: []Points{{Points: []Point{{At: orb.Point{math.NaN(), 0}}}}}},
	} {
		if err := p.Cut(t.Context(), put); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (Pyramid{Points: []Points{{Points: points}}}).Cut(ended, put); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
	full := errors.New("disk full")
	if err := (Pyramid{Points: []Points{{Points: points}}}).Cut(t.Context(), func(uint8, uint32, uint32, []byte) error { return full }); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

func TestMercator(t *testing.T) {
	for _, p := range []orb.Point{{0, 0}, {24.94, 60.17}, {-122.4, 37.8}, {179.9, -84}} {
		if back := FromWorld(ToWorld(p)); math.Abs(back[0]-p[0]) > 1e-9 || math.Abs(back[1]-p[1]) > 1e-9 {
			t.Errorf("%v became %v", p, back)
		}
	}
	// Marienplatz, by the formula of the OSM wiki (Slippy map tilenames)
	if x, y := At(orb.Point{11.5755, 48.1372}, 14); x != 8718 || y != 5685 {
		t.Errorf("got %d, %d", x, y)
	}
	for _, edge := range []orb.Point{{180, 90}, {-180, -90}} {
		x, y := At(edge, 20)
		if x > 1<<20-1 || y > 1<<20-1 {
			t.Errorf("%v is in %d, %d", edge, x, y)
		}
	}
}

// reader is a plate reader as the shared file has it.
type reader struct {
	ID                                                              int64 `json:"osmId"`
	Lat, Lon                                                        float64
	Operator, Brand, DirectionCardinal, SurveillanceZone, MountType string
}

func readers(t testing.TB) []reader {
	f, err := os.Open(testenv.Shared(t, "data", "osm", "us-alpr-2026-04.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	var all []reader
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func (r reader) properties() map[string]any {
	m := map[string]any{"kind": "plate reader"}
	for k, v := range map[string]string{"operator": r.Operator, "brand": r.Brand, "direction": r.DirectionCardinal, "zone": r.SurveillanceZone, "mount": r.MountType} {
		if v != "" {
			m[k] = v
		}
	}
	return m
}

func pyramid(all []reader) Pyramid {
	points := make([]Point, len(all))
	for i, r := range all {
		points[i] = Point{At: orb.Point{r.Lon, r.Lat}, Kind: "plate reader", ID: uint64(r.ID), Properties: r.properties()}
	}
	return Pyramid{MaxZoom: 14, Points: []Points{{Name: "cameras", Each: 12, Points: points}}}
}

// TestReadersOfTheUSA: all 61,768 stand on the last level, and the first tile is light.
func TestReadersOfTheUSA(t *testing.T) {
	all := readers(t)
	ids := map[uint64]bool{}
	first, total := 0, 0
	err := pyramid(all).Cut(t.Context(), func(z uint8, _, _ uint32, packed []byte) error {
		if z == 0 {
			first = len(packed)
		}
		total += len(packed)
		if z < 14 {
			return nil
		}
		layers, err := mvt.UnmarshalGzipped(packed)
		if err != nil {
			return err
		}
		for _, f := range layers[0].Features {
			ids[uint64(f.ID.(float64))] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 61768 || len(ids) != len(all) {
		t.Errorf("%d readers, %d on the last level", len(all), len(ids))
	}
	t.Logf("first tile %d bytes, all tiles %d", first, total)
	if first > MaxFirstTile {
		t.Errorf("the first tile weighs %d bytes", first)
	}
}

// BenchmarkTiles cuts the 61,768 plate readers of the USA for levels 0 to 14, and lets tippecanoe do so from the same
// points with the same properties, where it is installed. Processor time of both is compared: at most 1/3 is asked.
func BenchmarkTiles(b *testing.B) {
	all := readers(b)
	lines := filepath.Join(b.TempDir(), "readers.geojsonl")
	var text strings.Builder
	for _, r := range all {
		properties, err := json.Marshal(r.properties())
		if err != nil {
			b.Fatal(err)
		}
		fmt.Fprintf(&text, `{"type":"Feature","id":%d,"properties":%s,"geometry":{"type":"Point","coordinates":[%v,%v]}}`+"\n", r.ID, properties, r.Lon, r.Lat)
	}
	if err := os.WriteFile(lines, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	var ours time.Duration
	runs := 0
	for b.Loop() {
		// both begin with the same file of GeoJSON lines and end with all tiles in one file
		began := measure.ProcessorTime(b)
		if err := fromLines(lines, filepath.Join(b.TempDir(), "ours")); err != nil {
			b.Fatal(err)
		}
		ours += measure.ProcessorTime(b) - began
		runs++
	}
	b.ReportMetric(ours.Seconds()/float64(runs), "cpu-s/op")
	tippecanoe, err := exec.LookPath("tippecanoe")
	if err != nil {
		b.Log("tippecanoe is not installed: no peer")
		return
	}
	theirs := exec.Command(tippecanoe, "-q", "-P", "-z14", "-l", "cameras", "-o", filepath.Join(b.TempDir(), "theirs.pmtiles"), lines)
	if out, err := theirs.CombinedOutput(); err != nil {
		b.Fatalf("tippecanoe: %v: %s", err, out)
	}
	cpu := theirs.ProcessState.UserTime() + theirs.ProcessState.SystemTime()
	b.ReportMetric(ours.Seconds()/float64(runs)/cpu.Seconds(), "x-tippecanoe")
}

func fromLines(in, out string) error {
	b, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	var points []Point
	for line := range bytes.Lines(b) {
		var f struct {
			ID         uint64
			Properties map[string]any
			Geometry   struct{ Coordinates orb.Point }
		}
		if err := json.Unmarshal(line, &f); err != nil {
			return err
		}
		points = append(points, Point{At: f.Geometry.Coordinates, Kind: "plate reader", ID: f.ID, Properties: f.Properties})
	}
	w, err := os.Create(out)
	if err != nil {
		return err
	}
	defer w.Close()
	return Pyramid{MaxZoom: 14, Points: []Points{{Name: "cameras", Each: 12, Points: points}}}.Cut(context.Background(), func(_ uint8, _, _ uint32, packed []byte) error {
		_, err := w.Write(packed)
		return err
	})
}
