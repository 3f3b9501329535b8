package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// made answers a folder with a small register in it, closed.
func made(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s := openTest(t, testOptions(dir))
	for n := range 40 {
		saveArticle(t, s, n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// article is one short document with one claim.
func article(n int) (contrechamp.Received, contrechamp.Reading) {
	d := contrechamp.Sum(fmt.Appendf(nil, "article %d", n))
	now := time.UnixMicro(int64(1_700_000_000_000_000 + n)).UTC()
	town := contrechamp.Entity{ID: fmt.Sprintf("place-%d", n%10), Kind: contrechamp.KindPlace, Name: fmt.Sprintf("Valbrune-%d", n%10)}
	words := fmt.Sprintf("La ville compte %d caméras.", n+2)
	text := contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: now, Body: words, Language: "fr",
		Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{End: len(words)}, Role: contrechamp.RoleBody, Language: "fr"}}}
	c := contrechamp.Claim{Document: d, About: []contrechamp.EntityRef{town.Ref()}, Predicate: contrechamp.DeviceCount,
		Value: contrechamp.Value{Number: float64(n + 2), Unit: "camera", Qualifier: contrechamp.Exactly}, Modality: contrechamp.Asserted,
		Quote: contrechamp.Quote{Exact: words, End: len(words)}, Rule: "sample", State: contrechamp.Proposed, ProposedAt: now}
	c.ID = contrechamp.ClaimID(c)
	return contrechamp.Received{
		Capture:  contrechamp.Capture{Digest: d, Length: int64(len(words)), MediaType: "text/plain", CapturedAt: now},
		Sighting: contrechamp.Sighting{Capture: d, Name: fmt.Sprintf("a%d.txt", n), Path: fmt.Sprintf("press/a%d.txt", n), CapturedAt: now},
	}, contrechamp.Reading{Text: text, Claims: []contrechamp.Claim{c}, Entities: []contrechamp.Entity{town}}
}

func saveArticle(t testing.TB, s *Database, n int) {
	t.Helper()
	received, reading := article(n)
	if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveReading(t.Context(), reading); err != nil {
		t.Fatal(err)
	}
}

func TestOpenReadOnlyWithoutDatabase(t *testing.T) {
	for name, dir := range map[string]string{"no folder": filepath.Join(t.TempDir(), "none"), "an empty folder": t.TempDir()} {
		o := testOptions(dir)
		o.ReadOnly = true
		_, err := Open(t.Context(), o)
		if !errors.Is(err, contrechamp.ErrNotFound) || !strings.Contains(contrechamp.Hint(err), "add") {
			t.Errorf("%s: got %v with the hint %q, want %v and how to add", name, err, contrechamp.Hint(err), contrechamp.ErrNotFound)
		}
	}
}

