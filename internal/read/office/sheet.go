package office

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// Limits of a sheet.
const (
	maxRows    = 100_000 // of all sheets of a file that hold something
	maxColumns = 500
	maxCell    = 32 << 10 // bytes; Excel's own limit is 32,767 characters
	maxText    = 32 << 20 // bytes of all rows
)

// sheetLimits counts what is read of sheets.
type sheetLimits struct {
	sheet   bool // in a sheet, not in a table of a text
	rows    int
	bytes   int
	over    bool
	columns bool
}

// row reports whether one more row, of so many bytes, is read.
func (l *sheetLimits) row(bytes int) bool {
	if l.rows >= maxRows || l.bytes+bytes > maxText {
		l.over = true
		return false
	}
	l.rows++
	l.bytes += bytes
	return true
}

func (l *sheetLimits) tell(d *flow.Document) {
	if l.over {
		d.Note("the sheets have more than the %d rows or %d MiB that are read; the rest was left out", maxRows, maxText>>20)
	}
	if l.columns {
		d.Note("the sheets have more than the %d columns that are read; the rest was left out", maxColumns)
	}
}

// XLSX reads the sheets of Excel: their names as headings, each row that holds something as a block.
func XLSX(ctx context.Context, b []byte) (flow.Document, error) {
	a, err := openPackage(b, "xl/workbook.xml", "sheets")
	if err != nil {
		return flow.Document{}, err
	}
	x := &xlsx{ctx: ctx, out: a.properties}
	links := a.links
	for _, l := range links {
		read := map[string]func([]byte) error{"sharedStrings": x.sharedStrings, "styles": x.formats}[l.kind]
		if read == nil {
			continue
		}
		part, err := a.part(l.target)
		if err == nil {
			err = read(part)
		}
		if err != nil {
			return flow.Document{}, err
		}
	}
	s := newScanner(a.main)
	for k := s.next(); k != atEnd; k = s.next() {
		if k != open {
			continue
		}
		switch string(s.name) {
		case "workbookPr":
			x.since1904 = s.attr("date1904") == "1" || s.attr("date1904") == "true"
		case "sheet":
			name, state := s.attr("name"), s.attr("state")
			if state == "hidden" || state == "veryHidden" {
				x.out.Note("the sheet %q is hidden in the file; it is read all the same", name)
			}
			part, err := a.part(links[s.attr("r:id")].target)
			if err != nil {
				return flow.Document{}, err
			}
			x.out.Add(contrechamp.RoleHeading, name)
			if err := x.sheet(part); err != nil {
				return flow.Document{}, err
			}
		}
	}
	x.limits.tell(&x.out)
	return x.out, s.err
}

type xlsx struct {
	ctx       context.Context
	out       flow.Document
	strings   []string
	dates     []bool // cell style -> shows a date
	since1904 bool
	limits    sheetLimits
}

func (x *xlsx) sharedStrings(b []byte) error {
	s := newScanner(b)
	var t []byte
	in := false
	for {
		switch s.next() {
		case atEnd:
			return s.err
		case text:
			if in {
				t = unescape(t, s.text)
			}
		case open:
			switch string(s.name) {
			case "si":
				t = t[:0]
				if s.empty {
					continue
				}
			case "t":
				in = !s.empty
			case "rPh": // how it is spoken
				if !s.empty {
					s.pass()
				}
			}
		case shut:
			switch string(s.name) {
			case "t":
				in = false
			case "si":
				x.strings = append(x.strings, cellText(string(t)))
			}
		}
	}
}

// cellText is the text of a cell: on one line, without tabs.
func cellText(s string) string {
	return flow.Line(s[:min(len(s), maxCell)])
}

