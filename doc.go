// Package contrechamp holds the nouns of an observatory of surveillance in public space, and the small
// contracts between the rooms that work with them.
//
// The life of a document is a sentence of these nouns. Bytes that were received become a [Capture]; what was
// read in them becomes a [Text]; what a text says of a system becomes a [Claim], which never exists without the
// [Quote] that says it; claims about one [Entity] stand together in its [Dossier], and those that cannot all
// hold are shown as a [Disagreement] and never averaged.
//
// The package does no input or output and imports the standard library alone. Everything else lives under
// internal/ and imports run one way, from the program in cmd/contrechamp down to here (imports_test.go keeps it so).
//
// Units. Offsets ([Quote], [Paragraph], [Span]) count bytes of the stored UTF-8 text, half open: [Start, End).
// W3C selectors count code points; conversion happens where a record leaves the program. Times are UTC with
// microseconds. Digests are SHA-256.
package contrechamp
