package naming

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// town is a place that no gazetteer has, known by what the text calls it.
type town struct {
	entity *contrechamp.Entity
	words  []string // folded
}

// FindTowns finds the places that only this text tells of: "la ville de X", "maire de X", "the town of X", "X Borough
// Council", "X Police" where something also stands in X. Gazetteers end somewhere, and small towns are where the
// register is needed most. What the lexicon knows by that name is left to the lexicon.
func (d *Doc) FindTowns() {
	d.collectPlaced()
	d.findRunPlaces()
	placed := d.placed
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		k := &p.Grammar.Known
		if d.Steps++; !p.Set.Meets(&k.TownSet) {
			continue
		}
		for t := p.First; t < p.End; t++ {
			d.Steps++
			if !d.Sets[t].Meets(&k.TownSet) {
				continue
			}
			if n := max(d.Is(t, k.Town), d.Is(t, k.Police)); n > 0 {
				d.townBehind(p, t+n)
				// "X City" may be anything, "Safe City" for one
				if p.Grammar.AdjectiveBefore && d.Tokens[t].Upper && (d.In(t, k.Council) || d.In(t, k.Police)) {
					d.townBefore(p, t, d.In(t, k.Police), placed)
				}
			} else if n := d.Is(t, k.TownHead); n > 0 {
				d.townBehind(p, t+n)
			}
			// "À Thonon, ...": at the head of a sentence, something is said to be there
			if (t == p.First || d.FullStop[t-1]) && d.In(t, k.AtTown) && t+2 < p.End && d.Capital(p, t+1) {
				if end := d.townEnd(p, t+1); end < p.End && d.Fold[end] == "," {
					d.town(p, t+1, end)
				}
			}
		}
	}
}

// townBehind takes the name in "ville de X", "mayor of X"; t is the token behind the head.
func (d *Doc) townBehind(p *passage.Paragraph, t int) {
	if p.Grammar.PlaceBehind && t < p.End && d.Capital(p, t) && d.Tokens[t].Start == d.Tokens[t-1].End+1 {
		d.town(p, t, d.townEnd(p, t)) // "Stadt X"
		return
	}
	if t+1 >= p.End || !d.In(t, p.Grammar.Known.Of) || !d.Capital(p, t+1) {
		return
	}
	if len(p.Grammar.BodyJoin) > 0 && !slices.Contains(p.Grammar.BodyJoin, d.Fold[t]) {
		return // "ville du Nord", "police des Frontières"
	}
	d.town(p, t+1, d.townEnd(p, t+1))
}

// townBefore takes the name in "X Borough Council", "X Police"; head is the token of the head. A police force may
// be called after anything ("Transport Police"), so something must also stand in X.
func (d *Doc) townBefore(p *passage.Paragraph, head int, police bool, placed map[string]bool) {
	k := &p.Grammar.Known
	end := head
	for end > p.First && (d.In(end-1, k.BodyTail) || d.In(end-1, k.Town)) && d.Tokens[end-1].Upper {
		end--
	}
	first := end
	const longest = 3
	for first > p.First && d.Capital(p, first-1) && !d.In(first-1, k.BodyTail) && d.Tokens[first-1].End+1 == d.Tokens[first].Start {
		if end-first == longest {
			return // the rest of a longer name
		}
		first--
	}
	if first == end || first == p.First && !d.capitals[d.Fold[first]].inside || police && !placed[d.Fold[first]] {
		return
	}
	d.town(p, first, end)
}

