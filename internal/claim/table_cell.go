package claim

import (
	"cmp"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// What the cells of a table say, under what heads their columns.

// cellValue is what a cell says under its column, and how.
func (d *doc) cellValue(col *column, r tableRow, n int, manner contrechamp.Modality) (contrechamp.Value, contrechamp.Modality, bool) {
	c := r.cells[n]
	switch col.predicate {
	case contrechamp.DeviceCount:
		unit := col.unit
		for of := 0; unit == "" && of < len(r.cells); of++ { // "Number" counts what the row names
			unit = d.deviceIn(&d.paras[r.para].g.known, r.cells[of])
		}
		if unit == "" {
			break
		}
		if m := d.only(r.para, c, kNUM); m != nil && m.quantity.Number >= 1 && m.quantity.Number == float64(int64(m.quantity.Number)) {
			return contrechamp.Value{Number: m.quantity.Number, Unit: unit, Qualifier: m.quantity.Qualifier}, manner, true
		}
		if n, ok := d.plainNumber(c); ok && n >= 1 { // prose reads "Lyon 570" as a name, and 2012 as a year
			return contrechamp.Value{Number: n, Unit: unit, Qualifier: contrechamp.Exactly}, manner, true
		}
	case contrechamp.Cost:
		if m := d.only(r.para, c, kMON); m != nil {
			v := contrechamp.Value{Number: m.quantity.Number, Unit: d.currency(m), Qualifier: m.quantity.Qualifier}
			return v, manner, v.Unit != ""
		}
		if m := d.only(r.para, c, kNUM); m != nil && col.unit != "" {
			return contrechamp.Value{Number: m.quantity.Number * col.scale, Unit: col.unit, Qualifier: m.quantity.Qualifier}, manner, true
		}
		if n, ok := d.plainNumber(c); ok && col.unit != "" {
			return contrechamp.Value{Number: n * col.scale, Unit: col.unit, Qualifier: contrechamp.Exactly}, manner, true
		}
	case contrechamp.Since:
		if m := d.only(r.para, c, kDAT); m != nil && !m.date.Date.IsZero() {
			return contrechamp.Value{Date: m.date.Date}, manner, true
		}
		if year, ok := d.plainYear(c); ok {
			return contrechamp.Value{Date: contrechamp.Date{Year: year}}, manner, true
		}
	case contrechamp.Status:
		if stage := d.stageIn(r, n); stage != "" {
			if stage != "planned" {
				manner = contrechamp.Asserted
			}
			return d.entityValue(stageOf(stage)), manner, true
		}
	case contrechamp.Capability:
		return d.cellCapability(col, r, n, manner)
	case contrechamp.Vendor, contrechamp.Product, contrechamp.Operator, contrechamp.Programme:
		if e := d.cellName(col.predicate, r, n); e != nil {
			return d.entityValue(e), manner, true
		}
	}
	return contrechamp.Value{}, manner, false
}

// cellCapability is the capability that a cell names, or affirms or denies for its column.
func (d *doc) cellCapability(col *column, r tableRow, n int, manner contrechamp.Modality) (contrechamp.Value, contrechamp.Modality, bool) {
	c := r.cells[n]
	k := &d.paras[r.para].g.known
	id := col.capability
	if id == "" {
		if id = d.capabilityIn(r.para, c); id == "" {
			id = d.capabilitySaid(c)
		}
	} else {
		switch stage := d.stageIn(r, n); {
		case stage == "planned":
			manner = contrechamp.Planned
		case stage == "ended", d.has(c, k.no), d.has(c, k.columnNo):
			manner = contrechamp.Denied
		case stage != "", d.has(c, k.yes), d.has(c, k.columnYes), d.marked(c):
		default:
			return contrechamp.Value{}, manner, false
		}
	}
	e := d.e.capabilities[id]
	if e == nil {
		return contrechamp.Value{}, manner, false
	}
	return d.entityValue(e), manner, true
}

// marked reports whether a cell holds a tick and nothing else.
func (d *doc) marked(c tableCell) bool {
	if c.end != c.first+1 {
		return false
	}
	switch d.fold[c.first] {
	case "x", "✓", "✔", "•", "●", "+":
		return true
	}
	return false
}

// stageIn is the stage that cell n of a row says, "" for none.
func (d *doc) stageIn(r tableRow, n int) string {
	c := r.cells[n]
	k := &d.paras[r.para].g.known
	for _, x := range [...]struct {
		class int32
		stage string
	}{{k.columnPlanned, "planned"}, {k.columnTrial, "trial"}, {k.columnSuspended, "suspended"}, {k.columnEnded, "ended"}, {k.columnRunning, "operational"}} {
		if d.has(c, x.class) {
			return x.stage
		}
	}
	return ""
}

// eachIn calls f for the mentions within a cell, those too that a longer one over several cells hides.
func (d *doc) eachIn(para int, c tableCell, f func(*mention)) {
	for _, list := range [...][]*mention{d.byPara[para], d.hidden[para]} {
		from, _ := slices.BinarySearchFunc(list, c.first, func(m *mention, t int) int { return cmp.Compare(m.first, t) })
		for _, m := range list[from:] {
			d.steps++
			if m.first >= c.end {
				break
			}
			if m.end <= c.end {
				f(m)
			}
		}
	}
}

// only is the one mention of some kind in a cell, nil for none or several.
func (d *doc) only(para int, c tableCell, kinds kind) *mention {
	var found *mention
	several := false
	d.eachIn(para, c, func(m *mention) {
		if m.kinds&kinds == 0 || kinds&(kNUM|kMON) != 0 && m.quantity == nil || kinds&kDAT != 0 && m.date == nil {
			return
		}
		several = several || found != nil
		found = m
	})
	if several {
		return nil
	}
	return found
}

// plainNumber is a cell that is a whole number, in groups of three or not.
func (d *doc) plainNumber(c tableCell) (float64, bool) {
	const longest = 12 // digits
	n, digits, group := 0.0, 0, 0
	text := d.words(c.first, c.end)
	for i := range len(text) {
		switch b := text[i]; {
		case b >= '0' && b <= '9':
			n = 10*n + float64(b-'0')
			digits++
			group++
		case digits > 0 && (b == ' ' || b == '.' || b == ',' || b == '\'' || b >= 0x80):
			if digits > 3 && group != 3 && group != 0 {
				return 0, false
			}
			group = 0
		default:
			return 0, false
		}
	}
	return n, digits > 0 && digits <= longest && (group == digits || group == 3)
}

// lastYear is the year that a cell ends with, "in service since 2019".
func (d *doc) lastYear(c tableCell) (int, bool) {
	if c.empty() {
		return 0, false
	}
	return d.plainYear(tableCell{c.end - 1, c.end})
}

// plainYear is a cell of four digits that may be a year.
func (d *doc) plainYear(c tableCell) (int, bool) {
	if c.end != c.first+1 {
		return 0, false
	}
	w := d.fold[c.first]
	if len(w) != 4 || w[0] != '1' && w[0] != '2' {
		return 0, false
	}
	year := 0
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return 0, false
		}
		year = 10*year + int(w[i]-'0')
	}
	return year, year >= 1950 && year < 2100
}

