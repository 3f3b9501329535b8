// Package archive opens what holds other documents: ZIP, TAR (plain, gzip, zstd), gzip and zstd of one file, WARC 1.0
// and 1.1 (ISO 28500), WACZ, mailboxes, and mail with attachments.
//
// What it guarantees, whatever the bytes are: [Walk] ends, and unpacks no more than [Limits] say; past a limit it
// stops with an error that names the limit, and what was met before is kept. Names are made safe to show and to store
// ([SafeName]); nothing is ever written under a name that an archive gives.
//
// A file that is cut short is walked as far as it goes, and the walk then ends with a [Truncated].
package archive
