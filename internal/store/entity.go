package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

const (
	upsertEntity = `INSERT INTO entity (id, kind, claims, documents, body) VALUES ($1, $2, 0, 0, $3)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, body = excluded.body`
	insertEntityName = `INSERT INTO entity_name (name, entity) VALUES ($1, $2) ON CONFLICT (name, entity) DO NOTHING`
	// how many of a document's proposed and accepted claims are about each entity
	selectCounts = `SELECT e.entity, COUNT(*) FROM claim c JOIN claim_entity e ON e.claim = c.id AND e.role = 'about'
		WHERE c.document = $1 AND c.state IN ('proposed', 'accepted') GROUP BY e.entity`
	addCounts = `UPDATE entity SET claims = claims + $2, documents = documents + $3 WHERE id = $1`

	selectLines = `SELECT e.id, e.body, e.claims, e.documents, (SELECT COUNT(*) FROM disagreement d WHERE d.subject = e.id) FROM entity e `
	mostClaims  = ` ORDER BY e.claims DESC, e.id`
)

// saveEntities keeps the entities of a reading whole. Names that an entity was known by before still find it.
func saveEntities(ctx context.Context, t tx, r contrechamp.Reading) error {
	given := map[string]string{}
	var ids []string
	for _, e := range r.Entities {
		if e.ID == "" {
			return fmt.Errorf("an entity without an ID: %w", contrechamp.ErrInvalid)
		}
		body, err := pack(e)
		if err != nil {
			return fmt.Errorf("entity %s: %w", e.ID, err)
		}
		given[e.ID] = body
	}
	named := map[string]bool{}
	for _, c := range r.Claims {
		for _, a := range c.About {
			named[a.ID] = true
		}
		if c.Value.Entity != nil {
			named[c.Value.Entity.ID] = true
		}
	}
	for id := range given {
		named[id] = true
	}
	for id := range named {
		ids = append(ids, id)
	}
	stored, err := entityBodies(ctx, t, ids)
	if err != nil {
		return err
	}
	for id := range named {
		if given[id] == "" && stored[id] == "" {
			return fmt.Errorf("a claim names %q, which is not among the reading's entities: %w", id, contrechamp.ErrInvalid)
		}
	}
	// in the order of their IDs: others who save the same ones wait for each other and never in a circle
	for _, e := range slices.SortedFunc(slices.Values(r.Entities), func(a, b contrechamp.Entity) int { return strings.Compare(a.ID, b.ID) }) {
		if stored[e.ID] == given[e.ID] {
			continue
		}
		stored[e.ID] = given[e.ID]
		if err := saveEntity(ctx, t, e, given[e.ID]); err != nil {
			return fmt.Errorf("entity %s: %w", e.ID, err)
		}
	}
	return nil
}

func saveEntity(ctx context.Context, t tx, e contrechamp.Entity, body string) error {
	if _, err := t.exec(ctx, upsertEntity, e.ID, string(e.Kind), body); err != nil {
		return err
	}
	for _, name := range e.Ref().Names {
		key := word.Key(name)
		if key == "" {
			continue
		}
		if _, err := t.exec(ctx, insertEntityName, key, e.ID); err != nil {
			return err
		}
	}
	return nil
}

func entityBodies(ctx context.Context, from asker, ids []string) (map[string]string, error) {
	out := make(map[string]string, len(ids))
	for i := 0; i < len(ids); i += batch {
		part := ids[i:min(i+batch, len(ids))]
		err := rows(ctx, from, func(r *sql.Rows) error {
			var id, body string
			if err := r.Scan(&id, &body); err != nil {
				return err
			}
			out[id] = body
			return nil
		}, "SELECT id, body FROM entity WHERE id IN ("+list(1, len(part))+")", args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// count keeps how many claims and documents an entity has while a document's claims change: what they were before
// is taken off, what they are after is added, so that lists need not count.
type count struct {
	document string
	before   map[string]int
}

func startCount(ctx context.Context, t tx, document string) (count, error) {
	before, err := countsOf(ctx, t, document)
	return count{document, before}, err
}

func (c count) finish(ctx context.Context, t tx) error {
	after, err := countsOf(ctx, t, c.document)
	if err != nil {
		return err
	}
	ids := slices.Collect(maps.Keys(c.before))
	for id := range after {
		if _, known := c.before[id]; !known {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids) // in one order, as in saveEntities
	for _, id := range ids {
		was, before := c.before[id]
		is, still := after[id]
		documents := 0
		switch {
		case before && !still:
			documents = -1
		case still && !before:
			documents = 1
		}
		if is == was && documents == 0 {
			continue
		}
		if _, err := t.exec(ctx, addCounts, id, is-was, documents); err != nil {
			return err
		}
	}
	return nil
}

func countsOf(ctx context.Context, t tx, document string) (map[string]int, error) {
	out := map[string]int{}
	return out, rows(ctx, t, func(r *sql.Rows) error {
		var id string
		var n int
		if err := r.Scan(&id, &n); err != nil {
			return err
		}
		out[id] = n
		return nil
	}, selectCounts, document)
}

// Entity implements contrechamp.Entities.
func (s *Database) Entity(ctx context.Context, id string) (contrechamp.Entity, error) {
	lines, err := entityLines(ctx, s.readers, "WHERE e.id = $1", id)
	if err == nil && len(lines) == 0 {
		err = contrechamp.ErrNotFound
	}
	if err != nil {
		return contrechamp.Entity{}, failed(ctx, fmt.Sprintf("entity %q", id), err)
	}
	return lines[0].Entity, nil
}

// EntitiesNamed implements contrechamp.Entities.
func (s *Database) EntitiesNamed(ctx context.Context, name string) ([]contrechamp.EntityLine, error) {
	lines, err := entityLines(ctx, s.readers, "WHERE e.id = $1 OR e.id IN (SELECT entity FROM entity_name WHERE name = $2)"+mostClaims,
		name, word.Key(name))
	return lines, failed(ctx, fmt.Sprintf("entities named %q", name), err)
}

// EntityLines implements contrechamp.Entities.
func (s *Database) EntityLines(ctx context.Context, f contrechamp.EntityFilter) ([]contrechamp.EntityLine, error) {
	rest, given := "WHERE e.claims > 0", []any(nil)
	if f.Kind != "" {
		rest, given = rest+" AND e.kind = $1", []any{string(f.Kind)}
	}
	rest, given = page(rest+mostClaims, given, f.Limit, f.Offset)
	lines, err := entityLines(ctx, s.readers, rest, given...)
	return lines, failed(ctx, "list entities", err)
}

func entityLines(ctx context.Context, from asker, rest string, given ...any) ([]contrechamp.EntityLine, error) {
	var out []contrechamp.EntityLine
	err := rows(ctx, from, func(r *sql.Rows) error {
		var l contrechamp.EntityLine
		var id, body string
		if err := r.Scan(&id, &body, &l.Claims, &l.Documents, &l.Disagreements); err != nil {
			return err
		}
		if err := unpack("entity "+id, body, &l.Entity); err != nil {
			return err
		}
		out = append(out, l)
		return nil
	}, selectLines+rest, given...)
	return out, err
}
