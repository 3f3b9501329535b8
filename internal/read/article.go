package read

import (
	"strings"

	"contrechamp.org/contrechamp/internal/word"
	"golang.org/x/net/html/atom"
)

// apart are the zones in which no article stands.
const apart = hidden | navigation | foot | discussion | aside | form

// smallArticle is how many words of prose there must be for an article to be believed whatever stands around it.
const smallArticle = 60

// article says which blocks are the article: it settles where blocks stand, finds the title among them, sets lists of
// other articles apart, and takes the box whose blocks are worth most.
func (p *htmlPage) article() []bool {
	p.settleZones()
	p.settleTeasers()
	title := p.opening()
	in, words := p.chosen(title, apart)
	// Names lie, and templates call the strangest boxes sidebars. Where most of the prose that people see stands apart,
	// less is believed of the names.
	for _, r := range []struct {
		apart zone
		times int
	}{{hidden | navigation | foot | discussion, 3}, {hidden | foot | discussion, 4}, {navigation | foot | discussion, 6}, {hidden | navigation | foot, 20}} {
		wider, more := p.chosen(title, r.apart)
		if words < smallArticle && more > max(words*r.times, 2*lengthyWords) {
			in, words = wider, more
			p.quality.article = 0.8
			for i := range in {
				if in[i] {
					p.blocks[i].zone &^= apart
				}
			}
			break
		}
	}
	p.dropRefrains(in)
	p.trimTail(in)
	if words == 0 {
		p.quality.article = 0.5
		p.note("no article was found in the page")
	}
	return in
}

// chosen takes the best box, and from it what belongs to an article, when no article stands in the zones of apart. It
// counts the words of prose.
func (p *htmlPage) chosen(title int, apart zone) (in []bool, words int) {
	in = make([]bool, len(p.blocks))
	best := p.articleBox(title, apart)
	if best < 0 {
		return in, 0
	}
	b := &p.boxes[best]
	for i := int(b.first); i < int(b.last); i++ {
		in[i] = i > title && p.belongs(i, apart)
		if in[i] && p.rows[i].sentence() {
			words += p.rows[i].words()
		}
	}
	return in, words
}

// opening returns the block behind which the article stands: its title; -1 where most of the page's prose stands
// before what was taken for one.
func (p *htmlPage) opening() int {
	title := p.titleBlock(-1)
	if title < 0 {
		return -1
	}
	prose := p.proseBefore(apart)
	if before := prose[title]; (prose[len(p.blocks)]-before)*2 < before {
		return -1
	}
	return title
}

// proseBefore returns, for each block, how many words of prose stand before it, but for those in the zones of apart.
func (p *htmlPage) proseBefore(apart zone) []int {
	sums := make([]int, len(p.blocks)+1)
	for i := range p.blocks {
		n := 0
		if r, b := &p.rows[i], &p.blocks[i]; b.zone&apart == 0 && b.linked() < 0.4 && r.prose() {
			n = r.words()
		}
		sums[i+1] = sums[i] + n
	}
	return sums
}

// settleZones gives every block the zones of the boxes around it. Names lie: a box that holds most of a page's prose is no
// sidebar, whatever it is called.
func (p *htmlPage) settleZones() {
	for i := range p.blocks {
		for j := p.blocks[i].box; j >= 0; j = p.boxes[j].parent {
			p.blocks[i].zone |= p.boxes[j].zone & hidden
		}
	}
	prose := p.proseBefore(hidden)
	all := prose[len(p.blocks)]
	zones := make([]zone, len(p.boxes))
	for i := range p.boxes {
		b := &p.boxes[i]
		z := b.zone
		if all > 0 && (prose[b.last]-prose[b.first])*2 > all {
			z &= hidden
		}
		if b.parent >= 0 {
			z |= zones[b.parent]
		}
		if b.atom == atom.Blockquote {
			z &^= aside // what is quoted from elsewhere, a message shown with its buttons
		}
		zones[i] = z
	}
	captions, others := 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		b.zone |= zones[b.box]
		switch n := prose[i+1] - prose[i]; {
		case b.zone&apart != 0:
		case b.zone&caption != 0:
			captions += n
		default:
			others += n
		}
	}
	if captions > 2*others {
		// a series of pictures whose captions are the article
		for i := range p.blocks {
			p.blocks[i].zone &^= caption
		}
	}
}

// What makes a list of other articles.
const (
	teaserWords = 130 // at most in one
	teaserHead  = 4   // blocks among which its linked title stands
	teaserGroup = 3   // of them side by side
)

