package claim

import (
	"contrechamp.org/contrechamp/internal/word"
)

// What stands beside a name says that it is a firm's, or a product's: "la société X", "X, une PME suisse", "le produit phare, X".

// shortFirm notes the first word of a firm's name, by which it may be called from there on.
func (d *namingDoc) shortFirm(t, end int) {
	const least = 4 // letters
	if end-t > 1 && len(d.fold[t]) >= least {
		d.shortFirms[d.fold[t]] = true
	}
}

// firmBefore reports whether a noun for a firm stands right before t, with at most two adjectives between:
// "la société française X", "the Chinese telecoms group X".
func (d *namingDoc) firmBefore(p *paragraph, t int) bool {
	k := &p.g.known
	t = d.pastQuote(p, t)
	if k.called != noClass && t > p.first && d.in(t-1, k.called) {
		t-- // "a firm called X"
	}
	for n := t - 1; n >= p.first && n >= t-3; n-- {
		if d.in(n, k.firm) {
			return true
		}
		if d.toks[n].Kind != word.Word || d.in(n, k.preposition) || d.in(n, k.article) || p.g.adjectiveBefore || d.toks[n].Upper {
			return false
		}
	}
	return false
}

// firmApposed reports whether a firm that is no name stands before the comma before t, and X is what it is called: "une PME suisse, X,".
func (d *namingDoc) firmApposed(p *paragraph, t, end int) bool {
	const reach = 6
	k := &p.g.known
	if t < p.first+3 || d.fold[t-1] != "," || end < p.end && d.toks[end].Kind == word.Word && (k.speakerWho == noClass || !d.in(end, k.speakerWho)) {
		return false
	}
	for n := t - 2; n >= max(p.first+1, t-1-reach); n-- {
		if d.toks[n].Kind == word.Punct && d.fold[n] != "-" {
			return false
		}
		if d.in(n, k.firm) {
			for a := n - 1; a >= max(p.first, n-3); a-- {
				if d.in(a, k.article) && !d.in(a, k.of) {
					return true
				}
				if d.toks[a].Kind == word.Punct || d.in(a, k.preposition) {
					return false
				}
			}
			return false
		}
	}
	return false
}

// firmBehind reports whether an apposition behind end says that it is a firm: "X, une jeune société danoise".
func (d *namingDoc) firmBehind(p *paragraph, end int, opens bool) bool {
	k := &p.g.known
	if end+1 >= p.end || d.fold[end] != "," && d.fold[end] != "(" {
		return false
	}
	n := end + 1
	if d.in(n, k.definite) {
		if !opens {
			return false // "estime X, le géant asiatique": another one
		}
		n++
	}
	if d.in(n, k.foundedAs) {
		return true // "X, née en 2011"
	}
	if d.in(n, k.article) {
		n++
	}
	for m := n; m < p.end && m < n+4; m++ {
		if d.in(m, k.firm) {
			return true
		}
		if d.in(m, k.conjunction) || m > n && d.in(m, k.definite) {
			return false // "X, who founded the company"
		}
		if d.toks[m].Kind == word.Punct && d.fold[m] != "-" || d.in(m, k.preposition) {
			return false
		}
	}
	return false
}

// productBehind reports whether an apposition behind end says that it is a product: "HawkLattice, its engine for ports",
// "Sentravue, le logiciel qui ...".
func (d *namingDoc) productBehind(p *paragraph, end int) bool {
	if end+2 >= p.end || d.fold[end] != "," {
		return false
	}
	k := &p.g.known
	n := end + 1
	if !d.in(n, k.article) && !d.in(n, k.definite) {
		// "Syntro, solution d'analyse d'images"
		return !p.g.adjectiveBefore && !p.g.nounsCapital && d.in(n, k.productNoun) && n+1 < p.end && (d.in(n+1, k.of) || k.speakerWho != noClass && d.in(n+1, k.speakerWho))
	}
	for m := n + 1; m < p.end && m < n+4; m++ {
		if d.in(m, k.productNoun) {
			return true
		}
		if d.toks[m].Kind == word.Punct && d.fold[m] != "-" || d.in(m, k.preposition) {
			return false
		}
	}
	return false
}

// productBefore reports whether what stands before t says that a product's name follows: "le produit phare, X,", "the developer of X".
func (d *namingDoc) productBefore(p *paragraph, t, end int) bool {
	k := &p.g.known
	if t < p.first+2 {
		return false
	}
	if d.fold[t-1] == "," {
		if end < p.end && d.toks[end].Kind == word.Word && !d.in(end, k.speakerWho) && !d.in(end, k.conjunction) {
			return false
		}
		for n := t - 2; n >= max(p.first+1, t-3); n-- {
			if d.in(n, k.productNoun) {
				return d.in(n-1, k.article) || d.in(n-2, k.article) || n == t-2
			}
		}
		return false
	}
	return k.makerOf != noClass && d.in(t-1, k.of) && d.in(t-2, k.makerOf)
}

// maybePerson reports whether a name that nobody knows is a person's rather than a firm's: it has several words, begins with a given name or stands
// behind what somebody is, and nothing beside it says that it is a firm's: "le milliardaire américain X Y". Nothing is claimed of persons.
func (d *namingDoc) maybePerson(p *paragraph, m *mention) bool {
	const before = 3 // words between what somebody is and the name: "le fondateur, l'Australien X Y"
	if m.len() < 2 || d.firmBefore(p, m.first) || d.firmBehind(p, m.end, m.first == p.first) || d.firmApposed(p, m.first, m.end) {
		return false
	}
	if at, ok := d.runNamed(m.first, m.end); ok && d.saidFirm(at) {
		return false
	}
	if givenNames()[d.fold[m.first]] {
		return true
	}
	for t := m.first - 1; t >= max(p.first, m.first-1-before); t-- {
		if d.in(t, p.g.known.role) {
			return true
		}
		if d.in(t, p.g.known.preposition) {
			break
		}
	}
	return false
}

// behindNationality reports whether a name of several words stands right behind a nationality and its article, in a language where people are called
// so as firms are: "el australiano X Y".
func (d *namingDoc) behindNationality(p *paragraph, m *mention) bool {
	if !p.g.nationalsPlain || m.len() < 2 {
		return false
	}
	i := d.mentionsBefore(m.first) - 1
	if i < 0 {
		return false
	}
	dem := d.mentions[i]
	return dem.kinds&kDEM != 0 && dem.end == m.first && dem.first > p.first && d.in(dem.first-1, p.g.known.article)
}
