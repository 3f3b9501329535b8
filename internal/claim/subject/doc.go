// Package subject finds what a text as a whole is about, what each of its sections is about, and whose a claim is: which of all places, bodies,
// systems and firms that stand around some words, chosen by a linear model whose weights are in main.csv, alongside.csv and subject.csv.
package subject
