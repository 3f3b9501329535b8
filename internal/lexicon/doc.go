// Package lexicon knows the names of things (companies, products, capabilities, bodies, programmes, laws and
// places) and finds them in text.
//
// The names are data: the CSV files under data/ are written by hand and can be read and mended by anybody; the
// places come from public gazetteers through gen/places.mjs, which writes data/places.tsv.gz (make places).
// Everything is embedded, so that the program needs no file beside it.
//
// # What is found
//
// A name is found where its words stand in the text as whole words (of package word), one after the other. Case
// and accents do not count, except where a name asks for them: a form marked exact is found only as it is spelt
// ("NEC"), and a form that starts with a capital only where the text has a capital there too ("Nice", not "nice");
// an article in front may be in lower case ("la Rochelle"). Spaces, hyphens and apostrophes between words are the
// same. Any other mark between two words ends a match, unless the name itself has a mark there ("Evidence.com"),
// so a match never crosses the end of a sentence. Common nouns (the capabilities, and bodies written in lower
// case) are also found in the plural: a final s or x of a word of four letters or more does not count.
//
// Names that are common words too, or that more than one thing bears, are marked ambiguous: whoever reads a match
// decides what second cue it needs. Nothing is guessed here.
//
// # How
//
// Each prefix of each name, in words, is one slot of a hash table; a walk over the text's words follows it, and a
// hit is a match only when the folded bytes of the text equal those of the name. Two small filters send most words
// of ordinary text away before the table is asked. Places are kept as the lines of their file and become entities
// when somebody asks for them.
package lexicon
