package osm

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

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
