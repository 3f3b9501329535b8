package read

import (
	"regexp"
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/read/flow"
	"contrechamp.org/contrechamp/internal/word"
)

// dated is a date that a line says whole.
type dated struct {
	contrechamp.Span
	date    contrechamp.Date
	updated bool // the line says that it is the date of a later change
}

// maxDateLine is the longest line, in bytes, in which the document's date is looked for.
const maxDateLine = 300

// firstBelieved is the earliest year that a document's date may have; before it, a date is the article's subject.
const firstBelieved = 1900

// datesIn finds the dates that a line of text says whole, at least to the month, in the calendar's grammar of the
// document's language, else the other one's, else with months in other languages. A date after now is not believed.
func datesIn(text, language string, now contrechamp.Date) []dated {
	if len(text) > maxDateLine || !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	tokens := word.Cut(nil, text)
	grammars := []string{language, "fr", "en"}
	if language == "en" {
		grammars = []string{"en", "fr"}
	}
	var out []dated
	for _, grammar := range grammars {
		for _, f := range calendar.Find(text, tokens, grammar, contrechamp.Date{}) {
			if !f.Relative && f.End.IsZero() && believed(f.Date, now) {
				out = append(out, dated{Span: f.Span, date: f.Date, updated: changed(text[:f.Start])})
			}
		}
		if len(out) > 0 {
			break
		}
	}
	if len(out) > 0 && out[0].date.Day != 0 {
		return out
	}
	// "24. April 2020" has a month of English and a day that English does not see
	if foreign := foreignDates(text, tokens, now); len(foreign) > 0 && (len(out) == 0 || foreign[0].date.Day != 0) {
		return foreign
	}
	return out
}

func believed(d, now contrechamp.Date) bool {
	return d.Month != 0 && d.Year >= firstBelieved && (now.IsZero() || d.Compare(now) <= 0)
}

// changed reports whether the words before a date say that it is of a later change.
func changed(before string) bool {
	w := passageOf(before)
	const near = 4 // words
	end := w.part(max(0, w.words()-near), w.words())
	c, _ := end.cues()
	return c&updated != 0 && c&issued == 0
}

// foreignMonths are the months, folded, in languages that the calendar has no grammar for, as French calls them.
var foreignMonths = func() map[string]string {
	french := []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	m := map[string]string{}
	for _, list := range []string{
		"januar februar marz april mai juni juli august september oktober november dezember",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
		"јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
	} {
		for i, name := range strings.Fields(list) {
			m[word.Fold(name)] = french[i]
		}
	}
	return m
}()

// foreignDates hands "30 maggio 2021", "30 de mayo de 2021" and "30. Mai 2021" to the calendar as French.
func foreignDates(text string, tokens []word.Token, now contrechamp.Date) []dated {
	var out []dated
	for i, t := range tokens {
		month := ""
		if t.Kind == word.Word {
			month = foreignMonths[word.Fold(t.Of(text))]
		}
		if month == "" {
			continue
		}
		const reach = 2 // tokens: "de", a point
		from, day, until, year := t.Start, "", t.End, ""
		for j := i - 1; j >= max(0, i-reach); j-- {
			if tokens[j].Kind == word.Number {
				from, day = tokens[j].Start, tokens[j].Of(text)+" "
				break
			}
		}
		for j := i + 1; j <= min(len(tokens)-1, i+reach); j++ {
			if tokens[j].Kind == word.Number {
				until, year = tokens[j].End, tokens[j].Of(text)
				break
			}
		}
		if d, ok := calendar.Parse(day+month+" "+year, "fr"); ok && believed(d, now) {
			out = append(out, dated{Span: contrechamp.Span{Start: from, End: until}, date: d, updated: changed(text[:from])})
		}
	}
	return out
}

// better reports whether d says more about when a document was published than the date known so far.
func (d dated) better(known *dated) bool {
	switch {
	case known == nil:
		return true
	case d.updated != known.updated:
		return known.updated
	}
	return known.date.Day == 0 && d.date.Day != 0
}

// signedOn finds the date at the end of a text that a letter or an act is signed with: "Fait à Valcroix, le 2 mars 2024",
// alone or behind the last sentence.
func signedOn(text, language string, now contrechamp.Date) *dated {
	const longest = 90 // bytes
	from := max(0, len(text)-longest)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from++
	}
	if from > 0 {
		stop := strings.IndexAny(text[from:], ".;!?\n")
		if stop < 0 {
			return nil
		}
		from += stop + 1
	}
	for {
		tail := strings.TrimLeft(text[from:], " \n\u00a0")
		if flow.IsDateLine(tail) {
			for _, d := range datesIn(tail, language, now) {
				if letters(tail[d.End:]) == 0 {
					d.Start, d.End = d.Start+len(text)-len(tail), d.End+len(text)-len(tail)
					return &d
				}
			}
		}
		next := strings.IndexAny(text[from:], ".;!?\n")
		if next < 0 {
			return nil
		}
		from += next + 1
	}
}

// masthead is the line in which a paper or a bulletin says its number and its day.
var masthead = regexp.MustCompile(`(?i)(?:\bn[°ºo]\.? ?|\bnr\.? ?|\bnúm\.? ?|\bnumer[oa] |\bnuméro |\bissue (?:no\. ?)?|\bvol\. ?|#)\d.*(?:édition|edition|edición|edizione|ausgabe|edição|\bdu\b|\bof\b|\bdel?\b|\bvom\b)`)
