package grammar

import (
	"fmt"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/rulefile"
)

// KnownClasses are the classes that the program itself asks for; every rule file must have them. Which words they
// hold is the file's business.
type KnownClasses struct {
	Negation     int32 // ne, pas, not, never
	Undenied     int32 // "pas seulement", "not only": a negation that denies nothing
	Untold       int32 // "dire si", "say whether": behind it stands what nobody answers; a file may lack it
	Unlike       int32 // "contrairement à", "unlike": the place behind it is what the text is not about there; a file may lack it
	Contrast     int32 // "mais", "sondern": what follows a negation and this is so; a file may lack it, and the next three
	Supplies     int32 // "fourni", "won": with its negation, whoever does it is no supplier
	Loses        int32 // "perdu", "turned down": beside it, a firm is no supplier
	Opposes      int32 // "s'oppose": with its negation, nobody objects
	NoMore       int32 // "n'est plus", "no longer": what follows has been so; a file may lack it
	Hinders      int32 // "empêché", "stopped": a negation of it denies nothing either; a file may lack it
	Preposition  int32 // before a mention that is no subject
	Article      int32 // may stand between a preposition and its noun
	Definite     int32 // le, the
	Link         int32 // between the members of a list
	Locative     int32 // à, dans, in, across
	Gives        int32 // "confié", "awarded": right before a locative and a name, the name is whom something goes to, no place; a file may lack it
	National     int32 // ministère, parliament: words of a country's matters; a file may lack it, and the next two
	Regional     int32 // canton, Landtag, sheriff: of a region's
	Local        int32 // maire, council: of a town's
	FirmDoes     int32 // vend, employs: whoever does so is a firm; a file may lack it
	FirmHas      int32 // fondateur, shareholders: "of X" behind it, X is a firm; a file may lack it
	Profile      int32 // salariés, "chiffre d'affaires", shareholders: words of a firm's portrait; a file may lack it
	NameHead     int32 // projet, dénommé: a name in quotation marks behind it is whole between them; a file may lack it
	MakerOf      int32 // éditeur, developer: "of X" behind it, X is a product; a file may lack it
	Called       int32 // "nommée", "called": between a word for firms and the name; a file may lack it
	Unplace      int32 // before a place where nothing is deployed: "basé à", "siège à"
	Firm         int32 // société, firm
	FoundedAs    int32 // "fondée", "founded": behind a name and a comma, it is a firm's
	FirmName     int32 // Ltd, Technologies: within a name, it is a company's
	OrgName      int32 // Foundation, Ligue: within a name, it is an association's
	Police       int32 // bodies, by what they are
	Town         int32
	Council      int32 // behind X, it says that X is a town
	AtTown       int32 // à: a town follows, not a region or country
	TownHead     int32 // maire, mayor: "of X" behind it is a town
	State        int32
	Regulator    int32
	Court        int32
	Ngo          int32
	Press        int32
	BodyTail     int32 // words that go on a body's name: "des données", "municipale"
	Of           int32 // de, of: between a body and its place
	Role         int32 // maire, spokesman: a person
	Title        int32 // M., Mr
	ProductNoun  int32 // logiciel, caméra
	Selon        int32 // selon, according to
	No           int32 // no, non: the answer
	Auxiliary    int32 // a, est, has: a bare name before it is a subject
	ActHead      int32 // "arrêté", "portant": opens the heading of an act, which names its place further on
	Venue        int32 // stadium, gare, université: within a name, it is a place's
	Excluded     int32 // "sont exclus", "excluding": before a capability, denies it
	Forbidden    int32 // "est interdite", "is prohibited": behind a capability, denies it
	SpeakerIt    int32 // il, she: who spoke last; a file may lack it
	CountIt      int32 // en, ne: stands for the devices before a verb and a number; a file may lack it
	PartOf       int32 // dont, "out of": before a part, or the whole, of the devices; a file may lack it
	LikeDevices  int32 // yeux, lenses: devices where devices were named; a file may lack it
	SpeakerWho   int32 // qui, which: goes on about them; a file may lack it
	Recital      int32 // vu, considérant: opens the reasons of an act; a file may lack it
	Existing     int32 // "en service", existant: is there already when an act allows more; a file may lack it
	Whether      int32 // whether, ob: at the head of a sentence it leaves open what follows; a file may lack it
	Without      int32 // ohne, without: denies what follows only; a file may lack it
	Spring       int32 // seasons: with a year at a text's head they say of when it is; a file may lack them
	Summer       int32
	Autumn       int32
	Winter       int32
	YearlyReport int32 // "rapport d'activité": the same; a file may lack it
	Until        int32 // jusqu'à, bis: a date behind it ends something; a file may lack it
	Clitic       int32 // lui, nous: between a subject, or a quotation, and the verb of saying; a file may lack it
	Someone      int32 // on, es: "says" somebody at a place that the words behind name; a file may lack it
	Claims       int32 // revendique, boasts: says what stands behind it without "that"; a file may lack it
	Also         int32 // "también", "inoltre": at the head of a sentence whose verb needs no pronoun; a file may lack it
	RunsOut      int32 // "will finish", "prendra fin": ends what has begun; a file may lack it
	TalkTo       int32 // à, an: behind a word for a talk, before who answers; a file may lack it
	OpenLetter   int32 // "lettre ouverte": whoever signs says all of it; a file may lack it
	Will         int32 // will, soll: makes a verb one of the future; a file may lack it
	Follows      int32 // "le texte suivant", "as follows": the next paragraph is what is said; a file may lack it
	Ourselves    int32 // je, nous, we: whoever wrote the text, or is quoted; a file may lack it
	Ours         int32 // nos, our: whose the text is; a file may lack it
	So           int32 // so, così: behind a comma, before whoever says it; a file may lack it
	Puts         int32 // chiffre, puts: says the amount behind it; a file may lack it
	Disowns      int32 // dément, "rules out": says that what stands behind it is not so; a file may lack it
	Splits       int32 // schließt, weist: says so only where its particle closes the clause; a file may lack it
	SplitOff     int32 // aus, zurück: the particle of such a verb
	Reported     int32 // sei, werde: goes on with what somebody said before; a file may lack it
	SelonOwn     int32 // "selon lui", "in his words": who spoke last; a file may lack it
	SelonSorts   int32 // selon, secondo: words of "selon" that say too by what something is sorted; a file may lack it
	SelonWeak    int32 // nach, per: words of "selon" that have other uses; a file may lack it
	Be           int32 // is, est: before a verb of saying, it is said of a thing; a file may lack it
	ByCount      int32 // by: before "the firm's own count"; a file may lack it
	CountNoun    int32 // count, figures; a file may lack it
	Article1     int32 // "article": before a number, opens an article of an act
	Allowed      int32 // "est autorisé", "is hereby authorised"
	Whose        int32 // "dont le", whose: goes on about something else; a file may lack it
	Namely       int32 // "à savoir", namely: before the parts of what was counted; a file may lack it
	PlannedAs    int32 // planned, prévues: right behind devices; a file may lack it
	TopicOf      int32 // "quant à", "as for"; a file may lack it, and those down to genitive
	AskedAbout   int32 // "interrogé sur", "asked about"
	Does         int32 // fait, does: in the head of a list of what something does not do
	Renounces    int32 // renonce, "decided against": somewhere before a capability in its sentence, denies it; a file may lack it
	Undone       int32 // activée, bought: behind a negation behind a capability, denies it; a file may lack it
	Struck       int32 // abandonné, dropped: at the head of a sentence, before what it is said of
	DeniesIt     int32 // "le dément", "denies it"
	Unused       int32 // "ne s'en sert pas", "does not use it": denies the capability named before
	Tells        int32 // told: a verb of saying behind which stands whom it is said to; a file may lack it
	As           int32 // comme, as: "As the mayor explains"; a file may lack it
	Answer       int32 // "réponse": opens an answer; a file may lack it
	AnswersSo    int32 // "beantworte ich", "I reply as follows": whoever signs says all that follows; a file may lack it
	Addressee    int32 // "destinataire": before whom the questions of a text are put to; a file may lack it
	AskedBy      int32 // "question de", "tabled by": before who asks; a file may lack it
	AnswerBy     int32 // "réponse de", "Antwort der": before whoever says all that follows; a file may lack it
	Interview    int32 // "entretien", "questions à": behind it stands who answers; a file may lack it, and those down to genitive
	TalkAbout    int32 // sur, about: behind a word for a talk, what it is about
	Interviewer  int32 // "propos recueillis": behind it stands who asks
	Bidders      int32 // FAQ, bidders: in the head of a text whose answers are its own
	SoundBite    int32 // "O-Ton": before a name, a label of a recording
	Reader       int32 // sprecherin: beside such labels, the label of whoever reads the text
	Narrator     int32 // "voix off": a label that is nobody's
	Proceedings  int32 // "procès-verbal", minutes: reports what is said, one after the other
	Award        int32 // "avis d'attribution", "invitation to tender": in the head of a text, what it lists is to come
	ToSupply     int32 // "fourniture", "porte sur": before what a contract is for
	Particle     int32 // van, den, de: within a person's name
	Unnamed      int32 // "se", "si": before a verb of saying without a subject: "se informa que"
	Thing        int32 // it: a pronoun that is no person
	Decides      int32 // "à l'unanimité", carried: words of a vote, which nobody says
	AsksWhom     int32 // "will", "interroge": before whom a question is put to
	Presents     int32 // "prend la parole", presented: whoever does so says what follows
	Oblique      int32 // des, dem: the noun behind it may have an ending, see ending.weak
	Joins        int32 // des, der: an article that may go on a noun: "die Leiterin des Amts"
	Genitive     int32 // des, eines: see ending.oblique
	AsksWhether  int32 // "demande si", "asked whether": what follows is asked, not said; a file may lack it
	ReaderLike   int32 // turnstiles, varchi: they read plates, faces or papers; a file may lack it
	DeviceAct    int32 // film, work: what devices do, behind a number whose noun is left out; a file may lack it, and the six below
	Acquire      int32 // bought, ordered: before a number whose noun is left out
	Amounts      int32 // "stands at", "passe à": right before such a number
	UpFrom       int32 // from, de: before what the devices were
	UpTo         int32 // to, à: before what they have become
	Reflexive    int32 // se, sich: between the number and its verb
	Befalls      int32 // arrested: happens to people, not to devices
	There        int32 // y, there: the place named before; a file may lack it, and the next two
	Neighbour    int32 // voisin, neighbouring: beside a place that is not the one that the text is about
	Elsewhere    int32 // ailleurs, by contrast: turns to another place
	Where        int32 // où, where: behind a place, what follows is said of it; a file may lack it
	Street       int32 // rue, avenue, pont: what they are named after is elsewhere
	approves     int32 // applaudit, welcomes: who does so contests nothing
	Nobody       int32 // "aucun", "none": at the head of a sentence it denies all of it
	Yes          int32 // oui, yes: the answer
	Untrue       int32 // "c'est faux": takes the sentence before back
	SelonBehind  int32 // "zufolge": behind the speaker; a file may lack it
	Document     int32 // rapport, petition: a document that speaks
	ForOne       int32 // "Pour X, ...": only at the head of a sentence
	Said         int32 // declared, a indiqué
	That         int32 // que, that: opens what is said
	Future       int32 // will, prévoit: words of a plan
	Past         int32 // "étaient prévues": no plan any more
	Unverb       int32 // words with the ending of a future or conditional that are none
	Hedge        int32 // peut-être, reportedly
	Accuse       int32
	Abbreviation int32
	Whereas      int32 // "while": opens a clause that is said of something else; a file may lack it
	Numbered     int32 // "no", "Drs": with a full stop, short forms before a number only; a file may lack it
	// what heads a table's columns, and what its cells say: by package claim; a file may lack them
	ColumnCan        []string // by class, the capability that its words at the head of a column mean
	ColumnCount      int32
	ColumnTotal      int32
	ColumnNone       int32
	ColumnPlace      int32
	ColumnVendor     int32
	ColumnProduct    int32
	ColumnOperator   int32
	ColumnProgramme  int32
	ColumnSince      int32
	ColumnCost       int32
	ColumnStatus     int32
	ColumnCapability int32
	ColumnOther      int32
	ColumnPlanned    int32
	ColumnTrial      int32
	ColumnSuspended  int32
	ColumnEnded      int32
	ColumnRunning    int32
	ColumnYes        int32
	ColumnNo         int32
	RightOrWrong     int32    // words of how often something is right: a share without them is another; a file may lack it
	NeedsArticle     int32    // words that are places behind an article only: "le Cher"; a file may lack it
	NationalName     int32    // "police nationale", "conseil d'état": what many countries call a body of theirs
	Exception        int32    // unless, "without first": but for what follows, what is denied is so
	Portfolio        int32    // minister, "secretary of state", committee: what follows "for" is what they are for
	PortfolioFor     int32    // words before a portfolio that "of" has not: "on", "für", "à la"
	SystemClose      int32    // and what closes its name in English: "Domain Awareness System"
	SystemHead       int32    // what a state's system is called by, with a capital: "Fichier", "Sistema"; a file may lack it
	County           int32    // what counties are called behind their names; a file may lack it
	Fused            int32    // articles, and prepositions with an article in them: "im", "della", "del"; a file may lack it
	NotPlace         int32    // words that are small places' names too: a place only where the text says so; a file may lack it
	NotName          int32    // words that are no name although they start with a capital
	Company          int32    // "l'entreprise", "le groupe": the company named before
	ProductIt        int32    // "l'outil", "the software": the product named before
	BodyIt           int32    // "l'association", "the watchdog": the body named before
	DevicesIt        int32    // "d'entre elles", "of them": the devices counted before
	More             int32    // autres, more, further
	CapabilityIt     int32    // "ces fonctions", "that feature"
	Counting         int32    // "compte", "numbering": before a number without its noun
	Numbering        int32    // "au nombre de": right before a number of what the sentence names
	CountTail        int32    // may follow a number whose noun is left out: pour, chez, downtown
	Including        int32    // notamment, including: a comma before it does not part a place from what stands there
	Conjunction      int32    // et, and
	NonDevice        int32    // nouns behind a number that are no devices
	Law              int32    // law talk: a bill on a technique is no capability of a place
	TopicWord        int32    // words of the field; a file may lack it, and the three below
	Surveil          int32    // surveillance itself
	OtherMatter      int32    // a town's other business
	HomeCountry      int32    // codes of the countries where the language is at home
	User             int32    // verbs of use: who uses, its place
	PersonUnit       int32    // personnes, people
	Devices          []string // the unit of each class, "" for classes of other words
	DeviceSet        ClassSet
	Attributes       ClassSet // the words at which an attribution may be read
	SystemSet        ClassSet // what opens or closes the name of a system
	BodySet          ClassSet // police, town and so on: what bodies are called
	TownSet          ClassSet // the words beside which a town may be named
	Denials          ClassSet // the words that may deny a capability
	MatterSet        ClassSet // the words for whose matters a text speaks of
	WeakDevices      int32    // appareils, units: devices of the last unit
	Concerned        int32    // riverains, opposition: who is no association named before; a file may lack it
	ForWhat          int32    // "pour", "à la": within the proper name of a body, before what it is for; a file may lack it, and the next eight
	Already          int32    // "déjà": what a sentence with it says is there
	Single           int32    // "une": one, before a device behind others that were counted
	PassiveOr        int32    // "wird": makes a passive, or a future
	Group            int32    // "groupe": a firm, or a party in a council
	NameTail         int32    // "libre", "en commun": go on a proper name without a capital
	NameOpens        int32    // Union, Confédération: open the name of a body, with a capital and more behind it
	OfficeOpens      int32    // Direction, Secretaría: and that of an office
	Zone             int32    // "zone de police": police whose name stands right behind
	OfficeCloses     int32    // Agency, "Fire Service": close the name of an office, with capitals before it
	Unadjective      int32    // "explique", "scrive": verbs that end as adjectives do
}

