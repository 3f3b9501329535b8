package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// sized returns a slice of n zeros in the memory of s, where it is large enough.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// emptied forgets what a slice holds and keeps its memory.
func emptied[T any](s []T) []T {
	clear(s)
	return s[:0]
}

// written is a string of some bytes.
func (d *passageDoc) written(b []byte) string {
	if d.foldings.Cap()-d.foldings.Len() < len(b) {
		// strings that were cut from it before keep their memory
		d.foldings.Reset()
		d.foldings.Grow(max(len(d.body)/16, len(b), 256))
	}
	from := d.foldings.Len()
	d.foldings.Write(b)
	return d.foldings.String()[from:]
}

// folded returns the folded form of a token's word that the grammar does not know.
func (d *passageDoc) folded(w string) string {
	if word.Folded(w) {
		return w
	}
	d.folding = word.AppendFold(d.folding[:0], w)
	return d.written(d.folding)
}

// mention makes a mention.
func (d *passageDoc) mention(m mention) *mention {
	if d.slabUsed == slabSize {
		d.slab++
		d.slabUsed = 0
	}
	if d.slab == len(d.slabs) {
		d.slabs = append(d.slabs, make([]mention, slabSize))
	}
	p := &d.slabs[d.slab][d.slabUsed]
	d.slabUsed++
	*p = m
	return p
}

// slabSize is how many mentions are made at once.
const slabSize = 128

// begin makes room for a text, unless another left some.
func (d *passageDoc) begin(e *knowledge, text *contrechamp.Text) {
	d.e, d.text, d.body = e, text, text.Body
	if d.remembered == nil {
		d.remembered = new([1 << rememberedLog]remembered)
	}
}

// forget empties what is known of a text, and keeps the room.
func (d *passageDoc) forget() {
	for i := 0; i <= d.slab && i < len(d.slabs); i++ {
		if i == d.slab {
			clear(d.slabs[i][:d.slabUsed])
		} else {
			clear(d.slabs[i])
		}
	}
	*d = passageDoc{
		endings: d.endings[:0], remembered: d.remembered, openers: d.openers[:0], toks: d.toks[:0], fold: emptied(d.fold),
		known: emptied(d.known), variants: emptied(d.variants), hitRoom: d.hitRoom[:0], sets: d.sets[:0], fires: d.fires[:0],
		never: d.never[:0], fullStop: d.fullStop[:0], quoted: d.quoted[:0], paras: emptied(d.paras), sents: emptied(d.sents),
		unitRoom: emptied(d.unitRoom), inner: emptied(d.inner), numberIDs: d.numberIDs[:0], dateIDs: d.dateIDs[:0], slabs: d.slabs,
		matcher: matcher{next: d.matcher.next, classAt: d.matcher.classAt, kindAt: d.matcher.kindAt}, folding: d.folding[:0],
	}
}
