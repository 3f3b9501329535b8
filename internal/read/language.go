package read

import (
	"math"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
	"github.com/abadojack/whatlanggo"
)

// unknown is the language of what cannot be told.
const unknown = "und"

// sampleBytes is how much of a text decides its language; more changes nothing.
const sampleBytes = 600

// Languages in Latin and Cyrillic letters are numbered for the tables of words.
const (
	french = iota
	english
	german
	spanish
	italian
	portuguese
	dutch
	serbian
	russian
	ukrainian
	languages
)

var languageCodes = [languages]string{"fr", "en", "de", "es", "it", "pt", "nl", "sr", "ru", "uk"}

// inLatin has a bit for each language in Latin letters, inCyrillic for the others; Serbian is in both.
const (
	inLatin    = 1<<german | 1<<english | 1<<french | 1<<spanish | 1<<italian | 1<<portuguese | 1<<dutch | 1<<serbian
	inCyrillic = 1<<serbian | 1<<russian | 1<<ukrainian
)

// evidence is how much the tables say: for each language, in the unit of a word that only it has.
type evidence [languages]float64

// weights are the evidence of a thing that so many languages share.
var weights = func() (w [languages + 1]float64) {
	for n := 1; n <= languages; n++ {
		w[n] = math.Log(float64(languages)/float64(n)) / math.Log(languages)
	}
	return w
}()

func (e *evidence) add(mask uint16, times float64) {
	w := weights[bits.OnesCount16(mask)] * times
	for m := mask; m != 0; m &= m - 1 {
		e[bits.TrailingZeros16(m)] += w
	}
}

// The tables, by hash: what languages have the word, the ending, the letter.
var (
	wordLanguages   = tableOf(languageWords)
	endingLanguages = func() map[string]uint16 {
		m := map[string]uint16{}
		for code, list := range languageEndings {
			for _, w := range strings.Fields(list) {
				m[w] |= maskOf(code)
			}
		}
		return m
	}()
	letterLanguages = func() map[rune]uint16 {
		m := map[rune]uint16{}
		for r, codes := range languageLetters {
			for _, code := range strings.Fields(codes) {
				m[r] |= maskOf(code)
			}
		}
		return m
	}()
)

const longestEnding = 7 // bytes: "ierung", "ações"

func maskOf(code string) uint16 {
	for i, c := range languageCodes {
		if c == code {
			return 1 << i
		}
	}
	return 0
}

func tableOf(lists map[string]string) map[uint64]uint16 {
	m := map[uint64]uint16{}
	for code, list := range lists {
		for _, w := range strings.Fields(list) {
			m[word.Hash(w)] |= maskOf(code)
		}
	}
	return m
}

// cyrillicWords has the words of Serbian as Cyrillic writes them.
var _ = func() bool {
	write := strings.NewReplacer("nj", "њ", "lj", "љ", "dž", "џ", "a", "а", "b", "б", "v", "в", "g", "г", "d", "д", "đ", "ђ", "e", "е", "ž", "ж", "z", "з", "i", "и", "j", "ј", "k", "к",
		"l", "л", "m", "м", "n", "н", "o", "о", "p", "п", "r", "р", "s", "с", "t", "т", "ć", "ћ", "u", "у", "f", "ф", "h", "х", "c", "ц", "č", "ч", "š", "ш")
	for _, w := range strings.Fields(languageWords["sr"]) {
		wordLanguages[word.Hash(write.Replace(w))] |= 1 << serbian
	}
	return true
}()

// script is what the letters of a passage are.
type script struct {
	letters, latin, cyrillic, han, kana, hangul, arabic, persian, greek, hebrew int
	marks                                                                       evidence // what single letters say
}

