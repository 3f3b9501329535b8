package verify_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

// places is how many random places are damaged.
const places = 1000

// bound are the columns that are compared with something. Others hold what is counted, found out or shown, and can be computed anew.
var bound = map[string][]string{
	"sighting": {"capture", "path", "modified_at", "exchange", "name", "captured_at", "container"},
	"capture":  {"digest", "length", "captured_at", "name", "path", "seen_at", "sightings", "reading"},
	"reading":  {"id", "capture", "reader", "body"},
	"claim":    {"id", "document", "predicate", "state", "note", "quote"},
	"decision": {"claim", "state", "note", "decided_by", "decided_at"},
	"leaf":     {"subject", "hash", "at", "body", "salt", "log_index"},
	"absence":  {"address", "happened_at", "kind", "status", "final", "exchange", "length"},
}

// TestOneBitIsFound changes one bit in a random place of blobs, tiles, bundles, checkpoints, keys and rows, and looks
// whether the check finds it; a thousand times.
func TestOneBitIsFound(t *testing.T) {
	if testing.Short() {
		testenv.Skip(t, "a thousand whole checks: run without -short")
	}
	r := newRegister(t)
	r.fill(t)
	report := r.mustHold(t)
	if report.Leaves < 256 || report.Quotes != 8 || report.Located != 8 || report.Log.Keys != 2 || report.Decisions != 5 || report.Exchanges != 14 {
		t.Fatalf("the register is not what the test needs: %+v", report)
	}
	db, err := sql.Open("sqlite", filepath.Join(r.dir, "contrechamp.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // of a test
	files := filesOf(t, r)
	random := rand.New(rand.NewPCG(1, 2))
	met := map[string]int{}
	for n := range places {
		var what string
		var restore func()
		if n%2 == 0 {
			what, restore = flipFile(t, random, r, files)
		} else {
			what, restore = flipRow(t, random, db)
		}
		met[strings.SplitN(what, " ", 2)[0]]++
		report, err := r.verify(t.Context())
		if err == nil && report.Holds {
			t.Errorf("place %d, %s: one bit was changed, and the check says that the register holds", n, what)
		}
		restore()
		if n%100 == 99 {
			r.mustHold(t) // what was damaged was put back
		}
	}
	t.Logf("places: %v", met)
}

// filesOf lists what is not a row: bytes and the log.
func filesOf(t *testing.T, r *register) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, root := range []string{filepath.Join(r.dir, "blobs"), r.folder()} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if info, err := e.Info(); err != nil || info.Size() == 0 {
				return err
			}
			kind := "blobs"
			if root == r.folder() {
				rel, err := filepath.Rel(root, path)
				if err != nil {
					return err
				}
				kind = strings.SplitN(filepath.ToSlash(rel), "/", 3)[0]
				if strings.HasPrefix(filepath.ToSlash(rel), "tile/entries") {
					kind = "entries"
				}
			}
			out[kind] = append(out[kind], path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []string{"blobs", "tile", "entries", "checkpoint", "checkpoints", "keys", ".state"} {
		if len(out[kind]) == 0 {
			t.Fatalf("there is no file of the kind %s", kind)
		}
	}
	return out
}

func flipFile(t *testing.T, random *rand.Rand, r *register, files map[string][]string) (what string, restore func()) {
	t.Helper()
	kinds := []string{"blobs", "tile", "entries", "checkpoint", "checkpoints", "keys", ".state"}
	kind := kinds[random.IntN(len(kinds))]
	path := files[kind][random.IntN(len(files[kind]))]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(whole)
	at, bit := random.IntN(len(damaged)), random.IntN(8)
	damaged[at] ^= 1 << bit
	write := func(b []byte) {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(damaged)
	return fmt.Sprintf("%s %s, byte %d, bit %d", kind, filepath.Base(path), at, bit), func() { write(whole) }
}

func flipRow(t *testing.T, random *rand.Rand, db *sql.DB) (what string, restore func()) {
	t.Helper()
	tables := []string{"sighting", "capture", "reading", "claim", "decision", "leaf", "absence"}
	table := tables[random.IntN(len(tables))]
	column := bound[table][random.IntN(len(bound[table]))]
	name := column
	if column == "quote" {
		name = "body"
	}
	var row int64
	var value any
	where := fmt.Sprintf("FROM %s WHERE %s IS NOT NULL AND %s <> ''", table, name, name)
	var rows int
	if err := db.QueryRow("SELECT COUNT(*) " + where).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	if rows == 0 { // a column that is empty everywhere
		return flipRow(t, random, db)
	}
	if err := db.QueryRow(fmt.Sprintf("SELECT rowid, %s %s ORDER BY rowid LIMIT 1 OFFSET %d", name, where, random.IntN(rows))).Scan(&row, &value); err != nil {
		t.Fatalf("%s.%s: %v", table, column, err)
	}
	var damaged any
	at := 0
	switch v := value.(type) {
	case int64:
		damaged = v ^ 1<<random.IntN(48)
	case string:
		b := []byte(v)
		from, to := 0, len(b)
		if column == "quote" {
			from = bytes.Index(b, []byte(`"Quote":`)) + len(`"Quote":{"exact":"`)
			to = bytes.Index(b, []byte(`,"Rule":`))
		}
		at = from + random.IntN(to-from)
		b[at] ^= 1 << random.IntN(7)
		damaged = string(b)
		if column == "quote" && sameJSON(v, string(b)) {
			return flipRow(t, random, db) // another way to write the same, such as a name in capitals
		}
	default:
		t.Fatalf("%s.%s is %T", table, column, value)
	}
	update := func(v any) error {
		_, err := db.Exec(fmt.Sprintf("UPDATE %s SET %s = ? WHERE rowid = ?", table, name), v, row)
		return err
	}
	if err := update(damaged); err != nil {
		return flipRow(t, random, db) // there is such a row already: the database takes it for no other
	}
	return fmt.Sprintf("%s column %s of row %d, byte %d: %v", table, column, row, at, damaged), func() {
		if err := update(value); err != nil {
			t.Fatalf("%s.%s: %v", table, column, err)
		}
	}
}

// sameJSON reports whether two texts of a claim's row have the same quote: names of fields are read in any case.
func sameJSON(a, b string) bool {
	type row struct{ Quote contrechamp.Quote }
	var x, y row
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && x == y
}
