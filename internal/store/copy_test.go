package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

// somewhere is a place of a kind: its options and its blobs.
type somewhere struct {
	options Options
	blobs   string
}

func inFolder(t *testing.T) somewhere {
	dir := t.TempDir()
	return somewhere{testOptions(dir), filepath.Join(dir, "blobs")}
}

func onServer(t *testing.T) somewhere {
	return somewhere{serverOptions(testenv.Postgres(t)), filepath.Join(t.TempDir(), "blobs")}
}

// open opens the place; copying is for the new place of a copy.
func (w somewhere) open(t *testing.T, readOnly, copying bool) Place {
	t.Helper()
	o := w.options
	o.ReadOnly, o.Copying = readOnly, copying
	s := openTest(t, o)
	b, err := OpenBlobs(t.Context(), w.blobs, readOnly)
	if err != nil {
		t.Fatal(err)
	}
	return Place{s, b}
}

// fill makes a register of n documents: read, unread and waiting ones, decisions, disagreements.
func fill(t *testing.T, p Place, n int) {
	t.Helper()
	for i := range n {
		received, reading := article(i)
		if d, _, err := p.Blobs.Put(t.Context(), strings.NewReader(fmt.Sprintf("article %d", i)), 1<<20); err != nil || d != received.Capture.Digest {
			t.Fatalf("put: %s, %v", d, err)
		}
		if i%10 == 3 {
			received.Sighting.Name, received.Sighting.Path = "l'été\xe9 \"quoted\".txt", "press/l'été\xe9 \"quoted\".txt"
		}
		if _, err := p.Store.RecordCaptures(t.Context(), []contrechamp.Received{received}); err != nil {
			t.Fatal(err)
		}
		if i%10 == 9 {
			continue // it waits
		}
		if i%10 == 8 {
			reading = contrechamp.Reading{Text: contrechamp.Text{Capture: received.Capture.Digest}, Reason: "binary data, no text found"}
		}
		if err := p.Store.SaveReading(t.Context(), reading); err != nil {
			t.Fatal(err)
		}
		if i%10 == 4 {
			if err := p.Store.Decide(t.Context(), []contrechamp.Decision{{Claim: reading.Claims[0].ID, State: contrechamp.Accepted, Note: "vu", By: "a", At: received.Capture.CapturedAt}}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// answers is what a register answers to everybody.
func answers(t *testing.T, s *Database) []any {
	t.Helper()
	ctx := t.Context()
	collect := func(v any, err error) any {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	hits, total, err := s.Find(ctx, contrechamp.Query{Terms: []contrechamp.Term{{Words: [][]string{{"ville", "vill"}}}}, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	out := []any{hits, total, collect(s.Documents(ctx, contrechamp.DocumentFilter{})), collect(s.Claims(ctx, contrechamp.ClaimFilter{})),
		collect(s.EntityLines(ctx, contrechamp.EntityFilter{})), collect(s.Disagreements(ctx, "", 0)), collect(s.Figures(ctx)), collect(s.Waiting(ctx))}
	for _, d := range collect(s.Documents(ctx, contrechamp.DocumentFilter{})).([]contrechamp.Document) {
		out = append(out, collect(s.Sightings(ctx, d.Digest)))
	}
	return out
}

func TestCopyThereAndBack(t *testing.T) {
	const documents = 120
	first, server, last := inFolder(t), onServer(t), inFolder(t)
	old := first.open(t, false, false)
	fill(t, old, documents)
	want := answers(t, old.Store)
	if err := old.Store.Close(); err != nil {
		t.Fatal(err)
	}
	var reports []Copied
	for i, step := range []struct{ from, to somewhere }{{first, server}, {server, last}} {
		from, to := step.from.open(t, true, false), step.to.open(t, false, true)
		report, err := Copy(t.Context(), from, to, nil)
		if err != nil {
			t.Fatalf("copy %d: %v", i, err)
		}
		if report.Blobs != documents || report.Written != documents || report.Resumed {
			t.Errorf("copy %d: got %+v, want %d blobs, all written", i, report, documents)
		}
		reports = append(reports, report)
		if err := errors.Join(from.Store.Close(), to.Store.Close()); err != nil {
			t.Fatal(err)
		}
		there := step.to.open(t, false, false)
		if got := answers(t, there.Store); !reflect.DeepEqual(got, want) {
			t.Errorf("copy %d answers otherwise:\ngot  %v\nwant %v", i, got, want)
		}
		jobs, err := there.Store.ListJobs(t.Context(), 0)
		if err != nil || len(jobs) != documents/10 {
			t.Errorf("copy %d: got %d jobs, %v, want one for each of the %d captures that wait", i, len(jobs), err, documents/10)
		}
		if err := there.Store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(reports[0].Tables, reports[1].Tables) {
		t.Errorf("the digests there and back differ:\n%v\n%v", reports[0].Tables, reports[1].Tables)
	}
	// nothing is written over a register
	again, taken := first.open(t, true, false), last.open(t, false, true)
	if _, err := Copy(t.Context(), again, taken, nil); !errors.Is(err, contrechamp.ErrConflict) || contrechamp.Hint(err) == "" {
		t.Errorf("over a register: got %v, want %v with a hint", err, contrechamp.ErrConflict)
	}
}

// TestCopyResumed interrupts a copy at every part, changes the old place meanwhile, and lets the same copy go on.
func TestCopyResumed(t *testing.T) {
	for name, target := range map[string]func(*testing.T) somewhere{"to a folder": inFolder, "to a server": onServer} {
		t.Run(name, func(t *testing.T) {
			from, to := inFolder(t), target(t)
			old := from.open(t, false, false)
			fill(t, old, 60)
			parts := []string{"bytes"}
			for _, x := range tables {
				if n, err := x.count(t.Context(), old.Store.readers); err != nil {
					t.Fatal(err)
				} else if n > 0 {
					parts = append(parts, x.name)
				}
			}
			parts = append(parts, "search index", "check claim")
			for i, part := range parts {
				ctx, cancel := context.WithCancel(t.Context())
				place := to.open(t, false, true)
				_, err := Copy(ctx, Place{readOnly(t, from), old.Blobs}, place, func(at string, _, _ int64) {
					if at == part {
						cancel()
					}
				})
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("interrupted at %s: got %v, want %v", part, err, context.Canceled)
				}
				if err := place.Store.Close(); err != nil {
					t.Fatal(err)
				}
				o := to.options
				if _, err := Open(t.Context(), o); !errors.Is(err, contrechamp.ErrConflict) || !strings.Contains(err.Error(), "unfinished") {
					t.Errorf("opened unfinished: got %v, want %v", err, contrechamp.ErrConflict)
				}
				// a claim goes, a document is read that waited, a new one comes
				_, reading := article(10*i%50 + 1)
				reading.Claims, reading.Entities = nil, nil
				_, late := article(10*(i%6) + 9)
				for _, r := range []contrechamp.Reading{reading, late} {
					if err := old.Store.SaveReading(t.Context(), r); err != nil {
						t.Fatal(err)
					}
				}
			}
			place := to.open(t, false, true)
			report, err := Copy(t.Context(), Place{readOnly(t, from), old.Blobs}, place, nil)
			if err != nil || !report.Resumed {
				t.Fatalf("resumed: %+v, %v", report, err)
			}
			if err := place.Store.Close(); err != nil {
				t.Fatal(err)
			}
			if got, want := answers(t, to.open(t, false, false).Store), answers(t, old.Store); !reflect.DeepEqual(got, want) {
				t.Errorf("the copy answers otherwise:\ngot  %v\nwant %v", got, want)
			}
		})
	}
}

func readOnly(t *testing.T, w somewhere) *Database {
	o := w.options
	o.ReadOnly = true
	return openTest(t, o)
}

// TestTablesAreAll compares what is copied with what is there, so that a new table or column is not forgotten.
func TestTablesAreAll(t *testing.T) {
	s := openTest(t, testOptions(t.TempDir()))
	made := map[string]bool{ // from the others, or not of the register
		"paragraph": true, "indexed": true, "house": true, "goose_db_version": true,
	}
	names, err := column[string](t.Context(), s.readers, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]table{}
	for _, x := range tables {
		known[x.name] = x
	}
	for _, name := range names {
		if made[name] || strings.HasPrefix(name, "river_") || strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "paragraph_words") {
			continue
		}
		x, ok := known[name]
		if !ok {
			t.Errorf("table %s is not copied: add it to tables, or say here what it is made from", name)
			continue
		}
		columns, keys := []string{}, []string{}
		err := rows(t.Context(), s.readers, func(r *sql.Rows) error {
			var column string
			var key int
			if err := r.Scan(&column, &key); err != nil {
				return err
			}
			columns = append(columns, column)
			if key > 0 {
				keys = append(keys, column)
			}
			return nil
		}, "SELECT name, pk FROM pragma_table_info($1) ORDER BY pk = 0, pk, cid", name)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := slices.Sorted(slices.Values(x.columns)), slices.Sorted(slices.Values(columns)); !slices.Equal(got, want) || !slices.Equal(x.columns[:x.key], keys) {
			t.Errorf("%s: copied are %v with the key %v, want %v with %v", name, got, x.columns[:x.key], want, keys)
		}
	}
}
