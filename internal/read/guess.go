package read

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// guesses are the encodings in which texts come that do not say theirs, by how often they do.
var guesses = []struct {
	name string
	enc  encoding.Encoding
}{
	{"windows-1252", charmap.Windows1252}, {"windows-1250", charmap.Windows1250}, {"windows-1251", charmap.Windows1251}, {"koi8-r", charmap.KOI8R},
	{"ibm866", charmap.CodePage866}, {"iso-8859-5", charmap.ISO8859_5}, {"macintosh", charmap.Macintosh}, {"ibm850", charmap.CodePage850},
	{"windows-1256", charmap.Windows1256}, {"gb18030", simplifiedchinese.GB18030},
}

// guessEncoding chooses the encoding in which the words of a text look most like words: of one script, without capitals
// and signs in their midst. Windows-1252 wins where another is not clearly better.
func guessEncoding(b []byte) (encoding.Encoding, string) {
	b = sampleAbove(b)
	best := 0
	var scores []int
	var texts []string
	for i, g := range guesses {
		decoded, err := g.enc.NewDecoder().Bytes(b)
		if err != nil {
			decoded = nil
		}
		texts = append(texts, string(decoded))
		scores = append(scores, wordLikeness(texts[i]))
		const clearly = 2 // letters, and a tenth of all
		if most := scores[best]; scores[i] > most+clearly && (scores[i]-most)*10 > abs(most) {
			best = i
		}
	}
	// the two differ by a few letters, of which each language has its own
	if west, east := 0, 1; best == west && scores[east] >= scores[west] && languageOf(texts[east]) == "sr" && languageOf(texts[west]) != "fr" {
		best = east
	}
	return guesses[best].enc, guesses[best].name
}

func abs(n int) int { return max(n, -n) }

// sampleAbove is a piece of a text in which letters beyond ASCII stand, cut at white space.
func sampleAbove(b []byte) []byte {
	const before = 200 // bytes
	for i, c := range b {
		if c >= utf8.RuneSelf {
			from := max(0, i-before)
			for from > 0 && b[from-1] > ' ' {
				from--
			}
			to := min(len(b), from+2*sampleBytes)
			for end := to; to < len(b) && end > from+sampleBytes; end-- {
				if b[end-1] <= ' ' {
					to = end
					break
				}
			}
			return b[from:to]
		}
	}
	return b[:min(len(b), sampleBytes)]
}

// wordLikeness counts the letters beyond ASCII that stand well in their words, less what stands badly.
func wordLikeness(text string) int {
	const (
		control  = 3 // what a character costs that no text has
		misfit   = 2 // one that words do not have there
		longWord = 3 // letters, from which on no Latin word is without ASCII
	)
	score := 0
	runes := []rune(text)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	beyond, all := 0, 0 // of the open word's Latin letters
	for i := 0; i <= len(runes); i++ {
		r := at(i)
		if !unicode.IsLetter(r) {
			if all >= longWord && beyond == all {
				score -= 2 * all
			}
			beyond, all = 0, 0
		}
		if unicode.Is(unicode.Latin, r) {
			all++
		}
		if r < utf8.RuneSelf {
			continue
		}
		before, after := at(i-1), at(i+1)
		switch {
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Co, r):
			score -= control
		case !unicode.IsLetter(r):
			if unicode.IsLetter(before) && unicode.IsLetter(after) && r != '’' && r != '‑' && r != '·' && !unicode.IsSpace(r) && !unicode.IsMark(r) {
				score -= misfit
			}
		case mixed(before, r) || mixed(r, after) || unicode.IsUpper(r) && unicode.IsLower(before) || unicode.IsLower(r) && unicode.IsUpper(after):
			score -= misfit
		case unicode.IsUpper(r) && unicode.IsLetter(before): // in a word of capitals; no sign of any encoding
		default:
			score++
			if unicode.Is(unicode.Latin, r) {
				beyond++
			}
		}
	}
	return score
}

// mixed reports whether two neighbours are letters of different scripts.
func mixed(a, b rune) bool {
	return unicode.IsLetter(a) && unicode.IsLetter(b) && scriptIndex(a) != scriptIndex(b)
}

func scriptIndex(r rune) int {
	for i, table := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Han, unicode.Arabic} {
		if unicode.Is(table, r) {
			return i + 1
		}
	}
	return 0
}
