package claim

import (
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// A language that writes compounds as one word has a word for every sort of camera: "Spezialkameras", "Polizeidrohne". Such a word is known by its last
// part, ending.device in the rule file, unless its first says that it is of another sort ("Digitalkamera", prefix.no-device).

// compoundDevice is the entry of the last part of a compound that is a device, 0 for any other word, and for one that the grammar has a word of its own for, or knows as a
// device already.
func (g *grammar) compoundDevice(w string, entry int32) int32 {
	const fewest = 8 // bytes: "Tatkamera"
	if e := &g.entries[entry]; len(w) < fewest || !word.StartsUpper(w) || e.own > 0 || e.set.meets(&g.known.deviceSet) {
		return 0
	}
	folded := ""
	for _, head := range g.deviceHeads {
		if w[len(w)-1] != head[len(head)-1] {
			continue
		}
		if folded == "" {
			folded = word.Fold(w)
		}
		if first, is := strings.CutSuffix(folded, head); is && len(first) > 1 && !g.isNoDevice(folded) {
			return g.words.Value(head)
		}
	}
	return 0
}

func (g *grammar) isNoDevice(folded string) bool {
	for _, p := range g.noDevice {
		if strings.HasPrefix(folded, p) {
			return true
		}
	}
	return false
}
