package claim

import (
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// knowledge is what is known before a text is read: the lexicon, and the words of each language. It does not change once made.
type knowledge struct {
	lex          *lexicon.Lexicon
	grammars     map[string]*grammar
	order        []*grammar // by language
	capabilities map[string]*contrechamp.Entity
	countries    map[string]*contrechamp.Entity // by ISO code
	lexical      sync.Map                       // what is asked again and again of entities of the lexicon: *contrechamp.Entity to *lexical
}
