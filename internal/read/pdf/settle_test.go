package pdf

import (
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// TestSettle: what could not be read is named, and what was too large is not called damaged.
func TestSettle(t *testing.T) {
	damaged := Page{Failed: "it is damaged"}
	large := Page{Failed: "it is damaged", Doubt: doubt.LimitBytes}
	for _, tt := range []struct {
		pages []Page
		want  string // of the error, or of the notes
	}{
		{[]Page{{}}, ""},
		{[]Page{damaged}, "the PDF document is damaged: none of its pages can be read"},
		{[]Page{large}, "the PDF document is too large: page 1 holds more than is read of one page"},
		{[]Page{large, large}, "the PDF document is too large: pages 1-2 hold more than is read of one page"},
		{[]Page{{Failed: brokeDown}}, "the PDF engine broke down on the document's pages: they are damaged, or larger than what is read"},
		{[]Page{large, damaged}, "the PDF document is damaged: none of its pages can be read"},
		{[]Page{{}, large, damaged}, "page 3 could not be read; page 2 holds more than is read of one page, and could not be read"},
	} {
		d := Document{Info: Info{Pages: len(tt.pages)}}
		for i, p := range tt.pages {
			p.Number = i + 1
			d.Pages = append(d.Pages, p)
		}
		got := ""
		if err := d.settle(whole); err != nil {
			got, _, _ = strings.Cut(err.Error(), ": invalid")
		} else {
			got = strings.Join(d.Notes, "; ")
		}
		if got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
