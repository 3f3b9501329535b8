package camera

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"contrechamp.org/contrechamp"
)

// winds are the sixteen points of the compass (https://wiki.openstreetmap.org/wiki/Key:direction), clockwise from north.
var winds = []string{"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"}

// windWords are the eight that are written out.
var windWords = []string{"north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"}

// wide is from how many degrees on a range of directions is flagged: whoever mapped "10-350" may have meant "350-10".
const wide = 180

// bearings is what a value of a direction tag says.
type bearings struct {
	views   []contrechamp.FieldOfView
	flags   []string
	unknown []string // parts that were not understood
}

// parseDirections reads "90", "NW", "350-10" (clockwise, so 20 degrees to the north), "90;270", "-90" (flagged), and what is
// like them.
func parseDirections(value string) bearings {
	var b bearings
	parts := strings.Split(value, ";")
	if len(parts) == 1 && strings.Contains(value, ",") && !decimalComma(value) {
		parts = strings.Split(value, ",")
		b.flags = append(b.flags, fmt.Sprintf("%q: several directions are parted by commas, not by semicolons", value))
	}
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		view, flag, ok := parseView(part)
		if !ok {
			b.unknown = append(b.unknown, part)
			continue
		}
		if flag != "" {
			b.flags = append(b.flags, flag)
		}
		if !slices.Contains(b.views, view) {
			b.views = append(b.views, view)
		}
	}
	return b
}

// decimalComma reports whether the comma of a value like "22,5" parts digits rather than directions.
func decimalComma(value string) bool {
	whole, fraction, _ := strings.Cut(value, ",")
	return len(fraction) == 1 && strings.Trim(fraction, "0123456789") == "" && strings.Trim(whole, "0123456789") == "" && whole != ""
}

// parseView reads one direction or one range.
func parseView(s string) (v contrechamp.FieldOfView, flag string, ok bool) {
	s = strings.NewReplacer("–", "-", "—", "-", "−", "-").Replace(s)
	if from, to, found := cutRange(s); found {
		a, flagA, okA := parseBearing(from)
		b, flagB, okB := parseBearing(to)
		if !okA || !okB {
			return v, "", false
		}
		flag = strings.TrimPrefix(strings.TrimSuffix(flagA+"; "+flagB, "; "), "; ")
		turn := parseTurn(from, to)
		if turn == 360 {
			return contrechamp.FieldOfView{From: a, To: a + 360}, flag, true
		}
		if b < a {
			b += 360
		}
		v = contrechamp.FieldOfView{From: a, To: b}
		if v.Width() > wide && flag == "" {
			flag = fmt.Sprintf("%q: clockwise that is %s degrees wide; the ends may have been meant the other way round", s, number(v.Width()))
		}
		return v, flag, true
	}
	a, flag, ok := parseBearing(s)
	return contrechamp.FieldOfView{From: a, To: a}, flag, ok
}

// cutRange parts "a-b"; the minus of "-90" parts nothing, and "north-east" is one direction.
func cutRange(s string) (from, to string, found bool) {
	if slices.Contains(windWords, plainWord(s)) {
		return "", "", false
	}
	if len(s) < 3 {
		return "", "", false
	}
	i := strings.IndexByte(s[1:], '-')
	if i < 0 {
		return "", "", false
	}
	return strings.TrimSpace(s[:i+1]), strings.TrimSpace(s[i+2:]), true
}

// parseTurn answers how many degrees lie between two numbers as they are written: 0 and 360 are the same direction, but "0-360" is
// all round.
func parseTurn(from, to string) float64 {
	a, errA := degrees(from)
	b, errB := degrees(to)
	if errA != nil || errB != nil {
		return 0
	}
	return b - a
}

func degrees(s string) (float64, error) {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(s), "°"), "deg"))
	if decimalComma(s) {
		s = strings.Replace(s, ",", ".", 1)
	}
	// What ParseFloat takes beside plain decimals (hexadecimals, infinities, underscores) is no bearing.
	if strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != '-' && r != '+' }) >= 0 {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}

// parseBearing reads degrees or a point of the compass, into [0, 360).
func parseBearing(s string) (bearing float64, flag string, ok bool) {
	upper := strings.ToUpper(strings.TrimSpace(s))
	if i := slices.Index(winds, upper); i >= 0 {
		return float64(i) * 22.5, "", true
	}
	if i := slices.Index(windWords, plainWord(s)); i >= 0 {
		return float64(i) * 45, "", true
	}
	d, err := degrees(s)
	if err != nil || math.Abs(d) > 720 { // more than two turns is no slip: "90180" is two directions that lost what parted them
		return 0, "", false
	}
	bearing = math.Mod(d, 360)
	if bearing < 0 {
		bearing += 360
	}
	if d < 0 || d > 360 {
		flag = fmt.Sprintf("%q is not within 0 to 360 degrees; read as %s", s, number(bearing))
	}
	return bearing, flag, true
}

// plainWord returns a word in lower case without spaces, hyphens and underscores: "North-East" is "northeast".
func plainWord(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// number writes a number as short as it is.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
