package read

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// splitFlattened parts a first line into which a whole head was flattened: "date 2019-11 The title 12 shares 3 The
// first sentence." What counts shares or comments stands between the title and the article.
func (p *plain) splitFlattened() {
	if p.first != 0 || len(p.rows) == 0 || p.rows[0].words() < lengthyWords {
		return
	}
	r := p.rows[0]
	tokens := r.tokens
	from, to := counter(r.text, tokens)
	if from < 3 || to >= len(tokens) {
		return
	}
	cut := []int{0, tokens[from].Start, tokens[to].Start, len(r.text)}
	roles := []contrechamp.Role{contrechamp.RoleBody, contrechamp.RoleFurniture, contrechamp.RoleBody}
	if ds := datesIn(r.text[:min(cut[1], maxDateLine)], p.language, p.now); len(ds) > 0 && len(wordsOf(r.text[:ds[0].Start])) <= 3 {
		cut = append([]int{0, ds[0].End}, cut[1:]...)
		roles = append([]contrechamp.Role{contrechamp.RoleMeta}, roles...)
	}
	var parts []row
	for i, role := range roles {
		s := trim(p.body, contrechamp.Span{Start: r.Start + cut[i], End: r.Start + cut[i+1]})
		if s.Len() == 0 {
			continue
		}
		part := newRow(p.body, s)
		part.role = role
		parts = append(parts, part)
	}
	p.rows = append(parts, p.rows[1:]...)
	p.first = len(parts) - 1
}

// counter finds the first run of numbers and share words near the start of a line, before any sentence ends, with
// a capital behind it: as word positions [from, to).
func counter(text string, tokens []word.Token) (from, to int) {
	const near = 60 // words
	for i := 0; i < min(len(tokens), near); i++ {
		if i > 0 && strings.ContainsAny(text[tokens[i-1].End:tokens[i].Start], ".!?") {
			return 0, 0
		}
		numbers, shares, j := 0, 0, i
		for ; j < len(tokens); j++ {
			if tokens[j].Kind == word.Number {
				numbers++
			} else if c := cueWords[word.Join(0, word.Hash(tokens[j].Of(text)))]; c&(share|comments) != 0 {
				shares++
			} else {
				break
			}
		}
		if numbers > 0 && shares > 0 && j < len(tokens) && tokens[j].Upper {
			return i, j
		}
	}
	return 0, 0
}
