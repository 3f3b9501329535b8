package register

import (
	"fmt"
	"strings"
	"unicode"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// MaxQueryBytes is the longest search that is answered, in bytes.
const MaxQueryBytes = 1000

// maxQueryTerms bounds the work that one search can ask for.
const maxQueryTerms = 32

// Search is what a person typed, understood: words, "phrases", beginnings*, -exclusions, and filters about:,
// vendor:, place: and date:. A filter's value may stand in quotation marks.
type Search struct {
	Text    string
	Terms   []contrechamp.Term
	Filters []Filter
	From    contrechamp.Date
	To      contrechamp.Date
}

// Filter restricts a search to documents with a claim that names the entity.
type Filter struct {
	Key  string // "about", "vendor", "place"
	Name string
}

// ParseSearch reads a search. It answers ErrInvalid, with a hint, for one that is empty, too long, only negative, or
// whose date cannot be read. Unbalanced quotation marks close at the end; an unknown word before a colon is a word.
func ParseSearch(text string) (Search, error) {
	s := Search{Text: text}
	if len(text) > MaxQueryBytes {
		return s, contrechamp.WithHint(fmt.Errorf("the search is longer than %d bytes: %w", MaxQueryBytes, contrechamp.ErrInvalid),
			"search for a few words of it")
	}
	positive := false
	for rest := strings.ToValidUTF8(text, " "); ; {
		part, after, ok := nextPart(rest)
		if !ok {
			break
		}
		rest = after
		switch part.key {
		case "about", "vendor", "place":
			s.Filters = append(s.Filters, Filter{part.key, part.text})
			positive = true
		case "date":
			if err := s.dates(part.text); err != nil {
				return s, err
			}
			positive = true
		default:
			if t, ok := term(part); ok {
				s.Terms = append(s.Terms, t)
				positive = positive || !t.Not
			}
		}
		if len(s.Terms)+len(s.Filters) > maxQueryTerms {
			return s, contrechamp.WithHint(fmt.Errorf("the search has more than %d parts: %w", maxQueryTerms, contrechamp.ErrInvalid),
				"put a sentence in quotation marks")
		}
	}
	if !positive {
		what, hint := "the search is empty", `try a place, a company, or words: "reconnaissance faciale"`
		if len(s.Terms) > 0 {
			what, hint = "the search only excludes words", "add a word that should be there"
		}
		return s, contrechamp.WithHint(fmt.Errorf("%s: %w", what, contrechamp.ErrInvalid), hint)
	}
	return s, nil
}

// part is one piece of a search as typed.
type part struct {
	key    string // "" for words
	text   string
	not    bool
	quoted bool
	prefix bool
}

var filterKeys = map[string]bool{"about": true, "vendor": true, "place": true, "date": true}

// nextPart cuts the next piece off a search.
func nextPart(s string) (p part, rest string, ok bool) {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	if s == "" {
		return p, "", false
	}
	if len(s) > 1 && s[0] == '-' && !startsWithSpace(s[1:]) {
		p.not = true
		s = s[1:]
	}
	if key, after, found := strings.Cut(s, ":"); found && filterKeys[strings.ToLower(key)] && !p.not {
		p.key = strings.ToLower(key)
		s = after
	}
	for _, marks := range [][2]string{{`"`, `"`}, {"«", "»"}, {"“", "”"}} {
		if after, quoted := strings.CutPrefix(s, marks[0]); quoted {
			p.quoted = true
			p.text, s, _ = strings.Cut(after, marks[1])
			p.text = strings.TrimSpace(p.text)
			return p, s, true
		}
	}
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
	if end < 0 {
		end = len(s)
	}
	p.text, s = s[:end], s[end:]
	if p.key == "" {
		if begin, star := strings.CutSuffix(p.text, "*"); star {
			p.text, p.prefix = begin, true
		}
	}
	return p, s, true
}

func startsWithSpace(s string) bool {
	return strings.TrimLeftFunc(s, unicode.IsSpace) != s
}

// term turns words into the forms under which the index may hold them; ok is false for a piece without words.
// A word that the index cuts in several ("Royaume-Uni") is a phrase.
func term(p part) (contrechamp.Term, bool) {
	t := contrechamp.Term{Not: p.not, Prefix: p.prefix}
	for _, tok := range word.Cut(nil, p.text) {
		if tok.Kind == word.Punct || word.Key(tok.Of(p.text)) == "" {
			continue
		}
		t.Words = append(t.Words, word.Forms(tok.Of(p.text)))
	}
	if len(t.Words) == 0 {
		return t, false
	}
	if t.Prefix {
		last := len(t.Words) - 1
		t.Words[last] = t.Words[last][:1] // the folded form: Forms puts it first
	}
	return t, true
}

// dates reads date:2021, date:2021-06, date:2019..2021, date:2019.. and date:..2021.
func (s *Search) dates(text string) error {
	from, to, isRange := strings.Cut(text, "..")
	if !isRange {
		to = from
	}
	var err error
	if from != "" {
		if s.From, err = contrechamp.ParseDate(from); err != nil {
			return dateHint(text)
		}
	}
	if to != "" {
		if s.To, err = contrechamp.ParseDate(to); err != nil {
			return dateHint(text)
		}
	}
	if text == "" || text == ".." {
		return dateHint(text)
	}
	return nil
}

func dateHint(text string) error {
	return contrechamp.WithHint(fmt.Errorf("date:%s cannot be read: %w", text, contrechamp.ErrInvalid),
		"date:2021, date:2021-06 or date:2019..2021")
}
