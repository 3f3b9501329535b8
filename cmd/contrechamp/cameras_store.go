package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera"
	"contrechamp.org/contrechamp/internal/camera/osm"
)

func (p *program) camerasImportVerb() *cobra.Command {
	var area, date string
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "keep the cameras of OpenStreetMap files, with what changed since the last",
		Long: `Keep the cameras of OpenStreetMap files. Importing a later extract of the same
area tells which cameras are new, moved, tagged anew, or gone from the map. None
is ever deleted. Each file is recorded whole or not at all.

The area is the name of the file without its date: monaco-2021.osm.pbf and
monaco-latest.osm.pbf are extracts of the same area. Say it with --area otherwise.`,
		Example: `  contrechamp cameras import monaco-2021.osm.pbf monaco-2025.osm.pbf
  contrechamp cameras import --area monaco --date 2025-02-12 changes.osc.gz`,
		Args: cobra.MinimumNArgs(1),
	}
	c.Flags().StringVar(&area, "area", "", "what the files are extracts of (default: from their names)")
	c.Flags().StringVar(&date, "date", "", "of which day they are (default: what they say themselves)")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		im := camera.Importer{Names: camera.NewLexicon(), Area: area}
		if date != "" {
			day, err := contrechamp.ParseDate(date)
			if err != nil || day.Day == 0 {
				return usageError{contrechamp.WithHint(fmt.Errorf("date %q: want a day: %w", date, contrechamp.ErrInvalid), "--date 2026-04-03")}
			}
			im.AsOf = time.Date(day.Year, time.Month(day.Month), day.Day, 0, 0, 0, 0, time.UTC)
		}
		var err error
		if im.Spec, err = camera.Standard(); err != nil {
			return err
		}
		h, err := p.open(c.Context(), "cameras import", writing)
		if err != nil {
			return err
		}
		var done []importRecord
		for _, name := range args {
			r, err := p.importCameras(c.Context(), h, &im, name)
			if err != nil {
				return err // what was imported before stays
			}
			done = append(done, r)
		}
		if f.value == "json" {
			return printJSON(p.out, done)
		}
		t := newTable(p.out)
		t.row("file", "area", "as of", "cameras", "new", "moved", "retagged", "returned", "removed")
		for _, r := range done {
			t.row(oneLine(r.File, 40), r.Area, r.AsOf.String(), count(r.Cameras), count(r.New), count(r.Moved), count(r.Retagged),
				count(r.Returned), count(r.Removed))
		}
		p.attribute()
		return t.flush()
	}
	return c
}

// importRecord is what came of one file.
type importRecord struct {
	File string           `json:"file"`
	Area string           `json:"area"`
	AsOf contrechamp.Date `json:"as_of"`
	contrechamp.CameraChanges
	Attribution string `json:"attribution"`
}

func (p *program) importCameras(ctx context.Context, h *house, im *camera.Importer, name string) (importRecord, error) {
	doing := "import " + filepath.Base(name)
	file, err := osm.Open(name)
	if err != nil {
		return importRecord{}, fmt.Errorf("%s: %w", doing, err)
	}
	defer file.Close() // only read from
	bar := p.fileProgress(file, "importing")
	defer bar.finish()
	problems := p.problems(file)
	imp, cameras, assumed, err := im.Read(ctx, file, name)
	if err != nil {
		return importRecord{}, fmt.Errorf("%s: %w", doing, err)
	}
	changes, err := h.store.ImportCameras(ctx, imp, cameras)
	bar.finish()
	if err != nil {
		return importRecord{}, fmt.Errorf("%s: %w", doing, err)
	}
	problems.tell()
	if assumed != "" {
		fmt.Fprintln(p.errs, assumed)
	}
	return importRecord{imp.Name, imp.Area, contrechamp.DateOf(imp.AsOf), changes, attribution}, nil
}

// attribution stands with every camera that leaves the program.
const attribution = contrechamp.OSMAttribution + ", " + contrechamp.OSMLicence

// attribute tells where the data are from, beside what is printed.
func (p *program) attribute() {
	fmt.Fprintf(p.errs, "Data %s; %s\n", attribution, contrechamp.MappedIsNotPresent)
}

// cameraFlags are the flags that choose cameras.
type cameraFlags struct {
	kind, operator, maker, area, place string
	gone, all                          bool
}

