package claim

import (
	"fmt"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// knownClasses are the classes that the program itself asks for; every rule file must have them. Which words they
// hold is the file's business.
type knownClasses struct {
	negation     int32 // ne, pas, not, never
	undenied     int32 // "pas seulement", "not only": a negation that denies nothing
	preposition  int32 // before a mention that is no subject
	article      int32 // may stand between a preposition and its noun
	definite     int32 // le, the
	link         int32 // between the members of a list
	locative     int32 // à, dans, in, across
	gives        int32 // "confié", "awarded": right before a locative and a name, the name is whom something goes to, no place; a file may lack it
	national     int32 // ministère, parliament: words of a country's matters; a file may lack it, and the next two
	regional     int32 // canton, Landtag, sheriff: of a region's
	local        int32 // maire, council: of a town's
	firmDoes     int32 // vend, employs: whoever does so is a firm; a file may lack it
	firmHas      int32 // fondateur, shareholders: "of X" behind it, X is a firm; a file may lack it
	profile      int32 // salariés, "chiffre d'affaires", shareholders: words of a firm's portrait; a file may lack it
	nameHead     int32 // projet, dénommé: a name in quotation marks behind it is whole between them; a file may lack it
	makerOf      int32 // éditeur, developer: "of X" behind it, X is a product; a file may lack it
	called       int32 // "nommée", "called": between a word for firms and the name; a file may lack it
	unplace      int32 // before a place where nothing is deployed: "basé à", "siège à"
	firm         int32 // société, firm
	foundedAs    int32 // "fondée", "founded": behind a name and a comma, it is a firm's
	firmName     int32 // Ltd, Technologies: within a name, it is a company's
	orgName      int32 // Foundation, Ligue: within a name, it is an association's
	police       int32 // bodies, by what they are
	town         int32
	council      int32 // behind X, it says that X is a town
	atTown       int32 // à: a town follows, not a region or country
	townHead     int32 // maire, mayor: "of X" behind it is a town
	state        int32
	regulator    int32
	court        int32
	ngo          int32
	press        int32
	bodyTail     int32 // words that go on a body's name: "des données", "municipale"
	of           int32 // de, of: between a body and its place
	role         int32 // maire, spokesman: a person
	title        int32 // M., Mr
	productNoun  int32 // logiciel, caméra
	selon        int32 // selon, according to
	no           int32 // no, non: the answer
	auxiliary    int32 // a, est, has: a bare name before it is a subject
	actHead      int32 // "arrêté", "portant": opens the heading of an act, which names its place further on
	venue        int32 // stadium, gare, université: within a name, it is a place's
	excluded     int32 // "sont exclus", "excluding": before a capability, denies it
	forbidden    int32 // "est interdite", "is prohibited": behind a capability, denies it
	speakerIt    int32 // il, she: who spoke last; a file may lack it
	countIt      int32 // en, ne: stands for the devices before a verb and a number; a file may lack it
	partOf       int32 // dont, "out of": before a part, or the whole, of the devices; a file may lack it
	likeDevices  int32 // yeux, lenses: devices where devices were named; a file may lack it
	speakerWho   int32 // qui, which: goes on about them; a file may lack it
	recital      int32 // vu, considérant: opens the reasons of an act; a file may lack it
	existing     int32 // "en service", existant: is there already when an act allows more; a file may lack it
	whether      int32 // whether, ob: at the head of a sentence it leaves open what follows; a file may lack it
	without      int32 // ohne, without: denies what follows only; a file may lack it
	spring       int32 // seasons: with a year at a text's head they say of when it is; a file may lack them
	summer       int32
	autumn       int32
	winter       int32
	yearlyReport int32 // "rapport d'activité": the same; a file may lack it
	until        int32 // jusqu'à, bis: a date behind it ends something; a file may lack it
	clitic       int32 // lui, nous: between a subject, or a quotation, and the verb of saying; a file may lack it
	someone      int32 // on, es: "says" somebody at a place that the words behind name; a file may lack it
	claims       int32 // revendique, boasts: says what stands behind it without "that"; a file may lack it
	also         int32 // "también", "inoltre": at the head of a sentence whose verb needs no pronoun; a file may lack it
	runsOut      int32 // "will finish", "prendra fin": ends what has begun; a file may lack it
	talkTo       int32 // à, an: behind a word for a talk, before who answers; a file may lack it
	openLetter   int32 // "lettre ouverte": whoever signs says all of it; a file may lack it
	will         int32 // will, soll: makes a verb one of the future; a file may lack it
	follows      int32 // "le texte suivant", "as follows": the next paragraph is what is said; a file may lack it
	ourselves    int32 // je, nous, we: whoever wrote the text, or is quoted; a file may lack it
	ours         int32 // nos, our: whose the text is; a file may lack it
	so           int32 // so, così: behind a comma, before whoever says it; a file may lack it
	puts         int32 // chiffre, puts: says the amount behind it; a file may lack it
	disowns      int32 // dément, "rules out": says that what stands behind it is not so; a file may lack it
	splits       int32 // schließt, weist: says so only where its particle closes the clause; a file may lack it
	splitOff     int32 // aus, zurück: the particle of such a verb
	reported     int32 // sei, werde: goes on with what somebody said before; a file may lack it
	selonOwn     int32 // "selon lui", "in his words": who spoke last; a file may lack it
	selonSorts   int32 // selon, secondo: words of "selon" that say too by what something is sorted; a file may lack it
	selonWeak    int32 // nach, per: words of "selon" that have other uses; a file may lack it
	be           int32 // is, est: before a verb of saying, it is said of a thing; a file may lack it
	byCount      int32 // by: before "the firm's own count"; a file may lack it
	countNoun    int32 // count, figures; a file may lack it
	article1     int32 // "article": before a number, opens an article of an act
	allowed      int32 // "est autorisé", "is hereby authorised"
	whose        int32 // "dont le", whose: goes on about something else; a file may lack it
	namely       int32 // "à savoir", namely: before the parts of what was counted; a file may lack it
	plannedAs    int32 // planned, prévues: right behind devices; a file may lack it
	topicOf      int32 // "quant à", "as for"; a file may lack it, and those down to genitive
	askedAbout   int32 // "interrogé sur", "asked about"
	does         int32 // fait, does: in the head of a list of what something does not do
	renounces    int32 // renonce, "decided against": somewhere before a capability in its sentence, denies it; a file may lack it
	undone       int32 // activée, bought: behind a negation behind a capability, denies it; a file may lack it
	struck       int32 // abandonné, dropped: at the head of a sentence, before what it is said of
	deniesIt     int32 // "le dément", "denies it"
	unused       int32 // "ne s'en sert pas", "does not use it": denies the capability named before
	tells        int32 // told: a verb of saying behind which stands whom it is said to; a file may lack it
	as           int32 // comme, as: "As the mayor explains"; a file may lack it
	answer       int32 // "réponse": opens an answer; a file may lack it
	answersSo    int32 // "beantworte ich", "I reply as follows": whoever signs says all that follows; a file may lack it
	addressee    int32 // "destinataire": before whom the questions of a text are put to; a file may lack it
	askedBy      int32 // "question de", "tabled by": before who asks; a file may lack it
	answerBy     int32 // "réponse de", "Antwort der": before whoever says all that follows; a file may lack it
	interview    int32 // "entretien", "questions à": behind it stands who answers; a file may lack it, and those down to genitive
	talkAbout    int32 // sur, about: behind a word for a talk, what it is about
	interviewer  int32 // "propos recueillis": behind it stands who asks
	bidders      int32 // FAQ, bidders: in the head of a text whose answers are its own
	soundBite    int32 // "O-Ton": before a name, a label of a recording
	reader       int32 // sprecherin: beside such labels, the label of whoever reads the text
	narrator     int32 // "voix off": a label that is nobody's
	proceedings  int32 // "procès-verbal", minutes: reports what is said, one after the other
	award        int32 // "avis d'attribution", "invitation to tender": in the head of a text, what it lists is to come
	toSupply     int32 // "fourniture", "porte sur": before what a contract is for
	particle     int32 // van, den, de: within a person's name
	unnamed      int32 // "se", "si": before a verb of saying without a subject: "se informa que"
	thing        int32 // it: a pronoun that is no person
	decides      int32 // "à l'unanimité", carried: words of a vote, which nobody says
	asksWhom     int32 // "will", "interroge": before whom a question is put to
	presents     int32 // "prend la parole", presented: whoever does so says what follows
	oblique      int32 // des, dem: the noun behind it may have an ending, see ending.weak
	joins        int32 // des, der: an article that may go on a noun: "die Leiterin des Amts"
	genitive     int32 // des, eines: see ending.oblique
	asksWhether  int32 // "demande si", "asked whether": what follows is asked, not said; a file may lack it
	readerLike   int32 // turnstiles, varchi: they read plates, faces or papers; a file may lack it
	deviceAct    int32 // film, work: what devices do, behind a number whose noun is left out; a file may lack it, and the six below
	acquire      int32 // bought, ordered: before a number whose noun is left out
	amounts      int32 // "stands at", "passe à": right before such a number
	upFrom       int32 // from, de: before what the devices were
	upTo         int32 // to, à: before what they have become
	reflexive    int32 // se, sich: between the number and its verb
	befalls      int32 // arrested: happens to people, not to devices
	there        int32 // y, there: the place named before; a file may lack it, and the next two
	neighbour    int32 // voisin, neighbouring: beside a place that is not the one that the text is about
	elsewhere    int32 // ailleurs, by contrast: turns to another place
	where        int32 // où, where: behind a place, what follows is said of it; a file may lack it
	street       int32 // rue, avenue, pont: what they are named after is elsewhere
	approves     int32 // applaudit, welcomes: who does so contests nothing
	nobody       int32 // "aucun", "none": at the head of a sentence it denies all of it
	yes          int32 // oui, yes: the answer
	untrue       int32 // "c'est faux": takes the sentence before back
	selonBehind  int32 // "zufolge": behind the speaker; a file may lack it
	document     int32 // rapport, petition: a document that speaks
	forOne       int32 // "Pour X, ...": only at the head of a sentence
	said         int32 // declared, a indiqué
	that         int32 // que, that: opens what is said
	future       int32 // will, prévoit: words of a plan
	past         int32 // "étaient prévues": no plan any more
	unverb       int32 // words with the ending of a future or conditional that are none
	hedge        int32 // peut-être, reportedly
	accuse       int32
	abbreviation int32
	whereas      int32 // "while": opens a clause that is said of something else; a file may lack it
	numbered     int32 // "no", "Drs": with a full stop, short forms before a number only; a file may lack it
	// what heads a table's columns, and what its cells say: see table.go; a file may lack them
	columnCan        []string // by class, the capability that its words at the head of a column mean
	columnCount      int32
	columnTotal      int32
	columnNone       int32
	columnPlace      int32
	columnVendor     int32
	columnProduct    int32
	columnOperator   int32
	columnProgramme  int32
	columnSince      int32
	columnCost       int32
	columnStatus     int32
	columnCapability int32
	columnOther      int32
	columnPlanned    int32
	columnTrial      int32
	columnSuspended  int32
	columnEnded      int32
	columnRunning    int32
	columnYes        int32
	columnNo         int32
	rightOrWrong     int32    // words of how often something is right: a share without them is another; a file may lack it
	needsArticle     int32    // words that are places behind an article only: "le Cher"; a file may lack it
	nationalName     int32    // "police nationale", "conseil d'état": what many countries call a body of theirs
	exception        int32    // unless, "without first": but for what follows, what is denied is so
	portfolio        int32    // minister, "secretary of state", committee: what follows "for" is what they are for
	portfolioFor     int32    // words before a portfolio that "of" has not: "on", "für", "à la"
	systemClose      int32    // and what closes its name in English: "Domain Awareness System"
	systemHead       int32    // what a state's system is called by, with a capital: "Fichier", "Sistema"; a file may lack it
	county           int32    // what counties are called behind their names; a file may lack it
	fused            int32    // articles, and prepositions with an article in them: "im", "della", "del"; a file may lack it
	notPlace         int32    // words that are small places' names too: a place only where the text says so; a file may lack it
	notName          int32    // words that are no name although they start with a capital
	company          int32    // "l'entreprise", "le groupe": the company named before
	productIt        int32    // "l'outil", "the software": the product named before
	bodyIt           int32    // "l'association", "the watchdog": the body named before
	devicesIt        int32    // "d'entre elles", "of them": the devices counted before
	more             int32    // autres, more, further
	capabilityIt     int32    // "ces fonctions", "that feature"
	counting         int32    // "compte", "numbering": before a number without its noun
	numbering        int32    // "au nombre de": right before a number of what the sentence names
	countTail        int32    // may follow a number whose noun is left out: pour, chez, downtown
	including        int32    // notamment, including: a comma before it does not part a place from what stands there
	conjunction      int32    // et, and
	nonDevice        int32    // nouns behind a number that are no devices
	law              int32    // law talk: a bill on a technique is no capability of a place
	topicWord        int32    // words of the field; a file may lack it, and the three below
	surveil          int32    // surveillance itself
	otherMatter      int32    // a town's other business
	homeCountry      int32    // codes of the countries where the language is at home
	user             int32    // verbs of use: who uses, its place
	personUnit       int32    // personnes, people
	devices          []string // the unit of each class, "" for classes of other words
	deviceSet        classSet
	attributes       classSet // the words at which an attribution may be read
	systemSet        classSet // what opens or closes the name of a system
	bodySet          classSet // police, town and so on: what bodies are called
	townSet          classSet // the words beside which a town may be named
	denials          classSet // the words that may deny a capability
	matterSet        classSet // the words for whose matters a text speaks of
	weakDevices      int32    // appareils, units: devices of the last unit
	concerned        int32    // riverains, opposition: who is no association named before; a file may lack it
	forWhat          int32    // "pour", "à la": within the proper name of a body, before what it is for; a file may lack it, and the next eight
	already          int32    // "déjà": what a sentence with it says is there
	single           int32    // "une": one, before a device behind others that were counted
	passiveOr        int32    // "wird": makes a passive, or a future
	group            int32    // "groupe": a firm, or a party in a council
	nameTail         int32    // "libre", "en commun": go on a proper name without a capital
	nameOpens        int32    // Union, Confédération: open the name of a body, with a capital and more behind it
	officeOpens      int32    // Direction, Secretaría: and that of an office
	zone             int32    // "zone de police": police whose name stands right behind
	officeCloses     int32    // Agency, "Fire Service": close the name of an office, with capitals before it
	unadjective      int32    // "explique", "scrive": verbs that end as adjectives do
}

// byName are the classes of the program, by the names that rule files give them.
func (k *knownClasses) byName() map[string]*int32 {
	return map[string]*int32{
		"negation": &k.negation, "undenied": &k.undenied, "preposition": &k.preposition, "article": &k.article, "link": &k.link, "definite": &k.definite,
		"locative": &k.locative, "unplace": &k.unplace, "firm": &k.firm, "founded-as": &k.foundedAs, "firm-name": &k.firmName, "org-name": &k.orgName,
		"police": &k.police, "town": &k.town, "town-head": &k.townHead, "at-town": &k.atTown, "council": &k.council, "state": &k.state, "regulator": &k.regulator, "court": &k.court, "ngo": &k.ngo,
		"press": &k.press, "body-tail": &k.bodyTail, "of": &k.of, "role": &k.role, "title": &k.title, "product-noun": &k.productNoun,
		"selon": &k.selon, "no": &k.no, "yes": &k.yes, "nobody": &k.nobody, "excluded": &k.excluded, "street": &k.street, "forbidden": &k.forbidden, "venue": &k.venue, "act-head": &k.actHead, "approves": &k.approves, "auxiliary": &k.auxiliary, "untrue": &k.untrue, "document": &k.document, "for-one": &k.forOne, "said": &k.said, "that": &k.that, "future": &k.future, "past": &k.past,
		"hedge": &k.hedge, "unverb": &k.unverb, "accuse": &k.accuse, "abbreviation": &k.abbreviation, "not-name": &k.notName,
		"company-it": &k.company, "product-it": &k.productIt, "body-it": &k.bodyIt, "devices-it": &k.devicesIt, "more": &k.more,
		"non-device": &k.nonDevice, "law": &k.law, "including": &k.including, "conjunction": &k.conjunction, "capability-it": &k.capabilityIt, "counting": &k.counting, "numbering": &k.numbering, "count-tail": &k.countTail, "user": &k.user, "person": &k.personUnit, "device-it": &k.weakDevices,
	}
}

// devicePrefix starts the names of the classes of words for devices; their unit follows.
const devicePrefix = "device."

// askedClasses are the names of a file's classes that the program itself asks for.
func askedClasses(classes []Class) []string {
	known, optional := (&knownClasses{}).byName(), (&knownClasses{}).mayLack()
	var out []string
	for _, c := range classes {
		if known[c.Name] != nil || optional[c.Name] != nil || strings.HasPrefix(c.Name, devicePrefix) || strings.HasPrefix(c.Name, columnCanPrefix) {
			out = append(out, c.Name)
		}
	}
	return out
}

// mayLack are the classes that a file may do without, by the names that rule files give them.
func (k *knownClasses) mayLack() map[string]*int32 {
	return map[string]*int32{
		"not-place":    &k.notPlace,
		"fused":        &k.fused,
		"column.count": &k.columnCount, "column.total": &k.columnTotal, "column.none": &k.columnNone, "column.place": &k.columnPlace, "column.vendor": &k.columnVendor, "column.product": &k.columnProduct, "column.operator": &k.columnOperator, "column.programme": &k.columnProgramme, "column.since": &k.columnSince, "column.cost": &k.columnCost, "column.status": &k.columnStatus, "column.capability": &k.columnCapability, "column.other": &k.columnOther, "column.planned": &k.columnPlanned, "column.trial": &k.columnTrial, "column.suspended": &k.columnSuspended, "column.ended": &k.columnEnded, "column.running": &k.columnRunning, "column.yes": &k.columnYes, "column.no": &k.columnNo,
		"right-or-wrong": &k.rightOrWrong,
		"needs-article":  &k.needsArticle,
		"county":         &k.county,
		"system-head":    &k.systemHead, "system-close": &k.systemClose, "portfolio": &k.portfolio, "exception": &k.exception, "national-name": &k.nationalName, "portfolio-for": &k.portfolioFor,
		"concerned": &k.concerned, "for-what": &k.forWhat, "group": &k.group, "passive-or-future": &k.passiveOr, "single": &k.single, "already": &k.already, "name-tail": &k.nameTail, "name-opens": &k.nameOpens, "office-opens": &k.officeOpens, "office-closes": &k.officeCloses, "police-zone": &k.zone, "unadjective": &k.unadjective,
		"asks-whether": &k.asksWhether,
		"reader-like":  &k.readerLike,
		"device-act":   &k.deviceAct, "acquire": &k.acquire, "amounts": &k.amounts, "up-from": &k.upFrom, "up-to": &k.upTo, "reflexive": &k.reflexive, "befalls": &k.befalls,
		"selon-behind": &k.selonBehind, "there": &k.there, "neighbour": &k.neighbour, "elsewhere": &k.elsewhere, "where": &k.where, "speaker-it": &k.speakerIt, "count-it": &k.countIt, "part-of": &k.partOf, "device-like": &k.likeDevices,
		"ourselves": &k.ourselves,
		"who":       &k.speakerWho, "recital": &k.recital, "existing": &k.existing, "until": &k.until, "season.spring": &k.spring, "season.summer": &k.summer, "season.autumn": &k.autumn, "season.winter": &k.winter, "yearly-report": &k.yearlyReport, "without": &k.without, "whether": &k.whether,
		"whereas": &k.whereas, "numbered": &k.numbered, "clitic": &k.clitic, "someone": &k.someone, "claims": &k.claims, "ours": &k.ours, "will": &k.will, "open-letter": &k.openLetter, "talk-to": &k.talkTo, "runs-out": &k.runsOut, "also": &k.also, "follows": &k.follows, "so-says": &k.so, "puts": &k.puts, "disowns": &k.disowns, "splits": &k.splits, "split-off": &k.splitOff, "reported": &k.reported, "answers-so": &k.answersSo, "addressee": &k.addressee, "asked-by": &k.askedBy, "answer-by": &k.answerBy, "selon-weak": &k.selonWeak, "selon-sorts": &k.selonSorts, "selon-own": &k.selonOwn,
		"interview": &k.interview, "interviewer": &k.interviewer, "talk-about": &k.talkAbout, "narrator": &k.narrator, "public-questions": &k.bidders, "sound-bite": &k.soundBite, "broadcast-reader": &k.reader, "proceedings": &k.proceedings, "presents": &k.presents, "decides": &k.decides, "unnamed": &k.unnamed, "particle": &k.particle, "award": &k.award, "to-supply": &k.toSupply, "speaker-thing": &k.thing, "asks-whom": &k.asksWhom, "oblique": &k.oblique, "genitive": &k.genitive, "joins": &k.joins,
		"answer": &k.answer, "be": &k.be, "by-count": &k.byCount, "count-noun": &k.countNoun, "act-article": &k.article1, "allowed": &k.allowed, "whose": &k.whose, "namely": &k.namely, "planned-as": &k.plannedAs,
		"topic-word": &k.topicWord, "surveil": &k.surveil, "other-matter": &k.otherMatter, "home-country": &k.homeCountry,
		"topic-of": &k.topicOf, "asked-about": &k.askedAbout, "does": &k.does, "struck": &k.struck, "renounces": &k.renounces, "undone": &k.undone, "denies-it": &k.deniesIt, "unused": &k.unused, "tells": &k.tells, "as": &k.as,
		"gives": &k.gives, "matter.national": &k.national, "matter.regional": &k.regional, "matter.local": &k.local, "called": &k.called, "firm-does": &k.firmDoes, "firm-has": &k.firmHas, "maker-of": &k.makerOf, "name-head": &k.nameHead, "profile": &k.profile,
	}
}

// fill finds the classes by their names and reports the missing ones.
func (k *knownClasses) fill(g *grammar) error {
	var missing []string
	for name, into := range k.byName() {
		id, ok := g.classes[name]
		if !ok {
			missing = append(missing, name)
		}
		*into = id
	}
	for name, into := range k.mayLack() {
		*into = noClass
		if id, ok := g.classes[name]; ok {
			*into = id
		}
	}
	k.columnCan = make([]string, g.next)
	for name, id := range g.classes {
		if capability, ok := strings.CutPrefix(name, columnCanPrefix); ok {
			k.columnCan[id] = capability
		}
	}
	k.devices = make([]string, g.next)
	found := false
	for name, id := range g.classes {
		if unit, ok := strings.CutPrefix(name, devicePrefix); ok {
			k.devices[id], found = unit, true
			k.deviceSet.add(id)
		}
	}
	if !found {
		missing = append(missing, "device.camera")
	}
	for _, id := range []int32{k.police, k.town, k.state, k.regulator, k.court, k.ngo, k.press, k.nameOpens, k.officeOpens, k.officeCloses} {
		if id != noClass {
			k.bodySet.add(id)
		}
	}
	for _, id := range []int32{k.systemHead, k.systemClose} {
		if id != noClass {
			k.systemSet.add(id)
		}
	}
	for _, id := range []int32{k.national, k.regional, k.local} {
		if id != noClass {
			k.matterSet.add(id)
		}
	}
	for _, id := range []int32{k.town, k.police, k.townHead, k.atTown} {
		k.townSet.add(id)
	}
	for _, id := range []int32{k.negation, k.no, k.nobody, k.forbidden, k.excluded, k.struck, k.unused, k.untrue, k.renounces, k.disowns} {
		if id != noClass {
			k.denials.add(id)
		}
	}
	for _, id := range []int32{k.selon, k.selonOwn, k.selonBehind, k.byCount, k.forOne, k.said, k.so, k.puts, k.disowns, k.splits} {
		if id != noClass {
			k.attributes.add(id)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the file lacks classes that the program asks for: %s: %w", strings.Join(missing, ", "), contrechamp.ErrInvalid)
	}
	return nil
}

// columnCanPrefix opens the names of the classes of what heads a column as a capability does: "Visages", "Plates".
const columnCanPrefix = "column.can."
