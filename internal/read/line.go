package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// line is a line of a plain text that holds something, without the white space around it.
type line struct {
	contrechamp.Span
	text    string
	gap     int  // blank lines before it
	page    int  // 1-based, where form feeds part pages; else 0
	width   int  // characters
	cells   int  // parted by tabs or wide gaps, as rows of tables and columns are; 1 in prose
	running bool // the head, foot or number of a page
	signs   bool // says who acts, before what the act says: "Le préfet des Landes,"
}

// lines cuts a text into lines, as many as paragraphs are read of a document.
func lines(body string) []line {
	var out []line
	gap, page := 0, 0
	if strings.IndexByte(body, '\f') >= 0 {
		page = 1
	}
	for from := 0; from < len(body) && len(out) < maxBlocks; {
		to := from + strings.IndexAny(body[from:], "\n\r\f")
		next := to + 1
		switch {
		case to < from:
			to, next = len(body), len(body)
		case body[to] == '\r' && next < len(body) && body[next] == '\n':
			next++
		}
		if s := trim(body, contrechamp.Span{Start: from, End: to}); s.Len() > 0 {
			text := body[s.Start:s.End]
			out = append(out, line{Span: s, text: text, gap: gap, page: page, width: utf8.RuneCountInString(text), cells: cellsOf(text)})
			gap = 0
		} else if to == len(body) || body[to] != '\f' {
			gap++
		}
		if to < len(body) && body[to] == '\f' {
			page++
		}
		from = next
	}
	return out
}

// Gaps in a line, in spaces: text that is set to both edges has gaps of two and three.
const (
	wideGap  = 4
	thinGap  = 3
	cellGaps = 2 // of three spaces
)

// cellsOf counts the cells of a line: 1 in prose.
func cellsOf(text string) int {
	wide, thin := 0, 0
	for i := 0; i < len(text); {
		switch {
		case text[i] == '\t', text[i] == '|' && i > 0 && text[i-1] == ' ':
			wide++
			i++
		case strings.HasPrefix(text[i:], "   "):
			n := len(text[i:]) - len(strings.TrimLeft(text[i:], " "))
			switch i += n; {
			case i < len(text) && text[i] == '|': // counted there
			case n >= wideGap:
				wide++
			case n >= thinGap:
				thin++
			}
		default:
			i++
		}
	}
	if wide > 0 || thin >= cellGaps {
		return 1 + wide + thin
	}
	return 1
}

// tellLines finds the heads, feet and numbers of pages: lines that the text has again, numbers aside, and that stand
// amid a sentence somewhere, or beside a page's number or break; and the lines that say who acts.
func tellLines(lines []line, width int) {
	places := map[string][]int{}
	for i := range lines {
		l := &lines[i]
		if flow.IsPageNumber(l.text) {
			l.running = true
			continue
		}
		if key := runningKey(l.text); len(key) >= shortestHead && !stops(l.text) {
			places[key] = append(places[key], i)
		}
	}
	for key, at := range places {
		numbered := strings.ContainsRune(key, '#')
		if len(at) < 2 || !numbered && lines[at[0]].page == 0 {
			continue
		}
		for _, i := range at {
			if numbered && amid(lines, i, width, len(at) > 2) || beside(lines, i) {
				for _, j := range at {
					lines[j].running = true
				}
				break
			}
		}
	}
	for i := 0; i+1 < len(lines); i++ {
		l, next := &lines[i], &lines[i+1]
		l.signs = next.gap == 0 && flow.OpensAct(next.text) && opensUpper(l.text) && l.width*100 < width*halfLine && !stops(l.text) &&
			!strings.HasSuffix(l.text, ";") && (i == 0 || !brokenWord(lines[i-1].text) && !dangling(lines[i-1].text))
	}
	// a head over two lines ends with the page's number
	for i := 1; i < len(lines); i++ {
		l := &lines[i]
		if lines[i-1].running && !flow.IsPageNumber(lines[i-1].text) && !l.running && l.gap == 0 && flow.OpensLower(l.text) && endsInNumber(l.text) && l.width <= longestTail {
			l.running = true
		}
	}
}

// Sizes of running heads.
const (
	shortestHead = 6  // bytes, without numbers and white space
	longestTail  = 50 // characters of its second line
)

// runningKey is a line without white space, its numbers as one mark.
func runningKey(s string) string {
	var b strings.Builder
	number := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
		case unicode.IsDigit(r):
			if !number {
				b.WriteByte('#')
			}
			number = true
			continue
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		number = false
	}
	return b.String()
}

// amid reports whether line i stands where a sentence goes on from the line before to the line behind. often says that
// the line before need not be full.
func amid(lines []line, i, width int, often bool) bool {
	from, to := i-1, i+1
	for from >= 0 && flow.IsPageNumber(lines[from].text) {
		from--
	}
	for to < len(lines) && flow.IsPageNumber(lines[to].text) {
		to++
	}
	if to+1 < len(lines) && endsInNumber(lines[to].text) && flow.OpensLower(lines[to].text) {
		to++ // its own second line
	}
	if from < 0 || to >= len(lines) || ends(lines[from].text) || !flow.OpensLower(lines[to].text) || flow.OpensLower(lines[i].text) {
		return false
	}
	return broke(lines[from], lines[to], width, fullLine) || often && lines[from].width*100 >= width*halfLine
}

// beside reports whether line i stands beside the number of a page, or at a page's break.
func beside(lines []line, i int) bool {
	if i > 0 && (lines[i-1].page != lines[i].page || flow.IsPageNumber(lines[i-1].text)) {
		return true
	}
	return i+1 < len(lines) && (lines[i+1].page != lines[i].page || flow.IsPageNumber(lines[i+1].text))
}

// ends reports whether a line ends a paragraph by its mark: a sentence's, or that of an item.
func ends(text string) bool {
	return stops(text) || strings.HasSuffix(text, ";") || strings.HasSuffix(text, ":")
}

func endsInNumber(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(r)
}
