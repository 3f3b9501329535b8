package read

import (
	"context"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
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
