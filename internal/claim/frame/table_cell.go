package frame

import (
	"cmp"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// What the cells of a table say, under what heads their columns.

// cellValue is what a cell says under its column, and how.
func (d *Doc) cellValue(col *column, r passage.TableRow, n int, manner contrechamp.Modality) (contrechamp.Value, contrechamp.Modality, bool) {
	c := r.Cells[n]
	switch col.predicate {
	case contrechamp.DeviceCount:
		unit := col.unit
		for of := 0; unit == "" && of < len(r.Cells); of++ { // "Number" counts what the row names
			unit = d.deviceIn(&d.Paragraphs[r.Para].Grammar.Known, r.Cells[of])
		}
		if unit == "" {
			break
		}
		if m := d.only(r.Para, c, grammar.NUM); m != nil && m.Quantity.Number >= 1 && m.Quantity.Number == float64(int64(m.Quantity.Number)) {
			return contrechamp.Value{Number: m.Quantity.Number, Unit: unit, Qualifier: m.Quantity.Qualifier}, manner, true
		}
		if n, ok := d.plainNumber(c); ok && n >= 1 { // prose reads "Lyon 570" as a name, and 2012 as a year
			return contrechamp.Value{Number: n, Unit: unit, Qualifier: contrechamp.Exactly}, manner, true
		}
	case contrechamp.Cost:
		if m := d.only(r.Para, c, grammar.MON); m != nil {
			v := contrechamp.Value{Number: m.Quantity.Number, Unit: d.currency(m), Qualifier: m.Quantity.Qualifier}
			return v, manner, v.Unit != ""
		}
		if m := d.only(r.Para, c, grammar.NUM); m != nil && col.unit != "" {
			return contrechamp.Value{Number: m.Quantity.Number * col.scale, Unit: col.unit, Qualifier: m.Quantity.Qualifier}, manner, true
		}
		if n, ok := d.plainNumber(c); ok && col.unit != "" {
			return contrechamp.Value{Number: n * col.scale, Unit: col.unit, Qualifier: contrechamp.Exactly}, manner, true
		}
	case contrechamp.Since:
		if m := d.only(r.Para, c, grammar.DAT); m != nil && !m.Date.Date.IsZero() {
			return contrechamp.Value{Date: m.Date.Date}, manner, true
		}
		if year, ok := d.plainYear(c); ok {
			return contrechamp.Value{Date: contrechamp.Date{Year: year}}, manner, true
		}
	case contrechamp.Status:
		if stage := d.stageIn(r, n); stage != "" {
			if stage != "planned" {
				manner = contrechamp.Asserted
			}
			return d.EntityValue(grammar.StageOf(stage)), manner, true
		}
	case contrechamp.Capability:
		return d.cellCapability(col, r, n, manner)
	case contrechamp.Vendor, contrechamp.Product, contrechamp.Operator, contrechamp.Programme:
		if e := d.cellName(col.predicate, r, n); e != nil {
			return d.EntityValue(e), manner, true
		}
	}
	return contrechamp.Value{}, manner, false
}

// cellCapability is the capability that a cell names, or affirms or denies for its column.
func (d *Doc) cellCapability(col *column, r passage.TableRow, n int, manner contrechamp.Modality) (contrechamp.Value, contrechamp.Modality, bool) {
	c := r.Cells[n]
	k := &d.Paragraphs[r.Para].Grammar.Known
	id := col.capability
	if id == "" {
		if id = d.capabilityIn(r.Para, c); id == "" {
			id = d.capabilitySaid(c)
		}
	} else {
		switch stage := d.stageIn(r, n); {
		case stage == "planned":
			manner = contrechamp.Planned
		case stage == "ended", d.has(c, k.No), d.has(c, k.ColumnNo):
			manner = contrechamp.Denied
		case stage != "", d.has(c, k.Yes), d.has(c, k.ColumnYes), d.marked(c):
		default:
			return contrechamp.Value{}, manner, false
		}
	}
	e := d.Knows.Capabilities[id]
	if e == nil {
		return contrechamp.Value{}, manner, false
	}
	return d.EntityValue(e), manner, true
}

// marked reports whether a cell holds a tick and nothing else.
func (d *Doc) marked(c passage.TableCell) bool {
	if c.End != c.First+1 {
		return false
	}
	switch d.Fold[c.First] {
	case "x", "✓", "✔", "•", "●", "+":
		return true
	}
	return false
}

// stageIn is the stage that cell n of a row says, "" for none.
func (d *Doc) stageIn(r passage.TableRow, n int) string {
	c := r.Cells[n]
	k := &d.Paragraphs[r.Para].Grammar.Known
	for _, x := range [...]struct {
		class int32
		stage string
	}{{k.ColumnPlanned, "planned"}, {k.ColumnTrial, "trial"}, {k.ColumnSuspended, "suspended"}, {k.ColumnEnded, "ended"}, {k.ColumnRunning, "operational"}} {
		if d.has(c, x.class) {
			return x.stage
		}
	}
	return ""
}

// eachIn calls f for the mentions within a cell, those too that a longer one over several cells hides.
func (d *Doc) eachIn(para int, c passage.TableCell, f func(*passage.Mention)) {
	for _, list := range [...][]*passage.Mention{d.ByPara[para], d.Hidden[para]} {
		from, _ := slices.BinarySearchFunc(list, c.First, func(m *passage.Mention, t int) int { return cmp.Compare(m.First, t) })
		for _, m := range list[from:] {
			d.Steps++
			if m.First >= c.End {
				break
			}
			if m.End <= c.End {
				f(m)
			}
		}
	}
}

// only is the one mention of some kind in a cell, nil for none or several.
func (d *Doc) only(para int, c passage.TableCell, kinds grammar.Kind) *passage.Mention {
	var found *passage.Mention
	several := false
	d.eachIn(para, c, func(m *passage.Mention) {
		if m.Kinds&kinds == 0 || kinds&(grammar.NUM|grammar.MON) != 0 && m.Quantity == nil || kinds&grammar.DAT != 0 && m.Date == nil {
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
func (d *Doc) plainNumber(c passage.TableCell) (float64, bool) {
	const longest = 12 // digits
	n, digits, group := 0.0, 0, 0
	text := d.Words(c.First, c.End)
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
func (d *Doc) lastYear(c passage.TableCell) (int, bool) {
	if c.Empty() {
		return 0, false
	}
	return d.plainYear(passage.TableCell{First: c.End - 1, End: c.End})
}

// plainYear is a cell of four digits that may be a year.
func (d *Doc) plainYear(c passage.TableCell) (int, bool) {
	if c.End != c.First+1 {
		return 0, false
	}
	w := d.Fold[c.First]
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
func (d *Doc) somebody(para int, c passage.TableCell) bool {
	if c.Empty() {
		return false
	}
	person := naming.GivenNames()[d.Fold[c.First]] && c.End > c.First+1 || d.has(c, d.Paragraphs[para].Grammar.Known.Title)
	d.eachIn(para, c, func(m *passage.Mention) { person = person || m.Kinds&grammar.PER != 0 })
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
func (d *Doc) namesPersons(c passage.TableCell) bool {
	for t := c.First; t < c.End; t++ {
		if personHeads[d.Fold[t]] {
			return true
		}
	}
	return false
}

// cellName is what a cell names: what the lexicon or the text knows it for, else a name of its words.
func (d *Doc) cellName(p contrechamp.Predicate, r passage.TableRow, n int) *contrechamp.Entity {
	c := r.Cells[n]
	kinds, kind := grammar.CO, contrechamp.KindCompany
	switch p {
	case contrechamp.Product:
		kinds, kind = grammar.PRD, contrechamp.KindProduct
	case contrechamp.Programme:
		kinds, kind = grammar.PRG, contrechamp.KindProgramme
	case contrechamp.Operator:
		kinds, kind = grammar.POL|grammar.CO|grammar.ORG|grammar.AUT, contrechamp.KindOrganisation
	}
	var found *contrechamp.Entity
	d.eachIn(r.Para, c, func(m *passage.Mention) {
		if found == nil && m.Kinds&kinds != 0 && m.Entity != nil {
			found = m.Entity
		}
	})
	if found != nil {
		return d.Keep(found)
	}
	const longest = 5
	if c.End-c.First > longest || !d.Tokens[c.First].Upper || d.FigureOnly(c) || d.somebody(r.Para, c) {
		return nil
	}
	return d.Made(kind, naming.Squeezed(d.Words(c.First, c.End)))
}
