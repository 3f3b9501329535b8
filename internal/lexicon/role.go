package lexicon

import (
	"fmt"

	contrechamp "contrechamp.org/contrechamp"
)

// Role is what a body does where systems watch: it runs them, it writes about them, or others publish there. Most have none: an association, a party, a union.
type Role string

// The roles of entities.csv.
const (
	RoleOperator Role = "operator" // a police force, a railway, a chain of shops: it runs systems
	RolePress    Role = "press"    // a newspaper, a broadcaster, an agency
	RolePlatform Role = "platform" // a network where others publish: what stands there is not its word
)

// Role answers the role of an entity, "" when it has none or is not known.
func (l *Lexicon) Role(id string) Role { return l.roles[id] }

// parseRole reads a role of a data file.
func parseRole(s string, kind contrechamp.EntityKind) (Role, error) {
	switch r := Role(s); {
	case r == "":
		return r, nil
	case r != RoleOperator && r != RolePress && r != RolePlatform:
		return "", fmt.Errorf("role %q is none of operator, press and platform: %w", s, contrechamp.ErrInvalid)
	case kind != contrechamp.KindOrganisation:
		return "", fmt.Errorf("a %s has no role: %w", kind, contrechamp.ErrInvalid)
	default:
		return r, nil
	}
}
