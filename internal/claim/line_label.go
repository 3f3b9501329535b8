package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// lineLabels answers the paragraphs that are only the name of who speaks below: "Baroness Peverell", "Lord Ash, Minister of State - answered
// on 9 July". There are several, and one of them comes back.
func (d *speechDoc) lineLabels() map[int]voice {
	const longest, leastLines = 16, 3
	if lines := d.posters(); lines != nil {
		return lines
	}
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
		if first := d.pastTime(p); first > p.first && first < p.end && d.toks[first].Kind == word.Word && d.toks[first].Upper && !d.fullStop[p.end-1] {
			v := voice{speaker: &contrechamp.Speaker{}}
			stop := first
			for stop < p.end && d.fold[stop] != "," && d.fold[stop] != "(" && !d.dash(stop) && d.fold[stop] != ":" {
				stop++
			}
			v.speaker.Names = []string{d.words(first, stop)}
			d.groupBehind(&v, stop, p.end)
			if lines == nil {
				lines = map[int]voice{}
			}
			lines[i] = v
			often[d.words(first, stop)]++
			again = again || often[d.words(first, stop)] > 1
			continue
		}
		if v, ok := d.officeLine(i); ok && !titled && !loud {
			if lines == nil {
				lines = map[int]voice{}
			}
			lines[i] = v
			often[v.speaker.Names[0]]++
			again = again || often[v.speaker.Names[0]] > 1
			continue
		}
		if !titled && !loud && !((talk || i+1 < len(d.paras) && d.quotedWhole(i+1)) && (d.nameLine(i) || often[d.labelWords(i, p.end)] > 0)) {
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
		for i := range lines { // names over quotations need not come back
			if i+1 >= len(d.paras) || !d.quotedWhole(i+1) {
				delete(lines, i)
			}
		}
		if len(lines) < 2 {
			return nil
		}
	}
	return lines
}

// pastTime is the token behind the time that opens a line of a transcript: "00:01:30 Dana Whit", "[12:04] THE CHAIR"; its first where none does.
func (d *speechDoc) pastTime(p *paragraph) int {
	t, colons := p.first, 0
	for t < p.end && (d.toks[t].Kind == word.Number || d.fold[t] == ":" || d.fold[t] == "[" || d.fold[t] == "]" || d.fold[t] == "(" || d.fold[t] == ")") {
		if d.fold[t] == ":" {
			colons++
		} else if strings.Contains(d.fold[t], ":") {
			colons++ // "00:01" is one token
		}
		t++
	}
	if colons == 0 {
		return p.first
	}
	return t
}

// officeLine is who speaks below a line that ends with a colon and names an office: "Interviene el concejal Luis Ruel:", "Secretario:".
func (d *speechDoc) officeLine(para int) (voice, bool) {
	const longest = 10 // tokens
	p := &d.paras[para]
	if p.end-p.first < 2 || p.end-p.first > longest || d.fold[p.end-1] != ":" || !d.toks[p.first].Upper || p.role == contrechamp.RoleItem {
		return voice{}, false
	}
	s := sentence{first: p.first, end: p.end - 1, para: para}
	d.units(&s, d.byPara[para])
	const reach = 3 // units: "Interviene el"
	for u := 0; u < len(s.units) && u < reach; u++ {
		if _, w := d.officeAt(&s, u); w > 0 {
			v, end, ok := d.roleSpeaker(&s, u)
			if !ok || d.goesBeyond(&s, end) || len(v.speaker.Names) == 0 {
				return voice{}, false
			}
			return v, true
		}
	}
	return voice{}, false
}

// shoutedLabel reports whether a line opens with two capitals or an article and more in capitals: "LA PRÉSIDENTE, Mme Neri :".
func (d *speechDoc) shoutedLabel(p *paragraph) bool {
	const least = 4 // bytes of its second word
	second := d.toks[p.first+1]
	return allCapitals(d.words(p.first, p.first+2)) && second.Kind == word.Word && second.End-second.Start >= least
}

// groupBehind adds the group or the office that stands in brackets or behind a comma in tokens [t, end): "Anne Lagarde (liste Ensemble)".
func (d *speechDoc) groupBehind(v *voice, t, end int) {
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
func (d *speechDoc) nameLine(para int) bool {
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
	return !d.in(p.first, p.g.known.notName)
}
