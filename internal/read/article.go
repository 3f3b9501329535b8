package read

import contrechamp "contrechamp.org/contrechamp"

// apart are the zones in which no article stands.
const apart = hidden | navigation | foot | discussion | aside | form

// article says which blocks are the article: it settles where blocks stand, finds the title among them, sets lists of
// other articles apart, and takes the box whose blocks are worth most.
func (p *htmlPage) article() []bool {
	p.settleZones()
	p.settleTeasers()
	in := make([]bool, len(p.blocks))
	title := p.titleBlock(-1)
	best := p.articleBox(title)
	if best < 0 {
		p.quality.article = 0.5
		p.note("no article was found in the page")
		return in
	}
	b := &p.boxes[best]
	for i := b.first; i < b.last; i++ {
		in[i] = int(i) > title && p.belongs(int(i))
	}
	return in
}

// proseBefore returns, for each block, how many words of prose stand before it.
func (p *htmlPage) proseBefore() []int {
	sums := make([]int, len(p.blocks)+1)
	for i := range p.blocks {
		n := 0
		if r := &p.rows[i]; r.prose() && p.blocks[i].linked() < 0.4 {
			n = r.words()
		}
		sums[i+1] = sums[i] + n
	}
	return sums
}

// settleZones gives every block the zones of the boxes around it. Names lie: a box that holds most of a page's prose is no
// sidebar, whatever it is called.
func (p *htmlPage) settleZones() {
	prose := p.proseBefore()
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
		zones[i] = z
	}
	for i := range p.blocks {
		p.blocks[i].zone |= zones[p.blocks[i].box]
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
	prose := p.proseBefore()
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
func (p *htmlPage) worth(i int) float64 {
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
func (p *htmlPage) articleBox(title int) int {
	sums := make([]float64, len(p.blocks)+1)
	for i := range p.blocks {
		sums[i+1] = sums[i]
		if i > title {
			sums[i+1] += p.worth(i)
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
func (p *htmlPage) belongs(i int) bool {
	b, r := &p.blocks[i], &p.rows[i]
	switch {
	case b.zone&(apart|caption|credits) != 0, r.words() == 0, b.linked() > 0.6:
		return false
	}
	return true
}

var _ = contrechamp.RoleBody
