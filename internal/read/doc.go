// Package read turns the bytes of a capture into a [contrechamp.Text]: what stands in them, as paragraphs whose
// every byte can be located, and what each paragraph is on its page.
//
// What it guarantees, whatever the bytes are:
//
//   - Body is valid UTF-8; paragraphs are in order, do not overlap, begin and end with something visible, and hold
//     all of Body but white space.
//   - Nothing is thrown away for being a menu, an appeal or a comment: it stays in Body, under a role that does not
//     speak ([contrechamp.Role.Speaks]).
//   - Reading ends: size, depth and number of elements have named limits, and past them there is a reason
//     ([ErrUnreadable]) or a note.
//
// The Body of plain text is the decoded file exactly as it stands, line ends included; only a byte order mark is
// gone, NUL characters are spaces, and what cannot be decoded is U+FFFD. So a quote is verbatim in the file. The
// Body of HTML is our own: one paragraph a block of the page, a blank line between, white space collapsed, the
// cells of a table row parted by tabs.
//
// In HTML the third-party extractors only say which blocks are the article: go-trafilatura first, go-readability
// when the first finds little of the page's prose or fails. Blocks, order and roles are ours. An extractor that
// panics is caught, since one page must not end a run; the text then carries a note and the next opinion counts.
//
// Quality is how little had to be guessed: 1 where encoding, article, title and language were all found by their
// own evidence; each thing that had to be guessed or repaired takes its share (see quality.go).
package read
