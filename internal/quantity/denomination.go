package quantity

// Denomination is what a word or a mark says of sums whose figures stand elsewhere, as the head of a column does: "€", "francs", "Mio", "lakh". The
// currency is ISO 4217, "" where only symbol says how it is called, as of Found; both are "" for a word of no currency. The scale is what figures
// are multiplied by, 1 for a word of none.
func Denomination(w, language string) (currency, symbol string, scaled float64) {
	if code, ok := symbols[w]; ok {
		return code, w, 1
	}
	if w == "" {
		return "", "", 1
	}
	lang := languageOf(language)
	var buf []byte
	switch s := lang.table[lang.vocabulary.Number(w, &buf)]; {
	case s.role == money && s.flags&strict == 0:
		return s.currency, s.symbol, 1
	case s.role == scale || s.role == collective:
		return "", "", s.n
	}
	return "", "", 1
}
