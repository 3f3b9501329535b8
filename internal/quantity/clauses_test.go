package quantity

import "testing"

// A second round of traps, in whole clauses.

func TestFrenchClauses(t *testing.T) {
	check(t, "fr", []row{
		{"les 20 à 30 000 manifestants", "[20 à 30 000] 20000..30000"},
		{"150 à 200 000 €", "[150 à 200 000 €] money 150000..200000 EUR"},
		{"de 40 à 1 000 caméras", "[40 à 1 000] 40..1000"},
		{"La métropole, qui comptait 1 200 caméras en 2018, en aligne 2 050 six ans plus tard.", "[1 200] 1200; [2 050] 2050; [six ans] measure 6 ans"},
		{"Coût total : 1 345 678,90 euros TTC.", "[1 345 678,90 euros] money 1345678.9 EUR"},
		{"Soit 3,50 € par habitant", "[3,50 €] money 3.5 EUR"},
		{"L’opposition chiffre l’addition à quelque 12 millions d’euros", "[quelque 12 millions d’euros] money 12000000 about EUR"},
		{"un marché de 12,4 M d'euros", "[12,4 M d'euros] money 12400000 EUR"},
		{"Onze caméras sur les vingt-deux fonctionnent.", "[Onze] 11; [vingt-deux] 22"},
		{"Une vingtaine de caméras seront posées, dont une dizaine au centre-ville", "[Une vingtaine] 20 about; [une dizaine] 10 about"},
		{"« Nous avons 80 caméras, ce sera 120 demain », dit-il", "[80] 80; [120] 120"},
		{"le groupe Thales (81 000 salariés, 18,4 milliards d'euros de chiffre d'affaires)", "[81 000] 81000; [18,4 milliards d'euros] money 18400000000 EUR"},
		{"entre 1,5 et 2 millions d'euros", "[1,5 et 2 millions d'euros] money 1500000..2000000 EUR"},
		{"de 15 à 20 caméras par quartier", "[15 à 20] 15..20"},
		{"une baisse de 12 à 15 %", "[12 à 15 %] percent 12..15"},
		{"les 10 000 premières caméras", "[10 000] 10000"},
		{"plus de la moitié des 500 agents", "[500] 500"},
		{"l'amendement n° 12 et les alinéas 3 et 4", ""},
		{"au 3e étage, bureau 214", ""},
		{"un loyer de 1.250,75 €", "[1.250,75 €] money 1250.75 EUR"},
		{"Le 112 et le 17 ont reçu 400 appels", "[112] 112; [400] 400"},
		{"le mètre carré, 20 m de haut, 5 km", "[20 m] measure 20 m; [5 km] measure 5 km"},
		{"la directive 2016/680 et le règlement (UE) 2016/679", ""},
		{"trois cent mille personnes, soit 30 % de plus qu'en 2019", "[trois cent mille] 300000; [30 %] percent 30"},
		{"au prix de 2 euros 50", "[2 euros] money 2 EUR; [50] 50"},
		{"de 8 000 à plus de 10 000 caméras", "[8 000] 8000; [plus de 10 000] 10000 at_least"},
		{"C'est 20 fois plus", "[20] 20"},
		{"minuit, six heures du matin", "[six heures] measure 6 heures"},
		{"cinq à six mille caméras", "[cinq à six mille] 5000..6000"},
		{"quelque 1.500 caméras et près de 90.000 plaques", "[quelque 1.500] 1500 about; [près de 90.000] 90000 about"},
	})
}

