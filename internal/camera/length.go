package camera

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// metres of the units that heights are given in (https://wiki.openstreetmap.org/wiki/Map_features/Units).
var metres = map[string]float64{
	"": 1, "m": 1, "m.": 1, "metre": 1, "metres": 1, "meter": 1, "meters": 1, "mtr": 1,
	"cm": 0.01, "ft": 0.3048, "ft.": 0.3048, "feet": 0.3048, "foot": 0.3048, "'": 0.3048, "in": 0.0254, "\"": 0.0254,
}

var (
	lengthForm = regexp.MustCompile(`^(\d+(?:[.,]\d+)?)\s*([a-zA-Z.'"]*)$`)
	feetInches = regexp.MustCompile(`^(\d+)\s*(?:'|ft)\s*(\d+(?:\.\d+)?)\s*(?:"|in|'')?$`)
	errLength  = errors.New("not a length")
)

// length is what a height tag says.
type length struct {
	metres float64
	unitless,
	comma bool // the decimals stand behind a comma, not a point
}

// parseLength reads "3", "3 m", "3m", "2.5", "10 ft", "10'6\"", "350 cm".
func parseLength(s string) (length, error) {
	s = strings.TrimSpace(s)
	s = strings.NewReplacer("′", "'", "″", "\"", "’", "'", "”", "\"").Replace(s)
	if m := feetInches.FindStringSubmatch(s); m != nil {
		feet, errF := strconv.ParseFloat(m[1], 64)
		inches, errI := strconv.ParseFloat(m[2], 64)
		if errF != nil || errI != nil || inches >= 12 {
			return length{}, errLength
		}
		return length{metres: round(feet*0.3048 + inches*0.0254)}, nil
	}
	m := lengthForm.FindStringSubmatch(s)
	if m == nil {
		return length{}, errLength
	}
	unit, known := metres[strings.ToLower(m[2])]
	n, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	if err != nil || !known {
		return length{}, errLength
	}
	return length{metres: round(n * unit), unitless: m[2] == "", comma: strings.Contains(m[1], ",")}, nil
}

// round keeps millimetres: what units of feet leave behind them is noise.
func round(m float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(m, 'f', 3, 64), 64)
	if err != nil {
		return m // infinite: the caller bounds it
	}
	return r
}
