package naming

import (
	_ "embed"
	"strings"
	"sync"

	"contrechamp.org/contrechamp/internal/word"
)

// Given names tell a person's name from a town's: "Davide" is in no gazetteer's large towns, and "Petra Ebner" is nowhere. Some are towns too
// (Nancy, Florence, Victoria), so they are a cue among others and no more. The file lists those that are common where the five languages are spoken,
// and by what the press writes about elsewhere.

//go:embed given.txt
var givenFile string

// GivenNames are folded.
var GivenNames = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for name := range strings.FieldsSeq(givenFile) {
		out[word.Fold(name)] = true
	}
	return out
})