func (f *cameraFlags) on(c *cobra.Command) {
	c.Flags().StringVar(&f.kind, "kind", "", "only of that kind: camera, \"plate reader\", \"speed camera\", webcam, ...")
	c.Flags().StringVar(&f.operator, "operator", "", "only those run by it: a name or an ID")
	c.Flags().StringVar(&f.maker, "maker", "", "only those made by it: a name or an ID")
	c.Flags().StringVar(&f.area, "area", "", "only those of extracts of that area")
	c.Flags().StringVar(&f.place, "place", "", "only those within a boundary: relation/N")
	c.Flags().BoolVar(&f.gone, "removed", false, "only those that are gone from the map")
	c.Flags().BoolVar(&f.all, "all", false, "those that are gone from the map too")
	c.MarkFlagsMutuallyExclusive("removed", "all")
}

func (f *cameraFlags) filter() (contrechamp.CameraFilter, error) {
	out := contrechamp.CameraFilter{Operator: f.operator, Maker: f.maker, Area: f.area, Place: f.place}
	switch {
	case f.gone:
		out.State = contrechamp.CamerasGone
	case f.all:
		out.State = contrechamp.CamerasEver
	}
	if f.kind == "" {
		return out, nil
	}
	var err error
	if out.Kind, err = contrechamp.ParseCameraKind(f.kind); err != nil {
		return out, usageError{err}
	}
	return out, nil
}

// cameraPage is how many cameras are asked of the store at once.
const cameraPage = 2000

// camerasOf goes through the cameras that a filter chooses.
func camerasOf(ctx context.Context, h *house, f contrechamp.CameraFilter) iter.Seq2[contrechamp.CameraLife, error] {
	return func(yield func(contrechamp.CameraLife, error) bool) {
		f.Limit = cameraPage
		for {
			found, err := h.store.Cameras(ctx, f)
			if err != nil {
				yield(contrechamp.CameraLife{}, err)
				return
			}
			for _, c := range found {
				if !yield(c, nil) {
					return
				}
			}
			if len(found) < cameraPage {
				return
			}
			f.After = found[len(found)-1].ID
		}
	}
}

// recordLife returns a kept camera's record, with the dates of its history.
func recordLife(c contrechamp.CameraLife) contrechamp.CameraRecord {
	r := contrechamp.CameraRecordOf(c.Camera)
	first, last := contrechamp.DateOf(c.FirstSeen), contrechamp.DateOf(c.LastConfirmed)
	r.FirstSeen, r.LastConfirmed = &first, &last
	if !c.Removed.IsZero() {
		gone := contrechamp.DateOf(c.Removed)
		r.Removed = &gone
	}
	return r
}

func (p *program) camerasListVerb() *cobra.Command {
	var flags cameraFlags
	c := &cobra.Command{Use: "list", Short: "the cameras that were imported", Args: cobra.NoArgs,
		Example: "  contrechamp cameras list --kind \"plate reader\" --format geojson > readers.geojson"}
	flags.on(c)
	f := formatFlag(c, "table", "jsonl", "geojson", "csv")
	c.RunE = func(c *cobra.Command, _ []string) error {
		filter, err := flags.filter()
		if err != nil {
			return err
		}
		h, err := p.open(c.Context(), "cameras list", reading)
		if err != nil {
			return err
		}
		if f.value == "table" {
			return p.listCameras(c.Context(), h, filter)
		}
		out := bufio.NewWriterSize(p.out, 1<<16)
		w := newCameraWriter(out, f.value)
		if err := w.begin(); err != nil {
			return err
		}
		for life, err := range camerasOf(c.Context(), h, filter) {
			if err == nil {
				err = w.camera(recordLife(life))
			}
			if err != nil {
				return err
			}
		}
		if err := w.end(); err != nil {
			return err
		}
		return out.Flush()
	}
	return c
}

func (p *program) listCameras(ctx context.Context, h *house, f contrechamp.CameraFilter) error {
	t := newTable(p.out)
	n := 0
	for c, err := range camerasOf(ctx, h, f) {
		if err != nil {
			return err
		}
		if n++; n == 1 {
			t.row("camera", "kind", "setting", "zone", "looks", "operator", "first seen", "confirmed", "removed")
		}
		gone := ""
		if !c.Removed.IsZero() {
			gone = contrechamp.DateOf(c.Removed).String()
		}
		var views []string
		for _, v := range c.Views {
			views = append(views, v.String())
		}
		operator := ""
		if len(c.Operator.Names) > 0 {
			operator = oneLine(c.Operator.Name(), 30)
		}
		t.row(c.ID, string(c.Kind), string(c.Setting), c.Zone, strings.Join(views, ";"), operator, contrechamp.DateOf(c.FirstSeen).String(),
			contrechamp.DateOf(c.LastConfirmed).String(), gone)
	}
	if n == 0 {
		fmt.Fprintln(p.out, "no camera found")
		fmt.Fprintln(p.errs, "hint: contrechamp cameras import FILE.osm.pbf")
		return nil
	}
	p.attribute()
	return t.flush()
}

