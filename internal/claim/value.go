package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/word"
)

// value reads the value of a match at unit v.
func (d *doc) value(r *rule, s *sentence, v int, m *match) (contrechamp.Value, bool) {
	if r.constant != "" {
		e := r.stage
		if r.predicate == contrechamp.Capability {
			known := d.e.capabilities[r.constant]
			if known == nil {
				return contrechamp.Value{}, false
			}
			e = known
		}
		return d.entityValue(e), true
	}
	if r.voiced {
		return d.voicedValue(s, m)
	}
	if r.firmed {
		if e := d.companyBefore(s, d.tokenOf(s, m.from)); e != nil {
			return d.entityValue(e), true
		}
		return contrechamp.Value{}, false
	}
	if v < 0 || s.units[v].mention == nil {
		return contrechamp.Value{}, false
	}
	in := s.units[v].mention
	switch r.predicate.ValueKind() {
	case contrechamp.NumberValue:
		if in.quantity == nil {
			return contrechamp.Value{}, false
		}
		out := contrechamp.Value{Number: in.quantity.Number, Qualifier: in.quantity.Qualifier}
		switch {
		case in.kinds&kMON != 0:
			out.Unit = d.currency(in)
		case in.kinds&kPCT != 0:
			out.Unit = "percent"
		case r.predicate == contrechamp.PersonsTracked:
			out.Unit = "person"
		}
		return out, out.Unit != ""
	case contrechamp.DateValue:
		if in.date == nil {
			return contrechamp.Value{}, false
		}
		if in.date.Part == calendar.Now {
			return contrechamp.Value{}, false // "aujourd'hui" says when it is so, not since when
		}
		date := in.date.Date
		if !r.past && (d.planned(s, m.from, m.to) || d.nearer(in.date)) {
			date = in.date.Next
		}
		return contrechamp.Value{Date: date}, !date.IsZero()
	}
	e := in.entity
	if r.predicate == contrechamp.Capability {
		e = d.e.capabilities[in.capability] // what a programme's name says, not the programme
	}
	if e == nil && in.kinds&kNAME != 0 {
		e = d.nameAs(r.predicate, in)
	}
	if e == nil {
		return contrechamp.Value{}, false
	}
	if r.country && !d.e.isCountry(e) && !((d.e.isArea(e) || isRegionID(e.ID)) && r.predicate == contrechamp.Market) {
		return contrechamp.Value{}, false
	}
	if r.predicate == contrechamp.Vendor && e.Kind == contrechamp.KindProduct && len(in.others) == 0 {
		return contrechamp.Value{}, false // a product makes nothing
	}
	if r.predicate == contrechamp.Product && in.kinds&kCO != 0 && d.firmBefore(&d.paras[s.para], in.first) {
		return contrechamp.Value{}, false // "la société X"
	}
	if e.Kind == contrechamp.KindProduct && (r.predicate == contrechamp.Vendor) && len(in.others) > 0 {
		e = in.others[0]
	}
	return d.entityValue(e), true
}

// ahead reports whether what a match says begins after the document's day.
func (d *doc) ahead(s *sentence, m *match, value contrechamp.Value) bool {
	now := d.day
	if now.IsZero() {
		return false
	}
	if !value.Date.IsZero() {
		return later(value.Date, now)
	}
	for u := m.from; u < min(m.to+6, len(s.units)); u++ {
		in := s.units[u].mention
		if in == nil || in.date == nil || in.date.Part == calendar.Now || d.untilDate(s, u) {
			continue
		}
		date := in.date.Date
		if d.nearer(in.date) {
			date = in.date.Next
		}
		return later(date, now)
	}
	return false
}

// bygone reports whether what a match says began before the document's day: a date says so that is the value, or stands within it.
func (d *doc) bygone(s *sentence, m *match, value contrechamp.Value) bool {
	now := d.day
	if now.IsZero() {
		return false
	}
	if !value.Date.IsZero() {
		return later(now, value.Date)
	}
	for u := m.from; u < min(m.to+3, len(s.units)); u++ {
		if in := s.units[u].mention; in != nil && in.date != nil && in.date.Part != calendar.Now && in.date.Date == in.date.Next && !in.date.Date.IsZero() {
			return later(now, in.date.Date)
		}
	}
	return false
}

