package photo

import (
	_ "embed"
	"image"
	"sync"

	pigo "github.com/esimov/pigo/core"
	"golang.org/x/image/draw"
)

// The cascade of decision trees is pigo's own, under its licence (cascade/LICENSE).
//
//go:embed cascade/facefinder
var facefinder []byte

var classifier = sync.OnceValues(func() (*pigo.Pigo, error) { return pigo.NewPigo().Unpack(facefinder) })

// Parameters of the search. A face that is missed is worse than a wall that is covered, so the threshold is below the 5 that
// pigo's own examples use.
const (
	searchSide  = 1280 // the search is made in a copy no longer than this: it costs time by the pixel
	smallest    = 22   // pixels of the copy; pigo's trees were trained on 24
	threshold   = 3.0  // sum of the scores of detections that overlap
	overlap     = 0.15 // intersection over union from which two detections are one
	shiftBy     = 0.1  // of the window
	growBy      = 1.1
	wider       = 0.35 // how much a box is made wider on each side, of its own size: hair, chin, ears
	tiltedLeft  = 1.0 / 32
	tiltedRight = 31.0 / 32
)

// findFaces answers boxes around what looks like a face, heads held upright or tilted by about eleven degrees.
func findFaces(p *image.RGBA) []image.Rectangle {
	c, err := classifier()
	if err != nil {
		panic(err) // the cascade is part of the program: a test would have said so
	}
	b := p.Bounds()
	scale := 1.0
	small := image.Image(p)
	if long := max(b.Dx(), b.Dy()); long > searchSide {
		scale = float64(long) / searchSide
		to := image.NewRGBA(image.Rect(0, 0, b.Dx()*searchSide/long, b.Dy()*searchSide/long))
		draw.ApproxBiLinear.Scale(to, to.Bounds(), p, b, draw.Src, nil)
		small = to
	}
	// a square: pigo bounds columns by the number of rows when the window is tilted
	side := max(small.Bounds().Dx(), small.Bounds().Dy())
	square := image.NewGray(image.Rect(0, 0, side, side))
	draw.Draw(square, small.Bounds(), small, image.Point{}, draw.Src)
	params := pigo.CascadeParams{MinSize: smallest, MaxSize: side, ShiftFactor: shiftBy, ScaleFactor: growBy,
		ImageParams: pigo.ImageParams{Pixels: square.Pix, Rows: side, Cols: side, Dim: square.Stride}}
	var found []pigo.Detection
	for _, angle := range []float64{0, tiltedLeft, tiltedRight} {
		found = append(found, c.RunCascade(params, angle)...)
	}
	var boxes []image.Rectangle
	for _, d := range c.ClusterDetections(found, overlap) {
		if d.Q < threshold {
			continue
		}
		half := float64(d.Scale) * (0.5 + wider) * scale
		x, y := float64(d.Col)*scale, float64(d.Row)*scale
		if box := image.Rect(int(x-half), int(y-half), int(x+half)+1, int(y+half)+1).Intersect(b); !box.Empty() {
			boxes = append(boxes, box)
		}
	}
	return boxes
}
