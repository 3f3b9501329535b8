package read

import "testing"

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
