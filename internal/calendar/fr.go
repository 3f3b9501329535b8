package calendar

// french is what French says of dates. Words are folded: without accents, in lower case.
func french() *language {
	l, b := newLanguage()
	b.months("janvier fevrier - avril - juin juillet aout septembre octobre novembre decembre", 0)
	b.months("- - mars - mai - - - - - - -", doubtful)
	b.months("janv fevr/fev - avr - - juil - sept oct nov dec", abbr)
	b.weekdays("lundi mardi mercredi jeudi vendredi samedi dimanche")
	b.numbers("un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 quarante=40 cinquante=50 dizaine=10 quinzaine=15 vingtaine=20 trentaine=30 quelques=-1", start)
	b.numbers("premier=1 premiere=1 deuxieme=2 second=2 seconde=2 troisieme=3 quatrieme=4", ordinal|start)
	b.numbers("dernier=9 derniere=9", ordinal)

	b.all("printemps", sense{part: Spring, flags: start | season})
	b.all("ete", sense{part: Summer, flags: start | season})
	b.all("automne", sense{part: Autumn, flags: start | season})
	b.all("hiver", sense{part: Winter, flags: start | season})
	b.all("debut debuts commencement", sense{part: Early, flags: start})
	b.all("mi milieu courant", sense{part: Mid, flags: start})
	b.all("fin", sense{part: Late, flags: start})
	b.all("rentree", sense{month: 9, flags: start | tomonth})

	b.all("jour jours journee", sense{unit: dayUnit, flags: start})
	b.all("semaine semaines", sense{unit: weekUnit, flags: start})
	b.all("mois", sense{unit: monthUnit, flags: start | filler})
	b.all("trimestre trimestres", sense{unit: quarterUnit, flags: start})
	b.all("semestre semestres", sense{unit: halfUnit, flags: start})
	b.all("an ans annee annees", sense{unit: yearUnit, flags: start})
	b.all("annee an exercice saison millesime", sense{flags: yearName | filler})
	b.all("annees", sense{flags: decade | yearName | start})

	b.all("dernier derniere derniers dernieres passe passee passes passees ecoule ecoulee ecoules ecoulees precedent precedente", sense{flags: last})
	b.all("prochain prochaine prochains prochaines", sense{flags: next})
	b.all("ce cet cette ces", sense{flags: this | start | small})

	b.all("en au aux durant pendant lors vers", sense{cue: At, flags: small})
	b.all("courant", sense{cue: At})
	b.all("depuis", sense{cue: Since, flags: small})
	b.all("des", sense{cue: Since, flags: small | of}) // "dès" only: see cueBefore
	b.all("partir compter", sense{cue: Since})
	b.all("jusqu' jusque", sense{cue: Until, flags: small})
	b.all("ici horizon", sense{cue: By})
	b.all("avant", sense{cue: Before, flags: small})
	b.all("apres", sense{cue: After, flags: small})
	b.all("entre", sense{cue: Between, flags: small})
	b.all("de d' du", sense{flags: of | weak | filler | small})
	b.all("pour", sense{cue: At, flags: weak | small})
	b.all("a", sense{cue: At, flags: weak | to | filler | small})
	b.all("le la l' les", sense{flags: filler | small})
	b.all("le", sense{cue: At, flags: weak})
	b.all("au", sense{flags: to | filler})
	b.all("et ou puis", sense{flags: and | small})
	b.all("jusqu'", sense{flags: to})
	b.all("er ere e eme", sense{flags: ending})
	b.all("chaque tous", sense{flags: every})
	b.all("t s", sense{flags: letter})

	b.all("se sa son ses leur leurs un une il elle ils elles on ne pas plus sur sous dans par avec sans que qu' qui dont est sont etait etaient sera seront a ont avait avaient aura auront puis mais comme selon afin lorsque quand car si deja encore aussi ainsi alors tres moins chez vers environ je nous vous c' j' n' s' y apres dans dehors hors puis mais toujours jamais dans afin", sense{flags: small})

	b.add("hier", sense{n: -1, flags: yesterday | start})
	b.add("demain", sense{n: 1, flags: yesterday | start})
	b.add("aujourd'hui", sense{n: 0, part: Now, flags: yesterday | start})
	b.all("il voila voici cela ca", sense{flags: start | small})

	l.ago = phrases("il y a|voila|voici|cela fait|ca fait|il y a environ|il y a pres de|il y a plus de|il y a tout juste|il y a a peine|il y a quelque|il y a a peu pres|il y a moins de")
	l.since = phrases("depuis|depuis environ|depuis pres de|depuis pres d'|depuis plus de|depuis plus d'|depuis bientot|depuis a peine|depuis maintenant|depuis deja|depuis quelque|depuis au moins|depuis moins de|depuis moins d'")
	l.ahead = phrases("dans|d' ici|d' ici a|sous|dans les")
	l.recent = phrases("au cours des|au cours de ces|ces|lors des|dans les|depuis les|durant les|pendant les|sur les|depuis ces|les")
	return l
}
