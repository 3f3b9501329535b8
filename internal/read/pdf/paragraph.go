package pdf

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// Flow makes blocks of what was read: paragraphs joined over line ends, hyphens, columns and pages; running heads and
// page numbers set apart.
func (d *Document) Flow(ctx context.Context) (flow.Document, error) {
	out := flow.Document{Author: d.Info.Author, Notes: d.Notes}
	out.Published, out.Updated = dateOf(d.Info.Made), dateOf(d.Info.Changed)
	if !fileTitle(d.Info.Title) {
		out.Title = flow.Clean(d.Info.Title)
	}
	var pages [][]line
	columns := 0
	for i := range d.Pages {
		if i%64 == 0 && ctx.Err() != nil {
			return out, ctx.Err()
		}
		lines := d.Pages[i].lines
		for j := range lines {
			lines[j].column += columns
		}
		if len(lines) > 0 {
			columns = lines[len(lines)-1].column + 1
		}
		pages = append(pages, lines)
	}
	marks := running(pages)
	w := writer{hyphens: hyphensOf(pages), size: bodySize(pages)}
	for i, lines := range pages {
		w.page(lines, marks[i])
	}
	w.flush()
	if title := w.tellTitle(); title != "" {
		out.Title = title
	}
	for _, b := range w.blocks {
		out.Blocks = append(out.Blocks, b.Block)
	}
	return out, nil
}

// fileTitle reports whether a title is the name that a program gave to a file.
func fileTitle(s string) bool {
	folded := strings.ToLower(strings.TrimSpace(s))
	if folded == "" || strings.HasPrefix(folded, "microsoft ") || strings.HasPrefix(folded, "untitled") || strings.HasPrefix(folded, "sans titre") || strings.HasPrefix(folded, "sans nom") {
		return true
	}
	dot := strings.LastIndexByte(folded, '.')
	if dot > 0 && len(folded)-dot <= 6 && !strings.Contains(folded[dot:], " ") {
		return true
	}
	return !strings.ContainsAny(folded, " \u00a0") && strings.ContainsAny(folded, "_0123456789")
}

// writer joins lines to blocks.
type writer struct {
	blocks  []written
	hyphens map[string]string // what a word broken at a line's end is when it is whole
	size    float64           // of the document's prose

	open   []byte // the paragraph that is being written
	role   contrechamp.Role
	first  line // of it
	last   line
	aside  []written // furniture met while a paragraph may still go on
	lines  int
	widest map[int]extent // by column
}

type written struct {
	flow.Block
	size float64
	bold bool
	y    float64 // share of the page's height
	caps bool
}

type extent struct {
	x0, x1, leading float64
	lines           int
}

// page writes the lines of one page; marks says which are furniture.
func (w *writer) page(lines []line, marks []mark) {
	w.widest = map[int]extent{}
	for i := range lines {
		l := &lines[i]
		if marks[i] != 0 {
			continue
		}
		e, ok := w.widest[l.column]
		if !ok {
			e = extent{x0: l.x0, x1: l.x1}
		}
		e.x0, e.x1 = min(e.x0, l.x0), max(e.x1, l.x1)
		e.lines++
		w.widest[l.column] = e
	}
	w.leadings(lines, marks)
	for i := range lines {
		l := lines[i]
		switch marks[i] {
		case isHead, isRepeat:
			role := contrechamp.RoleFurniture
			if marks[i] == isHead {
				role = contrechamp.RoleMeta
			}
			w.aside = append(w.aside, written{Block: flow.Block{Text: flow.Clean(l.text()), Role: role, Page: l.page}, size: l.size})
		default:
			w.line(l)
		}
	}
}

// leadings finds the usual distance of lines in each column.
func (w *writer) leadings(lines []line, marks []mark) {
	steps := map[int][]float64{}
	for i := 1; i < len(lines); i++ {
		if marks[i] == 0 && marks[i-1] == 0 && lines[i].column == lines[i-1].column && lines[i].y0 > lines[i-1].y0 {
			steps[lines[i].column] = append(steps[lines[i].column], lines[i].y0-lines[i-1].y0)
		}
	}
	for column, s := range steps {
		slices.Sort(s)
		e := w.widest[column]
		e.leading = s[len(s)/4] // the lower quartile: gaps between paragraphs are wider
		w.widest[column] = e
	}
}

func (w *writer) line(l line) {
	text := flow.Clean(l.text())
	if text == "" {
		return
	}
	if len(w.open) > 0 && w.goesOn(&l, text) {
		w.join(text, &l)
		return
	}
	w.flush()
	w.open = append(w.open[:0], text...)
	w.first, w.last, w.lines = l, l, 1
	w.role = contrechamp.RoleBody
	switch {
	case l.table || bullet(text):
		w.role = contrechamp.RoleItem
	}
}

// join puts a line behind the open paragraph.
func (w *writer) join(text string, l *line) {
	open := string(w.open)
	if before, whole := w.whole(open, text); whole != "" {
		w.open = append(append(w.open[:before], whole...), text[wordLen(text):]...)
	} else {
		w.open = append(append(w.open, ' '), text...)
	}
	w.last = *l
	w.lines++
}

// whole answers where the broken word at the end of open begins, and what it is together with the first word of
// text: "vidéo-" and "protection".
func (w *writer) whole(open, text string) (int, string) {
	head := headOf(open)
	if head == "" {
		return 0, ""
	}
	tail := text[:wordLen(text)]
	if tail == "" {
		return 0, ""
	}
	word, known := w.hyphens[head+"-"+tail]
	if !known {
		return 0, ""
	}
	return len(open) - len(head) - hyphenLen(open), word
}

