package read

// quality collects what had to be guessed or repaired while a document was read.
type quality struct {
	repaired int     // characters that could not be decoded
	guessed  bool    // the encoding was guessed
	article  float64 // how surely the article was told from its page: 1, or less; 0 is 1
}

// of weighs the guesses. 1: nothing was guessed. A guessed encoding takes a tenth; characters that cannot be
// decoded take ten times their share of the text, at most half; a document without title or without a language
// that can be told takes a tenth each; an article told from its page by one weak opinion keeps what article says.
func (q quality) of(p *page) float64 {
	worth := 1.0
	if q.article > 0 {
		worth *= q.article
	}
	if q.guessed {
		worth *= 0.9
	}
	if q.repaired > 0 {
		worth *= max(0.5, 1-10*float64(q.repaired)/float64(len(p.body)))
	}
	if p.title == "" {
		worth *= 0.9
	}
	if p.language == unknown {
		worth *= 0.9
	}
	return worth
}
