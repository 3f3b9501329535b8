// Package content runs a page's content (ISO 32000-1, 7.8, 8 and 9) as far as text needs it: it answers the runs of text
// that are drawn, in the order of the file, each with its font, its codes and their places. Paths and pictures are only
// counted. It follows PDFium in what a run is: what one operator shows.
package content

import (
	"time"

	"contrechamp.org/contrechamp/internal/read/pdf/font"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// Limits of a page.
const (
	maxOperators = 4_000_000
	maxItems     = 1_000_000 // codes and gaps
	maxStates    = 512       // saved graphics states
	maxForms     = 24        // forms in forms
	maxMarks     = 256       // marked content in marked content
	maxOperands  = 32        // of an operator, as PDFium keeps them
	maxValues    = 200_000   // in dictionaries within the content
	maxActual    = 2_000_000 // letters of ActualTexts
	maxPictures  = 64 << 20  // unpacked bytes of pictures within the content
	lookAtTime   = 64        // operators between two looks at the clock
)

// Kern is the code of an item that is a gap.
const Kern = 0xffffffff

// Item is a code with its place along the run, or a gap between codes, whose X is its size as the operator TJ has it.
type Item struct {
	Glyph *font.Glyph
	Code  uint32
	X     float32
}

// Run is what one operator shows.
type Run struct {
	Font      *font.Font
	Size      float32 // as set; may be negative
	CharSpace float32
	SizeH     float32 // the size as seen, along the line
	Matrix    Matrix  // of its items, within its form
	Form      Matrix  // of the form that it is in, on the page
	Items     []Item
	Rect      Rect // of its ink, within its form
	Before    int  // the run before it in the same form or page, -1 where it is the first
	InForm    bool
	Marks     Marks
}

// Marks are the marked content that a run stands in (14.6).
type Marks struct {
	Depth  int
	Last   int      // which was opened last; 0 where it has no properties
	Has    bool     // one of them has an ActualText
	Actual []uint16 // the innermost
	Inner  []uint16 // that of the innermost mark with properties
}

// Page is what a page draws. It keeps its room for the next page; the zero Page is ready.
type Page struct {
	Runs    []Run
	Objects int  // runs, paths, pictures, shadings and forms on the page itself
	Picture bool // one of the first of them is a picture

	items []Item // those of the runs
}

// firstObjects is how many objects are looked at for a picture, as page.go of package pdf does with PDFium.
const firstObjects = 50

// Fonts answers fonts by their dictionaries, the same one for the same object.
type Fonts interface {
	Font(v object.Value) (*font.Font, error)
}

// Run runs the content of a page with its resources, and gives up at the deadline. What the page had before is gone.
func (page *Page) Run(doc *object.Document, fonts Fonts, data []byte, resources object.Dict, deadline time.Time) error {
	*page = Page{Runs: page.Runs[:0], items: page.items[:0]}
	budget := budget{operators: maxOperators, items: maxItems, values: maxValues, actual: maxActual, pictures: maxPictures, deadline: deadline}
	r := runner{doc: doc, fonts: fonts, page: page, budget: &budget, pageResources: resources, resources: resources, before: -1, form: Identity}
	r.state = state{ctm: Identity, textMatrix: Identity, horizontal: 1, lineWidth: 1, linear: [4]float32{1, 0, 0, 1}, size: 1}
	if err := r.run(data); err != nil {
		return err
	}
	return doc.Take()
}

type budget struct {
	operators, items, values, actual, pictures int
	deadline                                   time.Time
}

// state is the graphics state, as far as it matters.
type state struct {
	ctm        Matrix
	textMatrix Matrix
	lineX      float32
	lineY      float32
	x, y       float32
	leading    float32
	rise       float32
	horizontal float32 // scale
	lineWidth  float32

	// what a form takes over
	font      *fontEntry
	size      float32
	charSpace float32
	wordSpace float32
	mode      int
	linear    [4]float32 // of the text on the page: a, b, c, d
}

type fontEntry struct {
	font *font.Font
	err  error
}

// runner runs one stream of operators: a page's, or a form's.
type runner struct {
	doc           *object.Document
	fonts         Fonts
	page          *Page
	budget        *budget
	pageResources object.Dict
	resources     object.Dict
	names         map[string]*fontEntry // fonts by the names of resources

	state  state
	saved  []state
	marks  []Marks
	form   Matrix // of this form on the page
	inForm bool
	active []*object.Stream // forms being run
	before int
	points int // of the path that is built
	opened int // marked content with properties so far

	lexer
}

// resource answers an entry of the resources, those of the page where the form's own have no such kind.
func (r *runner) resource(kind, name object.Name) object.Value {
	holder := r.doc.Dict(r.resources.Get(kind))
	if holder == nil {
		holder = r.doc.Dict(r.pageResources.Get(kind))
	}
	return holder.Get(name)
}

// object counts an object that is drawn on the page itself.
func (r *runner) object(picture bool) {
	if r.inForm {
		return
	}
	if picture && r.page.Objects < firstObjects {
		r.page.Picture = true
	}
	r.page.Objects++
}
