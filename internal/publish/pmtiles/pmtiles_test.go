package pmtiles

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

func TestIDs(t *testing.T) {
	for _, tt := range []struct {
		tile Tile
		id   uint64
	}{ // the first levels by hand; the last from the specification
		{Tile{0, 0, 0}, 0}, {Tile{1, 0, 0}, 1}, {Tile{1, 0, 1}, 2}, {Tile{1, 1, 1}, 3}, {Tile{1, 1, 0}, 4},
		{Tile{2, 0, 0}, 5}, {Tile{2, 1, 0}, 6}, {Tile{2, 1, 1}, 7}, {Tile{2, 0, 1}, 8}, {Tile{12, 3423, 1763}, 19078479},
	} {
		if got := tt.tile.ID(); got != tt.id {
			t.Errorf("%s has id %d, want %d", tt.tile, got, tt.id)
		}
	}
	seen := map[uint64]bool{}
	for z := uint8(0); z <= 6; z++ {
		for x := range uint32(1) << z {
			for y := range uint32(1) << z {
				id := Tile{z, x, y}.ID()
				back, err := TileOf(id)
				if seen[id] || err != nil || back != (Tile{z, x, y}) {
					t.Fatalf("%v has id %d, which is %v: %v", Tile{z, x, y}, id, back, err)
				}
				seen[id] = true
			}
		}
	}
	corner := Tile{MaxZoom, 1<<MaxZoom - 1, 1<<MaxZoom - 1}
	if back, err := TileOf(corner.ID()); err != nil || back != corner {
		t.Errorf("%v became %v: %v", corner, back, err)
	}
	if got, err := TileOf(1 << 62); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("an id beyond the last level: %v, %v", got, err)
	}
}

// packer is used again: a new one costs more than what it packs.
var packer = gzip.NewWriter(nil)

func packed(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	packer.Reset(&b)
	if _, err := packer.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sample writes an archive of every tile up to a level, sea and land, with gaps.
func sample(t testing.TB, path string, maxZoom uint8) map[Tile]string {
	t.Helper()
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abandon()
	content := map[Tile]string{}
	for id := uint64(0); ; id++ {
		tile, err := TileOf(id)
		if err != nil {
			t.Fatal(err)
		}
		if tile.Z > maxZoom {
			break
		}
		if tile.Z > 2 && tile.X%7 == 3 {
			continue
		}
		content[tile] = "sea"
		if tile.X == tile.Y || id*id%5 == 1 { // coasts of uneven length, so that the directory does not fit the root
			content[tile] = "land " + tile.String() + strings.Repeat(tile.String(), int(id*id*2654435761%97))
		}
		if err := w.Add(tile, packed(t, content[tile])); err != nil {
			t.Fatal(err)
		}
	}
	m := Metadata{Name: "a world", Attribution: "nobody", VectorLayers: []VectorLayer{{ID: "land", Fields: map[string]string{"a": "String"}, MaxZoom: maxZoom}}}
	if err := w.Close(m, Box{-180, -85, 180, 85}, 1.5, -2.25, 3); err != nil {
		t.Fatal(err)
	}
	return content
}

func TestWriteAndRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "world.pmtiles")
	content := sample(t, path, 7) // enough entries for leaves
	a, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if a.header.leafLength == 0 {
		t.Error("the sample is too small to have leaves")
	}
	lon, lat, zoom := a.Centre()
	if first, last := a.Zooms(); first != 0 || last != 7 || lon != 1.5 || lat != -2.25 || zoom != 3 || a.Box() != (Box{-180, -85, 180, 85}) ||
		a.Metadata.Name != "a world" || a.Tiles() != uint64(len(content)) || a.Compression() != Gzip {
		t.Errorf("got %+v, %+v", a.header, a.Metadata)
	}
	distinct := map[string]bool{}
	for _, c := range content {
		distinct[c] = true
	}
	if a.header.contents != uint64(len(distinct)) {
		t.Errorf("%d contents kept, want %d: equal tiles once", a.header.contents, len(distinct))
	}
	for z := uint8(0); z <= 7; z++ {
		for x := range uint32(1) << z {
			for y := range uint32(1) << z {
				tile := Tile{z, x, y}
				got, err := a.Tile(tile)
				want, there := content[tile]
				if !there {
					if !errors.Is(err, contrechamp.ErrNotFound) {
						t.Fatalf("%s: got %d bytes, %v, and it was never written", tile, len(got), err)
					}
					continue
				}
				if err != nil || !bytes.Equal(got, packed(t, want)) {
					t.Fatalf("%s: %v, got %d bytes", tile, err, len(got))
				}
			}
		}
	}
	for _, none := range []Tile{{9, 0, 0}, {1, 2, 0}, {40, 0, 0}} {
		if _, err := a.Tile(none); !errors.Is(err, contrechamp.ErrNotFound) {
			t.Errorf("%s: %v", none, err)
		}
	}
}

