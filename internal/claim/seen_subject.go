package claim

import (
	"context"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Subjects is what a whole text is taken to be about: for measuring.
type Subjects struct {
	Main     *contrechamp.Entity   // a place, nil for none
	Beside   []*contrechamp.Entity // the runner, the company, the product, the programmes that stand beside it or for it
	Possible []*contrechamp.Entity // every other place, body and name of the text that could have been it
}

// Subjects answers what a text is taken to be about.
func (e *Engine) Subjects(ctx context.Context, text contrechamp.Text) (Subjects, error) {
	d, err := e.reading(ctx, &text)
	if err != nil {
		return Subjects{}, err
	}
	defer release(d)
	out := Subjects{Main: d.Main.Entity}
	for _, x := range []*contrechamp.Entity{d.Runner, d.Company, d.Product, d.TitledProduct} {
		if x != nil {
			out.Beside = append(out.Beside, x)
		}
	}
	for _, p := range d.Programmes {
		if p.Deployed {
			out.Beside = append(out.Beside, p.Entity)
		}
	}
	seen := map[*contrechamp.Entity]bool{}
	for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
		for _, m := range list {
			for _, x := range append([]*contrechamp.Entity{m.Entity, d.PlaceOf(m)}, m.Others...) {
				if x != nil && !seen[x] && x.Kind != contrechamp.KindCapability && x.Kind != contrechamp.KindPerson {
					seen[x] = true
					out.Possible = append(out.Possible, x)
				}
			}
			if m.Entity == nil && m.Kinds&grammar.NAME != 0 {
				out.Possible = append(out.Possible, &contrechamp.Entity{ID: "name", Kind: "name", Name: d.Words(m.First, m.End)})
			}
		}
	}
	return out, nil
}
