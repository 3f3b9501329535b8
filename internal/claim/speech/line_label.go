package speech

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// lineLabels answers the paragraphs that are only the name of who speaks below: "Baroness Peverell", "Lord Ash, Minister of State - answered
// on 9 July". There are several, and one of them comes back.
func (d *Doc) lineLabels() map[int]passage.Voice {
	const longest, leastLines = 16, 3
	if lines := d.Posters(); lines != nil {
		return lines
	}
	var lines map[int]passage.Voice
	often := map[string]int{}
	again := false
	talk := d.talk(linesUpTo(min(len(d.Paragraphs), headLines)))
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if p.End-p.First > longest || p.End-p.First < 2 {
			continue
		}
		colon := d.Fold[p.End-1] == ":" && p.End-p.First > 2
		loud := colon && d.shoutedLabel(p)
		titled := d.hasTitle(i)
		if first := d.pastTime(p); first > p.First && first < p.End && d.Tokens[first].Kind == word.Word && d.Tokens[first].Upper && !d.FullStop[p.End-1] {
			v := passage.Voice{Speaker: &contrechamp.Speaker{}}
			stop := first
			for stop < p.End && d.Fold[stop] != "," && d.Fold[stop] != "(" && !d.dash(stop) && d.Fold[stop] != ":" {
				stop++
			}
			v.Speaker.Names = []string{d.Words(first, stop)}
			d.groupBehind(&v, stop, p.End)
			if lines == nil {
				lines = map[int]passage.Voice{}
			}
			lines[i] = v
			often[d.Words(first, stop)]++
			again = again || often[d.Words(first, stop)] > 1
			continue
		}
		if v, ok := d.officeLine(i); ok && !titled && !loud {
			if lines == nil {
				lines = map[int]passage.Voice{}
			}
			lines[i] = v
			often[v.Speaker.Names[0]]++
			again = again || often[v.Speaker.Names[0]] > 1
			continue
		}
		if !titled && !loud && !((talk || i+1 < len(d.Paragraphs) && d.quotedWhole(i+1)) && (d.nameLine(i) || often[d.labelWords(i, p.End)] > 0)) {
			continue
		}
		if d.FullStop[p.End-1] || d.Fold[p.End-1] == "," || colon && !loud && !d.nameOnly(p, p.First, p.End-1) {
			continue
		}
		end := p.First + 1
		for end < p.End && (d.Tokens[end].Kind == word.Word || d.Fold[end] == ".") && !d.dash(end) {
			end++
		}
		v := passage.Voice{Speaker: &contrechamp.Speaker{}}
		words := d.labelWords(i, end)
		if titled {
			d.calledUntitled(&v, i, words)
		} else if loud {
			v.Speaker.Names = []string{d.Words(d.pastArticle(p, p.First), min(end, d.labelStop(i, p.End))), words}
		} else {
			v.Speaker.Names = []string{words}
			d.groupBehind(&v, d.labelStop(i, p.End), p.End)
		}
		if lines == nil {
			lines = map[int]passage.Voice{}
		}
		lines[i] = v
		often[words]++
		again = again || often[words] > 1
	}
	if len(lines) < 2 || !talk && (len(lines) < leastLines || !again) {
		for i := range lines { // names over quotations need not come back
			if i+1 >= len(d.Paragraphs) || !d.quotedWhole(i+1) {
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
func (d *Doc) pastTime(p *passage.Paragraph) int {
	t, colons := p.First, 0
	for t < p.End && (d.Tokens[t].Kind == word.Number || d.Fold[t] == ":" || d.Fold[t] == "[" || d.Fold[t] == "]" || d.Fold[t] == "(" || d.Fold[t] == ")") {
		if d.Fold[t] == ":" {
			colons++
		} else if strings.Contains(d.Fold[t], ":") {
			colons++ // "00:01" is one token
		}
		t++
	}
	if colons == 0 {
		return p.First
	}
	return t
}

// officeLine is who speaks below a line that ends with a colon and names an office: "Interviene el concejal Luis Ruel:", "Secretario:".
func (d *Doc) officeLine(para int) (passage.Voice, bool) {
	const longest = 10 // tokens
	p := &d.Paragraphs[para]
	if p.End-p.First < 2 || p.End-p.First > longest || d.Fold[p.End-1] != ":" || !d.Tokens[p.First].Upper || p.Role == contrechamp.RoleItem {
		return passage.Voice{}, false
	}
	s := passage.Sentence{First: p.First, End: p.End - 1, Para: para}
	d.Units(&s, d.ByPara[para])
	const reach = 3 // units: "Interviene el"
	for u := 0; u < len(s.Units) && u < reach; u++ {
		if _, w := d.officeAt(&s, u); w > 0 {
			v, end, ok := d.roleSpeaker(&s, u)
			if !ok || d.goesBeyond(&s, end) || len(v.Speaker.Names) == 0 {
				return passage.Voice{}, false
			}
			return v, true
		}
	}
	return passage.Voice{}, false
}

// shoutedLabel reports whether a line opens with two capitals or an article and more in capitals: "LA PRÉSIDENTE, Mme Neri :".
func (d *Doc) shoutedLabel(p *passage.Paragraph) bool {
	const least = 4 // bytes of its second word
	second := d.Tokens[p.First+1]
	return naming.AllCapitals(d.Words(p.First, p.First+2)) && second.Kind == word.Word && second.End-second.Start >= least
}

// groupBehind adds the group or the office that stands in brackets or behind a comma in tokens [t, end): "Anne Lagarde (liste Ensemble)".
func (d *Doc) groupBehind(v *passage.Voice, t, end int) {
	for t < end && d.Tokens[t].Kind != word.Word {
		t++
	}
	last := t
	for last < end && d.Fold[last] != ")" && d.Fold[last] != "," && !d.dash(last) {
		last++
	}
	for ; t < last; t++ {
		if d.Tokens[t].Upper || t+1 == last {
			v.Speaker.Names = append(v.Speaker.Names, d.Words(t, last)) // without "liste"
			return
		}
	}
}

// nameLine reports whether a paragraph is a person's name alone, with what stands in brackets or behind a comma, over a paragraph that says
// something.
func (d *Doc) nameLine(para int) bool {
	const least = 8 // tokens
	p := &d.Paragraphs[para]
	if para == 0 || para+1 >= len(d.Paragraphs) || d.Paragraphs[para+1].End-d.Paragraphs[para+1].First < least || d.Paragraphs[para].Role == contrechamp.RoleTitle {
		return false
	}
	end := p.First
	for end < p.End && d.Tokens[end].Kind == word.Word && d.Tokens[end].Upper {
		end++
	}
	if end-p.First < 2 || end-p.First > 4 || end < p.End && d.Fold[end] != "(" && d.Fold[end] != "," || naming.AllCapitals(d.Words(p.First, end)) {
		return false
	}
	for _, m := range d.ByPara[para] {
		if m.First == p.First && m.Kinds&(grammar.PER|grammar.NAME) == 0 {
			return false
		}
	}
	return !d.In(p.First, p.Grammar.Known.NotName)
}
