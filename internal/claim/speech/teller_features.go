package speech

import (
	_ "embed"
	"fmt"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

//go:embed speaker.csv
var speakerFile string

// Weights are the weights of the choice of speakers: of features, and of words by their language and first letters.
type Weights struct {
	features   []float64
	says, does map[string]map[string]float64
}

// WordSays and WordDoes stand in the names of words between the language and the first letters.
const (
	WordSays = " says: "
	WordDoes = " does: "
)

// IsWord reports whether a feature of a teller is a word.
func IsWord(feature string) bool {
	return strings.Contains(feature, WordSays) || strings.Contains(feature, WordDoes)
}

// EmbeddedWeights reads the weights that the program carries.
func EmbeddedWeights() (*Weights, error) {
	weights, err := weight.Parse(strings.NewReader(speakerFile))
	if err != nil {
		return nil, fmt.Errorf("speaker.csv: %w", err)
	}
	return WeightsOf(weights), nil
}

// WeightsOf puts weights in order.
func WeightsOf(weights map[string]float64) *Weights {
	out := &Weights{features: make([]float64, len(TellerNames)), says: map[string]map[string]float64{}, does: map[string]map[string]float64{}}
	for f, name := range TellerNames {
		out.features[f] = weights[name]
	}
	for name, weight := range weights {
		for mark, words := range map[string]map[string]map[string]float64{WordSays: out.says, WordDoes: out.does} {
			if language, stem, ok := strings.Cut(name, mark); ok {
				if words[language] == nil {
					words[language] = map[string]float64{}
				}
				words[language][stem] = weight
			}
		}
	}
	return out
}

// TellerNames are the names of features, by number.
var TellerNames []string

func tellerFeatureOf(name string) passage.TellerFeature {
	TellerNames = append(TellerNames, name)
	if len(TellerNames) > len(tellerSet{})*64 {
		panic("speech: more features of tellers than a set of them holds")
	}
	return passage.TellerFeature(len(TellerNames) - 1)
}

// tellerSet is a set of features.
type tellerSet [10]uint64

// add adds a feature, and reports whether it is new.
func (s *tellerSet) add(f passage.TellerFeature) bool {
	word, bit := &s[f/64], uint64(1)<<(f%64)
	old := *word
	*word |= bit
	return old != *word
}

// holds reports whether a feature was added.
func (s *tellerSet) holds(f passage.TellerFeature) bool { return s[f/64]>>(f%64)&1 != 0 }

// byWay are the features of a relation, one a way of hearing.
func byWay(name string) (out [passage.WayCount]passage.TellerFeature) {
	for w := range out {
		out[w] = tellerFeatureOf(name + ": " + passage.WayNames[w])
	}
	return out
}

func tellerFeatures(names ...string) (out []passage.TellerFeature) {
	for _, n := range names {
		out = append(out, tellerFeatureOf(n))
	}
	return out
}

const (
	sortPerson passage.TellerSort = iota
	sortFirm
	sortAuthority
	sortPolice
	sortOrganisation
	sortName
	sortUnnamed
	sortCount
)

// bySort are features, one a sort.
func bySort(name string) (out [sortCount]passage.TellerFeature) {
	for s, sort := range [sortCount]string{"person", "firm", "authority", "police", "organisation", "name", "unnamed"} {
		out[s] = tellerFeatureOf(name + sort)
	}
	return out
}

// byPredicate are features, one a predicate.
func byPredicate(name string) map[contrechamp.Predicate]passage.TellerFeature {
	out := map[contrechamp.Predicate]passage.TellerFeature{}
	for _, p := range contrechamp.Predicates() {
		out[p] = tellerFeatureOf(name + string(p))
	}
	return out
}

// Places in lists of features.
const (
	saidBefore = iota
	saidBehind
	saidWithin
)

const (
	earlierInParagraph = 3 + iota
	inParagraphBefore
	inEarlierParagraph
)

var (
	tellerSomebody = tellerFeatureOf("somebody")
	tellerKinds    = bySort("")
	tellerKindsOf  = func() (out [sortCount]map[contrechamp.Predicate]passage.TellerFeature) {
		for s, f := range tellerKinds {
			out[s] = byPredicate(TellerNames[f] + " on ")
		}
		return out
	}()
	tellerWays          = byWay("heard by")
	tellerOnce          = tellerFeatureOf("speaks once")
	tellerHalf          = tellerFeatureOf("speaks most of the text")
	tellerFifth         = tellerFeatureOf("speaks much of the text")
	tellerChief         = tellerFeatureOf("speaks most")
	tellerTurns         = tellerFeatureOf("has turns")
	tellerValue         = tellerFeatureOf("is the value")
	tellerValueOf       = byPredicate("is the value of ")
	tellerRole          = tellerFeatureOf("an office")
	tellerDocument      = tellerFeatureOf("a document")
	tellerFirmNoun      = tellerFeatureOf("a firm unnamed")
	tellerBodyNoun      = tellerFeatureOf("a body unnamed")
	tellerPersonNoun    = tellerFeatureOf("people")
	tellerNoun          = tellerFeatureOf("another noun")
	tellerCovers        = byWay("covers")
	tellerCoversQuoted  = byWay("covers what is quoted")
	tellerCoversEnd     = tellerFeatureOf("covers the end only")
	tellerUnder         = tellerFeatureOf("covered by another")
	tellerUnderBy       = byWay("covered by another")
	tellerBehind        = byWay("speaks behind")
	tellerAhead         = byWay("spoke before in the sentence")
	tellerSide          = tellerFeatures("said before the words", "said behind the words", "said within the words") // saidBefore and on
	tellerCommas        = tellerFeatures("no comma between", "a comma between", "two commas between", "more commas between")
	tellerStops         = tellerFeatureOf("parted by a mark")
	tellerNear          = tellerFeatureOf("said close by")
	tellerFar           = tellerFeatureOf("said far off")
	tellerQuotedOutside = tellerFeatureOf("said outside the quotation")
	tellerWithinQuote   = tellerFeatureOf("said within the quotation")
	tellerQuotedElse    = tellerFeatureOf("said in another quotation")
	tellerVerbWithin    = tellerFeatureOf("the verb is in the words")
	tellerBeforeAny     = tellerFeatureOf("spoke before")
	tellerBefore        = tellerFeatures("spoke in the sentence before", "spoke two sentences before", "spoke three sentences before", "spoke earlier in the paragraph", "spoke in the paragraph before", "spoke in an earlier paragraph")
	tellerLast          = tellerFeatureOf("spoke last")
	tellerLastFar       = tellerFeatures("spoke last: in the sentence before", "spoke last: two sentences before", "spoke last: three sentences before", "spoke last: earlier in the paragraph", "spoke last: in the paragraph before", "spoke last: in an earlier paragraph")
	tellerToTheEnd      = tellerFeatures("to the end: in the sentence before", "to the end: two sentences before", "to the end: three sentences before", "to the end: earlier in the paragraph", "to the end: in the paragraph before", "to the end: in an earlier paragraph")
	tellerBeforeBy      = byWay("spoke before by")
	tellerOpensIt       = tellerFeatureOf("spoke before, a pronoun now")
	tellerReported      = tellerFeatureOf("spoke before, reported now")
	tellerBeforeQuoted  = tellerFeatureOf("spoke before, quoted now")
	tellerBothQuoted    = tellerFeatureOf("quoted before, quoted now")
	tellerNext          = tellerFeatures("speaks in the next sentence", "speaks in the sentence after next", "speaks in the next paragraph")
	tellerNextBy        = byWay("speaks next by")
	tellerNextQuoted    = tellerFeatureOf("speaks next, quoted now")
	tellerChiefOurs     = tellerFeatureOf("speaks most, we now")

	tellerHeads          = tellerFeatures("opens the sentence", "opens the sentence before", "opens the one before that")
	tellerHeadSort       = [headsBefore + 1][sortCount]passage.TellerFeature{bySort("opens the sentence: "), bySort("opens the sentence before: "), bySort("opens the one before that: ")}
	tellerHeadQuoted     = tellerFeatureOf("opens the sentence, quoted now")
	tellerHeadWithin     = tellerFeatureOf("opens the words themselves")
	tellerLastPerson     = tellerFeatureOf("the person named last")
	tellerLastPersonHere = tellerFeatureOf("the person named last, here")
	tellerLastPersonIt   = tellerFeatureOf("the person named last, a pronoun now")

	tellerNamed                  = tellerFeatureOf("only named")
	tellerNamedKind              = bySort("only named: ")
	tellerNamedBehindPreposition = tellerFeatureOf("only named, behind a preposition")
	tellerNamedActs              = tellerFeatureOf("only named, acts")
	tellerActsKind               = bySort("only named, acts: ")
	tellerNamedFirst             = tellerFeatureOf("only named, at the head")
	tellerNamedSays              = tellerFeatureOf("only named, before a verb of saying")
	tellerNamedSaid              = tellerFeatureOf("only named, behind a verb of saying")
	tellerNamedBehind            = tellerFeatureOf("only named, behind the words")

	tellerHeadLine  = tellerFeatureOf("of the head")
	tellerHeadProse = tellerFeatureOf("of the first lines")
	tellerFootLine  = tellerFeatureOf("of the foot")
	tellerFootProse = tellerFeatureOf("of the last lines")
	tellerOfPage    = []passage.TellerFeature{tellerHeadLine, tellerHeadProse, tellerFootLine, tellerFootProse}
	tellerPageSort  = func() map[passage.TellerFeature][sortCount]passage.TellerFeature {
		out := map[passage.TellerFeature][sortCount]passage.TellerFeature{}
		for _, f := range tellerOfPage {
			out[f] = bySort(TellerNames[f] + ": ")
		}
		return out
	}()
	tellerPageSelves = func() map[passage.TellerFeature][]passage.TellerFeature {
		out := map[passage.TellerFeature][]passage.TellerFeature{}
		for _, f := range tellerOfPage {
			n := TellerNames[f]
			out[f] = tellerFeatures(n+", no we", n+", few we", n+", some we", n+", much we")
		}
		return out
	}()
	tellerPageSalutes = ofPage(", a letter")
	tellerOpensLine   = ofPage(", opens the line")
	tellerWholeLine   = ofPage(", the whole line")
	tellerPageQuoted  = ofPage(", quoted now")
	tellerPageOurs    = ofPage(", we now")
	tellerPageCovered = ofPage(", somebody else heard")
	tellerOnlyPage    = tellerFeatureOf("only at the head or the foot")
	tellerFirstLine   = tellerFeatureOf("of the first line")
	tellerLastLine    = tellerFeatureOf("of the last line")
	tellerTitleLine   = tellerFeatureOf("of the title")
	tellerHeadingLine = tellerFeatureOf("of a heading")
	tellerMetaLine    = tellerFeatureOf("of a line of the page")

	tellerNobody       = tellerFeatureOf("nobody")
	nobodyOf           = byPredicate("nobody on ")
	nobodyQuoted       = tellerFeatureOf("nobody, in a quotation")
	nobodyOurs         = tellerFeatureOf("nobody, of us")
	nobodySpeaks       = tellerFeatureOf("nobody in the text")
	nobodyFew          = tellerFeatureOf("nobody in most of the text")
	nobodyMost         = tellerFeatureOf("somebody in most of the text")
	nobodyMany         = tellerFeatureOf("somebody in half of the text")
	nobodyVoiceBefore  = tellerFeatureOf("nobody, somebody before")
	nobodySilentBefore = tellerFeatureOf("nobody, nobody before")
	nobodyOpensPara    = tellerFeatureOf("nobody, a new paragraph")
	nobodyHeading      = tellerFeatureOf("nobody in a heading")
	nobodyItem         = tellerFeatureOf("nobody in a list")
	nobodyMeta         = tellerFeatureOf("nobody in a line of the page")
	nobodyAttributes   = tellerFeatureOf("nobody, a word of saying")
	nobodyCovered      = tellerFeatureOf("nobody, the rules hear somebody")
	nobodyHedged       = tellerFeatureOf("nobody, hedged")
	nobodyReported     = tellerFeatureOf("nobody, reported")
	nobodySelves       = tellerFeatures("nobody, no we", "nobody, few we", "nobody, some we", "nobody, much we")
	nobodySelfNow      = tellerFeatures("nobody, we now, no we", "nobody, we now, few we", "nobody, we now, some we", "nobody, we now, much we")
	nobodyShort        = tellerFeatureOf("nobody in a short text")
)

// ofPage are the features of whoever stands at the head or the foot.
func ofPage(what string) map[passage.TellerFeature]passage.TellerFeature {
	out := map[passage.TellerFeature]passage.TellerFeature{}
	for _, f := range tellerOfPage {
		out[f] = tellerFeatureOf(TellerNames[f] + what)
	}
	return out
}
