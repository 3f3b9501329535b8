package claim

import contrechamp "contrechamp.org/contrechamp"

// subjectDoc is a text with what it is about.
type subjectDoc struct {
	namingDoc

	subjectWeights *subjectWeights
	sections       []section                   // one a paragraph
	places         map[string]bool             // those named, by ID
	spokenFrom     int                         // the token that the first speaking paragraph begins with
	leadTo         int                         // the paragraph that the text's lead ends with
	candidateOf    map[*contrechamp.Entity]int // its place in candidateRoom
	candidateOfRun []int
	candidateRoom  []candidate
	standings      []standing
	likely         []likely                    // what the text may be about, the likeliest first
	alongside      []*contrechamp.Entity       // by what else its deployment is known
	surveilling    []bool                      // the sentences that name devices or capabilities
	main           place                       // the main subject where it is a place
	headed         map[int]*contrechamp.Entity // the place that opens a paragraph
	mainIn         map[int]bool                // whether a paragraph names the main place
	beside         map[string]bool             // places named right beside devices or capabilities
	containers     map[string]bool             // regions that stand in brackets behind their town
	company        *contrechamp.Entity         // the main subject where it is a company
	runner         *contrechamp.Entity         // the operator whose deployment the text is about: a railway, a chain of shops
	product        *contrechamp.Entity         // the main subject where it is a product
	topical        bool                        // surveillance is what the whole text is about
	surveils       bool                        // a capability is named somewhere
	national       bool                        // the main place is a country that the text is about as a whole
	townForCountry bool                        // the main place is a town, though its country is the likelier: see townInstead
	programmes     []*programme
	basicRoom      []basicChoice
	entityRoom     []*contrechamp.Entity
	bodiesAt       map[bodyOf]*contrechamp.Entity // bodies that were named after their places
	chooser        chooser
	explained      bool     // each draft says how it came about
	choices        []Choice // of the deployment resolved last
	chosen         *contrechamp.Entity
	chosenOdds     float64 // of it against the others
	mainOdds       float64 // of the main place against the next
	resolvedIn     *sentence
	resolvedRoom   []resolved
	betweenOf      *sentence
	betweenRoom    [][2]float32        // see between
	titledProduct  *contrechamp.Entity // the product that the title names, the one named most often
	salient        []salient
	salientDone    bool
	salientAt      map[string]int32 // by key, their places in salientRoom
	salientRoom    []salient
}

// begin makes room for a text, unless another left some.
func (d *subjectDoc) begin(e *knowledge, text *contrechamp.Text, places *placeWeights, subjects *subjectWeights) {
	d.namingDoc.begin(e, text, places)
	d.subjectWeights = subjects
	if d.places == nil {
		d.places = map[string]bool{}
		d.beside = map[string]bool{}
		d.containers = map[string]bool{}
		d.candidateOf = map[*contrechamp.Entity]int{}
		d.bodiesAt = map[bodyOf]*contrechamp.Entity{}
		d.salientAt = map[string]int32{}
		d.headed = map[int]*contrechamp.Entity{}
		d.mainIn = map[int]bool{}
	}
}

// forget empties what is known of a text, and keeps the room.
func (d *subjectDoc) forget() {
	d.namingDoc.forget()
	clear(d.places)
	clear(d.beside)
	clear(d.containers)
	clear(d.headed)
	clear(d.bodiesAt)
	clear(d.salientAt)
	clear(d.mainIn)
	clear(d.candidateOf)
	*d = subjectDoc{
		namingDoc: d.namingDoc, places: d.places, beside: d.beside, containers: d.containers, headed: d.headed, mainIn: d.mainIn,
		basicRoom: emptied(d.basicRoom), salientAt: d.salientAt, salientRoom: emptied(d.salientRoom), salient: emptied(d.salient),
		entityRoom: emptied(d.entityRoom), bodiesAt: d.bodiesAt, resolvedRoom: emptied(d.resolvedRoom), betweenRoom: d.betweenRoom[:0],
		surveilling: d.surveilling[:0], candidateOf: d.candidateOf, candidateOfRun: d.candidateOfRun,
		candidateRoom: emptied(d.candidateRoom), standings: d.standings[:0], likely: emptied(d.likely), alongside: emptied(d.alongside),
		sections: emptied(d.sections), chooser: chooser{list: d.chooser.forgotten()},
	}
}
