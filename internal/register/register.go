// Package register joins what single documents say: it gathers claims into dossiers, finds where they disagree,
// and answers searches.
//
// It takes no side. A disagreement is two or more claims about one subject that cannot all hold (see [Disagree]
// for exactly when), shown with all their words. Rejected and withdrawn claims stay in the dossier but speak in no
// disagreement. What it is not: a judge of which claim is right.
package register

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
)

// MaxDossierClaims is how many claims one dossier shows, newest first; the rest is reached by `claims --about`.
const MaxDossierClaims = 2000

// Source is what the register asks of the store.
type Source interface {
	contrechamp.Documents
	contrechamp.Claims
	contrechamp.Entities
	contrechamp.Disagreements
	contrechamp.Finder
	contrechamp.MappedCounter
	contrechamp.Absences
	Withholdings(ctx context.Context, f contrechamp.WithholdingFilter) ([]contrechamp.Withholding, error)
}

// Register answers questions about what is known. It is safe for concurrent use.
type Register struct {
	source Source
}

// New returns the register over what source holds.
func New(source Source) *Register { return &Register{source: source} }

// Resolve answers the entity that a person means by an ID or by any name, and the others of that name. Of several,
// the one with most claims is meant. It answers ErrNotFound, with a hint, when the register has none.
func (r *Register) Resolve(ctx context.Context, name string) (contrechamp.EntityLine, []contrechamp.EntityLine, error) {
	lines, err := r.source.EntitiesNamed(ctx, name)
	if err != nil {
		return contrechamp.EntityLine{}, nil, fmt.Errorf("look up %q: %w", name, err)
	}
	lines = slices.DeleteFunc(lines, func(l contrechamp.EntityLine) bool { return !l.Kind.HasDossier() })
	if len(lines) == 0 {
		return contrechamp.EntityLine{}, nil, contrechamp.WithHint(
			fmt.Errorf("the register has nothing about %q: %w", name, contrechamp.ErrNotFound),
			fmt.Sprintf("contrechamp search %q", name))
	}
	return lines[0], lines[1:], nil
}

// Dossier gathers all that is said about the entity of that ID or name.
func (r *Register) Dossier(ctx context.Context, name string) (contrechamp.Dossier, error) {
	line, _, err := r.Resolve(ctx, name)
	if err != nil {
		return contrechamp.Dossier{}, err
	}
	claims, err := r.source.Claims(ctx, contrechamp.ClaimFilter{Names: line.ID, Limit: MaxDossierClaims})
	if err != nil {
		return contrechamp.Dossier{}, fmt.Errorf("dossier %s: %w", line.ID, err)
	}
	d := gather(line.Entity, claims)
	if d.Absences, err = r.source.AbsencesOf(ctx, digests(d.Documents)); err != nil {
		return contrechamp.Dossier{}, fmt.Errorf("dossier %s: %w", line.ID, err)
	}
	if line.Kind == contrechamp.KindPlace {
		if d.Mapped, err = r.source.MappedIn(ctx, line.Entity); err != nil {
			return contrechamp.Dossier{}, fmt.Errorf("dossier %s: %w", line.ID, err)
		}
	}
	if d.Withheld, err = r.source.Withholdings(ctx, contrechamp.WithholdingFilter{About: line.ID}); err != nil {
		return contrechamp.Dossier{}, fmt.Errorf("dossier %s: %w", line.ID, err)
	}
	return d, nil
}

func digests(docs []contrechamp.Document) []contrechamp.Digest {
	out := make([]contrechamp.Digest, len(docs))
	for i, d := range docs {
		out[i] = d.Digest
	}
	return out
}

// gather sorts claims that name e into its dossier.
func gather(e contrechamp.Entity, all []contrechamp.Sourced) contrechamp.Dossier {
	d := contrechamp.Dossier{Entity: e}
	known := map[contrechamp.Digest]bool{}
	for _, c := range all {
		if !known[c.Document] {
			known[c.Document] = true
			d.Documents = append(d.Documents, c.Source)
		}
	}
	claims := once(all)
	groups := map[contrechamp.Predicate][]contrechamp.Sourced{}
	for _, c := range claims {
		if c.ProposedAt.After(d.LastChange) {
			d.LastChange = c.ProposedAt
		}
		if isAbout(c.Claim, e.ID) {
			groups[c.Predicate] = append(groups[c.Predicate], c)
		} else {
			d.Elsewhere = append(d.Elsewhere, c)
		}
	}
	for _, p := range contrechamp.Predicates() {
		if len(groups[p]) > 0 {
			d.Groups = append(d.Groups, contrechamp.Group{Predicate: p, Claims: groups[p]})
		}
	}
	d.Disagreements = Disagree(e.Ref(), claims)
	return d
}