// Shape of paragraphs.
const (
	wideGap   = 1.4  // of the usual leading: a new paragraph
	otherSize = 0.12 // of the size: another kind of text
	shortLine = 0.12 // of the column's width missing on the right: the paragraph's last line, if it stops
	indented  = 0.9  // of the size: a first line moved in
)

// goesOn reports whether l continues the open paragraph.
func (w *writer) goesOn(l *line, text string) bool {
	last := &w.last
	open := string(w.open)
	if l.table != last.table || l.table {
		return false
	}
	if diff := l.size - last.size; diff > otherSize*last.size || diff < -otherSize*last.size {
		return false
	}
	e := w.widest[l.column]
	stops := stop(open)
	if l.column != last.column {
		// over a column or a page: only a sentence that is not at its end goes on, or a broken word
		if _, whole := w.whole(open, text); whole != "" {
			return true
		}
		return !stops && l.bold == last.bold && !bullet(text) && flow.OpensLower(text)
	}
	if bullet(text) || flow.OpensAct(text) || flow.IsDateLine(text) {
		return false
	}
	leading := e.leading
	if leading == 0 {
		leading = 1.3 * l.size
	}
	gap := l.y0 - last.y0
	if gap > wideGap*leading && gap > 1.15*(last.y1-last.y0) || gap < 0 {
		return false
	}
	if l.bold != last.bold {
		return !stops && flow.OpensLower(text)
	}
	width := e.x1 - e.x0
	full := last.x1 >= e.x1-shortLine*width
	if l.x0 > last.x0+indented*l.size && l.x0 > e.x0+indented*l.size && w.lines > 1 {
		return !stops && flow.OpensLower(text) // a first line moved in
	}
	if full {
		return !(stops && l.x0 > w.last.x0+indented*l.size)
	}
	// a short line ends its paragraph, unless the sentence goes on in small letters
	if stops || strings.HasSuffix(open, ":") || strings.HasSuffix(open, ";") {
		return false
	}
	return flow.OpensLower(text) || e.lines >= 4 && last.x1 >= e.x1-2.5*shortLine*width && !flow.Capitals(open)
}

func (w *writer) flush() {
	if len(w.open) > 0 {
		text := string(w.open)
		b := written{Block: flow.Block{Text: text, Role: w.role, Page: w.first.page}, size: w.first.size, bold: w.first.bold}
		if w.first.height > 0 {
			b.y = w.first.y0 / w.first.height
		}
		words := strings.Count(text, " ") + 1
		b.caps = flow.Capitals(text)
		const heading = 20 // words
		if w.role == contrechamp.RoleBody && words <= heading && !stopsSentence(text) && !strings.HasSuffix(text, ",") && !strings.HasSuffix(text, ";") &&
			(b.size > (1+otherSize)*w.size || b.bold || b.caps && len(text) > 3) && flow.HasLetter(text) {
			b.Role = contrechamp.RoleHeading
		}
		w.blocks = append(w.blocks, b)
	}
	w.open = w.open[:0]
	w.blocks = append(w.blocks, w.aside...)
	w.aside = nil
}

// tellTitle gives RoleTitle to the largest text on the first page that has any, where it stands out.
// It answers the title, together with the line below where the largest is only a kind: "ARRÊTÉ", "portant ...".
func (w *writer) tellTitle() string {
	best, page := -1, 0
	const upper = 0.7 // of the page
	for i := range w.blocks {
		b := &w.blocks[i]
		if !b.Role.Speaks() || b.Role == contrechamp.RoleItem {
			continue
		}
		if page == 0 {
			page = b.Page
		}
		if b.Page != page {
			break
		}
		if b.y <= upper && b.size > 1.15*w.size && len(b.Text) >= 4 && len(b.Text) <= 300 && (best < 0 || b.size > w.blocks[best].size+0.5) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	w.blocks[best].Role = contrechamp.RoleTitle
	title := w.blocks[best].Text
	if best+1 < len(w.blocks) && !strings.Contains(title, " ") && flow.OpensLower(w.blocks[best+1].Text) && len(w.blocks[best+1].Text) < 200 {
		title += " " + w.blocks[best+1].Text
	}
	return title
}

// bodySize is the size in which most letters are set.
func bodySize(pages [][]line) float64 {
	weight := map[int]int{}
	for _, lines := range pages {
		for i := range lines {
			weight[int(lines[i].size*2+0.5)] += len(lines[i].text())
		}
	}
	best, most := 0, 0
	for size, n := range weight {
		if n > most || n == most && size < best {
			best, most = size, n
		}
	}
	return float64(best) / 2
}

func stop(s string) bool {
	return stopsSentence(s) || strings.HasSuffix(s, ";") || strings.HasSuffix(s, ":")
}

// stopsSentence reports whether s ends as a sentence does.
func stopsSentence(s string) bool {
	s = strings.TrimRight(s, "»”\")] \u00a0")
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '.' || r == '!' || r == '?' || r == '…' || r == '。'
}

var bulleted = regexp.MustCompile(`^(?:[-–—•·▪◦‣*●○■□➢➤✓o]|[0-9]{1,2}[.)°]|[a-z][.)]|\([0-9a-z]{1,2}\)) +\S`)

func bullet(s string) bool {
	const within = 8 // bytes, that the mark and its space take
	return strings.IndexByte(s[:min(len(s), within)], ' ') > 0 && bulleted.MatchString(s)
}
