package draft_test

import (
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestModality asks how a claim is said, by each way to say so in five languages. The claim is found by its value's key or a name of
// its value. The document's day is 14 May 2024.
func TestModality(t *testing.T) {
	e := claimtest.Engine(t)
	for _, c := range []struct{ what, language, text, value, want string }{
		// in the clause
		{"clause", "de", "Kameras in Ulm\nDie Stadt Ulm plant keine Gesichtserkennung.", "face-recognition", "denied"},
		{"clause", "de", "Kameras in Ulm\nIn Ulm können die Kameras Gesichter erkennen.", "face-recognition", "asserted"},
		{"clause", "de", "Kameras in Ulm\nIn Ulm könnten die Kameras Gesichter erkennen.", "face-recognition", "possible"},
		{"clause", "de", "Kameras in Ulm\nDie Stadt Ulm will 40 Kameras aufstellen.", "n:40 camera", "planned"},
		{"clause", "de", "Kameras in Ulm\nDie Stadt Ulm hat 40 Kameras aufgestellt.", "n:40 camera", "asserted"},
		{"clause", "de", "Kameras in Ulm\nIn Ulm sollen künftig 40 Kameras filmen.", "n:40 camera", "planned"},
		{"clause", "de", "Kameras in Ulm\nIn Ulm wird die Gesichtserkennung nicht eingesetzt.", "face-recognition", "denied"},
		{"clause", "de", "Kameras in Ulm\nEine Gesichtserkennung findet in Ulm nicht statt.", "face-recognition", "denied"},
		{"clause", "de", "Kameras in Ulm\nDie Kameras in Ulm arbeiten ohne Gesichtserkennung.", "face-recognition", "denied"},
		{"clause", "de", "Kameras in Ulm\nDie Kameras in Ulm filmen weder Gesichter noch lesen sie Kennzeichen; Gesichtserkennung gibt es nicht.", "face-recognition", "denied"},
		{"a month", "en", "Cameras in Leeds\nIn May the cameras of Leeds began to recognise faces.", "face-recognition", "asserted"},
		{"a month", "en", "Cameras in Leeds\nThe cameras of Leeds may recognise faces.", "face-recognition", "possible"},
		{"clause", "es", "Cámaras en Vigo\nLas cámaras de Vigo pueden hacer reconocimiento facial.", "face-recognition", "asserted"},
		{"clause", "es", "Cámaras en Vigo\nLas cámaras de Vigo podrían hacer reconocimiento facial.", "face-recognition", "possible"},
		{"clause", "es", "Cámaras en Vigo\nVigo no usa reconocimiento facial.", "face-recognition", "denied"},
		{"clause", "es", "Cámaras en Vigo\nVigo instalará 40 cámaras en el centro.", "n:40 camera", "planned"},
		{"clause", "es", "Cámaras en Vigo\nEl Ayuntamiento de Vigo va a instalar 40 cámaras.", "n:40 camera", "planned"},
		{"clause", "es", "Cámaras en Vigo\nVigo instaló 40 cámaras el año pasado.", "n:40 camera", "asserted"},
		{"clause", "es", "Cámaras en Vigo\nLas cámaras de Vigo funcionan sin reconocimiento facial.", "face-recognition", "denied"},
		{"clause", "es", "Cámaras en Vigo\nNo solo hay reconocimiento facial en Vigo.", "face-recognition", "asserted"},
		{"clause", "it", "Telecamere a Torino\nLe telecamere di Torino possono fare il riconoscimento facciale.", "face-recognition", "asserted"},
		{"clause", "it", "Telecamere a Torino\nLe telecamere di Torino potrebbero fare il riconoscimento facciale.", "face-recognition", "possible"},
		{"clause", "it", "Telecamere a Torino\nA Torino non si usa il riconoscimento facciale.", "face-recognition", "denied"},
		{"clause", "it", "Telecamere a Torino\nIl Comune di Torino installerà 40 telecamere.", "n:40 camera", "planned"},
		{"clause", "it", "Telecamere a Torino\nIl Comune di Torino ha installato 40 telecamere.", "n:40 camera", "asserted"},
		{"clause", "it", "Telecamere a Torino\nLe telecamere di Torino funzionano senza riconoscimento facciale.", "face-recognition", "denied"},
		{"clause", "it", "Telecamere a Torino\nÈ prevista l'installazione di 40 telecamere a Torino.", "n:40 camera", "planned"},
		{"clause", "en", "Cameras in Leeds\nLeeds uses neither facial recognition nor drones.", "face-recognition", "denied"},
		{"clause", "en", "Cameras in Leeds\nThe cameras in Leeds could be upgraded with facial recognition.", "face-recognition", "possible"},
		{"clause", "en", "Cameras in Leeds\nLeeds will not use facial recognition.", "face-recognition", "denied"},
		{"clause", "en", "Cameras in Leeds\nLeeds is to install 40 cameras.", "n:40 camera", "planned"},
		{"clause", "en", "Cameras in Leeds\nLeeds has installed 40 cameras, not 60.", "n:40 camera", "asserted"},
		{"clause", "en", "Cameras in Leeds\nPolice in Leeds are accused of using facial recognition.", "face-recognition", "alleged"},
		{"clause", "fr", "Caméras à Lyon\nÀ Lyon, les caméras pourraient faire de la reconnaissance faciale.", "face-recognition", "possible"},
		{"clause", "fr", "Caméras à Lyon\nLyon va installer 40 caméras.", "n:40 camera", "planned"},
		{"clause", "fr", "Caméras à Lyon\nLyon a installé 40 caméras, et non 60.", "n:40 camera", "asserted"},
		{"clause", "fr", "Caméras à Lyon\nLyon n'a que 40 caméras.", "n:40 camera", "asserted"},
		{"clause", "fr", "Caméras à Lyon\nLa police de Lyon est accusée d'utiliser la reconnaissance faciale.", "face-recognition", "alleged"},
		{"clause", "fr", "Caméras à Lyon\nLes caméras de Lyon fonctionnent sans reconnaissance faciale.", "face-recognition", "denied"},
		{"clause", "es", "Cámaras en Vigo\nLa policía de Vigo está acusada de usar reconocimiento facial.", "face-recognition", "alleged"},
		{"clause", "it", "Telecamere a Torino\nLa polizia di Torino è accusata di usare il riconoscimento facciale.", "face-recognition", "alleged"},
		{"clause", "de", "Kameras in Ulm\nDer Polizei in Ulm wird vorgeworfen, Gesichtserkennung zu nutzen.", "face-recognition", "alleged"},
		// denied from farther away: who does without it, what was not done with it, behind an aside, at the end of the clause, behind a topic
		{"denial", "de", "Kameras in Ulm\nDie Stadt Ulm verzichtet darauf, ihre Busse mit Kameras auszurüsten, die Gesichter erkennen.", "face-recognition", "denied"},
		{"denial", "en", "Cameras in Leeds\nLeeds decided against software that would compare faces with a watchlist.", "face-recognition", "denied"},
		{"denial", "en", "Cameras in Leeds\nIn Leeds the facial recognition module has not been licensed.", "face-recognition", "denied"},
		{"denial", "it", "Telecamere a Torino\nA Torino il riconoscimento facciale non è stato ordinato.", "face-recognition", "denied"},
		{"denial", "es", "Cámaras en Vigo\nEn Vigo no habrá, dicen, reconocimiento facial.", "face-recognition", "denied"},
		{"denial", "de", "Kameras in Ulm\nGesichter erkennt das neue Programm der Stadt Ulm nicht.", "face-recognition", "denied"},
		{"denial", "fr", "Caméras à Lyon\nPour la reconnaissance faciale à Lyon, ce sera non.", "face-recognition", "denied"},
		{"denial", "es", "Cámaras en Vigo\nVigo no ha decidido si usa reconocimiento facial.", "face-recognition", "asserted"},
		// what was stopped was there: its stage says that it ended
		{"stopped", "fr", "Caméras à Lyon\nLyon n'utilise plus la reconnaissance faciale.", "face-recognition", "asserted"},
		// plans that were dropped
		{"dropped", "fr", "Caméras à Lyon\nLyon a renoncé à acheter 40 caméras.", "n:40 camera", "planned"},
		{"dropped", "es", "Cámaras en Vigo\nVigo renunció a comprar 40 cámaras.", "n:40 camera", "planned"},
		{"dropped", "it", "Telecamere a Torino\nTorino ha rinunciato a comprare 40 telecamere.", "n:40 camera", "planned"},
		{"dropped", "fr", "Caméras à Lyon\nLyon a renoncé à la reconnaissance faciale.", "face-recognition", "denied"},
		{"dropped", "de", "Kameras in Ulm\nDie Stadt Ulm verzichtet auf Gesichtserkennung.", "face-recognition", "denied"},
		// behind a topic
		{"topic", "fr", "Vidéosurveillance à Lyon\nQuant à la reconnaissance faciale, « ni maintenant, ni plus tard », dit le maire.", "face-recognition", "denied"},
		{"topic", "en", "Cameras in Leeds\nAs for facial recognition, never, says the mayor of Leeds.", "face-recognition", "denied"},
		{"topic", "es", "Videovigilancia en Vigo\nEn cuanto al reconocimiento facial, ni ahora ni nunca.", "face-recognition", "denied"},
		{"topic", "it", "Videosorveglianza a Torino\nQuanto al riconoscimento facciale, né ora né mai.", "face-recognition", "denied"},
		// an answer that is reported
		{"asked", "en", "Cameras in Leeds\n\"It isn't on the table,\" the mayor of Leeds said when asked about facial recognition.", "face-recognition", "denied"},
		{"asked", "fr", "Vidéosurveillance à Lyon\n« Il n'en est pas question », répond le maire de Lyon, interrogé sur la reconnaissance faciale.", "face-recognition", "denied"},
		{"answer", "de", "Kameras in Ulm\nKönnen die Kameras in Ulm Gesichter erkennen?\nLaut Hersteller nein.", "face-recognition", "denied"},
		// the head of a list
		{"head", "fr", "Vidéosurveillance à Lyon\nCe que le logiciel de Lyon ne fait pas : la reconnaissance faciale.", "face-recognition", "denied"},
		{"head", "en", "Cameras in Leeds\nWhat the software in Leeds does not do: facial recognition.", "face-recognition", "denied"},
		{"head", "de", "Kameras in Ulm\nWas die Software in Ulm nicht kann: Gesichtserkennung.", "face-recognition", "denied"},
		{"head", "es", "Videovigilancia en Vigo\nLo que el programa de Vigo no hace: reconocimiento facial.", "face-recognition", "denied"},
		{"head", "it", "Videosorveglianza a Torino\nCiò che il software di Torino non fa: riconoscimento facciale.", "face-recognition", "denied"},
		// a cell
		{"cell", "en", "Cameras in Leeds\nLeeds: face recognition (-), licence plate recognition (+).", "face-recognition", "denied"},
		{"cell", "fr", "Vidéosurveillance à Lyon\nReconnaissance faciale : non", "face-recognition", "denied"},
		// the sentence behind
		{"behind", "fr", "Vidéosurveillance à Lyon\nÀ Lyon, les caméras feraient de la reconnaissance faciale. La mairie le dément.", "face-recognition", "denied"},
		{"behind", "en", "Cameras in Leeds\nLeeds is said to use facial recognition. The council denies it.", "face-recognition", "denied"},
		{"behind", "de", "Kameras in Ulm\nIn Ulm gebe es Gesichtserkennung. Die Polizei bestreitet das.", "face-recognition", "denied"},
		{"behind", "es", "Videovigilancia en Vigo\nEn Vigo habría reconocimiento facial. El Ayuntamiento lo niega.", "face-recognition", "denied"},
		{"behind", "it", "Videosorveglianza a Torino\nA Torino ci sarebbe il riconoscimento facciale. Il Comune lo smentisce.", "face-recognition", "denied"},
		{"behind", "fr", "Vidéosurveillance à Lyon\nLe système de caméras de Lyon aurait coûté 200 000 euros ; le cabinet du maire le dément.", "200000 EUR", "denied"},
		// what became of it stands first
		{"struck", "fr", "Vidéosurveillance à Lyon\nAbandonnée, en revanche, la reconnaissance faciale à Lyon.", "face-recognition", "denied"},
		{"struck", "en", "Cameras in Leeds\nDropped, however, the facial recognition in Leeds.", "face-recognition", "denied"},
		{"struck", "es", "Videovigilancia en Vigo\nDescartado, en cambio, el reconocimiento facial en Vigo.", "face-recognition", "denied"},
		// behind an aside
		{"aside", "fr", "Vidéosurveillance à Lyon\nLa reconnaissance faciale, un temps envisagée à Lyon, a été retirée du marché.", "face-recognition", "denied"},
		{"aside", "it", "Videosorveglianza a Torino\nA Torino il riconoscimento facciale, previsto come opzione, è stato stralciato.", "face-recognition", "denied"},
		// never put to use, in the sentence behind
		{"unused", "en", "Cameras in Leeds\nThe contract of Leeds includes facial recognition. It has never been switched on.", "face-recognition", "denied"},
		{"unused", "es", "Cámaras en Vigo\nEl programa de Vigo incluye reconocimiento facial. Nunca se activó.", "face-recognition", "denied"},
		// asked, and answered in the same sentence
		{"asked", "en", "Cameras in Leeds\nAsked whether the cameras of Leeds recognise faces, the mayor said no.", "face-recognition", "denied"},
		// a question that only names it, or a topic before a comma
		{"named", "en", "Cameras in Leeds\nFacial recognition? It was not bought, says the mayor of Leeds.", "face-recognition", "denied"},
		{"named", "de", "Kameras in Ulm\nGesichtserkennung? Werde es in Ulm nicht geben.", "face-recognition", "denied"},
		{"named", "fr", "Vidéosurveillance à Lyon\nLa reconnaissance faciale, c'est non, dit le maire de Lyon.", "face-recognition", "denied"},
		// traps
		{"trap", "en", "Cameras in Leeds\nThe police in Leeds use facial recognition without a warrant.", "face-recognition", "asserted"},
		{"trap", "de", "Kameras in Ulm\nIn Ulm erfolgt die Gesichtserkennung nicht in Echtzeit, sondern verzögert.", "face-recognition", "asserted"},
		{"trap", "fr", "Vidéosurveillance à Lyon\nÀ Lyon, la reconnaissance faciale n'est pas seulement testée, elle est utilisée.", "face-recognition", "asserted"},
		{"trap", "en", "Cameras in Leeds\nThe shop in Leeds had no business using facial recognition.", "face-recognition", "asserted"},
		{"trap", "de", "Kameras in Ulm\nIn Ulm wurde die Gesichtserkennung eingeschaltet.", "face-recognition", "asserted"},
		// parts and lists have the tense of what they are parts of
		{"part", "fr", "Vidéosurveillance à Lyon\nL'équipement de Lyon comprendra vingt-trois caméras, à savoir seize fixes et sept mobiles.", "n:16 camera", "planned"},
		{"part", "fr", "Vidéosurveillance à Lyon\nL'entreprise fournira à Lyon 1 500 caméras, 200 drones et un logiciel.", "n:200 drone", "planned"},
		{"part", "en", "Cameras in Leeds\nLeeds will buy 60 cameras, including 12 that read number plates.", "licence-plate-recognition", "planned"},
		{"part", "en", "Cameras in Leeds\nLeeds has 60 cameras, 12 drones and a control room.", "n:12 drone", "asserted"},
		// what an act allows is to come, what it says is there already is there
		{"act", "fr", "Arrêté portant autorisation d'un système de vidéoprotection à Autun\nVu le code de la sécurité intérieure ;\nArticle 1er – La commune d'Autun est autorisée à exploiter un système de vidéoprotection.\nArticle 2 – Sont installées huit caméras sur la voie publique d'Autun.", "n:8 camera", "planned"},
		{"act", "fr", "Arrêté portant autorisation d'un système de vidéoprotection à Autun\nVu le code de la sécurité intérieure ;\nArticle 1er – La commune d'Autun est autorisée à exploiter un système de vidéoprotection.\nArticle 2 – Vingt caméras sont déjà en service à Autun.", "n:20 camera", "asserted"},
		{"act", "es", "Resolución sobre videovigilancia en Vigo\nVisto el expediente;\nArtículo 1. Se autoriza la videovigilancia en Vigo.\nArtículo 2. Se instalan ocho cámaras en Vigo.", "n:8 camera", "planned"},
		{"act", "it", "Decreto sulla videosorveglianza a Torino\nVisto il codice;\nArticolo 1. Il Comune di Torino è autorizzato alla videosorveglianza.\nArticolo 2. Sono installate otto telecamere a Torino.", "n:8 camera", "planned"},
		// points of a list that a clause introduces
		{"introduced", "fr", "Vidéosurveillance à Lyon\nLe système de Lyon comprendra :\n- 24 caméras dômes ;", "n:24 camera", "planned"},
		{"introduced", "en", "Cameras in Leeds\nThe network in Leeds will comprise:\n- 24 dome cameras;", "n:24 camera", "planned"},
		{"introduced", "es", "Cámaras en Vigo\nEl sistema de Vigo incluirá:\n- 24 cámaras domo;", "n:24 camera", "planned"},
		{"introduced", "en", "Cameras in Leeds\nThe network in Leeds comprises:\n- 24 dome cameras;", "n:24 camera", "asserted"},
		// lines without a verb
		{"line", "fr", "Vidéosurveillance à Lyon\nLes travaux de vidéosurveillance commenceront à Lyon en avril 2026.\n- 24 caméras dômes à Lyon ;", "n:24 camera", "planned"},
		// open questions and rumours
		{"open", "en", "Cameras in Leeds\nWhether the network in Leeds reads faces.", "face-recognition", "possible"},
		{"open", "de", "Kameras in Ulm\nOb die Kameras in Ulm Gesichter erkennen, ist offen.", "face-recognition", "possible"},
		{"rumour", "es", "Videovigilancia en Vigo\nSe rumorea que las cámaras de Vigo hacen reconocimiento facial.", "face-recognition", "alleged"},
		{"rumour", "en", "Cameras in Leeds\nThe claim: \"Leeds has 400 cameras with facial recognition.\"", "face-recognition", "alleged"},
		// plans of the past, and what was promised
		{"promised", "en", "Cameras in Leeds\nThe police had promised forty cameras for Leeds.", "n:40 camera", "planned"},
		{"was to", "en", "Cameras in Leeds\nForty cameras were to watch the centre of Leeds.", "n:40 camera", "planned"},
		{"promised", "fr", "Vidéosurveillance à Lyon\nLa société promet quarante caméras à Lyon.", "n:40 camera", "planned"},
		{"promised", "de", "Kameras in Ulm\nDie Stadt verspricht vierzig Kameras für Ulm.", "n:40 camera", "planned"},
		{"promised", "es", "Videovigilancia en Vigo\nLa alcaldesa promete cuarenta cámaras para Vigo.", "n:40 camera", "planned"},
		{"promised", "it", "Videosorveglianza a Torino\nIl sindaco promette quaranta telecamere per Torino.", "n:40 camera", "planned"},
		{"planned as", "en", "Cameras in Leeds\nSo far 20 of the 40 cameras planned for Leeds are up.", "n:40 camera", "planned"},
		// what is to come of what is there
		{"whose", "fr", "Vidéosurveillance à Lyon\nLyon a acheté, en octobre, six caméras dont le bilan sera dressé à Pâques.", "n:6 camera", "asserted"},
		{"replaced", "fr", "Vidéosurveillance à Lyon\nChacune des trente-huit caméras de Lyon fera l'objet d'une demande.", "n:38 camera", "asserted"},
		{"replaced", "en", "Cameras in Leeds\nThe 40 cameras in Leeds will be replaced.", "n:40 camera", "asserted"},
		// who supplies or runs it, and what it costs, with a verb in the future, and a plan that rules look through otherwise
		{"will be", "fr", "Vidéosurveillance à Lyon\nÀ Lyon, les caméras seront fournies par Hikvision.", "v-hikvision", "planned"},
		{"will be", "en", "Cameras in Leeds\nHikvision will supply the cameras in Leeds.", "v-hikvision", "planned"},
		{"will be", "es", "Cámaras en Vigo\nHikvision suministrará las cámaras de Vigo.", "v-hikvision", "planned"},
		{"was to be", "it", "Telecamere a Pavia\nIl progetto prevedeva 40 telecamere a Pavia.", "n:40 camera", "planned"},
		{"we will", "es", "Cámaras en Vigo\nEn Vigo instalaremos 40 cámaras.", "n:40 camera", "planned"},
		{"runs out", "en", "Cameras in Leeds\nThe cameras in Leeds are on trial; the trial will end in June.", "trial", "asserted"},
		// a beginning that lies behind
		{"bygone", "en", "Cameras in Leeds\nThe cameras, in service in Leeds since 2017, will be renewed next year.", "2017", "asserted"},
	} {
		got := map[string]bool{}
		for _, claim := range claimtest.Claims(t, e, claimtest.Article(c.text, c.language)) {
			if said := claimtest.ValueOf(claim); said == c.value {
				got[string(claim.Modality)] = true
			}
		}
		if !got[c.want] || len(got) != 1 {
			t.Errorf("%s, %s: %s is %v, want %s in %q", c.what, c.language, c.value, got, c.want, strings.Split(c.text, "\n")[1:])
		}
	}
}
