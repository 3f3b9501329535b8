package read

// languageWords are small frequent words of each language, folded: articles, pronouns, prepositions, conjunctions,
// auxiliaries and the like. A word that several languages have speaks for each of them, the less the more they are.
// Serbian stands in Latin letters; its Cyrillic is read through them.
var languageWords = map[string]string{
	"fr": `le la les l' un une des du de d' au aux et ou mais donc or ni car que qu' qui quoi dont où ce c' cet cette ces cela ça ceci celui celle ceux celles je j' tu il elle
		on nous vous ils elles me m' te t' se s' lui leur leurs eux moi toi soi mon ton son ma ta sa mes tes ses notre votre nos vos y en ne n' pas plus jamais rien personne aucun aucune
		est sont était étaient été être suis es sommes êtes sera seront serait fut soit ai as a avons avez ont avait avaient aura auront aurait eu avoir ayant étant fait faire font peut peuvent pouvait pourrait doit doivent
		va vont dit dire dans sur sous avec sans pour par entre vers chez contre depuis pendant avant après selon lors dès jusqu' comme si quand lorsque parce puis alors aussi ainsi encore déjà
		très bien tout toute tous toutes même mêmes autre autres plusieurs quelque quelques chaque trop peu moins beaucoup ici là voici voilà non oui ans année années jour jours deux trois c'est
		n'est qu'il qu'elle d'un d'une ici vraiment toujours souvent faut veut voir était leur après être très où grand grande petit petite homme monde temps fois`,
	"en": `the of and to in is it that was for on are as with his they at be this from have or by one had not but what all were when we there can an your which their said if will each about how
		up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may long
		little very after words called just where most know get through back much before go good new write our used me man too any day same right look think also around another came come work three
		must because does part even place well such here take why help put different away again off went old number i you he do don't it's i'm didn't doesn't isn't that's you're can't won't while
		during between against under since until both few those being having shall should might upon within without however although whether yet still per`,
	"de": `der die das den dem des ein eine einen einem einer eines und oder aber denn sondern doch dass daß weil wenn als ob wie wo was wer wen wem ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen
		mein dein sein unser euer ihre ihren ihrem ihrer seine seinen seinem seiner meine dieser diese dieses diesen diesem jener jede jeder jedes kein keine keinen nicht nichts nie noch nur schon auch sehr
		mehr viel viele alle alles andere anderen ist sind war waren bin bist seid gewesen wird werden wurde wurden worden würde würden hat haben hatte hatten habe kann können konnte konnten muss müssen
		soll sollen sollte will wollen wollte darf dürfen mag machen macht gibt geht kommt in im an am auf aus bei beim bis durch für gegen hinter mit nach neben ohne seit über um unter von vom vor zu zum zur
		zwischen während wegen da dann hier dort so etwa immer wieder heute jetzt zwei drei jahr jahre jahren zeit tag man sich selbst sowie bereits einmal ja nein`,
	"es": `el la los las un una unos unas lo al del de a y e o u pero sino que quien quienes cual cuales cuyo donde cuando como porque pues si yo tú él ella ello nosotros vosotros ellos ellas usted ustedes me te se
		le les nos os mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta esto estos estas ese esa eso esos esas aquel aquella aquello no ni nunca nada nadie ningún ninguna es son era eran fue fueron ser
		sido siendo soy eres somos será serán sería está están estaba estaban estar estado estoy ha han había habían haber habido he hay hace hacer hizo tiene tienen tenía tener tuvo puede pueden podía poder debe
		deben va van dice dijo en con sin por para entre hacia hasta desde durante según sobre tras contra ante bajo más menos muy mucho mucha muchos muchas poco todo toda todos todas otro otra otros otras
		mismo misma tan tanto también tampoco ya aún así bien aquí allí ahora entonces siempre antes después dos tres año años día días cada algo alguien algunos algunas hoy sólo solo`,
	"it": `il lo la i gli le l' un uno una un' del dello della dei degli delle dell' al allo alla ai agli alle all' dal dallo dalla dai dagli dalle dall' nel nello nella nei negli nelle nell' sul sullo sulla sui sugli sulle sull'
		di a da in con su per tra fra e ed o oppure ma però che chi cui quale quali dove quando come perché se anche io tu egli lui lei noi voi essi loro mi ti si ci vi ne mio mia miei mie tuo tua suo sua suoi sue
		nostro nostra nostri vostro questo questa questi queste quello quella quelli quelle quel non né mai nulla niente nessuno nessuna è sono era erano fu furono essere stato stata stati state sarà saranno sarebbe sia
		siamo siete sei ho hai ha abbiamo avete hanno aveva avevano avere avuto può possono poteva deve devono fa fare fatto va vanno dice detto più meno molto molta molti molte poco tutto tutta tutti tutte altro
		altra altri altre stesso stessa così bene già ancora sempre qui lì ora poi prima dopo durante verso senza sotto sopra contro secondo due tre anno anni giorno giorni ogni qualche solo mentre quindi c'è dell'`,
	"pt": `o a os as um uma uns umas do da dos das no na nos nas ao à aos às pelo pela pelos pelas num numa dum duma de em por para com sem sob sobre entre até desde e ou mas porém que quem qual quais cujo onde quando
		como porque se eu tu ele ela nós vós eles elas você vocês me te lhe lhes vos meu minha meus minhas teu tua seu sua seus suas nosso nossa este esta isto estes estas esse essa isso esses essas aquele aquela aquilo
		não nem nunca nada ninguém nenhum nenhuma é são era eram foi foram ser sido sendo sou somos será serão seria está estão estava estavam estar estou há tem têm tinha tinham ter tido tenho havia haver
		pode podem podia poder deve devem faz fazer fez feito vai vão diz disse dizer mais menos muito muita muitos muitas pouco todo toda todos todas tudo outro outra outros outras mesmo mesma tão tanto
		também já ainda assim bem aqui ali lá agora então sempre antes depois durante segundo dois duas três ano anos dia dias cada algum alguma alguns algumas hoje só apenas foi através contra após`,
	"nl": `de het een en of maar want dat die dit deze wat wie welke waar wanneer hoe omdat als dan toen ik jij je u hij zij ze wij we jullie mij me jou hem haar ons hun hen zich mijn jouw zijn uw onze
		niet geen nooit niets niemand nog al ook wel zeer erg meer veel weinig alle alles andere ander is was waren ben bent geweest wordt worden werd werden geworden zal zullen zou zouden heeft hebben had hadden heb
		kan kunnen kon konden moet moeten moest mag mogen wil willen wilde gaat gaan ging doet doen deed gedaan komt komen in op aan uit bij tot door voor tegen achter met na naast zonder sinds over om onder van vanaf
		te tussen tijdens wegens er daar hier zo ongeveer altijd weer vandaag nu twee drie jaar jaren tijd dag men zelf zoals toch slechts binnen volgens naar eerste nieuwe grote goed iets iemand elke ieder`,
	"sr": `je su da se na za od koji koja koje kojih kojem kojoj kao nije sa ali biti ili iz po do to ova ovo ovaj taj ta ti te što šta kako bi će ću ćemo smo ste sam si ga mu im ih nas vas njih njega njen njegov
		njegova svoj svoje svoju moj moja sve svi više još samo već kad kada gde gdje tako jer ako pre prije posle poslije nakon oko kod bez između tokom tijekom godine godina godini dana danas ne nisu nisam bio bila
		bilo bili može mogu treba ima imaju reći rekao kazao on ona oni one mi vi ja i u o a s k dok iako međutim prema protiv zbog pod nad pri kroz među ovog ovom ove toga tome tom tu tamo ovde ovdje sada onda
		nego niti pa te ni li jedan jedna jedno dva dve dvije tri prvi druga drugi drugo veoma vrlo mnogo malo novi nova sav svih svaki svaka neki neke neka nekoliko takođe također odnosno`,
	"ru": `и в во не что он на я с со как а то все всё она так его но да ты к у же вы за бы по только ее её мне было вот от меня еще ещё нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас
		нибудь опять уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет ж тогда кто этот того потому этого какой совсем ним
		здесь этом один почти мой тем чтобы нее сейчас были куда зачем всех никогда можно при наконец два об другой хоть после над больше тот через эти нас про всего них какая много разве три эту моя впрочем хорошо
		свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно всю между это который которые которая которого года году лет также`,
	"uk": `і й та в у не що він на я з із зі як а то все вона так його але ти до ви за би по тільки її мені було від мене ще ні о йому тепер коли навіть чи якщо вже або бути був нього вас знову вам там потім себе
		нічого їй може вони тут де є треба ній для ми тебе їх ніж була сам щоб без чого раз теж собі під буде тоді хто цей того тому цього який зовсім ним один майже мій тим зараз були куди всіх ніколи можна при два
		про інший хоч після над більше той через ці нас всього них яка багато хіба три цю моя добре свою цієї перед іноді краще такий більш завжди звичайно між це які якого року роки років також та`,
}

