package read

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestGuess reads texts that do not say their encoding, in the encodings of several times and countries.
func TestGuess(t *testing.T) {
	const (
		fr  = "Le préfet a autorisé l'installation de douze caméras à l'entrée de la gare, où la sécurité était jugée insuffisante."
		de  = "Die Behörde hat zwölf Kameras für den Bahnhof genehmigt; die Anwohner äußerten sich überwiegend ablehnend."
		es  = "El ayuntamiento instaló doce cámaras en la estación, según explicó el señor alcalde después de la sesión."
		ru  = "Министерство установило двенадцать камер с распознаванием лиц на площади перед вокзалом, сообщила газета."
		srC = "Министарство унутрашњих послова поставило је хиљаду камера са препознавањем лица на осам стотина локација."
		srL = "Ministarstvo unutrašnjih poslova postavilo je hiljadu kamera za prepoznavanje lica, što po mišljenju poverenika nije u skladu sa zakonom o zaštiti podataka o ličnosti građana."
		zh  = "市政府在火车站安装了十二个人脸识别摄像头，居民对此表示反对。"
		ar  = "قامت البلدية بتركيب اثنتي عشرة كاميرا في محطة القطار رغم اعتراض السكان."
		pl  = "Urząd miasta zainstalował dwanaście kamer na dworcu, chociaż mieszkańcy byli temu przeciwni."
	)
	for _, c := range []struct {
		name string
		enc  encoding.Encoding
		text string
	}{
		{"windows-1252", charmap.Windows1252, fr}, {"windows-1252", charmap.Windows1252, de}, {"windows-1252", charmap.Windows1252, es},
		{"windows-1252", charmap.Windows1252, "Prix : 12 € – « déjà » payé"}, {"windows-1252", charmap.Windows1252, "ÉTÉ À LA GARE"},
		{"macintosh", charmap.Macintosh, fr}, {"ibm850", charmap.CodePage850, fr}, {"windows-1251", charmap.Windows1251, ru}, {"windows-1251", charmap.Windows1251, srC},
		{"koi8-r", charmap.KOI8R, ru}, {"ibm866", charmap.CodePage866, ru}, {"iso-8859-5", charmap.ISO8859_5, srC}, {"windows-1250", charmap.Windows1250, srL},
		{"windows-1250", charmap.Windows1250, pl}, {"gb18030", simplifiedchinese.GB18030, zh}, {"windows-1256", charmap.Windows1256, ar},
	} {
		b, err := c.enc.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if _, name := guessEncoding([]byte(b)); name != c.name {
			t.Errorf("%q in %s was read as %s", c.text, c.name, name)
		}
		text, err := Read(context.Background(), Source{Bytes: []byte(b), Now: now})
		if err != nil || text.Body != c.text || !strings.Contains(strings.Join(text.Notes, " "), c.name) {
			t.Errorf("%s: got %q, %v, %v", c.name, text.Body, text.Notes, err)
		}
	}
}
