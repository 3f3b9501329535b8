package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/quantity"
)

// column is what the head of a column, or of a row, says that its cells hold.
type column struct {
	predicate  contrechamp.Predicate // none for what is nothing to us
	unit       string                // of devices, or of money that the cells do not name
	scale      float64               // of such money
	capability string                // that the cells affirm or deny
	beside     bool                  // another column tells of stages
	head       tableCell             // its words
}

func (c *column) known() bool { return c.predicate != "" }

// columnOf reads the head at cell n of a row. What a column counts stands behind what it tells of it: "supplier of the cameras" is a supplier.
func (d *doc) columnOf(head tableRow, n int) column {
	out := d.columnHeaded(head, n)
	out.head = head.cells[n]
	return out
}

func (d *doc) columnHeaded(head tableRow, n int) column {
	c := head.cells[n]
	if c.empty() || c.end-c.first > mostInCell {
		return column{}
	}
	p := &d.paras[head.para]
	k := &p.g.known
	for _, x := range [...]struct {
		class int32
		of    contrechamp.Predicate
	}{
		{k.columnOther, ""}, {k.columnVendor, contrechamp.Vendor}, {k.columnProduct, contrechamp.Product}, {k.columnOperator, contrechamp.Operator}, {k.columnProgramme, contrechamp.Programme},
		{k.columnSince, contrechamp.Since}, {k.columnCost, contrechamp.Cost}, {k.columnStatus, contrechamp.Status},
	} {
		if !d.has(c, x.class) || x.of == contrechamp.Status && d.capabilityIn(head.para, c) != "" {
			continue // "position on face recognition" tells whether it is used
		}
		out := column{predicate: x.of}
		if x.of == contrechamp.Cost {
			out.unit, out.scale = d.moneyOf(head.para, c)
		}
		return out
	}
	device, capability := d.deviceIn(k, c), d.capabilityIn(head.para, c)
	switch {
	case device == "" && d.has(c, k.columnCount):
		return column{predicate: contrechamp.DeviceCount}
	case device != "":
		return column{predicate: contrechamp.DeviceCount, unit: device, capability: capability}
	case capability != "":
		return column{predicate: contrechamp.Capability, capability: capability}
	case d.has(c, k.columnCapability):
		return column{predicate: contrechamp.Capability}
	}
	if id := d.shortCapability(k, c); id != "" {
		return column{predicate: contrechamp.Capability, capability: id}
	}
	if unit, scale := d.moneyOf(head.para, c); unit != "" {
		return column{predicate: contrechamp.Cost, unit: unit, scale: scale}
	}
	return column{}
}

// shortCapability is the capability that a head of few words means, "" for none.
func (d *doc) shortCapability(k *knownClasses, c tableCell) string {
	const longest = 3 // tokens
	if c.end-c.first > longest {
		return ""
	}
	for t := c.first; t < c.end; t++ {
		for _, h := range d.known[t].hits {
			if id := k.columnCan[h.class]; id != "" {
				return id
			}
		}
	}
	return ""
}

// capabilitySaid is the capability that a cell says with verbs, "" for none: "detects falls".
func (d *doc) capabilitySaid(c tableCell) string {
	i := d.sentenceOf(c.first)
	if i < 0 {
		return ""
	}
	s := &d.sents[i]
	from, to := d.unitAt(s, c.first), d.unitAt(s, c.end-1)+1
	id := ""
	d.matches(s, &d.grammarAt(s).sayings, func(m *match) {
		if id == "" && m.from >= from && m.to <= to {
			id = m.pattern.say.capability
		}
	})
	return id
}

// deviceIn is the unit of the devices that a cell names, "" for none.
func (d *doc) deviceIn(k *knownClasses, c tableCell) string {
	for t := c.first; t < c.end; t++ {
		for _, h := range d.known[t].hits {
			if unit := k.devices[h.class]; unit != "" {
				return unit
			}
		}
	}
	return ""
}

// capabilityIn is the capability that a cell names, "" for none.
func (d *doc) capabilityIn(para int, c tableCell) string {
	found := ""
	d.eachIn(para, c, func(m *mention) {
		if m.kinds&kCAP != 0 {
			found = m.capability
		}
	})
	return found
}

// moneyOf is the currency that the head of a column names for its cells, "Coût (k€)", and its scale.
func (d *doc) moneyOf(para int, c tableCell) (unit string, scale float64) {
	scale = 1
	language := d.paras[para].g.language
	for t := c.first; t < c.end; t++ {
		currency, symbol, times := quantity.Denomination(d.fold[t], language)
		if currency != "" || symbol != "" {
			unit = d.currency(&mention{first: t, end: t + 1, kinds: kMON, quantity: &quantity.Found{Currency: currency, Symbol: symbol}})
		}
		if times == 1 && d.fold[t] == "m" {
			times = 1e6 // "M€": elsewhere a metre in some languages
		}
		scale *= times
	}
	return unit, scale
}
