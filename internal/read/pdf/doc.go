// Package pdf reads PDF documents: text in reading order, with page numbers.
//
// Letters and their places are found by a quick reader of our own (quick.go; packages object, font, content, compose) on
// pages that it understands whole, and by PDFium, compiled to WebAssembly, on all others; both in processes of their own
// ([Pool]). What the quick reader answers is what PDFium would; why it does not, package doubt names. What is made of
// letters is ours: columns are kept apart, a letterhead from the text beside it, rows of a table stay rows
// (layout.go); lines become paragraphs over line ends, hyphens, columns and pages (paragraph.go, hyphen.go); heads and
// feet that run over the pages are set apart (running.go); and a text layer that is missing or rubbish is told
// (score.go).
//
// What it guarantees, whatever the bytes are: a document is read, or refused with one sentence, within the limits of
// pool.go; a page on which the engine breaks down is left out with a note; the program itself never hangs or falls.
//
// A program that reads PDF calls [Main] before anything else, since its children are itself.
package pdf
