package read

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// rowsOf cuts a text into rows: one a line, or one a paragraph where lines are hard-wrapped, all of them or this one.
func rowsOf(ctx context.Context, body string, narrowest int) (rows []row, joined bool, err error) {
	all := lines(body)
	width := wrappedAt(all, narrowest)
	if width > 0 {
		tellLines(all, width)
	}
	for i := 0; i < len(all); {
		if len(rows)%1024 == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		j := i + 1
		for j < len(all) && (width > 0 && goesOn(all[j-1], all[j], width) || runsOver(all[j-1], all[j])) {
			j++
		}
		r := newRow(body, contrechamp.Span{Start: all[i].Start, End: all[j-1].End})
		r.gap, r.page = all[i].gap, all[i].page
		r.running, r.cells = all[i].running, all[i].cells
		r.bullet = r.bullet || width > 0 && isNumbered(r.text)
		r.act = flow.OpensAct(r.text) && !toc(r.text)
		rows = append(rows, r)
		i = j
	}
	return rows, width > 0, nil
}

// Widths of hard-wrapped lines, in characters, and how many lines it takes to see that they are.
const (
	narrow    = 40
	slender   = 20 // of columns
	wide      = 125
	seenLines = 3
	outliers  = 6 // one line of so many may be wider than all others
)

// wrappedAt answers the width at which the lines of a text were broken, 0 where they were not: hardly any is wider, and
// those of about that width break off in mid-sentence, the next one going on in small letters, or they are nearly all
// lines that others follow. Lines of less than the narrowest width are verses or an address.
func wrappedAt(lines []line, narrowest int) int {
	if len(lines) < seenLines {
		return 0
	}
	var widths []int
	for i := range lines {
		if lines[i].cells == 1 {
			widths = append(widths, lines[i].width)
		}
	}
	slices.Sort(widths)
	slices.Reverse(widths)
	width := 0
	for k := 0; k+seenLines <= len(widths) && k*outliers <= len(widths); k++ {
		if widths[k+seenLines-1]*100 >= widths[k]*85 {
			width = widths[k]
			break
		}
	}
	if width < narrowest || width > wide {
		return 0
	}
	inner, full, broken, low := 0, 0, 0, 0
	for i := range lines {
		if i+1 >= len(lines) || lines[i+1].gap > 0 || lines[i].cells > 1 {
			continue
		}
		inner++
		if lines[i].width*10 >= width*7 {
			full++
			if !stops(lines[i].text) {
				broken++
				if opensSmall(lines[i+1].text) {
					low++
				}
			}
		}
	}
	if full < seenLines-1 || broken*10 < full*6 {
		return 0
	}
	if full*10 >= inner*7 || low*10 >= full*4 {
		return width
	}
	return 0
}

// opensSmall reports whether a line begins as one does that goes on: in small letters, or in a script that has no others.
func opensSmall(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return !unicode.IsUpper(r)
		}
		if unicode.IsDigit(r) {
			return false
		}
	}
	return false
}

// Shares of the width, in percent.
const (
	surelyFull = 93 // with the next line's first word: the line had to break
	fullLine   = 85
	halfLine   = 50
)

// goesOn reports whether a line continues the paragraph of the line before it.
func goesOn(before, l line, width int) bool {
	if before.running || l.running || before.cells > 1 || l.cells > 1 || l.signs || bulleted(l.text) || toc(before.text) {
		return false
	}
	over := l.page != before.page // a page's end is no paragraph's
	if l.gap > 0 && !(over && !ends(before.text) && flow.OpensLower(l.text)) {
		return false
	}
	ended, dangles := ends(before.text), dangling(before.text)
	if !broke(before, l, width, fullLine) || ended {
		if flow.OpensAct(l.text) || flow.IsDateLine(l.text) || isNumbered(l.text) {
			return false
		}
	}
	if ended && (strings.ContainsAny(l.text[:1], "[(") || !ends(l.text) && opensUpper(l.text) && l.width*100 < width*halfLine) {
		return false // a note; a heading
	}
	capitals := flow.Capitals(before.text)
	switch {
	case brokenWord(before.text) && !opensUpper(l.text), dangles && !flow.OpensAct(l.text):
		return true
	case capitals != flow.Capitals(l.text) && flow.HasLetter(l.text) && flow.HasLetter(before.text) && (ended || capitals || !broke(before, l, width, fullLine)):
		return false // a heading, and what it heads
	case flow.OpensLower(l.text):
		return broke(before, l, width, fullLine) || !ended && before.width*100 >= width*halfLine
	case capitals:
		return !ended && before.width*100 >= width*halfLine
	case !opensUpper(l.text):
		return broke(before, l, width, fullLine)
	}
	return broke(before, l, width, surelyFull)
}