// languageEndings are endings of words that speak for a language, with their accents; the longest is tried first.
var languageEndings = map[string]string{
	"fr": "tion tions ment ments ique iques eux euse euses aient ait ées ée és eur eurs eaux elle ettes ance ence isme issant ières ière aux oir oire ois oise ais aise é",
	"en": "ing ings ness ly ful less ship ish ould ough ight ity ies ed tion tional ous ward ck th ew ey",
	"de": "ung ungen lich liche lichen keit keiten heit heiten schaft isch ische ischen chen ern igen ige ig tzt cht ßt icht eln ierung erung mäßig bar tz",
	"es": "ción ciones dad dades mente ando iendo aron ieron ado ada ados adas ido ida idos idas ez eza aje illo illa ía ían ías ó ñez ito ita izo",
	"it": "zione zioni mente tà ando endo ato ata ati ate ito iti uto uti ente enti ezza aggio ella etto etta ità ono ano ava evano anno isce ietà iche gli zzo zza cchi ggi",
	"pt": "ção ções dade dades mente ando endo indo ado ada ados adas ido ida idos idas ão ões ães agem inho inha eza eiro eira eiros ou eu iu ávam avam iam am em im ncia ncias",
	"nl": "lijk lijke heid heden ing ingen atie aties isch ische tje tjes eerd eren aar oer oor eert schap ijk ijke ijn ijd oek uis eeft aat oot uur ien jes",
	"sr": "nje nja ski ska ske sko skog skih ost osti stvo stva ija iju ije ovi ova ove ima ama ovati uje aju eći ao io la li lo ić ić čki šnji dan kog om og",
}

// languageLetters are letters that only some of the languages in Latin script use.
var languageLetters = map[rune]string{
	'ñ': "es", '¿': "es", '¡': "es", 'ã': "pt", 'õ': "pt", 'ß': "de", 'ä': "de", 'œ': "fr", 'ï': "fr nl", 'î': "fr", 'û': "fr", 'ù': "fr it", 'ç': "fr pt",
	'â': "fr pt", 'ê': "fr pt", 'ô': "fr pt", 'ë': "fr nl", 'è': "fr it", 'ò': "it", 'ì': "it", 'à': "fr it pt", 'ü': "de es", 'ö': "de",
	'č': "sr", 'ć': "sr", 'š': "sr", 'ž': "sr", 'đ': "sr", 'á': "es pt", 'í': "es pt", 'ó': "es pt", 'ú': "es pt", 'é': "fr es pt it nl",
}
