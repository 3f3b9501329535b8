package camera

import (
	"slices"
	"strings"
	"sync"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// legalForms end the names of firms and say nothing about which firm it is.
var legalForms = []string{"inc", "inc.", "ltd", "ltd.", "llc", "gmbh", "ag", "sa", "sas", "corp", "corp.", "corporation", "co.", "plc", "b.v.",
	"ab", "oy", "group inc.", "s.a.", "s.p.a."}

// Lexicon looks names up in the lexicon, which is made when the first is asked for.
type Lexicon struct {
	load func() (*lexicon.Lexicon, error)
}

// NewLexicon returns the names of the embedded lexicon. Making it can only fail if the program was built of damaged files; then no
// name is known, and Err says why.
func NewLexicon() *Lexicon { return &Lexicon{load: sync.OnceValues(lexicon.WithoutPlaces)} }

// Err makes the lexicon, if that was not done yet, and tells what went wrong.
func (l *Lexicon) Err() error {
	_, err := l.load()
	return err
}

// Named implements [Names]. A name that several firms or bodies bear is nobody's: the tags do not say which is meant.
func (l *Lexicon) Named(name string) (contrechamp.EntityRef, bool) {
	lex, err := l.load()
	if err != nil {
		return contrechamp.EntityRef{}, false
	}
	name = strings.TrimSpace(name)
	if ref, ok := named(lex, name); ok {
		return ref, true
	}
	if i := strings.LastIndexAny(name, " ,"); i > 0 && slices.Contains(legalForms, strings.ToLower(name[i+1:])) {
		return named(lex, strings.TrimRight(name[:i], " ,"))
	}
	return contrechamp.EntityRef{}, false
}

func named(lex *lexicon.Lexicon, name string) (contrechamp.EntityRef, bool) {
	var found *contrechamp.Entity
	for _, i := range lex.ByName(name) {
		e := lex.Entity(i)
		switch e.Kind {
		case contrechamp.KindCompany, contrechamp.KindOrganisation, contrechamp.KindAuthority:
			if found != nil && found.ID != e.ID {
				return contrechamp.EntityRef{}, false
			}
			found = e
		}
	}
	if found == nil {
		return contrechamp.EntityRef{}, false
	}
	return found.Ref(), true
}
