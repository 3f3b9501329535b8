package register

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"sort"

	"contrechamp.org/contrechamp"
)

// Disagree finds where claims about one subject cannot all hold. Only proposed and accepted claims speak.
//
// Two rules, both deliberately shy, for a disagreement that is none costs the register its readers' trust:
//
//   - Asserted and denied: the same predicate and value, denied by one and asserted, called possible or alleged by
//     another. What is only planned contradicts no denial.
//   - Different values, for predicates of which a subject has one at a time: device_count and persons_tracked (of
//     one unit, said of one year), since, founded, home. Numbers within one voice are parts and totals, so voices
//     are compared, not claims: two voices disagree when no number of the one is compatible with any of the other.
//     Under a body or firm, claims are compared with those of the same place only: what it runs in one town says nothing of another.
//     Costs, shares and accuracies may differ and all hold (several contracts, several tests): they are no
//     disagreement here.
func Disagree(subject contrechamp.EntityRef, claims []contrechamp.Sourced) []contrechamp.Disagreement {
	var about []contrechamp.Sourced
	for _, c := range claims {
		if speaks(c.Claim) && isAbout(c.Claim, subject.ID) {
			about = append(about, c)
		}
	}
	found := append(assertedDenied(about, subject), differentValues(about, subject)...)
	for i := range found {
		found[i].Subject = subject
		found[i].ID = disagreementID(found[i])
	}
	return found
}

func speaks(c contrechamp.Claim) bool {
	return c.State == contrechamp.Proposed || c.State == contrechamp.Accepted
}

// assertedDenied pairs what is said to be so with what is said not to be.
func assertedDenied(claims []contrechamp.Sourced, subject contrechamp.EntityRef) []contrechamp.Disagreement {
	type question struct {
		predicate contrechamp.Predicate
		value     string
		place     string // of the deployment
	}
	yes, no := map[question][]contrechamp.Sourced{}, map[question][]contrechamp.Sourced{}
	var order []question
	asked := map[question]bool{} // also by claims that stand on neither side
	for _, c := range claims {
		if c.Predicate.ValueKind() != contrechamp.EntityValue {
			continue
		}
		q := question{c.Predicate, c.Value.Key(), placeOf(c.Claim, subject)}
		if !asked[q] {
			asked[q] = true
			order = append(order, q)
		}
		switch c.Modality {
		case contrechamp.Denied:
			no[q] = append(no[q], c)
		case contrechamp.Asserted, contrechamp.Possible, contrechamp.Alleged:
			yes[q] = append(yes[q], c)
		}
	}
	var found []contrechamp.Disagreement
	for _, q := range order {
		if len(yes[q]) == 0 || len(no[q]) == 0 {
			continue
		}
		found = append(found, contrechamp.Disagreement{
			Predicate: q.predicate, Kind: contrechamp.AssertedDenied,
			Sides: []contrechamp.Side{
				{Modality: strongest(yes[q]), Value: yes[q][0].Value, Claims: yes[q]},
				{Modality: contrechamp.Denied, Value: no[q][0].Value, Claims: no[q]},
			},
		})
	}
	return found
}

// placeOf is the place of the deployment that a claim about somebody who runs several is about, "" where none is named. What a railway
// runs in one town contradicts nothing that it runs in another.
func placeOf(c contrechamp.Claim, subject contrechamp.EntityRef) string {
	switch subject.Kind {
	case contrechamp.KindOrganisation, contrechamp.KindAuthority, contrechamp.KindCompany:
	default:
		return ""
	}
	for _, a := range c.About {
		if a.Kind == contrechamp.KindPlace {
			return a.ID
		}
	}
	return ""
}

// strongest returns how the most definite of the claims is said.
func strongest(claims []contrechamp.Sourced) contrechamp.Modality {
	for _, m := range []contrechamp.Modality{contrechamp.Asserted, contrechamp.Alleged, contrechamp.Possible} {
		if slices.ContainsFunc(claims, func(c contrechamp.Sourced) bool { return c.Modality == m }) {
			return m
		}
	}
	return claims[0].Modality
}

// differentValues compares what voices say of predicates that have one value at a time.
func differentValues(claims []contrechamp.Sourced, subject contrechamp.EntityRef) []contrechamp.Disagreement {
	type question struct {
		predicate contrechamp.Predicate
		place     string // of the deployment
		unit      string
		year      int // 0 for what does not change from year to year, or when no year is known
	}
	asked := map[question][]contrechamp.Sourced{}
	var order []question
	for _, c := range claims {
		if !slices.Contains(contrechamp.SingleValued(), c.Predicate) || c.Modality != contrechamp.Asserted {
			continue
		}
		q := question{predicate: c.Predicate, place: placeOf(c.Claim, subject), unit: c.Value.Unit}
		if c.Predicate.ValueKind() == contrechamp.NumberValue {
			q.year = yearOf(c)
		}
		if len(asked[q]) == 0 {
			order = append(order, q)
		}
		asked[q] = append(asked[q], c)
	}
	var found []contrechamp.Disagreement
	for _, q := range order {
		if sides := opposed(asked[q]); sides != nil {
			found = append(found, contrechamp.Disagreement{Predicate: q.predicate, Kind: contrechamp.DifferentValues, Sides: sides})
		}
	}
	return found
}

// yearOf is the year of which a number is said: the claim's own, else the document's.
func yearOf(c contrechamp.Sourced) int {
	if !c.When.IsZero() {
		return c.When.Year
	}
	return c.Source.Published.Year
}

