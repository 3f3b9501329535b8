package claim

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/hint"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/rulefile"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/claim/weight"
	"contrechamp.org/contrechamp/internal/lexicon"
)

//go:embed rules/*.rules
var embedded embed.FS

// Engine proposes claims. It does not change once made; its methods may be called from several goroutines.
type Engine struct {
	*passage.Knowledge
	files []*rulefile.File
	models
}

// New compiles and checks the embedded rules.
func New(lex *lexicon.Lexicon) (*Engine, error) {
	rules, err := fs.Sub(embedded, "rules")
	if err != nil {
		return nil, fmt.Errorf("open the embedded rules: %w", err)
	}
	return NewWithRules(lex, rules)
}

// NewWithRules compiles and checks the files *.rules of a folder. An error names file and line.
func NewWithRules(lex *lexicon.Lexicon, files fs.FS) (*Engine, error) {
	names, err := fs.Glob(files, "*.rules")
	if err != nil {
		return nil, fmt.Errorf("list rule files: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no rule file: %w", contrechamp.ErrNotFound)
	}
	slices.Sort(names)
	var parsed []*rulefile.File
	for _, name := range names {
		f, err := files.Open(name)
		if err != nil {
			return nil, fmt.Errorf("open rule file %s: %w", name, err)
		}
		one, err := rulefile.Parse(path.Base(name), f)
		f.Close()
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, one)
	}
	return NewWithFiles(lex, parsed...)
}

// NewWithFiles compiles and checks parsed rule files, one a language. An error names file and line.
func NewWithFiles(lex *lexicon.Lexicon, files ...*rulefile.File) (*Engine, error) {
	e := &Engine{Knowledge: &passage.Knowledge{Lexicon: lex, Grammars: map[string]*grammar.Grammar{}, Capabilities: map[string]*contrechamp.Entity{}, Countries: map[string]*contrechamp.Entity{}}}
	var err error
	if e.models, err = embeddedModels(); err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for i := int32(0); i < int32(lex.Len()); i++ {
		if !e.Whole(i) {
			break
		}
		ent := lex.Entity(i)
		switch ent.Kind {
		case contrechamp.KindCapability:
			e.Capabilities[ent.ID] = ent
			known[ent.ID] = true
		case contrechamp.KindPlace:
			if passage.IsCountryID(ent.ID) && e.Countries[ent.Country] == nil {
				e.Countries[ent.Country] = ent
			}
		}
	}
	for _, f := range files {
		if e.Grammars[f.Language] != nil {
			return nil, fmt.Errorf("%s: a second file for language %s: %w", f.Name, f.Language, contrechamp.ErrConflict)
		}
		g, err := grammar.Compile(f, known)
		if err != nil {
			return nil, err
		}
		e.Grammars[f.Language] = g
		e.ByLanguage = append(e.ByLanguage, g)
		e.files = append(e.files, f.Compiled())
	}
	return e, nil
}

// with answers an engine that weighs by other models.
func (e *Engine) with(change func(*models)) *Engine {
	out := *e
	change(&out.models)
	return &out
}

// WithConfidence answers an engine that weighs claims by other weights: what `make train` fits and measures. So do the others.
func (e *Engine) WithConfidence(weights map[string]float64) *Engine {
	return e.with(func(m *models) { m.weighing = m.weighing.WithConfidence(weights) })
}

// WithSubjects answers an engine that weighs the choices of claims' subjects by other weights.
func (e *Engine) WithSubjects(weights map[string]float64) *Engine {
	return e.with(func(m *models) { m.subjects = m.subjects.WithChoices(weights) })
}

// WithPlaces answers an engine that tells names of places by other weights.
func (e *Engine) WithPlaces(weights map[string]float64) *Engine {
	return e.with(func(m *models) { m.places = naming.WeightsOf(weights) })
}

// WithMains answers an engine that chooses what a text is about by other weights.
func (e *Engine) WithMains(mains, alongside map[string]float64) *Engine {
	return e.with(func(m *models) { m.subjects = m.subjects.WithMains(mains, alongside) })
}

// WithPeers answers an engine that weighs claims among the others of their text by another model.
func (e *Engine) WithPeers(peers *weigh.PeerModel) *Engine {
	return e.with(func(m *models) { m.weighing = m.weighing.WithPeers(peers) })
}

// WithSpeakers answers an engine that chooses whose words a claim is by other weights.
func (e *Engine) WithSpeakers(weights map[string]float64) *Engine {
	return e.with(func(m *models) { m.speakers = speech.WeightsOf(weights) })
}

// WithHints answers an engine that weighs words where no rule speaks by other weights.
func (e *Engine) WithHints(hints *hint.Weights) *Engine {
	return e.with(func(m *models) { m.hints = hints })
}

