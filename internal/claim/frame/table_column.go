package frame

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/quantity"
)

// column is what the head of a column, or of a row, says that its cells hold.
type column struct {
	predicate  contrechamp.Predicate // none for what is nothing to us
	unit       string                // of devices, or of money that the cells do not name
	scale      float64               // of such money
	capability string                // that the cells affirm or deny
	beside     bool                  // another column tells of stages
	head       passage.TableCell     // its words
}

func (c *column) known() bool { return c.predicate != "" }

// columnOf reads the head at cell n of a row. What a column counts stands behind what it tells of it: "supplier of the cameras" is a supplier.
func (d *Doc) columnOf(head passage.TableRow, n int) column {
	out := d.columnHeaded(head, n)
	out.head = head.Cells[n]
	return out
}

func (d *Doc) columnHeaded(head passage.TableRow, n int) column {
	c := head.Cells[n]
	if c.Empty() || c.End-c.First > mostInCell {
		return column{}
	}
	p := &d.Paragraphs[head.Para]
	k := &p.Grammar.Known
	for _, x := range [...]struct {
		class int32
		of    contrechamp.Predicate
	}{
		{k.ColumnOther, ""}, {k.ColumnVendor, contrechamp.Vendor}, {k.ColumnProduct, contrechamp.Product}, {k.ColumnOperator, contrechamp.Operator}, {k.ColumnProgramme, contrechamp.Programme},
		{k.ColumnSince, contrechamp.Since}, {k.ColumnCost, contrechamp.Cost}, {k.ColumnStatus, contrechamp.Status},
	} {
		if !d.has(c, x.class) || x.of == contrechamp.Status && d.capabilityIn(head.Para, c) != "" {
			continue // "position on face recognition" tells whether it is used
		}
		out := column{predicate: x.of}
		if x.of == contrechamp.Cost {
			out.unit, out.scale = d.moneyOf(head.Para, c)
		}
		return out
	}
	device, capability := d.deviceIn(k, c), d.capabilityIn(head.Para, c)
	switch {
	case device == "" && d.has(c, k.ColumnCount):
		return column{predicate: contrechamp.DeviceCount}
	case device != "":
		return column{predicate: contrechamp.DeviceCount, unit: device, capability: capability}
	case capability != "":
		return column{predicate: contrechamp.Capability, capability: capability}
	case d.has(c, k.ColumnCapability):
		return column{predicate: contrechamp.Capability}
	}
	if id := d.shortCapability(k, c); id != "" {
		return column{predicate: contrechamp.Capability, capability: id}
	}
	if unit, scale := d.moneyOf(head.Para, c); unit != "" {
		return column{predicate: contrechamp.Cost, unit: unit, scale: scale}
	}
	return column{}
}

// shortCapability is the capability that a head of few words means, "" for none.
func (d *Doc) shortCapability(k *grammar.KnownClasses, c passage.TableCell) string {
	const longest = 3 // tokens
	if c.End-c.First > longest {
		return ""
	}
	for t := c.First; t < c.End; t++ {
		for _, h := range d.Known[t].Hits {
			if id := k.ColumnCan[h.Class]; id != "" {
				return id
			}
		}
	}
	return ""
}

// capabilitySaid is the capability that a cell says with verbs, "" for none: "detects falls".
func (d *Doc) capabilitySaid(c passage.TableCell) string {
	i := d.sentenceOf(c.First)
	if i < 0 {
		return ""
	}
	s := &d.Sentences[i]
	from, to := d.UnitAt(s, c.First), d.UnitAt(s, c.End-1)+1
	id := ""
	d.Matches(s, &d.GrammarAt(s).Sayings, func(m *passage.Match) {
		if id == "" && m.From >= from && m.To <= to {
			id = m.Pattern.Say.Capability
		}
	})
	return id
}

// deviceIn is the unit of the devices that a cell names, "" for none.
func (d *Doc) deviceIn(k *grammar.KnownClasses, c passage.TableCell) string {
	for t := c.First; t < c.End; t++ {
		for _, h := range d.Known[t].Hits {
			if unit := k.Devices[h.Class]; unit != "" {
				return unit
			}
		}
	}
	return ""
}

// capabilityIn is the capability that a cell names, "" for none.
func (d *Doc) capabilityIn(para int, c passage.TableCell) string {
	found := ""
	d.eachIn(para, c, func(m *passage.Mention) {
		if m.Kinds&grammar.CAP != 0 {
			found = m.Capability
		}
	})
	return found
}

// moneyOf is the currency that the head of a column names for its cells, "Coût (k€)", and its scale.
func (d *Doc) moneyOf(para int, c passage.TableCell) (unit string, scale float64) {
	scale = 1
	language := d.Paragraphs[para].Grammar.Language
	for t := c.First; t < c.End; t++ {
		currency, symbol, times := quantity.Denomination(d.Fold[t], language)
		if currency != "" || symbol != "" {
			unit = d.currency(&passage.Mention{First: t, End: t + 1, Kinds: grammar.MON, Quantity: &quantity.Found{Currency: currency, Symbol: symbol}})
		}
		if times == 1 && d.Fold[t] == "m" {
			times = 1e6 // "M€": elsewhere a metre in some languages
		}
		scale *= times
	}
	return unit, scale
}
