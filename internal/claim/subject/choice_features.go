package subject

import (
	"fmt"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// choiceFeature is what is known of a deployment that a claim may be about. Features have numbers, since every claim asks for dozens;
// their names are written out where somebody wants to see them.
type choiceFeature uint8

// choiceNames are the names of the features.
var choiceNames = []string{""}

// choiceFeatureOf is the feature of that name.
func choiceFeatureOf(name string) choiceFeature {
	for i, n := range choiceNames {
		if n == name {
			return choiceFeature(i)
		}
	}
	choiceNames = append(choiceNames, name)
	if len(choiceNames) > len(choiceSet{})*64 {
		panic("subject: more features of choices than a set of them holds")
	}
	return choiceFeature(len(choiceNames) - 1)
}

// choiceSet is a set of features.
type choiceSet [4]uint64

// add adds a feature, and reports whether it is new.
func (s *choiceSet) add(f choiceFeature) bool {
	word, bit := &s[f>>6&3], uint64(1)<<(f&63)
	old := *word
	*word |= bit
	return old != *word
}

// holds reports whether a feature was added.
func (s *choiceSet) holds(f choiceFeature) bool { return s[f>>6&3]>>(f&63)&1 != 0 }

var (
	choiceTown                            = choiceFeatureOf("town")
	choiceMain                            = choiceFeatureOf("main")
	choiceRunner                          = choiceFeatureOf("runner")
	choiceAlongside                       = choiceFeatureOf("alongside")
	choiceInTheTitle                      = choiceFeatureOf("in the title")
	choiceNamedOften                      = choiceFeatureOf("named often")
	choiceNamedOnce                       = choiceFeatureOf("named once")
	choiceContainerOfATown                = choiceFeatureOf("container of a town")
	choiceBesideDevicesSomewhere          = choiceFeatureOf("beside devices somewhere")
	choiceAroundTheMainPlace              = choiceFeatureOf("around the main place")
	choiceAbroad                          = choiceFeatureOf("abroad")
	choiceMainNotInTheParagraph           = choiceFeatureOf("main, not in the paragraph")
	choiceMainAnotherInTheSentence        = choiceFeatureOf("main, another in the sentence")
	choiceMainAnotherInTheClause          = choiceFeatureOf("main, another in the clause")
	choiceMainAnotherOpens                = choiceFeatureOf("main, another opens the sentence")
	choiceMainAnotherSince                = choiceFeatureOf("main, another since")
	choiceMainElsewhere                   = choiceFeatureOf("main, elsewhere")
	choiceFronted                         = choiceFeatureOf("fronted")
	choiceActs                            = choiceFeatureOf("acts")
	choiceNeighbour                       = choiceFeatureOf("a neighbour")
	choiceItsTownLast                     = choiceFeatureOf("the town, the last place before")
	choiceItsTownMain                     = choiceFeatureOf("the town, main")
	choiceAskedAbout                      = choiceFeatureOf("asked about")
	choiceElsewhere                       = choiceFeatureOf("elsewhere")
	choiceLikelyAnotherInTheSentence      = choiceFeatureOf("likely, another in the sentence")
	choiceChain                           = choiceFeatureOf("chain")
	choiceThere                           = choiceFeatureOf("there")
	choiceTheLastPlaceBefore              = choiceFeatureOf("the last place before")
	choiceSalient                         = choiceFeatureOf("salient")
	choiceSection                         = choiceFeatureOf("section")
	choiceHeaded                          = choiceFeatureOf("headed")
	choiceTheTextsProduct                 = choiceFeatureOf("the text's product")
	choiceAProductInTheTitle              = choiceFeatureOf("a product in the title")
	choiceTheTextsCompany                 = choiceFeatureOf("the text's company")
	choiceAProgrammeOfTheText             = choiceFeatureOf("a programme of the text")
	choiceNationalityInTheSentence        = choiceFeatureOf("nationality in the sentence")
	choiceInTheNameOfAnotherBody          = choiceFeatureOf("in the name of another body")
	choiceABodyOfItsOwnInTheSentence      = choiceFeatureOf("a body of its own in the sentence")
	choiceItsBodyActs                     = choiceFeatureOf("its body acts")
	choiceSomethingStandsThere            = choiceFeatureOf("something stands there")
	choiceSomethingStandsThereInTheClause = choiceFeatureOf("something stands there, in the clause")
	choiceAtTheHead                       = choiceFeatureOf("at the head")
	choiceBehindAPreposition              = choiceFeatureOf("behind a preposition")
	choiceWhereSomebodySits               = choiceFeatureOf("where somebody sits")
	choiceWeak                            = choiceFeatureOf("weak")
	choiceOfCommonWords                   = choiceFeatureOf("called by common words")
	choiceInBrackets                      = choiceFeatureOf("in brackets")
	choiceTheOnlyPlaceOfTheSentence       = choiceFeatureOf("the only place of the sentence")
	choiceALabel                          = choiceFeatureOf("a label")
	choiceClose                           = choiceFeatureOf("close")
	choiceFar                             = choiceFeatureOf("far")
)

// Features of two words.
var (
	choiceLikely = func() (out [len(likelyShares)]choiceFeature) {
		for i, least := range likelyShares {
			out[i] = choiceFeatureOf(fmt.Sprintf("the text is about it: from %.2f", least))
		}
		return out
	}()
	choiceNameOdds = placehoodFeatures("a name")
	choiceSiteOdds = placehoodFeatures("a site")
	before         = [...][4]choiceFeature{
		beforeFeatures("sentence before"), beforeFeatures("earlier in the paragraph"), beforeFeatures("paragraph before"),
	}
	inWords = [...][3]choiceFeature{
		threeFeatures("in the sentence", "in the sentence, before", "in the sentence, behind"),
		threeFeatures("in the clause", "in the clause, before", "in the clause, behind"),
	}
	nameTexts = [...][3]choiceFeature{
		threeFeatures("another name acts", "another name behind a locative", "another name beside"),
		threeFeatures("a firm acts", "a firm behind a locative", "a firm beside"),
		threeFeatures("an organisation acts", "an organisation behind a locative", "an organisation beside"),
	}
	salientFeatures = map[string]choiceFeature{}
	chainFeatures   = map[string]choiceFeature{}
	kindFeatures    = map[string]ofKind{}
)

// ofKind are the features that depend on what an entity is.
type ofKind struct{ itself, main, does, farOff choiceFeature }

func threeFeatures(a, b, c string) [3]choiceFeature {
	return [3]choiceFeature{choiceFeatureOf(a), choiceFeatureOf(b), choiceFeatureOf(c)}
}

// placehoodFeatures are those of each of the placehoods, and of less.
func placehoodFeatures(of string) (out [len(placehoods) + 1]choiceFeature) {
	for i, least := range placehoods {
		out[i] = choiceFeatureOf(fmt.Sprintf("%s: odds of a place from %.1f", of, least))
	}
	out[len(placehoods)] = choiceFeatureOf(of + ": hardly a place")
	return out
}

// beforeFeatures are those of what a sentence before names: that it does, at its head, with something that stands there, and turning to it.
func beforeFeatures(where string) [4]choiceFeature {
	return [4]choiceFeature{choiceFeatureOf(where), choiceFeatureOf(where + ", at its head"), choiceFeatureOf(where + ", something stands there"), choiceFeatureOf(where + ", fronted")}
}

func init() {
	kinds := []string{"country", "region", "site", "town"}
	for _, k := range []contrechamp.EntityKind{contrechamp.KindPlace, contrechamp.KindCompany, contrechamp.KindProduct, contrechamp.KindCapability, contrechamp.KindAuthority,
		contrechamp.KindOrganisation, contrechamp.KindProgramme, contrechamp.KindLaw, contrechamp.KindStatus, contrechamp.KindPerson} {
		kinds = append(kinds, string(k))
	}
	for _, kind := range kinds {
		kindFeatures[kind] = ofKind{choiceFeatureOf(kind), choiceFeatureOf("main, " + kind), choiceFeatureOf(strings.ToLower(kind) + " that does it"), choiceFeatureOf(kind + ", nowhere near")}
	}
	for _, kind := range []string{"name", "firm", "body", "organisation"} {
		salientFeatures[kind] = choiceFeatureOf("salient " + kind)
	}
	for _, step := range chainSteps {
		chainFeatures[step] = choiceFeatureOf("chain: " + step)
	}
}
