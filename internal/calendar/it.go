package calendar

// italian is what Italian says of dates. Words are folded: without accents, in lower case.
func italian() *language {
	l, b := newLanguage()
	l.lastFirst, l.lastBehind = true, true
	b.months("gennaio febbraio - aprile maggio giugno luglio agosto settembre ottobre novembre dicembre", 0)
	b.months("- - marzo - - - - - - - - -", doubtful)
	b.months("gen feb mar apr mag giu lug ago set/sett ott nov dic", abbr)
	b.weekdays("lunedi martedi mercoledi giovedi venerdi sabato domenica")
	b.numbers("un=1 uno=1 una=1 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 tredici=13 quattordici=14 quindici=15 venti=20 trenta=30 decina=10 alcuni=-1 qualche=-1 diversi=-1", start)
	b.numbers("primo=1 prima=1 secondo=2 seconda=2 terzo=3 terza=3 quarto=4", ordinal|start)

	b.all("primavera", sense{part: Spring, flags: start | season})
	b.all("estate", sense{part: Summer, flags: start | season})
	b.all("autunno", sense{part: Autumn, flags: start | season})
	b.all("inverno", sense{part: Winter, flags: start | season})
	b.all("inizio inizi", sense{part: Early, flags: start})
	b.all("meta", sense{part: Mid, flags: start})
	b.all("fine", sense{part: Late, flags: start})

	b.all("giorno giorni", sense{unit: dayUnit, flags: start})
	b.all("settimana settimane", sense{unit: weekUnit, flags: start})
	b.all("mese mesi", sense{unit: monthUnit, flags: start})
	b.all("mese", sense{flags: filler})
	b.all("trimestre trimestri", sense{unit: quarterUnit, flags: start})
	b.all("semestre semestri", sense{unit: halfUnit, flags: start})
	b.all("anno anni", sense{unit: yearUnit, flags: start})
	b.all("decennio decenni", sense{unit: decadeUnit})
	b.all("mattina mattino pomeriggio sera notte", sense{flags: daypart})
	b.all("anno esercizio", sense{flags: yearName | filler})

	b.all("scorso scorsa scorsi scorse passato passata passati passate ultimo ultima ultimi ultime", sense{flags: last | start})
	b.all("prossimo prossima prossimi prossime venturo", sense{flags: next | start})
	b.all("questo questa questi queste quest'", sense{flags: this | start | small})

	b.all("in nel nell' nello nella nei durante verso", sense{cue: At, flags: small})
	b.all("dal dall' dalla da dai", sense{cue: Since, flags: small})
	b.all("partire decorrere", sense{cue: Since})
	b.all("fino sino", sense{cue: Until, flags: small})
	b.all("entro", sense{cue: By, flags: small})
	b.all("prima", sense{cue: Before, flags: small})
	b.all("dopo", sense{cue: After, flags: small})
	b.all("tra fra", sense{cue: Between, flags: small})
	b.all("di del dell' della dello dei degli delle d'", sense{flags: of | weak | filler | small})
	b.all("per", sense{cue: At, flags: weak | small})
	b.all("a ad al all' alla ai", sense{cue: At, flags: weak | to | filler | small})
	b.all("il lo la l' i gli le", sense{flags: filler | small})
	b.all("il l'", sense{cue: At, flags: weak})
	b.all("e ed o od", sense{flags: and | small})
	b.all("ogni tutti", sense{flags: every})
	b.all("t s", sense{flags: letter})
	b.all("che si suo sua un uno una con senza su sul non piu e sono fu era ha hanno aveva sara saranno ma come se gia ne ci vi anche dove quando chi", sense{flags: small})

	b.add("ieri", sense{n: -1, flags: yesterday | start})
	b.add("domani", sense{n: 1, flags: yesterday | start})
	b.add("oggi", sense{n: 0, part: Now, flags: yesterday | start})

	l.agoBehind = phrases("fa|or sono|addietro")
	l.since = phrases("da|da circa|da quasi|da oltre|da piu di|da almeno|per")
	l.ahead = phrases("tra|fra|entro|nei prossimi|nelle prossime")
	l.recent = phrases("negli|nei|nelle|durante gli|gli|i|le")
	return b.finish()
}
