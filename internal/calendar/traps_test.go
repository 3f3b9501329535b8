package calendar

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
)

// What press style does to dates. Each row was written before the code was asked.

func TestFrenchTraps(t *testing.T) {
	check(t, "fr", contrechamp.Date{Year: 2024, Month: 3, Day: 6}, []row{ // a Wednesday
		{"Mercredi 6 mars, le préfet", "[Mercredi 6 mars] 2024-03-06 relative"},
		{"jeudi 7 mars prochain", "[jeudi 7 mars prochain] 2024-03-07 relative"},
		{"vendredi 15, le conseil votera", "[vendredi 15] 2024-03-15 relative"},
		{"du lundi 4 au vendredi 8 mars", "[lundi 4 au vendredi 8 mars] 2024-03-04/2024-03-08 relative"},
		{"le 1er janvier 2024", "[1er janvier 2024] 2024-01-01 at"},
		{"à partir du 1er avril", "[1er avril] 2023-04-01 >2024-04-01 since relative"},
		{"jusqu'au 31 mars 2025", "[31 mars 2025] 2025-03-31 until"},
		{"jusqu'en 2027", "[2027] 2027 until"},
		{"avant la fin 2024", "[fin 2024] 2024 late before"},
		{"courant 2025", "[courant 2025] 2025 mid"},
		{"au cours du premier trimestre 2025", "[premier trimestre 2025] 2025 first quarter"},
		{"au second semestre", ""},
		{"au début des années 2000", "[début des années 2000] 2000/2009 early at"},
		{"depuis les années 1990", "[années 1990] 1990/1999 since"},
		{"il y a une dizaine d'années", "[il y a une dizaine d'années] 2014 relative duration"},
		{"il y a six mois", "[il y a six mois] 2023-09 relative duration"},
		{"il y a quelques années", ""},
		{"voilà deux ans que", "[voilà deux ans] 2022 relative duration"},
		{"depuis plus de dix ans", "[dix ans] 2014 since relative duration"},
		{"en l'an 2000", "[2000] 2000 at"},
		{"l'an prochain", "[an prochain] 2025 relative"},
		{"le mois prochain", "[mois prochain] 2024-04 at relative"},
		{"en septembre prochain", "[septembre prochain] 2024-09 at relative"},
		{"décembre 2023 et janvier 2024", "[décembre 2023] 2023-12; [janvier 2024] 2024-01"},
		{"entre mars et juin 2023", "[mars et juin 2023] 2023-03/2023-06 between"},
		{"dans la nuit du 3 au 4 mars", "[3 au 4 mars] 2024-03-03/2024-03-04 >2025-03-03 relative"},
		{"cet été", "[cet été] 2024 summer relative"},
		{"l'été prochain", "[été prochain] 2024 summer relative"},
		{"elle a été en 2019 la première", "[2019] 2019 at"},
		{"L'avenue du 8 mai 1945", "[8 mai 1945] 1945-05-08"},
		{"les élections de 2026", "[2026] 2026"},
		{"JO de Paris 2024", ""},
		{"pour les Jeux de 2024 puis de 2030", "[2024] 2024; [2030] 2030"},
		{"loi du 19 mai 2023", "[19 mai 2023] 2023-05-19"},
		{"l'arrêté n° 2023-11", ""},
		{"au 12 rue du Quatre-Septembre", ""},
		{"La fin justifie les moyens", ""},
		{"en moins de 2000 jours", ""},
		{"avant-hier soir", "[avant-hier] 2024-03-04 relative"},
		{"le surlendemain", ""},
		{"fin février", "[fin février] 2024-02 >2025-02 late relative"},
		{"à la mi-décembre", "[mi-décembre] 2023-12 >2024-12 mid at relative"},
		{"d'ici à la fin de l'année", "[fin de l'année] 2024 late by relative"},
		{"d'ici l'été", "[été] 2023 >2024 summer by relative"},
		{"dès la rentrée", "[rentrée] 2023-09 >2024-09 since relative"},
		{"chaque mardi et tous les jeudis", ""},
		{"ce jeudi", "[ce jeudi] 2024-02-29 >2024-03-07 relative"},
		{"mardi et mercredi derniers", "[mardi] 2024-03-05 >2024-03-12 relative; [mercredi derniers] 2024-02-28 relative"},
		{"le 29 février", "[29 février] 2024-02-29 >2028-02-29 at relative"},
		{"au 3e trimestre 2023", "[3e trimestre 2023] 2023 third quarter at"},
		{"12.03.2023", "[12.03.2023] 2023-03-12"},
		{"01/2023", "[01/2023] 2023-01"},
		{"vers la fin de 2022", "[fin de 2022] 2022 late at"},
		{"(mars 2022 - juin 2023)", "[mars 2022 - juin 2023] 2022-03/2023-06"},
		{"Il marche dans Mars", ""},
		{"au mois de mai", "[mai] 2023-05 >2024-05 at relative"},
		{"en août 2023", "[août 2023] 2023-08 at"},
		{"la semaine prochaine", "[semaine prochaine] 2024-03-11/2024-03-17 relative"},
		{"17 h 30, 24 heures", ""},
		{"DÈS 2019", "[2019] 2019 since"},
	})
}

