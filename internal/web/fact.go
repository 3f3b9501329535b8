package web

import (
	"slices"
	"strconv"

	"contrechamp.org/contrechamp"
)

// fact is one of the few things at the head of a dossier. It comes from claims and says from which; what nobody
// said is shown as a gap, never as an empty cell.
type fact struct {
	Title string
	Value string
	Link  string // to the dossier of the value
	Said  contrechamp.Modality
	Word  string // how it is said
	By    string // by how many sources
	More  string // further values
	Refs  []int  // sources
	Split string // fragment of the disagreement about it
	Gap   string // where it was looked for
}

// headline lists the questions that a dossier's head answers, by the kind of its subject.
func headline(k contrechamp.EntityKind) []contrechamp.Predicate {
	switch k {
	case contrechamp.KindCompany:
		return []contrechamp.Predicate{contrechamp.Home, contrechamp.Founded, contrechamp.Owner, contrechamp.Capability, contrechamp.Sanction}
	case contrechamp.KindProduct:
		return []contrechamp.Predicate{contrechamp.Vendor, contrechamp.Capability, contrechamp.Accuracy, contrechamp.Sanction}
	case contrechamp.KindAuthority, contrechamp.KindOrganisation:
		return nil // they speak and act in other dossiers
	}
	return []contrechamp.Predicate{contrechamp.Vendor, contrechamp.Since, contrechamp.DeviceCount, contrechamp.Capability, contrechamp.Operator}
}

// refsPerFact is how many sources a fact names; the claims name them all.
const refsPerFact = 4

// facts answers the questions of the head from what is proposed and accepted.
func (r *request) facts(d contrechamp.Dossier, refs map[contrechamp.Digest]int) []fact {
	var out []fact
	for _, p := range headline(d.Entity.Kind) {
		var said []contrechamp.Sourced
		for _, g := range d.Groups {
			if g.Predicate == p {
				said = slices.DeleteFunc(slices.Clone(g.Claims), func(c contrechamp.Sourced) bool {
					return c.State == contrechamp.Rejected || c.State == contrechamp.Withdrawn
				})
			}
		}
		out = append(out, r.fact(d, p, said, refs))
	}
	if len(d.Elsewhere) == 0 && len(d.Groups) == 0 {
		return nil
	}
	return out
}

func (r *request) fact(d contrechamp.Dossier, p contrechamp.Predicate, said []contrechamp.Sourced, refs map[contrechamp.Digest]int) fact {
	f := fact{Title: r.T("fact." + string(p))}
	if len(said) == 0 {
		f.Value, f.Gap = r.T("fact.none"), r.N("fact.looked_in", len(d.Documents))
		return f
	}
	if i := slices.IndexFunc(d.Disagreements, func(x contrechamp.Disagreement) bool { return x.Predicate == p }); i >= 0 {
		return r.splitFact(f, d.Disagreements[i], refs)
	}
	best, others := leading(said)
	c := best[0]
	f.Value = r.Value(c.Value)
	if e := c.Value.Entity; e != nil && e.Kind.HasDossier() {
		f.Link = r.DossierLink(e.ID)
	}
	f.Said, f.Word = c.Modality, r.T("modality."+string(c.Modality))
	f.By = r.N("fact.by", documentsOf(best))
	f.Refs = refsOf(best, refs)
	if others > 0 {
		f.More = r.N("fact.more", others)
	}
	return f
}

// splitFact says that a question is contested, and leads there.
func (r *request) splitFact(f fact, x contrechamp.Disagreement, refs map[contrechamp.Digest]int) fact {
	f.Split = x.ID
	var claims []contrechamp.Sourced
	for _, s := range x.Sides {
		claims = append(claims, s.Claims...)
	}
	f.Refs = refsOf(claims, refs)
	if x.Kind == contrechamp.AssertedDenied {
		if v := x.Sides[0].Value; v.Entity != nil {
			f.Title = r.Value(v)
		}
		f.Value = r.T("fact.split." + string(x.Sides[0].Modality))
		return f
	}
	f.Value = r.N("fact.values", len(x.Sides))
	return f
}

// definite orders ways of saying a thing: what is most definitely said to be so comes first.
var definite = []contrechamp.Modality{contrechamp.Asserted, contrechamp.Alleged, contrechamp.Possible, contrechamp.Planned, contrechamp.Denied}

// leading returns the claims with the value that most documents give, said in one way, and how many other values
// there are. Assertions go before possibilities, and these before plans and denials.
func leading(said []contrechamp.Sourced) (best []contrechamp.Sourced, others int) {
	type answer struct {
		value string
		mod   contrechamp.Modality
	}
	by := map[answer][]contrechamp.Sourced{}
	var order []answer
	for _, c := range said {
		a := answer{c.Value.Key(), c.Modality}
		if by[a] == nil {
			order = append(order, a)
		}
		by[a] = append(by[a], c)
	}
	slices.SortStableFunc(order, func(a, b answer) int {
		if sa, sb := slices.Index(definite, a.mod), slices.Index(definite, b.mod); sa != sb {
			return sa - sb
		}
		return documentsOf(by[b]) - documentsOf(by[a])
	})
	values := map[string]bool{}
	for _, a := range order {
		values[a.value] = true
	}
	return by[order[0]], len(values) - 1
}

func documentsOf(claims []contrechamp.Sourced) int {
	seen := map[contrechamp.Digest]bool{}
	for _, c := range claims {
		seen[c.Document] = true
	}
	return len(seen)
}

// refsOf returns the numbers of the sources of claims, each once.
func refsOf(claims []contrechamp.Sourced, refs map[contrechamp.Digest]int) []int {
	var out []int
	for _, c := range claims {
		if n := refs[c.Document]; n > 0 && !slices.Contains(out, n) && len(out) < refsPerFact {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// sourceID is the fragment of a source in its dossier.
func sourceID(n int) string { return "s" + strconv.Itoa(n) }
