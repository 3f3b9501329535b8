package claim

import "sort"

// paraOf returns the paragraph of a token.
func (d *passageDoc) paraOf(t int) int {
	lo, hi := 0, len(d.paras)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if d.paras[mid].first <= t {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// sentenceAt returns the sentence that starts at token t.
func (d *passageDoc) sentenceAt(t int) int {
	return sort.Search(len(d.sents), func(i int) bool { return d.sents[i].first >= t })
}
