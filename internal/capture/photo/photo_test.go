package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

// secret stands wherever a file can hold text.
const secret = "Jeanne Quetzal 0612345678"

// tiffEXIF writes an EXIF block: orientation, camera, owner, time, and a place with a direction.
func tiffEXIF(orientation int) []byte {
	var b bytes.Buffer
	le := binary.LittleEndian
	type entry struct {
		tag, kind uint16
		count     uint32
		value     []byte
	}
	ascii := func(tag uint16, s string) entry {
		return entry{tag, 2, uint32(len(s) + 1), append([]byte(s), 0)}
	}
	rationals := func(tag uint16, parts ...uint32) entry {
		var v []byte
		for _, p := range parts {
			v = le.AppendUint32(v, p)
		}
		return entry{tag, 5, uint32(len(parts) / 2), v}
	}
	// directories one after another, each with its values behind it
	write := func(at uint32, entries []entry) []byte {
		out := le.AppendUint16(nil, uint16(len(entries)))
		values := at + 2 + uint32(len(entries))*12 + 4
		var tail []byte
		for _, e := range entries {
			out = le.AppendUint16(out, e.tag)
			out = le.AppendUint16(out, e.kind)
			out = le.AppendUint32(out, e.count)
			if len(e.value) <= 4 {
				out = append(out, append(e.value, make([]byte, 4-len(e.value))...)...)
				continue
			}
			out = le.AppendUint32(out, values+uint32(len(tail)))
			tail = append(tail, e.value...)
		}
		return append(le.AppendUint32(out, 0), tail...)
	}
	gps := []entry{ascii(1, "N"), rationals(2, 48, 1, 51, 1, 2952, 100), ascii(3, "E"), rationals(4, 2, 1, 21, 1, 540, 100), ascii(0x10, "T"), rationals(0x11, 1355, 10)}
	long := func(tag uint16, n uint32) entry { return entry{tag, 4, 1, le.AppendUint32(nil, n)} }
	exifDir := []entry{ascii(0x9003, "2026:05:04 13:14:15"), ascii(0xa430, secret)}
	root := func(exifAt, gpsAt uint32) []entry {
		return []entry{ascii(0x10f, secret), {0x112, 3, 1, le.AppendUint16(nil, uint16(orientation))}, long(0x8769, exifAt), long(0x8825, gpsAt)}
	}
	first := write(8, root(0, 0))
	exifAt := 8 + uint32(len(first))
	second := write(exifAt, exifDir)
	gpsAt := exifAt + uint32(len(second))
	b.WriteString("II*\x00\x08\x00\x00\x00")
	b.Write(write(8, root(exifAt, gpsAt)))
	b.Write(second)
	b.Write(write(gpsAt, gps))
	return b.Bytes()
}

// quarters is a picture with a colour in each quarter, so that its turns can be told apart.
func quarters(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, color.RGBA{uint8(255 * (2 * x / w)), uint8(255 * (2 * y / h)), 90, 255})
		}
	}
	return p
}

func jpegOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func app(marker byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// talkative is a JPEG with all that a camera, a phone or an editor writes beside the picture.
func talkative(t testing.TB, p image.Image, orientation int) []byte {
	plain := jpegOf(t, p)
	out := append([]byte{}, plain[:2]...)
	out = append(out, app(0xe1, "Exif\x00\x00"+string(tiffEXIF(orientation)))...)
	out = append(out, app(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret+"</x:xmpmeta>")...)
	out = append(out, app(0xed, "Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x22\x1c\x02\x50\x00\x19"+secret)...)
	out = append(out, app(0xe2, "ICC_PROFILE\x00\x01\x01"+secret)...)
	out = append(out, app(0xfe, secret)...)
	out = append(out, plain[2:]...)
	return append(out, secret...) // behind the end: a motion photo has its film there
}

func chunk(kind, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(b, kind+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(kind+body)))
}

func talkativePNG(t testing.TB, p image.Image) []byte {
	plain := pngOf(t, p)
	head := 8 + 25
	out := append([]byte{}, plain[:head]...)
	out = append(out, chunk("eXIf", string(tiffEXIF(6)))...)
	out = append(out, chunk("tEXt", "Author\x00"+secret)...)
	out = append(out, chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secret)...)
	return append(out, plain[head:]...)
}

