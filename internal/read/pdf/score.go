package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/word"
)

// commonWords are small words that every page of prose has, folded: French, English, German, Spanish, Italian,
// Portuguese, Dutch, Serbian.
var commonWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`le la les l' de des du d' un une et en est dans pour qui que qu' sur au aux avec par ce cette ces ou
		sont ses leur n'est ne pas plus a il elle on nous vous the of and to in is that was for on with are by as at this have from it be or
		der die das und ist nicht von mit dem den ein eine zu auf im sich auch des el los las del con se y o su il di che e per non sono al
		da do dos um uma para com nao no na het een van dat niet zijn op te voor met je su na za i u`) {
		m[word.Fold(w)] = true
	}
	return m
}()

// Under these a page's text layer is not believed.
const (
	lettersShare = 0.55 // of visible characters that are letters
	knownShare   = 0.12 // of words that are the commonest of their language
	gluedShare   = 0.12 // of words too long to be one, or with a capital in the middle
	enoughWords  = 40   // on a page, to judge it
	enoughNumber = 0.25 // of words: a table, in which no common words are expected
	longWord     = 28   // letters
)

// NeedOCR answers the pages whose text layer is missing or looks damaged.
func (d *Document) NeedOCR() []int {
	var poor []int
	for i := range d.Pages {
		p := &d.Pages[i]
		s := &p.score
		if p.Failed == "" && (s.words == 0 && p.Images || s.damaged()) {
			poor = append(poor, p.Number)
		}
	}
	return poor
}

// pageScore counts what tells a text layer from rubbish.
type pageScore struct {
	visible, letters, odd               int
	words, known, glued, numbers, latin int
}

func (s *pageScore) add(text string) {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if r == ' ' || r >= '\t' && r <= '\r' {
				continue
			}
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				s.letters++
			}
		case unicode.IsSpace(r):
			continue
		case unicode.IsLetter(r):
			s.letters++
		case r == utf8.RuneError || r >= 0xe000 && r <= 0xf8ff:
			s.odd++ // the font does not say which letter its glyph is
		}
		s.visible++
	}
	for w := range strings.FieldsSeq(text) {
		s.words++
		if hasDigit(w) {
			s.numbers++
			continue
		}
		w = strings.TrimFunc(w, func(r rune) bool {
			if r < utf8.RuneSelf {
				return !(r|0x20 >= 'a' && r|0x20 <= 'z')
			}
			return !unicode.IsLetter(r)
		})
		if w != "" && (w[0]|0x20 >= 'a' && w[0]|0x20 <= 'z') {
			s.latin++
		} else if r, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Latin, r) {
			s.latin++
		}
		if common(w) {
			s.known++
		}
		if glued(w) {
			s.glued++
		}
	}
}

func hasDigit(w string) bool {
	for i := range len(w) {
		if w[i] >= '0' && w[i] <= '9' {
			return true
		}
	}
	return false
}

// common reports whether w is a common word, or begins with one that lost its vowel: "l'avis".
func common(w string) bool {
	const longest = 6 // bytes of a common word
	for i := 0; i < min(len(w), longest); i++ {
		if w[i] == '\'' || strings.HasPrefix(w[i:], "’") {
			return commonWords[word.Fold(w[:i])+"'"]
		}
	}
	return len(w) <= longest && commonWords[word.Fold(w)]
}

// glued reports whether w looks like words without the spaces between.
func glued(w string) bool {
	n, humps, lower := 0, 0, false
	for _, r := range w {
		n++
		switch {
		case r >= 'a' && r <= 'z':
			lower = true
		case r >= 'A' && r <= 'Z':
			if lower {
				humps++
			}
			lower = false
		case r == '/' || r == '@' || r == '.' || r == '-' || r == '_' || r == '\'' || r == '’':
			return false
		default:
			if unicode.IsUpper(r) && lower {
				humps++
			}
			lower = unicode.IsLower(r)
		}
	}
	return n > longWord || humps >= 2
}

func (s *pageScore) damaged() bool {
	if s.words < enoughWords {
		return s.visible >= enoughWords && s.odd*3 > s.visible
	}
	words := float64(s.words)
	switch {
	case float64(s.odd) > 0.1*float64(s.visible):
		return true
	case float64(s.numbers) > enoughNumber*words:
		return false
	case float64(s.letters) < lettersShare*float64(s.visible):
		return true
	case float64(s.glued) > gluedShare*words:
		return true
	}
	// a language without Latin letters has its common words elsewhere; short pages may be lists of names
	return s.latin*2 > s.words && float64(s.known) < knownShare*words && s.words >= 2*enoughWords
}
