package read

import (
	"context"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// htmlPage is a page of HTML while its blocks are told apart.
type htmlPage struct {
	*page
	src    Source
	now    contrechamp.Date
	blocks []block
	rows   []row // beside blocks: the shapes of their words
	boxes  []box
	runs   contrechamp.Origin // of the scanner's text
	meta   metadata
}

func readHTML(ctx context.Context, src Source) (*page, error) { return readMarkup(ctx, src, false) }

// readMarkup reads HTML: a page, in which the article is to be found, or what somebody wrote as a message, which is all of it.
func readMarkup(ctx context.Context, src Source, message bool) (*page, error) {
	d := decode(src.Bytes, src.MediaType)
	p := &htmlPage{page: &page{notes: d.notes}, src: src}
	p.quality.repaired, p.quality.guessed = d.repaired, d.guessed
	if !src.Now.IsZero() {
		p.now = contrechamp.DateOf(src.Now.AddDate(0, 0, 1))
	}
	s, err := scan(ctx, d.text)
	if err != nil {
		return nil, err
	}
	if s.tooDeep {
		p.note("elements nested more than %d deep were read as if they stood on that level", MaxDepth)
	}
	p.take(s)
	language := p.guessLanguage()
	if message {
		p.tellRoles(p.written(), language)
	} else {
		p.tellTitle(language)
		p.structuredDate(language)
		p.tellRoles(p.article(), language)
	}
	p.tellRest(language)
	p.assemble()
	p.origin = p.origin.Through(d.origin)
	return p.page, nil
}

// written says of the blocks of a message which ones its author wrote: all but lines of links and what is hidden.
func (p *htmlPage) written() []bool {
	in := make([]bool, len(p.blocks))
	for i := range p.blocks {
		b := &p.blocks[i]
		in[i] = b.zone&(hidden|navigation) == 0 && (b.linked() <= 0.4 || p.rows[i].sentence())
	}
	return in
}

// take takes over what the scanner found.
func (p *htmlPage) take(s *scanner) {
	p.blocks, p.boxes, p.runs, p.meta = s.blocks, s.boxes, s.runs, s.meta
	all := string(s.buf)
	p.rows = make([]row, len(p.blocks))
	for i := range p.blocks {
		b := &p.blocks[i]
		b.text = b.Of(all)
		p.rows[i] = newRow(b.text, contrechamp.Span{End: len(b.text)})
	}
}

// guessLanguage tells the language of the page's prose, which dates are read in; the page's own word is the second
// choice, since templates are often left in English.
func (p *htmlPage) guessLanguage() string {
	var b strings.Builder
	for i := range p.rows {
		if p.rows[i].prose() && b.Len() < sampleBytes {
			b.WriteString(clip(p.rows[i].text, sampleBytes))
			b.WriteByte(' ')
		}
	}
	p.language, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(p.meta.language)), "-")
	if len(p.language) != 2 {
		p.language = ""
	}
	if l := languageOf(b.String()); l != unknown {
		return l
	}
	return p.language
}

// tellRoles gives every block its role. in says which blocks the extractors hold for the article.
func (p *htmlPage) tellRoles(in []bool, language string) {
	first, last := -1, -1
	for i := range in {
		if in[i] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	title := p.titleBlock(first)
	titleKey := keyOf(p.title)
	unbroken := true // since the article's last block, only what speaks
	for i := range p.blocks {
		b, r := &p.blocks[i], &p.rows[i]
		switch {
		case i == title:
			b.role = contrechamp.RoleTitle
		case b.zone&(hidden|navigation) != 0 || r.words() == 0:
			b.role = contrechamp.RoleFurniture
		case titleKey != 0 && p.rows[i].key() == titleKey:
			b.role = contrechamp.RoleRepeat
		case in[i]:
			b.role = p.roleIn(i, language)
		default:
			b.role = p.roleOut(i, first, last, title, unbroken, language)
		}
		if i > last && !b.role.Speaks() {
			unbroken = false
		}
	}
}

// titleBlock finds the block that is the title: a heading that says it, the highest and nearest before the article.
func (p *htmlPage) titleBlock(first int) int {
	key := keyOf(p.title)
	best, rank := -1, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if key == 0 || b.zone&hidden != 0 || p.rows[i].key() != key {
			continue
		}
		n := 1
		if b.heading > 0 {
			n = 10 - b.heading
		}
		if b.zone == 0 {
			n += 10
		}
		if first < 0 || i <= first {
			n += 5
		}
		if n > rank {
			best, rank = i, n
		}
	}
	return best
}

