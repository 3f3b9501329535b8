package speech_test

import "testing"

// TestMoreSpeakers asks the same of further ways: verbs with an object, quotations within quotations, offices whose holder is named once, labels,
// answers.
func TestMoreSpeakers(t *testing.T) {
	hearEach(t, []heardCase{
		// a verb that says its object
		{"object", "fr", "La gérante dément toute lecture de plaques par les quarante caméras.", "quarante caméras", "gérante"},
		{"object", "en", "The firm ruled out face recognition on the forty cameras.", "forty cameras", "firm"},
		{"object", "de", "Die Stadt schließt eine Gesichtserkennung durch die vierzig Kameras aus.", "vierzig Kameras", "Stadt"},
		{"object", "es", "La alcaldesa descarta el reconocimiento facial en las cuarenta cámaras.", "cuarenta cámaras", "alcaldesa"},
		{"object", "it", "Il sindaco esclude il riconoscimento facciale sulle quaranta telecamere.", "quaranta telecamere", "sindaco"},
		{"no object", "de", "Die Stadt schließt um vierzig Kameras einen Ring.", "vierzig Kameras", ""},
		// what a quotation quotes is a part of it
		{"within", "fr", "« La brochure dit que tout va bien. Quarante caméras filment Brumeval », déclare Ana Ruiz, directrice.", "Quarante caméras", "Ana Ruiz"},
		{"within", "en", "\"The leaflet says all is well. Forty cameras watch Harlow,\" says Ana Ruiz.", "Forty cameras", "Ana Ruiz"},
		// who holds an office is named once
		{"holder", "fr", "Le commissaire provincial Blaise Ruel est venu à Brumeval.\nLe commissaire affirme que quarante caméras filment.", "quarante caméras", "Blaise Ruel"},
		{"holder", "it", "L'assessora alla Mobilità, Paola Neri, minimizza: «Le quaranta telecamere sono spente da un mese».", "quaranta telecamere", "Paola Neri"},
		{"whole name", "fr", "Le ministre, le général Koffi Ruel, est venu.\n« Nous avons quarante caméras en ville », a précisé le général Ruel.", "quarante caméras", "Koffi Ruel"},
		// a pronoun stands for who the sentence before is about
		{"pronoun", "en", "Mrs Ruiz read from her report.\nThe mayor did not contest the count. He said that forty cameras watch Harlow.", "forty cameras", "mayor"},
		{"inverted pronoun", "fr", "Le maire de Brumeval a pris la parole. « Quarante caméras filment », a-t-il précisé.", "Quarante caméras", "maire"},
		{"inverted pronoun", "de", "Der Bürgermeister ergriff das Wort. Die Kosten der vierzig Kameras bezifferte er mit einer Million Euro.", "vierzig Kameras", "bürgermeister"},
		{"apposition", "en", "Its lawyer, Jean White, said an appeal over the forty cameras would be filed.", "forty cameras", "Jean White"},
		{"apposition", "fr", "L'adjointe, Claire Aubry, a indiqué au conseil que quarante caméras filment.", "quarante caméras", "Claire Aubry"},
		{"a name in quotes", "de", "Die Initiative „Ulm schaut weg“ kritisierte, dass vierzig Kameras filmen.", "vierzig Kameras", "Initiative"},
		{"the day", "en", "Forty cameras will be fitted, the police said on Wednesday, in a third phase.", "Forty cameras", "police"},
		{"aside", "fr", "Le préfet a, de son côté, précisé que quarante caméras filment.", "quarante caméras", "préfet"},
		{"no pronoun", "es", "El alcalde tomó la palabra. También niega que cuarenta cámaras graben.", "cuarenta cámaras", "alcalde"},
		{"colon", "fr", "Le commissaire Ruel n'en démord pas : « Les quarante caméras ont permis trente arrestations. »", "quarante caméras", "commissaire"},
		// what else a speaker is called
		{"title", "fr", "M. Osmont affirme que quarante caméras filment Brumeval.", "quarante caméras", "M. Osmont"},
		{"body", "fr", "La Ligue des riverains affirme que quarante caméras filment.", "quarante caméras", "Ligue"},
		{"noun alone", "fr", "Une voisine excédée affirme que quarante caméras filment Brumeval.", "quarante caméras", "voisine"},
		{"behind an office", "en", "Privacy Commissioner Ana Ruiz said that forty cameras watch Harlow.", "forty cameras", "Ana Ruiz"},
		// words that stand for a verb of saying
		{"so", "de", "Vierzig Kameras seien genug, so die Leiterin des Amtes.", "Vierzig Kameras", "Leiterin des Amtes"},
		{"so", "it", "Quaranta telecamere bastano, così il sindaco.", "Quaranta telecamere", "sindaco"},
		{"ours", "fr", "Selon nos informations, quarante caméras filment Brumeval.", "quarante caméras", ""},
		// labels with a group in brackets, and with what is done
		{"group", "de", "Protokoll\nMoritz B. (AL) begründet die Motion: Vierzig Kameras hängen in Ulm.\nAnna G. (SP): Das ist zu viel.", "Vierzig Kameras", "Moritz B."},
		{"group", "fr", "Deux candidats\nANA RUIZ (maire sortante). « Nous avons quarante caméras en ville. »\nJEAN RUEL (Verts). « C'est trop. »", "quarante caméras", "Ana Ruiz"},
		{"no label", "en", "The mayor was adamant: nobody is watched.\nForty cameras hang in Harlow.", "Forty cameras", ""},
		{"recording", "de", "Manuskript\nO-Ton Ruel: Wir haben vierzig Kameras.\nSprecherin: Das kostet.\nO-Ton Neri: Es ist zu viel.\nSprecherin: Zwölf Kameras sind aus.", "Zwölf Kameras", ""},
		{"recording", "de", "Manuskript\nO-Ton Ruel: Wir haben vierzig Kameras.\nSprecherin: Das kostet.\nO-Ton Neri: Es ist zu viel.\nSprecherin: Zwölf Kameras sind aus.", "vierzig Kameras", "Ruel"},
		{"time", "en", "Transcript of the panel\n00:01:12 Chair\nHow many are there?\n00:01:30 Dana Field, Head of Safety\nForty cameras watch Harlow.\n00:02:10 Chair\nThank you.", "Forty cameras", "Dana Field"},
		{"office and holder", "en", "House of Lords\nBaroness Reed (Con): To ask how many there are.\nThe Minister of State, Home Office (Lord Hale) (Lab): Forty cameras watch Harlow.\nBaroness Reed: Thank you.", "Forty cameras", "Lord Hale"},
		{"capitals and office", "it", "Seduta di martedì\nPRESIDENTE. Ha facoltà di parlare il deputato.\nMARIO NERI. Chiedo quante siano.\nPRESIDENTE. Prego.\nNICOLA RUEL, Sottosegretario di Stato. Sono attive quaranta telecamere.\nMARIO NERI. Grazie.", "quaranta telecamere", "NICOLA RUEL"},
		{"names over quotations", "fr", "Deux élus\nPaul Roy, maire\n« Les quarante caméras ne reconnaissent pas les visages. »\nAnne Petit, opposition\n« Elles lisent pourtant toutes les plaques. »", "quarante caméras", "Paul Roy"},
		{"quoted answers", "en", "In conversation: Ingrid Sol on trams\nYou start with a sentence.\n\"I do. Forty cameras were bought.\"\nWhy?\n\"Because of theft in the trams.\"\nAnd then?\n\"They were forgotten by all.\"\nSure?\n\"Quite sure of it, yes.\"", "Forty cameras", "Ingrid Sol"},
		{"introduced", "fr", "Mise au point\nM. Paul Roy, président d'Optivue, nous prie d'insérer le texte suivant.\n« Votre journal se trompe. Nous avons quarante caméras.\nElles sont toutes éteintes depuis un an. »", "quarante caméras", "Paul Roy"},
		{"body again", "es", "La Asociación de Vecinos Norte pidió un informe al alcalde. Dicha asociación asegura que hay cuarenta cámaras.", "cuarenta cámaras", "Asociación de Vecinos"},
		{"not the paper", "de", "Gespräch im Hafenmagazin Ulm, Juni 2023\nFrau Ruel, Sie leiten die Leitstelle. Wie viele Kameras gibt es?\nVierzig Kameras insgesamt.\nWer zahlt?\nDer Hafen.\nUnd dann?\nNichts.", "Vierzig Kameras", "Frau Ruel"},
		{"initials", "en", "Conversations\nNgozi Ade-Cole runs the desk in Harlow. We spoke in June.\nLRV: How many are there?\nNAC: Forty cameras watch Harlow.\nLRV: Who pays?\nNAC: The port does.\nLRV: And then?\nNAC: Nothing.", "Forty cameras", "Ngozi Ade-Cole"},
		{"a name that answers", "en", "Interview with Ana Field, founder of Optivue\nHow many cameras are there?\nForty cameras in all.\nWho pays?\nThe port.\nWhat do you read?\nPerumal Ruel. And maps.", "Forty cameras", "Ana Field"},
		{"open letter", "fr", "Riverains unis – Lettre ouverte\nMadame la Maire,\nVous avez posé quarante caméras sans un mot.\nNous vous prions de les retirer.", "quarante caméras", "Riverains unis"},
		{"open letter", "en", "OPEN LETTER TO THE BOARD\nHarlow, 9 May\nForty cameras watch our riders.\nWe would be glad to meet.\nFor the Coalition of Riders,\nAmy Trott and Paul Asare, spokespersons", "Forty cameras", "Coalition of Riders"},
		{"office line", "es", "Sesión plenaria\nInterviene el Secretario de Seguridad:\nEn Vigo se miran cuarenta cámaras cada día.\nConcejala Ana Ruiz:\nSon muchas para una ciudad.\nSecretario:\nNo lo son.\nSecretario:\nGracias a todos.", "cuarenta cámaras", "secretario de seguridad"},
		// answers
		{"answer label", "fr", "Audit\nNeuf caméras sont en panne.\nRéponse de la commune : Quarante caméras seront posées.", "Quarante caméras", "commune"},
		{"answer label", "en", "Audit\nManagement response: Forty cameras will be replaced.\nTwelve cameras are old.", "Twelve cameras", ""},
		{"answer title", "fr", "Réponse de M. le ministre de l'intérieur à Mme Roy\nQuarante caméras filment Brumeval.", "Quarante caméras", "ministre de l'intérieur"},
		{"letters", "de", "Interview mit der Dezernentin von Ulm\nFrage: Wie viele Kameras gibt es?\nAntwort: Vierzig Kameras.\nFrage: Und die Kosten?\nAntwort: Keine.", "Vierzig Kameras", "Dezernentin"},
		{"bidders", "fr", "Réponses aux questions des candidats\nQuestion 1. Combien de caméras ?\nRéponse : Quarante caméras.\nQuestion 2. Et après ?\nRéponse : Rien.\nQuestion 3. Qui paie ?\nRéponse : La ville.", "Quarante caméras", ""},
		{"signed", "de", "Anfragebeantwortung\nDie Abgeordneten haben eine Anfrage gestellt. Diese beantworte ich wie folgt:\nVierzig Kameras filmen den Platz.\nMit freundlichen Grüßen\nGerhard Ruel", "Vierzig Kameras", "Gerhard Ruel"},
		{"addressee", "es", "Pedido de informes\nDestino: Ministerio del Interior.\nPregunta 1. Cantidad de cámaras.\nContesta: Cuarenta cámaras en Vigo.", "Cuarenta cámaras", "Ministerio del Interior"},
	})
}
