package naming

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// legalForms are the forms of companies that are written with points between their letters: "S.p.A.", "S.r.l.", "B.V.". Without points they are
// words of the rule files (class firm-name).
var legalForms = map[string]bool{
	"sa": true, "sas": true, "sarl": true, "sasu": true, "spa": true, "srl": true, "srls": true, "snc": true, "sl": true, "slu": true, "sau": true, "sll": true, "ltda": true, "bv": true, "nv": true,
	"llc": true, "llp": true, "plc": true, "sro": true, "doo": true, "gmbh": true, "se": true, "ug": true, "kgaa": true, "spzoo": true, "aps": true, "ag": true, "kg": true, "mbh": true, "oy": true, "ab": true, "as": true, "sca": true, "scop": true, "scrl": true, "scarl": true, "sacv": true, "sac": true, "saic": true, "eirl": true, "saa": true, "spc": true, "sadecv": true,
}

// maxForm is how many tokens of a form the capitals before it may have swallowed: "S.A".
const maxForm = 5

// legalForm finds a legal form within or right behind the capitals [t, end): where the name ends, and where the form does.
func (d *Doc) legalForm(p *passage.Paragraph, t, end int) (name, form int, ok bool) {
	for n := max(t+1, end-maxForm); n <= min(end, p.End-1); n++ {
		at := n
		if d.Fold[at] == "," && at+1 < p.End {
			at++
		}
		if to := d.pointed(p, at); to > at {
			return n, to, true
		}
	}
	return 0, 0, false
}

// pointed is the end of a legal form with points that starts at t, else t.
func (d *Doc) pointed(p *passage.Paragraph, t int) int {
	const longest = 6 // letters
	var letters strings.Builder
	to := t
	for to+1 < p.End && letters.Len() < longest && d.Tokens[to].Kind == word.Word && d.Fold[to+1] == "." && d.Tokens[to+1].Start == d.Tokens[to].End {
		if w := d.Fold[to]; len(w) == 1 {
			letters.WriteString(w)
		} else {
			break
		}
		to += 2
		if to < p.End && d.Tokens[to].Start != d.Tokens[to-1].End {
			break
		}
	}
	if to == t {
		return t
	}
	// "S.p.A" may lack the last point
	if to < p.End && d.Tokens[to].Kind == word.Word && len(d.Fold[to]) == 1 && d.Tokens[to].Start == d.Tokens[to-1].End {
		letters.WriteString(d.Fold[to])
		to++
	}
	if !legalForms[letters.String()] {
		return t
	}
	return to
}

// legalFirm makes the company that a legal form tells of.
func (d *Doc) legalFirm(t, end, form int) *passage.Mention {
	e := d.Made(contrechamp.KindCompany, d.Words(t, end), d.Words(t, form))
	d.shortFirms[d.Fold[t]] = true
	return d.Mention(passage.Mention{First: t, End: end, Kinds: grammar.CO, Entity: e, Shaped: true, Rank: 4})
}