func scriptOf(text string) script {
	var s script
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c |= 0x20; 'a' <= c && c <= 'z' {
				s.latin++
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch {
		case r < 0x250:
			if mask := letterLanguages[unicode.ToLower(r)]; mask != 0 {
				s.marks.add(mask, 1)
			}
			if unicode.IsLetter(r) {
				s.latin++
			}
		case r >= 0x370 && r < 0x400:
			s.greek++
		case r >= 0x400 && r < 0x530:
			s.cyrillic++
			switch unicode.ToLower(r) {
			case 'ј', 'љ', 'њ', 'ђ', 'ћ', 'џ':
				s.marks[serbian]++
			case 'і', 'ї', 'є', 'ґ':
				s.marks[ukrainian]++
			case 'ы', 'э', 'ъ', 'ё':
				s.marks[russian]++
			case 'щ', 'ь', 'ю', 'я', 'й':
				s.marks[russian] += 0.5
				s.marks[ukrainian] += 0.5
			}
		case r >= 0x590 && r < 0x600:
			s.hebrew++
		case r >= 0x600 && r < 0x780:
			s.arabic++
			switch r {
			case 'پ', 'چ', 'ژ', 'گ', 'ک', 'ی':
				s.persian++
			}
		case r >= 0x3040 && r < 0x3100:
			s.kana++
		case r >= 0x2E80 && unicode.Is(unicode.Han, r):
			s.han++
		case r >= 0xAC00 && r < 0xD7B0, r >= 0x1100 && r < 0x1200:
			s.hangul++
		}
	}
	s.letters = s.latin + s.cyrillic + s.han*4 + s.kana*3 + s.hangul*2 + s.arabic + s.greek + s.hebrew
	return s
}

// alone returns the language that the script alone decides, "" when there are several.
func (s *script) alone() string {
	half := s.letters / 2
	switch {
	case s.kana*3+s.han*4 > half && s.kana*10 > s.han:
		return "ja"
	case s.han*4 > half:
		return "zh"
	case s.hangul*2 > half:
		return "ko"
	case s.arabic > half && s.persian*25 > s.arabic:
		return "fa"
	case s.arabic > half:
		return "ar"
	case s.greek > half:
		return "el"
	case s.hebrew > half:
		return "he"
	}
	return ""
}

// How much evidence tells a language.
const (
	fewLetters = 12  // of a passage whose script does not decide: too short to tell
	enoughSaid = 1.0 // evidence of the first language, at least
	ahead      = 1.3 // times that of the second
	faint      = 0.6 // with less evidence
	farAhead   = 1.6 // the second must have less
)

// languageOf tells the language of a passage, unknown when it is too short or too odd.
func languageOf(text string) string {
	text = clip(text, sampleBytes)
	w := passageOf(text)
	return languageIn(text, &w)
}

// languageIn is languageOf for the beginning of a passage that was cut.
func languageIn(text string, w *passage) string {
	s := scriptOf(text)
	if s.letters == 0 {
		return unknown
	}
	if l := s.alone(); l != "" {
		return l
	}
	among := uint16(inLatin)
	if s.cyrillic > s.latin {
		among = inCyrillic
		// Ukrainian and Serbian hardly write a dozen letters without those that only they have
		const dozen = 12
		if s.marks[ukrainian] == s.marks[russian] && s.cyrillic >= dozen {
			s.marks[russian]++
		}
	}
	e := s.marks
	for i, t := range w.tokens {
		if t.End > len(text) {
			break
		}
		if t.Kind != word.Word {
			continue
		}
		if mask := wordLanguages[w.hashes[i]] & among; mask != 0 {
			e.add(mask, 1)
		} else if among == inLatin && !(t.Upper && i > 0) {
			e.ending(t.Of(text))
		}
	}
	best, second := -1, -1
	for i := range e {
		if among>>i&1 == 0 {
			continue
		}
		switch {
		case best < 0 || e[i] > e[best]:
			best, second = i, best
		case second < 0 || e[i] > e[second]:
			second = i
		}
	}
	if e[best] >= enoughSaid && e[best] >= ahead*e[second] || e[best] >= faint && e[best] >= farAhead*e[second] {
		return languageCodes[best]
	}
	if s.letters < fewLetters {
		return unknown
	}
	return trigrams(text, &e, among)
}

// ending adds what the end of a word says.
func (e *evidence) ending(w string) {
	const half = 0.5 // as much as a word
	for n := min(longestEnding, len(w)-2); n >= 2; n-- {
		if mask := endingLanguages[w[len(w)-n:]]; mask != 0 {
			e.add(mask, half)
			return
		}
	}
}

