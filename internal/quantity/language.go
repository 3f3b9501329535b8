package quantity

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"

	"contrechamp.org/contrechamp/internal/word"
)

// sense is what a word can mean to a number. Most words have none.
type sense struct {
	role     role
	n        float64 // the value of a number word
	flags    flag
	currency string // ISO 4217, may be empty
	symbol   string // of a currency
}

type role uint8

const (
	none       role = iota
	unit            // 1 to 19
	ten             // 20 to 90
	hundred         // cent, hundred
	scale           // mille, million, crore
	collective      // dizaine, centaine, dozen
	article         // "a" before "hundred"; "un" and "une" before "millier"
	money           // euros, dollars
	measure         // unit of time, length, size
	someOf          // "des", "several", "quelques" before "centaines"
)

type flag uint32

const (
	and        flag = 1 << iota // joins: et, and
	of                          // de, d', of
	or                          // or, ou
	to                          // à, to: between the ends of a range
	between                     // entre, between
	plural                      // a scale or collective in the plural: vague without a number before it
	small                       // grammar word: not a thing counted
	ordinal                     // ending of an ordinal behind digits: e, er, ème, st, th
	suffix                      // short scale right behind digits: k, m, bn
	half                        // demi, half
	change                      // passer, grew: "de 40 à 50" behind it are two numbers
	shy                         // "un", "one": alone, an article or a pronoun
	strict                      // a month that is also another word, or a currency that is (won, livres)
	clock                       // h, pm: makes an hour of the number before it
	month                       // a month's name
	label                       // a word before a number that names: article, section, n°, page
	yearly                      // a word before a year: "en", "in", "depuis"
	determiner                  // an article or possessive between a qualifier and the number
	weekday                     // a weekday's name
	chooser                     // no, any, each: "one" behind it is a pronoun
	fraction                    // tiers, thirds
	ratio                       // "sur", "in" between the numbers of "deux sur trois"
	alone                       // "seul", "unique": makes a number of the "un" before it
	day                         // "le" before a day
)

// language is what one language's file says.
type language struct {
	decimal, thousands byte
	words              map[string]sense
	qualifiers         map[string][]phrase   // by their last word
	suffixes           map[string][]phrase   // behind the number, by their first word
	percent            map[string][][]string // behind the number, by their first word, longest first
	points             map[string][][]string // likewise
	nations            map[string]map[string]string
	vocabulary         *word.Vocabulary
	table              []sense // by number in vocabulary
	english            bool    // the grammar of number words: "and" behind hundreds, months before days
	tensAnd            bool    // "and" joins tens and units: "treinta y cinco"
	nounsCapital       bool    // every noun has a capital: one behind a number is counted
	countsByN          bool    // "n. 47 telecamere" counts: "n." is no label there
	nationFirst        bool    // "US dollars" rather than "dollars américains"
}

// phrase is a qualifier as folded tokens.
type phrase struct {
	words     []string
	qualifier contrechamp.Qualifier
}

// builder fills a language from its tables.
type builder struct{ l *language }

func (b builder) all(words string, s sense) {
	for _, w := range strings.Fields(words) {
		t := b.l.words[w]
		if s.role != none {
			t.role, t.n, t.currency, t.symbol = s.role, s.n, s.currency, s.symbol
		}
		t.flags |= s.flags
		b.l.words[w] = t
	}
}

// numbers reads "un=1 deux=2".
func (b builder) numbers(r role, list string, f flag) {
	for _, pair := range strings.Fields(list) {
		w, n, _ := strings.Cut(pair, "=")
		b.all(w, sense{role: r, n: atof(n), flags: f})
	}
}

// currencies reads "euro euros = EUR €", one a line.
func (b builder) currencies(list string, f flag) {
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		names, code, _ := strings.Cut(line, "=")
		fields := strings.Fields(code)
		s := sense{role: money, symbol: fields[len(fields)-1], flags: f}
		if len(fields) == 2 {
			s.currency = fields[0]
		}
		b.all(names, s)
	}
}

// currenciesByNation reads "dollar: americain=USD canadien=CAD".
func (b builder) currenciesByNation(list string) {
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		symbol, pairs, _ := strings.Cut(line, ":")
		m := map[string]string{}
		for _, pair := range strings.Fields(pairs) {
			nation, code, _ := strings.Cut(pair, "=")
			m[nation] = code
		}
		b.l.nations[strings.TrimSpace(symbol)] = m
	}
}

// before and behind read phrases separated by "|", whose words are folded tokens separated by spaces.
func (b builder) before(q contrechamp.Qualifier, list string) {
	for _, p := range strings.Split(list, "|") {
		w := strings.Fields(p)
		last := w[len(w)-1]
		b.l.qualifiers[last] = append(b.l.qualifiers[last], phrase{w, q})
	}
}

func (b builder) behind(q contrechamp.Qualifier, list string) {
	for _, p := range strings.Split(list, "|") {
		w := strings.Fields(p)
		b.l.suffixes[w[0]] = append(b.l.suffixes[w[0]], phrase{w, q})
	}
}

// asked are the words that the code itself asks for, in any language.
const asked = "au out aux bn euro from hong k kong korean m n neuf no of o'clock p a quatre range ranged ranging rs some south sterling su sur u s varying x"

