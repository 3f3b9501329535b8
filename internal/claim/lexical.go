package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// bodyKindOf tells what a body is from the words of its names, in whatever language.
func (e *knowledge) bodyKindOf(of *contrechamp.Entity) kind {
	if e.lex.Role(of.ID) == lexicon.RoleOperator {
		return kPOL
	}
	names := []string{of.Name}
	for _, n := range of.Names {
		names = append(names, n.Text)
	}
	for _, n := range names {
		for _, g := range e.order {
			if k := g.bodyKindOf(n); k != 0 {
				return k
			}
		}
	}
	return kORG
}

func (e *knowledge) lexicalOf(of *contrechamp.Entity) *lexical {
	if known, ok := e.lexical.Load(of); ok {
		return known.(*lexical)
	}
	x := &lexical{ref: of.Ref()}
	x.ref.Names = slices.Clip(x.ref.Names)
	switch of.Kind {
	case contrechamp.KindPlace:
		if i, err := e.lex.ByID(of.ID); err == nil {
			x.people = e.lex.Population(i)
		}
	case contrechamp.KindOrganisation:
		x.body = e.bodyKindOf(of)
	case contrechamp.KindProgramme:
		x.does = e.namedCapability(of.Name)
	}
	e.lexical.Store(of, x)
	return x
}

// namedCapability is the capability that a part of a name says, "" for none: "Sistema de Reconocimiento Facial de Prófugos". One word alone may mean
// much else.
func (e *knowledge) namedCapability(name string) string {
	toks := word.Cut(nil, name)
	for length := len(toks) - 1; length >= 2; length-- {
		for first := 0; first+length <= len(toks); first++ {
			for _, i := range e.lex.ByName(name[toks[first].Start:toks[first+length-1].End]) {
				if c := e.lex.Entity(i); c.Kind == contrechamp.KindCapability {
					return c.ID
				}
			}
		}
	}
	return ""
}

// lexical is what is asked again and again of an entity of the lexicon, which does not change.
type lexical struct {
	ref    contrechamp.EntityRef // nobody may append to its names
	people int                   // of a place
	body   kind                  // of an organisation
	does   string                // the capability that a programme's name says, "" for none
}
