package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// lineLabels answers the paragraphs that are only the name of who speaks below: "Baroness Peverell", "Lord Ash, Minister of State - answered
// on 9 July". There are several, and one of them comes back.
func (d *doc) lineLabels() map[int]voice {
	const longest, leastLines = 16, 3
	var lines map[int]voice
	often := map[string]int{}
	again := false
	talk := d.talk(linesUpTo(min(len(d.paras), headLines)))
	for i := range d.paras {
		p := &d.paras[i]
		if p.end-p.first > longest || p.end-p.first < 2 {
			continue
		}
		colon := d.fold[p.end-1] == ":" && p.end-p.first > 2
		loud := colon && d.shoutedLabel(p)
		titled := d.hasTitle(i)
		if !titled && !loud && !(talk && (d.nameLine(i) || often[d.labelWords(i, p.end)] > 0)) {
			continue
		}
		if d.fullStop[p.end-1] || d.fold[p.end-1] == "," || colon && !loud && !d.nameOnly(p, p.first, p.end-1) {
			continue
		}
		end := p.first + 1
		for end < p.end && (d.toks[end].Kind == word.Word || d.fold[end] == ".") && !d.dash(end) {
			end++
		}
		v := voice{speaker: &contrechamp.Speaker{}}
		words := d.labelWords(i, end)
		if titled {
			d.calledUntitled(&v, i, words)
		} else if loud {
			v.speaker.Names = []string{d.words(d.pastArticle(p, p.first), min(end, d.labelStop(i, p.end))), words}
		} else {
			v.speaker.Names = []string{words}
			d.groupBehind(&v, d.labelStop(i, p.end), p.end)
		}
		if lines == nil {
			lines = map[int]voice{}
		}
		lines[i] = v
		often[words]++
		again = again || often[words] > 1
	}
	if len(lines) < 2 || !talk && (len(lines) < leastLines || !again) {
		return nil
	}
	return lines
}

// shoutedLabel reports whether a line opens with two capitals or an article and more in capitals: "LA PRÉSIDENTE, Mme Neri :".
func (d *doc) shoutedLabel(p *paragraph) bool {
	const least = 4 // bytes of its second word
	second := d.toks[p.first+1]
	return allCapitals(d.words(p.first, p.first+2)) && second.Kind == word.Word && second.End-second.Start >= least
}

// groupBehind adds the group or the office that stands in brackets or behind a comma in tokens [t, end): "Anne Lagarde (liste Ensemble)".
func (d *doc) groupBehind(v *voice, t, end int) {
	for t < end && d.toks[t].Kind != word.Word {
		t++
	}
	last := t
	for last < end && d.fold[last] != ")" && d.fold[last] != "," && !d.dash(last) {
		last++
	}
	for ; t < last; t++ {
		if d.toks[t].Upper || t+1 == last {
			v.speaker.Names = append(v.speaker.Names, d.words(t, last)) // without "liste"
			return
		}
	}
}

// nameLine reports whether a paragraph is a person's name alone, with what stands in brackets or behind a comma, over a paragraph that says
// something.
func (d *doc) nameLine(para int) bool {
	const least = 8 // tokens
	p := &d.paras[para]
	if para == 0 || para+1 >= len(d.paras) || d.paras[para+1].end-d.paras[para+1].first < least || d.paras[para].role == contrechamp.RoleTitle {
		return false
	}
	end := p.first
	for end < p.end && d.toks[end].Kind == word.Word && d.toks[end].Upper {
		end++
	}
	if end-p.first < 2 || end-p.first > 4 || end < p.end && d.fold[end] != "(" && d.fold[end] != "," || allCapitals(d.words(p.first, end)) {
		return false
	}
	for _, m := range d.byPara[para] {
		if m.first == p.first && m.kinds&(kPER|kNAME) == 0 {
			return false
		}
	}
	return d.is(p.first, p.g.known.notName) == 0
}
