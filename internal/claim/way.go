package claim

// wayOf is the way of an attribution by the word at token t.
func (d *speechDoc) wayOf(t int) way {
	k := &d.paras[d.paraOf(t)].g.known
	switch {
	case d.in(t, k.selon), d.in(t, k.selonOwn), d.in(t, k.selonBehind), d.in(t, k.byCount), d.in(t, k.forOne):
		return bySource
	case d.in(t, k.said):
		return bySaying
	case d.in(t, k.so):
		return bySo
	}
	return byObject
}

// heardBy notes it in all sentences.
func (d *speechDoc) heardBy(by way) {
	for i := range d.sents {
		d.sents[i].heardBy(by)
	}
}
