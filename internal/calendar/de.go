package calendar

// german is what German says of dates. Words are folded: without accents, in lower case.
func german() *language {
	l, b := newLanguage()
	l.lastFirst, l.capital, l.bareYears = true, true, true
	b.months("januar/janner februar marz april mai juni juli - september oktober november dezember", 0)
	b.months("- - - - - - - august - - - -", doubtful)
	b.months("jan feb - apr - jun jul aug sept/sep okt nov dez", abbr)
	b.weekdays("montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag")
	b.numbers("ein=1 eine=1 einem=1 einer=1 eines=1 zwei=2 drei=3 vier=4 funf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwolf=12 dreizehn=13 vierzehn=14 funfzehn=15 zwanzig=20 dreissig=30 dutzend=12 mehreren=-1 einigen=-1 wenigen=-1", start)
	b.numbers("erste=1 ersten=1 erstes=1 erster=1 zweite=2 zweiten=2 zweites=2 dritte=3 dritten=3 drittes=3 vierte=4 vierten=4 viertes=4", ordinal|start)

	b.all("fruhjahr fruhling", sense{part: Spring, flags: start | season})
	b.all("sommer", sense{part: Summer, flags: start | season})
	b.all("herbst", sense{part: Autumn, flags: start | season})
	b.all("winter", sense{part: Winter, flags: start | season})
	b.all("anfang beginn", sense{part: Early, flags: start})
	b.all("mitte", sense{part: Mid, flags: start})
	b.all("ende", sense{part: Late, flags: start})

	b.all("tag tage tagen tags", sense{unit: dayUnit, flags: start})
	b.all("woche wochen", sense{unit: weekUnit, flags: start})
	b.all("monat monate monaten monats", sense{unit: monthUnit, flags: start})
	b.all("monat", sense{flags: filler})
	b.all("quartal quartale quartals", sense{unit: quarterUnit, flags: start})
	b.all("halbjahr", sense{unit: halfUnit, flags: start})
	b.all("jahr jahre jahren jahres", sense{unit: yearUnit, flags: start})
	b.all("jahrzehnt jahrzehnte jahrzehnten", sense{unit: decadeUnit})
	b.all("morgens abends nachts vormittag nachmittag abend nacht", sense{flags: daypart})
	b.all("jahr jahre jahres haushaltsjahr geschaftsjahr", sense{flags: yearName | filler})

	b.all("letzten letzter letztes letzte letztem vergangenen vergangener vergangenes vergangene vergangenem vorigen voriges vorige", sense{flags: last | start})
	b.all("nachsten nachster nachstes nachste nachstem kommenden kommender kommendes kommende kommendem", sense{flags: next | start})
	b.all("diesen dieser dieses diese diesem", sense{flags: this | start | small})

	b.all("im in am wahrend um gegen", sense{cue: At, flags: small})
	b.all("seit ab", sense{cue: Since, flags: small})
	b.all("bis", sense{cue: Until, flags: small})
	b.all("vor", sense{cue: Before, flags: small})
	b.all("nach", sense{cue: After, flags: small})
	b.all("zwischen", sense{cue: Between, flags: small})
	b.all("des der", sense{flags: of | weak | filler | small})
	b.all("fur", sense{cue: At, flags: weak | small})
	b.all("zum zu", sense{cue: At, flags: weak | to | filler | small})
	b.all("das die dem den", sense{flags: filler | small})
	b.all("vom von", sense{cue: Since, flags: weak | small})
	b.all("und oder", sense{flags: and | small})
	b.all("bis", sense{flags: to})
	b.all("jeden jeder jedes alle", sense{flags: every})
	b.all("q", sense{flags: letter})
	b.all("es er sie wir ist sind war waren wird werden wurde wurden hat haben hatte hatten nicht kein keine mit ohne uber unter auf aus an bei durch als wie wenn dass auch noch nur schon so sich sein seine ihre ihr man", sense{flags: small})

	b.add("gestern", sense{n: -1, flags: yesterday | start})
	b.add("morgen", sense{n: 1, flags: yesterday | start})
	b.add("heute", sense{n: 0, part: Now, flags: yesterday | start})

	l.ago = phrases("vor|vor rund|vor etwa|vor gut|vor mehr als|vor uber|vor fast|vor knapp|vor einigen")
	l.since = phrases("seit|seit rund|seit etwa|seit mehr als|seit uber|seit fast|seit knapp|seit gut")
	l.ahead = phrases("in|binnen|innerhalb von|in den nachsten|in den kommenden")
	l.recent = phrases("in den|wahrend der|die|den|der|im")
	return b.finish()
}
