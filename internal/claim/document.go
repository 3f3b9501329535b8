package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// doc is the state of reading one text. It lives for one call of Propose.
type doc struct {
	e              *knowledge
	engine         *Engine
	placeWeights   *placeWeights
	subjectWeights *subjectWeights
	tellerWeights  *tellerWeights
	text           *contrechamp.Text
	body           string
	day            contrechamp.Date // that its dates are reckoned from, see edition.go

	toks     []word.Token // of all speaking paragraphs
	fold     []string     // folded, one a token
	known    []*entry     // what the grammar knows of each token
	sets     []classSet   // the classes of each token
	fires    []passes     // what each token sets off
	never    []bool       // whether no name of the lexicon begins with a token
	fullStop []bool       // whether a token is a mark that ends its sentence
	quoted   []int32      // the number of the quotation that a token stands in, 0 for none
	paras    []paragraph
	sents    []sentence
	sections []section // one a paragraph

	mentions []*mention // not overlapping, in order
	inner    []*mention // covered by a longer one
	byPara   [][]*mention

	entities       map[string]*contrechamp.Entity // those met or made in this document, by ID
	aliases        map[string]*contrechamp.Entity // by key
	hidden         map[int][]*mention             // by paragraph, the mentions within longer ones: for tables
	surnames       map[string]bool                // last words of names that open with a given name
	placed         map[string]bool                // capitals that something is said to be in, or that are said to be towns
	doubtful       []*contrechamp.Entity          // small places of ambiguous names, passed over
	places         map[string]bool                // those named, by ID
	townsOf        map[string]*contrechamp.Entity // by the adjective of their people, nil for words that are none
	towns          map[string][]town              // known by what the text calls them, by first word
	runs           []run                          // names by their capitals, see placehood.go
	runAt          map[string]int32               // by their folded words
	met            []occurrence                   // of runs, in order
	spokenFrom     int                            // the token that the first speaking paragraph begins with
	leadTo         int                            // the paragraph that the text's lead ends with
	candidateOf    map[*contrechamp.Entity]int    // its place in candidateRoom
	namedBy        []int32
	candidateOfRun []int
	candidateRoom  []candidate
	standings      []standing
	accents        answer                      // whether the text writes accents
	likely         []likely                    // what the text may be about, the likeliest first
	alongside      []*contrechamp.Entity       // by what else its deployment is known
	surveilling    []bool                      // the sentences that name devices or capabilities
	main           place                       // the main subject where it is a place
	headed         map[int]*contrechamp.Entity // the place that opens a paragraph
	mainIn         map[int]bool                // whether a paragraph names the main place
	beside         map[string]bool             // places named right beside devices or capabilities
	foreignBodies  map[string]bool             // countries of national bodies that are those of another here, see homonym.go
	containers     map[string]bool             // regions that stand in brackets behind their town
	company        *contrechamp.Entity         // the main subject where it is a company
	runner         *contrechamp.Entity         // the operator whose deployment the text is about: a railway, a chain of shops
	product        *contrechamp.Entity         // the main subject where it is a product
	topical        bool                        // surveillance is what the whole text is about
	surveils       bool                        // a capability is named somewhere
	national       bool                        // the main place is a country that the text is about as a whole
	townForCountry bool                        // the main place is a town, though its country is the likelier: see townInstead
	programmes     []*programme
	namings        map[*contrechamp.Entity]naming // see naming.go
	counted        bool
	basicOf        map[*contrechamp.Entity]int32 // their places in basicRoom
	basicRoom      []basicChoice
	titles         int                            // how many paragraphs are the title's
	bodyOf         map[string]*contrechamp.Entity // the body that a person speaks for, by the person's ID

	capitals   map[string]capitals // how words stand with a capital
	shortFirms map[string]bool     // the first words of firms named by more
	things     map[string]bool     // single names that are said to be products
	titleFirm  int32               // one more than the run of the firm that the text is a portrait of, 0 for none
	portrait   *contrechamp.Entity // the firm that the text is about, as far as it has the words of a portrait

	// memory that is used again, see reuse.go
	matchesBuf  []lexicon.Match
	numberIDs   []uint16 // of tokens, as quantity numbers words
	dateIDs     []uint16 // and as calendar does
	quantities  []quantity.Found
	days        []calendar.Found
	remembered  *[1 << rememberedLog]remembered
	entityRoom  []*contrechamp.Entity
	kept        []*draft
	mergeAt     map[mergeKey]int32 // places of drafts in what is kept
	endings     []uint8            // of tokens: what is known of them, see ends
	refRoom     []contrechamp.EntityRef
	bodiesAt    map[bodyOf]*contrechamp.Entity // bodies that were named after their places
	openers     []int                          // tokens of a paragraph that may open a phrase
	found       []*mention                     // of a paragraph, as they come
	covered     []*mention                     // by a paragraph's token
	takenRoom   map[valueKey]bool
	bestRoom    map[valueKey]hinted
	bestOrder   []valueKey
	ofLexicon   map[*contrechamp.Entity]*lexical // what is known of those of the lexicon
	commonly    map[*contrechamp.Entity]bool     // whether those that only the text knows are called by common words
	unitRoom    []unit
	variants    []entry
	hitRoom     []hit
	slabs       [][]mention
	slab        int // the one in use
	slabUsed    int
	matcher     matcher
	featureRoom []feature // of all drafts, one behind the other
	ownRoom     [][2]int  // where each draft's begin and end
	peerRoom    []Peer
	peerOrder   []int
	weighedRoom []weighed
	chooser     chooser
	drafts      []draft
	folding     []byte
	foldings    strings.Builder

	hinted   []hinted // what the words around mentions add up to, in the order of the sentences, see hint.go
	hintRoom hintRoom
	devices  []namedDevice // what each sentence that names devices names last
	signed   []signed      // and around signs, see sign.go

	explained        bool     // each draft says how it came about
	choices          []Choice // of the deployment resolved last
	chosen           *contrechamp.Entity
	chosenOdds       float64 // of it against the others
	mainOdds         float64 // of the main place against the next
	resolvedIn       *sentence
	resolvedRoom     []resolved
	betweenOf        *sentence
	betweenRoom      [][2]float32 // see between
	tellerRoom       []teller
	speakersCounted  bool
	headVoices       []headVoice // of sentences
	pageDone         bool
	page             []pageName
	selvesLevel      int
	speakers         []textSpeaker
	speakerAt        map[string]int32 // by their names
	voicedSents      int              // in how many sentences somebody speaks
	chief            int32            // who speaks in most sentences, -1 for nobody
	lastVoice        voice            // who spoke last, and where: what "he said" stands for
	lastVoiceAt      int
	heard            voice // who is announced to speak next, in which paragraph, for how many sentences
	heardPara        int
	hasFloor         voice // who has the floor, in minutes, and in which paragraph
	floorPara        int
	hasReported      voice // who has reported first on the matter
	heardLeft        int
	heldOffices      []holder // who holds which office, see holder.go
	holdersDone      bool
	issuedBy         *contrechamp.Entity // see issuer
	issuerDone       bool
	quotedOn         map[int]bool        // paragraphs that go on with the quotation of the one before
	acts             []act               // of the sentences, nil where there is no act
	titledProduct    *contrechamp.Entity // the product that the title names, the one named most often
	salient          []salient
	salientDone      bool
	salientAt        map[string]int32 // by key, their places in salientRoom
	salientRoom      []salient
	levels           []uint8   // of the sentences: see findLevels
	plansRead        *tellings // what the rules read of plans, before any is weighed
	density          float64   // the share of sentences that speak of surveillance
	firing           *match    // whose claim is being proposed
	claims           []*draft
	lastCapabilities []said  // in the order of the text
	carry            carried // the unit of the devices counted last
	steps            int     // work done: for the test that it grows with length only
}
