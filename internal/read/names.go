package read

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// noteDate keeps the best date of a line, and reports whether it has one.
func (p *plain) noteDate(r *row) bool {
	found := datesIn(r.text, p.language, p.now)
	for i := range found {
		if d := found[i]; d.better(p.date) {
			p.date = &d
		}
	}
	return len(found) > 0
}

// tellDate settles the document's date: a date line above the article, a dateline in its first paragraph, a date
// line below it, the date it is signed with, the address, the file's name. The file's own time says when it was saved, and is not asked.
func (p *plain) tellDate(src Source) {
	for i := 0; p.date == nil && i < len(p.rows); i++ {
		r := &p.rows[i]
		switch {
		case r.role == contrechamp.RoleMeta:
			p.noteDate(r)
		case i == p.first:
			p.date = p.inDateline(r)
		}
	}
	for i := p.first; p.date == nil && i < len(p.rows); i++ {
		if r := &p.rows[i]; r.role == contrechamp.RoleBody && r.stops {
			p.date = signedOn(r.text, p.language, p.now)
		}
	}
	if p.date != nil {
		p.published = contrechamp.Published{Date: p.date.date, From: "line"}
		return
	}
	p.published = publishedIn(src, p.now)
}

// inDateline looks for a date in the dateline that opens an agency's paragraph: "THE HAGUE, 3 Sept 2024 (AP) —".
func (p *plain) inDateline(r *row) *dated {
	const reach = 100 // bytes
	opening := clip(r.text, reach)
	if d := p.behindPlace(opening); d != nil {
		return d
	}
	end := -1
	for _, dash := range []string{" — ", " – ", " -- ", " - ", ": "} {
		if i := strings.Index(opening, dash); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 || strings.Contains(opening[:end], ". ") && !strings.Contains(opening[:end], ",") {
		return nil
	}
	first := wordsOf(opening[:end])
	if len(first) == 0 || strings.ToUpper(first[0].Of(opening)) != first[0].Of(opening) {
		return nil // a dateline opens with its place in capitals
	}
	for _, d := range datesIn(opening[:end], p.language, p.now) {
		return &d
	}
	return nil
}

// smallWords may stand in small letters in the place of a dateline, or before its date.
var smallWords = map[string]bool{"de": true, "la": true, "le": true, "les": true, "du": true, "des": true, "del": true, "della": true, "di": true, "am": true, "an": true, "der": true, "den": true,
	"im": true, "of": true, "the": true, "upon": true, "sur": true, "en": true, "el": true, "il": true, "li": true, "a": true}

// behindPlace looks for a whole date behind a place that is no word in small letters: "Ancona, 8 maggio 2025 – ", "Palencia, 27 jul 2022 (Agencia).-". A comma, a
// bracket or a dash parts the two; a dash, a point, a colon or a bracket stands behind the date.
func (p *plain) behindPlace(opening string) *dated {
	for _, d := range datesIn(opening, p.language, p.now) {
		if d.date.Day == 0 || d.updated {
			continue
		}
		before := opening[:d.Start]
		named := 0
		for _, w := range wordsOf(before) {
			switch {
			case w.Kind != word.Word:
			case w.Upper:
				named++
			case !smallWords[word.Fold(w.Of(before))]:
				return nil
			}
		}
		parted := strings.TrimRight(before, " ")
		if at := strings.LastIndexByte(parted, ' '); at >= 0 && smallWords[word.Fold(parted[at+1:])] {
			parted = strings.TrimRight(parted[:at], " ") // "Paris, le"
		}
		const longest = 8 // words of the place, and of who sends it
		if mark, _ := utf8.DecodeLastRuneInString(parted); named == 0 || named > longest || !strings.ContainsRune(",)-–—/", mark) {
			return nil
		}
		behind := strings.TrimLeft(opening[d.End:], " ")
		for _, mark := range []string{"-", "–", "—", ".", ":", "("} {
			if strings.HasPrefix(behind, mark) {
				return &d
			}
		}
		return nil
	}
	return nil
}

// publishedIn reads a date in a document's address, else in its file name: "/2021/06/23/", "2021-06-23 town.txt".
func publishedIn(src Source, now contrechamp.Date) contrechamp.Published {
	if d, ok := dateInPath(src.URL, now); ok {
		return contrechamp.Published{Date: d, From: "address"}
	}
	if d, ok := dateInPath(path.Base(src.Name), now); ok {
		return contrechamp.Published{Date: d, From: "file"}
	}
	return contrechamp.Published{}
}

// dateInPath finds year, month and day, or year and month between slashes, in an address.
func dateInPath(s string, now contrechamp.Date) (contrechamp.Date, bool) {
	digits := func(i, n int) (string, bool) {
		if i+n > len(s) || i > 0 && isDigit(s[i-1]) || i+n < len(s) && isDigit(s[i+n]) {
			return "", false
		}
		for k := i; k < i+n; k++ {
			if !isDigit(s[k]) {
				return "", false
			}
		}
		return s[i : i+n], true
	}
	for i := 0; i+7 <= len(s); i++ {
		y, ok := digits(i, 4)
		if !ok || i+4 >= len(s) || !strings.ContainsRune("/-_", rune(s[i+4])) {
			continue
		}
		m, ok := digits(i+5, 2)
		if !ok {
			continue
		}
		if i+8 < len(s) && s[i+7] == s[i+4] {
			if day, ok := digits(i+8, 2); ok {
				if d, err := contrechamp.ParseDate(y + "-" + m + "-" + day); err == nil && believed(d, now) {
					return d, true
				}
			}
		}
		if s[i+4] == '/' && i+7 < len(s) && s[i+7] == '/' {
			if d, err := contrechamp.ParseDate(y + "-" + m); err == nil && believed(d, now) {
				return d, true
			}
		}
	}
	return contrechamp.Date{}, false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// tellNames finds author and publisher in the lines around the article.
func (p *plain) tellNames() {
	for i := range p.rows {
		r := &p.rows[i]
		if r.role != contrechamp.RoleMeta {
			continue
		}
		if p.author == "" {
			p.author = p.authorIn(r)
		}
		if p.publisher == "" && i < p.title {
			p.publisher = p.nameBeforeDate(r)
		}
		if name, ok := afterRights(r); ok && p.publisher == "" {
			p.publisher = name
		}
	}
	if n := len(p.rows); n > 2 && p.publisher == "" {
		first, last := &p.rows[0], &p.rows[n-1]
		if first.words() > 0 && first.words() <= 5 && p.title != 0 && !first.menu && first.key() == last.key() {
			p.publisher = first.text
		}
	}
}

// bylineOpeners open an author's name; folded, longest first.
var bylineOpeners = []string{"propos recueillis par", "auteur(s)", "redige par", "ecrit par", "written by", "reported by",
	"authors", "auteurs", "auteur", "author", "par", "by", "von", "di"}

// authorIn reads an author's name in a line of credits.
func (p *plain) authorIn(r *row) string {
	text := strings.TrimSpace(r.text)
	folded := word.Fold(text)
	for _, opener := range bylineOpeners {
		if !strings.HasPrefix(folded, opener) || len(folded) == len(opener) || unicode.IsLetter(rune(folded[len(opener)])) {
			continue
		}
		words := len(strings.Fields(opener))
		fields := strings.Fields(text)
		rest := strings.TrimLeft(strings.Join(fields[min(words, len(fields)):], " "), ": ")
		if at := strings.Index(fields[words-1], ":"); at >= 0 && words == 1 {
			rest = strings.TrimSpace(fields[0][at+1:] + " " + rest)
		}
		return nameIn(rest)
	}
	if before := p.beforeDate(r); before != "" {
		tokens := wordsOf(before)
		if len(tokens) >= 2 && len(tokens) <= 4 && capitalised(before, tokens) {
			return before
		}
	}
	return ""
}

// nameIn cuts a name at the first separator.
func nameIn(s string) string {
	if i := strings.IndexAny(s, "|•·–—(["); i >= 0 {
		s = s[:i]
	}
	for _, sep := range []string{" - ", ", ", " le ", " on "} {
		if i := strings.Index(s, sep); i >= 0 {
			s = s[:i]
		}
	}
	s = strings.TrimSpace(s)
	if n := len(strings.Fields(s)); n == 0 || n > 6 {
		return ""
	}
	return s
}

// beforeDate returns what stands before a dash and a date: "L. M. – le 4 octobre 2021".
func (p *plain) beforeDate(r *row) string {
	found := datesIn(r.text, p.language, p.now)
	if len(found) == 0 {
		return ""
	}
	before := r.text[:found[0].Start]
	for _, dash := range []string{" – ", " — ", " - "} {
		if i := strings.Index(before, dash); i > 0 && len(strings.Fields(before[i:])) <= 2 {
			return strings.TrimSpace(before[:i])
		}
	}
	return ""
}

// nameBeforeDate reads the name of a paper in a line above the title: "Le journal des casernes – 26 mars 2018".
func (p *plain) nameBeforeDate(r *row) string {
	before := p.beforeDate(r)
	if n := len(strings.Fields(before)); n < 2 || n > 6 || strings.ContainsAny(before, "/|»>") {
		return ""
	}
	if before == p.author {
		return ""
	}
	return before
}

// afterRights reads who holds the rights: "© 2021 Le Phare".
func afterRights(r *row) (string, bool) {
	_, rest, ok := strings.Cut(r.text, "©")
	if !ok {
		return "", false
	}
	tokens := wordsOf(rest)
	for len(tokens) > 0 && tokens[0].Kind == word.Number {
		tokens = tokens[1:]
	}
	if len(tokens) == 0 || len(tokens) > 5 || !capitalised(rest, tokens) || strings.ToUpper(rest) == rest {
		return "", false
	}
	return rest[tokens[0].Start:tokens[len(tokens)-1].End], true
}
