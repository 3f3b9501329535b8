package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"strings"
)

// table is one of the register's tables as it is copied: the key first, in the order in which rows are compared.
type table struct {
	name    string
	key     int // how many of the columns are the key
	columns []string
	wide    bool // its rows hold whole texts: few are read at a time
}

// tables are all that a register is, those that others refer to first. The search index and the queue are made again
// from them. A test compares this list with the database.
var tables = []table{
	{"capture", 1, []string{"digest", "length", "media_type", "captured_at", "state", "reason", "name", "path", "seen_at", "sightings", "reading"}, false},
	{"sighting", 4, []string{"capture", "path", "modified_at", "exchange", "name", "captured_at", "container", "status", "final", "said_type", "truncated"}, false},
	{"absence", 2, []string{"address", "happened_at", "kind", "status", "final", "exchange", "length"}, false},
	{"reading", 1, []string{"id", "capture", "reader", "read_at", "title", "author", "publisher", "published", "published_from", "language", "quality", "notes", "paragraphs", "body", "origin", "layers"}, true},
	{"entity", 1, []string{"id", "kind", "claims", "documents", "body"}, false},
	{"entity_name", 2, []string{"name", "entity"}, false},
	{"claim", 1, []string{"id", "document", "predicate", "state", "note", "proposed_at", "published", "start", "body", "modality"}, false},
	{"claim_entity", 3, []string{"entity", "role", "claim"}, false},
	{"decision", 2, []string{"claim", "turn", "state", "note", "decided_by", "decided_at"}, false},
	{"leaf", 2, []string{"subject", "hash", "at", "body", "salt", "log_index"}, false},
	{"disagreement", 2, []string{"subject", "id", "published", "proposed_at", "body"}, false},
	{"likeness", 2, []string{"band", "number"}, false},
	{"original", 1, []string{"capture", "original", "unsorted", "number", "sketch"}, false},
	{"stale_subject", 1, []string{"subject", "changes", "put"}, false},
	{"withholding", 1, []string{"capture", "ground", "reason", "dated", "withheld_by", "withheld_at", "claims", "erased"}, false},
	{"withheld_bytes", 1, []string{"digest", "capture"}, false},
	{"contribution", 1, []string{"capture", "received_at", "state", "decided_by", "decided_at", "body"}, false},
	{"camera_import", 2, []string{"area", "as_of", "name", "imported_at", "changes", "cameras"}, false},
	{"camera", 1, []string{"id", "kind", "operator", "operator_name", "maker", "maker_name", "area", "first_seen", "last_confirmed", "removed", "body"}, false},
	{"camera_event", 2, []string{"camera", "turn", "kind", "happened_at", "body"}, false},
	{"camera_area", 2, []string{"area", "camera", "seen"}, false},
	{"mapped_place", 1, []string{"id", "body"}, false},
	{"mapped_place_name", 2, []string{"name", "place"}, false},
	{"camera_place", 2, []string{"place", "camera"}, false},
}

// page is how many rows are read at a time.
func (t table) page() int {
	if t.wide {
		return 50
	}
	return 1000
}

// keys writes the key's columns: "a, b".
func (t table) keys() string { return strings.Join(t.columns[:t.key], ", ") }

// read answers the rows whose keys come after one, in order, at most as many as a page; those up to another key when
// it is given.
func (t table) read(ctx context.Context, from asker, after, to []any) ([][]any, error) {
	query := fmt.Sprintf("SELECT %s FROM %s", strings.Join(t.columns, ", "), t.name)
	var where []string
	var given []any
	bound := func(operator string, key []any) {
		if key != nil {
			where = append(where, fmt.Sprintf("(%s) %s (%s)", t.keys(), operator, list(len(given)+1, t.key)))
			given = append(given, key...)
		}
	}
	bound(">", after)
	bound("<=", to)
	if len(where) > 0 {
		query += " WHERE " + strings.Join(where, " AND ")
	}
	query += " ORDER BY " + t.keys()
	if to == nil {
		query += fmt.Sprintf(" LIMIT %d", t.page())
	}
	var out [][]any
	err := rows(ctx, from, func(r *sql.Rows) error {
		row := make([]any, len(t.columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		out = append(out, row)
		return nil
	}, query, given...)
	return out, err
}

// each calls f for every page of the table's rows, in order.
func (t table) each(ctx context.Context, from asker, f func(page [][]any) error) error {
	var after []any
	for {
		page, err := t.read(ctx, from, after, nil)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		if err := f(page); err != nil {
			return err
		}
		after = page[len(page)-1][:t.key]
	}
}

// upsert writes a row over one with the same key.
func (t table) upsert() string {
	query := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO ", t.name, strings.Join(t.columns, ", "), list(1, len(t.columns)), t.keys())
	if t.key == len(t.columns) {
		return query + "NOTHING"
	}
	var set []string
	for _, c := range t.columns[t.key:] {
		set = append(set, c+" = excluded."+c)
	}
	return query + "UPDATE SET " + strings.Join(set, ", ")
}

func (t table) count(ctx context.Context, from asker) (int64, error) {
	var n int64
	err := one(ctx, from, "SELECT COUNT(*) FROM "+t.name, nil, &n)
	return n, err
}

// sum is a digest of a table's rows, in order, the same on every engine.
type sum struct {
	hash hash.Hash
	rows int64
}

func newSum() *sum { return &sum{hash: sha256.New()} }

func (s *sum) add(page [][]any) error {
	for _, row := range page {
		s.rows++
		for _, v := range row {
			if err := s.value(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// value writes a value so that no two rows are written alike: its kind, its length, itself.
func (s *sum) value(v any) error {
	switch v := v.(type) {
	case nil:
		fmt.Fprint(s.hash, "n")
	case int64:
		fmt.Fprintf(s.hash, "i%d;", v)
	case float64:
		fmt.Fprintf(s.hash, "f%x;", math.Float64bits(v))
	case string:
		fmt.Fprintf(s.hash, "t%d;%s", len(v), v)
	default:
		return fmt.Errorf("a value of the kind %T", v)
	}
	return nil
}

func (s *sum) String() string { return hex.EncodeToString(s.hash.Sum(nil)) }
