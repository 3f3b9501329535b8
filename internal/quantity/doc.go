// Package quantity finds numbers in text as people write them: digits and words, percentages, sums of money and
// measures, with the words that say how exactly they are meant ("près de", "at least", "un millier").
//
// It answers what stands there, in the order of the text, never overlapping; it does not decide what is counted.
// Every number found is finite. What looks like a number and is none is left out: dates, times, telephone numbers,
// versions, articles of law, digits in names. A bare year is found with Year set, since "2019" may count too.
//
// Work is linear in the number of tokens: a number has at most maxPhrase tokens, and every look around one is bounded.
package quantity
