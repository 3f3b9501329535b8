package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

const (
	insertEntity     = `INSERT INTO entity (id, kind, claims, documents, body) VALUES ($1, $2, 0, 0, $3) ON CONFLICT (id) DO NOTHING`
	updateEntity     = `UPDATE entity SET kind = $2, body = $3 WHERE id = $1`
	insertEntityName = `INSERT INTO entity_name (name, entity) VALUES ($1, $2) ON CONFLICT (name, entity) DO NOTHING`
	// how many of a document's proposed and accepted claims are about each entity
	selectCounts = `SELECT e.entity, COUNT(*) FROM claim c JOIN claim_entity e ON e.claim = c.id AND e.role = 'about'
		WHERE c.document = $1 AND c.state IN ('proposed', 'accepted') GROUP BY e.entity`
	addCounts = `UPDATE entity SET claims = claims + $2, documents = documents + $3 WHERE id = $1`

	selectLines = `SELECT e.id, e.body, e.claims, e.documents, (SELECT COUNT(*) FROM disagreement d WHERE d.subject = e.id) FROM entity e `
	mostClaims  = ` ORDER BY e.claims DESC, e.id`
)

// saveEntities keeps the entities of readings whole, and locks them with those whose counts will change. Names that an
// entity was known by before still find it.
func saveEntities(ctx context.Context, t tx, rs []contrechamp.Reading, counts []count) error {
	given := map[string]contrechamp.Entity{}
	named := map[string]bool{}
	for _, r := range rs {
		for _, e := range r.Entities {
			if e.ID == "" {
				return fmt.Errorf("an entity without an ID: %w", contrechamp.ErrInvalid)
			}
			given[e.ID], named[e.ID] = e, true
		}
		for _, c := range r.Claims {
			for _, a := range c.About {
				named[a.ID] = true
			}
			if c.Value.Entity != nil {
				named[c.Value.Entity.ID] = true
			}
		}
	}
	for _, c := range counts {
		for id := range c.before {
			named[id] = true
		}
	}
	ids := slices.Sorted(maps.Keys(named))
	stored, err := entityBodies(ctx, t, ids)
	if err != nil {
		return err
	}
	// Others who save the same ones wait for each other and never in a circle: first all that are new, then all, each
	// in the order of their IDs.
	bodies := map[string]string{}
	for _, id := range ids {
		e, whole := given[id]
		if !whole {
			if stored[id] == "" {
				return fmt.Errorf("a claim names %q, which is not among the reading's entities: %w", id, contrechamp.ErrInvalid)
			}
			continue
		}
		if bodies[id], err = pack(e); err != nil {
			return fmt.Errorf("entity %s: %w", id, err)
		}
		if stored[id] == "" {
			if _, err := t.exec(ctx, insertEntity, id, string(e.Kind), bodies[id]); err != nil {
				return fmt.Errorf("entity %s: %w", id, err)
			}
		}
	}
	if err := lockEntities(ctx, t, ids); err != nil {
		return err
	}
	for _, id := range ids {
		if e, whole := given[id]; whole && stored[id] != bodies[id] {
			if err := saveEntity(ctx, t, e, bodies[id]); err != nil {
				return fmt.Errorf("entity %s: %w", id, err)
			}
		}
	}
	return nil
}

// lockEntities keeps others from changing entities until the commit.
func lockEntities(ctx context.Context, t tx, ids []string) error {
	lock := t.store.engine.lockRows()
	if lock == "" {
		return nil
	}
	for i := 0; i < len(ids); i += batch {
		part := ids[i:min(i+batch, len(ids))]
		if _, err := column[string](ctx, t, "SELECT c.id FROM entity c WHERE c.id IN ("+list(1, len(part))+") ORDER BY c.id"+lock, args(part)...); err != nil {
			return err
		}
	}
	return nil
}

func saveEntity(ctx context.Context, t tx, e contrechamp.Entity, body string) error {
	if _, err := t.exec(ctx, updateEntity, e.ID, string(e.Kind), body); err != nil {
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

// finishCounts adds what changed.
func finishCounts(ctx context.Context, t tx, counts []count) error {
	type change struct{ claims, documents int }
	changes := map[string]change{}
	for _, c := range counts {
		after, err := countsOf(ctx, t, c.document)
		if err != nil {
			return err
		}
		for id, was := range c.before {
			x := changes[id]
			x.claims -= was
			x.documents--
			changes[id] = x
		}
		for id, is := range after {
			x := changes[id]
			x.claims += is
			x.documents++
			changes[id] = x
		}
	}
	for _, id := range slices.Sorted(maps.Keys(changes)) { // in one order, as in saveEntities
		x := changes[id]
		if x == (change{}) {
			continue
		}
		if _, err := t.exec(ctx, addCounts, id, x.claims, x.documents); err != nil {
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
