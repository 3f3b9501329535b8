package read

import (
	"context"
	"path"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// row is a line of a plain text, or the lines that a hard-wrapped paragraph was broken into.
type row struct {
	contrechamp.Span
	passage
	gap     int // blank lines before it
	page    int // 1-based; 0 where the text has none
	role    contrechamp.Role
	running bool // the head, foot or number of a page
	cells   int  // that wide gaps or tabs part; 1 in prose
	act     bool // opens a paragraph of an official act

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
	wrapped  bool   // lines were joined to paragraphs
	act      bool   // an official act, or several
	csv      bool   // a table whose cells commas part
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
	narrowest := narrow
	if body, origin, columns := uncolumn(p.body); columns {
		p.body, p.origin = body, origin.Through(d.origin)
		narrowest = slender
		p.note("columns that stood side by side were read one after the other")
	}
	var err error
	if p.rows, p.wrapped, err = rowsOf(ctx, p.body, narrowest); err != nil {
		return nil, err
	}
	if n := len(p.rows); n > 0 && strings.TrimSpace(p.body[p.rows[n-1].End:]) != "" {
		p.note("the document holds more than the %d lines that are read; the rest was left out", maxBlocks)
		p.cut(p.rows[n-1].End)
	}
	if p.wrapped {
		p.note("lines broken at a fixed width were joined to paragraphs")
	}
	p.csv = isCSV(src)
	p.tellLayout()
	p.language = p.guessLanguage()
	p.findFirst()
	p.splitFlattened()
	p.tellTitle()
	p.tellRefrains()
	p.tellFacts()
	p.tellHead()
	p.tellArticle()
	p.tellTail()
	p.tellNames()
	p.tellDate(src)
	for i := range p.rows {
		r := &p.rows[i]
		p.paragraphs = append(p.paragraphs, contrechamp.Paragraph{Span: r.Span, Role: r.role, Page: r.page})
		p.said = append(p.said, &r.passage)
	}
	return p.page, nil
}

// actRows is how many paragraphs that open as those of acts do make a text one.
const actRows = 3

// tellLayout gives roles by where lines stand on their page, and sees whether the text is an official act.
func (p *plain) tellLayout() {
	n := 0
	for i := range p.rows {
		r := &p.rows[i]
		switch {
		case p.csv && r.words() > 0:
			r.role = contrechamp.RoleItem
		case r.running:
			r.role = contrechamp.RoleFurniture
		case r.cells > 1 && r.words() > 0 && (p.tabled(i) || p.wrapped && !strings.Contains(r.text, "|") && p.besideCells(i)):
			r.role = contrechamp.RoleItem
		case r.act:
			n++
		}
	}
	p.act = n >= actRows
}

// isCSV reports whether a text says that it is a table (RFC 4180).
func isCSV(src Source) bool {
	switch base(src.MediaType) {
	case "text/csv", "text/tab-separated-values":
		return true
	}
	switch strings.ToLower(path.Ext(src.Name)) {
	case ".csv", ".tsv":
		return true
	}
	return false
}

// tableRows is how many lines with as many cells each, one below the other, are a table.
const tableRows = 3

// tabled reports whether row i stands in a table.
func (p *plain) tabled(i int) bool {
	same := func(j int) bool { return j >= 0 && j < len(p.rows) && p.rows[j].cells == p.rows[i].cells }
	from, to := i, i
	for same(from-1) && p.rows[from].gap == 0 && i-from < tableRows {
		from--
	}
	for same(to+1) && p.rows[to+1].gap == 0 && to-i < tableRows {
		to++
	}
	return to-from+1 >= tableRows
}

// besideCells reports whether the row before or behind row i has cells too: one alone is the head of a letter.
func (p *plain) besideCells(i int) bool {
	return i > 0 && p.rows[i-1].cells > 1 || i+1 < len(p.rows) && p.rows[i+1].cells > 1
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
		if r.role == contrechamp.RoleBody && (!p.act && r.prose() && !(r.appeals > 0 && r.words() < lengthyWords) || p.act && r.act) {
			p.first = i
			return
		}
	}
	const soon = 6
	for i := range p.rows[:min(len(p.rows), soon)] { // a note of a few short sentences
		if r := &p.rows[i]; r.role == contrechamp.RoleBody && r.sentence() && r.appeals == 0 && r.hints == 0 {
			p.first = i
			return
		}
	}
}