func TestWhatTheCameraSaidIsReadAndGone(t *testing.T) {
	for name, b := range map[string][]byte{"jpeg": talkative(t, quarters(640, 480), 6), "png": talkativePNG(t, quarters(640, 480))} {
		if !bytes.Contains(b, []byte(secret)) {
			t.Fatal("the fixture says nothing")
		}
		p, err := Open(b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s := p.Said
		if !s.At.Equal(time.Date(2026, 5, 4, 13, 14, 15, 0, time.UTC)) || !s.HasPlace || math.Abs(s.Lat-48.8582) > 1e-4 || math.Abs(s.Lon-2.3515) > 1e-4 || !s.HasDirection || s.Direction != 135.5 {
			t.Errorf("%s: it said %+v", name, s)
		}
		if p.Bounds() != image.Rect(0, 0, 480, 640) {
			t.Errorf("%s: turned to %v", name, p.Bounds())
		}
		out, err := p.JPEG()
		if err != nil {
			t.Fatal(err)
		}
		checkBare(t, out)
	}
}

// checkBare looks for anything in a JPEG beside the picture: segments that hold no table, and words of the fixture.
func checkBare(t testing.TB, b []byte) {
	t.Helper()
	for _, part := range strings.Fields(secret) {
		if bytes.Contains(b, []byte(part)) {
			t.Errorf("%q came through", part)
		}
	}
	_ = segments(b, func(s segment) error { // ends in errEnd
		switch s.marker {
		case 0xdb, 0xc0, 0xc4: // quantization, frame, Huffman
		default:
			t.Errorf("a segment %#x of %d bytes came through", s.marker, len(s.body))
		}
		return nil
	})
	if exifOf(b) != nil || !bytes.HasSuffix(b, []byte("\xff\xd9")) {
		t.Error("there is EXIF, or something behind the end")
	}
}

// TestExiftoolFindsNothing asks a foreign witness.
func TestExiftoolFindsNothing(t *testing.T) {
	tool, err := exec.LookPath("exiftool")
	if err != nil {
		testenv.Skip(t, "there is no exiftool (Debian: libimage-exiftool-perl)")
	}
	ask := func(b []byte) string {
		path := filepath.Join(t.TempDir(), "picture.jpg")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(tool, "-a", "-G1", "-s", "-ee", "-EXIF:all", "-GPS:all", "-XMP:all", "-IPTC:all", "-ICC_Profile:all", "-Comment", "-Photoshop:all", "-Trailer:all", path).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	b := talkative(t, quarters(640, 480), 1)
	if before := ask(b); !strings.Contains(before, "GPSLatitude") || !strings.Contains(before, secret) {
		t.Fatalf("exiftool does not understand the fixture: %s", before)
	}
	p, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.JPEG()
	if err != nil {
		t.Fatal(err)
	}
	if after := ask(out); after != "" {
		t.Errorf("exiftool finds %s", after)
	}
}

// TestUpright: each of the eight orientations shows the same picture.
func TestUpright(t *testing.T) {
	want := quarters(320, 200)
	for orientation := 1; orientation <= 8; orientation++ {
		// the picture as a camera held that way stores it: the turn that undoes the one that it names
		undo := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}[orientation]
		p, err := Open(talkative(t, upright(want, undo), orientation))
		if err != nil {
			t.Fatal(err)
		}
		if p.Bounds() != want.Bounds() {
			t.Errorf("orientation %d: %v", orientation, p.Bounds())
			continue
		}
		for _, at := range []image.Point{{40, 30}, {280, 30}, {40, 170}, {280, 170}} {
			got, expected := p.rgba.RGBAAt(at.X, at.Y), want.RGBAAt(at.X, at.Y)
			if math.Abs(float64(got.R)-float64(expected.R)) > 12 || math.Abs(float64(got.G)-float64(expected.G)) > 12 {
				t.Errorf("orientation %d, %v: %v, want %v", orientation, at, got, expected)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	header := func(w, h uint32) []byte {
		ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
		return append(append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", string(ihdr)+"\x08\x06\x00\x00\x00")...), chunk("IDAT", "x")...)
	}
	sof := append([]byte("\xff\xd8"), app(0xc0, "\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01")...)
	whole := talkative(t, quarters(320, 200), 1)
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("a text"), "a page": []byte("<svg onload=alert(1)>"), "a GIF": []byte("GIF89a\x01\x00\x01\x00"),
		"a PNG of 100,000 by 100,000": header(100_000, 100_000), "a PNG of the most": header(math.MaxInt32, math.MaxInt32), "a JPEG of 65,535 by 65,535": append(sof, "\xff\xda"...),
		"too small": jpegOf(t, quarters(20, 20)), "too long": make([]byte, MaxBytes+1), "only its head": whole[:len(whole)/3], "cut short": jpegOf(t, quarters(320, 200))[:2000],
	} {
		if _, err := Open(b); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range 1500 { // a file that ends anywhere
		if _, err := Open(whole[:n]); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

// TestCoveredIsGone: of a covered box nine colours are left, that say nothing of what stood there.
func TestCoveredIsGone(t *testing.T) {
	p := &Picture{rgba: image.NewRGBA(image.Rect(0, 0, 300, 200))}
	for y := range 200 {
		for x := range 300 {
			p.rgba.SetRGBA(x, y, color.RGBA{uint8(x * y), uint8(x ^ y), uint8(x + 3*y), 255})
		}
	}
	beside := p.rgba.RGBAAt(9, 9)
	box := image.Rect(10, 10, 130, 100)
	p.Cover(box)
	colours := map[color.RGBA]bool{}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			colours[p.rgba.RGBAAt(x, y)] = true
		}
	}
	if len(colours) > cells*cells || p.rgba.RGBAAt(9, 9) != beside {
		t.Errorf("%d colours are left, or the box is not the box", len(colours))
	}
	p.Cover(image.Rect(-50, -50, 5, 5)) // in part outside
	p.Cover(image.Rect(900, 900, 1000, 1000))
	p.Cover(image.Rect(20, 20, 21, 21))
}

func grey(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = 150
	}
	return p
}

// portrait is the one photograph that the detector's authors ship with it; it is not part of this repository.
func portrait(t *testing.T) []byte {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/esimov/pigo").Output()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "testdata", "sample.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestFacesAreCovered looks at a photographed face as it is, and set into larger pictures in several places and sizes: each is
// found where it is. An empty wall has none, and what is found is covered.
func TestFacesAreCovered(t *testing.T) {
	whole, err := Open(portrait(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.Faces) == 0 {
		t.Fatal("no face was found in a portrait")
	}
	shot(t, "portrait", whole)
	head := whole.Faces[0]
	from, err := jpeg.Decode(bytes.NewReader(portrait(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []image.Point{{1000, 560}, {560, 1000}, {3000, 2000}} {
		p := grey(size.X, size.Y)
		var middles []image.Point
		for i, at := range []image.Point{{22, 25}, {75, 30}, {70, 75}} {
			w := []int{160, 120, 90}[i] * max(1, size.X/1000)
			h := w * from.Bounds().Dy() / from.Bounds().Dx()
			corner := image.Pt(at.X*size.X/100-w/2, at.Y*size.Y/100-h/2)
			draw.ApproxBiLinear.Scale(p, image.Rectangle{corner, corner.Add(image.Pt(w, h))}, from, from.Bounds(), draw.Src, nil)
			middles = append(middles, corner.Add(image.Pt((head.Min.X+head.Max.X)/2*w/from.Bounds().Dx(), (head.Min.Y+head.Max.Y)/2*h/from.Bounds().Dy())))
		}
		got, err := Open(jpegOf(t, p))
		if err != nil {
			t.Fatal(err)
		}
		shot(t, fmt.Sprint("faces-", size.X), got)
		scale := float64(got.Bounds().Dx()) / float64(size.X)
		for _, m := range middles {
			at := image.Pt(int(float64(m.X)*scale), int(float64(m.Y)*scale))
			found := false
			for _, f := range got.Faces {
				found = found || at.In(f)
			}
			if !found {
				t.Errorf("in %v the face at %v was not found: %v", size, at, got.Faces)
			}
		}
		for _, f := range got.Faces {
			colours := map[color.RGBA]bool{}
			for y := f.Min.Y; y < f.Max.Y; y++ {
				for x := f.Min.X; x < f.Max.X; x++ {
					colours[got.rgba.RGBAAt(x, y)] = true
				}
			}
			if len(colours) > 3*cells*cells { // boxes may overlap
				t.Errorf("in %v %v has %d colours", size, f, len(colours))
			}
		}
	}
	got, err := Open(jpegOf(t, grey(900, 500)))
	if err != nil || len(got.Faces) != 0 {
		t.Errorf("on an empty wall: %v, %v", got.Faces, err)
	}
}

// shot leaves a picture where CONTRECHAMP_SHOTS says.
func shot(t *testing.T, name string, p *Picture) {
	t.Helper()
	dir := os.Getenv("CONTRECHAMP_SHOTS")
	if dir == "" {
		return
	}
	out, err := p.JPEG()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".jpg"), out, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// FuzzOpen: whatever comes in, a picture without anything beside it goes out, or a refusal.
func FuzzOpen(f *testing.F) {
	f.Add(talkative(f, quarters(80, 80), 6))
	f.Add(talkativePNG(f, quarters(80, 80)))
	f.Add([]byte("RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x000\x01\x00\x9d\x01*\x01\x00\x01\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Open(b)
		if err != nil {
			if !errors.Is(err, contrechamp.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		out, err := p.JPEG()
		if err != nil {
			t.Fatal(err)
		}
		if exifOf(out) != nil {
			t.Error("there is EXIF")
		}
	})
}

// FuzzEXIF: a block that comes from outside is read or not, and the program goes on.
func FuzzEXIF(f *testing.F) {
	f.Add(tiffEXIF(3))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, o := readEXIF(b)
		if o < 1 || o > 8 || math.IsNaN(s.Lat) || math.IsNaN(s.Direction) || math.Abs(s.Lat) > 90 || math.Abs(s.Lon) > 180 {
			t.Errorf("%+v, %d", s, o)
		}
	})
}

// BenchmarkOpen: what a photograph of twelve million pixels costs, detection included.
func BenchmarkOpen(b *testing.B) {
	picture := jpegOf(b, quarters(4000, 3000))
	for b.Loop() {
		if _, err := Open(picture); err != nil {
			b.Fatal(err)
		}
	}
}
