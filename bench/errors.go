package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

// mistake is a claim that was missed, or proposed and wrong, with its likeliest cause.
type mistake struct {
	set, document, predicate string
	missed                   bool
	cause                    string // see causes
	where                    string // "sentence", "table or list", "heading", "elsewhere"
	words                    string // what should have been said, or was
}

// causes of mistakes, in the order in which they are looked for: the first that fits counts.
var causes = []struct{ name, what string }{
	{"too unsure", fmt.Sprintf("missed: seen, with a confidence below %.1f", claim.Least)},
	{"polarity", "both: denied where it is said to be so, or the other way round"},
	{"subject", "both: the right value of the wrong subject"},
	{"value", "wrong: another value from the words of a gold claim of that subject"},
	{"predicate", "both: the right value of the right words under another predicate"},
	{"value not found", "missed: the value is no mention: a name, number or date that was not seen, a capability or stage whose words are not known"},
	{"value of another kind", "missed: the value was seen, but as something that the predicate does not take (a firm's name as a person's)"},
	{"subject not found", "missed: the subject is no mention"},
	{"no rule", "missed: value and subject were seen, and no rule fired"},
	{"not in the gold", "wrong: nobody else read it so"},
}

// takes are the kinds of mention that a predicate's value may have.
var takes = map[string][]string{
	"vendor": {"CO", "PRD", "NAME"}, "product": {"PRD", "NAME"}, "owner": {"CO", "NAME", "POL", "AUT", "ORG", "PLC"}, "operator": {"POL", "CO", "ORG", "AUT", "NAME"},
	"objection": {"ORG", "AUT", "PER", "POL", "NAME"}, "sanction": {"AUT", "POL", "PLC", "ORG", "NAME"}, "home": {"PLC", "DEM"}, "market": {"PLC", "DEM"}, "programme": {"PRG", "NAME", "PRD"},
}

// mistakes says for each missed and each wrong claim of a set why.
func mistakes(e *claim.Engine, set docSet) ([]mistake, error) {
	js, err := judge(e, set, true)
	if err != nil {
		return nil, err
	}
	sure := judgedFrom(js, set)
	found := map[int]bool{}
	for _, j := range sure {
		if j.gold >= 0 {
			found[j.gold] = true
		}
	}
	seen := map[string][]claim.Seen{}
	texts := map[string]contrechamp.Text{}
	for name, b := range set.texts {
		text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: b, Now: readAt})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if seen[name], err = e.See(context.Background(), text); err != nil {
			return nil, fmt.Errorf("see %s: %w", name, err)
		}
		texts[name] = text
	}
	var out []mistake
	for i, g := range set.gold {
		if g.Optional || found[i] {
			continue
		}
		out = append(out, mistake{set.name, g.Document, g.Predicate, true, whyMissed(g, js, seen[g.Document]), where(texts[g.Document], g.Quote),
			fmt.Sprintf("%s %s %v | %s", first(g.About), g.Modality, valueWords(g.Value), squeeze(g.Quote))})
	}
	for _, j := range sure {
		if j.verdict != wrong {
			continue
		}
		text := texts[j.document]
		out = append(out, mistake{set.name, j.document, string(j.Claim.Predicate), false, whyWrong(j, set.gold), where(text, j.Claim.Quote.Exact),
			fmt.Sprintf("%s %s %s (%s, %s, %.2f) | %s", j.Claim.Main().Name(), j.Claim.Modality, valueOf(j.Claim), j.Claim.Rule, j.Why.Step, j.Claim.Confidence, squeeze(j.Claim.Quote.Exact))})
	}
	return out, nil
}

// judgedFrom judges again, those candidates alone that are proposed: a repeat may be the first then.
func judgedFrom(js []judged, set docSet) []judged {
	used := map[int]bool{}
	var out []judged
	for _, j := range js {
		if !proposed(j.Candidate) {
			continue
		}
		j.verdict, j.gold = verdictOf(j.document, j.Claim, set.gold, used)
		out = append(out, j)
	}
	return out
}

