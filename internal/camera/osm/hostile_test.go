package osm

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"contrechamp.org/contrechamp"
)

// The tests make files of their own, byte by byte.

func field(number uint64, value []byte) []byte {
	b := binary.AppendUvarint(nil, number<<3|wireBytes)
	b = binary.AppendUvarint(b, uint64(len(value)))
	return append(b, value...)
}

func varint(number, value uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, number<<3|wireVarint), value)
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func sints(values ...int64) []byte {
	var b []byte
	for _, v := range values {
		b = binary.AppendUvarint(b, uint64(v<<1)^uint64(v>>63))
	}
	return b
}

func uints(values ...uint64) []byte {
	var b []byte
	for _, v := range values {
		b = binary.AppendUvarint(b, v)
	}
	return b
}

func zlibbed(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write(b) // into memory
	w.Close()
	return out.Bytes()
}

// fileBlob is a blob with its header, as it stands in a file.
func fileBlob(kind string, message []byte) []byte {
	head := join(field(1, []byte(kind)), varint(3, uint64(len(message))))
	return join(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head, message)
}

func packedBlob(block []byte) []byte {
	return fileBlob("OSMData", join(varint(2, uint64(len(block))), field(3, zlibbed(block))))
}

var header = fileBlob("OSMHeader", field(1, field(4, []byte("OsmSchema-V0.6"))))

// texts is a string table.
func texts(all ...string) []byte {
	var b []byte
	for _, s := range append([]string{""}, all...) {
		b = append(b, field(1, []byte(s))...)
	}
	return b
}

var surveillance = texts("man_made", "surveillance", "device")

// dense is a group with one node.
func dense(id, lat, lon int64, tags ...uint64) []byte {
	return field(2, field(2, join(field(1, sints(id)), field(8, sints(lat)), field(9, sints(lon)), field(10, uints(tags...)))))
}

