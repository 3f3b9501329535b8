package subject

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Doc is a text with what it is about.
type Doc struct {
	naming.Doc

	SubjectWeights *Weights
	Sections       []Section                   // one a paragraph
	Places         map[string]bool             // those named, by ID
	spokenFrom     int                         // the token that the first speaking paragraph begins with
	leadTo         int                         // the paragraph that the text's lead ends with
	candidateOf    map[*contrechamp.Entity]int // its place in CandidateRoom
	candidateOfRun []int
	CandidateRoom  []Candidate
	standings      []standing
	likely         []likely                    // what the text may be about, the likeliest first
	Alongside      []*contrechamp.Entity       // by what else its deployment is known
	surveilling    []bool                      // the sentences that name devices or capabilities
	Main           Place                       // the main subject where it is a place
	headed         map[int]*contrechamp.Entity // the place that opens a paragraph
	mainIn         map[int]bool                // whether a paragraph names the main place
	beside         map[string]bool             // places named right beside devices or capabilities
	containers     map[string]bool             // regions that stand in brackets behind their town
	Company        *contrechamp.Entity         // the main subject where it is a company
	Runner         *contrechamp.Entity         // the operator whose deployment the text is about: a railway, a chain of shops
	Product        *contrechamp.Entity         // the main subject where it is a product
	Topical        bool                        // surveillance is what the whole text is about
	Surveils       bool                        // a capability is named somewhere
	national       bool                        // the main place is a country that the text is about as a whole
	townForCountry bool                        // the main place is a town, though its country is the likelier: see townInstead
	Programmes     []*Programme
	basicRoom      []basicChoice
	entityRoom     []*contrechamp.Entity
	bodiesAt       map[bodyOf]*contrechamp.Entity // bodies that were named after their places
	chooser        chooser
	Explained      bool     // each draft says how it came about
	Choices        []Choice // of the deployment resolved last
	Chosen         *contrechamp.Entity
	ChosenOdds     float64 // of it against the others
	MainOdds       float64 // of the main place against the next
	resolvedIn     *passage.Sentence
	resolvedRoom   []resolved
	betweenOf      *passage.Sentence
	betweenRoom    [][2]float32        // see between
	TitledProduct  *contrechamp.Entity // the product that the title names, the one named most often
	salient        []salient
	salientDone    bool
	salientAt      map[string]int32 // by key, their places in salientRoom
	salientRoom    []salient
}

// Begin makes room for a text, unless another left some. What it is weighed by is set apart.
func (d *Doc) Begin(e *passage.Knowledge, text *contrechamp.Text) {
	d.Doc.Begin(e, text)
	if d.Places == nil {
		d.Places = map[string]bool{}
		d.beside = map[string]bool{}
		d.containers = map[string]bool{}
		d.candidateOf = map[*contrechamp.Entity]int{}
		d.bodiesAt = map[bodyOf]*contrechamp.Entity{}
		d.salientAt = map[string]int32{}
		d.headed = map[int]*contrechamp.Entity{}
		d.mainIn = map[int]bool{}
	}
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	d.Doc.Forget()
	clear(d.Places)
	clear(d.beside)
	clear(d.containers)
	clear(d.headed)
	clear(d.bodiesAt)
	clear(d.salientAt)
	clear(d.mainIn)
	clear(d.candidateOf)
	*d = Doc{
		Doc: d.Doc, Places: d.Places, beside: d.beside, containers: d.containers, headed: d.headed, mainIn: d.mainIn,
		basicRoom: passage.Emptied(d.basicRoom), salientAt: d.salientAt, salientRoom: passage.Emptied(d.salientRoom), salient: passage.Emptied(d.salient),
		entityRoom: passage.Emptied(d.entityRoom), bodiesAt: d.bodiesAt, resolvedRoom: passage.Emptied(d.resolvedRoom), betweenRoom: d.betweenRoom[:0],
		surveilling: d.surveilling[:0], candidateOf: d.candidateOf, candidateOfRun: d.candidateOfRun,
		CandidateRoom: passage.Emptied(d.CandidateRoom), standings: d.standings[:0], likely: passage.Emptied(d.likely), Alongside: passage.Emptied(d.Alongside),
		Sections: passage.Emptied(d.Sections), chooser: chooser{list: d.chooser.forgotten()},
	}
}
