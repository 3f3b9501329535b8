// Package tile cuts points, lines and areas into vector tiles: Mapbox Vector Tile 2.1 in Web Mercator, each packed
// with gzip. The encoding is paulmach/orb's; what is here is which feature goes into which tile, in which detail.
//
// Points are for things that are counted, and none is ever dropped: where a level of zoom is too coarse to show each
// (below [Points.Each]), points of a cell of the tile become one, with their number as n. So the counts of every
// level add up to the same. A first tile stays below [MaxFirstTile].
//
// Lines and areas are simplified to about a unit of the tile, and left out where they are too small to be seen.
package tile
