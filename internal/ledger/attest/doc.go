// Package attest has others vouch for a log: time-stamping authorities stamp its checkpoints (RFC 3161), and witnesses
// cosign them (c2sp.org/tlog-witness). It is the only part of the ledger that speaks to anybody.
//
// It works in rounds. A round takes the newest checkpoint and asks everybody about it; the next one begins when there is a
// newer checkpoint, and not before the interval is over. Who fails is asked again, later each time, until the next round. Nothing
// waits for it: what is captured is acknowledged when the log's own checkpoint covers it.
//
// What was said is kept in the log's folder:
//
//	attested/SIZE/checkpoint     the checkpoint, as the log signed it
//	attested/SIZE/NAME.tsr       the response of the authority called NAME, over the SHA-256 of that file
//	attested/SIZE/cosignatures   lines of witnesses, as a note has them
//	attested/SIZE/digests        the SHA-256 of each of these
//	attested/status.json         the round, and how it went with each
//
// Everything is checked before it is kept, and is checked again by whoever uses it.
package attest
