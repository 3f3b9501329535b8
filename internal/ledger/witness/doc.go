// Package witness is both sides of the C2SP tlog-witness protocol: a server that cosigns checkpoints of logs it watches,
// and a client that asks one to.
//
// A witness remembers, for each log, the last checkpoint that it signed, and signs a later one only when it is proved that
// the later one begins with all of the earlier one. So whoever keeps a log cannot show one history to some and another one
// to others, as long as one witness that they all ask is not with him. A witness never sees what the log is about: it
// gets sizes and hashes.
//
// What it does not do: it does not read the log, and says nothing of what is in it.
//
//	POST /add-checkpoint         a checkpoint with a consistency proof; answers a line "— name signature" (cosignature/v1)
//	GET  /checkpoint?origin=X    the last checkpoint of a log that was cosigned, with the cosignature
//	GET  /                       name, key and watched logs, as text
//
// Formats: https://c2sp.org/tlog-witness, https://c2sp.org/tlog-cosignature (the Ed25519 form), https://c2sp.org/signed-note.
package witness
