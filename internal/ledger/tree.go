package ledger

import "golang.org/x/mod/sumdb/tlog"

// treeBuilder computes a tree from its leaves' hashes, one after another, with its tiles.
type treeBuilder struct {
	size  int64
	roots []tlog.Hash // of the complete subtrees from left to right, as many as size has one bits
	tiles [][]tlog.Hash
	// full, if set, gets each tile that is complete. The hashes are good until it returns.
	full func(level int, index int64, hashes []tlog.Hash)
}

// add adds a leaf's hash.
func (b *treeBuilder) add(leaf tlog.Hash) {
	h := leaf
	for n := b.size; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(b.roots[len(b.roots)-1], h)
		b.roots = b.roots[:len(b.roots)-1]
	}
	b.roots = append(b.roots, h)
	b.size++
	b.tile(0, leaf)
}

// tile adds a hash to the last tile of a level, and the root of a full one to the level above.
func (b *treeBuilder) tile(level int, h tlog.Hash) {
	if level == len(b.tiles) {
		b.tiles = append(b.tiles, make([]tlog.Hash, 0, tileWidth))
	}
	b.tiles[level] = append(b.tiles[level], h)
	if len(b.tiles[level]) < tileWidth {
		return
	}
	if b.full != nil {
		b.full(level, b.size>>(tileHeight*(level+1))-1, b.tiles[level])
	}
	above := make([]tlog.Hash, tileWidth/2)
	for i := range above {
		above[i] = tlog.NodeHash(b.tiles[level][2*i], b.tiles[level][2*i+1])
	}
	for len(above) > 1 {
		for i := range len(above) / 2 {
			above[i] = tlog.NodeHash(above[2*i], above[2*i+1])
		}
		above = above[:len(above)/2]
	}
	b.tiles[level] = b.tiles[level][:0]
	b.tile(level+1, above[0])
}

// root is the tree's root as it is now.
func (b *treeBuilder) root() tlog.Hash {
	if b.size == 0 {
		return emptyRoot
	}
	h := b.roots[len(b.roots)-1]
	for i := len(b.roots) - 2; i >= 0; i-- {
		h = tlog.NodeHash(b.roots[i], h)
	}
	return h
}

// emptyRoot is the root of a tree without leaves: the SHA-256 of nothing (RFC 6962, 2.1).
var emptyRoot = func() tlog.Hash {
	h, err := tlog.TreeHash(0, nil)
	if err != nil {
		panic(err) // it is a constant of that package
	}
	return h
}()
