package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// passageDoc is a text as it is read: its words, sentences and quotations, and room for what is found in them.
type passageDoc struct {
	e          *knowledge
	text       *contrechamp.Text
	body       string
	toks       []word.Token // of all speaking paragraphs
	fold       []string     // folded, one a token
	known      []*entry     // what the grammar knows of each token
	sets       []classSet   // the classes of each token
	fires      []passes     // what each token sets off
	never      []bool       // whether no name of the lexicon begins with a token
	fullStop   []bool       // whether a token is a mark that ends its sentence
	quoted     []int32      // the number of the quotation that a token stands in, 0 for none
	paras      []paragraph
	sents      []sentence
	inner      []*mention         // covered by a longer one
	hidden     map[int][]*mention // by paragraph, the mentions within longer ones: for tables
	numberIDs  []uint16           // of tokens, as quantity numbers words
	dateIDs    []uint16           // and as calendar does
	remembered *[1 << rememberedLog]remembered
	endings    []uint8 // of tokens: what is known of them, see ends
	openers    []int   // tokens of a paragraph that may open a phrase
	unitRoom   []unit
	variants   []entry
	hitRoom    []hit
	slabs      [][]mention
	slab       int // the one in use
	slabUsed   int
	matcher    matcher
	folding    []byte
	foldings   strings.Builder
	quotedOn   map[int]bool // paragraphs that go on with the quotation of the one before
	steps      int          // work done: for the test that it grows with length only
}
