package verify_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// TestNamed damages a register in ways that somebody might who wants to hide something, and asks that the report names it.
func TestNamed(t *testing.T) {
	for name, tt := range map[string]struct {
		rows []string                        // statements
		do   func(t *testing.T, r *register) // or something else
		want string
	}{
		"a sighting removed with its leaf": {rows: []string{
			"DELETE FROM leaf WHERE log_index = 20", "DELETE FROM sighting WHERE rowid = 5"},
			want: "log, entry 20: the register has no leaf at this place: the row of a capture was changed or removed"},
		"a whole document removed": {rows: []string{
			"DELETE FROM claim_entity", "DELETE FROM decision", "DELETE FROM claim", "DELETE FROM reading WHERE rowid = 1",
			"DELETE FROM sighting WHERE capture = (SELECT digest FROM capture WHERE rowid = 1)", "DELETE FROM capture WHERE rowid = 1"},
			want: "which has no row any more"},
		"a decision removed":     {rows: []string{"DELETE FROM decision"}, want: "it records a decision on a claim, and no row of a decision fits"},
		"a decision slipped in":  {rows: []string{"INSERT INTO decision SELECT claim, 9, 'rejected', 'x', 'eve', 1 FROM decision LIMIT 1"}, want: "no leaf records the decision of 1970-01-01 00:00:00 by eve"},
		"a sighting slipped in":  {rows: []string{"INSERT INTO sighting SELECT capture, 'elsewhere', 1, '', name, captured_at, '', 0, '', '', '' FROM sighting LIMIT 1"}, want: "met as elsewhere: no leaf records this"},
		"a leaf slipped in":      {rows: []string{"UPDATE leaf SET log_index = 5000 WHERE log_index = 3"}, want: "leaf at 5000: the log has no such entry"},
		"a state without reason": {rows: []string{"UPDATE claim SET state = 'rejected' WHERE state = 'proposed'"}, want: "it is rejected, and nobody decided that"},
		"another key":            {rows: []string{"UPDATE house SET value = '" + strangerKey + "' WHERE name = 'ledger'"}, want: "the key that signs is not among them"},
		"no key":                 {rows: []string{"DELETE FROM house WHERE name = 'ledger'"}, want: "does not know by which key"},
		"an absence removed":     {rows: []string{"DELETE FROM absence"}, want: "it records that nothing was at an address any more, and no row fits"},
		"a blob removed": {do: func(t *testing.T, r *register) {
			d := contrechamp.Sum([]byte("many")).String()
			remove(t, filepath.Join(r.dir, "blobs", d[:2], d[2:]))
		}, want: "its bytes are missing"},
		"a bundle removed": {do: func(t *testing.T, r *register) { remove(t, filepath.Join(r.folder(), "tile/entries/000")) }, want: "log, tile/entries/000: it cannot be read"},
		"the newest bundle removed": {do: func(t *testing.T, r *register) { remove(t, filepath.Join(r.folder(), "tile/entries/001.p")) },
			want: "log, tile/entries/001.p/1: it cannot be read"},
		"the newest checkpoint removed": {do: func(t *testing.T, r *register) { remove(t, filepath.Join(r.folder(), "checkpoint")) }, want: "log, checkpoint: it is missing"},
		"a stranger in the log": {do: func(t *testing.T, r *register) {
			path := filepath.Join(r.folder(), "tile/0/secret")
			write(t, path, "x")
			if err := os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}, want: "no log of this size has such a file"},
		"an earlier state forged": {do: func(t *testing.T, r *register) {
			path := filepath.Join(r.folder(), "checkpoints")
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(string(b), "\n")
			lines[6+1] += "1" // how many leaves the second one covers
			write(t, path, strings.Join(lines, "\n"))
		}, want: "checkpoints, number 2"},
		"the log put back from an older copy": {do: func(t *testing.T, r *register) {
			old := newRegister(t)
			old.meet(t, "a", 1, contrechamp.Digest{})
			old.cover(t)
			if err := os.RemoveAll(r.folder()); err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(r.folder(), os.DirFS(old.folder())); err != nil {
				t.Fatal(err)
			}
		}, want: "the log has no such entry"},
		"the log removed": {do: func(t *testing.T, r *register) { remove(t, r.folder()) }, want: "leaves are logged, and there is no log in"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegister(t)
			r.fill(t)
			r.mustHold(t)
			if tt.do != nil {
				tt.do(t, r)
			}
			db, err := sql.Open("sqlite", filepath.Join(r.dir, "contrechamp.db")+"?_pragma=busy_timeout(5000)")
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close() // of a test
			for _, statement := range tt.rows {
				done, err := db.Exec(statement)
				if err != nil {
					t.Fatal(err)
				}
				if n, err := done.RowsAffected(); err != nil || n == 0 {
					t.Fatalf("%s: %d rows, %v", statement, n, err)
				}
			}
			report, err := r.verify(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, f := range report.Findings {
				all = append(all, f.Where+": "+f.What)
			}
			if report.Holds || !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, tt.want) }) {
				t.Errorf("holds %t; want a line with %q among\n%s", report.Holds, tt.want, strings.Join(all[:min(len(all), 10)], "\n"))
			}
		})
	}
}

