package quantity

import contrechamp "contrechamp.org/contrechamp"

// english is what English says of numbers, with the lakh and crore of India. Words are folded.
func english() *language {
	l, b := newLanguage('.', ',')
	international(b)
	l.english, l.nationFirst = true, true

	b.numbers(unit, "two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19", 0)
	b.numbers(unit, "one=1", shy)
	b.numbers(ten, "twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90", 0)
	b.numbers(hundred, "hundred=100", 0)
	b.numbers(hundred, "hundreds=100", plural)
	b.numbers(scale, "thousand=1000 million=1000000 billion=1000000000 trillion=1000000000000 lakh=100000 crore=10000000", 0)
	b.numbers(scale, "thousands=1000 millions=1000000 billions=1000000000 trillions=1000000000000 lakhs=100000 crores=10000000", plural)
	b.numbers(scale, "m=1000000 mn=1000000 mln=1000000 bn=1000000000 b=1000000000 tn=1000000000000 cr=10000000", suffix)
	b.numbers(collective, "dozen=12", 0)
	b.numbers(collective, "score=20", strict)
	b.numbers(collective, "dozens=12 scores=20 tens=10", plural)

	b.all("a an another", sense{role: article, flags: small}) // "another dozen"
	b.all("several many some countless few couple", sense{role: someOf})
	b.all("and", sense{flags: and | small})
	b.all("or", sense{flags: or | small})
	b.all("to", sense{flags: to | small})
	b.all("between", sense{flags: between | small | yearly})
	b.all("of", sense{flags: of | small})
	b.all("half", sense{flags: half})
	b.all("the its their these our your his her", sense{flags: determiner})
	b.all("monday tuesday wednesday thursday friday saturday sunday", sense{flags: weekday})
	b.all("third thirds quarter quarters fifth fifths tenth tenths", sense{flags: fraction})
	b.all("no any every each another this that which the", sense{flags: chooser})
	b.all("in", sense{flags: ratio})
	b.all("st nd rd th", sense{flags: ordinal})
	b.all("grew grow grown growing rose rise risen rising increase increased increasing increases expand expanded expanding fell fall fallen drop dropped jump jumped climb climbed went cut reduced doubled up down raise raised raising from", sense{flags: change})
	b.all("am pm h hrs", sense{flags: clock})

	b.all("in since until by before after during around late early mid circa year years fy summer winter spring autumn", sense{flags: yearly})
	b.all("january february april june july september october november december jan feb apr jun jul aug sep sept oct nov dec", sense{flags: month})
	b.all("may march august mar", sense{flags: month | strict})
	b.all("article articles art section sections chapter chapters annex exhibit room gate platform appendix paragraph clause page pages p pp no nos act directive regulation rule bill version v line route highway phase level lot stage volume vol figure fig table category group class series season episode tel phone telephone fax box item chapter schedule title part amendment resolution ordinance proposition prop convention protocol question motion petition", sense{flags: label})
	b.all("kilometre kilometres kilometer kilometers km metre metres meter meters cm mm ft foot feet inch inches mile miles mph yard yards acre acres hectares kg kilos kilograms tons tonnes grams lbs litres gallons "+
		"hour hours minute minutes second seconds day days week weeks fortnights month months year years yr yrs decades centuries nights "+
		"megapixel megapixels pixels pixel megabytes gigabytes terabytes petabytes gb mb tb pb degrees degree watts volts hertz ghz mhz lux mbps gbps fps blocks", sense{role: measure})
	b.currencies(`
euro euros = EUR €
dollar dollars = $
franc francs = franc
rupee rupees rs inr = INR Rs
yuan renminbi = CNY ¥
yen = JPY ¥
rouble roubles ruble rubles = RUB ₽
dirham dirhams = dirham
dinar dinars = dinar
shilling shillings = shilling
krona kronor krone kroner kr = couronne
zloty zlotys = PLN PLN
forint forints = HUF HUF
naira = NGN ₦
rand = ZAR R
peso pesos = peso
reais = BRL R$
shekel shekels = ILS ₪
baht = THB ฿
ringgit = MYR RM
hryvnia hryvnias = UAH ₴`, 0)
	b.currencies(`
pound pounds quid = GBP £
lira liras = lira
won = KRW ₩`, strict)
	b.currenciesByNation(`
$: us=USD american=USD canadian=CAD australian=AUD hong-kong=HKD singapore=SGD singaporean=SGD taiwan=TWD taiwanese=TWD
franc: swiss=CHF cfa=CFA congolese=CDF rwandan=RWF guinean=GNF
£: sterling=GBP british=GBP egyptian=EGP syrian=SYP lebanese=LBP sudanese=SDG
Rs: indian=INR pakistani=PKR nepalese=NPR nepali=NPR mauritian=MUR indonesian=IDR
dirham: moroccan=MAD emirati=AED uae=AED
dinar: serbian=RSD tunisian=TND algerian=DZD kuwaiti=KWD jordanian=JOD iraqi=IQD libyan=LYD
shilling: ugandan=UGX kenyan=KES tanzanian=TZS somali=SOS
couronne: swedish=SEK norwegian=NOK danish=DKK czech=CZK icelandic=ISK
peso: mexican=MXN argentine=ARS argentinian=ARS chilean=CLP colombian=COP philippine=PHP
lira: turkish=TRY lebanese=LBP
₩: korean=KRW
₽: russian=RUB belarusian=BYN`)

	b.all("the this that these those its it their they he she his her our we who which what is are was were be been being has have had will would could can may not no "+
		"on at for with without from into over under than as but if when while so also now then there here more less fewer most least per", sense{flags: small})

	b.before(contrechamp.About, "about|around|some|nearly|almost|roughly|approximately|approx|approx .|circa|close to|an estimated|estimated|estimated at|in the region of|on the order of|in the order of|somewhere around|approaching|virtually|just about|or about|nearing|near to|of around|of about|of some")
	b.before(contrechamp.AtLeast, "more than|over|at least|no fewer than|no less than|not less than|not fewer than|upwards of|upward of|in excess of|a minimum of|minimum of|above|exceeding|exceeds|exceed|exceeded|greater than|well over|just over|a little over|slightly over|slightly more than|a little more than|just more than|well above|upwards of the|as few as|starting at|north of")
	b.before(contrechamp.AtMost, "up to|fewer than|less than|under|below|at most|no more than|not more than|a maximum of|maximum of|as many as|as much as|just under|just below|slightly less than|slightly fewer than|a little less than|well under|not exceeding|not to exceed|capped at|short of|only up to|lower than|smaller than")
	b.behind(contrechamp.About, "or so|approximately|or thereabouts|roughly")
	b.behind(contrechamp.AtLeast, "or more|plus|+|and more|and counting|and up|at least|minimum")
	b.behind(contrechamp.AtMost, "or less|or fewer|at most|maximum|max|tops")

	l.percent = phrases("per - cent|per cent|per 100|percent|pct|pc|%")
	l.points = phrases("percentage points|percentage point|% points")
	return b.finish()
}
