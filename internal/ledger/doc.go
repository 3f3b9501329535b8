// Package ledger reads and checks the log in which captures and decisions are recorded: a Merkle tree (RFC 6962, section
// 2.1) of which every state is signed. What was once signed cannot be changed or taken out without it showing.
//
// What it proves: these bytes were received at that time, and this list has not been rewritten. Never: this page said so.
//
// All forms are those of c2sp.org, so that other programs check them too: tlog-tiles (the folder), tlog-checkpoint (a
// signed state), tlog-proof (a leaf's proof in one file), tlog-policy (who must have signed), tlog-cosignature (what
// witnesses add). Trees and proofs are computed by golang.org/x/mod/sumdb/tlog. A leaf is [contrechamp.Leaf].
//
// This package only reads and signs: it stays small, since cmd/contrechamp-verify is made of it. The log is written by
// internal/ledger/log.
package ledger
