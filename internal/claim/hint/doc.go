// Package hint weighs the words around a mention where no rule speaks, and beside those that do: words that speak for a predicate (hints), and words
// that say a capability or a stage in the right company (signs). Their weights are in hint.csv; they add up in whole numbers.
package hint
