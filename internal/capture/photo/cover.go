package photo

import (
	"crypto/rand"
	"image"
	"image/color"
)

// cells is how many colours a covered box has along each side.
const cells = 3

// noise is how far each colour is moved at random, of 255, either way: what is left of a mean does not tell two pictures apart.
const noise = 24

// Cover fills a box, as far as it lies in the picture, so that what stood there cannot be had back.
func (p *Picture) Cover(box image.Rectangle) {
	box = box.Intersect(p.rgba.Bounds())
	if box.Empty() {
		return
	}
	var random [cells * cells * 3]byte
	rand.Read(random[:]) // never fails (crypto/rand, since Go 1.24)
	for i := range cells * cells {
		x, y := i%cells, i/cells
		cell := image.Rect(box.Min.X+box.Dx()*x/cells, box.Min.Y+box.Dy()*y/cells, box.Min.X+box.Dx()*(x+1)/cells, box.Min.Y+box.Dy()*(y+1)/cells)
		if cell.Empty() {
			continue
		}
		mean := p.mean(cell)
		for c := range mean {
			mean[c] = min(255, max(0, mean[c]+int(random[3*i+c])%(2*noise+1)-noise))
		}
		fill := color.RGBA{uint8(mean[0]), uint8(mean[1]), uint8(mean[2]), 255}
		for cy := cell.Min.Y; cy < cell.Max.Y; cy++ {
			for cx := cell.Min.X; cx < cell.Max.X; cx++ {
				p.rgba.SetRGBA(cx, cy, fill)
			}
		}
	}
}

func (p *Picture) mean(cell image.Rectangle) [3]int {
	var sum [3]int
	for y := cell.Min.Y; y < cell.Max.Y; y++ {
		for x := cell.Min.X; x < cell.Max.X; x++ {
			at := p.rgba.PixOffset(x, y)
			for c := range sum {
				sum[c] += int(p.rgba.Pix[at+c])
			}
		}
	}
	n := cell.Dx() * cell.Dy()
	for c := range sum {
		sum[c] /= n
	}
	return sum
}