// untilDate reports whether the date at unit u is when something ends: "jusqu'au 31 mars".
func (d *doc) untilDate(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	for n := u - 1; n >= 0 && n >= u-3; n-- {
		if s.units[n].mention == nil && d.in(s.units[n].first, k.until) {
			return true
		}
	}
	return false
}

// later reports whether a lies wholly behind b: the year, the month or the day that both say is greater.
func later(a, b contrechamp.Date) bool {
	switch {
	case a.Year != b.Year:
		return a.Year > b.Year
	case a.Month == 0 || b.Month == 0:
		return false
	case a.Month != b.Month:
		return a.Month > b.Month
	}
	return a.Day != 0 && b.Day != 0 && a.Day > b.Day
}

// nearer reports whether a date that may be the last or the next one is the next: its day is said, no tense tells, and the next is
// much nearer to the document's day.
func (d *doc) nearer(f *calendar.Found) bool {
	now := d.day
	if f.Date == f.Next || f.Date.Month == 0 || f.Next.Month == 0 || now.Month == 0 {
		return false
	}
	months := func(a, b contrechamp.Date) int { return (b.Year-a.Year)*12 + b.Month - a.Month }
	return months(now, f.Next) <= 2 && months(f.Date, now) >= 9
}

// voicedValue is the body or person who says the sentence, where one does.
func (d *doc) voicedValue(s *sentence, m *match) (contrechamp.Value, bool) {
	start, _ := clause(s, m.from, m.from)
	for u := start; u <= m.from && u < len(s.units); u++ {
		if in := s.units[u].mention; in != nil && in.entity != nil && s.units[u].kinds&(kORG|kAUT) != 0 && !d.behindPreposition(s, u) && !d.saysHere(s, in) {
			return contrechamp.Value{}, false // somebody else found it so: "the regulator found it unlawful", she says
		}
	}
	v := d.voiceAt(s, s.units[m.from].first)
	if v == nil {
		if e := d.issuer(); e != nil {
			return d.entityValue(e), true
		}
	}
	if v == nil {
		return contrechamp.Value{}, false
	}
	if v.entity == nil {
		// who has only a label: "Ada Neri (Verts): ..."
		if n := v.speaker.Names; len(n) > 0 && word.StartsUpper(n[0]) && strings.Contains(n[0], " ") && v.at == 0 && !d.paras[s.para].g.nounsCapital {
			e := d.made(contrechamp.KindPerson, n[0], n[1:]...)
			return d.entityValue(e), true
		}
		return contrechamp.Value{}, false
	}
	switch v.entity.Kind {
	case contrechamp.KindPerson, contrechamp.KindAuthority:
	case contrechamp.KindOrganisation:
		if v.kinds&kPOL != 0 {
			return contrechamp.Value{}, false
		}
	default:
		return contrechamp.Value{}, false
	}
	out := d.entityValue(v.entity)
	for _, n := range v.speaker.Names {
		if !slices.Contains(out.Entity.Names, n) {
			out.Entity.Names = append(out.Entity.Names, n)
		}
	}
	return out, true
}

// saysHere reports whether a mention is of who says the sentence.
func (d *doc) saysHere(s *sentence, m *mention) bool {
	v := d.voiceAt(s, m.first)
	return v != nil && v.entity != nil && v.entity.ID == m.entity.ID
}

// nameAs makes an entity of a name of unknown kind, of the kind that the predicate wants.
func (d *doc) nameAs(p contrechamp.Predicate, m *mention) *contrechamp.Entity {
	k := contrechamp.KindOrganisation
	switch p {
	case contrechamp.Vendor, contrechamp.Owner:
		k = contrechamp.KindCompany
	case contrechamp.Product:
		k = contrechamp.KindProduct
	case contrechamp.Programme:
		k = contrechamp.KindProgramme
	case contrechamp.Market, contrechamp.Home:
		return nil
	}
	if p == contrechamp.Vendor && m.first > 0 {
		if d.toks[m.end-1].End-d.toks[m.first].Start < 2 {
			return nil // the T of "5T"
		}
		if g := d.paras[d.paraOf(m.first)].g; !g.nounsCapital && d.in(m.first-1, g.known.definite) {
			return nil // "l'IA", "les Ouïghours": a technique, a people
		}
	}
	m.entity = d.made(k, d.words(m.first, m.end))
	d.unresolved()
	if m.within == nil || m.within.entity != m.entity {
		d.count(m, m.entity)
	}
	if k == contrechamp.KindCompany && d.treatments(m) == 1 {
		d.firmFromHere(m)
	}
	return m.entity
}

