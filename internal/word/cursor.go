package word

// Cursor is a text cut into tokens whose words are numbered by a vocabulary: what a grammar of a few hundred words
// (dates, numbers) looks at. It counts how often it was asked, so that a test can say that work grows with length only.
type Cursor struct {
	Text       string
	Tokens     []Token
	Vocabulary *Vocabulary
	IDs        []uint16 // of the words; 0 for words that are not of the vocabulary, and for all else
	Buf        []byte   // scratch
	Visits     int
}

// NewCursor numbers the words of a text that was cut into tokens.
func NewCursor(text string, tokens []Token, v *Vocabulary) Cursor {
	c := Cursor{Text: text, Tokens: tokens, Vocabulary: v, IDs: make([]uint16, len(tokens))}
	for i, t := range tokens {
		if t.Kind == Word {
			c.IDs[i] = v.Number(t.Of(text), &c.Buf)
		}
	}
	return c
}

// Of returns token i's text, "" outside.
func (c *Cursor) Of(i int) string {
	c.Visits++
	if i < 0 || i >= len(c.Tokens) {
		return ""
	}
	return c.Tokens[i].Of(c.Text)
}

// Key returns what token i is compared by: a word's folded form if it is in the vocabulary, else the text itself.
func (c *Cursor) Key(i int) string {
	if c.Tokens[i].Kind == Word {
		return c.Vocabulary.Word(c.IDs[i])
	}
	return c.Of(i)
}

// Is reports whether the tokens from i on are these folded words, marks or digits; words are of the vocabulary.
func (c *Cursor) Is(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(c.Tokens) {
		return false
	}
	for k, w := range words {
		c.Visits++
		if c.Key(i+k) != w {
			return false
		}
	}
	return true
}

// Glued reports whether tokens i-1 and i have nothing between them.
func (c *Cursor) Glued(i int) bool {
	return i > 0 && i < len(c.Tokens) && c.Tokens[i-1].End == c.Tokens[i].Start
}

// Kind reports whether token i is there and of that kind.
func (c *Cursor) Kind(i int, k Kind) bool {
	return i >= 0 && i < len(c.Tokens) && c.Tokens[i].Kind == k
}

// Mark returns token i's text if it is a punctuation mark.
func (c *Cursor) Mark(i int) string {
	if !c.Kind(i, Punct) {
		return ""
	}
	return c.Of(i)
}

// Hyphen reports whether token i is a hyphen.
func (c *Cursor) Hyphen(i int) bool {
	switch c.Mark(i) {
	case "-", "‐", "‑":
		return true
	}
	return false
}

// Dash reports whether token i is a hyphen or a dash.
func (c *Cursor) Dash(i int) bool {
	switch c.Mark(i) {
	case "-", "‐", "‑", "–", "—":
		return true
	}
	return false
}
