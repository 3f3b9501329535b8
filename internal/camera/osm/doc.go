// Package osm reads files of OpenStreetMap data: PBF (any compression that is in use), OSM XML (plain, gzip, bzip2) and
// change files (.osc).
//
// It is built for the question "which few of these hundred million objects have one of these tags?". A PBF file is a row
// of blobs, each with the strings of its objects first. So of each blob only the beginning is inflated, up to the end of
// the strings; where a wanted key or value is not among them, no object of the blob can have the tag, and the rest is
// never read. Blobs that may hold wanted objects are decoded whole.
//
// [File.Features] gives what was asked for with its geometry. Ways and relations of the format only name their nodes by
// number. On the way through the file a table is kept of each blob's offset and first number, and the nodes that are
// needed are afterwards fetched from the blobs that hold them.
//
// Formats: https://wiki.openstreetmap.org/wiki/PBF_Format, https://wiki.openstreetmap.org/wiki/OSM_XML,
// https://wiki.openstreetmap.org/wiki/OsmChange.
//
// What is damaged is refused, with the byte at which the damaged blob begins. What is odd in one object (coordinates off the
// globe, a way whose nodes are not in the file) is told as a [Problem], and reading goes on.
package osm
