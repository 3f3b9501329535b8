package read

import (
	"regexp"
	"strings"
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
)

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
	longest := titleWords
	if p.act {
		longest = actTitleWords
	}
	for i := 0; i < min(p.first, len(p.rows)); i++ {
		r := &p.rows[i]
		if r.role != contrechamp.RoleBody || r.menu || trail(r.text) || r.bullet || r.bracketed || r.words() < 2 || r.words() > longest ||
			r.words() <= cueLine && r.hints&(share|related|comments|appeal|issued|updated|rights) != 0 ||
			r.hints&byline != 0 && p.opensByline(r) || r.addresses > 0 && r.appeals > 0 ||
			strings.HasSuffix(r.text, ",") || strings.HasSuffix(r.text, ":") ||
			r.running || toc(r.text) || p.dateInTitle(r) {
			continue
		}
		if about := subjectLine(r.text); about > 0 {
			p.title = i
			p.page.title = strings.Join(strings.Fields(r.text[about:]), " ")
			break
		}
		candidates++
		score := min(r.words(), 10)
		if candidates == 1 {
			score += 2
		}
		if p.act && p.first-i <= aboveAct && r.words() >= 4 {
			score += 4 // what the act is about stands right above who acts
		}
		if p.wrapped && i == p.first-1 {
			score++ // in a letter, what it is about stands behind who writes to whom
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
	if p.page.title == "" {
		p.page.title = strings.Join(strings.Fields(p.rows[p.title].text), " ")
	}
}

// subjects open the line in which a letter or a decision says what it is about.
var subjects = regexp.MustCompile(`^(?:Objet|OBJET|Subject|SUBJECT|Betreff|Betr\.|Asunto|ASUNTO|Oggetto|OGGETTO|Assunto|ASSUNTO|Betreft|Предмет|Тема|Predmet) ?: *`)

// subjectLine answers where what a letter is about begins in its line of that name; 0 for any other line.
func subjectLine(text string) int {
	return len(subjects.FindString(text))
}

// dateInTitle reports whether a line has a date that is more than a part of what it says.
func (p *plain) dateInTitle(r *row) bool {
	const said = 60 // letters beside the date
	ds := datesIn(r.text, p.language, p.now)
	return len(ds) > 0 && (!p.act || letters(r.text[:ds[0].Start]) < said)
}

// Shape of an act's title, in words, and how many rows above its first article or reason it stands at most.
const (
	actTitleWords = 50
	aboveAct      = 5
)

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
