package pmtiles

import (
	"encoding/binary"
	"fmt"
	"math"

	"contrechamp.org/contrechamp"
)

// headerLength is the size of the header, and rootLength that of the part of the file that holds header and root
// directory, in bytes (specification, section 2).
const (
	headerLength = 127
	rootLength   = 16384
)

// Compression says how bytes are packed.
type Compression uint8

// The ways of packing that are read here.
const (
	None Compression = 1
	Gzip Compression = 2
)

// mvtType is the type of vector tiles (specification, section 3.2).
const mvtType = 1

// Box is a part of the globe in degrees.
type Box struct{ West, South, East, North float64 }

// header is the fixed beginning of an archive.
type header struct {
	rootOffset, rootLength         uint64
	metadataOffset, metadataLength uint64
	leafOffset, leafLength         uint64
	dataOffset, dataLength         uint64
	addressed, entries, contents   uint64
	clustered                      bool
	internal, tiles                Compression
	tileType                       uint8
	minZoom, maxZoom               uint8
	box                            Box
	centreZoom                     uint8
	centreLon, centreLat           float64
}

func e7(degrees float64) uint32 { return uint32(int32(math.Round(degrees * 1e7))) }

func (h header) bytes() []byte {
	b := append(make([]byte, 0, headerLength), "PMTiles\x03"...)
	for _, v := range []uint64{h.rootOffset, h.rootLength, h.metadataOffset, h.metadataLength, h.leafOffset, h.leafLength,
		h.dataOffset, h.dataLength, h.addressed, h.entries, h.contents} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	clustered := byte(0)
	if h.clustered {
		clustered = 1
	}
	b = append(b, clustered, byte(h.internal), byte(h.tiles), h.tileType, h.minZoom, h.maxZoom)
	for _, v := range []float64{h.box.West, h.box.South, h.box.East, h.box.North} {
		b = binary.LittleEndian.AppendUint32(b, e7(v))
	}
	b = append(b, h.centreZoom)
	b = binary.LittleEndian.AppendUint32(b, e7(h.centreLon))
	return binary.LittleEndian.AppendUint32(b, e7(h.centreLat))
}

// parseHeader reads a header and checks it against the size of its file.
func parseHeader(b []byte, size uint64) (header, error) {
	var h header
	if len(b) < headerLength || string(b[:7]) != "PMTiles" {
		return h, fmt.Errorf("no PMTiles archive: it does not begin with \"PMTiles\": %w", contrechamp.ErrInvalid)
	}
	if b[7] != 3 {
		return h, fmt.Errorf("PMTiles version %d, and only 3 can be read: %w", b[7], contrechamp.ErrInvalid)
	}
	at := 8
	for _, v := range []*uint64{&h.rootOffset, &h.rootLength, &h.metadataOffset, &h.metadataLength, &h.leafOffset, &h.leafLength,
		&h.dataOffset, &h.dataLength, &h.addressed, &h.entries, &h.contents} {
		*v = binary.LittleEndian.Uint64(b[at:])
		at += 8
	}
	h.clustered, h.internal, h.tiles, h.tileType = b[96] == 1, Compression(b[97]), Compression(b[98]), b[99]
	h.minZoom, h.maxZoom = b[100], b[101]
	degrees := func(i int) float64 { return float64(int32(binary.LittleEndian.Uint32(b[i:]))) / 1e7 }
	h.box = Box{degrees(102), degrees(106), degrees(110), degrees(114)}
	h.centreZoom, h.centreLon, h.centreLat = b[118], degrees(119), degrees(123)
	for _, s := range []struct {
		name           string
		offset, length uint64
	}{{"root directory", h.rootOffset, h.rootLength}, {"metadata", h.metadataOffset, h.metadataLength},
		{"leaf directories", h.leafOffset, h.leafLength}, {"tiles", h.dataOffset, h.dataLength}} {
		if s.offset > size || s.length > size-s.offset {
			return h, fmt.Errorf("the %s are said to be at %d, %d bytes long, and the file has %d: %w", s.name, s.offset, s.length, size, contrechamp.ErrInvalid)
		}
	}
	if h.internal != None && h.internal != Gzip {
		return h, fmt.Errorf("directories are packed in way %d, and only none and gzip can be read: %w", h.internal, contrechamp.ErrInvalid)
	}
	if h.minZoom > h.maxZoom || h.maxZoom > MaxZoom {
		return h, fmt.Errorf("levels of zoom from %d to %d: %w", h.minZoom, h.maxZoom, contrechamp.ErrInvalid)
	}
	return h, nil
}
