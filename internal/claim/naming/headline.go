package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// headline reports whether a paragraph gives a capital to all its words that say something: "Written Reply to Parliamentary Question on Surveillance
// Cameras". There they make no name of common words.
func (d *Doc) headline(p *passage.Paragraph) bool {
	if p.Grammar.NounsCapital || p.Role != contrechamp.RoleTitle && p.Role != contrechamp.RoleHeading && d.ParaOf(p.First) > 0 {
		return false
	}
	if p.Headlines == passage.Unknown {
		p.Headlines = passage.No
		if d.wordsCapitalled(p) {
			p.Headlines = passage.Yes
		}
	}
	return p.Headlines == passage.Yes
}

// wordsCapitalled reports whether nearly all longer words of a paragraph have a capital.
func (d *Doc) wordsCapitalled(p *passage.Paragraph) bool {
	const long, fewest = 5, 4 // letters, words
	upper, all := 0, 0
	d.Steps += p.End - p.First
	for t := p.First + 1; t < p.End; t++ {
		if w := d.Tokens[t]; w.Kind == word.Word && w.End-w.Start >= long {
			all++
			if w.Upper {
				upper++
			}
		}
	}
	return all >= fewest && upper*5 >= all*4
}

// Shouts reports whether a paragraph is written in capitals: they name nothing there.
func (d *Doc) Shouts(para int) bool {
	p := &d.Paragraphs[para]
	if p.Shouts == passage.Unknown {
		p.Shouts = passage.No
		if d.capitalled(p) {
			p.Shouts = passage.Yes
		}
	}
	return p.Shouts == passage.Yes
}

// capitalled reports whether more words of a paragraph are in capitals than are not.
func (d *Doc) capitalled(p *passage.Paragraph) bool {
	d.Steps += p.End - p.First
	upper, lower := 0, 0
	for t := p.First; t < p.End; t++ {
		if d.Tokens[t].Kind != word.Word {
			continue
		}
		if w := d.Tokens[t].Of(d.Body); len(w) > 1 && AllCapitals(w) {
			upper++
		} else {
			lower++
		}
	}
	return upper > lower
}