// formats learns which cell styles show dates.
func (x *xlsx) formats(b []byte) error {
	custom := map[string]bool{}
	s := newScanner(b)
	inCells := false
	for k := s.next(); k != atEnd; k = s.next() {
		name := string(s.name)
		switch {
		case k == open && name == "numFmt":
			custom[s.attr("numFmtId")] = dateFormat(s.attr("formatCode"))
		case name == "cellXfs":
			inCells = k == open
		case k == open && name == "xf" && inCells:
			id := s.attr("numFmtId")
			n, err := strconv.Atoi(id)
			x.dates = append(x.dates, custom[id] || err == nil && (n >= 14 && n <= 17 || n == 22))
		}
	}
	return s.err
}

// dateFormat reports whether a number format shows a day or a year. Files have formats in English whatever the program
// speaks (ISO/IEC 29500-1, 18.8.30); quoted and escaped text, colours and conditions are passed over.
func dateFormat(code string) bool {
	code, _, _ = strings.Cut(strings.ToLower(code), ";") // of numbers above zero
	if code == "general" || code == "standard" {
		return false
	}
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*': // the next character is itself, its width, or fills
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'd' || c == 'y':
			return true
		}
	}
	return false
}

func (x *xlsx) sheet(b []byte) error {
	s := newScanner(b)
	var cells []string
	var value []byte
	column, style, kindOf := 0, 0, ""
	in := false
	for n := 0; ; n++ {
		if n&0xfff == 0 && x.ctx.Err() != nil {
			return x.ctx.Err()
		}
		switch s.next() {
		case atEnd:
			return s.err
		case text:
			if in {
				value = unescape(value, s.text)
			}
		case open:
			switch string(s.name) {
			case "row":
				cells, column = cells[:0], 0
			case "c":
				if at := columnOf(s.attr("r")); at >= 0 {
					column = at
				}
				kindOf, value = s.attr("t"), value[:0]
				style, _ = strconv.Atoi(s.attr("s")) // none is 0
			case "v", "t":
				in = !s.empty
			case "rPh":
				if !s.empty {
					s.pass()
				}
			}
		case shut:
			switch string(s.name) {
			case "v", "t":
				in = false
			case "c":
				if v := x.value(string(value), kindOf, style); v != "" {
					if column >= maxColumns {
						x.limits.columns = true
					} else {
						for len(cells) <= column {
							cells = append(cells, "")
						}
						cells[column] = v
					}
				}
				column++
			case "row":
				if slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
					line := row(cells)
					if !x.limits.row(len(line)) {
						return nil
					}
					x.out.Add(contrechamp.RoleItem, line)
				}
			}
		}
	}
}

// value is what a cell shows, near enough: its text, its number, its day.
func (x *xlsx) value(v, kindOf string, style int) string {
	switch kindOf {
	case "s":
		if i, err := strconv.Atoi(v); err == nil && i >= 0 && i < len(x.strings) {
			return x.strings[i]
		}
		return ""
	case "b":
		if v == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "", "n":
		if style >= 0 && style < len(x.dates) && x.dates[style] {
			if f, err := strconv.ParseFloat(v, 64); err == nil && f >= 1 && f < 2_958_466 { // to the year 9999
				return x.day(f)
			}
		}
		if f, err := strconv.ParseFloat(v, 64); err == nil && len(v) > 15 && math.Abs(f) < 1e15 {
			return strconv.FormatFloat(f, 'g', 15, 64) // 0.1 is stored as 0.10000000000000001
		}
	}
	return cellText(v)
}

func (x *xlsx) day(serial float64) string {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC) // Excel counts a 29 February 1900
	if x.since1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := epoch.AddDate(0, 0, int(serial))
	if minutes := int((serial-math.Floor(serial))*24*60 + 0.5); minutes > 0 && minutes < 24*60 {
		return t.Format("2006-01-02 ") + fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
	}
	return t.Format("2006-01-02")
}

// columnOf reads the column of a cell's address, "AB12", from 0; -1 when it has none.
func columnOf(r string) int {
	n := 0
	for i := 0; i < len(r) && i < 4; i++ {
		if r[i] < 'A' || r[i] > 'Z' {
			break
		}
		n = n*26 + int(r[i]-'A') + 1
	}
	return n - 1
}