// WithPolarity answers an engine that weighs by other weights what is denied.
func (e *Engine) WithPolarity(weights map[string]float64) *Engine {
	return e.with(func(m *models) { m.weighing = m.weighing.WithPolarity(weights) })
}

// WithPlans answers an engine that weighs by other weights what is planned.
func (e *Engine) WithPlans(weights map[string]float64) *Engine {
	return e.with(func(m *models) { m.weighing = m.weighing.WithPlans(weights) })
}

// Rules are the rule files, one a language, with their rules and examples, without words and patterns.
func (e *Engine) Rules() []*rulefile.File { return e.files }

// Languages lists the languages that have rules.
func (e *Engine) Languages() []string {
	var out []string
	for _, g := range e.ByLanguage {
		out = append(out, g.Language)
	}
	return out
}

// Propose reads a text and answers what it says, in the order of the text, and every entity that the claims name.
// Only paragraphs in a language with rules propose claims. now is when the claims are proposed.
func (e *Engine) Propose(ctx context.Context, text contrechamp.Text, now time.Time) ([]contrechamp.Claim, []contrechamp.Entity, error) {
	d, err := e.reading(ctx, &text)
	if err != nil {
		return nil, nil, err
	}
	defer release(d)
	drafts := d.Merge()
	sure := drafts[:0]
	d.Weigh(drafts, nil)
	for _, x := range drafts {
		if x.Claim.Confidence >= Least {
			sure = append(sure, x)
		}
	}
	sure = d.TellAll(sure)
	claims := make([]contrechamp.Claim, len(sure))
	for i, x := range sure {
		e.finish(d, x, now, &claims[i])
	}
	var named []string
	for i := range claims {
		c := &claims[i]
		for j := range c.About {
			named = append(named, c.About[j].ID)
		}
		if c.Value.Entity != nil {
			named = append(named, c.Value.Entity.ID)
		}
		if c.Speaker != nil && c.Speaker.ID != "" {
			named = append(named, c.Speaker.ID)
		}
	}
	slices.Sort(named)
	named = slices.Compact(named)
	claims = slices.CompactFunc(claims, func(a, b contrechamp.Claim) bool { return a.ID == b.ID })
	entities := make([]contrechamp.Entity, 0, len(named))
	for _, id := range named {
		if ent := d.Entities[id]; ent != nil {
			entities = append(entities, *ent)
		}
	}
	return claims, entities, nil
}

// Candidates answers every claim that a text may make, those too of which the model thinks little, with how each came
// about. Propose answers those of a confidence of Least or more.
func (e *Engine) Candidates(ctx context.Context, text contrechamp.Text, now time.Time) ([]Candidate, error) {
	d, err := e.readFor(ctx, &text, true)
	if err != nil {
		return nil, err
	}
	defer release(d)
	drafts := d.Merge()
	out := make([]Candidate, len(drafts))
	d.Weigh(drafts, func(i int, features []weight.Term, peer weigh.Peer, terms []weight.Term) {
		x := &out[i]
		x.Features, x.Peer, x.Why, x.Choices = features, peer, *drafts[i].Why, drafts[i].Choices
		x.Why.Confidence, x.Why.Terms = drafts[i].Claim.Confidence, terms
	})
	for i, x := range drafts {
		d.Tell(x)
		e.finish(d, x, now, &out[i].Claim)
	}
	return out, nil
}

// finish makes a claim of a draft whose confidence is known.
func (e *Engine) finish(d *weigh.Doc, x *draft.Draft, now time.Time, c *contrechamp.Claim) {
	*c = x.Claim
	c.Document, c.State, c.ProposedAt = d.Text.Capture, contrechamp.Proposed, now
	draft.Own(c)
	c.ID = contrechamp.ClaimID(*c)
}

// Explain says how the claim of that ID came about in a text: ErrNotFound where the text makes no such claim.
func (e *Engine) Explain(ctx context.Context, text contrechamp.Text, id string) (Candidate, error) {
	candidates, err := e.Candidates(ctx, text, time.Time{})
	if err != nil {
		return Candidate{}, err
	}
	for _, c := range candidates {
		if c.Claim.ID == id {
			return c, nil
		}
	}
	return Candidate{}, fmt.Errorf("the rules of this version propose no claim %s in this text: %w", id, contrechamp.ErrNotFound)
}

// Explanations says how all claims of a text came about, by their IDs.
func (e *Engine) Explanations(ctx context.Context, text contrechamp.Text) (map[string]contrechamp.Explanation, error) {
	candidates, err := e.Candidates(ctx, text, time.Time{})
	if err != nil {
		return nil, err
	}
	out := make(map[string]contrechamp.Explanation, len(candidates))
	for _, c := range candidates {
		if _, twice := out[c.Claim.ID]; !twice {
			out[c.Claim.ID] = c.Why
		}
	}
	return out, nil
}