func TestEnglishTraps(t *testing.T) {
	check(t, "en", contrechamp.Date{Year: 2024, Month: 3, Day: 6}, []row{ // a Wednesday
		{"On Wednesday, March 6, 2024, the council", "[Wednesday, March 6, 2024] 2024-03-06 at"},
		{"on Feb. 12", "[Feb. 12] 2024-02-12 >2025-02-12 at relative"},
		{"in late February", "[late February] 2024-02 >2025-02 late at relative"},
		{"earlier this month", "[earlier this month] 2024-03 early relative"},
		{"late last year", "[late last year] 2023 late relative"},
		{"early next year", "[early next year] 2025 early relative"},
		{"by the end of 2025", "[end of 2025] 2025 late by"},
		{"until June 2025", "[June 2025] 2025-06 until"},
		{"from 2015 to 2019", "[2015 to 2019] 2015/2019 since"},
		{"from 2015 through 2019", "[2015 through 2019] 2015/2019 since"},
		{"the 2015-2019 contract", "[2015-2019] 2015/2019"},
		{"since last April", "[last April] 2023-04 since relative"},
		{"this March", "[this March] 2024-03 relative"},
		{"next September", "[next September] 2024-09 relative"},
		{"in the spring of 2022", "[spring of 2022] 2022 spring at"},
		{"in spring 2022", "[spring 2022] 2022 spring at"},
		{"last fall", "[last fall] 2023 autumn relative"},
		{"in the fall", "[fall] 2023 >2024 autumn at relative"},
		{"prices fall in 2022", "[2022] 2022 at"},
		{"the second half of 2023", "[second half of 2023] 2023 second half"},
		{"in Q3 2023", "[Q3 2023] 2023 third quarter at"},
		{"a decade ago", "[a decade ago] 2014 relative duration"},
		{"two weeks ago", "[two weeks ago] 2024-02 relative duration"},
		{"ten days ago", "[ten days ago] 2024-02-25 relative duration"},
		{"a year ago", "[a year ago] 2023 relative duration"},
		{"for the past two years", "[past two years] 2022 since relative duration"},
		{"in the last 18 months", "[last 18 months] 2022-09 since relative duration"},
		{"a two-year trial", ""},
		{"three years later", ""},
		{"two years from now", "[two years from now] 2026 relative duration"},
		{"Theresa May said in May", "[May] 2023-05 >2024-05 at relative"},
		{"a March for Justice", ""},
		{"protesters march 15 miles", ""},
		{"August bodies", ""},
		{"Sunday Times", "[Sunday] 2024-03-03 >2024-03-10 relative"},
		{"every Friday", ""},
		{"on Friday", "[Friday] 2024-03-01 >2024-03-08 at relative"},
		{"next Friday", "[next Friday] 2024-03-08 relative"},
		{"24/7 monitoring", ""},
		{"Section 2020 of the act", ""},
		{"in 2000 cities", ""},
		{"2024 Olympics", ""},
		{"the 2024 Olympics", ""},
		{"in the 1980s", "[1980s] 1980/1989 at"},
		{"a 2019 study found", "[2019] 2019"},
		{"4 July 2023", "[4 July 2023] 2023-07-04"},
		{"the 4th of July", "[4th of July] 2023-07-04 >2024-07-04 relative"},
		{"July 4th, 2023", "[July 4th, 2023] 2023-07-04"},
		{"Sept. 11, 2001", "[Sept. 11, 2001] 2001-09-11"},
		{"2023-11-05T10:00:00Z", "[2023-11-05] 2023-11-05"},
		{"11/5/2023", "[11/5/2023] 2023-11-05"},
		{"Mon, 05 Nov 2023 10:00", "[Mon, 05 Nov 2023] 2023-11-05"},
		{"Updated: Nov 5, 2023 at 10:00", "[Nov 5, 2023] 2023-11-05"},
		{"in fiscal year 2023", "[2023] 2023 at"},
		{"FY2023", ""},
		{"yesterday's vote", "[yesterday] 2024-03-05 relative"},
		{"between March and June 2023", "[March and June 2023] 2023-03/2023-06 between"},
		{"January 5 cameras", "[January] 2024-01 >2025-01 relative"},
		{"Since January, 40 cameras", "[January] 2024-01 >2025-01 since relative"},
		{"on the first of May", "[first of May] 2023-05-01 >2024-05-01 at relative"},
		{"in 2021, 2022 and 2023", "[2021] 2021 at; [2022] 2022 at; [2023] 2023 at"},
		{"copyright 2023", ""},
		{"this week", "[this week] 2024-03-04/2024-03-10 relative"},
		{"Thursday night", "[Thursday] 2024-02-29 >2024-03-07 relative"},
		{"the following year", ""},
		{"the previous year", ""},
		{"at the beginning of the year", "[beginning of the year] 2024 early relative"},
		{"second-quarter results", ""},
		{"in two years", ""},
		{"in November's election", "[November] 2023-11 >2024-11 at relative"},
	})
}