func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	o := testOptions(dir)
	o.Verb = "serve"
	first := openTest(t, o)
	_, err := Open(t.Context(), testOptions(dir))
	if !errors.Is(err, contrechamp.ErrConflict) || !strings.Contains(err.Error(), fmt.Sprintf("process %d: serve", os.Getpid())) || contrechamp.Hint(err) == "" {
		t.Errorf("a second writer: got %v with the hint %q, want %v naming the first", err, contrechamp.Hint(err), contrechamp.ErrConflict)
	}
	o.ReadOnly = true
	beside := openTest(t, o)
	if _, err := beside.Figures(t.Context()); err != nil {
		t.Errorf("a reader beside it: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	openTest(t, testOptions(dir)) // a reader holds no lock
}

func TestSettings(t *testing.T) {
	s := openTest(t, testOptions(t.TempDir()))
	for _, tt := range []struct {
		db           *sql.DB
		pragma, want string
	}{
		{s.writer, "journal_mode", "wal"}, {s.writer, "synchronous", "2"}, {s.writer, "foreign_keys", "1"}, {s.writer, "query_only", "0"},
		{s.writer, "mmap_size", "0"}, {s.writer, "busy_timeout", "10000"},
		{s.readers.DB, "journal_mode", "wal"}, {s.readers.DB, "query_only", "1"}, {s.readers.DB, "mmap_size", "0"},
	} {
		var got string
		if err := tt.db.QueryRow("PRAGMA " + tt.pragma).Scan(&got); err != nil || got != tt.want {
			t.Errorf("%s: got %s, %v, want %s", tt.pragma, got, err, tt.want)
		}
	}
	loose, err := column[string](t.Context(), s.readers, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range loose {
		if !strings.HasPrefix(name, "river_") && !strings.HasPrefix(name, "sqlite_") && name != "goose_db_version" {
			t.Errorf("table %s is not STRICT", name)
		}
	}
}

func TestOtherSchemas(t *testing.T) {
	set := func(t *testing.T, dir string, version string) {
		t.Helper()
		db, err := sql.Open("sqlite", source(filepath.Join(dir, databaseFile), true))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec("PRAGMA user_version = " + version); err != nil {
			t.Fatal(err)
		}
	}
	for _, readOnly := range []bool{false, true} {
		dir := made(t)
		o := testOptions(dir)
		o.ReadOnly = readOnly
		set(t, dir, "99007")
		_, err := Open(t.Context(), o)
		if !errors.Is(err, contrechamp.ErrConflict) || !strings.Contains(err.Error(), "newer") || contrechamp.Hint(err) == "" {
			t.Errorf("newer tables, read only %t: got %v with the hint %q", readOnly, err, contrechamp.Hint(err))
		}
		set(t, dir, "1000")
		_, err = Open(t.Context(), o)
		if readOnly && (!errors.Is(err, contrechamp.ErrConflict) || !strings.Contains(err.Error(), "older") || contrechamp.Hint(err) == "") {
			t.Errorf("older tables, read only: got %v with the hint %q", err, contrechamp.Hint(err))
		}
		if !readOnly && err != nil {
			t.Errorf("older tables are not renewed: %v", err)
		}
	}
}

// TestDamagedDatabase damages the file in many ways. Whatever is asked then, the answer is right or says that the
// database is damaged, with a hint; nothing panics.
func TestDamagedDatabase(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(made(t), databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	damage := map[string]func(b []byte, r *rand.Rand) []byte{
		"not a database": func([]byte, *rand.Rand) []byte {
			return []byte("La ville compte 48 caméras. " + strings.Repeat("x", 5000))
		},
		"every third byte":   func(b []byte, _ *rand.Rand) []byte { return flip(b, 0, 3) },
		"the head":           func(b []byte, _ *rand.Rand) []byte { return flip(b[:100:100], 0, 1) },
		"the head flipped":   func(b []byte, _ *rand.Rand) []byte { copy(b, bytes.Repeat([]byte{7}, 100)); return b },
		"cut in the middle":  func(b []byte, _ *rand.Rand) []byte { return b[:len(b)/2] },
		"cut in a page":      func(b []byte, _ *rand.Rand) []byte { return b[:len(b)*2/3+17] },
		"all but the head":   func(b []byte, _ *rand.Rand) []byte { return flip(b, 4096, 1) },
		"noise in each page": func(b []byte, r *rand.Rand) []byte { return noise(b, r, 64) },
	}
	for name, change := range damage {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%s %d", name, seed), func(t *testing.T) {
				dir := t.TempDir()
				if err := os.WriteFile(filepath.Join(dir, databaseFile), change(bytes.Clone(whole), rand.New(rand.NewPCG(seed, 1))), 0o644); err != nil {
					t.Fatal(err)
				}
				if met := askDamaged(t, dir); met == 0 {
					t.Error("nothing was said of the damage")
				}
			})
		}
	}
}

func flip(b []byte, from, every int) []byte {
	for i := from; i < len(b); i += every {
		b[i] ^= 0x55
	}
	return b
}

// noise changes the first bytes of most pages, where SQLite keeps what a page is.
func noise(b []byte, r *rand.Rand, n int) []byte {
	for page := 4096; page+n < len(b); page += 4096 {
		for range 8 {
			b[page+r.IntN(n)] = byte(r.Uint32())
		}
	}
	return b
}

// askDamaged opens and asks, for reading and for writing, and counts the complaints.
func askDamaged(t *testing.T, dir string) (met int) {
	t.Helper()
	check := func(what string, err error) {
		t.Helper()
		if err == nil || errors.Is(err, contrechamp.ErrNotFound) {
			return
		}
		met++
		if !errors.Is(err, contrechamp.ErrAltered) || contrechamp.Hint(err) == "" {
			t.Errorf("%s: got %v with the hint %q, want %v and a hint", what, err, contrechamp.Hint(err), contrechamp.ErrAltered)
		}
	}
	for _, readOnly := range []bool{true, false} {
		o := testOptions(dir)
		o.ReadOnly = readOnly
		s, err := Open(t.Context(), o)
		check("open", err)
		if err != nil {
			continue
		}
		docs, err := s.Documents(t.Context(), contrechamp.DocumentFilter{})
		check("documents", err)
		for _, d := range docs {
			_, err := s.Text(t.Context(), d.Digest)
			check("text", err)
		}
		_, err = s.Claims(t.Context(), contrechamp.ClaimFilter{})
		check("claims", err)
		_, err = s.EntityLines(t.Context(), contrechamp.EntityFilter{})
		check("entities", err)
		_, err = s.Figures(t.Context())
		check("figures", err)
		_, _, err = s.Find(t.Context(), contrechamp.Query{Terms: []contrechamp.Term{{Words: [][]string{{"ville", "vill"}}}}})
		check("search", err)
		if !readOnly {
			received, reading := article(1000)
			_, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received})
			check("record", err)
			check("save", s.SaveReading(t.Context(), reading))
		}
		s.Close() // a damaged database may not close in good order
	}
	return met
}