// reading runs the stages up to the drafts of all claims, repeats included. The caller releases the document.
func (e *Engine) reading(ctx context.Context, text *contrechamp.Text) (*weigh.Doc, error) {
	return e.readFor(ctx, text, false)
}

// readFor is reading for whoever wants to know, or not, how each draft came about.
func (e *Engine) readFor(ctx context.Context, text *contrechamp.Text, explained bool) (*weigh.Doc, error) {
	d := e.begin(text)
	d.Explained = explained
	stages := []func(){d.Cut, d.FindDay, d.CollectCapitals, d.FindTowns, d.Find, d.UnnameSpeakers, d.SettlePlaces, d.AliasNames, d.FindFirms, d.ProductFirms, d.ResolveGeneric, d.FindSubject, d.FindSections, d.LayOut, d.NameBodies, d.NationalBodies, d.FindTopic, d.FindProgrammes, d.FindActs, d.Hear, d.ReadTables}
	for _, stage := range stages {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("propose claims: %w", err)
		}
		stage()
	}
	for i := range d.Sentences {
		if i%64 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("propose claims: %w", err)
			}
		}
		if d.Sentences[i].Tabled {
			continue
		}
		d.Counts(i)
		d.Capabilities(i)
		d.Frames(i)
	}
	d.CountedCapabilities()
	d.PlanLines()
	d.FindLevels()
	d.Hints()
	d.WeighPolarity()
	return d, nil
}

// Says reports whether the rules find, anywhere in a text, a capability or a stage of that ID, whatever they hold it to be
// said of, and answers its entity. It is for checking what somebody else read in the same words.
func (e *Engine) Says(ctx context.Context, text contrechamp.Text, p contrechamp.Predicate, id string) (bool, contrechamp.Entity, error) {
	d, err := e.reading(ctx, &text)
	if err != nil {
		return false, contrechamp.Entity{}, err
	}
	defer release(d)
	switch p {
	case contrechamp.Capability:
		known := e.Capabilities[id]
		if known == nil {
			return false, contrechamp.Entity{}, nil
		}
		for i := range d.Sentences {
			s := &d.Sentences[i]
			for u := range s.Units {
				if m := s.Units[u].Mention; m != nil && m.Capability == id {
					return true, *known, nil
				}
			}
			found := false
			d.Matches(s, &d.GrammarAt(s).Sayings, func(m *passage.Match) { found = found || m.Pattern.Say.Capability == id })
			if found {
				return true, *known, nil
			}
		}
	case contrechamp.Status:
		for i := range d.Sentences {
			s := &d.Sentences[i]
			found := false
			g := d.GrammarAt(s)
			d.Matches(s, &g.Frames, func(m *passage.Match) {
				r := m.Pattern.Rule
				found = found || r != nil && r.Predicate == contrechamp.Status && r.Constant == id
			})
			if found {
				return true, contrechamp.Entity{ID: id, Kind: contrechamp.KindStatus, Name: id, Source: "lexicon"}, nil
			}
		}
	}
	return false, contrechamp.Entity{}, nil
}

// Lexicon is the lexicon that the engine was made with.
func (e *Engine) Lexicon() *lexicon.Lexicon { return e.Knowledge.Lexicon }

// NewEntity makes an entity first met in a document, with the ID that the rules would give it.
func NewEntity(k contrechamp.EntityKind, name string) contrechamp.Entity {
	return contrechamp.Entity{ID: "x-" + string(k) + "-" + naming.Slug(name), Kind: k, Name: name, Source: "document"}
}

// Least is the confidence below which nothing is proposed: what is more likely wrong than right is no help to a reader.
const Least = 0.5

// Sure is the confidence from which a claim is called confident.
const Sure = 0.8

// Candidate is a claim with how it came about.
type Candidate struct {
	Claim    contrechamp.Claim
	Features []weight.Term
	Why      contrechamp.Explanation
	Choices  []subject.Choice // the subjects that it was chosen among, nil where the words settled it
	Peer     weigh.Peer       // what the others want to know of it
}

// begin takes the memory of a text read before.
func (e *Engine) begin(text *contrechamp.Text) *weigh.Doc {
	d := docs.Get().(*weigh.Doc)
	d.Begin(e.Knowledge, text)
	d.PlaceWeights, d.SubjectWeights, d.TellerWeights, d.HintWeights, d.Weights = e.places, e.subjects, e.speakers, e.hints, e.weighing
	return d
}
