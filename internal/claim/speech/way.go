package speech

import (
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// wayOf is the way of an attribution by the word at token t.
func (d *Doc) wayOf(t int) passage.Way {
	k := &d.Paragraphs[d.ParaOf(t)].Grammar.Known
	switch {
	case d.In(t, k.Selon), d.In(t, k.SelonOwn), d.In(t, k.SelonBehind), d.In(t, k.ByCount), d.In(t, k.ForOne):
		return passage.BySource
	case d.In(t, k.Said):
		return passage.BySaying
	case d.In(t, k.So):
		return passage.BySo
	}
	return passage.ByObject
}

// HeardBy notes it in all sentences.
func (d *Doc) heardBy(by passage.Way) {
	for i := range d.Sentences {
		d.Sentences[i].HeardBy(by)
	}
}
