package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// headline reports whether a paragraph gives a capital to all its words that say something: "Written Reply to Parliamentary Question on Surveillance
// Cameras". There they make no name of common words.
func (d *namingDoc) headline(p *paragraph) bool {
	if p.g.nounsCapital || p.role != contrechamp.RoleTitle && p.role != contrechamp.RoleHeading && d.paraOf(p.first) > 0 {
		return false
	}
	if p.headlines == unknown {
		p.headlines = no
		if d.wordsCapitalled(p) {
			p.headlines = yes
		}
	}
	return p.headlines == yes
}

// wordsCapitalled reports whether nearly all longer words of a paragraph have a capital.
func (d *namingDoc) wordsCapitalled(p *paragraph) bool {
	const long, fewest = 5, 4 // letters, words
	upper, all := 0, 0
	d.steps += p.end - p.first
	for t := p.first + 1; t < p.end; t++ {
		if w := d.toks[t]; w.Kind == word.Word && w.End-w.Start >= long {
			all++
			if w.Upper {
				upper++
			}
		}
	}
	return all >= fewest && upper*5 >= all*4
}

// shouts reports whether a paragraph is written in capitals: they name nothing there.
func (d *namingDoc) shouts(para int) bool {
	p := &d.paras[para]
	if p.shouts == unknown {
		p.shouts = no
		if d.capitalled(p) {
			p.shouts = yes
		}
	}
	return p.shouts == yes
}

// capitalled reports whether more words of a paragraph are in capitals than are not.
func (d *namingDoc) capitalled(p *paragraph) bool {
	d.steps += p.end - p.first
	upper, lower := 0, 0
	for t := p.first; t < p.end; t++ {
		if d.toks[t].Kind != word.Word {
			continue
		}
		if w := d.toks[t].Of(d.body); len(w) > 1 && allCapitals(w) {
			upper++
		} else {
			lower++
		}
	}
	return upper > lower
}
