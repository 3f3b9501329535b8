package osm

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

// shared answers the extracts that are shared between the rooms and issues; README.md there tells where they are from.
func shared(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("../../../../shared/data/osm/*.osm.pbf")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		testenv.Skip(t, "no extracts in ../shared/data/osm")
	}
	return names
}

// osmium runs osmium-tool, the oracle.
func osmium(t testing.TB, args ...string) string {
	t.Helper()
	path, err := exec.LookPath("osmium")
	if err != nil {
		testenv.Skip(t, "osmium is not installed (Debian: osmium-tool)")
	}
	c := exec.Command(path, args...)
	var errs strings.Builder
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("osmium %s: %v: %s", strings.Join(args, " "), err, errs.String())
	}
	return string(out)
}

// line writes an element like osmium's format OPL (https://osmcode.org/opl-file-format/), without what we do not read: changeset,
// user.
func line(e *Element) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%c%d v%d t%s T", e.Kind.String()[0], e.Number, e.Version, e.Timestamp.Format("2006-01-02T15:04:05Z"))
	for i, t := range e.Tags {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(t.Key + "=" + t.Value)
	}
	seven := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	switch e.Kind {
	case Node:
		b.WriteString(" x" + seven(e.Point.Lon) + " y" + seven(e.Point.Lat))
	case Way:
		b.WriteString(" N")
		for i, n := range e.Refs {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("n" + strconv.FormatInt(n, 10))
		}
	case Relation:
		b.WriteString(" M")
		for i, m := range e.Members {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "%c%d@%s", m.Kind.String()[0], m.Number, m.Role)
		}
	}
	return b.String()
}

// opl takes the fields out of osmium's lines that we do not read, and undoes its escapes.
func opl(out string) []string {
	var lines []string
	for _, l := range strings.Split(strings.TrimSpace(out), "\n") {
		var kept []string
		for _, f := range strings.Split(l, " ") {
			if f != "" && !strings.ContainsRune("dciu", rune(f[0])) {
				kept = append(kept, f)
			}
		}
		if len(kept) > 0 {
			lines = append(lines, unescape(strings.Join(kept, " ")))
		}
	}
	slices.Sort(lines)
	return lines
}

func unescape(s string) string {
	parts := strings.Split(s, "%")
	for i := 1; i < len(parts); i += 2 {
		n, err := strconv.ParseUint(parts[i], 16, 32)
		if err != nil {
			return s
		}
		parts[i] = string(rune(n))
	}
	return strings.Join(parts, "")
}

