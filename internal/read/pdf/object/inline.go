package object

// Inline reads one object in a page's content, where no references stand, from at on, and answers where it ends. budget
// is how many values may still be made.
func Inline(data []byte, at int, budget *int) (Value, int, error) {
	p := parser{data: data, at: at, count: budget}
	v := p.value(0, false)
	return v, p.at, p.err
}

// White reports whether a byte is white space. The bytes 0x80 and 0xFF are neither white nor regular: readers disagree.
func White(c byte) bool { return class[c] == white }

// Regular reports whether a byte may stand in a name or a word.
func Regular(c byte) bool { return class[c] == regular }