func newLanguage(decimal, thousands byte) (*language, builder) {
	l := &language{decimal: decimal, thousands: thousands, words: map[string]sense{}, qualifiers: map[string][]phrase{},
		suffixes: map[string][]phrase{}, nations: map[string]map[string]string{}}
	b := builder{l}
	b.all(asked, sense{})
	return l, b
}

// phrases reads phrases separated by "|" and sorts them by their first word.
func phrases(list string) map[string][][]string {
	out := map[string][][]string{}
	for _, p := range strings.Split(list, "|") {
		w := strings.Fields(p)
		out[w[0]] = append(out[w[0]], w)
	}
	return out
}

// finish numbers the words of all tables.
func (b builder) finish() *language {
	l := b.l
	l.vocabulary = word.NewVocabulary()
	for w := range l.words {
		l.vocabulary.Add(w)
	}
	for _, list := range []map[string][]phrase{l.qualifiers, l.suffixes} {
		for _, ps := range list {
			for _, p := range ps {
				l.number(p.words)
			}
		}
	}
	for _, list := range []map[string][][]string{l.percent, l.points} {
		for _, ps := range list {
			for _, p := range ps {
				l.number(p)
			}
		}
	}
	for _, m := range l.nations {
		for nation := range m {
			l.number(strings.Split(nation, "-"))
		}
	}
	l.table = make([]sense, l.vocabulary.Len())
	for w, s := range l.words {
		l.table[l.vocabulary.Add(w)] = s
	}
	return l
}

func (l *language) number(words []string) {
	for _, w := range words {
		if w[0] >= 'a' && w[0] <= 'z' {
			l.vocabulary.Add(w)
		}
	}
}

// languages are the tables by the first part of a language tag.
var languages = map[string]*language{"fr": french(), "en": english(), "es": spanish(), "de": german(), "it": italian()}

// neutral reads digits only, for a language without a table.
var neutral = func() *language {
	_, b := newLanguage(',', '.')
	international(b)
	return b.finish()
}()

func languageOf(tag string) *language {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	if l := languages[tag]; l != nil {
		return l
	}
	return neutral
}

// international is what every language writes alike: codes and symbols of currencies, short scales.
func international(b builder) {
	b.currencies(`
eur = EUR €
usd = USD $
cad = CAD $
aud = AUD $
nzd = NZD $
gbp = GBP £
chf = CHF CHF
cny rmb = CNY ¥
jpy = JPY ¥
inr = INR ₹
pkr = PKR Rs
rsd = RSD RSD
pln = PLN PLN
sek = SEK kr
nok = NOK kr
dkk = DKK kr
czk = CZK CZK
huf = HUF HUF
brl = BRL R$
mxn = MXN $
zar = ZAR R
kes ksh kshs = KES KSh
ugx ush ushs = UGX UGX
tzs tsh tshs = TZS TZS
ngn = NGN ₦
aed = AED AED
mad = MAD MAD
ils nis = ILS ₪
xof = XOF CFA
xaf = XAF CFA
fcfa = FCFA
sgd = SGD $
kzt tenge tenges = KZT ₸
uzs soum soums = UZS UZS
gel lari laris = GEL ₾
amd dram drams = AMD ֏
azn manat manats = AZN ₼
bdt taka takas = BDT ৳
idr rupiah = IDR Rp
vnd = VND ₫
sar = SAR SAR
qar = QAR QAR
omr = OMR OMR
bhd = BHD BHD
kwd = KWD KWD
ghs cedi cedis = GHS GH₵
etb birr birrs = ETB ETB
zmw kwacha kwachas = ZMW ZMW
mwk = MWK MWK
dh dhs = dirham
hnl lempira lempiras = HNL HNL
htg gourde gourdes = HTG HTG
pyg guaranies = PYG PYG
crc colones = CRC CRC
nio cordobas = NIO NIO
gtq quetzales = GTQ GTQ
pab balboas = PAB PAB
dop = DOP DOP
mzn metical meticais = MZN MZN
bwp pula = BWP BWP
gmd dalasi dalasis = GMD GMD
aoa kwanza kwanzas = AOA AOA
cdf = CDF CDF
php = PHP PHP
rm = MYR RM
mga ariary = MGA Ar
ron = RON RON
bgn = BGN BGN
mmk kyat kyats = MMK MMK
mur = MUR Rs
ars = ARS $
clp = CLP $
cop = COP $
pen = PEN PEN
egp = EGP EGP
tnd = TND TND
rwf = RWF RWF
hkd = HKD $
krw = KRW ₩
myr = MYR RM
thb = THB ฿
rub = RUB ₽
uah = UAH ₴`, 0)
	b.numbers(scale, "k=1000", suffix)
}

// symbols are the signs of currencies, by folded or literal text; the code is empty where several countries use it.
var symbols = map[string]string{"$": "", "€": "EUR", "£": "GBP", "¥": "", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH",
	"₪": "ILS", "₩": "KRW", "₦": "NGN", "฿": "THB", "₫": "VND", "₱": "PHP"}

// dollarPrefix are the letters before or behind a dollar sign.
var dollarPrefix = map[string]string{"us": "USD", "usd": "USD", "c": "CAD", "ca": "CAD", "can": "CAD", "cad": "CAD",
	"a": "AUD", "au": "AUD", "aud": "AUD", "nz": "NZD", "hk": "HKD", "s": "SGD", "sg": "SGD", "r": "BRL", "nt": "TWD", "mx": "MXN",
	"rd": "DOP", "mex": "MXN", "ar": "ARS", "j": "JMD", "tt": "TTD"}
