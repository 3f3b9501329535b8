package quantity

// compounds adds the numbers that a language writes as one word: those below 1,000, and so many thousands. say names
// a number below 1,000; one and a hundred are said by words of their own and left out.
func compounds(b builder, say func(n int) string, thousand string, exceptions map[int]string) {
	for n := 2; n < 1000; n++ {
		if n == 100 {
			continue
		}
		r := unit
		if n < 100 && n >= 20 && n%10 == 0 {
			r = ten
		}
		b.all(say(n), sense{role: r, n: float64(n)})
	}
	for n := 1; n < 1000; n++ {
		w := say(n) + thousand
		if other, ok := exceptions[n]; ok {
			w = other
		}
		if _, said := b.l.words[w]; said {
			continue // "mille" is a scale
		}
		if n <= 100 || n%10 == 0 {
			b.all(w, sense{role: unit, n: float64(n) * 1000})
		}
	}
}
