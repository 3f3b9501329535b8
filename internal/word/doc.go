// Package word cuts text into words with their byte offsets, and folds and stems them.
//
// Search index, lexicon, dates, numbers and claims all read the same words, so they are cut in one place. A token
// keeps where it stands in the original bytes; nothing here changes the text. Folding takes case and accents away
// ("Évreux" and "EVREUX" become "evreux"), and is one way: a folded word is compared, never shown.
package word
