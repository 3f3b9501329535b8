package passage

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// Voice says who speaks in tokens [first, end).
type Voice struct {
	First, End int
	At         int   // the token that says so, 0 where none does
	Way        Way   // how it was found
	Who        int32 // which speaker of the text's, as package speech counts them
	Sorted     bool  // sort and noun are known, by package speech
	Sort       TellerSort
	Noun       TellerFeature
	Speaker    *contrechamp.Speaker
	Entity     *contrechamp.Entity // the body, or the person
	Kinds      grammar.Kind
}

// Over is the voice in tokens [first, end).
func (v Voice) Over(first, end int) Voice {
	v.First, v.End = first, end
	return v
}

// Way is how it was found who speaks.
type Way uint8

const (
	ByNothing         Way = iota
	BySource              // "selon X"
	BySaying              // "X said", whatever follows
	ByInversion           // "..., said X"
	BySomewhere           // "heißt es bei X"
	ByPronoun             // "he said"
	BySubjectBehind       // "beziffert X auf"
	ByThat                // "X said that"
	ByQuotationBehind     // X said: "..."
	ByEnd                 // "..., X said."
	ByObject              // "X puts the cost at"
	BySo                  // "..., so X"
	ByClosing             // a quotation and whoever closes it
	ByColon               // X: "..."
	ByReportedMood        // goes on in the mood of reported speech
	ByAnnouncement        // whoever is announced to speak
	ByFloor               // who has the floor
	ByQuotation           // the quotation's other sentences
	ByQuotationBefore     // a quotation behind another
	ByDocument            // who answers, signs or is interviewed
	ByLabel               // the label of a turn
	AsHead                // who opens the sentence: only to be chosen among
	AsLastNamed           // the person named last
	WayCount
)

// HeardBy notes how those who speak in a sentence were found, where nothing is noted yet.
func (s *Sentence) HeardBy(by Way) {
	for i := range s.Voices {
		if s.Voices[i].Way == ByNothing {
			s.Voices[i].Way = by
		}
	}
}

// AlsoCalled adds those names that the speaker does not have yet.
func (v *Voice) AlsoCalled(names ...string) {
	for _, n := range names {
		if !slices.Contains(v.Speaker.Names, n) {
			v.Speaker.Names = append(v.Speaker.Names, n)
		}
	}
}

// BetterCalled adds a name before all others, if the speaker does not have it yet.
func (v *Voice) BetterCalled(name string) {
	if !slices.Contains(v.Speaker.Names, name) {
		v.Speaker.Names = append([]string{name}, v.Speaker.Names...)
	}
}

// WayNames name the ways in features.
var WayNames = [WayCount]string{"nothing", "a source", "a verb of saying", "a verb before its subject", "a place that says", "a pronoun", "a subject behind its verb", "a verb and that", "a verb and a quotation", "a verb at the end", "a verb and its object", "so", "the end of a quotation", "a colon", "the mood", "an announcement", "the floor", "the quotation", "the quotation before",
	"the document", "a label", "the head", "the last named"}

// TellerSort is what sort of speaker one is.
type TellerSort uint8

// TellerFeature is something that is known of whose words a claim may be. They are counted by number; their names are written out where
// somebody wants to see them.
type TellerFeature uint16
