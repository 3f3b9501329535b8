package subject

import (
	"contrechamp.org/contrechamp/internal/claim/naming"
)

// mainFeature is what is known of a candidate.
type mainFeature uint8

const (
	isTown mainFeature = iota
	isSite
	isRegion
	isCountry
	isName
	isBody
	isOrganisation
	isProgramme
	isAuthority
	isFirm
	isProduct
	scored
	timesNamed
	mostNamed
	inTitle
	inMasthead
	inHeading
	inLead
	inBody
	behindLocative
	behindOf
	inBodysName
	nationalityOnly
	besideDevices
	devicesInSentence
	bracketedOnly
	datelineOnly
	namedOnce
	furnitureOnly
	aroundAnother
	aroundEquipped
	withinAnother
	weakName
	placeLike
	firmsSeat
	subjectOfSentence
	firstChoice
	zonesNamed
	firstPlace
	firstInText
	inLongerName
	population
	smallPlace
	largePlace
	countryShare
	aloneOfCountry
	devicesBehind
	devicesBesideIt
	anyDevicesBehind
	shareOfNames
	shareOfMost
	paragraphsNaming
	shareOfParagraphs
	besideCapitals
	hyphenBehind
	inQuotes
	opensSentence
	firstNamedAt
	lastNamedAt
	namedAtTheEnd
	commonWord
	spelledOtherwise
	wordOfRules
	townsNamed
	letterheadBody
	inMastheadName
	aroundBest
	aroundBestNational
	aroundBestLocal
	inMastheadCapitals
	townLike
	opensTheText
	inCourtsName
	mattersFrom  // see matters.go
	mainFeatures = mattersFrom + 2*levelsOfMatters*mainFeature(len(kindsWithMatters))
)

// main reports whether a text may be about a candidate of that kind: firms and products have their deployments elsewhere.
func (f mainFeature) main() bool { return f != isFirm && f != isProduct }

// A name that nothing is known of has the cues of its run too.
const (
	cuesFrom  = int(mainFeatures)
	mainCount = cuesFrom + int(naming.CueCount)
)

var mainNames = func() (names [mainCount]string) {
	for f, name := range map[mainFeature]string{isTown: "town", isSite: "site", isRegion: "region", isCountry: "country", isName: "name", isBody: "body", isOrganisation: "organisation",
		isProgramme: "programme", isAuthority: "authority", isFirm: "firm", isProduct: "product", scored: "score", timesNamed: "named", mostNamed: "named most", inTitle: "in the title", inMasthead: "in a masthead", inHeading: "in a heading", inLead: "in the lead",
		inBody: "in the body", behindLocative: "behind a locative", behindOf: "behind of", inBodysName: "in a body's name", nationalityOnly: "as a nationality only", besideDevices: "beside devices",
		devicesInSentence: "sentences with devices", bracketedOnly: "in brackets only", datelineOnly: "in the dateline only", namedOnce: "named once", furnitureOnly: "in furniture only",
		aroundAnother: "around another", aroundEquipped: "around one beside devices", withinAnother: "within another", weakName: "weak", placeLike: "like a place", firmsSeat: "where a firm sits", subjectOfSentence: "subject of a sentence", firstChoice: "by its score", zonesNamed: "zones", firstPlace: "the first place", firstInText: "the first place of the text", inLongerName: "in a longer name",
		population: "people", smallPlace: "a small town", largePlace: "a large town", countryShare: "country of other places", aloneOfCountry: "alone of its country", devicesBehind: "devices behind it", devicesBesideIt: "devices behind it in the sentence",
		anyDevicesBehind: "some devices behind it", shareOfNames: "share of names", shareOfMost: "share of the most named", paragraphsNaming: "paragraphs", shareOfParagraphs: "share of paragraphs", besideCapitals: "beside capitals", hyphenBehind: "before a hyphen",
		inQuotes: "in quotation marks", opensSentence: "opens sentences", firstNamedAt: "where first", lastNamedAt: "where last", namedAtTheEnd: "at the end", commonWord: "a common word", spelledOtherwise: "spelled otherwise", wordOfRules: "a word of the rules", townsNamed: "its towns named", letterheadBody: "a body of the letterhead",
		aroundBest: "around the first by score", aroundBestNational: "around the first by score, national matters", aroundBestLocal: "around the first by score, local matters", inMastheadName: "in a name of the first lines", inMastheadCapitals: "in the capitals of the first lines", townLike: "a town like a place", opensTheText: "opens the text", inCourtsName: "in an authority's name"} {
		names[f] = name
	}
	nameMatters(names[:])
	for c, name := range naming.CueNames {
		names[cuesFrom+c] = "cue: " + name
	}
	return names
}()

// mainWeights are the weights of the features of candidates.
type mainWeights [mainCount]float64

func mainWeightsOf(weights map[string]float64) *mainWeights {
	w := &mainWeights{}
	for i, name := range mainNames {
		w[i] = weights[name]
	}
	return w
}
