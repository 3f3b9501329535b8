package contrechamp

import (
	"context"
	"time"
)

// Dossier is an entity with all that is said about it.
type Dossier struct {
	Entity        Entity
	Disagreements []Disagreement
	Groups        []Group    // in the order of Predicates
	Elsewhere     []Sourced  // claims about others that name this entity as their value: what a company supplies where
	Documents     []Document // those that the claims come from, newest first
	LastChange    time.Time  // when the latest of its claims was proposed
	// Absences says of which documents the address gave none any more, and when.
	Absences map[Digest][]Absence
	// Mapped counts the cameras that OpenStreetMap has within the place, by boundary; empty unless the entity is a place of which an
	// extract was imported.
	Mapped []MappedCount
	// Withheld lists the documents that said something about the entity and are withheld since, latest first; Claims says how
	// many of their claims were about it.
	Withheld []Withholding
}

// Gap is a claimed number of cameras beside the mapped one. It takes no side, and none of both is the number of cameras that are there:
// a claim may be of another year or count others, and mapped is not present.
type Gap struct {
	Claim  Sourced // DeviceCount in cameras, neither rejected nor withdrawn
	Mapped MappedCount
}

// Gaps sets each claimed number of cameras beside what is mapped, in the order of the claims.
func (d Dossier) Gaps() []Gap {
	if len(d.Mapped) == 0 {
		return nil
	}
	var gaps []Gap
	for _, g := range d.Groups {
		if g.Predicate != DeviceCount {
			continue
		}
		for _, c := range g.Claims {
			if c.Value.Unit == "camera" && (c.State == Proposed || c.State == Accepted) {
				gaps = append(gaps, Gap{Claim: c, Mapped: d.Mapped[0]})
			}
		}
	}
	return gaps
}

// Sources counts the documents but for those that only reprint what another of them says.
func (d Dossier) Sources() int {
	voices := map[Digest]bool{}
	for _, doc := range d.Documents {
		voices[doc.Voice()] = true
	}
	return len(voices)
}

// Group is a dossier's claims with one predicate, newest document first.
type Group struct {
	Predicate Predicate
	Claims    []Sourced
}

// Disagreement is claims about one subject that cannot all hold. It takes no side.
type Disagreement struct {
	ID        string // stable while its subject, predicate and question stay: usable as a fragment of an address
	Subject   EntityRef
	Predicate Predicate
	Kind      DisagreementKind
	Sides     []Side // at least two
}

// DisagreementKind says in which way claims disagree.
type DisagreementKind string

// The kinds of disagreement.
const (
	// AssertedDenied: one says it is so, another that it is not.
	AssertedDenied DisagreementKind = "asserted and denied"
	// DifferentValues: values that cannot all hold.
	DifferentValues DisagreementKind = "different values"
)

// Side is one position in a disagreement.
type Side struct {
	Modality Modality // of its claims, for AssertedDenied
	Value    Value
	Claims   []Sourced // at least one, newest document first
}

// Voices counts who speaks on that side: each speaker once, each document's own voice once, with all that only reprint it.
func (s Side) Voices() int {
	voices := map[string]bool{}
	for _, c := range s.Claims {
		if c.Speaker != nil && len(c.Speaker.Names) > 0 {
			voices["s:"+c.Speaker.Names[0]] = true
		} else {
			voices["d:"+c.Source.Voice().String()] = true
		}
	}
	return len(voices)
}

// Figures counts what the register holds.
type Figures struct {
	Documents     int `json:"documents"`
	Waiting       int `json:"waiting"`
	NotRead       int `json:"not_read"`
	Withheld      int `json:"withheld"`
	Claims        int `json:"claims"` // proposed and accepted
	Accepted      int `json:"accepted"`
	Rejected      int `json:"rejected"`
	Dossiers      int `json:"dossiers"` // entities that a proposed or accepted claim is about
	Disagreements int `json:"disagreements"`
}

// View is what was found to disagree about one subject.
type View struct {
	Subject string // entity ID
	Found   []Disagreement
}

// Disagreements keeps what the register found to disagree, so that a page need not look for it again.
type Disagreements interface {
	// PutDisagreements replaces what is kept for some subjects: all or none.
	PutDisagreements(ctx context.Context, views ...View) error
	// Disagreements lists them, the subject's own when subject is not empty: newest claim first. Limit 0 is no limit.
	Disagreements(ctx context.Context, subject string, limit int) ([]Disagreement, error)
	// StaleSubjects answers up to limit entities whose claims changed since their disagreements were last put.
	StaleSubjects(ctx context.Context, limit int) ([]string, error)
	// Contested answers those of some subjects that may have disagreements: two claims of a predicate that has one value at a time,
	// or one that denies. Of the others nothing need be looked at.
	Contested(ctx context.Context, subjects []string) (map[string]bool, error)
	// Figures counts what is kept.
	Figures(ctx context.Context) (Figures, error)
}
