package claim

import (
	"sync"

	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// Reading a text takes a few hundred kilobytes of tokens, classes and mentions, none of which outlives the call: the next
// text uses them again. What is answered (claims, entities, explanations) is never in them.

var docs = sync.Pool{New: func() any { return new(weigh.Doc) }}

// mostKept is how many tokens a text may have for its memory to be kept: a book's goes to the collector.
const mostKept = 1 << 16

// release gives a text's memory to the next one. Nothing of d may be used behind it.
func release(d *weigh.Doc) {
	if len(d.Tokens) > mostKept {
		return
	}
	d.Forget()
	docs.Put(d)
}