// somebody reports whether a cell names a person: nothing is claimed of those, and they run nothing.
func (d *doc) somebody(para int, c tableCell) bool {
	if c.empty() {
		return false
	}
	person := givenNames()[d.fold[c.first]] && c.end > c.first+1 || d.has(c, d.paras[para].g.known.title)
	d.eachIn(para, c, func(m *mention) { person = person || m.kinds&kPER != 0 })
	return person
}

// personHeads head columns that may hold persons' names. They are in no class of the rule files: a class would be a hint to all that is fitted.
var personHeads = map[string]bool{
	"nom": true, "noms": true, "prenom": true, "agent": true, "agente": true, "employe": true, "employes": true,
	"name": true, "names": true, "employee": true, "officer": true, "holder": true, "vorname": true, "mitarbeiter": true,
	"nombre": true, "nombres": true, "apellido": true, "apellidos": true, "empleado": true,
	"nome": true, "nomi": true, "cognome": true, "dipendente": true,
}

// namesPersons reports whether the head of a column may say that persons are named below: of those rows only a place that is known counts.
func (d *doc) namesPersons(c tableCell) bool {
	for t := c.first; t < c.end; t++ {
		if personHeads[d.fold[t]] {
			return true
		}
	}
	return false
}

// cellName is what a cell names: what the lexicon or the text knows it for, else a name of its words.
func (d *doc) cellName(p contrechamp.Predicate, r tableRow, n int) *contrechamp.Entity {
	c := r.cells[n]
	kinds, kind := kCO, contrechamp.KindCompany
	switch p {
	case contrechamp.Product:
		kinds, kind = kPRD, contrechamp.KindProduct
	case contrechamp.Programme:
		kinds, kind = kPRG, contrechamp.KindProgramme
	case contrechamp.Operator:
		kinds, kind = kPOL|kCO|kORG|kAUT, contrechamp.KindOrganisation
	}
	var found *contrechamp.Entity
	d.eachIn(r.para, c, func(m *mention) {
		if found == nil && m.kinds&kinds != 0 && m.entity != nil {
			found = m.entity
		}
	})
	if found != nil {
		return d.keep(found)
	}
	const longest = 5
	if c.end-c.first > longest || !d.toks[c.first].Upper || d.figureOnly(c) || d.somebody(r.para, c) {
		return nil
	}
	return d.made(kind, squeezed(d.words(c.first, c.end)))
}
