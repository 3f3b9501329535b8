package pmtiles

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"

	"contrechamp.org/contrechamp"
)

// leavesKept is how many leaf directories stay in memory: of 4,096 entries each, 24 bytes an entry.
const leavesKept = 64

// maxTile is the largest tile that is read, in bytes as packed.
const maxTile = 16 << 20

// Archive answers tiles. It is safe for several goroutines.
type Archive struct {
	r      io.ReaderAt
	closer io.Closer
	header header
	root   []entry
	// Metadata is what the archive says of itself; Raw is the same as it stands in the file.
	Metadata Metadata
	Raw      json.RawMessage

	mu     sync.Mutex
	leaves map[uint64][]entry
	order  []uint64 // of leaves, the one read longest ago first
}

// OpenFile opens an archive on disk.
func OpenFile(path string) (*Archive, error) {
	f, err := os.Open(path)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, fmt.Errorf("archive %s: %w", path, contrechamp.ErrNotFound)
		}
		return nil, fmt.Errorf("archive %s: %w", path, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("archive %s: %w", path, err)
	}
	a, err := Open(f, uint64(info.Size()))
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("archive %s: %w", path, err)
	}
	a.closer = f
	return a, nil
}

// Open reads header, root directory and metadata of an archive of so many bytes. It answers ErrInvalid for what is
// none.
func Open(r io.ReaderAt, size uint64) (*Archive, error) {
	b := make([]byte, headerLength)
	if n, err := r.ReadAt(b, 0); err != nil && (err != io.EOF || n < headerLength) {
		if err == io.EOF {
			return nil, fmt.Errorf("no PMTiles archive: only %d bytes: %w", n, contrechamp.ErrInvalid)
		}
		return nil, err
	}
	h, err := parseHeader(b, size)
	if err != nil {
		return nil, err
	}
	a := &Archive{r: r, header: h, leaves: map[uint64][]entry{}}
	if a.root, err = a.directory(h.rootOffset, h.rootLength); err != nil {
		return nil, err
	}
	packed, err := a.section(h.metadataOffset, h.metadataLength, maxMetadata)
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	if a.Raw, err = unpack(packed, h.internal, maxMetadata); err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	if err := json.Unmarshal(a.Raw, &a.Metadata); err != nil {
		return nil, fmt.Errorf("metadata: %w: %w", err, contrechamp.ErrInvalid)
	}
	return a, nil
}

// Close gives the file back, if OpenFile opened it.
func (a *Archive) Close() error {
	if a.closer == nil {
		return nil
	}
	return a.closer.Close()
}

// Zooms returns the first and the last level of zoom.
func (a *Archive) Zooms() (first, last uint8) { return a.header.minZoom, a.header.maxZoom }

// Box returns the part of the globe that the archive covers.
func (a *Archive) Box() Box { return a.header.box }

// Centre returns where a map opens, and at which level of zoom.
func (a *Archive) Centre() (lon, lat float64, zoom uint8) {
	return a.header.centreLon, a.header.centreLat, a.header.centreZoom
}

// Compression says how tiles are packed.
func (a *Archive) Compression() Compression { return a.header.tiles }

// Tiles returns the number of tiles that can be asked for.
func (a *Archive) Tiles() uint64 { return a.header.addressed }

// Bytes returns how long all tiles are together.
func (a *Archive) Bytes() uint64 { return a.header.dataLength }

// Tile returns a tile as it is packed in the archive: ErrNotFound where the map is empty, ErrInvalid when the archive
// is damaged.
func (a *Archive) Tile(t Tile) ([]byte, error) {
	if !t.Valid() {
		return nil, fmt.Errorf("tile %s: %w", t, contrechamp.ErrNotFound)
	}
	id, entries := t.ID(), a.root
	for range 4 { // a root and at most three floors of leaves
		e, ok := find(entries, id)
		if !ok {
			return nil, fmt.Errorf("tile %s: %w", t, contrechamp.ErrNotFound)
		}
		if e.run > 0 {
			if e.offset > a.header.dataLength || uint64(e.length) > a.header.dataLength-e.offset {
				return nil, fmt.Errorf("tile %s lies outside the archive: %w", t, contrechamp.ErrInvalid)
			}
			b, err := a.section(a.header.dataOffset+e.offset, uint64(e.length), maxTile)
			if err != nil {
				return nil, fmt.Errorf("tile %s: %w", t, err)
			}
			return b, nil
		}
		var err error
		if entries, err = a.leaf(e); err != nil {
			return nil, fmt.Errorf("tile %s: %w", t, err)
		}
	}
	return nil, fmt.Errorf("tile %s: directories lead round in circles: %w", t, contrechamp.ErrInvalid)
}

func (a *Archive) leaf(e entry) ([]entry, error) {
	a.mu.Lock()
	known, ok := a.leaves[e.offset]
	a.mu.Unlock()
	if ok {
		return known, nil
	}
	if e.offset > a.header.leafLength || uint64(e.length) > a.header.leafLength-e.offset {
		return nil, fmt.Errorf("a directory lies outside the archive: %w", contrechamp.ErrInvalid)
	}
	all, err := a.directory(a.header.leafOffset+e.offset, uint64(e.length))
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.leaves[e.offset]; !ok {
		if len(a.order) == leavesKept {
			delete(a.leaves, a.order[0])
			a.order = a.order[1:]
		}
		a.leaves[e.offset] = all
		a.order = append(a.order, e.offset)
	}
	return all, nil
}

func (a *Archive) directory(offset, length uint64) ([]entry, error) {
	packed, err := a.section(offset, length, maxDirectory)
	if err != nil {
		return nil, fmt.Errorf("directory: %w", err)
	}
	plain, err := unpack(packed, a.header.internal, maxDirectory)
	if err != nil {
		return nil, fmt.Errorf("directory: %w", err)
	}
	return parseEntries(plain)
}

func (a *Archive) section(offset, length, limit uint64) ([]byte, error) {
	if length > limit {
		return nil, fmt.Errorf("%d bytes, and at most %d are read: %w", length, limit, contrechamp.ErrInvalid)
	}
	b := make([]byte, length)
	if n, err := a.r.ReadAt(b, int64(offset)); err != nil && !(err == io.EOF && uint64(n) == length) {
		if err == io.EOF {
			return nil, fmt.Errorf("the file ends at %d: %w", offset+uint64(n), contrechamp.ErrInvalid)
		}
		return nil, err
	}
	return b, nil
}
