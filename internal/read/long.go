package read

import (
	"sort"
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
)

// How much text is read of a document of any format, about ten novels. All that is known of it is held in memory on its
// way to claims and to the index.
const (
	maxBody   = 4 << 20 // bytes
	maxBlocks = 100_000 // paragraphs and rows; 3,000 dense pages have about half of it
)

// longestParagraph is how many bytes a paragraph has at most; prose without a line's end, pages of it, is parted at the
// end of a sentence, or else between words.
const longestParagraph = 32 << 10

// partLong parts paragraphs that are too long to be one.
func (p *page) partLong() {
	long := false
	for i := range p.paragraphs {
		long = long || p.paragraphs[i].Len() > longestParagraph
	}
	if !long {
		return
	}
	var parted []contrechamp.Paragraph
	for _, whole := range p.paragraphs {
		for whole.Len() > longestParagraph {
			first := whole
			words := p.body[whole.Start : whole.Start+longestParagraph]
			cut := strings.LastIndex(words, ". ") + 1
			if cut <= 0 {
				cut = strings.LastIndexByte(words, ' ')
			}
			if cut <= 0 {
				cut = len(words)
				for cut > 0 && !utf8.RuneStart(p.body[whole.Start+cut]) {
					cut--
				}
			}
			first.End = whole.Start + cut
			for whole.Start = first.End; whole.Start < whole.End && p.body[whole.Start] == ' '; {
				whole.Start++
			}
			parted = append(parted, first)
		}
		if whole.Len() > 0 {
			parted = append(parted, whole)
		}
	}
	p.paragraphs, p.said = parted, nil
}

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
	p.paragraphs = p.paragraphs[:n]
	p.said = p.said[:min(len(p.said), n)]
	p.cut(end)
}

// cut ends the text.
func (p *page) cut(end int) {
	p.body = p.body[:end]
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
