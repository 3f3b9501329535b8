package word

// Digits is the number that a word of digits says, of so few that they fit; ok is false for all others.
func Digits(w string) (n int, ok bool) {
	const most = 18
	if w == "" || len(w) > most {
		return 0, false
	}
	for i := 0; i < len(w); i++ {
		c := w[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = 10*n + int(c)
	}
	return n, true
}