// trigrams asks the library between the languages that the tables leave open: those with at least half the evidence of
// the first.
func trigrams(text string, e *evidence, among uint16) string {
	most := 0.0
	for i := range e {
		if among>>i&1 != 0 {
			most = max(most, e[i])
		}
	}
	list := map[whatlanggo.Lang]bool{}
	for i, l := range [languages]whatlanggo.Lang{whatlanggo.Fra, whatlanggo.Eng, whatlanggo.Deu, whatlanggo.Spa, whatlanggo.Ita, whatlanggo.Por, whatlanggo.Nld, whatlanggo.Srp, whatlanggo.Rus, whatlanggo.Ukr} {
		if among>>i&1 != 0 && e[i] >= most/2 {
			list[l] = true
			if i == serbian && among == inLatin {
				// Serbian in Latin letters is told from Croatian by nobody
				delete(list, l)
				list[whatlanggo.Hrv] = true
			}
		}
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: list})
	switch {
	case !list[info.Lang]:
		return unknown
	case info.Lang == whatlanggo.Hrv:
		return "sr"
	}
	return info.Lang.Iso6391()
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// longEnough is from how many words on a paragraph is believed to be in another language than its document on
// anything but plain words: names make a heading look foreign.
const longEnough = 15

// tellLanguages gives each paragraph its language and the document that of most of its article. What is too short,
// and furniture, takes the document's unless its words are plain or it is in another script.
func (p *page) tellLanguages() {
	if p.names {
		p.language = unknown
		for i := range p.paragraphs {
			p.paragraphs[i].Language = unknown
		}
		return
	}
	weight := map[string]int{}
	spoken := 0
	for i := range p.paragraphs {
		q := &p.paragraphs[i]
		w := p.wordsIn(i)
		text := clip(w.text, sampleBytes)
		speaks := q.Role.Speaks() || q.Role == contrechamp.RoleRepeat
		if speaks && (w.words() >= longEnough || !latinLetters(text)) {
			q.Language = languageIn(text, w)
		} else {
			q.Language = plainly(text, w)
		}
		if q.Role.Speaks() {
			spoken += q.Len()
		}
		if speaks && q.Language != unknown {
			weight[q.Language] += q.Len()
		}
	}
	best, most := unknown, 0
	for language, n := range weight {
		if n > most || n == most && language < best {
			best, most = language, n
		}
	}
	if most == 0 {
		best = languageOf(p.body)
	} else if most*2 < spoken { // most paragraphs are too short to say
		if l := languageOf(p.spoken()); l != unknown {
			best = l
		}
	}
	if best == unknown && p.language != "" {
		best = p.language
	}
	p.language = best
	for i := range p.paragraphs {
		if p.paragraphs[i].Language == unknown {
			p.paragraphs[i].Language = best
		}
	}
}

// spoken is the beginning of what the paragraphs say that speak.
func (p *page) spoken() string {
	var b strings.Builder
	for _, q := range p.paragraphs {
		if q.Role.Speaks() {
			b.WriteString(q.Of(p.body))
			b.WriteByte('\n')
		}
		if b.Len() > sampleBytes {
			break
		}
	}
	return b.String()
}

// plainly tells a language only where several words that it alone has say so.
func plainly(text string, w *passage) string {
	var e evidence
	for i, t := range w.tokens {
		if t.End > len(text) {
			break
		}
		if mask := wordLanguages[w.hashes[i]]; mask != 0 && t.Kind == word.Word {
			e.add(mask, 1)
		}
	}
	best, second := 0, -1
	for i := 1; i < languages; i++ {
		if e[i] > e[best] {
			best, second = i, best
		} else if second < 0 || e[i] > e[second] {
			second = i
		}
	}
	const sure, clear = 2.5, 2.5 // words' worth, and times the second
	if e[best] >= sure && e[best] >= clear*e[second] {
		return languageCodes[best]
	}
	return unknown
}

// latinLetters reports whether the first letter of text is Latin; no letter counts as one.
func latinLetters(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Latin, r)
		}
	}
	return true
}