// strangerKey is a key that never signed the log.
var strangerKey = func() string {
	k, err := ledger.NewKey("log.example.org")
	if err != nil {
		panic(err)
	}
	return k.Public().String()
}()

func remove(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestWithheld withholds a document: its bytes and words are gone, and the register holds.
func TestWithheld(t *testing.T) {
	r := newRegister(t)
	r.fill(t)
	d := contrechamp.Sum([]byte("Document 0. La ville de Valbrune compte 48 caméras de vidéosurveillance, dit la mairie."))
	if _, err := r.store.Withhold(t.Context(), contrechamp.Withholding{Capture: d, Ground: contrechamp.ByOrder, Reason: "order of a court", By: "ana", At: time.Unix(1, 0)}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.EraseWithheld(t.Context(), r.blobs); err != nil {
		t.Fatal(err)
	}
	r.cover(t)
	if report := r.mustHold(t); report.Withheld != 1 || report.Captures != 9 {
		t.Errorf("got %+v", report)
	}
}

// TestBesideAWriter checks a register that is being written to: it holds at every moment.
func TestBesideAWriter(t *testing.T) {
	r := newRegister(t)
	r.fill(t)
	done := make(chan bool)
	go func() {
		defer close(done)
		for range 30 {
			r.meet(t, "more", 20, contrechamp.Digest{})
			r.cover(t)
		}
	}()
	for n := 0; ; n++ {
		select {
		case <-done:
			if n < 2 {
				t.Fatalf("%d checks beside the writer", n)
			}
			r.mustHold(t)
			return
		default:
			r.mustHold(t)
		}
	}
}

// TestCopyWhileItGrows copies a log that is being written to: each copy is a whole log.
func TestCopyWhileItGrows(t *testing.T) {
	r := newRegister(t)
	r.fill(t)
	done := make(chan bool)
	go func() {
		defer close(done)
		for range 12 {
			r.meet(t, "more", 60, contrechamp.Digest{})
			r.cover(t)
		}
	}()
	copies := 0
	for growing := true; growing; copies++ {
		select {
		case <-done:
			growing = false
		default:
		}
		to := ledger.Folder(t.TempDir())
		if n, err := ledger.Folder(r.folder()).CopyTo(to); err != nil || n == 0 {
			t.Fatalf("%d files, %v", n, err)
		}
		audit := ledger.Audit{Folder: to, Key: r.log.Key(), Found: func(where, what string) { t.Errorf("copy %d: %s: %s", copies, where, what) }}
		audited, err := audit.Run(t.Context())
		if err != nil || audited.Entries < 257 {
			t.Fatalf("%+v, %v", audited, err)
		}
		if n, err := ledger.Folder(r.folder()).CopyTo(to); err != nil || n == 0 { // an interrupted one goes on
			t.Fatalf("again: %d files, %v", n, err)
		}
	}
	if copies < 2 {
		t.Errorf("%d copies", copies)
	}
}
