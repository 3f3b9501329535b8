package passage

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/word"
)

// Doc is a text as it is read: its words, sentences and quotations, and room for what is found in them.
type Doc struct {
	Knows      *Knowledge
	Text       *contrechamp.Text
	Body       string
	Tokens     []word.Token       // of all speaking paragraphs
	Fold       []string           // folded, one a token
	Known      []*grammar.Entry   // what the grammar knows of each token
	Sets       []grammar.ClassSet // the classes of each token
	fires      []grammar.Passes   // what each token sets off
	Never      []bool             // whether no name of the lexicon begins with a token
	FullStop   []bool             // whether a token is a mark that ends its sentence
	Quoted     []int32            // the number of the quotation that a token stands in, 0 for none
	Paragraphs []Paragraph
	Sentences  []Sentence
	Inner      []*Mention         // covered by a longer one
	Hidden     map[int][]*Mention // by paragraph, the mentions within longer ones: for tables
	NumberIDs  []uint16           // of tokens, as quantity numbers words
	DateIDs    []uint16           // and as calendar does
	remembered *[1 << rememberedLog]remembered
	endings    []uint8 // of tokens: what is known of them, see Ends
	openers    []int   // tokens of a paragraph that may open a phrase
	unitRoom   []Unit
	variants   []grammar.Entry
	hitRoom    []grammar.Hit
	slabs      [][]Mention
	slab       int // the one in use
	slabUsed   int
	Matcher    Matcher
	Folding    []byte
	foldings   strings.Builder
	QuotedOn   map[int]bool // paragraphs that go on with the quotation of the one before
	Steps      int          // work done: for the test that it grows with length only
}

// Passage is the text as this room knows it, for those that have it as a part of more.
func (d *Doc) Passage() *Doc { return d }
