// Package passage cuts a text into words, sentences and quotations, finds where patterns match in them, and sums up the words around a place in a
// sentence. What a passage names is package naming's business; the mentions that it leaves are kept here, since patterns walk over them.
//
// A [Doc] is the state of reading one text. The packages naming, subject and speech each add what they find to the one below, and package claim
// reads it all; the memory is used again for the next text (Forget).
package passage