// roleIn is the role of a block that the extractors hold for the article.
func (p *htmlPage) roleIn(i int, language string) contrechamp.Role {
	b, r := &p.blocks[i], &p.rows[i]
	if role, ok := p.plainShape(i, language); ok {
		return role
	}
	switch {
	case b.heading > 0 && !r.prose():
		return contrechamp.RoleHeading
	case b.item:
		return contrechamp.RoleItem
	}
	return contrechamp.RoleBody
}

// plainShape knows the short lines that are furniture or credits wherever they stand, and appeals.
func (p *htmlPage) plainShape(i int, language string) (contrechamp.Role, bool) {
	b, r := &p.blocks[i], &p.rows[i]
	short := r.words() <= cueLine && !r.sentence()
	switch {
	case b.zone&caption != 0 && r.words() <= lengthyWords:
		return contrechamp.RoleMeta, true
	case pictured(r):
		return contrechamp.RoleMeta, true
	case short && p.dateLine(r, language):
		return contrechamp.RoleMeta, true
	case short && r.hints&(share|related) != 0, short && r.appeals > 0 && b.heading == 0, r.words() <= sectionLine && short && r.hints&comments != 0:
		return contrechamp.RoleFurniture, true
	case r.words() <= lengthyWords && r.hints&related != 0 && b.linked() > 0.4:
		return contrechamp.RoleFurniture, true
	case short && r.hints&rights != 0:
		return contrechamp.RoleFurniture, true
	case r.words() <= cueLine && b.zone&credits != 0, short && initials(r), short && opens(r, byline) && (capitalised(after(r), wordsOf(after(r))) || strings.Contains(r.text, ":")):
		return contrechamp.RoleMeta, true
	case r.appeals >= 1 && r.addresses >= 2 && r.appeals+r.addresses >= 1+r.words()/12:
		return contrechamp.RoleFurniture, true
	}
	return "", false
}

// pictured reports whether a line is the legend of a picture: it ends with a credit in brackets.
func pictured(r *row) bool {
	const longest = 80 // bytes in the brackets
	text := strings.TrimRight(r.text, " .\u00a0")
	if r.words() > 2*lengthyWords || !strings.HasSuffix(text, ")") {
		return false
	}
	at := strings.LastIndexByte(text, '(')
	if at < 0 || len(text)-at > longest {
		return false
	}
	credit := text[at+1 : len(text)-1]
	tokens := wordsOf(credit)
	for _, t := range tokens[:min(3, len(tokens))] {
		switch word.Fold(t.Of(credit)) {
		case "image", "images", "photo", "photos", "foto", "fotos", "picture", "credit", "credits", "pic", "bild", "getty":
			return true
		}
	}
	return false
}

// opens reports whether a line begins with words of that cue.
func opens(r *row, c cue) bool {
	head := r.part(0, min(2, r.words()))
	found, _ := head.cues()
	return found&c != 0
}

// after returns a line without its first word.
func after(r *row) string {
	if r.words() < 2 {
		return ""
	}
	return r.text[r.tokens[1].Start:]
}

// dateLine reports whether a short line is there for its date.
func (p *htmlPage) dateLine(r *row, language string) bool {
	found := datesIn(r.text, language, p.now)
	if len(found) == 0 {
		return false
	}
	rest := r.text[:found[0].Start] + " " + r.text[found[0].End:]
	return r.hints&(issued|updated|byline) != 0 || letters(rest) <= 25
}

