// Package pmtiles writes and reads archives of map tiles in one file: PMTiles version 3
// (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
//
// An archive is a header of 127 bytes, a directory that says where each tile begins, metadata in JSON, and the tiles
// one after the other along a Hilbert curve, so that neighbours on the map are neighbours in the file. Equal tiles
// are kept once. A server can answer from it with one read a tile, and a browser with range requests.
//
// The library of the format's authors does more and brings 18 MB of clients of object stores into a program; this is
// the part that is needed. Directories and metadata are compressed with gzip, and so are tiles, by whoever makes them.
//
// What it guarantees: [Create] leaves a whole archive or none. [Open] believes nothing of what a file says of itself:
// every offset and length is checked against the file, and limits have names.
package pmtiles
