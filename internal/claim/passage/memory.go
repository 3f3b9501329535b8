package passage

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Sized returns a slice of n zeros in the memory of s, where it is large enough.
func Sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// Emptied forgets what a slice holds and keeps its memory.
func Emptied[T any](s []T) []T {
	clear(s)
	return s[:0]
}

// Written is a string of some bytes.
func (d *Doc) Written(b []byte) string {
	if d.foldings.Cap()-d.foldings.Len() < len(b) {
		// strings that were cut from it before keep their memory
		d.foldings.Reset()
		d.foldings.Grow(max(len(d.Body)/16, len(b), 256))
	}
	from := d.foldings.Len()
	d.foldings.Write(b)
	return d.foldings.String()[from:]
}

// folded returns the folded form of a token's word that the grammar does not know.
func (d *Doc) folded(w string) string {
	if word.Folded(w) {
		return w
	}
	d.Folding = word.AppendFold(d.Folding[:0], w)
	return d.Written(d.Folding)
}

// Mention makes a mention.
func (d *Doc) Mention(m Mention) *Mention {
	if d.slabUsed == slabSize {
		d.slab++
		d.slabUsed = 0
	}
	if d.slab == len(d.slabs) {
		d.slabs = append(d.slabs, make([]Mention, slabSize))
	}
	p := &d.slabs[d.slab][d.slabUsed]
	d.slabUsed++
	*p = m
	return p
}

// slabSize is how many mentions are made at once.
const slabSize = 128

// Begin makes room for a text, unless another left some.
func (d *Doc) Begin(e *Knowledge, text *contrechamp.Text) {
	d.Knows, d.Text, d.Body = e, text, text.Body
	if d.remembered == nil {
		d.remembered = new([1 << rememberedLog]remembered)
	}
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	for i := 0; i <= d.slab && i < len(d.slabs); i++ {
		if i == d.slab {
			clear(d.slabs[i][:d.slabUsed])
		} else {
			clear(d.slabs[i])
		}
	}
	*d = Doc{
		endings: d.endings[:0], remembered: d.remembered, openers: d.openers[:0], Tokens: d.Tokens[:0], Fold: Emptied(d.Fold),
		Known: Emptied(d.Known), variants: Emptied(d.variants), hitRoom: d.hitRoom[:0], Sets: d.Sets[:0], fires: d.fires[:0],
		Never: d.Never[:0], FullStop: d.FullStop[:0], Quoted: d.Quoted[:0], Paragraphs: Emptied(d.Paragraphs), Sentences: Emptied(d.Sentences),
		unitRoom: Emptied(d.unitRoom), Inner: Emptied(d.Inner), NumberIDs: d.NumberIDs[:0], DateIDs: d.DateIDs[:0], slabs: d.slabs,
		Matcher: Matcher{next: d.Matcher.next, classAt: d.Matcher.classAt, kindAt: d.Matcher.kindAt}, Folding: d.Folding[:0],
	}
}
