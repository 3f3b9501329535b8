package office

import (
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// pack is an OOXML package (ISO/IEC 29500-2) whose main part has been found.
type pack struct {
	*archive
	main       []byte
	links      map[string]relation // of the main part
	properties flow.Document       // with title, author and dates
}

// openPackage opens a package whose main part usually has the name main; what says what it should hold.
func openPackage(b []byte, main, what string) (pack, error) {
	a, err := openZip(b)
	if err != nil {
		return pack{}, err
	}
	p := pack{archive: a}
	if !a.has(main) {
		main = a.mainPart()
	}
	if p.main, err = a.part(main); err != nil {
		return pack{}, err
	}
	if p.main == nil {
		return pack{}, flow.Refuse("the file is damaged: it has no %s inside", what)
	}
	if p.links, err = a.relations(main); err != nil {
		return pack{}, err
	}
	return p, a.properties(&p.properties)
}

// mainPart finds the main part of a package by the package's own relations.
func (a *archive) mainPart() string {
	links, err := a.relations("")
	if err != nil {
		return ""
	}
	for _, l := range links {
		if l.kind == "officeDocument" {
			return l.target
		}
	}
	return ""
}

// properties reads title, author and dates of an OOXML package.
func (a *archive) properties(d *flow.Document) error {
	b, err := a.part("docProps/core.xml")
	if err != nil || b == nil {
		return err
	}
	s := newScanner(b)
	for k := s.next(); k != atEnd; k = s.next() {
		if k != open || s.empty {
			continue
		}
		switch string(s.name) {
		case "dc:title":
			d.Title = flow.Clean(string(s.inner(nil)))
		case "dc:creator":
			d.Author = flow.Clean(string(s.inner(nil)))
		case "dcterms:created":
			d.Published = dayOf(string(s.inner(nil)))
		case "dcterms:modified":
			d.Updated = dayOf(string(s.inner(nil)))
		}
	}
	return s.err
}

// dayOf reads the day of an ISO 8601 date and time; the zero Date when it is none.
func dayOf(s string) contrechamp.Date {
	s = strings.TrimSpace(s)
	d, err := contrechamp.ParseDate(s[:min(len(s), len("2006-01-02"))])
	if err != nil {
		return contrechamp.Date{}
	}
	return d
}