// opposed returns the sides that voices take, nil when they can all hold. A voice that agrees with two others
// stands with the first of them; each side shows its largest value, and the claims that it is compatible with.
func opposed(claims []contrechamp.Sourced) []contrechamp.Side {
	voices := map[string][]contrechamp.Sourced{}
	var order []string
	for _, c := range claims {
		v := voiceOf(c)
		if voices[v] == nil {
			order = append(order, v)
		}
		voices[v] = append(voices[v], c)
	}
	var sides []contrechamp.Side
next:
	for _, v := range order {
		for i := range sides {
			if agree(sides[i].Claims, voices[v]) {
				sides[i].Claims = append(sides[i].Claims, voices[v]...)
				continue next
			}
		}
		sides = append(sides, contrechamp.Side{Modality: contrechamp.Asserted, Claims: voices[v]})
	}
	if len(sides) < 2 {
		return nil
	}
	for i := range sides {
		value := largest(sides[i].Claims)
		sides[i].Value = value
		sides[i].Claims = slices.DeleteFunc(sides[i].Claims, func(c contrechamp.Sourced) bool { return !Compatible(c.Value, value) })
	}
	sort.SliceStable(sides, func(i, j int) bool { return lessValue(sides[i].Value, sides[j].Value) })
	return sides
}

// voiceOf names who says a claim: a speaker is one voice wherever quoted, a document's own voice is its own, or
// that of the document that it reprints.
func voiceOf(c contrechamp.Sourced) string {
	if c.Speaker != nil && len(c.Speaker.Names) > 0 {
		return "s:" + c.Speaker.Names[0]
	}
	return "d:" + c.Source.Voice().String()
}

// agree reports whether some value of the one is compatible with some value of the other.
func agree(a, b []contrechamp.Sourced) bool {
	for _, x := range a {
		for _, y := range b {
			if Compatible(x.Value, y.Value) {
				return true
			}
		}
	}
	return false
}

// roundTolerance is how far apart, relative to the larger, two numbers may lie when one of them is said to be
// about so much: "about 1,000" holds beside 900.
const roundTolerance = 0.15

// exactTolerance allows for rounding in what is said exactly.
const exactTolerance = 0.01

// Compatible reports whether two values of one predicate can both hold.
func Compatible(a, b contrechamp.Value) bool {
	switch {
	case a.Entity != nil && b.Entity != nil:
		return a.Entity.ID == b.Entity.ID
	case !a.Date.IsZero() && !b.Date.IsZero():
		return a.Date.Contains(b.Date) || b.Date.Contains(a.Date)
	case a.Unit != b.Unit:
		return true
	}
	lowA, highA := bounds(a)
	lowB, highB := bounds(b)
	return lowA <= highB && lowB <= highA
}

// bounds returns what a number with its qualifier admits.
func bounds(v contrechamp.Value) (low, high float64) {
	switch v.Qualifier {
	case contrechamp.About:
		return v.Number * (1 - roundTolerance), v.Number * (1 + roundTolerance)
	case contrechamp.AtLeast:
		return v.Number * (1 - exactTolerance), math.Inf(1)
	case contrechamp.AtMost:
		return 0, v.Number * (1 + exactTolerance)
	}
	return v.Number * (1 - exactTolerance/2), v.Number * (1 + exactTolerance/2)
}

func largest(claims []contrechamp.Sourced) contrechamp.Value {
	best := claims[0].Value
	for _, c := range claims[1:] {
		if lessValue(best, c.Value) {
			best = c.Value
		}
	}
	return best
}

func lessValue(a, b contrechamp.Value) bool {
	switch {
	case a.Entity != nil && b.Entity != nil:
		return a.Entity.ID < b.Entity.ID
	case !a.Date.IsZero() || !b.Date.IsZero():
		return a.Date.Compare(b.Date) < 0
	}
	return a.Number < b.Number
}

// canonical returns the one subject under which a disagreement is kept when its claims share several: the place if
// there is one, since people look for places, else the first by kind and ID.
func canonical(d contrechamp.Disagreement) contrechamp.EntityRef {
	rank := func(k contrechamp.EntityKind) int {
		order := []contrechamp.EntityKind{contrechamp.KindPlace, contrechamp.KindProgramme, contrechamp.KindProduct,
			contrechamp.KindCompany, contrechamp.KindAuthority, contrechamp.KindOrganisation}
		if i := slices.Index(order, k); i >= 0 {
			return i
		}
		return len(order)
	}
	best := d.Subject
	for _, a := range d.Sides[0].Claims[0].About {
		shared := true
		for _, s := range d.Sides {
			for _, c := range s.Claims {
				shared = shared && isAbout(c.Claim, a.ID)
			}
		}
		if shared && (rank(a.Kind) < rank(best.Kind) || rank(a.Kind) == rank(best.Kind) && a.ID < best.ID) {
			best = a
		}
	}
	return best
}

// disagreementID is stable while subject, predicate and question stay.
func disagreementID(d contrechamp.Disagreement) string {
	question := d.Sides[0].Value.Unit
	if d.Kind == contrechamp.AssertedDenied {
		question = d.Sides[0].Value.Key()
	} else if d.Predicate.ValueKind() == contrechamp.NumberValue {
		question += fmt.Sprint(" ", yearOf(d.Sides[0].Claims[0]))
	}
	if place := placeOf(d.Sides[0].Claims[0].Claim, d.Subject); place != "" {
		question += " " + place
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%s", d.Subject.ID, d.Predicate, d.Kind, question))
	return "d" + hex.EncodeToString(sum[:6])
}
