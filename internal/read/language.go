package read

import (
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

// whitelist holds the languages that are told apart. Serbian in Latin letters cannot be told from Croatian by
// trigrams; both are called "sr" here. Macedonian and Bulgarian are left out, since they take sentences from Russian.
var whitelist = map[whatlanggo.Lang]bool{
	whatlanggo.Fra: true, whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Spa: true, whatlanggo.Ita: true,
	whatlanggo.Por: true, whatlanggo.Nld: true, whatlanggo.Srp: true, whatlanggo.Hrv: true, whatlanggo.Rus: true,
	whatlanggo.Ukr: true, whatlanggo.Arb: true, whatlanggo.Pes: true,
	whatlanggo.Cmn: true, whatlanggo.Jpn: true, whatlanggo.Kor: true, whatlanggo.Ell: true, whatlanggo.Heb: true,
}

// functionWords are small frequent words that hardly any neighbour language shares; they vote first, since a look
// at a dozen words settles most paragraphs at a hundredth of the cost of trigrams.
var functionWords = func() map[string]string {
	m := map[string]string{}
	for language, words := range map[string]string{
		"fr": "le les des du une est dans pour qui que sur au aux avec sont pas plus cette ces ses leur leurs ont ete mais ou et par n'est d'un d'une",
		"en": "the of and to is that was for on with are by as at this have from his they which their has its were been will not be an",
		"de": "der die das und ist nicht von mit dem den ein eine zu auf für fur sich auch wird im werden wurde des bei nach uber",
		"es": "el los las del una por con para se que su es fue mas como pero sus este esta han sido y o al",
		"it": "il gli della di che e per con una sono non del dei nel alla delle dal piu anche come questo stato ha",
		"pt": "os as do da dos das uma para com nao que em por mais foi pelo pela sao ao na no seu sua",
		"nl": "het een van en dat niet zijn op te voor met aan door deze bij ook wordt worden naar heeft",
		"sr": "je su da se na za od koji koja kao nije sa ali biti koje",
	} {
		for _, w := range strings.Fields(words) {
			if other, taken := m[w]; taken && other != language {
				m[w] = "" // shared: says nothing
			} else {
				m[w] = language
			}
		}
	}
	return m
}()

// sure is how many function words, and how many times those of any other language, settle a paragraph.
const (
	sureWords = 3
	sureRatio = 3
)

// languageOf tells the language of a passage, unknown when it is too short or too odd.
func languageOf(text string) string {
	text = clip(text, sampleBytes)
	if lang := vote(text); lang != "" {
		return lang
	}
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if r >= 0x2E80 {
				letters += 4 // a character says as much as a word
			}
		}
	}
	const enough = 25 // letters, below which trigrams are a lottery
	if letters < enough {
		return unknown
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: whitelist})
	if info.Lang < 0 || !whitelist[info.Lang] || info.Confidence < 0.02 {
		return unknown
	}
	if info.Lang == whatlanggo.Hrv {
		return "sr"
	}
	return info.Lang.Iso6391()
}

func vote(text string) string {
	var counts [8]struct {
		language string
		n        int
	}
	first, second := 0, 0
	winner := ""
	for _, t := range word.Cut(nil, text) {
		if t.Kind != word.Word || t.End-t.Start > 12 {
			continue
		}
		language := functionWords[strings.TrimSuffix(word.Fold(t.Of(text)), "'")]
		if language == "" {
			continue
		}
		for i := range counts {
			if counts[i].language == language || counts[i].language == "" {
				counts[i].language = language
				counts[i].n++
				break
			}
		}
	}
	for _, c := range counts {
		if c.n > first {
			first, second, winner = c.n, first, c.language
		} else if c.n > second {
			second = c.n
		}
	}
	if first >= sureWords && first >= sureRatio*second {
		return winner
	}
	return ""
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

// longEnough is from how many words on trigrams are believed of one paragraph: they mistake a heading full of names
// for another language.
const longEnough = 15

// tellLanguages gives each paragraph its language and the document that of most of its article. What is too short,
// and furniture, takes the document's unless its function words are plain or it is in another script.
func (p *page) tellLanguages() {
	weight := map[string]int{}
	for i := range p.paragraphs {
		q := &p.paragraphs[i]
		text := q.Of(p.body)
		speaks := q.Role.Speaks() || q.Role == contrechamp.RoleRepeat
		if speaks && (strings.Count(clip(text, sampleBytes), " ") >= longEnough-1 || !latinLetters(text)) {
			q.Language = languageOf(text)
		} else if q.Language = vote(clip(text, sampleBytes)); q.Language == "" {
			q.Language = unknown
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

// latinLetters reports whether the first letter of text is Latin; no letter counts as one.
func latinLetters(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Latin, r)
		}
	}
	return true
}
