// Package weigh says of each draft how likely it is right, by itself (confidence.csv) and among the other claims of its text (peer.csv); whether a
// capability is denied (polarity.csv) and whether what is said is planned (planned.csv); and unites what a document says several times.
package weigh
