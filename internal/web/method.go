package web

import (
	"context"
	"strconv"

	"contrechamp.org/contrechamp"
)

// methodPage says how the register is made and what it will never do.
type methodPage struct {
	page
	Parts      []methodPart
	Modalities []meaning
	States     []meaning
	Never      []string
}

type methodPart struct {
	ID, Title string
	Texts     []string
}

// meaning is a word of the pages, with what it stands for.
type meaning struct{ Mod, Word, Text string }

func (s *site) showMethod(_ context.Context, r *request) (answer, error) {
	p := methodPage{page: r.newPage(r.T("method.title"), "method")}
	for _, id := range []string{"road", "said", "states", "disagree", "gaps", "never"} {
		part := methodPart{ID: id, Title: r.T("method." + id + ".title")}
		if id == "never" {
			p.Never = r.numbered("method.never.")
		} else {
			part.Texts = r.numbered("method." + id + ".")
		}
		p.Parts = append(p.Parts, part)
	}
	for _, m := range []contrechamp.Modality{contrechamp.Asserted, contrechamp.Denied, contrechamp.Possible, contrechamp.Planned, contrechamp.Alleged} {
		p.Modalities = append(p.Modalities, meaning{string(m), r.T("modality." + string(m)), r.T("method.said." + string(m))})
	}
	for _, st := range []contrechamp.State{contrechamp.Proposed, contrechamp.Accepted, contrechamp.Rejected, contrechamp.Withdrawn} {
		p.States = append(p.States, meaning{string(st), r.T("state." + string(st)), r.T("method.states." + string(st))})
	}
	return answer{name: "method", data: &p}, nil
}

// numbered returns the texts PREFIX1, PREFIX2 and so on.
func (r *request) numbered(prefix string) []string {
	var out []string
	for i := 1; r.Has(prefix + strconv.Itoa(i)); i++ {
		out = append(out, r.T(prefix+strconv.Itoa(i)))
	}
	return out
}
