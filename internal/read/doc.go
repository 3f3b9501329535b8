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
// HTML is scanned once, by its tokens, and no tree is built (scan.go). The article is the box of the page whose blocks are
// worth most (article.go). Every text knows where it stands in the captured bytes ([contrechamp.Origin]), whatever the
// encoding and however white space and character references were written.
//
// The words of a text are cut and hashed once (passage.go): repeats, cues, languages and the sketch by which copies
// are found all read the same hashes.
//
// Quality is how little had to be guessed: 1 where encoding, article, title and language were all found by their
// own evidence; each thing that had to be guessed or repaired takes its share (see quality.go).
package read
