package read

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// paragraphsOf reads a plain text, and answers its paragraphs with their white space made even.
func paragraphsOf(t *testing.T, text string) []string {
	t.Helper()
	a, err := Read(t.Context(), Source{Name: "a.txt", MediaType: "text/plain", Bytes: []byte(text), Now: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range a.Paragraphs {
		out = append(out, strings.Join(strings.Fields(p.Of(a.Body)), " "))
	}
	return out
}

// Of a text that is whole paragraphs but for some, the lines of those are joined; what only looks so stays apart.
func TestLinesAmongParagraphs(t *testing.T) {
	long := strings.Repeat("The council of Marlow spoke of its cameras for an hour and came to no end. ", 4)
	for _, tt := range []struct {
		name, text string
		want       []string // some of its paragraphs
	}{
		{"a sentence that runs over", long + "\nThe council has put up twelve cameras around the market, and will\nput up four more beside the station.\n" + long + "\n" + long,
			[]string{"The council has put up twelve cameras around the market, and will put up four more beside the station."}},
		{"indented", long + "\n      The twelve cameras around the market have been watched since the spring\n      by two guards of the council.\n" + long,
			[]string{"The twelve cameras around the market have been watched since the spring by two guards of the council."}},
		{"who wrote it", "Forty cameras for the old town, and nobody who would look at their pictures\nby Ada Brewer\n" + long,
			[]string{"by Ada Brewer"}},
		{"a sentence that ends", long + "\nThe council has put up twelve cameras around the market, at last, it says.\nand so on, wrote a reader.\n" + long,
			[]string{"and so on, wrote a reader."}},
		{"bullets", long + "\nThe council has put up twelve cameras around the market, which are to see\n- thefts\n- fires\n" + long,
			[]string{"- thefts", "- fires"}},
		{"a blank line between", long + "\nThe council has put up twelve cameras around the market, which are to\n\nsee thefts.\n" + long,
			[]string{"see thefts."}},
	} {
		got := paragraphsOf(t, tt.text)
		for _, want := range tt.want {
			if !slices.ContainsFunc(got, func(p string) bool { return strings.TrimPrefix(p, "- ") == strings.TrimPrefix(want, "- ") }) {
				t.Errorf("%s: %q is no paragraph of %q", tt.name, want, got)
			}
		}
	}
}

// A line that is wider than all others does not hide that the others were broken at a width.
func TestWidthBesideWiderLines(t *testing.T) {
	text := `Some councils are at present in talks with the police and with those who pay for the
lamps. There are three that have put up cameras. These are Marlow, Bourne End and Cookham.
Of the others, none has any that works. Marlow Town Council, for its part, has put up
117 cameras in the streets while Cookham has one camera. Marlow Town Council has also had new cameras for the bus stand since.
At present, all cameras are in good order, however, six cameras of the meadows beside
Higginson Park have been taken down by the highways for a new road, which is to be done
by May. Bourne End has 20 cameras, of which 15 are to be found around the stalls of its
Market and five are beside the weir.
`
	got := paragraphsOf(t, text)
	if !strings.Contains(strings.Join(got, "\n"), "Marlow Town Council, for its part, has put up 117 cameras in the streets") {
		t.Errorf("the lines were not joined: %q", got)
	}
}
