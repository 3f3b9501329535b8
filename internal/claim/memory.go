package claim

import "contrechamp.org/contrechamp/internal/word"

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
func (d *doc) written(b []byte) string {
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
func (d *doc) folded(w string) string {
	if word.Folded(w) {
		return w
	}
	d.folding = word.AppendFold(d.folding[:0], w)
	return d.written(d.folding)
}

// mention makes a mention.
func (d *doc) mention(m mention) *mention {
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
