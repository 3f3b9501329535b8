package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Who wrote a text stands in its first lines or its last: the body of a letterhead, the name under a letter. Nothing in a sentence says so.

// pageName is a person, a body or a whole line at the head or the foot of a text.
type pageName struct {
	first, end int
	m          *mention // nil for a line that names nobody known
	features   []tellerFeature
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
func (d *speechDoc) pageNames() []pageName {
	if d.pageDone {
		return d.page
	}
	d.pageDone = true
	d.selves()
	n := len(d.paras)
	head, foot := 0, 0
	salutes := false
	for i := 0; i < min(n, 2+headParas); i++ {
		if p := &d.paras[i]; p.end-p.first >= 2 && p.end-p.first <= 7 && d.fold[p.end-1] == "," {
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
func (d *speechDoc) namesOfLine(para, most int, line, prose tellerFeature, salutes bool) int {
	p := &d.paras[para]
	if p.end <= p.first {
		return 0
	}
	short := p.end-p.first <= longestOfPage
	count := 0
	add := func(first, end int, m *mention) {
		if count >= most {
			return
		}
		count++
		x := pageName{first: first, end: end, m: m}
		is := func(f tellerFeature) { x.features = append(x.features, f) }
		kind := sortName
		if m != nil {
			kind = sortOf(m.kinds)
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
		if para == len(d.paras)-1 {
			is(tellerLastLine)
		}
		if first == p.first {
			is(tellerOpensLine[where])
			if end == p.end {
				is(tellerWholeLine[where])
			}
		}
		switch p.role {
		case contrechamp.RoleTitle:
			is(tellerTitleLine)
		case contrechamp.RoleHeading:
			is(tellerHeadingLine)
		case contrechamp.RoleMeta:
			is(tellerMetaLine)
		}
		d.page = append(d.page, x)
	}
	for _, m := range d.byPara[para] {
		if m.kinds&speakerKinds != 0 && m.entity != nil || m.kinds&kNAME != 0 && short && m.end-m.first > 1 && m.end-m.first < 5 {
			add(m.first, m.end, m)
		}
	}
	const longestName = 7 // tokens
	if count == 0 && short && p.end-p.first <= longestName && p.end-p.first > 1 && d.toks[p.first].Upper && d.toks[p.end-1].Kind == word.Word {
		add(p.first, p.end, nil)
	}
	return count
}

// selves counts how much of the text, outside quotations, speaks of itself: "we", "notre".
func (d *speechDoc) selves() {
	n, all := 0, 0
	for i := range d.sents {
		s := &d.sents[i]
		k := &d.grammarAt(s).known
		if k.ourselves == noClass || d.quoted[s.first] > 0 {
			continue
		}
		all++
		for t := s.first; t < s.end && d.holds(s, k.ourselves); t++ {
			if d.quoted[t] == 0 && d.in(t, k.ourselves) {
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
func sortOf(kinds kind) tellerSort {
	switch {
	case kinds&kPER != 0:
		return sortPerson
	case kinds&kCO != 0:
		return sortFirm
	case kinds&kAUT != 0:
		return sortAuthority
	case kinds&kPOL != 0:
		return sortPolice
	case kinds&kORG != 0:
		return sortOrganisation
	}
	return sortName
}

// speakerOfPage is the speaker whom a line of the head or the foot names: with the other names of the line, for "Ada Neri, Riverside League" is
// one speaker.
func (d *speechDoc) speakerOfPage(p *pageName) *contrechamp.Speaker {
	s := sentence{first: p.first, end: p.end, para: d.paraOf(p.first)}
	if p.m != nil {
		s.end = d.paras[s.para].end
		d.units(&s, d.byPara[s.para][d.mentionAt(s.para, p.m):])
		if len(s.units) > 0 && s.units[0].mention == p.m {
			return d.speakerWith(&s, 0).speaker
		}
	}
	return &contrechamp.Speaker{Names: []string{d.words(p.first, p.end)}}
}

// mentionAt is the place of a mention among those of its paragraph.
func (d *speechDoc) mentionAt(para int, m *mention) int {
	for i, o := range d.byPara[para] {
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
			t = c.add(teller{unit: -1, who: -1, page: p})
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
		if c.heard != nil && t.v != c.heard {
			c.has(t, tellerPageCovered[where])
		}
	}
}

// called is who is listed already by a name of the page, nil for nobody.
func (c *tellerList) called(p *pageName) *teller {
	for i := range c.list {
		t := &c.list[i]
		switch {
		case t.v != nil && p.m != nil && p.m.entity != nil && (t.v.entity == p.m.entity || slices.Contains(t.v.speaker.Names, p.m.entity.Name)):
			return t
		case t.v != nil && slices.Contains(t.v.speaker.Names, c.d.words(p.first, p.end)):
			return t
		case t.page != nil && t.page.m != nil && p.m != nil && t.page.m.entity != nil && t.page.m.entity == p.m.entity:
			return t
		case t.unit >= 0 && p.m != nil && p.m.entity != nil && c.x.s.units[t.unit].mention.entity == p.m.entity:
			return t
		}
	}
	return nil
}
