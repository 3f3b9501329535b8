package storetest

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// camera is a camera with that number, at a latitude.
func camera(n int, lat float64, tags ...string) contrechamp.CameraSighting {
	c := contrechamp.Camera{ID: fmt.Sprintf("node/%d", n), Lat: lat, Lon: 7.42, Place: contrechamp.PlaceOfNode, Version: 1, Timestamp: at(n),
		Tags: map[string]string{"man_made": "surveillance"}}
	for i := 0; i+1 < len(tags); i += 2 {
		c.Tags[tags[i]] = tags[i+1]
	}
	c.Kind = contrechamp.CameraVideo
	c.Kept = []string{"camera:type"}
	c.Views = []contrechamp.FieldOfView{{From: 90, To: 90}}
	c.Operator = contrechamp.EntityRef{Names: []string{"Mairie d’Évreux"}}
	c.Maker = contrechamp.EntityRef{ID: "v-huawei", Kind: contrechamp.KindCompany, Names: []string{"Huawei"}}
	return contrechamp.CameraSighting{Camera: c}
}

func sightings(cs ...contrechamp.CameraSighting) iter.Seq2[contrechamp.CameraSighting, error] {
	return func(yield func(contrechamp.CameraSighting, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// year is an extract of an area in a year.
func year(area string, y int) contrechamp.CameraImport {
	return contrechamp.CameraImport{Name: fmt.Sprintf("%s-%d.osm.pbf", area, y), Area: area, AsOf: time.Date(y, 5, 1, 0, 0, 0, 0, time.UTC), ImportedAt: at(1)}
}

func importCameras(t *testing.T, s contrechamp.Store, imp contrechamp.CameraImport, cs ...contrechamp.CameraSighting) contrechamp.CameraChanges {
	t.Helper()
	return must(s.ImportCameras(t.Context(), imp, sightings(cs...)))(t)
}

func testCameras(t *testing.T, open func(t *testing.T) Instance) {
	t.Run("a camera comes back as it was", func(t *testing.T) {
		s := open(t).Store
		tilt := 15.0
		want := camera(1, 43.73, "note", "Bd. des Moulins\x00“é”")
		want.Tilt, want.Height, want.Angle, want.Assumed, want.Flags = &tilt, 3.5, 60, []string{"a"}, []string{"b"}
		want.Form, want.Mount, want.Zone, want.Setting = "dome", "pole", "town", contrechamp.SettingPublic
		importCameras(t, s, year("monaco", 2021), want)
		got := must(s.Camera(t.Context(), "node/1"))(t)
		equal(t, "camera", got.Camera, want.Camera)
		equal(t, "events", got.Events, []contrechamp.CameraEvent{{Kind: contrechamp.CameraFirstSeen, At: year("", 2021).AsOf, Import: "monaco-2021.osm.pbf"}})
		_, err := s.Camera(t.Context(), "node/2")
		wantKind(t, "unknown", err, contrechamp.ErrNotFound)
	})
	t.Run("history", func(t *testing.T) { testCameraHistory(t, open(t).Store) })
	t.Run("any order of extracts", func(t *testing.T) { testCameraOrder(t, open) })
	t.Run("an area speaks for its own cameras", func(t *testing.T) {
		s := open(t).Store
		importCameras(t, s, year("monaco", 2021), camera(1, 43.73), camera(2, 43.74))
		importCameras(t, s, year("helsinki", 2022), camera(3, 60.17))
		// a file of changes speaks for what it names only
		changes := year("monaco", 2023)
		changes.Changes = true
		done := importCameras(t, s, changes, contrechamp.CameraSighting{Camera: contrechamp.Camera{ID: "node/2"}, Gone: true},
			contrechamp.CameraSighting{Camera: contrechamp.Camera{ID: "node/99"}, Gone: true})
		equal(t, "changes", done, contrechamp.CameraChanges{Removed: 1})
		equal(t, "mapped", cameraIDs(t, s, contrechamp.CameraFilter{}), []string{"node/1", "node/3"})
		equal(t, "gone", cameraIDs(t, s, contrechamp.CameraFilter{State: contrechamp.CamerasGone}), []string{"node/2"})
	})
	t.Run("filters", func(t *testing.T) { testCameraFilters(t, open(t).Store) })
	t.Run("all or nothing", func(t *testing.T) { testCameraTransaction(t, open) })
}

func cameraIDs(t *testing.T, s contrechamp.Store, f contrechamp.CameraFilter) []string {
	t.Helper()
	ids := []string{}
	for _, c := range must(s.Cameras(t.Context(), f))(t) {
		ids = append(ids, c.ID)
	}
	return ids
}

func testCameraHistory(t *testing.T, s contrechamp.Store) {
	equal(t, "first", importCameras(t, s, year("monaco", 2021), camera(1, 43.73), camera(2, 43.74, "height", "3")), contrechamp.CameraChanges{Cameras: 2, New: 2})
	equal(t, "the same again", importCameras(t, s, year("monaco", 2021), camera(1, 43.73), camera(2, 43.74, "height", "3")),
		contrechamp.CameraChanges{Cameras: 2, Confirmed: 2})
	// 1 is gone; 2 is moved by some 11 m and tagged anew; 3 is new
	second := importCameras(t, s, year("monaco", 2023), camera(2, 43.7401, "height", "4", "operator", "x"), camera(3, 43.75))
	equal(t, "second", second, contrechamp.CameraChanges{Cameras: 2, New: 1, Confirmed: 1, Moved: 1, Retagged: 1, Removed: 1})
	third := importCameras(t, s, year("monaco", 2025), camera(1, 43.730001), camera(2, 43.7401, "height", "4", "operator", "x"), camera(3, 43.75))
	equal(t, "third", third, contrechamp.CameraChanges{Cameras: 3, Confirmed: 3, Returned: 1})

	one := must(s.Camera(t.Context(), "node/1"))(t)
	kinds := []contrechamp.CameraEventKind{}
	for _, e := range one.Events {
		kinds = append(kinds, e.Kind)
	}
	equal(t, "life of 1", kinds, []contrechamp.CameraEventKind{contrechamp.CameraFirstSeen, contrechamp.CameraRemoved, contrechamp.CameraReturned})
	equal(t, "removed", one.Removed, time.Time{})
	two := must(s.Camera(t.Context(), "node/2"))(t)
	equal(t, "first seen", two.FirstSeen, year("", 2021).AsOf)
	equal(t, "last confirmed", two.LastConfirmed, year("", 2025).AsOf)
	if len(two.Events) != 3 || two.Events[1].Kind != contrechamp.CameraMoved || two.Events[1].Metres != 11.1 || two.Events[1].From != [2]float64{43.74, 7.42} ||
		!maps.Equal(two.Events[2].Was, map[string]string{"height": "3"}) || !maps.Equal(two.Events[2].Now, map[string]string{"height": "4", "operator": "x"}) {
		t.Errorf("life of 2: %+v", two.Events)
	}
	imports := must(s.CameraImports(t.Context()))(t)
	if len(imports) != 3 || imports[0].Name != "monaco-2021.osm.pbf" || imports[2].Cameras != 3 || !imports[1].AsOf.Equal(year("", 2023).AsOf) {
		t.Errorf("imports: %+v", imports)
	}
}

// testCameraOrder imports three extracts in every order: when a camera was first and last seen, and since when it is gone, is
// the same.
func testCameraOrder(t *testing.T, open func(t *testing.T) Instance) {
	extracts := map[int][]contrechamp.CameraSighting{
		2013: {camera(1, 43.1), camera(2, 43.2), camera(3, 43.3)},
		2020: {camera(1, 43.1), camera(2, 43.2), camera(4, 43.4)},
		2026: {camera(1, 43.1), camera(5, 43.5)},
	}
	want := map[string][3]int{"node/1": {2013, 2026, 1}, "node/2": {2013, 2020, 2026}, "node/3": {2013, 2013, 2020}, "node/4": {2020, 2020, 2026},
		"node/5": {2026, 2026, 1}}
	for _, order := range [][]int{{2013, 2020, 2026}, {2026, 2020, 2013}, {2020, 2013, 2026}, {2026, 2013, 2020}, {2013, 2026, 2020}, {2020, 2026, 2013}} {
		s := open(t).Store
		for _, y := range order {
			importCameras(t, s, year("andorra", y), extracts[y]...)
		}
		got := map[string][3]int{}
		for _, c := range must(s.Cameras(t.Context(), contrechamp.CameraFilter{State: contrechamp.CamerasEver}))(t) {
			got[c.ID] = [3]int{c.FirstSeen.Year(), c.LastConfirmed.Year(), c.Removed.Year()}
			removals := 0
			for _, e := range must(s.Camera(t.Context(), c.ID))(t).Events {
				if e.Kind == contrechamp.CameraRemoved {
					removals++
				}
			}
			if gone := !c.Removed.IsZero(); gone != (removals == 1) {
				t.Errorf("order %v: %s was removed %d times", order, c.ID, removals)
			}
		}
		equal(t, fmt.Sprint("order ", order), got, want)
	}
}

func testCameraFilters(t *testing.T, s contrechamp.Store) {
	reader := camera(2, 43.74)
	reader.Kind, reader.Operator, reader.Maker = contrechamp.CameraPlateReader, contrechamp.EntityRef{}, contrechamp.EntityRef{}
	guard := camera(3, 43.75)
	guard.Kind = contrechamp.CameraGuard
	imp := year("monaco", 2021)
	imp.Places = []contrechamp.MappedPlace{{ID: "relation/1", Name: "Évreux", Level: 8, Identifiers: map[string]string{"insee": "27229"}},
		{ID: "relation/2", Name: "Eure", Level: 6}, {ID: "relation/3", Name: "Belgrade", Names: []string{"Beograd"}, Level: 8}}
	in := func(c contrechamp.CameraSighting, places ...string) contrechamp.CameraSighting {
		c.Places = places
		return c
	}
	importCameras(t, s, imp, in(camera(1, 43.73), "relation/1", "relation/2"), in(reader, "relation/2"), in(guard, "relation/1"))
	for name, tt := range map[string]struct {
		f    contrechamp.CameraFilter
		want []string
	}{
		"all":         {contrechamp.CameraFilter{}, []string{"node/1", "node/2", "node/3"}},
		"kind":        {contrechamp.CameraFilter{Kind: contrechamp.CameraPlateReader}, []string{"node/2"}},
		"operator":    {contrechamp.CameraFilter{Operator: "mairie d'evreux"}, []string{"node/1", "node/3"}},
		"maker by ID": {contrechamp.CameraFilter{Maker: "v-huawei"}, []string{"node/1", "node/3"}},
		"area":        {contrechamp.CameraFilter{Area: "monaco"}, []string{"node/1", "node/2", "node/3"}},
		"no area":     {contrechamp.CameraFilter{Area: "nowhere"}, []string{}},
		"place":       {contrechamp.CameraFilter{Place: "relation/2"}, []string{"node/1", "node/2"}},
		"going on":    {contrechamp.CameraFilter{After: "node/1", Limit: 1}, []string{"node/2"}},
		"gone":        {contrechamp.CameraFilter{State: contrechamp.CamerasGone}, []string{}},
	} {
		equal(t, name, cameraIDs(t, s, tt.f), tt.want)
	}
	_, err := s.Cameras(t.Context(), contrechamp.CameraFilter{State: "x"})
	wantKind(t, "a state that does not exist", err, contrechamp.ErrInvalid)

	byID := evreux
	byID.Name, byID.Identifiers = "Somewhere", map[string]string{"insee": "27229"}
	for name, tt := range map[string]struct {
		e    contrechamp.Entity
		want map[string]int
	}{
		"by name":         {evreux, map[string]int{"relation/1": 1}}, // the guard is no camera
		"by identifier":   {byID, map[string]int{"relation/1": 1}},
		"by another name": {belgrade, map[string]int{"relation/3": 0}},
		"not imported":    {huawei, map[string]int{}},
	} {
		got := map[string]int{}
		for _, c := range must(s.MappedIn(t.Context(), tt.e))(t) {
			got[c.Place.ID] = c.Cameras
		}
		equal(t, name, got, tt.want)
	}
}

// testCameraTransaction: an import that fails on the way leaves nothing behind.
func testCameraTransaction(t *testing.T, open func(t *testing.T) Instance) {
	in := open(t)
	s := in.Store
	importCameras(t, s, year("monaco", 2021), camera(1, 43.73))
	damaged := errors.New("the file is cut short")
	broken := func(yield func(contrechamp.CameraSighting, error) bool) {
		_ = yield(camera(2, 43.74), nil) && yield(contrechamp.CameraSighting{}, damaged)
	}
	if _, err := s.ImportCameras(t.Context(), year("monaco", 2023), broken); !errors.Is(err, damaged) {
		t.Errorf("got %v, want the error of the file", err)
	}
	nowhere := camera(4, 0)
	nowhere.Place = contrechamp.PlaceUnknown
	_, err := s.ImportCameras(t.Context(), year("monaco", 2023), sightings(camera(2, 43.74), nowhere))
	wantKind(t, "a camera that is nowhere", err, contrechamp.ErrInvalid)
	_, err = s.ImportCameras(t.Context(), contrechamp.CameraImport{Name: "x"}, sightings())
	wantKind(t, "no area", err, contrechamp.ErrInvalid)
	if in.FailAt != nil {
		for n := 1; n <= 12; n++ {
			end := in.FailAt(n)
			_, err := s.ImportCameras(t.Context(), year("monaco", 2023), sightings(camera(2, 43.74), camera(3, 43.75)))
			if met := end(); !met {
				break
			}
			wantKind(t, "a full disk", err, contrechamp.ErrUnavailable)
		}
	}
	equal(t, "cameras", cameraIDs(t, s, contrechamp.CameraFilter{State: contrechamp.CamerasEver})[:1], []string{"node/1"})
	if in.FailAt == nil {
		equal(t, "cameras", len(cameraIDs(t, s, contrechamp.CameraFilter{State: contrechamp.CamerasEver})), 1)
	}
}
