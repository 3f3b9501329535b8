package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
)

// aboutFirms are the predicates whose subjects are firms and products, not deployments.
var aboutFirms = []string{"home", "owner", "founded", "market", "sanction"}

// subjects prints for each document what it is taken to be about beside what its gold claims are about, and counts: how
// often the main subject is one that most of the gold's deployments have, and where it is not, whether it was seen at all.
func subjects(shared, looks string, only []string, swap string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	if sets, err = changed(sets, swap, 1); err != nil {
		return err
	}
	classes := map[string]int{}
	of := map[string][2]int{}
	covered, all := 0, 0
	for _, set := range sets {
		if len(only) > 0 && !slices.Contains(only, set.name) {
			continue
		}
		for _, name := range sortedKeys(set.texts) {
			text, err := set.read(name)
			if err != nil {
				return err
			}
			s, err := e.Subjects(context.Background(), text)
			if err != nil {
				return fmt.Errorf("find the subject of %s: %w", name, err)
			}
			gold, n := goldSubjects(set, name)
			if n == 0 {
				continue
			}
			top := gold[0]
			support := func(x *contrechamp.Entity) int {
				if x == nil {
					return 0
				}
				return aboutShared(set, name, append([]string{x.ID}, x.Ref().Names...))
			}
			main := support(s.Main)
			with := main
			var beside []string
			for _, x := range s.Beside {
				with = max(with, support(x))
				beside = append(beside, x.Name)
			}
			var seen []string
			best := 0
			for _, x := range s.Possible {
				if c := support(x); c > best {
					best, seen = c, []string{fmt.Sprintf("%s (%s)", x.Name, x.ID)}
				}
			}
			class := "right"
			switch {
			case main == top.count:
			case 2*main >= top.count:
				class = "one of several"
			case with == top.count:
				class = "right beside the place"
			case s.Main == nil && best == 0:
				class = "none, and not seen"
			case s.Main == nil:
				class = "none, though seen"
			case best == 0:
				class = "wrong, and not seen"
			default:
				class = "wrong, though seen"
			}
			classes[class]++
			o := of[set.name]
			o[1]++
			if 2*max(main, with) >= top.count {
				o[0]++
			}
			of[set.name] = o
			covered += with
			all += n
			if class != "right" {
				mainName := "none"
				if s.Main != nil {
					mainName = fmt.Sprintf("%s (%s)", s.Main.Name, s.Main.ID)
				}
				fmt.Printf("%s %s: %s: %s [%d of %d], beside %v; gold %s; best seen %v\n", set.name, name, class, mainName, main, n, beside, gold.String(), seen)
			}
		}
	}
	for _, c := range sortedKeys(classes) {
		fmt.Printf("%-24s %d\n", c, classes[c])
	}
	good, total := 0, 0
	for _, s := range sortedKeys(of) {
		fmt.Printf("%-10s %d of %d\n", s, of[s][0], of[s][1])
		good, total = good+of[s][0], total+of[s][1]
	}
	fmt.Printf("right or half right: %d of %d documents; the main subject and what stands beside it are those of %d of %d claims\n", good, total, covered, all)
	return nil
}

// goldSubject is a name that gold claims are about, with how many.
type goldSubject struct {
	names []string
	count int
}

type goldSubjectList []goldSubject

func (l goldSubjectList) String() string {
	var out []string
	for _, g := range l[:min(4, len(l))] {
		out = append(out, fmt.Sprintf("%d %s", g.count, strings.Join(g.names[:min(4, len(g.names))], "/")))
	}
	return strings.Join(out, " | ")
}

// goldSubjects are the subjects of the deployments in a document's gold, the commonest first, and the number of claims.
func goldSubjects(set docSet, document string) (goldSubjectList, int) {
	var out goldSubjectList
	n := 0
	for _, g := range set.gold {
		if g.Document != document || g.Optional || slices.Contains(aboutFirms, g.Predicate) {
			continue
		}
		n++
		known := slices.ContainsFunc(out, func(x goldSubject) bool { return strings.Join(x.names, "/") == strings.Join(g.About, "/") })
		if !known {
			out = append(out, goldSubject{g.About, aboutShared(set, document, g.About[:1])})
		}
	}
	slices.SortStableFunc(out, func(a, b goldSubject) int { return cmp.Compare(b.count, a.count) })
	return out, n
}

// aboutShared counts the gold's deployments in a document that are about something with one of these names.
func aboutShared(set docSet, document string, names []string) int {
	folded, n := foldAll(names), 0
	for _, g := range set.gold {
		if g.Document == document && !g.Optional && !slices.Contains(aboutFirms, g.Predicate) && meet(folded, foldAll(g.About)) {
			n++
		}
	}
	return n
}
