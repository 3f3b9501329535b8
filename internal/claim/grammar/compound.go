package grammar

import (
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// A language that writes compounds as one word has a word for every sort of camera: "Spezialkameras", "Polizeidrohne". Such a word is known by its last
// part, ending.device in the rule file, unless its first says that it is of another sort ("Digitalkamera", prefix.no-device).

// CompoundDevice is the entry of the last part of a compound that is a device, 0 for any other word, and for one that the grammar has a word of its own for, or knows as a
// device already.
func (g *Grammar) CompoundDevice(w string, entry int32) int32 {
	const fewest = 8 // bytes: "Tatkamera"
	if e := &g.Entries[entry]; len(w) < fewest || !word.StartsUpper(w) || e.Own > 0 || e.Set.Meets(&g.Known.DeviceSet) {
		return 0
	}
	folded := ""
	for _, head := range g.DeviceHeads {
		if w[len(w)-1] != head[len(head)-1] {
			continue
		}
		if folded == "" {
			folded = word.Fold(w)
		}
		if first, is := strings.CutSuffix(folded, head); is && len(first) > 1 && !g.isNoDevice(folded) {
			return g.Words.Value(head)
		}
	}
	return 0
}

func (g *Grammar) isNoDevice(folded string) bool {
	for _, p := range g.noDevice {
		if strings.HasPrefix(folded, p) {
			return true
		}
	}
	return false
}
