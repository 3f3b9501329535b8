package read

import (
	"context"
	"strings"
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// row is a line of a plain text, or the lines that a hard-wrapped paragraph was broken into.
type row struct {
	contrechamp.Span
	passage
	gap  int // blank lines before it
	role contrechamp.Role

	hints     cue
	appeals   int
	addresses int
	stops     bool // ends as a sentence does
	menu      bool
	bullet    bool
	bracketed bool
}

// Shapes of lines, in words.
const (
	proseWords   = 15 // with a stop: a paragraph
	lengthyWords = 30 // without
	titleWords   = 30
	headingWords = 14
	cueLine      = 12 // a hint decides alone in lines up to here
	sectionLine  = 7  // a line that opens "related", "comments"
	startedWords = 60 // of prose, from which on an article has begun
)

func (r *row) prose() bool {
	return !r.menu && (r.words() >= proseWords && r.stops || r.words() >= lengthyWords)
}

// sentence reports whether r says something whole, though it may be short.
func (r *row) sentence() bool { return r.words() >= 5 && r.stops }

// plain is a plain text while its lines are told apart.
type plain struct {
	*page
	rows     []row
	language string // of its prose, for dates
	now      contrechamp.Date
	first    int // first row of prose; len(rows) when there is none
	title    int // row, -1 when there is none
	date     *dated
}

func readPlain(ctx context.Context, src Source) (*page, error) {
	d := decode(src.Bytes, src.MediaType)
	p := &plain{page: &page{body: d.text, origin: d.origin, notes: d.notes}, title: -1}
	p.quality.repaired, p.quality.guessed = d.repaired, d.guessed
	if !src.Now.IsZero() {
		p.now = contrechamp.DateOf(src.Now.AddDate(0, 0, 1))
	}
	var err error
	if p.rows, err = rowsOf(ctx, d.text, p.page); err != nil {
		return nil, err
	}
	p.language = p.guessLanguage()
	p.findFirst()
	p.splitFlattened()
	p.tellTitle()
	p.tellRefrains()
	p.tellHead()
	p.tellArticle()
	p.tellTail()
	p.tellNames()
	p.tellDate(src)
	for i := range p.rows {
		r := &p.rows[i]
		p.paragraphs = append(p.paragraphs, contrechamp.Paragraph{Span: r.Span, Role: r.role})
		p.said = append(p.said, &r.passage)
	}
	return p.page, nil
}

// rowsOf cuts a text into rows: one a line, or one a block where lines are hard-wrapped.
func rowsOf(ctx context.Context, body string, p *page) ([]row, error) {
	spans, gaps := lines(body)
	if wrapped(body, spans, gaps) {
		spans, gaps = unwrap(body, spans, gaps)
		p.note("lines broken at a fixed width were joined to paragraphs")
	}
	rows := make([]row, len(spans))
	for i, s := range spans {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		rows[i] = newRow(body, s)
		rows[i].gap = gaps[i]
	}
	return rows, nil
}

func newRow(body string, s contrechamp.Span) row {
	text := body[s.Start:s.End]
	r := row{Span: s, passage: passageOf(text), role: contrechamp.RoleBody}
	r.stops = stops(text)
	r.bullet = bulleted(text)
	r.menu = !r.bullet && menu(text, r.tokens) && !(r.stops && r.words() >= proseWords)
	r.hints, r.appeals = r.passage.cues()
	r.addresses = r.passage.addressing()
	r.bracketed = len(text) > 1 && (text[0] == '[' && strings.HasSuffix(text, "]") || text[0] == '(' && strings.Contains(text, ")"))
	return r
}

func bulleted(text string) bool {
	for _, mark := range []string{"- ", "– ", "— ", "* ", "• ", "· ", "▪ ", "◦ ", "‣ ", "•\t", "-\t"} {
		if strings.HasPrefix(text, mark) {
			return true
		}
	}
	return false
}

// lines returns the trimmed lines that hold something, and how many blank ones stand before each.
func lines(body string) (spans []contrechamp.Span, gaps []int) {
	gap := 0
	for from := 0; from < len(body); {
		to := from + strings.IndexAny(body[from:], "\n\r")
		next := to + 1
		if to < from {
			to, next = len(body), len(body)
		} else if body[to] == '\r' && next < len(body) && body[next] == '\n' {
			next++
		}
		if s := trim(body, contrechamp.Span{Start: from, End: to}); s.Len() > 0 {
			spans = append(spans, s)
			gaps = append(gaps, gap)
			gap = 0
		} else {
			gap++
		}
		from = next
	}
	return spans, gaps
}

// Widths of hard-wrapped lines, in bytes, and how many lines of a block it takes to see that it is one.
const (
	narrow    = 45
	wide      = 110
	seenLines = 3
)

// wrapped reports whether lines were broken at a fixed width: most lines that another line of their block follows
// are of about the same width, and break off in mid-sentence.
func wrapped(body string, spans []contrechamp.Span, gaps []int) bool {
	widest := 0
	for i, s := range spans {
		if i+1 < len(spans) && gaps[i+1] == 0 {
			widest = max(widest, s.Len())
		}
	}
	if widest < narrow || widest > wide {
		return false
	}
	inner, full, broken := 0, 0, 0
	for i, s := range spans {
		if i+1 >= len(spans) || gaps[i+1] > 0 {
			continue
		}
		inner++
		if s.Len()*10 >= widest*7 {
			full++
			if !stops(body[s.Start:s.End]) {
				broken++
			}
		}
	}
	return inner >= seenLines && full*10 >= inner*7 && broken*10 >= full*6
}

func unwrap(body string, spans []contrechamp.Span, gaps []int) ([]contrechamp.Span, []int) {
	var joined []contrechamp.Span
	var before []int
	for i, s := range spans {
		if i > 0 && gaps[i] == 0 && !bulleted(body[s.Start:s.End]) {
			joined[len(joined)-1].End = s.End
			continue
		}
		joined = append(joined, s)
		before = append(before, gaps[i])
	}
	return joined, before
}

func (p *plain) guessLanguage() string {
	var b strings.Builder
	for i := range p.rows {
		if p.rows[i].prose() {
			b.WriteString(clip(p.rows[i].text, sampleBytes))
			b.WriteByte(' ')
		}
		if b.Len() > sampleBytes {
			return languageOf(b.String())
		}
	}
	return languageOf(b.String() + clip(p.body, sampleBytes))
}

func (p *plain) findFirst() {
	p.first = len(p.rows)
	for i := range p.rows {
		r := &p.rows[i]
		if r.prose() && !(r.appeals > 0 && r.words() < lengthyWords) {
			p.first = i
			return
		}
	}
}

// splitFlattened parts a first line into which a whole head was flattened: "date 2019-11 The title 12 shares 3 The
// first sentence." What counts shares or comments stands between the title and the article.
func (p *plain) splitFlattened() {
	if p.first != 0 || len(p.rows) == 0 || p.rows[0].words() < lengthyWords {
		return
	}
	r := p.rows[0]
	tokens := r.tokens
	from, to := counter(r.text, tokens)
	if from < 3 || to >= len(tokens) {
		return
	}
	cut := []int{0, tokens[from].Start, tokens[to].Start, len(r.text)}
	roles := []contrechamp.Role{contrechamp.RoleBody, contrechamp.RoleFurniture, contrechamp.RoleBody}
	if ds := datesIn(r.text[:min(cut[1], maxDateLine)], p.language, p.now); len(ds) > 0 && len(wordsOf(r.text[:ds[0].Start])) <= 3 {
		cut = append([]int{0, ds[0].End}, cut[1:]...)
		roles = append([]contrechamp.Role{contrechamp.RoleMeta}, roles...)
	}
	var parts []row
	for i, role := range roles {
		s := trim(p.body, contrechamp.Span{Start: r.Start + cut[i], End: r.Start + cut[i+1]})
		if s.Len() == 0 {
			continue
		}
		part := newRow(p.body, s)
		part.role = role
		parts = append(parts, part)
	}
	p.rows = append(parts, p.rows[1:]...)
	p.first = len(parts) - 1
}

// counter finds the first run of numbers and share words near the start of a line, before any sentence ends, with
// a capital behind it: as word positions [from, to).
func counter(text string, tokens []word.Token) (from, to int) {
	const near = 60 // words
	for i := 0; i < min(len(tokens), near); i++ {
		if i > 0 && strings.ContainsAny(text[tokens[i-1].End:tokens[i].Start], ".!?") {
			return 0, 0
		}
		numbers, shares, j := 0, 0, i
		for ; j < len(tokens); j++ {
			if tokens[j].Kind == word.Number {
				numbers++
			} else if c := cueWords[word.Join(0, word.Hash(tokens[j].Of(text)))]; c&(share|comments) != 0 {
				shares++
			} else {
				break
			}
		}
		if numbers > 0 && shares > 0 && j < len(tokens) && tokens[j].Upper {
			return i, j
		}
	}
	return 0, 0
}

// tellTitle chooses the title among the lines before the article's first prose.
func (p *plain) tellTitle() {
	best := 0
	times := map[uint64]int{}
	for i := range p.rows {
		if r := &p.rows[i]; r.words() <= titleWords {
			times[r.key()]++
		}
	}
	candidates := 0
	for i := 0; i < min(p.first, len(p.rows)); i++ {
		r := &p.rows[i]
		if r.role != contrechamp.RoleBody || r.menu || trail(r.text) || r.bullet || r.bracketed || r.words() < 2 || r.words() > titleWords ||
			r.words() <= cueLine && r.hints&(share|related|comments|appeal|issued|updated|rights) != 0 ||
			r.hints&byline != 0 && p.opensByline(r) || r.addresses > 0 && r.appeals > 0 ||
			strings.HasSuffix(r.text, ",") || strings.HasSuffix(r.text, ":") ||
			len(datesIn(r.text, p.language, p.now)) > 0 {
			continue
		}
		candidates++
		score := min(r.words(), 10)
		if candidates == 1 {
			score += 2
		}
		if n := times[r.key()]; n > 1 {
			if r.words() >= 4 {
				score += 3
			} else {
				score -= 3 // the name of the site stands above and below
			}
		}
		if r.stops && !strings.ContainsAny(r.text[len(r.text)-1:], "?!") {
			score -= 4
		}
		if score > best {
			best, p.title = score, i
		}
	}
	if p.title < 0 {
		p.note("no title was found in the text")
		return
	}
	p.rows[p.title].role = contrechamp.RoleTitle
	p.page.title = strings.Join(strings.Fields(p.rows[p.title].text), " ")
}

// opensByline reports whether a line begins with what opens a byline.
func (p *plain) opensByline(r *row) bool {
	head := r.part(0, min(2, r.words()))
	c, _ := head.cues()
	return c&byline != 0
}

// tellRefrains makes furniture of the short lines that a page says again and again, whatever their numbers: they are
// its buttons.
func (p *plain) tellRefrains() {
	times := map[uint64]int{}
	for i := range p.rows {
		if r := &p.rows[i]; r.refrains() {
			times[r.refrain()]++
		}
	}
	for i := range p.rows {
		if r := &p.rows[i]; i != p.title && r.refrains() && times[r.refrain()] >= refrainTimes {
			r.role = contrechamp.RoleFurniture
		}
	}
}

// refrains reports whether a line could be a refrain: a few words, no sentence, no item of a list.
func (r *row) refrains() bool {
	return r.words() > 0 && r.words() <= refrainWords && !r.stops && !r.bullet
}

// tellHead gives roles to what stands before the article's first prose.
func (p *plain) tellHead() {
	titleKey := uint64(0)
	if p.title >= 0 {
		titleKey = p.rows[p.title].key()
	}
	for i := 0; i < min(p.first, len(p.rows)); i++ {
		r := &p.rows[i]
		if r.role != contrechamp.RoleBody {
			continue
		}
		afterTitle := p.title >= 0 && i > p.title
		switch {
		case titleKey != 0 && r.key() == titleKey:
			r.role = contrechamp.RoleRepeat
		case p.noteDate(r) && r.words() <= titleWords:
			r.role = contrechamp.RoleMeta
		case r.words() == 0 || r.appeals > 0 && (r.words() <= cueLine || r.addresses > 0) || r.words() <= cueLine && r.hints&(share|related) != 0:
			r.role = contrechamp.RoleFurniture
		case r.words() <= cueLine && r.hints&(issued|updated|byline|rights|comments) != 0 || r.bracketed:
			r.role = contrechamp.RoleMeta
		case r.menu:
			r.role = contrechamp.RoleFurniture
		case p.title >= 0 && !afterTitle:
			r.role = contrechamp.RoleFurniture
			if r.sentence() {
				r.role = contrechamp.RoleBody
			}
		case afterTitle && credit(r):
			r.role = contrechamp.RoleMeta
		case r.sentence() || strings.HasSuffix(r.text, ","):
		case r.bullet:
			r.role = contrechamp.RoleItem
		case r.words() <= 1 || afterTitle && r.words() <= 2 && letters(r.text) < 8:
			r.role = contrechamp.RoleFurniture
		case afterTitle && r.words() <= titleWords && p.first < len(p.rows):
			r.role = contrechamp.RoleHeading
		}
	}
}

// credit reports whether a short line is names with a slash between: "Tobias Tullius / Unsplash", or initials.
func credit(r *row) bool {
	if r.words() == 0 || r.words() > 8 || !capitalised(r.text, r.tokens) {
		return false
	}
	return strings.Contains(r.text, " / ") || initials(r)
}

// initials reports whether a line is only initials: "L. M."
func initials(r *row) bool {
	for _, t := range r.tokens {
		if len(t.Of(r.text)) > 2 || !t.Upper {
			return false
		}
	}
	return len(r.tokens) >= 1 && len(r.tokens) <= 4 && strings.Count(r.text, ".") >= len(r.tokens)
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// tellArticle gives roles to what stands between the first prose and the tail: prose, items, headings, and the
// furniture that stands out by its own shape. tellTail looks at what comes after the article.
func (p *plain) tellArticle() {
	said := 0 // words of prose so far
	section := cue(0)
	for i := p.first; i < len(p.rows); i++ {
		r := &p.rows[i]
		if r.role != contrechamp.RoleBody {
			continue
		}
		if section&comments != 0 {
			r.role = contrechamp.RoleFurniture
			continue
		}
		r.role = p.roleInside(i, said, &section)
		if r.role == contrechamp.RoleBody && r.prose() {
			said += r.words()
		}
	}
}

func (p *plain) roleInside(i, said int, section *cue) contrechamp.Role {
	r := &p.rows[i]
	short := r.words() <= cueLine && !r.sentence()
	switch {
	case r.words() == 0:
		return contrechamp.RoleFurniture
	case r.words() <= sectionLine && r.hints&comments != 0 && said >= startedWords && !(r.stops && r.hints&related == 0 && r.words() > 4):
		*section |= comments
		return contrechamp.RoleFurniture
	case short && r.hints&comments != 0 && said >= startedWords:
		*section |= comments
		return contrechamp.RoleFurniture
	case r.words() <= sectionLine && r.hints&related != 0 && !r.prose():
		*section |= related
		return contrechamp.RoleFurniture
	case short && r.hints&(share|related) != 0, short && r.appeals > 0:
		return contrechamp.RoleFurniture
	case short && r.hints&rights != 0 && r.hints&byline == 0:
		return contrechamp.RoleFurniture
	case short && p.onlyDate(r), initials(r), p.creditLine(r):
		return contrechamp.RoleMeta
	case r.appeals >= 1 && r.addresses >= 2 && r.appeals+r.addresses >= 1+r.words()/12:
		return contrechamp.RoleFurniture
	case r.prose():
		*section = 0
		return contrechamp.RoleBody
	case *section&related != 0 && !r.sentence():
		return contrechamp.RoleFurniture
	case r.menu:
		return contrechamp.RoleFurniture
	case r.bullet:
		return contrechamp.RoleItem
	case p.heads(i):
		return contrechamp.RoleHeading
	}
	return contrechamp.RoleBody
}

// onlyDate reports whether a line holds a date and nothing that matters beside it.
func (p *plain) onlyDate(r *row) bool {
	ds := datesIn(r.text, p.language, p.now)
	if len(ds) == 0 {
		return false
	}
	rest := r.text[:ds[0].Start] + " " + r.text[ds[0].End:]
	return letters(rest) <= 12 || r.hints&(issued|updated) != 0
}

// creditLine reports whether a line says where an article or a picture is from: in brackets with a credit's word,
// or opened by one.
func (p *plain) creditLine(r *row) bool {
	if r.hints&(byline|rights) == 0 || r.words() > cueLine || r.prose() {
		return false
	}
	if r.bracketed {
		return true
	}
	head, _, colon := strings.Cut(r.text, ":")
	if !colon {
		return p.opensByline(r) && capitalised(r.text, r.tokens)
	}
	opener := passageOf(head)
	c, _ := opener.cues()
	return opener.words() <= 4 && c&(byline|issued|updated) != 0
}

// heads reports whether row i is a heading: short, not a sentence, set off, with prose after it.
func (p *plain) heads(i int) bool {
	r := &p.rows[i]
	if r.words() > headingWords || r.words() < 1 || r.stops && !strings.HasSuffix(r.text, "?") || strings.HasSuffix(r.text, ",") {
		return false
	}
	if i+1 >= len(p.rows) || !p.rows[i+1].prose() && !p.rows[i+1].bullet {
		return false
	}
	return r.gap > 0 || p.rows[i+1].gap > 0
}

// tellTail finds where the article ends, and makes furniture of what follows. The end is a mark that pages set
// behind their articles (a share line, the byline again, "related"), past most of the prose, behind which hardly
// anything but appeals and short lines stands.
func (p *plain) tellTail() {
	total := 0
	for i := range p.rows {
		if r := &p.rows[i]; r.role == contrechamp.RoleBody && r.prose() {
			total += r.words()
		}
	}
	seen := map[uint64]bool{}
	for i := 0; i < min(p.first, len(p.rows)); i++ {
		if r := &p.rows[i]; r.role == contrechamp.RoleMeta || r.role == contrechamp.RoleFurniture {
			seen[r.key()] = true
		}
	}
	said := 0
	behind := p.behind()
	for i := p.first; i < len(p.rows); i++ {
		r := &p.rows[i]
		behind.leave(r)
		if r.role == contrechamp.RoleBody && r.prose() {
			said += r.words()
			continue
		}
		mark := r.role == contrechamp.RoleFurniture && r.words() > 0 || r.role == contrechamp.RoleMeta && seen[r.key()]
		if mark && said*2 >= total && behind.hollow(said) {
			p.furnish(i + 1)
			return
		}
	}
	p.trailing()
}

// column is how many short lines, one after another behind all that an article says, are a page's foot.
const column = 5

// tailColumn makes furniture of a column of short lines behind the last sentence. Lines of a list keep their marks and
// are none.
func (p *plain) tailColumn(last int) {
	n := 0
	for i := last + 1; i < len(p.rows); i++ {
		if r := &p.rows[i]; r.bullet || r.words() > sectionLine || r.stops {
			return
		}
		n++
	}
	if n < column {
		return
	}
	for i := last + 1; i < len(p.rows); i++ {
		if r := &p.rows[i]; r.role == contrechamp.RoleBody || r.role == contrechamp.RoleHeading {
			r.role = contrechamp.RoleFurniture
		}
	}
}

// remainder counts the words of the rows behind a place in the text, by what they are.
type remainder struct{ plain, appealing int }

// behind counts all rows from the article's first on; the caller takes them out one by one.
func (p *plain) behind() *remainder {
	var rest remainder
	for i := p.first; i < len(p.rows); i++ {
		rest.count(&p.rows[i], 1)
	}
	return &rest
}

func (m *remainder) leave(r *row) { m.count(r, -1) }

func (m *remainder) count(r *row, sign int) {
	switch {
	case r.role == contrechamp.RoleFurniture && r.words() >= proseWords:
		m.appealing += sign * r.words()
	case r.role.Speaks() && r.sentence():
		m.plain += sign * r.words()
	}
}

// hollow reports whether little but appeals, titles and short lines is left.
func (m *remainder) hollow(said int) bool {
	return m.plain == 0 || m.plain < m.appealing*2 && m.plain*3 < said
}

func (p *plain) furnish(i int) {
	for ; i < len(p.rows); i++ {
		if p.rows[i].role.Speaks() {
			p.rows[i].role = contrechamp.RoleFurniture
		}
	}
}

// trailing looks at the short lines behind the last prose of an article that ends without a mark.
func (p *plain) trailing() {
	last := -1
	for i := len(p.rows) - 1; i >= p.first; i-- {
		if r := &p.rows[i]; r.role == contrechamp.RoleBody && (r.prose() || r.sentence()) {
			last = i
			break
		}
	}
	if last < 0 {
		return
	}
	p.tailColumn(last)
	name := uint64(0)
	if len(p.rows) > 0 {
		name = p.rows[0].key()
	}
	for i := last + 1; i < len(p.rows); i++ {
		r := &p.rows[i]
		if r.role == contrechamp.RoleBody && (r.words() <= 6 && r.key() == name || r.menu) {
			r.role = contrechamp.RoleFurniture
		}
	}
}
