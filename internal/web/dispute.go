package web

import (
	"slices"
	"strconv"

	"contrechamp.org/contrechamp"
)

// quotesPerSide is how many quotes one side of a disagreement shows; the others stand among the claims.
const quotesPerSide = 3

// dispute is a disagreement in words.
type dispute struct {
	*voice
	ID          string
	Subject     string
	SubjectLink string // to the disagreement in the dossier
	Question    string
	Sides       []side
	Verdict     string // what separates them, never who is right
	Named       bool   // the subject is named in the heading: on pages about several
	Level       int    // of its heading
}

// side is one position.
type side struct {
	Heading string
	Aside   string // how many voices, when
	Value   string // for values that differ
	Mod     contrechamp.Modality
	ModWord string
	Lines   []claimLine
	More    string // how many quotes are not shown
}

// Dispute tells a disagreement; refs numbers the sources of the page, and may be nil.
func (t *teller) Dispute(d contrechamp.Disagreement, refs map[contrechamp.Digest]int) dispute {
	out := dispute{voice: t.voice, ID: d.ID, Subject: t.Name(d.Subject), Level: 3,
		SubjectLink: t.DossierLink(d.Subject.ID) + "#" + d.ID, Question: t.question(d), Verdict: t.verdict(d)}
	for _, s := range d.Sides {
		out.Sides = append(out.Sides, t.side(d, s, refs))
	}
	return out
}

func (t *teller) side(d contrechamp.Disagreement, s contrechamp.Side, refs map[contrechamp.Digest]int) side {
	out := side{Mod: s.Modality, ModWord: t.T("modality." + string(s.Modality)), Aside: t.N("dispute.voices", s.Voices())}
	if years := yearsOf(s.Claims); years != "" {
		out.Aside += ", " + years
	}
	if d.Kind == contrechamp.AssertedDenied {
		out.Heading = t.T("dispute.side." + string(s.Modality))
	} else {
		out.Value = t.Value(s.Value)
	}
	type passage struct {
		document contrechamp.Digest
		start    int
	}
	seen := map[passage]bool{}
	claims := slices.Clone(s.Claims) // the most definite words first
	slices.SortStableFunc(claims, func(a, b contrechamp.Sourced) int {
		return slices.Index(definite, a.Modality) - slices.Index(definite, b.Modality)
	})
	for _, c := range claims {
		if p := (passage{c.Document, c.Quote.Start}); seen[p] {
			continue
		} else {
			seen[p] = true
		}
		if len(out.Lines) == quotesPerSide {
			continue
		}
		l := t.Line(c)
		l.Ref = refs[c.Document]
		out.Lines = append(out.Lines, l)
	}
	if hidden := len(seen) - len(out.Lines); hidden > 0 {
		out.More = t.N("dispute.more", hidden)
	}
	return out
}

// yearsOf writes the year of the documents, or the first and the last.
func yearsOf(claims []contrechamp.Sourced) string {
	first, last := 0, 0
	for _, c := range claims {
		y := c.Source.Published.Year
		if y == 0 {
			continue
		}
		if first == 0 || y < first {
			first = y
		}
		last = max(last, y)
	}
	switch {
	case first == 0:
		return ""
	case first == last:
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

// question asks what the sides answer differently.
func (t *teller) question(d contrechamp.Disagreement) string {
	v := d.Sides[0].Value
	if v.Entity != nil {
		if key := "question.capability." + v.Entity.ID; d.Predicate == contrechamp.Capability && t.Has(key) {
			return t.T(key)
		}
		if d.Kind == contrechamp.AssertedDenied {
			return t.T("question."+string(d.Predicate)+".denied", "value", t.Value(v))
		}
	}
	if key := "question." + string(d.Predicate) + "." + v.Unit; v.Unit != "" && t.Has(key) {
		return t.T(key)
	}
	if key := "question." + string(d.Predicate); t.Has(key) {
		return t.T(key)
	}
	return t.T("question.other", "predicate", t.T("predicate."+string(d.Predicate)))
}

// verdict says what separates the sides, as far as the register can know it.
func (t *teller) verdict(d contrechamp.Disagreement) string {
	if key := "verdict." + string(d.Predicate); t.Has(key) {
		return t.T(key)
	}
	if d.Kind == contrechamp.AssertedDenied {
		return t.T("verdict.denied")
	}
	return t.T("verdict.values")
}

// Disputes tells disagreements of several subjects, each with its subject's name.
func (t *teller) Disputes(found []contrechamp.Disagreement) []dispute {
	out := make([]dispute, len(found))
	for i, d := range found {
		out[i] = t.Dispute(d, nil)
		out[i].Named = true
	}
	return out
}
