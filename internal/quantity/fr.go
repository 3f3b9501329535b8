package quantity

import contrechamp "contrechamp.org/contrechamp"

// french is what French says of numbers. Words are folded: without accents, in lower case.
func french() *language {
	l, b := newLanguage(',', '.')
	international(b)

	b.numbers(unit, "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16", 0)
	b.numbers(unit, "un=1 une=1", shy)
	b.numbers(ten, "vingt=20 vingts=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70 huitante=80 octante=80 nonante=90", 0)
	b.numbers(hundred, "cent=100 cents=100", 0)
	b.numbers(scale, "mille=1000 million=1000000 milliard=1000000000 billion=1000000000000 lakh=100000 crore=10000000", 0)
	b.numbers(scale, "millions=1000000 milliards=1000000000 billions=1000000000000 lakhs=100000 crores=10000000", plural)
	b.numbers(scale, "md=1000000000 mds=1000000000 mrd=1000000000 m=1000000 mio=1000000", suffix)
	b.numbers(collective, "dizaine=10 douzaine=12 quinzaine=15 vingtaine=20 trentaine=30 quarantaine=40 cinquantaine=50 soixantaine=60 centaine=100 millier=1000", 0)
	b.numbers(collective, "dizaines=10 douzaines=12 vingtaines=20 centaines=100 milliers=1000", plural)

	b.all("des plusieurs quelques", sense{role: someOf})
	b.all("et", sense{flags: and | small})
	b.all("ou", sense{flags: or | small})
	b.all("a", sense{flags: to | small})
	b.all("entre", sense{flags: between | small | yearly})
	b.all("de d' des du", sense{flags: of | small})
	b.all("demi demie", sense{flags: half})
	b.all("e er re eme ere nd nde ieme iemes emes es ers eres", sense{flags: ordinal})
	b.all("passer passe passees passes passee passent passera passeront passant passait grimper grimpe grimpera monter monte augmenter augmente bondir bondi chuter chute tomber tombe porter porte portera porterait reduit reduire", sense{flags: change})
	b.all("h", sense{flags: clock})

	b.all("en depuis des jusqu'en courant fin debut mi avant apres horizon annee annees an rentree exercice", sense{flags: small})
	b.all("en depuis avant apres courant fin debut horizon annee annees rentree exercice hiver printemps ete automne", sense{flags: yearly})
	b.all("janvier fevrier avril mai juin juillet aout septembre octobre novembre decembre mars janv fevr fev avr juil sept oct nov dec", sense{flags: month})
	b.all("sept neuf", sense{flags: strict})
	b.all("lundi mardi mercredi jeudi vendredi samedi dimanche", sense{flags: weekday})
	b.all("tiers quart quarts cinquieme cinquiemes dixieme dixiemes centieme centiemes", sense{flags: fraction})
	b.all("sur", sense{flags: ratio | small})
	b.all("seul seule unique", sense{flags: alone})
	b.all("les ses leurs ces nos vos", sense{flags: determiner})
	b.all("le", sense{flags: day})
	b.all("article articles art section sections chapitre annexe annexes alinea alineas amendement amendements bureau salle porte quai chapitres paragraphes lois decrets arretes directives paragraphe page pages p numero numeros no n loi decret arrete directive reglement norme version ligne lignes route phase niveau lot etape tome volume vol figure tableau categorie groupe classe serie saison episode siren siret rcs tel telephone telephones fax bp cs cedex dossier considerant question questions interpellation postulat motion", sense{flags: label})
	b.all("kilometre kilometres km metre metres cm mm centimetres kilo kilos kg tonnes grammes hectare hectares litres "+
		"heure heures minute minutes min seconde secondes jour jours semaine semaines mois an ans annee annees siecles decennies nuits matinees "+
		"megapixel megapixels pixels pixel megaoctets gigaoctets teraoctets petaoctets go mo to octets gigas teras degres degre watts volts hertz ghz mhz lux "+
		"mw kwh metre-carre km2 m2 mbit mbits gbit ips fps", sense{role: measure})
	b.currencies(`
euro euros = EUR €
dollar dollars = $
franc francs fr frs = franc
roupie roupies rupees rs = INR Rs
riyal riyals = SAR SAR
sum sums = UZS UZS
yuan yuans renminbi renminbis = CNY ¥
yen yens = JPY ¥
rouble roubles = RUB ₽
dirham dirhams = dirham
dinar dinars = dinar
shilling shillings = shilling
couronne couronnes = couronne
zloty zlotys = PLN PLN
forint forints = HUF HUF
naira nairas = NGN ₦
rand rands = ZAR R
peso pesos = peso
real reais = BRL R$
shekel shekels = ILS ₪
baht bahts = THB ฿
ringgit ringgits = MYR RM
hryvnia hryvnias = UAH ₴`, 0)
	b.currencies(`
livre livres = livre
won wons = KRW ₩
couronne couronnes = couronne`, strict)
	b.currenciesByNation(`
$: americain=USD americains=USD us=USD canadien=CAD canadiens=CAD ca=CAD australien=AUD australiens=AUD hongkongais=HKD singapouriens=SGD neo-zelandais=NZD taiwanais=TWD
franc: suisse=CHF suisses=CHF cfa=CFA pacifique=XPF congolais=CDF guineens=GNF rwandais=RWF djiboutiens=DJF
livre: sterling=GBP sterlings=GBP anglaises=GBP egyptienne=EGP egyptiennes=EGP turque=TRY turques=TRY libanaises=LBP syriennes=SYP soudanaises=SDG
Rs: indienne=INR indiennes=INR pakistanaise=PKR pakistanaises=PKR sri-lankaises=LKR nepalaises=NPR mauriciennes=MUR indonesiennes=IDR
dirham: marocain=MAD marocains=MAD emirati=AED emiratis=AED emirien=AED emiriens=AED
dinar: serbe=RSD serbes=RSD tunisien=TND tunisiens=TND algerien=DZD algeriens=DZD koweitiens=KWD jordaniens=JOD irakiens=IQD libyens=LYD
shilling: ougandais=UGX kenyan=KES kenyans=KES tanzaniens=TZS somaliens=SOS
couronne: suedoises=SEK suedoise=SEK norvegiennes=NOK norvegienne=NOK danoises=DKK danoise=DKK tcheques=CZK islandaises=ISK
peso: mexicain=MXN mexicains=MXN argentin=ARS argentins=ARS chiliens=CLP colombiens=COP philippins=PHP
₽: russe=RUB russes=RUB bielorusse=BYN bielorusses=BYN`)

	b.all("le la les l' un une ce cet cette ces se s' son sa ses leur leurs il elle ils elles on y n' ne pas plus sur sous dans par pour avec sans que qu' qui dont "+
		"est sont etait etaient sera seront a ont avait avaient aura auront puis mais comme selon afin au aux dans lors lorsque quand apres avant depuis mais car si "+
		"deja encore aussi ainsi alors puis tres trop moins chez vers entre environ je nous vous c' j'", sense{flags: small})

	b.before(contrechamp.About, "environ|pres de|pres d'|pres des|quelque|presque|quasi|quasiment|a peu pres|autour de|autour des|aux alentours de|aux alentours des|aux environs de|de l' ordre de|approximativement|grosso modo|une estimation de|estime a|estimes a|estimee a|estimees a|avoisinant|avoisinant les|avoisine|avoisine les|frolant les|frole les|approchant les|vers les")
	b.before(contrechamp.AtLeast, "plus de|plus d'|plus des|au moins|au minimum|minimum|pas moins de|pas moins d'|non inferieur a|non inferieure a|non inferieurs a|non inferieures a|superieur a|superieure a|superieurs a|superieures a|au dessus de|au - dessus de|au dela de|au - dela de|depassant|depassant les|depasse|depasse les|depassent|depassent les|depasser|depasser les|excedant|excede|a partir de|a minima|bien plus de|un peu plus de|+ de|plus des")
	b.before(contrechamp.AtMost, "moins de|moins d'|moins des|jusqu' a|jusqu' aux|au plus|tout au plus|au maximum|maximum|inferieur a|inferieure a|inferieurs a|inferieures a|non superieur a|non superieure a|au dessous de|au - dessous de|en dessous de|pas plus de|pas plus d'|un peu moins de|a peine|a peine plus de|sous les|sous la barre des|ne depassant pas|ne depasse pas|ne depassant pas les|ne depasse pas les|dans la limite de|plafonne a|plafonnee a")
	b.behind(contrechamp.About, "environ|approximativement|a peu pres")
	b.behind(contrechamp.AtLeast, "ou plus|et plus|au moins|au minimum|minimum|+|a minima|voire plus")
	b.behind(contrechamp.AtMost, "ou moins|au plus|au maximum|maximum|max|tout au plus")

	l.percent = phrases("p . 100|p . cent|p . c .|pour cent|pour - cent|pour 100|pourcent|pourcents|pct|%")
	l.points = phrases("points de pourcentage|points de pourcentages|point de pourcentage|points de %")
	return b.finish()
}
