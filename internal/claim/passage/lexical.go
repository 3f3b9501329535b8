package passage

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// BodyKindOf tells what a body is from the words of its names, in whatever language.
func (e *Knowledge) BodyKindOf(of *contrechamp.Entity) grammar.Kind {
	if e.Lexicon.Role(of.ID) == lexicon.RoleOperator {
		return grammar.POL
	}
	names := []string{of.Name}
	for _, n := range of.Names {
		names = append(names, n.Text)
	}
	for _, n := range names {
		for _, g := range e.ByLanguage {
			if k := g.BodyKindOf(n); k != 0 {
				return k
			}
		}
	}
	return grammar.ORG
}

// LexicalOf is what is asked again and again of an entity of the lexicon, worked out once.
func (e *Knowledge) LexicalOf(of *contrechamp.Entity) *Lexical {
	if known, ok := e.lexical.Load(of); ok {
		return known.(*Lexical)
	}
	x := &Lexical{Ref: of.Ref()}
	x.Ref.Names = slices.Clip(x.Ref.Names)
	switch of.Kind {
	case contrechamp.KindPlace:
		if i, err := e.Lexicon.ByID(of.ID); err == nil {
			x.People = e.Lexicon.Population(i)
		}
	case contrechamp.KindOrganisation:
		x.Body = e.BodyKindOf(of)
	case contrechamp.KindProgramme:
		x.Does = e.namedCapability(of.Name)
	}
	e.lexical.Store(of, x)
	return x
}

// namedCapability is the capability that a part of a name says, "" for none: "Sistema de Reconocimiento Facial de Prófugos". One word alone may mean
// much else.
func (e *Knowledge) namedCapability(name string) string {
	toks := word.Cut(nil, name)
	for length := len(toks) - 1; length >= 2; length-- {
		for first := 0; first+length <= len(toks); first++ {
			for _, i := range e.Lexicon.ByName(name[toks[first].Start:toks[first+length-1].End]) {
				if c := e.Lexicon.Entity(i); c.Kind == contrechamp.KindCapability {
					return c.ID
				}
			}
		}
	}
	return ""
}

// Lexical is what is asked again and again of an entity of the lexicon, which does not change.
type Lexical struct {
	Ref    contrechamp.EntityRef // nobody may append to its names
	People int                   // of a place
	Body   grammar.Kind          // of an organisation
	Does   string                // the capability that a programme's name says, "" for none
}
