package frame

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Value reads the value of a match at unit v.
func (d *Doc) Value(r *grammar.Rule, s *passage.Sentence, v int, m *passage.Match) (contrechamp.Value, bool) {
	if r.Constant != "" {
		e := r.Stage
		if r.Predicate == contrechamp.Capability {
			known := d.Knows.Capabilities[r.Constant]
			if known == nil {
				return contrechamp.Value{}, false
			}
			e = known
		}
		return d.EntityValue(e), true
	}
	if r.Voiced {
		return d.voicedValue(s, m)
	}
	if r.Firmed {
		if e := d.companyBefore(s, d.TokenOf(s, m.From)); e != nil {
			return d.EntityValue(e), true
		}
		return contrechamp.Value{}, false
	}
	if v < 0 || s.Units[v].Mention == nil {
		return contrechamp.Value{}, false
	}
	in := s.Units[v].Mention
	switch r.Predicate.ValueKind() {
	case contrechamp.NumberValue:
		if in.Quantity == nil {
			return contrechamp.Value{}, false
		}
		out := contrechamp.Value{Number: in.Quantity.Number, Qualifier: in.Quantity.Qualifier}
		switch {
		case in.Kinds&grammar.MON != 0:
			out.Unit = d.currency(in)
		case in.Kinds&grammar.PCT != 0:
			out.Unit = "percent"
		case r.Predicate == contrechamp.PersonsTracked:
			out.Unit = "person"
		}
		return out, out.Unit != ""
	case contrechamp.DateValue:
		if in.Date == nil {
			return contrechamp.Value{}, false
		}
		if in.Date.Part == calendar.Now {
			return contrechamp.Value{}, false // "aujourd'hui" says when it is so, not since when
		}
		date := in.Date.Date
		if !r.Past && (d.Planned(s, m.From, m.To) || d.nearer(in.Date)) {
			date = in.Date.Next
		}
		return contrechamp.Value{Date: date}, !date.IsZero()
	}
	e := in.Entity
	if r.Predicate == contrechamp.Capability {
		e = d.Knows.Capabilities[in.Capability] // what a programme's name says, not the programme
	}
	if e == nil && in.Kinds&grammar.NAME != 0 {
		e = d.NameAs(r.Predicate, in)
	}
	if e == nil {
		return contrechamp.Value{}, false
	}
	if r.Country && !d.Knows.IsCountry(e) && !((d.Knows.IsArea(e) || naming.IsRegionID(e.ID)) && r.Predicate == contrechamp.Market) {
		return contrechamp.Value{}, false
	}
	if r.Predicate == contrechamp.Vendor && e.Kind == contrechamp.KindProduct && len(in.Others) == 0 {
		return contrechamp.Value{}, false // a product makes nothing
	}
	if r.Predicate == contrechamp.Product && in.Kinds&grammar.CO != 0 && d.FirmBefore(&d.Paragraphs[s.Para], in.First) {
		return contrechamp.Value{}, false // "la société X"
	}
	if e.Kind == contrechamp.KindProduct && (r.Predicate == contrechamp.Vendor) && len(in.Others) > 0 {
		e = in.Others[0]
	}
	return d.EntityValue(e), true
}

// ahead reports whether what a match says begins after the document's day.
func (d *Doc) ahead(s *passage.Sentence, m *passage.Match, value contrechamp.Value) bool {
	now := d.Day
	if now.IsZero() {
		return false
	}
	if !value.Date.IsZero() {
		return later(value.Date, now)
	}
	for u := m.From; u < min(m.To+6, len(s.Units)); u++ {
		in := s.Units[u].Mention
		if in == nil || in.Date == nil || in.Date.Part == calendar.Now || d.untilDate(s, u) {
			continue
		}
		date := in.Date.Date
		if d.nearer(in.Date) {
			date = in.Date.Next
		}
		return later(date, now)
	}
	return false
}

// bygone reports whether what a match says began before the document's day: a date says so that is the value, or stands within it.
func (d *Doc) bygone(s *passage.Sentence, m *passage.Match, value contrechamp.Value) bool {
	now := d.Day
	if now.IsZero() {
		return false
	}
	if !value.Date.IsZero() {
		return later(now, value.Date)
	}
	for u := m.From; u < min(m.To+3, len(s.Units)); u++ {
		if in := s.Units[u].Mention; in != nil && in.Date != nil && in.Date.Part != calendar.Now && in.Date.Date == in.Date.Next && !in.Date.Date.IsZero() {
			return later(now, in.Date.Date)
		}
	}
	return false
}

