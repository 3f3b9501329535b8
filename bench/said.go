package main

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
)

// Who says it and how: of the claims that match the gold, and, for the speakers, of all words that the gold quotes, whether a
// rule found a claim in them or not. The second figure rests on many more sentences than the first.

// listSaid prints the claims whose speaker or modality is not the gold's, and counts them by class.
func listSaid(shared, looks string, only []string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, set := range sets {
		if len(only) > 0 && !slices.Contains(only, set.name) {
			continue
		}
		classes := map[string]int{}
		js, err := judge(e, set, false)
		if err != nil {
			return err
		}
		var t tally
		for _, j := range js {
			if j.verdict == wrong || j.verdict == again {
				continue
			}
			t.add(j.tally(set))
			g := set.gold[j.gold]
			got := speakerNames(j.Claim.Speaker)
			if class := speakerClass(g.Speaker, got); class != "" {
				classes[class]++
				fmt.Printf("%s %s %s %s: want %v got %v [%s] %s\n", set.name, j.document, class, j.Claim.Predicate, g.Speaker, got, j.Claim.Rule, squeeze(j.Claim.Quote.Exact))
			}
			if m := string(j.Claim.Modality); m != g.Modality {
				class := "how: " + m + " for " + g.Modality
				classes[class]++
				fmt.Printf("%s %s %s %s: [%s] %s || %s\n", set.name, j.document, class, j.Claim.Predicate, j.Claim.Rule, squeeze(j.Claim.Quote.Exact), squeeze(g.Quote))
			}
		}
		all, ok, err := heardOfGold(e, set, classes)
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%-10s speaker %d of %d (%.2f), modality %d of %d (%.2f); in the gold's words %d of %d speakers (%.2f)\n", set.name, t.speaker, t.spoken, share(t.speaker, t.spoken),
			t.modality, t.matched, share(t.modality, t.matched), ok, all, share(ok, all))
		for _, c := range sortedKeys(classes) {
			fmt.Fprintf(&lines, "    %3d %s\n", classes[c], c)
		}
	}
	fmt.Print(lines.String())
	return nil
}

// speakerClass says what is wrong with a speaker, "" where nothing is.
func speakerClass(want, got []string) string {
	switch {
	case len(want) == 0 && len(got) == 0 || meet(foldAll(want), foldAll(got)):
		return ""
	case len(want) == 0:
		return "who: none is wanted"
	case len(got) == 0:
		return "who: missing"
	}
	return "who: another"
}

func speakerNames(s *contrechamp.Speaker) []string {
	if s == nil {
		return nil
	}
	return append([]string{s.ID}, s.Names...)
}

// heardOfGold counts the gold's claims with a speaker whose words are heard from that speaker.
func heardOfGold(e *claim.Engine, set docSet, classes map[string]int) (all, ok int, err error) {
	for _, name := range sortedKeys(set.texts) {
		text, err := set.read(name)
		if err != nil {
			return 0, 0, err
		}
		heard, err := e.Hear(context.Background(), text)
		if err != nil {
			return 0, 0, fmt.Errorf("hear %s: %w", name, err)
		}
		for g, at := range set.quoted(name, text.Body) {
			got := speakerNames(speakerOf(heard, at.Start, at.End))
			class := speakerClass(g.Speaker, got)
			if len(g.Speaker) > 0 {
				all++
				if class == "" {
					ok++
				}
			}
			if class != "" {
				classes["gold "+class]++
				fmt.Printf("%s %s gold %s %s: want %v got %v %s\n", set.name, g.Document, class, g.Predicate, g.Speaker, got, squeeze(g.Quote))
			}
		}
	}
	return all, ok, nil
}

// speakerOf is who says most of the bytes [from, to).
func speakerOf(heard []claim.Heard, from, to int) *contrechamp.Speaker {
	bytes := map[*contrechamp.Speaker]int{}
	silent := to - from
	for _, h := range heard {
		if n := min(h.End, to) - max(h.Start, from); n > 0 {
			bytes[h.Speaker] += n
			silent -= n
		}
	}
	var best *contrechamp.Speaker
	most := silent
	for s, n := range bytes {
		if n > most {
			best, most = s, n
		}
	}
	return best
}

// quoted are the gold claims of a document whose quotes stand in its text, with where.
func (s docSet) quoted(document, body string) iter.Seq2[goldClaim, contrechamp.Span] {
	return func(yield func(goldClaim, contrechamp.Span) bool) {
		for _, g := range s.gold {
			if g.Document != document {
				continue
			}
			if from, to := findQuote(body, g.Quote); from >= 0 && !yield(g, contrechamp.Span{Start: from, End: to}) {
				return
			}
		}
	}
}

// findQuote is where a quote stands, white space apart: -1 where it does not.
func findQuote(body, quote string) (from, to int) {
	words := strings.Fields(quote)
	if len(words) == 0 {
		return -1, -1
	}
next:
	for at := 0; ; {
		i := strings.Index(body[at:], words[0])
		if i < 0 {
			return -1, -1
		}
		from = at + i
		to = from + len(words[0])
		at = from + 1
		for _, w := range words[1:] {
			rest := strings.TrimLeft(body[to:], " \t\n\r\u00a0\u202f")
			if len(rest) == len(body[to:]) || !strings.HasPrefix(rest, w) {
				continue next
			}
			to = len(body) - len(rest) + len(w)
		}
		return from, to
	}
}