// byName are the classes of the program, by the names that rule files give them.
func (k *KnownClasses) byName() map[string]*int32 {
	return map[string]*int32{
		"negation": &k.Negation, "undenied": &k.Undenied, "preposition": &k.Preposition, "article": &k.Article, "link": &k.Link, "definite": &k.Definite,
		"locative": &k.Locative, "unplace": &k.Unplace, "firm": &k.Firm, "founded-as": &k.FoundedAs, "firm-name": &k.FirmName, "org-name": &k.OrgName,
		"police": &k.Police, "town": &k.Town, "town-head": &k.TownHead, "at-town": &k.AtTown, "council": &k.Council, "state": &k.State, "regulator": &k.Regulator, "court": &k.Court, "ngo": &k.Ngo,
		"press": &k.Press, "body-tail": &k.BodyTail, "of": &k.Of, "role": &k.Role, "title": &k.Title, "product-noun": &k.ProductNoun,
		"selon": &k.Selon, "no": &k.No, "yes": &k.Yes, "nobody": &k.Nobody, "excluded": &k.Excluded, "street": &k.Street, "forbidden": &k.Forbidden, "venue": &k.Venue, "act-head": &k.ActHead, "approves": &k.approves, "auxiliary": &k.Auxiliary, "untrue": &k.Untrue, "document": &k.Document, "for-one": &k.ForOne, "said": &k.Said, "that": &k.That, "future": &k.Future, "past": &k.Past,
		"hedge": &k.Hedge, "unverb": &k.Unverb, "accuse": &k.Accuse, "abbreviation": &k.Abbreviation, "not-name": &k.NotName,
		"company-it": &k.Company, "product-it": &k.ProductIt, "body-it": &k.BodyIt, "devices-it": &k.DevicesIt, "more": &k.More,
		"non-device": &k.NonDevice, "law": &k.Law, "including": &k.Including, "conjunction": &k.Conjunction, "capability-it": &k.CapabilityIt, "counting": &k.Counting, "numbering": &k.Numbering, "count-tail": &k.CountTail, "user": &k.User, "person": &k.PersonUnit, "device-it": &k.WeakDevices,
	}
}

