package quantity

import contrechamp "contrechamp.org/contrechamp"

// italian is what Italian says of numbers. Words are folded: without accents, in lower case.
func italian() *language {
	l, b := newLanguage(',', '.')
	international(b)

	b.numbers(unit, "un=1 uno=1 una=1", shy)
	b.numbers(scale, "mille=1000 milione=1000000 miliardo=1000000000", 0)
	b.numbers(scale, "mila=1000 milioni=1000000 miliardi=1000000000", plural)
	b.numbers(scale, "mln=1000000 mld=1000000000", suffix)
	b.numbers(hundred, "cento=100", 0)
	b.numbers(collective, "decina=10 dozzina=12 quindicina=15 ventina=20 trentina=30 quarantina=40 cinquantina=50 centinaio=100 migliaio=1000", 0)
	b.numbers(collective, "decine=10 dozzine=12 centinaia=100 migliaia=1000", plural)
	italianCompounds(b)

	b.all("alcune alcuni diverse diversi qualche varie", sense{role: someOf})
	b.all("e ed", sense{flags: and | small})
	b.all("o od", sense{flags: or | small})
	b.all("a ad", sense{flags: to | small})
	b.all("tra fra", sense{flags: between | small | yearly})
	b.all("di del dei delle degli della dell'", sense{flags: of | small})
	b.all("mezzo mezza", sense{flags: half})
	b.all("passare passa passano passera passeranno salire sale aumentare aumenta crescere", sense{flags: change})
	b.all("h", sense{flags: clock})
	b.all("in nel nell' dal dall' fino anno anni prima dopo entro inizio fine meta esercizio", sense{flags: small | yearly})
	b.all("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre", sense{flags: month})
	b.all("lunedi martedi mercoledi giovedi venerdi sabato domenica", sense{flags: weekday})
	b.all("terzo terzi quarto quarti quinto decimo", sense{flags: fraction})
	b.all("su", sense{flags: ratio | small})
	b.all("solo sola unico unica", sense{flags: alone})
	b.all("i gli le le sue suoi queste questi", sense{flags: determiner | small})
	b.all("articolo articoli art comma pagina pagine numero numeri n legge decreto regolamento delibera determina norma versione linea linee fase lotto lotti tomo tabella categoria gruppo classe serie stagione tel telefono protocollo prot interrogazione interpellanza mozione", sense{flags: label})
	b.all("chilometro chilometri km metro metri cm mm chilo chili kg tonnellate ettari litri ora ore minuto minuti secondo secondi giorno giorni settimana settimane mese mesi anno anni megapixel pixel gigabyte gradi watt", sense{role: measure})
	b.currencies(`
euro = EUR €
dollaro dollari = $
franco franchi = franc
yuan = CNY ¥
yen = JPY ¥
rublo rubli = RUB ₽
rupia rupie = INR Rs
real = BRL R$`, 0)
	b.currencies(`
sterlina sterline = GBP £
lira lire = ITL ₤`, strict)
	b.currenciesByNation(`
$: americani=USD statunitensi=USD canadesi=CAD australiani=AUD
franc: svizzeri=CHF svizzero=CHF`)
	b.all("il lo la l' gli un' questo questa che si suo sua al allo alla ai per con senza non piu sono era erano ha hanno aveva come se gia anche ogni molto da dai", sense{flags: small})

	b.before(contrechamp.About, "circa|quasi|intorno a|intorno ai|attorno ai|attorno alle|poco meno di|approssimativamente|all' incirca|un centinaio di|vicino a")
	b.before(contrechamp.AtLeast, "piu di|oltre|almeno|non meno di|un minimo di|superiore a|superiori a|superiore al|supera i|superano i|superano le|supera le|al di sopra di")
	b.before(contrechamp.AtMost, "meno di|fino a|al massimo|non piu di|un massimo di|inferiore a|inferiori a|al di sotto di|appena")
	b.behind(contrechamp.About, "circa|all' incirca|piu o meno")
	b.behind(contrechamp.AtLeast, "o piu|almeno|+")
	b.behind(contrechamp.AtMost, "o meno|al massimo")

	l.percent = phrases("per cento|percento|%")
	l.points = phrases("punti percentuali|punto percentuale")
	l.countsByN = true
	return b.finish()
}

// italianCompounds adds the numbers that Italian writes as one word: "trentacinque", "duecentocinquanta", "ventimila".
func italianCompounds(b builder) {
	small := []string{"", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici", "tredici",
		"quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove"}
	tens := []string{"", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"}
	below100 := func(n int) string {
		if n < len(small) {
			return small[n]
		}
		t, u := tens[n/10], n%10
		if u == 1 || u == 8 { // "ventuno", "ventotto"
			t = t[:len(t)-1]
		}
		return t + small[u]
	}
	below1000 := func(n int) string {
		h := n / 100
		switch {
		case h == 0:
			return below100(n)
		case h == 1:
			return "cento" + below100(n%100)
		}
		return small[h] + "cento" + below100(n%100)
	}
	compounds(b, below1000, "mila", map[int]string{1: "mille"})
}