func whyMissed(g goldClaim, js []judged, seen []claim.Seen) string {
	about := foldAll(g.About)
	var unsure, polarity, subject, predicate bool
	for _, j := range js {
		if j.document != g.Document || !sameValue(g.Value, j.Claim.Value) {
			continue
		}
		same := meet(foldAll(aboutNames(j.Claim)), about)
		denied := (g.Modality == "denied") == (j.Claim.Modality == contrechamp.Denied)
		switch {
		case string(j.Claim.Predicate) != g.Predicate:
			predicate = predicate || same && proposed(j.Candidate) && sameWords(g.Quote, j.Claim.Quote.Exact)
		case same && denied:
			unsure = true
		case same:
			polarity = true
		case denied:
			subject = true
		}
	}
	switch {
	case unsure:
		return "too unsure"
	case polarity:
		return "polarity"
	case subject:
		return "subject"
	case predicate:
		return "predicate"
	}
	valueSeen, valueKind := false, g.Predicate == "status"
	for _, m := range seen {
		if !seesValue(g, m) {
			continue
		}
		valueSeen = true
		kinds := takes[g.Predicate]
		valueKind = valueKind || kinds == nil || slices.ContainsFunc(m.Kinds, func(k string) bool { return slices.Contains(kinds, k) })
	}
	if !valueSeen {
		return "value not found"
	}
	if !valueKind {
		return "value of another kind"
	}
	for _, m := range seen {
		if meet(foldAll(append([]string{m.Words}, m.Names...)), about) {
			return "no rule"
		}
	}
	return "subject not found"
}

// seesValue reports whether a mention is the value of a gold claim.
func seesValue(g goldClaim, m claim.Seen) bool {
	switch {
	case g.Predicate == "capability":
		return m.Capability != "" && meet(foldAll(valueNames(g.Value)), foldAll([]string{m.Capability}))
	case g.Value["entity"] != nil:
		return meet(foldAll(valueNames(g.Value)), foldAll(append([]string{m.Words}, m.Names...)))
	case g.Value["number"] != nil:
		return m.Number != 0 && sameValue(g.Value, contrechamp.Value{Number: m.Number, Unit: goldUnit(g)})
	case g.Value["date"] != nil:
		return sameValue(g.Value, contrechamp.Value{Date: m.Date}) || sameValue(g.Value, contrechamp.Value{Date: m.Next})
	}
	return false
}

func goldUnit(g goldClaim) string {
	if u, ok := g.Value["unit"].(string); ok {
		return u
	}
	return "any"
}

func whyWrong(j judged, gold []goldClaim) string {
	about := foldAll(aboutNames(j.Claim))
	var polarity, subject, value, predicate bool
	for _, g := range gold {
		if g.Document != j.document {
			continue
		}
		same, close := meet(about, foldAll(g.About)), sameWords(g.Quote, j.Claim.Quote.Exact)
		denied := (g.Modality == "denied") == (j.Claim.Modality == contrechamp.Denied)
		switch v := sameValue(g.Value, j.Claim.Value); {
		case g.Predicate != string(j.Claim.Predicate):
			predicate = predicate || v && close
		case v && same:
			polarity = true
		case v && denied:
			subject = true
		case !v && same && close:
			value = true
		}
	}
	switch {
	case polarity:
		return "polarity"
	case subject:
		return "subject"
	case value:
		return "value"
	case predicate:
		return "predicate"
	}
	return "not in the gold"
}

