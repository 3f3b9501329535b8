// Package verify checks a whole register: whether all that it keeps is still what was once acknowledged.
//
// What is compared with what. The bytes of every capture and of every recorded exchange are hashed again. Each sighting,
// decision and absence is computed into a leaf again and must have it, and each leaf must have its row. The log is computed
// again from its first entry (ledger.Audit): every tile, every state that was ever signed; each leaf must be the entry at
// its place, and each entry a leaf that is kept. Texts are compared with what they are named for, and byte by byte with the
// captured bytes where the reader said where they stand; each claim's quote must stand in its text.
//
// What is not: whether a reader read well, a claim is true, or this machine's clock was right. Of a claim, what is
// neither in its ID nor its quote (rule, confidence, names, speaker) is not bound to anything and can be computed anew.
package verify
