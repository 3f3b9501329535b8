package claim

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

var wayNames = [wayCount]string{"nothing", "a source", "a verb of saying", "a verb before its subject", "a place that says", "a pronoun", "a subject behind its verb", "a verb and that", "a verb and a quotation", "a verb at the end", "a verb and its object", "so", "the end of a quotation", "a colon", "the mood", "an announcement", "the floor", "the quotation", "the quotation before",
	"the document", "a label", "the head", "the last named"}

// wayOf is the way of an attribution by the word at token t.
func (d *doc) wayOf(t int) way {
	k := &d.paras[d.paraOf(t)].g.known
	switch {
	case d.in(t, k.selon), d.in(t, k.selonOwn), d.in(t, k.selonBehind), d.in(t, k.byCount), d.in(t, k.forOne):
		return bySource
	case d.in(t, k.said):
		return bySaying
	case d.in(t, k.so):
		return bySo
	}
	return byObject
}

// heardBy notes how those who speak in a sentence were found, where nothing is noted yet.
func (s *sentence) heardBy(by way) {
	for i := range s.voices {
		if s.voices[i].way == byNothing {
			s.voices[i].way = by
		}
	}
}

// heardBy notes it in all sentences.
func (d *doc) heardBy(by way) {
	for i := range d.sents {
		d.sents[i].heardBy(by)
	}
}
