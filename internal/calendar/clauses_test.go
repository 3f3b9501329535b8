package calendar

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
)

// A second round of traps, in whole clauses.

func TestFrenchClauses(t *testing.T) {
	check(t, "fr", contrechamp.Date{Year: 2024, Month: 3, Day: 6}, []row{
		{"en novembre et décembre 2022", "[novembre] 2022-11 at; [décembre 2022] 2022-12 at"},
		{"en juillet de l'année dernière", "[juillet de l'année dernière] 2023-07 at relative"},
		{"en mai 68", ""},
		{"le 3/3/24", "[3/3/24] 2024-03-03 at"},
		{"au début du mois", "[début du mois] 2024-03 early at relative"},
		{"ce matin", "[ce matin] 2024-03-06 relative"},
		{"la nuit dernière", "[nuit dernière] 2024-03-05 relative"},
		{"il y a deux décennies", "[il y a deux décennies] 2004 relative duration"},
		{"dans le courant du mois d'avril", "[courant du mois d'avril] 2023-04 >2024-04 mid at relative"},
		{"Publié le 5 mars 2024 à 18h02, mis à jour le 6 mars", "[5 mars 2024] 2024-03-05 at; [6 mars] 2024-03-06 at relative"},
		{"Depuis le 1er janvier, 40 caméras", "[1er janvier] 2024-01-01 >2025-01-01 since relative"},
		{"entre le 1er et le 15 février 2024", "[1er et le 15 février 2024] 2024-02-01/2024-02-15 between"},
		{"au printemps dernier", "[printemps dernier] 2023 spring at relative"},
		{"l'hiver dernier", "[hiver dernier] 2023 winter relative"},
		{"la convention 2022-2026", "[2022-2026] 2022/2026"},
		{"de fin 2022 à début 2023", "[fin 2022 à début 2023] 2022/2023 late"},
		{"en 2019, puis en 2021", "[2019] 2019 at; [2021] 2021 at"},
		{"avril-mai 2023", "[avril-mai 2023] 2023-04/2023-05"},
		{"les 4, 5 et 6 mars", "[5 et 6 mars] 2024-03-05/2024-03-06 relative"},
		{"le week-end du 2 et 3 mars", "[2 et 3 mars] 2024-03-02/2024-03-03 >2025-03-02 relative"},
		{"la loi Sécurité globale de mai 2021", "[mai 2021] 2021-05"},
		{"au 31 décembre 2023, la ville", "[31 décembre 2023] 2023-12-31 at"},
		{"né en 1974", "[1974] 1974 at"},
		{"le 14 juillet 1789", "[14 juillet 1789] 1789-07-14 at"},
		{"depuis le début de l'année", "[début de l'année] 2024 early since relative"},
		{"quatre ans après", ""},
		{"dans les trois prochaines années", ""},
		{"trois ans et demi plus tôt", ""},
		{"expérimentation (2023-2025)", "[2023-2025] 2023/2025"},
		{"en mars-avril", "[mars-avril] 2024-03/2024-04 at relative"},
		{"en cette fin d'année", "[fin d'année] 2024 late relative"},
	})
}

func TestEnglishClauses(t *testing.T) {
	check(t, "en", contrechamp.Date{Year: 2024, Month: 3, Day: 6}, []row{
		{"in November and December 2022", "[November] 2022-11 at; [December 2022] 2022-12 at"},
		{"in March last year", "[March last year] 2023-03 at relative"},
		{"in 2023's budget", "[2023] 2023 at"},
		{"last night", "[last night] 2024-03-05 relative"},
		{"in the 12 months to March 2023", "[March 2023] 2023-03"},
		{"24/7/365", ""},
		{"on the weekend of 2-3 March", "[2-3 March] 2024-03-02/2024-03-03 >2025-03-02 relative"},
		{"(Reuters) - March 5, 2024", "[March 5, 2024] 2024-03-05"},
		{"WASHINGTON, March 5 -- The agency", "[March 5] 2024-03-05 >2025-03-05 relative"},
		{"in the summer and fall of 2023", "[summer] 2023 summer at; [fall of 2023] 2023 autumn"},
		{"as recently as 2022", "[2022] 2022"},
		{"as of 2022", "[2022] 2022"},
		{"going back to 2015", "[2015] 2015"},
		{"the 2015 Paris attacks", ""},
		{"January through March 2023", "[January through March 2023] 2023-01/2023-03"},
		{"early March", "[early March] 2024-03 early relative"},
		{"mid-to-late 2023", "[late 2023] 2023 late"},
		{"no later than 1 June 2025", "[1 June 2025] 2025-06-01"},
		{"over the next five years", "[five years] 2029 at relative duration"},
		{"two years and three months ago", "[three months ago] 2023-12 relative duration"},
		{"half a year ago", ""},
		{"Christmas 2023", ""},
		{"in the early 2010s", "[early 2010s] 2010/2019 early at"},
		{"this past October", "[past October] 2023-10 relative"},
		{"on Tuesday and Wednesday", "[Tuesday] 2024-03-05 >2024-03-12 at relative; [Wednesday] 2024-03-06 relative"},
		{"Friday, March 8, at 6 p.m.", "[Friday, March 8] 2024-03-08 relative"},
	})
}