// sameWords reports whether one quote holds the other, or they share most words.
func sameWords(a, b string) bool {
	a, b = squeeze(a), squeeze(b)
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func valueWords(v map[string]any) string {
	if names := valueNames(v); len(names) > 0 {
		return names[0]
	}
	if v["number"] != nil {
		return fmt.Sprint(v["number"], " ", v["unit"])
	}
	return fmt.Sprint(v["date"])
}

// where says in what kind of paragraph a quote stands.
func where(text contrechamp.Text, quote string) string {
	quote = squeeze(quote)
	for _, p := range text.Paragraphs {
		body := p.Of(text.Body)
		if !strings.Contains(squeeze(body), quote) || quote == "" {
			continue
		}
		switch {
		case strings.Contains(body, "|") || p.Role == contrechamp.RoleItem:
			return "table or list"
		case p.Role == contrechamp.RoleTitle || p.Role == contrechamp.RoleHeading:
			return "heading"
		case !p.Role.Speaks():
			return "furniture"
		}
		return "sentence"
	}
	return "over paragraphs"
}

// listErrors prints the mistakes of some sets and the count of each cause. Sets that are held out are counted, not listed.
// With a record of the rules, the engine weighs by models that were fitted without these sets.
func listErrors(shared, looks, rulesFile string, only, held []string) error {
	e, sets, err := namedSets(shared, looks, only)
	if err != nil {
		return err
	}
	if rulesFile != "" {
		f, err := fittingOn(shared, looks, rulesFile)
		if err != nil {
			return err
		}
		if e, err = f.without(only); err != nil {
			return err
		}
	}
	var all []mistake
	for _, set := range sets {
		ms, err := mistakes(e, set)
		if err != nil {
			return err
		}
		all = append(all, ms...)
		if slices.Contains(held, set.name) {
			continue
		}
		for _, m := range ms {
			fmt.Printf("%s %s: %s, %s [%s] %s\n", map[bool]string{true: "missed", false: "wrong "}[m.missed], m.document, m.predicate, m.cause, m.where, m.words)
		}
	}
	fmt.Print(errorTable(all))
	return nil
}

// errorTable counts mistakes by cause and by predicate, as a table in Markdown.
func errorTable(all []mistake) string {
	var w strings.Builder
	fmt.Fprint(&w, "| cause | missed | wrong | what it means |\n|---|---|---|---|\n")
	count := func(keep func(mistake) bool) (missed, wrong int) {
		for _, m := range all {
			switch {
			case !keep(m):
			case m.missed:
				missed++
			default:
				wrong++
			}
		}
		return missed, wrong
	}
	for _, c := range causes {
		missed, wrong := count(func(m mistake) bool { return m.cause == c.name })
		fmt.Fprintf(&w, "| %s | %d | %d | %s |\n", c.name, missed, wrong, c.what)
	}
	missed, wrong := count(func(mistake) bool { return true })
	fmt.Fprintf(&w, "| all | %d | %d | |\n", missed, wrong)
	fmt.Fprint(&w, "\nMissed claims by predicate and cause:\n\n| predicate |")
	var columns []string
	for _, c := range causes {
		if n, _ := count(func(m mistake) bool { return m.cause == c.name && m.missed }); n > 0 {
			columns = append(columns, c.name)
			fmt.Fprintf(&w, " %s |", c.name)
		}
	}
	fmt.Fprint(&w, "\n|---|"+strings.Repeat("---|", len(columns))+"\n")
	predicates := map[string]bool{}
	places := map[string]bool{}
	for _, m := range all {
		predicates[m.predicate] = true
		places[m.where] = true
	}
	for _, p := range sortedKeys(predicates) {
		fmt.Fprintf(&w, "| %s |", p)
		for _, c := range columns {
			n, _ := count(func(m mistake) bool { return m.cause == c && m.predicate == p })
			fmt.Fprintf(&w, " %d |", n)
		}
		fmt.Fprintln(&w)
	}
	fmt.Fprint(&w, "\nBy where the words stand:\n\n| where | missed | wrong |\n|---|---|---|\n")
	for _, p := range sortedKeys(places) {
		missed, wrong := count(func(m mistake) bool { return m.where == p })
		fmt.Fprintf(&w, "| %s | %d | %d |\n", p, missed, wrong)
	}
	return w.String()
}