func isAbout(c contrechamp.Claim, id string) bool {
	return slices.ContainsFunc(c.About, func(a contrechamp.EntityRef) bool { return a.ID == id })
}

// Home is what the first page shows.
type Home struct {
	Figures       contrechamp.Figures
	Latest        []contrechamp.Sourced // newest documents' claims first
	Places        []contrechamp.EntityLine
	Companies     []contrechamp.EntityLine
	Disagreements []contrechamp.Disagreement
}

// Home gathers what is known, newest first, limit lines a list.
func (r *Register) Home(ctx context.Context, limit int) (Home, error) {
	var h Home
	var err error
	if h.Figures, err = r.source.Figures(ctx); err != nil {
		return Home{}, fmt.Errorf("figures: %w", err)
	}
	if h.Latest, err = r.source.Claims(ctx, contrechamp.ClaimFilter{Limit: limit}); err != nil {
		return Home{}, fmt.Errorf("latest claims: %w", err)
	}
	h.Latest = slices.DeleteFunc(h.Latest, func(c contrechamp.Sourced) bool { return !speaks(c.Claim) })
	if h.Places, err = r.source.EntityLines(ctx, contrechamp.EntityFilter{Kind: contrechamp.KindPlace, Limit: limit}); err != nil {
		return Home{}, fmt.Errorf("places: %w", err)
	}
	if h.Companies, err = r.source.EntityLines(ctx, contrechamp.EntityFilter{Kind: contrechamp.KindCompany, Limit: limit}); err != nil {
		return Home{}, fmt.Errorf("companies: %w", err)
	}
	if h.Disagreements, err = r.source.Disagreements(ctx, "", limit); err != nil {
		return Home{}, fmt.Errorf("disagreements: %w", err)
	}
	return h, nil
}

// Disagreements lists where sources disagree: about the entity of that name, or, with no name, everywhere.
func (r *Register) Disagreements(ctx context.Context, name string, limit int) ([]contrechamp.Disagreement, error) {
	if name == "" {
		return r.source.Disagreements(ctx, "", limit)
	}
	d, err := r.Dossier(ctx, name)
	if err != nil {
		return nil, err
	}
	if limit > 0 && len(d.Disagreements) > limit {
		d.Disagreements = d.Disagreements[:limit]
	}
	return d.Disagreements, nil
}

// refreshBatch is how many subjects are looked at between two looks at the context.
const refreshBatch = 200

// Refresh finds again the disagreements of every subject whose claims changed, and keeps them for lists and
// figures. Each disagreement is kept once, under the subject that [canonical] chooses, though the dossiers of all
// its subjects show it.
func (r *Register) Refresh(ctx context.Context) error {
	for {
		subjects, err := r.source.StaleSubjects(ctx, refreshBatch)
		if err != nil {
			return fmt.Errorf("subjects that changed: %w", err)
		}
		if len(subjects) == 0 {
			return nil
		}
		if err := r.refresh(ctx, subjects); err != nil {
			return err
		}
	}
}

// refresh looks at some subjects. Most have nothing that could be in a disagreement.
func (r *Register) refresh(ctx context.Context, subjects []string) error {
	contested, err := r.source.Contested(ctx, subjects)
	if err != nil {
		return fmt.Errorf("subjects that may have disagreements: %w", err)
	}
	views := make([]contrechamp.View, len(subjects))
	work, inner := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0)) // each asks the store, and waits for nobody's writing
	for i, id := range subjects {
		views[i].Subject = id
		if !contested[id] {
			continue
		}
		work.Go(func() (err error) {
			if views[i].Found, err = r.disagree(inner, id); err != nil {
				return fmt.Errorf("disagreements about %s: %w", id, err)
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	return r.source.PutDisagreements(ctx, views...)
}

// disagree finds the disagreements that are kept under a subject.
func (r *Register) disagree(ctx context.Context, id string) ([]contrechamp.Disagreement, error) {
	entity, err := r.source.Entity(ctx, id)
	if err != nil {
		return nil, err
	}
	claims, err := r.source.Claims(ctx, contrechamp.ClaimFilter{About: id, Contested: true, Limit: MaxDossierClaims})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(Disagree(entity.Ref(), once(claims)), func(d contrechamp.Disagreement) bool {
		return canonical(d).ID != id
	}), nil
}
