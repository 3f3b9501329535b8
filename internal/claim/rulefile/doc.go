// Package rulefile reads the files that say how a language states a predicate: classes of words, ways to say a capability, and rules with their
// examples. The format is described at [Parse], and for whoever writes rules in docs/rules.md. What a file means is package grammar's business.
package rulefile