func (p *program) camerasShowVerb() *cobra.Command {
	c := &cobra.Command{Use: "show ID", Short: "the life of one camera on the map: its tags, what was understood, what happened",
		Example: "  contrechamp cameras show node/123", Args: cobra.ExactArgs(1)}
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		id, err := osm.ParseID(args[0])
		if err != nil {
			return usageError{err}
		}
		h, err := p.open(c.Context(), "cameras show", reading)
		if err != nil {
			return err
		}
		life, err := h.store.Camera(c.Context(), id.String())
		if isKind(err, contrechamp.ErrNotFound) {
			return contrechamp.WithHint(err, "contrechamp cameras list")
		}
		if err != nil {
			return err
		}
		if f.value == "json" {
			return printJSON(p.out, struct {
				contrechamp.CameraRecord
				URL    string                    `json:"url"`
				Events []contrechamp.CameraEvent `json:"events"`
			}{recordLife(life), life.OSMURL(), life.Events})
		}
		return p.showCamera(life)
	}
	return c
}

func (p *program) showCamera(c contrechamp.CameraLife) error {
	w := p.out
	fmt.Fprintf(w, "%s: %s\n%s\n", c.ID, c.Kind, c.OSMURL())
	t := newTable(w)
	row := func(name, value string) {
		if value != "" {
			t.row("  "+name, oneLine(value, 200))
		}
	}
	row("position", fmt.Sprintf("%.7f, %.7f (%s)", c.Lat, c.Lon, c.Place))
	row("form", c.Form)
	row("mount", c.Mount)
	row("setting", string(c.Setting))
	row("zone", c.Zone)
	var views []string
	for _, v := range c.Views {
		views = append(views, v.String()+"°")
	}
	row("looks", strings.Join(views, "; "))
	if c.Height > 0 {
		row("height", number(c.Height)+" m")
	}
	if c.Tilt != nil {
		row("tilt", number(*c.Tilt)+"° below the horizon")
	}
	for _, n := range []struct {
		what string
		ref  contrechamp.EntityRef
	}{{"operator", c.Operator}, {"maker", c.Maker}} {
		if len(n.ref.Names) > 0 {
			row(n.what, n.ref.Name())
		}
	}
	row("assumed", strings.Join(c.Assumed, "; "))
	row("doubtful", strings.Join(c.Flags, "; "))
	row("not understood", strings.Join(c.Kept, ", "))
	if err := t.flush(); err != nil {
		return err
	}
	fmt.Fprintln(w, "\ntags")
	t = newTable(w)
	for _, k := range sortedKeys(c.Tags) {
		t.row("  "+oneLine(k, 60), oneLine(c.Tags[k], 200))
	}
	if err := t.flush(); err != nil {
		return err
	}
	fmt.Fprintln(w, "\non the map")
	t = newTable(w)
	for _, e := range c.Events {
		t.row("  "+contrechamp.DateOf(e.At).String(), string(e.Kind), eventText(e), e.Import)
	}
	t.row("  "+contrechamp.DateOf(c.LastConfirmed).String(), "last confirmed")
	p.attribute()
	return t.flush()
}

// eventText says what changed.
func eventText(e contrechamp.CameraEvent) string {
	switch e.Kind {
	case contrechamp.CameraMoved:
		return number(e.Metres) + " m"
	case contrechamp.CameraRetagged:
		var parts []string
		for _, k := range sortedKeys(e.Was) {
			now, still := e.Now[k]
			if !still {
				now = "nothing"
			}
			parts = append(parts, fmt.Sprintf("%s: %s -> %s", k, e.Was[k], now))
		}
		for _, k := range sortedKeys(e.Now) {
			if _, had := e.Was[k]; !had {
				parts = append(parts, fmt.Sprintf("%s: nothing -> %s", k, e.Now[k]))
			}
		}
		return oneLine(strings.Join(parts, "; "), 120)
	}
	return ""
}

