package store

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// secrets are words that only the withheld document has, as its text, its claims, its title and its names have them.
var secrets = []string{"Zanthoxylum", "zanthoxylum", "Quetzalcourt", "quetzalcourt", "xylographe", "jaboticaba", "wqzvkeeper", "prog-wyvernal", "wyvernal"}

// secret puts a document with the secrets in a register, reads it twice, and has a person decide on it.
func secret(t *testing.T, p Place) contrechamp.Digest {
	t.Helper()
	ctx := t.Context()
	captured := []byte("<p>Zanthoxylum, Quetzalcourt, xylographe")
	d, n, err := p.Blobs.Put(ctx, bytes.NewReader(captured), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	r := contrechamp.Received{Capture: contrechamp.Capture{Digest: d, Length: n, MediaType: "text/html", CapturedAt: at},
		Sighting: contrechamp.Sighting{Capture: d, Name: "jaboticaba.html", Path: "press/jaboticaba.html", CapturedAt: at}}
	if _, err := p.Store.RecordCaptures(ctx, []contrechamp.Received{r}); err != nil {
		t.Fatal(err)
	}
	_, other := article(1)
	wyvernal := contrechamp.Entity{ID: "prog-wyvernal", Kind: contrechamp.KindProgramme, Name: "Wyvernal", Source: "document"}
	var id string
	for _, reader := range []string{"html/1", "html/2"} {
		body := "Zanthoxylum\n\nQuetzalcourt a loué 77 caméras au programme Wyvernal, dit le xylographe. " + strings.Repeat("Rien d'autre. ", 40)
		text := contrechamp.Text{Capture: d, Reader: reader, ReadAt: at, Body: body, Title: "Zanthoxylum", Author: "wqzvkeeper", Language: "fr",
			Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{End: 11}, Role: contrechamp.RoleTitle, Language: "fr"}, {Span: contrechamp.Span{Start: 13, End: len(body)}, Role: contrechamp.RoleBody, Language: "fr"}},
			Sketch:     []uint64{1, 2, 3}}
		reading := contrechamp.Reading{Text: text, Entities: append([]contrechamp.Entity{wyvernal}, other.Entities...)}
		for _, about := range []contrechamp.Entity{wyvernal, other.Entities[0]} {
			start := strings.Index(body, "Quetzalcourt a loué")
			q, err := contrechamp.QuoteAt(body, contrechamp.Span{Start: start, End: start + 25})
			if err != nil {
				t.Fatal(err)
			}
			c := contrechamp.Claim{Document: d, About: []contrechamp.EntityRef{about.Ref()}, Predicate: contrechamp.DeviceCount, Value: contrechamp.Value{Number: 77, Unit: "camera", Qualifier: contrechamp.Exactly},
				Modality: contrechamp.Asserted, Speaker: &contrechamp.Speaker{Names: []string{"the xylographe"}}, Quote: q, Rule: reader, Confidence: 0.5, ProposedAt: at}
			c.ID = contrechamp.ClaimID(c)
			id = c.ID
			reading.Claims = append(reading.Claims, c)
		}
		if err := p.Store.SaveReading(ctx, reading); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Store.Decide(ctx, []contrechamp.Decision{{Claim: id, State: contrechamp.Accepted, Note: "the xylographe says so", By: "a", At: at}}); err != nil {
		t.Fatal(err)
	}
	return d
}