func TestParse(t *testing.T) {
	for _, r := range []struct{ language, text, want string }{
		{"fr", "23 juin 2021", "2021-06-23"}, {"fr", "Publié le 23/06/2021 à 10:15", "2021-06-23"}, {"fr", "2021-06", "2021-06"},
		{"en", "June 18, 2019", "2019-06-18"}, {"fr", "2019", "2019"}, {"fr", "hier", ""}, {"fr", "15 octobre", ""},
		{"fr", "du 3 au 5 mai 2021", ""}, {"fr", "", ""}, {"fr", "12345", ""}, {"en", "3 May 2021, updated 4 May 2021", ""},
		{"de", "23.06.2021", "2021-06-23"}, {"en", "31/02/2021", ""},
	} {
		got, ok := Parse(r.text, r.language)
		if got.String() != r.want || ok != (r.want != "") {
			t.Errorf("Parse(%q, %q) = %q, %v, want %q", r.text, r.language, got, ok, r.want)
		}
	}
}

func TestZeroReference(t *testing.T) {
	check(t, "fr", contrechamp.Date{}, []row{
		{"hier, l'an dernier, jeudi, en juin, le 3 mai, depuis trois ans, cet été, le mois dernier", ""},
		{"de juin à octobre 2020", "[juin à octobre 2020] 2020-06/2020-10"},
		{"le 23 juin 2021", "[23 juin 2021] 2021-06-23 at"},
	})
	check(t, "fr", contrechamp.Date{Year: 2021}, []row{
		{"l'an dernier", "[an dernier] 2020 relative"},
		{"en juin, hier, jeudi", ""},
	})
}
