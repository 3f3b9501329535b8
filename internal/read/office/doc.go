// Package office reads what office programs write: DOCX, PPTX and XLSX (ECMA-376), ODT, ODS and ODP (OASIS
// OpenDocument 1.3), and RTF (Microsoft's specification, 1.9.1).
//
// Each reader answers a flow.Document: paragraphs with their roles, a block for each row of a table, its cells parted
// by tabs. Foot- and endnotes follow the paragraph that refers to them. What was deleted while changes were tracked is
// no part of the text, and a note says so; what was inserted is. Heads, feet and comments are furniture.
//
// What it guarantees, whatever the bytes are: it ends, and no file unpacks to more than the limits of zip.go. XML is
// scanned by a small reader of our own that knows no entities but the five of XML and numbers, so there is nothing to
// expand; a file that defines some is refused.
package office