func features(t testing.TB, name string, filter Filter) []*Feature {
	t.Helper()
	f, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.Problem = func(p Problem) { t.Log(p) }
	var found []*Feature
	if err := f.Features(context.Background(), filter, func(ft *Feature) error {
		found = append(found, ft)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func compareLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	if slices.Equal(got, want) {
		return
	}
	t.Errorf("%s: %d objects, osmium has %d", what, len(got), len(want))
	for i, shown := 0, 0; i < max(len(got), len(want)) && shown < 3; i++ {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("got  %s\nwant %s", g, w)
			shown++
		}
	}
}

// TestOsmiumAgrees: the same objects, with the same tags, versions, times, positions, nodes and members.
func TestOsmiumAgrees(t *testing.T) {
	sets := [][]string{
		{"nwr/man_made=surveillance", "nwr/surveillance:type", "nwr/highway=speed_camera", "r/type=enforcement", "nwr/contact:webcam"},
		{"nwr/building", "w/highway", "r/boundary=administrative", "n/place", "nwr/name"},
		{"nw/highway=speed_camera,crossing", "r/type=multipolygon"},
	}
	for _, name := range shared(t) {
		for i, rules := range sets {
			filter, err := ParseFilter(rules...)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, ft := range features(t, name, filter) {
				got = append(got, line(&ft.Element))
			}
			want := opl(osmium(t, append([]string{"tags-filter", "-R", "-f", "opl", name}, rules...)...))
			compareLines(t, fmt.Sprintf("%s, set %d", filepath.Base(name), i), got, want)
		}
	}
}

// TestFormats reads one extract in every format and packing that osmium writes: the same objects, in the same places.
func TestFormats(t *testing.T) {
	shared(t)
	const from = "../../../../shared/data/osm/monaco-2021.osm.pbf"
	filter, err := ParseFilter("nwr/man_made=surveillance", "nwr/highway=speed_camera", "r/type=enforcement", "nwr/contact:webcam", "w/highway=primary",
		"r/boundary=administrative")
	if err != nil {
		t.Fatal(err)
	}
	described := func(fts []*Feature) []string {
		var lines []string
		for _, ft := range fts {
			s := line(&ft.Element) + fmt.Sprint(" ", ft.Line, ft.Missing)
			for _, m := range ft.Members {
				s += fmt.Sprint(" ", m.Points)
			}
			lines = append(lines, s)
		}
		slices.Sort(lines)
		return lines
	}
	want := described(features(t, from, filter))
	dir := t.TempDir()
	for _, format := range []string{"pbf,pbf_dense_nodes=false", "pbf,pbf_compression=none", "pbf,pbf_compression=lz4", "pbf,add_metadata=all", "osm", "osm.gz", "osm.bz2"} {
		to := filepath.Join(dir, "x")
		osmium(t, "cat", "--no-progress", "-O", "-f", format, "-o", to, from)
		compareLines(t, format, described(features(t, to, filter)), want)
	}
}

// TestGeometryAgrees: the nodes of ways are where osmium finds them.
func TestGeometryAgrees(t *testing.T) {
	for i, name := range shared(t) {
		if i%3 != 0 {
			continue // every third: it is the same code for all
		}
		filter, err := ParseFilter("w/highway", "w/building")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, ft := range features(t, name, filter) {
			var b strings.Builder
			fmt.Fprintf(&b, "%d", ft.Number)
			for _, p := range ft.Line {
				b.WriteString(" " + strconv.FormatFloat(p.Lon, 'f', -1, 64) + "," + strconv.FormatFloat(p.Lat, 'f', -1, 64))
			}
			got = append(got, b.String())
		}
		located := filepath.Join(t.TempDir(), "located.osm.pbf")
		osmium(t, "add-locations-to-ways", "--no-progress", "--ignore-missing-nodes", "-n", "-O", "-o", located, name)
		var want []string
		for _, l := range opl(osmium(t, "tags-filter", "-R", "-f", "opl,locations_on_ways=true", located, "w/highway", "w/building")) {
			fields := strings.Split(l, " ")
			last := fields[len(fields)-1]
			line := strings.TrimPrefix(fields[0], "w")
			for _, n := range strings.Split(strings.TrimPrefix(last, "N"), ",") {
				_, at, _ := strings.Cut(n, "x")
				lon, lat, found := strings.Cut(at, "y")
				if found && lon != "" {
					line += " " + lon + "," + lat
				}
			}
			want = append(want, line)
		}
		slices.Sort(want)
		compareLines(t, filepath.Base(name), got, want)
	}
}

// TestChangeFile reads what osmium finds to have changed between two extracts.
func TestChangeFile(t *testing.T) {
	shared(t)
	const dir = "../../../../shared/data/osm/"
	to := filepath.Join(t.TempDir(), "monaco.osc.gz")
	osmium(t, "derive-changes", "--no-progress", "-O", "-f", "osc.gz", "-o", to, dir+"monaco-2021.osm.pbf", dir+"monaco-2025.osm.pbf")
	f, err := Open(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Format() != Change {
		t.Fatalf("format %s", f.Format())
	}
	filter, err := ParseFilter("nwr/man_made=surveillance")
	if err != nil {
		t.Fatal(err)
	}
	changed := map[ID]bool{}
	if err := f.Features(context.Background(), filter, func(ft *Feature) error {
		changed[ft.ID] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	others, deleted := 0, 0
	if err := f.Unwanted(context.Background(), filter, func(id ID, _ int) error {
		if changed[id] {
			deleted++
		}
		others++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	cameras := strings.Count(osmium(t, "tags-filter", "-R", "-f", "opl", to, "nwr/man_made=surveillance"), "\n")
	if len(changed) != cameras || deleted != 0 || others < 10_000 {
		t.Errorf("%d cameras changed, %d of them gone, %d other objects; osmium has %d", len(changed), deleted, others, cameras)
	}
}

// TestBadXML: what is no OSM XML, or is cut short, is refused with the byte.
func TestBadXML(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"another root":       {"<html><body/></html>", "the root element is <html>"},
		"cut":                {"<osm><node id='1' lat='2' lon='3'><tag k='a'", "cut short"},
		"cut between":        {"<osm><node id='1' lat='2' lon='3'/>", "cut short"},
		"no id":              {"<osm><node lat='2' lon='3'/></osm>", "without an id"},
		"a latitude of X":    {"<osm><node id='1' lat='X' lon='3'/></osm>", "position of node/1"},
		"a version of X":     {"<osm><node id='1' lat='1' lon='3' version='X'/></osm>", "attribute version"},
		"a reference to X":   {"<osm><way id='1'><nd ref='X'/></way></osm>", "reference to a node"},
		"a member of kind X": {"<osm><relation id='1'><member type='X' ref='1' role=''/></relation></osm>", "member of type"},
		"no gzip":            {"\x1f\x8bnonsense", "byte 0"},
		"no bzip2":           {"BZh9nonsense", "no OSM XML"},
	} {
		_, _, err := readAll(write(t, []byte(c.text)))
		if !errors.Is(err, contrechamp.ErrInvalid) || !strings.Contains(fmt.Sprint(err), c.want) || !strings.Contains(fmt.Sprint(err), "byte ") {
			t.Errorf("%s: got %v, want ErrInvalid with %q", name, err, c.want)
		}
	}
	found, problems, err := readAll(write(t, []byte(`<?xml version='1.0'?><osm><bounds/><node id='1' lat='95' lon='3'><tag k='man_made' v='surveillance'/></node>`+
		`<node id='2' lat='43.7' lon='7.4'><tag k='man_made' v='surveillance'/></node></osm>`)))
	if err != nil || len(found) != 1 || len(problems) != 1 || problems[0].Offset != 35 {
		t.Errorf("%v, %v, %v", found, problems, err)
	}
}
