package naming

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// What stands beside a name says that it is a firm's, or a product's: "la société X", "X, une PME suisse", "le produit phare, X".

// shortFirm notes the first word of a firm's name, by which it may be called from there on.
func (d *Doc) shortFirm(t, end int) {
	const least = 4 // letters
	if end-t > 1 && len(d.Fold[t]) >= least {
		d.shortFirms[d.Fold[t]] = true
	}
}

// FirmBefore reports whether a noun for a firm stands right before t, with at most two adjectives between:
// "la société française X", "the Chinese telecoms group X".
func (d *Doc) FirmBefore(p *passage.Paragraph, t int) bool {
	k := &p.Grammar.Known
	t = d.pastQuote(p, t)
	if k.Called != grammar.NoClass && t > p.First && d.In(t-1, k.Called) {
		t-- // "a firm called X"
	}
	for n := t - 1; n >= p.First && n >= t-3; n-- {
		if d.In(n, k.Firm) {
			return true
		}
		if d.Tokens[n].Kind != word.Word || d.In(n, k.Preposition) || d.In(n, k.Article) || p.Grammar.AdjectiveBefore || d.Tokens[n].Upper {
			return false
		}
	}
	return false
}

// firmApposed reports whether a firm that is no name stands before the comma before t, and X is what it is called: "une PME suisse, X,".
func (d *Doc) firmApposed(p *passage.Paragraph, t, end int) bool {
	const reach = 6
	k := &p.Grammar.Known
	if t < p.First+3 || d.Fold[t-1] != "," || end < p.End && d.Tokens[end].Kind == word.Word && (k.SpeakerWho == grammar.NoClass || !d.In(end, k.SpeakerWho)) {
		return false
	}
	for n := t - 2; n >= max(p.First+1, t-1-reach); n-- {
		if d.Tokens[n].Kind == word.Punct && d.Fold[n] != "-" {
			return false
		}
		if d.In(n, k.Firm) {
			for a := n - 1; a >= max(p.First, n-3); a-- {
				if d.In(a, k.Article) && !d.In(a, k.Of) {
					return true
				}
				if d.Tokens[a].Kind == word.Punct || d.In(a, k.Preposition) {
					return false
				}
			}
			return false
		}
	}
	return false
}

// firmBehind reports whether an apposition behind end says that it is a firm: "X, une jeune société danoise".
func (d *Doc) firmBehind(p *passage.Paragraph, end int, opens bool) bool {
	k := &p.Grammar.Known
	if end+1 >= p.End || d.Fold[end] != "," && d.Fold[end] != "(" {
		return false
	}
	n := end + 1
	if d.In(n, k.Definite) {
		if !opens {
			return false // "estime X, le géant asiatique": another one
		}
		n++
	}
	if d.In(n, k.FoundedAs) {
		return true // "X, née en 2011"
	}
	if d.In(n, k.Article) {
		n++
	}
	for m := n; m < p.End && m < n+4; m++ {
		if d.In(m, k.Firm) {
			return true
		}
		if d.In(m, k.Conjunction) || m > n && d.In(m, k.Definite) {
			return false // "X, who founded the company"
		}
		if d.Tokens[m].Kind == word.Punct && d.Fold[m] != "-" || d.In(m, k.Preposition) {
			return false
		}
	}
	return false
}

// productBehind reports whether an apposition behind end says that it is a product: "HawkLattice, its engine for ports",
// "Sentravue, le logiciel qui ...".
func (d *Doc) productBehind(p *passage.Paragraph, end int) bool {
	if end+2 >= p.End || d.Fold[end] != "," {
		return false
	}
	k := &p.Grammar.Known
	n := end + 1
	if !d.In(n, k.Article) && !d.In(n, k.Definite) {
		// "Syntro, solution d'analyse d'images"
		return !p.Grammar.AdjectiveBefore && !p.Grammar.NounsCapital && d.In(n, k.ProductNoun) && n+1 < p.End && (d.In(n+1, k.Of) || k.SpeakerWho != grammar.NoClass && d.In(n+1, k.SpeakerWho))
	}
	for m := n + 1; m < p.End && m < n+4; m++ {
		if d.In(m, k.ProductNoun) {
			return true
		}
		if d.Tokens[m].Kind == word.Punct && d.Fold[m] != "-" || d.In(m, k.Preposition) {
			return false
		}
	}
	return false
}

// productBefore reports whether what stands before t says that a product's name follows: "le produit phare, X,", "the developer of X".
func (d *Doc) productBefore(p *passage.Paragraph, t, end int) bool {
	k := &p.Grammar.Known
	if t < p.First+2 {
		return false
	}
	if d.Fold[t-1] == "," {
		if end < p.End && d.Tokens[end].Kind == word.Word && !d.In(end, k.SpeakerWho) && !d.In(end, k.Conjunction) {
			return false
		}
		for n := t - 2; n >= max(p.First+1, t-3); n-- {
			if d.In(n, k.ProductNoun) {
				return d.In(n-1, k.Article) || d.In(n-2, k.Article) || n == t-2
			}
		}
		return false
	}
	return k.MakerOf != grammar.NoClass && d.In(t-1, k.Of) && d.In(t-2, k.MakerOf)
}

// MaybePerson reports whether a name that nobody knows is a person's rather than a firm's: it has several words, begins with a given name or stands
// behind what somebody is, and nothing beside it says that it is a firm's: "le milliardaire américain X Y". Nothing is claimed of persons.
func (d *Doc) MaybePerson(p *passage.Paragraph, m *passage.Mention) bool {
	const before = 3 // words between what somebody is and the name: "le fondateur, l'Australien X Y"
	if m.Len() < 2 || d.FirmBefore(p, m.First) || d.firmBehind(p, m.End, m.First == p.First) || d.firmApposed(p, m.First, m.End) {
		return false
	}
	if at, ok := d.RunNamed(m.First, m.End); ok && d.saidFirm(at) {
		return false
	}
	if GivenNames()[d.Fold[m.First]] {
		return true
	}
	for t := m.First - 1; t >= max(p.First, m.First-1-before); t-- {
		if d.In(t, p.Grammar.Known.Role) {
			return true
		}
		if d.In(t, p.Grammar.Known.Preposition) {
			break
		}
	}
	return false
}

// BehindNationality reports whether a name of several words stands right behind a nationality and its article, in a language where people are called
// so as firms are: "el australiano X Y".
func (d *Doc) BehindNationality(p *passage.Paragraph, m *passage.Mention) bool {
	if !p.Grammar.NationalsPlain || m.Len() < 2 {
		return false
	}
	i := d.MentionsBefore(m.First) - 1
	if i < 0 {
		return false
	}
	dem := d.Mentions[i]
	return dem.Kinds&grammar.DEM != 0 && dem.End == m.First && dem.First > p.First && d.In(dem.First-1, p.Grammar.Known.Article)
}
