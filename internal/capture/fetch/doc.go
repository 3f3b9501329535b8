// Package fetch receives pages from the web as evidence: each request and each answer with its bytes as they came,
// where from, when, and over which certificates.
//
// What it guarantees. It never connects to an address that leads inside (the machine itself, its networks, a cloud's
// metadata service) unless that was allowed: the rule is asked after the name was resolved, the connection goes to the
// very address that was asked about, and the socket is asked once more before it connects; redirects, images and
// styles go the same way (guard.go). It sends no cookie and no password. It asks robots.txt (RFC 9309), is one visitor
// at a time on each host, and waits between requests. Every exchange ends: connecting, the head, silence and the whole
// have limits of time, and the answer one of size; what was received until then is kept and marked.
//
// What it is not: a browser. Scripts are not run; a page that shows nothing without them is received as that. HTTP/1.1
// is spoken, whatever else the server could, so that what is recorded is what was on the line.
package fetch
