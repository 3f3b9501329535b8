package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
)

// storedClaim is the part of a claim that no query looks into.
type storedClaim struct {
	About      []contrechamp.EntityRef
	Value      contrechamp.Value
	Share      float64
	Modality   contrechamp.Modality
	Speaker    *contrechamp.Speaker
	When       contrechamp.Date
	Quote      contrechamp.Quote
	Rule       string
	Confidence float64
	Layer      string `json:",omitempty"`
}

const (
	selectClaims = `SELECT c.id, c.document, c.predicate, c.state, c.note, c.proposed_at, c.body FROM claim c `
	newestClaims = ` ORDER BY c.published DESC, c.document, c.start, c.id`

	updateClaim = `UPDATE claim SET start = $2, body = $3, modality = $4 WHERE id = $1`
	dateClaims  = `UPDATE claim SET published = $2 WHERE document = $1 AND published <> $2`
	// with each claim, whether somebody decided on it
	selectKept = `SELECT c.id, c.document, c.body, EXISTS (SELECT 1 FROM decision d WHERE d.claim = c.id) FROM claim c WHERE c.document IN %s`

	// claims that can disagree with others: of predicates that have one value at a time, and of those of which
	// something is denied
	contested = `(c.predicate IN (%s) OR c.predicate IN (SELECT n.predicate FROM claim n WHERE n.modality IN ('denied', '')
		AND n.id IN (SELECT claim FROM claim_entity WHERE entity = $%d AND role = 'about')))`

	roleAbout = "about"
	roleValue = "value"
)

// saveClaims makes the claims of captures those of their newest readings: new ones are proposed, those proposed
// before and not again go, those that somebody decided on stay as they were decided on. again says which captures were
// read before: the others have no claim yet.
func saveClaims(ctx context.Context, t tx, rs []prepared, again func(contrechamp.Digest) bool) error {
	if len(rs) == 0 {
		return nil
	}
	var known []string
	for _, r := range rs {
		if again(r.Text.Capture) {
			known = append(known, r.Text.Capture.String())
		}
	}
	before, err := countsOf(ctx, t, known)
	if err != nil {
		return err
	}
	if err := saveEntities(ctx, t, rs, before); err != nil {
		return err
	}
	kept, err := keptClaims(ctx, t, known)
	if err != nil {
		return err
	}
	touched := map[string]bool{}
	added := counts{}
	var fresh freshClaims
	for _, r := range rs {
		if !again(r.Text.Capture) {
			added.addNew(r.Claims)
		}
		if err := saveClaimsOf(ctx, t, r, kept[r.Text.Capture.String()], &fresh, touched); err != nil {
			return err
		}
	}
	if err := fresh.insert(ctx, t); err != nil {
		return err
	}
	after, err := countsOf(ctx, t, known)
	if err != nil {
		return err
	}
	after.add(added)
	if err := addCounts(ctx, t, before, after); err != nil {
		return err
	}
	return markStale(ctx, t, touched)
}

// saveClaimsOf saves the claims of one reading, but for the new ones, which it collects, and notes the subjects that
// it touches.
func saveClaimsOf(ctx context.Context, t tx, r prepared, before map[string]keptClaim, fresh *freshClaims, touched map[string]bool) error {
	published := r.Text.Published.Date.String()
	proposed := map[string]bool{}
	for i, c := range r.Claims {
		if proposed[c.ID] {
			continue
		}
		proposed[c.ID] = true
		body := r.claims[i]
		old, known := before[c.ID]
		switch {
		case !known:
			fresh.add(c, published, body)
		case old.decided || old.body == body:
			continue
		default:
			if _, err := t.exec(ctx, updateClaim, c.ID, c.Quote.Start, body, string(c.Modality)); err != nil {
				return err
			}
		}
		for _, a := range c.About {
			touched[a.ID] = true
		}
	}
	if len(before) == 0 {
		return nil // all are new, and have the date
	}
	var gone []string
	for id, k := range before {
		if !k.decided && !proposed[id] {
			gone = append(gone, id)
		}
	}
	if err := removeClaims(ctx, t, gone, touched); err != nil {
		return err
	}
	_, err := t.exec(ctx, dateClaims, r.Text.Capture.String(), published)
	return err
}

// keptClaim is a claim that the store has, and whether somebody decided on it.
type keptClaim struct {
	body    string
	decided bool
}

// keptClaims answers the claims of documents, by document and ID.
func keptClaims(ctx context.Context, t tx, digests []string) (map[string]map[string]keptClaim, error) {
	before := map[string]map[string]keptClaim{}
	return before, inBatches(digests, func(in string, given []any) error {
		return rows(ctx, t, func(row *sql.Rows) error {
			var id, document string
			var k keptClaim
			if err := row.Scan(&id, &document, &k.body, &k.decided); err != nil {
				return err
			}
			if before[document] == nil {
				before[document] = map[string]keptClaim{}
			}
			before[document][id] = k
			return nil
		}, fmt.Sprintf(selectKept, in), given...)
	})
}

// freshClaims are claims that are not there yet, with what they name.
type freshClaims struct {
	claims, entities [][]any
}

func (f *freshClaims) add(c contrechamp.Claim, published, body string) {
	f.claims = append(f.claims, []any{c.ID, c.Document.String(), string(c.Predicate), string(contrechamp.Proposed), "", micros(c.ProposedAt),
		published, c.Quote.Start, body, string(c.Modality)})
	for _, a := range c.About {
		f.entities = append(f.entities, []any{a.ID, roleAbout, c.ID})
	}
	if c.Value.Entity != nil {
		f.entities = append(f.entities, []any{c.Value.Entity.ID, roleValue, c.ID})
	}
}