// settleTeasers sets apart what announces other articles: boxes side by side, each with a linked title and little
// text. A list that holds most of the page's prose is the page's own.
func (p *htmlPage) settleTeasers() {
	words := make([]int, len(p.blocks)+1)
	for i := range p.rows {
		words[i+1] = words[i] + p.rows[i].words()
	}
	prose := p.proseBefore(hidden)
	all := prose[len(p.blocks)]
	type family struct{ teasers, others, prose int }
	families := make([]family, len(p.boxes))
	teaser := make([]bool, len(p.boxes))
	for i := range p.boxes {
		b := &p.boxes[i]
		n := words[b.last] - words[b.first]
		if b.parent < 0 || n == 0 {
			continue
		}
		f := &families[b.parent]
		if n > 2 && n <= teaserWords && p.announces(b) {
			teaser[i] = true
			f.teasers++
			f.prose += prose[b.last] - prose[b.first]
		} else {
			f.others++
		}
	}
	for i := range p.boxes {
		b := &p.boxes[i]
		if !teaser[i] {
			continue
		}
		if f := families[b.parent]; f.teasers < teaserGroup || f.teasers < 2*f.others || f.prose*2 > all {
			continue
		}
		for j := b.first; j < b.last; j++ {
			p.blocks[j].zone |= aside
		}
	}
}

// announces reports whether one of a box's first blocks is a linked title.
func (p *htmlPage) announces(b *box) bool {
	for i := b.first; i < min(b.last, b.first+teaserHead); i++ {
		if p.blocks[i].linked() > 0.7 && p.rows[i].words() >= 3 {
			return true
		}
	}
	return false
}

// worth is how much a block speaks for an article around it, in words.
func (p *htmlPage) worth(i int, apart zone) float64 {
	b, r := &p.blocks[i], &p.rows[i]
	words := float64(r.words())
	linked := b.linked()
	switch {
	case b.zone&apart != 0:
		return -min(words, 10)/2 - 1
	case linked > 0.5:
		return -2 - words/2
	case r.prose():
		return words * (1 - linked)
	case r.sentence():
		return words * 0.8
	case b.zone&(caption|credits) != 0, b.heading > 0, b.row:
		return 0
	}
	return -1
}

// articleBox finds the box whose blocks behind the title are worth most; the innermost of equals.
func (p *htmlPage) articleBox(title int, apart zone) int {
	sums := make([]float64, len(p.blocks)+1)
	for i := range p.blocks {
		sums[i+1] = sums[i]
		if i > title {
			sums[i+1] += p.worth(i, apart)
		}
	}
	best, most := -1, 0.0
	for i := range p.boxes {
		b := &p.boxes[i]
		if b.last <= b.first {
			continue
		}
		sum := sums[b.last] - sums[b.first]
		sum *= 1 + 0.05*float64(b.body)
		if sum >= most && sum > 0 {
			best, most = i, sum
		}
	}
	return best
}

// belongs reports whether a block within the article's box is of the article.
func (p *htmlPage) belongs(i int, apart zone) bool {
	b, r := &p.blocks[i], &p.rows[i]
	switch {
	case b.zone&(apart|caption|credits) != 0, r.words() == 0, b.linked() > 0.6:
		return false
	}
	return true
}

// A refrain is a short line that a page says again and again: "Advertisement", "Image 3 of 5".
const (
	refrainWords = 4
	refrainTimes = 3
)

// dropRefrains takes out the lines that recur, whatever their numbers.
func (p *htmlPage) dropRefrains(in []bool) {
	times := map[uint64]int{}
	keys := make([]uint64, len(in))
	for i := range in {
		if r := &p.rows[i]; in[i] && r.words() <= refrainWords && !p.blocks[i].row {
			keys[i] = r.refrain()
			times[keys[i]]++
		}
	}
	for i := range in {
		if keys[i] != 0 && times[keys[i]] >= refrainTimes {
			in[i] = false
		}
	}
}

// refrain is the key of a line whatever its numbers.
func (p *passage) refrain() uint64 {
	var k uint64
	for i, h := range p.hashes {
		if p.tokens[i].Kind == word.Number {
			h = 0
		}
		k = word.Join(k, h)
	}
	return k
}

// trimTail takes out what stands behind an article's last words: appeals, contacts, and headings of nothing.
func (p *htmlPage) trimTail(in []bool) {
	const most = 6 // blocks
	for i, n := len(in)-1, 0; i >= 0 && n < most; i-- {
		if !in[i] {
			continue
		}
		b, r := &p.blocks[i], &p.rows[i]
		pleads := r.hints&(share|related|comments|appeal|rights) != 0 && (r.appeals > 0 || r.addresses > 0 || r.words() <= cueLine || b.linked() > 0.3)
		switch {
		case b.row:
			return
		case r.words() <= tailWords && (pleads || b.linked() > 0.3 && r.words() <= lengthyWords || strings.Contains(r.text, "@")):
		case b.heading > 0 && !r.sentence():
		case !r.stops && r.words() <= 3 && strings.HasSuffix(r.text, ":"):
		default:
			return
		}
		in[i] = false
		n++
	}
}

// tailWords is how long what stands behind an article may be to be taken for an appeal or a contact.
const tailWords = 60
