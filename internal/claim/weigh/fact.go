package weigh

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// What claims are weighed by, as far as it is the same whatever the rule: by themselves (features), whether they are planned (PlanFacts) or denied (PolarFacts).
// What peers say is in peer_features.go.
var (
	factBias                       = factOf("bias")
	factValueFoundByShape          = factOf("value found by shape")
	factValueCalledByCommonWords   = factOf("value called by common words")
	factValueInTheLexicon          = factOf("value in the lexicon")
	factAShareOfSomethingElse      = factOf("a share of something else")
	factSubjectFoundByShape        = factOf("subject found by shape")
	factSubjectCalledByCommonWords = factOf("subject called by common words")
	factSubjectIsACountry          = factOf("subject is a country")
	factSubjectIsATown             = factOf("subject is a town")
	factSubjectIsAFirmOrBody       = factOf("subject is a firm or body")
	factSomebodySaysIt             = factOf("somebody says it")
	factWithinAQuotation           = factOf("within a quotation")
	factSpeaksOfAnotherMatter      = factOf("speaks of another matter")
	factInAHeading                 = factOf("in a heading")
	factSaidAgain                  = factOf("said again")
	factSeveralRulesAgree          = factOf("several rules agree")
	factAKnownBodyObjects          = factOf("a known body objects")
	factWordsCloseTogether         = factOf("words close together")
	factWordsFarApart              = factOf("words far apart")
	factOnePlaceInTheText          = factOf("one place in the text")
	factManyPlacesInTheText        = factOf("many places in the text")
	factTextIsAboutSurveillance    = factOf("text is about surveillance")
	factParagraphNamesDevices      = factOf("paragraph names devices")
	factTextIsAboutACompany        = factOf("text is about a company")
	factSubjectInTheTitle          = factOf("subject in the title")
	factSubjectNamedOften          = factOf("subject named often")

	// those whose values are log-odds
	factPrior            = factOf("prior")
	factWordsAround      = factOf("words around")
	factWordsAroundAlone = factOf("words around, and no rule")
	factSigns            = factOf("signs")
	factSignsAlone       = factOf("signs, and no rule")
	factPolarity         = factOf("odds of its polarity")
	factContrary         = factOf("odds of the contrary")
	factSubjectOdds      = factOf(SubjectPrefix + "odds")
	factSubjectMainOdds  = factOf(SubjectPrefix + "odds of the main place")

	factSaidOtherwiseToo = factOf("said otherwise too")
	factSubjectBias      = factOf(SubjectPrefix + "bias")
	factPlaces           = factsOf(placesNames[:]...)
	factSubjectPlaces    = func() (out []fact) {
		for _, name := range placesNames {
			out = append(out, factOf(SubjectPrefix+name))
		}
		return out
	}()
	factContexts = func() (out [draft.LevelHere][]fact) {
		for level := range out {
			out[level] = factsOf(draft.Contexts[level][:]...)
		}
		return out
	}()
)

// oddsFacts are those whose values are log-odds.
var oddsFacts = []fact{factPrior, factWordsAround, factWordsAroundAlone, factSigns, factSignsAlone, factPolarity, factContrary, factSubjectOdds, factSubjectMainOdds}

var (
	factReadAsPlanned         = factOf("read as planned")
	factAPlanInItsClause      = factOf("a plan in its clause")
	factWillBe                = factOf("will be")
	factAPlanThatItIsPartOf   = factOf("a plan that it is part of")
	factAPlanThatIntroducesIt = factOf("a plan that introduces it")

	factPredicateAsPlanned = func() map[contrechamp.Predicate]fact {
		out := map[contrechamp.Predicate]fact{}
		for _, p := range contrechamp.Predicates() {
			out[p] = factOf(string(p) + " read as planned")
		}
		return out
	}()
	factTenses, factTensesBefore, factTensesBehind = tensesIn("in its sentence"), tensesIn("before it"), tensesIn("behind it")

	factReadHere, factReadBefore, factReadBehind        = readIn("in its sentence"), readIn("before it"), readIn("behind it")
	factReadInParagraph, factReadOfSubject, factReadAll = readIn("in its paragraph"), readIn("of its subject"), readIn("in the text")
	factStages                                          = func() (out []fact) {
		for _, id := range grammar.StageIDs {
			out = append(out, factOf("its subject is "+id))
		}
		return out
	}()
)

// tensesIn are the facts that a sentence has each of the tenses.
func tensesIn(where string) (out []fact) {
	for _, name := range tenseNames {
		out = append(out, factOf(name+" "+where))
	}
	return out
}

// readIn are the facts that the rules read each of the shares as planned somewhere.
func readIn(where string) (out []fact) {
	for _, name := range shareNames {
		out = append(out, factOf(where+": "+name))
	}
	return out
}

var (
	factDeniedByItsClause                  = factOf("denied by its clause")
	factItsSentenceBeginsWithADenial       = factOf("its sentence begins with a denial")
	factSomebodyDoesWithoutIt              = factOf("somebody does without it")
	factDeniedBehindATopic                 = factOf("denied behind a topic")
	factDeniedByAQuotation                 = factOf("denied by a quotation")
	factDeniedByACell                      = factOf("denied by a cell")
	factDeniedByTheHeadOfItsList           = factOf("denied by the head of its list")
	factItsSentenceBeginsWithWhatWasStruck = factOf("its sentence begins with what was struck")
	factForbiddenBehindAnAside             = factOf("forbidden behind an aside")
	factDisputed                           = factOf("disputed")
	factTakenBack                          = factOf("taken back")
	factAsked                              = factOf("asked")
	factAskedAndTheAnswerIsNo              = factOf("asked, and the answer is no")
	factAskedAndTheAnswerIsYes             = factOf("asked, and the answer is yes")
	factAskedWithinItsSentence             = factOf("asked within its sentence")
	factRefusedAtItsSentencesEnd           = factOf("refused at its sentence's end")
	factBehindAQuestion                    = factOf("behind a question")
	factBesideAQuotation                   = factOf("beside a quotation")
	factSaidElsewhere                      = factOf("said elsewhere")
	factDeniedElsewhere                    = factOf("denied elsewhere")
	factOnlyHeldPossibleElsewhere          = factOf("only held possible elsewhere")

	factNegations = factsOf("no negation", "one negation", "two negations", "three negations", "many negations")
)
