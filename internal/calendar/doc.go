// Package calendar finds dates in text as people write them, and reckons the relative ones ("en juin dernier",
// "last year", "Tuesday") from a reference, which is the document's own date.
//
// A date keeps the precision that was said: "juin 2021" has no day. Where the words leave open whether a past or a
// coming date is meant ("in October", "le 15 octobre", "jeudi"), Date is the latest one not after the reference and
// Next the first one not before it: who knows the tense of the clause chooses. With a zero reference, what has to be
// reckoned is not found; nor is it where the reference is less precise than the reckoning needs.
//
// Order of day and month in "03/04/2021": the day first in French and in every language but English; in English
// ("en", "en-US") the month first, unless it is above 12; the day first in English of any other country ("en-GB").
// With points ("03.04.2021") the day is first everywhere; "2021-04-03" is year, month, day.
//
// Work is linear in the number of tokens: every look ahead or behind is bounded by maxLook.
package calendar
