// Package bundle writes and checks evidence bundles: one file that holds some claims, the documents that say them as they
// were received, and the proof that they stand in a register's log. It is checked offline, without the register.
//
// What a bundle proves: these bytes were received at that time, and this list has not been rewritten. Never: this page
// said so. Nor that a claim is true.
//
// A bundle is a ZIP file of stored (not compressed) members:
//
//	index.html                        a page that explains the bundle
//	policy                            whose signatures count (c2sp.org/tlog-policy)
//	claims.json                       the claims, as W3C web annotations with their selectors
//	captures/DIGEST/bytes             a document as it was received; DIGEST is its SHA-256
//	captures/DIGEST/text.txt          what was read in it
//	captures/DIGEST/text.json         by which reader, when, and what it says of itself
//	captures/DIGEST/exchange.warc.gz  the HTTP exchange that brought it, if there was one (WARC 1.1)
//	captures.wacz                     the same for programs that show web archives, if there was one
//	leaves/INDEX.leaf                 an entry of the log, by its place
//	leaves/INDEX.tlog-proof           the proof that it stands there (c2sp.org/tlog-proof)
//	leaves/INDEX.opened.json          what its salted digest is of, where the register opens it
//	checkpoints/SIZE/checkpoint       a signed state of the log, with the log's own signatures
//	checkpoints/SIZE/NAME.tsr         an authority's time-stamp over the SHA-256 of that file (RFC 3161)
//	authorities/NAME.pem              the root certificates of that authority
//	MANIFEST                          the SHA-256, length and name of every member before it, signed by the log's key
//
// Everything is covered: each byte of a member by its digest in the manifest, the manifest by its signature, and every
// other byte of the file by being the only one that a bundle of these members can have there ([Open] writes it again and
// compares). So there is no slack in which something could be changed, hidden or added.
//
// The manifest is a signed note (c2sp.org/signed-note) whose text cannot be taken for a checkpoint, since its second line
// is no number:
//
//	contrechamp evidence bundle 1
//	made 2026-11-26T07:00:00Z
//	(64 hexadecimal digits) (length) index.html
//	...
//
// What is in the log is what leaves/*.leaf say: digests of documents, and that decisions were made. Text, selectors and
// page are not; for them the signature of the manifest stands. A quote is therefore looked for in the captured bytes
// too, wherever the reader says where it stands.
package bundle