func TestEnglishClauses(t *testing.T) {
	check(t, "en", []row{
		{"In 2019, 2020 and 2021 it bought 300", "[300] 300"},
		{"two to three dozen", "[two to three dozen] 24..36"},
		{"1 out of 10 alerts", ""},
		{"Rs1,200 crore and EUR3m", "[Rs1,200 crore] money 12000000000 INR; [EUR3m] money 3000000 EUR"},
		{"The force has 1,485 body-worn cameras, up from 900 in 2019.", "[1,485] 1485; [900] 900"},
		{"Police paid $1,234,567.89 for it", "[$1,234,567.89] money 1234567.89 symbol $"},
		{"a contract worth up to £3.6m", "[up to £3.6m] money 3600000 at_most GBP"},
		{"The city, pop. 26,000, has 41 cameras", "[26,000] 26000; [41] 41"},
		{"some two million vehicles a day", "[some two million] 2000000 about"},
		{"one million cameras", "[one million] 1000000"},
		{"over 1.3 billion people", "[over 1.3 billion] 1300000000 at_least"},
		{"Its 15,000-strong force", "[15,000] 15000"},
		{"an 81% error rate", "[81%] percent 81"},
		{"twenty-one of 42 alerts", "[twenty-one] 21; [42] 42"},
		{"said Smith, 42, a resident", "[42] 42"},
		{"the 14th Amendment and the 4th", ""},
		{"in its 2023-24 accounts", ""},
		{"a 30-day trial of 12 drones", "[30-day] measure 30 day; [12] 12"},
		{"up to US$5 million", "[up to US$5 million] money 5000000 at_most USD"},
		{"30,000 square feet", "[30,000] 30000"},
		{"a $2.5-million-a-year deal", "[$2.5-million] money 2500000 symbol $"},
		{"from 9 a.m. to 5 p.m.", ""},
		{"five hundred thousand faces", "[five hundred thousand] 500000"},
		{"cost 3.2 crore rupees", "[3.2 crore rupees] money 32000000 INR"},
		{"around Rs1.2 crore", "[around Rs1.2 crore] money 12000000 about INR"},
		{"1 in 3 drivers", "[1] 1; [3] 3"},
		{"Chapter 11 and Exhibit 99.1", ""},
		{"with an accuracy of 99.9 per cent or more", "[99.9 per cent or more] percent 99.9 at_least"},
		{"dozens more cameras", ""},
		{"nine-hundred-and-ninety cameras", "[nine-hundred-and-ninety] 990"},
		{"a 10-to-1 ratio", "[10] 10"},
		{"CCTV: 75 fixed, 12 mobile", "[75] 75; [12] 12"},
		{"sold for 2.5 million yuan ($350,000)", "[2.5 million yuan] money 2500000 CNY; [$350,000] money 350000 symbol $"},
		{"at $40 to $50 a month", "[$40 to $50] money 40..50 symbol $"},
	})
}

// TestBrokenGroups: a conversion that sets its marks apart breaks sums in two.
func TestBrokenGroups(t *testing.T) {
	check(t, "en", []row{
		{"They set aside $31, 460 for it.", "[$31, 460] money 31460 symbol $"},
		{"In wards 31, 460 cameras were counted.", "[31] 31; [460] 460"},
	})
	check(t, "it", []row{
		{"Ne ha spesi 20. 339 euro.", "[20. 339 euro] money 20339 EUR"},
		{"Le telecamere sono 20. 339 persone firmano.", "[20] 20; [339] 339"},
	})
	check(t, "de", []row{{"Das kostet 1. 250. 000 Euro.", "[1. 250. 000 Euro] money 1250000 EUR"}})
}

// TestThousandsInWords: Mexico writes the thousands in words and the rest in digits.
func TestThousandsInWords(t *testing.T) {
	check(t, "es", []row{
		{"Contamos con dos mil 248 cámaras.", "[dos mil 248] 2248"},
		{"Vamos a adquirir tres mil 527 cámaras más.", "[tres mil 527] 3527"},
		{"Una inversión de dos mil 600 millones de pesos.", "[dos mil 600 millones de pesos] money 2600000000 symbol peso"},
		{"En dos mil 20 fueron pocas.", "[dos mil] 2000; [20] 20"},
	})
}
