// Package naming finds what a text names: numbers, sums and dates; the names of the lexicon, each as the one of several that is meant; bodies,
// firms, products, towns and systems that no list has, by their shape and by how the text speaks of them; and the short names that it goes on with.
package naming
