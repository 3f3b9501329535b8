package word

import "testing"

// Words that fold alike have one hash, whichever way it is reached.
func TestHashFollowsFold(t *testing.T) {
	for _, w := range []string{"caméra", "CAMÉRA", "l’", "l'", "œuvre", "Oeuvre", "straße", "STRASSE", "ćwiczenie", "Київ", "北", "e\u0301te", "été", "ǽ", "Ǿ", "x`y", "", "ÿ", "ß", "\xff"} {
		if got, want := Hash(w), hashFolded(Fold(w)); got != want {
			t.Errorf("Hash(%q) = %x, want that of %q, %x", w, got, Fold(w), want)
		}
	}
	if Hash("camera") == Hash("cameras") || Join(Join(0, Hash("a")), Hash("b")) == Join(Join(0, Hash("b")), Hash("a")) {
		t.Error("different words, one hash")
	}
}

func FuzzHash(f *testing.F) {
	f.Add("Évreux")
	f.Add("l’`a")
	f.Fuzz(func(t *testing.T, w string) {
		if got, want := Hash(w), hashFolded(Fold(w)); got != want {
			t.Errorf("Hash(%q) = %x, want that of %q, %x", w, got, Fold(w), want)
		}
	})
}
