package flow

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OpensLower reports whether a line begins with a small letter, as one does that goes on; marks that open are passed over.
func OpensLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "«“\"(\u00a0\u202f "))
	return unicode.IsLower(r)
}

// HasLetter reports whether s has a letter.
func HasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// Capitals reports whether s has capitals and no small letters.
func Capitals(s string) bool {
	capitals := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		capitals = capitals || unicode.IsUpper(r)
	}
	return capitals
}