func (f *freshClaims) insert(ctx context.Context, t tx) error {
	if err := insertMany(ctx, t, "claim", []string{"id", "document", "predicate", "state", "note", "proposed_at", "published", "start", "body", "modality"}, f.claims, "", ""); err != nil {
		return err
	}
	return insertMany(ctx, t, "claim_entity", []string{"entity", "role", "claim"}, f.entities, "", "ON CONFLICT (entity, role, claim) DO NOTHING")
}

// removeClaims removes claims that nobody decided on, and notes their subjects.
func removeClaims(ctx context.Context, t tx, ids []string, touched map[string]bool) error {
	for from := 0; from < len(ids); from += batch {
		part := ids[from:min(from+batch, len(ids))]
		in := "(" + list(1, len(part)) + ")"
		about, err := column[string](ctx, t, "SELECT DISTINCT entity FROM claim_entity WHERE role = 'about' AND claim IN "+in, args(part)...)
		if err != nil {
			return err
		}
		for _, id := range about {
			touched[id] = true
		}
		for _, remove := range []string{"DELETE FROM claim_entity WHERE claim IN ", "DELETE FROM claim WHERE id IN "} {
			if _, err := t.exec(ctx, remove+in, args(part)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// claims answers what a condition chooses, each with its source.
func claims(ctx context.Context, from asker, rest string, given ...any) ([]contrechamp.Sourced, error) {
	var out []contrechamp.Sourced
	var digests []string
	err := rows(ctx, from, func(r *sql.Rows) error {
		var c contrechamp.Sourced
		var digest, body string
		var proposed int64
		err := r.Scan(&c.ID, &digest, &c.Predicate, &c.State, &c.Note, &proposed, &body)
		if err != nil {
			return err
		}
		if c.Document, err = digestOf(digest); err != nil {
			return err
		}
		c.ProposedAt = timeOf(proposed)
		var b storedClaim
		if err := unpack("claim "+c.ID, body, &b); err != nil {
			return err
		}
		c.About, c.Value, c.Share, c.Modality, c.Speaker = b.About, b.Value, b.Share, b.Modality, b.Speaker
		c.When, c.Quote, c.Rule, c.Confidence, c.Layer = b.When, b.Quote, b.Rule, b.Confidence, b.Layer
		out = append(out, c)
		digests = append(digests, digest)
		return nil
	}, selectClaims+rest, given...)
	if err != nil {
		return nil, err
	}
	sources, err := documentsOf(ctx, from, digests)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Source = sources[digests[i]]
	}
	return out, nil
}

// Claims implements contrechamp.Claims.
func (s *Database) Claims(ctx context.Context, f contrechamp.ClaimFilter) ([]contrechamp.Sourced, error) {
	var where []string
	var given []any
	add := func(condition string, value any) {
		given = append(given, value)
		where = append(where, fmt.Sprintf(condition, len(given)))
	}
	if f.About != "" {
		add("c.id IN (SELECT claim FROM claim_entity WHERE entity = $%d AND role = 'about')", f.About)
	}
	if f.Names != "" {
		add("c.id IN (SELECT claim FROM claim_entity WHERE entity = $%d)", f.Names)
	}
	if f.Predicate != "" {
		add("c.predicate = $%d", string(f.Predicate))
	}
	if f.State != "" {
		add("c.state = $%d", string(f.State))
	} else {
		where = append(where, "c.state <> 'withheld'")
	}
	if !f.Document.IsZero() {
		add("c.document = $%d", f.Document.String())
	}
	if f.Contested {
		single := contrechamp.SingleValued()
		where = append(where, fmt.Sprintf(contested, list(len(given)+1, len(single)), len(given)+len(single)+1))
		for _, p := range single {
			given = append(given, string(p))
		}
		given = append(given, f.About)
	}
	rest := ""
	if len(where) > 0 {
		rest = "WHERE " + strings.Join(where, " AND ")
	}
	rest += newestClaims
	rest, given = page(rest, given, f.Limit, f.Offset)
	out, err := claims(ctx, s.readers, rest, given...)
	return out, failed(ctx, "list claims", err)
}

// everything is a limit for who wants no limit: OFFSET needs one.
const everything = int64(1) << 62

// page adds LIMIT and OFFSET to a query.
func page(rest string, given []any, limit, offset int) (string, []any) {
	if limit <= 0 && offset <= 0 {
		return rest, given
	}
	most := everything
	if limit > 0 {
		most = int64(limit)
	}
	given = append(given, most, max(offset, 0))
	return rest + fmt.Sprintf(" LIMIT CAST($%d AS BIGINT) OFFSET $%d", len(given)-1, len(given)), given
}

// Claim implements contrechamp.Claims.
func (s *Database) Claim(ctx context.Context, id string) (contrechamp.Sourced, error) {
	found, err := claims(ctx, s.readers, "WHERE c.id = $1", id)
	if err == nil && len(found) == 0 {
		err = contrechamp.ErrNotFound
	}
	if err != nil {
		return contrechamp.Sourced{}, failed(ctx, fmt.Sprintf("claim %q", id), err)
	}
	return found[0], nil
}

// claimsOf answers claims by ID, in no order.
func claimsOf(ctx context.Context, from asker, ids []string) (map[string]contrechamp.Sourced, error) {
	out := make(map[string]contrechamp.Sourced, len(ids))
	for i := 0; i < len(ids); i += batch {
		part := ids[i:min(i+batch, len(ids))]
		found, err := claims(ctx, from, "WHERE c.id IN ("+list(1, len(part))+")", args(part)...)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			out[c.ID] = c
		}
	}
	return out, nil
}