// collectPlaced notes the capitals that something is said to be in.
func (d *Doc) collectPlaced() {
	placed := d.placed
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		for t := p.First + 1; t < p.End; t++ {
			if !d.Tokens[t].Upper {
				continue
			}
			k := &p.Grammar.Known
			if d.In(t-1, k.Locative) {
				placed[d.Fold[t]] = true
			}
			// "ville d'X", "mayor of X", "maire de X"
			if t > p.First+1 && d.In(t-1, k.Of) && (d.Any(t-2, t-1, k.Town) >= 0 || d.Any(t-2, t-1, k.TownHead) >= 0 || d.Any(t-2, t-1, k.Police) >= 0 || d.Any(t-2, t-1, k.State) >= 0 || d.Any(t-3, t-1, k.State) >= 0 && d.Any(t-2, t-1, k.BodyTail) >= 0 || d.Any(t-3, t-1, k.Town) >= 0) {
				placed[d.Fold[t]] = true
			}
			if p.Grammar.PlaceBehind && (d.In(t-1, k.Town) || d.In(t-1, k.Police)) {
				placed[d.Fold[t]] = true
			}
		}
	}
}

// townEnd returns the end of a town's name: capitals, and what hyphens join to them.
func (d *Doc) townEnd(p *passage.Paragraph, t int) int {
	end := t + 1
	for end < p.End && end-t < maxName {
		switch {
		case d.Fold[end] == "-" && end+1 < p.End && d.Tokens[end].Start == d.Tokens[end-1].End && d.Tokens[end+1].Start == d.Tokens[end].End && d.Tokens[end+1].Kind == word.Word:
			end += 2
		case d.Tokens[end].Start == d.Tokens[end-1].End+1 && d.Capital(p, end) && d.bodyWord(p, end) == 0 && !d.ColumnGap(end):
			end++
		default:
			return end
		}
	}
	return end
}

// town notes the place named by [first, end), unless the lexicon knows that name.
func (d *Doc) town(p *passage.Paragraph, first, end int) {
	name := d.Words(first, end)
	if end > first && AllCapitals(name) && len(name) >= 3 {
		if name = d.letterhead(first, &end); name == "" {
			return
		}
	}
	if end <= first || len(name) < 3 || d.bodyWord(p, first) > 0 || end == first+1 && d.In(first, p.Grammar.Known.NotPlace) || len(d.Knows.Lexicon.ByName(name)) > 0 {
		return
	}
	if end > first+1 && GivenNames()[d.Fold[first]] && d.Fold[first+1] != "-" || end == first+1 && d.surnames[d.Fold[first]] {
		return // "Stadtrat Georg Ebner", "Stadtrat Ebner"
	}
	for _, known := range d.towns[d.Fold[first]] {
		if len(known.words) == end-first && strings.Join(known.words, " ") == strings.Join(d.Fold[first:end], " ") {
			return
		}
	}
	d.towns[d.Fold[first]] = append(d.towns[d.Fold[first]], town{d.Made(contrechamp.KindPlace, name), append([]string(nil), d.Fold[first:end]...)})
}

// letterhead is the name of a town in the capitals of a letterhead, "COMMUNE DE X", "CITY OF X WA", as running text would write it, without an
// abbreviated state behind it; "" elsewhere: capitals name nothing by themselves. end moves with it.
func (d *Doc) letterhead(first int, end *int) string {
	const lines, longest, abbreviated = 5, 3, 3
	if d.ParaOf(first) >= lines || !d.Shouts(d.ParaOf(first)) {
		return ""
	}
	for *end > first+1 && d.Tokens[*end-1].End-d.Tokens[*end-1].Start <= abbreviated {
		*end--
	}
	if *end-first > longest {
		return ""
	}
	return TitleCase(d.Words(first, *end))
}

// townMentions adds the noted places in a paragraph.
func (d *Doc) townMentions(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	if len(d.towns) == 0 {
		return found
	}
	for t := p.First; t < p.End; t++ {
		if !d.Tokens[t].Upper {
			continue
		}
		var best town
		for _, x := range d.towns[d.Fold[t]] {
			n := 0
			for n < len(x.words) && t+n < p.End && d.Fold[t+n] == x.words[n] {
				n++
			}
			if n == len(x.words) && n > len(best.words) {
				best = x
			}
		}
		if best.entity != nil {
			found = append(found, d.Mention(passage.Mention{First: t, End: t + len(best.words), Kinds: grammar.PLC, Entity: best.entity, Rank: 3}))
		}
	}
	return found
}
