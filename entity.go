package contrechamp

import (
	"context"
	"slices"
)

// EntityKind says what sort of thing an entity is.
type EntityKind string

// The kinds of entities. A person is never the subject of a claim and has no dossier: persons appear only as
// speakers of words said in a public role, or as those who contest a system in public.
const (
	KindPlace        EntityKind = "place"
	KindCompany      EntityKind = "company"
	KindProduct      EntityKind = "product"
	KindCapability   EntityKind = "capability"
	KindAuthority    EntityKind = "authority"    // regulators, courts, ministries
	KindOrganisation EntityKind = "organisation" // police forces, operators, associations
	KindProgramme    EntityKind = "programme"    // a named deployment: Safe City, ALICEM
	KindLaw          EntityKind = "law"
	KindStatus       EntityKind = "status" // planned, trial, operational, suspended, ended
	KindPerson       EntityKind = "person"
)

// HasDossier reports whether entities of that kind are what the register is about.
func (k EntityKind) HasDossier() bool {
	switch k {
	case KindPlace, KindCompany, KindProduct, KindProgramme, KindAuthority, KindOrganisation:
		return true
	}
	return false
}

// Entity is a place, company, product, capability, body or programme that claims are about or point to.
type Entity struct {
	ID          string // stable: "v-huawei", "place-rs-belgrade"; "x-..." when first met in a document
	Kind        EntityKind
	Name        string            // the name shown
	Names       []Name            // every other name, in any language
	Country     string            // ISO 3166-1 alpha-2, "" when unknown
	Within      string            // ID of the place or company that it belongs to, "" when unknown
	Identifiers map[string]string // "wikidata", "geonames", "insee", "siren", "osm"
	Source      string            // where we know it from: "lexicon" or "document"
}

// Name is one name of an entity. Language is "" for names that every language uses.
type Name struct {
	Text     string
	Language string
}

// In returns the entity's name in a language, else the name shown.
func (e Entity) In(language string) string {
	for _, n := range e.Names {
		if n.Language == language {
			return n.Text
		}
	}
	return e.Name
}

// Ref returns the reference that claims carry: the ID and all names, the shown one first.
func (e Entity) Ref() EntityRef {
	r := EntityRef{ID: e.ID, Kind: e.Kind, Names: append(make([]string, 0, 1+len(e.Names)), e.Name)}
	for _, n := range e.Names {
		if !slices.Contains(r.Names, n.Text) { // languages may share a name
			r.Names = append(r.Names, n.Text)
		}
	}
	return r
}

// EntityRef names an entity inside a claim, with the names it was known by when the claim was made.
type EntityRef struct {
	ID    string     `json:"id"`
	Kind  EntityKind `json:"kind"`
	Names []string   `json:"names"` // the one shown first; at least one
}

// Name returns the name shown.
func (r EntityRef) Name() string {
	if len(r.Names) == 0 {
		return r.ID
	}
	return r.Names[0]
}

// EntityLine is an entity in a list, with what the register holds of it.
type EntityLine struct {
	Entity
	Claims        int
	Documents     int
	Disagreements int
}

// EntityFilter chooses entities that claims are about. Its zero value chooses all.
type EntityFilter struct {
	Kind   EntityKind
	Offset int
	Limit  int // 0 for no limit
}

// Entities is what can be asked about the things that the register knows.
type Entities interface {
	// Entity answers one by ID: ErrNotFound.
	Entity(ctx context.Context, id string) (Entity, error)
	// EntitiesNamed answers those with that ID or that name, case and accents folded, most claims first.
	EntitiesNamed(ctx context.Context, name string) ([]EntityLine, error)
	// EntityLines lists entities that at least one claim is about, most claims first, then by ID.
	EntityLines(ctx context.Context, f EntityFilter) ([]EntityLine, error)
}
