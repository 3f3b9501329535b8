package speech

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Who wrote a text stands in its first lines or its last: the body of a letterhead, the name under a letter. Nothing in a sentence says so.

// PageName is a person, a body or a whole line at the head or the foot of a text.
type PageName struct {
	first, end int
	m          *passage.Mention // nil for a line that names nobody known
	features   []passage.TellerFeature
}

// bounds of the head and the foot: paragraphs, tokens of a line that is no prose, and names of each.
const (
	headParas     = 6
	footParas     = 4
	longestOfPage = 14
	mostOfHead    = 4
	mostOfFoot    = 3
)

// pageNames are those of the text, found once.
func (d *Doc) pageNames() []PageName {
	if d.pageDone {
		return d.page
	}
	d.pageDone = true
	d.selves()
	n := len(d.Paragraphs)
	head, foot := 0, 0
	salutes := false
	for i := 0; i < min(n, 2+headParas); i++ {
		if p := &d.Paragraphs[i]; p.End-p.First >= 2 && p.End-p.First <= 7 && d.Fold[p.End-1] == "," {
			salutes = true
		}
	}
	for i := 0; i < min(n, headParas) && head < mostOfHead; i++ {
		head += d.namesOfLine(i, mostOfHead-head, tellerHeadLine, tellerHeadProse, salutes)
	}
	for i := n - 1; i >= max(headParas, n-footParas) && foot < mostOfFoot; i-- {
		foot += d.namesOfLine(i, mostOfFoot-foot, tellerFootLine, tellerFootProse, salutes)
	}
	return d.page
}

// namesOfLine adds the names of a paragraph of the head or the foot, most of them at most, and answers how many.
func (d *Doc) namesOfLine(para, most int, line, prose passage.TellerFeature, salutes bool) int {
	p := &d.Paragraphs[para]
	if p.End <= p.First {
		return 0
	}
	short := p.End-p.First <= longestOfPage
	count := 0
	add := func(first, end int, m *passage.Mention) {
		if count >= most {
			return
		}
		count++
		x := PageName{first: first, end: end, m: m}
		is := func(f passage.TellerFeature) { x.features = append(x.features, f) }
		kind := sortName
		if m != nil {
			kind = sortOf(m.Kinds)
		}
		where := line
		if !short {
			where = prose
		}
		is(where)
		is(tellerPageSort[where][kind])
		is(tellerPageSelves[where][d.selvesLevel])
		if salutes {
			is(tellerPageSalutes[where])
		}
		if para == 0 {
			is(tellerFirstLine)
		}
		if para == len(d.Paragraphs)-1 {
			is(tellerLastLine)
		}
		if first == p.First {
			is(tellerOpensLine[where])
			if end == p.End {
				is(tellerWholeLine[where])
			}
		}
		switch p.Role {
		case contrechamp.RoleTitle:
			is(tellerTitleLine)
		case contrechamp.RoleHeading:
			is(tellerHeadingLine)
		case contrechamp.RoleMeta:
			is(tellerMetaLine)
		}
		d.page = append(d.page, x)
	}
	for _, m := range d.ByPara[para] {
		if m.Kinds&speakerKinds != 0 && m.Entity != nil || m.Kinds&grammar.NAME != 0 && short && m.End-m.First > 1 && m.End-m.First < 5 {
			add(m.First, m.End, m)
		}
	}
	const longestName = 7 // tokens
	if count == 0 && short && p.End-p.First <= longestName && p.End-p.First > 1 && d.Tokens[p.First].Upper && d.Tokens[p.End-1].Kind == word.Word {
		add(p.First, p.End, nil)
	}
	return count
}

// selves counts how much of the text, outside quotations, speaks of itself: "we", "notre".
func (d *Doc) selves() {
	n, all := 0, 0
	for i := range d.Sentences {
		s := &d.Sentences[i]
		k := &d.GrammarAt(s).Known
		if k.Ourselves == grammar.NoClass || d.Quoted[s.First] > 0 {
			continue
		}
		all++
		for t := s.First; t < s.End && d.Holds(s, k.Ourselves); t++ {
			if d.Quoted[t] == 0 && d.In(t, k.Ourselves) {
				n++
				break
			}
		}
	}
	switch {
	case n == 0:
		d.selvesLevel = 0
	case 10*n < all:
		d.selvesLevel = 1
	case 4*n < all:
		d.selvesLevel = 2
	default:
		d.selvesLevel = 3
	}
}

// sortOf is the sort of whom a mention names.
func sortOf(kinds grammar.Kind) passage.TellerSort {
	switch {
	case kinds&grammar.PER != 0:
		return sortPerson
	case kinds&grammar.CO != 0:
		return sortFirm
	case kinds&grammar.AUT != 0:
		return sortAuthority
	case kinds&grammar.POL != 0:
		return sortPolice
	case kinds&grammar.ORG != 0:
		return sortOrganisation
	}
	return sortName
}

// speakerOfPage is the speaker whom a line of the head or the foot names: with the other names of the line, for "Ada Neri, Riverside League" is
// one speaker.
func (d *Doc) speakerOfPage(p *PageName) *contrechamp.Speaker {
	s := passage.Sentence{First: p.first, End: p.end, Para: d.ParaOf(p.first)}
	if p.m != nil {
		s.End = d.Paragraphs[s.Para].End
		d.Units(&s, d.ByPara[s.Para][d.mentionAt(s.Para, p.m):])
		if len(s.Units) > 0 && s.Units[0].Mention == p.m {
			return d.speakerWith(&s, 0).Speaker
		}
	}
	return &contrechamp.Speaker{Names: []string{d.Words(p.first, p.end)}}
}

// mentionAt is the place of a mention among those of its paragraph.
func (d *Doc) mentionAt(para int, m *passage.Mention) int {
	for i, o := range d.ByPara[para] {
		if o == m {
			return i
		}
	}
	return 0
}

// ofPage adds whom the head and the foot of the text name.
func (c *tellerList) ofPage() {
	d := c.d
	names := d.pageNames()
	for i := range names {
		p := &names[i]
		t := c.called(p)
		if t == nil {
			if len(c.list) >= mostTellers {
				break
			}
			t = c.add(Teller{Unit: -1, who: -1, Page: p})
			c.has(t, tellerOnlyPage)
		}
		for _, f := range p.features {
			c.has(t, f)
		}
		where := p.features[0]
		if c.quoted {
			c.has(t, tellerPageQuoted[where])
		}
		if c.ourselves {
			c.has(t, tellerPageOurs[where])
		}
		if c.heard != nil && t.Voice != c.heard {
			c.has(t, tellerPageCovered[where])
		}
	}
}

// called is who is listed already by a name of the page, nil for nobody.
func (c *tellerList) called(p *PageName) *Teller {
	for i := range c.list {
		t := &c.list[i]
		switch {
		case t.Voice != nil && p.m != nil && p.m.Entity != nil && (t.Voice.Entity == p.m.Entity || slices.Contains(t.Voice.Speaker.Names, p.m.Entity.Name)):
			return t
		case t.Voice != nil && slices.Contains(t.Voice.Speaker.Names, c.d.Words(p.first, p.end)):
			return t
		case t.Page != nil && t.Page.m != nil && p.m != nil && t.Page.m.Entity != nil && t.Page.m.Entity == p.m.Entity:
			return t
		case t.Unit >= 0 && p.m != nil && p.m.Entity != nil && c.x.Sentence.Units[t.Unit].Mention.Entity == p.m.Entity:
			return t
		}
	}
	return nil
}
