// Package store is where things rest: rows in SQLite, bytes in a folder, jobs beside the rows. It is the only
// package that knows SQL.
//
// What it guarantees. What a method has acknowledged survives a killed process and a pulled plug (WAL,
// synchronous=FULL; bytes are synced before they get their name). A transaction is recorded whole or not at all. A
// capture and the job that will read it exist together. Bytes are never handed out under a digest that is not
// theirs. One process writes in a data folder at a time; any number may read beside it.
//
// What it is not: a judge of what is said. It refuses only what must never be kept: a claim without a quote that
// stands in its text, and a claim about a private person.
//
// House rules for the SQL, so that a second engine can share its text: $n placeholders; IDs are made in Go; times
// are microseconds UTC as integers; JSON is opaque text that no query looks into; digests are lower-case
// hexadecimal; no LIKE; sort keys are compared byte by byte (SQLite's BINARY, PostgreSQL's COLLATE "C").
// What only SQLite knows stands in migrations/00002_search.sql, match.go, find.go, index.go and job.go.
//
// In the folder:
//
//	DIR/contrechamp.db    rows, search index, jobs (and contrechamp.db-wal, contrechamp.db-shm while it is open)
//	DIR/lock              who writes: process number and verb
//	DIR/blobs/ab/cdef...  bytes by their SHA-256
package store