// cameraStats counts cameras.
type cameraStats struct {
	Cameras     int                        `json:"cameras"`
	Kinds       map[string]int             `json:"kinds"`
	Settings    map[string]int             `json:"settings"`
	Zones       map[string]int             `json:"zones"`
	Operators   map[string]int             `json:"operators"`
	Makers      map[string]int             `json:"makers"`
	Known       map[string]int             `json:"known"` // how many say that field
	Assumed     int                        `json:"assumed"`
	Flagged     int                        `json:"flagged"`
	Kept        map[string]int             `json:"kept"` // keys whose values were not understood
	Removed     int                        `json:"removed"`
	Imports     []contrechamp.CameraImport `json:"-"`
	Attribution string                     `json:"attribution"`
}

func (s *cameraStats) add(c contrechamp.CameraLife) {
	s.Cameras++
	note := func(m map[string]int, key string) {
		if key != "" {
			m[key]++
		}
	}
	note(s.Kinds, string(c.Kind))
	note(s.Settings, string(c.Setting))
	note(s.Zones, c.Zone)
	if len(c.Operator.Names) > 0 {
		note(s.Operators, c.Operator.Name())
	}
	if len(c.Maker.Names) > 0 {
		note(s.Makers, c.Maker.Name())
	}
	for field, said := range map[string]bool{"direction": len(c.Views) > 0, "height": c.Height > 0, "tilt": c.Tilt != nil, "form": c.Form != "",
		"mount": c.Mount != "", "setting": c.Setting != "", "zone": c.Zone != "", "operator": len(c.Operator.Names) > 0, "maker": len(c.Maker.Names) > 0} {
		if said {
			s.Known[field]++
		}
	}
	if len(c.Assumed) > 0 {
		s.Assumed++
	}
	if len(c.Flags) > 0 {
		s.Flagged++
	}
	for _, k := range c.Kept {
		s.Kept[k]++
	}
	if !c.Removed.IsZero() {
		s.Removed++
	}
}

func (p *program) camerasStatsVerb() *cobra.Command {
	var flags cameraFlags
	c := &cobra.Command{Use: "stats", Short: "how many cameras, of what kind, run by whom; how much the map says of them", Args: cobra.NoArgs}
	flags.on(c)
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		filter, err := flags.filter()
		if err != nil {
			return err
		}
		h, err := p.open(c.Context(), "cameras stats", reading)
		if err != nil {
			return err
		}
		s := cameraStats{Kinds: map[string]int{}, Settings: map[string]int{}, Zones: map[string]int{}, Operators: map[string]int{},
			Makers: map[string]int{}, Known: map[string]int{}, Kept: map[string]int{}, Attribution: attribution}
		for life, err := range camerasOf(c.Context(), h, filter) {
			if err != nil {
				return err
			}
			s.add(life)
		}
		if s.Imports, err = h.store.CameraImports(c.Context()); err != nil {
			return err
		}
		if f.value == "json" {
			return json.NewEncoder(p.out).Encode(s)
		}
		return p.printStats(s)
	}
	return c
}

// mostLines is how many lines of a long count are printed.
const mostLines = 10

func (p *program) printStats(s cameraStats) error {
	t := newTable(p.out)
	t.row("cameras", count(s.Cameras))
	if s.Removed > 0 {
		t.row("  gone from the map", count(s.Removed))
	}
	share := func(n int) string { return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(max(1, s.Cameras))) }
	for _, part := range []struct {
		title string
		of    map[string]int
	}{{"kind", s.Kinds}, {"setting", s.Settings}, {"zone", s.Zones}, {"the map says their", s.Known}, {"operator", s.Operators}, {"maker", s.Makers},
		{"kept raw, not understood", s.Kept}} {
		if len(part.of) == 0 {
			continue
		}
		t.row(part.title)
		keys := sortedKeys(part.of)
		slices.SortStableFunc(keys, func(a, b string) int { return part.of[b] - part.of[a] })
		for i, k := range keys {
			if i == mostLines {
				t.row(fmt.Sprintf("  and %s more", count(len(keys)-i)))
				break
			}
			t.row("  "+oneLine(k, 40), count(part.of[k]), share(part.of[k]))
		}
	}
	t.row("with an assumption", count(s.Assumed), share(s.Assumed))
	t.row("with doubtful tags", count(s.Flagged), share(s.Flagged))
	for _, i := range s.Imports {
		t.row("imported: "+oneLine(i.Name, 40), count(i.Cameras), "as of "+contrechamp.DateOf(i.AsOf).String())
	}
	p.attribute()
	return t.flush()
}
