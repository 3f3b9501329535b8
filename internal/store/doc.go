// Package store is where things rest: rows in SQLite or PostgreSQL, bytes in a folder or a bucket, jobs beside the rows.
// It is the only package that knows SQL or buckets.
//
// What it guarantees. What a method has acknowledged survives a killed process and, as far as the disk or the server
// keeps its word, a pulled plug (SQLite with WAL and synchronous=FULL; bytes are synced before they get their name). A
// transaction is recorded whole or not at all. A capture and the job that will read it exist together; where the queue
// rests apart, a capture without one is found and given one. Bytes are never handed out under a digest that is not
// theirs. One process writes in a data folder at a time, any number may read beside it; on a server any number write.
//
// What it is not: a judge of what is said. It refuses only what must never be kept: a claim without a quote that
// stands in its text, and a claim about a private person.
//
// House rules for the SQL, so that both engines share its text: $n placeholders; IDs are made in Go; times are
// microseconds UTC as integers; JSON is opaque text that no query looks into; digests are lower-case hexadecimal; no
// LIKE; sort keys are compared byte by byte (SQLite's BINARY, PostgreSQL's COLLATE "C"); text is UTF-8 without zero
// bytes; a limit is CAST($n AS BIGINT), for SQLite compiles a statement anew whenever a bare one is bound. A transaction locks the rows by which it decides (engine.lockRows) and takes several rows in the order of
// their keys, since on a server others write too; it may be run again, so it sets what it answers anew.
// What an engine has of its own stands in the files that bear its name. A new table is added to tables in table.go, or
// copies will lack it.
//
// In a data folder:
//
//	DIR/contrechamp.db    rows, search index, jobs (and contrechamp.db-wal, contrechamp.db-shm while it is open)
//	DIR/lock              who writes: process number and verb
//	DIR/blobs/ab/cdef...  bytes by their SHA-256
//	DIR/ledger, DIR/keys  the log and its key, of internal/ledger
package store
