package read

import (
	"context"
	"testing"
	"time"
)

// A dateline says the text's day behind a place; a sentence that begins with a day does not.
func TestDatelineBehindPlace(t *testing.T) {
	const more = " La commune a fait poser quarante caméras dans le centre, et elle en veut vingt de plus avant la fin de l'année prochaine, dit le maire."
	for _, c := range []struct{ text, want string }{
		{"Ancona, 8 maggio 2025 – Il Comune installa quaranta telecamere nel centro storico e ne vuole altre venti prima della fine dell'anno, dice il sindaco.", "2025-05-08"},
		{"Wien, 4. September 2025 (APZ) – Die Stadt stellt vierzig Kameras auf und will bis zum Ende des Jahres noch zwanzig weitere haben, sagt der Bürgermeister.", "2025-09-04"},
		{"Palencia, 27 jul 2022 (Agencia Norte).- El Ayuntamiento ha puesto cuarenta cámaras en el centro y quiere veinte más antes de fin de año, dice el alcalde.", "2022-07-27"},
		{"Thiès, le 9 août 2024 –" + more, "2024-08-09"},
		{"Ottawa, ON / Halifax, NS – May 28, 2024 – The town has put up forty cameras in its centre and wants twenty more before the end of the year, says the mayor.", "2024-05-28"},
		{"Le 9 août 2024 – un vendredi –" + more, "0000"},
		{"Thiès compte, depuis le 9 août 2024 – jour de fête –, quarante caméras." + more, "0000"},
	} {
		text, err := Read(context.Background(), Source{Name: "note.txt", Bytes: []byte("Quarante caméras\n\n" + c.text + "\n"), Now: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		got := "0000"
		if d := text.Published.Date; !d.IsZero() {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("%.40s: published %s, want %s", c.text, got, c.want)
		}
	}
}