func write(t testing.TB, parts ...[]byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "made.osm.pbf")
	if err := os.WriteFile(name, join(parts...), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// readAll reads everything that is wanted of surveillance.
func readAll(name string) (found []*Feature, problems []Problem, err error) {
	f, err := Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	f.Problem = func(p Problem) { problems = append(problems, p) }
	err = f.Features(context.Background(), Filter{{Kinds: AllKinds, Key: "man_made", Values: []string{"surveillance"}}}, func(ft *Feature) error {
		found = append(found, ft)
		return nil
	})
	return found, problems, err
}

func TestBadInput(t *testing.T) {
	good := join(field(1, surveillance), dense(7, 437_000_000, 74_000_000, 1, 2, 0))
	whole := packedBlob(good)
	const maxInt = 1<<63 - 1
	for name, c := range map[string]struct {
		parts [][]byte
		want  string // in the message
	}{
		"empty":                          {nil, "the file is empty"},
		"wrong magic":                    {[][]byte{[]byte("%PDF-1.7 something else entirely")}, "byte 0: this is neither OSM PBF"},
		"cut in a header":                {[][]byte{header, whole[:9]}, "cut short"},
		"cut in a blob":                  {[][]byte{header, whole[:len(whole)-5]}, "ends 5 bytes before its end: it is cut short"},
		"cut in a length":                {[][]byte{header, whole[:3]}, "cut short"},
		"a header over 64 KiB":           {[][]byte{header, {0, 1, 0, 1}, make([]byte, 70_000)}, "the header of a blob says that it has 65537 bytes, at most 65536"},
		"a blob over 32 MiB":             {[][]byte{header, blobOfSize(33 << 20)}, "a blob says that it has 34603008 bytes"},
		"a negative size":                {[][]byte{header, blobOfSize(1<<64 - 5)}, "what should be the header of a blob is none"},
		"inflated over 32 MiB":           {[][]byte{header, fileBlob("OSMData", join(varint(2, 33<<20), field(3, zlibbed(good))))}, "a blob says that it holds 34603008 bytes"},
		"holds more than it says":        {[][]byte{header, fileBlob("OSMData", join(varint(2, uint64(len(good)-3)), field(3, zlibbed(good))))}, "more than they say"},
		"holds less than it says":        {[][]byte{header, fileBlob("OSMData", join(varint(2, uint64(len(good)+3)), field(3, zlibbed(good))))}, "end too early"},
		"a bomb":                         {[][]byte{header, fileBlob("OSMData", join(varint(2, 1000), field(3, zlibbed(make([]byte, 8<<20)))))}, "byte"},
		"no size":                        {[][]byte{header, fileBlob("OSMData", field(3, zlibbed(good)))}, "does not say how long"},
		"no data":                        {[][]byte{header, fileBlob("OSMData", varint(2, 5))}, "a blob has no data"},
		"LZMA":                           {[][]byte{header, fileBlob("OSMData", join(varint(2, 5), field(4, good)))}, "LZMA"},
		"damaged zlib":                   {[][]byte{header, fileBlob("OSMData", join(varint(2, uint64(len(good))), field(3, []byte("\x78\x9cnonsense that is none"))))}, "byte"},
		"damaged LZ4":                    {[][]byte{header, fileBlob("OSMData", join(varint(2, 500), field(6, []byte("nonsense"))))}, "LZ4"},
		"damaged Zstandard":              {[][]byte{header, fileBlob("OSMData", join(varint(2, 500), field(7, []byte("nonsense"))))}, "Zstandard"},
		"a table longer than its block":  {[][]byte{header, packedBlob(append(uints(1<<3|wireBytes, 5000), surveillance...))}, "the table of strings is longer than its block"},
		"a group longer than its block":  {[][]byte{header, packedBlob(join(field(1, surveillance), uints(2<<3|wireBytes, 9999), make([]byte, 90)))}, "a group of objects is longer than its block"},
		"no block":                       {[][]byte{header, packedBlob([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"))}, "no Protocol Buffers message"},
		"string out of range":            {[][]byte{header, packedBlob(join(field(1, surveillance), dense(7, 1, 1, 1, 2, 1, 99, 0)))}, "string 99 is asked for, the table has 4"},
		"string out of range, far":       {[][]byte{header, packedBlob(join(field(1, surveillance), dense(7, 1, 1, 1, maxInt, 0)))}, "is asked for, the table has 4"},
		"string of a way out of range":   {[][]byte{header, packedBlob(join(field(1, surveillance), field(2, field(3, join(varint(1, 5), field(2, uints(1, 77)), field(3, uints(2, 2)))))))}, "string 77 is asked for"},
		"role out of range":              {[][]byte{header, packedBlob(join(field(1, surveillance), field(2, field(4, join(varint(1, 5), field(2, uints(1)), field(3, uints(2)), field(8, uints(50)), field(9, sints(1)), field(10, uints(0)))))))}, "string 50 is asked for"},
		"tags for more nodes than exist": {[][]byte{header, packedBlob(join(field(1, surveillance), dense(7, 1, 1, 0, 0, 1, 2, 0)))}, "there are tags for node 3 of a group of 1"},
		"granularity of nothing":         {[][]byte{header, packedBlob(join(good, varint(17, 0)))}, "granularity 0"},
		"a feature that is not known":    {[][]byte{fileBlob("OSMHeader", field(1, field(4, []byte("Telepathy"))))}, "needs a reader that knows \"Telepathy\""},
		"two files joined":               {[][]byte{header, whole, header}, "a second OSMHeader"},
	} {
		_, _, err := readAll(write(t, c.parts...))
		if err == nil || !errors.Is(err, contrechamp.ErrInvalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want ErrInvalid with %q", name, err, c.want)
			continue
		}
		if c.parts != nil && !strings.Contains(err.Error(), "byte ") {
			t.Errorf("%s: no byte in %q", name, err)
		}
	}
}

func blobOfSize(n uint64) []byte {
	head := join(field(1, []byte("OSMData")), varint(3, n))
	return join(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head, make([]byte, 100))
}

// TestOddObjects: what is odd about one object is told, with the byte, and the others come.
func TestOddObjects(t *testing.T) {
	way := func(id uint64, refs ...int64) []byte {
		return field(3, join(varint(1, id), field(2, uints(1)), field(3, uints(2)), field(8, sints(refs...))))
	}
	name := write(t, header,
		packedBlob(join(field(1, surveillance), dense(1, 910_000_000, 74_000_000, 1, 2, 0))),
		packedBlob(join(field(1, surveillance), dense(2, 437_000_000, 74_000_000, 1, 2, 0))),
		packedBlob(join(field(1, surveillance), dense(3, 1<<60, 1<<62, 1, 2, 0))),
		packedBlob(join(field(1, surveillance), field(2, join(way(10), way(11, 77), way(12, 2), way(13, 2, -1)))))) // 13: node 2, then node 1
	found, problems, err := readAll(name)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		got = append(got, f.ID.String())
	}
	if want := "node/2 way/10 way/11 way/12"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	want := []string{"node/1: latitude 91", "node/3: latitude", "way/10: a way without nodes", "way/11: none of its 1 nodes", "way/13: it has a node at latitude 91"}
	for i, p := range problems {
		if i >= len(want) || !strings.Contains(p.String(), want[i]) || p.Offset <= 0 {
			t.Errorf("problem %d: %s", i, p)
		}
	}
	if len(problems) != len(want) {
		t.Errorf("%d problems, want %d", len(problems), len(want))
	}
}

// TestEveryPacking reads the same node from blobs that are packed, ordered and written in every legal way.
func TestEveryPacking(t *testing.T) {
	block := join(field(1, surveillance), dense(7, 437_000_000, 74_000_000, 1, 2, 0))
	long := join(field(1, append(bytes.Clone(surveillance), bytes.Repeat(field(1, []byte("filler filler filler")), 3000)...)),
		dense(7, 437_000_000, 74_000_000, 1, 2, 0))
	size := varint(2, uint64(len(block)))
	lz := make([]byte, lz4.CompressBlockBound(len(block)))
	n, err := lz4.CompressBlock(block, lz, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 { // not compressible: one run of literals
		lz = append([]byte{0xf0, byte(len(block) - 15)}, block...)
	} else {
		lz = lz[:n]
	}
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	plain := field(2, field(1, join(field(1, nil)[:0], varint(1, 14), field(2, uints(1)), field(3, uints(2)), varint(8, 874_000_000), varint(9, 148_000_000))))
	for name, blob := range map[string][]byte{
		"raw":                      fileBlob("OSMData", field(1, block)),
		"zlib":                     packedBlob(block),
		"LZ4":                      fileBlob("OSMData", join(size, field(6, lz))),
		"Zstandard":                fileBlob("OSMData", join(size, field(7, enc.EncodeAll(block, nil)))),
		"the size behind the data": fileBlob("OSMData", join(field(3, zlibbed(block)), size)),
		"strings last":             packedBlob(join(dense(7, 437_000_000, 74_000_000, 1, 2, 0), field(1, surveillance))),
		"granularity first":        packedBlob(join(varint(17, 100), block)),
		"a plain node":             packedBlob(join(field(1, surveillance), plain)),
		"two groups":               packedBlob(join(field(1, surveillance), dense(6, 1, 1), dense(7, 437_000_000, 74_000_000, 1, 2, 0))),
		"unknown fields":           packedBlob(join(varint(90, 5), block, field(91, []byte("x")))),
		"an empty group first":     packedBlob(join(field(1, surveillance), field(2, nil), dense(7, 437_000_000, 74_000_000, 1, 2, 0))),
		"a long table":             packedBlob(long),
		"another granularity": packedBlob(join(field(1, surveillance), dense(7, 43_600, 7_300, 1, 2, 0), varint(17, 1_000_000), varint(19, 100_000_000),
			varint(20, 100_000_000))),
	} {
		found, problems, err := readAll(write(t, header, fileBlob("Whatever", []byte("x")), blob, packedBlob(field(1, texts("x")))))
		if err != nil || len(problems) != 0 || len(found) != 1 {
			t.Errorf("%s: %v, %v, %d objects", name, err, problems, len(found))
			continue
		}
		if f := found[0]; f.Number != 7 || f.Point != (Point{Lon: 7.4, Lat: 43.7}) || f.Tags.Get("man_made") != "surveillance" {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestUnsortedFile: ways find their nodes when blobs are not in the order of their numbers, whatever the table says.
func TestUnsortedFile(t *testing.T) {
	node := func(id int64) []byte {
		return packedBlob(join(field(1, surveillance), dense(id, 437_000_000+id, 74_000_000)))
	}
	two := packedBlob(join(field(1, surveillance), field(2, field(2, join(field(1, sints(40, -39)), field(8, sints(437_000_040, -39)), field(9, sints(74_000_000, 0)))))))
	way := packedBlob(join(field(1, surveillance), field(2, field(3, join(varint(1, 5), field(2, uints(1)), field(3, uints(2)), field(8, sints(1, 49, -20)))))))
	for name, parts := range map[string][][]byte{
		"blobs that fall":                   {header, node(50), node(30), node(1), way},
		"ways first":                        {header, way, node(1), node(30), node(50)},
		"numbers that fall within a blob":   {header, node(30), two, node(50), way},
		"first numbers that rise all right": {header, two, node(45), node(50), node(30), way},
	} {
		found, problems, err := readAll(write(t, parts...))
		if err != nil || len(problems) != 0 || len(found) != 1 || len(found[0].Line) != 3 {
			t.Errorf("%s: %v, %v, %+v", name, err, problems, found)
		}
	}
}

// FuzzRead: whatever is in a file, the reader ends with objects or with ErrInvalid.
func FuzzRead(f *testing.F) {
	block := join(field(1, surveillance), dense(7, 437_000_000, 74_000_000, 1, 2, 0))
	way := join(field(1, surveillance), field(2, field(3, join(varint(1, 5), field(2, uints(1)), field(3, uints(2)), field(8, sints(7, 0))))))
	relation := join(field(1, surveillance), field(2, field(4, join(varint(1, 5), field(2, uints(1)), field(3, uints(2)), field(8, uints(3, 0)),
		field(9, sints(7, -2)), field(10, uints(0, 1))))))
	for _, b := range [][]byte{block, way, relation} {
		f.Add(b, false)
		f.Add(packedBlob(b), true)
	}
	f.Add([]byte("<osm><node id='1' lat='2' lon='3'><tag k='man_made' v='surveillance'/></node></osm>"), true)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte, whole bool) {
		name := filepath.Join(dir, "fuzz.osm.pbf")
		content := join(header, packedBlob(b))
		if whole {
			content = join(header, b)
			if bytes.HasPrefix(b, []byte("<")) {
				content = b
			}
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
		found, _, err := readAll(name)
		if err != nil && !errors.Is(err, contrechamp.ErrInvalid) {
			t.Fatal(err)
		}
		for _, ft := range found {
			if ft.Kind == Node && !ft.Point.onGlobe() {
				t.Errorf("%s at %v", ft.ID, ft.Point)
			}
			if ft.Tags.Get("man_made") != "surveillance" {
				t.Errorf("%s is not wanted: %v", ft.ID, ft.Tags)
			}
		}
	})
}
