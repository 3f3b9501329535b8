package quantity

import contrechamp "contrechamp.org/contrechamp"

// german is what German says of numbers. Words are folded: without accents, in lower case.
func german() *language {
	l, b := newLanguage(',', '.')
	international(b)
	l.nounsCapital = true

	b.numbers(unit, "ein=1 eine=1 einen=1 einem=1 einer=1 eins=1", shy)
	b.numbers(hundred, "hundert=100 einhundert=100", 0)
	b.numbers(scale, "tausend=1000 million=1000000 milliarde=1000000000 billion=1000000000000", 0)
	b.numbers(scale, "millionen=1000000 milliarden=1000000000 billionen=1000000000000", plural)
	b.numbers(scale, "tsd=1000 mio=1000000 mrd=1000000000", 0)
	b.numbers(collective, "dutzend=12", 0)
	b.numbers(collective, "dutzende=12 dutzenden=12 hunderte=100 hunderten=100 tausende=1000 tausenden=1000 hunderter=100 tausender=1000", plural)
	germanCompounds(b)

	b.all("einige mehrere etliche einigen mehreren zahlreiche viele paar", sense{role: someOf})
	b.all("und", sense{flags: and | small})
	b.all("oder", sense{flags: or | small})
	b.all("bis", sense{flags: to | small})
	b.all("zwischen", sense{flags: between | small | yearly})
	b.all("von", sense{flags: of | small | change})
	b.all("halbe halben halb", sense{flags: half})
	b.all("uhr", sense{flags: clock})
	b.all("im in seit ab bis jahr jahre jahres jahren vor nach ende anfang mitte sommer herbst winter fruhjahr", sense{flags: small | yearly})
	b.all("januar februar marz april mai juni juli august september oktober november dezember", sense{flags: month})
	b.all("montag dienstag mittwoch donnerstag freitag samstag sonntag", sense{flags: weekday})
	b.all("drittel viertel funftel zehntel", sense{flags: fraction})
	b.all("einzige einziger einziges einzigen", sense{flags: alone})
	b.all("die den der seine ihre diese", sense{flags: determiner | small})
	b.all("am", sense{flags: day | small})
	b.all("artikel paragraf paragraph absatz seite seiten nummer nr gesetz verordnung norm version linie linien phase los band tabelle kategorie gruppe klasse serie staffel tel telefon drucksache anfrage frage interpellation postulat motion vorlage", sense{flags: label})
	b.all("kilometer kilometern km meter metern cm mm kilo kilogramm kg tonnen hektar liter stunde stunden minute minuten sekunde sekunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren megapixel pixel gigabyte terabyte grad watt prozentpunkte", sense{role: measure})
	b.currencies(`
euro = EUR €
dollar = $
franken = CHF CHF
yuan = CNY ¥
yen = JPY ¥
rubel = RUB ₽
rupien = INR Rs
zloty = PLN PLN`, 0)
	b.currencies(`
pfund = GBP £
mark = DEM DM
kronen = kr`, strict)
	b.currenciesByNation(`
$: us=USD amerikanische=USD kanadische=CAD australische=AUD`)
	b.all("das dem des es er sie ist sind war waren wird werden hat haben nicht kein keine mit ohne uber unter auf aus an bei durch als wie auch noch nur schon so zu zum zur fur um", sense{flags: small})

	b.before(contrechamp.About, "rund|etwa|circa|ca .|ca|ungefahr|knapp|fast|nahezu|beinahe|gut|schatzungsweise|an die|um die")
	b.before(contrechamp.AtLeast, "mehr als|uber|mindestens|wenigstens|nicht weniger als|ab|mehr als die|uber die")
	b.before(contrechamp.AtMost, "weniger als|unter|hochstens|maximal|bis zu|nicht mehr als|bis zu den|lediglich")
	b.behind(contrechamp.AtLeast, "oder mehr|und mehr|+|mindestens")
	b.behind(contrechamp.AtMost, "oder weniger|maximal|hochstens")

	l.percent = phrases("prozent|v . h .|%")
	l.points = phrases("prozentpunkte|prozentpunkten")
	return b.finish()
}

// germanCompounds adds the numbers that German writes as one word: "fünfunddreißig", "zweihundertfünfzig", "dreitausend".
func germanCompounds(b builder) {
	small := []string{"", "ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwolf", "dreizehn",
		"vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"}
	tens := []string{"", "", "zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"}
	below100 := func(n int) string {
		switch {
		case n < len(small):
			return small[n]
		case n%10 == 0:
			return tens[n/10]
		}
		return small[n%10] + "und" + tens[n/10]
	}
	below1000 := func(n int) string {
		h := n / 100
		switch {
		case h == 0:
			return below100(n)
		case h == 1:
			return "hundert" + below100(n%100)
		}
		return small[h] + "hundert" + below100(n%100)
	}
	compounds(b, below1000, "tausend", map[int]string{1: "eintausend"})
	for n := 20; n < 100; n++ {
		b.all("ein"+below1000(100+n), sense{role: unit, n: float64(100 + n)})
	}
}
