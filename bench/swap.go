package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
)

// A set that was read holds towns that the rules and the lexicon have met. The next document is about another: so the same
// texts are tried with the towns of their gold changed for others of the same country, most of them small, their names
// ambiguous, or for names that nobody has. What is lost by that was known by heart.

// placesFile is the gazetteer that the towns are drawn from.
const placesFile = "internal/lexicon/data/places.tsv.gz"

// gazetteerTown is a town with what is known of it.
type gazetteerTown struct {
	name, country string
	people        int
}

// gazetteerTowns reads the towns of the gazetteer, by the names of their forms folded, and by country.
func gazetteerTowns() (byName map[string]gazetteerTown, byCountry map[string][]gazetteerTown, err error) {
	f, err := os.Open(placesFile)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", placesFile, err)
	}
	byName, byCountry = map[string]gazetteerTown{}, map[string][]gazetteerTown{}
	for s := bufio.NewScanner(z); s.Scan(); {
		field := strings.Split(s.Text(), "\t")
		if len(field) != 7 || strings.Contains(field[5], "R") {
			continue
		}
		people, err := strconv.Atoi(field[3])
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", placesFile, err)
		}
		t := gazetteerTown{field[1], field[0][:2], people}
		for _, name := range append([]string{field[1]}, strings.Split(field[6], "|")...) {
			if name != "" && byName[foldName(name)].people <= people {
				byName[foldName(name)] = t
			}
		}
		if people >= smallestSwapped && people <= largestSwapped && !strings.ContainsAny(t.name, "' ’.") {
			byCountry[t.country] = append(byCountry[t.country], t)
		}
	}
	return byName, byCountry, nil
}

// Towns of the size that local documents are about.
const smallestSwapped, largestSwapped = 2500, 30000

// changed answers the sets with other towns, as the flag asks, or as they are.
func changed(sets []docSet, swap string, seed uint64) ([]docSet, error) {
	switch swap {
	case "":
		return sets, nil
	case "others", "unknown":
		return swapped(sets, seed, swap == "unknown")
	}
	return nil, fmt.Errorf("--swap %q: want others or unknown: %w", swap, contrechamp.ErrInvalid)
}

// renamed are the sets with other towns, under other names.
func renamed(sets []docSet, swap string, seed uint64) ([]docSet, error) {
	out, err := changed(sets, swap, seed)
	for i := range out {
		out[i].name += "~" + swap
	}
	return out, err
}

// swapped is a set with its gold's towns changed; unknown takes names that no gazetteer has.
func swapped(sets []docSet, seed uint64, unknown bool) ([]docSet, error) {
	byName, byCountry, err := gazetteerTowns()
	if err != nil {
		return nil, err
	}
	out := make([]docSet, len(sets))
	for i, set := range sets {
		out[i] = docSet{name: set.name, texts: map[string][]byte{}, gold: slices.Clone(set.gold)}
		for _, document := range sortedKeys(set.texts) {
			r := rand.New(rand.NewPCG(seed, uint64(len(set.texts[document]))))
			change := map[string]string{}
			for _, g := range set.gold {
				if g.Document != document {
					continue
				}
				for _, name := range g.About {
					t, ok := byName[foldName(name)]
					if !ok || change[name] != "" || !strings.Contains(string(set.texts[document]), name) {
						continue
					}
					change[name] = another(r, t, name, byCountry, unknown)
				}
			}
			// "Marche" of "Marche-en-Famenne" stays its first word
			for short := range change {
				for long, to := range change {
					if first, _, ok := strings.Cut(long, "-"); ok && first == short {
						change[short], _, _ = strings.Cut(to, "-")
					}
				}
			}
			swap := swapper(change)
			out[i].texts[document] = []byte(swap(string(set.texts[document])))
			for k := range out[i].gold {
				g := &out[i].gold[k]
				if g.Document != document {
					continue
				}
				g.Quote = swap(g.Quote)
				g.About = slices.Clone(g.About)
				for n := range g.About {
					g.About[n] = swap(g.About[n])
				}
				value := map[string]any{}
				for key, v := range g.Value {
					switch v := v.(type) {
					case string:
						value[key] = swap(v)
					case []any:
						list := make([]any, len(v))
						for n := range v {
							list[n] = v[n]
							if s, ok := v[n].(string); ok {
								list[n] = swap(s)
							}
						}
						value[key] = list
					default:
						value[key] = v
					}
				}
				g.Value = value
			}
		}
	}
	return out, nil
}

// another draws a town for one of that country.
func another(r *rand.Rand, t gazetteerTown, name string, byCountry map[string][]gazetteerTown, unknown bool) string {
	hyphen := strings.Contains(name, "-")
	if list := byCountry[t.country]; !unknown && len(list) > 0 {
		for range 200 {
			if x := list[r.IntN(len(list))]; strings.Contains(x.name, "-") == hyphen {
				return x.name
			}
		}
	}
	onsets := strings.Fields("B Br C Cr D Dr F G Gr H K L M N P Pl R S St T Tr V W")
	inner := strings.Fields("ab ed il om ur and est ink olm arn eb ov ar en is")
	ends := strings.Fields("ack eln ey ham igny mont ora otte oux stad ville wick wyl ez ano")
	made := onsets[r.IntN(len(onsets))] + inner[r.IntN(len(inner))] + ends[r.IntN(len(ends))]
	if hyphen {
		made += "-" + onsets[r.IntN(len(onsets))] + inner[r.IntN(len(inner))] + ends[r.IntN(len(ends))]
	}
	return made
}

// swapper changes whole words, the longest names first, and their capitals where the text shouts.
func swapper(change map[string]string) func(string) string {
	if len(change) == 0 {
		return func(s string) string { return s }
	}
	var names []string
	for name := range change {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	to := map[string]string{}
	var patterns []string
	for _, name := range names {
		to[name], to[strings.ToUpper(name)] = change[name], strings.ToUpper(change[name])
		patterns = append(patterns, regexp.QuoteMeta(name), regexp.QuoteMeta(strings.ToUpper(name)))
	}
	whole := regexp.MustCompile(`[\p{L}\p{N}]*(?:` + strings.Join(patterns, "|") + `)[\p{L}\p{N}]*`)
	return func(s string) string {
		return whole.ReplaceAllStringFunc(s, func(found string) string {
			if x, ok := to[found]; ok {
				return x
			}
			return found
		})
	}
}
