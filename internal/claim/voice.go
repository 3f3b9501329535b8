package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// voice says who speaks in tokens [first, end).
type voice struct {
	first, end int
	at         int   // the token that says so, 0 where none does
	way        way   // how it was found
	who        int32 // which speaker of the text's, see countSpeakers
	sorted     bool  // sort and noun are known, see teller_sort.go
	sort       tellerSort
	noun       tellerFeature
	speaker    *contrechamp.Speaker
	entity     *contrechamp.Entity // the body, or the person
	kinds      kind
}

// over is the voice in tokens [first, end).
func (v voice) over(first, end int) voice {
	v.first, v.end = first, end
	return v
}

// way is how it was found who speaks.
type way uint8

const (
	byNothing         way = iota
	bySource              // "selon X"
	bySaying              // "X said", whatever follows
	byInversion           // "..., said X"
	bySomewhere           // "heißt es bei X"
	byPronoun             // "he said"
	bySubjectBehind       // "beziffert X auf"
	byThat                // "X said that"
	byQuotationBehind     // X said: "..."
	byEnd                 // "..., X said."
	byObject              // "X puts the cost at"
	bySo                  // "..., so X"
	byClosing             // a quotation and whoever closes it
	byColon               // X: "..."
	byReportedMood        // goes on in the mood of reported speech
	byAnnouncement        // whoever is announced to speak
	byFloor               // who has the floor
	byQuotation           // the quotation's other sentences
	byQuotationBefore     // a quotation behind another
	byDocument            // who answers, signs or is interviewed
	byLabel               // the label of a turn
	asHead                // who opens the sentence: only to be chosen among, see tellers
	asLastNamed           // the person named last
	wayCount
)

// heardBy notes how those who speak in a sentence were found, where nothing is noted yet.
func (s *sentence) heardBy(by way) {
	for i := range s.voices {
		if s.voices[i].way == byNothing {
			s.voices[i].way = by
		}
	}
}

// alsoCalled adds those names that the speaker does not have yet.
func (v *voice) alsoCalled(names ...string) {
	for _, n := range names {
		if !slices.Contains(v.speaker.Names, n) {
			v.speaker.Names = append(v.speaker.Names, n)
		}
	}
}

// betterCalled adds a name before all others, if the speaker does not have it yet.
func (v *voice) betterCalled(name string) {
	if !slices.Contains(v.speaker.Names, name) {
		v.speaker.Names = append([]string{name}, v.speaker.Names...)
	}
}

var wayNames = [wayCount]string{"nothing", "a source", "a verb of saying", "a verb before its subject", "a place that says", "a pronoun", "a subject behind its verb", "a verb and that", "a verb and a quotation", "a verb at the end", "a verb and its object", "so", "the end of a quotation", "a colon", "the mood", "an announcement", "the floor", "the quotation", "the quotation before",
	"the document", "a label", "the head", "the last named"}

// tellerSort is what sort of speaker one is.
type tellerSort uint8

// tellerFeature is something that is known of whose words a claim may be. They are counted by number; their names are written out where
// somebody wants to see them.
type tellerFeature uint16