// runsOver reports whether a line breaks off amid a sentence that the next one takes up in small letters, whatever the width of others. A text that
// somebody put together has such lines among whole paragraphs.
func runsOver(before, l line) bool {
	return l.gap == 0 && l.page == before.page && before.cells == 1 && l.cells == 1 && !before.running && !l.running && !l.signs && before.width >= longLine &&
		!ends(before.text) && !toc(before.text) && opensLower(l.text) && !bulleted(l.text) && !isNumbered(l.text) && !flow.OpensAct(l.text) && !writtenBy.MatchString(l.text)
}

// longLine is how many characters a line has at least that breaks off: a title, a row of an address or of a poem has fewer.
const longLine = 60

// opensLower reports whether a line begins with a small letter.
func opensLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// writtenBy is what opens a line under a title that says who wrote: "di Ornella Bastiani".
var writtenBy = regexp.MustCompile(`^(?:by|da|de|di|par|por|van|von) (?:[Ll]a |[Rr]edazione )?\p{Lu}`)

// broke reports whether the next line's first word would have made a line wider than a share of the width.
func broke(before, l line, width, share int) bool {
	word, _, _ := strings.Cut(l.text, " ")
	return (before.width+1+utf8.RuneCountInString(word))*100 >= width*share
}

// dangling reports whether a line ends with a word that always has another behind it.
func dangling(s string) bool {
	last := s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	return leading[strings.ToLower(last)] && (flow.OpensLower(last) || flow.Capitals(s))
}

// leading are words that always have another behind them.
var leading = setOf("à au aux chez dans de des du en et la le les leur leurs ou où par pour que qui sa sans ses si son sur un une vers",
	"a an and at by for from in of on or the their to which with", "al con de del el en la las los para por que se su sus un una y",
	"ai al alla che con da dal dalla dei del della delle di e gli i il in la le lo nel nella o per su un una",
	"am an auf aus bei beim das dem den der des die ein eine einen einer im in mit oder und vom von zu zum zur", "aan bij de een en het met of op te ten van voor",
	"ao aos as com da das de do dos e em na nas no nos o os para pela pelo por um uma")

func setOf(lists ...string) map[string]bool {
	m := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			m[w] = true
		}
	}
	return m
}

// numbered is what opens an item of a numbered list.
var numbered = regexp.MustCompile(`^(?:[0-9]{1,2}[.)°]|[a-z][.)]|[A-Z]\)|\([0-9a-z]{1,3}\)|[ivx]{1,5}[.)]) +\S`)

func isNumbered(s string) bool {
	const within = 7 // bytes, in which its mark stands
	return strings.ContainsAny(s[:min(len(s), within)], ".)°") && numbered.MatchString(s)
}

// toc reports whether a line is an entry of a table of contents: it ends with the number of a page.
func toc(text string) bool {
	const shortest = 8 // bytes
	return len(text) >= shortest && (endsInNumber(text) || strings.HasSuffix(text, ")")) && contents.MatchString(text)
}

var contents = regexp.MustCompile(`(?:\.{3,}|…{2,}|(?: \.){3,}|\s{3,})\s*(?:p\.|page|Page)? ?[0-9]{1,4}$|(?i:\([0-9]{1,3} (?:pages?|p\.|seiten?|páginas?|pagine|pagina)\))(?:[ .…]*(?:p\.|page|Page)? ?[0-9]{1,4})?$`)

// brokenWord reports whether a line ends amid a word or a number: "vidéo-", "L. 251-".
func brokenWord(s string) bool {
	s, hyphen := strings.CutSuffix(s, "-")
	r, _ := utf8.DecodeLastRuneInString(s)
	return hyphen && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func opensUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "«“\"\u00a0\u202f "))
	return unicode.IsUpper(r)
}
