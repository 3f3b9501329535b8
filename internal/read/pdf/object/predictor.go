package object

import "contrechamp.org/contrechamp/internal/read/pdf/doubt"

// unpredict undoes a predictor (7.4.4.4): those of PNG, and that of TIFF for whole bytes. data is changed.
func unpredict(data []byte, parameters Dict, d *Document) ([]byte, error) {
	predictor := d.Int(parameters.Get("Predictor"), 1)
	if predictor == 1 {
		return data, nil
	}
	colors, bits, columns := d.Int(parameters.Get("Colors"), 1), d.Int(parameters.Get("BitsPerComponent"), 8), d.Int(parameters.Get("Columns"), 1)
	if colors < 1 || colors > 32 || bits < 1 || bits > 16 || columns < 1 || columns > 1<<20 {
		return nil, doubt.New(doubt.Filter, "a predictor")
	}
	pixel := (colors*bits + 7) / 8
	row := (colors*bits*columns + 7) / 8
	switch {
	case predictor == 2 && bits == 8:
		for at := 0; at < len(data); at += row {
			line := data[at:min(at+row, len(data))]
			for i := pixel; i < len(line); i++ {
				line[i] += line[i-pixel]
			}
		}
		return data, nil
	case predictor >= 10 && predictor <= 15:
		return unpredictPNG(data, row, pixel)
	}
	return nil, doubt.New(doubt.Filter, "a predictor")
}

// unpredictPNG undoes the filters of PNG (https://www.w3.org/TR/png-3/#9Filters), in place.
func unpredictPNG(data []byte, row, pixel int) ([]byte, error) {
	if len(data)%(row+1) != 0 {
		return nil, doubt.New(doubt.Filter, "rows of a predictor")
	}
	before := make([]byte, row)
	out := data[:0]
	for at := 0; at < len(data); at += row + 1 {
		kind, line := data[at], data[at+1:at+1+row]
		switch kind {
		case 0:
		case 1:
			for i := pixel; i < row; i++ {
				line[i] += line[i-pixel]
			}
		case 2:
			for i := range line {
				line[i] += before[i]
			}
		case 3:
			for i := range line {
				left := 0
				if i >= pixel {
					left = int(line[i-pixel])
				}
				line[i] += byte((left + int(before[i])) / 2)
			}
		case 4:
			for i := range line {
				left, corner := 0, 0
				if i >= pixel {
					left, corner = int(line[i-pixel]), int(before[i-pixel])
				}
				line[i] += byte(paeth(left, int(before[i]), corner))
			}
		default:
			return nil, doubt.New(doubt.Filter, "a row of a predictor")
		}
		n := len(out)
		out = append(out, line...)
		before = out[n : n+row]
	}
	return out, nil
}

func paeth(a, b, c int) int {
	p := a + b - c
	pa, pb, pc := max(p-a, a-p), max(p-b, b-p), max(p-c, c-p)
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}
