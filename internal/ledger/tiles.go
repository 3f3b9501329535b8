package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
)

// tileHeight is the levels of the tree that one tile holds; tileWidth, the hashes of its lowest one, and the leaves of
// an entry bundle (c2sp.org/tlog-tiles).
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// Files of a log, in its folder.
const (
	checkpointFile  = "checkpoint"  // the newest
	checkpointsFile = "checkpoints" // each that was published, one after another
	keysFile        = "keys"        // the verifier keys of the log, the first one first
)

// TilePath is the path of a tile in a log's folder, with slashes; width below 256 is a partial tile.
func TilePath(level int, index int64, width int) string {
	return "tile/" + strconv.Itoa(level) + "/" + indexPath(index, width)
}

// BundlePath is the path of a bundle of entries.
func BundlePath(index int64, width int) string { return "tile/entries/" + indexPath(index, width) }

// indexPath writes a number in groups of three digits, all but the last begun with an x.
func indexPath(index int64, width int) string {
	s := fmt.Sprintf("%03d", index%1000)
	for index /= 1000; index > 0; index /= 1000 {
		s = fmt.Sprintf("x%03d/%s", index%1000, s)
	}
	if width < tileWidth {
		s += ".p/" + strconv.Itoa(width)
	}
	return s
}

// Folder is a log in a folder, for reading.
type Folder string

func (f Folder) path(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }

// Checkpoint answers the newest checkpoint as it stands, not checked: ErrNotFound when there is no log.
func (f Folder) Checkpoint() ([]byte, error) {
	b, err := os.ReadFile(f.path(checkpointFile))
	if err != nil {
		return nil, readFailed("the log's checkpoint", err)
	}
	return b, nil
}

func readFailed(what string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w: %w", what, err, contrechamp.ErrNotFound)
	}
	return fmt.Errorf("%s: %w: %w", what, err, contrechamp.ErrUnavailable)
}

// readPartial reads a tile or a bundle of at least that width; partial ones are removed when the full one is there.
func (f Folder) readPartial(path func(width int) string, width int) ([]byte, error) {
	b, err := os.ReadFile(f.path(path(width)))
	if errors.Is(err, fs.ErrNotExist) && width < tileWidth {
		if full, again := os.ReadFile(f.path(path(tileWidth))); again == nil {
			return full, nil
		}
	}
	if err != nil {
		return nil, readFailed("the log's "+path(width), err)
	}
	return b, nil
}

// Height implements tlog.TileReader.
func (f Folder) Height() int { return tileHeight }

// SaveTiles implements tlog.TileReader: nothing is cached.
func (f Folder) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles implements tlog.TileReader.
func (f Folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, t := range tiles {
		b, err := f.readPartial(func(width int) string { return TilePath(t.L, t.N, width) }, t.W)
		if err != nil {
			return nil, err
		}
		if len(b) < t.W*tlog.HashSize {
			return nil, fmt.Errorf("the log's %s holds %d bytes, not %d: %w", TilePath(t.L, t.N, t.W), len(b), t.W*tlog.HashSize, contrechamp.ErrAltered)
		}
		out[i] = b[:t.W*tlog.HashSize]
	}
	return out, nil
}

// Hashes reads the hashes of a tree; each tile is checked against the tree's root before it is used.
func (f Folder) Hashes(tree tlog.Tree) tlog.HashReader { return tlog.TileHashReader(tree, f) }

// Prove answers the proof that the leaf at index is in the log, under a checkpoint that covers it.
func (f Folder) Prove(c Checkpoint, index int64) (Proof, error) {
	if index < 0 || index >= c.Size {
		return Proof{}, fmt.Errorf("prove leaf %d: its checkpoint covers %d: %w", index, c.Size, contrechamp.ErrNotFound)
	}
	hashes, err := tlog.ProveRecord(c.Size, index, f.Hashes(c.Tree()))
	if err != nil {
		return Proof{}, fmt.Errorf("prove leaf %d: %w", index, altered(err))
	}
	return Proof{Index: index, Hashes: hashes, Checkpoint: c.Note}, nil
}

// ProveConsistency answers the proof that a later state goes on from one of size leaves; nil for an empty one.
func (f Folder) ProveConsistency(later tlog.Tree, size int64) (tlog.TreeProof, error) {
	if size == 0 {
		return nil, nil
	}
	if size < 0 || size > later.N {
		return nil, fmt.Errorf("prove that %d leaves come before %d: %w", size, later.N, contrechamp.ErrInvalid)
	}
	p, err := tlog.ProveTree(later.N, size, f.Hashes(later))
	if err != nil {
		return nil, fmt.Errorf("prove that %d leaves come before %d: %w", size, later.N, altered(err))
	}
	return p, nil
}

// altered gives an error of package tlog, which says that hashes do not fit, its kind.
func altered(err error) error {
	for _, kind := range []error{contrechamp.ErrNotFound, contrechamp.ErrAltered, contrechamp.ErrUnavailable} {
		if errors.Is(err, kind) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", err, contrechamp.ErrAltered)
}

// Entry answers the text of the leaf at index of a log of size leaves, not checked.
func (f Folder) Entry(index, size int64) ([]byte, error) {
	entries, err := f.Bundle(index/tileWidth, size)
	if err != nil {
		return nil, err
	}
	at := int(index % tileWidth)
	if at >= len(entries) {
		return nil, fmt.Errorf("the log's entry %d is not there: %w", index, contrechamp.ErrAltered)
	}
	return entries[at], nil
}

// Bundle answers the entries of a bundle as a log of size leaves has it, not checked.
func (f Folder) Bundle(index, size int64) ([][]byte, error) {
	width := int(min(tileWidth, size-index*tileWidth))
	if index < 0 || width <= 0 {
		return nil, fmt.Errorf("the log's bundle %d: there are %d leaves: %w", index, size, contrechamp.ErrNotFound)
	}
	b, err := f.readPartial(func(width int) string { return BundlePath(index, width) }, width)
	if err != nil {
		return nil, err
	}
	entries, err := ParseBundle(b)
	if err != nil {
		return nil, fmt.Errorf("the log's %s: %w", BundlePath(index, width), err)
	}
	if len(entries) < width {
		return nil, fmt.Errorf("the log's %s holds %d entries, not %d: %w", BundlePath(index, width), len(entries), width, contrechamp.ErrAltered)
	}
	return entries[:width], nil
}

// ParseBundle reads a bundle: each entry after its length in two bytes, the high one first. ErrAltered for anything else.
func ParseBundle(b []byte) ([][]byte, error) {
	var out [][]byte
	for len(b) > 0 {
		if len(b) < 2 || len(b)-2 < int(binary.BigEndian.Uint16(b)) || len(out) == tileWidth {
			return nil, fmt.Errorf("bundle of entries: not what was written: %w", contrechamp.ErrAltered)
		}
		n := int(binary.BigEndian.Uint16(b))
		out = append(out, b[2:2+n:2+n])
		b = b[2+n:]
	}
	return out, nil
}
