// Package webarchive writes captured documents as web archives that other tools open: WARC 1.1 (ISO 28500:2017) and WACZ
// 1.1.1 (specs.webrecorder.net).
//
// What it guarantees: the records of a visit leave as the very bytes that were kept when it was made, so that their
// SHA-256 is the one that the ledger knows as the exchange; in a WACZ each visit is a file of its own, named by it. A
// document that was a file is a "resource" record. Where a record says "the same as an earlier one" (revisit), the visit
// that has it is added. What is withheld is left out, and said.
package webarchive
