package read

import (
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// What counts as said again.
const (
	repeatWords = 7  // a paragraph of fewer words may recur on its own account
	longWords   = 40 // from here on a paragraph is also looked at sentence by sentence
	runWords    = 14 // fewer words repeated in a row, within a paragraph, are a way of speaking
	shingle     = 5  // words that make an opening
)

// tellRepeats gives RoleRepeat to what says again, word for word, what a speaking paragraph before it said: whole
// paragraphs, and within long ones runs of whole sentences, which become paragraphs of their own. A page that
// holds its article twice, once with its line ends lost, is so read once; a sentence of the second copy that the
// first lacks still speaks.
func (p *page) tellRepeats() {
	seen := said{sentences: map[uint64]bool{}, openings: map[uint64]bool{}}
	out := make([]contrechamp.Paragraph, 0, len(p.paragraphs))
	furniture := false
	for i, q := range p.paragraphs {
		if !q.Role.Speaks() {
			furniture = q.Role == contrechamp.RoleFurniture
			out = append(out, q)
			continue
		}
		w := p.wordsIn(i)
		key := w.key()
		switch {
		case w.words() >= repeatWords && seen.sentences[key]:
			q.Role = contrechamp.RoleRepeat
			out = append(out, q)
			furniture = false
			continue
		case w.words() >= longWords:
			out = append(out, seen.split(p.body, q, w, furniture)...)
		default:
			out = append(out, q)
		}
		furniture = false
		seen.add(w, key)
	}
	if len(out) != len(p.paragraphs) {
		p.said = nil // paragraphs were parted, and their words are cut again
	}
	p.paragraphs = out
}

// said is what the paragraphs so far said.
type said struct {
	sentences map[uint64]bool // keys of paragraphs and sentences
	openings  map[uint64]bool // keys of the first words of sentences
}

func (s *said) add(w *passage, key uint64) {
	if w.words() >= repeatWords {
		s.sentences[key] = true
	}
	for _, r := range w.sentences(nil) {
		if one := w.part(r[0], r[1]); one.words() >= repeatWords {
			s.sentences[one.key()] = true
		}
		if r[1]-r[0] >= shingle {
			s.openings[w.opening(r[0])] = true
		}
	}
}

// opening is the key of the first words of what begins at word i.
func (p *passage) opening(i int) uint64 {
	first := p.part(i, i+shingle)
	return first.key()
}

// split parts q where runs of repeated sentences begin and end. afterFurniture says that q follows furniture: what
// then stands before a repeated run was glued to it, as the last title of a list of links.
func (s *said) split(body string, q contrechamp.Paragraph, w *passage, afterFurniture bool) []contrechamp.Paragraph {
	parts := w.sentences(s.openings)
	again := make([]bool, len(parts))
	for i, r := range parts {
		one := w.part(r[0], r[1])
		again[i] = one.words() >= repeatWords && s.sentences[one.key()]
	}
	settle(again, parts)
	var out []contrechamp.Paragraph
	for i := 0; i < len(parts); {
		j := i
		for j < len(parts) && again[j] == again[i] {
			j++
		}
		role := q.Role
		if again[i] {
			role = contrechamp.RoleRepeat
		} else if i == 0 && j < len(parts) && afterFurniture {
			role = contrechamp.RoleFurniture
		}
		out = append(out, piece(body, q, w.tokens, parts, i, j, role))
		i = j
	}
	return out
}

// settle takes a few new words between two repeated sentences as repeated, and a short run of repeated sentences
// amid new ones as new.
func settle(again []bool, parts [][2]int) {
	for i := 1; i+1 < len(parts); i++ {
		if !again[i] && again[i-1] && again[i+1] && parts[i][1]-parts[i][0] < repeatWords {
			again[i] = true
		}
	}
	for i := 0; i < len(parts); {
		j, n := i, 0
		for j < len(parts) && again[j] == again[i] {
			n += parts[j][1] - parts[j][0]
			j++
		}
		if again[i] && n < runWords {
			for k := i; k < j; k++ {
				again[k] = false
			}
		}
		i = j
	}
}

// piece is the paragraph of parts[i:j] of q: from its first word, or q's start, to before the next part's first
// word, or q's end.
func piece(body string, q contrechamp.Paragraph, tokens []word.Token, parts [][2]int, i, j int, role contrechamp.Role) contrechamp.Paragraph {
	p := q
	p.Role = role
	if i > 0 {
		p.Start = opensAt(body, q.Start, q.Start+tokens[parts[i][0]].Start)
	}
	if j < len(parts) {
		p.End = opensAt(body, q.Start, q.Start+tokens[parts[j][0]].Start)
	}
	p.Span = trim(body, p.Span)
	return p
}

// opensAt moves back from a sentence's first word over the marks that open it.
func opensAt(body string, from, at int) int {
	for at > from {
		r, n := utf8.DecodeLastRuneInString(body[from:at])
		if n == 0 || !(r == '«' || r == '“' || r == '(' || r == '[' || r == '‘' || r == '\u00a0' || r == '\u202f') {
			if !unicode.IsSpace(r) {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(body[from : at-n])
			if before != '«' {
				break
			}
		}
		at -= n
	}
	return at
}

// sentences returns the sentences of text as ranges of its words. A sentence ends at . ! ? … when a capital
// follows, with or without a space between; and before words that are known to open a sentence.
func (p *passage) sentences(openings map[uint64]bool) [][2]int {
	text, tokens := p.text, p.tokens
	var out [][2]int
	from := 0
	for i := 1; i < len(tokens); i++ {
		cut := endsBetween(text[tokens[i-1].End:tokens[i].Start]) && (tokens[i].Upper || tokens[i].Kind == word.Number)
		if !cut && len(openings) > 0 && tokens[i].Upper && i+shingle <= len(tokens) {
			cut = openings[p.opening(i)]
		}
		if cut {
			out = append(out, [2]int{from, i})
			from = i
		}
	}
	if from < len(tokens) {
		out = append(out, [2]int{from, len(tokens)})
	}
	return out
}

func endsBetween(gap string) bool {
	for _, r := range gap {
		switch r {
		case '.', '!', '?', '…', '\n':
			return true
		}
	}
	return false
}

// trim moves the ends of s over white space.
func trim(body string, s contrechamp.Span) contrechamp.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(body[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(body[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}