func TestWriterRefuses(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(filepath.Join(dir, "x.pmtiles"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(Metadata{}, Box{}, 0, 0, 0); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("an archive without tiles: %v", err)
	}
	if w, err = Create(filepath.Join(dir, "x.pmtiles")); err != nil {
		t.Fatal(err)
	}
	if err := w.Add(Tile{1, 1, 1}, []byte("x")); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []Tile{{1, 1, 1}, {0, 0, 0}, {1, 2, 0}} {
		if err := w.Add(bad, []byte("x")); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if err := w.Add(Tile{1, 1, 0}, nil); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("an empty tile: %v", err)
	}
	w.Abandon()
	w.Abandon()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestForeignArchive reads an archive that tippecanoe 2.82 wrote of two points.
func TestForeignArchive(t *testing.T) {
	a, err := OpenFile("testdata/tippecanoe.pmtiles")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if a.Metadata.Name != "two points" || len(a.Metadata.VectorLayers) != 1 || a.Metadata.VectorLayers[0].Fields["a"] != "String" {
		t.Errorf("got %+v", a.Metadata)
	}
	// Helsinki and Munich share the tiles of the first levels
	for tile, there := range map[Tile]bool{{0, 0, 0}: true, {3, 4, 2}: true, {6, 36, 18}: true, {6, 34, 22}: true, {6, 0, 0}: false} {
		_, err := a.Tile(tile)
		if (err == nil) != there {
			t.Errorf("%s: %v", tile, err)
		}
	}
}

// TestForeignReader lets the reader of the format's authors read what we wrote.
func TestForeignReader(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		testenv.Skip(t, "there is no node")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if _, err := os.Stat("foreign/node_modules/pmtiles"); err != nil {
		install := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
		install.Dir = "foreign"
		if out, err := install.CombinedOutput(); err != nil {
			testenv.Skip(t, "npm ci in foreign failed: "+string(out))
		}
	}
	path := filepath.Join(t.TempDir(), "world.pmtiles")
	content := sample(t, path, 7)
	args := []string{"read.mjs", path}
	want := map[string]string{}
	for i, tile := range slices.SortedFunc(func(yield func(Tile) bool) {
		for z := uint8(0); z <= 7; z++ {
			for k := range uint32(1) << z {
				if !yield(Tile{z, k, k}) || !yield(Tile{z, k, 0}) {
					return
				}
			}
		}
	}, func(a, b Tile) int { return int(int64(a.ID()) - int64(b.ID())) }) {
		if i%3 != 0 {
			continue
		}
		args = append(args, tile.String())
		want[tile.String()] = ""
		if c, ok := content[tile]; ok {
			sum := sha256.Sum256([]byte(c))
			want[tile.String()] = hex.EncodeToString(sum[:])
		}
	}
	read := exec.CommandContext(ctx, node, args...)
	read.Dir = "foreign"
	out, err := read.Output()
	if err != nil {
		t.Fatalf("read: %v %s", err, out)
	}
	var got struct {
		Header struct {
			SpecVersion, TileType, MaxZoom, CenterZoom int
			Clustered                                  bool
			CenterLon, MinLat                          float64
			NumAddressedTiles                          int
		}
		Metadata Metadata
		Tiles    map[string]string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if h := got.Header; h.SpecVersion != 3 || h.TileType != 1 || h.MaxZoom != 7 || !h.Clustered || h.CenterLon != 1.5 || h.MinLat != -85 || h.NumAddressedTiles != len(content) {
		t.Errorf("the header is read as %+v", h)
	}
	if got.Metadata.Name != "a world" {
		t.Errorf("the metadata is read as %+v", got.Metadata)
	}
	for tile, sum := range want {
		if got.Tiles[tile] != sum {
			t.Errorf("%s: they read %q, want %q", tile, got.Tiles[tile], sum)
		}
	}
}

func TestBadArchives(t *testing.T) {
	path := filepath.Join(t.TempDir(), "world.pmtiles")
	sample(t, path, 3)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change := func(f func(b []byte) []byte) []byte { return f(slices.Clone(good)) }
	bomb := packed(t, string(make([]byte, maxMetadata+1)))
	for name, b := range map[string][]byte{
		"empty":              {},
		"another format":     change(func(b []byte) []byte { b[0] = 'X'; return b }),
		"version 2":          change(func(b []byte) []byte { b[7] = 2; return b }),
		"cut in the header":  good[:100],
		"cut in the root":    good[:headerLength+5],
		"root beyond file":   change(func(b []byte) []byte { binary.LittleEndian.PutUint64(b[16:], 1<<60); return b }),
		"offsets that wrap":  change(func(b []byte) []byte { binary.LittleEndian.PutUint64(b[8:], 1<<64-10); return b }),
		"packed with brotli": change(func(b []byte) []byte { b[97] = 3; return b }),
		"zooms upside down":  change(func(b []byte) []byte { b[100] = 9; return b }),
		"zoom 200":           change(func(b []byte) []byte { b[101] = 200; return b }),
		"no gzip":            change(func(b []byte) []byte { b[headerLength] = 0; return b }),
		"a bomb": change(func(b []byte) []byte {
			binary.LittleEndian.PutUint64(b[24:], uint64(len(b)))
			binary.LittleEndian.PutUint64(b[32:], uint64(len(bomb)))
			return append(b, bomb...)
		}),
	} {
		a, err := Open(bytes.NewReader(b), uint64(len(b)))
		if !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: got %v, %v", name, a, err)
		}
	}
	if _, err := OpenFile(filepath.Join(t.TempDir(), "none.pmtiles")); !errors.Is(err, contrechamp.ErrNotFound) {
		t.Errorf("no file: %v", err)
	}
}

// circle is an archive whose leaf points to itself.
func circle(t testing.TB) []byte {
	dir, err := packEntries([]entry{{id: 0, offset: 0, length: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if dir, err = packEntries([]entry{{id: 0, offset: 0, length: uint32(len(dir))}}); err != nil {
		t.Fatal(err)
	}
	meta, err := pack([]byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	h := header{rootOffset: headerLength, rootLength: uint64(len(dir)), leafOffset: headerLength, leafLength: uint64(len(dir)),
		metadataOffset: headerLength + uint64(len(dir)), metadataLength: uint64(len(meta)), internal: Gzip, tiles: Gzip, tileType: mvtType, maxZoom: 2}
	return slices.Concat(h.bytes(), dir, meta)
}

func TestCircle(t *testing.T) {
	b := circle(t)
	a, err := Open(bytes.NewReader(b), uint64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Tile(Tile{0, 0, 0}); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

// FuzzArchive: whatever the bytes, reading ends with a tile or an error of ours.
func FuzzArchive(f *testing.F) {
	path := filepath.Join(f.TempDir(), "world.pmtiles")
	sample(f, path, 2)
	for _, p := range []string{path, "testdata/tippecanoe.pmtiles"} {
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, uint8(1), uint32(0), uint32(1))
	}
	f.Add(circle(f), uint8(0), uint32(0), uint32(0))
	f.Fuzz(func(t *testing.T, b []byte, z uint8, x, y uint32) {
		a, err := Open(bytes.NewReader(b), uint64(len(b)))
		if err != nil {
			if !errors.Is(err, contrechamp.ErrInvalid) {
				t.Errorf("open: %v is no kind of ours", err)
			}
			return
		}
		if _, err := a.Tile(Tile{z, x, y}); err != nil && !errors.Is(err, contrechamp.ErrInvalid) && !errors.Is(err, contrechamp.ErrNotFound) {
			t.Errorf("tile: %v is no kind of ours", err)
		}
	})
}

func BenchmarkTile(b *testing.B) {
	path := filepath.Join(b.TempDir(), "world.pmtiles")
	sample(b, path, 7)
	a, err := OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	i := 0
	for b.Loop() {
		tile := Tile{7, uint32(i*7+i%7) % 128, uint32(i*13) % 128}
		if _, err := a.Tile(tile); err != nil && !errors.Is(err, contrechamp.ErrNotFound) {
			b.Fatal(err)
		}
		i++
	}
}