// firmFromHere makes a firm of a name, there and in the sentences to come, once a rule has found it to supply or own: "The units come from X.
// Founded in 2008, it ...".
func (d *doc) firmFromHere(m *mention) {
	const ahead = 100 // sentences: a text of many names must not be gone through for each
	m.kinds |= kCO
	words := d.fold[m.first:m.end]
	at := d.sentenceAt(m.first) + 1
	for i := at; i < min(len(d.sents), at+ahead); i++ {
		s := &d.sents[i]
		for u := range s.units {
			d.steps++
			if in := s.units[u].mention; in != nil && in.kinds == kNAME && in.entity == nil && slices.Equal(d.fold[in.first:in.end], words) {
				in.kinds, in.entity = kCO, m.entity
				s.units[u].kinds, s.saysNone = kCO, false
			}
		}
	}
}

// namesakes are the currencies of other countries with the name of one: words leave out which at home.
var namesakes = map[string]map[string]string{
	"INR": {"PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "SC": "SCR"},
	"ZMW": {"MW": "MWK"},
	"RUB": {"BY": "BYN"},
	"PHP": {"BW": "BWP"},
}

// homeCurrencies are the currencies that a symbol or a word stands for, by country, and under "" elsewhere.
var homeCurrencies = map[string]map[string]string{
	"dollar":   {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "SG": "SGD", "JM": "JMD", "TT": "TTD", "BB": "BBD", "FJ": "FJD", "NA": "NAD", "": "USD"},
	"peso":     {"MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU"},
	"shilling": {"KE": "KES", "UG": "UGX", "TZ": "TZS"},
	"dinar":    {"RS": "RSD", "TN": "TND", "DZ": "DZD", "KW": "KWD", "JO": "JOD", "IQ": "IQD"},
	"dirham":   {"AE": "AED", "": "MAD"},
	"lira":     {"LB": "LBP", "": "TRY"},
	"¥":        {"JP": "JPY", "": "CNY"},
	"CFA":      cfaFrancs,
	"FCFA":     cfaFrancs,
	"franc": {"CD": "CDF", "GN": "GNF", "RW": "RWF", "CM": "XAF", "TD": "XAF", "GA": "XAF", "CG": "XAF", "CF": "XAF", "GQ": "XAF",
		"FR": "FRF", "BE": "BEF", "LU": "LUF", "SN": "XOF", "CI": "XOF", "ML": "XOF", "BF": "XOF", "NE": "XOF", "TG": "XOF", "BJ": "XOF", "GW": "XOF", "": "CHF"},
}

// cfaFrancs are those of central Africa and of the west.
var cfaFrancs = map[string]string{"CM": "XAF", "TD": "XAF", "GA": "XAF", "CG": "XAF", "CF": "XAF", "GQ": "XAF", "": "XOF"}

// currency is the unit of a sum; a bare "$" is that of the place.
func (d *doc) currency(m *mention) string {
	country := ""
	if d.main.entity != nil {
		country = d.main.entity.Country
	}
	if code := m.quantity.Currency; code != "" {
		if other, ok := namesakes[code][country]; ok {
			return other
		}
		return code
	}
	symbol := m.quantity.Symbol
	if symbol == "$" {
		symbol = "dollar"
		if homeCurrencies["peso"][country] != "" && !d.spelled(m, "dolar") && !d.spelled(m, "dollar") {
			symbol = "peso"
		}
	}
	if code, ok := homeCurrencies[symbol][country]; ok {
		return code
	}
	return homeCurrencies[symbol][""]
}

// spelled reports whether a word of a mention begins so: "dólares" are none of a country that writes its pesos with the same sign.
func (d *doc) spelled(m *mention, beginning string) bool {
	for t := m.first; t < m.end; t++ {
		if strings.HasPrefix(d.fold[t], beginning) {
			return true
		}
	}
	return false
}