// devicePrefix starts the names of the classes of words for devices; their unit follows.
const devicePrefix = "device."

// askedClasses are the names of a file's classes that the program itself asks for.
func askedClasses(classes []rulefile.Class) []string {
	known, optional := (&KnownClasses{}).byName(), (&KnownClasses{}).mayLack()
	var out []string
	for _, c := range classes {
		if known[c.Name] != nil || optional[c.Name] != nil || strings.HasPrefix(c.Name, devicePrefix) || strings.HasPrefix(c.Name, columnCanPrefix) {
			out = append(out, c.Name)
		}
	}
	return out
}

// mayLack are the classes that a file may do without, by the names that rule files give them.
func (k *KnownClasses) mayLack() map[string]*int32 {
	return map[string]*int32{
		"not-place": &k.NotPlace,
		"hinders":   &k.Hinders,
		"no-more":   &k.NoMore,
		"unlike":    &k.Unlike,
		"untold":    &k.Untold,
		"contrast":  &k.Contrast, "supplies": &k.Supplies, "loses": &k.Loses, "opposes": &k.Opposes,
		"fused":        &k.Fused,
		"column.count": &k.ColumnCount, "column.total": &k.ColumnTotal, "column.none": &k.ColumnNone, "column.place": &k.ColumnPlace, "column.vendor": &k.ColumnVendor, "column.product": &k.ColumnProduct, "column.operator": &k.ColumnOperator, "column.programme": &k.ColumnProgramme, "column.since": &k.ColumnSince, "column.cost": &k.ColumnCost, "column.status": &k.ColumnStatus, "column.capability": &k.ColumnCapability, "column.other": &k.ColumnOther, "column.planned": &k.ColumnPlanned, "column.trial": &k.ColumnTrial, "column.suspended": &k.ColumnSuspended, "column.ended": &k.ColumnEnded, "column.running": &k.ColumnRunning, "column.yes": &k.ColumnYes, "column.no": &k.ColumnNo,
		"right-or-wrong": &k.RightOrWrong,
		"needs-article":  &k.NeedsArticle,
		"county":         &k.County,
		"system-head":    &k.SystemHead, "system-close": &k.SystemClose, "portfolio": &k.Portfolio, "exception": &k.Exception, "national-name": &k.NationalName, "portfolio-for": &k.PortfolioFor,
		"concerned": &k.Concerned, "for-what": &k.ForWhat, "group": &k.Group, "passive-or-future": &k.PassiveOr, "single": &k.Single, "already": &k.Already, "name-tail": &k.NameTail, "name-opens": &k.NameOpens, "office-opens": &k.OfficeOpens, "office-closes": &k.OfficeCloses, "police-zone": &k.Zone, "unadjective": &k.Unadjective,
		"asks-whether": &k.AsksWhether,
		"reader-like":  &k.ReaderLike,
		"device-act":   &k.DeviceAct, "acquire": &k.Acquire, "amounts": &k.Amounts, "up-from": &k.UpFrom, "up-to": &k.UpTo, "reflexive": &k.Reflexive, "befalls": &k.Befalls,
		"selon-behind": &k.SelonBehind, "there": &k.There, "neighbour": &k.Neighbour, "elsewhere": &k.Elsewhere, "where": &k.Where, "speaker-it": &k.SpeakerIt, "count-it": &k.CountIt, "part-of": &k.PartOf, "device-like": &k.LikeDevices,
		"ourselves": &k.Ourselves,
		"who":       &k.SpeakerWho, "recital": &k.Recital, "existing": &k.Existing, "until": &k.Until, "season.spring": &k.Spring, "season.summer": &k.Summer, "season.autumn": &k.Autumn, "season.winter": &k.Winter, "yearly-report": &k.YearlyReport, "without": &k.Without, "whether": &k.Whether,
		"whereas": &k.Whereas, "numbered": &k.Numbered, "clitic": &k.Clitic, "someone": &k.Someone, "claims": &k.Claims, "ours": &k.Ours, "will": &k.Will, "open-letter": &k.OpenLetter, "talk-to": &k.TalkTo, "runs-out": &k.RunsOut, "also": &k.Also, "follows": &k.Follows, "so-says": &k.So, "puts": &k.Puts, "disowns": &k.Disowns, "splits": &k.Splits, "split-off": &k.SplitOff, "reported": &k.Reported, "answers-so": &k.AnswersSo, "addressee": &k.Addressee, "asked-by": &k.AskedBy, "answer-by": &k.AnswerBy, "selon-weak": &k.SelonWeak, "selon-sorts": &k.SelonSorts, "selon-own": &k.SelonOwn,
		"interview": &k.Interview, "interviewer": &k.Interviewer, "talk-about": &k.TalkAbout, "narrator": &k.Narrator, "public-questions": &k.Bidders, "sound-bite": &k.SoundBite, "broadcast-reader": &k.Reader, "proceedings": &k.Proceedings, "presents": &k.Presents, "decides": &k.Decides, "unnamed": &k.Unnamed, "particle": &k.Particle, "award": &k.Award, "to-supply": &k.ToSupply, "speaker-thing": &k.Thing, "asks-whom": &k.AsksWhom, "oblique": &k.Oblique, "genitive": &k.Genitive, "joins": &k.Joins,
		"answer": &k.Answer, "be": &k.Be, "by-count": &k.ByCount, "count-noun": &k.CountNoun, "act-article": &k.Article1, "allowed": &k.Allowed, "whose": &k.Whose, "namely": &k.Namely, "planned-as": &k.PlannedAs,
		"topic-word": &k.TopicWord, "surveil": &k.Surveil, "other-matter": &k.OtherMatter, "home-country": &k.HomeCountry,
		"topic-of": &k.TopicOf, "asked-about": &k.AskedAbout, "does": &k.Does, "struck": &k.Struck, "renounces": &k.Renounces, "undone": &k.Undone, "denies-it": &k.DeniesIt, "unused": &k.Unused, "tells": &k.Tells, "as": &k.As,
		"gives": &k.Gives, "matter.national": &k.National, "matter.regional": &k.Regional, "matter.local": &k.Local, "called": &k.Called, "firm-does": &k.FirmDoes, "firm-has": &k.FirmHas, "maker-of": &k.MakerOf, "name-head": &k.NameHead, "profile": &k.Profile,
	}
}

