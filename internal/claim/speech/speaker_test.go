package speech_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestSpeakers asks who is heard to say a passage of made-up texts, by each way to say so in five languages: by one of the names wanted,
// or by nobody.
func TestSpeakers(t *testing.T) {
	hearEach(t, []heardCase{
		// a noun phrase behind a quotation, whatever the verb
		{"closing", "fr", "« Les caméras de Brumeval lisent les plaques », grommelle un retraité du quartier.", "lisent les plaques", "retraité du quartier"},
		{"closing", "en", "\"The cameras in Harlow read number plates,\" grumbles a gardener from the hotel.", "read number plates", "gardener"},
		{"closing", "de", "„Die Kameras in Ulm lesen alle Kennzeichen“, brummt ein Anwohner.", "lesen alle Kennzeichen", "Anwohner"},
		{"closing", "es", "«Las cámaras de Vigo leen las matrículas», resopla una vecina.", "leen las matrículas", "vecina"},
		{"closing", "it", "«Le telecamere di Pavia leggono le targhe», sbuffa un barista.", "leggono le targhe", "barista"},
		// a quotation's attribution does not reach what the author adds
		{"closing ends", "fr", "« On habille la peur dans nos rues », a lancé une conseillère, seule de son avis, avant de quitter Brumeval, où quatorze caméras tournent.", "quatorze caméras tournent", ""},
		{"closing ends", "en", "\"We see nothing at all in there,\" said a gardener in Harlow, where forty cameras hang.", "forty cameras hang", ""},
		// a noun phrase before its verb
		{"subject", "fr", "Une source syndicale jure que quarante caméras filment Brumeval.", "quarante caméras", "source syndicale"},
		{"subject", "en", "The prospectus says that forty cameras watch Harlow.", "forty cameras", "prospectus"},
		{"subject", "de", "Eine Anwohnerin behauptet, dass vierzig Kameras den Platz filmen.", "vierzig Kameras", "Anwohnerin"},
		{"subject", "es", "Una fuente sindical asegura que cuarenta cámaras graban Vigo.", "cuarenta cámaras", "fuente sindical"},
		{"subject", "it", "Una fonte sindacale assicura che quaranta telecamere riprendono Pavia.", "quaranta telecamere", "fonte sindacale"},
		{"apposition", "fr", "Une association d'usagers, chronomètre en main, affirme que 88 caméras filment Brumeval.", "88 caméras", "association d'usagers"},
		// infinitives
		{"infinitive", "fr", "La mairie dit n'avoir installé aucune caméra.", "aucune caméra", "mairie"},
		{"infinitive", "es", "La alcaldesa niega haber instalado cámaras.", "instalado cámaras", "alcaldesa"},
		{"infinitive", "it", "Il sindaco nega di avere installato telecamere.", "installato telecamere", "sindaco"},
		// behind "selon"
		{"source", "fr", "Selon le gestionnaire du réseau, quarante caméras filment Brumeval.", "quarante caméras", "gestionnaire du réseau"},
		{"source", "en", "According to industry sources, forty cameras watch Harlow.", "forty cameras", "industry sources"},
		{"source", "de", "Laut Branchendiensten filmen vierzig Kameras den Platz in Ulm.", "vierzig Kameras", "Branchendiensten"},
		{"source", "es", "Según fuentes vecinales, cuarenta cámaras graban Vigo.", "cuarenta cámaras", "fuentes vecinales"},
		{"source", "it", "Secondo il gestore, quaranta telecamere riprendono Pavia.", "quaranta telecamere", "gestore"},
		{"no source", "fr", "Le logiciel trie les gens selon le sexe et l'âge dans Brumeval.", "trie les gens", ""},
		{"no source", "it", "Il secondo lotto conta quaranta telecamere.", "quaranta telecamere", ""},
		// somebody at a place
		{"somebody", "fr", "Quarante caméras, pas une de plus, assure-t-on chez Optivue.", "Quarante caméras", "Optivue"},
		{"somebody", "de", "Vierzig Kameras seien es, heißt es bei der Polizei.", "Vierzig Kameras", "Polizei"},
		{"somebody", "es", "«Son cuarenta cámaras y ninguna más», aseguran en la alcaldía.", "cuarenta cámaras", "alcaldía"},
		// a written answer
		{"answer", "fr", "Réponse du préfet de Brumeval aux élus\nQuarante caméras filment la ville.", "Quarante caméras", "préfet"},
		{"answer", "en", "Reply by the mayor to the residents\nForty cameras watch the town.", "Forty cameras", "mayor"},
		{"answer", "de", "Antwort der Landesregierung auf eine Kleine Anfrage\nVierzig Kameras filmen den Platz.", "Vierzig Kameras", "Landesregierung"},
		{"answer", "es", "Respuesta del alcalde a los vecinos\nCuarenta cámaras graban la ciudad.", "Cuarenta cámaras", "alcalde"},
		{"answer", "it", "Risposta del sindaco ai residenti\nQuaranta telecamere riprendono la città.", "Quaranta telecamere", "sindaco"},
		{"part of an answer", "de", "Antwort der Landesregierung auf eine Kleine Anfrage\nVorbemerkung der Fragesteller\nVierzig Kameras filmen den Platz in Ulm.", "Vierzig Kameras", "Fragesteller"},
		{"put to", "fr", "La vidéoprotection à Brumeval\nM. Laroche demande au ministre combien de caméras filment.\nRéponse. – Je suis informé que quarante caméras tournent.", "quarante caméras tournent", "ministre"},
		// a mere announcement
		{"announced", "fr", "La cheffe de zone rectifie. La dépense est de 136 000 euros.", "136 000 euros", "cheffe de zone"},
		{"announced", "en", "The police chief explained. Forty cameras watch the town.", "Forty cameras", "police chief"},
		{"announced", "de", "Die Bürgermeisterin antwortete. Vierzig Kameras filmen den Platz.", "Vierzig Kameras", "bürgermeisterin"},
		{"announced", "es", "La alcaldesa respondió. Cuarenta cámaras graban la ciudad.", "Cuarenta cámaras", "alcaldesa"},
		{"announced", "it", "Il sindaco precisa. Quaranta telecamere riprendono la città.", "Quaranta telecamere", "sindaco"},
		// pronouns, and none where none is needed
		{"pronoun", "fr", "Le maire de Brumeval a pris la parole. Il a indiqué que quarante caméras filment.", "quarante caméras", "maire"},
		{"pronoun", "en", "The mayor of Harlow took the floor. He said forty cameras watch the town.", "forty cameras", "mayor"},
		{"pronoun", "de", "Die Bürgermeisterin ergriff das Wort. Sie sagte, vierzig Kameras filmten den Platz.", "vierzig Kameras", "bürgermeisterin"},
		{"pronoun", "es", "La alcaldesa tomó la palabra. Añadió que cuarenta cámaras graban la ciudad.", "cuarenta cámaras", "alcaldesa"},
		{"pronoun", "it", "Il sindaco ha preso la parola. Ha aggiunto che quaranta telecamere riprendono la città.", "quaranta telecamere", "sindaco"},
		// reported speech goes on
		{"goes on", "de", "Die Polizei erklärte, dass vierzig Kameras filmen. Gespeichert werde nur eine Woche.", "Gespeichert werde", "Polizei"},
		// a name or an office, a colon, a quotation
		{"spoken", "fr", "Et à Brumeval ? La mairie : « Quarante caméras, pas plus. »", "Quarante caméras", "mairie"},
		{"spoken", "en", "Is Harlow next? We asked. Network Rail: \"Forty cameras, no more.\"", "Forty cameras", "Network Rail"},
		{"spoken", "de", "Und in Ulm? Die Polizei: „Vierzig Kameras, mehr nicht.“", "Vierzig Kameras", "Polizei"},
		{"spoken", "es", "¿Y en Vigo? La policía: «Cuarenta cámaras, ni una más.»", "Cuarenta cámaras", "policía"},
		{"spoken", "it", "E a Pavia? Il sindaco: «Quaranta telecamere, non di più.»", "Quaranta telecamere", "sindaco"},
		// past whom it is said to, and with a rank
		{"told", "en", "\"We have forty cameras,\" Sgt. Ana Ruiz, a spokeswoman for the department, told the Ledger.", "forty", "Ana Ruiz"},
		{"told", "fr", "« Nous avons quarante caméras en ville », explique à Franceinfo le directeur de la police municipale.", "quarante", "directeur de la police municipale"},
		{"told", "es", "«Tenemos cuarenta cámaras en el centro», explica a este diario el jefe de la Policía Local.", "cuarenta", "jefe de la policía local"},
		// "as the mayor explains"
		{"as", "fr", "Comme l'explique le maire, quarante caméras filment la ville.", "quarante", "maire"},
		{"as", "en", "As the mayor put it, \"forty cameras are enough\".", "forty", "mayor"},
		{"as", "de", "Wie die Stadt mitteilte, hängen vierzig Kameras am Bahnhof.", "vierzig", "stadt"},
		{"as", "es", "Tal y como explica la empresa, cuarenta cámaras graban la calle.", "cuarenta", "empresa"},
		{"as", "it", "Come spiega il sindaco, quaranta telecamere riprendono la piazza.", "quaranta", "sindaco"},
		// the place where somebody speaks stands first
		{"place first", "fr", "À la mairie, on précise que quarante caméras filment.", "quarante", "mairie"},
		{"place first", "de", "Aus dem Rathaus heißt es, vierzig Kameras reichten aus.", "vierzig", "Rathaus"},
		{"place first", "es", "Desde el Ayuntamiento aseguran que hay cuarenta cámaras.", "cuarenta", "Ayuntamiento"},
		{"place first", "it", "Dal Comune fanno sapere che le telecamere sono quaranta.", "quaranta", "Comune"},
		// without an article, and with an owner
		{"bare", "en", "Officials say the forty cameras read plates.", "forty", "officials"},
		{"bare", "es", "Fuentes municipales confirman que cuarenta cámaras graban.", "cuarenta", "fuentes municipales"},
		{"owner", "en", "The firm's sales sheet says that forty cameras can hear.", "forty", "sales sheet"},
		{"same sentence", "en", "The firm has no customers with forty cameras, it told us, whatever others say.", "forty", "the firm"},
		{"aside", "fr", "La plaquette, elle, vante quarante caméras.", "quarante", "plaquette"},
		{"zufolge", "de", "Dem Unternehmen zufolge erkennen vierzig Kameras Gesichter.", "vierzig", "Unternehmen"},
		// turns of a dialogue
		{"turn", "fr", "Entretien avec la directrice de la sûreté\nLa Revue. Combien de caméras avez-vous ?\nLa directrice. Nous avons quarante caméras en tout.\nLa Revue. Et la facture ?\nLa directrice. Cent mille euros hors taxes.", "quarante caméras", "directrice"},
		{"turn", "en", "A talk with the chief of safety\nThe Review. How many cameras are there?\nThe chief. We have forty cameras in all.\nThe Review. And the bill?\nThe chief. A hundred thousand pounds.", "forty cameras", "chief"},
		// an interview: whom its head names, or the label of an answer; questions without a mark
		{"interview", "fr", "TROIS QUESTIONS à la médiatrice de la ville\nCombien de caméras ?\nNous avons quarante caméras en tout.\nQui paie ?\nLa région.\nEt après ?\nRien.", "quarante caméras", "médiatrice"},
		{"interview", "en", "A conversation with the port's harbour mistress\nHow many cameras are there?\nForty cameras in all.\nWho pays?\nThe port.\nAnd then?\nNothing.", "Forty cameras", "port's harbour mistress"},
		{"interview", "de", "Interview mit der Hafenmeisterin\nWie viele Kameras gibt es?\nVierzig Kameras insgesamt.\nWer zahlt?\nDer Hafen.\nUnd dann?\nNichts.", "Vierzig Kameras", "Hafenmeisterin"},
		{"interview", "es", "Entrevista a la capitana del puerto\n¿Cuántas cámaras hay?\nCuarenta cámaras en total.\n¿Quién paga?\nEl puerto.\n¿Y después?\nNada.", "Cuarenta cámaras", "capitana del puerto"},
		{"interview", "it", "Intervista con la custode del porto\nQuante telecamere ci sono?\nQuaranta telecamere in tutto.\nChi paga?\nIl porto.\nE poi?\nNiente.", "Quaranta telecamere", "custode del porto"},
		// offices that their capital makes look like names, and a noun with its ending
		{"capital", "en", "Written reply by the Deputy Chief\nThe Deputy Chief said that forty cameras watch Harlow.", "forty cameras", "deputy chief"},
		{"capital", "fr", "Réponse du Ministre des Affaires intérieures\nQuarante caméras filment Brumeval.", "Quarante caméras", "ministre des affaires intérieures"},
		{"ending", "de", "Antwort des Staatsministeriums des Innern\nVierzig Kameras filmen den Platz in Ulm.", "Vierzig Kameras", "Staatsministerium des Innern"},
		{"ending", "de", "Vierzig Kameras filmen nach Angaben des Polizeipräsidiums den Platz in Ulm.", "Vierzig Kameras", "Polizeipräsidium"},
		// a line that is the word for an answer, and whom the question is put to
		{"answer line", "en", "Will the Minister of Railways be pleased to state how many cameras there are?\nANSWER\nForty cameras watch Harlow station.", "Forty cameras", "minister of railways"},
		// turns with labels in capitals
		{"capitals", "it", "In studio: Ada Neri\nNERI: Quante sono le telecamere?\nASSESSORE – Quaranta telecamere, non di più.\nNERI: E i costi?\nASSESSORE – Centomila euro.", "Quaranta telecamere", "assessore"},
		{"capitals", "en", "In the studio: Ada Field\nFIELD: I counted forty cameras in Harlow.\nGUEST: Who runs them?\nFIELD: The council does.\nGUEST: And the bill?", "forty cameras", "Ada Field"},
		{"form", "fr", "MONTANT : 45 000 euros\nLOT : quarante caméras à Brumeval\nMONTANT : 20 000 euros\nLOT : dix caméras", "quarante caméras", ""},
		// minutes: the floor
		{"minutes", "en", "Minutes of the parks committee\nThe Deputy Chief presented. Forty cameras watch Harlow. They cost little.", "Forty cameras", "deputy chief"},
		{"minutes", "es", "Acta de la sesión ordinaria\nContesta el concejal de Seguridad. Hay cuarenta cámaras en Vigo.", "cuarenta cámaras", "concejal de seguridad"},
		{"minutes", "fr", "Compte rendu de la séance\nLe maire expose que la ville s'équipe. Quarante caméras filment Brumeval.", "Quarante caméras", "maire"},
		{"minutes", "it", "Verbale della seduta\nIl sindaco illustra la proposta. Quaranta telecamere riprendono Pavia.", "Quaranta telecamere", "sindaco"},
		{"minutes", "de", "Niederschrift der Sitzung\nDie Bürgermeisterin berichtet. Vierzig Kameras filmen den Platz in Ulm.", "Vierzig Kameras", "bürgermeisterin"},
		{"no minutes", "en", "A day out in Harlow\nThe Deputy Chief arrived. Forty cameras watch Harlow.", "Forty cameras", ""},
		{"vote", "en", "Minutes of the parks committee\nThe Deputy Chief presented. It was MOVED and CARRIED that forty cameras watch Harlow.", "forty cameras", ""},
		// a noun that is no verb here, a rate that is no source
		{"nobody", "en", "The board received the report and forty cameras.", "forty cameras", ""},
		{"nobody", "en", "Four cameras per coach are fitted in Harlow.", "Four cameras", ""},
		// interviews: who asks is known by the questions, whoever answers by the head, a label or an address
		{"interview", "fr", "Entretien avec Salim Nadir, directeur de la société Optivue\nLe Matin : Combien de caméras ?\nQuarante caméras en tout.\nLe Matin : Qui paie ?\nLa région.\nLe Matin : Et après ?\nRien.", "Quarante caméras", "Salim Nadir"},
		{"interview", "de", "„Wir sehen nur Punkte“\nHafenchefin Petra Wollin über die Kameras in Ulm\nFrau Wollin, wie viele Kameras gibt es?\nVierzig Kameras insgesamt.\nWer zahlt?\nDer Hafen.\nUnd dann?\nNichts.", "Vierzig Kameras", "Petra Wollin"},
		{"letters", "en", "Interview by Ada Field\nMarcus Hale runs the control room in Harlow.\nQ: How many cameras?\nA: Forty cameras, all in Harlow.\nQ: Who pays?\nA: The port.\nQ: And people worry.\nA: They do.\nQ: And then?\nA: Nothing.", "Forty cameras", "Marcus Hale"},
		{"candidates", "fr", "Trois questions aux candidats\nFaut-il plus de caméras ?\nAnne Lagarde (liste Ensemble) : La ville a quarante caméras.\nPaul Quéré (Autrement) : C'est trop.\nEt les visages ?\nAnne Lagarde : Non.\nPaul Quéré : Jamais.", "quarante caméras", "Anne Lagarde"},
		{"hearing", "fr", "Audition\nM. Hervé Lannic (Verts). – Nous avons quarante caméras.\nMme Claire Aubin, présidente. – Merci.", "quarante caméras", "Hervé Lannic"},
		{"hearing", "fr", "Audition\nMme Claire Aubin, présidente. Combien de caméras ?\nM. Hervé Lannic. Nous avons quarante caméras.\nM. Jean Ruel, rapporteur. Et les visages ?\nM. Hervé Lannic. Aucun.", "quarante caméras", "Hervé Lannic"},
		{"line labels", "en", "Lord Ash (Crossbench)\nTo ask how many cameras there are.\nBaroness Reed, Minister of State - answered on 9 July\nForty cameras watch Harlow.\nLord Ash\nTo ask who pays.\nBaroness Reed\nThe town does.", "Forty cameras", "Reed"},
		{"asker", "fr", "Mme Hélène Aubrac attire l'attention du ministre sur la gare. Quarante caméras filment Brumeval.\nRéponse du ministère de la ville\nElles sont trente.", "Quarante caméras", "Hélène Aubrac"},
		// a subject behind its verb, and a body that "it" stands for
		{"behind", "de", "Die Kosten der vierzig Kameras beziffert der Bürgermeister mit einer Million Euro.", "vierzig Kameras", "bürgermeister"},
		{"behind", "es", "De las cuarenta cámaras recordó el alcalde que funcionan.", "cuarenta cámaras", "alcalde"},
		{"put at", "en", "The mayor puts the number at forty cameras.", "forty cameras", "mayor"},
		{"speaks of", "fr", "Le préfet parle de quarante caméras.", "quarante caméras", "préfet"},
		{"speaks of", "it", "Il sindaco parla di quaranta telecamere.", "quaranta telecamere", "sindaco"},
		// in minutes, points of a list and what was explained without saying by whom
		{"points", "en", "Minutes of the parks committee\nThe Head of Highways introduced the report. Members were advised that –\na) forty cameras watch Harlow;\nb) they cost little.", "forty cameras", "head of highways"},
		{"explained", "en", "Minutes of the parks committee\nThe Head of Highways introduced the report.\nCouncillor Reed asked who pays. It was explained that forty cameras belong to the port.", "forty cameras", "head of highways"},
		{"participle", "fr", "Le taux constaté sur les quarante caméras est bon.", "quarante caméras", ""},
		{"head", "de", "Kleine Anfrage und Antwort der Landesregierung\nVorbemerkung der Fragesteller\nEs gibt Fragen.\n1. Wie viele Kameras gibt es in Ulm?\nVierzig Kameras filmen den Platz.", "Vierzig Kameras", "Landesregierung"},
		{"label on a line", "fr", "Notes sténographiques\nLA PRÉSIDENTE :\nBonsoir.\nM. YVAN BROSSARD :\nQuarante caméras filment Brumeval.\nLA PRÉSIDENTE :\nEt le prix ?", "Quarante caméras", "yvan brossard"},
		{"about", "de", "Ein Gespräch über Kreide und Kameras\nHerr Petersen, wie läuft es?\nVierzig Kameras hängen am Kai.\nWer zahlt?\nDer Hafen.\nUnd dann?\nNichts.", "Vierzig Kameras", "Petersen"},
		// a pronoun behind "selon", and a name behind an office
		{"selon lui", "fr", "Le maire a pris la parole. Selon lui, quarante caméras filment Brumeval.", "quarante caméras", "maire"},
		{"in her words", "en", "The mayor took the floor. In her words, forty cameras watch Harlow.", "forty cameras", "mayor"},
		// whose count it is
		{"count", "en", "Harlow has, by the firm's own count, some 410 cameras.", "410 cameras", "the firm"},
		// the whole name of an office
		{"office", "en", "The chief executive of Optivue said that forty cameras watch Harlow.", "forty cameras", "chief executive of optivue"},
		{"office", "fr", "Le commissaire général de la police affirme que quarante caméras filment.", "quarante caméras", "commissaire général de la police"},
		// things do not speak, and what is said of them is nobody's word
		{"nobody", "fr", "Le marché, estimé cette fois à trois millions d'euros, compte quarante caméras.", "quarante caméras", ""},
		{"nobody", "fr", "Quarante caméras ont été posées pour assurer la sécurité de la gare.", "Quarante caméras", ""},
		{"nobody", "en", "Forty cameras went dark once the investigation was announced.", "Forty cameras", ""},
		{"nobody", "en", "The system, which the town bought in 2020, has forty cameras.", "forty cameras", ""},
		{"nobody", "de", "Vierzig Kameras wurden gekauft, wie der Plan es vorsieht.", "Vierzig Kameras", ""},
		{"nobody", "es", "Las cuarenta cámaras, según el barrio, cambian de color.", "cuarenta cámaras", "barrio"},
		{"nobody", "it", "Quaranta telecamere sono state posate per garantire la sicurezza.", "Quaranta telecamere", ""},
	})
}

// heardCase is a passage of a text with one of the names of who says it, "" for nobody.
type heardCase struct{ what, language, text, passage, want string }

// hearEach fails where somebody else is heard.
func hearEach(t *testing.T, cases []heardCase) {
	t.Helper()
	e := claimtest.Engine(t)
	for _, c := range cases {
		text := claimtest.Article("Vidéo\n"+c.text, c.language)
		text.Paragraphs = text.Paragraphs[1:]
		heard, err := e.Hear(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(text.Body, c.passage)
		if at < 0 {
			t.Fatalf("%s: %q is not in the text", c.language, c.passage)
		}
		var names []string
		for _, h := range heard {
			if h.Start <= at && at < h.End {
				names = append([]string{h.Speaker.ID}, h.Speaker.Names...)
			}
		}
		if c.want == "" && len(names) > 0 || c.want != "" && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, c.want) }) {
			t.Errorf("%s, %s: %q is said by %q, want %q in %q", c.what, c.language, c.passage, names, c.want, c.text)
		}
	}
}
