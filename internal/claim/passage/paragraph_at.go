package passage

import "sort"

// ParaOf returns the paragraph of a token.
func (d *Doc) ParaOf(t int) int {
	lo, hi := 0, len(d.Paragraphs)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if d.Paragraphs[mid].First <= t {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// SentenceAt returns the sentence that starts at token t.
func (d *Doc) SentenceAt(t int) int {
	return sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].First >= t })
}
