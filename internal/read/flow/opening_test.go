package flow

import "testing"

// TestOpensAct knows how paragraphs of acts begin in several languages, and what only looks like it.
func TestOpensAct(t *testing.T) {
	for _, s := range []string{"Vu le code", "VU le code", "Article 1er – Le maire", "ARTICLE 2", "Art. 3", "Article premier", "Considérant que", "CONSIDERANT que", "Sur proposition du préfet", "SUR la proposition du", "SUR PROPOSITION du",
		"ARRÊTE", "ARRETE :", "ARRÊTENT", "ARRÊTE CE QUI SUIT", "DÉCIDE :", "§ 4 Dauer", "Artículo 5", "CONSIDERANDO que", "Visto il decreto", "VISTA la richiesta", "Articolo 2", "DELIBERA", "Gelet op de wet", "Overwegende dat",
		"Artikel 3", "Auf Grund des § 15", "Aufgrund von", "WHEREAS, the", "Whereas the", "Having regard to", "Section 12", "Члан 3", "Član 4", "Chapitre II", "TITRE 1", "APPROUVE la", "AUTORISE le maire", "PREND ACTE du", "Entendu l'exposé"} {
		if !OpensAct(s) {
			t.Errorf("%q opens no act", s)
		}
	}
	for _, s := range []string{"", "A", "vu le code", "Vue de la place", "Articles de presse", "ARRETE N° 2024-12", "Arrêté n° 12", "Section de vote", "Sur la place", "Considérablement", "Titre de transport", "Vulgaire", "§", "Le maire", "Disons"} {
		if OpensAct(s) {
			t.Errorf("%q opens an act", s)
		}
	}
	for s, want := range map[string]bool{"Valcroix, le 22 janvier 2025": true, "Fait à Nîmes, le 2 septembre 2025": true, "Waldenau, den 14. Juni 2022": true, "Lugo, a 3 de mayo de 2021": true, "Roma, lì 3 maggio 2021": true,
		"Le maire a signé le 3 mars": false, "Valcroix": false, "La Roche-sur-Yon le 3 mars 2024": true, "Saint-Denis de la Réunion, le 1er mars 2024": true, "Le Préfet signe le 3 mars": false, "": false} {
		if IsDateLine(s) != want {
			t.Errorf("%q: date line %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"3": true, "- 3 -": true, "page 3 sur 9": true, "2/9": true, "Page 12": true, "iv": true, "3 caméras": false, "RD 824": false, "": false} {
		if IsPageNumber(s) != want {
			t.Errorf("%q: page number %v", s, !want)
		}
	}
}
