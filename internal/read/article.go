package read

// article says which blocks are the article.
func (p *htmlPage) article() []bool {
	p.settleZones()
	in := make([]bool, len(p.blocks))
	best := p.articleBox()
	if best < 0 {
		p.quality.article = 0.5
		p.note("no article was found in the page")
		return in
	}
	b := &p.boxes[best]
	for i := b.first; i < b.last; i++ {
		in[i] = p.belongs(int(i))
	}
	return in
}

// settleZones gives every block the zones of the boxes around it. Names lie: a box that holds most of a page's prose is no
// sidebar, whatever it is called.
func (p *htmlPage) settleZones() {
	prose := make([]int, len(p.blocks)+1) // sums
	for i := range p.blocks {
		n := 0
		if r := &p.rows[i]; r.prose() && p.blocks[i].linked() < 0.4 {
			n = r.words()
		}
		prose[i+1] = prose[i] + n
	}
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

// worth is how much a block speaks for an article around it, in words.
func (p *htmlPage) worth(i int) float64 {
	b, r := &p.blocks[i], &p.rows[i]
	words := float64(r.words())
	linked := b.linked()
	switch {
	case b.zone&(hidden|navigation|foot|discussion|aside|form) != 0:
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

// articleBox finds the box whose blocks are worth most.
func (p *htmlPage) articleBox() int {
	sums := make([]float64, len(p.blocks)+1)
	for i := range p.blocks {
		sums[i+1] = sums[i] + p.worth(i)
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
	case b.zone&(hidden|navigation|foot|discussion|aside|form|caption|credits) != 0:
		return false
	case r.words() == 0:
		return false
	case b.linked() > 0.6:
		return false
	}
	return true
}
