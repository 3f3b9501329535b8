package web

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
)

// Spaces of French typography (Lexique des règles typographiques en usage à l'Imprimerie nationale): narrow before
// ; ? ! % and in thousands, full before : and inside « ». Neither breaks.
const (
	space  = "\u00a0"
	narrow = "\u202f"
)

var frenchSpacer = strings.NewReplacer(" ;", narrow+";", " ?", narrow+"?", " !", narrow+"!", " %", narrow+"%",
	" :", space+":", "« ", "«"+space, " »", space+"»")

// frenchSpaces puts the right spaces into a text of ours, in which they were typed as plain ones. Words of documents
// never pass here: a quote stays as it stands.
func frenchSpaces(s string) string { return frenchSpacer.Replace(s) }

// Int writes a whole number.
func (v *voice) Int(n int) string { return v.Number(float64(n)) }

// Number writes a number with its thousands apart, and at most two decimals.
func (v *voice) Number(x float64) string {
	thousands, point := ",", "."
	if v.Lang == "fr" {
		thousands, point = narrow, ","
	}
	whole, decimals, _ := strings.Cut(strconv.FormatFloat(math.Round(math.Abs(x)*100)/100, 'f', -1, 64), ".")
	var b strings.Builder
	if x < 0 {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteRune(digit)
	}
	if decimals != "" {
		b.WriteString(point + decimals)
	}
	return b.String()
}

// Percent writes a number of per cent.
func (v *voice) Percent(x float64) string {
	if v.Lang == "fr" {
		return v.Number(x) + narrow + "%"
	}
	return v.Number(x) + "%"
}

// Date writes a date in words, as precise as it is.
func (v *voice) Date(d contrechamp.Date) string {
	if d.IsZero() {
		return ""
	}
	year := strconv.Itoa(d.Year)
	if d.Month == 0 {
		return year
	}
	words := v.T("month."+strconv.Itoa(d.Month)) + " " + year
	if d.Day == 0 {
		return words
	}
	day := strconv.Itoa(d.Day)
	if d.Day == 1 && v.Lang == "fr" {
		day = "1er"
	}
	return day + " " + words
}

// Day writes the day of an instant, in UTC.
func (v *voice) Day(t time.Time) string { return v.Date(contrechamp.DateOf(t)) }

// Instant writes an instant to the minute, in UTC, and says so.
func (v *voice) Instant(t time.Time) string {
	return v.T("instant", "day", v.Day(t), "time", t.UTC().Format("15:04"))
}

// Quoted puts words of a document between the marks of the page's language, unless they bring their own.
func (v *voice) Quoted(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if bringsMarks(words) {
		return words
	}
	if v.Lang == "fr" {
		return "«" + space + words + space + "»"
	}
	return "“" + words + "”"
}

// bringsMarks reports whether words begin and end with one pair of quotation marks.
func bringsMarks(words string) bool {
	for _, m := range [][2]string{{"«", "»"}, {"“", "”"}, {"„", "“"}, {"\"", "\""}} {
		inner, begins := strings.CutPrefix(words, m[0])
		inner, ends := strings.CutSuffix(inner, m[1])
		if begins && ends && !strings.Contains(inner, m[0]) && !strings.Contains(inner, m[1]) {
			return true
		}
	}
	return false
}

// Upper writes the first letter of a text as a capital.
func (v *voice) Upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Amount writes a number with its qualifier and its unit. The qualifier is part of the value and never left out.
func (v *voice) Amount(value contrechamp.Value) string {
	amount := v.counted(value.Number, value.Unit)
	switch value.Qualifier {
	case contrechamp.About, contrechamp.AtLeast, contrechamp.AtMost:
		return v.T("qualifier."+string(value.Qualifier), "amount", amount)
	}
	return amount
}

// Large numbers are written in words from a million on, where two decimals say them whole.
const (
	million  = 1e6
	milliard = 1e9
)

func (v *voice) counted(n float64, unit string) string {
	if unit == "percent" {
		return v.Percent(n)
	}
	large, key := 0.0, ""
	switch {
	case n >= milliard && whole(n/milliard*100):
		large, key = n/milliard, "large.billion"
	case n >= million && whole(n/million*100):
		large, key = n/million, "large.million"
	}
	many := 2
	if n < 2 && (n == 1 || v.Lang == "fr") {
		many = 1
	}
	word := unit // a unit that the catalogue does not know, such as a rare currency's code
	if v.Has("unit." + unit) {
		word = v.unit("unit."+unit, many)
	}
	if key == "" {
		return v.Number(n) + space + word
	}
	if large < 2 && v.Lang == "fr" {
		key += ".one"
	} else {
		key += ".other"
	}
	of := ""
	if v.Lang == "fr" {
		of = "de "
		if first, _ := utf8.DecodeRuneInString(word); strings.ContainsRune("aeiouéèêhAEIOUÉÈÊH", first) {
			of = "d’"
		}
	}
	return v.T(key, "n", v.Number(large)) + space + of + word
}

// unit returns a unit's word for one or several.
func (v *voice) unit(key string, n int) string {
	m := v.texts[key]
	if n == 1 && m.one != "" {
		return m.one
	}
	return m.other
}

func whole(x float64) bool { return math.Abs(x-math.Round(x)) < 1e-6 }

// LanguageName names a language of a document, "" when it is not known.
func (v *voice) LanguageName(code string) string {
	switch {
	case code == "" || code == "und":
		return ""
	case v.Has("language." + code):
		return v.T("language." + code)
	}
	return code
}
