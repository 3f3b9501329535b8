package subject

import "contrechamp.org/contrechamp/internal/claim/weight"

// MainCandidate is a candidate as Mains shows it, for fitting.
type MainCandidate struct {
	Names    []string
	Place    bool // a place, or a name spoken of as one
	Main     bool // the text may be about it
	Features []weight.Term
}

// MainsSeen lists the candidates of a text.
func (d *Doc) MainsSeen(list []Candidate) []MainCandidate {
	var out []MainCandidate
	for i := range list {
		c := &list[i]
		x := MainCandidate{Place: c.isPlace(), Main: c.kind.main()}
		if c.entity != nil {
			x.Names = append([]string{c.entity.ID}, c.entity.Ref().Names...)
		} else {
			x.Names = []string{d.Words(d.Runs[c.run].First, d.Runs[c.run].End)}
		}
		for f, v := range c.values {
			if v != 0 {
				x.Features = append(x.Features, weight.Term{Feature: mainNames[f], Value: v})
			}
		}
		out = append(out, x)
	}
	return out
}