// fill finds the classes by their names and reports the missing ones.
func (k *KnownClasses) fill(g *Grammar) error {
	var missing []string
	for name, into := range k.byName() {
		id, ok := g.Classes[name]
		if !ok {
			missing = append(missing, name)
		}
		*into = id
	}
	for name, into := range k.mayLack() {
		*into = NoClass
		if id, ok := g.Classes[name]; ok {
			*into = id
		}
	}
	k.ColumnCan = make([]string, g.Next)
	for name, id := range g.Classes {
		if capability, ok := strings.CutPrefix(name, columnCanPrefix); ok {
			k.ColumnCan[id] = capability
		}
	}
	k.Devices = make([]string, g.Next)
	found := false
	for name, id := range g.Classes {
		if unit, ok := strings.CutPrefix(name, devicePrefix); ok {
			k.Devices[id], found = unit, true
			k.DeviceSet.Add(id)
		}
	}
	if !found {
		missing = append(missing, "device.camera")
	}
	for _, id := range []int32{k.Police, k.Town, k.State, k.Regulator, k.Court, k.Ngo, k.Press, k.NameOpens, k.OfficeOpens, k.OfficeCloses} {
		if id != NoClass {
			k.BodySet.Add(id)
		}
	}
	for _, id := range []int32{k.SystemHead, k.SystemClose} {
		if id != NoClass {
			k.SystemSet.Add(id)
		}
	}
	for _, id := range []int32{k.National, k.Regional, k.Local} {
		if id != NoClass {
			k.MatterSet.Add(id)
		}
	}
	for _, id := range []int32{k.Town, k.Police, k.TownHead, k.AtTown} {
		k.TownSet.Add(id)
	}
	for _, id := range []int32{k.Negation, k.No, k.Nobody, k.Forbidden, k.Excluded, k.Struck, k.Unused, k.Untrue, k.Renounces, k.Disowns} {
		if id != NoClass {
			k.Denials.Add(id)
		}
	}
	for _, id := range []int32{k.Selon, k.SelonOwn, k.SelonBehind, k.ByCount, k.ForOne, k.Said, k.So, k.Puts, k.Disowns, k.Splits} {
		if id != NoClass {
			k.Attributes.Add(id)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the file lacks classes that the program asks for: %s: %w", strings.Join(missing, ", "), contrechamp.ErrInvalid)
	}
	return nil
}

// columnCanPrefix opens the names of the classes of what heads a column as a capability does: "Visages", "Plates".
const columnCanPrefix = "column.can."
