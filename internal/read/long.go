package read

import (
	"sort"
	"unicode/utf8"
)

// How much text is read of a document of any format, about ten novels. All that is known of it is held in memory on its
// way to claims and to the index.
const (
	maxBody   = 4 << 20 // bytes
	maxBlocks = 100_000 // paragraphs and rows; 3,000 dense pages have about half of it
)

// shorten leaves out what lies beyond maxBody, and says so.
func (p *page) shorten() {
	if len(p.body) <= maxBody {
		return
	}
	n := sort.Search(len(p.paragraphs), func(i int) bool { return p.paragraphs[i].End > maxBody })
	end := maxBody
	if n == 0 && len(p.paragraphs) > 0 && p.paragraphs[0].Start < maxBody { // one paragraph without an end
		for end > 0 && !utf8.RuneStart(p.body[end]) {
			end--
		}
		p.paragraphs[0].End = end
		n, p.said = 1, nil
	} else if n > 0 {
		end = p.paragraphs[n-1].End
	}
	p.note("only the first %d MiB of %d MiB of text were read", maxBody>>20, (len(p.body)+1<<20-1)>>20)
	p.paragraphs, p.body = p.paragraphs[:n], p.body[:end]
	p.said = p.said[:min(len(p.said), n)]
	for i, r := range p.origin {
		if r.Text+r.Len > end {
			p.origin = p.origin[:i]
			if r.Text < end {
				r.Len = end - r.Text
				p.origin = append(p.origin, r)
			}
			break
		}
	}
}
