package pmtiles

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"contrechamp.org/contrechamp"
)

// Metadata is what an archive says of itself, beside its header. The keys are those of TileJSON 3.0.
type Metadata struct {
	Name         string        `json:"name,omitempty"`
	Description  string        `json:"description,omitempty"`
	Attribution  string        `json:"attribution,omitempty"`
	Version      string        `json:"version,omitempty"`
	VectorLayers []VectorLayer `json:"vector_layers"`
	// Extra are keys of our own.
	Extra map[string]any `json:"contrechamp,omitempty"`
}

// VectorLayer describes a layer of the tiles.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description,omitempty"`
	Fields      map[string]string `json:"fields"`
	MinZoom     uint8             `json:"minzoom"`
	MaxZoom     uint8             `json:"maxzoom"`
}

// Writer makes an archive. Tiles must come in the order of their IDs. It belongs to one goroutine.
type Writer struct {
	path    string
	file    *os.File // tiles, until the directory is known
	buffer  *bufio.Writer
	entries []entry
	places  map[[16]byte]entry // of contents, by the beginning of their SHA-256
	length  uint64
	last    uint64
	header  header
}

// Create begins an archive that will be at path once Close returns; until then nothing of that name is touched.
// Tiles are handed over packed with gzip.
func Create(path string) (*Writer, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".pmtiles-*")
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", path, err)
	}
	return &Writer{path: path, file: f, buffer: bufio.NewWriterSize(f, 1<<20), places: map[[16]byte]entry{}}, nil
}

// Add writes a tile of vector data, packed with gzip. It answers ErrInvalid for a tile that is empty, none, or out of
// order.
func (w *Writer) Add(t Tile, packed []byte) error {
	id := t.ID()
	switch {
	case !t.Valid():
		return fmt.Errorf("tile %s: there is none: %w", t, contrechamp.ErrInvalid)
	case len(packed) == 0 || len(packed) > 1<<32-1:
		return fmt.Errorf("tile %s: %d bytes: %w", t, len(packed), contrechamp.ErrInvalid)
	case len(w.entries) > 0 && id <= w.last:
		return fmt.Errorf("tile %s comes after one that follows it: %w", t, contrechamp.ErrInvalid)
	}
	if len(w.entries) == 0 {
		w.header.minZoom = t.Z
	}
	w.header.maxZoom = t.Z
	w.header.addressed++
	sum := sha256.Sum256(packed)
	key := [16]byte(sum[:16])
	e, known := w.places[key]
	if !known {
		e = entry{offset: w.length, length: uint32(len(packed))}
		if _, err := w.buffer.Write(packed); err != nil {
			return fmt.Errorf("archive %s: tile %s: %w", w.path, t, err)
		}
		w.length += uint64(len(packed))
		w.places[key] = e
	}
	if n := len(w.entries); known && n > 0 && w.last+1 == id && w.entries[n-1].offset == e.offset {
		w.entries[n-1].run++
	} else {
		e.id, e.run = id, 1
		w.entries = append(w.entries, e)
	}
	w.last = id
	return nil
}

// Abandon removes what was written. After Close it does nothing.
func (w *Writer) Abandon() {
	if w.file != nil {
		name := w.file.Name()
		w.file.Close()
		_ = os.Remove(name) // a temporary file, beside which nothing of value stands
		w.file = nil
	}
}

// Close writes header, directory and metadata, puts the archive in its place and syncs it. centre is where a map
// opens, at a level of zoom.
func (w *Writer) Close(m Metadata, box Box, centreLon, centreLat float64, centreZoom uint8) error {
	defer w.Abandon()
	if len(w.entries) == 0 {
		return fmt.Errorf("archive %s: no tile: %w", w.path, contrechamp.ErrInvalid)
	}
	wrap := func(err error) error { return fmt.Errorf("archive %s: %w", w.path, err) }
	if err := w.buffer.Flush(); err != nil {
		return wrap(err)
	}
	plain, err := json.Marshal(m)
	if err != nil {
		return wrap(err)
	}
	metadata, err := pack(plain)
	if err != nil {
		return wrap(err)
	}
	root, leaves, err := directories(w.entries)
	if err != nil {
		return wrap(err)
	}
	h := w.header
	h.rootOffset, h.rootLength = headerLength, uint64(len(root))
	h.metadataOffset, h.metadataLength = h.rootOffset+h.rootLength, uint64(len(metadata))
	h.leafOffset, h.leafLength = h.metadataOffset+h.metadataLength, uint64(len(leaves))
	h.dataOffset, h.dataLength = h.leafOffset+h.leafLength, w.length
	h.entries, h.contents = uint64(len(w.entries)), uint64(len(w.places))
	h.clustered, h.internal, h.tiles, h.tileType = true, Gzip, Gzip, mvtType
	h.box, h.centreLon, h.centreLat, h.centreZoom = box, centreLon, centreLat, centreZoom

	out, err := os.CreateTemp(filepath.Dir(w.path), ".pmtiles-*")
	if err != nil {
		return wrap(err)
	}
	defer os.Remove(out.Name()) // after the rename there is nothing of that name
	defer out.Close()
	for _, b := range [][]byte{h.bytes(), root, metadata, leaves} {
		if _, err := out.Write(b); err != nil {
			return wrap(err)
		}
	}
	if _, err := w.file.Seek(0, io.SeekStart); err != nil {
		return wrap(err)
	}
	if _, err := io.Copy(out, w.file); err != nil {
		return wrap(err)
	}
	if err := out.Chmod(0o644); err != nil {
		return wrap(err)
	}
	if err := out.Sync(); err != nil {
		return wrap(err)
	}
	if err := out.Close(); err != nil {
		return wrap(err)
	}
	return os.Rename(out.Name(), w.path)
}

// directories packs entries into one directory if it fits beside the header, else into leaves of equal size with a
// root that points to them, the smallest leaves for which the root fits.
func directories(all []entry) (root, leaves []byte, err error) {
	if root, err = packEntries(all); err != nil || len(root) <= rootLength-headerLength {
		return root, nil, err
	}
	for size := 4096; ; size *= 2 {
		leaves = leaves[:0]
		var top []entry
		for i := 0; i < len(all); i += size {
			leaf, err := packEntries(all[i:min(i+size, len(all))])
			if err != nil {
				return nil, nil, err
			}
			top = append(top, entry{id: all[i].id, offset: uint64(len(leaves)), length: uint32(len(leaf))})
			leaves = append(leaves, leaf...)
		}
		if root, err = packEntries(top); err != nil || len(root) <= rootLength-headerLength {
			return root, leaves, err
		}
	}
}
