package read

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// trait is what the rules of HTML say of an element by its name (section 13.2.6 of the standard).
type trait uint16

const (
	void      trait = 1 << iota // has no end
	skips                       // holds no text of the page
	blocks                      // begins a block of its own
	closesP                     // ends an open paragraph
	breaksOut                   // ends a drawing that was not closed
	heads                       // h1 to h6
	scope                       // no end tag reaches through it but its own and those of a table
	tabular                     // of a table
	listEnd                     // no item of a list is closed through it
)

var traits = func() map[atom.Atom]trait {
	m := map[atom.Atom]trait{}
	for t, names := range map[trait]string{
		void:  `area base br col embed hr img input link meta param source track wbr keygen bgsound basefont frame`,
		skips: `script style noscript template iframe object audio video canvas title svg noembed noframes map datalist`,
		blocks: `address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure
			footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html head legend li listing main menu nav ol optgroup option p pre
			section select summary table tbody td textarea tfoot th thead tr ul plaintext xmp`,
		closesP: `address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5
			h6 header hgroup hr li dd dt main menu nav ol p pre section summary table ul listing plaintext`,
		breaksOut: `b big blockquote br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 hr i img li listing menu ol p pre ruby s small
			span strong strike sub sup table tt u ul var`,
		heads:   `h1 h2 h3 h4 h5 h6`,
		scope:   `table td th caption html template object button svg`,
		tabular: `table tbody thead tfoot tr td th caption`,
		listEnd: `ul ol menu dir dl table td th article section aside nav main div`,
	} {
		for _, name := range strings.Fields(names) {
			m[atom.Lookup([]byte(name))] |= t
		}
	}
	delete(m, 0) // names that the package does not number
	return m
}()

// nearest returns the index on the stack of the innermost open element that is a, 0 when one with a trait of stops, or
// the bottom, comes first.
func (s *scanner) nearest(a atom.Atom, stops trait) int {
	for i := len(s.stack) - 1; i > 0; i-- {
		switch b := &s.stack[i]; {
		case b.atom == a:
			return i
		case b.trait&stops != 0:
			return 0
		}
	}
	return 0
}

// imply closes what the start of a closes.
func (s *scanner) imply(a atom.Atom, t trait) {
	if t&closesP != 0 {
		if i := s.nearest(atom.P, scope); i > 0 {
			s.popTo(i)
		}
	}
	switch a {
	case atom.Li:
		if i := s.nearest(atom.Li, listEnd); i > 0 {
			s.popTo(i)
		}
	case atom.Dd, atom.Dt:
		for _, b := range []atom.Atom{atom.Dd, atom.Dt} {
			if i := s.nearest(b, listEnd); i > 0 {
				s.popTo(i)
			}
		}
	case atom.Option, atom.Optgroup:
		if s.top().atom == atom.Option {
			s.popTo(len(s.stack) - 1)
		}
	case atom.Td, atom.Th:
		s.closeCell()
	case atom.Tr:
		s.closeCell()
		for i := len(s.stack) - 1; i > 0 && s.stack[i].atom != atom.Table; i-- {
			if s.stack[i].atom == atom.Tr {
				s.popTo(i)
				break
			}
		}
	case atom.Tbody, atom.Thead, atom.Tfoot:
		s.closeCell()
		for i := len(s.stack) - 1; i > 0 && s.stack[i].atom != atom.Table; i-- {
			if b := s.stack[i].atom; b == atom.Tbody || b == atom.Thead || b == atom.Tfoot {
				s.popTo(i)
				break
			}
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if s.top().trait&heads != 0 {
			s.popTo(len(s.stack) - 1)
		}
	case atom.A:
		s.endLink()
	}
}

func (s *scanner) closeCell() {
	for i := len(s.stack) - 1; i > 0 && s.stack[i].atom != atom.Table; i-- {
		if b := s.stack[i].atom; b == atom.Td || b == atom.Th || b == atom.Caption {
			s.popTo(i)
			return
		}
	}
}
