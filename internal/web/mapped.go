package web

import (
	"strconv"

	"contrechamp.org/contrechamp"
)

// mapped is the part of a place's dossier that sets claimed numbers of cameras beside mapped ones.
type mapped struct {
	*voice
	Gaps   []gapLine
	Places []mappedLine
}

// gapLine is one claimed number beside the mapped one.
type gapLine struct {
	Claimed string
	Who     string
	Date    string
	Link    string // of the claim, on the same page
	Mapped  string
}

// mappedLine is a boundary with its cameras.
type mappedLine struct {
	Name, Count, Link string
	Day               string // of the latest extract; "" when no camera is mapped
}

// mapped is nil where no extract of the place was imported.
func (r *request) mapped(d contrechamp.Dossier) *mapped {
	if len(d.Mapped) == 0 {
		return nil
	}
	m := &mapped{voice: r.voice}
	for _, g := range d.Gaps() {
		l := r.Line(g.Claim)
		line := gapLine{Claimed: l.Value, Who: l.Who, Date: l.When, Link: "#" + l.ID, Mapped: r.N("count.mapped", g.Mapped.Cameras)}
		if line.Date == "" {
			line.Date = l.Date
		}
		m.Gaps = append(m.Gaps, line)
	}
	for _, c := range d.Mapped {
		line := mappedLine{Name: c.Place.Name + " (admin_level " + strconv.Itoa(c.Place.Level) + ")", Count: r.N("count.mapped", c.Cameras),
			Link: "https://www.openstreetmap.org/" + c.Place.ID}
		if !c.AsOf.IsZero() {
			line.Day = r.Day(c.AsOf)
		}
		m.Places = append(m.Places, line)
	}
	return m
}