// untilDate reports whether the date at unit u is when something ends: "jusqu'au 31 mars".
func (d *Doc) untilDate(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	for n := u - 1; n >= 0 && n >= u-3; n-- {
		if s.Units[n].Mention == nil && d.In(s.Units[n].First, k.Until) {
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
func (d *Doc) nearer(f *calendar.Found) bool {
	now := d.Day
	if f.Date == f.Next || f.Date.Month == 0 || f.Next.Month == 0 || now.Month == 0 {
		return false
	}
	months := func(a, b contrechamp.Date) int { return (b.Year-a.Year)*12 + b.Month - a.Month }
	return months(now, f.Next) <= 2 && months(f.Date, now) >= 9
}

// voicedValue is the body or person who says the sentence, where one does.
func (d *Doc) voicedValue(s *passage.Sentence, m *passage.Match) (contrechamp.Value, bool) {
	start, _ := passage.Clause(s, m.From, m.From)
	for u := start; u <= m.From && u < len(s.Units); u++ {
		if in := s.Units[u].Mention; in != nil && in.Entity != nil && s.Units[u].Kinds&(grammar.ORG|grammar.AUT) != 0 && !d.BehindPreposition(s, u) && !d.saysHere(s, in) {
			return contrechamp.Value{}, false // somebody else found it so: "the regulator found it unlawful", she says
		}
	}
	v := d.VoiceAt(s, s.Units[m.From].First)
	if v == nil {
		if e := d.Issuer(); e != nil {
			return d.EntityValue(e), true
		}
	}
	if v == nil {
		return contrechamp.Value{}, false
	}
	if v.Entity == nil {
		// who has only a label: "Ada Neri (Verts): ..."
		if n := v.Speaker.Names; len(n) > 0 && word.StartsUpper(n[0]) && strings.Contains(n[0], " ") && v.At == 0 && !d.Paragraphs[s.Para].Grammar.NounsCapital {
			e := d.Made(contrechamp.KindPerson, n[0], n[1:]...)
			return d.EntityValue(e), true
		}
		return contrechamp.Value{}, false
	}
	switch v.Entity.Kind {
	case contrechamp.KindPerson, contrechamp.KindAuthority:
	case contrechamp.KindOrganisation:
		if v.Kinds&grammar.POL != 0 {
			return contrechamp.Value{}, false
		}
	default:
		return contrechamp.Value{}, false
	}
	out := d.EntityValue(v.Entity)
	for _, n := range v.Speaker.Names {
		if !slices.Contains(out.Entity.Names, n) {
			out.Entity.Names = append(out.Entity.Names, n)
		}
	}
	return out, true
}

// saysHere reports whether a mention is of who says the sentence.
func (d *Doc) saysHere(s *passage.Sentence, m *passage.Mention) bool {
	v := d.VoiceAt(s, m.First)
	return v != nil && v.Entity != nil && v.Entity.ID == m.Entity.ID
}

// NameAs makes an entity of a name of unknown kind, of the kind that the predicate wants.
func (d *Doc) NameAs(p contrechamp.Predicate, m *passage.Mention) *contrechamp.Entity {
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
	if p == contrechamp.Vendor && m.First > 0 {
		if d.Tokens[m.End-1].End-d.Tokens[m.First].Start < 2 {
			return nil // the T of "5T"
		}
		if g := d.Paragraphs[d.ParaOf(m.First)].Grammar; !g.NounsCapital && d.In(m.First-1, g.Known.Definite) {
			return nil // "l'IA", "les Ouïghours": a technique, a people
		}
	}
	m.Entity = d.Made(k, d.Words(m.First, m.End))
	d.Unresolved()
	if m.Within == nil || m.Within.Entity != m.Entity {
		d.Count(m, m.Entity)
	}
	if k == contrechamp.KindCompany && d.Treatments(m) == 1 {
		d.firmFromHere(m)
	}
	return m.Entity
}

// firmFromHere makes a firm of a name, there and in the sentences to come, once a rule has found it to supply or own: "The units come from X.
// Founded in 2008, it ...".
func (d *Doc) firmFromHere(m *passage.Mention) {
	const ahead = 100 // sentences: a text of many names must not be gone through for each
	m.Kinds |= grammar.CO
	words := d.Fold[m.First:m.End]
	at := d.SentenceAt(m.First) + 1
	for i := at; i < min(len(d.Sentences), at+ahead); i++ {
		s := &d.Sentences[i]
		for u := range s.Units {
			d.Steps++
			if in := s.Units[u].Mention; in != nil && in.Kinds == grammar.NAME && in.Entity == nil && slices.Equal(d.Fold[in.First:in.End], words) {
				in.Kinds, in.Entity = grammar.CO, m.Entity
				s.Units[u].Kinds, s.SaysNone = grammar.CO, false
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
func (d *Doc) currency(m *passage.Mention) string {
	country := ""
	if d.Main.Entity != nil {
		country = d.Main.Entity.Country
	}
	if code := m.Quantity.Currency; code != "" {
		if other, ok := namesakes[code][country]; ok {
			return other
		}
		return code
	}
	symbol := m.Quantity.Symbol
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
func (d *Doc) spelled(m *passage.Mention, beginning string) bool {
	for t := m.First; t < m.End; t++ {
		if strings.HasPrefix(d.Fold[t], beginning) {
			return true
		}
	}
	return false
}
