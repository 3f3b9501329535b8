package ocr

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/read/flow"
)

var refuse = flow.Refuse

// Columns of Tesseract's TSV output (https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html#tsv-output).
const (
	colLevel = iota
	colPage
	colBlock
	colParagraph
	colLine
	colWord
	colLeft
	colTop
	colWidth
	colHeight
	colConfidence
	colText
	columns
)

const wordLevel = "5"

// parse makes paragraphs of what Tesseract says of each word. A word broken at a line's end is made whole where the
// next line goes on in small letters.
func parse(tsv []byte) (Text, error) {
	var t Text
	var open strings.Builder
	var paragraph, line string
	sum := 0.0
	flush := func() {
		if text := flow.Line(open.String()); text != "" {
			t.Paragraphs = append(t.Paragraphs, text)
		}
		open.Reset()
	}
	for _, row := range strings.Split(string(tsv), "\n") {
		cells := strings.SplitN(strings.TrimSuffix(row, "\r"), "\t", columns)
		if len(cells) < columns || cells[colLevel] != wordLevel {
			continue
		}
		word := strings.TrimSpace(strings.ToValidUTF8(cells[colText], "\uFFFD"))
		if word == "" {
			continue
		}
		confidence, err := strconv.ParseFloat(cells[colConfidence], 64)
		if err != nil || math.IsNaN(confidence) {
			return Text{}, refuse("what OCR says of the picture cannot be understood: a confidence of %q", cells[colConfidence])
		}
		p := cells[colPage] + " " + cells[colBlock] + " " + cells[colParagraph]
		l := p + " " + cells[colLine]
		switch {
		case p != paragraph && !goesOn(open.String(), word):
			flush()
		case l != line && brokenBefore(open.String(), word):
			whole := strings.TrimSuffix(open.String(), "-")
			open.Reset()
			open.WriteString(whole)
		case open.Len() > 0:
			open.WriteByte(' ')
		}
		paragraph, line = p, l
		open.WriteString(word)
		n := utf8.RuneCountInString(word)
		t.Letters += n
		sum += float64(n) * min(max(confidence, 0), 100) / 100
	}
	flush()
	if t.Letters > 0 {
		t.Confidence = sum / float64(t.Letters)
	}
	return t, nil
}

// goesOn reports whether a paragraph that Tesseract ends, since its lines stand far apart or its last one is short, goes
// on with next: it has not come to the end of a sentence, and next begins in small letters.
func goesOn(open, next string) bool {
	if open == "" || strings.ContainsAny(open[len(open)-1:], ".!?:;") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(r)
}

// brokenBefore reports whether open ends in a word that goes on with next.
func brokenBefore(open, next string) bool {
	if !strings.HasSuffix(open, "-") || len(open) < 2 || open[len(open)-2] == ' ' {
		return false
	}
	return next[0] >= 'a' && next[0] <= 'z' || next[0] >= 0x80
}
