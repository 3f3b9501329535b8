package pdf

import (
	"strings"
	"testing"
)

// at is a piece of text at a place, 10 points high, each letter 5 points wide.
func at(x, y float64, text string) Piece {
	return Piece{X0: x, Y0: y, X1: x + 5*float64(len(text)), Y1: y + 10, Size: 10, Text: text}
}

// read lays out pieces on an A4 page.
func laidOut(pieces ...Piece) string {
	p := Page{Number: 1, Width: 595, Height: 842, Pieces: pieces}
	var lines []string
	for _, l := range layout(&p) {
		lines = append(lines, strings.ReplaceAll(l.text(), "\t", "→"))
	}
	return strings.Join(lines, "|")
}

func TestLayout(t *testing.T) {
	prose := func(n int, side string) string { return side + strings.Repeat("x", 30) + string(rune('0'+n)) }
	var columns []Piece
	columns = append(columns, at(60, 120, "A title that runs over both of the columns, from left to right"))
	want := "A title that runs over both of the columns, from left to right"
	for i := range 4 { // drawn row by row, as some programs do
		columns = append(columns, at(60, 150+14*float64(i), prose(i, "l")), at(320, 150+14*float64(i), prose(i, "r")))
	}
	for _, side := range []string{"l", "r"} {
		for i := range 4 {
			want += "|" + prose(i, side)
		}
	}
	columns = append(columns, at(60, 250, "And a line below that runs over both of the columns again, whole"))
	want += "|And a line below that runs over both of the columns again, whole"
	table := []Piece{}
	for i, row := range [][]string{{"Site", "Number"}, {"Station", "5"}, {"Market", "7"}, {"Quay", "9"}} {
		table = append(table, at(60, 200+14*float64(i), row[0]), at(300, 200+14*float64(i), row[1]))
	}
	for _, c := range []struct {
		name   string
		pieces []Piece
		want   string
	}{
		{"columns", columns, want},
		{"table", table, "Site→Number|Station→5|Market→7|Quay→9"},
		{"drawn upside down", []Piece{at(60, 220, "second"), at(60, 200, "first")}, "first|second"},
		{"raised number", []Piece{at(60, 200, "Article 1"), {X0: 106, Y0: 198, X1: 114, Y1: 204, Size: 6, Text: "er"}, at(120, 200, "begins")}, "Article 1er begins"},
		{"letterhead", []Piece{at(60, 120, "PREFET"), at(60, 132, "DU VAL"), at(60, 144, "D'OR"), at(300, 125, "Bureau"), at(300, 139, "des polices"), at(300, 153, "administratives")},
			"PREFET|DU VAL|D'OR|Bureau|des polices|administratives"},
		{"nothing", nil, ""},
	} {
		if got := laidOut(c.pieces...); got != c.want {
			t.Errorf("%s reads\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestHyphens(t *testing.T) {
	page := func(texts ...string) []line {
		var lines []line
		for i, s := range texts {
			lines = append(lines, line{cells: []string{s}, y0: 200 + 10*float64(i), y1: 210 + 10*float64(i), height: 842})
		}
		return lines
	}
	whole := hyphensOf([][]line{page("la vidéo-", "protection de la sous-", "préfecture, dit-", "elle, du savoir-", "faire et du porte-", "monnaie ; un porte-monnaie ; Saint-", "Denis", "la VIDÉO-", "SURVEILLANCE", "c'est-à-", "dire", "entre-", "prise")})
	for broken, want := range map[string]string{
		"vidéo-protection": "vidéoprotection", "sous-préfecture": "sous-préfecture", "dit-elle": "dit-elle", "savoir-faire": "savoirfaire",
		"porte-monnaie": "porte-monnaie", "VIDÉO-SURVEILLANCE": "VIDÉOSURVEILLANCE", "est-à-dire": "est-à-dire", "entre-prise": "entreprise", "Saint-Denis": "",
	} {
		if got := whole[broken]; got != want {
			t.Errorf("%s is %q, want %q", broken, got, want)
		}
	}
}

func TestRunning(t *testing.T) {
	line := func(y float64, s string) line { return line{cells: []string{s}, y0: y, y1: y + 10, height: 842} }
	marks := running([][]pageLine{
		{line(30, "Bulletin du 3 mars"), line(80, "Le titre"), line(400, "1 / 2"), line(810, "1")},
		{line(32, "Bulletin du 3 mars"), line(80, "Autre chose"), line(810, "Page 2/9")},
		{line(30, "Bulletin du 3 mars"), line(30, "Autre chose"), line(810, "- iii -")},
	})
	want := [][]mark{{isHead, 0, 0, isRepeat}, {isRepeat, 0, isRepeat}, {isRepeat, 0, isRepeat}}
	for p := range want {
		for i := range want[p] {
			if marks[p][i] != want[p][i] {
				t.Errorf("page %d, line %d: got %d, want %d", p+1, i+1, marks[p][i], want[p][i])
			}
		}
	}
}

// pageLine lets a maker of lines be called line.
type pageLine = line

func TestNeedOCR(t *testing.T) {
	prose := strings.Repeat("La commission a rendu un avis sur le projet de la ville et des caméras. ", 10)
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"prose":     {prose, false},
		"glued":     {strings.Repeat("lacommissionarenduunavissurleprojetdelaville ", 60), true},
		"rubbish":   {strings.Repeat("xqz ;:! #wv 'k) jj$ ", 40), true},
		"no map":    {strings.Repeat("\ue012\ue013\ue014 \ue015\ue016 ", 40), true},
		"table":     {strings.Repeat("12 caméras 45,3 % 2024 ", 40), false},
		"names":     {strings.Repeat("Martin Dupont Leroy ", 15), false},
		"cyrillic":  {strings.Repeat("Камере за надзор постављене су у центру града. ", 10), false},
		"one word":  {"Annexe", false},
		"sentences": {strings.ReplaceAll(prose, "é", "\uFFFD"), false},
	} {
		d := Document{Pages: []Page{{Number: 1, Pieces: []Piece{{Text: c.text}}}}}
		d.Pages[0].layOut()
		if got := len(d.NeedOCR()) == 1; got != c.want {
			t.Errorf("%s: needs OCR is %v, want %v (%+v)", name, got, c.want, d.Pages[0].score)
		}
	}
	d := Document{Pages: []Page{{Number: 1, Images: true}, {Number: 2}}}
	if got := d.NeedOCR(); len(got) != 1 || got[0] != 1 {
		t.Errorf("a picture and an empty page: %v", got)
	}
}