func withholdNow(t *testing.T, p Place, d contrechamp.Digest) {
	t.Helper()
	if _, err := p.Store.Withhold(t.Context(), contrechamp.Withholding{Capture: d, Ground: contrechamp.OnRequest, Reason: "the person asked", By: "a", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
}

// found answers which secrets stand in some files.
func found(t *testing.T, files ...string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range secrets {
			if bytes.Contains(b, []byte(s)) {
				out[s] = append(out[s], filepath.Base(path))
			}
		}
	}
	return out
}

func filesOf(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNothingIsLeft: no file of a data folder has a word of what is withheld, while the register is open.
func TestNothingIsLeft(t *testing.T) {
	at := inFolder(t)
	p := at.open(t, false, false)
	fill(t, p, 30)
	d := secret(t, p)
	fill(t, p, 60) // more segments of the search index after it
	if before := found(t, filesOf(t, at.options.Dir)...); len(before) < len(secrets)-1 {
		t.Fatalf("only %v are found before: the test looks for the wrong words", before)
	}
	withholdNow(t, p, d)
	if n, err := p.Store.EraseWithheld(t.Context(), p.Blobs); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if after := found(t, filesOf(t, at.options.Dir)...); len(after) > 0 {
		t.Errorf("still found: %v", after)
	}
	_, stems := word.Index("caméras", "fr")
	_, total, err := p.Store.Find(t.Context(), contrechamp.Query{Terms: []contrechamp.Term{{Words: [][]string{stems}}}, Limit: 100})
	if err != nil || total == 0 {
		t.Errorf("the others are found no more: %d, %v", total, err)
	}
}

// TestNothingIsLeftOnAServer: no file of a table has a word of what is withheld.
func TestNothingIsLeftOnAServer(t *testing.T) {
	at := onServer(t)
	p := at.open(t, false, false)
	fill(t, p, 20)
	d := secret(t, p)
	tables := func() (files []string) {
		var dir string
		ask := func(query string, into any, given ...any) {
			t.Helper()
			if err := p.Store.writer.QueryRowContext(t.Context(), query, given...).Scan(into); err != nil {
				t.Fatalf("%s: %v", query, err)
			}
		}
		if _, err := p.Store.writer.ExecContext(t.Context(), `CHECKPOINT`); err != nil {
			t.Fatal(err)
		}
		ask(`SHOW data_directory`, &dir)
		rows, err := p.Store.writer.QueryContext(t.Context(), `SELECT pg_relation_filepath(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'i', 't') AND n.nspname IN ('public', 'pg_toast') AND pg_relation_filepath(c.oid) IS NOT NULL`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var path string
			if err := rows.Scan(&path); err != nil {
				t.Fatal(err)
			}
			files = append(files, filepath.Join(dir, path))
		}
		return files
	}
	if before := found(t, tables()...); len(before) < 5 {
		t.Fatalf("only %v are found before: the test looks in the wrong files", before)
	}
	withholdNow(t, p, d)
	if n, err := p.Store.EraseWithheld(t.Context(), p.Blobs); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if after := found(t, tables()...); len(after) > 0 {
		t.Errorf("still found: %v", after)
	}
}

// TestErasingIsFinishedLater: a program that dies after the words are gone and before the bytes are leaves the rest to the next.
func TestErasingIsFinishedLater(t *testing.T) {
	at := inFolder(t)
	p := at.open(t, false, false)
	d := secret(t, p)
	withholdNow(t, p, d)
	p.Store.beforeWrite = func() error { return fmt.Errorf("injected: %w", contrechamp.ErrUnavailable) }
	if _, err := p.Store.EraseWithheld(t.Context(), p.Blobs); err == nil {
		t.Fatal("erased though the disk failed")
	}
	if w, err := p.Store.Withholding(t.Context(), d); err != nil || w.Erased {
		t.Fatal(w, err)
	}
	if err := p.Store.Close(); err != nil {
		t.Fatal(err)
	}
	p = at.open(t, false, false)
	if n, err := p.Store.EraseWithheld(t.Context(), p.Blobs); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if after := found(t, filesOf(t, at.options.Dir)...); len(after) > 0 {
		t.Errorf("still found: %v", after)
	}
}

// TestScrubBesideAReader: a program that reads at the moment keeps the log from being cut; it is said, and done later.
func TestScrubBesideAReader(t *testing.T) {
	at := inFolder(t)
	p := at.open(t, false, false)
	d := secret(t, p)
	beside := at.open(t, true, false)
	reading, err := beside.Store.readers.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := reading.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM claim").Scan(&n); err != nil {
		t.Fatal(err)
	}
	withholdNow(t, p, d)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err = p.Store.EraseWithheld(ctx, p.Blobs)
	if contrechamp.Hint(err) == "" {
		t.Fatalf("erased beside a reader: %v", err)
	}
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	if n, err := p.Store.EraseWithheld(ctx, p.Blobs); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if after := found(t, filesOf(t, at.options.Dir)...); len(after) > 0 {
		t.Errorf("still found: %v", after)
	}
}

// TestCopyOfWhatIsWithheld: a copy has that it is withheld, and nothing else of it; also one that was begun before.
func TestCopyOfWhatIsWithheld(t *testing.T) {
	old, place := inFolder(t), inFolder(t)
	p := old.open(t, false, false)
	fill(t, p, 10)
	d := secret(t, p)
	ended, cancel := context.WithCancel(t.Context())
	to := place.open(t, false, true)
	if _, err := Copy(ended, p, to, func(part string, done, _ int64) {
		if part == "claim" {
			cancel()
		}
	}); err == nil {
		t.Fatal("the copy was not interrupted")
	}
	if before := found(t, filesOf(t, place.options.Dir)...); len(before) == 0 {
		t.Fatal("the copy was interrupted too early")
	}
	withholdNow(t, p, d)
	if _, err := p.Store.EraseWithheld(t.Context(), p.Blobs); err != nil {
		t.Fatal(err)
	}
	if copied, err := Copy(t.Context(), p, to, nil); err != nil || !copied.Resumed {
		t.Fatal(copied, err)
	}
	if w, err := to.Store.Withholding(t.Context(), d); err != nil || w.Reason != "the person asked" {
		t.Error(w, err)
	}
	if after := found(t, filesOf(t, place.options.Dir)...); len(after) > 0 {
		t.Errorf("still found in the copy: %v", after)
	}
	fresh := onServer(t)
	if _, err := Copy(t.Context(), p, fresh.open(t, false, true), nil); err != nil {
		t.Fatal(err)
	}
}
