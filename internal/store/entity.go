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
	insertEntity = `INSERT INTO entity (id, kind, claims, documents, body) VALUES ($1, $2, 0, 0, $3) ON CONFLICT (id) DO NOTHING`
	updateEntity = `UPDATE entity SET kind = $2, body = $3 WHERE id = $1`
	// how many of some documents' proposed and accepted claims are about each entity
	selectCounts = `SELECT e.entity, COUNT(*), COUNT(DISTINCT c.document) FROM claim c JOIN claim_entity e ON e.claim = c.id AND e.role = 'about'
		WHERE c.document IN %s AND c.state IN ('proposed', 'accepted') GROUP BY e.entity`
	addCount = `UPDATE entity SET claims = claims + $2, documents = documents + $3 WHERE id = $1`

	selectLines = `SELECT e.id, e.body, e.claims, e.documents, (SELECT COUNT(*) FROM disagreement d WHERE d.subject = e.id) FROM entity e `
	mostClaims  = ` ORDER BY e.claims DESC, e.id`
)

// saveEntities keeps the entities of readings whole, and locks them with those whose counts will change. Names that an
// entity was known by before still find it.
func saveEntities(ctx context.Context, t tx, rs []prepared, before counts) error {
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
	for id := range before {
		named[id] = true
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
	return inBatches(ids, func(in string, given []any) error {
		_, err := column[string](ctx, t, "SELECT c.id FROM entity c WHERE c.id IN "+in+" ORDER BY c.id"+lock, given...)
		return err
	})
}

// saveEntity brings an entity that is there up to date, with its names.
func saveEntity(ctx context.Context, t tx, e contrechamp.Entity, body string) error {
	if _, err := t.exec(ctx, updateEntity, e.ID, string(e.Kind), body); err != nil {
		return err
	}
	var names [][]any
	known := map[string]bool{}
	for _, name := range e.Ref().Names {
		if key := word.Key(name); key != "" && !known[key] {
			known[key] = true
			names = append(names, []any{key, e.ID})
		}
	}
	return insertMany(ctx, t, "entity_name", []string{"name", "entity"}, names, "", "ON CONFLICT (name, entity) DO NOTHING")
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

// counts is how many proposed and accepted claims of some documents are about an entity, and how many of the documents.
type counts map[string]tally

type tally struct{ claims, documents int }

// countsOf counts for some documents. While their claims change, what it was before is taken off and what it is after
// is added, so that lists need not count.
func countsOf(ctx context.Context, t tx, digests []string) (counts, error) {
	out := counts{}
	return out, inBatches(digests, func(in string, given []any) error {
		return rows(ctx, t, func(r *sql.Rows) error {
			var id string
			var n tally
			if err := r.Scan(&id, &n.claims, &n.documents); err != nil {
				return err
			}
			was := out[id]
			out[id] = tally{was.claims + n.claims, was.documents + n.documents}
			return nil
		}, fmt.Sprintf(selectCounts, in), given...)
	})
}

// addNew counts the claims of a document that had none.
func (c counts) addNew(claims []contrechamp.Claim) {
	seen := map[string]bool{}  // claims
	named := map[string]bool{} // entities that the document has a claim about
	for _, claim := range claims {
		if seen[claim.ID] {
			continue
		}
		seen[claim.ID] = true
		about := map[string]bool{}
		for _, a := range claim.About {
			if about[a.ID] {
				continue
			}
			about[a.ID] = true
			n := c[a.ID]
			n.claims++
			if !named[a.ID] {
				named[a.ID] = true
				n.documents++
			}
			c[a.ID] = n
		}
	}
}

func (c counts) add(more counts) {
	for id, n := range more {
		was := c[id]
		c[id] = tally{was.claims + n.claims, was.documents + n.documents}
	}
}

// addCounts adds what has changed since before.
func addCounts(ctx context.Context, t tx, before, after counts) error {
	ids := map[string]bool{}
	for id := range before {
		ids[id] = true
	}
	for id := range after {
		ids[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) { // in one order, as in saveEntities
		was, is := before[id], after[id]
		if was == is {
			continue
		}
		if _, err := t.exec(ctx, addCount, id, is.claims-was.claims, is.documents-was.documents); err != nil {
			return err
		}
	}
	return nil
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