// roleOut is the role of a block that no extractor holds for the article. Real sentences amid the article stay in
// it, and its headings and tables; so do a standfirst between title and article, and sentences that follow its last
// block unbroken.
func (p *htmlPage) roleOut(i, first, last, title int, unbroken bool, language string) contrechamp.Role {
	b, r := &p.blocks[i], &p.rows[i]
	amid := first >= 0 && i > first && i < last
	lead := title >= 0 && i > title && i < first
	near := amid || lead || i < first && first-i <= 4 || title >= 0 && i < title && title-i <= 4 || i > last && i-last <= 3
	if near && b.zone&^(credits|caption) == 0 || near && b.zone&credits != 0 {
		if role, ok := p.plainShape(i, language); ok {
			return role
		}
	}
	if b.zone != 0 || b.linked() > 0.4 {
		return contrechamp.RoleFurniture
	}
	switch {
	case amid && b.heading > 1 && r.words() <= titleWords:
		return contrechamp.RoleHeading
	case amid && b.row:
		return contrechamp.RoleItem
	case amid && (r.prose() || r.sentence()):
		if b.item {
			return contrechamp.RoleItem
		}
		return contrechamp.RoleBody
	case i < first && first-i <= 2 && b.heading > 0 && !r.prose():
		return contrechamp.RoleHeading
	case lead && r.words() >= 8 && (r.stops || b.heading > 0):
		return contrechamp.RoleBody
	}
	return contrechamp.RoleFurniture
}

// tellRest finds in the lines what the structured data did not say.
func (p *htmlPage) tellRest(language string) {
	lines := plain{page: p.page, rows: p.rows, language: language, now: p.now, title: -1}
	var date *dated
	for i := range p.rows {
		r := &p.rows[i]
		if p.blocks[i].role != contrechamp.RoleMeta {
			continue
		}
		if p.author == "" {
			p.author = lines.authorIn(r)
		}
		lines.date = date
		lines.noteDate(r)
		date = lines.date
	}
	if !p.published.Date.IsZero() {
		return
	}
	if date == nil {
		date = p.dateNear(language)
	}
	if date != nil {
		p.published = contrechamp.Published{Date: date.date, From: "line"}
	}
}

// dateNear is the last resort for a date: the one nearest the article's first words in the short lines around them, else behind
// its last ones. Lines that announce other articles, comments and the page's footer say nothing of this one.
func (p *htmlPage) dateNear(language string) *dated {
	first, last := -1, -1
	for i := range p.blocks {
		if p.blocks[i].role == contrechamp.RoleBody {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	const reach = 15 // blocks
	order := make([]int, 0, 3*reach)
	for i := first; i >= max(0, first-reach); i-- {
		order = append(order, i)
	}
	for i := last + 1; i < min(len(p.blocks), last+reach); i++ {
		order = append(order, i)
	}
	for _, i := range order {
		b, r := &p.blocks[i], &p.rows[i]
		if b.zone&(hidden|navigation|aside|foot|discussion) != 0 || r.words() > lengthyWords {
			continue
		}
		for _, d := range datesIn(r.text, language, p.now) {
			// what a sentence says happened on another day, unless it says when it was published, or opens with its date
			if d.date.Day != 0 && (!r.sentence() || r.hints&(issued|updated) != 0 || d.Start == 0) {
				return &d
			}
		}
	}
	return nil
}

// assemble writes the body: a block a paragraph, a blank line between. A title that only the page's head says
// stands first.
func (p *htmlPage) assemble() {
	var b strings.Builder
	shown, size := false, len(p.title)
	for i := range p.blocks {
		shown = shown || p.blocks[i].role == contrechamp.RoleTitle
		size += p.blocks[i].Len() + 2
	}
	b.Grow(size)
	add := func(said *passage, role contrechamp.Role) {
		text := said.text
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(text)
		p.paragraphs = append(p.paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: start, End: b.Len()}, Role: role})
		p.said = append(p.said, said)
	}
	if !shown && p.title != "" && len(p.blocks) > 0 {
		title := passageOf(p.title)
		add(&title, contrechamp.RoleTitle)
	}
	k := 0
	for i := range p.blocks {
		add(&p.rows[i].passage, p.blocks[i].role)
		start := p.paragraphs[len(p.paragraphs)-1].Start
		for k < len(p.runs) && p.runs[k].Text+p.runs[k].Len < p.blocks[i].Start {
			k++
		}
		from := k
		for k < len(p.runs) && p.runs[k].Text <= p.blocks[i].End {
			k++
		}
		p.origin = append(p.origin, moved(p.runs[from:k], p.blocks[i].Span, start)...)
		if k > from {
			k-- // the last may reach into the next block
		}
	}
	p.body = b.String()
}

// sameWords is the share of a's words that b has too.
func sameWords(a, b *passage) float64 {
	if a.words() == 0 {
		return 0
	}
	n := 0
	for _, h := range a.hashes {
		for _, g := range b.hashes {
			if g == h {
				n++
				break
			}
		}
	}
	return float64(n) / float64(a.words())
}
