package claim

import (
	"context"

	contrechamp "contrechamp.org/contrechamp"
)

// Subjects is what a whole text is taken to be about: for measuring.
type Subjects struct {
	Main     *contrechamp.Entity   // a place, nil for none
	Beside   []*contrechamp.Entity // the runner, the company, the product, the programmes that stand beside it or for it
	Possible []*contrechamp.Entity // every other place, body and name of the text that could have been it
}

// Subjects answers what a text is taken to be about.
func (e *Engine) Subjects(ctx context.Context, text contrechamp.Text) (Subjects, error) {
	d, err := e.read(ctx, &text)
	if err != nil {
		return Subjects{}, err
	}
	defer d.release()
	out := Subjects{Main: d.main.entity}
	for _, x := range []*contrechamp.Entity{d.runner, d.company, d.product, d.titledProduct} {
		if x != nil {
			out.Beside = append(out.Beside, x)
		}
	}
	for _, p := range d.programmes {
		if p.deployed {
			out.Beside = append(out.Beside, p.entity)
		}
	}
	seen := map[*contrechamp.Entity]bool{}
	for _, list := range [][]*mention{d.mentions, d.inner} {
		for _, m := range list {
			for _, x := range append([]*contrechamp.Entity{m.entity, d.placeOf(m)}, m.others...) {
				if x != nil && !seen[x] && x.Kind != contrechamp.KindCapability && x.Kind != contrechamp.KindPerson {
					seen[x] = true
					out.Possible = append(out.Possible, x)
				}
			}
			if m.entity == nil && m.kinds&kNAME != 0 {
				out.Possible = append(out.Possible, &contrechamp.Entity{ID: "name", Kind: "name", Name: d.words(m.first, m.end)})
			}
		}
	}
	return out, nil
}
