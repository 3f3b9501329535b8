package read

import (
	"context"
	"strings"
	"testing"
)

// sentences are written for this test: what councils, papers and companies say, long and short.
var languageSentences = map[string][]string{
	"fr": {"Le maire n'a rien dit.", "Aucune étude n'a été publiée depuis lors.", "Qui regarde ces images, et pendant combien de temps ?", "Huawei Technologies a livré les caméras en 2019.", "Elle s'est tue.", "On ignore encore le prix du marché."},
	"en": {"The mayor said nothing.", "No study has been published since.", "Who looks at these pictures, and for how long?", "Huawei Technologies delivered the cameras in 2019.", "She kept silent.", "Nobody knows yet what it cost."},
	"de": {"Der Bürgermeister hat nichts gesagt.", "Seither wurde keine Studie veröffentlicht.", "Wer sieht sich diese Bilder an, und wie lange?", "Huawei Technologies lieferte die Kameras im Jahr 2019.", "Sie schwieg.", "Was es kostet, weiß noch niemand."},
	"es": {"El alcalde no ha dicho nada.", "Desde entonces no se ha publicado ningún estudio.", "¿Quién mira estas imágenes, y durante cuánto tiempo?", "Huawei Technologies entregó las cámaras en 2019.", "Ella calló.", "Todavía nadie sabe lo que cuesta."},
	"it": {"Il sindaco non ha detto niente.", "Da allora non è stato pubblicato nessuno studio.", "Chi guarda queste immagini, e per quanto tempo?", "Huawei Technologies ha consegnato le telecamere nel 2019.", "Lei tacque.", "Nessuno sa ancora quanto costa."},
	"pt": {"O presidente da câmara não disse nada.", "Desde então não foi publicado nenhum estudo.", "Quem vê estas imagens, e durante quanto tempo?", "A Huawei Technologies entregou as câmaras em 2019.", "Ela calou-se.", "Ainda ninguém sabe quanto custa."},
	"nl": {"De burgemeester heeft niets gezegd.", "Sindsdien is er geen onderzoek gepubliceerd.", "Wie bekijkt deze beelden, en hoe lang?", "Huawei Technologies leverde de camera's in 2019.", "Zij zweeg.", "Niemand weet nog wat het kost."},
	"sr": {"Gradonačelnik nije rekao ništa.", "Od tada nije objavljena nijedna studija.", "Ko gleda ove snimke, i koliko dugo?", "Huawei Technologies je isporučio kamere 2019. godine.", "Градоначелник није рекао ништа.", "Од тада није објављена ниједна студија.", "Ко гледа ове снимке, и колико дуго?", "Нико још не зна колико то кошта."},
	"ru": {"Мэр ничего не сказал.", "С тех пор ни одного исследования не опубликовано.", "Кто смотрит эти записи, и как долго?", "Huawei Technologies поставила камеры в 2019 году.", "Она промолчала.", "Никто ещё не знает, сколько это стоит."},
	"zh": {"市长什么也没说。", "此后没有发表任何研究。", "谁在看这些图像，看多久？", "华为技术于2019年交付了摄像头。", "她沉默了。"},
	"ar": {"لم يقل رئيس البلدية شيئا.", "منذ ذلك الحين لم تنشر أي دراسة.", "من ينظر إلى هذه الصور، وكم من الوقت؟", "سلمت هواوي الكاميرات في عام 2019.", "لا أحد يعرف بعد كم يكلف."},
}

// Of all sentences together 98 % are told; each that is not is said.
func TestLanguageOfSentences(t *testing.T) {
	all, right := 0, 0
	for want, list := range languageSentences {
		for _, s := range list {
			all++
			if got := languageOf(s); got == want {
				right++
			} else {
				t.Logf("%q is told as %s, want %s", s, got, want)
			}
		}
	}
	if float64(right) < 0.98*float64(all) {
		t.Errorf("%d of %d sentences are told, want 98 %%", right, all)
	}
}

// A paragraph in another language than its article is told, and a heading full of names is not.
func TestLanguageOfParagraphs(t *testing.T) {
	text, err := Read(context.Background(), Source{Now: now, Bytes: []byte("Un vote à huis clos\n\nLe conseil a voté l'achat de dix caméras pour la gare, malgré l'avis contraire de deux élus.\n\n" +
		"Huawei Safe City Dahua Hikvision\n\n\"We have never sold such a thing to that town, and we do not know who did,\" the company wrote to us on the same day.\n\n" +
		"Les élus ont appris la nouvelle par la presse, et demandent maintenant que le marché soit rendu public.")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range text.Paragraphs {
		got = append(got, p.Language)
	}
	if want := "fr fr fr en fr"; text.Language != "fr" || strings.Join(got, " ") != want {
		t.Errorf("the text is %s, its paragraphs %v; want fr, %s", text.Language, got, want)
	}
}

func TestLanguageOf(t *testing.T) {
	for want, sentence := range map[string]string{
		"fr": "La ville a posé douze caméras devant la gare sans prévenir les habitants.",
		"en": "The town has put twelve cameras in front of the station without telling anybody.",
		"de": "Die Stadt hat zwölf Kameras vor dem Bahnhof aufgestellt, ohne die Bewohner zu fragen.",
		"es": "El ayuntamiento ha instalado doce cámaras delante de la estación sin avisar a los vecinos.",
		"it": "Il comune ha installato dodici telecamere davanti alla stazione senza avvisare gli abitanti.",
		"pt": "A câmara municipal instalou doze câmaras em frente da estação sem avisar os moradores da cidade.",
		"nl": "De stad heeft twaalf camera's voor het station geplaatst zonder de bewoners te vragen.",
		"sr": "Град је поставио дванаест камера испред станице, а да никога није питао за мишљење.",
		"ru": "Город установил двенадцать камер перед вокзалом, не предупредив об этом жителей.",
		"zh": "该市在车站前安装了十二台摄像机，没有通知居民。",
		"ar": "قامت المدينة بتركيب اثنتي عشرة كاميرا أمام المحطة دون إبلاغ السكان بذلك.",
	} {
		if got := languageOf(sentence); got != want {
			t.Errorf("%q is told as %s, want %s", sentence, got, want)
		}
	}
	if got := languageOf("Grad je postavio dvanaest kamera ispred stanice, a da nikoga nije pitao za mišljenje."); got != "sr" {
		t.Errorf("Serbian in Latin letters is told as %s", got)
	}
	for _, short := range []string{"", "DS-2CD7A2", "Huawei", "12 345"} {
		if got := languageOf(short); got != unknown {
			t.Errorf("%q is told as %s", short, got)
		}
	}
}
